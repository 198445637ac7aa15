// Where tokens may begin: their patterns in groups that a word is asked for all at once, by its first bytes.
#include "detect/internal/text_rules.h"

#include <algorithm>
#include <array>
#include <compare>
#include <cstring>
#include <map>
#include <string>

#include "detect/internal/letters.h"
#include "detect/internal/pattern_forms.h"

namespace privity::detect {

// They share groups with those that they are most like: with their neighbours in the alphabet where three characters
// are known, or two; others by how long their words are. So what a group may begin with stays narrow.
void TextRules::ReadBeginnings() {
  struct Likeness {
    std::string_view begin = {};
    std::uint32_t letters = 0, next_letters = 0;

    auto operator<=>(const Likeness&) const = default;
  };
  constexpr std::array<std::size_t, 3> kGroups = {40, 12, 12};  // of three characters, two, fewer
  std::array<std::map<Likeness, RuleList>, kGroups.size()> alike;
  for (std::uint16_t index = 0; index < tokens_.size(); ++index) {
    const TokenPattern& token = tokens_[index];
    const std::string_view literal = token.pattern.literal_prefix();
    if (literal.size() >= 2) {
      alike[literal.size() == 2 ? 1 : 0][{literal.substr(0, 3)}].push_back(index);
    } else if (!rules_[token.rule].context_needed) {
      alike[2][{{}, token.letters_min, FirstWordOf(token.pattern).next_letters_min}].push_back(index);
    }
  }
  std::size_t first_group = 0;
  for (std::size_t kind = 0; kind < kGroups.size(); ++kind) {
    std::size_t place = 0;
    for (const auto& [likeness, patterns] : alike[kind]) {
      const std::size_t group = first_group + place++ * kGroups[kind] / alike[kind].size();
      for (const std::uint16_t index : patterns) {
        const Pattern& pattern = tokens_[index].pattern;
        starts_.Add(pattern, index, group);
        if (IsToldByKeyBits(pattern) || BeginsWithCue(pattern)) continue;
        (HasDigitInFirstWord(pattern) ? asks_all_with_digits_ : asks_all_words_) = true;
      }
    }
    first_group += kGroups[kind];
  }
  for (std::vector<Start>& group : starts_.starts) std::ranges::sort(group, {}, &Start::pattern);
}

// "SG." and the like: a word that is known, a sign behind it; it is found among the cues then.
bool TextRules::BeginsWithCue(const Pattern& pattern) {
  const std::string& literal = pattern.literal_prefix();
  const auto sign = std::ranges::find_if_not(literal, IsAsciiAlnum);
  if (sign == literal.begin() || sign == literal.end() || static_cast<unsigned char>(*sign) >= 0x80) return false;
  cues_[WordHash(Fold(std::string(literal.begin(), sign)))].begins_token = true;
  return true;
}

// A match is inside a word, which is long then, or goes on behind it with a sign.
void TextRules::Starts::Add(const Pattern& pattern, std::uint16_t index, std::size_t group) {
  Start start{.pattern = index, .letters_min = LettersMin(pattern.items())};
  const std::string_view literal = std::string_view(pattern.literal_prefix()).substr(0, sizeof start.bytes);
  std::memcpy(&start.bytes, literal.data(), literal.size());
  std::memset(&start.mask, 0xFF, literal.size());
  FirstWord word = FirstWordOf(pattern);
  const bool may_be_inside = word.signs.none() || word.letters_max >= kWordBytesMax;
  if (may_be_inside) {
    word.letters_max = kWordBytesMax;
    word.next_letters_min = 0;
    for (const Pattern::Item& item : pattern.items()) word.signs |= item.accepts;
  }
  const Groups bit = Groups{1} << group;
  for (std::size_t place = 0; place < kBytes; ++place) {
    const Pattern::Class accepts = ClassAt(pattern, place);
    for (std::size_t c = accepts._Find_first(); c < 256; c = accepts._Find_next(c)) of_bytes[place][c] |= bit;
  }
  const auto add_from = [&](auto& of_lengths, std::size_t from, std::size_t to) {
    for (std::size_t n = std::min(from, kWordBytesMax); n <= to; ++n) of_lengths[n] |= bit;
  };
  if (may_be_inside) add_from(of_words, pattern.bytes_min(), kWordBytesMax);
  add_from(of_words_with_sign, start.letters_min, word.letters_max);
  add_from(of_next_words, word.next_letters_min, kWordBytesMax);
  for (std::size_t c = word.signs._Find_first(); c < 256; c = word.signs._Find_next(c)) of_signs[c] |= bit;
  start.next_letters_min = word.next_letters_min;
  starts[group].push_back(start);
}

}  // namespace privity::detect
