// What the server of the suite does not do: services that page in every style, refuse, fail, never end, or point
// elsewhere; and each description of the program against a server that pages as it says.
#include "connect/http/http_connector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connect/http/service_calls.h"
#include "connect/http/service_description.h"
#include "connect/testing/ground.h"
#include "net/testing/fake_http.h"

namespace privity {
namespace {

using connect_internal::Filled;
using connect_internal::NextLink;
using connect_internal::Pace;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kHead =
    "pack: {kind: service, id: shop, version: 1, title: Shop, sources: [{title: Of the test}]}\n"
    "verified: false\nproduct: Shop\nhost: api.example.org\nbase: /v2\n";
constexpr const char* kPeople =
    "sign_in: {method: bearer}\nprobe: {path: /me}\ncollections:\n"
    "  - name: people\n"
    "    list: {path: /people, items: data}\n"
    "    paging: {style: cursor, parameter: after, next: next}\n"
    "    get: {path: '/people/{key}', gone: deleted}\n"
    "    find: [{field: email, call: {path: /people/search, query: {q: 'email:{value}'}, items: data}}]\n"
    "    update: {method: PUT, path: '/people/{key}', body: {kind: person}}\n"
    "    deletion: {method: POST, path: /erase, body: {ids: ['{key}']}}\n"
    "    fields:\n"
    "      - {name: id, type: integer}\n"
    "      - {name: email, from: contact.email, type: string, writes: contact.email}\n"
    "      - {name: city, type: string}\n";

OutboundResponse Reply(int status, std::string body = "", std::vector<OutboundHeader> headers = {}) {
  return {.status = status,
          .headers = std::move(headers),
          .body = std::move(body),
          .url = Url::Parse("http://127.0.0.1/").value()};
}

Result<PackCatalog> Packs(const std::string& text) {
  return PackCatalog::Load({ServiceKind()}, {{"shop.yaml", text}});
}

class Service : public testing::Test {
 protected:
  using Script = FakeHttp::Script;

  std::unique_ptr<Connector> Open(const std::string& text, Script script,
                                  const std::string& address = "api://:token-1@127.0.0.1/shop") {
    auto packs = Packs(text);
    EXPECT_TRUE(packs.ok()) << packs.error().DebugString();
    packs_ = std::make_unique<PackCatalog>(std::move(*packs));
    auto http = std::make_unique<FakeHttp>(std::move(script));
    http_ = http.get();
    ConnectOptions options{.writing_granted = true,
                           .addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}},
                           .packs = [this]() -> const PackCatalog& { return *packs_; }};
    options.silence_timeout = patience_;
    return MakeHttpConnector(ConnectionUrl::Parse(address).value(), options, resolver_, std::move(http));
  }
  std::vector<std::string> Asked() const {
    std::vector<std::string> asked;
    for (const OutboundRequest& request : http_->requests()) {
      const std::string query = request.url.query().empty() ? "" : "?" + request.url.query();
      asked.push_back(request.method + " " + request.url.path() + query);
    }
    return asked;
  }
  const Collection people_{.name = {"", "people"}, .key = {"id"}};
  KeepingSink sink_;
  const FakeHttp* http_ = nullptr;
  std::chrono::milliseconds patience_{10};  // with a service that asks to be asked later

 private:
  std::unique_ptr<PackCatalog> packs_;
  SystemResolver resolver_;
};

const std::string kOne = R"({"id": 7, "contact": {"email": "ana@example.org"}, "city": "Ulm"})";

TEST_F(Service, GivesItsObjectsUnderTheNamesOfTheDescription) {
  const auto store = Open(std::string(kHead) + kPeople, [](const OutboundRequest& request) {
    const bool is_first = request.url.query().empty();
    return Reply(200, is_first ? "{\"data\": [" + kOne + "], \"next\": \"a/b\"}" : R"({"data": [{"id": 8}]})");
  });
  ASSERT_TRUE(store->Stream(people_, {}, sink_).ok());
  EXPECT_THAT(Asked(), ElementsAre("GET /v2/people", "GET /v2/people?after=a%2Fb"));
  EXPECT_THAT(sink_.Values("id"), ElementsAre("7", "8"));
  EXPECT_THAT(sink_.Values("email"), ElementsAre("ana@example.org"));
  EXPECT_EQ(http_->requests()[0].authorization.Reveal(), "Bearer token-1");
}

TEST_F(Service, IsAskedForAPersonByItsOwnSearchAndBelievedOnlyAboutWhoItIs) {
  const auto store = Open(std::string(kHead) + kPeople, [](const OutboundRequest&) {
    return Reply(200, "{\"data\": [" + kOne + R"(, {"id": 9, "contact": {"email": "ana@example.org.evil"}}]})");
  });
  ASSERT_TRUE(store->Find(people_, {{"email", "ana@example.org"}}, 10, sink_).ok());
  EXPECT_THAT(Asked(), ElementsAre("GET /v2/people/search?q=email%3Aana%40example.org"));
  EXPECT_THAT(sink_.Values("id"), ElementsAre("7"));
}

