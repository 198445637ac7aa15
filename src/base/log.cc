#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/json.h"
#include "base/utf8.h"

namespace privity {
namespace {

constexpr std::size_t kTextBytesMax = 4096;
constexpr std::size_t kUsualLineBytes = 384;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Whether a terminal would take the character at the front as a command: DEL, or U+0080 to U+009F.
bool IsTerminalControl(std::string_view character) {
  if (character.size() == 1) return character[0] == 0x7F;
  return character.size() == 2 && character[0] == '\xC2' && static_cast<unsigned char>(character[1]) < 0xA0;
}

// Almost every text that is logged: ids, names of the program, numbers.
bool IsPlainAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string Printable(std::string_view text) {
  const bool cut = text.size() > kTextBytesMax;
  if (cut) text = text.substr(0, kTextBytesMax);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t length = 1;
    while (length < 4 && length < text.size() && (text[length] & 0xC0) == 0x80) ++length;
    const std::string_view character = text.substr(0, length);
    const bool good = IsUtf8(character) && !IsTerminalControl(character);
    out += good ? character : kReplacement;
    text.remove_prefix(length);
  }
  return cut ? out + "…" : out;
}

void AppendText(std::string_view text, std::string& line) {
  if (text.size() <= kTextBytesMax && IsPlainAscii(text)) return AppendJsonString(text, line);
  AppendJsonString(Printable(text), line);
}

void AppendInteger(std::int64_t number, std::string& line) {
  std::array<char, 24> digits;
  line.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

// What could not be written of `lines`.
std::string_view WriteLines(int file, std::string_view lines) {
  while (!lines.empty()) {
    const ssize_t written = ::write(file, lines.data(), lines.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    lines.remove_prefix(static_cast<std::size_t>(written));
  }
  return lines;
}

Result<FileHandle> OpenAppending(const std::string& path) {
  return OpenFile(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC);
}

}  // namespace

void StderrLogSink::Write(LogLevel, std::string_view lines) {
  WriteLines(STDERR_FILENO, lines);
}

Result<std::unique_ptr<FileLogSink>> FileLogSink::Open(std::string path) {
  PRIVITY_TRY(FileHandle file, OpenAppending(path));
  return std::unique_ptr<FileLogSink>(new FileLogSink(std::move(path), std::move(file)));
}

void FileLogSink::Write(LogLevel, std::string_view lines) {
  // A disk that became full in the middle of a line has kept its front: what comes next is a line of its own.
  const bool mended = !torn_ || WriteLines(file_.fd(), "\n").empty();
  const std::string_view lost = mended ? WriteLines(file_.fd(), lines) : lines;
  if (mended) torn_ = lost.size() < lines.size() && lines[lines.size() - lost.size() - 1] != '\n';
  dropped_lines_ += static_cast<std::uint64_t>(std::ranges::count(lost, '\n'));
}

Status FileLogSink::Reopen() {
  PRIVITY_TRY(const FileHandle fresh, OpenAppending(path_));
  // The number in use keeps its meaning while other threads write to it: dup3 swaps the file behind it at once.
  if (::dup3(fresh.fd(), file_.fd(), O_CLOEXEC) < 0) return FileError(path_, "open");
  return Ok();
}

void Logger::Append(std::initializer_list<LogField> fields, std::string& line) {
  for (const LogField& field : fields) {
    line += ',';
    AppendText(field.name_, line);
    line += ':';
    if (const auto* boolean = std::get_if<bool>(&field.value_)) {
      line += *boolean ? "true" : "false";
    } else if (const auto* integer = std::get_if<std::int64_t>(&field.value_)) {
      AppendInteger(*integer, line);
    } else if (const auto* number = std::get_if<double>(&field.value_)) {
      line += ToJson(*number);
    } else if (const auto* view = std::get_if<std::string_view>(&field.value_)) {
      AppendText(*view, line);
    } else {
      AppendText(std::get<std::string>(field.value_), line);
    }
  }
}

Logger Logger::With(std::initializer_list<LogField> fields) const {
  Logger logger = *this;
  Append(fields, logger.bound_);
  return logger;
}

void Logger::Write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const {
  if (level < least_) return;
  std::string line;
  line.reserve(kUsualLineBytes);
  line.append("{\"time\":\"").append(FormatInstant(clock_->Now())).append("\",\"level\":\"");
  line += EnumText(level);
  line += "\",\"event\":";
  AppendText(event, line);
  line += bound_;
  Append(fields, line);
  line += "}\n";
  sink_->Write(level, line);
}

}  // namespace privity
