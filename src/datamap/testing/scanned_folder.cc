#include "datamap/testing/scanned_folder.h"

#include <fstream>

namespace privity {

void ScannedFolderTest::SetUp() {
  DatamapTest::SetUp();
  if (IsSkipped()) return;
  Write("customers.csv", "email,points\nana@example.org,1\nben@example.org,2\n");
  const ConnectionRequest request{.name = "Exports", .address = "file://" + open_folder()};
  const auto made = store().Write([&](WriteTx& tx) { return map().connections().Create(tx, engineer_, request); });
  ASSERT_TRUE(made.ok()) << made.error().DebugString();
  system_ = made->system;
  connection_ = made->id;
}

void ScannedFolderTest::Write(const std::string& name, const std::string& content) {
  std::ofstream(open_folder() + "/" + name, std::ios::trunc) << content;
}

MapScan ScannedFolderTest::Scanned(std::chrono::minutes later) {
  clock().Advance(later);
  const auto started = store().Write([&](WriteTx& tx) { return map().scans().Start(tx, engineer_, system_); });
  EXPECT_TRUE(started.ok()) << started.error().DebugString();
  Worker worker(store(), jobs(), schedules(), clock(), log_,
                {{std::string(Connections::kScanJob), [&](JobContext& job) { return map().scans().Run(job); }}});
  EXPECT_TRUE(worker.RunDue().ok());
  return store().Read([&](ReadTx& tx) { return map().scans().Get(tx, started->id); }).value();
}

}  // namespace privity