TEST_F(Service, IsChangedByItsKeyAndOnlyAsItWasRead) {
  const auto store = Open(std::string(kHead) + kPeople, [](const OutboundRequest& request) {
    return request.method == "GET" ? Reply(200, kOne) : Reply(200, "{}");
  });
  const std::vector<FieldValue> key = {{"id", "7"}};
  EXPECT_EQ(store->Update(people_, key, {{"email", "old@example.org"}}, {{"email", "x"}}).error().code(),
            "connect.changed");
  EXPECT_EQ(store->Update(people_, key, {}, {{"city", "Bern"}}).error().code(), "connect.refused")
      << "the description does not say how";
  EXPECT_EQ(*store->Update(people_, key, {{"email", "ana@example.org"}}, {{"email", std::nullopt}}),
            WriteOutcome::kDone);
  EXPECT_EQ(http_->requests().back().body, R"({"kind":"person","contact":{"email":null}})");
  EXPECT_EQ(*store->Delete(people_, key, {{"email", "ana@example.org"}}), WriteOutcome::kDone);
  EXPECT_EQ(Asked().back(), "POST /v2/erase");
  EXPECT_EQ(http_->requests().back().body, R"({"ids":["7"]})");
}

TEST_F(Service, ThatShowsADeletedObjectAsDeletedHasItNoMore) {
  const auto store = Open(std::string(kHead) + kPeople,
                          [](const OutboundRequest&) { return Reply(200, R"({"id": 7, "deleted": true})"); });
  EXPECT_EQ(*store->Delete(people_, {{"id", "7"}}, {}), WriteOutcome::kAlreadyDone);
  ASSERT_TRUE(store->Find(people_, {{"id", "7"}}, 1, sink_).ok());
  EXPECT_THAT(sink_.records, IsEmpty());
}

TEST_F(Service, ThatRefusesIsNamedByWhatItRefuses) {
  const std::vector<std::pair<int, std::string>> rows = {
      {401, "connect.login"},  {403, "connect.permission"}, {404, "connect.missing"}, {429, "connect.busy"},
      {500, "connect.failed"}, {302, "connect.failed"},     {503, "connect.busy"},    {418, "connect.failed"}};
  for (const auto& [status, code] : rows) {
    const auto store =
        Open(std::string(kHead) + kPeople, [status = status](const OutboundRequest&) { return Reply(status, "no"); });
    const Status streamed = store->Stream(people_, {}, sink_);
    ASSERT_FALSE(streamed.ok()) << status;
    EXPECT_EQ(streamed.error().code(), code) << status;
    EXPECT_THAT(streamed.error().DebugString(), Not(HasSubstr("token-1")));
  }
}

TEST_F(Service, ThatIsBusyOrFailsOnceIsAskedAgain) {
  patience_ = std::chrono::seconds(30);
  for (const int status : {429, 503, 500}) {
    int asked = 0;
    const auto store = Open(std::string(kHead) + kPeople, [&](const OutboundRequest&) {
      const bool is_first = ++asked == 1;
      return is_first ? Reply(status, "", {{"retry-after", "0"}}) : Reply(200, "{\"data\": [" + kOne + "]}");
    });
    KeepingSink sink;
    const Status streamed = store->Stream(people_, {}, sink);
    ASSERT_TRUE(streamed.ok()) << status << " " << streamed.error().DebugString();
    EXPECT_THAT(sink.Values("id"), ElementsAre("7")) << status;
    EXPECT_EQ(asked, 2);
  }
}

TEST_F(Service, IsNotToldTwiceToChangeWhenItFails) {
  const auto store = Open(std::string(kHead) + kPeople, [](const OutboundRequest& request) {
    return request.method == "GET" ? Reply(200, kOne) : Reply(500, "");
  });
  EXPECT_EQ(store->Delete(people_, {{"id", "7"}}, {}).error().code(), "connect.failed");
  EXPECT_THAT(Asked(), ElementsAre("GET /v2/people/7", "POST /v2/erase"));
}

TEST_F(Service, ThatAnswersNonsenseIsNotBelieved) {
  for (const char* body : {"<html>", "[]", R"({"data": {}})", R"({"error": "x"})"}) {
    const auto store = Open(std::string(kHead) + kPeople, [body](const OutboundRequest&) { return Reply(200, body); });
    EXPECT_EQ(store->Stream(people_, {}, sink_).error().code(), "connect.failed") << body;
  }
}

