#include "datamap/stewardship.h"

#include <gmock/gmock.h>

#include "datamap/testing/scanned_store.h"

namespace privity {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::SizeIs;

std::chrono::sys_days Day(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

TEST(RetentionPeriod, EndsByTheCalendar) {
  struct Case {
    Retention retention;
    std::chrono::sys_days today, oldest;
  };
  const Case cases[] = {
      {{.period = 30, .unit = RetentionUnit::kDays}, Day(2026, 3, 10), Day(2026, 2, 8)},
      {{.period = 1, .unit = RetentionUnit::kMonths}, Day(2026, 3, 31), Day(2026, 2, 28)},
      {{.period = 6, .unit = RetentionUnit::kYears}, Day(2026, 3, 10), Day(2020, 3, 10)},
      {{.period = 1, .unit = RetentionUnit::kYears}, Day(2024, 2, 29), Day(2023, 2, 28)},
      // What began in 2019 ends with 2025; what began in 2020 ends with 2026, which is not over yet.
      {{.period = 6, .unit = RetentionUnit::kYears, .from_year_end = true}, Day(2026, 3, 10), Day(2020, 1, 1)},
      {{.period = 6, .unit = RetentionUnit::kYears, .from_year_end = true}, Day(2026, 12, 31), Day(2020, 1, 1)},
      {{.period = 6, .unit = RetentionUnit::kYears, .from_year_end = true}, Day(2027, 1, 1), Day(2021, 1, 1)},
      {{.period = 40'000, .unit = RetentionUnit::kYears}, Day(2026, 11, 25), Day(1026, 11, 25)},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(OldestKept(each.retention, each.today), each.oldest)
        << FormatInstant(Instant(OldestKept(each.retention, each.today)));
  }
}

class StewardshipTest : public ScannedFolderTest {
 protected:
  void SetUp() override {
    ScannedFolderTest::SetUp();
    if (IsSkipped()) return;
    (void)Scanned();
  }
  CollectionId Customers() {
    return store()
        .Read([](ReadTx& tx) { return tx.QueryOne("SELECT id FROM datamap_collection WHERE name = 'customers.csv'"); })
        .value()
        ->Get<CollectionId>(0);
  }
  FieldId Email() {
    return store()
        .Read([](ReadTx& tx) { return tx.QueryOne("SELECT id FROM datamap_field WHERE name = 'email'"); })
        .value()
        ->Get<FieldId>(0);
  }
  Result<Stewardship> Set(const StewardPlace& place, const StewardshipRequest& request, std::int64_t version) {
    return store().Write([&](WriteTx& tx) { return map().stewardships().Set(tx, engineer_, place, request, version); });
  }
  Stewardship Get(const StewardPlace& place) {
    return store().Read([&](ReadTx& tx) { return map().stewardships().Get(tx, place); }).value();
  }
  std::vector<Stewardship> Listed(const StewardshipFilter& filter = {}) {
    return store().Read([&](ReadTx& tx) { return map().stewardships().List(tx, filter); }).value().items;
  }
};
PRIVITY_ON_EVERY_STORE(StewardshipTest);

TEST_P(StewardshipTest, WhatIsSaidOfAPlaceHasItsHistoryAndOutlivesAScan) {
  EXPECT_EQ(Get(Customers()).version, 0);
  EXPECT_THAT(Listed(), IsEmpty());
  const StewardshipRequest said{.steward = engineer_.user,
                                .custom_fields = {{"Contract", "2026/17"}},
                                .retention = Retention{.period = 6, .from_year_end = true, .ground = "HGB § 257"}};
  ASSERT_TRUE(Set(Customers(), said, 0).ok());
  ASSERT_TRUE(Set(Customers(), {.custom_fields = {{"Contract", "2026/18"}}}, 1).ok());
  ASSERT_TRUE(Set(Email(), said, 0).ok());
  (void)Scanned();
  EXPECT_EQ(Get(Customers()).content.custom_fields.at(0).value, "2026/18");
  EXPECT_EQ(Get(Email()).content.retention, said.retention);
  EXPECT_EQ(Get(Email()).field_name, "email");
  const CollectionId id = Customers();
  const auto history = store().Read([&](ReadTx& tx) { return map().stewardships().History(tx, id); }).value();
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_EQ(history[1].content.retention, said.retention);
  EXPECT_THAT(Listed(), SizeIs(2));
  EXPECT_THAT(Listed({.retention = true}), SizeIs(1));
  EXPECT_THAT(Recorded(), Contains("datamap.stewardship.changed"));
}

TEST_P(StewardshipTest, WhatDoesNotFitIsRefused) {
  EXPECT_EQ(Set(Customers(), {.date_field = "nowhere"}, 0).error().code(), "datamap.date_field_unknown");
  EXPECT_EQ(Set(Customers(), {.custom_fields = {{"A", "1"}, {"A", "2"}}}, 0).error().code(),
            "datamap.custom_field_twice");
  EXPECT_EQ(Set(Customers(), {}, 3).error().code(), "datamap.changed_meanwhile");
  EXPECT_EQ(Set(CollectionId::NewRandom(), {}, 0).error().code(), "datamap.collection_unknown");
  EXPECT_EQ(Set(FieldId::NewRandom(), {}, 0).error().code(), "datamap.field_unknown");
}

TEST_P(StewardshipTest, AKindThatCannotCountSaysSo) {
  ASSERT_TRUE(Set(Customers(), {.retention = Retention{}, .date_field = "points"}, 0).ok());
  (void)Scanned();
  const auto overdue = Get(Customers()).overdue;
  ASSERT_TRUE(overdue.has_value());
  EXPECT_EQ(overdue->records, std::nullopt);
  ASSERT_TRUE(overdue->problem.has_value());
  EXPECT_EQ(overdue->problem->code, "connect.not_supported");
}

TEST_P(StewardshipTest, ARemovedSystemTakesWhatWasSaidWithIt) {
  ASSERT_TRUE(Set(Customers(), {.retention = Retention{}}, 0).ok());
  const auto removed = store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(map().connections().Delete(tx, engineer_, connection_, std::nullopt));
    return map().systems().Delete(tx, engineer_, system_, std::nullopt);
  });
  ASSERT_TRUE(removed.ok()) << removed.error().DebugString();
  EXPECT_THAT(Listed(), IsEmpty());
}

// Orders of some years in a real store, the last of them without an address.
class CountedStore : public ScannedStoreTest {
 protected:
  bool Connect(const GroundKind& kind) {
    return ScannedStoreTest::Connect(kind, {.name = "orders",
                                            .fields = {"id", "email", "note"},
                                            .rows = {{"1", "iris@example.org", "2019-12-31 23:30:00"},
                                                     {"2", "noah@example.org", "2020-01-01 00:00:00"},
                                                     {"3", "lena@example.org", "2025-12-02 12:00:00"},
                                                     {"4", std::nullopt, "2019-05-05 12:00:00"}}});
  }
  DataCollection Orders() {
    const CollectionFilter filter{.system = system_, .q = "orders"};
    return store().Read([&](ReadTx& tx) { return map().facts().Collections(tx, filter); }).value().items.at(0);
  }
  // "4 3": of all that began more than a year ago, and of those with an address.
  std::string CountedByAge() {
    ground_->MakeDates("orders", "note");
    EXPECT_EQ(Scanned().state, ScanState::kComplete);
    const FieldPage fields =
        store().Read([&](ReadTx& tx) { return map().facts().Fields(tx, {.system = system_, .q = "email"}); }).value();
    const CollectionId orders = Orders().id;
    const StewardshipRequest request{.retention = Retention{.period = 1}, .date_field = "note"};
    const auto said = store().Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(map().stewardships().Set(tx, engineer_, orders, request, 0));
      PRIVITY_TRY_VOID(map().stewardships().Set(tx, engineer_, fields.items.at(0).id, request, 0));
      return Ok();
    });
    EXPECT_TRUE(said.ok()) << said.error().DebugString();
    EXPECT_EQ(Scanned().state, ScanState::kComplete);
    const auto count = [&](const StewardPlace& place) {
      const auto read = store().Read([&](ReadTx& tx) { return map().stewardships().Get(tx, place); });
      const auto& overdue = read->overdue;
      return overdue && overdue->records ? std::to_string(*overdue->records) : ToJson(*read);
    };
    return count(orders) + " " + count(fields.items.at(0).id);
  }
  // No time passes between scans: the server may have begun to count a moment ago.
  std::optional<Instant> NoReadsSince() {
    EXPECT_EQ(Scanned(std::chrono::minutes(0)).state, ScanState::kComplete);
    return Orders().no_reads_since;
  }
  void ExpectReadersToBeTold() {
    EXPECT_EQ(NoReadsSince(), std::nullopt) << "the first scan only begins to watch";
    EXPECT_NE(NoReadsSince(), std::nullopt) << "our own sample is no reader";
    EXPECT_NE(NoReadsSince(), std::nullopt);
    ground_->ReadAsOther("orders");
    EXPECT_EQ(NoReadsSince(), std::nullopt) << "somebody has read it";
    EXPECT_NE(NoReadsSince(), std::nullopt) << "and not since";
    const auto system = store().Read([&](ReadTx& tx) { return map().systems().Get(tx, system_); });
    EXPECT_EQ(system->reads_problem, std::nullopt);
  }
};
PRIVITY_ON_EVERY_STORE(CountedStore);

