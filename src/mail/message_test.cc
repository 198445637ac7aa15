#include "mail/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace privity {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Mailbox Box(std::string_view address, std::string_view name = "") {
  return Mailbox::Create(address, name).value();
}

MailMessage Message() {
  return {.from = Box("privity@example.org", "Example Trading"),
          .to = Box("anna@example.org"),
          .subject = "Your request",
          .text = "Hello Anna,\n\nwe have your request.\n",
          .message_id = "m1@example.org",
          .date = ParseInstant("2026-03-10T09:30:00Z").value()};
}

std::string Composed(const MailMessage& message) {
  const auto composed = ComposeMail(message);
  EXPECT_TRUE(composed.ok()) << composed.error().DebugString();
  return composed.ok() ? *composed : "";
}

// The whole of a small message, so that every byte is a decision.
TEST(ComposeMail, WritesAPlainMessage) {
  EXPECT_EQ(Composed(Message()),
            "Date: Tue, 10 Mar 2026 09:30:00 +0000\r\n"
            "From: \"Example Trading\" <privity@example.org>\r\n"
            "To: <anna@example.org>\r\n"
            "Subject: Your request\r\n"
            "Message-ID: <m1@example.org>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "Hello Anna,\r\n\r\nwe have your request.\r\n");
}

struct SubjectRow {
  std::string subject;
  std::string written;
};

TEST(ComposeMail, EncodesAndFoldsSubjects) {
  for (const SubjectRow& row :
       {SubjectRow{"Überprüfung", "Subject: =?utf-8?B?w5xiZXJwcsO8ZnVuZw==?=\r\n"},
        SubjectRow{"=?utf-8?B?SGk=?=", "Subject: =?utf-8?B?PT91dGYtOD9CP1NHaz0/PQ==?=\r\n"},
        SubjectRow{"two  spaces", "Subject: =?utf-8?B?dHdvICBzcGFjZXM=?=\r\n"},
        SubjectRow{
            "A subject that is long enough to be folded onto a second line because it has many words",
            "Subject: A subject that is long enough to be folded onto a second line\r\n because it has many words\r\n"},
        SubjectRow{"", "Subject:\r\n"}}) {
    MailMessage message = Message();
    message.subject = row.subject;
    EXPECT_THAT(Composed(message), HasSubstr(row.written));
  }
}

TEST(ComposeMail, KeepsEveryLineShortAndEveryByteSevenBit) {
  MailMessage message = Message();
  message.subject.clear();
  for (int i = 0; i < 60; ++i) message.subject += "日本語";
  message.to = Box("anna@example.org", "Żółć „Anna” Ångström-Müller von und zu Łódź");
  message.text = std::string(500, 'x') + " " + std::string(300, '=') + "\ntrailing space \n";
  message.html = "<p>" + message.subject + "</p>";
  message.attachments = {
      {.file_name = "Übersicht – 日本.pdf", .media_type = "application/pdf", .content = Bytes(1000, std::byte{0xff})}};
  std::stringstream lines(Composed(message));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    ASSERT_TRUE(line.ends_with('\r'));
    EXPECT_LE(line.size() - 1, 78u) << line;
    EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x80; })) << line;
  }
  EXPECT_GT(count, 40);
}

TEST(ComposeMail, PutsTextHtmlAndAttachmentsIntoTheRightNesting) {
  MailMessage message = Message();
  message.html = "<p>Hi</p>";
  EXPECT_THAT(Composed(message), AllOf(HasSubstr("multipart/alternative"), Not(HasSubstr("multipart/mixed"))));
  message.attachments = {{.file_name = "a.pdf", .media_type = "application/pdf", .content = ToBytes("x")}};
  const std::string composed = Composed(message);
  EXPECT_LT(composed.find("multipart/mixed"), composed.find("multipart/alternative"));
  EXPECT_LT(composed.find("text/plain"), composed.find("text/html"));
  EXPECT_THAT(composed, HasSubstr("filename*=utf-8''a.pdf"));
}

