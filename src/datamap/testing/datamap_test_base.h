// A data map on a store of its own, with people who may do this or that.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "datamap/datamap.h"
#include "store/testing/test_store.h"

namespace privity {

class DatamapTest : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override;
  // Those that the ledger of the test takes.
  virtual std::vector<std::span<const ActionInfo>> Actions() const { return {DatamapActions()}; }
  // How long a store may say nothing.
  virtual std::chrono::milliseconds Silence() const { return std::chrono::seconds(60); }
  void SetUp() override;
  void TearDown() override;

  // Holds these permissions, and sits at no browser.
  Caller Person(PermissionSet permissions);
  // The command line on the server.
  Caller Operator();
  std::vector<std::string> Recorded();  // the actions in the ledger, oldest first

  const Datamap& map() { return *map_; }
  const JobQueue& jobs() { return *jobs_; }
  const Schedules& schedules() { return *schedules_; }
  const std::string& open_folder() const { return open_.path(); }      // people may connect what is in it
  const std::string& closed_folder() const { return closed_.path(); }  // Privity's own
  Caller engineer_, administrator_;

 private:
  TempDirectory open_, closed_, keys_at_;
  ActionRegistry actions_;
  PermissionRegistry permissions_;
  SystemResolver resolver_;
  std::unique_ptr<KeyHome> keys_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<JobQueue> jobs_;
  std::unique_ptr<Schedules> schedules_;
  std::unique_ptr<Datamap> map_;
};

}  // namespace privity
