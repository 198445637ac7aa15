// The log that PostgreSQL keeps as CSV (log_destination = 'csvlog'), in the pieces in which it is read.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace privity::connect_internal {

// Of a line, what this room looks at. Borrowed: lives for the call.
struct CsvLogLine {
  std::string_view time;  // "2026-03-10 09:30:00.123 UTC"
  std::string_view user;
  std::string_view database;
  std::string_view from;      // "10.0.0.7:50312", "[local]"
  std::string_view severity;  // "LOG", "FATAL"
  std::string_view sql_state;
  std::string_view message;  // "statement: SELECT …", cut at kMessageBytesMax
};

class CsvLogReader {
 public:
  static constexpr std::size_t kMessageBytesMax = 300'000;
  using OnLine = std::function<Status(const CsvLogLine& line)>;

  // Takes the next piece; lines that end in it are told. What is no line of such a log is passed over.
  Status Take(std::string_view piece, const OnLine& on_line);
  // Up to the end of the last line that was told, since the reader began.
  std::int64_t told_bytes() const { return told_bytes_; }

 private:
  std::vector<std::string> fields_ = {""};
  bool is_quoted_ = false;
  std::int64_t taken_bytes_ = 0;
  std::int64_t told_bytes_ = 0;
};

}  // namespace privity::connect_internal
