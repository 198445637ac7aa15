#include "app/application.h"
#include "law/deadline.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct LawPath {
  std::string id;
};
PRIVITY_DESCRIBE(LawPath, (id))

struct LawListQuery {
  std::optional<std::string> place;
};
PRIVITY_DESCRIBE(LawListQuery, (place))
std::vector<FieldNote> FieldNotes(const LawListQuery*) {
  return {{.name = "place",
           .description = "Only laws under which people there hold rights: an ISO 3166 code.",
           .example = "DE",
           .min_length = 2,
           .max_length = 6}};
}

struct LawSummary {
  std::string id;
  std::string short_name;
  std::string title;
  PackVersion version;
  std::vector<std::string> places;
  std::vector<Right> rights;  // that somebody can claim
};
PRIVITY_DESCRIBE(LawSummary, (id, short_name, title, version, places, rights))

// A fact as people see it: with its article, its source and the day of that, and whether to rely on it.
struct FactView {
  std::string part;  // "requests.answer"
  std::string id;
  std::string text;
  std::vector<Right> rights;  // none: all
  std::string article;
  std::string source;
  Date source_date;
  bool uncertain = false;
};
PRIVITY_DESCRIBE(FactView, (part, id, text, rights, article, source, source_date, uncertain))

struct LawView {
  LawSummary law;
  std::vector<FactView> facts;
};
PRIVITY_DESCRIBE(LawView, (law, facts))

struct DeadlineQuery {
  std::optional<Right> right;
  std::optional<Date> received;
  std::optional<Date> identified;
  std::optional<std::string> place;
  bool extended = false;
};
PRIVITY_DESCRIBE(DeadlineQuery, (right, received, identified, place, extended))
std::vector<FieldNote> FieldNotes(const DeadlineQuery*) {
  return {{.name = "right", .description = "Which right is claimed; without it, every right that the law grants."},
          {.name = "received",
           .description = "The day on which the request arrived; without it, today.",
           .example = "2026-03-05"},
          {.name = "identified", .description = "The day on which the proof of identity arrived that was asked for."},
          {.name = "place",
           .description = "Where the controller is, for its public holidays: DE, DE-BY. Without it, weekends only.",
           .example = "DE-BY",
           .min_length = 2,
           .max_length = 6},
          {.name = "extended", .description = "With the law's one extension.", .defaulted = true}};
}

LawSummary SummaryOf(const Regulation& law) {
  return {.id = law.pack.id,
          .short_name = law.short_name,
          .title = law.pack.title,
          .version = law.pack.version,
          .places = law.places,
          .rights = ClaimableRights(law)};
}

// Lists the facts of a law one after another.
class FactList {
 public:
  explicit FactList(const Regulation& law) : law_(law) {}

  void Add(std::string part, std::string id, std::string text, const Citation& cite, std::vector<Right> rights = {}) {
    facts.push_back({.part = std::move(part),
                     .id = std::move(id),
                     .text = std::move(text),
                     .rights = std::move(rights),
                     .article = cite.article,
                     .source = SourceOf(law_, cite).title,
                     .source_date = DateOf(law_, cite),
                     .uncertain = IsUncertain(law_, cite)});
  }
  void Add(const std::string& part, const std::vector<LegalFact>& list) {
    for (const LegalFact& fact : list) Add(part, fact.id, fact.text, fact.cite);
  }
  void Add(const std::string& part, const std::vector<DutyPeriod>& list) {
    for (const DutyPeriod& duty : list) Add(part, duty);
  }
  void Add(const std::string& part, const DutyPeriod& duty) {
    std::string text = std::to_string(duty.period.value) + " " + std::string(EnumText(duty.period.unit));
    if (duty.qualifier) text += ", " + *duty.qualifier;
    Add(part, duty.id, std::move(text), duty.cite, duty.rights);
  }

  std::vector<FactView> facts;

 private:
  const Regulation& law_;
};

