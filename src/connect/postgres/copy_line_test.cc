#include "connect/postgres/copy_line.h"

#include <gtest/gtest.h>

#include <string>

namespace privity::connect_internal {
namespace {

std::vector<std::string> Parsed(std::string line, std::size_t columns) {
  std::vector<FieldCell> cells(columns);
  if (!ParseCopyLine(line.data(), line.size(), cells)) return {"not a line"};
  std::vector<std::string> values;
  for (const FieldCell& cell : cells)
    values.push_back(cell.kind == CellKind::kNull ? "(null)" : std::string(cell.bytes));
  return values;
}

using Values = std::vector<std::string>;

TEST(CopyLine, SplitsAtTabsAndUndoesEscapes) {
  EXPECT_EQ(Parsed("1\tada\t", 3), (Values{"1", "ada", ""}));
  EXPECT_EQ(Parsed("\\N\t\\\\N\t\\t\\n\\r\\\\x", 3), (Values{"(null)", "\\N", "\t\n\r\\x"}));
  EXPECT_EQ(Parsed("", 1), (Values{""}));
  EXPECT_EQ(Parsed("a\\", 1), (Values{"a\\"}));
}

TEST(CopyLine, TooFewOrTooManyValuesAreNoLine) {
  EXPECT_EQ(Parsed("1\t2", 3), (Values{"not a line"}));
  EXPECT_EQ(Parsed("1\t2\t3", 2), (Values{"not a line"}));
}

}  // namespace
}  // namespace privity::connect_internal
