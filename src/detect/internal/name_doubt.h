// Doubts names that the tagger took for those of people, places and organizations: "Dyson fan", "Madison Square
// Garden", "the Markov chain", "Maven plugin" bear names and are nobody's.
//
// The tagger (name_tagger.h) sees two words on each side; this weighs every word near a name, by a logistic regression
// over hashed words, lists and signs. It has learned from what the tagger itself finds in sentences about things and
// in those about people (tools/names/things.py); its file is described in docs/formats/name-model.md.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "detect/internal/name_tagger.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

// How people speak around a name: goods, reports and letters are written, mails and chats spoken, and posts are what
// people type in haste.
enum class Register : std::uint8_t { kWritten, kSpoken, kPosted };

// What everybody knows, by the hash of its words (HashOfWords): bits of what it is.
enum Known : std::uint8_t {
  kKnownThing = 1,  // a make, a program, a club: "Jira", "Aston Villa"
  kKnownPerson = 2,
  kKnownAct = 4,      // a verb for what only people do, then and now: "paid", "insists"
  kKnownGoods = 8,    // what can be touched and is nobody: "kettle", "lentils", "heron"
  kKnownMatter = 16,  // what cannot be touched: "theorem", "syndrome", "sonatas"
  kKnownRole = 32     // what somebody is: "bartender", "nieces"
};
// In the order in which the file holds them.
constexpr std::array kAllKnown = {kKnownThing, kKnownPerson, kKnownAct, kKnownGoods, kKnownMatter, kKnownRole};
class KnownWords {
 public:
  void Reserve(std::size_t words) { bits_.Reserve(words); }
  void Add(std::uint32_t words, Known what) { bits_[words] |= what; }
  std::uint8_t BitsOf(std::uint32_t words) const {
    const std::uint8_t* bits = bits_.Find(words);
    return bits == nullptr ? 0 : *bits;
  }

 private:
  WordMap<std::uint8_t> bits_;
};

// How people speak around the names of one text. What a token says of it is kept, for names stand side by side.
class Surroundings {
 public:
  // Borrows the scan.
  explicit Surroundings(const Scan& scan);

  const Scan& scan() const { return *scan_; }
  Register Around(const TaggedName& name);

 private:
  void ReadSpeech(std::size_t at);

  const Scan* scan_;
  const WordMap<Register>* words_;  // that people type in haste or say
  // A bit for each token, from the first name on: whether it is read, and what it says.
  std::vector<std::uint64_t> read_, spoken_, posted_;
};

// Its weights are a view into bytes that outlive it. Immutable.
class NameDoubt {
 public:
  static constexpr std::string_view kMagic = "PVTHING3";
  static constexpr std::string_view kFile = "things.model";

  // detect.name_model when the bytes are not such a file.
  static Result<NameDoubt> Parse(std::string_view bytes);
  // The one in the program.
  static const NameDoubt& BuiltIn();

  struct Verdict {
    float odds = 0;  // the logarithm of the odds that it is a name indeed, and not that of a thing
    Register around = Register::kWritten;
  };
  // A name of the text that `surroundings` are of. Not for addresses.
  Verdict Judge(Surroundings& surroundings, const NameModel& lists, const TaggedName& name) const;

 private:
  KnownWords known_;
  const std::int8_t* weights_ = nullptr;
  std::uint32_t mask_ = 0;
  float scale_ = 0;
};

// The head of the file, little-endian; after it the known words of each kind, and a weight of eight bits for each
// feature.
struct NameDoubtHead {
  std::array<char, 8> magic;
  std::uint32_t features = 0;                              // a power of two
  float scale = 0;                                         // what one unit of a weight is worth
  std::array<std::uint32_t, kAllKnown.size()> known = {};  // how many words of each kind follow
};
static_assert(sizeof(NameDoubtHead) == 40);

// What is seen of a name and around it, hashed: first of its words, then of the lists that they stand in.
struct DoubtFeatures {
  Register around = Register::kWritten;
  std::vector<std::uint32_t> all;
  std::size_t of_words = 0;                        // how many are of its words,
  std::size_t of_lists = 0;                        // and how many of words and lists
  std::vector<std::uint32_t> seen, first, second;  // what they are mixed of
};
void ReadDoubtFeatures(Surroundings& surroundings, const NameModel& lists, const KnownWords& known,
                       const TaggedName& name, DoubtFeatures& features);

}  // namespace privity::detect
