#include "base/calendar.h"

#include <fmt/format.h>
#include <unicode/basictz.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include <algorithm>

namespace privity {
namespace {

using std::chrono::sys_days;

constexpr sys_days kFirstDay = std::chrono::year(1) / std::chrono::January / 1;
constexpr sys_days kLastDay = std::chrono::year(9999) / std::chrono::December / 31;
constexpr std::int64_t kMonthsMax = 12 * 10'000;

std::chrono::year_month_day Civil(sys_days day) {
  return std::chrono::year_month_day(day);
}

bool IsDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int Number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

Date::Date(sys_days day) : days_(std::clamp(day, kFirstDay, kLastDay)) {}

Result<Date> Date::FromYearMonthDay(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day civil{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (year < 1 || year > 9999 || !civil.ok()) return Error("base.date_invalid");
  return Date(sys_days(civil));
}

Result<Date> Date::Parse(std::string_view text) {
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && IsDigits(text.substr(0, 4)) &&
                      IsDigits(text.substr(5, 2)) && IsDigits(text.substr(8, 2));
  if (!shaped) return Error("base.date_invalid");
  return FromYearMonthDay(Number(text.substr(0, 4)), static_cast<unsigned>(Number(text.substr(5, 2))),
                          static_cast<unsigned>(Number(text.substr(8, 2))));
}

std::string Date::ToString() const {
  return fmt::format("{:04}-{:02}-{:02}", year(), month(), day());
}

int Date::year() const {
  return static_cast<int>(Civil(days_).year());
}
unsigned Date::month() const {
  return static_cast<unsigned>(Civil(days_).month());
}
unsigned Date::day() const {
  return static_cast<unsigned>(Civil(days_).day());
}

Date Date::PlusDays(std::int64_t count) const {
  const std::int64_t span = (kLastDay - kFirstDay).count();
  return Date(days_ + std::chrono::days(std::clamp(count, -span, span)));
}

Date Date::PlusMonths(std::int64_t count) const {
  const auto civil = Civil(days_);
  const std::int64_t months = static_cast<int>(civil.year()) * std::int64_t{12} + static_cast<unsigned>(civil.month()) -
                              1 + std::clamp(count, -kMonthsMax, kMonthsMax);
  if (months < 12) return Date(kFirstDay);
  if (months >= 10'000 * 12) return Date(kLastDay);
  const auto target = std::chrono::year(static_cast<int>(months / 12)) / static_cast<int>(months % 12 + 1);
  const auto last = (target / std::chrono::last).day();
  return Date(sys_days(target / std::min(civil.day(), last)));
}

Date Date::PlusYears(std::int64_t count) const {
  return PlusMonths(std::clamp(count, -kMonthsMax, kMonthsMax) * 12);
}

struct TimeZone::Rules {
  std::unique_ptr<const icu::BasicTimeZone> zone;
};

namespace {

// ICU counts in milliseconds; no zone's offset has more than that, so the microseconds below can stand aside.
std::chrono::milliseconds OffsetOf(const icu::BasicTimeZone& zone, Instant instant) {
  const auto millis = std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch();
  std::int32_t raw = 0;
  std::int32_t daylight = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone.getOffset(static_cast<UDate>(millis.count()), false, raw, daylight, status);
  Invariant(U_SUCCESS(status), "ICU knows the offset of its own zones");
  return std::chrono::milliseconds(raw + daylight);
}

}  // namespace

Result<TimeZone> TimeZone::Parse(std::string_view name) {
  const Error unknown("base.time_zone_unknown", {{"name", std::string(name.substr(0, 64))}});
  const auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  icu::UnicodeString canonical;
  UBool is_system = false;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(id, canonical, is_system, status);
  if (U_FAILURE(status) || !is_system || name == "Etc/Unknown") return unknown;
  auto* zone = dynamic_cast<icu::BasicTimeZone*>(icu::TimeZone::createTimeZone(id));
  if (zone == nullptr) return unknown;
  TimeZone found;
  found.name_ = name;
  found.rules_ = std::make_shared<const Rules>(Rules{std::unique_ptr<const icu::BasicTimeZone>(zone)});
  return found;
}

TimeZone::TimeZone() : name_("UTC") {
  static const auto utc = std::make_shared<const Rules>(Rules{std::unique_ptr<const icu::BasicTimeZone>(
      dynamic_cast<icu::BasicTimeZone*>(icu::TimeZone::createTimeZone("UTC")))});
  rules_ = utc;
}

std::vector<std::string> TimeZone::Names() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> ids(
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, status));
  std::vector<std::string> names = {"UTC"};
  while (U_SUCCESS(status)) {
    const char* name = ids->next(nullptr, status);
    if (name == nullptr) break;
    names.emplace_back(name);
  }
  std::ranges::sort(names);
  return names;
}

std::chrono::seconds TimeZone::OffsetAt(Instant instant) const {
  return std::chrono::floor<std::chrono::seconds>(OffsetOf(*rules_->zone, instant));
}

LocalTime TimeZone::ToLocal(Instant instant) const {
  const Instant wall = instant + OffsetOf(*rules_->zone, instant);
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  return {Date(day), wall - day};
}

Instant TimeZone::ToInstant(const LocalTime& local, Repeated repeated) const {
  const Instant wall = Instant(local.date.days()) + local.time_of_day;
  const auto millis = std::chrono::floor<std::chrono::milliseconds>(wall).time_since_epoch();
  std::int32_t raw = 0;
  std::int32_t daylight = 0;
  UErrorCode status = U_ZERO_ERROR;
  // "Former" is the offset before the change: it moves a skipped time forward, and takes the first of two equal ones.
  rules_->zone->getOffsetFromLocal(static_cast<UDate>(millis.count()), UCAL_TZ_LOCAL_FORMER,
                                   repeated == Repeated::kEarlier ? UCAL_TZ_LOCAL_FORMER : UCAL_TZ_LOCAL_LATTER, raw,
                                   daylight, status);
  Invariant(U_SUCCESS(status), "ICU knows the offset of its own zones");
  return wall - std::chrono::milliseconds(raw + daylight);
}

WorkingDays::WorkingDays(std::set<Date> holidays, std::vector<Weekday> weekend)
    : holidays_(std::move(holidays)), weekend_(std::move(weekend)) {
  const std::set<unsigned> distinct = [&] {
    std::set<unsigned> numbers;
    for (const Weekday day : weekend_) numbers.insert(day.c_encoding());
    return numbers;
  }();
  Invariant(distinct.size() < 7, "a week has at least one working day");
}

bool WorkingDays::Includes(Date date) const {
  return std::ranges::find(weekend_, date.weekday()) == weekend_.end() && !holidays_.contains(date);
}

Date WorkingDays::OnOrAfter(Date date) const {
  while (!Includes(date) && date < Date(kLastDay)) date = date.PlusDays(1);
  return date;
}

Date WorkingDays::OnOrBefore(Date date) const {
  while (!Includes(date) && date > Date(kFirstDay)) date = date.PlusDays(-1);
  return date;
}

Date WorkingDays::Plus(Date date, std::int64_t count) const {
  Invariant(count >= 0, "working days are counted forward");
  for (; count > 0 && date < Date(kLastDay); --count) date = OnOrAfter(date.PlusDays(1));
  return date;
}

std::int64_t WorkingDays::CountBetween(Date after, Date until) const {
  std::int64_t count = 0;
  for (Date date = after.PlusDays(1); date <= until && after < until; date = date.PlusDays(1)) {
    if (Includes(date)) ++count;
    if (date == Date(kLastDay)) break;
  }
  return count;
}

}  // namespace privity
