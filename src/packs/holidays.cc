#include "packs/holidays.h"

#include <algorithm>
#include <set>

#include "packs/internal/nearest.h"

namespace privity {
namespace {

constexpr std::string_view kKind = "holiday_calendar";

Weekday ToWeekday(WeekdayName name) {
  // Monday is 1 in ISO 8601 and 0 in the enumeration.
  return Weekday(static_cast<unsigned>(name) + 1);
}

Date FirstOfMonth(int year, std::int64_t month) {
  return Date::FromYearMonthDay(year, static_cast<unsigned>(month), 1).value();
}

Date WeekdayBefore(Date day, Weekday weekday) {
  day = day.PlusDays(-1);
  while (day.weekday() != weekday) day = day.PlusDays(-1);
  return day;
}

Date DayOf(const WeekdayRule& rule, int year) {
  const Weekday weekday = ToWeekday(rule.day);
  if (rule.before) return WeekdayBefore(rule.before->In(year), weekday);
  if (*rule.nth < 0) return WeekdayBefore(FirstOfMonth(year, *rule.month).PlusMonths(1), weekday);
  Date day = FirstOfMonth(year, *rule.month);
  while (day.weekday() != weekday) day = day.PlusDays(1);
  return day.PlusDays(7 * (*rule.nth - 1));
}

bool AppliesIn(const HolidayRule& rule, std::string_view region, int year) {
  if (rule.from_year && year < *rule.from_year) return false;
  if (rule.until_year && year > *rule.until_year) return false;
  if (std::find(rule.except_years.begin(), rule.except_years.end(), year) != rule.except_years.end()) return false;
  return rule.regions.empty() || std::find(rule.regions.begin(), rule.regions.end(), region) != rule.regions.end();
}

// The days of a rule that lie in `year`.
std::vector<Date> DaysOf(const HolidayRule& rule, int year) {
  if (rule.on) return {rule.on->In(year)};
  if (rule.easter) return {EasterSunday(year).PlusDays(*rule.easter)};
  if (rule.weekday) return {DayOf(*rule.weekday, year)};
  std::vector<Date> days;
  const Date first = rule.first->In(year);
  const Date last = rule.last->In(year);
  const Date new_year = MonthDay().In(year);
  const Date new_years_eve = new_year.PlusYears(1).PlusDays(-1);
  const bool turns = last < first;
  for (Date day = turns ? new_year : first; day <= last; day = day.PlusDays(1)) days.push_back(day);
  if (turns) {
    for (Date day = first; day <= new_years_eve; day = day.PlusDays(1)) days.push_back(day);
  }
  return days;
}

class Substitutes {
 public:
  Substitutes(const HolidayCalendar& calendar, const std::vector<Holiday>& holidays) : calendar_(calendar) {
    for (const Holiday& holiday : holidays) taken_.insert(holiday.day);
  }

  // Where the holiday also goes, or nothing.
  std::optional<Date> For(Date day, Substitute substitute) {
    if (!IsWeekend(day)) return std::nullopt;
    switch (substitute) {
      case Substitute::kNone:
        return std::nullopt;
      case Substitute::kNextFreeWeekday:
        while (IsWeekend(day) || taken_.contains(day)) day = day.PlusDays(1);
        taken_.insert(day);
        return day;
      case Substitute::kNearestWeekday:
        return day.PlusDays(day.weekday() == std::chrono::Saturday ? -1 : 1);
      case Substitute::kMondayAfterSunday:
        if (day.weekday() != std::chrono::Sunday) return std::nullopt;
        return day.PlusDays(1);
    }
    return std::nullopt;
  }

 private:
  bool IsWeekend(Date day) const {
    return std::any_of(calendar_.weekend.begin(), calendar_.weekend.end(),
                       [&](WeekdayName name) { return ToWeekday(name) == day.weekday(); });
  }

