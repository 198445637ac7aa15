#include "connect/folder/file_format.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "connect/folder/document_text.h"
#include "connect/internal/cells.h"

namespace privity::connect_internal {
namespace {

// A line longer than this is handed on in pieces: one endless line is no reason to hold it whole.
constexpr std::size_t kLinePieceBytes = 64 << 10;

class Text final : public FileFormat {
 public:
  Step Take(char* text, std::size_t size, bool is_end, std::vector<FieldCell>& cells) override {
    const auto* newline = static_cast<const char*>(std::memchr(text, '\n', std::min(size, kLinePieceBytes)));
    if (newline == nullptr && size < kLinePieceBytes && !is_end) return {.found = Found::kMore};
    std::string_view line(
        text, newline != nullptr ? static_cast<std::size_t>(newline - text) : std::min(size, kLinePieceBytes));
    std::size_t consumed = line.size() + (newline != nullptr ? 1 : 0);
    if (newline == nullptr && line.size() == kLinePieceBytes) {
      FieldCell piece = TextCell("", line);
      CutCell(kLinePieceBytes - 4, piece);
      consumed = piece.kind == CellKind::kText ? piece.bytes.size() : kLinePieceBytes;
      line = line.substr(0, consumed);
    }
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return {.consumed = consumed};
    cells.assign(1, TextCell(columns_[0], line));
    return {.found = Found::kRecord, .consumed = consumed};
  }
  // The line end stays.
  std::optional<std::string> WithValues(std::string_view record,
                                        const std::vector<FieldValue>& changes) const override {
    const std::size_t last = record.find_last_not_of("\r\n");
    const std::string_view end = record.substr(last == std::string_view::npos ? 0 : last + 1);
    if (changes.size() != 1 || changes[0].field != columns_[0]) return std::nullopt;
    const std::string text = changes[0].value.value_or("");
    return text.find('\n') == std::string::npos ? std::optional(text + std::string(end)) : std::nullopt;
  }
  const std::vector<std::string>& columns() const override { return columns_; }
  CollectionShape shape() const override { return CollectionShape::kText; }
  bool has_lines() const override { return true; }

 private:
  const std::vector<std::string> columns_ = {"text"};
};

std::string LowerEnding(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  std::string ending(dot == std::string_view::npos ? "" : file_name.substr(dot + 1));
  std::ranges::transform(ending, ending.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return ending;
}

}  // namespace

const std::vector<std::string>& FileFormat::columns() const {
  static const std::vector<std::string> none;
  return none;
}

std::unique_ptr<FileFormat> TextFormat() {
  return std::make_unique<Text>();
}

std::unique_ptr<FileFormat> FormatOf(std::string_view file_name) {
  const std::string ending = LowerEnding(file_name);
  if (ending == "csv") return CsvFormat('\0');
  if (ending == "tsv" || ending == "tab") return CsvFormat('\t');
  if (IsTableDocument(file_name)) return JsonFormat(true);
  if (IsDocument(file_name)) return TextFormat();
  if (ending == "json") return JsonFormat(false);
  if (ending == "jsonl" || ending == "ndjson") return JsonFormat(true);
  constexpr std::array<std::string_view, 6> kText = {"txt", "log", "md", "text", "eml", "vcf"};
  return std::ranges::find(kText, ending) == kText.end() ? nullptr : TextFormat();
}

}  // namespace privity::connect_internal
