// A connected folder with one file, `customers.csv` (email, points), which tests change and look through.
#pragma once

#include <string>

#include "base/testing/captured_log.h"
#include "datamap/testing/datamap_test_base.h"

namespace privity {

class ScannedFolderTest : public DatamapTest {
 protected:
  void SetUp() override;

  void Write(const std::string& name, const std::string& content);
  // Starts a scan `later` than whatever was before, lets a worker run it, and answers with it.
  MapScan Scanned(std::chrono::minutes later = std::chrono::minutes(1));

  SystemId system_;
  ConnectionId connection_;

 private:
  CapturedLog sink_;
  Logger log_{sink_, clock()};
};

}  // namespace privity
