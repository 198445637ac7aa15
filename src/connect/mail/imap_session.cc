#include "connect/mail/imap_session.h"

#include <algorithm>

#include "connect/internal/store_stream.h"

namespace privity::connect_internal {
namespace {

constexpr std::uint16_t kPort = 143;
constexpr std::uint16_t kTlsPort = 993;

ImapPart Say(std::string text) {
  return {ImapPart::Kind::kSaid, std::move(text)};
}
ImapPart Text(std::string text) {
  return {ImapPart::Kind::kText, std::move(text)};
}

}  // namespace

Result<std::unique_ptr<ImapSession>> ImapSession::Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                       const Resolver& resolver) {
  std::unique_ptr<ImapSession> session(new ImapSession(url.Label(), options));
  const bool is_imaps = url.scheme() == "imaps";
  PRIVITY_TRY(StoreStream opened, OpenStoreStream(url, is_imaps ? kTlsPort : kPort, is_imaps, options, resolver));
  session->stream_ = std::move(opened.stream);
  session->is_encrypted_ = opened.is_encrypted;
  PRIVITY_TRY_VOID(session->LogIn(url));
  return session;
}

Status ImapSession::LogIn(const ConnectionUrl& url) {
  PRIVITY_TRY(const auto greeting, Next("login"));
  if (greeting->Is("BYE") || greeting->tag != "*") return Lost(Error("connect.unreachable", {{"store", label_}}));
  const Status said = Ask({Say("LOGIN"), Text(url.user()), Text(std::string(url.password().Reveal()))}, "login");
  if (!said.ok()) {
    const bool is_refused = said.error().Is("connect.failed") || said.error().Is("connect.permission") ||
                            said.error().Is("connect.missing");
    return is_refused ? Error("connect.login", {{"store", label_}}) : said.error();
  }
  return Ask({Say("CAPABILITY")}, "login", [&](ImapReply& reply) {
    if (!reply.Is("CAPABILITY")) return Ok();
    for (const ImapToken& token : reply.tokens) capabilities_.push_back(token.text);
    return Ok();
  });
}

bool ImapSession::Can(std::string_view capability) const {
  return std::ranges::find(capabilities_, capability) != capabilities_.end();
}

Error ImapSession::Lost(Error error) {
  is_lost_ = true;
  return error;
}

Status ImapSession::Send(std::string_view bytes, const std::string& place) {
  const Status sent = stream_->Send(bytes);
  return sent.ok() ? Ok() : Status(Lost(StoreError(sent.error(), label_, place)));
}

// Quoted where the grammar has it; what is not ASCII goes as a literal, which the server has to ask for.
Status ImapSession::SendText(const std::string& text, std::string& line, const std::string& place) {
  const bool is_plain = std::ranges::all_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\r' && c != '\n' && c != '\0'; });
  if (is_plain) {
    line += '"';
    for (const char c : text) line.append(c == '"' || c == '\\' ? "\\" : "").append(1, c);
    line += '"';
    return Ok();
  }
  PRIVITY_TRY_VOID(Send(line + "{" + std::to_string(text.size()) + "}\r\n", place));
  line = text;
  while (true) {
    PRIVITY_TRY(const auto reply, Next(place));
    if (reply->tag == "+") return Ok();
    if (reply->tag != "*") return Refusal(*reply, place);
  }
}

Result<std::unique_ptr<ImapReply>> ImapSession::Next(const std::string& place) {
  auto reply = ReceiveReply(replies_, *stream_, label_, place);
  if (!reply.ok()) return Lost(reply.error());
  return reply;
}

// The codes of RFC 5530; the text behind them may name a person's mailbox.
Error ImapSession::Refusal(const ImapReply& reply, const std::string& place) const {
  const auto as = [&](std::string_view name) {
    return Error(std::string(name), {{"store", label_}, {"place", place}});
  };
  const std::string_view code = reply.Code();
  if (code == "AUTHENTICATIONFAILED" || code == "AUTHORIZATIONFAILED" || code == "EXPIRED") {
    return Error("connect.login", {{"store", label_}});
  }
  if (code == "PRIVACYREQUIRED") return Error("connect.tls", {{"store", label_}});
  if (code == "NOPERM") return as("connect.permission");
  if (code == "NONEXISTENT" || code == "TRYCREATE") return as("connect.missing");
  if (code == "INUSE" || code == "UNAVAILABLE" || code == "LIMIT") return as("connect.busy");
  const std::string verdict = reply.line.substr(0, reply.line.find(' '));
  return as("connect.failed").With("reason", code.empty() ? verdict : std::string(code));
}

Status ImapSession::Ask(const std::vector<ImapPart>& command, const std::string& place, const OnReply& on_reply) {
  const std::string tag = "p" + std::to_string(++commands_);
  std::string line = tag;
  for (const ImapPart& part : command) {
    line += ' ';
    if (part.kind == ImapPart::Kind::kSaid) {
      line += part.text;
    } else {
      PRIVITY_TRY_VOID(SendText(part.text, line, place));
    }
  }
  PRIVITY_TRY_VOID(Send(line + "\r\n", place));
  while (true) {
    PRIVITY_TRY(const auto reply, Next(place));
    if (reply->tag == tag) return reply->Is("OK") ? Ok() : Status(Refusal(*reply, place));
    if (reply->Is("BYE")) return Lost(Error("connect.dropped", {{"store", label_}, {"place", place}}));
    Status status = on_reply && reply->tag == "*" ? on_reply(*reply) : Ok();
    if (status.ok() && options_.stop.stop_requested()) {
      status = Error("connect.cancelled", {{"store", label_}, {"place", place}});
    }
    if (!status.ok()) return Lost(std::move(status).error());
  }
}

}  // namespace privity::connect_internal