TEST_P(CountedStore, SqliteCountsWhatIsKeptTooLongAndTellsNothingOfReaders) {
  ASSERT_TRUE(Connect(SqliteGroundKind()));
  EXPECT_EQ(CountedByAge(), "3 2");
  const auto system = store().Read([&](ReadTx& tx) { return map().systems().Get(tx, system_); });
  ASSERT_TRUE(system->reads_problem.has_value());
  EXPECT_EQ(system->reads_problem->parameters.at("reason"), "connect.cannot_no_read_counts");
  EXPECT_EQ(Orders().no_reads_since, std::nullopt);
}

TEST_P(CountedStore, PostgresCountsWhatIsKeptTooLong) {
  if (!Connect(PostgresGroundKind())) GTEST_SKIP() << PostgresGroundKind().why_absent;
  EXPECT_EQ(CountedByAge(), "3 2");
}

TEST_P(CountedStore, PostgresTellsWhatNobodyReads) {
  if (!Connect(PostgresGroundKind())) GTEST_SKIP() << PostgresGroundKind().why_absent;
  ExpectReadersToBeTold();
}

TEST_P(CountedStore, MariaDbCountsWhatIsKeptTooLong) {
  if (!Connect(MariaDbGroundKind())) GTEST_SKIP() << MariaDbGroundKind().why_absent;
  EXPECT_EQ(CountedByAge(), "3 2");
}

TEST_P(CountedStore, MariaDbTellsWhatNobodyReads) {
  if (!Connect(MariaDbGroundKind())) GTEST_SKIP() << MariaDbGroundKind().why_absent;
  ExpectReadersToBeTold();
}

}  // namespace
}  // namespace privity
