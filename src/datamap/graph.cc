#include "datamap/graph.h"

#include <algorithm>
#include <deque>
#include <set>

#include "datamap/data_flows.h"
#include "datamap/register.h"
#include "datamap/systems.h"
#include "datamap/totals.h"

namespace privity {
namespace {

constexpr int kPage = 200;

// "PostgreSQL" of "PostgreSQL 15.4".
std::string GroupOf(const std::string& product) {
  return product.substr(0, product.find(' '));
}

MapEdgeKind EdgeKindOf(ReferenceOrigin origin) {
  return origin == ReferenceOrigin::kForeignKey ? MapEdgeKind::kForeignKey : MapEdgeKind::kStated;
}

MapNode NodeOf(const DataSystem& system) {
  return {.id = system.id.ToString(),
          .kind = MapNodeKind::kSystem,
          .name = system.name,
          .group = GroupOf(system.product),
          .owner = system.owner,
          .freshness = system.fresh_since && system.connection ? Freshness::kFresh : Freshness::kStale,
          .collections = system.collections,
          .fields = system.fields,
          .open_changes = system.open_changes};
}

MapNode NodeOf(const DataCollection& collection) {
  return {.id = collection.id.ToString(),
          .kind = MapNodeKind::kCollection,
          .name = collection.dataset.empty() ? collection.name : collection.dataset + "." + collection.name,
          .system = collection.system,
          .freshness = collection.freshness,
          .fields = collection.fields};
}

bool Matches(const CategoryTotal& total, const GraphFilter& filter) {
  if (filter.special && !total.is_special) return false;
  return filter.category.empty() || total.category == filter.category ||
         total.category.starts_with(filter.category + ".");
}

class Drawing {
 public:
  Drawing(ReadTx& tx, const DatamapWorld& world, const GraphFilter& filter)
      : tx_(tx), systems_(world), flows_(world), taxonomy_(world.taxonomy()), filter_(filter) {}

  Result<MapGraph> Draw() {
    PRIVITY_TRY(const auto all, CategoryTotals(tx_));
    for (const CategoryTotal& total : all) {
      if (Matches(total, filter_)) totals_.push_back(total);
    }
    PRIVITY_TRY(references_, ReferenceTotals(tx_));
    PRIVITY_TRY_VOID(TakeFlows());
    PRIVITY_TRY_VOID(AddSystems());
    PRIVITY_TRY_VOID(AddCollections());
    AddHoldings();
    AddReferences();
    AddFlows();
    for (const auto& [key, edge] : edges_) graph_.edges.push_back(edge);
    return std::move(graph_);
  }

 private:
  bool IsNarrowed() const { return filter_.special || !filter_.category.empty(); }

  // The system in focus, and those that references join it with.
  bool IsInFocus(const SystemId& id) const {
    if (!filter_.system || id == *filter_.system) return true;
    const auto joins = [&](const SystemId& from, const SystemId& to) {
      return (from == *filter_.system && to == id) || (to == *filter_.system && from == id);
    };
    return std::ranges::any_of(references_,
                               [&](const ReferenceTotal& each) { return joins(each.from_system, each.to_system); }) ||
           std::ranges::any_of(stated_,
                               [&](const DataFlow& each) { return joins(each.content.from, each.content.to); });
  }

  // Those of the categories that were asked for.
  Status TakeFlows() {
    for (DataFlowFilter page{.limit = kPage};;) {
      PRIVITY_TRY(DataFlowPage flows, flows_.List(tx_, page));
      for (DataFlow& flow : flows.items) {
        std::erase_if(flow.content.categories, [&](const std::string& category) {
          return !Matches({.category = category, .is_special = taxonomy_.IsSpecial(category)}, filter_);
        });
        if (!flow.content.categories.empty()) stated_.push_back(std::move(flow));
      }
      if (!flows.next) return Ok();
      PRIVITY_TRY(page.after, DataFlowId::Parse(*flows.next));
    }
  }

  void AddFlows() {
    for (const DataFlow& flow : stated_) {
      const std::string from = flow.content.from.ToString();
      const std::string to = flow.content.to.ToString();
      if (Find(from) == nullptr || Find(to) == nullptr) continue;
      const auto& categories = flow.content.categories;
      const bool is_special =
          std::ranges::any_of(categories, [&](const auto& key) { return taxonomy_.IsSpecial(key); });
      Count(MapEdgeKind::kFlow, from, to, static_cast<std::int64_t>(categories.size()), is_special);
    }
  }

  bool Holds(const auto& id, auto member) const {
    return !IsNarrowed() || std::ranges::any_of(totals_, [&](const CategoryTotal& t) { return t.*member == id; });
  }