TEST_F(Service, ThatGivesOnePageForEverIsNotFollowedForEver) {
  for (const char* paging :
       {"style: cursor, parameter: after, next: next", "style: page, parameter: page",
        "style: offset, parameter: offset", "style: last_key, parameter: after", "style: next_url, next: next"}) {
    std::string text = std::string(kHead) + kPeople;
    text.replace(text.find("style: cursor, parameter: after, next: next"), 43, paging);
    const auto store = Open(text, [](const OutboundRequest&) {
      return Reply(200, "{\"data\": [" + kOne + "], \"next\": \"/v2/people?after=7\"}");
    });
    EXPECT_EQ(store->Stream(people_, {}, sink_).error().code(), "connect.paging_endless") << paging;
    EXPECT_LE(Asked().size(), 3u);
  }
}

TEST_F(Service, ThatPointsElsewhereGetsNoToken) {
  for (const char* next : {"https://evil.example.org/people", "http://127.0.0.1:81/people", "//evil.example.org/x"}) {
    std::string text = std::string(kHead) + kPeople;
    text.replace(text.find("style: cursor, parameter: after, next: next"), 43, "style: next_url, next: next");
    const auto store = Open(text, [next](const OutboundRequest&) {
      return Reply(200, "{\"data\": [" + kOne + "], \"next\": \"" + next + "\"}");
    });
    EXPECT_EQ(store->Stream(people_, {}, sink_).error().code(), "connect.paging_elsewhere") << next;
    EXPECT_THAT(Asked(), ElementsAre("GET /v2/people"));
  }
}

TEST_F(Service, WithoutADescriptionIsNotThere) {
  const auto store = Open(
      std::string(kHead) + kPeople, [](const OutboundRequest&) { return Reply(200, "{}"); }, "api:///absent");
  EXPECT_EQ(store->Describe().error().code(), "connect.database_missing");
  EXPECT_FALSE(store->Can(Capability::kDelete, people_));
}

TEST(ServiceCalls, PutValuesWhereTheyBelong) {
  EXPECT_EQ(Filled("/a/{key}/{other}", {{"key", "x/../y"}}, true), "/a/x%2F..%2Fy/{other}");
  EXPECT_EQ(Filled("email:{value}", {{"value", "a b"}}, false), "email:a b");
  EXPECT_EQ(NextLink(R"(<https://x.example.org/?p=1>; rel="previous", <https://x.example.org/?p=3>; rel="next")"),
            "https://x.example.org/?p=3");
  EXPECT_EQ(NextLink("<https://x.example.org/>; rel=\"last\""), "");
  EXPECT_EQ(NextLink("nonsense"), "");
}

TEST(ServicePace, StaysBelowTheRate) {
  Pace pace(ServiceRate{.requests = 2, .seconds = 10});
  const std::chrono::steady_clock::time_point start{};
  EXPECT_EQ(pace.Next(start), Duration::zero());
  EXPECT_EQ(pace.Next(start), Duration::zero());
  EXPECT_EQ(pace.Next(start), std::chrono::seconds(10));
  EXPECT_EQ(pace.Next(start + std::chrono::seconds(10)), Duration::zero());
  EXPECT_EQ(pace.Next(start + std::chrono::seconds(10)), std::chrono::seconds(10));
}

TEST(ServiceDescriptions, ThatAreWrongAreRefusedWithTheirLine) {
  const std::string good = std::string(kHead) + kPeople;
  ASSERT_TRUE(Packs(good).ok()) << Packs(good).error().DebugString();
  const std::vector<std::tuple<std::string, std::string, std::string>> rows = {
      {"style: cursor, parameter: after, next: next", "style: cursor, next: next", "needs `parameter`"},
      {"style: cursor, parameter: after, next: next", "style: next_url", "needs `next`"},
      {"field: email, call", "field: mail, call", "no field has this name"},
      {"{name: city, type: string}", "{name: email, type: string}", "a field further up"},
      {"{name: city, type: string}", "{name: city, refers_to: {collection: towns, field: id}}", "no collection"},
      {"    get: {path: '/people/{key}', gone: deleted}\n", "", "`get` is missing"},
      {"method: bearer", "method: header", "needs `name`"},
  };
  for (const auto& [before, after, problem] : rows) {
    std::string text = good;
    text.replace(text.find(before), before.size(), after);
    const auto packs = Packs(text);
    ASSERT_FALSE(packs.ok()) << after;
    EXPECT_EQ(packs.error().code(), "packs.invalid") << packs.error().DebugString();
    EXPECT_THAT(std::string(packs.error().Parameter("problem")), HasSubstr(problem));
    EXPECT_EQ(packs.error().Parameter("file"), "shop.yaml");
    EXPECT_NE(packs.error().Parameter("line"), "");
  }
  std::string misspelled = good;
  misspelled.replace(misspelled.find("style: cursor"), 13, "stile: cursor");
  EXPECT_EQ(Packs(misspelled).error().code(), "base.value_unknown_member");
}

