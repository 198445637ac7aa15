#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/json.h"
#include "base/utf8.h"

namespace privity {
namespace {

constexpr std::size_t kTextBytesMax = 4096;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Whether a terminal would take the character at the front as a command: DEL, or U+0080 to U+009F.
bool IsTerminalControl(std::string_view character) {
  if (character.size() == 1) return character[0] == 0x7F;
  return character.size() == 2 && character[0] == '\xC2' && static_cast<unsigned char>(character[1]) < 0xA0;
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

// Whether the whole line went out in one piece.
bool WriteLine(int file, std::string_view line) {
  ssize_t written = 0;
  do {
    written = ::write(file, line.data(), line.size());
  } while (written < 0 && errno == EINTR);
  return written == static_cast<ssize_t>(line.size());
}

Result<FileHandle> OpenAppending(const std::string& path) {
  return OpenFile(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC);
}

}  // namespace

void StderrLogSink::Write(LogLevel, std::string_view line) {
  WriteLine(STDERR_FILENO, line);
}

Result<std::unique_ptr<FileLogSink>> FileLogSink::Open(std::string path) {
  PRIVITY_TRY(FileHandle file, OpenAppending(path));
  return std::unique_ptr<FileLogSink>(new FileLogSink(std::move(path), std::move(file)));
}

void FileLogSink::Write(LogLevel, std::string_view line) {
  if (!WriteLine(file_.fd(), line)) ++dropped_lines_;
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
    AppendJsonString(Printable(field.name_), line);
    line += ':';
    if (const auto* boolean = std::get_if<bool>(&field.value_)) {
      line += *boolean ? "true" : "false";
    } else if (const auto* integer = std::get_if<std::int64_t>(&field.value_)) {
      line += std::to_string(*integer);
    } else if (const auto* number = std::get_if<double>(&field.value_)) {
      line += ToJson(*number);
    } else if (const auto* view = std::get_if<std::string_view>(&field.value_)) {
      AppendJsonString(Printable(*view), line);
    } else {
      AppendJsonString(Printable(std::get<std::string>(field.value_)), line);
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
  std::string line = "{\"time\":\"" + FormatInstant(clock_->Now()) + "\",\"level\":\"";
  line += EnumText(level);
  line += "\",\"event\":";
  AppendJsonString(Printable(event), line);
  line += bound_;
  Append(fields, line);
  line += "}\n";
  sink_->Write(level, line);
}

}  // namespace privity
