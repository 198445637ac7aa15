#include "connect/redis/redis_session.h"

#include <algorithm>

namespace privity::connect_internal {
namespace {

constexpr std::uint16_t kDefaultPort = 6379;

}  // namespace

Result<std::unique_ptr<RedisSession>> RedisSession::Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                         const Resolver& resolver) {
  std::unique_ptr<RedisSession> session(new RedisSession(url.Label(), options));
  PRIVITY_TRY(StoreStream opened, OpenStoreStream(url, kDefaultPort, url.scheme() == "rediss", options, resolver));
  session->stream_ = std::move(opened.stream);
  session->is_encrypted_ = opened.is_encrypted;
  PRIVITY_TRY_VOID(session->LogIn(url));
  return session;
}

Status RedisSession::LogIn(const ConnectionUrl& url) {
  if (!url.password().Reveal().empty()) {
    Command login = {"AUTH"};
    if (!url.user().empty()) login.push_back(url.user());
    login.push_back(url.password().Reveal());
    const auto said = Ask(login, "login");
    if (!said.ok())
      return said.error().Is("connect.failed") ? Error("connect.login", {{"store", label_}}) : said.error();
  }
  const std::string database = url.path().size() > 1 ? url.path().substr(1) : "0";
  const bool is_number = std::ranges::all_of(database, [](char c) { return c >= '0' && c <= '9'; });
  const auto taken = is_number ? Ask({"SELECT", database}, "login") : Error("connect.failed");
  if (taken.ok()) return Ok();
  if (taken.error().Is("connect.failed")) return Error("connect.database_missing", {{"store", label_}});
  return taken.error();
}

Error RedisSession::Lost(Error error) {
  is_lost_ = true;
  return error;
}

Status RedisSession::Send(std::string_view bytes, const std::string& place) {
  const Status sent = stream_->Send(bytes);
  return sent.ok() ? Ok() : Status(Lost(StoreError(sent.error(), label_, place)));
}

Result<std::unique_ptr<RedisReply>> RedisSession::Next(const std::string& place) {
  auto reply = ReceiveReply(replies_, *stream_, label_, place);
  if (!reply.ok()) return Lost(reply.error());
  return reply;
}

Error RedisSession::Refusal(const RedisReply& reply, const std::string& place) const {
  const auto as = [&](std::string_view code) {
    return Error(std::string(code), {{"store", label_}, {"place", place}});
  };
  if (reply.IsError("WRONGPASS") || reply.IsError("NOAUTH")) return Error("connect.login", {{"store", label_}});
  if (reply.IsError("NOPERM")) return as("connect.permission");
  if (reply.IsError("READONLY")) return Error("connect.read_only", {{"store", label_}});
  if (reply.IsError("LOADING") || reply.IsError("BUSY") || reply.IsError("TRYAGAIN")) return as("connect.busy");
  // The code is the first word; what follows may repeat a key.
  return as("connect.failed").With("reason", reply.text.substr(0, reply.text.find(' ')));
}

Result<RedisReply> RedisSession::Ask(const Command& command, const std::string& place) {
  PRIVITY_TRY_VOID(Send(RedisCommand({command.begin(), command.end()}), place));
  PRIVITY_TRY(const auto reply, Next(place));
  if (reply->kind == RedisReply::Kind::kError) return Refusal(*reply, place);
  return std::move(*reply);
}

Status RedisSession::AskAll(const std::vector<Command>& commands, const std::string& place, const OnReply& on_reply) {
  std::string bytes;
  for (const Command& command : commands) bytes += RedisCommand({command.begin(), command.end()});
  PRIVITY_TRY_VOID(Send(bytes, place));
  for (std::size_t i = 0; i < commands.size(); ++i) {
    PRIVITY_TRY(const auto reply, Next(place));
    Status status = on_reply(i, *reply);
    if (status.ok() && options_.stop.stop_requested()) {
      status = Error("connect.cancelled", {{"store", label_}, {"place", place}});
    }
    if (!status.ok()) return Lost(std::move(status).error());
  }
  return Ok();
}

}  // namespace privity::connect_internal
