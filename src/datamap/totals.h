// What the register holds, counted: for drawings, overviews and whoever looks for what is missing. Without what is
// gone.
//
// Reading only; callable from many threads.
#pragma once

#include "datamap/model.h"
#include "store/store.h"

namespace privity {

// Fields of one category of personal data in one collection.
struct CategoryTotal {
  SystemId system{};
  CollectionId collection{};
  std::string category{};
  bool is_special = false;  // GDPR Art. 9(1) and 10
  std::int64_t fields = 0;
};
// Of one system, or of all.
Result<std::vector<CategoryTotal>> CategoryTotals(ReadTx& tx, const std::optional<SystemId>& system = {});

// References that are followed between two collections. An end that the register does not have (a foreign key into a
// table that no scan saw) has its system only.
struct ReferenceTotal {
  SystemId from_system{};
  std::optional<CollectionId> from{};
  SystemId to_system{};
  std::optional<CollectionId> to{};
  ReferenceOrigin origin = ReferenceOrigin::kForeignKey;
  ReferenceId first{};  // one of them
  std::int64_t references = 0;
};
Result<std::vector<ReferenceTotal>> ReferenceTotals(ReadTx& tx);

}  // namespace privity
