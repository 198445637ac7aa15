#include "law/deadline.h"

#include <algorithm>

#include "packs/holidays.h"

namespace privity {
namespace {

constexpr std::string_view kKind = "regulation";

Instant StartOf(const DutyPeriod& duty, const ClockFacts& facts) {
  if (duty.from == ClockStart::kReceived || !facts.identified_at) return facts.received_at;
  return std::max(facts.received_at, *facts.identified_at);
}

// The pauses that count: none where the law does not let the clock stand.
std::span<const Pause> CountedPauses(const Regulation& law, Right right, const ClockFacts& facts) {
  if (RuleFor(law.requests.pause, right) == nullptr) return {};
  return facts.pauses;
}

// Fills what `cite` says; a second citation of another article is joined to the first.
void Cite(const Regulation& law, const Citation& cite, Deadline& deadline) {
  const PackSource& source = SourceOf(law, cite);
  if (deadline.article.empty()) {
    deadline.source = source.title;
    deadline.source_date = DateOf(law, cite);
  }
  if (deadline.article != cite.article) deadline.article += (deadline.article.empty() ? "" : "; ") + cite.article;
  deadline.uncertain |= IsUncertain(law, cite);
}

void Compute(const Instant& start, std::span<const Pause> pauses, const LegalCalendar& calendar, const TimeZone& zone,
             Deadline& deadline) {
  const DueMoment moment = Due(start, deadline.rule, calendar.working_days, zone, pauses);
  deadline.due = moment.at;
  deadline.day = moment.day;
  deadline.cautious = moment.unrolled;
  deadline.counted_from = start;
  deadline.calendar = calendar.name;
  deadline.holidays_known = calendar.holidays_known;
}

Deadline Of(const Regulation& law, Right right, Duty duty, const DutyPeriod& period) {
  Deadline deadline;
  deadline.right = right;
  deadline.duty = duty;
  deadline.rule = period.period;
  deadline.law = law.pack.id;
  deadline.law_version = law.pack.version;
  Cite(law, period.cite, deadline);
  return deadline;
}

}  // namespace

Result<std::shared_ptr<const Regulation>> LawOn(const PackCatalog& packs, std::string_view id, Date day) {
  return packs.Get<Regulation>(kKind, id, day);
}

std::vector<std::shared_ptr<const Regulation>> LawsIn(const PackCatalog& packs, std::string_view place, Date day) {
  const std::string_view country = place.substr(0, place.find('-'));
  std::vector<std::shared_ptr<const Regulation>> laws;
  for (const std::string& id : packs.Ids(kKind)) {
    const auto law = packs.Get<Regulation>(kKind, id, day);
    if (!law.ok()) continue;
    const auto& places = (*law)->places;
    const bool holds = std::ranges::any_of(places, [&](const auto& at) { return at == place || at == country; });
    if (holds) laws.push_back(*law);
  }
  return laws;
}

Result<LegalCalendar> CalendarFor(const PackCatalog& packs, const Regulation& law, std::string_view place, Date day) {
  return CalendarAt(packs, law.calendar.place ? std::string_view(*law.calendar.place) : place, day);
}

Result<LegalCalendar> CalendarAt(const PackCatalog& packs, std::string_view place, Date day) {
  const std::string name(place);
  if (name.empty()) return LegalCalendar{};
  auto working_days = WorkingDaysOf(packs, name, day);
  if (working_days.ok()) return LegalCalendar{*std::move(working_days), name, true};
  // A misspelled region is a mistake; a country whose calendar nobody wrote yet is not.
  if (working_days.error().code() == "packs.region_unknown") return std::move(working_days).error();
  return LegalCalendar{};
}

Result<Deadline> AnswerDeadline(const Regulation& law, Right right, const ClockFacts& facts,
                                const LegalCalendar& calendar, const TimeZone& zone) {
  const DutyPeriod* const period = RuleFor(law.requests.answer, right);
  if (!Grants(law, right) || period == nullptr) {
    return Error("law.right_unknown", {{"law", law.short_name}, {"right", std::string(EnumText(right))}});
  }
  Deadline deadline = Of(law, right, Duty::kAnswer, *period);
  if (facts.extended) {
    const ExtensionRule* const extension = RuleFor(law.requests.extension, right);
    if (extension == nullptr || !extension->total) {
      return Error("law.extension_unknown", {{"law", law.short_name}, {"right", std::string(EnumText(right))}});
    }
    deadline.rule = *extension->total;
    Cite(law, extension->cite, deadline);
  }
  const auto pauses = CountedPauses(law, right, facts);
  if (!pauses.empty()) Cite(law, RuleFor(law.requests.pause, right)->cite, deadline);
  Compute(StartOf(*period, facts), pauses, calendar, zone, deadline);
  return deadline;
}

std::optional<Deadline> AcknowledgeDeadline(const Regulation& law, Right right, const ClockFacts& facts,
                                            const LegalCalendar& calendar, const TimeZone& zone) {
  const DutyPeriod* const period = RuleFor(law.requests.acknowledge, right);
  if (!Grants(law, right) || period == nullptr) return std::nullopt;
  Deadline deadline = Of(law, right, Duty::kAcknowledge, *period);
  Compute(StartOf(*period, facts), {}, calendar, zone, deadline);
  return deadline;
}

}  // namespace privity
