#include "store/row.h"

namespace privity::row_internal {

namespace {
template <class T>
const T& Expect(const SqlValue& value, std::size_t column) {
  const T* found = std::get_if<T>(&value.variant());
  if (found == nullptr) throw BadColumn(column);
  return *found;
}
}  // namespace

bool ToBool(const SqlValue& value, std::size_t column) {
  if (const bool* found = std::get_if<bool>(&value.variant())) return *found;
  const std::int64_t integer = Expect<std::int64_t>(value, column);  // SQLite keeps booleans as 0 and 1
  if (integer != 0 && integer != 1) throw BadColumn(column);
  return integer == 1;
}

std::int64_t ToInteger(const SqlValue& value, std::size_t column) {
  return Expect<std::int64_t>(value, column);
}

double ToDouble(const SqlValue& value, std::size_t column) {
  if (const std::int64_t* integer = std::get_if<std::int64_t>(&value.variant())) return static_cast<double>(*integer);
  return Expect<double>(value, column);
}

const std::string& ToText(const SqlValue& value, std::size_t column) {
  return Expect<std::string>(value, column);
}

const Bytes& ToBlob(const SqlValue& value, std::size_t column) {
  return Expect<Bytes>(value, column);
}

Uuid ToUuid(const SqlValue& value, std::size_t column) {
  Result<Uuid> uuid = Uuid::Parse(Expect<std::string>(value, column));
  if (!uuid.ok()) throw BadColumn(column);
  return *uuid;
}

}  // namespace privity::row_internal
