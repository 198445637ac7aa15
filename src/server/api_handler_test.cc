#include "server/api_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "base/testing/captured_log.h"
#include "base/testing/manual_clock.h"
#include "server/openapi.h"
#include "server/paging.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A resource as a room would have one: notes, kept in the store.
struct NoteTag {};
using NoteId = Id<NoteTag>;
struct Note {
  NoteId id;
  std::string text;
  std::int64_t version = 1;
};
PRIVITY_DESCRIBE(Note, (id, text, version))
struct NewNote {
  std::string text;
};
PRIVITY_DESCRIBE(NewNote, (text))
struct ByNoteId {
  NoteId id;
};
PRIVITY_DESCRIBE(ByNoteId, (id))

void AddNoteRoutes(RouteTable& table, const Clock& clock) {
  table.Add({.method = "GET",
             .path = "/v1/notes",
             .id = "notes.list",
             .access = Access::Permission("notes.read"),
             .summary = "Notes"},
            [](ReadTx& tx, const Call<Nothing, PageQuery>& call) -> Result<Page<Note>> {
              PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
              PRIVITY_TRY(const auto rows,
                          tx.Query("SELECT id, text, version FROM note WHERE id > $1 ORDER BY id LIMIT $2",
                                   {position.value_or(""), call.query.limit + 1}));
              Page<Note> page;
              for (const Row& row : rows)
                page.items.push_back({row.Get<NoteId>(0), row.Get<std::string>(1), row.Get<std::int64_t>(2)});
              if (page.items.size() > static_cast<std::size_t>(call.query.limit)) {
                page.items.pop_back();
                page.next = page.items.back().id.ToString();
              }
              return page;
            });
  table.Add(
      {.method = "POST",
       .path = "/v1/notes",
       .id = "notes.create",
       .access = Access::Permission("notes.write"),
       .summary = "Add a note",
       .status = 201},
      [&clock](WriteTx& tx, const Call<Nothing, Nothing, NewNote>& call) -> Result<Reply<Note>> {
        const Note note{NoteId::New(clock), call.body.text};
        PRIVITY_TRY_VOID(tx.Execute("INSERT INTO note (id, text, version) VALUES ($1, $2, 1)", {note.id, note.text}));
        return CreatedAt(note, "/v1/notes/" + note.id.ToString(), 1);
      });
  table.Add({.method = "GET",
             .path = "/v1/notes/{id}",
             .id = "notes.get",
             .access = Access::Permission("notes.read"),
             .summary = "One note"},
            [](ReadTx& tx, const Call<ByNoteId>& call) -> Result<Reply<Note>> {
              PRIVITY_TRY(const auto row, tx.QueryOne("SELECT text, version FROM note WHERE id = $1", {call.path.id}));
              if (!row) return Error("server.not_found");
              const Note note{call.path.id, row->Get<std::string>(0), row->Get<std::int64_t>(1)};
              return Versioned(note, note.version);
            });
  table.Add({.method = "PUT",
             .path = "/v1/notes/{id}",
             .id = "notes.update",
             .access = Access::Permission("notes.write"),
             .summary = "Change a note",
             .needs_version = true},
            [](WriteTx& tx, const Call<ByNoteId, Nothing, NewNote>& call) -> Result<Nothing> {
              PRIVITY_TRY(const auto expected, call.ExpectedVersion());
              PRIVITY_TRY(const auto changed,
                          tx.Execute("UPDATE note SET text = $2, version = version + 1 WHERE id = $1 AND version = $3",
                                     {call.path.id, call.body.text, expected.value_or(0)}));
              if (changed == 0) return Error("server.precondition_failed");
              return Nothing();
            });
  table.Add({.method = "GET", .path = "/v1/me", .id = "me.get", .access = Access::SignedIn(), .summary = "Who I am"},
            [](const Call<>& call) -> Result<Note> {
              return Note{NoteId(), call.caller().actor.id};
            });
  table.Add({.method = "POST",
             .path = "/v1/me/password",
             .id = "me.password",
             .access = Access::Browser(),
             .summary = "Change my password"},
            [](const Call<>&) -> Result<Nothing> { return Nothing(); });
  table.Add({.method = "POST",
             .path = "/v1/session/password",
             .id = "session.password",
             .access = Access::Public(),
             .summary = "Sign in"},
            [](const Call<Nothing, Nothing, NewNote>&) -> Result<Nothing> { return Nothing(); });
  table.Add({.method = "POST",
             .path = "/v1/restart",
             .id = "restart.now",
             .access = Access::Operator(),
             .summary = "Restart"},
            [](const Call<>&) -> Result<Nothing> { return Nothing(); });
  table.Add({.method = "GET",
             .path = "/metrics",
             .id = "metrics.read",
             .access = Access::PermissionOrLocal("metrics.read"),
             .summary = "Numbers",
             .media_type = "text/plain",
             .answers_unrecorded = true},
            [](const Call<>&) -> Result<Response> { return Response::Text(200, "text/plain", "numbers"); });
}

