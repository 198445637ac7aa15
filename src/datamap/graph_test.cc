#include "datamap/graph.h"

#include <gmock/gmock.h>

#include "datamap/data_flows.h"
#include "datamap/testing/scanned_folder.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

// Two systems: a folder of exports that was looked through, and an archive that somebody entered by hand.
class GraphTest : public ScannedFolderTest {
 protected:
  void SetUp() override {
    ScannedFolderTest::SetUp();
    if (IsSkipped()) return;
    Write("orders.csv", "email,total\nana@example.org,12\nben@example.org,7\n");
    Write("stock.csv", "article,amount\n17,3\n18,4\n");
    (void)Scanned();
    State("orders.csv", "email", "customers.csv", "email");
    const auto made =
        store().Write([&](WriteTx& tx) { return map().systems().Create(tx, administrator_, {.name = "Archive"}); });
    archive_ = made->id;
  }
  void State(const std::string& from, const std::string& field, const std::string& to, const std::string& key) {
    const ReferenceStatement statement{.from = {.system = system_, .collection = from, .fields = {field}},
                                       .to = {.system = system_, .collection = to, .fields = {key}}};
    const auto stated = store().Write([&](WriteTx& tx) { return map().references().Create(tx, engineer_, statement); });
    ASSERT_TRUE(stated.ok()) << stated.error().DebugString();
  }
  MapGraph Drawn(const GraphFilter& filter = {}) {
    return store().Read([&](ReadTx& tx) { return map().drawing().Draw(tx, filter); }).value();
  }
  Result<MapPath> Path(const Uuid& from, const Uuid& to) {
    return store().Read([&](ReadTx& tx) { return map().drawing().Path(tx, MapPlaceId(from), MapPlaceId(to)); });
  }
  CollectionId Collection(const std::string& name) {
    return store().Read([&](ReadTx& tx) { return map().facts().Collections(tx, {.q = name}); })->items.at(0).id;
  }
  // "kind name", in the order drawn.
  static std::vector<std::string> Nodes(const MapGraph& graph) {
    std::vector<std::string> nodes;
    for (const MapNode& node : graph.nodes) nodes.push_back(std::string(EnumText(node.kind)) + " " + node.name);
    return nodes;
  }
  static std::vector<std::string> Edges(const MapGraph& graph) {
    std::map<std::string, std::string> names;
    for (const MapNode& node : graph.nodes) names[node.id] = node.name;
    std::vector<std::string> edges;
    for (const MapEdge& edge : graph.edges) {
      edges.push_back(names[edge.from] + " " + std::string(EnumText(edge.kind)) + " " + names[edge.to] + " " +
                      std::to_string(edge.count));
    }
    return edges;
  }

  SystemId archive_;
};
PRIVITY_ON_EVERY_STORE(GraphTest);

TEST_P(GraphTest, SystemsAreJoinedWithTheCategoriesThatTheyHold) {
  const MapGraph graph = Drawn();
  EXPECT_THAT(Nodes(graph), UnorderedElementsAre("system Archive", "system Exports", "category User Contact Email"));
  EXPECT_THAT(Edges(graph), ElementsAre("Exports holds User Contact Email 2"))
      << "what stays within a system is no edge";
  for (const MapNode& node : graph.nodes) {
    if (node.name != "Exports") continue;
    EXPECT_EQ(node.collections, 3);
    EXPECT_EQ(node.personal_fields, 2);
    EXPECT_EQ(node.freshness, Freshness::kFresh);
  }
}

TEST_P(GraphTest, ASystemInFocusShowsItsCollectionsAndHowTheyAreJoined) {
  const MapGraph graph = Drawn({.system = system_});
  EXPECT_THAT(Nodes(graph), UnorderedElementsAre("system Exports", "collection customers.csv", "collection orders.csv",
                                                 "collection stock.csv", "category User Contact Email"));
  EXPECT_THAT(Edges(graph),
              UnorderedElementsAre("customers.csv holds User Contact Email 1", "orders.csv holds User Contact Email 1",
                                   "orders.csv stated customers.csv 1"));
}

TEST_P(GraphTest, ACategoryLeavesOutWhatDoesNotHoldIt) {
  const MapGraph graph = Drawn({.category = "user.contact", .detail = MapDetail::kCollections, .levels = 2});
  EXPECT_THAT(Nodes(graph), UnorderedElementsAre("system Exports", "collection customers.csv", "collection orders.csv",
                                                 "category Contact Data"));
  EXPECT_THAT(Nodes(Drawn({.category = "user.financial"})), IsEmpty());
  EXPECT_THAT(Nodes(Drawn({.special = true})), IsEmpty());
}

TEST_P(GraphTest, AWayLeadsAlongReferencesInEitherDirection) {
  const MapPath path = Path(Collection("customers").uuid(), Collection("orders").uuid()).value();
  EXPECT_TRUE(path.found);
  ASSERT_THAT(path.steps, SizeIs(1));
  EXPECT_EQ(path.steps[0].from.name, "customers.csv");
  EXPECT_EQ(path.steps[0].to.name, "orders.csv");
  EXPECT_FALSE(path.steps[0].is_forward) << "orders point at customers";
}

TEST_P(GraphTest, WhereNothingLeadsIsSaid) {
  EXPECT_FALSE(Path(Collection("customers").uuid(), Collection("stock").uuid())->found);
  EXPECT_FALSE(Path(system_.uuid(), archive_.uuid())->found);
  EXPECT_EQ(Path(system_.uuid(), Uuid::NewV4()).error().code(), "datamap.place_unknown");
}

TEST_P(GraphTest, TwoHundredSystemsAreOneNodeEachAndTheirFlowsOneEdgeEach) {
  const DataFlows flows(map().world());
  const auto made = store().Write([&](WriteTx& tx) -> Status {
    std::optional<SystemId> before;
    for (int i = 0; i < 200; ++i) {
      PRIVITY_TRY(const DataSystem system,
                  map().systems().Create(tx, administrator_, {.name = "Service " + std::to_string(i)}));
      if (before) {
        PRIVITY_TRY_VOID(flows.Create(
            tx, engineer_, {.from = *before, .to = system.id, .categories = {"user.contact.email", "user.name"}}));
      }
      before = system.id;
    }
    return Ok();
  });
  ASSERT_TRUE(made.ok()) << made.error().DebugString();
  const MapGraph graph = Drawn();
  EXPECT_EQ(graph.nodes.size(), 203u) << "with the archive, the exports and their one category";
  EXPECT_EQ(graph.edges.size(), 200u);
  EXPECT_EQ(graph.left_out, 0);
}

}  // namespace
}  // namespace privity
