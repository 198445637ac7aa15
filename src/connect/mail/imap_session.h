// One connection to an IMAP server (RFC 3501), logged in.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connect/connector.h"
#include "connect/mail/imap_reply.h"
#include "net/stream.h"

namespace privity::connect_internal {

// A part of a command: what is said as it is, or a text that is quoted as it needs.
struct ImapPart {
  enum class Kind { kSaid, kText };
  Kind kind = Kind::kSaid;
  std::string text;
};

class ImapSession {
 public:
  using OnReply = std::function<Status(ImapReply& reply)>;

  // Errors: those of CheckTarget, connect.unreachable, connect.tls, connect.login, connect.url_invalid.
  static Result<std::unique_ptr<ImapSession>> Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                   const Resolver& resolver);

  bool is_lost() const { return is_lost_; }
  bool is_encrypted() const { return is_encrypted_; }
  bool Can(std::string_view capability) const;

  // One command, its parts with a space between them; `on_reply` gets what comes before its end. An error of it, or a
  // stop, gives the connection up: what still comes belongs to nobody. connect.missing, connect.permission,
  // connect.busy, connect.failed{reason}.
  Status Ask(const std::vector<ImapPart>& command, const std::string& place, const OnReply& on_reply = {});

 private:
  ImapSession(std::string label, const ConnectOptions& options) : label_(std::move(label)), options_(options) {}
  Status LogIn(const ConnectionUrl& url);
  Status Send(std::string_view bytes, const std::string& place);
  Status SendText(const std::string& text, std::string& line, const std::string& place);
  Result<std::unique_ptr<ImapReply>> Next(const std::string& place);
  Error Refusal(const ImapReply& reply, const std::string& place) const;
  Error Lost(Error error);

  const std::string label_;
  const ConnectOptions& options_;
  std::unique_ptr<GuardedStream> stream_;
  ImapReplies replies_;
  std::vector<std::string> capabilities_;
  std::int64_t commands_ = 0;
  bool is_encrypted_ = false;
  bool is_lost_ = false;
};

}  // namespace privity::connect_internal