// Principals by what they present.
class TestAuthenticator final : public Authenticator {
 public:
  Result<std::optional<Caller>> Authenticate(const Presented& presented) override {
    Caller caller{.actor = {},
                  .user = {},
                  .session = {},
                  .proved_at = {},
                  .permissions = {},
                  .request_id = std::string(presented.request_id),
                  .address = {}};
    if (presented.unix_peer_uid) {
      caller.actor = {ActorKind::kOperator, "uid-0"};
      caller.permissions = {"notes.read", "notes.write", "metrics.read"};
    } else if (presented.authorization == "Bearer reader") {
      caller.actor = {ActorKind::kToken, "reader"};
      caller.permissions = {"notes.read"};
    } else if (presented.authorization == "Bearer writer") {
      caller.actor = {ActorKind::kToken, "writer"};
      caller.permissions = {"notes.read", "notes.write", "metrics.read"};
    } else if (!presented.authorization.empty()) {
      return Error("identity.token_invalid");
    } else if (presented.session_cookie == "ada") {
      caller.actor = {ActorKind::kUser, "ada"};
      caller.session = SessionId::NewRandom();
      caller.permissions = {"notes.read", "notes.write"};
    } else {
      return std::optional<Caller>();
    }
    return std::optional<Caller>(caller);
  }
};

