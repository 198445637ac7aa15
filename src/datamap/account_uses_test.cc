#include "datamap/account_uses.h"

#include <gmock/gmock.h>

#include "datamap/testing/scanned_store.h"

namespace privity {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

constexpr std::chrono::days kLong{100};

class AccountUsesTest : public ScannedStoreTest {
 protected:
  // A store that keeps a log, with a table of people in it, as of now.
  bool Begin(const GroundKind& kind) {
    const Made people{.name = "people",
                      .fields = {"id", "email", "note"},
                      .rows = {{"1", "ada@example.org", "Called"}, {"2", "bo@example.org", "Wrote"}}};
    if (!Connect(kind, people)) return false;
    clock().Set(SystemClock().Now());  // the log of a server has the server's time
    ground_->LogAccess();
    return true;
  }
  std::vector<AccountUse> Uses(const AccountUseFilter& filter) {
    return store().Read([&](ReadTx& tx) { return map().account_uses().List(tx, filter); }).value().items;
  }
  std::int64_t EventsOf(const std::string& account, AccessUse use) {
    std::int64_t events = 0;
    for (const AccountUse& one : Uses({.use = use, .limit = 1000})) {
      if (one.principal == account && one.collection == ground_->NameOf("people")) events += one.events;
    }
    return events;
  }
  UseLogState State() {
    return store().Read([&](ReadTx& tx) { return map().account_uses().States(tx); })->at(0);
  }
  std::vector<AccessPoint> Points(std::optional<std::chrono::days> unused_for) {
    return store()
        .Read([&](ReadTx& tx) { return map().access().List(tx, {.unused_for = unused_for, .limit = 1000}); })
        .value()
        .items;
  }
  // As if all this was known for a year.
  void MakeOld() {
    const auto made = store().Write([&](WriteTx& tx) -> Status {
      const Instant then = clock().Now() - std::chrono::days(365);
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_system SET uses_since = $1", {then}));
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_access SET first_seen_at = $1", {then}));
      return Ok();
    });
    ASSERT_TRUE(made.ok()) << made.error().DebugString();
  }
  // What is told of an account is told once, with the next scan, and nothing of what it asked for.
  std::string ExpectUsesToBeTold() {
    const std::string other = ground_->UseAsOther(AccessUse::kRead, "people");
    EXPECT_EQ(Scanned(std::chrono::minutes(0)).state, ScanState::kComplete);
    EXPECT_EQ(EventsOf(other, AccessUse::kRead), 1);
    EXPECT_EQ(Scanned(std::chrono::minutes(0)).state, ScanState::kComplete);
    EXPECT_EQ(EventsOf(other, AccessUse::kRead), 1) << "once";
    ground_->UseAsOther(AccessUse::kRead, "people");
    ground_->UseAsOther(AccessUse::kWrite, "people");
    EXPECT_EQ(Scanned(std::chrono::minutes(0)).state, ScanState::kComplete);
    EXPECT_EQ(EventsOf(other, AccessUse::kRead), 2);
    EXPECT_EQ(EventsOf(other, AccessUse::kWrite), 1);
    EXPECT_EQ(State().problem, std::nullopt);
    EXPECT_TRUE(State().since && State().read_at);
    return other;
  }
};
PRIVITY_ON_EVERY_STORE(AccountUsesTest);

template <class Matcher>
auto IsOf(const Matcher& principal) {
  return testing::Field(&AccessPoint::principal, principal);
}

TEST_P(AccountUsesTest, MariaDbTellsWhoUsedATableAndWhichAccountsDidNot) {
  if (!Begin(MariaDbGroundKind())) GTEST_SKIP() << MariaDbGroundKind().why_absent;
  ground_->ShowGrants();
  const std::string other = ExpectUsesToBeTold();
  for (const AccessPoint& point : Points({})) {
    const bool is_of_server = point.dataset.empty() || point.dataset == "mysql";
    // The server has databases of other suites, too.
    const bool is_ours = is_of_server || ground_->Url().ends_with("/" + point.dataset);
    if (point.principal_kind != PrincipalKind::kUser || !is_ours) continue;
    EXPECT_TRUE(point.use_known_since) << point.principal;
    // The scan itself has read the tables of the database.
    const bool is_used = point.principal == other || !is_of_server;
    EXPECT_EQ(point.last_used_at.has_value(), is_used) << point.principal << " " << point.dataset;
  }
  EXPECT_THAT(Points(kLong), IsEmpty()) << "the log is not known for so long";
  MakeOld();
  EXPECT_THAT(Points(kLong), Contains(IsOf("root@127.0.0.1")));
  EXPECT_THAT(Points(kLong), Not(Contains(IsOf(other))));
}

TEST_P(AccountUsesTest, ADirectoryTellsWhoReadAnEntry) {
  if (!Begin(LdapGroundKind())) GTEST_SKIP() << LdapGroundKind().why_absent;
  const std::string other = ExpectUsesToBeTold();
  EXPECT_THAT(Points({}), Contains(testing::AllOf(
                              IsOf(other), testing::Field(&AccessPoint::last_used_at, testing::Ne(std::nullopt)))));
}

TEST_P(AccountUsesTest, WhoMistypesTheirNameIsNotKept) {
  if (!Begin(MariaDbGroundKind())) GTEST_SKIP() << MariaDbGroundKind().why_absent;
  const SystemResolver resolver;
  const auto url = ConnectionUrl::Parse("mysql://hunter2-3c1d:x@127.0.0.1:" + std::to_string(ground_->port()) + "/a");
  const auto store =
      OpenConnector(*url, {.addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}}, resolver);
  EXPECT_EQ((*store)->Probe().error().code(), "connect.login");
  (void)Scanned(std::chrono::minutes(0));
  const auto refused = Uses({.use = AccessUse::kSignInRefused});
  ASSERT_THAT(refused, testing::SizeIs(1));
  EXPECT_EQ(refused[0].principal, "");
  EXPECT_NE(refused[0].from_address, "");
}

