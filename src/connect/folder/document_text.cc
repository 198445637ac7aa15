#include "connect/folder/document_text.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/durable_file.h"
#include "base/json.h"
#include "documents/document.h"

namespace privity::connect_internal {
namespace {

constexpr std::size_t kPieceBytes = 256 << 10;
constexpr std::size_t kUnreadMax = 20;

// Joins what a document says. Over the limit it goes on without keeping more.
class JoiningSink final : public DocumentSink {
 public:
  explicit JoiningSink(DocumentText& out) : out_(out) {}

  Status Text(const DocumentPlace& place, std::string_view text) override {
    Add(place, std::string(text));
    return Ok();
  }
  Status Row(const DocumentPlace& place, const DocumentRow& row) override {
    std::string line;
    for (std::size_t each = 0; each < row.cells.size(); ++each) {
      if (row.cells[each].empty()) continue;
      if (!line.empty()) line += ", ";
      line += row.names[each].empty() ? row.cells[each] : row.names[each] + ": " + row.cells[each];
    }
    Add(place, std::move(line));
    return Ok();
  }
  void Unread(const Error& error) override {
    if (out_.unread.size() < kUnreadMax) out_.unread.push_back(error);
  }

 private:
  void Add(const DocumentPlace& place, std::string text) {
    std::ranges::replace(text, '\f', '\n');
    if (out_.text.size() + text.size() > kDocumentTextBytesMax) {
      if (!std::exchange(is_full_, true)) Unread(Error("documents.limit", {{"limit", "bytes"}, {"place", place.path}}));
      return;
    }
    out_.text += text;
    if (!out_.text.ends_with('\n')) out_.text += '\n';
  }

  DocumentText& out_;
  bool is_full_ = false;
};

// The rows of a table as objects. Over the limit it goes on without keeping more.
class RecordsSink final : public DocumentSink {
 public:
  explicit RecordsSink(DocumentText& out) : out_(out) {}

  Status Text(const DocumentPlace& place, std::string_view) override {
    Unread(Error("documents.damaged", {{"place", place.path}, {"kind", "Parquet"}}));
    return Ok();
  }
  Status Row(const DocumentPlace& place, const DocumentRow& row) override {
    if (row.number != number_) Flush();
    number_ = row.number;
    path_ = place.path;
    if (names_.size() < row.names.size()) AddColumns(row);
    for (std::size_t each = 0; each < row.cells.size(); ++each) {
      if (!row.cells[each].empty()) values_[each].push_back(row.cells[each]);
    }
    return Ok();
  }
  void Unread(const Error& error) override {
    if (out_.unread.size() < kUnreadMax) out_.unread.push_back(error);
  }
  // The row that is still open.
  void Flush() {
    if (names_.empty() || is_full_) return;
    std::string line;
    for (std::size_t column = 0; column < names_.size(); ++column) {
      line += column == 0 ? '{' : ',';
      AppendJsonString(names_[column], line);
      line += ':';
      AppendValues(values_[column], line);
      values_[column].clear();
    }
    line += "}\n";
    is_full_ = out_.text.size() + line.size() > kTableTextBytesMax;
    if (is_full_) return Unread(Error("documents.limit", {{"limit", "bytes"}, {"place", path_}}));
    out_.text += line;
  }

 private:
  void AddColumns(const DocumentRow& row) {
    names_ = row.names;
    values_.resize(names_.size());
    for (std::size_t each = 0; row.types != nullptr && each < row.types->size(); ++each)
      out_.types[names_[each]] = (*row.types)[each];
  }
  static void AppendValues(const std::vector<std::string>& values, std::string& line) {
    if (values.empty()) line += "null";
    if (values.size() > 1) line += '[';
    for (std::size_t each = 0; each < values.size(); ++each) {
      if (each > 0) line += ',';
      AppendJsonString(values[each], line);
    }
    if (values.size() > 1) line += ']';
  }

  DocumentText& out_;
  std::int64_t number_ = 0;
  std::string path_;
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> values_;  // of each column, in this row
  bool is_full_ = false;
};

template <std::size_t N>
bool EndsWith(std::string_view file_name, const std::array<std::string_view, N>& endings) {
  std::string lower(file_name.substr(file_name.size() - std::min<std::size_t>(file_name.size(), 8)));
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::ranges::any_of(endings, [&](std::string_view ending) { return lower.ends_with(ending); });
}

}  // namespace

bool IsDocument(std::string_view file_name) {
  static constexpr std::array<std::string_view, 20> kEndings = {
      ".pdf", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".odt", ".ods",  ".odp", ".mbox",
      ".zip", ".tar",  ".gz",   ".tgz",  ".zst",  ".bz2",  ".xz",  ".html", ".htm", ".eml"};
  return EndsWith(file_name, kEndings) || IsTableDocument(file_name);
}

bool IsTableDocument(std::string_view file_name) {
  static constexpr std::array<std::string_view, 1> kEndings = {".parquet"};
  return EndsWith(file_name, kEndings);
}

Result<std::shared_ptr<const DocumentText>> DocumentTexts::Get(const std::filesystem::path& path,
                                                               const std::string& place, std::stop_token stop) {
  const DocumentLimits limits;
  const Result<FileHandle> file = OpenFile(path, O_RDONLY | O_NONBLOCK);
  if (!file.ok()) {
    return Error(file.error().Is("base.file_missing") ? "connect.missing" : "connect.permission", {{"place", place}});
  }
  struct stat status {};
  if (fstat(file->fd(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > limits.file_bytes_max) {
    return Error("connect.file_not_read", {{"place", place}});
  }
  const std::string state = path.string() + "\n" + std::to_string(status.st_size) + "\n" +
                            std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
  return Get(state, place, std::move(stop),
             [&] { return ReadAt(*file, path, 0, static_cast<std::size_t>(status.st_size)); });
}

Result<std::shared_ptr<const DocumentText>> DocumentTexts::Get(const std::string& state, const std::string& place,
                                                               std::stop_token stop,
                                                               const std::function<Result<Bytes>()>& load) {
  if (last_ && !state.empty() && state == state_) return last_;
  PRIVITY_TRY(const Bytes bytes, load());
  const auto document = std::make_shared<DocumentText>();
  DocumentOptions options{.duckdb_library = duckdb_library_, .stop = std::move(stop)};
  if (IsTableDocument(place)) options.limits.helper_output_bytes_max = kTableValuesBytesMax;
  const DocumentReader reader(std::move(options));
  if (IsTableDocument(place)) {
    RecordsSink sink(*document);
    PRIVITY_TRY_VOID(reader.ReadBytes(place, AsText(bytes), sink));
    sink.Flush();
  } else {
    JoiningSink sink(*document);
    PRIVITY_TRY_VOID(reader.ReadBytes(place, AsText(bytes), sink));
  }
  state_ = state;
  last_ = document;
  return last_;
}

void DeclareTypes(const DocumentText& document, Collection& collection) {
  for (Field& field : collection.fields) {
    const auto type = document.types.find(field.name);
    if (type != document.types.end()) field.declared_type = type->second;
  }
}

void DocumentSource::Seek(std::uint64_t offset) {
  at_ = static_cast<std::size_t>(std::min<std::uint64_t>(offset, document_->text.size()));
}

Result<bool> DocumentSource::Append(std::string& text) {
  const std::string_view piece = std::string_view(document_->text).substr(at_, kPieceBytes);
  text += piece;
  at_ += piece.size();
  return !piece.empty();
}

}  // namespace privity::connect_internal
