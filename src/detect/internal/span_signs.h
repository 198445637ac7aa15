// What the judge of spans sees of the words of a text: what the tagger of names sees, what the finders say of a word
// and of its neighbours, and what stands at the head of its line.
#pragma once

#include <cstdint>
#include <vector>

#include "detect/internal/name_features.h"
#include "detect/internal/text_rules.h"

namespace privity::detect {

// Hashed; the same code serves training and use, and a change here makes the committed weights worthless until they are
// trained anew (tools/spans/README.md).
class SpanSigns {
 public:
  static constexpr std::size_t kOfWord = 77;

  // Of the tokens [first, end). `lists` are those of all tokens (ReadLists); `finds` ascend, and none overlaps another.
  void Read(const Scan& scan, const std::vector<std::uint16_t>& lists, std::size_t first, std::size_t end,
            const std::vector<Find>& finds);
  std::size_t size() const { return words_.size(); }
  // kOfWord for each word; appended.
  void AppendAll(std::vector<std::uint32_t>& signs);

 private:
  // What the finders say of a word.
  struct Said {
    std::uint32_t entity = 0;    // one more than the number of the entity of the find that holds it; 0: none
    std::uint32_t place = 0;     // bits: the find begins, ends with it
    std::uint32_t sure = 0;      // how sure the finder is, in six steps; whether a label says so
    std::uint32_t detector = 0;  // hash of its id
    std::uint32_t length = 0;    // words of the find, at most 7

    std::uint32_t state() const { return entity * 4 + place; }
  };
  const Said& SaidOf(std::ptrdiff_t word) const;
  void ReadNear();
  void AppendSaid(std::size_t word, std::vector<std::uint32_t>& signs) const;

  PassageTraits traits_;
  std::vector<Said> words_;
  std::vector<std::uint32_t> line_heads_;       // hash of the first word of the line of each
  std::vector<std::uint32_t> before_, behind_;  // entity of the find before and behind each, and how far, capped
  std::uint32_t people_ = 0;                    // whether somebody is found in the text
};

}  // namespace privity::detect