TEST_P(AccountUsesTest, ALogThatIsNoLongerKeptIsSaidAndEndsWhatIsKnown) {
  if (!Begin(MariaDbGroundKind())) GTEST_SKIP() << MariaDbGroundKind().why_absent;
  (void)Scanned(std::chrono::minutes(0));
  EXPECT_TRUE(State().since);
  ground_->HideAccessLog();
  EXPECT_EQ(Scanned(std::chrono::minutes(0)).state, ScanState::kComplete);
  ASSERT_TRUE(State().problem);
  EXPECT_EQ(State().problem->code, "connect.access_log_hidden");
  EXPECT_EQ(State().since, std::nullopt);
}

TEST_P(AccountUsesTest, AStoreThatTellsNothingIsSaidToTellNothing) {
  if (!Begin(SqliteGroundKind())) GTEST_SKIP() << SqliteGroundKind().why_absent;
  EXPECT_EQ(Scanned(std::chrono::minutes(0)).state, ScanState::kComplete);
  ASSERT_TRUE(State().problem);
  EXPECT_EQ(State().problem->code, "connect.not_supported");
  MakeOld();
  EXPECT_THAT(Points(kLong), IsEmpty()) << "nobody is said not to use it";
}

TEST_P(AccountUsesTest, WhatWasUsedLastLongAgoIsForgotten) {
  if (!Begin(LdapGroundKind())) GTEST_SKIP() << LdapGroundKind().why_absent;
  const std::string other = ground_->UseAsOther(AccessUse::kRead, "people");
  (void)Scanned(std::chrono::minutes(0));
  EXPECT_EQ(EventsOf(other, AccessUse::kRead), 1);
  (void)Scanned(AccountUses::kKeptFor + std::chrono::days(1));
  EXPECT_EQ(EventsOf(other, AccessUse::kRead), 0);
}

}  // namespace
}  // namespace privity
