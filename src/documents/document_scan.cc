#include "documents/document_scan.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/utf8.h"
#include "detect/taxonomy.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

// Of text that is looked at together; a piece ends at a line's end where there is one.
constexpr std::size_t kPieceBytesMax = 1 << 20;
constexpr std::size_t kCellBytesMax = 4096;
constexpr std::size_t kColumnsMax = 2000;
constexpr std::int64_t kFilesMax = 1'000'000;
constexpr int kDepthMax = 64;

std::string ColumnLetters(std::size_t column) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

// As much of the text as fits, up to a line's end or at least to a whole character.
std::string_view PieceOf(std::string_view text) {
  if (text.size() <= kPieceBytesMax) return text;
  const std::size_t line = text.rfind('\n', kPieceBytesMax - 1);
  std::size_t end = line == std::string_view::npos ? kPieceBytesMax : line + 1;
  while (end > 1 && (text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::string Cut(std::string_view value) {
  std::size_t end = std::min(value.size(), kCellBytesMax);
  while (end > 0 && end < value.size() && (value[end] & 0xC0) == 0x80) --end;
  return std::string(value.substr(0, end));
}

struct Table {
  std::vector<std::string> names;
  std::vector<std::string> types;  // of the columns, or none
  bool is_sheet = false;
  std::vector<std::pair<std::int64_t, std::vector<std::string>>> rows;  // by their numbers
};

class DetectingSink final : public DocumentSink {
 public:
  DetectingSink(const Detector& detector, const std::function<Status(const DocumentFinding&)>& take,
                const std::function<void(const Error&)>& unread, DocumentCounts& counts)
      : detector_(detector), take_(take), unread_(unread), counts_(counts) {}

  Status Text(const DocumentPlace& place, std::string_view text) override {
    PRIVITY_TRY_VOID(Flush());
    std::int64_t before = 0;
    while (!text.empty()) {
      const std::string_view piece = PieceOf(text);
      PRIVITY_TRY_VOID(Spans(place, "", piece, before));
      text.remove_prefix(piece.size());
      if (!text.empty()) before += static_cast<std::int64_t>(CountCharacters(piece));
    }
    return Ok();
  }

  Status Row(const DocumentPlace& place, const DocumentRow& row) override {
    if (!(place == table_place_)) PRIVITY_TRY_VOID(Flush());
    table_place_ = place;
    table_.is_sheet = row.is_sheet;
    if (table_.names.size() < row.names.size()) {
      table_.names = row.names;
      if (row.types != nullptr) table_.types = *row.types;
    }
    if (table_.rows.size() < kDocumentSampleRows) {
      std::vector<std::string> cells;
      for (const std::string& cell : row.cells) cells.push_back(Cut(cell));
      cells.resize(std::min(cells.size(), kColumnsMax));
      table_.rows.emplace_back(row.number, std::move(cells));
    }
    return Ok();
  }

  void Unread(const Error& error) override {
    ++counts_.unread;
    unread_(error);
  }

  // What is still waiting to be judged.
  Status Flush() {
    const Table table = std::exchange(table_, {});
    const std::size_t width = std::min(table.names.size(), kColumnsMax);
    for (std::size_t column = 0; column < width; ++column) PRIVITY_TRY_VOID(Column(table, column));
    return Ok();
  }

 private:
  Status Column(const Table& table, std::size_t column) {
    const std::string letters = table.is_sheet ? ColumnLetters(column) : "";
    ColumnContext context = ContextOf(table, column);
    if (context.field.field.empty()) context.field.field = letters;
    const ColumnJudgement judgement = detector_.Column(context);
    if (!IsPersonal(judgement.category)) return Cells(table, column);
    return Take({.path = table_place_.path,
                 .part = table_place_.part,
                 .cell = letters,
                 .field = table.names[column],
                 .category = judgement.category,
                 .detector = judgement.detector,
                 .confidence = judgement.confidence,
                 .reason = judgement.Reason(),
                 .distinct_values = judgement.distinct_values});
  }

  // The row that gives a sheet its names is not among its values.
  ColumnContext ContextOf(const Table& table, std::size_t column) const {
    ColumnContext context;
    context.field.field = table.names[column];
    if (column < table.types.size()) context.field.declared_type = table.types[column];
    const std::size_t space = table_place_.part.find(' ');
    context.field.collection = space == std::string::npos ? table_place_.part : table_place_.part.substr(space + 1);
    for (std::size_t each = 0; each < table.names.size() && each < kColumnsMax; ++each) {
      if (each != column) context.field.neighbours.push_back(table.names[each]);
    }
    for (std::size_t row = table.is_sheet ? 1 : 0; row < table.rows.size(); ++row) {
      const auto& cells = table.rows[row].second;
      if (column < cells.size() && !cells[column].empty()) context.values.push_back(cells[column]);
    }
    return context;
  }

  Status Cells(const Table& table, std::size_t column) {
    for (const auto& [number, cells] : table.rows) {
      if (column >= cells.size() || cells[column].empty()) continue;
      const std::string cell = table.is_sheet ? ColumnLetters(column) + std::to_string(number)
                                              : table.names[column] + ", row " + std::to_string(number);
      PRIVITY_TRY_VOID(Spans(table_place_, cell, cells[column], 0));
    }
    return Ok();
  }

  Status Spans(const DocumentPlace& place, const std::string& cell, std::string_view text, std::int64_t before) {
    for (const TextSpan& span : detector_.Text(text)) {
      PRIVITY_TRY_VOID(Take({.path = place.path,
                             .part = place.part,
                             .cell = cell,
                             .start = before + span.start,
                             .end = before + span.end,
                             .entity = std::string(EnumText(span.entity)),
                             .category = span.category,
                             .detector = span.detector,
                             .confidence = span.confidence}));
    }
    return Ok();
  }

  Status Take(const DocumentFinding& finding) {
    ++counts_.findings;
    return take_(finding);
  }

  const Detector& detector_;
  const std::function<Status(const DocumentFinding&)>& take_;
  const std::function<void(const Error&)>& unread_;
  DocumentCounts& counts_;
  DocumentPlace table_place_;
  Table table_;
};

// The files under a path, sorted.
void ListFiles(const fs::path& path, int depth, std::set<std::string>& files, DetectingSink& sink) {
  std::error_code failure;
  if (!fs::is_directory(path, failure)) {
    if (std::ssize(files) < kFilesMax) files.insert(path.string());
    return;
  }
  fs::directory_iterator each(path, failure);
  if (depth > kDepthMax) failure = std::make_error_code(std::errc::too_many_symbolic_link_levels);
  for (; !failure && each != fs::directory_iterator(); each.increment(failure)) {
    if (!each->is_symlink(failure)) ListFiles(each->path(), depth + 1, files, sink);
  }
  if (failure) sink.Unread(Error("documents.folder", {{"place", path.string()}}));
}

}  // namespace

Result<DocumentCounts> ScanDocuments(const std::vector<std::string>& paths, const Detector& detector,
                                     const DocumentOptions& options,
                                     const std::function<Status(const DocumentFinding&)>& take,
                                     const std::function<void(const Error&)>& unread) {
  DocumentCounts counts;
  DetectingSink sink(detector, take, unread, counts);
  std::set<std::string> files;
  for (const std::string& path : paths) ListFiles(path, 0, files, sink);
  const DocumentReader reader(options);
  for (const std::string& file : files) {
    const Status read = reader.Read(file, sink);
    if (!read.ok() && !read.error().code().starts_with("base.")) return read.error();
    if (!read.ok()) sink.Unread(read.error());
    PRIVITY_TRY_VOID(sink.Flush());
    ++counts.files;
  }
  return counts;
}

}  // namespace privity
