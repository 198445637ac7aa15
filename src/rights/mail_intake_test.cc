#include "rights/mail_intake.h"

#include <gmock/gmock.h>

#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

// A mailbox in memory; a letter's number is its place.
class FakeBox final : public LetterBox {
 public:
  Status Check(ReadTx&, const Uuid& connection) override {
    return connection == known ? Ok() : Status(Error("rights.mailbox_unknown"));
  }
  Result<std::string> Read(const Uuid&, const std::string&, const std::optional<std::string>& mark,
                           std::int64_t at_most, const std::function<Status(IncomingLetter)>& on_letter,
                           const std::stop_token&) override {
    if (problem) return *problem;
    if (!mark) return std::to_string(letters.size());
    std::size_t at = std::stoul(*mark);
    for (std::int64_t read = 0; at < letters.size() && read < at_most; ++at, ++read) {
      PRIVITY_TRY_VOID(on_letter(letters[at]));
    }
    return std::to_string(at);
  }
  Uuid known = Uuid::NewV4();
  std::vector<IncomingLetter> letters;
  std::optional<Error> problem;
};

class MailIntakeTest : public RightsTestBase {
 protected:
  MailIntake& intake() {
    if (!intake_) intake_ = std::make_unique<MailIntake>(world(), rights(), box_);
    return *intake_;
  }
  void TearDown() override {
    intake_.reset();
    RightsTestBase::TearDown();
  }
  MailIntakeSettings On() {
    MailIntakeSettings settings;
    settings.enabled = true;
    settings.connection = box_.known;
    return settings;
  }
  Result<MailIntakeSettings> Put(const MailIntakeSettings& settings) {
    return Write([&](WriteTx& tx) { return intake().PutSettings(tx, staff_, settings, {}); });
  }
  LetterFate Take(const IncomingLetter& letter) {
    const auto fate = Write([&](WriteTx& tx) { return intake().Take(tx, On(), letter); });
    EXPECT_TRUE(fate.ok()) << fate.error().DebugString();
    return fate.value();
  }
  IncomingLetter Letter(std::string text, std::string from = "ada@example.org") {
    return {.id = std::to_string(++letters_) + "@example.org",
            .from = std::move(from),
            .from_name = "Ada Lovelace",
            .subject = "My data",
            .text = std::move(text)};
  }
  std::vector<RightsRequest> Requests(const std::string& email = "ada@example.org") {
    return Read([&](ReadTx& tx) { return rights().OfAddress(tx, email); }).value();
  }
  Status Run() { return RunJob(std::string(MailIntake::kJob), intake().Handler()); }

  FakeBox box_;

 private:
  std::unique_ptr<MailIntake> intake_;
  int letters_ = 0;
};
PRIVITY_ON_EVERY_STORE(MailIntakeTest);

TEST_P(MailIntakeTest, ALetterBecomesARequestThatProvesNobody) {
  EXPECT_EQ(Take(Letter("Please delete my account and all you have.")), LetterFate::kRequest);
  ASSERT_THAT(Requests(), SizeIs(1));
  const RightsRequest made = Requests().front();
  EXPECT_EQ(made.right, Right::kErasure);
  EXPECT_EQ(made.channel, RequestChannel::kMail);
  EXPECT_EQ(made.state, RequestState::kProving) << "the letter that asks for the proof went out";
  EXPECT_FALSE(made.proven);
  EXPECT_EQ(MandateFor(made.id).error().code(), "rights.not_proven");
  const RequestContent content = Write([&](WriteTx& tx) { return rights().Content(tx, staff_, made.id); }).value();
  EXPECT_EQ(content.email, "ada@example.org");
  EXPECT_THAT(content.details, HasSubstr("delete my account"));
}

TEST_P(MailIntakeTest, ALetterCountsOnce) {
  const IncomingLetter letter = Letter("What data do you hold on me?");
  EXPECT_EQ(Take(letter), LetterFate::kRequest);
  EXPECT_EQ(Take(letter), LetterFate::kKnown);
  EXPECT_THAT(Requests(), SizeIs(1));
}

TEST_P(MailIntakeTest, MachinesAndLettersWithoutOneSenderAreLeftAlone) {
  IncomingLetter automatic = Letter("I am on holiday. Please delete my data.");
  automatic.is_automatic = true;
  EXPECT_EQ(Take(automatic), LetterFate::kLeftAlone);
  EXPECT_EQ(Take(Letter("Delete my data", "")), LetterFate::kLeftAlone);
  EXPECT_EQ(Take(Letter("Delete my data", "no address")), LetterFate::kLeftAlone);
  EXPECT_EQ(Count("rights_request"), 0);
  EXPECT_EQ(CodeInTheMail(), "");
}

