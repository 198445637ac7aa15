// The data map drawn: systems, what they hold, and how records of one point at those of another, counted so that it
// stays readable with hundreds of systems.
//
// Reading only; callable from many threads. Errors: datamap.place_unknown{end} (404).
#pragma once

#include "datamap/model.h"
#include "datamap/world.h"

namespace privity {

// Of a system or of a collection.
struct MapPlaceTag {};
using MapPlaceId = Id<MapPlaceTag>;

enum class MapNodeKind { kSystem, kCollection, kCategory };
PRIVITY_DESCRIBE_ENUM(MapNodeKind, kSystem, kCollection, kCategory)

struct MapNode {
  std::string id{};  // of the system or collection; of a category its key
  MapNodeKind kind = MapNodeKind::kSystem;
  std::string name{};                // of a collection with its dataset: "public.customer"
  std::optional<SystemId> system{};  // of a collection
  std::string group{};               // what a system runs on, "PostgreSQL"; "" where nobody asked it
  std::optional<UserId> owner{};
  Freshness freshness = Freshness::kStale;
  std::int64_t collections = 0;
  std::int64_t fields = 0;
  std::int64_t personal_fields = 0;  // of the categories that were asked for
  std::int64_t special_fields = 0;
  std::int64_t open_changes = 0;
};
PRIVITY_DESCRIBE(MapNode, (id, kind, name, system, group, owner, freshness, collections, fields, personal_fields,
                           special_fields, open_changes))
std::vector<FieldNote> FieldNotes(const MapNode*);

enum class MapEdgeKind {
  kHolds,       // personal data of a category; counts fields
  kForeignKey,  // records point at records; counts references
  kStated,
  kFlow,  // a person said that personal data goes there; counts categories
};
PRIVITY_DESCRIBE_ENUM(MapEdgeKind, kHolds, kForeignKey, kStated, kFlow)

struct MapEdge {
  std::string from{};
  std::string to{};
  MapEdgeKind kind = MapEdgeKind::kHolds;
  std::int64_t count = 0;
  bool is_special = false;
};
PRIVITY_DESCRIBE(MapEdge, (from, to, kind, count, is_special))

struct MapGraph {
  std::vector<MapNode> nodes{};
  std::vector<MapEdge> edges{};
  std::int64_t left_out = 0;  // nodes beyond the limit
};
PRIVITY_DESCRIBE(MapGraph, (nodes, edges, left_out))
std::vector<FieldNote> FieldNotes(const MapGraph*);

enum class MapDetail { kSystems, kCollections };
PRIVITY_DESCRIBE_ENUM(MapDetail, kSystems, kCollections)

struct GraphFilter {
  std::optional<SystemId> system{};  // it with its collections, and the systems that it is joined with
  std::string category{};            // only what holds it, or one below it
  bool special = false;              // only what holds what GDPR Art. 9(1) and 10 single out
  MapDetail detail = MapDetail::kSystems;
  int levels = 3;  // of the categories drawn: 3 for "user.contact.email"
};

struct MapPlace {
  SystemId system{};
  std::string system_name{};
  CollectionId collection{};
  std::string dataset{};
  std::string name{};
};
PRIVITY_DESCRIBE(MapPlace, (system, system_name, collection, dataset, name))

// From one collection of the way to the next.
struct MapStep {
  MapPlace from{};
  MapPlace to{};
  ReferenceId reference{};  // one of those that join them
  ReferenceOrigin origin = ReferenceOrigin::kForeignKey;
  bool is_forward = true;  // it points the way that is gone
};
PRIVITY_DESCRIBE(MapStep, (from, to, reference, origin, is_forward))
std::vector<FieldNote> FieldNotes(const MapStep*);

struct MapPath {
  bool found = false;
  std::vector<MapStep> steps{};  // none where both ends share a collection
};
PRIVITY_DESCRIBE(MapPath, (found, steps))

class MapDrawing {
 public:
  static constexpr std::size_t kNodesMax = 5'000;

  explicit MapDrawing(const DatamapWorld& world) : world_(world) {}

  Result<MapGraph> Draw(ReadTx& tx, const GraphFilter& filter) const;
  // The shortest way by references, in either direction.
  Result<MapPath> Path(ReadTx& tx, const MapPlaceId& from, const MapPlaceId& to) const;

 private:
  const DatamapWorld& world_;
};

}  // namespace privity
