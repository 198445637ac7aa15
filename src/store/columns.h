// Described structs as rows: what base/sql_columns.h turns into columns goes into statements and comes out of answers.
//
//   struct Purpose { PurposeId id; std::string name; };   PRIVITY_DESCRIBE(Purpose, (id, name))
//
//   PRIVITY_TRY_VOID(InsertStruct(tx, "purpose", purpose));
//   PRIVITY_TRY(auto purposes, SelectStructs<Purpose>(tx, "FROM purpose WHERE name > $1 ORDER BY name LIMIT 50",
//   {after}));
//
// Errors: those of the transaction, and store.corrupt{column} when a stored value does not fit its member.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sql_columns.h"
#include "store/store.h"

namespace privity {

// The engines behind the templates.
SqlValues ColumnValuesOf(const StructInfo& info, const void* object);
Status FillFromRow(const StructInfo& info, const Row& row, std::size_t first, void* object);
std::string SelectList(const StructInfo& info, std::string_view rest);  // "SELECT id, name FROM ..."
std::string InsertText(const StructInfo& info, std::string_view table);

// The members in the order of the description.
template <class T>
SqlValues ColumnValuesOf(const T& object) {
  return ColumnValuesOf(StructOf<T>(), &object);
}

// Reads the struct from the columns that begin at `first`, in the order of the description.
template <class T>
Result<T> FromRow(const Row& row, std::size_t first = 0) {
  T object{};
  PRIVITY_TRY_VOID(FillFromRow(StructOf<T>(), row, first, &object));
  return object;
}

template <class T>
Status InsertStruct(WriteTx& tx, std::string_view table, const T& object) {
  PRIVITY_TRY_VOID(tx.Execute(InsertText(StructOf<T>(), table), ColumnValuesOf(object)));
  return Ok();
}

// `rest` begins with FROM; its columns are those of T.
template <class T>
Result<std::vector<T>> SelectStructs(ReadTx& tx, std::string_view rest, const SqlValues& params = {}) {
  std::vector<T> objects;
  PRIVITY_TRY_VOID(tx.ForEach(SelectList(StructOf<T>(), rest), params, [&](Row row) -> Status {
    PRIVITY_TRY(T object, FromRow<T>(row));
    objects.push_back(std::move(object));
    return Ok();
  }));
  return objects;
}

template <class T>
Result<std::optional<T>> SelectStruct(ReadTx& tx, std::string_view rest, const SqlValues& params = {}) {
  PRIVITY_TRY(const std::optional<Row> row, tx.QueryOne(SelectList(StructOf<T>(), rest), params));
  if (!row) return std::optional<T>();
  PRIVITY_TRY(T object, FromRow<T>(*row));
  return std::optional<T>(std::move(object));
}

}  // namespace privity
