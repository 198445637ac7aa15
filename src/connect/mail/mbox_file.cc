#include "connect/mail/mbox_file.h"

#include <algorithm>
#include <string_view>

#include "connect/internal/regular_file.h"

namespace privity::connect_internal {
namespace {

constexpr std::size_t kPieceBytes = 256 << 10;
constexpr std::size_t kMessageBytesMax = 64 << 20;
constexpr std::string_view kFrom = "From ";
// What has to be seen of the text before a message: an empty line, with either line end.
constexpr std::size_t kBefore = 4;

bool IsBehindEmptyLine(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  return before.ends_with("\n\n") || before.ends_with("\n\r\n");
}

}  // namespace

Result<MboxFile> MboxFile::Open(const std::filesystem::path& path, const std::string& place) {
  PRIVITY_TRY(RegularFile opened, OpenRegularFile(path, place, "connect.damaged"));
  MboxFile file(path, std::move(opened.handle));
  file.size_bytes_ = opened.size_bytes;
  PRIVITY_TRY_VOID(file.More());
  const bool is_mbox = file.text_.empty() || file.text_.starts_with(kFrom);
  if (!is_mbox) return Error("connect.damaged", {{"place", place}});
  return file;
}

Result<bool> MboxFile::More() {
  PRIVITY_TRY(const Bytes piece, ReadAt(file_, path_, read_to_, kPieceBytes));
  read_to_ += piece.size();
  text_ += AsText(piece);
  return !piece.empty();
}

Status MboxFile::Seek(std::uint64_t offset) {
  text_.clear();
  read_to_ = offset - std::min<std::uint64_t>(offset, kBefore);
  text_at_ = read_to_;
  PRIVITY_TRY_VOID(More());
  if (offset == 0) return Ok();
  PRIVITY_TRY(const std::size_t start, FindStart(nullptr));
  Pass(std::min(start, text_.size()), nullptr);
  return Ok();
}

void MboxFile::Pass(std::size_t bytes, std::string* kept) {
  if (kept != nullptr && kept->size() < kMessageBytesMax) {
    kept->append(text_, 0, std::min(bytes, kMessageBytesMax - kept->size()));
  }
  text_.erase(0, bytes);
  text_at_ += bytes;
}

Result<std::size_t> MboxFile::FindStart(std::string* kept) {
  while (true) {
    for (std::size_t at = text_.find(kFrom); at != std::string::npos; at = text_.find(kFrom, at + 1)) {
      if (IsBehindEmptyLine(text_, at)) return at;
    }
    if (text_.size() > kPieceBytes) Pass(text_.size() - kFrom.size() - kBefore, kept);
    PRIVITY_TRY(const bool more, More());
    if (!more) return std::string::npos;
  }
}

Result<bool> MboxFile::Next(Message& message, std::string& raw) {
  raw.clear();
  if (text_.empty()) PRIVITY_TRY_VOID(More());
  if (text_.empty()) return false;
  message.begin = text_at_;
  PRIVITY_TRY(const std::size_t start, FindStart(&raw));
  Pass(std::min(start, text_.size()), &raw);
  message.end = text_at_;
  message.is_cut = raw.size() < message.end - message.begin;
  raw.erase(0, std::min(raw.find('\n'), raw.size() - 1) + 1);
  // The empty line behind a message belongs to the file.
  if (raw.ends_with("\n\n")) raw.pop_back();
  if (raw.ends_with("\n\r\n")) raw.erase(raw.size() - 2);
  UnquoteFromLines(raw);
  return true;
}

void UnquoteFromLines(std::string& raw) {
  std::size_t to = 0;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const bool is_line_start = at == 0 || raw[at - 1] == '\n';
    if (is_line_start && raw[at] == '>') {
      const std::size_t behind = raw.find_first_not_of('>', at);
      if (behind != std::string::npos && std::string_view(raw).substr(behind, kFrom.size()) == kFrom) continue;
    }
    raw[to++] = raw[at];
  }
  raw.resize(to);
}

}  // namespace privity::connect_internal
