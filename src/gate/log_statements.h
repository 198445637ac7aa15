// Which values the log statements of a program write, with their places.
//
//   logger.info("sent to %s", user.email)      user.email
//   slog.Info("otp", "phone", p)               p, labelled phone
//
// A statement is a call of what is named like a logger (`log`, `logger`, `console`, `slog`, `spdlog`, `Timber` …) with
// a level, a macro (`info!`, `LOG(INFO) <<`) or a function that says both (`log_info`). Printing is none: it goes to
// whoever called the program. A value counts when it is written as it is: not what a comparison, a condition or an
// unknown function makes of it, nor words in texts. Whole objects are not looked into.
//
// Nothing is run. Memory and time are linear in the source; whatever bytes it has, it is read to its end. Safe to call
// from many threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/type_table.h"

namespace privity {

inline constexpr std::size_t kSourceBytesMax = 4 << 20;
inline constexpr std::size_t kLoggedValuesMax = 100'000;

enum class SourceLanguage { kPython, kJavaScript, kJava, kKotlin, kGo, kCSharp, kRuby, kPhp, kRust, kC };
PRIVITY_DESCRIBE_ENUM(SourceLanguage, kPython, kJavaScript, kJava, kKotlin, kGo, kCSharp, kRuby, kPhp, kRust, kC)

struct LoggedValue {
  std::string owner;  // `user` of `user.email`; may be empty
  std::string name;   // `email`, and that of `user.getEmail()`, `user["email"]`
  std::string label;  // what the statement calls it: a key, "email=" right before it; may be empty
  int line = 0;       // from 1
  int column = 0;     // from 1, in code points
  int statement_line = 0;
  bool is_static = false;     // of a class, not of an object: `Fields.Email`
  bool is_looked_up = false;  // by a text: `headers["authorization"]`
};
PRIVITY_DESCRIBE(LoggedValue, (owner, name, label, line, column, statement_line, is_static, is_looked_up))

struct LogStatements {
  std::int64_t count = 0;
  std::vector<LoggedValue> values;  // in the order of the source
};

// By the name's ending. None: a language that is not read.
std::optional<SourceLanguage> SourceLanguageOf(std::string_view file_name);
// TypeScript is read as JavaScript, C++ as C. gate.too_large{file, maximum}, gate.not_text{file} (a NUL),
// gate.too_many_fields{file, maximum}.
Result<LogStatements> ReadLogStatements(SourceLanguage language, std::string_view source, std::string_view file_name);

}  // namespace privity
