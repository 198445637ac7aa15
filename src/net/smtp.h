// Hands one message to one mail server (RFC 5321 submission, RFC 6409). What the message says is the business of the
// room `mail`.
//
// The connection is guarded like every other (net/outbound.h): checked addresses, verified certificates, limits.
// Without encryption only a server on this machine is spoken to; with kStartTls a server that does not offer it gets
// nothing, neither password nor message.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "net/address.h"
#include "net/resolver.h"

namespace privity {

enum class SmtpEncryption {
  kStartTls,  // RFC 3207, required; usually port 587
  kTls,       // from the first byte (RFC 8314); usually port 465
  kNone,      // only to loopback
};

struct SmtpServer {
  std::string host;
  std::uint16_t port = 587;
  SmtpEncryption encryption = SmtpEncryption::kStartTls;
  std::string user{};  // empty: no AUTH
  SecretString password{};
  AddressPolicy addresses{};
  std::string ca_file{};               // as in OutboundPolicy
  std::string own_name = "localhost";  // said in EHLO: this machine's name
  std::chrono::milliseconds connect_timeout{15'000};
  std::chrono::milliseconds total_timeout{120'000};
};

// What the server said last. Its text is not kept: it often repeats the recipient's address.
struct SmtpReply {
  int code = 0;          // 250, 451, 550 ...
  std::string enhanced;  // RFC 3463, "5.1.1", or empty
};

// The server has taken the message over when this returns a reply; then it is out of our hands. One recipient per call,
// so that each has an outcome. `message` has CRLF line ends.
//
// Errors: net.smtp_deferred{host, reply, enhanced} (4yz: later), net.smtp_rejected{host, reply, enhanced} (5yz: never),
// net.smtp_login{host}, net.smtp_plain_refused{host}, net.smtp_address (an address that cannot stand in an envelope),
// and those of OutboundHttp. After a connection that ended while the message was under way (net.protocol_error,
// net.timeout) nobody knows whether it was taken.
Result<SmtpReply> SendSmtp(const Resolver& resolver, const SmtpServer& server, std::string_view from,
                           std::string_view to, std::string_view message, const std::stop_token& stop = {});

}  // namespace privity
