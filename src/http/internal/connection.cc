#include "http/internal/connection.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <charconv>

#include "base/http_status.h"

namespace privity::internal {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kPieceBytes = 64 * 1024;       // of a streamed body
constexpr std::size_t kFramingBytesMax = 16 * 1024;  // chunk header with extensions, or trailers
constexpr std::size_t kSmallBodyBytes = 16 * 1024;   // travels in one buffer with its header
constexpr std::size_t kLingerBytesMax = 8 * 1024 * 1024;
constexpr std::size_t kIdleBufferBytes = 1024;

Error TimedOut() {
  return Error("http.timeout");
}
Error Gone() {
  return Error("http.client_gone");
}

// The alphabet of ledger words, so that the id can stand in an entry.
bool IsRequestId(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

bool HasNoBody(int status) {
  return status < 200 || status == 204 || status == 304;
}

// False when `work` threw: a handler's bug costs its own request an answer of 500, not everybody the process.
template <class Work>
bool Runs(Work& work) {
  try {
    work();
    return true;
  } catch (...) {
    return false;
  }
}

void AppendNumber(std::string& out, std::uint64_t number, int base = 10) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof(digits), number, base).ptr);
}

}  // namespace

// What the answer must know of its request.
struct Connection::Exchange {
  bool is_head = false;
  bool is_http_1_0 = false;
  bool keep_alive = false;
  std::string request_id;
};

Connection::Connection(Core& core, const Listener& listener, int socket, Peer peer)
    : core_(core),
      shared_(core.shared()),
      listener_(listener),
      peer_(std::move(peer)),
      peer_name_(peer_.address ? peer_.address->ToString() : "unix"),
      socket_(core.context().get_executor(), socket),
      tls_(listener.tls ? listener.tls->NewSession(socket) : nullptr) {
  ++shared_.counters.connections_open;
}

Connection::~Connection() {
  if (events_) {
    events_->OnPending(nullptr);
    events_->Close();
  }
  core_.Forget(this);
  --shared_.counters.connections_open;
  if (peer_.counted_as.empty()) return;
  shared_.connections_by_address.With([&](auto& counts) {
    const auto count = counts.find(peer_.counted_as);
    if (--count->second == 0) counts.erase(count);
  });
}

void Connection::ExpireIfLate(SteadyTime now) {
  if (now < until_ || expired_) return;
  expired_ = true;
  socket_.cancel();
}

void Connection::EndWhenIdle() {
  if (events_) events_->Close();
  if (idle_) socket_.cancel();
}

void Connection::Cut() {
  cut_ = true;
  if (events_) events_->Close();
  socket_.cancel();
}

// ---- Transport

IoStep Connection::TryRead(std::span<char> out) {
  if (tls_) return tls_->Read(out);
  const ssize_t received = ::recv(socket_.native_handle(), out.data(), out.size(), 0);
  if (received > 0) return {IoStatus::kDone, static_cast<std::size_t>(received)};
  return {received < 0 && (errno == EAGAIN || errno == EINTR) ? IoStatus::kWantRead : IoStatus::kClosed, 0};
}