class ApiHandlerTest : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override {
    std::vector<Migration> all = ServerMigrations();
    for (auto& migration : LedgerMigrations()) all.push_back(std::move(migration));
    all.push_back(
        {"note", 1, "notes", "CREATE TABLE note (id text PRIMARY KEY, text text NOT NULL, version bigint NOT NULL);"});
    return all;
  }
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    log_ = std::make_unique<Logger>(sink_, clock());
    keys_ = std::make_unique<IdempotencyKeys>(clock());
    actions_.Register(LedgerActions());
    ledger_ = std::make_unique<Ledger>(store(), actions_, clock());
    decisions_ = std::make_unique<DecisionCounter>(*ledger_);
    AddNoteRoutes(table_, clock());
    MakeHandler({});
  }
  void MakeHandler(const ApiOptions& options) {
    const ApiParts parts{store(), authenticator_, *keys_,          metrics_, Catalog::BuiltIn(),
                         *log_,   clock(),        decisions_.get()};
    handler_ = std::make_unique<ApiHandler>("console", table_, nullptr, parts, options);
  }

  static Request Make(std::string method, std::string_view target, std::string body = {}) {
    Request request;
    request.method = std::move(method);
    const std::size_t question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string_view::npos) request.query = target.substr(question + 1);
    request.host = "privity.example.org";
    request.peer_address = request.client_address = "192.0.2.7";
    request.request_id = "req-1";
    if (!body.empty()) request.headers.Add("Content-Type", "application/json");
    request.body = std::move(body);
    return request;
  }
  static Request As(std::string_view token, Request request) {
    request.headers.Add("Authorization", "Bearer " + std::string(token));
    return request;
  }
  static Request InBrowser(Request request, bool with_csrf = true) {
    request.headers.Add("Cookie", "privity=ada");
    if (with_csrf) request.headers.Add("X-Privity-CSRF", CsrfTokenOf("ada"));
    return request;
  }
  static Request With(std::string_view name, std::string_view value, Request request) {
    request.headers.Add(name, value);
    return request;
  }
  Response Send(const Request& request) { return handler_->Handle(request); }
  static std::string CodeOf(const Response& response) {
    const auto problem = ParseJson(response.text());
    return problem ? (*problem)["code"].StringOr("") : "";
  }
  std::int64_t Notes() {
    return store()
        .Read([](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM note"); })
        .value()
        ->Get<std::int64_t>(0);
  }

  TestAuthenticator authenticator_;
  RouteTable table_;
  Metrics metrics_;
  CapturedLog sink_;
  std::unique_ptr<Logger> log_;
  std::unique_ptr<IdempotencyKeys> keys_;
  ActionRegistry actions_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<DecisionCounter> decisions_;
  std::unique_ptr<ApiHandler> handler_;
};

// "action object_id details" of each entry that has no index yet.
class DecisionsTest : public ApiHandlerTest {
 protected:
  std::vector<std::string> Recorded() {
    const auto rows =
        store().Read([](ReadTx& tx) { return tx.Query("SELECT body FROM ledger_staged ORDER BY at, seq"); }).value();
    std::vector<std::string> bodies;
    for (const Row& row : rows) bodies.push_back(row.Get<std::string>(0));
    return bodies;
  }
  void Damage(std::string_view script) {
    ASSERT_TRUE(store().Write([&](WriteTx& tx) { return tx.ExecuteScript(script); }).ok());
  }
};

TEST_P(DecisionsTest, WhatIsAllowedIsCounted) {
  for (int i = 0; i < 3; ++i) ASSERT_EQ(Send(As("reader", Make("GET", "/v1/notes"))).status, 200);
  ASSERT_EQ(Send(As("reader", Make("GET", "/v1/me"))).status, 200);  // bound to no permission
  EXPECT_THAT(Recorded(), IsEmpty());
  ASSERT_TRUE(decisions_->Flush().ok());
  EXPECT_THAT(Recorded(), ElementsAre(HasSubstr(R"("count":3,"decision":"notes.read")")));
}

TEST_P(DecisionsTest, WhatIsDeniedIsRecordedWithWhoAskedForWhat) {
  ASSERT_EQ(Send(As("reader", Make("POST", "/v1/notes", R"({"text":"first"})"))).status, 403);
  ASSERT_EQ(Send(Make("GET", "/v1/notes")).status, 401);  // a stranger makes Privity write nothing
  EXPECT_THAT(Recorded(),
              ElementsAre(HasSubstr(R"("action":"ledger.decision.denied","actor":{"id":"reader","kind":"token"},)")));
  EXPECT_THAT(Recorded().front(), HasSubstr(R"("object":{"id":"notes.create","kind":"call"},"request":"req-1")"));
  EXPECT_THAT(Recorded().front(), HasSubstr(R"("details":{"decision":"notes.write"})"));
}

TEST_P(DecisionsTest, WhatCannotBeRecordedIsRefused) {
  ASSERT_EQ(Send(As("reader", Make("GET", "/v1/notes"))).status, 200);
  Damage("ALTER TABLE ledger_staged RENAME TO ledger_lost");
  clock().Advance(std::chrono::minutes(2));
  ASSERT_FALSE(decisions_->Flush().ok());
  EXPECT_EQ(CodeOf(Send(As("reader", Make("GET", "/v1/notes")))), "ledger.decisions_unwritten");
  EXPECT_GE(Send(As("reader", Make("POST", "/v1/notes", R"({"text":"first"})"))).status, 500);
  EXPECT_EQ(Send(As("writer", Make("GET", "/metrics"))).status, 200);  // says what is wrong
  EXPECT_EQ(Notes(), 0);
  Damage("ALTER TABLE ledger_lost RENAME TO ledger_staged");
  ASSERT_TRUE(decisions_->Flush().ok());
  EXPECT_EQ(Send(As("reader", Make("GET", "/v1/notes"))).status, 200);
}
PRIVITY_ON_EVERY_STORE(DecisionsTest);

TEST_P(ApiHandlerTest, CreatesReadsAndChangesAResource) {
  const Response created = Send(As("writer", Make("POST", "/v1/notes", R"({"text":"first"})")));
  ASSERT_EQ(created.status, 201) << created.text();
  const std::string where(created.headers.Get("Location"));
  EXPECT_EQ(created.headers.Get("ETag"), "\"v1\"");
  const Response read = Send(As("reader", Make("GET", where)));
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.text(), created.text());
  EXPECT_EQ(Send(As("reader", With("If-None-Match", "\"v1\"", Make("GET", where)))).status, 304);
  const auto put = [&](std::string_view tag) {
    Request request = As("writer", Make("PUT", where, R"({"text":"second"})"));
    if (!tag.empty()) request.headers.Add("If-Match", tag);
    return Send(std::move(request));
  };
  EXPECT_EQ(put("").status, 428);
  EXPECT_EQ(put("\"v2\"").status, 412);
  EXPECT_EQ(put("W/\"v1\"").status, 412);
  EXPECT_EQ(put("\"other\"").status, 412);
  EXPECT_EQ(put("\"v1\"").status, 204);
  EXPECT_EQ(put("\"v1\"").status, 412) << "the version has moved on";
}