// Written so that a parser that unfolds or splits differently would see a header of the attacker's.
TEST(ComposeMail, NoValueCanAddAHeader) {
  const std::string evils[] = {"a\r\nBcc: victim@example.org",
                               "a\nBcc: victim@example.org",
                               "a\rBcc: x",
                               std::string("a\0b", 3),
                               "a\x7f",
                               "\xff"};
  for (const std::string& evil : evils) {
    MailMessage message = Message();
    message.subject = evil;
    EXPECT_TRUE(ComposeMail(message).error().Is("mail.header_invalid"));
    message = Message();
    message.message_id = evil + "@example.org";
    EXPECT_TRUE(ComposeMail(message).error().Is("mail.header_invalid"));
    message = Message();
    message.language = evil;
    EXPECT_TRUE(ComposeMail(message).error().Is("mail.header_invalid"));
    message = Message();
    message.unsubscribe_url = "https://example.org/" + evil;
    EXPECT_TRUE(ComposeMail(message).error().Is("mail.header_invalid"));
    message = Message();
    message.attachments = {{.file_name = evil, .media_type = "application/pdf", .content = {}}};
    EXPECT_TRUE(ComposeMail(message).error().Is("mail.header_invalid"));
    message.attachments = {{.file_name = "a", .media_type = "text/" + evil, .content = {}}};
    EXPECT_TRUE(ComposeMail(message).error().Is("mail.header_invalid"));
    EXPECT_FALSE(Mailbox::Create("anna@example.org", evil).ok());
    EXPECT_FALSE(Mailbox::Create("anna@example.org" + evil).ok());
  }
}

TEST(ComposeMail, ALineOfTheBodyStaysInTheBody) {
  MailMessage message = Message();
  message.text = "\r\n.\r\nBcc: x\r\n\r\n--=_privity_alternative--\r\n";
  message.html = "<p>x</p>";
  const std::string composed = Composed(message);
  const std::string head = composed.substr(0, composed.find("\r\n\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Bcc")));
  EXPECT_THAT(composed, HasSubstr("--=3D_privity_alternative--"));
}

TEST(ComposeMail, OffersOneClickUnsubscribingByBothHeaders) {
  MailMessage message = Message();
  message.unsubscribe_url = "https://example.org/u?t=1";
  EXPECT_THAT(
      Composed(message),
      HasSubstr(
          "List-Unsubscribe: <https://example.org/u?t=1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
  message.unsubscribe_url = "http://example.org/u";
  EXPECT_FALSE(ComposeMail(message).ok());
}

TEST(Mailbox, TakesPlainAddressesOnly) {
  for (const char* good :
       {"a@example.org", "first.last+tag@sub.example.org", "o'brien@xn--bcher-kva.example", "a@localhost"}) {
    EXPECT_TRUE(Mailbox::Create(good).ok()) << good;
  }
  for (const std::string& bad : {std::string(),
                                 std::string("a"),
                                 std::string("@example.org"),
                                 std::string("a@"),
                                 std::string("a b@example.org"),
                                 std::string("\"a b\"@example.org"),
                                 std::string("a@[127.0.0.1]"),
                                 std::string(".a@example.org"),
                                 std::string("a.@example.org"),
                                 std::string("a..b@example.org"),
                                 std::string("a@-x.org"),
                                 std::string("a@example..org"),
                                 std::string("a@example.org."),
                                 std::string("a@b@example.org"),
                                 std::string("a,b@example.org"),
                                 std::string("<a@example.org>"),
                                 std::string("ä@example.org"),
                                 std::string("a@bücher.example"),
                                 std::string(65, 'a') + "@example.org",
                                 "a@" + std::string(64, 'b') + ".org"}) {
    EXPECT_TRUE(Mailbox::Create(bad).error().Is("mail.address_invalid")) << bad;
  }
  EXPECT_EQ(Box("anna@example.org").Masked(), "a•••@example.org");
}

}  // namespace
}  // namespace privity
