// How records of one collection point at those of another: foreign keys that stores declare, and references that people
// state, also from one store to another. Deletion and access walk them.
//
// Callable from many threads. Errors: datamap.reference_unknown (404), datamap.reference_known,
// datamap.reference_of_store (409; a foreign key is ignored, not removed), datamap.reference_end_unknown (400; a
// system, collection or field that the register does not have), datamap.reference_uneven (400),
// datamap.changed_meanwhile (412).
#pragma once

#include "datamap/model.h"
#include "datamap/world.h"

namespace privity {

struct ReferenceFilter {
  std::optional<SystemId> system{};  // at either end
  std::optional<ReferenceOrigin> origin{};
  bool gone = false;  // also what is no longer there
  std::optional<ReferenceId> after{};
  int limit = 50;
};
struct ReferencePage {
  std::vector<DataReference> items;
  std::optional<std::string> next;
};

// Records at `from` point at those at `to`.
struct ReferenceStatement {
  ReferencePlace from{};
  ReferencePlace to{};
  std::string reason{};
};
PRIVITY_DESCRIBE(ReferenceStatement, (from, to, reason))
std::vector<FieldNote> FieldNotes(const ReferenceStatement*);

struct ReferenceUse {
  bool is_ignored = false;
  std::string reason{};
};
PRIVITY_DESCRIBE(ReferenceUse, (is_ignored, reason))
std::vector<FieldNote> FieldNotes(const ReferenceUse*);

class References {
 public:
  explicit References(const DatamapWorld& world) : world_(world) {}

  // Oldest first.
  Result<ReferencePage> List(ReadTx& tx, const ReferenceFilter& filter) const;
  Result<DataReference> Get(ReadTx& tx, const ReferenceId& id) const;
  Result<DataReference> Create(WriteTx& tx, const Caller& caller, const ReferenceStatement& statement) const;
  // Whether it is followed. What a person says of it stands over rescans.
  Result<DataReference> Update(WriteTx& tx, const Caller& caller, const ReferenceId& id, const ReferenceUse& use,
                               std::optional<std::int64_t> expected_version) const;
  // Only those that a person stated.
  Status Delete(WriteTx& tx, const Caller& caller, const ReferenceId& id,
                std::optional<std::int64_t> expected_version) const;

 private:
  const DatamapWorld& world_;
};

}  // namespace privity