struct Refusal {
  const char* name;
  Request request;
  int status;
  const char* code;
};

TEST_P(ApiHandlerTest, EveryRefusalIsAProblemWithItsStatus) {
  const std::string note = "/v1/notes/0190163d-8694-739b-aea5-966c26f8ad91";
  const Refusal rows[] = {
      {"no such path", Make("GET", "/v1/nothing"), 404, "server.not_found"},
      {"a path that goes up", Make("GET", "/v1/notes/../../etc/passwd"), 404, "server.not_found"},
      {"an empty segment", Make("GET", "/v1//notes"), 404, "server.not_found"},
      {"an encoded zero byte", Make("GET", "/v1/notes/%00"), 404, "server.not_found"},
      {"no such object", As("reader", Make("GET", note)), 404, "server.not_found"},
      {"no such method", Make("DELETE", "/v1/notes"), 405, "server.method_not_allowed"},
      {"nobody", Make("GET", "/v1/notes"), 401, "server.not_signed_in"},
      {"a bad token", As("stolen", Make("GET", "/v1/notes")), 401, "identity.token_invalid"},
      {"a bad token beside a good cookie", As("stolen", InBrowser(Make("GET", "/v1/notes"))), 401,
       "identity.token_invalid"},
      {"no permission", As("reader", Make("POST", "/v1/notes", R"({"text":"x"})")), 403, "server.not_permitted"},
      {"a token where a person is wanted", As("writer", Make("POST", "/v1/me/password")), 403, "server.browser_only"},
      {"a token where the operator is wanted", As("writer", Make("POST", "/v1/restart")), 403, "server.operator_only"},
      {"HTML wanted", With("Accept", "text/html", As("reader", Make("GET", "/v1/notes"))), 406,
       "server.not_acceptable"},
      {"a form",
       As("writer",
          [] {
            Request r = Make("POST", "/v1/notes");
            r.body = "text=x";
            r.headers.Add("Content-Type", "application/x-www-form-urlencoded");
            return r;
          }()),
       415, "server.unsupported_media_type"},
      {"no media type",
       As("writer",
          [] {
            Request r = Make("POST", "/v1/notes");
            r.body = "{}";
            return r;
          }()),
       415, "server.unsupported_media_type"},
      {"a body where none belongs", InBrowser(Make("POST", "/v1/me/password", R"({"a":1})")), 400,
       "server.body_unexpected"},
      {"broken JSON", As("writer", Make("POST", "/v1/notes", "{")), 400, "base.json_syntax"},
      {"an unknown member", As("writer", Make("POST", "/v1/notes", R"({"text":"x","admin":true})")), 400,
       "base.value_unknown_member"},
      {"a missing member", As("writer", Make("POST", "/v1/notes", "{\"a\":1}")), 400, "base.value_unknown_member"},
      {"an unknown parameter", As("reader", Make("GET", "/v1/notes?sort=up")), 400, "server.parameter_unknown"},
      {"a parameter where none is known", As("reader", Make("GET", note + "?x=1")), 400, "server.parameter_unknown"},
      {"a limit that is no number", As("reader", Make("GET", "/v1/notes?limit=many")), 400, "server.parameter_invalid"},
      {"a limit that is too high", As("reader", Make("GET", "/v1/notes?limit=201")), 400, "server.parameter_invalid"},
      {"a parameter given twice", As("reader", Make("GET", "/v1/notes?limit=1&limit=2")), 400,
       "server.parameter_invalid"},
      {"a made-up cursor", As("reader", Make("GET", "/v1/notes?cursor=!!")), 400, "server.cursor_invalid"},
      {"an id that is none", As("reader", Make("GET", "/v1/notes/7")), 400, "server.parameter_invalid"},
      {"a query that cannot be read", As("reader", Make("GET", "/v1/notes?a=%zz")), 400, "http.percent_invalid"},
  };
  for (const Refusal& row : rows) {
    const Response response = Send(row.request);
    EXPECT_EQ(response.status, row.status) << row.name;
    EXPECT_EQ(CodeOf(response), row.code) << row.name << ": " << response.text();
    EXPECT_EQ(response.headers.Get("Content-Type"), "application/problem+json") << row.name;
    EXPECT_NE(response.headers.Get("Content-Security-Policy"), "") << row.name;
  }
  EXPECT_EQ(Notes(), 0);
}

