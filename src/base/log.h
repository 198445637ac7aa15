// Structured logs: one JSON object a line, to standard error or a file.
//
//   log.Info("jobs.started", {{"kind", kind}, {"attempt", 2}});
//   {"time":"2026-03-10T09:30:00.000012Z","level":"info","event":"jobs.started","kind":"mail.send","attempt":2}
//
// The event is a stable name, "<room>.<what_happened>"; what changes from line to line goes into fields. A Secret or
// Personal does not compile as a field, and nobody reveals one into a log: log ids, counts, categories and error codes.
//
// A line is always one line of valid JSON: control characters are escaped, bytes that are not UTF-8 and terminal
// control codes (DEL, U+0080 to U+009F) become U+FFFD, a text is cut at 4 KiB. Loggers and sinks may be used from many
// threads; lines never mix. A sink that cannot write drops the line and counts it: a full disk does not stop the work.
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/durable_file.h"
#include "base/error.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/type_table.h"

namespace privity {

enum class LogLevel { kDebug, kInfo, kWarning, kError };
PRIVITY_DESCRIBE_ENUM(LogLevel, kDebug, kInfo, kWarning, kError)

class LogSink {
 public:
  virtual ~LogSink() = default;
  // Whole lines, usually one; each ends with a newline.
  virtual void Write(LogLevel level, std::string_view lines) = 0;
};

// Standard error.
class StderrLogSink final : public LogSink {
 public:
  void Write(LogLevel level, std::string_view lines) override;
};

// A file that is only appended to, mode 0600. Safe to share with other processes: every write is of whole lines.
class FileLogSink final : public LogSink {
 public:
  static Result<std::unique_ptr<FileLogSink>> Open(std::string path);  // base.file_missing, base.file_failed
  void Write(LogLevel level, std::string_view lines) override;
  // After a log rotation: opens the path anew. The old file stays in use when that fails.
  Status Reopen();
  std::uint64_t dropped_lines() const { return dropped_lines_; }

 private:
  FileLogSink(std::string path, FileHandle file) : path_(std::move(path)), file_(std::move(file)) {}
  std::string path_;
  FileHandle file_;
  std::atomic<std::uint64_t> dropped_lines_ = 0;
  std::atomic<bool> torn_ = false;  // the last line in the file is half a line
};

// One named value. Borrows texts: lives for the one call that it is an argument of.
class LogField {
 public:
  LogField(std::string_view name, std::string_view value) : name_(name), value_(value) {}
  LogField(std::string_view name, const char* value) : name_(name), value_(std::string_view(value)) {}
  LogField(std::string_view name, const std::string& value) : name_(name), value_(std::string_view(value)) {}
  LogField(std::string_view name, std::same_as<bool> auto value) : name_(name), value_(value) {}
  LogField(std::string_view name, double value) : name_(name), value_(value) {}
  template <std::integral T>
  requires(!std::same_as<T, bool>) LogField(std::string_view name, T value)
      : name_(name), value_(static_cast<std::int64_t>(value)) {}
  LogField(std::string_view name, Instant value) : name_(name), value_(FormatInstant(value)) {}
  LogField(std::string_view name, const Error& value) : name_(name), value_(value.DebugString()) {}
  template <class T>
  requires type_table_detail::HasTextForm<T>  // ids, dates
  LogField(std::string_view name, const T& value) : name_(name), value_(value.ToString()) {}
  template <type_table_detail::DescribedEnum E>
  LogField(std::string_view name, E value) : name_(name), value_(EnumText(value)) {}
  template <class T>
  LogField(std::string_view name, const Secret<T>& value) = delete;
  template <class T>
  LogField(std::string_view name, const Personal<T>& value) = delete;

 private:
  friend class Logger;
  std::string_view name_;
  std::variant<bool, std::int64_t, double, std::string_view, std::string> value_;
};

// A value: copy it freely. The sink and the clock outlive every copy.
class Logger {
 public:
  Logger(LogSink& sink, const Clock& clock, LogLevel least = LogLevel::kInfo)
      : sink_(&sink), clock_(&clock), least_(least) {}

  void Debug(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    Write(LogLevel::kDebug, event, fields);
  }
  void Info(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    Write(LogLevel::kInfo, event, fields);
  }
  void Warning(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    Write(LogLevel::kWarning, event, fields);
  }
  void Error(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    Write(LogLevel::kError, event, fields);
  }

  // A logger whose every line carries these fields too, a request's id for example.
  Logger With(std::initializer_list<LogField> fields) const;

 private:
  void Write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const;
  static void Append(std::initializer_list<LogField> fields, std::string& line);

  LogSink* sink_;
  const Clock* clock_;
  LogLevel least_;
  std::string bound_;  // encoded fields, each with a comma before it
};

}  // namespace privity
