// A file of text as UTF-8, piece by piece, whatever it is encoded in.
//
// UTF-8, and UTF-16 in either byte order, by their marks; without one, UTF-16 shows by its zero bytes, and what is not
// UTF-8 is taken for windows-1252 (WHATWG Encoding), which gives every byte a meaning. Broken sequences further on stay
// in the text as they are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/durable_file.h"
#include "base/result.h"

namespace privity::connect_internal {

enum class TextEncoding { kUtf8, kUtf16LittleEndian, kUtf16BigEndian, kWindows1252, kNone };

class TextFile {
 public:
  // Never follows a link in the last part, never waits for a pipe. connect.permission, connect.missing,
  // connect.file_not_read (not text, not a regular file); without the parameter `store`.
  static Result<TextFile> Open(const std::filesystem::path& path, const std::string& place);

  std::uint64_t size_bytes() const { return size_bytes_; }
  TextEncoding encoding() const { return encoding_; }
  std::uint64_t mark_bytes() const { return mark_bytes_; }
  // Goes on at about `offset` bytes from the start; the next text may begin in the middle of a line.
  void Seek(std::uint64_t offset);
  // Appends the next piece to `text`; false at the end of the file.
  Result<bool> Append(std::string& text);

 private:
  TextFile(std::filesystem::path path, FileHandle file) : path_(std::move(path)), file_(std::move(file)) {}
  void Decode(std::string_view bytes, std::string& text);
  void DecodeUtf16(std::string_view bytes, std::string& text);

  std::filesystem::path path_;
  FileHandle file_;
  std::uint64_t size_bytes_ = 0;
  std::uint64_t mark_bytes_ = 0;
  std::uint64_t offset_ = 0;
  TextEncoding encoding_ = TextEncoding::kUtf8;
  char16_t high_surrogate_ = 0;
};

// By the first bytes of a file; `mark_bytes` is the size of the byte order mark. kNone: not text.
TextEncoding GuessEncoding(std::string_view start, bool is_whole, std::size_t& mark_bytes);

}  // namespace privity::connect_internal
