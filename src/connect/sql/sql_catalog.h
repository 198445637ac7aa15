// What the catalogs of SQL servers tell, made into a Description in the same way for each: rows of texts come in, in
// the order of space, table and position.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connect/connector.h"

namespace privity::connect_internal {

using Texts = std::vector<std::string>;

// `fallback` for what is no whole number of 64 bits.
std::int64_t ToNumber(std::string_view text, std::int64_t fallback = 0);

// Of SELECT, INSERT, UPDATE and DELETE.
Privilege PrivilegeOf(std::string_view name);

// "date", "datetime", "timestamp(6) with time zone" and "timestamptz": types whose values are days or instants.
bool IsDateType(std::string_view declared_type);

// Adds a column to the collection of that name, which is the last one or a new one.
void AddColumn(const CollectionName& name, CollectionShape shape, Field field, Description& description);

// One row per column of a primary key or a foreign key: space, table, constraint, column, target's space, target's
// table, target's column; the last three are empty in a primary key. Rows of one constraint stand together, in the
// order of its columns. Collections that are not described are passed over.
void AddConstraints(const std::vector<Texts>& rows, Description& description);

// connect.permission about a column.
Error UnreadableColumn(const std::string& store, const CollectionName& name, const std::string& column,
                       std::string_view home_space);

}  // namespace privity::connect_internal
