// Packs and bundles of packs, which others write: what is read has a place for every complaint, and its holidays can be
// counted for any year.
#include <algorithm>

#include "fuzz/fuzz_target.h"
#include "packs/bundle.h"
#include "packs/holidays.h"
#include "packs/pack.h"

namespace privity {

PRIVITY_FUZZ_TARGET(packs) {
  static const std::vector<PackKind> kinds = {HolidayCalendarKind()};
  if (const auto pack = ReadPack(kinds, "f.yaml", input); pack.ok()) {
    FUZZ_CHECK(pack->type == &TypeOf<HolidayCalendar>());
    const auto& calendar = *static_cast<const HolidayCalendar*>(pack->object.get());
    for (const int year : {1583, 2024, 2026, 9998}) {
      const std::vector<Holiday> holidays = HolidaysIn(calendar, "", year);
      FUZZ_CHECK(
          std::is_sorted(holidays.begin(), holidays.end(), [](const auto& a, const auto& b) { return a.day < b.day; }));
    }
  } else {
    FUZZ_CHECK(pack.error().Parameter("file") == "f.yaml" || pack.error().Parameter("place").starts_with("f.yaml"));
  }
  if (const auto version = PackVersion::Parse(input); version.ok()) {
    FUZZ_CHECK(PackVersion::Parse(version->ToString()).value() == *version);
  }
  if (const auto day = MonthDay::Parse(input); day.ok()) FUZZ_CHECK(day->ToString() == input);
  FUZZ_CHECK(!OpenPackBundle(input, {}).ok());
}

}  // namespace privity
