#include "keys/testing/keys_test_base.h"

#include <filesystem>

namespace privity {

void KeysTestBase::SetUp() {
  if (!TestPlace::Available(GetParam())) GTEST_SKIP() << "PRIVITY_TEST_POSTGRES is not set";
  place_ = std::make_unique<TestPlace>(GetParam());
  Start();
}

void KeysTestBase::TearDown() {
  Stop();
  place_.reset();
}

KeyHomeOptions KeysTestBase::HomeOptions() const {
  const std::filesystem::path directory = place_->directory();
  return {.directory = directory / "keys", .data_directory = directory / "data"};
}

void KeysTestBase::Start() {
  auto store = OpenStore(place_->options());
  ASSERT_TRUE(store.ok()) << store.error().DebugString();
  store_ = *std::move(store);
  const auto migrated = MigrateStore(*store_, Migrations(), clock_);
  ASSERT_TRUE(migrated.ok()) << migrated.error().DebugString();
  auto home = KeyHome::Open(HomeOptions(), RootKeySource::File(), clock_);
  ASSERT_TRUE(home.ok()) << home.error().DebugString();
  home_ = *std::move(home);
  auto keys = PersonKeys::Open(*store_, *home_, clock_);
  ASSERT_TRUE(keys.ok()) << keys.error().DebugString();
  keys_ = *std::move(keys);
}

void KeysTestBase::Stop() {
  keys_.reset();
  home_.reset();
  store_.reset();
}

}  // namespace privity
