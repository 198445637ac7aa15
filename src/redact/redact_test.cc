#include <gtest/gtest.h>

#include <sstream>

#include "redact/redact_streams.h"

namespace privity {
namespace {

Key KeyOf(char c) {
  const std::string bytes(Key::kBytes, c);
  return *Key::FromBytes(AsBytes(bytes));
}

Redactor Made(RedactionManner manner, std::vector<Entity> only = {}, char key = 'k') {
  return *Redactor::Create(*Detector::BuiltIn(), {.manner = manner, .only = std::move(only)}, KeyOf(key));
}

std::string Streamed(const Redactor& redactor, RedactionInput input, const std::string& text,
                     RedactionCounts* counts = nullptr) {
  std::istringstream in(text);
  std::ostringstream out;
  const auto done = RedactStream(redactor, input, in, out, [](const Error&) {});
  EXPECT_TRUE(done.ok());
  if (counts != nullptr && done.ok()) *counts = *done;
  return out.str();
}

TEST(Redaction, ALabelStandsForWhatWasFound) {
  const Redactor redactor = Made(RedactionManner::kLabel);
  EXPECT_EQ(redactor.Text("Grüße bitte an mira.keller@example.org, später.").text, "Grüße bitte an [email], später.");
  EXPECT_EQ(redactor.Text("Österreich \xFF: mira@example.org").text.find("mira@"), std::string::npos);
}

TEST(Redaction, AMaskKeepsLengthAndSigns) {
  EXPECT_EQ(Made(RedactionManner::kMask).Text("Call (415) 555-0132 now").text, "Call (***) ***-**** now");
}

TEST(Redaction, APseudonymIsStableForAValueAndAKey) {
  const Redactor redactor = Made(RedactionManner::kPseudonym);
  const std::string one = redactor.Value("Ana@example.org", Entity::kEmail);
  EXPECT_EQ(one, redactor.Value("ana@example.org", Entity::kEmail));
  EXPECT_NE(one, redactor.Value("ana@example.org", Entity::kUsername));
  EXPECT_NE(one, redactor.Value("anna@example.org", Entity::kEmail));
  EXPECT_NE(one, Made(RedactionManner::kPseudonym, {}, 'x').Value("Ana@example.org", Entity::kEmail));
  EXPECT_TRUE(one.starts_with("email-"));
  EXPECT_EQ(one.size(), 16u);
}

TEST(Redaction, TheFormIsKept) {
  const std::string formed = Made(RedactionManner::kFormat).Value("DE89 3704 0044", Entity::kBankAccount);
  ASSERT_EQ(formed.size(), 14u);
  EXPECT_NE(formed, "DE89 3704 0044");
  EXPECT_TRUE(formed[0] >= 'A' && formed[0] <= 'Z');
  EXPECT_TRUE(formed[2] >= '0' && formed[2] <= '9');
  EXPECT_EQ(formed[4], ' ');
}

TEST(Redaction, WithoutAKeyNothingKeyedIsMade) {
  const auto none = Redactor::Create(*Detector::BuiltIn(), {.manner = RedactionManner::kPseudonym}, std::nullopt);
  EXPECT_EQ(none.error().code(), "redact.key_missing");
}

TEST(Redaction, OnlyTheKindsThatWereAskedFor) {
  const Redactor redactor = Made(RedactionManner::kLabel, {Entity::kEmail});
  EXPECT_EQ(redactor.Text("ana@example.org, 192.0.2.7").text, "[email], 192.0.2.7");
}

TEST(RedactStreams, ColumnsThatArePersonalAreReplacedAsAWhole) {
  const std::string csv =
      "id,first_name,notes,amount\r\n"
      "1,Zxqwv,\"say \"\"hi\"\" to bo@example.org,\nplease\",12.50\r\n"
      "2,Plmok,nothing,7.00\r\n";
  EXPECT_EQ(Streamed(Made(RedactionManner::kLabel), RedactionInput::kCsv, csv),
            "id,first_name,notes,amount\n"
            "1,[person],\"say \"\"hi\"\" to [email],\nplease\",12.50\n"
            "2,[person],nothing,7.00\n");
}

// No single one of these towns and handles would be found in a text.
TEST(RedactStreams, ColumnsWithoutATellingNameAreJudgedByTheirValuesAndTheirNeighbours) {
  EXPECT_EQ(Streamed(Made(RedactionManner::kLabel), RedactionInput::kCsv,
                     "c1;c2;c3\n"
                     "Ahornweg 4;Kleinbüttel;7\nLindenallee 12;Oberstetten;9\nHauptstraße 7;Neuburg;11\n"
                     "Gartenstraße 3;Falkenau;13\nSchulstraße 21;Berghausen;15\n"),
            "c1;c2;c3\n"
            "[address];[location];7\n[address];[location];9\n[address];[location];11\n"
            "[address];[location];13\n[address];[location];15\n");
}

TEST(RedactStreams, AFileWithoutAHeadBeginsWithSomebodysData) {
  EXPECT_EQ(Streamed(Made(RedactionManner::kLabel), RedactionInput::kCsv,
                     "1|ana@example.org|ok\n2|bo@example.org|ok\n3|cy@example.org|no\n"),
            "1|[email]|ok\n2|[email]|ok\n3|[email]|no\n");
  EXPECT_EQ(Streamed(Made(RedactionManner::kLabel), RedactionInput::kCsv,
                     "Ana Ruiz,ok\nTom Keller,ok\nMaria Lopez,no\nPeter Novak,no\n"),
            "[person],ok\n[person],ok\n[person],no\n[person],no\n");
  EXPECT_EQ(Streamed(Made(RedactionManner::kLabel), RedactionInput::kCsv,
                     "Meister,ok\nTom Keller,ok\nMaria Lopez,no\nPeter Novak,no\n"),
            "Meister,ok\n[person],ok\n[person],no\n[person],no\n");
  EXPECT_EQ(Streamed(Made(RedactionManner::kLabel), RedactionInput::kCsv, "address2,e-mail\n,ana@example.org\n"),
            "address2,e-mail\n,[email]\n");
}

TEST(RedactStreams, TheDelimiterIsNoSignInsideQuotes) {
  EXPECT_EQ(Streamed(Made(RedactionManner::kLabel), RedactionInput::kCsv,
                     "\"last name; first name\",note\n\"Qwzx; Plm\",none\n"),
            "last name; first name,note\n[person],none\n");
}

TEST(RedactStreams, MembersOfJsonAreReplacedByTheirNames) {
  RedactionCounts counts;
  const std::string redacted = Streamed(
      Made(RedactionManner::kLabel), RedactionInput::kJsonl,
      "{\"order\":7,\"customer\":{\"last_name\":\"Qwzx\",\"phone\":4155550132},\"tags\":[\"a\"]}\nno json\n", &counts);
  EXPECT_EQ(redacted,
            "{\"order\":7,\"customer\":{\"last_name\":\"[person]\",\"phone\":\"[phone]\"},\"tags\":[\"a\"]}\n");
  EXPECT_EQ(counts.left_out, 1);
}

// A line that cannot be read is not copied: it may hold anything.
TEST(RedactStreams, WhatCannotBeReadIsNotWritten) {
  const std::string redacted =
      Streamed(Made(RedactionManner::kLabel), RedactionInput::kJsonl, "{\"mail\": \"ana@example.org\"\n");
  EXPECT_EQ(redacted, "");
}

TEST(RedactStreams, AKeyOverManyLinesIsTakenOutWhole) {
  std::string text = std::string(3900, 'x') + "\n-----BEGIN PRIVATE KEY-----\n";
  for (int i = 0; i < 20; ++i) text += std::string(64, static_cast<char>('A' + i)) + "\n\n";
  text += "-----END PRIVATE KEY-----\nafter\n";
  const std::string redacted = Streamed(Made(RedactionManner::kLabel), RedactionInput::kText, text);
  EXPECT_EQ(redacted.find("AAAA"), std::string::npos);
  EXPECT_EQ(redacted.find("TTTT"), std::string::npos);
  EXPECT_TRUE(redacted.ends_with("after\n"));
}

TEST(RedactStreams, OneEndlessLineIsReadInParts) {
  std::string text;
  while (text.size() < 2 * kRedactTextBytesMax) text += "word ";
  EXPECT_EQ(Streamed(Made(RedactionManner::kLabel), RedactionInput::kText, text), text);
}

}  // namespace
}  // namespace privity
