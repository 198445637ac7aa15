#include "connect/mail/letters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace privity {
namespace {

std::string Letter(const std::string& headers, const std::string& body = "Please delete my data.\r\n") {
  return "Message-ID: <1@example.org>\r\nFrom: Ada Lovelace <ada@example.org>\r\nTo: privacy@example.com\r\n"
         "Subject: My data\r\n" +
         headers + "\r\n" + body;
}

TEST(Letters, SayWhoWroteWhatAndNothingOfWhatIsAttached) {
  const std::string body =
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlease delete my data, Zo\xC3\xAB.\r\n--b\r\n"
      "Content-Type: text/html\r\n\r\n<p>Please delete</p>\r\n--b\r\nContent-Type: application/pdf; name=pass.pdf\r\n"
      "Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nc2VjcmV0\r\n--b--\r\n";
  const MailLetter letter = ReadLetter(Letter("Content-Type: multipart/mixed; boundary=b\r\n", body), false);
  EXPECT_EQ(letter.id, "1@example.org");
  EXPECT_EQ(letter.from, "ada@example.org");
  EXPECT_EQ(letter.from_name, "Ada Lovelace");
  EXPECT_EQ(letter.subject, "My data");
  EXPECT_EQ(letter.text, "Please delete my data, Zo\xC3\xAB.");
  EXPECT_EQ(letter.attachments, 1);
  EXPECT_FALSE(letter.is_automatic);
  EXPECT_FALSE(letter.is_cut);
}

TEST(Letters, OfMachinesAreTold) {
  for (const char* header :
       {"Auto-Submitted: auto-replied\r\n", "auto-submitted: auto-generated; x=y\r\n", "Precedence: bulk\r\n",
        "Precedence: List\r\n", "List-Id: <news.example.org>\r\n", "List-Unsubscribe: <mailto:off@example.org>\r\n",
        "Return-Path: <>\r\n", "X-Autoreply: yes\r\n", "Content-Type: multipart/report; boundary=b\r\n"}) {
    EXPECT_TRUE(ReadLetter(Letter(header), false).is_automatic) << header;
  }
  for (const char* header : {"Auto-Submitted: no\r\n", "Precedence: first-class\r\n",
                             "Return-Path: <ada@example.org>\r\n", "X-Auto-Response-Suppress: All\r\n"}) {
    EXPECT_FALSE(ReadLetter(Letter(header), false).is_automatic) << header;
  }
  EXPECT_TRUE(ReadLetter("From: MAILER-DAEMON@example.org\r\n\r\nUndelivered", false).is_automatic);
}

TEST(Letters, WithoutOneSenderNameNobody) {
  EXPECT_EQ(ReadLetter("From: ada@example.org, ben@example.org\r\n\r\nHello", false).from, "");
  EXPECT_EQ(ReadLetter("Subject: Hello\r\n\r\nHello", false).from, "");
  EXPECT_EQ(ReadLetter("", false).from, "");
}

TEST(Letters, AreCutWhereTheyAreTooLongAndSaySo) {
  const MailLetter letter =
      ReadLetter(Letter("", std::string(kLetterTextBytesMax - 1, 'a') + "\xC3\xAB and more"), false);
  EXPECT_EQ(letter.text.size(), kLetterTextBytesMax - 1);  // never within a letter
  EXPECT_TRUE(letter.is_cut);
  EXPECT_TRUE(ReadLetter(Letter(""), true).is_cut);
}

}  // namespace
}  // namespace privity
