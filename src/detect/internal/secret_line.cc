#include "detect/internal/secret_line.h"

#include <algorithm>

namespace privity::detect::led {
namespace {

constexpr CharSet kQuotes("\"'`");

}  // namespace

LedSecret Line::ValueAt(std::size_t at) const {
  while (At(text, at) == ' ' || At(text, at) == '\t') ++at;
  if (IsOneOf(At(text, at), "bB@") && IsOneOf(At(text, at + 1), "\"'")) ++at;  // of Python and Objective-C
  const char quote = IsOneOf(At(text, at), kQuotes) ? text[at++] : '\0';
  std::size_t end = at;
  while (end < text.size() && (quote != '\0' ? text[end] != quote : !IsOneOf(text[end], " \t\n\"'`;|<>)"))) ++end;
  if (quote == '\0' && end > at && IsOneOf(text[end - 1], ".,:")) --end;
  return {begin + at, begin + end, true};
}

Line LineBehind(const Scan& scan, const Token& token) {
  const std::string_view rest = scan.text.substr(token.end, kLineBytesMax);
  Line line{rest.substr(0, rest.find('\n')), token.end};
  scan.steps += line.text.size();
  return line;
}

std::string_view Of(const Scan& scan, const LedSecret& value) {
  return scan.text.substr(value.begin, value.end - value.begin);
}

std::string_view Before(const Scan& scan, std::size_t at, std::size_t bytes) {
  const std::size_t end = scan.tokens[at].begin, begin = end - std::min(end, bytes);
  const std::string_view text = scan.text.substr(begin, end - begin);
  const auto line = text.rfind('\n');
  return line == text.npos ? text : text.substr(line + 1);
}

std::size_t FindBehindSpace(std::string_view text, std::string_view words) {
  const std::string_view rest = words.substr(1);
  if (rest.empty()) return text.find(words);
  for (auto at = text.find(rest, 1); at != text.npos; at = text.find(rest, at + 1)) {
    if (text[at - 1] == ' ') return at - 1;
  }
  return text.npos;
}

LedSecret Word(const Line& line, std::size_t index) {
  WordReader words(line);
  while (index-- > 0) words.Next();
  return words.Next();
}

}  // namespace privity::detect::led