IoStep Connection::TryWrite(std::string_view first, std::string_view second) {
  if (tls_) return tls_->Write(first.empty() ? second : first);
  std::array<iovec, 2> parts = {iovec{const_cast<char*>(first.data()), first.size()},
                                iovec{const_cast<char*>(second.data()), second.size()}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  const ssize_t sent = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
  if (sent >= 0) return {IoStatus::kDone, static_cast<std::size_t>(sent)};
  return {errno == EAGAIN || errno == EINTR ? IoStatus::kWantWrite : IoStatus::kClosed, 0};
}

Task<bool> Connection::Wait(IoStatus for_what) {
  if (expired_ || cut_ || for_what == IoStatus::kClosed) co_return false;
  const auto type = for_what == IoStatus::kWantWrite ? Descriptor::wait_write : Descriptor::wait_read;
  auto [problem] = co_await socket_.async_wait(type, asio::as_tuple(kAwait));
  co_return !problem && !expired_ && !cut_;
}

Task<bool> Connection::Fill() {
  for (;;) {
    const IoStep step = TryRead(core_.scratch());
    if (step.status == IoStatus::kDone) {
      in_.append(core_.scratch().data(), step.bytes);
      shared_.counters.bytes_received += step.bytes;
      co_return true;
    }
    const bool ready = co_await Wait(step.status);
    if (!ready) co_return false;
  }
}

// A piece must leave within TransferTime of its size, so that a reader of one byte a minute cannot hold it for ever.
Task<bool> Connection::Send(std::string_view first, std::string_view second) {
  Allow(TransferTime(first.size() + second.size()));
  while (!first.empty() || !second.empty()) {
    const IoStep step = TryWrite(first, second);
    if (step.status != IoStatus::kDone) {
      const bool ready = co_await Wait(step.status);
      if (!ready) co_return false;
      continue;
    }
    shared_.counters.bytes_sent += step.bytes;
    const std::size_t of_first = std::min(step.bytes, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(step.bytes - of_first);
  }
  until_ = SteadyTime::max();
  co_return true;
}

Task<bool> Connection::Handshake() {
  Allow(shared_.options.limits.handshake_max);
  for (;;) {
    const IoStatus status = tls_->Handshake();
    if (status == IoStatus::kDone) co_return true;
    const bool ready = co_await Wait(status);
    if (!ready) co_return false;
  }
}

// After an answer that left part of the request unread: closing at once would make the kernel send a reset, which can
// erase the answer before the client has read it (RFC 9112 section 9.6).
Task<> Connection::Linger() {
  if (expired_ || cut_) co_return;
  if (tls_) tls_->Close();
  ::shutdown(socket_.native_handle(), SHUT_WR);
  Allow(2s);
  std::size_t dropped = 0;
  while (dropped < kLingerBytesMax) {
    in_.clear();
    const ssize_t received = ::recv(socket_.native_handle(), core_.scratch().data(), core_.scratch().size(), 0);
    if (received > 0) {
      dropped += static_cast<std::size_t>(received);
      continue;
    }
    if (received == 0 || errno != EAGAIN) co_return;
    const bool ready = co_await Wait(IoStatus::kWantRead);
    if (!ready) co_return;
  }
}

std::chrono::milliseconds Connection::TransferTime(std::uint64_t bytes) const {
  const HttpLimits& limits = shared_.options.limits;
  return limits.transfer_grace + std::chrono::milliseconds(bytes * 1000 / limits.transfer_bytes_per_second_min);
}

// ---- Requests

Task<> Connection::Run() {
  if (tls_) {
    const bool secured = co_await Handshake();
    if (!secured) co_return;
  }
  for (;;) {
    const bool has_request = co_await WaitForRequest();
    if (!has_request) break;
    const Outcome outcome = co_await ServeOne();
    if (outcome == Outcome::kClose) break;
  }
  if (tls_) tls_->Close();
}

// True when the first byte of a request is here.
Task<bool> Connection::WaitForRequest() {
  if (shared_.ending) co_return false;
  if (!in_.empty()) co_return true;
  if (in_.capacity() > kIdleBufferBytes) std::string().swap(in_);  // an idle connection holds no buffer
  Allow(shared_.options.limits.idle_max);
  idle_ = true;
  bool has_byte = true;
  if (!tls_) has_byte = co_await Wait(IoStatus::kWantRead);
  if (has_byte) has_byte = co_await Fill();
  idle_ = false;
  co_return has_byte;
}

// The size of the header at the front of in_.
Task<Result<std::size_t>> Connection::ReadHeader() {
  const HttpLimits& limits = shared_.options.limits;
  Allow(limits.header_max);
  if (in_.starts_with("\r\n")) in_.erase(0, 2);  // RFC 9112 section 2.2: some clients end a body with one too many
  std::size_t searched = 0;
  for (;;) {
    const std::size_t end = FindHeaderEnd(in_, searched);
    if (end > limits.header_bytes_max || (end == 0 && in_.size() > limits.header_bytes_max)) {
      co_return Error("http.header_too_large");
    }
    if (end > 0) co_return end;
    const bool filled = co_await Fill();
    if (!filled) co_return expired_ ? TimedOut() : Gone();
  }
}

void Connection::Describe(Request& request) {
  request.received_at = std::chrono::steady_clock::now();
  request.unix_peer_uid = peer_.unix_uid;
  request.over_tls = tls_ != nullptr;
  const std::string_view id = request.headers.Get("X-Request-Id");
  request.request_id = IsRequestId(id) ? std::string(id) : core_.NewRequestId();
  request.peer_address = peer_name_;
  request.client_address = request.peer_address;
  worker_key_ = request.client_address;
  if (!peer_.address || shared_.trusted_proxies.empty()) return;
  const PeerAddress client =
      ClientBehindProxies(*peer_.address, request.headers.Joined("X-Forwarded-For"), shared_.trusted_proxies);
  request.client_address = client.ToString();
  worker_key_ = request.client_address;
  const bool from_proxy = std::any_of(shared_.trusted_proxies.begin(), shared_.trusted_proxies.end(),
                                      [&](const PeerRange& range) { return range.Contains(*peer_.address); });
  if (from_proxy) request.over_tls = request.over_tls || request.headers.Get("X-Forwarded-Proto") == "https";
}

Task<Connection::Outcome> Connection::ServeOne() {
  const HttpLimits& limits = shared_.options.limits;
  RequestParser parser(limits.header_count_max);
  Request request;
  Result<std::size_t> header = co_await ReadHeader();
  until_ = SteadyTime::max();
  std::optional<Error> refused;
  if (!header) {
    if (header.error().Is("http.client_gone")) co_return Outcome::kClose;
    refused = header.error();
  } else {
    Result<void> parsed = parser.ParseHeader(std::string_view(in_).substr(0, *header), request);
    in_.erase(0, *header);
    if (!parsed) refused = parsed.error();
  }
  Describe(request);
  Exchange exchange;
  exchange.is_head = request.method == "HEAD";
  exchange.request_id = request.request_id;
  ++shared_.counters.requests;

  Result<Response> answer = Response();
  if (!refused) {
    exchange.is_http_1_0 = parser.is_http_1_0();
    const Plan plan = listener_.handler->PlanFor(request);
    answer = co_await Produce(parser, request, plan);
  } else {
    answer = *refused;
  }
  if (!answer) {
    if (answer.error().Is("http.client_gone") || cut_) co_return Outcome::kClose;
    ++shared_.counters.refused;
    if (answer.error().Is("http.timeout")) {
      ++shared_.counters.timed_out;
      expired_ = false;  // the answer has its own time
    }
    answer = listener_.handler->Refuse(request, answer.error());
  }
  const bool whole_request_read = !refused && parser.done();
  exchange.keep_alive = whole_request_read && parser.keep_alive() && !shared_.ending;
  const bool sent = co_await Answer(std::move(*answer), exchange);
  if (sent && exchange.keep_alive) co_return Outcome::kContinue;
  if (sent && !whole_request_read) co_await Linger();
  co_return Outcome::kClose;
}

// Appends what is here of the body to `piece`, after waiting for at least some progress.
Task<Result<void>> Connection::ReadBodyPiece(RequestParser& parser, std::string& piece, SteadyTime started,
                                             std::uint64_t& received) {
  for (;;) {
    if (!in_.empty()) {
      const Result<std::size_t> consumed = parser.ParseBody(in_, piece);
      if (!consumed) co_return consumed.error();
      in_.erase(0, *consumed);
      received += *consumed;
      if (parser.done() || *consumed > 0) co_return Ok();
      if (in_.size() > kFramingBytesMax) co_return Error("http.malformed", {{"problem", "chunk header"}});
    }
    until_ = started + TransferTime(received);
    const bool filled = co_await Fill();
    if (!filled) co_return expired_ ? TimedOut() : Gone();
  }
}

// A client that asked first waits for our word before it sends its body (RFC 9110 section 10.1.1).
Task<Result<void>> Connection::InviteBody(const RequestParser& parser) {
  if (parser.done() || !parser.expects_continue() || !in_.empty()) co_return Ok();
  const bool sent = co_await Send("HTTP/1.1 100 Continue\r\n\r\n");
  if (!sent) co_return Gone();
  co_return Ok();
}

Task<Result<void>> Connection::ReadWholeBody(RequestParser& parser, Request& request) {
  Result<void> invited = co_await InviteBody(parser);
  if (!invited) co_return invited;
  const SteadyTime started = std::chrono::steady_clock::now();
  std::uint64_t received = 0;
  request.body.reserve(
      static_cast<std::size_t>(std::min<std::uint64_t>(parser.content_length().value_or(0), kPieceBytes)));
  while (!parser.done()) {
    Result<void> piece = co_await ReadBodyPiece(parser, request.body, started, received);
    if (!piece) co_return piece;
  }
  until_ = SteadyTime::max();
  co_return Ok();
}

Task<Result<Response>> Connection::Produce(RequestParser& parser, Request& request, const Plan& plan) {
  if (parser.content_length().value_or(0) > plan.body_bytes_max) co_return Error("http.body_too_large");
  parser.set_body_bytes_max(plan.body_bytes_max);
  if (plan.body == Plan::Body::kStream) {
    Result<Response> uploaded = co_await TakeUpload(parser, request);
    co_return std::move(uploaded);
  }
  if (!parser.done()) {
    Result<void> read = co_await ReadWholeBody(parser, request);
    if (!read) co_return read.error();
  }
  Response response;
  auto handle = [&] { response = listener_.handler->Handle(request); };
  if (plan.thread == Plan::Thread::kInputOutput) {
    if (!Runs(handle)) co_return Error("http.handler_failed");
  } else if (plan.thread == Plan::Thread::kQuick && core_.HasRelief()) {
    Result<void> ran = co_await Quickly(handle);
    if (!ran) co_return ran.error();
  } else {
    Result<void> ran = co_await OnWorker(handle, false);
    if (!ran) co_return ran.error();
  }
  co_return std::move(response);
}

// The sink's calls run on workers, one piece at a time: a slow upload holds no thread while it waits for bytes.
Task<Result<Response>> Connection::TakeUpload(RequestParser& parser, Request request) {
  std::variant<Response, std::unique_ptr<BodySink>> opened;
  auto open = [&] { opened = listener_.handler->OpenUpload(std::move(request)); };
  Result<void> state = co_await OnWorker(open, false);
  if (!state) co_return state.error();
  if (Response* response = std::get_if<Response>(&opened)) co_return std::move(*response);
  std::unique_ptr<BodySink> sink = std::move(std::get<std::unique_ptr<BodySink>>(opened));

  state = co_await InviteBody(parser);
  const SteadyTime started = std::chrono::steady_clock::now();
  std::uint64_t received = 0;
  std::string piece;
  auto write = [&] { state = sink->Write(AsBytes(piece)); };
  while (state.ok() && !parser.done()) {
    state = co_await ReadBodyPiece(parser, piece, started, received);
    if (!state.ok() || piece.empty() || (piece.size() < kPieceBytes && !parser.done())) continue;
    until_ = SteadyTime::max();
    const Result<void> ran = co_await OnWorker(write, true);
    if (!ran) state = ran;
    piece.clear();
  }
  until_ = SteadyTime::max();
  Response response;
  auto finish = [&] {
    if (state.ok()) response = sink->Finish();
    sink.reset();
  };
  const Result<void> ran = co_await OnWorker(finish, true);
  if (!ran) co_return ran.error();
  if (!state.ok()) co_return state.error();
  co_return std::move(response);
}

// Runs `work` on this thread. When it was held up, another one serves the core by now: what is left of the request goes
// there. http.handler_failed: it threw.
template <class Work>
Task<Result<void>> Connection::Quickly(Work& work) {
  bool ran = false;
  auto run = [&] { ran = Runs(work); };
  const bool still_serving = core_.RunHere(run);
  if (!still_serving) co_await asio::post(core_.context().get_executor(), kAwait);
  if (!ran) co_return Error("http.handler_failed");
  co_return Ok();
}

// Runs `work` on a worker and comes back to this thread. http.busy: it was not taken (`admitted` work is never refused
// for lack of room). http.handler_failed: it threw. The work may refer to the waiting coroutine's variables: they stay
// until it is done.
template <class Work>
Task<Result<void>> Connection::OnWorker(Work& work, bool admitted) {
  std::optional<Error> failure;
  co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
      [&](auto handler) {
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        const Executor executor = core_.context().get_executor();
        auto task = [&work, &failure, resume, executor]() mutable {
          if (!Runs(work)) failure = Error("http.handler_failed");
          asio::post(executor, [resume = std::move(resume)] { std::move (*resume)(); });
        };
        const bool taken = admitted ? shared_.pool.Post(worker_key_, task) : shared_.pool.TryPost(worker_key_, task);
        if (taken) return;
        failure = Error("http.busy");
        asio::post(executor, [resume = std::move(resume)] { std::move (*resume)(); });
      },
      kAwait);
  if (failure) co_return *std::move(failure);
  co_return Ok();
}

// ---- Answers

std::string Connection::HeadOf(const Response& response, const Exchange& exchange, std::optional<std::uint64_t> length,
                               bool chunked) const {
  std::string head;
  head.reserve(512);
  head += "HTTP/1.1 ";
  AppendNumber(head, static_cast<std::uint64_t>(response.status));
  head += ' ';
  head += HttpStatusName(response.status);
  head += "\r\n";
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    const auto [name, value] = response.headers.at(i);
    head.append(name).append(": ").append(value).append("\r\n");
  }
  head += core_.DateField();
  head.append("X-Request-Id: ").append(exchange.request_id).append("\r\n");
  if (length) {
    head += "Content-Length: ";
    AppendNumber(head, *length);
    head += "\r\n";
  }
  if (chunked) head += "Transfer-Encoding: chunked\r\n";
  if (!exchange.keep_alive) {
    head += "Connection: close\r\n";
  } else if (exchange.is_http_1_0) {
    head += "Connection: keep-alive\r\n";
  }
  head += "\r\n";
  return head;
}

