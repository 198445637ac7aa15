#include "rights/own_texts.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "rights/letter.h"
#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using testing::Contains;
using testing::HasSubstr;
using enum RequestTextName;

class OwnTextsTest : public RightsTestBase {
 protected:
  Result<RequestText> Put(RequestTextName name, const std::string& language, const RequestTextWords& words,
                          std::optional<std::int64_t> version = {}) {
    return Write([&](WriteTx& tx) { return own_texts().Put(tx, staff_, name, language, words, version); });
  }
  RequestText Get(RequestTextName name, const std::string& language) {
    return Read([&](ReadTx& tx) { return own_texts().Get(tx, name, language); }).value();
  }
  std::string Refusal(RequestTextName name, const RequestTextWords& words) {
    const auto put = Put(name, "de", words);
    return put.ok() ? "" : put.error().DebugString();
  }
};
PRIVITY_ON_EVERY_STORE(OwnTextsTest);

TEST_P(OwnTextsTest, EveryTextIsThereInEveryLanguageAndPassesItsOwnCheck) {
  const auto all = Read([&](ReadTx& tx) { return own_texts().List(tx); }).value();
  EXPECT_EQ(all.size(), 9U * 4U);
  for (const RequestText& each : all) {
    EXPECT_FALSE(each.is_own);
    const auto put = Put(each.name, each.language, {each.subject, each.text});
    EXPECT_TRUE(put.ok()) << EnumText(each.name) << " " << each.language << ": " << put.error().DebugString();
  }
}

TEST_P(OwnTextsTest, CountUntilTheyAreTakenBackAndAreOnTheRecord) {
  const RequestTextWords own = {"Ihr Antrag {reference}", "Guten Tag,\n\nwir antworten bis {due}."};
  EXPECT_EQ(Put(kMailReceived, "de", own)->version, 1);
  EXPECT_EQ(Get(kMailReceived, "de").text, own.text);
  EXPECT_FALSE(Get(kMailReceived, "fr").is_own);
  const auto words = [&](const char* language) {
    return Read([&](ReadTx& tx) { return own_texts().MailWordsOf(tx, "rights.mail_received", language); }).value();
  };
  EXPECT_EQ(words("de")->subject, own.subject);
  EXPECT_EQ(words("en"), std::nullopt);
  EXPECT_EQ(Put(kMailReceived, "de", own, 0).error().code(), "rights.settings_changed_meanwhile");
  EXPECT_THAT(Recorded(), Contains(HasSubstr("rights.text.set")));
  const auto reset = [&] {
    return Write([&](WriteTx& tx) { return own_texts().Reset(tx, staff_, kMailReceived, "de"); }).value();
  };
  EXPECT_FALSE(reset().is_own);
  EXPECT_EQ(words("de"), std::nullopt);
  EXPECT_THAT(Recorded(), Contains(HasSubstr("rights.text.reset")));
  EXPECT_EQ(reset().version, 0) << "twice is once";
}

TEST_P(OwnTextsTest, RefusesWhatCouldNotBeFilledIn) {
  EXPECT_THAT(Refusal(kMailCode, {"Code", "Ihr Code: {kode}"}), HasSubstr("rights.text_placeholder{"));
  EXPECT_THAT(Refusal(kMailCode, {"Code", "Ihr Code."}), HasSubstr("rights.text_lacks"));
  EXPECT_THAT(Refusal(kMailCode, {"Code", "Ihr Code: {code"}), HasSubstr("rights.text_pattern"));
  EXPECT_THAT(Refusal(kMailCode, {"", "Ihr Code: {code}"}), HasSubstr("rights.text_subject"));
  EXPECT_THAT(Refusal(kDraftPause, {"Frage", "Was ist gemeint?"}), HasSubstr("rights.text_subject"));
  EXPECT_THAT(Refusal(kMailCode, {"Code {reference}", "Ihr Code: {code}"}), HasSubstr("rights.text_placeholder{"));
  // A number would be needed to count by it, and values are texts.
  EXPECT_THAT(Refusal(kMailCode, {"Code", "{code} {minutes, plural, one {# Minute} other {# Minuten}}"}),
              HasSubstr("rights.text_placeholder{"));
  EXPECT_EQ(Read([&](ReadTx& tx) { return own_texts().Get(tx, kMailCode, "tlh"); }).error().code(),
            "rights.text_language");
}

TEST_P(OwnTextsTest, ThePreviewFillsTheBlanks) {
  Organization company;
  company.name = "Example Trading";
  const auto preview = own_texts().Preview(
      kMailNews, "en", {"News of {organization}", "{portal, select, none {Write to us.} other {Read it at {portal}.}}"},
      company);
  EXPECT_EQ(preview->subject, "News of Example Trading");
  EXPECT_EQ(preview->text, "Read it at https://privacy.example.org.");
  EXPECT_EQ(own_texts().Preview(kMailNews, "en", {"A", "{code} {portal}"}, company).error().code(),
            "rights.text_placeholder");
}

TEST_P(OwnTextsTest, DraftsAndTextMessagesSpeakThemToo) {
  ASSERT_TRUE(Put(kDraftPause, "en", {"", "Dear customer, [what is not clear]? {organization}"}).ok());
  RightsRequest request;
  request.language = "en";
  Organization company;
  company.name = "Example Trading";
  const auto drafts = Read([&](ReadTx& tx) { return DraftsFor(tx, own_texts(), request, company); }).value();
  EXPECT_EQ(drafts.pause, "Dear customer, [what is not clear]? Example Trading");
  EXPECT_THAT(drafts.answer, HasSubstr("Hello"));
}

}  // namespace
}  // namespace privity
