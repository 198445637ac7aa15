// What people say of a table or file, or of one field of it: who decides about it, how long its records may be kept,
// and what the company wants to know of it besides.
//
// It stands beside what scans find and outlives them; every version is kept with who wrote it and when. Each scan
// counts the records that are older than they may be, where the store can count. Callable from many threads.
//
// Errors: datamap.collection_unknown, datamap.field_unknown (404), datamap.date_field_unknown,
// datamap.custom_field_twice (400), datamap.changed_meanwhile (412), datamap.cursor_invalid.
#pragma once

#include <variant>

#include "datamap/model.h"
#include "datamap/retention.h"
#include "datamap/world.h"

namespace privity {

// One collection, or one field of it.
using StewardPlace = std::variant<CollectionId, FieldId>;

struct StewardshipRequest {
  std::optional<UserId> steward{};
  std::vector<CustomField> custom_fields{};  // each name once
  std::optional<Retention> retention{};
  std::string date_field{};  // of the same collection: its date begins the period; "": nothing is counted
};
PRIVITY_DESCRIBE(StewardshipRequest, (steward, custom_fields, retention, date_field))
std::vector<FieldNote> FieldNotes(const StewardshipRequest*);

// What a scan counted.
struct OverdueRecords {
  std::optional<std::int64_t> records{};   // that began before the day; of a field: those with a value in it
  std::optional<StoredProblem> problem{};  // why it could not count
  Instant before{};                        // the beginning of the day
  Instant counted_at{};
};
PRIVITY_DESCRIBE(OverdueRecords, (records, problem, before, counted_at))
std::vector<FieldNote> FieldNotes(const OverdueRecords*);

struct Stewardship {
  SystemId system{};
  std::string system_name{};
  CollectionId collection{};
  std::string dataset{};
  std::string collection_name{};
  std::optional<FieldId> field{};
  std::string field_name{};
  StewardshipRequest content{};
  std::optional<OverdueRecords> overdue{};  // since the content last changed
  std::optional<Actor> changed_by{};
  std::optional<Instant> changed_at{};
  std::int64_t version = 0;  // 0: nobody has said anything
};
PRIVITY_DESCRIBE(Stewardship, (system, system_name, collection, dataset, collection_name, field, field_name, content,
                               overdue, changed_by, changed_at, version))
std::vector<FieldNote> FieldNotes(const Stewardship*);

struct StewardshipVersion {
  std::int64_t version = 1;
  StewardshipRequest content{};
  Actor by{};
  Instant at{};
};
PRIVITY_DESCRIBE(StewardshipVersion, (version, content, by, at))

struct StewardshipFilter {
  std::optional<SystemId> system{};
  std::optional<CollectionId> collection{};
  bool retention = false;  // only what may be kept for a time
  bool overdue = false;    // only what was kept longer, by the newest count
  std::string after{};
  int limit = 50;
};
struct StewardshipPage {
  std::vector<Stewardship> items;
  std::optional<std::string> next;
};

class Stewardships {
 public:
  explicit Stewardships(const DatamapWorld& world) : world_(world) {}

  // Those of which somebody has said something and which are still there.
  Result<StewardshipPage> List(ReadTx& tx, const StewardshipFilter& filter) const;
  Result<Stewardship> Get(ReadTx& tx, const StewardPlace& place) const;
  // The newest first, the last 500.
  Result<std::vector<StewardshipVersion>> History(ReadTx& tx, const StewardPlace& place) const;
  Result<Stewardship> Set(WriteTx& tx, const Caller& caller, const StewardPlace& place,
                          const StewardshipRequest& request, std::optional<std::int64_t> expected_version) const;

  // For scans. A count of what was said before the newest version is forgotten.
  Status SaveCount(WriteTx& tx, const Stewardship& of, const OverdueRecords& count) const;

 private:
  Status RequireSound(ReadTx& tx, const Stewardship& of, const StewardshipRequest& request) const;

  const DatamapWorld& world_;
};

}  // namespace privity
