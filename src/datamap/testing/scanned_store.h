// A store of the connect room's grounds (SQLite, a real server), connected and looked through.
#pragma once

#include "connect/testing/grounds.h"
#include "datamap/testing/scanned_folder.h"

namespace privity {

class ScannedStoreTest : public ScannedFolderTest {
 protected:
  // Connects a store with this collection in it; false when there is no such store here. `system_` is its system.
  bool Connect(const GroundKind& kind, const Made& made);

  std::unique_ptr<Ground> ground_;
};

}  // namespace privity
