// A real SMTP server (tests/support/smtp_server.py, aiosmtpd) for the tests of net and mail.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/smtp.h"
#include "net/testing/helper_process.h"

namespace privity {

struct ReceivedMail {
  std::string from;
  std::vector<std::string> to;
  std::string data;  // the message as it arrived, CRLF
  std::string user;  // who logged in, or empty
  bool tls = false;
};

struct SmtpTestOptions {
  SmtpEncryption encryption = SmtpEncryption::kStartTls;
  std::string login{};                 // "user:password", or empty
  std::vector<std::string> replies{};  // as --replies of the program
};

class SmtpTestServer {
 public:
  // Null when aiosmtpd or openssl is not installed here: the test then skips.
  static std::unique_ptr<SmtpTestServer> Start(const SmtpTestOptions& options);
  ~SmtpTestServer();

  // How to reach it: loopback allowed, its certificate trusted, without login.
  SmtpServer Address() const;
  // The next message that was accepted.
  std::optional<ReceivedMail> Next();

 private:
  SmtpTestServer() = default;
  std::string directory_;
  std::unique_ptr<HelperProcess> process_;
  SmtpServer address_;
};

}  // namespace privity