TEST_P(MailIntakeTest, AFurtherLetterIsAMessageAndAnotherRightAnotherRequest) {
  Take(Letter("Please delete my data."));
  EXPECT_EQ(Take(Letter("And when?")), LetterFate::kMessage);
  EXPECT_EQ(Take(Letter("I said: delete my data!")), LetterFate::kMessage);
  EXPECT_EQ(Take(Letter("Also send me a copy of my data.")), LetterFate::kRequest);
  EXPECT_EQ(Take(Letter("Please delete my data.", "ben@example.org")), LetterFate::kRequest);
  ASSERT_THAT(Requests(), SizeIs(2));
  const RightsRequestId erasure = Requests().back().id;
  const auto messages = Write([&](WriteTx& tx) { return rights().Messages(tx, staff_, erasure); }).value();
  ASSERT_THAT(messages, SizeIs(2));
  EXPECT_EQ(messages[0].direction, MessageDirection::kFromPerson);
}

TEST_P(MailIntakeTest, ALetterDoesNotMoveTheClockOfAPause) {
  Take(Letter("Please delete my data."));
  const RightsRequestId id = Requests().front().id;
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Pause(tx, staff_, id, "Which account?"); }).ok());
  EXPECT_EQ(Take(Letter("The first.")), LetterFate::kMessage);
  EXPECT_TRUE(Now(id).paused) << "nobody proved who wrote it";
}

TEST_P(MailIntakeTest, NoSenderFloodsIt) {
  for (int i = 0; i < kLettersOfSenderMax; ++i) EXPECT_NE(Take(Letter("Again.")), LetterFate::kLeftAlone) << i;
  EXPECT_EQ(Take(Letter("Again.")), LetterFate::kLeftAlone);
  EXPECT_EQ(Take(Letter("Me, too.", "ben@example.org")), LetterFate::kRequest);
  clock().Advance(25h);
  EXPECT_EQ(Take(Letter("Again.")), LetterFate::kMessage);
}

TEST_P(MailIntakeTest, TheJobReadsWhatIsNewAndSaysWhatCameOfIt) {
  box_.letters = {Letter("Delete my data, I wrote before the mailbox was named.", "old@example.org")};
  ASSERT_TRUE(Put(On()).ok());
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(Count("rights_request"), 0);
  box_.letters.push_back(Letter("Delete my data."));
  box_.letters.push_back(Letter("Now!"));
  box_.letters.push_back(Letter("From nobody", ""));
  ASSERT_TRUE(Run().ok());
  ASSERT_TRUE(Run().ok());
  const MailIntakeSettings after = Read([&](ReadTx& tx) { return intake().Settings(tx); }).value();
  EXPECT_EQ(after.requests, 1);
  EXPECT_EQ(after.messages, 1);
  EXPECT_EQ(after.left_alone, 1);
  EXPECT_EQ(after.read_at, clock().Now());
  EXPECT_THAT(Recorded(), testing::Contains(HasSubstr("rights.mail.read")).Times(1));
}

TEST_P(MailIntakeTest, AMailboxThatCannotBeReadSaysWhyAndLosesNothing) {
  ASSERT_TRUE(Put(On()).ok());
  ASSERT_TRUE(Run().ok());
  box_.problem = Error("connect.unreachable");
  box_.letters.push_back(Letter("Delete my data."));
  EXPECT_FALSE(Run().ok());
  EXPECT_EQ(Read([&](ReadTx& tx) { return intake().Settings(tx); })->problem, "connect.unreachable");
  box_.problem.reset();
  ASSERT_TRUE(Run().ok());
  EXPECT_THAT(Requests(), SizeIs(1));
  EXPECT_EQ(Read([&](ReadTx& tx) { return intake().Settings(tx); })->problem, std::nullopt);
}

TEST_P(MailIntakeTest, SettingsNameAMailServerALawAndOneOfItsRights) {
  MailIntakeSettings settings = On();
  settings.connection.reset();
  EXPECT_EQ(Put(settings).error().code(), "rights.mailbox_unknown");
  settings.connection = Uuid::NewV4();
  EXPECT_EQ(Put(settings).error().code(), "rights.mailbox_unknown");
  settings = On();
  settings.law = "no-such-law";
  EXPECT_EQ(Put(settings).error().code(), "packs.unknown");
  EXPECT_TRUE(Put(On()).ok());
}

TEST_P(MailIntakeTest, KeepsNoAddressAndNoMessageIdInTheClear) {
  Take(Letter("Please delete my data."));
  EXPECT_THAT(WholeTables(), Not(HasSubstr("example.org")));
}

TEST(LetterWords, NameARightInFourLanguages) {
  EXPECT_EQ(RightInWords("Please DELETE MY data"), Right::kErasure);
  EXPECT_EQ(RightInWords("Welche Daten haben Sie?"), Right::kAccess);
  EXPECT_EQ(RightInWords("Je m'oppose à la publicité"), Right::kObjection);
  EXPECT_EQ(RightInWords("Quiero ejercer mi derecho de acceso"), Right::kAccess);
  EXPECT_EQ(RightInWords("Ich widerrufe meine Einwilligung"), Right::kConsentWithdrawal);
  EXPECT_EQ(RightInWords("Hello"), std::nullopt);
  EXPECT_EQ(RightInWords("Send a copy of my data, then delete my account"), std::nullopt) << "both: a person decides";
}

}  // namespace
}  // namespace privity
