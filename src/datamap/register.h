// What the register says of collections and fields. Reading only; callable from many threads.
//
// Errors: datamap.collection_unknown, datamap.field_unknown (404), datamap.cursor_invalid.
#pragma once

#include "datamap/model.h"
#include "datamap/world.h"

namespace privity {

struct CollectionFilter {
  std::optional<SystemId> system{};
  std::string q{};  // part of the name
  bool gone = false;
  std::optional<CollectionId> after{};
  int limit = 50;
};
struct CollectionPage {
  std::vector<DataCollection> items;
  std::optional<std::string> next;
};

struct FieldFilter {
  std::optional<SystemId> system{};
  std::optional<CollectionId> collection{};
  std::string category{};  // and all below it
  std::string q{};         // part of the name
  bool personal = false;   // only personal data
  bool special = false;    // only what GDPR Art. 9(1) and 10 single out
  bool gone = false;
  std::string after{};
  int limit = 50;
};
struct FieldPage {
  std::vector<DataField> items;
  std::optional<std::string> next;
};

class Register {
 public:
  // Oldest first.
  Result<CollectionPage> Collections(ReadTx& tx, const CollectionFilter& filter) const;
  Result<DataCollection> Collection(ReadTx& tx, const CollectionId& id) const;
  // Collection by collection, in the order in which the store declares them.
  Result<FieldPage> Fields(ReadTx& tx, const FieldFilter& filter) const;
  Result<DataField> Field(ReadTx& tx, const FieldId& id) const;
};

}  // namespace privity
