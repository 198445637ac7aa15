// The groups of a number that may be one, as they are read from one beginning on.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "detect/internal/machine.h"
#include "detect/internal/short_text.h"
#include "detect/internal/text_evidence.h"
#include "detect/internal/text_rules.h"

namespace privity::detect {

inline constexpr std::size_t kGroupsMax = 8;

// The groups read so far, from one beginning.
struct TextRules::Chain {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::size_t first = 0;  // of its tokens
  std::size_t last = 0;
  std::size_t size = 0;  // of its letters and digits
  int tight = 0;         // separators that are no spaces
  int loose = 0;
  bool digits_only = true;
  bool letters_only = true;
  bool is_date = false;
  bool is_hash = false;                     // a hash or a key of a row, by its letters
  bool only_kinds = false;                  // no word near it speaks of a format, but some do of a kind
  bool has_prefix = false;                  // letters of a country and a sign stand apart before it: "PT 501 964 843"
  bool cut = false;                         // another group of digits follows those read, with a space as between them
  bool cut_alike = false;                   // and has as many digits as the last of them
  bool cut_before = false;                  // such a group stands before the first of them
  std::uint32_t anothers_end = 0;           // of one from its begin that is a company's; 0: there is none
  std::array<char, kGroupsMax> signs = {};  // behind each group, but the last
  std::uint64_t first_bit = 0;              // of its first character (FirstBit)
  std::uint32_t layout = 0;                 // of what counts: without a prefix
  std::uint32_t whole_layout = 0;           // with it
  std::size_t tokens_end = 0;               // of the text
  const SpokenCue* speaking = nullptr;      // of the text, from those near the chain's begin on
  const SpokenCue* speaking_end = nullptr;
  std::vector<std::uint16_t> context = {};  // rules that words near it speak for
  std::vector<std::uint16_t> beside = {};   // those of the nearest of these words, if it stands right before it
  std::vector<std::uint64_t> named = {};    // number patterns that these words speak for, a bit for each listed
  ShortText compact = {};                   // Compact() of several groups,
  std::size_t compact_end = 0;              // up to this token
  LayoutHash layout_read = {};              // WholeLayout(),
  std::size_t layout_end = 0;               // likewise

  bool in_one_group() const { return tight + loose == (has_prefix ? 1 : 0); }

  void Begin(const Scan& scan, std::size_t token) {
    begin = scan.tokens.data()[token].begin;
    first = token;
    tight = loose = 0;
    anothers_end = 0;
    compact.Clear();
    layout_read = {};
    compact_end = layout_end = token;
    first_bit = FirstBit(scan.text.data()[begin]);
    while (speaking != speaking_end && speaking->token + kContextBefore < token) ++speaking;
  }
  // The first token that has a word near it which speaks for rules of numbers, if it is of the chain: as hardly ever.
  std::size_t NamedFrom() const {
    if (speaking == speaking_end) return std::numeric_limits<std::size_t>::max();
    return speaking->token - std::min<std::size_t>(speaking->token, kContextAfter);
  }
  void GoOnTo(std::size_t token, std::uint32_t byte, std::size_t bytes, bool only_digits, bool only_letters) {
    last = token;
    end = byte;
    size = bytes;
    digits_only = only_digits;
    letters_only = only_letters;
  }
  void AddSign(std::size_t place, char sign) {
    ++(sign == ' ' ? loose : tight);
    signs[place] = sign;
  }
  // Of its tokens behind the first.
  std::uint32_t LayoutOfRest(const Scan& scan) const {
    LayoutHash layout_of;
    for (std::size_t i = first + 1; i <= last; ++i) AddToLayout(scan, i, first + 1, layout_of);
    return layout_of.value();
  }
  // Of all of them: a chain that has grown goes on where it ended.
  std::uint32_t WholeLayout(const Scan& scan) {
    for (; layout_end <= last; ++layout_end) AddToLayout(scan, layout_end, first, layout_read);
    return layout_read.value();
  }
  PRIVITY_INLINED void AddToLayout(const Scan& scan, std::size_t token, std::size_t from, LayoutHash& layout_of) const {
    if (token > from) layout_of.Add(signs.data()[token - 1 - first], 1);
    layout_of.AddWord(scan.Of(scan.tokens.data()[token]), scan.tokens.data()[token].digits);
  }
  // Upper case, without signs.
  std::string_view Compact(const Scan& scan) {
    const Token* const tokens = scan.tokens.data();
    if (first == last && !tokens[first].has_lower) return scan.Of(tokens[first]);
    for (; compact_end <= last; ++compact_end) {
      constexpr std::uint32_t kShort = 8;
      const Token& token = tokens[compact_end];
      if (!token.has_lower && token.size() <= kShort && token.begin + kShort <= scan.text.size()) {
        compact.AddShort(scan.text.data() + token.begin, token.size());
      } else {
        compact.AddUpper(scan.Of(token));
      }
    }
    return compact.view();
  }
};

}  // namespace privity::detect
