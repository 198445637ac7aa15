// Until when a request is to be acknowledged and answered, with the rule and the article that say so.
//
//   PRIVITY_TRY(const auto law, LawOn(packs, "eu-gdpr", day));
//   PRIVITY_TRY(const LegalCalendar calendar, CalendarFor(packs, *law, "DE-BY", day));
//   const Deadline answer = AnswerDeadline(*law, Right::kAccess, {.received_at = now}, calendar, zone);
//
// The computation is that of packs/period.h (Regulation 1182/71 and its kin). Nothing is rounded in anybody's favor:
// what is shown is the legal day, and the cautious one beside it. Pure functions; safe to call from many threads.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/type_table.h"
#include "law/regulation.h"
#include "packs/catalog.h"
#include "packs/period.h"

namespace privity {

// The version in force on that day. packs.unknown, packs.not_in_force.
Result<std::shared_ptr<const Regulation>> LawOn(const PackCatalog& packs, std::string_view id, Date day);
// The laws under which somebody who lives there holds rights, by id: "DE" gives the GDPR, "US-CA" California's.
std::vector<std::shared_ptr<const Regulation>> LawsIn(const PackCatalog& packs, std::string_view place, Date day);

// The working days that a law's periods are counted in.
struct LegalCalendar {
  WorkingDays working_days{};
  std::string name;             // "DE-BY"; "" when only weekends are known
  bool holidays_known = false;  // otherwise a day may come out earlier than the law's, never later
};

// Of a place, for what no law gives a period for. A place without a holiday calendar ("" too) has weekends only, and
// says so. packs.region_unknown.
Result<LegalCalendar> CalendarAt(const PackCatalog& packs, std::string_view place, Date day);
// Of the place that the law names, else of `place`, where the controller is.
Result<LegalCalendar> CalendarFor(const PackCatalog& packs, const Regulation& law, std::string_view place, Date day);

enum class Duty { kAcknowledge, kAnswer };
PRIVITY_DESCRIBE_ENUM(Duty, kAcknowledge, kAnswer)

// What moves a clock.
struct ClockFacts {
  Instant received_at{};
  std::optional<Instant> identified_at = {};  // the proof of identity that had to be asked for was given
  bool extended = false;
  std::vector<Pause> pauses = {};  // counted only where the law lets the clock stand
};

// One due date with all that led to it: enough to compute it again, and to explain it to the person and to a court.
struct Deadline {
  Right right = Right::kAccess;
  Duty duty = Duty::kAnswer;
  Instant due{};                 // met before this instant: the end of the due day where the controller is
  std::optional<Date> day;       // none for periods in hours
  std::optional<Date> cautious;  // the last day before it was rolled to a working day
  Instant counted_from{};
  PeriodRule rule;
  std::string law;          // "eu-gdpr"
  PackVersion law_version;  // of the pack
  std::string article;      // of the period, and of the extension or pause where they played a part
  std::string source;
  Date source_date;
  bool uncertain = false;  // nobody compared it with the law itself
  std::string calendar;    // whose holidays; "" weekends only
  bool holidays_known = false;
};
PRIVITY_DESCRIBE(Deadline, (right, duty, due, day, cautious, counted_from, rule, law, law_version, article, source,
                            source_date, uncertain, calendar, holidays_known))

// law.right_unknown{law, right}: this law does not grant it. law.extension_unknown{law, right}: `extended`, but the law
// gives no longer period (or leaves the date to the controller).
Result<Deadline> AnswerDeadline(const Regulation& law, Right right, const ClockFacts& facts,
                                const LegalCalendar& calendar, const TimeZone& zone);
// Nothing when the law asks for none.
std::optional<Deadline> AcknowledgeDeadline(const Regulation& law, Right right, const ClockFacts& facts,
                                            const LegalCalendar& calendar, const TimeZone& zone);

}  // namespace privity
