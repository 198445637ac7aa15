#include "net/smtp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/testing/scripted_server.h"
#include "net/testing/smtp_test_server.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr std::string_view kMessage = "Subject: Hello\r\n\r\nA line\r\n.\r\n..two dots\r\nend\r\n";

#define START_SERVER(name, ...)                         \
  const auto name = SmtpTestServer::Start(__VA_ARGS__); \
  if (name == nullptr) GTEST_SKIP() << "needs python3-aiosmtpd for /usr/bin/python3, and openssl"

Result<SmtpReply> Send(const SmtpServer& server, std::string_view to = "anna@example.org") {
  return SendSmtp(SystemResolver(), server, "privity@example.org", to, kMessage);
}

TEST(Smtp, HandsTheMessageOverUnchangedBehindEachKindOfEncryption) {
  for (const auto encryption : {SmtpEncryption::kStartTls, SmtpEncryption::kTls, SmtpEncryption::kNone}) {
    START_SERVER(server, {.encryption = encryption});
    const auto reply = Send(server->Address());
    ASSERT_TRUE(reply.ok()) << reply.error().DebugString();
    EXPECT_EQ(reply->code, 250);
    const ReceivedMail mail = server->Next().value();
    EXPECT_EQ(mail.from, "privity@example.org");
    EXPECT_THAT(mail.to, ElementsAre("anna@example.org"));
    EXPECT_EQ(mail.data, kMessage);
    EXPECT_EQ(mail.tls, encryption != SmtpEncryption::kNone);
  }
}

TEST(Smtp, LogsInAndTellsAWrongPasswordApart) {
  START_SERVER(server, {.login = "mailer:pa:ss@word/%"});
  SmtpServer address = server->Address();
  address.user = "mailer";
  address.password = SecretString("pa:ss@word/%");
  ASSERT_TRUE(Send(address).ok());
  EXPECT_EQ(server->Next()->user, "mailer");
  address.password = SecretString("wr0ng:s3cret@/%");
  EXPECT_EQ(Send(address).error().DebugString(), "net.smtp_login{host=localhost}");
}

struct ReplyRow {
  const char* replies;
  const char* error;
};

TEST(Smtp, KeepsTheCodesOfARefusalAndForgetsItsWords) {
  for (const ReplyRow& row :
       {ReplyRow{"rcpt=451 4.7.1 Greylisted, anna@example.org",
                 "net.smtp_deferred{host=localhost, reply=451, enhanced=4.7.1}"},
        ReplyRow{"rcpt=550 5.1.1 anna@example.org is unknown",
                 "net.smtp_rejected{host=localhost, reply=550, enhanced=5.1.1}"},
        ReplyRow{"mail=452 too busy", "net.smtp_deferred{host=localhost, reply=452, enhanced=}"},
        ReplyRow{"data=554 5.6.0 looks like spam", "net.smtp_rejected{host=localhost, reply=554, enhanced=5.6.0}"},
        ReplyRow{"data=552 5.2.2.9 odd", "net.smtp_rejected{host=localhost, reply=552, enhanced=}"}}) {
    START_SERVER(server, {.replies = {row.replies}});
    EXPECT_EQ(Send(server->Address()).error().DebugString(), row.error);
  }
}

TEST(Smtp, AConnectionCutInTheMiddleIsNotARefusal) {
  for (const char* replies : {"mail=drop", "data=drop"}) {
    START_SERVER(server, {.replies = {replies}});
    EXPECT_EQ(Send(server->Address()).error().code(), "net.protocol_error") << replies;
  }
}

TEST(Smtp, AServerWithoutStartTlsGetsNothing) {
  START_SERVER(server, {.encryption = SmtpEncryption::kNone});
  SmtpServer address = server->Address();
  address.encryption = SmtpEncryption::kStartTls;
  EXPECT_EQ(Send(address).error().code(), "net.tls_failed");
}

TEST(Smtp, AnUnknownCertificateIsRefused) {
  START_SERVER(server, {});
  SmtpServer address = server->Address();
  address.ca_file.clear();
  EXPECT_EQ(Send(address).error().code(), "net.tls_failed");
}

TEST(Smtp, WithoutEncryptionOnlyLoopbackIsSpokenTo) {
  FakeResolver resolver;
  resolver.Set("mail.example.org", {{"93.184.216.34"}});
  const SmtpServer server{.host = "mail.example.org", .encryption = SmtpEncryption::kNone};
  EXPECT_TRUE(
      SendSmtp(resolver, server, "a@example.org", "b@example.org", kMessage).error().Is("net.smtp_plain_refused"));
}

TEST(Smtp, APrivateServerNeedsItsNetworkAllowed) {
  FakeResolver resolver;
  resolver.Set("mail.example.org", {{"10.0.0.25"}});
  EXPECT_TRUE(SendSmtp(resolver, {.host = "mail.example.org"}, "a@example.org", "b@example.org", kMessage)
                  .error()
                  .Is("net.address_refused"));
}

TEST(Smtp, AnAddressThatWouldEndTheCommandIsRefused) {
  for (const char* to :
       {"", "a@example.org>\r\nRCPT TO:<b@example.org", "a b@example.org", "<a@example.org>", "a@example.org\n"}) {
    EXPECT_TRUE(
        SendSmtp(SystemResolver(), {.host = "localhost"}, "a@example.org", to, kMessage).error().Is("net.smtp_address"))
        << to;
  }
}

}  // namespace
}  // namespace privity
