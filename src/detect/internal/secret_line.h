// The line on which something leads to a secret, and the values that stand on it.
#pragma once

#include <string_view>
#include <vector>

#include "detect/internal/letters.h"
#include "detect/internal/secret_leads.h"
#include "detect/internal/token_scan.h"

namespace privity::detect::led {

using Secrets = std::vector<LedSecret>;

inline constexpr std::size_t kLineBytesMax = 200;

// The line of a token, from the token's end or from the line's begin on, in bytes of the text.
struct Line {
  std::string_view text;  // behind the token
  std::size_t begin = 0;

  // What stands from there up to a space, or between quotes.
  LedSecret ValueAt(std::size_t at) const;
};

// The words of a line behind the token, one after the other; behind the last an empty one.
class WordReader {
 public:
  explicit WordReader(const Line& line) : line_(line) {}

  LedSecret Next() {
    if (at_ >= line_.text.size()) return {line_.begin, line_.begin, true};
    const LedSecret word = line_.ValueAt(at_);
    at_ = word.end - line_.begin;
    while (at_ < line_.text.size() && !IsOneOf(line_.text[at_], " \t\n")) ++at_;
    while (at_ < line_.text.size() && IsOneOf(line_.text[at_], " \t\n")) ++at_;
    return word;
  }

 private:
  const Line& line_;
  std::size_t at_ = 0;
};

Line LineBehind(const Scan& scan, const Token& token);
std::string_view Of(const Scan& scan, const LedSecret& value);
// The text before a token on its line, at most `bytes`.
std::string_view Before(const Scan& scan, std::size_t at, std::size_t bytes);
// Where the words stand, which begin with a space: lines have more spaces than what follows it.
std::size_t FindBehindSpace(std::string_view text, std::string_view words);
// The word number `index` of a line (0: the first behind the token).
LedSecret Word(const Line& line, std::size_t index);

}  // namespace privity::detect::led