TEST_P(ApiHandlerTest, AllowedMethodsAreTold) {
  EXPECT_EQ(Send(Make("DELETE", "/v1/notes")).headers.Get("Allow"), "GET, HEAD, POST, OPTIONS");
  const Response options = Send(Make("OPTIONS", "/v1/notes"));
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.headers.Get("Allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(options.headers.Find("Access-Control-Allow-Origin"), std::nullopt) << "no other origin is let in";
}

TEST_P(ApiHandlerTest, AChangeFromAnotherSiteIsRefusedHoweverItIsDressed) {
  const std::string body = R"({"text":"x"})";
  const auto post = [&] { return Make("POST", "/v1/notes", body); };
  EXPECT_EQ(Send(InBrowser(post())).status, 201);
  EXPECT_EQ(Send(InBrowser(With("Origin", "http://privity.example.org", post()))).status, 201);
  EXPECT_EQ(CodeOf(Send(InBrowser(post(), false))), "identity.csrf_refused");
  EXPECT_EQ(CodeOf(Send(InBrowser(With("X-Privity-CSRF", "1", post()), false))), "identity.csrf_refused");
  for (const char* origin : {"http://evil.example.org", "null", "https://privity.example.org",
                             "http://privity.example.org:81", "http://privity.example.org.evil.example"}) {
    EXPECT_EQ(CodeOf(Send(InBrowser(With("Origin", origin, post())))), "server.cross_site") << origin;
  }
  EXPECT_EQ(CodeOf(Send(InBrowser(With("Sec-Fetch-Site", "cross-site", post())))), "server.cross_site");
  EXPECT_EQ(CodeOf(Send(InBrowser(With("Sec-Fetch-Site", "same-site", post())))), "server.cross_site");
  EXPECT_EQ(CodeOf(Send(With("Origin", "http://evil.example.org", Make("POST", "/v1/session/password", body)))),
            "server.cross_site")
      << "signing somebody in as somebody else";
  EXPECT_EQ(Send(As("writer", With("Origin", "http://evil.example.org", post()))).status, 201)
      << "no browser sends a token by itself";
  EXPECT_EQ(Notes(), 3);
}

TEST_P(ApiHandlerTest, TheSameKeyAndRequestHappenOnceAndAnswerAlike) {
  const auto post = [&](std::string_view who, std::string_view key, std::string body) {
    return Send(As(who, With("Idempotency-Key", key, Make("POST", "/v1/notes", std::move(body)))));
  };
  const std::string key = "0b6e3d8c-first-key";
  const Response first = post("writer", key, R"({"text":"a"})");
  const Response again = post("writer", key, R"({"text":"a"})");
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.text(), first.text());
  EXPECT_EQ(again.headers.Get("Location"), first.headers.Get("Location"));
  EXPECT_EQ(again.headers.Get("ETag"), first.headers.Get("ETag"));
  EXPECT_EQ(again.headers.Get("Idempotency-Replayed"), "true");
  EXPECT_EQ(Notes(), 1);
  EXPECT_EQ(CodeOf(post("writer", key, R"({"text":"b"})")), "server.idempotency_key_reused");
  EXPECT_EQ(CodeOf(post("writer", "short", R"({"text":"b"})")), "server.idempotency_key_invalid");
  EXPECT_EQ(Notes(), 1);
  EXPECT_EQ(Send(InBrowser(With("Idempotency-Key", key, Make("POST", "/v1/notes", R"({"text":"a"})")))).status, 201);
  EXPECT_EQ(Notes(), 2) << "a key belongs to its principal";
  ASSERT_TRUE(decisions_->Flush().ok());  // as every minute
  clock().Advance(std::chrono::hours(24));
  EXPECT_EQ(post("writer", key, R"({"text":"b"})").status, 201) << "forgotten after 24 hours";
  EXPECT_EQ(Notes(), 3);
}

