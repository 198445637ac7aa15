#include <gmock/gmock.h>

#include "law/deadline.h"
#include "packs/holidays.h"

namespace privity {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<PackKind> Kinds() {
  return {HolidayCalendarKind(), RegulationKind()};
}

const PackCatalog& Packs() {
  static const PackCatalog packs = [] {
    std::vector<PackFile> files = BuiltInPackFiles("holidays/");
    for (PackFile& file : BuiltInPackFiles("regulations/")) files.push_back(std::move(file));
    return PackCatalog::Load(Kinds(), files).value();
  }();
  return packs;
}

Date Day(std::string_view text) {
  return Date::Parse(text).value();
}

std::shared_ptr<const Regulation> LawOf(std::string_view id) {
  return LawOn(Packs(), id, Day("2026-11-25")).value();
}

// The day on which a request of that day is to be answered, where the controller is at `place`.
Deadline Answer(std::string_view law_id, Right right, std::string_view received, std::string_view place,
                bool extended = false, std::vector<Pause> pauses = {}) {
  const auto law = LawOf(law_id);
  const TimeZone zone = TimeZone::Parse("Europe/Berlin").value();
  const LegalCalendar calendar = CalendarFor(Packs(), *law, place, Day(received)).value();
  const ClockFacts facts{.received_at = zone.StartOfDay(Day(received)) + std::chrono::hours(14),
                         .extended = extended,
                         .pauses = std::move(pauses)};
  return AnswerDeadline(*law, right, facts, calendar, zone).value();
}

TEST(Regulations, EveryBuiltInLawIsSoundAndGrantsWhatItCanAnswer) {
  EXPECT_THAT(ValidatePackFiles(Kinds(), BuiltInPackFiles("regulations/")), IsEmpty());
  EXPECT_THAT(Packs().Ids("regulation"), ElementsAre("ch-fadp", "eu-gdpr", "gb-ukgdpr", "us-ca-ccpa"));
  for (const std::string& id : Packs().Ids("regulation")) {
    const auto law = LawOf(id);
    EXPECT_FALSE(law->requests.remedies.empty()) << id;
    for (const LegalRight& right : law->rights) {
      if (!right.right) continue;
      EXPECT_NE(RuleFor(law->requests.answer, *right.right), nullptr) << id << " " << right.id;
      EXPECT_NE(RuleFor(law->requests.identity, *right.right), nullptr) << id << " " << right.id;
      EXPECT_NE(RuleFor(law->requests.refusal_grounds, *right.right), nullptr) << id << " " << right.id;
    }
  }
}

// The project's vectors for legal periods, counted by what the packs say: value, unit and roll come from there. No
// place: weekends alone, as in the vectors without holidays.
TEST(AnswerDeadlines, FollowTheVectorsOfTheirLaw) {
  struct Row {
    const char* id;
    const char* law;
    Right right;
    const char* received;
    const char* place;
    bool extended;
    const char* due;
  };
  const Row rows[] = {
      {"EU-01", "eu-gdpr", Right::kAccess, "2026-03-05", "", false, "2026-04-06"},
      {"EU-02", "eu-gdpr", Right::kErasure, "2026-01-31", "", false, "2026-03-02"},
      {"EU-03", "eu-gdpr", Right::kAccess, "2028-01-31", "", false, "2028-02-29"},
      {"EU-04", "eu-gdpr", Right::kAccess, "2026-08-31", "", false, "2026-09-30"},
      {"EU-05", "eu-gdpr", Right::kCorrection, "2026-01-30", "", false, "2026-03-02"},
      {"EU-06", "eu-gdpr", Right::kAccess, "2026-11-25", "DE", false, "2026-12-28"},
      {"EU-07", "eu-gdpr", Right::kAccess, "2026-04-01", "DE", false, "2026-05-04"},
      {"EU-08", "eu-gdpr", Right::kAccess, "2026-12-31", "", false, "2027-02-01"},
      {"EU-09", "eu-gdpr", Right::kAccess, "2026-02-28", "", false, "2026-03-30"},
      {"EU-10", "eu-gdpr", Right::kAccess, "2026-01-31", "", true, "2026-04-30"},
      {"EU-11", "eu-gdpr", Right::kAccess, "2026-05-14", "", true, "2026-08-14"},
      {"EU-12", "eu-gdpr", Right::kAccess, "2026-03-06", "DE", false, "2026-04-07"},
      {"UK-01", "gb-ukgdpr", Right::kAccess, "2026-09-03", "GB-EAW", false, "2026-10-05"},
      {"UK-02", "gb-ukgdpr", Right::kAccess, "2026-11-25", "GB-EAW", false, "2026-12-29"},
      {"CH-01", "ch-fadp", Right::kAccess, "2026-01-31", "CH", false, "2026-03-02"},
      {"US-01", "us-ca-ccpa", Right::kErasure, "2026-01-05", "", false, "2026-02-19"},
      {"US-02", "us-ca-ccpa", Right::kErasure, "2026-01-05", "", true, "2026-04-05"},
      {"US-04", "us-ca-ccpa", Right::kObjection, "2026-01-05", "", false, "2026-01-27"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.id);
    EXPECT_EQ(Answer(row.law, row.right, row.received, row.place, row.extended).day, Day(row.due));
  }
}

// UK-03: UK GDPR Art. 12A stops the clock while it is clarified what is sought, 5 to 10 March.
TEST(AnswerDeadlines, StandStillOnlyWhereTheLawSaysSo) {
  const std::vector<Pause> asking = {{Day("2026-03-05"), Day("2026-03-10")}};
  EXPECT_EQ(Answer("gb-ukgdpr", Right::kAccess, "2026-03-02", "GB-EAW", false, asking).day, Day("2026-04-08"));
  // California knows no pause: 45 days from receipt, whatever is asked meanwhile.
  const Deadline california = Answer("us-ca-ccpa", Right::kAccess, "2026-01-05", "", false, asking);
  EXPECT_EQ(california.day, Day("2026-02-19"));
  EXPECT_THAT(california.article, Not(HasSubstr("12A")));
}

// UK-04 and US-03.
TEST(AcknowledgeDeadlines, AreTheLawsOwnOrNone) {
  const TimeZone zone;
  const auto acknowledge = [&](std::string_view id, Right right, std::string_view received) {
    const auto law = LawOf(id);
    const auto calendar = CalendarFor(Packs(), *law, "", Day(received)).value();
    return AcknowledgeDeadline(*law, right, {.received_at = zone.StartOfDay(Day(received))}, calendar, zone);
  };
  EXPECT_EQ(acknowledge("gb-ukgdpr", Right::kComplaint, "2026-07-01")->day, Day("2026-07-30"));
  EXPECT_EQ(acknowledge("us-ca-ccpa", Right::kAccess, "2026-01-05")->day, Day("2026-01-20"));
  EXPECT_FALSE(acknowledge("eu-gdpr", Right::kAccess, "2026-01-05"));
  EXPECT_FALSE(acknowledge("us-ca-ccpa", Right::kObjection, "2026-01-05"));
}

// UK GDPR Art. 12A: the latest of receipt and the identity information. California's 45 days run from receipt.
TEST(AnswerDeadlines, BeginWithTheProofOfIdentityWhereTheLawSaysSo) {
  const TimeZone zone;
  const auto due = [&](std::string_view id) {
    const auto law = LawOf(id);
    const auto calendar = CalendarFor(Packs(), *law, "", Day("2026-06-01")).value();
    return AnswerDeadline(
               *law, Right::kAccess,
               {.received_at = zone.StartOfDay(Day("2026-06-01")), .identified_at = zone.StartOfDay(Day("2026-06-10"))},
               calendar, zone)
        ->day;
  };
  EXPECT_EQ(due("gb-ukgdpr"), Day("2026-07-10"));
  EXPECT_EQ(due("us-ca-ccpa"), Day("2026-07-16"));
  EXPECT_EQ(due("eu-gdpr"), Day("2026-07-01"));
}

// Period and extension stand in the same paragraph of the GDPR.
TEST(AnswerDeadlines, NameAnArticleOnce) {
  EXPECT_EQ(Answer("eu-gdpr", Right::kAccess, "2026-03-05", "", true).article, "Art. 12(3)");
}

TEST(AnswerDeadlines, SayByWhichRuleArticleAndCalendar) {
  const Deadline deadline = Answer("eu-gdpr", Right::kAccess, "2026-03-05", "DE-BY");
  EXPECT_EQ(deadline.article, "Art. 12(3)");
  EXPECT_EQ(deadline.rule, (PeriodRule{.value = 1, .unit = PeriodUnit::kMonths, .roll = Roll::kNextWorkingDay}));
  EXPECT_EQ(deadline.law, "eu-gdpr");
  EXPECT_EQ(deadline.law_version.ToString(), "2026.1");
  EXPECT_EQ(deadline.calendar, "DE-BY");
  EXPECT_TRUE(deadline.holidays_known);
  EXPECT_EQ(deadline.cautious, Day("2026-04-05"));
  EXPECT_FALSE(deadline.uncertain);
  EXPECT_EQ(deadline.source_date, Day("2026-11-23"));
  const Deadline extended = Answer("eu-gdpr", Right::kAccess, "2026-03-05", "DE-BY", true);
  EXPECT_EQ(extended.rule.value, 3);
}

TEST(AnswerDeadlines, SayWhenOnlyWeekendsAreKnown) {
  const Deadline swiss = Answer("ch-fadp", Right::kAccess, "2026-01-31", "CH");
  EXPECT_FALSE(swiss.holidays_known);
  EXPECT_EQ(swiss.calendar, "");
  const auto misspelled = CalendarFor(Packs(), *LawOf("eu-gdpr"), "DE-XX", Day("2026-01-31"));
  EXPECT_EQ(misspelled.error().code(), "packs.region_unknown");
}

// A fact from a law firm's summary is shown as uncertain, however sure its author was.
TEST(Facts, AreUncertainUntilComparedWithTheLaw) {
  EXPECT_TRUE(Answer("gb-ukgdpr", Right::kAccess, "2026-03-05", "").uncertain);
  EXPECT_FALSE(Answer("us-ca-ccpa", Right::kAccess, "2026-03-05", "").uncertain);
  const auto law = LawOf("eu-gdpr");
  EXPECT_TRUE(IsUncertain(*law, {.article = "Art. 1", .source = "own", .confidence = Confidence::kHigh}));
  EXPECT_TRUE(IsUncertain(*law, {.article = "Art. 1", .source = "gdpr", .confidence = Confidence::kMedium}));
  EXPECT_FALSE(IsUncertain(*law, {.article = "Art. 1", .source = "gdpr", .confidence = Confidence::kHigh}));
}

TEST(Laws, AreFoundByWhereAPersonLives) {
  const auto ids = [](std::string_view place) {
    std::vector<std::string> found;
    for (const auto& law : LawsIn(Packs(), place, Day("2026-11-25"))) found.push_back(law->pack.id);
    return found;
  };
  EXPECT_THAT(ids("DE"), ElementsAre("eu-gdpr"));
  EXPECT_THAT(ids("DE-BY"), ElementsAre("eu-gdpr"));
  EXPECT_THAT(ids("NO"), ElementsAre("eu-gdpr"));
  EXPECT_THAT(ids("US-CA"), ElementsAre("us-ca-ccpa"));
  EXPECT_THAT(ids("US-NY"), IsEmpty());
  EXPECT_THAT(ids("CH"), ElementsAre("ch-fadp"));
  EXPECT_THAT(ids("GB"), ElementsAre("gb-ukgdpr"));
  EXPECT_THAT(ids(""), IsEmpty());
}

TEST(Laws, RefuseWhatTheyDoNotGrant) {
  const auto law = LawOf("us-ca-ccpa");
  const auto refused = AnswerDeadline(*law, Right::kComplaint, {}, {}, TimeZone());
  EXPECT_EQ(refused.error().code(), "law.right_unknown");
  const auto longer = AnswerDeadline(*law, Right::kObjection, {.extended = true}, {}, TimeZone());
  EXPECT_EQ(longer.error().code(), "law.extension_unknown");
  EXPECT_EQ(AnswerDeadline(*LawOf("ch-fadp"), Right::kAccess, {.extended = true}, {}, TimeZone()).error().code(),
            "law.extension_unknown");
}

// A pack with one fault each.
class WrongPacks : public testing::Test {
 protected:
  static std::string With(std::string_view what, std::string_view instead) {
    std::string text(BuiltInPackFiles("regulations/ch-fadp.yaml").at(0).text);
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), instead);
  }
  static std::string Problem(const std::string& text) {
    const auto pack = ReadPack(Kinds(), "wrong.yaml", text);
    EXPECT_FALSE(pack.ok());
    return pack.ok() ? "" : pack.error().DebugString();
  }
};

TEST_F(WrongPacks, AreRefusedWithThePlaceAndTheReason) {
  EXPECT_THAT(Problem(With("source: fadp", "source: fapd")), HasSubstr("no source of this id"));
  EXPECT_THAT(Problem(With("id: own, kind: own", "id: fadp, kind: own")), HasSubstr("two sources"));
  EXPECT_THAT(Problem(With("id: portability", "id: access")), HasSubstr("two facts"));
  EXPECT_THAT(Problem(With("{id: respond, period", "{id: respond, rights: [access], period")), HasSubstr("no period"));
  EXPECT_THAT(Problem(With("- {conditions:", "- {total: {value: 1, unit: months}, conditions:")),
              HasSubstr("whole period"));
  EXPECT_THAT(Problem(With("right: erasure", "right: oblivion")), HasSubstr("base.value"));
}

}  // namespace
}  // namespace privity
