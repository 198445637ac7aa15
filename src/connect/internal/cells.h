// Making cells: the same rules for every kind.
#pragma once

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "connect/connector.h"

namespace privity::connect_internal {

// Text from a store: UTF-8, or bytes whose encoding is broken.
inline FieldCell TextCell(std::string_view field, std::string_view text) {
  return {.field = field, .kind = IsUtf8(text) ? CellKind::kText : CellKind::kBinary, .bytes = text};
}

// Cuts a cell that is too long, of text between two code points.
inline void CutCell(std::size_t bytes_max, FieldCell& cell) {
  if (cell.bytes.size() <= bytes_max) return;
  std::size_t end = bytes_max;
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(cell.bytes[at]) & 0xC0) == 0x80; };
  while (cell.kind == CellKind::kText && end > 0 && continues(end)) --end;
  cell.bytes = cell.bytes.substr(0, end);
  cell.is_cut = true;
}

}  // namespace privity::connect_internal
