// What people and their programs write in mail, and what is read of it.
#include "connect/mail/mail_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connect/mail/imap_reply.h"

namespace privity::connect_internal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The values of a field, as text.
std::vector<std::string> Read(const std::string& raw, std::string_view field) {
  MailMessage message;
  std::vector<FieldCell> cells;
  message.Fill(raw, false, cells);
  std::vector<std::string> values;
  for (const FieldCell& cell : cells) {
    if (cell.field == field) values.emplace_back(cell.bytes);
  }
  return values;
}

TEST(MailAddresses, AreReadInEveryForm) {
  const std::vector<std::tuple<std::string, std::string, std::string>> rows = {
      {"ada@example.org", "ada@example.org", ""},
      {"Ada L <ada@example.org>", "ada@example.org", "Ada L"},
      {"\"L, Ada\" <ada@example.org>", "ada@example.org", "L, Ada"},
      {"ada@example.org (Ada L)", "ada@example.org", "Ada L"},
      {"=?utf-8?Q?Zo=C3=AB?= <zoe@example.org>", "zoe@example.org", "Zoë"},
      {"\"a \\\"b\\\"\" <ada@example.org>", "ada@example.org", "a \"b\""},
      {"<@relay.example.org:ada@example.org>", "ada@example.org", ""},
      {"Friends: ada@example.org;", "ada@example.org", ""},
      {"ada @ example.org", "ada@example.org", ""},
  };
  for (const auto& [text, address, name] : rows) {
    const auto read = ParseMailAddresses(text);
    ASSERT_EQ(read.size(), 1u) << text;
    EXPECT_EQ(read[0].address, address) << text;
    EXPECT_EQ(read[0].name, name) << text;
  }
  EXPECT_EQ(ParseMailAddresses("a@example.org, B <b@example.org>,c@example.org").size(), 3u);
  EXPECT_THAT(ParseMailAddresses(""), IsEmpty());
}

TEST(MailWords, AreDecodedAndJoined) {
  EXPECT_EQ(DecodeMailWords("=?ISO-8859-1?Q?caf=E9?="), "café");
  EXPECT_EQ(DecodeMailWords("=?utf-8?B?w6lsw6h2ZQ==?="), "élève");
  EXPECT_EQ(DecodeMailWords("=?utf-8?Q?a?= =?utf-8?Q?b?="), "ab");
  EXPECT_EQ(DecodeMailWords("Re: =?utf-8?Q?a_b?= c"), "Re: a b c");
  EXPECT_EQ(DecodeMailWords("=?utf-8?Q?unfinished"), "=?utf-8?Q?unfinished");
  EXPECT_EQ(DecodeMailWords("=?x-unknown?Q?abc?="), "abc");
}

TEST(Mail, HeadersAreUnfoldedAndWithoutCase) {
  const std::string raw = "FROM: Ada\r\n <ada@example.org>\r\nSubject: a\r\n\tb\r\n\r\nHello\r\n";
  EXPECT_THAT(Read(raw, "from_email"), ElementsAre("ada@example.org"));
  EXPECT_THAT(Read(raw, "from_name"), ElementsAre("Ada"));
  EXPECT_THAT(Read(raw, "subject"), ElementsAre("a\tb"));
  EXPECT_THAT(Read(raw, "body"), ElementsAre("Hello\r\n"));
}

TEST(Mail, PartsOfTextAreReadAndAttachmentsAreNamed) {
  const std::string raw =
      "Content-Type: multipart/mixed; boundary=\"b 1\"\n\nfor old programs\n"
      "--b 1\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
      "caf=E9 and a long=\n line\n"
      "--b 1\nContent-Type: text/html\n\n<style>p{}</style><p>Tel: <b>1</b> &amp; 2</p>\n"
      "--b 1\nContent-Type: application/pdf; name=\"cv.pdf\"\nContent-Transfer-Encoding: base64\n\nAAAA\n"
      "--b 1\nContent-Disposition: attachment; filename*0*=utf-8''%C3%A9t; filename*1=e.txt\n\nsecret\n"
      "--b 1--\nafter\n";
  EXPECT_THAT(Read(raw, "body"), ElementsAre("café and a long line", "  Tel:  1  & 2 "));
  EXPECT_THAT(Read(raw, "attachment"), ElementsAre("cv.pdf", "éte.txt"));
}

