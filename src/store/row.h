// What goes into a statement and what comes out of it: the same seven kinds of value on SQLite and on PostgreSQL.
//
//   C++                     column type        notes
//   bool                    boolean
//   integers                bigint             64 bits, signed
//   double                  double precision   not NaN: SQLite cannot keep it, so both back ends refuse it
//   (store.value_refused);
//                                              -0.0 is kept as 0.0
//   std::string             text               valid UTF-8 without U+0000: PostgreSQL cannot keep others, so both
//   refuse them Bytes                   bytea Instant                 bigint             microseconds since 1970, UTC
//   Id<Tag>, Uuid           text               36 characters
//   std::optional<any of them>                 NULL when empty
//
// Thread safety: value types.
#pragma once

#include <concepts>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/invariant.h"

namespace privity {

class SqlValue {
 public:
  using Variant = std::variant<std::monostate, bool, std::int64_t, double, std::string, Bytes>;

  SqlValue() = default;  // NULL
  explicit SqlValue(Variant value) : value_(std::move(value)) {}
  SqlValue(std::nullptr_t) {}  // NOLINT: implicit by design, as all below
  SqlValue(std::nullopt_t) {}  // NOLINT
  template <std::same_as<bool> B>
  SqlValue(B value) : value_(value) {}  // NOLINT
  template <std::integral I>
  requires(!std::same_as<I, bool> && !std::same_as<I, char>) SqlValue(I value)
      : value_(static_cast<std::int64_t>(value)) {  // NOLINT
    Invariant(std::in_range<std::int64_t>(value), "an integer column holds 64 bits, signed");
  }
  SqlValue(double value) : value_(value == 0 ? 0.0 : value) {}      // NOLINT: -0.0 becomes 0.0, as SQLite keeps it
  SqlValue(std::string value) : value_(std::move(value)) {}         // NOLINT
  SqlValue(std::string_view value) : value_(std::string(value)) {}  // NOLINT
  SqlValue(const char* value) : value_(std::string(value)) {}       // NOLINT
  SqlValue(Bytes value) : value_(std::move(value)) {}               // NOLINT
  SqlValue(BytesView value) : value_(Bytes(value.begin(), value.end())) {}  // NOLINT
  SqlValue(Instant value) : value_(ToMicros(value)) {}                      // NOLINT
  SqlValue(const Uuid& value) : value_(value.ToString()) {}                 // NOLINT
  template <class Tag>
  SqlValue(const Id<Tag>& value) : value_(value.ToString()) {}  // NOLINT
  template <class T>
  SqlValue(const std::optional<T>& value) {  // NOLINT
    if (value) *this = SqlValue(*value);
  }

  bool is_null() const { return value_.index() == 0; }
  const Variant& variant() const { return value_; }
  Variant& variant() { return value_; }
  bool operator==(const SqlValue&) const = default;

 private:
  Variant value_;
};

using SqlValues = std::vector<SqlValue>;

// Thrown by Row::Get when a column does not hold what the caller asked for: damaged data, or our own wrong query.
// Store::Read and Store::Write turn it into the error store.corrupt; a Row used after them passes it on like any C++
// exception.
class BadColumn : public std::exception {
 public:
  explicit BadColumn(std::size_t column) : column_(column) {}
  const char* what() const noexcept override { return "a column holds another type than the program expects"; }
  std::size_t column() const { return column_; }

 private:
  std::size_t column_;
};

namespace row_internal {
bool ToBool(const SqlValue& value, std::size_t column);
std::int64_t ToInteger(const SqlValue& value, std::size_t column);
double ToDouble(const SqlValue& value, std::size_t column);
const std::string& ToText(const SqlValue& value, std::size_t column);
const Bytes& ToBlob(const SqlValue& value, std::size_t column);
Uuid ToUuid(const SqlValue& value, std::size_t column);
template <class T>
struct OptionalOf : std::false_type {};
template <class T>
struct OptionalOf<std::optional<T>> : std::true_type {};
}  // namespace row_internal

// One row of an answer; columns count from 0 in the order of the SELECT. Owns its values.
class Row {
 public:
  explicit Row(SqlValues values) : values_(std::move(values)) {}

  std::size_t size() const { return values_.size(); }
  bool IsNull(std::size_t column) const { return At(column).is_null(); }
  const SqlValue& At(std::size_t column) const {
    Invariant(column < values_.size(), "a row has fewer columns than the program asks for");
    return values_[column];
  }

  // Throws BadColumn when the column is NULL (ask for std::optional<T> then), of another kind or out of T's range.
  template <class T>
  T Get(std::size_t column) const {
    const SqlValue& value = At(column);
    if constexpr (row_internal::OptionalOf<T>::value) {
      if (value.is_null()) return std::nullopt;
      return Get<typename T::value_type>(column);
    } else if constexpr (std::same_as<T, bool>) {
      return row_internal::ToBool(value, column);
    } else if constexpr (std::integral<T>) {
      const std::int64_t integer = row_internal::ToInteger(value, column);
      if (!std::in_range<T>(integer)) throw BadColumn(column);
      return static_cast<T>(integer);
    } else if constexpr (std::same_as<T, double>) {
      return row_internal::ToDouble(value, column);
    } else if constexpr (std::same_as<T, std::string>) {
      return row_internal::ToText(value, column);
    } else if constexpr (std::same_as<T, Bytes>) {
      return row_internal::ToBlob(value, column);
    } else if constexpr (std::same_as<T, Instant>) {
      return FromMicros(row_internal::ToInteger(value, column));
    } else {
      return T(row_internal::ToUuid(value, column));  // Uuid or Id<Tag>
    }
  }

 private:
  SqlValues values_;
};

}  // namespace privity
