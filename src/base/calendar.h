// Calendar dates, time zones and working days: the edge between instants (UTC, base/clock.h) and what people and laws
// count in.
//
// Which rule applies to which deadline is data (packs); here are the steps it is made of. Date and TimeZone have text
// forms, so described structs may hold them. All are values and safe to read from many threads.
#pragma once

#include <chrono>
#include <compare>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace privity {

using Weekday = std::chrono::weekday;

// A day of the proleptic Gregorian calendar, years 0001 to 9999. Arithmetic that would leave them stays at the first or
// last day.
class Date {
 public:
  static constexpr std::string_view kTextForm = "date";

  Date() = default;  // 1970-01-01
  explicit Date(std::chrono::sys_days days);
  // base.date_invalid: 2026-02-29, month 13.
  static Result<Date> FromYearMonthDay(int year, unsigned month, unsigned day);
  // "2026-03-10" (RFC 3339 full-date), nothing else. base.date_invalid.
  static Result<Date> Parse(std::string_view text);
  std::string ToString() const;

  int year() const;
  unsigned month() const;
  unsigned day() const;
  Weekday weekday() const { return Weekday(days_); }
  std::chrono::sys_days days() const { return days_; }

  Date PlusDays(std::int64_t count) const;
  // The same day of the month `count` months later, or that month's last day: 31 January + 1 month is 28 or 29
  // February.
  Date PlusMonths(std::int64_t count) const;
  Date PlusYears(std::int64_t count) const;  // 29 February + 1 year is 28 February
  // How many days `other` lies after this one.
  std::int64_t DaysUntil(Date other) const { return (other.days_ - days_).count(); }

  auto operator<=>(const Date&) const = default;

 private:
  std::chrono::sys_days days_{};
};

struct LocalTime {
  Date date;
  Duration time_of_day{};  // since 00:00 on the wall clock, below 24 hours
  auto operator<=>(const LocalTime&) const = default;
};

// When clocks go back, a wall time happens twice.
enum class Repeated { kEarlier, kLater };

// A zone of the IANA time zone database, as ICU carries it (update ICU's data for new rules).
class TimeZone {
 public:
  static constexpr std::string_view kTextForm = "time_zone";

  TimeZone();  // UTC
  // "Europe/Berlin", "UTC". Fixed offsets such as "GMT+2" are refused: they do not follow the law of any place.
  // base.time_zone_unknown{name}.
  static Result<TimeZone> Parse(std::string_view name);
  std::string ToString() const { return name_; }
  // Every name that Parse accepts and that is not an alias of another, sorted.
  static std::vector<std::string> Names();

  LocalTime ToLocal(Instant instant) const;
  Date DateAt(Instant instant) const { return ToLocal(instant).date; }
  std::chrono::seconds OffsetAt(Instant instant) const;  // east of UTC is positive

  // A wall time that is skipped when clocks go forward is moved forward by the same amount: 02:30 becomes 03:30.
  Instant ToInstant(const LocalTime& local, Repeated repeated = Repeated::kEarlier) const;
  // The first instant of the date; where midnight is skipped, the one after the gap.
  Instant StartOfDay(Date date) const { return ToInstant({date, Duration(0)}); }
  // The first instant that is no longer that date: a deadline "by the end of the day" is met before it.
  Instant EndOfDay(Date date) const { return StartOfDay(date.PlusDays(1)); }

  bool operator==(const TimeZone& other) const { return name_ == other.name_; }

 private:
  struct Rules;
  std::string name_;
  std::shared_ptr<const Rules> rules_;  // shared by copies, never changed
};

// Which days count as working days: neither weekend nor holiday.
class WorkingDays {
 public:
  // At least one weekday must remain. The default weekend is Saturday and Sunday.
  explicit WorkingDays(std::set<Date> holidays = {},
                       std::vector<Weekday> weekend = {std::chrono::Saturday, std::chrono::Sunday});

  bool Includes(Date date) const;
  // The date itself if it is a working day, otherwise the next one ("rolls forward").
  Date OnOrAfter(Date date) const;
  Date OnOrBefore(Date date) const;
  // `count` working days after the date, which itself does not count; `count` is not negative. 0 is the date itself.
  Date Plus(Date date, std::int64_t count) const;
  // Working days from the first date (not counted) to the second (counted); 0 when it does not lie later.
  std::int64_t CountBetween(Date after, Date until) const;

 private:
  std::set<Date> holidays_;
  std::vector<Weekday> weekend_;
};

}  // namespace privity
