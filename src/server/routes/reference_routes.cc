// How records of one collection point at those of another.
#include "app/application.h"
#include "datamap/datamap.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

struct ReferencePath {
  ReferenceId id;
};
PRIVITY_DESCRIBE(ReferencePath, (id))

struct ReferenceQuery {
  std::optional<SystemId> system;
  std::optional<ReferenceOrigin> origin;
  bool gone = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(ReferenceQuery, (system, origin, gone, cursor, limit))
std::vector<FieldNote> FieldNotes(const ReferenceQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "system", .description = "At either end."});
  notes.push_back({.name = "gone", .description = "Also what is no longer there.", .defaulted = true});
  return notes;
}

constexpr Access kRead = Access::Permission("map.read");
constexpr Access kWrite = Access::Permission("map.write");

Reply<DataReference> WithVersion(DataReference reference) {
  const std::int64_t version = reference.version;
  return Versioned(std::move(reference), version);
}

void AddReading(RouteTable& routes, Application* application) {
  const auto references = [application]() -> const References& { return application->datamap().references(); };
  routes.Add({.method = "GET",
              .path = "/v1/references",
              .id = "references.list",
              .access = kRead,
              .summary = "Which records point at which: foreign keys of stores, and what people stated"},
             [references](ReadTx& tx, const Call<Nothing, ReferenceQuery>& call) -> Result<Page<DataReference>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               ReferenceFilter filter{.system = call.query.system,
                                      .origin = call.query.origin,
                                      .gone = call.query.gone,
                                      .limit = static_cast<int>(call.query.limit)};
               if (position) {
                 PRIVITY_TRY(filter.after, ReferenceId::Parse(*position));
               }
               PRIVITY_TRY(ReferencePage page, references().List(tx, filter));
               return Page<DataReference>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/references/{id}",
              .id = "references.show",
              .access = kRead,
              .summary = "One reference"},
             [references](ReadTx& tx, const Call<ReferencePath>& call) -> Result<Reply<DataReference>> {
               PRIVITY_TRY(DataReference reference, references().Get(tx, call.path.id));
               return WithVersion(std::move(reference));
             });
}

void AddWriting(RouteTable& routes, Application* application) {
  const auto references = [application]() -> const References& { return application->datamap().references(); };
  routes.Add(
      {.method = "POST",
       .path = "/v1/references",
       .id = "references.create",
       .access = kWrite,
       .summary = "State that records of one collection point at those of another",
       .description = "Also from one store to another. Both ends are collections and fields that the register has.",
       .status = 201},
      [references](WriteTx& tx,
                   const Call<Nothing, Nothing, ReferenceStatement>& call) -> Result<Reply<DataReference>> {
        PRIVITY_TRY(DataReference reference, references().Create(tx, call.caller(), call.body));
        std::string location = "/v1/references/" + reference.id.ToString();
        return CreatedAt(std::move(reference), std::move(location), 1);
      });
  routes.Add({.method = "PUT",
              .path = "/v1/references/{id}",
              .id = "references.update",
              .access = kWrite,
              .summary = "Say whether a reference is followed",
              .description = "What is said stands over rescans.",
              .needs_version = true},
             [references](WriteTx& tx,
                          const Call<ReferencePath, Nothing, ReferenceUse>& call) -> Result<Reply<DataReference>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY(DataReference reference,
                           references().Update(tx, call.caller(), call.path.id, call.body, expected));
               return WithVersion(std::move(reference));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/references/{id}",
              .id = "references.delete",
              .access = kWrite,
              .summary = "Remove a reference that a person stated",
              .description = "A foreign key is of its store: it can be ignored.",
              .needs_version = true},
             [references](WriteTx& tx, const Call<ReferencePath>& call) -> Result<Nothing> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY_VOID(references().Delete(tx, call.caller(), call.path.id, expected));
               return Nothing{};
             });
}

}  // namespace

void AddReferenceRoutes(RouteTable& routes, Application* application) {
  AddReading(routes, application);
  AddWriting(routes, application);
}

}  // namespace privity
