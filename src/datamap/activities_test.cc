#include "datamap/activities.h"

#include <gmock/gmock.h>

#include "datamap/activity_register.h"
#include "datamap/testing/datamap_test_base.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class ActivitiesTest : public DatamapTest {
 protected:
  // As controller, with all that GDPR Art. 30(1) asks for.
  static ActivityRequest Whole() {
    return {.role = ActivityRole::kController,
            .name = "Web shop",
            .parties = {{.role = PartyRole::kController, .name = "Example Ltd", .contact = "privacy@example.org"}},
            .purposes = {{.purpose = "Delivering orders", .basis = LawfulBasis::kContract}},
            .subject_categories = {"Customers"},
            .data_categories = {"user.contact.email"},
            .recipients = {"Parcel services"},
            .retention = "Six years after the order",
            .security = "Encrypted disks, two factors"};
  }
  Result<Activity> Create(const ActivityRequest& request) {
    return store().Write([&](WriteTx& tx) { return map().activities().Create(tx, engineer_, request); });
  }
  Result<Activity> Update(const Activity& activity, const ActivityRequest& request) {
    return store().Write(
        [&](WriteTx& tx) { return map().activities().Update(tx, engineer_, activity.id, request, activity.version); });
  }
  Status End(const Activity& activity) {
    return store().Write(
        [&](WriteTx& tx) { return map().activities().End(tx, engineer_, activity.id, activity.version); });
  }
  std::vector<Activity> Listed(const ActivityFilter& filter = {}) {
    return store().Read([&](ReadTx& tx) { return map().activities().List(tx, filter); }).value().items;
  }
  std::vector<std::string> Gaps(const ActivityRequest& request) {
    std::vector<std::string> lines;
    for (const ActivityGap& gap : Create(request).value().gaps) lines.push_back(gap.member + " " + gap.article);
    return lines;
  }
  static std::string Written(const RegisterExport& content, RegisterFormat format) {
    std::string bytes;
    const Status written = WriteActivityRegister(Catalog::BuiltIn(), content, format, [&](BytesView piece) -> Status {
      bytes += AsText(piece);
      return Ok();
    });
    EXPECT_TRUE(written.ok()) << written.error().DebugString();
    return bytes;
  }
};
PRIVITY_ON_EVERY_STORE(ActivitiesTest);

// GDPR Art. 30(1)(a) to (g), and the basis that Art. 6(1) asks for.
TEST_P(ActivitiesTest, WhatTheControllersRecordLacksIsNamedWithItsArticle) {
  EXPECT_THAT(Gaps(Whole()), IsEmpty());
  EXPECT_THAT(
      Gaps({.name = "Nothing yet", .purposes = {{.purpose = "Advertising"}}}),
      ElementsAre("parties GDPR Art. 30(1)(a)", "subject_categories GDPR Art. 30(1)(c)",
                  "data_categories GDPR Art. 30(1)(c)", "recipients GDPR Art. 30(1)(d)", "retention GDPR Art. 30(1)(f)",
                  "security GDPR Art. 30(1)(g)", "purposes.basis GDPR Art. 6(1)"));
}

TEST_P(ActivitiesTest, ATransferNeedsItsSafeguardsAndASpecialCategoryItsCondition) {
  ActivityRequest request = Whole();
  request.transfers = {{.destination = "Brazil"}};
  request.data_categories = {"user.health_and_medical"};
  EXPECT_THAT(Gaps(request), ElementsAre("transfers GDPR Art. 30(1)(e)", "special_condition GDPR Art. 9(2)"));
  request.name = "Web shop, mended";
  request.transfers[0].safeguards = "Standard contractual clauses";
  request.special_condition = SpecialCondition::kExplicitConsent;
  EXPECT_THAT(Gaps(request), IsEmpty());
}

// GDPR Art. 30(2): both the processor and the controllers on whose behalf it acts.
TEST_P(ActivitiesTest, AProcessorIsAskedForItsOwnMembers) {
  ActivityRequest request{.role = ActivityRole::kProcessor,
                          .name = "Hosting",
                          .parties = {{.role = PartyRole::kProcessor, .name = "Host", .contact = "hi@example.org"}}};
  EXPECT_THAT(Gaps(request), ElementsAre("parties GDPR Art. 30(2)(a)", "description GDPR Art. 30(2)(b)",
                                         "security GDPR Art. 30(2)(d)"));
}

TEST_P(ActivitiesTest, EveryVersionIsKeptWithWhoWroteIt) {
  const Activity first = Create(Whole()).value();
  ActivityRequest changed = Whole();
  changed.retention = "Ten years after the order";
  clock().Advance(std::chrono::hours(1));
  ASSERT_TRUE(Update(first, changed).ok());
  const auto history = store().Read([&](ReadTx& tx) { return map().activities().History(tx, first.id); }).value();
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_EQ(history[0].content.retention, "Ten years after the order");
  EXPECT_EQ(history[1].content.retention, "Six years after the order");
  EXPECT_EQ(history[1].by.id, engineer_.actor.id);
  EXPECT_EQ(history[0].at - history[1].at, std::chrono::hours(1));
  EXPECT_EQ(Update(first, Whole()).error().code(), "datamap.changed_meanwhile");
  EXPECT_THAT(Recorded(),
              ElementsAre("datamap.recipient.created", "datamap.activity.created", "datamap.activity.changed"));
}

