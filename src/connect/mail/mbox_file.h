// The messages of an mbox file (RFC 4155) one after the other, in bounded memory: each begins with a line "From " at
// the start of the file or behind an empty line. ">From " lines inside of messages lose their mark (mboxrd).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/durable_file.h"
#include "base/result.h"

namespace privity::connect_internal {

class MboxFile {
 public:
  struct Message {
    std::uint64_t begin = 0;  // of its "From " line
    std::uint64_t end = 0;    // of what belongs to it, the empty line behind it included
    bool is_cut = false;      // it was longer than is kept
  };

  // connect.missing, connect.permission, connect.damaged (it begins like no mbox file); without the parameter `store`.
  static Result<MboxFile> Open(const std::filesystem::path& path, const std::string& place);

  std::uint64_t size_bytes() const { return size_bytes_; }
  // Goes on with the first message that begins at `offset` or behind it.
  Status Seek(std::uint64_t offset);
  // The next message, what follows its "From " line in `raw`; false at the end.
  Result<bool> Next(Message& message, std::string& raw);

 private:
  MboxFile(std::filesystem::path path, FileHandle file) : path_(std::move(path)), file_(std::move(file)) {}
  Result<bool> More();
  // Where in the text the next "From " line begins, reading more as needed; npos at the end. What is passed over goes
  // to `kept`, which may be null.
  Result<std::size_t> FindStart(std::string* kept);
  void Pass(std::size_t bytes, std::string* kept);

  std::filesystem::path path_;
  FileHandle file_;
  std::uint64_t size_bytes_ = 0;
  std::uint64_t read_to_ = 0;  // of the file
  std::string text_;           // what was read and not handed on
  std::uint64_t text_at_ = 0;  // where it stands in the file
};

// "\n>From " becomes "\nFrom ", "\n>>From " becomes "\n>From ".
void UnquoteFromLines(std::string& raw);

}  // namespace privity::connect_internal