TEST_P(ApiHandlerTest, ARefusedRequestLeavesItsKeyFree) {
  const std::string key = "0b6e3d8c-other-key";
  const auto post = [&](std::string body) {
    return Send(As("writer", With("Idempotency-Key", key, Make("POST", "/v1/notes", std::move(body)))));
  };
  EXPECT_EQ(post("{").status, 400);
  EXPECT_EQ(post(R"({"text":"a"})").status, 201);
}

TEST_P(ApiHandlerTest, ParallelRequestsWithOneKeyHappenOnce) {
  std::vector<std::future<int>> answers;
  for (int i = 0; i < 50; ++i) {
    answers.push_back(std::async(std::launch::async, [&] {
      return Send(As("writer",
                     With("Idempotency-Key", "0b6e3d8c-parallel", Make("POST", "/v1/notes", R"({"text":"p"})"))))
          .status;
    }));
  }
  int created = 0;
  for (auto& answer : answers) {
    const int status = answer.get();
    EXPECT_TRUE(status == 201 || status == 409) << status;
    created += status == 201;
  }
  EXPECT_GE(created, 1);
  EXPECT_EQ(Notes(), 1);
}

TEST_P(ApiHandlerTest, TheDatabaseAloneTellsNothingOfKeptAnswers) {
  Send(As("writer",
          With("Idempotency-Key", "0b6e3d8c-canary-key", Make("POST", "/v1/notes", R"({"text":"canary-text"})"))));
  const auto row =
      store().Read([](ReadTx& tx) { return tx.QueryOne("SELECT slot, fingerprint, answer FROM server_idempotency"); });
  ASSERT_TRUE(row.ok() && row->has_value());
  const Bytes answer = (*row)->Get<Bytes>(2);
  const std::string all = (*row)->Get<std::string>(0) + (*row)->Get<std::string>(1) + std::string(AsText(answer));
  EXPECT_THAT(all, Not(HasSubstr("canary")));
}

