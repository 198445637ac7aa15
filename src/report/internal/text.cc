#include "report/internal/text.h"

#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace privity {

bool IsUtf8(std::string_view text) {
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 character;
    U8_NEXT(text.data(), at, size, character);
    if (character < 0) return false;
  }
  return true;
}

std::string FormatDay(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

std::string FormatNumber(double number) {
  char text[512];
  const auto form = std::abs(number) < 1e21 ? std::chars_format::fixed : std::chars_format::scientific;
  const auto [end, error] = std::to_chars(text, text + sizeof text, number, form);
  Invariant(error == std::errc(), "a double fits in 512 characters");
  return {text, end};
}

std::size_t CountCharacters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool IsRightToLeft(const std::string& language) {
  return uloc_isRightToLeft(language.c_str());
}

Status CheckText(std::string_view text, std::size_t row, std::size_t column) {
  if (IsUtf8(text)) return Ok();
  return Error("report.text_invalid", {{"row", std::to_string(row)}, {"column", std::to_string(column)}});
}

Status CheckLink(std::string_view url) {
  const bool scheme = url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:");
  const bool plain = std::none_of(url.begin(), url.end(), [](unsigned char c) {
    return c <= ' ' || c >= 0x7f ||
           std::string_view("\"'<>\\`{}|^").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (scheme && plain) return Ok();
  return Error("report.link_refused");
}

}  // namespace privity
