#include "net/outbound.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>

#include "net/testing/scripted_server.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

// What a connection to a company's own test server would be given.
OutboundPolicy LoopbackAllowed() {
  OutboundPolicy policy;
  policy.addresses.allowed_networks = {Network::Parse("127.0.0.0/8").value()};
  policy.allow_http = true;
  return policy;
}

OutboundRequest Get(const std::string& url) {
  OutboundRequest request{.url = Url::Parse(url).value()};
  request.limits = {.connect_timeout = 5s,
                    .total_timeout = 10s,
                    .stall_timeout = 5s,
                    .response_bytes_max = 1'000'000,
                    .redirects_max = 5};
  return request;
}

class OutboundTest : public testing::Test {
 protected:
  Result<OutboundResponse> Send(const OutboundRequest& request, const OutboundPolicy& policy = LoopbackAllowed()) {
    return GuardedHttp(resolver_).Send(request, policy);
  }
  FakeResolver resolver_;
};

TEST_F(OutboundTest, CarriesMethodHeadersBodyAndBringsTheAnswerBack) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(201, "made", "X-Kind: Test\r\n"); });
  auto request = Get(server.url("/things?a=1"));
  request.method = "POST";
  request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
  request.authorization = SecretString("Bearer t0ken");
  request.body = std::string("{\"a\":\0}", 7);
  const auto response = Send(request);
  ASSERT_TRUE(response.ok()) << response.error().DebugString();
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(response->body, "made");
  EXPECT_EQ(response->Header("x-kind"), "Test");
  const std::string sent = server.requests().at(0);
  EXPECT_THAT(sent, testing::StartsWith("POST /things?a=1 HTTP/1.1\r\n"));
  EXPECT_THAT(sent, HasSubstr("\r\nContent-Type: application/json\r\n"));
  EXPECT_THAT(sent, HasSubstr("\r\nX-Empty:\r\n"));
  EXPECT_THAT(sent, HasSubstr("\r\nAuthorization: Bearer t0ken\r\n"));
  EXPECT_THAT(sent, HasSubstr("\r\nUser-Agent: Privity\r\n"));
  EXPECT_TRUE(sent.ends_with(request.body));
}

TEST_F(OutboundTest, SendsABodyThatIsReadPieceByPiece) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(200, ""); });
  const std::string content(300'000, 'x');
  auto request = Get(server.url());
  request.method = "POST";
  std::size_t at = 0;
  request.upload = {.size_bytes = static_cast<std::int64_t>(content.size()),
                    .read = [&](std::span<char> piece) -> Result<std::size_t> {
                      const std::size_t got = content.copy(piece.data(), piece.size(), at);
                      at += got;
                      return got;
                    }};
  ASSERT_TRUE(Send(request).ok());
  EXPECT_THAT(server.requests().at(0), HasSubstr("\r\nContent-Length: 300000\r\n"));
  EXPECT_TRUE(server.requests().at(0).ends_with("\r\n\r\n" + content));

  request.upload->read = [](std::span<char>) -> Result<std::size_t> { return Error("test.unreadable"); };
  EXPECT_EQ(Send(request).error().code(), "test.unreadable");
}

TEST_F(OutboundTest, ABodyThatCanBeReadOnceIsNotSentAgain) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(307, "", "Location: /again\r\n"); });
  auto request = Get(server.url());
  request.method = "POST";
  request.limits.redirects_max = 3;
  request.upload = {.size_bytes = 1, .read = [](std::span<char> piece) -> Result<std::size_t> {
                      piece[0] = 'x';
                      return 1;
                    }};
  EXPECT_EQ(Send(request).error().code(), "net.redirect_refused");
}

TEST_F(OutboundTest, AnErrorStatusIsAnAnswer) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(503, "later", "Retry-After: 7\r\n"); });
  EXPECT_EQ(Send(Get(server.url())).value().status, 503);
}

