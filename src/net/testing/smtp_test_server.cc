#include "net/testing/smtp_test_server.h"

#include <stdlib.h>

#include <filesystem>

#include "base/json.h"

namespace privity {

struct SmtpReadyLine {
  int port = 0;
};
PRIVITY_DESCRIBE(SmtpReadyLine, (port))

struct SmtpMailLine {
  std::string from;
  std::vector<std::string> to;
  Bytes data;
  std::optional<std::string> user;
  bool tls = false;
};
PRIVITY_DESCRIBE(SmtpMailLine, (from, to, data, user, tls))

namespace {

// Debian's own Python: aiosmtpd is installed for that one.
constexpr const char* kPython = "/usr/bin/python3";

bool HasAiosmtpd() {
  static const bool has = std::system((std::string(kPython) + " -c 'import aiosmtpd' 2>/dev/null").c_str()) == 0;
  return has;
}

const char* TlsName(SmtpEncryption encryption) {
  switch (encryption) {
    case SmtpEncryption::kStartTls:
      return "starttls";
    case SmtpEncryption::kTls:
      return "implicit";
    case SmtpEncryption::kNone:
      return "none";
  }
  return "none";
}

}  // namespace

std::unique_ptr<SmtpTestServer> SmtpTestServer::Start(const SmtpTestOptions& options) {
  if (!HasAiosmtpd()) return nullptr;
  char pattern[] = "/tmp/privity-smtp-XXXXXX";
  if (mkdtemp(pattern) == nullptr) return nullptr;
  std::unique_ptr<SmtpTestServer> server(new SmtpTestServer());
  server->directory_ = pattern;
  const auto certificate = MakeTestCertificate(pattern);
  if (!certificate) return nullptr;
  std::vector<std::string> command = {kPython,  "tests/support/smtp_server.py", "--tls", TlsName(options.encryption),
                                      "--cert", certificate->certificate_file,  "--key", certificate->key_file};
  if (!options.login.empty()) command.insert(command.end(), {"--login", options.login});
  for (const std::string& reply : options.replies) command.insert(command.end(), {"--replies", reply});
  server->process_ = std::make_unique<HelperProcess>(command);
  const auto line = server->process_->ReadLine();
  Invariant(line.has_value(), "the SMTP server starts; run the test from the top of the repository");
  server->address_ = {.host = "localhost",
                      .port = static_cast<std::uint16_t>(FromJson<SmtpReadyLine>(*line).value().port),
                      .encryption = options.encryption,
                      .ca_file = certificate->certificate_file};
  server->address_.addresses.allowed_networks = {Network::Parse("127.0.0.0/8").value(), Network::Parse("::1").value()};
  return server;
}

SmtpTestServer::~SmtpTestServer() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

SmtpServer SmtpTestServer::Address() const {
  return address_;
}

std::optional<ReceivedMail> SmtpTestServer::Next() {
  const auto line = process_->ReadLine();
  if (!line) return std::nullopt;
  const auto mail = FromJson<SmtpMailLine>(*line).value();
  return ReceivedMail{mail.from, mail.to, std::string(AsText(mail.data)), mail.user.value_or(""), mail.tls};
}

}  // namespace privity
