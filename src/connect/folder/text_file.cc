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
  offset_ = offset - offset % UnitBytes(encoding_);
  decoder_.Restart();
}

Result<std::uint64_t> TextFile::OffsetOf(std::uint64_t text_bytes) const {
  if (encoding_ == TextEncoding::kUtf8) return mark_bytes_ + text_bytes;
  const std::size_t unit = UnitBytes(encoding_);
  TextDecoder decoder;
  std::string text;
  std::uint64_t offset = mark_bytes_;
  for (std::uint64_t said = 0; said < text_bytes;) {
    PRIVITY_TRY(const Bytes piece, ReadAt(file_, path_, offset, kPieceBytes));
    if (piece.empty()) break;
    for (std::size_t at = 0; at < piece.size() && said < text_bytes; at += unit) {
      text.clear();
      decoder.Decode(encoding_, AsText(piece).substr(at, unit), text);
      said += text.size();
      offset += unit;
    }
  }
  return offset;
}

Result<bool> TextFile::Append(std::string& text) {
  PRIVITY_TRY(const Bytes piece, ReadAt(file_, path_, offset_, kPieceBytes));
  offset_ += piece.size();
  decoder_.Decode(encoding_, AsText(piece), text);
  return !piece.empty();
}

}  // namespace privity::connect_internal