TEST_F(OutboundTest, LoopbackIsRefusedUnlessAllowed) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(200, ""); });
  OutboundPolicy policy;
  policy.allow_http = true;
  EXPECT_EQ(Send(Get(server.url()), policy).error().DebugString(),
            "net.address_refused{host=127.0.0.1, address=127.0.0.1, class=loopback}");
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(OutboundTest, HttpIsRefusedUnlessAllowed) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(200, ""); });
  auto policy = LoopbackAllowed();
  policy.allow_http = false;
  EXPECT_TRUE(Send(Get(server.url()), policy).error().Is("net.scheme_refused"));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(OutboundTest, ANameWithOneForbiddenAddressIsRefusedAsAWhole) {
  resolver_.Set("mixed.example.org", {{"93.184.216.34", "169.254.169.254"}});
  EXPECT_TRUE(Send(Get("https://mixed.example.org/")).error().Is("net.address_refused"));
}

// DNS rebinding: the name is good when it is checked and loopback a moment later. It is asked once, so the later answer
// is never seen.
TEST_F(OutboundTest, ANameThatChangesItsAddressIsAskedOnlyOnce) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(200, "pinned"); });
  resolver_.Set("rebind.example.org", {{"127.0.0.1"}, {"127.0.0.2"}});
  const auto response = Send(Get("http://rebind.example.org:" + std::to_string(server.port()) + "/"));
  ASSERT_TRUE(response.ok()) << response.error().DebugString();
  EXPECT_EQ(response->body, "pinned");
  EXPECT_EQ(resolver_.asked(), 1);
}

TEST_F(OutboundTest, ARedirectIsCheckedFromTheBeginningAlsoWhenTheNameStaysTheSame) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(302, "", "Location: /again\r\n"); });
  resolver_.Set("rebind.example.org", {{"127.0.0.1"}, {"10.0.0.1"}});
  const auto response = Send(Get("http://rebind.example.org:" + std::to_string(server.port()) + "/"));
  EXPECT_EQ(response.error().Parameter("address"), "10.0.0.1");
  EXPECT_EQ(server.requests().size(), 1u);
}

struct RedirectRow {
  const char* location;
  const char* code;
};

TEST_F(OutboundTest, ARedirectCannotLeadWhereARequestCouldNot) {
  for (const RedirectRow& row :
       {RedirectRow{"http://10.0.0.1/", "net.address_refused"},
        RedirectRow{"http://169.254.169.254/latest/meta-data/", "net.address_refused"},
        RedirectRow{"http://[::ffff:127.0.0.1]/", "net.address_refused"},
        RedirectRow{"http://[::1]/", "net.address_refused"}, RedirectRow{"http://0.0.0.0/", "net.address_refused"},
        RedirectRow{"http://2130706433/", "net.redirect_refused"},
        RedirectRow{"http://0x7f.1/", "net.redirect_refused"},
        RedirectRow{"file:///etc/passwd", "net.redirect_refused"},
        RedirectRow{"gopher://127.0.0.1:25/_x", "net.redirect_refused"},
        RedirectRow{"http://a@127.0.0.1/", "net.redirect_refused"},
        RedirectRow{"http://nowhere.example.org/", "net.name_unknown"}}) {
    ScriptedServer server(
        [&](const std::string&) { return HttpAnswer(302, "", "Location: " + std::string(row.location) + "\r\n"); });
    const auto response = Send(Get(server.url()));
    ASSERT_FALSE(response.ok()) << row.location;
    EXPECT_EQ(response.error().code(), row.code) << row.location;
  }
}

TEST_F(OutboundTest, RedirectsAreCountedAndReportedAsTheyAreWhenNoneMayBeFollowed) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(302, "", "Location: /again\r\n"); });
  auto request = Get(server.url());
  request.limits.redirects_max = 3;
  EXPECT_TRUE(Send(request).error().Is("net.redirects_exceeded"));
  EXPECT_EQ(server.requests().size(), 4u);
  request.limits.redirects_max = 0;
  EXPECT_EQ(Send(request).value().status, 302);
}

