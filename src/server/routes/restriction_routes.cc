// What people forbade, and what the company decided of how requests treat its stores.
#include "app/application.h"
#include "execution/execution.h"
#include "rights/restrictions.h"
#include "server/paging.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct RestrictionPath {
  RestrictionId id;
};
PRIVITY_DESCRIBE(RestrictionPath, (id))

struct RestrictionQuery {
  std::optional<Right> right;
  std::optional<RightsRequestId> request;
  bool lifted = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(RestrictionQuery, (right, request, lifted, cursor, limit))
std::vector<FieldNote> FieldNotes(const RestrictionQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "right", .description = "restriction, objection or consent_withdrawal."});
  notes.push_back({.name = "request", .description = "Of this rights request."});
  notes.push_back({.name = "lifted", .description = "Also those that no longer stand.", .defaulted = true});
  return notes;
}

struct RestrictionLift {
  std::string text;
};
PRIVITY_DESCRIBE(RestrictionLift, (text))
std::vector<FieldNote> FieldNotes(const RestrictionLift*) {
  return {{.name = "text",
           .description = "What the person reads: that it ends, and why (GDPR Art. 18(3)).",
           .min_length = 3,
           .max_length = 10'000}};
}

struct RulePath {
  HandlingRuleId id;
};
PRIVITY_DESCRIBE(RulePath, (id))

struct RuleQuery {
  std::optional<SystemId> system;
  std::optional<HandlingRuleKind> kind;
  bool ended = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(RuleQuery, (system, kind, ended, cursor, limit))
std::vector<FieldNote> FieldNotes(const RuleQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "system", .description = "Of this system."});
  notes.push_back({.name = "kind", .description = "Of this kind."});
  notes.push_back({.name = "ended", .description = "Also those that no longer hold.", .defaulted = true});
  return notes;
}

constexpr Access kRead = Access::Permission("rights.read");
constexpr Access kLift = Access::Permission("rights.lift");
constexpr Access kRules = Access::Permission("rights.rules");

void AddRestrictions(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/restrictions",
              .id = "restrictions.list",
              .access = kRead,
              .summary = "What people forbade: restrictions, objections, withdrawn consents; nothing names a person"},
             [application](ReadTx& tx, const Call<Nothing, RestrictionQuery>& call) -> Result<Page<Restriction>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               RestrictionFilter filter{.right = call.query.right,
                                        .request = call.query.request,
                                        .lifted = call.query.lifted,
                                        .limit = static_cast<int>(call.query.limit)};
               if (position) {
                 PRIVITY_TRY(filter.after, RestrictionId::Parse(*position));
               }
               PRIVITY_TRY(RestrictionPage page, application->restrictions().List(tx, filter));
               return Page<Restriction>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/restrictions/{id}",
              .id = "restrictions.show",
              .access = kRead,
              .summary = "One of them"},
             [application](ReadTx& tx, const Call<RestrictionPath>& call) -> Result<Restriction> {
               return application->restrictions().Get(tx, call.path.id);
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/restrictions/check",
       .id = "restrictions.check",
       .access = Access::Permission("rights.check"),
       .summary = "May the data of this person be used, for this purpose?",
       .description = "For the company's own programs, before they use it. A person of whom nothing is known is "
                      "answered like one who forbade nothing.",
       .status = 200},
      [application](ReadTx& tx, const Call<Nothing, Nothing, RestrictionQuestion>& call) -> Result<RestrictionAnswer> {
        return application->restrictions().Check(tx, call.body);
      });
  routes.Add(
      {.method = "POST",
       .path = "/v1/restrictions/{id}/lift",
       .id = "restrictions.lift",
       .access = kLift,
       .summary = "End it; the person is told first"},
      [application](WriteTx& tx, const Call<RestrictionPath, Nothing, RestrictionLift>& call) -> Result<Restriction> {
        PRIVITY_TRY(Restriction lifted,
                    application->restrictions().Lift(tx, call.caller(), call.path.id, call.body.text));
        PRIVITY_TRY_VOID(application->execution().Undo(tx, lifted.request));
        return lifted;
      });
}

void AddRules(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/rules",
              .id = "handling.list",
              .access = kRead,
              .summary = "What was decided of how requests treat collections and fields, with the reasons"},
             [application](ReadTx& tx, const Call<Nothing, RuleQuery>& call) -> Result<Page<HandlingRule>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               HandlingRuleFilter filter{.system = call.query.system,
                                         .kind = call.query.kind,
                                         .ended = call.query.ended,
                                         .limit = static_cast<int>(call.query.limit)};
               if (position) {
                 PRIVITY_TRY(filter.after, HandlingRuleId::Parse(*position));
               }
               PRIVITY_TRY(HandlingRulePage page, application->execution().rules().List(tx, filter));
               return Page<HandlingRule>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/rules/{id}",
              .id = "handling.show",
              .access = kRead,
              .summary = "One of these decisions"},
             [application](ReadTx& tx, const Call<RulePath>& call) -> Result<HandlingRule> {
               return application->execution().rules().Get(tx, call.path.id);
             });
  routes.Add({.method = "POST",
              .path = "/v1/rights/rules",
              .id = "handling.set",
              .access = kRules,
              .summary = "Decide how requests treat a collection or a field",
              .description =
                  "Plans that are made from then on read it. It takes the place of an earlier one of its kind for the "
                  "same place.",
              .status = 201},
             [application](WriteTx& tx,
                           const Call<Nothing, Nothing, HandlingRuleContent>& call) -> Result<Reply<HandlingRule>> {
               PRIVITY_TRY(HandlingRule rule, application->execution().rules().Set(tx, call.caller(), call.body));
               std::string location = "/v1/rights/rules/" + rule.id.ToString();
               return CreatedAt(std::move(rule), std::move(location), 1);
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/rights/rules/{id}",
              .id = "handling.end",
              .access = kRules,
              .summary = "End one of these decisions; it stays in the history"},
             [application](WriteTx& tx, const Call<RulePath>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(application->execution().rules().End(tx, call.caller(), call.path.id));
               return Nothing{};
             });
}

}  // namespace

void AddRestrictionRoutes(RouteTable& routes, Application* application) {
  AddRestrictions(routes, application);
  AddRules(routes, application);
}

}  // namespace privity
