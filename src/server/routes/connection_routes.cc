// Connected stores, and the systems of the register.
#include "app/application.h"
#include "datamap/connection_kinds.h"
#include "datamap/datamap.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct ConnectionPath {
  ConnectionId id;
};
PRIVITY_DESCRIBE(ConnectionPath, (id))

struct SystemPath {
  SystemId id;
};
PRIVITY_DESCRIBE(SystemPath, (id))

struct SystemQuery {
  std::string q;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(SystemQuery, (q, cursor, limit))
std::vector<FieldNote> FieldNotes(const SystemQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "q", .description = "Part of the name.", .max_length = 100, .defaulted = true});
  return notes;
}

constexpr Access kReadConnections = Access::Permission("connections.read");
constexpr Access kWriteConnections = Access::Permission("connections.write");
constexpr Access kReadMap = Access::Permission("map.read");
constexpr Access kWriteMap = Access::Permission("map.write");

template <class T>
Reply<T> WithVersion(T thing) {
  const std::int64_t version = thing.version;
  return Versioned(std::move(thing), version);
}

template <class T>
Reply<T> Created(T thing, std::string_view place) {
  std::string location = std::string(place) + thing.id.ToString();
  const std::int64_t version = thing.version;
  return CreatedAt(std::move(thing), std::move(location), version);
}

void AddConnectionReading(RouteTable& routes, Application* application) {
  const auto connections = [application]() -> const Connections& { return application->datamap().connections(); };
  routes.Add({.method = "GET",
              .path = "/v1/connections",
              .id = "connections.list",
              .access = kReadConnections,
              .summary = "Connected stores, by name",
              .description = "A password is never answered; `has_password` says whether there is one."},
             [connections](ReadTx& tx, const Call<>&) -> Result<List<Connection>> {
               PRIVITY_TRY(std::vector<Connection> items, connections().List(tx));
               return List<Connection>{std::move(items)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/connection-kinds",
              .id = "connections.kinds",
              .access = kReadConnections,
              .summary = "What can be connected",
              .description = "Each kind of store with what its address consists of and what it cannot do."},
             [application](const Call<>&) -> Result<List<ConnectionKind>> {
               return List<ConnectionKind>{ConnectionKinds(Catalog::BuiltIn(), application->packs())};
             });
  routes.Add({.method = "GET",
              .path = "/v1/connections/{id}",
              .id = "connections.show",
              .access = kReadConnections,
              .summary = "One connected store"},
             [connections](ReadTx& tx, const Call<ConnectionPath>& call) -> Result<Reply<Connection>> {
               PRIVITY_TRY(Connection connection, connections().Get(tx, call.path.id));
               return WithVersion(std::move(connection));
             });
}

void AddConnectionChanges(RouteTable& routes, Application* application) {
  const auto connections = [application]() -> const Connections& { return application->datamap().connections(); };
  routes.Add(
      {.method = "POST",
       .path = "/v1/connections",
       .id = "connections.create",
       .access = kWriteConnections,
       .summary = "Connect a store",
       .description = "The password is sealed and never answered again. Writing is off unless it is granted, "
                      "which wants the permission connections.grant_writing. Files of the server are connected "
                      "below the configured directories only, or by the operator.",
       .status = 201},
      [connections](WriteTx& tx, const Call<Nothing, Nothing, ConnectionRequest>& call) -> Result<Reply<Connection>> {
        PRIVITY_TRY(Connection connection, connections().Create(tx, call.caller(), call.body));
        return Created(std::move(connection), "/v1/connections/");
      });
  routes.Add(
      {.method = "PUT",
       .path = "/v1/connections/{id}",
       .id = "connections.update",
       .access = kWriteConnections,
       .summary = "Change how a store is reached",
       .description = "Without `password` the stored one stays, unless the address names another server or user: "
                      "then it is asked for.",
       .needs_version = true},
      [connections](WriteTx& tx,
                    const Call<ConnectionPath, Nothing, ConnectionRequest>& call) -> Result<Reply<Connection>> {
        PRIVITY_TRY(const auto expected, call.ExpectedVersion());
        PRIVITY_TRY(Connection connection, connections().Update(tx, call.caller(), call.path.id, call.body, expected));
        return WithVersion(std::move(connection));
      });
  routes.Add({.method = "DELETE",
              .path = "/v1/connections/{id}",
              .id = "connections.delete",
              .access = kWriteConnections,
              .summary = "Remove a connection",
              .description = "The system stays in the register; what is known of it is stale from now on.",
              .needs_version = true},
             [connections](WriteTx& tx, const Call<ConnectionPath>& call) -> Result<Nothing> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY_VOID(connections().Delete(tx, call.caller(), call.path.id, expected));
               return Nothing{};
             });
  routes.Add({.method = "POST",
              .path = "/v1/connections/{id}/test",
              .id = "connections.test",
              .access = kWriteConnections,
              .summary = "Ask a store who it is",
              .description = "Connects and signs in. What went wrong is `problem` in the answer."},
             [connections](const Call<ConnectionPath>& call) -> Result<ConnectionTest> {
               return connections().Test(call.caller(), call.path.id);
             });
}