TEST(Mail, AMessageInsideIsReadItsHeadersAreNot) {
  const std::string raw =
      "From: <a@example.org>\nContent-Type: message/rfc822\n\nFrom: <b@example.org>\n\ninner text\n";
  EXPECT_THAT(Read(raw, "from_email"), ElementsAre("a@example.org"));
  EXPECT_THAT(Read(raw, "body"), ElementsAre("inner text\n"));
}

TEST(Mail, TextOfABrokenEncodingArrivesAsBytes) {
  MailMessage message;
  std::vector<FieldCell> cells;
  const std::string raw = "Content-Type: text/plain; charset=utf-8\n\n\xFF\xFE broken";
  message.Fill(raw, false, cells);
  ASSERT_EQ(cells.size(), 1u);
  EXPECT_EQ(cells[0].kind, CellKind::kBinary);
  EXPECT_THAT(Read("\n\x80uro", "body"), ElementsAre("€uro")) << "as Windows writes it where nothing is named";
}

TEST(Mail, DepthAndPartsAreLimited) {
  std::string deep;
  for (int i = 0; i < 1'000; ++i) deep += "Content-Type: message/rfc822\n\n";
  EXPECT_THAT(Read(deep + "text", "body"), IsEmpty());
  std::string wide = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 5'000; ++i) wide += "--b\n\nx\n";
  EXPECT_LE(Read(wide, "body").size(), 1'000u);
}

TEST(MailKeys, AreTheMessageIdOrAHashThatReadingDoesNotChange) {
  EXPECT_EQ(MailKey("Message-ID: <1@example.org>\n\nx"), "1@example.org");
  const std::string plain = MailKey("From: a@example.org\n\nx");
  EXPECT_TRUE(plain.starts_with("sha256:"));
  EXPECT_EQ(MailKey("From: a@example.org\nStatus: RO\nX-UID: 7\n\nx"), plain);
  EXPECT_NE(MailKey("From: a@example.org\n\ny"), plain);
}

TEST(MailboxNames, AreSpelledAsTheProtocolWants) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"INBOX", "INBOX"}, {"Entw&APw-rfe", "Entwürfe"}, {"&U,BTFw-", "台北"}, {"a&-b", "a&b"}, {"&2D3eAA-", "😀"}};
  for (const auto& [name, text] : rows) {
    EXPECT_EQ(DecodeMailboxName(name), text);
    EXPECT_EQ(EncodeMailboxName(text), name);
  }
  for (const char* broken : {"&", "&APw", "&A-", "&2D0-", "\xC3\xBC", "&AGE-"}) {
    EXPECT_EQ(DecodeMailboxName(broken), std::nullopt) << broken;
  }
}

TEST(ImapReplies, AreTheSameInPiecesAndAtOnce) {
  const std::string said = "* 1 FETCH (UID 5 BODY[] {5}\r\na\r\n(b FLAGS (\\Seen))\r\np1 NO [NOPERM] \"it\"\r\n";
  for (const std::size_t piece : {std::size_t{1}, said.size()}) {
    ImapReplies replies;
    std::vector<ImapReply> taken;
    for (std::size_t at = 0; at < said.size(); at += piece) {
      replies.Feed(std::string_view(said).substr(at, piece));
      while (auto reply = replies.Take()) taken.push_back(*reply);
    }
    ASSERT_EQ(taken.size(), 2u);
    EXPECT_TRUE(taken[0].Is("FETCH"));
    EXPECT_EQ(taken[0].tokens[6].text, "a\r\n(b");
    EXPECT_EQ(taken[1].tag, "p1");
    EXPECT_EQ(taken[1].Code(), "NOPERM");
  }
}

}  // namespace
}  // namespace privity::connect_internal
