// Lists: how a client asks for a page, and how a room says where the next one begins.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/type_table.h"

namespace privity {

inline constexpr std::int64_t kPageLimitDefault = 50;
inline constexpr std::int64_t kPageLimitMax = 200;

// The query of a list without filters. A list with filters has these two members among its own and adds PagingNotes().
struct PageQuery {
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(PageQuery, (cursor, limit))
std::vector<FieldNote> PagingNotes();
inline std::vector<FieldNote> FieldNotes(const PageQuery*) {
  return PagingNotes();
}

// The position inside a cursor that a client sent back: opaque to the client, so anything else than what was handed out
// is server.cursor_invalid (400). Empty without a cursor.
Result<std::optional<std::string>> PositionOf(const std::optional<std::string>& cursor);
std::string CursorAt(std::string_view position);

}  // namespace privity
