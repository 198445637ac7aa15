#include "connect/folder/document_text.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/durable_file.h"
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

}  // namespace

bool IsDocument(std::string_view file_name) {
  static constexpr std::array<std::string_view, 20> kEndings = {
      ".pdf", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".odt", ".ods",  ".odp", ".mbox",
      ".zip", ".tar",  ".gz",   ".tgz",  ".zst",  ".bz2",  ".xz",  ".html", ".htm", ".eml"};
  std::string lower(file_name.substr(file_name.size() - std::min<std::size_t>(file_name.size(), 8)));
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::ranges::any_of(kEndings, [&](std::string_view ending) { return lower.ends_with(ending); });
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
  std::string state = path.string() + "\n" + std::to_string(status.st_size) + "\n" +
                      std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
  if (last_ && state == state_) return last_;
  PRIVITY_TRY(const Bytes bytes, ReadAt(*file, path, 0, static_cast<std::size_t>(status.st_size)));
  const auto document = std::make_shared<DocumentText>();
  JoiningSink sink(*document);
  PRIVITY_TRY_VOID(DocumentReader({.limits = limits, .stop = std::move(stop)}).ReadBytes(place, AsText(bytes), sink));
  state_ = std::move(state);
  last_ = document;
  return last_;
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
