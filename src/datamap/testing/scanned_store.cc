#include "datamap/testing/scanned_store.h"

namespace privity {

bool ScannedStoreTest::Connect(const GroundKind& kind, const Made& made) {
  if (!kind.why_absent.empty()) return false;
  ground_ = kind.make();
  ground_->Make(made);
  ConnectionRequest request{.name = "Shop", .address = ground_->Url()};
  const std::string password = ":right@";
  if (const std::size_t at = request.address.find(password); at != std::string::npos) {
    request.address.replace(at, password.size(), "@");
    request.password = SecretString("right");
    request.networks = {"127.0.0.0/8"};
  }
  const auto connected =
      store().Write([&](WriteTx& tx) { return map().connections().Create(tx, Operator(), request); });
  EXPECT_TRUE(connected.ok()) << connected.error().DebugString();
  system_ = connected->system;
  connection_ = connected->id;
  return true;
}

}  // namespace privity
