#include "connect/folder/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace privity::connect_internal {
namespace {

constexpr std::size_t kPieceBytes = 256 << 10;
constexpr std::size_t kGuessBytes = 64 << 10;

}  // namespace

Result<TextFile> TextFile::Open(const std::filesystem::path& path, const std::string& place) {
  Result<FileHandle> opened = OpenFile(path, O_RDONLY | O_NONBLOCK);
  if (!opened.ok()) {
    const bool is_missing = opened.error().Is("base.file_missing");
    return Error(is_missing ? "connect.missing" : "connect.permission", {{"place", place}});
  }
  struct stat status {};
  if (fstat(opened->fd(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return Error("connect.file_not_read", {{"place", place}});
  }
  TextFile file(path, *std::move(opened));
  file.size_bytes_ = static_cast<std::uint64_t>(status.st_size);
  PRIVITY_TRY(const Bytes start, ReadAt(file.file_, path, 0, kGuessBytes));
  std::size_t mark_bytes = 0;
  file.encoding_ = GuessEncoding(AsText(start), start.size() == file.size_bytes_, mark_bytes);
  if (file.encoding_ == TextEncoding::kNone) return Error("connect.file_not_read", {{"place", place}});
  file.mark_bytes_ = mark_bytes;
  file.offset_ = mark_bytes;
  return file;
}

void TextFile::Seek(std::uint64_t offset) {
  const bool is_wide = encoding_ == TextEncoding::kUtf16LittleEndian || encoding_ == TextEncoding::kUtf16BigEndian;
  offset_ = is_wide ? offset & ~std::uint64_t{1} : offset;
  decoder_.Restart();
}

Result<bool> TextFile::Append(std::string& text) {
  PRIVITY_TRY(const Bytes piece, ReadAt(file_, path_, offset_, kPieceBytes));
  offset_ += piece.size();
  decoder_.Decode(encoding_, AsText(piece), text);
  return !piece.empty();
}

}  // namespace privity::connect_internal
