// The register as export and plan need it: all of it, under the keys that a file uses.
#pragma once

#include <map>

#include "ascode/fides.h"
#include "datamap/datamap.h"

namespace privity {

struct CodedDataset {
  SystemId system{};
  std::string dataset{};
  std::map<std::string, std::vector<DataField>> collections{};  // by name; fields in their order
};

struct RegisterSnapshot {
  std::map<std::string, DataSystem> systems{};  // by fides_key
  std::map<std::string, CodedDataset> datasets{};
  std::vector<DataReference> references{};
  std::vector<Recipient> recipients{};
  std::vector<Activity> activities{};
  std::map<CollectionId, Stewardship> said_of_collections{};
  std::map<FieldId, Stewardship> said_of_fields{};

  // The key of a system of the register; "" when it is not in the snapshot.
  std::string KeyOfSystem(const SystemId& id) const;
  std::string KeyOfDataset(const SystemId& system, const std::string& dataset) const;
  const std::vector<DataField>* Find(const ReferencePlace& place) const;
};

// Two systems whose names give the same key are told apart by a number behind the second.
Result<RegisterSnapshot> TakeSnapshot(ReadTx& tx, const Datamap& datamap);

}  // namespace privity
