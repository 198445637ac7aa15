#include "detect/internal/line_reader.h"

#include <cstring>

#include "base/utf8.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kReadBytes = 256 << 10;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

bool LineReader::Next(std::string& line) {
  line.clear();
  state_ = LineState::kRead;
  bool any = false;
  while (true) {
    if (at_ == buffer_.size()) {
      buffer_.resize(kReadBytes);
      in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
      buffer_.resize(static_cast<std::size_t>(in_.gcount()));
      at_ = 0;
      if (buffer_.empty()) break;
    }
    any = true;
    if (Take(buffer_.data() + at_, buffer_.data() + buffer_.size(), line)) break;
  }
  if (!any) return false;
  ++number_;
  if (line.ends_with('\r')) line.pop_back();
  if (number_ == 1 && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
  if (state_ == LineState::kRead && RepairText(line)) state_ = LineState::kRepaired;
  return true;
}

// Moves bytes up to the line's end; true when it was reached.
bool LineReader::Take(char* begin, char* end, std::string& line) {
  const auto* newline = static_cast<char*>(std::memchr(begin, '\n', static_cast<std::size_t>(end - begin)));
  const std::size_t bytes = static_cast<std::size_t>((newline ? newline : end) - begin);
  if (state_ != LineState::kTooLong && line.size() + bytes > bytes_max_) {
    state_ = LineState::kTooLong;
    line.clear();
    line.shrink_to_fit();
  }
  if (state_ != LineState::kTooLong) line.append(begin, bytes);
  at_ += bytes + (newline ? 1 : 0);
  return newline != nullptr;
}

bool RepairText(std::string& text) {
  if (IsUtf8(text) && text.find('\0') == std::string::npos) return false;
  std::string repaired;
  repaired.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = ReadCodePoint(text, at);
    const bool broken = c.bytes == 1 && c.value >= 0x80;
    if (broken) {
      AppendUtf8(0xFFFD, repaired);
    } else if (c.value == 0) {
      repaired += ' ';
    } else {
      AppendUtf8(c.value, repaired);
    }
    at += c.bytes;
  }
  text = std::move(repaired);
  return true;
}

}  // namespace privity::detect
