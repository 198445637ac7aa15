// One connection to a Redis server: commands out, replies in.
#pragma once

#include <functional>
#include <memory>

#include "connect/connector.h"
#include "connect/internal/store_stream.h"
#include "connect/redis/redis_reply.h"

namespace privity::connect_internal {

class RedisSession {
 public:
  using Command = std::vector<std::string>;

  // Logs in and takes the database. Errors: those of OpenStoreStream, connect.login, connect.database_missing.
  static Result<std::unique_ptr<RedisSession>> Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                    const Resolver& resolver);

  bool is_lost() const { return is_lost_; }
  bool is_encrypted() const { return is_encrypted_; }

  // One command and its reply. An error of the server becomes one of ours: connect.permission, connect.busy,
  // connect.read_only, connect.failed{reason}.
  Result<RedisReply> Ask(const Command& command, const std::string& place);
  // All of them are sent before the first reply is read; each reply is handed on as it comes, errors of the server
  // included. An error of `on_reply` ends the connection, for replies are still on their way.
  using OnReply = std::function<Status(std::size_t index, const RedisReply& reply)>;
  Status AskAll(const std::vector<Command>& commands, const std::string& place, const OnReply& on_reply);
  // What an error of the server is in this room's words.
  Error Refusal(const RedisReply& reply, const std::string& place) const;

 private:
  RedisSession(std::string label, const ConnectOptions& options) : label_(std::move(label)), options_(options) {}
  Status LogIn(const ConnectionUrl& url);
  Status Send(std::string_view bytes, const std::string& place);
  Result<std::unique_ptr<RedisReply>> Next(const std::string& place);
  Error Lost(Error error);

  const std::string label_;
  const ConnectOptions& options_;
  std::unique_ptr<GuardedStream> stream_;
  RedisReplies replies_;
  bool is_encrypted_ = false;
  bool is_lost_ = false;
};

}  // namespace privity::connect_internal
