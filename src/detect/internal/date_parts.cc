#include "detect/internal/date_parts.h"

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {

bool IsYear(const Scan& scan, const Token& token) {
  const int year = token.size() == 4 ? Small(scan.Of(token)) : -1;
  return year >= 1880 && year <= 2099;
}

int DayOf(const Scan& scan, const Token& token) {
  std::string_view text = scan.Of(token);
  const std::size_t digits = token.digits;
  if (digits == 0 || digits > 2 || text.size() > digits + 2) return 0;
  const int day = Small(text.substr(0, digits));
  return day >= 1 && day <= 31 && IsAsciiDigit(text[digits - 1]) ? day : 0;
}

bool IsOrdinal(const Scan& scan, const Token& token) {
  if (DayOf(scan, token) == 0 || token.size() != token.digits + 2u) return false;
  const std::string_view end = scan.Of(token).substr(token.digits);
  return end == "st" || end == "nd" || end == "rd" || end == "th";
}

bool IsDayAndMonth(const Scan& scan, std::size_t at) {
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at, '/')) return false;
  const Token &day = scan.tokens[at], &month = scan.tokens[at + 1];
  if (!day.all_digits() || !month.all_digits() || day.size() > 2 || month.size() > 2) return false;
  const int x = Small(scan.Of(day)), y = Small(scan.Of(month));
  if ((x == 24 && y == 7) || (!IsDay(4, y, x) && !IsDay(4, x, y))) return false;
  const char behind = At(scan.text, month.end), next = At(scan.text, month.end + 1u);
  return behind == '\0' || IsOneOf(behind, " ,;)!?\n") || (behind == '.' && !IsAsciiDigit(next));
}

}  // namespace privity::detect
