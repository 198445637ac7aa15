// The settings over every kind of store, for tests: their tables, and a ledger that knows their actions.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "ledger/ledger.h"
#include "settings/organization.h"
#include "store/testing/test_store.h"

namespace privity {

class SettingsTestBase : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override {
    auto all = LedgerMigrations();
    for (auto& migration : SettingsMigrations()) all.push_back(std::move(migration));
    return all;
  }
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    actions_.Register(SettingsActions());
    ledger_ = std::make_unique<Ledger>(store(), actions_, clock());
  }
  void TearDown() override {
    ledger_.reset();
    StoreTest::TearDown();
  }

  std::unique_ptr<Ledger> ledger_;

 private:
  ActionRegistry actions_;
};

}  // namespace privity