  void Add(MapNode node) {
    if (graph_.nodes.size() >= MapDrawing::kNodesMax) {
      ++graph_.left_out;
      return;
    }
    at_.emplace(node.id, graph_.nodes.size());
    graph_.nodes.push_back(std::move(node));
  }

  Status AddSystems() {
    bool is_known = false;
    for (SystemFilter page{.limit = kPage};;) {
      PRIVITY_TRY(SystemPage systems, systems_.List(tx_, page));
      for (const DataSystem& system : systems.items) {
        is_known = is_known || system.id == filter_.system;
        if (IsInFocus(system.id) && Holds(system.id, &CategoryTotal::system)) Add(NodeOf(system));
      }
      if (!systems.next) break;
      page.after = *systems.next;
    }
    if (filter_.system && !is_known) return Error("datamap.system_unknown");
    return Ok();
  }

  Status AddCollections() {
    if (!filter_.system && filter_.detail == MapDetail::kSystems) return Ok();
    for (CollectionFilter page{.system = filter_.system, .limit = kPage};;) {
      PRIVITY_TRY(CollectionPage collections, facts_.Collections(tx_, page));
      for (const DataCollection& collection : collections.items) {
        if (Holds(collection.id, &CategoryTotal::collection)) Add(NodeOf(collection));
      }
      if (!collections.next) return Ok();
      PRIVITY_TRY(page.after, CollectionId::Parse(*collections.next));
    }
  }

  MapNode* Find(const std::string& id) {
    const auto found = at_.find(id);
    return found == at_.end() ? nullptr : &graph_.nodes[found->second];
  }

  void Count(MapEdgeKind kind, const std::string& from, const std::string& to, std::int64_t count, bool is_special) {
    MapEdge& edge = edges_.try_emplace({kind, from, to}, MapEdge{from, to, kind, 0, false}).first->second;
    edge.count += count;
    edge.is_special = edge.is_special || is_special;
  }

  void Hold(const std::string& holder, const std::string& category, const CategoryTotal& total, bool is_edge) {
    MapNode* const node = Find(holder);
    if (node == nullptr) return;
    node->personal_fields += total.fields;
    if (total.is_special) node->special_fields += total.fields;
    if (is_edge) Count(MapEdgeKind::kHolds, holder, category, total.fields, total.is_special);
  }

  // An edge leads from the narrowest thing that is drawn; what is around it counts, too.
  void AddHoldings() {
    for (const CategoryTotal& total : totals_) {
      const std::string system = total.system.ToString();
      const std::string collection = total.collection.ToString();
      if (Find(system) == nullptr) continue;
      const std::string key(CategoryBranch(total.category, filter_.levels));
      if (Find(key) == nullptr) Add(CategoryNode(key));
      if (Find(key) == nullptr) continue;
      const bool has_collection = Find(collection) != nullptr;
      Hold(system, key, total, !has_collection);
      Hold(collection, key, total, true);
      MapNode& category = *Find(key);
      category.fields += total.fields;
      category.personal_fields += total.fields;
      if (total.is_special) category.special_fields += total.fields;
    }
  }

  MapNode CategoryNode(const std::string& key) const {
    MapNode node{.id = key, .kind = MapNodeKind::kCategory, .name = key, .freshness = Freshness::kFresh};
    for (const TaxonomyEntry& entry : taxonomy_.file().data_categories) {
      if (entry.key == key) node.name = entry.name;
    }
    return node;
  }

  // The collection where it is drawn, else its system; "" when neither is.
  std::string Drawn(const std::optional<CollectionId>& collection, const SystemId& system) {
    if (collection && Find(collection->ToString()) != nullptr) return collection->ToString();
    const std::string id = system.ToString();
    return Find(id) != nullptr ? id : "";
  }

  void AddReferences() {
    for (const ReferenceTotal& total : references_) {
      const std::string from = Drawn(total.from, total.from_system);
      const std::string to = Drawn(total.to, total.to_system);
      if (from.empty() || to.empty() || from == to) continue;
      Count(EdgeKindOf(total.origin), from, to, total.references, false);
    }
  }

