#include "base/utf8.h"
#include "report/internal/text.h"
#include "report/table.h"

namespace privity {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// What spreadsheets take as the beginning of a formula (OWASP, "CSV Injection"), with the full-width forms that East
// Asian versions accept. Text that begins with tab or carriage return is guarded too, since some programs drop those
// first.
bool LooksLikeFormula(std::string_view text) {
  if (text.starts_with('\t') || text.starts_with('\r') || text.starts_with('\n')) return true;
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return false;
  text.remove_prefix(first);
  for (const std::string_view mark : {"=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"}) {
    if (text.starts_with(mark)) return true;
  }
  return false;
}

std::string Quoted(std::string_view text) {
  if (text.find_first_of("\",\r\n") == text.npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

struct CsvField {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const std::string& text) const { return Quoted(LooksLikeFormula(text) ? "'" + text : text); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return FormatNumber(number); }
  std::string operator()(bool yes) const { return yes ? "true" : "false"; }
  std::string operator()(Date date) const { return date.ToString(); }
  std::string operator()(Instant instant) const { return FormatInstant(instant); }
};

class CsvWriter final : public TableWriter {
 public:
  explicit CsvWriter(ByteSink sink) : sink_(std::move(sink)) {}

  Status Begin(const std::vector<TableColumn>& columns) override {
    width_ = columns.size();
    std::vector<Cell> titles;
    for (const TableColumn& column : columns) titles.emplace_back(column.title);
    PRIVITY_TRY_VOID(sink_(AsBytes(kByteOrderMark)));
    return Line(titles);
  }

  Status Row(std::span<const Cell> cells) override {
    ++row_;
    if (cells.size() != width_) return Error("report.row_width", {{"row", std::to_string(row_)}});
    return Line(cells);
  }

  Status Finish() override { return Ok(); }

 private:
  Status Line(std::span<const Cell> cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto* text = std::get_if<std::string>(&cells[i]);
      if (text != nullptr && !IsUtf8(*text)) {
        return Error("report.text_invalid", {{"row", std::to_string(row_)}, {"column", std::to_string(i + 1)}});
      }
      if (i > 0) line += ',';
      line += std::visit(CsvField(), cells[i]);
    }
    // A line with one empty field would be an empty line, which readers skip.
    if (line.empty()) line = "\"\"";
    line += "\r\n";
    return sink_(AsBytes(line));
  }

  ByteSink sink_;
  std::size_t width_ = 0;
  std::int64_t row_ = 0;
};

}  // namespace

std::unique_ptr<TableWriter> MakeCsvWriter(ByteSink sink) {
  return std::make_unique<CsvWriter>(std::move(sink));
}

}  // namespace privity