TEST_F(OutboundTest, CredentialsStayWithTheOriginTheyWereMeantFor) {
  ScriptedServer other([](const std::string&) { return HttpAnswer(200, "arrived"); });
  ScriptedServer server(
      [&](const std::string&) { return HttpAnswer(307, "", "Location: " + other.url("/x") + "\r\n"); });
  auto request = Get(server.url());
  request.authorization = SecretString("Bearer t0ken");
  request.headers = {{"X-Api-Key", "k3y"}, {"Accept", "text/plain"}};
  EXPECT_EQ(Send(request).value().body, "arrived");
  EXPECT_THAT(other.requests().at(0), Not(HasSubstr("t0ken")));
  EXPECT_THAT(other.requests().at(0), Not(HasSubstr("k3y")));
  EXPECT_THAT(other.requests().at(0), HasSubstr("Accept: text/plain"));
}

TEST_F(OutboundTest, ABodyDoesNotFollowToAnotherOriginButAnswersWithGetWhere303SaysSo) {
  ScriptedServer other([](const std::string&) { return HttpAnswer(200, "seen"); });
  int status = 308;
  ScriptedServer server(
      [&](const std::string&) { return HttpAnswer(status, "", "Location: " + other.url() + "\r\n"); });
  auto request = Get(server.url());
  request.method = "POST";
  request.body = "personal";
  EXPECT_TRUE(Send(request).error().Is("net.redirect_refused"));
  status = 303;
  EXPECT_EQ(Send(request).value().body, "seen");
  EXPECT_THAT(other.requests(), ElementsAre(testing::AllOf(testing::StartsWith("GET / "), Not(HasSubstr("personal")))));
}