void AddSystems(RouteTable& routes, Application* application) {
  const auto systems = [application]() -> const Systems& { return application->datamap().systems(); };
  routes.Add({.method = "GET",
              .path = "/v1/systems",
              .id = "systems.list",
              .access = kReadMap,
              .summary = "The systems of the register, by name"},
             [systems](ReadTx& tx, const Call<Nothing, SystemQuery>& call) -> Result<Page<DataSystem>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               PRIVITY_TRY(SystemPage page, systems().List(tx, {.q = call.query.q,
                                                                .after = position.value_or(""),
                                                                .limit = static_cast<int>(call.query.limit)}));
               return Page<DataSystem>{std::move(page.items), std::move(page.next)};
             });
  routes.Add(
      {.method = "GET", .path = "/v1/systems/{id}", .id = "systems.show", .access = kReadMap, .summary = "One system"},
      [systems](ReadTx& tx, const Call<SystemPath>& call) -> Result<Reply<DataSystem>> {
        PRIVITY_TRY(DataSystem system, systems().Get(tx, call.path.id));
        return WithVersion(std::move(system));
      });
  routes.Add({.method = "POST",
              .path = "/v1/systems",
              .id = "systems.create",
              .access = kWriteMap,
              .summary = "Enter a system by hand",
              .description = "For what cannot be connected: a service, a paper file.",
              .status = 201},
             [systems](WriteTx& tx, const Call<Nothing, Nothing, SystemRequest>& call) -> Result<Reply<DataSystem>> {
               PRIVITY_TRY(DataSystem system, systems().Create(tx, call.caller(), call.body));
               return Created(std::move(system), "/v1/systems/");
             });
  routes.Add({.method = "PUT",
              .path = "/v1/systems/{id}",
              .id = "systems.update",
              .access = kWriteMap,
              .summary = "Change what the register says of a system",
              .needs_version = true},
             [systems](WriteTx& tx, const Call<SystemPath, Nothing, SystemRequest>& call) -> Result<Reply<DataSystem>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY(DataSystem system, systems().Update(tx, call.caller(), call.path.id, call.body, expected));
               return WithVersion(std::move(system));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/systems/{id}",
              .id = "systems.delete",
              .access = kWriteMap,
              .summary = "Remove a system with all that the register says of it",
              .description = "Only one that has no connection.",
              .needs_version = true},
             [systems](WriteTx& tx, const Call<SystemPath>& call) -> Result<Nothing> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY_VOID(systems().Delete(tx, call.caller(), call.path.id, expected));
               return Nothing{};
             });
}

}  // namespace

void AddConnectionRoutes(RouteTable& routes, Application* application) {
  AddConnectionReading(routes, application);
  AddConnectionChanges(routes, application);
  AddSystems(routes, application);
}

}  // namespace privity
