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
#include "connect/folder/text_source.h"

namespace privity::connect_internal {

class TextFile final : public TextSource {
 public:
  // Never follows a link in the last part, never waits for a pipe. connect.permission, connect.missing,
  // connect.file_not_read (not text, not a regular file); without the parameter `store`.
  static Result<TextFile> Open(const std::filesystem::path& path, const std::string& place);

  std::uint64_t size_bytes() const override { return size_bytes_; }
  TextEncoding encoding() const { return encoding_; }
  // Where in the file ends what its first `text_bytes` bytes of UTF-8 say. Reads the file up to there, unless it is
  // UTF-8 itself.
  Result<std::uint64_t> OffsetOf(std::uint64_t text_bytes) const;
  void Seek(std::uint64_t offset) override;
  Result<bool> Append(std::string& text) override;

 private:
  TextFile(std::filesystem::path path, FileHandle file) : path_(std::move(path)), file_(std::move(file)) {}

  std::filesystem::path path_;
  FileHandle file_;
  std::uint64_t size_bytes_ = 0;
  std::uint64_t mark_bytes_ = 0;
  std::uint64_t offset_ = 0;
  TextEncoding encoding_ = TextEncoding::kUtf8;
  TextDecoder decoder_;
};

}  // namespace privity::connect_internal
