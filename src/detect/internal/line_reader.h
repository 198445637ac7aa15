// Lines of a stream that may hold anything: broken UTF-8, NUL, one line without end.
#pragma once

#include <cstdint>
#include <istream>
#include <string>

namespace privity::detect {

enum class LineState { kRead, kRepaired, kTooLong };

class LineReader {
 public:
  LineReader(std::istream& in, std::size_t bytes_max) : in_(in), bytes_max_(bytes_max) {}

  // False at the end. Line ends are LF or CR LF and are taken off; a byte order mark at the beginning too.
  bool Next(std::string& line);
  LineState state() const { return state_; }
  std::int64_t number() const { return number_; }  // from 1

 private:
  bool Take(char* begin, char* end, std::string& line);

  std::istream& in_;
  std::size_t bytes_max_;
  LineState state_ = LineState::kRead;
  std::int64_t number_ = 0;
  std::string buffer_ = {};
  std::size_t at_ = 0;
};

// Puts U+FFFD for bytes that are no UTF-8 and a space for NUL. False when nothing had to be done.
bool RepairText(std::string& text);

}  // namespace privity::detect
