// One client's connection: reads requests one after another, has them answered, writes the answers. See core.h.
#pragma once

#include "http/internal/core.h"
#include "http/internal/request_parser.h"

namespace privity::internal {

// Lives on its core's thread. The coroutine Run() owns it; the core knows it to sweep and to stop it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Core& core, const Listener& listener, int socket, Peer peer);
  ~Connection();

  Task<> Run();

  // What the core's clockwork may do to it.
  void ExpireIfLate(SteadyTime now);
  void EndWhenIdle();
  void Cut();

 private:
  enum class Outcome { kContinue, kClose };
  struct Exchange;

  // Transport.
  IoStep TryRead(std::span<char> out);
  IoStep TryWrite(std::string_view first, std::string_view second);
  Task<bool> Wait(IoStatus for_what);
  Task<bool> Fill();
  Task<bool> Send(std::string_view first, std::string_view second = {});
  Task<bool> Handshake();
  Task<> Linger();
  void Allow(std::chrono::milliseconds time) { until_ = std::chrono::steady_clock::now() + time; }
  std::chrono::milliseconds TransferTime(std::uint64_t bytes) const;

  // Requests.
  Task<bool> WaitForRequest();
  Task<Result<std::size_t>> ReadHeader();
  void Describe(Request& request);
  Task<Outcome> ServeOne();
  Task<Result<void>> ReadBodyPiece(RequestParser& parser, std::string& piece, SteadyTime started,
                                   std::uint64_t& received);
  Task<Result<void>> ReadWholeBody(RequestParser& parser, Request& request);
  Task<Result<void>> InviteBody(const RequestParser& parser);
  Task<Result<Response>> TakeUpload(RequestParser& parser, Request request);
  Task<Result<Response>> Produce(RequestParser& parser, Request& request, const Plan& plan);
  template <class Work>
  Task<Result<void>> Quickly(Work& work);
  template <class Work>
  Task<Result<void>> OnWorker(Work& work, bool admitted);

  // Answers.
  std::string HeadOf(const Response& response, const Exchange& exchange, std::optional<std::uint64_t> length,
                     bool chunked) const;
  Task<bool> Answer(Response response, Exchange& exchange);
  Task<bool> AnswerFromSource(const Response& response, BodySource& source, Exchange& exchange);
  Task<bool> AnswerWithEvents(const Response& response, std::shared_ptr<EventChannel> channel, Exchange& exchange);
  Task<bool> SendEvents(std::string_view text, bool chunked);
  Task<bool> WaitForNews(bool chunked);

  Core& core_;
  Shared& shared_;
  const Listener& listener_;
  const Peer peer_;
  const std::string peer_name_;  // as requests name it
  Descriptor socket_;
  std::unique_ptr<TlsSession> tls_;
  std::string in_;  // received and not consumed: the rest of this request and the beginning of the next
  SteadyTime until_ = SteadyTime::max();
  bool expired_ = false;  // until_ has passed
  bool cut_ = false;
  bool idle_ = false;  // between requests
  bool waiting_for_news_ = false;
  std::string worker_key_;  // requests with one key wait behind each other, not before others
  std::shared_ptr<EventChannel> events_;
};

}  // namespace privity::internal
