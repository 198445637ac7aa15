#include "datamap/access.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>

#include "datamap/access_table.h"
#include "datamap/testing/scanned_folder.h"

namespace privity {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// A folder whose customers everybody may read, beside a diary of diagnoses that only its owner may.
class AccessTest : public ScannedFolderTest {
 protected:
  void SetUp() override {
    ScannedFolderTest::SetUp();
    if (IsSkipped()) return;
    Write("diary.csv", "email,diagnosis\nana@example.org,asthma\nben@example.org,migraine\n");
    Allow("customers.csv", 0644);
    Allow("diary.csv", 0600);
    (void)Scanned();
  }
  void Allow(const std::string& name, mode_t mode) { ASSERT_EQ(chmod((open_folder() + "/" + name).c_str(), mode), 0); }
  std::vector<AccessPoint> Listed(const AccessFilter& filter = {}) {
    return store().Read([&](ReadTx& tx) { return map().access().List(tx, filter); }).value().items;
  }
  std::vector<AccessSummary> Summaries(const AccessFilter& filter = {}) {
    return store().Read([&](ReadTx& tx) { return map().access().Summaries(tx, filter); }).value();
  }
  void SayHealth(const std::string& field) {
    const FieldPage page = store().Read([&](ReadTx& tx) { return map().facts().Fields(tx, {.q = field}); }).value();
    const auto decided = store().Write([&](WriteTx& tx) {
      return map().changes().DecideField(tx, engineer_, page.items.at(0).id,
                                         {.category = "user.health_and_medical", .reason = "Diagnoses"});
    });
    ASSERT_TRUE(decided.ok()) << decided.error().DebugString();
  }
};
PRIVITY_ON_EVERY_STORE(AccessTest);

TEST_P(AccessTest, WhatEverybodyMayReadIsAnAccessPoint) {
  const auto points = Listed({.principal_kind = PrincipalKind::kEveryone});
  ASSERT_THAT(points, SizeIs(1));
  EXPECT_EQ(points[0].collection, "customers.csv");
  EXPECT_EQ(points[0].principal, "");
  EXPECT_THAT(points[0].privileges, ElementsAre(Privilege::kRead));
  EXPECT_THAT(points[0].categories, ElementsAre("user.contact.email"));
  EXPECT_EQ(points[0].freshness, Freshness::kFresh);
}

TEST_P(AccessTest, WhatIsNoLongerGrantedIsGoneAndStaysInTheHistory) {
  const auto before = Listed({.principal_kind = PrincipalKind::kEveryone});
  Allow("customers.csv", 0600);
  const MapScan second = Scanned();
  EXPECT_THAT(Listed({.principal_kind = PrincipalKind::kEveryone}), IsEmpty());
  const auto gone = Listed({.principal_kind = PrincipalKind::kEveryone, .gone = true});
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(gone[0].id, before[0].id);
  EXPECT_EQ(gone[0].freshness, Freshness::kGone);
  EXPECT_THAT(Listed(), Each(Field(&AccessPoint::last_scan, second.id))) << "what is still granted was seen again";

  Allow("customers.csv", 0644);
  (void)Scanned();
  const auto back = Listed({.principal_kind = PrincipalKind::kEveryone});
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_EQ(back[0].id, before[0].id);
}

TEST_P(AccessTest, WhoReachesSpecialCategoriesIsFoundByCategoryAndByLaw) {
  SayHealth("diagnosis");
  for (const AccessFilter& filter :
       {AccessFilter{.special = true}, AccessFilter{.category = "user.health_and_medical"}}) {
    for (const AccessPoint& point : Listed(filter)) EXPECT_EQ(point.collection, "diary.csv");
    EXPECT_THAT(Listed(filter), Not(IsEmpty()));
  }
  const auto summaries = Summaries();
  ASSERT_THAT(summaries, Not(IsEmpty()));
  EXPECT_EQ(summaries[0].principal_kind, PrincipalKind::kUser) << "who reaches the most special comes first";
  EXPECT_EQ(summaries[0].special_fields, 1);
  EXPECT_EQ(summaries[0].personal_fields, 3) << "each field once, by whatever rights";
  EXPECT_THAT(summaries[0].categories, ElementsAre("user.contact.email", "user.health_and_medical"));
  EXPECT_THAT(Summaries({.principal_kind = PrincipalKind::kEveryone, .special = true}), IsEmpty());
}

TEST_P(AccessTest, TheTableHasARowForEachPoint) {
  std::string bytes;
  const auto sink = [&](BytesView piece) -> Status {
    bytes += AsText(piece);
    return Ok();
  };
  const Status written =
      store().Read([&](ReadTx& tx) { return WriteAccessTable(tx, Catalog::BuiltIn(), map().access(), {}, sink); });
  ASSERT_TRUE(written.ok()) << written.error().DebugString();
  EXPECT_THAT(bytes, HasSubstr("Exports,everyone,,,customers.csv,,read,,1,0,user.contact.email,,fresh,"));
}

TEST_P(AccessTest, ARemovedSystemTakesItsAccessPointsAlong) {
  const auto removed = store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(map().connections().Delete(tx, engineer_, connection_, std::nullopt));
    return map().systems().Delete(tx, engineer_, system_, std::nullopt);
  });
  ASSERT_TRUE(removed.ok()) << removed.error().DebugString();
  EXPECT_THAT(Listed({.gone = true}), IsEmpty());
}

}  // namespace
}  // namespace privity
