// What statements of SQL do and where, read from their words: for the logs of access that servers keep.
//
// Only words, names and signs are looked at; strings and numbers are passed over and nothing of them is kept. What
// cannot be told (a procedure, a table made by a function, something that is not understood) is said to be so. A view
// stands for itself, and a function among the columns for nothing, whatever it reads.
#pragma once

#include <string_view>
#include <vector>

#include "connect/connector.h"

namespace privity::connect_internal {

enum class SqlSpelling { kMariaDb, kPostgres };

struct StatementUse {
  AccessUse use = AccessUse::kOther;
  CollectionName collection{};  // its space "" where the statement does not say; empty where none is meant
  auto operator<=>(const StatementUse&) const = default;
};

inline constexpr std::size_t kStatementBytesMax = 256 << 10;  // of a longer one, the rest cannot be told

// Of a statement, or several with semicolons between: each use once, in order. None where no collection is touched
// (BEGIN, SET, SHOW).
std::vector<StatementUse> UsesOf(std::string_view sql, SqlSpelling spelling);

}  // namespace privity::connect_internal
