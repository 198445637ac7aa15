// Every route of every listener × everybody who could call it. The tables are the real ones, so a new route is covered
// without a line here; its handler is replaced by one that only answers, so that what is tested is who gets through to
// it.
#include <gtest/gtest.h>

#include <set>

#include "base/testing/captured_log.h"
#include "base/testing/manual_clock.h"
#include "server/api_handler.h"
#include "server/service.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

// Lets the test say who is asking.
class OneCaller final : public Authenticator {
 public:
  Result<std::optional<Caller>> Authenticate(const Presented&) override { return caller; }
  std::optional<Caller> caller;
};

class Answered final : public ParsedCall {
 public:
  Result<Outcome> Run(ReadTx*) const override {
    Outcome outcome;
    outcome.json = "{}";
    return outcome;
  }
};

struct Principal {
  std::string name;
  std::optional<Caller> caller;
};

Caller Of(ActorKind kind, PermissionSet permissions) {
  Caller caller{.actor = {kind, "id"},
                .user = {},
                .session = {},
                .proved_at = {},
                .permissions = std::move(permissions),
                .request_id = "req-1",
                .address = {}};
  if (kind == ActorKind::kUser) caller.session = SessionId::NewRandom();
  return caller;
}

class RouteMatrix : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override { return ServerMigrations(); }

  static PermissionSet PermissionsIn(const RouteTable& table) {
    std::vector<std::string> names;
    for (const auto& route : table.routes()) {
      if (!route->info.access.permission().empty()) names.emplace_back(route->info.access.permission());
    }
    return PermissionSet(std::move(names));
  }
  static PermissionSet Without(const PermissionSet& all, std::string_view name) {
    std::vector<std::string> names = all.names();
    std::erase(names, name);
    return PermissionSet(std::move(names));
  }

  // The real table, each route with its own access and types, and a handler that only answers.
  static RouteTable Hollow(const RouteTable& table) {
    RouteTable hollow;
    for (const auto& route : table.routes()) {
      Route copy = *route;
      copy.parse = [](const CallContext&, const RouteInputs&) -> Result<std::unique_ptr<ParsedCall>> {
        return std::unique_ptr<ParsedCall>(std::make_unique<Answered>());
      };
      hollow.AddRoute(std::move(copy));
    }
    return hollow;
  }

  static Request RequestFor(const Route& route) {
    Request request;
    request.method = route.info.method;
    for (std::string_view path = route.info.path; !path.empty();) {
      const std::size_t brace = std::min(path.find('{'), path.size());
      request.path += path.substr(0, brace);
      if (brace == path.size()) break;
      request.path += "1";
      path.remove_prefix(path.find('}') + 1);
    }
    request.host = "privity.example.org";
    request.peer_address = request.client_address = "192.0.2.7";
    request.request_id = "req-1";
    request.headers.Add("Cookie", "privity=session");
    request.headers.Add("X-Privity-CSRF", CsrfTokenOf("session"));
    request.headers.Add("If-Match", "*");
    if (route.body != nullptr) {
      request.headers.Add("Content-Type", "application/json");
      request.body = "{}";
    }
    if (route.info.takes_text) request.headers.Add("Content-Type", "text/plain");
    if (route.takes_upload) request.headers.Add("Content-Type", "application/octet-stream");
    return request;
  }

  void Check(const RouteTable& real) {
    const PermissionSet all = PermissionsIn(real);
    const RouteTable table = Hollow(real);
    CapturedLog sink;
    const Logger log(sink, clock());
    Metrics metrics;
    IdempotencyKeys keys(clock());
    OneCaller authenticator;
    ApiHandler handler("console", table, nullptr,
                       {store(), authenticator, keys, metrics, Catalog::BuiltIn(), log, clock()});
    for (const auto& route : table.routes()) {
      const Access& access = route->info.access;
      const std::string permission(access.permission());
      const PermissionSet own = permission.empty() ? PermissionSet() : PermissionSet({permission});
      const auto status = [&](std::optional<Caller> caller) {
        authenticator.caller = std::move(caller);
        return handler.Handle(RequestFor(*route)).status;
      };
      using Kind = Access::Kind;
      const int ok = route->success_status();
      const bool by_permission = !permission.empty();
      const bool is_public = access.kind() == Kind::kPublic;
      const bool only_browser = access.kind() == Kind::kBrowser;
      const bool only_operator = access.kind() == Kind::kOperator;
      SCOPED_TRACE(std::string(route->info.id));
      EXPECT_EQ(status(std::nullopt), is_public ? ok : 401) << "nobody";
      EXPECT_EQ(status(Of(ActorKind::kUser, {})), by_permission || only_operator ? 403 : ok)
          << "a person without permissions";
      EXPECT_EQ(status(Of(ActorKind::kUser, Without(all, permission))), by_permission || only_operator ? 403 : ok)
          << "a person with every other permission";
      EXPECT_EQ(status(Of(ActorKind::kUser, own)), only_operator ? 403 : ok) << "a person with exactly this permission";
      EXPECT_EQ(status(Of(ActorKind::kToken, own)), only_operator || only_browser ? 403 : ok)
          << "a token with exactly this permission";
      EXPECT_EQ(status(Of(ActorKind::kToken, Without(all, permission))),
                by_permission || only_operator || only_browser ? 403 : ok)
          << "a token with every other permission";
      EXPECT_EQ(status(Of(ActorKind::kOperator, all)), only_browser ? 403 : ok) << "the operator";
    }
  }
};

TEST_P(RouteMatrix, EveryConsoleRouteLetsInWhomItsAccessNamesAndNobodyElse) {
  Check(ConsoleRoutes(nullptr));
}
TEST_P(RouteMatrix, EveryPublicRouteLetsInWhomItsAccessNamesAndNobodyElse) {
  Check(PublicRoutes(nullptr));
}

INSTANTIATE_TEST_SUITE_P(, RouteMatrix, testing::Values(Dialect::kSqlite), DialectName);

TEST(RouteTables, EveryChangeOfTheStoreNeedsMoreThanBeingThere) {
  const RouteTable table = ConsoleRoutes(nullptr);
  for (const auto& route : table.routes()) {
    if (route->transaction == Transaction::kWrite) {
      EXPECT_NE(route->info.access.kind(), Access::Kind::kPublic) << route->info.id;
    }
  }
}

TEST(RouteTables, ThePublicListenerHasNoRouteThatWantsASession) {
  const RouteTable table = PublicRoutes(nullptr);
  for (const auto& route : table.routes()) {
    EXPECT_EQ(route->info.access.kind(), Access::Kind::kPublic) << route->info.id;
  }
}

}  // namespace
}  // namespace privity