TEST_P(ApiHandlerTest, PagesFollowTheirLinksToTheEndWhileRowsAreAdded) {
  const auto add = [&] {
    clock().Advance(std::chrono::milliseconds(1));  // ids are in the order of time
    ASSERT_EQ(Send(As("writer", Make("POST", "/v1/notes", R"({"text":"n"})"))).status, 201);
  };
  for (int i = 0; i < 7; ++i) add();
  std::vector<std::string> seen;
  std::string target = "/v1/notes?limit=3";
  for (int pages = 0; !target.empty() && pages < 10; ++pages) {
    const Response page = Send(As("reader", Make("GET", target)));
    ASSERT_EQ(page.status, 200) << page.text();
    const Json body = ParseJson(page.text()).value();
    for (const Json& note : *body["items"].items()) seen.push_back(note["id"].StringOr(""));
    const std::string link(page.headers.Get("Link"));
    target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
    if (pages == 0) Send(As("writer", Make("POST", "/v1/notes", R"({"text":"late"})")));
  }
  EXPECT_EQ(seen.size(), 8u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 8u) << "none missed, none twice";
}

TEST_P(ApiHandlerTest, RateIsLimitedByAddressAndByPrincipal) {
  ApiOptions options;
  options.anonymous_rate = {"anonymous", 2, std::chrono::seconds(10)};
  options.principal_rate = {"principal", 3, std::chrono::seconds(10)};
  MakeHandler(options);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Send(Make("GET", "/v1/notes")).status, 401);
  const Response limited = Send(Make("GET", "/v1/notes"));
  EXPECT_EQ(limited.status, 429);
  EXPECT_NE(limited.headers.Get("Retry-After"), "");
  EXPECT_EQ(limited.headers.Get("RateLimit-Policy"), "\"anonymous\";q=2;w=10");
  EXPECT_THAT(std::string(limited.headers.Get("RateLimit")), HasSubstr("\"anonymous\";r=0;t="));
  EXPECT_EQ(Send(As("stolen", Make("GET", "/v1/notes"))).status, 429) << "guessing tokens counts as anonymous";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Send(As("reader", Make("GET", "/v1/notes"))).status, 200);
  EXPECT_EQ(Send(As("reader", Make("GET", "/v1/notes"))).status, 429);
  EXPECT_EQ(Send(As("writer", Make("GET", "/v1/notes"))).status, 200) << "one client's limit is not another's";
  clock().Advance(std::chrono::seconds(10));
  EXPECT_EQ(Send(As("reader", Make("GET", "/v1/notes"))).status, 200);
}

TEST_P(ApiHandlerTest, MetricsAreForHoldersAndForThisMachineItself) {
  Request local = Make("GET", "/metrics");
  local.peer_address = "127.0.0.1";
  EXPECT_EQ(Send(local).status, 200);
  local.headers.Add("X-Forwarded-For", "203.0.113.9");
  EXPECT_EQ(Send(local).status, 401) << "through a proxy on this machine";
  EXPECT_EQ(Send(Make("GET", "/metrics")).status, 401);
  EXPECT_EQ(Send(As("reader", Make("GET", "/metrics"))).status, 403);
  EXPECT_EQ(Send(As("writer", Make("GET", "/metrics"))).status, 200);
}

TEST_P(ApiHandlerTest, LogAndMetricsHoldNothingOfTheRequest) {
  Send(As("writer", Make("POST", "/v1/notes", R"({"text":"canary-body"})")));
  Send(As("reader", Make("GET", "/v1/notes?canary-query=1")));
  Send(Make("GET", "/canary-path"));
  Send(As("canary-token", Make("GET", "/v1/notes")));
  EXPECT_THAT(sink_.text(), HasSubstr("\"operation\":\"notes.create\""));
  EXPECT_THAT(sink_.text(), HasSubstr("\"request_id\":\"req-1\""));
  EXPECT_THAT(sink_.text(), Not(HasSubstr("canary")));
  EXPECT_THAT(sink_.text(), Not(HasSubstr("192.0.2.7")));
  EXPECT_THAT(metrics_.Text(), HasSubstr("privity_http_requests_total{operation=\"notes.create\",status=\"2xx\"} 1"));
  EXPECT_THAT(metrics_.Text(), Not(HasSubstr("canary")));
}

