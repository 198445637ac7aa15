// People's keys on every store, for tests: opened and closed as a start and an end of the program do.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "crypto/key_home.h"
#include "keys/person_keys.h"
#include "store/testing/test_store.h"

namespace privity {

class KeysTestBase : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override;
  void TearDown() override;

  // Of the rooms whose tables the test needs.
  virtual std::vector<Migration> Migrations() const { return KeysMigrations(); }
  // The whole stack. What a test opens on top of it comes after, and goes before.
  virtual void Start();
  virtual void Stop();

  KeyHomeOptions HomeOptions() const;
  Store& store() { return *store_; }
  KeyHome& home() { return *home_; }
  PersonKeys& keys() { return *keys_; }
  ManualClock& clock() { return clock_; }
  const TestPlace& place() const { return *place_; }

 private:
  ManualClock clock_;
  std::unique_ptr<TestPlace> place_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<KeyHome> home_;
  std::unique_ptr<PersonKeys> keys_;
};

}  // namespace privity