TEST_P(ActivitiesTest, WhatHasEndedLeavesTheListAndKeepsItsHistory) {
  const Activity activity = Create(Whole()).value();
  ASSERT_TRUE(End(activity).ok());
  EXPECT_THAT(Listed(), IsEmpty());
  EXPECT_THAT(Listed({.ended = true}), SizeIs(1));
  EXPECT_EQ(Update(activity, Whole()).error().code(), "datamap.activity_ended");
  EXPECT_TRUE(store().Read([&](ReadTx& tx) { return map().activities().History(tx, activity.id); }).ok());
  EXPECT_TRUE(Create(Whole()).ok()) << "the name is free again";
}

TEST_P(ActivitiesTest, NamesCategoriesAndSystemsAreChecked) {
  ASSERT_TRUE(Create(Whole()).ok());
  EXPECT_EQ(Create(Whole()).error().code(), "datamap.activity_name_taken");
  ActivityRequest request = Whole();
  request.name = "Another";
  request.data_categories = {"user.shoe_size"};
  EXPECT_EQ(Create(request).error().code(), "datamap.category_unknown");
  request.data_categories = {};
  request.systems = {SystemId::NewRandom()};
  EXPECT_EQ(Create(request).error().code(), "datamap.activity_system_unknown");
}

TEST_P(ActivitiesTest, AreFilteredAndListedPageByPage) {
  ASSERT_TRUE(Create(Whole()).ok());
  clock().Advance(std::chrono::seconds(1));
  ASSERT_TRUE(Create({.role = ActivityRole::kProcessor, .name = "Hosting"}).ok());
  EXPECT_THAT(Listed({.role = ActivityRole::kProcessor}), SizeIs(1));
  EXPECT_THAT(Listed({.incomplete = true}), SizeIs(1));
  EXPECT_THAT(Listed({.q = "SHOP"}), SizeIs(1));
  const auto page = store().Read([&](ReadTx& tx) { return map().activities().List(tx, {.limit = 1}); }).value();
  ASSERT_TRUE(page.next.has_value());
  EXPECT_THAT(Listed({.after = ActivityId::Parse(*page.next).value()}), SizeIs(1));
}

TEST_P(ActivitiesTest, TheRecordIsAFileInWhichNoTextCanRun) {
  ActivityRequest request = Whole();
  request.name = "=HYPERLINK(\"https://example.org\")";
  request.description = "<script>alert(1)</script>";
  const Activity activity = Create(request).value();
  const RegisterExport content{.organization = "Example Ltd", .made_at = clock().Now(), .activities = {activity}};
  const std::string csv = Written(content, RegisterFormat::kCsv);
  EXPECT_THAT(csv, HasSubstr("'=HYPERLINK"));
  EXPECT_THAT(csv, HasSubstr("Delivering orders (contract, Art. 6(1)(b))"));
  EXPECT_THAT(csv, HasSubstr("Controller: Example Ltd (privacy@example.org)"));
  const std::string html = Written(content, RegisterFormat::kHtml);
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, HasSubstr("Six years after the order"));
  EXPECT_THAT(Written(content, RegisterFormat::kPdf), HasSubstr("%PDF-"));
}

TEST_P(ActivitiesTest, TheRecordSaysWhatIsMissing) {
  const Activity activity = Create({.name = "Nothing yet"}).value();
  const std::string csv = Written({.made_at = clock().Now(), .activities = {activity}}, RegisterFormat::kCsv);
  EXPECT_THAT(csv, HasSubstr("purposes (GDPR Art. 30(1)(b))"));
  EXPECT_THAT(csv, HasSubstr("names and contact details (GDPR Art. 30(1)(a))"));
}

TEST_P(ActivitiesTest, ARemovedSystemIsNotNamedAsPresent) {
  const auto add = [&](const char* name) {
    return store()
        .Write([&](WriteTx& tx) { return map().systems().Create(tx, administrator_, {.name = name}); })
        .value()
        .id;
  };
  const SystemId shop = add("Shop"), archive = add("Archive");
  ActivityRequest request = Whole();
  request.systems = {shop, archive};
  ASSERT_TRUE(Create(request).ok());
  const auto removed =
      store().Write([&](WriteTx& tx) { return map().systems().Delete(tx, administrator_, archive, std::nullopt); });
  ASSERT_TRUE(removed.ok()) << removed.error().DebugString();
  const Activity now = Listed().at(0);
  EXPECT_THAT(now.content.systems, ElementsAre(shop));
  EXPECT_THAT(now.removed_systems, ElementsAre(archive));
  EXPECT_TRUE(Update(now, now.content).ok()) << "what is shown can be saved again";
  const std::string csv =
      Written({.made_at = clock().Now(), .activities = {now}, .systems = {{shop, "Shop"}}}, RegisterFormat::kCsv);
  EXPECT_THAT(csv, HasSubstr("Shop; a system that was removed"));
}

}  // namespace
}  // namespace privity
