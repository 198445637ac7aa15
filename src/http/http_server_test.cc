#include "http/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>

#include "base/clock.h"
#include "http/testing/raw_client.h"

namespace privity {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using testing::Ask;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::RawResponse;
using ::testing::StartsWith;

// Opens once; whoever waits goes on.
class Gate {
 public:
  void Open() {
    {
      const std::lock_guard lock(mutex_);
      open_ = true;
    }
    opened_.notify_all();
  }
  void Close() {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  bool Wait(std::chrono::seconds at_most = 20s) {
    std::unique_lock lock(mutex_);
    return opened_.wait_for(lock, at_most, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

class Countdown final : public BodySource {
 public:
  Countdown(std::size_t bytes, bool tells_size, std::size_t fails_after = SIZE_MAX)
      : left_(bytes), size_(bytes), tells_size_(tells_size), fails_after_(fails_after) {}
  Result<std::size_t> Read(std::span<std::byte> out) override {
    if (size_ - left_ >= fails_after_) return Error("test.disk_gone");
    const std::size_t now = std::min(out.size(), left_);
    std::fill_n(out.begin(), now, std::byte{'x'});
    left_ -= now;
    return now;
  }
  std::optional<std::uint64_t> size_bytes() const override {
    return tells_size_ ? std::optional<std::uint64_t>(size_) : std::nullopt;
  }

 private:
  std::size_t left_;
  const std::size_t size_;
  const bool tells_size_;
  const std::size_t fails_after_;
};

// Says what it was asked, and plays what the tests need: slow handlers, streams, events, uploads.
class TestHandler final : public HttpHandler {
 public:
  Plan PlanFor(const Request& head) override {
    Plan plan;
    plan.body_bytes_max = 64 * 1024;
    if (head.path == "/upload") {
      plan.body = Plan::Body::kStream;
      plan.body_bytes_max = 8 * 1024 * 1024;
    }
    if (head.path == "/inline") plan.thread = Plan::Thread::kInputOutput;
    if (head.query == "quick") plan.thread = Plan::Thread::kQuick;
    return plan;
  }

  Response Handle(const Request& request) override {
    ++handled;
    if (request.path == "/slow") {
      slow_started.Open();
      slow_may_end.Wait();
    }
    if (request.path == "/throw") throw std::runtime_error("a bug");
    Response response;
    if (request.path == "/sized") {
      response.body = std::make_unique<Countdown>(200'000, true);
    } else if (request.path == "/chunked") {
      response.body = std::make_unique<Countdown>(200'000, false);
    } else if (request.path == "/breaks") {
      response.body = std::make_unique<Countdown>(200'000, true, 70'000);
    } else if (request.path == "/big") {
      response.body = std::string(32 * 1024 * 1024, 'x');
    } else if (request.path == "/events") {
      auto channel = std::make_shared<EventChannel>();
      channel->OnClose([this] { events_closed.Open(); });
      {
        const std::lock_guard lock(mutex);
        events = channel;
      }
      response.headers.Add("Content-Type", "text/event-stream");
      response.body = channel;
    } else {
      response = Response::Text(200, "text/plain",
                                request.method + " " + request.path + "?" + request.query + " " + request.body);
      response.headers.Add("X-Client", request.client_address);
      if (request.unix_peer_uid) response.headers.Add("X-Uid", std::to_string(*request.unix_peer_uid));
      response.headers.Add("X-Tls", request.over_tls ? "yes" : "no");
    }
    return response;
  }

  std::variant<Response, std::unique_ptr<BodySink>> OpenUpload(Request head) override {
    if (head.headers.Find("X-Refuse")) return Response::Text(403, "text/plain", "no");
    return std::make_unique<Sink>(*this);
  }

  Response Refuse(const Request&, const Error& error) override {
    int status = 400;
    if (error.Is("http.header_too_large")) status = 431;
    if (error.Is("http.body_too_large")) status = 413;
    if (error.Is("http.busy")) status = 503;
    if (error.Is("http.timeout")) status = 408;
    if (error.Is("http.not_implemented")) status = 501;
    if (error.Is("http.handler_failed")) status = 500;
    return Response::Text(status, "text/plain", error.DebugString());
  }

  Gate slow_started, slow_may_end, events_closed;
  std::atomic<int> handled{0}, uploads_dropped{0};
  std::mutex mutex;
  std::shared_ptr<EventChannel> events;

 private:
  struct Sink final : BodySink {
    explicit Sink(TestHandler& handler_in) : handler(handler_in) {}
    ~Sink() override { handler.uploads_dropped += finished ? 0 : 1; }
    Result<void> Write(BytesView piece) override {
      bytes += piece.size();
      pieces_max = std::max(pieces_max, piece.size());
      return Ok();
    }
    Response Finish() override {
      finished = true;
      return Response::Text(201, "text/plain",
                            std::to_string(bytes) + (pieces_max < 256 * 1024 ? " in small pieces" : " at once"));
    }
    TestHandler& handler;
    std::size_t bytes = 0, pieces_max = 0;
    bool finished = false;
  };
};

class HttpServerTest : public ::testing::Test {
 protected:
  void StartServer(HttpOptions options = {}) {
    options.io_threads = 2;
    auto started = HttpServer::Start(options, {{.name = "test", .address = "127.0.0.1:0", .handler = &handler}}, clock);
    ASSERT_TRUE(started.ok()) << started.error().DebugString();
    server = *std::move(started);
    address = server->addresses().front();
  }
  void TearDown() override { handler.slow_may_end.Open(); }

  SystemClock clock;
  TestHandler handler;
  std::unique_ptr<HttpServer> server;
  std::string address;
};

TEST_F(HttpServerTest, AnswersARequestAndKeepsTheConnection) {
  StartServer();
  RawClient client(address);
  client.Send("GET /a%20b?q=1 HTTP/1.1\r\nHost: x\r\n\r\n");
  const RawResponse first = client.ReadResponse();
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.body, "GET /a%20b?q=1 ");
  EXPECT_THAT(std::string(first.headers.Get("Date")), HasSubstr("GMT"));
  EXPECT_NE(first.headers.Get("X-Request-Id"), "");
  client.Send("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(client.ReadResponse().body, "POST /b? hello");
}

TEST_F(HttpServerTest, PipelinedRequestsAreAnsweredInOrderOneAtATime) {
  StartServer();
  RawClient client(address);
  client.Send(
      "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\noneGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nthr\r\n2\r\nee\r\n0\r\n\r\n\r\nGET "
      "/inline HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.ReadResponse().body, "POST /1? one");
  EXPECT_EQ(client.ReadResponse().body, "GET /2? ");
  EXPECT_EQ(client.ReadResponse().body, "POST /3? three");
  EXPECT_EQ(client.ReadResponse().body, "GET /inline? ");
}

TEST_F(HttpServerTest, RequestsInOneByteFramesAreRead) {
  StartServer();
  RawClient client(address);
  for (const char c : std::string_view("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                                       "chunked\r\n\r\n4;a=b\r\nslow\r\n0\r\nTrailer: t\r\n\r\n")) {
    ASSERT_TRUE(client.Send(std::string(1, c)));
  }
  EXPECT_EQ(client.ReadResponse().body, "POST /x? slow");
}

struct Malformed {
  const char* name;
  const char* request;
  int status;
};
class MalformedRequest : public HttpServerTest, public ::testing::WithParamInterface<Malformed> {};

// Each of these two parsers could read differently, or is not HTTP at all. RFC 9112
// sections 2.2, 3.2, 5.1, 5.2, 6.1, 6.3, 7.1.
INSTANTIATE_TEST_SUITE_P(
    All, MalformedRequest,
    ::testing::Values(
        Malformed{"content_length_and_chunked",
                  "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                  400},
        Malformed{"chunked_and_content_length",
                  "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                  400},
        Malformed{"two_content_lengths",
                  "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400},
        Malformed{"two_equal_content_lengths",
                  "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
        Malformed{"content_length_list", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc", 400},
        Malformed{"signed_content_length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", 400},
        Malformed{"negative_content_length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nabc", 400},
        Malformed{"overflowing_content_length",
                  "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551617\r\n\r\na", 400},
        Malformed{"unknown_transfer_coding",
                  "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        Malformed{"chunked_twice", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                  501},
        Malformed{"chunked_not_last",
                  "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 501},
        Malformed{
            "two_transfer_encodings",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400},
        Malformed{"chunked_in_http_1_0", "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                  400},
        Malformed{"bare_lf_after_request_line", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400},
        Malformed{"bare_lf_after_field", "GET / HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n", 400},
        Malformed{"bare_cr_in_field", "GET / HTTP/1.1\r\nHost: x\rX-A: b\r\n\r\n", 400},
        Malformed{"folded_field", "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n", 400},
        Malformed{"field_before_name", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400},
        Malformed{"space_before_colon", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nabc", 400},
        Malformed{"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
        Malformed{"two_hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
        Malformed{"host_with_user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
        Malformed{"host_with_path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        Malformed{"relative_target", "GET index HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Malformed{"fragment", "GET /#a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Malformed{"two_spaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Malformed{"tab_in_request_line", "GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Malformed{"http_2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
        Malformed{"http_0_9", "GET /\r\n\r\n", 400},
        Malformed{"connect", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", 501},
        Malformed{"unknown_expectation", "POST / HTTP/1.1\r\nHost: x\r\nExpect: miracle\r\nContent-Length: 1\r\n\r\na",
                  400},
        Malformed{"chunk_size_not_hex", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        Malformed{"negative_chunk_size", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400},
        Malformed{"chunk_size_overflow",
                  "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n", 400},
        Malformed{"chunk_without_crlf",
                  "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\naXX0\r\n\r\n", 400},
        Malformed{"bare_lf_after_chunk_size",
                  "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n", 400},
        Malformed{"tls_hello", "\x16\x03\x01\x02\x01\x01\x01\x01\r\n\r\n", 400}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_P(MalformedRequest, IsRefusedAndTheConnectionEnds) {
  StartServer();
  RawClient client(address);
  client.Send(std::string(GetParam().request) + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  client.CloseSending();
  const RawResponse response = client.ReadResponse();
  EXPECT_EQ(response.status, GetParam().status) << response.body;
  EXPECT_EQ(response.headers.Get("Connection"), "close");
  EXPECT_EQ(client.ReceiveToEnd(), "") << "nothing after the refusal may be answered";
  EXPECT_EQ(handler.handled, 0);
}

TEST_F(HttpServerTest, AbsoluteTargetNamesTheHost) {
  StartServer();
  EXPECT_EQ(Ask(address, "GET http://example.org?a=b HTTP/1.1\r\nHost: other\r\n\r\n").body, "GET /?a=b ");
}

TEST_F(HttpServerTest, HeadHasTheHeaderOfGetAndNoBody) {
  StartServer();
  RawClient client(address);
  client.Send("HEAD /x HTTP/1.1\r\nHost: x\r\n\r\nGET /y HTTP/1.1\r\nHost: x\r\n\r\n");
  const RawResponse head = client.ReadResponse(true);
  EXPECT_EQ(head.headers.Get("Content-Length"), "9");
  EXPECT_EQ(client.ReadResponse().body, "GET /y? ");
}

TEST_F(HttpServerTest, Http10ClosesUnlessAskedToStay) {
  StartServer();
  RawClient closing(address);
  closing.Send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_THAT(closing.ReceiveToEnd(), HasSubstr("GET /? "));
  RawClient staying(address);
  staying.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(staying.ReadResponse().headers.Get("Connection"), "keep-alive");
  staying.Send("GET /again HTTP/1.0\r\n\r\n");
  EXPECT_EQ(staying.ReadResponse().body, "GET /again? ");
}

TEST_F(HttpServerTest, ContinueIsSentOnlyWhenTheBodyIsWelcome) {
  StartServer();
  RawClient welcome(address);
  welcome.Send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(welcome.ReadResponse().status, 100);
  welcome.Send("ok");
  EXPECT_EQ(welcome.ReadResponse().body, "POST /? ok");
  RawClient too_much(address);
  too_much.Send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n");
  EXPECT_EQ(too_much.ReadResponse().status, 413);
}

TEST_F(HttpServerTest, TooLargeHeadersAndBodiesAreRefusedWithAnAnswerThatArrives) {
  StartServer();
  EXPECT_EQ(Ask(address, "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(40'000, 'a') + "\r\n\r\n").status, 431);
  std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 101; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
  EXPECT_EQ(Ask(address, many + "\r\n").status, 431);
  EXPECT_EQ(Ask(address, "GET /" + std::string(40'000, 'a')).status, 431);
  EXPECT_EQ(
      Ask(address, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n" + std::string(65537, 'a')).status,
      413);
  EXPECT_EQ(Ask(address,
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n" + std::string(65537, 'a'))
                .status,
            413);
  EXPECT_EQ(
      Ask(address, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n" + std::string(65536, 'a')).status,
      200);
  EXPECT_EQ(handler.handled, 1);
}

TEST_F(HttpServerTest, EndlessChunkExtensionsAndTrailersAreRefused) {
  StartServer();
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(Ask(address, head + "1;" + std::string(100'000, 'e')).status, 400);
  std::string trailers = head + "0\r\n";
  for (int i = 0; i < 10'000; ++i) trailers += "X-Trailer-" + std::to_string(i) + ": a\r\n";
  EXPECT_EQ(Ask(address, trailers).status, 400);
}

TEST_F(HttpServerTest, AHandlerThatThrowsCostsOnlyItsOwnRequest) {
  StartServer();
  RawClient client(address);
  client.Send("GET /throw HTTP/1.1\r\nHost: x\r\n\r\n");
  const RawResponse response = client.ReadResponse();
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, Not(HasSubstr("a bug")));
  client.Send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.ReadResponse().status, 200);
}

TEST_F(HttpServerTest, RequestIdsAreTakenOverWhenTheyAreSane) {
  StartServer();
  EXPECT_EQ(Ask(address, "GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: trace-7.a_b\r\n\r\n").headers.Get("X-Request-Id"),
            "trace-7.a_b");
  EXPECT_NE(Ask(address, "GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: Ab\r\n\r\n").headers.Get("X-Request-Id"), "Ab");
  const std::string long_id(65, 'a');
  EXPECT_NE(
      Ask(address, "GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + long_id + "\r\n\r\n").headers.Get("X-Request-Id"),
      long_id);
}

TEST_F(HttpServerTest, StreamsABodyOfKnownAndUnknownSize) {
  StartServer();
  const RawResponse sized = Ask(address, "GET /sized HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(sized.headers.Get("Content-Length"), "200000");
  EXPECT_EQ(sized.body, std::string(200'000, 'x'));
  const RawResponse chunked = Ask(address, "GET /chunked HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(chunked.headers.Get("Transfer-Encoding"), "chunked");
  EXPECT_EQ(chunked.body, std::string(200'000, 'x'));
  RawClient old(address);
  old.Send("GET /chunked HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const RawResponse to_end = old.ReadResponse();
  EXPECT_EQ(to_end.headers.Get("Connection"), "close");
  EXPECT_EQ(to_end.body, std::string(200'000, 'x'));
}

TEST_F(HttpServerTest, AStreamThatFailsIsCutOffAndNotFinished) {
  StartServer();
  RawClient client(address);
  client.Send("GET /breaks HTTP/1.1\r\nHost: x\r\n\r\n");
  const RawResponse response = client.ReadResponse();
  EXPECT_LT(response.body.size(), 200'000u);
  EXPECT_TRUE(client.at_end());
}

TEST_F(HttpServerTest, TakesAnUploadPieceByPiece) {
  StartServer();
  const std::string body(5'000'000, 'u');
  EXPECT_EQ(Ask(address, "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n" + body).body,
            "5000000 in small pieces");
  EXPECT_EQ(
      Ask(address, "POST /upload HTTP/1.1\r\nHost: x\r\nX-Refuse: 1\r\nContent-Length: 5000000\r\n\r\n" + body).status,
      403);
  EXPECT_EQ(Ask(address, "POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n900000\r\n").status,
            413);
  EXPECT_EQ(handler.uploads_dropped, 1) << "an upload that was refused midway leaves nothing";
}

TEST_F(HttpServerTest, AnUploadWhoseClientLeavesIsDropped) {
  StartServer();
  {
    RawClient client(address);
    client.Send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
  }
  const auto until = std::chrono::steady_clock::now() + 10s;
  while (handler.uploads_dropped == 0 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(handler.uploads_dropped, 1);
}

std::shared_ptr<EventChannel> ChannelOf(TestHandler& handler) {
  const std::lock_guard lock(handler.mutex);
  return handler.events;
}

TEST_F(HttpServerTest, EventsArriveAsTheyAreSentAndHeartbeatsBetweenThem) {
  HttpOptions options;
  options.limits.heartbeat_every = 300ms;
  StartServer(options);
  RawClient client(address);
  client.Send("GET /events HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client.Receive(), HasSubstr("text/event-stream"));
  ASSERT_TRUE(ChannelOf(handler)->Send("progress", "first\nsecond", "7"));
  EXPECT_EQ(client.Receive(), "id: 7\nevent: progress\ndata: first\ndata: second\n\n");
  EXPECT_EQ(client.Receive(), ": still here\n\n");
  ChannelOf(handler)->Send("progress", "last");
  ChannelOf(handler)->Close();
  EXPECT_THAT(client.ReceiveToEnd(), HasSubstr("data: last"));
}

TEST_F(HttpServerTest, AnEventClientThatLeavesClosesItsChannel) {
  StartServer();
  {
    RawClient client(address);
    client.Send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.Receive(), HasSubstr("200 OK"));
  }
  EXPECT_TRUE(handler.events_closed.Wait());
  EXPECT_FALSE(ChannelOf(handler)->Send("late", "news"));
}

TEST_F(HttpServerTest, AnEventClientThatDoesNotReadIsLetGo) {
  StartServer();
  RawClient client(address);
  client.SetReceiveBuffer(4096);
  client.Send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.Receive(), HasSubstr("200 OK"));
  const std::string news(16 * 1024, 'n');
  bool taken = true;
  for (int i = 0; i < 5'000 && taken; ++i) taken = ChannelOf(handler)->Send("flood", news);
  EXPECT_FALSE(taken) << "what waits for one slow client is bounded";
}

TEST_F(HttpServerTest, SlowHeadersAndSlowBodiesTimeOutAndIdleConnectionsEnd) {
  HttpOptions options;
  options.limits.header_max = 400ms;
  options.limits.idle_max = 400ms;
  options.limits.transfer_grace = 400ms;
  StartServer(options);
  RawClient idle(address), slow_header(address), slow_body(address);
  slow_header.Send("GET / HTTP/1.1\r\nHo");
  slow_body.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na");
  EXPECT_EQ(slow_header.ReadResponse().status, 408);
  EXPECT_EQ(slow_body.ReadResponse().status, 408);
  EXPECT_EQ(idle.ReceiveToEnd(), "");
  EXPECT_TRUE(idle.at_end());
  EXPECT_EQ(server->counters().timed_out, 2u);
}

TEST_F(HttpServerTest, AClientThatDoesNotReadItsAnswerIsCut) {
  HttpOptions options;
  options.limits.transfer_grace = 400ms;
  options.limits.transfer_bytes_per_second_min = 64 * 1024 * 1024;
  StartServer(options);
  RawClient client(address);
  client.SetReceiveBuffer(4096);
  client.Send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto until = std::chrono::steady_clock::now() + 10s;
  while (server->counters().connections_open > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(5ms);
  EXPECT_EQ(server->counters().connections_open, 0u);
}

TEST_F(HttpServerTest, AFloodOfIdleAndSlowConnectionsDoesNotStopOthers) {
  StartServer();
  std::vector<std::unique_ptr<RawClient>> flood;
  for (int i = 0; i < 300; ++i) {
    flood.push_back(std::make_unique<RawClient>(address));
    if (i % 3 == 1) flood.back()->Send("GET / HTTP/1.1\r\nX: ");
    if (i % 3 == 2) flood.back()->Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\na");
  }
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(Ask(address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

TEST_F(HttpServerTest, AHalfOpenClientStillGetsItsAnswer) {
  StartServer();
  RawClient client(address);
  client.Send("GET /half HTTP/1.1\r\nHost: x\r\n\r\n");
  client.CloseSending();
  EXPECT_EQ(client.ReadResponse().body, "GET /half? ");
}

TEST_F(HttpServerTest, ConnectionsPerAddressAreLimited) {
  HttpOptions options;
  options.limits.connections_per_address_max = 2;
  StartServer(options);
  RawClient first(address), second(address);
  first.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  second.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(first.ReadResponse().status, 200);
  EXPECT_EQ(second.ReadResponse().status, 200);
  RawClient third(address);
  EXPECT_EQ(third.ReceiveToEnd(), "");
  EXPECT_EQ(server->counters().connections_refused, 1u);
}

TEST_F(HttpServerTest, AFullQueueAnswersBusyAndInlineHandlersGoOn) {
  HttpOptions options;
  options.worker_threads_max = 1;
  options.worker_queue_max = 1;
  StartServer(options);
  RawClient running(address), waiting(address), refused(address);
  running.Send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(handler.slow_started.Wait());
  waiting.Send("GET /waiting HTTP/1.1\r\nHost: x\r\n\r\n");
  while (server->counters().workers_waiting_requests == 0) std::this_thread::sleep_for(1ms);
  refused.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(refused.ReadResponse().status, 503);
  EXPECT_EQ(Ask(address, "GET /inline HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
  handler.slow_may_end.Open();
  EXPECT_EQ(running.ReadResponse().status, 200);
  EXPECT_EQ(waiting.ReadResponse().status, 200);
}

// Both cores' threads are held up at once; the same connections are served on when they are free again.
TEST_F(HttpServerTest, WhatWasToBeQuickAndIsNotHoldsUpNobodyElse) {
  StartServer();
  std::vector<std::unique_ptr<RawClient>> slow, others;
  for (int i = 0; i < 16; ++i) {
    slow.push_back(std::make_unique<RawClient>(address));
    others.push_back(std::make_unique<RawClient>(address));
  }
  for (int round = 0; round < 3; ++round) {
    for (const auto& client : others) client->Send("GET /a?quick HTTP/1.1\r\nHost: x\r\n\r\n");
    for (const auto& client : others) EXPECT_EQ(client->ReadResponse().body, "GET /a?quick ");
    if (round != 1) continue;
    for (const auto& client : slow) client->Send("GET /slow?quick HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(handler.slow_started.Wait());
    for (const auto& client : others) client->Send("GET /b?quick HTTP/1.1\r\nHost: x\r\n\r\n");
    for (const auto& client : others) EXPECT_EQ(client->ReadResponse().body, "GET /b?quick ");
    handler.slow_may_end.Open();
    for (const auto& client : slow) EXPECT_EQ(client->ReadResponse().status, 200);
  }
}

TEST_F(HttpServerTest, AQuickHandlerThatThrowsCostsOnlyItsOwnRequest) {
  StartServer();
  RawClient client(address);
  client.Send("GET /throw?quick HTTP/1.1\r\nHost: x\r\n\r\nGET /a?quick HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.ReadResponse().status, 500);
  EXPECT_EQ(client.ReadResponse().body, "GET /a?quick ");
}

TEST_F(HttpServerTest, StopLetsTheRunningRequestFinish) {
  for (const std::string target : {"/slow", "/slow?quick"}) {
    StartServer();
    RawClient busy(address), idle(address);
    idle.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(idle.ReadResponse().status, 200);  // what was never accepted would be reset instead of ended
    busy.Send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(handler.slow_started.Wait());
    auto stopping = std::async(std::launch::async, [&] { server->Stop(10s); });
    EXPECT_EQ(idle.ReceiveToEnd(), "") << "idle connections end at once";
    handler.slow_may_end.Open();
    const RawResponse response = busy.ReadResponse();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.Get("Connection"), "close");
    stopping.get();
    handler.slow_started.Close();
    handler.slow_may_end.Close();
  }
}

TEST_F(HttpServerTest, StopEndsEventStreamsAndDoesNotWaitForTheClient) {
  StartServer();
  RawClient client(address);
  client.Send("GET /events HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client.Receive(), HasSubstr("200 OK"));
  const auto began = std::chrono::steady_clock::now();
  server->Stop(10s);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  EXPECT_EQ(client.ReceiveToEnd(), "");
}

TEST_F(HttpServerTest, OnlyATrustedProxyIsBelieved) {
  StartServer();
  const std::string forged =
      "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: https\r\n\r\n";
  const RawResponse not_believed = Ask(address, forged);
  EXPECT_EQ(not_believed.headers.Get("X-Client"), "127.0.0.1");
  EXPECT_EQ(not_believed.headers.Get("X-Tls"), "no");
  HttpOptions options;
  options.trusted_proxies = {"127.0.0.0/8"};
  StartServer(options);
  const RawResponse believed = Ask(address, forged);
  EXPECT_EQ(believed.headers.Get("X-Client"), "192.0.2.9");
  EXPECT_EQ(believed.headers.Get("X-Tls"), "yes");
}

TEST_F(HttpServerTest, TheUnixSocketTellsWhoIsThere) {
  const auto folder = std::filesystem::temp_directory_path() / ("privity-http-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const std::string local = "unix:" + (folder / "s.sock").string();
  const auto start = [&] {
    return HttpServer::Start({}, {{.name = "local", .address = local, .handler = &handler}}, clock);
  };
  {
    auto started = start();
    ASSERT_TRUE(started.ok()) << started.error().DebugString();
    struct stat info {};
    ASSERT_EQ(::stat((folder / "s.sock").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    const RawResponse response = Ask(local, "GET / HTTP/1.1\r\nHost: local\r\n\r\n");
    EXPECT_EQ(response.headers.Get("X-Uid"), std::to_string(::getuid()));
    EXPECT_EQ(response.headers.Get("X-Client"), "unix");
    EXPECT_EQ(start().error().code(), "http.address_in_use") << "a live socket is not taken away";
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "s.sock"));
  std::filesystem::remove_all(folder);
}

TEST_F(HttpServerTest, APortInUseIsRefusedAlthoughOurOwnSocketsShareIt) {
  StartServer();
  const auto second = HttpServer::Start({}, {{.name = "test", .address = address, .handler = &handler}}, clock);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code(), "http.address_in_use");
}

TEST_F(HttpServerTest, PlainTextBeyondLoopbackIsRefusedUnlessAllowed) {
  ListenerOptions listener{.name = "console", .address = "0.0.0.0:0", .handler = &handler};
  EXPECT_EQ(HttpServer::Start({}, {listener}, clock).error().code(), "http.plain_refused");
  listener.allow_plain_beyond_loopback = true;
  EXPECT_TRUE(HttpServer::Start({}, {listener}, clock).ok());
}

}  // namespace
}  // namespace privity
