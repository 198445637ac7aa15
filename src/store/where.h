// The conditions of one query, collected with their parameters, so that no value is ever put into the text of a
// statement.
//
//   Where where;
//   if (filter.owner) where.And("owner = " + where.Parameter(*filter.owner));
//   tx.Query(kSelect + where.Clause() + " ORDER BY id", where.values());
#pragma once

#include <string>
#include <utility>

#include "store/row.h"

namespace privity {

class Where {
 public:
  // Keeps the value and answers its place: "$1", "$2"...
  std::string Parameter(SqlValue value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
  }
  void And(const std::string& condition) { conditions_ += (conditions_.empty() ? "" : " AND ") + condition; }

  // "a = $1 AND b = $2"; "" without any.
  const std::string& conditions() const { return conditions_; }
  // " WHERE a = $1 AND b = $2"; "" without any.
  std::string Clause() const { return conditions_.empty() ? "" : " WHERE " + conditions_; }
  const SqlValues& values() const { return values_; }

 private:
  std::string conditions_;
  SqlValues values_;
};

}  // namespace privity
