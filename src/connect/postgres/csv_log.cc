#include "connect/postgres/csv_log.h"

namespace privity::connect_internal {
namespace {

// "Using CSV-Format Log Output" of PostgreSQL's manual; later versions add columns at the end.
constexpr std::size_t kTime = 0, kUser = 1, kDatabase = 2, kFrom = 4, kSeverity = 11, kSqlState = 12, kMessage = 13;
constexpr std::size_t kFieldsMax = 64;

}  // namespace

// A quote within quotes is written twice, so that it does to turn at each.
Status CsvLogReader::Take(std::string_view piece, const OnLine& on_line) {
  for (const char c : piece) {
    ++taken_bytes_;
    if (c == '"') {
      const bool is_doubled = !is_quoted_ && fields_.size() == kMessage + 1 && !fields_.back().empty();
      if (is_doubled && fields_.back().size() < kMessageBytesMax) fields_.back() += '"';
      is_quoted_ = !is_quoted_;
    } else if (c == ',' && !is_quoted_) {
      if (fields_.size() < kFieldsMax) fields_.emplace_back();
    } else if (c == '\n' && !is_quoted_) {
      if (fields_.size() > kMessage) {
        PRIVITY_TRY_VOID(on_line({.time = fields_[kTime],
                                  .user = fields_[kUser],
                                  .database = fields_[kDatabase],
                                  .from = fields_[kFrom],
                                  .severity = fields_[kSeverity],
                                  .sql_state = fields_[kSqlState],
                                  .message = fields_[kMessage]}));
      }
      fields_.assign(1, "");
      told_bytes_ = taken_bytes_;
    } else if (fields_.size() <= kMessage + 1 && fields_.back().size() < kMessageBytesMax) {
      fields_.back() += c;
    }
  }
  return Ok();
}

}  // namespace privity::connect_internal
