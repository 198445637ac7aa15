// The real routes over a real application, asked by everybody who could ask.
//
// Every route × nobody, every built-in role, a role of the company's own, a token with fewer permissions than its
// owner, a session that is over, a person who was disabled: who may not, is refused with the declared code, and nothing
// is recorded. Every route with an object in its path × an object of somebody else and one that does not exist: the row
// in kRows says what is answered. A route without a row fails the test.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "app/application.h"
#include "base/testing/captured_log.h"
#include "base/testing/manual_clock.h"
#include "datamap/datamap.h"
#include "identity/testing/virtual_passkey.h"
#include "server/api_handler.h"
#include "server/service.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

// Stands in every object of somebody else; no refusal may show it.
constexpr const char* kPlanted = "Planted 7f3a";
constexpr const char* kPassword = "seven small boats sail at noon";
constexpr const char* kConsole = "https://privity.example.org";

struct Principal {
  std::string name;
  std::string cookie = {};
  std::string token = {};
  PermissionSet permissions = {};
  bool is_known = true;  // its credentials are good
};

// Answers success for whoever gets through to it.
class GotThrough final : public ParsedCall {
 public:
  Result<Outcome> Run(ReadTx*) const override {
    Outcome outcome;
    outcome.json = "{}";
    return outcome;
  }
};

RouteTable Hollow(const RouteTable& table) {
  RouteTable hollow;
  for (const auto& route : table.routes()) {
    Route copy = *route;
    copy.parse = [](const CallContext&, const RouteInputs&) -> Result<std::unique_ptr<ParsedCall>> {
      return std::unique_ptr<ParsedCall>(std::make_unique<GotThrough>());
    };
    hollow.AddRoute(std::move(copy));
  }
  return hollow;
}

