#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/organization.h"
#include "settings/testing/settings_test_base.h"

namespace privity {
namespace {

class OrganizationTest : public SettingsTestBase {
 protected:
  void SetUp() override {
    SettingsTestBase::SetUp();
    if (IsSkipped()) return;
    settings_ = std::make_unique<OrganizationSettings>(*ledger_, clock());
  }
  Result<Organization> Put(const Organization& organization, std::optional<std::int64_t> expected = {}) {
    return store().Write([&](WriteTx& tx) {
      return settings_->Put(tx, {.kind = ActorKind::kOperator, .id = "uid-0"}, "r1", organization, expected);
    });
  }
  Organization Get() {
    return store().Read([&](ReadTx& tx) { return settings_->Get(tx); }).value();
  }
  std::int64_t Entries() {
    return store()
        .Read([](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM ledger_staged"); })
        .value()
        ->Get<std::int64_t>(0);
  }
  void TearDown() override {
    settings_.reset();
    SettingsTestBase::TearDown();
  }

 private:
  std::unique_ptr<OrganizationSettings> settings_;
};
PRIVITY_ON_EVERY_STORE(OrganizationTest);

Organization Example() {
  return {.name = "Example Trading",
          .time_zone = TimeZone::Parse("Europe/Berlin").value(),
          .privacy_contact = "privacy@example.org"};
}

TEST_P(OrganizationTest, IsEmptyBeforeTheSetUp) {
  EXPECT_EQ(Get().version, 0);
  EXPECT_EQ(Get().name, "");
  EXPECT_EQ(Get().time_zone.ToString(), "UTC");
}

TEST_P(OrganizationTest, KeepsWhatWasPutAndRecordsIt) {
  const auto put = Put(Example());
  ASSERT_TRUE(put.ok()) << put.error().DebugString();
  EXPECT_EQ(
      ToJson(Get()),
      R"({"name":"Example Trading","time_zone":"Europe/Berlin","language":"en","privacy_contact":"privacy@example.org","version":1})");
  EXPECT_EQ(Entries(), 1);
}

TEST_P(OrganizationTest, RefusesAChangeOfAnOlderVersion) {
  ASSERT_TRUE(Put(Example(), 0).ok());
  EXPECT_EQ(Put(Example(), 0).error().code(), "settings.changed_meanwhile");
  EXPECT_EQ(Get().version, 1);
  EXPECT_EQ(Entries(), 1);
}

}  // namespace
}  // namespace privity