  ReadTx& tx_;
  const Systems systems_;
  const DataFlows flows_;
  const Register facts_{};
  const Taxonomy& taxonomy_;
  const GraphFilter& filter_;
  std::vector<CategoryTotal> totals_;
  std::vector<ReferenceTotal> references_;
  std::vector<DataFlow> stated_;
  std::map<std::string, std::size_t> at_;
  std::map<std::tuple<MapEdgeKind, std::string, std::string>, MapEdge> edges_;
  MapGraph graph_;
};

struct Hop {
  CollectionId to;
  const ReferenceTotal* by = nullptr;
  bool is_forward = true;
};

// Breadth first over the collections.
class Walk {
 public:
  explicit Walk(const std::vector<ReferenceTotal>& references) {
    for (const ReferenceTotal& total : references) {
      if (!total.from || !total.to) continue;
      hops_[*total.from].push_back({*total.to, &total, true});
      hops_[*total.to].push_back({*total.from, &total, false});
    }
  }

  // The hops from one of `from` to one of `to`; none when there is no way.
  std::optional<std::vector<std::pair<CollectionId, Hop>>> Find(const std::set<CollectionId>& from,
                                                                const std::set<CollectionId>& to) {
    std::deque<CollectionId> next(from.begin(), from.end());
    std::map<CollectionId, std::pair<CollectionId, Hop>> came;
    std::set<CollectionId> seen = from;
    while (!next.empty()) {
      const CollectionId here = next.front();
      next.pop_front();
      if (to.contains(here)) return Back(here, came);
      for (const Hop& hop : hops_[here]) {
        if (!seen.insert(hop.to).second) continue;
        came.emplace(hop.to, std::pair(here, hop));
        next.push_back(hop.to);
      }
    }
    return std::nullopt;
  }

 private:
  static std::vector<std::pair<CollectionId, Hop>> Back(
      CollectionId here, const std::map<CollectionId, std::pair<CollectionId, Hop>>& came) {
    std::vector<std::pair<CollectionId, Hop>> way;
    for (auto at = came.find(here); at != came.end(); at = came.find(at->second.first)) way.push_back(at->second);
    std::ranges::reverse(way);
    return way;
  }

  std::map<CollectionId, std::vector<Hop>> hops_;
};

// The collections that an end stands for: itself, or all of a system.
Result<std::set<CollectionId>> CollectionsAt(ReadTx& tx, const MapPlaceId& id, std::string_view end) {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT id FROM datamap_collection WHERE (id = $1 OR system = $1) AND gone_at IS NULL", {id}));
  std::set<CollectionId> collections;
  for (const Row& row : rows) collections.insert(row.Get<CollectionId>(0));
  if (!collections.empty()) return collections;
  PRIVITY_TRY(const auto system, tx.QueryOne("SELECT 1 FROM datamap_system WHERE id = $1", {id}));
  if (!system) return Error("datamap.place_unknown", {{"end", std::string(end)}});
  return collections;
}

Result<MapPlace> PlaceOf(ReadTx& tx, const Register& facts, const CollectionId& id) {
  PRIVITY_TRY(const DataCollection collection, facts.Collection(tx, id));
  return MapPlace{collection.system, collection.system_name, collection.id, collection.dataset, collection.name};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const MapNode*) {
  return {{.name = "id", .description = "Of the system or collection; of a category its Fideslang key."},
          {.name = "system", .description = "Of a collection."},
          {.name = "group", .description = "What a system runs on.", .example = "PostgreSQL"},
          {.name = "personal_fields", .description = "Of the categories that were asked for."}};
}
std::vector<FieldNote> FieldNotes(const MapGraph*) {
  return {{.name = "left_out", .description = "How many nodes are not drawn because there are too many."}};
}
std::vector<FieldNote> FieldNotes(const MapStep*) {
  return {{.name = "reference", .description = "One of those that join the two."},
          {.name = "is_forward", .description = "It points the way that is gone."}};
}

Result<MapGraph> MapDrawing::Draw(ReadTx& tx, const GraphFilter& filter) const {
  return Drawing(tx, world_, filter).Draw();
}

Result<MapPath> MapDrawing::Path(ReadTx& tx, const MapPlaceId& from, const MapPlaceId& to) const {
  PRIVITY_TRY(const auto starts, CollectionsAt(tx, from, "from"));
  PRIVITY_TRY(const auto ends, CollectionsAt(tx, to, "to"));
  PRIVITY_TRY(const auto references, ReferenceTotals(tx));
  const auto way = Walk(references).Find(starts, ends);
  MapPath path{.found = way.has_value()};
  if (!way) return path;
  const Register facts;
  for (const auto& [here, hop] : *way) {
    MapStep step{.reference = hop.by->first, .origin = hop.by->origin, .is_forward = hop.is_forward};
    PRIVITY_TRY(step.from, PlaceOf(tx, facts, here));
    PRIVITY_TRY(step.to, PlaceOf(tx, facts, hop.to));
    path.steps.push_back(std::move(step));
  }
  return path;
}

}  // namespace privity
