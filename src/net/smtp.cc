#include "net/smtp.h"

#include <algorithm>
#include <cstring>

#include "net/internal/curl_handle.h"
#include "net/internal/smtp_reply.h"

namespace privity {
namespace {

// RFC 5321 section 4.5.3.1.3 allows 256 octets with the brackets.
constexpr std::size_t kPathBytesMax = 254;

struct Upload {
  std::string_view rest;

  static std::size_t OnRead(char* out, std::size_t, std::size_t size, void* self) {
    auto& upload = *static_cast<Upload*>(self);
    const std::size_t count = std::min(size, upload.rest.size());
    std::memcpy(out, upload.rest.data(), count);
    upload.rest.remove_prefix(count);
    return count;
  }
};

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Keeps the codes of the server's last line and of its last refusal (libcurl says QUIT after one), and forgets the
// words.
struct Listener {
  SmtpReply reply;
  SmtpReply refusal;

  static std::size_t OnLine(char* data, std::size_t, std::size_t size, void* self) {
    auto& listener = *static_cast<Listener*>(self);
    if (const auto reply = internal::ReadSmtpReplyLine({data, size})) {
      listener.reply = *reply;
      if (reply->code >= 400) listener.refusal = *reply;
    }
    return size;
  }
};

// What would end the command, or the path, early.
bool IsEnvelopeAddress(std::string_view address) {
  return !address.empty() && address.size() <= kPathBytesMax &&
         std::none_of(address.begin(), address.end(),
                      [](unsigned char c) { return c <= ' ' || c == 0x7f || c == '<' || c == '>'; });
}

bool IsHostName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
  });
}

std::string ServerUrl(const SmtpServer& server) {
  const bool is_v6 = server.host.find(':') != std::string::npos;
  const std::string host = is_v6 ? "[" + server.host + "]" : server.host;
  return std::string(server.encryption == SmtpEncryption::kTls ? "smtps" : "smtp") + "://" + host + ":" +
         std::to_string(server.port) + "/" + server.own_name;
}

Status CheckPlain(const SmtpServer& server, const CheckedTarget& target) {
  const bool loopback = std::all_of(target.addresses.begin(), target.addresses.end(),
                                    [](const IpAddress& a) { return a.Class() == AddressClass::kLoopback; });
  if (server.encryption != SmtpEncryption::kNone || loopback) return Ok();
  return Error("net.smtp_plain_refused", {{"host", server.host}});
}

Error ToError(const CurlHandle& curl, CURLcode code, const SmtpServer& server, const SmtpReply& refusal) {
  if (code == CURLE_LOGIN_DENIED) return Error("net.smtp_login", {{"host", server.host}});
  const bool transport = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR ||
                         code == CURLE_USE_SSL_FAILED || code == CURLE_OPERATION_TIMEDOUT ||
                         code == CURLE_ABORTED_BY_CALLBACK || code == CURLE_GOT_NOTHING;
  if (transport || refusal.code == 0) return curl.ToError(code, server.host, std::nullopt);
  return Error(refusal.code < 500 ? "net.smtp_deferred" : "net.smtp_rejected",
               {{"host", server.host}, {"reply", std::to_string(refusal.code)}, {"enhanced", refusal.enhanced}});
}

}  // namespace

Result<SmtpReply> SendSmtp(const Resolver& resolver, const SmtpServer& server, std::string_view from,
                           std::string_view to, std::string_view message, const std::stop_token& stop) {
  if (!IsEnvelopeAddress(from) || !IsEnvelopeAddress(to)) return Error("net.smtp_address");
  if (!IsHostName(server.host) && !IpAddress::Parse(server.host).ok())
    return Error("net.name_unknown", {{"host", server.host}});
  Invariant(IsHostName(server.own_name), "our own name is a host name");
  PRIVITY_TRY(CheckedTarget target,
              CheckTarget(resolver, server.host, server.port, server.addresses, server.connect_timeout));
  PRIVITY_TRY_VOID(CheckPlain(server, target));

  CurlHandle curl(std::move(target), stop);
  curl.Set(CURLOPT_PROTOCOLS_STR, server.encryption == SmtpEncryption::kTls ? "smtps" : "smtp");
  curl.Set(CURLOPT_URL, ServerUrl(server).c_str());
  curl.Set(CURLOPT_USE_SSL,
           static_cast<long>(server.encryption == SmtpEncryption::kNone ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl.SetTls(server.ca_file);
  curl.SetTimeouts(server.connect_timeout, server.total_timeout, std::chrono::seconds(60));
  if (!server.user.empty()) {
    curl.Set(CURLOPT_USERNAME, server.user.c_str());
    curl.Set(CURLOPT_PASSWORD, server.password.Reveal().c_str());
  }
  curl.Set(CURLOPT_MAIL_FROM, ("<" + std::string(from) + ">").c_str());
  curl.SetRecipient("<" + std::string(to) + ">");
  Upload upload{message};
  curl.Set(CURLOPT_UPLOAD, 1L);
  curl.Set(CURLOPT_READFUNCTION, &Upload::OnRead);
  curl.Set(CURLOPT_READDATA, &upload);
  curl.Set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
  Listener listener;
  curl.Set(CURLOPT_HEADERFUNCTION, &Listener::OnLine);
  curl.Set(CURLOPT_HEADERDATA, &listener);
  const CURLcode code = curl.Perform();
  if (code != CURLE_OK) return ToError(curl, code, server, listener.refusal);
  return listener.reply;
}

}  // namespace privity
