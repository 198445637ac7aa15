// Columns of a table in a text: a line of names, and lines of as many cells under it.
#include "detect/internal/label_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr double kInTable = 0.75;
constexpr std::size_t kHeadCellsMax = 64;
constexpr std::size_t kNameBytesMax = 60;
constexpr std::size_t kTableLineBytesMax = 4096;
constexpr std::size_t kSilentRowsMax = 32;

struct Cell {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Cells of a line, without the white space and quotes around them.
std::vector<Cell> CellsOf(std::string_view text, std::size_t begin, std::size_t end, char separator) {
  std::vector<Cell> cells;
  for (std::size_t at = begin; at <= end && cells.size() < kHeadCellsMax;) {
    std::size_t stop = at;
    bool quoted = false;
    for (; stop < end && (quoted || text[stop] != separator); ++stop) quoted ^= text[stop] == '"';
    Cell cell{at, stop};
    while (cell.begin < cell.end && IsOneOf(text[cell.begin], " \"'\t\r")) ++cell.begin;
    while (cell.end > cell.begin && IsOneOf(text[cell.end - 1], " \"'\t\r")) --cell.end;
    cells.push_back(cell);
    at = stop + 1;
  }
  return cells;
}

bool StandsTwice(char c, std::string_view text) {
  const auto first = text.find(c);
  return first != text.npos && text.find(c, first + 1) != text.npos;
}

std::size_t CountCells(std::string_view text, std::size_t begin, std::size_t end, char separator) {
  std::size_t cells = 1;
  bool quoted = false;
  for (std::size_t at = begin; at < end && cells < kHeadCellsMax; ++at) {
    quoted ^= text[at] == '"';
    if (text[at] != separator || quoted) continue;
    ++cells;
  }
  return cells;
}

// The sign between the cells of a line that may be a table's head; NUL of another.
char SeparatorOf(std::string_view head) {
  const std::string_view separators = "\t;|,";
  const auto twice = std::ranges::find_if(separators, [&](char c) { return StandsTwice(c, head); });
  if (twice == separators.end() || head.find('@') != head.npos || CountDigits(head) * 5 > head.size()) return '\0';
  if (std::ranges::any_of(head, [](char c) { return IsOneOf(c, "{}=<>\\"); })) return '\0';  // of code or JSON
  if (*twice == ',' && (head.back() == ',' || head.back() == ';')) return '\0';  // a list that goes on, or code
  return *twice;
}

}  // namespace

// What stands below each cell of a head; nothing where it is no table of people.
std::vector<const DetectorFile*> LabelRules::ColumnsOf(const std::vector<std::string>& names) const {
  std::vector<const DetectorFile*> columns;
  if (!fields_.ShowPeople(names)) return columns;
  const CollectionView view = fields_.View({}, names);
  for (const std::string& name : names) columns.push_back(name.empty() ? nullptr : Named(name, view));
  return columns;
}

// A line of names of columns, and under it lines with as many cells.
void LabelRules::FindTable(const Scan& scan, std::size_t line, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  const auto line_end = [&](std::size_t from) { return std::min(text.find('\n', from), text.size()); };
  const std::size_t head_end = line_end(line);
  if (head_end == text.size() || head_end - line > kTableLineBytesMax) return;
  const char separator = SeparatorOf(text.substr(line, head_end - line));
  if (separator == '\0') return;
  // A head has names in every cell; what follows it has as many.
  if (CountCells(text, line, head_end, separator) != CountCells(text, head_end + 1, line_end(head_end + 1), separator))
    return;
  std::vector<std::string> names;
  for (const Cell& cell : CellsOf(text, line, head_end, separator))
    names.emplace_back(text.substr(cell.begin, std::min(cell.end - cell.begin, kNameBytesMax)));
  const std::vector<const DetectorFile*> columns = ColumnsOf(names);
  if (columns.empty()) return;
  // A line in which nothing is found may be the head of the next lines itself: they are not all read for each.
  std::size_t silent_rows = 0;
  for (std::size_t begin = head_end + 1; begin < text.size() && silent_rows < kSilentRowsMax; ++silent_rows) {
    const std::size_t end = line_end(begin);
    scan.steps += end - begin;
    if (end - begin > kTableLineBytesMax) return;
    const std::vector<Cell> row = CellsOf(text, begin, end, separator);
    if (row.size() != columns.size()) return;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string_view value = text.substr(row[i].begin, std::min(row[i].end - row[i].begin, kValueBytesMax));
      if (columns[i] == nullptr || value.empty()) continue;
      const std::size_t size = values_.End(*columns[i], value, true);
      if (size != value.size()) continue;
      Report(scan, row[i].begin, size, columns[i], kInTable, finds);
      silent_rows = 0;
    }
    begin = end + 1;
  }
}

}  // namespace privity::detect
