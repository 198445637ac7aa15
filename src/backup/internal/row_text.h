// One row as text and back: a JSON array whose items are null, true, false, integers, numbers, strings, and {"bytes":
// base64}. Every row has one spelling, so equal tables have equal hashes on either engine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backup/internal/schema.h"
#include "base/json.h"
#include "store/row.h"

namespace privity {

// `types` are the columns' declared types: SQLite keeps booleans and whole doubles as integers, and this writes them as
// what they are.
std::string RowText(const Row& row, const std::vector<std::string>& types);
Result<SqlValues> ParseRowText(std::string_view text, const TableShape& table);

}  // namespace privity