TEST_F(OutboundTest, AnAnswerOverTheLimitIsCutOffAnnouncedOrNot) {
  const std::string big(100'001, 'x');
  ScriptedServer announced([&](const std::string&) { return HttpAnswer(200, big); });
  ScriptedServer silent([&](const std::string&) { return "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + big; });
  for (const ScriptedServer* server : {&announced, &silent}) {
    auto request = Get(server->url());
    request.limits.response_bytes_max = 100'000;
    EXPECT_TRUE(Send(request).error().Is("net.too_large"));
    request.limits.response_bytes_max = 100'001;
    EXPECT_EQ(Send(request).value().body.size(), 100'001u);
  }
}

TEST_F(OutboundTest, EndlessHeadersAreCutOff) {
  std::string headers;
  for (int i = 0; i < 2000; ++i) headers += "X-" + std::to_string(i) + ": " + std::string(60, 'x') + "\r\n";
  ScriptedServer server([&](const std::string&) { return HttpAnswer(200, "", headers); });
  EXPECT_TRUE(Send(Get(server.url())).error().Is("net.too_large"));
}

TEST_F(OutboundTest, ASilentServerEndsInATimeOutAndAStopRequestEndsItSooner) {
  ScriptedServer server([](const std::string&) { return ""; });
  auto request = Get(server.url());
  request.limits.total_timeout = 200ms;
  EXPECT_EQ(Send(request).error().DebugString(), "net.timeout{host=127.0.0.1, phase=transfer}");
  request.limits.total_timeout = 60s;
  std::stop_source source;
  request.stop = source.get_token();
  source.request_stop();
  EXPECT_TRUE(Send(request).error().Is("net.cancelled"));
}

TEST_F(OutboundTest, AStreamedBodyArrivesInPiecesAndTheReceiverMayStopIt) {
  const std::string big(300'000, 'x');
  ScriptedServer server([&](const std::string&) { return HttpAnswer(200, big); });
  auto request = Get(server.url());
  std::string received;
  request.on_body = [&](std::string_view piece) {
    received += piece;
    return Ok();
  };
  const auto response = Send(request);
  EXPECT_EQ(received, big);
  EXPECT_EQ(response.value().body, "");
  request.on_body = [](std::string_view) -> Status { return Error("test.enough"); };
  EXPECT_TRUE(Send(request).error().Is("test.enough"));
}

TEST_F(OutboundTest, ALineBreakInAHeaderIsRefusedBeforeAnythingIsSent) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(200, ""); });
  for (const OutboundHeader& header : {OutboundHeader{"X-A", "b\r\nX-Evil: 1"}, OutboundHeader{"X-A", "b\n"},
                                       OutboundHeader{"X-A: b\r\nX-Evil", "1"}, OutboundHeader{"", "1"}}) {
    auto request = Get(server.url());
    request.headers = {header};
    EXPECT_TRUE(Send(request).error().Is("net.header_invalid")) << header.name;
  }
  auto request = Get(server.url());
  request.authorization = SecretString("Bearer a\r\nX-Evil: 1");
  EXPECT_TRUE(Send(request).error().Is("net.header_invalid"));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(OutboundTest, ProxiesOfTheEnvironmentAreIgnored) {
  ScriptedServer proxy([](const std::string&) { return HttpAnswer(200, "from the proxy"); });
  ScriptedServer server([](const std::string&) { return HttpAnswer(200, "direct"); });
  setenv("http_proxy", proxy.url().c_str(), 1);
  setenv("ALL_PROXY", proxy.url().c_str(), 1);
  EXPECT_EQ(Send(Get(server.url())).value().body, "direct");
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
}

TEST_F(OutboundTest, AConfiguredProxyIsAskedToConnectAndKeepsLiteralAddressesOut) {
  ScriptedServer proxy([](const std::string&) { return HttpAnswer(502, ""); });
  const GuardedHttp http(resolver_,
                         OutboundProxy{.url = Url::Parse(proxy.url()).value(), .credentials = SecretString("u:p")});
  EXPECT_FALSE(http.Send(Get("https://api.example.org/"), OutboundPolicy{}).ok());
  EXPECT_THAT(proxy.requests().at(0), testing::StartsWith("CONNECT api.example.org:443 HTTP/1.1\r\n"));
  EXPECT_TRUE(http.Send(Get("https://10.0.0.1/"), OutboundPolicy{}).error().Is("net.address_refused"));
  EXPECT_EQ(proxy.requests().size(), 1u);
}

TEST_F(OutboundTest, AUnixSocketIsReachedByPath) {
  char dir[] = "/tmp/privity-net-XXXXXX";
  ASSERT_NE(mkdtemp(dir), nullptr);
  const std::string path = std::string(dir) + "/s";
  {
    ScriptedServer server([](const std::string&) { return HttpAnswer(200, "local"); }, path);
    EXPECT_EQ(SendToUnixSocket(path, Get("http://localhost/v1/health")).value().body, "local");
    EXPECT_THAT(server.requests().at(0), testing::StartsWith("GET /v1/health HTTP/1.1\r\nHost: localhost\r\n"));
  }
  std::filesystem::remove_all(dir);
  EXPECT_TRUE(SendToUnixSocket(path, Get("http://localhost/")).error().Is("net.connect_failed"));
}

TEST_F(OutboundTest, AnErrorNeverNamesPathQueryOrHeader) {
  ScriptedServer server([](const std::string&) { return "nonsense"; });
  auto request = Get(server.url("/hook/s3cret-path?token=s3cret-query"));
  request.authorization = SecretString("s3cret-header");
  const auto response = Send(request);
  ASSERT_FALSE(response.ok());
  EXPECT_THAT(response.error().DebugString(), Not(HasSubstr("s3cret")));
}

TEST(SystemResolver, KnowsLocalhostAndRefusesNothingItself) {
  const auto addresses = SystemResolver().Resolve("localhost", 5s);
  ASSERT_TRUE(addresses.ok());
  EXPECT_EQ(addresses->front().Class(), AddressClass::kLoopback);
}

TEST(CheckTarget, ADatabaseOnLoopbackNeedsItsNetworkAllowed) {
  EXPECT_TRUE(CheckTarget(SystemResolver(), "localhost", 5432, AddressPolicy{}, 5s).error().Is("net.address_refused"));
  const auto target = CheckTarget(SystemResolver(), "127.0.0.1", 5432, LoopbackAllowed().addresses, 5s);
  EXPECT_EQ(target.value().addresses, std::vector{IpAddress::Parse("127.0.0.1").value()});
}

}  // namespace
}  // namespace privity