// May turn exchange.keep_alive off, when only the end of the connection can tell the end of the body.
Task<bool> Connection::Answer(Response response, Exchange& exchange) {
  if (auto* source = std::get_if<std::unique_ptr<BodySource>>(&response.body)) {
    const bool sent = co_await AnswerFromSource(response, **source, exchange);
    auto close = [&] { source->reset(); };  // closing a file may block
    co_await OnWorker(close, true);
    co_return sent;
  }
  if (auto* channel = std::get_if<std::shared_ptr<EventChannel>>(&response.body)) {
    const bool sent = co_await AnswerWithEvents(response, *channel, exchange);
    co_return sent;
  }
  std::string_view body = response.text();
  const bool no_body = HasNoBody(response.status);
  std::string head =
      HeadOf(response, exchange, no_body ? std::nullopt : std::optional<std::uint64_t>(body.size()), false);
  if (no_body || exchange.is_head) body = {};
  if (body.size() <= kSmallBodyBytes) {
    head += body;
    body = {};
  }
  const bool sent = co_await Send(head, body);
  co_return sent;
}

Task<bool> Connection::AnswerFromSource(const Response& response, BodySource& source, Exchange& exchange) {
  const std::optional<std::uint64_t> size = source.size_bytes();
  const bool chunked = !size && !exchange.is_http_1_0;
  if (!size && !chunked) exchange.keep_alive = false;
  std::string frame = HeadOf(response, exchange, size, chunked);
  std::string piece(exchange.is_head ? 0 : kPieceBytes, '\0');
  Result<std::size_t> read = std::size_t{0};
  auto read_next = [&] { read = source.Read(std::as_writable_bytes(std::span(piece))); };
  std::uint64_t total = 0;
  while (!exchange.is_head) {
    const Result<void> ran = co_await OnWorker(read_next, true);
    if (!ran || !read || cut_) co_return false;  // cut off: half an answer must not look like a whole one
    total += *read;
    if (size && (total > *size || (*read == 0 && total < *size))) co_return false;
    if (*read == 0) break;
    if (chunked) {
      AppendNumber(frame, *read, 16);
      frame += "\r\n";
    }
    const bool sent = co_await Send(frame, std::string_view(piece).substr(0, *read));
    if (!sent) co_return false;
    frame = chunked ? "\r\n" : "";
  }
  if (chunked && !exchange.is_head) frame += "0\r\n\r\n";
  const bool sent = co_await Send(frame);
  co_return sent;
}