TEST_P(ApiHandlerTest, SecurityHeadersFollowTheTransport) {
  Request request = As("reader", Make("GET", "/v1/notes"));
  const Response plain = Send(request);
  EXPECT_EQ(plain.headers.Find("Strict-Transport-Security"), std::nullopt);
  EXPECT_EQ(plain.headers.Get("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(plain.headers.Get("Cache-Control"), "no-store");
  EXPECT_THAT(std::string(plain.headers.Get("Content-Security-Policy")), HasSubstr("default-src 'none'"));
  request.over_tls = true;
  EXPECT_THAT(std::string(Send(request).headers.Get("Strict-Transport-Security")), HasSubstr("max-age="));
}

PRIVITY_ON_EVERY_STORE(ApiHandlerTest);

TEST(RouteTable, APermissionThatIsNotRegisteredKeepsTheServerFromStarting) {
  ManualClock clock;
  RouteTable table;
  AddNoteRoutes(table, clock);
  PermissionRegistry registry;
  constexpr PermissionInfo kKnown[] = {{"notes.read", "See notes.", kEverybody}};
  registry.Register(kKnown);
  const Status checked = table.CheckPermissions(registry);
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().DebugString(),
            "server.permission_unregistered{route=notes.create, permission=notes.write}");
}

TEST(RouteTableDeathTest, MistakesInATableEndTheProgram) {
  const auto handler = [](const Call<>&) -> Result<Nothing> { return Nothing(); };
  RouteTable table;
  table.Add({.method = "GET", .path = "/v1/a", .id = "a.get", .access = Access::SignedIn(), .summary = "A"}, handler);
  EXPECT_DEATH(
      table.Add({.method = "GET", .path = "/v1/a", .id = "a.again", .access = Access::SignedIn(), .summary = "A"},
                handler),
      "one method and path");
  EXPECT_DEATH(
      table.Add({.method = "PUT", .path = "/v1/a", .id = "a.get", .access = Access::SignedIn(), .summary = "A"},
                handler),
      "one id");
  EXPECT_DEATH(
      table.Add({.method = "GET", .path = "/v1/a/{id}", .id = "a.one", .access = Access::SignedIn(), .summary = "A"},
                handler),
      "path has one parameter");
  EXPECT_DEATH(
      table.Add({.method = "GET", .path = "/v1/list", .id = "a.list", .access = Access::SignedIn(), .summary = "A"},
                [](const Call<>&) -> Result<Page<Note>> { return Page<Note>(); }),
      "members cursor and limit");
}

TEST(OpenApi, SaysWhatTheTableSays) {
  ManualClock clock;
  RouteTable table;
  AddNoteRoutes(table, clock);
  const Json document = OpenApiDocument(table, {"Test", "A test.", "1"});
  EXPECT_EQ(*document.At("/paths/~1v1~1notes~1{id}/get/operationId"), Json("notes.get"));
  EXPECT_EQ(*document.At("/paths/~1v1~1notes/get/responses/200/content/application~1json/schema/$ref"),
            Json("#/components/schemas/NoteList"));
  EXPECT_EQ(*document.At("/components/schemas/NoteList/properties/items/items/$ref"),
            Json("#/components/schemas/Note"));
  EXPECT_EQ(document.At("/paths/~1v1~1notes/post/parameters/0/$ref")->StringOr(""),
            "#/components/parameters/IdempotencyKey");
  EXPECT_EQ(document.At("/paths/~1v1~1notes~1{id}/put/parameters/1/$ref")->StringOr(""),
            "#/components/parameters/IfMatch");
  EXPECT_EQ(document.At("/paths/~1v1~1session~1password/post/security")->items()->size(), 0u);
  EXPECT_NE(document.At("/components/schemas/Problem"), nullptr);
}

}  // namespace
}  // namespace privity
