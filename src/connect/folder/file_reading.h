// Reads one file, or what is like one, record by record in bounded memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "connect/connector.h"
#include "connect/folder/file_format.h"
#include "connect/folder/text_source.h"

namespace privity::connect_internal {

// Where to read, and how long.
struct Extent {
  std::uint64_t offset = 0;                     // 0: from the start
  std::uint64_t bytes_max = ~std::uint64_t{0};  // of text, about
};

class FileReading {
 public:
  using OnRecord = std::function<Result<bool>(Record)>;  // false: enough
  using OnProblem = std::function<void(std::int64_t line, std::string problem)>;

  FileReading(TextSource& file, FileFormat& format, Extent extent) : file_(file), format_(format), extent_(extent) {}

  Status Run(const OnRecord& on_record, const OnProblem& on_problem);
  // Where the record that is handed on lies, in bytes of the text from where reading began.
  std::uint64_t record_begin() const { return read_; }
  std::uint64_t record_end() const { return read_ + record_bytes_; }

 private:
  Status More(const OnProblem& on_problem);
  void Consume(std::size_t size);
  Status SkipLine();

  TextSource& file_;
  FileFormat& format_;
  const Extent extent_;
  std::string text_;
  std::size_t at_ = 0;
  bool is_end_ = false;
  std::int64_t line_ = 1;
  std::uint64_t read_ = 0;
  std::uint64_t record_bytes_ = 0;
};

}  // namespace privity::connect_internal
