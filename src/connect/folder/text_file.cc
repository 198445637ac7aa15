#include "connect/folder/text_file.h"

#include "connect/internal/regular_file.h"

namespace privity::connect_internal {
namespace {

constexpr std::size_t kPieceBytes = 256 << 10;
constexpr std::size_t kGuessBytes = 64 << 10;

}  // namespace

Result<TextFile> TextFile::Open(const std::filesystem::path& path, const std::string& place) {
  PRIVITY_TRY(RegularFile opened, OpenRegularFile(path, place, "connect.file_not_read"));
  TextFile file(path, std::move(opened.handle));
  file.size_bytes_ = opened.size_bytes;
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
