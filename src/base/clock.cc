#include "base/clock.h"

#include <array>
#include <cctype>
#include <cstdlib>
#include <optional>

namespace privity {
namespace {

// Reads exactly `count` digits from the front of `text`.
std::optional<int> TakeDigits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

// `width` digits, with zeros in front. By hand: an entry of the ledger holds two instants, and a format string costs
// more than all the rest of them.
char* PutDigits(char* to, int width, std::int64_t value) {
  for (int i = width; i-- > 0; value /= 10) to[i] = static_cast<char>('0' + value % 10);
  return to + width;
}

bool TakeOneOf(std::string_view& text, std::string_view accepted) {
  if (text.empty() || accepted.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::microseconds> TakeFraction(std::string_view& text) {
  if (!TakeOneOf(text, ".")) return std::chrono::microseconds(0);
  std::int64_t micros = 0;
  int digits = 0;
  for (; !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0;
       text.remove_prefix(1), ++digits) {
    if (digits < 6) micros = micros * 10 + (text.front() - '0');
  }
  if (digits == 0 || digits > 9) return std::nullopt;
  for (int i = digits; i < 6; ++i) micros *= 10;
  return std::chrono::microseconds(micros);
}

std::optional<std::chrono::minutes> TakeOffset(std::string_view& text) {
  if (TakeOneOf(text, "Zz")) return std::chrono::minutes(0);
  const bool west = text.starts_with('-');
  if (!TakeOneOf(text, "+-")) return std::nullopt;
  const auto hours = TakeDigits(text, 2);
  if (!hours || *hours > 23 || !TakeOneOf(text, ":")) return std::nullopt;
  const auto minutes = TakeDigits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return std::chrono::minutes((*hours * 60 + *minutes) * (west ? -1 : 1));
}

std::optional<Instant> Parse(std::string_view text) {
  using namespace std::chrono;
  const auto y = TakeDigits(text, 4);
  if (!y || *y < 1 || !TakeOneOf(text, "-")) return std::nullopt;
  const auto m = TakeDigits(text, 2);
  if (!m || !TakeOneOf(text, "-")) return std::nullopt;
  const auto d = TakeDigits(text, 2);
  if (!d || !TakeOneOf(text, "Tt ")) return std::nullopt;
  const year_month_day date{year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
  const auto hh = TakeDigits(text, 2);
  if (!date.ok() || !hh || *hh > 23 || !TakeOneOf(text, ":")) return std::nullopt;
  const auto mm = TakeDigits(text, 2);
  if (!mm || *mm > 59 || !TakeOneOf(text, ":")) return std::nullopt;
  const auto ss = TakeDigits(text, 2);
  if (!ss || *ss > 59) return std::nullopt;
  const auto fraction = TakeFraction(text);
  if (!fraction) return std::nullopt;
  const auto offset = TakeOffset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return Instant(sys_days(date)) + hours(*hh) + minutes(*mm) + seconds(*ss) + *fraction - *offset;
}

}  // namespace

Instant SystemClock::Now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::chrono::steady_clock::time_point SystemClock::Monotonic() const {
  return std::chrono::steady_clock::now();
}

std::string FormatInstant(Instant instant) {
  using namespace std::chrono;
  const auto day = floor<days>(instant);
  const year_month_day date(day);
  const hh_mm_ss time(instant - day);
  const int year = static_cast<int>(date.year());
  std::array<char, 32> text;
  char* at = text.data();
  if (year < 0) *at++ = '-';
  at = PutDigits(at, std::abs(year) > 9999 ? 5 : 4, std::abs(year));
  *at++ = '-';
  at = PutDigits(at, 2, static_cast<unsigned>(date.month()));
  *at++ = '-';
  at = PutDigits(at, 2, static_cast<unsigned>(date.day()));
  *at++ = 'T';
  at = PutDigits(at, 2, time.hours().count());
  *at++ = ':';
  at = PutDigits(at, 2, time.minutes().count());
  *at++ = ':';
  at = PutDigits(at, 2, time.seconds().count());
  if (const auto micros = time.subseconds().count(); micros != 0) {
    *at++ = '.';
    at = PutDigits(at, 6, micros);
    while (at[-1] == '0') --at;
  }
  *at++ = 'Z';
  return std::string(text.data(), at);
}

Result<Instant> ParseInstant(std::string_view text) {
  if (const auto instant = Parse(text)) return *instant;
  return Error("base.instant_invalid");
}

}  // namespace privity