Task<bool> Connection::SendEvents(std::string_view text, bool chunked) {
  std::string frame;
  if (chunked) AppendNumber(frame, text.size(), 16);
  if (chunked) frame += "\r\n";
  frame += text;
  if (chunked) frame += "\r\n";
  const bool sent = co_await Send(frame);
  co_return sent;
}

Task<bool> Connection::AnswerWithEvents(const Response& response, std::shared_ptr<EventChannel> channel,
                                        Exchange& exchange) {
  const bool chunked = !exchange.is_http_1_0;
  if (!chunked) exchange.keep_alive = false;
  events_ = channel;
  channel->OnPending([weak = weak_from_this(), executor = core_.context().get_executor()] {
    asio::post(executor, [weak] {
      const auto self = weak.lock();
      if (self && self->waiting_for_news_) self->socket_.cancel();
    });
  });
  if (shared_.ending) channel->Close();
  const std::string head = HeadOf(response, exchange, std::nullopt, chunked);
  bool alive = co_await Send(head);
  while (alive && !exchange.is_head) {
    const bool closed = channel->closed();  // asked first: what was sent before closing still goes out
    const std::string news = channel->TakePending();
    if (!news.empty()) {
      alive = co_await SendEvents(news, chunked);
    } else if (closed) {
      break;
    } else {
      alive = co_await WaitForNews(chunked);
    }
  }
  channel->OnPending(nullptr);
  events_.reset();
  channel->Close();
  if (alive && chunked && !exchange.is_head) alive = co_await Send("0\r\n\r\n");
  co_return alive;
}