class ForeignObjects : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    if (!TestPlace::Available(GetParam())) GTEST_SKIP() << "PRIVITY_TEST_POSTGRES is not set";
    place_ = std::make_unique<TestPlace>(GetParam());
    ApplicationOptions options{.data_directory = home_.path() + "/data",
                               .key_home_directory = home_.path() + "/keys",
                               .postgres = place_->options().postgres};
    options.door_migrations = ServerMigrations();
    auto opened = Application::Open(options, clock_, log_);
    ASSERT_TRUE(opened.ok()) << opened.error().DebugString();
    application_ = *std::move(opened);
    application_->console_address().Set(kConsole);
    routes_ = std::make_unique<RouteTable>(ConsoleRoutes(application_.get(), {&events_, &metrics_}));
    hollow_ = std::make_unique<RouteTable>(Hollow(*routes_));
    keys_ = std::make_unique<IdempotencyKeys>(clock_);
    const ApiParts parts{
        application_->store(), application_->identity(), *keys_, metrics_, Catalog::BuiltIn(), log_, clock_};
    handler_ = std::make_unique<ApiHandler>("console", *routes_, nullptr, parts);
    gate_ = std::make_unique<ApiHandler>("console", *hollow_, nullptr, parts);
    ada_ = SetUpAda();
  }

  Application& application() { return *application_; }
  const RouteTable& routes() const { return *routes_; }
  const Identity& identity() { return application_->identity(); }
  template <class Fn>
  auto Write(Fn fn) {
    auto result = application_->store().Write(fn);
    EXPECT_TRUE(result.ok()) << result.error().DebugString();
    return result;
  }
  template <class Fn>
  auto Read(Fn fn) {
    return application_->store().Read(fn).value();
  }

  // --- People ---

  Visitor Browser() const {
    return {.address = "192.0.2.7", .client = "Test", .session_cookie = {}, .device_cookie = {}, .request_id = "req-1"};
  }
  Principal Known(std::string name, const std::string& cookie) {
    Principal principal{.name = std::move(name), .cookie = cookie};
    principal.permissions = CallerOf(principal).permissions;
    return principal;
  }
  Principal SetUpAda() {
    const std::string link = identity().sign_in().NewSetupLink()->Reveal();
    const auto done =
        identity().sign_in().CompleteSetup(Browser(), {.token = SecretString(link.substr(link.find("#token=") + 7)),
                                                       .organization = "Example Trading",
                                                       .time_zone = TimeZone::Parse("Europe/Berlin").value(),
                                                       .name = "Ada Example",
                                                       .email = "ada@example.org",
                                                       .password = SecretString(kPassword)});
    EXPECT_TRUE(done.ok()) << done.error().DebugString();
    return Known("Ada, administrator", done->session.cookie.Reveal());
  }
  Caller CallerOf(const Principal& principal) {
    auto caller = application_->identity().Authenticate({.session_cookie = principal.cookie,
                                                         .authorization = {},
                                                         .unix_peer_uid = {},
                                                         .client_address = "192.0.2.7",
                                                         .request_id = "req-1"});
    return caller.value().value();
  }
  Invitation Invite(const std::string& email, const RoleId& role) {
    const Caller ada = CallerOf(ada_);
    return Write([&](WriteTx& tx) {
             return identity().people().Invite(tx, ada, {.email = email, .name = kPlanted, .role_ids = {role}});
           })
        .value();
  }
  Principal Join(const std::string& name, const RoleId& role) {
    const std::string link = Invite(name + "@example.org", role).link.value_or("");
    const auto joined = identity().sign_in().AcceptLink(Browser(), SecretString(link.substr(link.find("#token=") + 7)),
                                                        SecretString(kPassword));
    EXPECT_TRUE(joined.ok()) << joined.error().DebugString();
    return Known(name, joined->session.cookie.Reveal());
  }
  static RoleId RoleOf(BuiltInRole role) { return InfoOf(role).id; }
  RoleId OwnRole(const std::string& name, std::vector<std::string> permissions) {
    const Caller ada = CallerOf(ada_);
    return Write([&](WriteTx& tx) {
             return identity().roles().Create(tx, ada, {name, kPlanted, std::move(permissions)});
           })
        ->id;
  }
  Principal TokenOf(const Principal& owner, std::vector<std::string> permissions) {
    const Caller caller = CallerOf(owner);
    const auto made = Write([&](WriteTx& tx) {
      return identity().tokens().Create(tx, caller, {.name = kPlanted, .permissions = permissions});
    });
    return {.name = "a token", .token = made->secret, .permissions = PermissionSet(std::move(permissions))};
  }

  std::vector<Principal> Everybody() {
    std::vector<Principal> all = {{.name = "nobody", .is_known = false}, ada_};
    for (const BuiltInRole role : kBuiltInRoles) {
      if (role != BuiltInRole::kAdministrator) all.push_back(Join(std::string(InfoOf(role).name), RoleOf(role)));
    }
    all.push_back(Join("task-keeper", OwnRole("Task keeper", {"tasks.use"})));
    all.push_back(TokenOf(ada_, {"tasks.use"}));
    for (const bool is_disabled : {false, true}) {
      Principal gone = Join(is_disabled ? "disabled" : "signed-out", RoleOf(BuiltInRole::kAdministrator));
      const UserId id = *CallerOf(gone).user;
      const Caller ada = CallerOf(ada_);
      (void)Write([&](WriteTx& tx) -> Status {
        if (!is_disabled) return identity().people().EndSessions(tx, ada, id);
        const auto updated = identity().people().Update(tx, ada, id, {.state = UserState::kDisabled}, {});
        return updated.ok() ? Ok() : Status(updated.error());
      });
      gone.is_known = false;
      all.push_back(gone);
    }
    return all;
  }

  // --- Requests ---

  static Request RequestOf(const Route& route, const Principal& who, std::string path, std::string_view body) {
    Request request;
    request.method = route.info.method;
    request.path = std::move(path);
    request.host = "privity.example.org";
    request.peer_address = request.client_address = "192.0.2.7";
    request.request_id = "req-1";
    request.over_tls = true;
    request.headers.Add("If-Match", "*");
    if (!who.token.empty()) {
      request.headers.Add("Authorization", "Bearer " + who.token);
    } else if (!who.cookie.empty()) {
      request.headers.Add("Cookie", std::string(SessionCookieName(true)) + "=" + who.cookie);
      request.headers.Add("X-Privity-CSRF", CsrfTokenOf(who.cookie));
    }
    if (route.body != nullptr) {
      request.headers.Add("Content-Type", "application/json");
      request.body = body;
    }
    if (route.info.takes_text) request.headers.Add("Content-Type", "text/plain");
    if (route.takes_upload) {
      request.headers.Add("Content-Type", "application/octet-stream");
      request.headers.Add("Content-Disposition", "attachment; filename=\"evidence.txt\"");
    }
    return request;
  }
  Response Ask(const Route& route, const Principal& who, std::string path, std::string_view body = "{}") {
    Request request = RequestOf(route, who, std::move(path), body);
    if (!route.takes_upload) return handler_->Handle(request);
    auto opened = handler_->OpenUpload(std::move(request));
    if (auto* sink = std::get_if<std::unique_ptr<BodySink>>(&opened)) return (*sink)->Finish();
    return std::get<Response>(std::move(opened));
  }
  Response AskGate(const Route& route, const Principal& who, std::string path) {
    return gate_->Handle(RequestOf(route, who, std::move(path), "{}"));
  }
  // The code of a refusal, "" for a success.
  static std::string CodeOf(const Response& response) {
    if (response.status < 400) return "";
    const auto problem = ParseJson(response.text());
    return problem.ok() ? (*problem)["code"].StringOr("no code") : "no problem";
  }
  // The sequencer moves entries on, it adds none.
  std::int64_t Entries() {
    const std::int64_t staged =
        Read([](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM ledger_staged"); })->Get<std::int64_t>(0);
    return staged + static_cast<std::int64_t>(application_->sequencer().state().size);
  }

  // The path with ids that nobody has.
  static std::string UnknownPath(std::string_view path) {
    static const std::map<std::string_view, std::string> kUnknown = {
        {"name", "no.such"}, {"index", "999999999"}, {"kind", "no_kind"}, {"level", "0"},
        {"a", "x009"},       {"b", "x009"},          {"c", "x009"},       {"d", "009"}};
    std::string filled;
    for (;;) {
      const std::size_t brace = std::min(path.find('{'), path.size());
      filled += path.substr(0, brace);
      if (brace == path.size()) return filled;
      const std::size_t end = path.find('}');
      const auto known = kUnknown.find(path.substr(brace + 1, end - brace - 1));
      filled += known != kUnknown.end() ? known->second : Uuid::NewV4().ToString();
      path.remove_prefix(end + 1);
    }
  }

  Principal ada_;

 private:
  TempDirectory home_;
  std::unique_ptr<TestPlace> place_;
  ManualClock clock_;
  CapturedLog sink_;
  Logger log_{sink_, clock_};
  Metrics metrics_;
  EventHub events_{clock_, nullptr};
  std::unique_ptr<Application> application_;
  std::unique_ptr<RouteTable> routes_, hollow_;
  std::unique_ptr<IdempotencyKeys> keys_;
  std::unique_ptr<ApiHandler> handler_, gate_;
};

// What the declared access of a route says to this principal: the code of the refusal, "" to let it through.
std::string DeclaredAnswer(const Access& access, const Principal& who) {
  using Kind = Access::Kind;
  if (access.kind() == Kind::kPublic) return "";
  if (!who.is_known) return "server.not_signed_in";
  if (access.kind() == Kind::kOperator) return "server.operator_only";
  if (access.kind() == Kind::kBrowser) return who.token.empty() ? "" : "server.browser_only";
  if (access.permission().empty() || who.permissions.Has(access.permission())) return "";
  return "server.not_permitted";
}

PRIVITY_ON_EVERY_STORE(ForeignObjects);

TEST_P(ForeignObjects, EveryRouteRefusesWhomItDeclaresToRefuseAndThenNothingHappens) {
  const std::vector<Principal> everybody = Everybody();
  const std::int64_t entries = Entries();
  int refused = 0;
  for (const auto& route : routes().routes()) {
    const std::string path = UnknownPath(route->info.path);
    for (const Principal& who : everybody) {
      const std::string expected = DeclaredAnswer(route->info.access, who);
      const Response answer = expected.empty() ? AskGate(*route, who, path) : Ask(*route, who, path);
      EXPECT_EQ(CodeOf(answer), expected) << route->info.id << " asked by " << who.name;
      refused += expected.empty() ? 0 : 1;
    }
  }
  EXPECT_EQ(Entries(), entries) << "a refused call left an entry in the ledger";
  EXPECT_GT(refused, 300);
}

// What Grace, an administrator, has: each call makes a new one and answers with the path to it.
class Grace {
 private:
  template <class Fn>
  auto Make(Fn fn) {
    auto made = application_.store().Write(fn);
    EXPECT_TRUE(made.ok()) << made.error().DebugString();
    return std::move(made).value();
  }
  template <class Fn>
  auto Look(Fn fn) {
    return application_.store().Read(fn).value();
  }

 public:
  Grace(Application& application, Caller caller) : application_(application), caller_(std::move(caller)) {}

  std::string Self() const { return caller_.user->ToString(); }
  std::string Session() const { return caller_.session->ToString(); }
  std::string Task() {
    return Make([&](WriteTx& tx) {
             return application_.tasks().Create(
                 tx, caller_, {.content = {.title = kPlanted, .description = kPlanted, .assignee = {}, .due = {}}});
           })
        .id.ToString();
  }
  std::string Token() {
    return Make([&](WriteTx& tx) {
             return application_.identity().tokens().Create(tx, caller_,
                                                            {.name = kPlanted, .permissions = {"tasks.use"}});
           })
        .token.id.ToString();
  }
  std::string View() {
    const std::string name = kPlanted + std::to_string(++count_);
    return Make([&](WriteTx& tx) {
             return application_.saved_views().Create(tx, caller_, {.screen = "users", .name = name, .query = "q=1"});
           })
        .id.ToString();
  }
  std::string Notification() {
    const NewNotification news{.user = *caller_.user, .text = "tasks.assigned", .unique_key = std::to_string(++count_)};
    return Make([&](WriteTx& tx) { return application_.notifications().Post(tx, news); })->ToString();
  }
  std::string Passkey() {
    const VirtualPasskey passkey("grace's key " + std::to_string(++count_));
    const Json options =
        Look([&](ReadTx& tx) { return application_.identity().account().PasskeyOptions(tx, caller_); });
    const Bytes challenge = Base64UrlDecode(options["challenge"].StringOr("")).value();
    const auto party = PartyAt(application_.console_address());
    (void)Make([&](WriteTx& tx) {
      return application_.identity().account().AddPasskey(tx, caller_, kPlanted,
                                                          passkey.Create(VirtualPasskey::Creation(party, challenge)));
    });
    return Look([&](ReadTx& tx) { return application_.identity().account().Get(tx, caller_); })
        .passkeys.front()
        .id.ToString();
  }
  std::string Provider() {
    return Make([&](WriteTx& tx) {
             return application_.identity().providers().Create(
                 tx, caller_,
                 {.name = kPlanted,
                  .issuer = "https://sign-in-" + std::to_string(++count_) + ".example.org",
                  .client_id = "privity"});
           })
        .id.ToString();
  }
  std::string Invited() {
    return Make([&](WriteTx& tx) {
             return application_.identity().people().Invite(
                 tx, caller_,
                 {.email = "invited" + std::to_string(++count_) + "@example.org",
                  .name = kPlanted,
                  .role_ids = {InfoOf(BuiltInRole::kAdministrator).id}});
           })
        .id.ToString();
  }
  std::string Role() {
    return Make([&](WriteTx& tx) {
             return application_.identity().roles().Create(
                 tx, caller_, {kPlanted + std::to_string(++count_), "", {"tokens.manage"}});
           })
        .id.ToString();
  }
  std::string Connection() {
    return Make([&](WriteTx& tx) {
             return application_.datamap().connections().Create(
                 tx, caller_,
                 {.name = kPlanted + std::to_string(++count_), .address = "postgresql://reader@db.example.org/shop"});
           })
        .id.ToString();
  }
  std::string System() {
    return Make([&](WriteTx& tx) {
             return application_.datamap().systems().Create(tx, caller_, {.name = kPlanted + std::to_string(++count_)});
           })
        .id.ToString();
  }
  std::string Activity() {
    return Make([&](WriteTx& tx) {
             return application_.datamap().activities().Create(tx, caller_,
                                                               {.name = kPlanted + std::to_string(++count_)});
           })
        .id.ToString();
  }
  std::string Recipient() {
    return Make([&](WriteTx& tx) {
             return application_.datamap().recipients().Create(tx, caller_,
                                                               {.name = kPlanted + std::to_string(++count_)});
           })
        .id.ToString();
  }
  std::string Job() {
    return Make([&](WriteTx& tx) { return application_.jobs().Enqueue(tx, {.kind = "identity.sweep"}); }).ToString();
  }
  std::string Person() {
    const SubjectId id = SubjectId::NewRandom();
    (void)Make([&](WriteTx& tx) { return application_.person_keys().Ensure(tx, id); });
    return id.ToString();
  }

 private:
  Application& application_;
  const Caller caller_;
  int count_ = 0;
};

using Maker = std::string (*)(Grace&);
std::string Self(Grace& grace) {
  return grace.Self();
}
std::string Task(Grace& grace) {
  return grace.Task();
}
std::string Provider(Grace& grace) {
  return grace.Provider();
}
std::string Invited(Grace& grace) {
  return grace.Invited();
}
std::string OfRole(Grace& grace) {
  return grace.Role();
}
std::string OfJob(Grace& grace) {
  return grace.Job();
}
std::string OfConnection(Grace& grace) {
  return grace.Connection();
}
std::string OfSystem(Grace& grace) {
  return grace.System();
}
std::string OfActivity(Grace& grace) {
  return grace.Activity();
}
std::string OfRecipient(Grace& grace) {
  return grace.Recipient();
}
std::string Passkey(Grace& grace) {
  return grace.Passkey();
}
std::string View(Grace& grace) {
  return grace.View();
}
// Things of nobody in particular, by their fixed names.
std::string Schedule(Grace&) {
  return "ledger.verify";
}
std::string First(Grace&) {
  return "0";
}

// A stranger with exactly the route's permission, or at a browser, asks for an object of Grace's. `foreign` is the code
// of the refusal, or "" where whoever holds the permission may have all of them; `unknown` is the code for one that
// does not exist. Where no refusal tells the two apart, both are the same.
struct Row {
  std::string_view route;
  Maker object;  // its id; null: there is nothing that could belong to somebody
  std::string_view foreign;
  std::string_view unknown;
  std::string_view body = "{}";
};

constexpr std::string_view kTask = "tasks.task_unknown";
constexpr std::string_view kStronger = "identity.grant_exceeds_own";
constexpr std::string_view kUser = "identity.user_unknown";
constexpr std::string_view kProvider = "identity.provider_unknown";
constexpr std::string_view kConnection = "datamap.connection_unknown";
constexpr std::string_view kSystem = "datamap.system_unknown";
constexpr std::string_view kActivity = "datamap.activity_unknown";
constexpr std::string_view kRecipient = "datamap.recipient_unknown";
constexpr std::string_view kFlowBody =
    R"({"from": "019379a0-0000-7000-8000-000000000001", "to": "019379a0-0000-7000-8000-000000000002", )"
    R"("categories": ["user.contact.email"]})";
constexpr std::string_view kConnectionBody =
    R"({"name": "Other", "address": "postgresql://reader@db.example.org/shop"})";
constexpr std::string_view kTaskContent = R"({"title": "Mine now", "description": "", "evidence_needed": false})";
constexpr std::string_view kMergeBody = R"({"into": "0198c1de-0000-4000-8000-000000000000"})";
constexpr std::string_view kViewBody = R"({"screen": "users", "name": "Mine", "query": "", "shared": false})";
constexpr std::string_view kRoleBody = R"({"name": "Mine", "description": "", "permissions": ["tasks.use"]})";
constexpr std::string_view kProviderBody =
    R"({"name": "Other", "issuer": "https://other.example.org", "client_id": "privity", "networks": [], "enabled": true})";

const Row kRows[] = {
    {"tasks.get", Task, kTask, kTask},
    {"tasks.history", Task, kTask, kTask},
    {"tasks.evidence", Task, kTask, kTask},
    {"tasks.predecessors", Task, kTask, kTask},
    {"tasks.edit", Task, kTask, kTask, kTaskContent},
    {"tasks.move", Task, kTask, kTask, R"({"state": "in_progress"})"},
    {"tasks.comment", Task, kTask, kTask, R"({"text": "hello"})"},
    {"tasks.add_evidence", Task, kTask, kTask, R"({"text": "done"})"},
    {"tasks.add_file", Task, kTask, kTask},
    {"tasks.file", Task, kTask, kTask},
    {"saved_views.replace", View, "workspace.view_unknown", "workspace.view_unknown", kViewBody},
    {"saved_views.delete", View, "workspace.view_unknown", "workspace.view_unknown"},
    {"notifications.read", [](Grace& grace) { return grace.Notification(); }, "workspace.notification_unknown",
     "workspace.notification_unknown"},
    {"tokens.revoke", [](Grace& grace) { return grace.Token(); }, "identity.token_unknown", "identity.token_unknown"},

    {"me.sessions.end", [](Grace& grace) { return grace.Session(); }, "identity.session_unknown",
     "identity.session_unknown"},
    {"me.passkeys.rename", Passkey, "identity.passkey_unknown", "identity.passkey_unknown", R"({"name": "mine"})"},
    {"me.passkeys.remove", Passkey, "identity.passkey_unknown", "identity.passkey_unknown"},
    {"me.providers.unlink", Provider, "identity.external_unknown", "identity.external_unknown"},
    {"me.providers.link", nullptr, "", kProvider},
    {"session.oidc_start", nullptr, "", kProvider},
    {"session.oidc_invitation", nullptr, "", "identity.link_invalid", R"({"token": "none"})"},

    {"users.get", Self, "", kUser},
    {"users.sessions", Self, "", kUser},
    {"users.update", Self, kStronger, kUser, R"({"name": "Mine"})"},
    {"users.delete", Self, kStronger, kUser},
    {"users.end_sessions", Self, kStronger, kUser},
    {"users.remove_second_factors", Self, kStronger, kUser},
    {"users.password_link", Self, kStronger, kUser},
    {"invitations.renew", Invited, kStronger, "identity.invitation_unknown"},
    {"invitations.withdraw", Invited, kStronger, "identity.invitation_unknown"},
    {"roles.get", OfRole, "", "identity.role_unknown"},
    {"roles.update", OfRole, kStronger, "identity.role_unknown", kRoleBody},
    {"roles.delete", OfRole, kStronger, "identity.role_unknown"},
    {"identity_providers.get", Provider, "", kProvider},
    {"identity_providers.update", Provider, "", kProvider, kProviderBody},
    {"identity_providers.delete", Provider, "", kProvider},
    {"identity_providers.test", nullptr, "", kProvider},

    {"jobs.get", OfJob, "", "jobs.unknown"},
    {"jobs.attempts", OfJob, "", "jobs.unknown"},
    {"jobs.cancel", OfJob, "", "jobs.unknown"},
    {"jobs.pause", OfJob, "", "jobs.unknown"},
    {"jobs.resume", OfJob, "jobs.not_possible", "jobs.unknown"},
    {"jobs.retry", OfJob, "jobs.not_possible", "jobs.unknown"},
    {"schedules.update", Schedule, "", "jobs.schedule_unknown"},
    {"schedules.run", Schedule, "", "jobs.schedule_unknown"},
    {"connections.show", OfConnection, "", kConnection},
    {"connections.update", OfConnection, "", kConnection, kConnectionBody},
    {"connections.delete", OfConnection, "", kConnection},
    {"connections.test", nullptr, "", kConnection},
    {"scans.show", nullptr, "", "datamap.scan_unknown"},
    {"scans.gaps", nullptr, "", "datamap.scan_unknown"},
    {"collections.show", nullptr, "", "datamap.collection_unknown"},
    {"fields.show", nullptr, "", "datamap.field_unknown"},
    {"collections.stewardship", nullptr, "", "datamap.collection_unknown"},
    {"collections.set_stewardship", nullptr, "", "datamap.collection_unknown", "{}"},
    {"collections.stewardship_history", nullptr, "", "datamap.collection_unknown"},
    {"fields.stewardship", nullptr, "", "datamap.field_unknown"},
    {"fields.set_stewardship", nullptr, "", "datamap.field_unknown", "{}"},
    {"fields.stewardship_history", nullptr, "", "datamap.field_unknown"},
    {"fields.decide", nullptr, "", "datamap.field_unknown", R"({"category": "none", "reason": "article numbers"})"},
    {"references.show", nullptr, "", "datamap.reference_unknown"},
    {"references.update", nullptr, "", "datamap.reference_unknown", R"({"is_ignored": true})"},
    {"references.delete", nullptr, "", "datamap.reference_unknown"},
    {"activities.show", OfActivity, "", kActivity},
    {"activities.history", OfActivity, "", kActivity},
    {"activities.update", OfActivity, "", kActivity, R"({"role": "controller", "name": "Another"})"},
    {"activities.end", OfActivity, "", kActivity},
    {"recipients.show", OfRecipient, "", kRecipient},
    {"recipients.history", OfRecipient, "", kRecipient},
    {"recipients.update", OfRecipient, "", kRecipient, R"({"name": "Another"})"},
    {"recipients.remove", OfRecipient, "", kRecipient},
    {"flows.show", nullptr, "", "datamap.flow_unknown"},
    {"flows.update", nullptr, "", "datamap.flow_unknown", kFlowBody},
    {"flows.delete", nullptr, "", "datamap.flow_unknown"},
    {"flows.confirm", nullptr, "", "flows.suggestion_unknown", R"({})"},
    {"flows.reject", nullptr, "", "flows.suggestion_unknown", R"({})"},
    {"flows.salts.delete", nullptr, "", "flows.salt_unknown"},
    {"advice.show", nullptr, "", "advisor.advice_unknown"},
    {"advice.dismiss", nullptr, "", "advisor.advice_unknown", R"({"reason": "needed by law"})"},
    {"advice.reopen", nullptr, "", "advisor.advice_unknown"},
    {"advice.task", nullptr, "", "advisor.advice_unknown", R"({})"},
    {"changes.show", nullptr, "", "datamap.change_unknown"},
    {"systems.show", OfSystem, "", kSystem},
    {"systems.update", OfSystem, "", kSystem, R"({"name": "Another"})"},
    {"systems.delete", OfSystem, "", kSystem},
    {"keys.rotate_person", [](Grace& grace) { return grace.Person(); }, "", "keys.subject_unknown"},
    {"keys.rotate_named", nullptr, "", "app.named_key_unknown"},
    {"packs.get", nullptr, "", "packs.unknown"},
    {"requests.get", nullptr, "", "rights.request_unknown"},
    {"requests.history", nullptr, "", "rights.request_unknown"},
    {"requests.deadlines", nullptr, "", "rights.request_unknown"},
    {"requests.content", nullptr, "", "rights.request_unknown"},
    {"requests.messages", nullptr, "", "rights.request_unknown"},
    {"requests.letter", nullptr, "", "rights.request_unknown"},
    {"requests.documents", nullptr, "", "rights.request_unknown"},
    {"requests.attach_document", nullptr, "", "rights.request_unknown"},
    {"requests.document", nullptr, "", "rights.request_unknown"},
    {"requests.accept_document", nullptr, "", "rights.request_unknown", R"({"note": "passport"})"},
    {"requests.reject_document", nullptr, "", "rights.request_unknown", R"({"reason": "no name on it"})"},
    {"requests.planned", nullptr, "", "execution.nothing_planned"},
    {"requests.traces", nullptr, "", "rights.request_unknown"},
    {"requests.orders", nullptr, "", "rights.request_unknown"},
    {"requests.package", nullptr, "", "execution.no_package"},
    {"requests.certificate", nullptr, "", "execution.no_certificate"},
    {"requests.edit", nullptr, "", "rights.request_unknown", R"({"email": "ada@example.org"})"},
    {"requests.move", nullptr, "", "rights.request_unknown", R"({"step": "close"})"},
    {"requests.prove", nullptr, "", "rights.request_unknown", R"({"method": "document", "note": "seen"})"},
    {"requests.skip_proof", nullptr, "", "rights.request_unknown", R"({"reason": "a complaint"})"},
    {"requests.answer", nullptr, "", "rights.request_unknown", R"({"text": "hello"})"},
    {"requests.refuse", nullptr, "", "rights.request_unknown", R"({"ground": "accurate", "text": "hello"})"},
    {"requests.extend", nullptr, "", "rights.request_unknown", R"({"text": "hello"})"},
    {"requests.pause", nullptr, "", "rights.request_unknown", R"({"text": "hello"})"},
    {"requests.resume", nullptr, "", "rights.request_unknown"},
    {"requests.message", nullptr, "", "rights.request_unknown", R"({"text": "hello"})"},
    {"requests.assign", nullptr, "", "rights.request_unknown", R"({})"},
    {"requests.merge", nullptr, "", "rights.request_unknown", kMergeBody},
    {"requests.plan", nullptr, "", "rights.request_unknown"},
    {"requests.approve", nullptr, "", "rights.request_unknown", R"({"plan": "p1"})"},
    {"requests.execute", nullptr, "", "rights.request_unknown"},
    {"requests.drafts", nullptr, "", "rights.request_unknown"},
    {"requests.undo", nullptr, "", "execution.nothing_planned"},
    {"requests.certificate_pdf", nullptr, "", "rights.request_unknown"},
    {"requests.undo_plan_edit", nullptr, "", "execution.nothing_planned"},
    {"requests.edit_plan", nullptr, "", "execution.nothing_planned",
     R"({"collection": {"dataset": "shop", "space": "", "name": "orders"}, "strategy": "null"})"},
    {"restrictions.show", nullptr, "", "rights.restriction_unknown"},
    {"restrictions.lift", nullptr, "", "rights.restriction_unknown", R"({"text": "It ends."})"},
    {"erasures.replayed", nullptr, "", "execution.replay_unknown"},
    {"erasures.plan", nullptr, "", "execution.replay_case_unknown"},
    {"erasures.approve", nullptr, "", "execution.replay_case_unknown", R"({"plan": "p1"})"},
    {"erasures.dismiss", nullptr, "", "execution.replay_case_unknown"},
    {"letters.show", nullptr, "", "rights.text_unknown"},
    {"letters.set", nullptr, "", "rights.text_unknown", R"({"subject": "A", "text": "{code}"})"},
    {"letters.reset", nullptr, "", "rights.text_unknown"},
    {"letters.preview", nullptr, "", "rights.text_unknown", R"({"subject": "A", "text": "{code}"})"},
    {"portal_texts.show", nullptr, "", "settings.portal_place_unknown"},
    {"portal_texts.set", nullptr, "", "settings.portal_place_unknown", R"({"text": "Hello."})"},
    {"portal_texts.reset", nullptr, "", "settings.portal_place_unknown"},
    {"agents.show", nullptr, "", "rights.agent_unknown"},
    {"agents.set", nullptr, "", "rights.agent_id", R"({"name": "Honest", "verify_key": "none"})"},
    {"agents.remove", nullptr, "", "rights.agent_unknown"},
    {"handling.show", nullptr, "", "execution.rule_unknown"},
    {"handling.end", nullptr, "", "execution.rule_unknown"},
    {"law.get", nullptr, "", "packs.unknown"},
    {"law.deadlines", nullptr, "", "packs.unknown"},
    {"playbooks.get", nullptr, "", "packs.unknown"},
    {"playbooks.start", nullptr, "", "packs.unknown", R"({"name": "New shop"})"},

    {"ledger.entries.get", First, "", "ledger.entry_unknown"},
    {"ledger.entries.proof", First, "", "ledger.entry_unknown"},
    {"ledger.entries.proof_file", First, "", "ledger.entry_unknown"},
    {"ledger.places.send", nullptr, "", "app.checkpoint_place_unknown"},
    {"ledger.tiles.one", nullptr, "", "server.not_found"},
    {"ledger.tiles.two", nullptr, "", "server.not_found"},
    {"ledger.tiles.three", nullptr, "", "server.not_found"},
    {"ledger.tiles.four", nullptr, "", "ledger.tile_missing"},
};

TEST_P(ForeignObjects, EveryRouteWithAnObjectHasItsRow) {
  std::set<std::string_view> wanted, listed;
  for (const auto& route : routes().routes()) {
    if (route->path != nullptr) wanted.insert(route->info.id);
  }
  for (const Row& row : kRows) listed.insert(row.route);
  EXPECT_EQ(listed, wanted) << "add a row to kRows that says what a stranger gets";
}

TEST_P(ForeignObjects, WhatBelongsToSomebodyElseIsAnsweredAsDeclaredAndStaysAsItIs) {
  const Principal grace_herself = Join("grace", RoleOf(BuiltInRole::kAdministrator));
  const Principal heidi = Join("heidi", RoleOf(BuiltInRole::kEmployee));
  Grace grace(application(), CallerOf(grace_herself));
  ASSERT_TRUE(application().sequencer().RunOnce().ok());
  std::map<std::string_view, Principal> holders;
  const auto stranger = [&](const Access& access) -> const Principal& {
    if (access.permission().empty()) return heidi;
    const auto [holder, is_new] = holders.try_emplace(access.permission());
    if (is_new) holder->second = TokenOf(ada_, {std::string(access.permission())});
    return holder->second;
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(std::string(row.route));
    const Route* route = routes().FindById(row.route);
    ASSERT_NE(route, nullptr);
    const Principal& who = stranger(route->info.access);
    EXPECT_EQ(CodeOf(Ask(*route, who, UnknownPath(route->info.path), row.body)), row.unknown)
        << "one that is not there";
    if (row.object == nullptr) continue;
    std::string path(route->info.path);
    path.replace(path.find('{'), path.find('}') + 1 - path.find('{'), row.object(grace));
    path = UnknownPath(path);
    const std::int64_t entries = Entries();
    const Response answer = Ask(*route, who, path, row.body);
    EXPECT_EQ(CodeOf(answer), row.foreign) << "one of Grace's: " << answer.text();
    if (row.foreign.empty()) continue;
    EXPECT_EQ(answer.text().find(kPlanted), std::string::npos) << "a refusal shows what it refuses";
    EXPECT_EQ(Entries(), entries) << "a refused call left an entry in the ledger";
  }
}

TEST_P(ForeignObjects, EveryGroupOfRoutesIsDescribed) {
  for (const auto& route : routes().routes()) {
    const std::string group(route->info.id.substr(0, route->info.id.find('.')));
    EXPECT_TRUE(Catalog::BuiltIn().PatternsOf("en").texts.contains("server.group_" + group))
        << "words/en/server.json says nothing of the group " << group;
  }
}

}  // namespace
}  // namespace privity
