#include "datamap/data_flows.h"

#include <gmock/gmock.h>

#include "datamap/testing/datamap_test_base.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A shop, and a service that sends its letters; both entered by hand.
class DataFlowsTest : public DatamapTest {
 protected:
  void SetUp() override {
    DatamapTest::SetUp();
    if (IsSkipped()) return;
    flows_ = std::make_unique<DataFlows>(map().world());
    shop_ = System("Shop");
    letters_ = System("Letters");
  }
  SystemId System(const std::string& name) {
    return store()
        .Write([&](WriteTx& tx) { return map().systems().Create(tx, administrator_, {.name = name}); })
        .value()
        .id;
  }
  DataFlowRequest Addresses() const {
    return {.from = shop_, .to = letters_, .categories = {"user.contact.email"}, .description = "Each night"};
  }
  Result<DataFlow> Create(const DataFlowRequest& request) {
    return store().Write([&](WriteTx& tx) { return flows_->Create(tx, engineer_, request); });
  }
  std::vector<std::string> Listed(const DataFlowFilter& filter = {}) {
    std::vector<std::string> lines;
    const auto page = store().Read([&](ReadTx& tx) { return flows_->List(tx, filter); }).value();
    for (const DataFlow& flow : page.items) lines.push_back(flow.from_name + " > " + flow.to_name);
    return lines;
  }

  std::unique_ptr<DataFlows> flows_;
  SystemId shop_, letters_;
};
PRIVITY_ON_EVERY_STORE(DataFlowsTest);

TEST_P(DataFlowsTest, AStatedFlowIsListedAtEitherEndAndDrawn) {
  ASSERT_TRUE(Create(Addresses()).ok());
  EXPECT_THAT(Listed(), ElementsAre("Shop > Letters"));
  EXPECT_THAT(Listed({.system = letters_}), ElementsAre("Shop > Letters"));
  EXPECT_THAT(Listed({.system = System("Archive")}), IsEmpty());
  const MapGraph graph = store().Read([&](ReadTx& tx) { return map().drawing().Draw(tx, {}); }).value();
  ASSERT_EQ(graph.edges.size(), 1u);
  EXPECT_EQ(graph.edges[0].kind, MapEdgeKind::kFlow);
  EXPECT_EQ(graph.edges[0].from, shop_.ToString());
  EXPECT_EQ(graph.edges[0].count, 1);
}

TEST_P(DataFlowsTest, WhatIsUnsoundIsRefused) {
  DataFlowRequest request = Addresses();
  request.categories = {"user.nothing"};
  EXPECT_EQ(Create(request).error().code(), "datamap.category_unknown");
  request = Addresses();
  request.to = SystemId::NewRandom();
  EXPECT_EQ(Create(request).error().code(), "datamap.flow_end_unknown");
  ASSERT_TRUE(Create(Addresses()).ok());
  EXPECT_EQ(Create(Addresses()).error().code(), "datamap.flow_known");
}

TEST_P(DataFlowsTest, ItIsChangedAndRemovedByWhoeverSawItLastAndRecorded) {
  const DataFlow flow = Create(Addresses()).value();
  DataFlowRequest request = Addresses();
  request.description = "Once a week";
  const auto update = [&](std::int64_t version) {
    return store().Write([&](WriteTx& tx) { return flows_->Update(tx, engineer_, flow.id, request, version); });
  };
  EXPECT_EQ(update(1)->content.description, "Once a week");
  EXPECT_EQ(update(1).error().code(), "datamap.changed_meanwhile");
  const auto remove = [&] {
    return store().Write([&](WriteTx& tx) { return flows_->Delete(tx, engineer_, flow.id, 2); });
  };
  EXPECT_TRUE(remove().ok());
  EXPECT_EQ(remove().error().code(), "datamap.flow_unknown");
  EXPECT_THAT(Recorded(), ElementsAre("datamap.system.created", "datamap.system.created", "datamap.flow.stated",
                                      "datamap.flow.changed", "datamap.flow.removed"));
}

TEST_P(DataFlowsTest, AFlowGoesWithItsSystem) {
  ASSERT_TRUE(Create(Addresses()).ok());
  const auto removed =
      store().Write([&](WriteTx& tx) { return map().systems().Delete(tx, administrator_, letters_, std::nullopt); });
  ASSERT_TRUE(removed.ok()) << removed.error().DebugString();
  EXPECT_THAT(Listed(), IsEmpty());
}

}  // namespace
}  // namespace privity