  const HolidayCalendar& calendar_;
  std::set<Date> taken_;
};

struct Occurrence {
  Holiday holiday;
  Substitute substitute;
};

std::vector<Occurrence> OccurrencesIn(const HolidayCalendar& calendar, std::string_view region, int year) {
  std::vector<Occurrence> found;
  for (const HolidayRule& rule : calendar.holidays) {
    if (!AppliesIn(rule, region, year)) continue;
    for (const Date day : DaysOf(rule, year)) found.push_back({{day, rule.name}, rule.substitute});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.holiday.day < b.holiday.day; });
  return found;
}

Status CheckRule(const HolidayCalendar& calendar, std::size_t index, const PackPlaces& places) {
  const HolidayRule& rule = calendar.holidays[index];
  const std::string at = "/holidays/" + std::to_string(index);
  const int kinds = rule.on.has_value() + rule.easter.has_value() + rule.weekday.has_value() + rule.first.has_value();
  if (kinds != 1) return places.Invalid(at, "say exactly one of: on, easter, weekday, first with last");
  if (rule.first.has_value() != rule.last.has_value()) return places.Invalid(at, "first and last belong together");
  if (rule.weekday) {
    const bool counted = rule.weekday->nth && rule.weekday->month && !rule.weekday->before;
    const bool before = rule.weekday->before && !rule.weekday->nth && !rule.weekday->month;
    if (!counted && !before) return places.Invalid(at + "/weekday", "say either nth and month, or before");
    if (counted && *rule.weekday->nth == 0)
      return places.Invalid(at + "/weekday/nth", "nth is 1 to 4, or -1 for the last");
  }
  if (rule.from_year && rule.until_year && *rule.from_year > *rule.until_year) {
    return places.Invalid(at + "/until_year", "until_year lies before from_year");
  }
  for (std::size_t i = 0; i < rule.regions.size(); ++i) {
    const std::string& region = rule.regions[i];
    if (std::find(calendar.regions.begin(), calendar.regions.end(), region) != calendar.regions.end()) continue;
    return places.Invalid(at + "/regions/" + std::to_string(i), "no such region in this calendar; did you mean " +
                                                                    NearestName(region, calendar.regions) + "?");
  }
  return Ok();
}

Status CheckCalendar(const HolidayCalendar& calendar, const PackPlaces& places) {
  for (std::size_t i = 0; i < calendar.holidays.size(); ++i) PRIVITY_TRY_VOID(CheckRule(calendar, i, places));
  return Ok();
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// The calendar of a place, and which of its regions is meant ("" for none).
struct Located {
  std::shared_ptr<const HolidayCalendar> calendar;
  std::string region;
};

Result<Located> Locate(const PackCatalog& catalog, std::string_view place, Date day) {
  auto own = catalog.Get<HolidayCalendar>(kKind, Lower(place), day);
  if (own.ok()) return Located{*own, ""};
  const auto hyphen = place.find('-');
  if (hyphen == place.npos) return std::move(own).error();
  PRIVITY_TRY(const auto country, catalog.Get<HolidayCalendar>(kKind, Lower(place.substr(0, hyphen)), day));
  const std::string region(place.substr(hyphen + 1));
  if (std::find(country->regions.begin(), country->regions.end(), region) == country->regions.end()) {
    return Error("packs.region_unknown",
                 {{"place", std::string(place)}, {"nearest", NearestName(region, country->regions)}});
  }
  return Located{country, region};
}

}  // namespace

Result<MonthDay> MonthDay::Parse(std::string_view text) {
  // A leap year, so that 29 February is a day.
  const auto date = Date::Parse("2000-" + std::string(text));
  if (!date.ok()) return Error("packs.month_day_invalid");
  MonthDay day;
  day.month_ = date->month();
  day.day_ = date->day();
  return day;
}

std::string MonthDay::ToString() const {
  return Date::FromYearMonthDay(2000, month_, day_).value().ToString().substr(5);
}

Date MonthDay::In(int year) const {
  const Date month = FirstOfMonth(year, month_);
  return std::min(month.PlusDays(day_ - 1), month.PlusMonths(1).PlusDays(-1));
}

PackKind HolidayCalendarKind() {
  return MakePackKind<HolidayCalendar>(std::string(kKind), &CheckCalendar);
}

std::vector<Holiday> HolidaysIn(const HolidayCalendar& calendar, std::string_view region, int year) {
  std::vector<Holiday> holidays;
  // New Year's Day of the next year may be observed on the last day of this one, and a day of December in January.
  for (int of_year = year - 1; of_year <= year + 1; ++of_year) {
    const auto occurrences = OccurrencesIn(calendar, region, of_year);
    std::vector<Holiday> days;
    for (const Occurrence& occurrence : occurrences) days.push_back(occurrence.holiday);
    Substitutes substitutes(calendar, days);
    for (const Occurrence& occurrence : occurrences) {
      const auto substitute = substitutes.For(occurrence.holiday.day, occurrence.substitute);
      if (occurrence.holiday.day.year() == year) holidays.push_back(occurrence.holiday);
      if (substitute && substitute->year() == year) holidays.push_back({*substitute, occurrence.holiday.name});
    }
  }
  std::stable_sort(holidays.begin(), holidays.end(), [](const Holiday& a, const Holiday& b) { return a.day < b.day; });
  return holidays;
}

// The anonymous Gregorian algorithm (Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8).
Date EasterSunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return Date::FromYearMonthDay(year, static_cast<unsigned>(month), static_cast<unsigned>(day)).value();
}

Result<WorkingDays> WorkingDaysOf(const PackCatalog& catalog, std::string_view place, Date day, int years_ahead) {
  PRIVITY_TRY(const Located located, Locate(catalog, place, day));
  std::set<Date> holidays;
  for (int year = day.year() - 1; year <= day.year() + years_ahead; ++year) {
    for (const Holiday& holiday : HolidaysIn(*located.calendar, located.region, year)) holidays.insert(holiday.day);
  }
  std::vector<Weekday> weekend;
  for (const WeekdayName name : located.calendar->weekend) weekend.push_back(ToWeekday(name));
  return WorkingDays(std::move(holidays), std::move(weekend));
}

}  // namespace privity
