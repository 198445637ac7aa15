// What scans found different, and deciding it.
#include "app/application.h"
#include "datamap/datamap.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

struct ChangePath {
  ChangeId id;
};
PRIVITY_DESCRIBE(ChangePath, (id))

// Which changes, whatever their state and kind.
struct ChangeCountQuery {
  std::optional<SystemId> system;
  std::optional<ConnectionId> connection;
  std::optional<ScanId> scan;
  std::optional<FieldId> field;
  std::string category;
  bool special = false;
  std::optional<double> confidence_from;
  std::optional<double> confidence_below;
};
PRIVITY_DESCRIBE(ChangeCountQuery,
                 (system, connection, scan, field, category, special, confidence_from, confidence_below))
std::vector<FieldNote> FieldNotes(const ChangeCountQuery*) {
  return {{.name = "category",
           .description = "A Fideslang key, before or now, with all below it.",
           .example = "user.contact",
           .max_length = 100,
           .defaulted = true},
          {.name = "special", .description = "Only what GDPR Art. 9(1) and 10 single out.", .defaulted = true},
          {.name = "confidence_from", .description = "At least as sure: 0 to 1.", .example = "0.9"},
          {.name = "confidence_below", .description = "Less sure: 0 to 1.", .example = "0.6"}};
}

struct ChangeQuery {
  std::optional<SystemId> system;
  std::optional<ConnectionId> connection;
  std::optional<ScanId> scan;
  std::optional<FieldId> field;
  std::optional<ChangeKind> kind;
  std::optional<ChangeState> state;
  std::string category;
  bool special = false;
  std::optional<double> confidence_from;
  std::optional<double> confidence_below;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(ChangeQuery, (system, connection, scan, field, kind, state, category, special, confidence_from,
                               confidence_below, cursor, limit))
std::vector<FieldNote> FieldNotes(const ChangeQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  for (FieldNote& note : FieldNotes(static_cast<const ChangeCountQuery*>(nullptr))) notes.push_back(std::move(note));
  return notes;
}

template <class Query>
ChangeFilter FilterOf(const Query& query) {
  return {.system = query.system,
          .connection = query.connection,
          .scan = query.scan,
          .field = query.field,
          .category = query.category,
          .special = query.special,
          .confidence_from = query.confidence_from,
          .confidence_below = query.confidence_below};
}

constexpr Access kRead = Access::Permission("map.read");
constexpr Access kDecide = Access::Permission("map.write");

void AddReading(RouteTable& routes, Application* application) {
  const auto changes = [application]() -> const Changes& { return application->datamap().changes(); };
  routes.Add(
      {.method = "GET",
       .path = "/v1/changes",
       .id = "changes.list",
       .access = kRead,
       .summary = "What scans found different, the newest first",
       .description = "`reason` is the detector's evidence, without any value. Those in the state `open` wait for "
                      "a decision."},
      [changes](ReadTx& tx, const Call<Nothing, ChangeQuery>& call) -> Result<Page<MapChange>> {
        PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
        ChangeFilter filter = FilterOf(call.query);
        filter.kind = call.query.kind;
        filter.state = call.query.state;
        filter.limit = static_cast<int>(call.query.limit);
        if (position) {
          PRIVITY_TRY(filter.before, ChangeId::Parse(*position));
        }
        PRIVITY_TRY(ChangePage page, changes().List(tx, filter));
        return Page<MapChange>{std::move(page.items), std::move(page.next)};
      });
  routes.Add({.method = "GET",
              .path = "/v1/changes/counts",
              .id = "changes.counts",
              .access = kRead,
              .summary = "How many changes wait for a decision, and how many were decided"},
             [changes](ReadTx& tx, const Call<Nothing, ChangeCountQuery>& call) -> Result<ChangeCounts> {
               return changes().Count(tx, FilterOf(call.query));
             });
  routes.Add(
      {.method = "GET", .path = "/v1/changes/{id}", .id = "changes.show", .access = kRead, .summary = "One change"},
      [changes](ReadTx& tx, const Call<ChangePath>& call) -> Result<MapChange> {
        return changes().Get(tx, call.path.id);
      });
}

void AddDeciding(RouteTable& routes, Application* application) {
  const auto changes = [application]() -> const Changes& { return application->datamap().changes(); };
  const auto answer = [](Result<std::vector<MapChange>> decided) -> Result<List<MapChange>> {
    PRIVITY_TRY(std::vector<MapChange> items, std::move(decided));
    return List<MapChange>{std::move(items)};
  };
  routes.Add({.method = "POST",
              .path = "/v1/changes/confirm",
              .id = "changes.confirm",
              .access = kDecide,
              .summary = "Say that what the scan saw is right",
              .description = "The category that the scan found becomes the field's verdict. A field that is gone is "
                             "taken note of."},
             [changes, answer](WriteTx& tx, const Call<Nothing, Nothing, ChangeConfirmation>& call) {
               return answer(changes().Confirm(tx, call.caller(), call.body));
             });
  routes.Add({.method = "POST",
              .path = "/v1/changes/reject",
              .id = "changes.reject",
              .access = kDecide,
              .summary = "Say that fields hold no personal data",
              .description = "The verdict stands over rescans, until the field's type or the evidence for another "
                             "category changes."},
             [changes, answer](WriteTx& tx, const Call<Nothing, Nothing, ChangeRejection>& call) {
               return answer(changes().Reject(tx, call.caller(), call.body));
             });
  routes.Add({.method = "POST",
              .path = "/v1/changes/recategorize",
              .id = "changes.recategorize",
              .access = kDecide,
              .summary = "Say that fields hold personal data of another category"},
             [changes, answer](WriteTx& tx, const Call<Nothing, Nothing, ChangeRecategorization>& call) {
               return answer(changes().Recategorize(tx, call.caller(), call.body));
             });
  routes.Add({.method = "POST",
              .path = "/v1/changes/undo",
              .id = "changes.undo",
              .access = kDecide,
              .summary = "Take decisions back",
              .description = "The changes wait for a decision again, and their fields have the verdict of before."},
             [changes, answer](WriteTx& tx, const Call<Nothing, Nothing, ChangeUndoing>& call) {
               return answer(changes().Undo(tx, call.caller(), call.body));
             });
}

}  // namespace

void AddChangeRoutes(RouteTable& routes, Application* application) {
  AddReading(routes, application);
  AddDeciding(routes, application);
}

}  // namespace privity
