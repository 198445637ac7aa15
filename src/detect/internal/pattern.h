// Patterns of detector files: a row of character classes with counts. No alternation and no nesting, so that matching
// is linear, needs no table larger than the pattern, and cannot go back; an alternative is a second pattern. What the
// slowest text costs is known when the pattern is read (steps_max).
//
//   ghp_[A-Za-z0-9]{36}      [0-9]{8}[A-Z]      DE[0-9]{9}      sk-[A-Za-z0-9_-]{20,200}
//
// Items: a literal character, `\` before a special one, `\d` `\w`, `.`, `[a-z0-9_]`, `[^…]`; each with `?`, `+`, `*`,
// `{n}`, `{n,}`,
// `{n,m}`; counts up to 512.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace privity::detect {

class Pattern {
 public:
  using Class = std::bitset<256>;
  struct Item {
    Class accepts;
    int min = 1;
    int max = 1;
    bool any_digit = false;  // it accepts each
  };

  static constexpr std::size_t kTextBytesMax = 512;
  // What the patterns of one detector may look at for one place in a text, at most: the time budget of a company's own
  // detectors, counted in steps so that a file is refused on every machine or on none. Ours need 13,000 at most.
  static constexpr std::size_t kStepsOfDetectorMax = 20'000;

  // detect.pattern{problem}.
  static Result<Pattern> Parse(std::string_view text);

  // Places in a text, ascending.
  struct Ends {
    std::array<std::uint16_t, kTextBytesMax + 1> at;
    std::size_t count = 0;
  };

  bool Matches(std::string_view text) const;
  // The same of a text that has only digits: nothing is asked where any of them may stand.
  bool MatchesDigits(std::string_view digits) const;
  // The ends of all matches that begin at the text's begin; nothing beyond kTextBytesMax is looked at.
  void MatchPrefix(std::string_view text, Ends& ends) const;

  // Whether every match is one of `other`: of patterns with matches of several lengths, only as far as their items show
  // it one by one.
  bool IsWithin(const Pattern& other) const;

  // Whether a match's length tells which item each of its characters belongs to.
  bool IsToldByLength() const { return varying_ <= 1; }

  std::size_t bytes_min() const { return bytes_min_; }
  std::size_t bytes_max() const { return bytes_max_; }
  // How many characters and places MatchPrefix looks at, at most, whatever the text is.
  std::size_t steps_max() const { return steps_max_; }
  const std::vector<Item>& items() const { return items_; }
  // Characters at the begin that cannot be others.
  const std::string& literal_prefix() const { return literal_prefix_; }

 private:
  bool HasLength(std::size_t size) const { return bytes_min_ <= size && size <= bytes_max_; }
  template <bool of_digits>
  bool MatchesInStep(std::string_view text) const;

  std::vector<Item> items_;
  std::string literal_prefix_;
  std::size_t varying_ = 0;  // items of several counts
  std::size_t bytes_min_ = 0;
  std::size_t bytes_max_ = 0;
  std::size_t steps_max_ = 0;
};

}  // namespace privity::detect
