#include "connect/postgres/copy_line.h"

#include <cstring>

namespace privity::connect_internal {
namespace {

char Unescaped(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return c;
  }
}

// The size of the value after its escapes are undone in place.
std::size_t Unescape(char* value, std::size_t size) {
  char* const first = static_cast<char*>(std::memchr(value, '\\', size));
  if (first == nullptr) return size;
  char* out = first;
  for (const char* in = first; in < value + size; ++in) {
    const bool is_escape = *in == '\\' && in + 1 < value + size;
    *out++ = is_escape ? Unescaped(*++in) : *in;
  }
  return static_cast<std::size_t>(out - value);
}

}  // namespace

bool ParseCopyLine(char* line, std::size_t size, std::vector<FieldCell>& cells) {
  char* at = line;
  char* const end = line + size;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    char* stop = static_cast<char*>(std::memchr(at, '\t', static_cast<std::size_t>(end - at)));
    if ((stop == nullptr) != (i + 1 == cells.size())) return false;
    if (stop == nullptr) stop = end;
    FieldCell& cell = cells[i];
    cell.is_cut = false;
    const auto length = static_cast<std::size_t>(stop - at);
    const bool is_null = length == 2 && at[0] == '\\' && at[1] == 'N';
    cell.kind = is_null ? CellKind::kNull : CellKind::kText;
    cell.bytes = is_null ? std::string_view() : std::string_view(at, Unescape(at, length));
    at = stop + (stop < end ? 1 : 0);
  }
  return true;
}

}  // namespace privity::connect_internal
