#include "report/internal/text.h"

#include <unicode/uloc.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/utf8.h"

namespace privity {

std::string FormatNumber(double number) {
  char text[512];
  const auto form = std::abs(number) < 1e21 ? std::chars_format::fixed : std::chars_format::scientific;
  const auto [end, error] = std::to_chars(text, text + sizeof text, number, form);
  Invariant(error == std::errc(), "a double fits in 512 characters");
  return {text, end};
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
