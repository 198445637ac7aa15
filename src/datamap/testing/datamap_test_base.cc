#include "datamap/testing/datamap_test_base.h"

#include "connect/http/service_description.h"

namespace privity {

std::vector<Migration> DatamapTest::Migrations() const {
  std::vector<Migration> all = LedgerMigrations();
  for (auto& migration : JobsMigrations()) all.push_back(std::move(migration));
  for (auto& migration : DatamapMigrations()) all.push_back(std::move(migration));
  return all;
}

void DatamapTest::SetUp() {
  StoreTest::SetUp();
  if (IsSkipped()) return;
  for (const auto& actions : Actions()) actions_.Register(actions);
  permissions_.Register(DatamapPermissions());
  keys_ = KeyHome::Open({.directory = keys_at_.path() + "/keys", .data_directory = closed_.path()},
                        RootKeySource::File(), clock())
              .value();
  ledger_ = std::make_unique<Ledger>(store(), actions_, clock());
  jobs_ = std::make_unique<JobQueue>(clock());
  schedules_ = std::make_unique<Schedules>(*jobs_, clock());
  const auto detector = []() -> const Detector& {
    static const auto made = Detector::BuiltIn().value();
    return *made;
  };
  const auto taxonomy = []() -> const Taxonomy& {
    static const Taxonomy made = Taxonomy::Load(PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles()).value(),
                                                Date::FromYearMonthDay(2026, 1, 1).value())
                                     .value();
    return made;
  };
  const auto packs = []() -> const PackCatalog& {
    static const PackCatalog made = PackCatalog::Load({ServiceKind()}, BuiltInPackFiles("services/")).value();
    return made;
  };
  map_ = std::make_unique<Datamap>(DatamapWorld{.store = store(),
                                                .ledger = *ledger_,
                                                .clock = clock(),
                                                .keys = *keys_,
                                                .jobs = *jobs_,
                                                .schedules = *schedules_,
                                                .resolver = resolver_,
                                                .reach = {.local_directories = {open_.path()},
                                                          .closed_directories = {closed_.path()},
                                                          .silence_timeout = Silence()},
                                                .detector = detector,
                                                .taxonomy = taxonomy,
                                                .packs = packs});
  engineer_ = Person(permissions_.Of(BuiltInRole::kEngineer));
  administrator_ = Person(permissions_.All());
}

void DatamapTest::TearDown() {
  map_.reset();
  schedules_.reset();
  jobs_.reset();
  ledger_.reset();
  StoreTest::TearDown();
}

Caller DatamapTest::Person(PermissionSet permissions) {
  Caller caller;
  caller.user = UserId::NewRandom();
  caller.actor = {.kind = ActorKind::kUser, .id = caller.user->ToString()};
  caller.permissions = std::move(permissions);
  caller.request_id = "req-1";
  return caller;
}

Caller DatamapTest::Operator() {
  Caller caller;
  caller.actor = {.kind = ActorKind::kOperator, .id = "uid-0"};
  caller.permissions = permissions_.All();
  return caller;
}

std::vector<std::string> DatamapTest::Recorded() {
  const auto rows =
      store().Read([](ReadTx& tx) { return tx.Query("SELECT action FROM ledger_staged ORDER BY at, seq"); }).value();
  std::vector<std::string> actions;
  for (const Row& row : rows) actions.push_back(row.Get<std::string>(0));
  return actions;
}

}  // namespace privity