// Returns when there may be news, or after a heartbeat; false when the client is gone.
Task<bool> Connection::WaitForNews(bool chunked) {
  Allow(shared_.options.limits.heartbeat_every);
  waiting_for_news_ = true;
  auto [problem] = co_await socket_.async_wait(Descriptor::wait_read, asio::as_tuple(kAwait));
  waiting_for_news_ = false;
  until_ = SteadyTime::max();
  if (cut_) co_return false;
  if (expired_) {
    expired_ = false;
    const bool sent = co_await SendEvents(": still here\n\n", chunked);
    co_return sent;
  }
  if (problem) co_return true;  // woken
  const IoStep step = TryRead(core_.scratch());
  if (step.status == IoStatus::kDone) in_.append(core_.scratch().data(), step.bytes);
  co_return step.status != IoStatus::kClosed&& in_.size() <= kFramingBytesMax;
}

void Serve(Core& core, const Listener& listener, int socket, Peer peer) {
  auto connection = std::make_shared<Connection>(core, listener, socket, std::move(peer));
  core.Adopt(connection.get());
  asio::co_spawn(
      core.context(), [](std::shared_ptr<Connection> self) -> Task<> { co_await self->Run(); }(std::move(connection)),
      asio::detached);
}

}  // namespace privity::internal
