// What tables a database has, in an order in which their rows can be inserted.
#pragma once

#include <string>
#include <vector>

#include "base/type_table.h"
#include "store/store.h"

namespace privity {

struct TableShape {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::string> types;  // as declared: "text", "bigint", "boolean"...
};
PRIVITY_DESCRIBE(TableShape, (name, columns, types))

struct TakenStep {
  std::string room;
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(TakenStep, (room, version))

// The rooms' tables (not the store's own), every table after those that its foreign keys point at.
Result<std::vector<TableShape>> ReadTables(ReadTx& tx);

// The migrations that the database has taken, by room and version.
Result<std::vector<TakenStep>> ReadSteps(ReadTx& tx);

}  // namespace privity