LawView ViewOf(const Regulation& law) {
  FactList list(law);
  const RequestRules& requests = law.requests;
  list.Add("authority", law.authority.id, law.authority.text, law.authority.cite);
  list.Add("applies_when", law.applies_when);
  for (const LegalRight& right : law.rights) {
    std::string text = right.name + (right.note ? ". " + *right.note : "");
    list.Add("rights", right.id, std::move(text), right.cite,
             right.right ? std::vector{*right.right} : std::vector<Right>());
  }
  list.Add("requests.acknowledge", requests.acknowledge);
  list.Add("requests.answer", requests.answer);
  for (const auto& rule : requests.extension) {
    list.Add("requests.extension", "extension", rule.conditions, rule.cite, rule.rights);
  }
  for (const auto& rule : requests.pause) list.Add("requests.pause", "pause", rule.conditions, rule.cite, rule.rights);
  for (const auto& rule : requests.identity) {
    list.Add("requests.identity", std::string(EnumText(rule.level)), rule.text, rule.cite, rule.rights);
  }
  list.Add("requests.agents", requests.agents);
  for (const auto& ground : requests.refusal_grounds) {
    list.Add("requests.refusal_grounds", ground.id, ground.text, ground.cite, ground.rights);
  }
  for (const auto& rule : requests.others) list.Add("requests.others", rule.id, rule.text, rule.cite, rule.rights);
  list.Add("requests.fees", requests.fees);
  list.Add("requests.remedies", requests.remedies);
  if (requests.records) list.Add("requests.records", *requests.records);
  list.Add("requests.other", requests.other);
  return {SummaryOf(law), std::move(list.facts)};
}

Result<TimeZone> Zone(Application& application, ReadTx& tx) {
  PRIVITY_TRY(const Organization organization, application.organization().Get(tx));
  return organization.time_zone;
}

Result<List<Deadline>> DeadlinesFor(Application& application, ReadTx& tx, const std::string& id,
                                    const DeadlineQuery& query) {
  PRIVITY_TRY(const TimeZone zone, Zone(application, tx));
  const Date received = query.received.value_or(zone.DateAt(application.clock().Now()));
  PRIVITY_TRY(const auto law, LawOn(application.packs(), id, received));
  PRIVITY_TRY(const LegalCalendar calendar, CalendarFor(application.packs(), *law, query.place.value_or(""), received));
  ClockFacts facts{.received_at = zone.StartOfDay(received), .extended = query.extended};
  if (query.identified) facts.identified_at = zone.StartOfDay(*query.identified);
  List<Deadline> deadlines;
  for (const Right right : query.right ? std::vector{*query.right} : ClaimableRights(*law)) {
    if (auto acknowledge = AcknowledgeDeadline(*law, right, facts, calendar, zone)) {
      deadlines.items.push_back(*std::move(acknowledge));
    }
    PRIVITY_TRY(deadlines.items.emplace_back(), AnswerDeadline(*law, right, facts, calendar, zone));
  }
  return deadlines;
}

}  // namespace

void AddLawRoutes(RouteTable& routes, Application* application) {
  const Access read = Access::Permission("packs.read");
  routes.Add(
      {.method = "GET", .path = "/v1/law", .id = "law.list", .access = read, .summary = "The laws in force today"},
      [application](ReadTx& tx, const Call<Nothing, LawListQuery>& call) -> Result<List<LawSummary>> {
        PRIVITY_TRY(const TimeZone zone, Zone(*application, tx));
        const Date today = zone.DateAt(application->clock().Now());
        List<LawSummary> laws;
        if (call.query.place) {
          for (const auto& law : LawsIn(application->packs(), *call.query.place, today)) {
            laws.items.push_back(SummaryOf(*law));
          }
          return laws;
        }
        for (const std::string& id : application->packs().Ids("regulation")) {
          const auto law = LawOn(application->packs(), id, today);
          if (law.ok()) laws.items.push_back(SummaryOf(**law));
        }
        return laws;
      });
  routes.Add({.method = "GET",
              .path = "/v1/law/{id}",
              .id = "law.get",
              .access = read,
              .summary = "What a law says, each fact with article and source",
              .command = "law show"},
             [application](ReadTx& tx, const Call<LawPath>& call) -> Result<LawView> {
               PRIVITY_TRY(const TimeZone zone, Zone(*application, tx));
               PRIVITY_TRY(const auto law,
                           LawOn(application->packs(), call.path.id, zone.DateAt(application->clock().Now())));
               return ViewOf(*law);
             });
  routes.Add({.method = "GET",
              .path = "/v1/law/{id}/deadlines",
              .id = "law.deadlines",
              .access = read,
              .summary = "Until when a request would have to be acknowledged and answered"},
             [application](ReadTx& tx, const Call<LawPath, DeadlineQuery>& call) -> Result<List<Deadline>> {
               return DeadlinesFor(*application, tx, call.path.id, call.query);
             });
}

}  // namespace privity