// Every page of a list, as a server answers that pages in the style of the description.
class PagingServer {
 public:
  PagingServer(const ServiceCollection& collection, std::string host) : of_(collection), host_(std::move(host)) {}

  OutboundResponse Answer(const OutboundRequest& request) const {
    const std::size_t page = PageOf(request.url.query());
    Json items = Json::Array();
    for (std::size_t i = 2 * page; i < 2 * page + 2 && i < kObjects; ++i) items.Push(Object(i));
    const bool has_more = 2 * page + 2 < kObjects;
    const ServicePaging& paging = of_.paging;
    const std::string path = request.url.path() + "?page_of_test=" + std::to_string(page + 1);
    Json body = of_.list.items.empty() ? std::move(items) : Json::Object();
    if (!of_.list.items.empty()) connect_internal::PutAt(body, of_.list.items, std::move(items));
    if (!paging.more.empty()) connect_internal::PutAt(body, paging.more, has_more);
    if (has_more && paging.style == PagingStyle::kCursor) {
      connect_internal::PutAt(body, paging.next, "c" + std::to_string(page + 1));
    }
    if (has_more && paging.style == PagingStyle::kNextUrl) connect_internal::PutAt(body, paging.next, host_ + path);
    std::vector<OutboundHeader> headers;
    if (has_more && paging.style == PagingStyle::kLink) headers = {{"link", "<" + host_ + path + ">; rel=\"next\""}};
    return Reply(200, ToJson(body), std::move(headers));
  }
  static constexpr std::size_t kObjects = 5;

 private:
  Json Object(std::size_t number) const {
    Json object = Json::Object();
    for (const ServiceField& field : of_.fields) {
      const std::string path = field.from.empty() ? field.name : field.from;
      connect_internal::PutAt(object, path, field.name == of_.key ? "k" + std::to_string(number) : field.name);
    }
    return object;
  }
  std::size_t PageOf(const std::string& query) const {
    const auto value = [&](const std::string& name) {
      const std::size_t at = ("&" + query).find("&" + name + "=");
      return at == std::string::npos ? std::string()
                                     : query.substr(at + name.size() + 1, query.find('&', at) - at - name.size() - 1);
    };
    if (!value("page_of_test").empty()) return std::stoul(value("page_of_test"));
    const std::string mark = value(of_.paging.parameter);
    if (of_.paging.style == PagingStyle::kNone || mark.empty()) return 0;
    if (of_.paging.style == PagingStyle::kPage)
      return std::stoul(mark) - static_cast<std::size_t>(of_.paging.first_page);
    if (of_.paging.style == PagingStyle::kOffset) return (std::stoul(mark) + 1) / 2;
    if (of_.paging.style == PagingStyle::kLastKey) return (std::stoul(mark.substr(1)) + 2) / 2;
    return std::stoul(mark.substr(1));
  }

  const ServiceCollection& of_;
  const std::string host_;
};

TEST(ServiceDescriptions, OfTheProgramReadEveryPageAndSayThatNobodyVerifiedThem) {
  const auto packs = PackCatalog::Load({ServiceKind()}, BuiltInPackFiles("services/"));
  ASSERT_TRUE(packs.ok()) << packs.error().DebugString();
  const std::vector<ServiceSummary> services = ServicesIn(*packs);
  EXPECT_GE(services.size(), 6u);
  const SystemResolver resolver;
  for (const ServiceSummary& each : services) {
    EXPECT_FALSE(each.verified) << each.id;
    EXPECT_THAT(each.title, HasSubstr("not verified against the vendor"));
    const auto service =
        packs->Get<ServiceDescription>(kServiceKind, each.id, Date::FromYearMonthDay(2026, 11, 26).value()).value();
    for (const ServiceCollection& collection : service->collections) {
      const PagingServer server(collection, "http://127.0.0.1");
      const ConnectOptions options{.addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}},
                                   .packs = [&]() -> const PackCatalog& { return *packs; }};
      const auto url = ConnectionUrl::Parse("api://me:secret@127.0.0.1/" + each.id + "?account=42").value();
      const auto store = MakeHttpConnector(
          url, options, resolver,
          std::make_unique<FakeHttp>([&](const OutboundRequest& request) { return server.Answer(request); }));
      KeepingSink sink;
      const Status streamed = store->Stream({.name = {"", collection.name}}, {}, sink);
      ASSERT_TRUE(streamed.ok()) << each.id << " " << streamed.error().DebugString();
      EXPECT_THAT(sink.Values(collection.key), ElementsAre("k0", "k1", "k2", "k3", "k4")) << each.id;
      for (const ServiceField& field : collection.fields) {
        EXPECT_EQ(sink.Values(field.name).size(), PagingServer::kObjects) << each.id << " " << field.name;
      }
    }
  }
}

}  // namespace
}  // namespace privity
