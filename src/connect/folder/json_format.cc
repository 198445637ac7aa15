// JSON files: one document, several after each other, or a list of them; and JSON Lines, a document a line.
#include <cstring>

#include "base/json.h"
#include "connect/folder/file_format.h"
#include "connect/folder/json_edit.h"
#include "connect/json_cells.h"

namespace privity::connect_internal {
namespace {

constexpr JsonLimits kDocumentLimits = {.size_bytes_max = 64 << 20, .depth_max = 64};

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class JsonDocuments final : public FileFormat {
 public:
  explicit JsonDocuments(bool is_lines) : is_lines_(is_lines) {}

  Step Take(char* text, std::size_t size, bool is_end, std::vector<FieldCell>& cells) override {
    const std::string_view all(text, size);
    std::size_t blank = 0;
    while (blank < size && IsBlank(text[blank])) ++blank;
    if (blank > 0 || size == 0) return {.consumed = blank};
    if (is_lines_) {
      const std::size_t newline = all.find('\n');
      if (newline == std::string_view::npos && !is_end) return {.found = Found::kMore};
      return Parse(all.substr(0, newline), std::min(newline, size - 1) + 1, cells);
    }
    const bool opens_list = !is_list_ && !has_begun_ && *text == '[';
    const bool between = is_list_ && (*text == ',' || *text == ']');
    is_list_ |= opens_list;
    has_begun_ = true;
    if (opens_list || between) return {.consumed = 1};
    const std::size_t end = JsonValueEnd(all);
    if (end == std::string_view::npos && !is_end) return {.found = Found::kMore};
    if (end == 0) return {Found::kMalformed, 1, "a bracket that was not opened"};
    return Parse(all.substr(0, end), std::min(end, size), cells);
  }
  std::optional<std::string> WithValues(std::string_view record,
                                        const std::vector<FieldValue>& changes) const override {
    std::string changed(record);
    for (const FieldValue& change : changes) {
      auto next = WithJsonValue(changed, change.field, change.value);
      if (!next) return std::nullopt;
      changed = *std::move(next);
    }
    return changed;
  }
  bool has_separators() const override { return is_list_; }
  CollectionShape shape() const override { return CollectionShape::kDocuments; }
  bool has_lines() const override { return is_lines_; }

 private:
  Step Parse(std::string_view document, std::size_t consumed, std::vector<FieldCell>& cells) {
    Result<Json> parsed = ParseJson(document, kDocumentLimits);
    if (!parsed.ok()) return {Found::kMalformed, consumed, "a document that is not JSON"};
    document_ = *std::move(parsed);
    cells_.Fill(document_, "", cells);
    return {.found = Found::kRecord, .consumed = consumed};
  }

  const bool is_lines_;
  bool has_begun_ = false;
  bool is_list_ = false;
  Json document_;
  JsonCells cells_;
};

}  // namespace

std::unique_ptr<FileFormat> JsonFormat(bool is_lines) {
  return std::make_unique<JsonDocuments>(is_lines);
}

}  // namespace privity::connect_internal
