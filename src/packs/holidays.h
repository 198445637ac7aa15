// Public holidays as rules: the pack kind `holiday_calendar`, and the working days that follow from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "packs/catalog.h"
#include "packs/pack.h"

namespace privity {

enum class WeekdayName { kMonday, kTuesday, kWednesday, kThursday, kFriday, kSaturday, kSunday };
PRIVITY_DESCRIBE_ENUM(WeekdayName, kMonday, kTuesday, kWednesday, kThursday, kFriday, kSaturday, kSunday)

// Where a holiday goes that falls on the weekend. The day itself stays a holiday.
enum class Substitute {
  kNone,
  kNextFreeWeekday,   // the next day that is neither weekend nor holiday (United Kingdom)
  kNearestWeekday,    // Saturday to Friday, Sunday to Monday (United States, federal)
  kMondayAfterSunday  // Sunday to Monday; Saturday stays
};
PRIVITY_DESCRIBE_ENUM(Substitute, kNone, kNextFreeWeekday, kNearestWeekday, kMondayAfterSunday)

// "12-25": a day of every year.
class MonthDay {
 public:
  static constexpr std::string_view kTextForm = "month_day";
  MonthDay() = default;
  static Result<MonthDay> Parse(std::string_view text);  // packs.month_day_invalid
  std::string ToString() const;
  // 29 February in a common year is 28 February.
  Date In(int year) const;
  auto operator<=>(const MonthDay&) const = default;

 private:
  unsigned month_ = 1;
  unsigned day_ = 1;
};

// A weekday counted within a month (`nth`: 1 to 4, or -1 for the last), or the last one before a day of the year.
struct WeekdayRule {
  WeekdayName day = WeekdayName::kMonday;
  std::optional<std::int64_t> nth;
  std::optional<std::int64_t> month;
  std::optional<MonthDay> before;
};
PRIVITY_DESCRIBE(WeekdayRule, (day, nth, month, before))
inline std::vector<FieldNote> FieldNotes(const WeekdayRule*) {
  return {{.name = "nth", .minimum = -1, .maximum = 4}, {.name = "month", .minimum = 1, .maximum = 12}};
}

// Exactly one of on, easter, weekday, or first with last.
struct HolidayRule {
  std::string name;
  std::optional<MonthDay> on;
  std::optional<std::int64_t> easter;  // days after Easter Sunday of the Gregorian calendar; Good Friday is -2
  std::optional<WeekdayRule> weekday;
  std::optional<MonthDay> first;  // every day from `first` to `last`, over the turn of the year too
  std::optional<MonthDay> last;
  std::vector<std::string> regions;  // ISO 3166-2 codes without the country; empty: everywhere
  std::optional<std::int64_t> from_year;
  std::optional<std::int64_t> until_year;
  std::vector<std::int64_t> except_years;
  Substitute substitute = Substitute::kNone;
  std::optional<std::string> note;  // what is uncertain, or who decides
};
PRIVITY_DESCRIBE(HolidayRule, (name, on, easter, weekday, first, last, regions, from_year, until_year, except_years,
                               substitute, note))
inline std::vector<FieldNote> FieldNotes(const HolidayRule*) {
  return {{.name = "name", .min_length = 1, .max_length = 100},
          {.name = "easter", .minimum = -60, .maximum = 100},
          {.name = "regions", .defaulted = true},
          {.name = "from_year", .minimum = 1583, .maximum = 9999},
          {.name = "until_year", .minimum = 1583, .maximum = 9999},
          {.name = "except_years", .defaulted = true},
          {.name = "substitute", .defaulted = true}};
}

struct HolidayCalendar {
  PackHeader pack;
  std::string country;
  std::vector<std::string> regions;  // those that rules may name
  std::vector<WeekdayName> weekend = {WeekdayName::kSaturday, WeekdayName::kSunday};
  std::vector<HolidayRule> holidays;
};
PRIVITY_DESCRIBE(HolidayCalendar, (pack, country, regions, weekend, holidays))
inline std::vector<FieldNote> FieldNotes(const HolidayCalendar*) {
  return {{.name = "country", .format = "country"},
          {.name = "regions", .defaulted = true},
          {.name = "weekend", .max_length = 6, .defaulted = true}};
}

PackKind HolidayCalendarKind();

struct Holiday {
  Date day;
  std::string name;
  bool operator==(const Holiday&) const = default;
};

// In the order of days, substitutes included. `region` is "" or one of the calendar's.
std::vector<Holiday> HolidaysIn(const HolidayCalendar& calendar, std::string_view region, int year);

// Easter Sunday of the Gregorian calendar, for years from 1583 on.
Date EasterSunday(int year);

// The working days of a place: "DE", "DE-BY" (a region of the calendar `de`), or "US-CA" where a calendar `us-ca`
// exists. The calendar is the one in force on `day`; the holidays are those of the years from the year before `day` to
// `years_ahead` after it: beyond, only weekends are known. packs.unknown, packs.not_in_force,
// packs.region_unknown{place, nearest}.
Result<WorkingDays> WorkingDaysOf(const PackCatalog& catalog, std::string_view place, Date day, int years_ahead = 6);

}  // namespace privity
