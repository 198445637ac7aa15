// Writes what a scan saw of one collection into the register, and says what was different.
//
// Belongs to one scan and to one transaction at a time.
#pragma once

#include <map>
#include <set>

#include "datamap/internal/rows.h"
#include "scan/scan.h"

namespace privity {

struct ScanCounts {
  std::int64_t fields = 0;
  std::int64_t personal_fields = 0;
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t gone = 0;
  std::int64_t gaps = 0;
};

// What a scan saw of one collection.
struct SeenCollection {
  const Collection& collection;
  const ScannedCollection& scanned;
  std::optional<std::int64_t> estimated_records;
  std::string home_space;
};

class RegisterWriter {
 public:
  RegisterWriter(const Clock& clock, const Taxonomy& taxonomy, const ScanId& scan, const SystemId& system)
      : clock_(clock), taxonomy_(taxonomy), scan_(scan), system_(system) {}

  Result<ScanCounts> Save(WriteTx& tx, const SeenCollection& seen);
  // Collections that no scan has seen since `started_at` are gone.
  Result<ScanCounts> MarkGone(WriteTx& tx, Instant started_at);
  Status AddGap(WriteTx& tx, const CollectionName& name, const Error& error);

 private:
  struct StoredField;
  struct FieldChange;
  Result<CollectionId> SaveCollection(WriteTx& tx, const SeenCollection& seen);
  Result<std::map<std::string, StoredField>> FieldsOf(ReadTx& tx, const CollectionId& id) const;
  Status SaveFields(WriteTx& tx, const CollectionId& id, const SeenCollection& seen);
  Status SaveKnown(WriteTx& tx, const CollectionId& id, StoredField& stored, const ScannedField& now,
                   std::int64_t position, std::optional<std::int64_t> filled);
  Status SaveNew(WriteTx& tx, const CollectionId& id, const ScannedField& now, std::int64_t position,
                 std::optional<std::int64_t> filled);
  Status SaveGone(WriteTx& tx, const CollectionId& id, const SeenCollection& seen,
                  const std::map<std::string, StoredField>& stored, const std::set<std::string>& present);
  Status SaveReferences(WriteTx& tx, const SeenCollection& seen);
  Status AddChange(WriteTx& tx, const CollectionId& id, const FieldChange& change);
  Status FieldIsGone(WriteTx& tx, const CollectionId& id, const StoredField& field);

  const Clock& clock_;
  const Taxonomy& taxonomy_;
  const ScanId scan_;
  const SystemId system_;
  ScanCounts counts_;
};

}  // namespace privity
