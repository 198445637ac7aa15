#include "demo/internal/rows.h"

#include <algorithm>

namespace privity::demo_internal {

std::string Digits(int number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

std::string Day(int year, int number) {
  return std::to_string(year) + "-" + Digits(number % 12 + 1, 2) + "-" + Digits(number % 28 + 1, 2);
}

std::string Tuple(std::initializer_list<std::string> values) {
  std::string tuple = "(";
  for (const std::string& value : values) tuple += (tuple.size() == 1 ? "'" : ", '") + value + "'";
  return tuple + ")";
}

std::string InsertInto(const std::string& table, const std::vector<std::string>& tuples) {
  std::string statement = "INSERT INTO " + table + " VALUES ";
  for (const std::string& tuple : tuples) statement += (&tuple == tuples.data() ? "" : ",\n") + tuple;
  return statement;
}

}  // namespace privity::demo_internal
