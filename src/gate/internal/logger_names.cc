#include "gate/internal/logger_names.h"

#include <algorithm>
#include <unordered_set>

namespace privity::gate_internal {
namespace {

using Names = std::unordered_set<std::string_view>;

const Names kLoggers = {"log",     "logger", "logging",  "console", "slog",      "glog",    "klog",
                        "zlog",    "logrus", "spdlog",   "loguru",  "structlog", "zap",     "sugar",
                        "zerolog", "timber", "winston",  "pino",    "bunyan",    "monolog", "syslog",
                        "logr",    "log4js", "loglevel", "npmlog"};
const Names kLevels = {"trace", "verbose", "debug",     "info",  "information", "notice",   "warn",    "warning",
                       "error", "severe",  "fine",      "finer", "finest",      "critical", "crit",    "alert",
                       "fatal", "panic",   "emergency", "log",   "exception",   "print",    "println", "msg",
                       "wtf",   "success", "err",       "dbg",   "warnln",      "infoln"};
// Words beside a level in the name of a method: `InfoContext`, `atDebug`.
const Names kLevelFillers = {"context", "ctx", "at", "async", "with", "fields", "f", "w", "ln", "message", "once"};
const Names kFunctions = {"error_log",  "syslog",    "vsyslog", "NSLog",    "LOGV",      "LOGD",
                          "LOGI",       "LOGW",      "LOGE",    "ALOGV",    "ALOGD",     "ALOGI",
                          "ALOGW",      "ALOGE",     "printk",  "pr_err",   "pr_warn",   "pr_info",
                          "pr_debug",   "pr_notice", "g_debug", "g_info",   "g_message", "g_warning",
                          "g_critical", "qDebug",    "qInfo",   "qWarning", "qCritical", "sd_journal_print"};
const Names kStreams = {"LOG",    "DLOG",  "VLOG",     "PLOG",      "LOG_IF",           "DVLOG",
                        "qDebug", "qInfo", "qWarning", "qCritical", "BOOST_LOG_TRIVIAL"};
const Names kFormatting = {"format",    "sprintf",    "Sprintf", "fmt",       "formatted", "Format", "asprintf",
                           "getString", "getMessage", "gettext", "translate", "t",         "tr",     "_"};
const Names kTransparent = {"str",
                            "repr",
                            "String",
                            "string",
                            "Sprint",
                            "Sprintln",
                            "dumps",
                            "stringify",
                            "json_encode",
                            "print_r",
                            "var_export",
                            "valueOf",
                            "dict",
                            "of",
                            "toString",
                            "to_string",
                            "concat",
                            "join",
                            "list",
                            "tuple",
                            "array",
                            "strval",
                            "unicode",
                            "bytes",
                            "move",
                            "QString",
                            "qPrintable",
                            "hashMapOf",
                            "mapOf",
                            "listOf",
                            "arrayOf",
                            "Some",
                            "Optional",
                            "ofNullable",
                            "Str",
                            "Any",
                            "Stringp",
                            "ByteString",
                            "Stringer",
                            "kv",
                            "keyValue",
                            "value",
                            "field",
                            "Field",
                            "WithField",
                            "WithFields",
                            "withField",
                            "addKeyValue",
                            "addArgument",
                            "put",
                            "tag",
                            "pair",
                            "make_pair",
                            "entry",
                            "KeyValue",
                            "decodeURIComponent",
                            "normalize",
                            "display",
                            "Fields",
                            "Strs",
                            "Interface",
                            "escape",
                            "quote",
                            "add",
                            "bind",
                            "With",
                            "with",
                            "Group",
                            "Dict",
                            "escapeHtml",
                            "htmlspecialchars"};
const Names kTails = {"toString",    "ToString",
                      "to_s",        "to_string",
                      "String",      "str",
                      "trim",        "strip",
                      "Trim",        "lower",
                      "upper",       "toLowerCase",
                      "toUpperCase", "ToLower",
                      "ToUpper",     "lowercase",
                      "uppercase",   "downcase",
                      "upcase",      "trimmed",
                      "value",       "getValue",
                      "Value",       "get",
                      "Get",         "unwrap",
                      "expect",      "as_str",
                      "as_ref",      "to_owned",
                      "clone",       "c_str",
                      "data",        "orElse",
                      "orElseGet",   "or_else",
                      "unwrap_or",   "unwrap_or_default",
                      "toStdString", "text",
                      "inspect",     "chomp",
                      "squish",      "valueOf",
                      "raw",         "first",
                      "last",        "expose_secret",
                      "display",     "decode",
                      "encode",      "utf8",
                      "toUtf8",      "as_deref",
                      "as_bytes",    "presence",
                      "toJSON",      "val",
                      "getOrElse",   "orEmpty",
                      "Text",        "current",
                      "toArray",     "to_a"};
const Names kFallbacks = {"orElse",         "orElseGet", "or_else",          "unwrap_or",
                          "unwrap_or_else", "getOrElse", "unwrap_or_default"};
const Names kLookups = {"get",           "fetch",        "getParameter", "getString",    "getHeader",   "header",
                        "query",         "Query",        "param",        "Param",        "params",      "input",
                        "cookie",        "cookies",      "getenv",       "Getenv",       "env",         "FormValue",
                        "PostFormValue", "DefaultQuery", "Get",          "getAttribute", "getProperty", "optString",
                        "dig",           "at",           "var",          "PostForm",     "get_string",  "getItem",
                        "getQueryParam", "GetString",    "post",         "getField",     "value"};
const Names kKeywords = {
    "go",       "defer",     "begin",  "ensure",  "rescue",    "elif",   "elsif",      "default",  "xor",   "unsafe",
    "co_await", "co_return", "of",     "finally", "if",        "else",   "new",        "not",      "and",   "or",
    "is",       "in",        "return", "await",   "async",     "yield",  "lambda",     "function", "fn",    "func",
    "def",      "const",     "let",    "var",     "val",       "true",   "false",      "True",     "False", "null",
    "None",     "nil",       "NULL",   "nullptr", "undefined", "typeof", "instanceof", "as",       "move",  "mut",
    "ref",      "out",       "do",     "end",     "then",      "unless", "while",      "for",      "try",   "catch",
    "throw",    "raise",     "sizeof", "when",    "case",      "void",   "static",     "switch"};

bool IsUpper(char character) {
  return character >= 'A' && character <= 'Z';
}
bool IsLower(char character) {
  return character >= 'a' && character <= 'z';
}
bool IsDigit(char character) {
  return character >= '0' && character <= '9';
}

bool IsLevelWord(std::string_view word) {
  if (kLevels.contains(word)) return true;
  const bool is_formatted = word.size() > 1 && (word.back() == 'f' || word.back() == 'w');
  return is_formatted && kLevels.contains(word.substr(0, word.size() - 1));
}

bool Any(const std::vector<std::string>& words, bool (*is)(std::string_view)) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return is(word); });
}

bool IsLoggerWord(std::string_view word) {
  return kLoggers.contains(word);
}

}  // namespace

std::vector<std::string> WordsOfName(std::string_view name) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const char here = name[at];
    const char before = at > 0 ? name[at - 1] : '_';
    const char after = at + 1 < name.size() ? name[at + 1] : '_';
    const bool is_other = !IsUpper(here) && !IsLower(here) && !IsDigit(here) && static_cast<unsigned char>(here) < 0x80;
    if (is_other) continue;
    const bool is_hump = IsUpper(here) && (!IsUpper(before) || IsLower(after));
    const bool is_separated =
        !IsUpper(before) && !IsLower(before) && !IsDigit(before) && static_cast<unsigned char>(before) < 0x80;
    if (words.empty() || is_hump || is_separated || IsDigit(here) != IsDigit(before)) words.emplace_back();
    words.back() += IsUpper(here) ? static_cast<char>(here + 32) : here;
  }
  return words;
}

bool IsLogger(std::string_view name) {
  std::vector<std::string> words = WordsOfName(name);
  while (!words.empty() && IsDigit(words.back().front())) words.pop_back();
  return !words.empty() && IsLoggerWord(words.back());
}

bool IsLevel(std::string_view name) {
  const std::vector<std::string> words = WordsOfName(name);
  return Any(words, IsLevelWord) && std::all_of(words.begin(), words.end(), [](const std::string& word) {
           return IsLevelWord(word) || kLevelFillers.contains(word);
         });
}

bool IsLogFunction(std::string_view name) {
  if (kFunctions.contains(name)) return true;
  std::vector<std::string> words = WordsOfName(name);
  const auto logger = std::find_if(words.begin(), words.end(), IsLoggerWord);
  if (logger == words.end()) return false;
  words.erase(logger);
  return !words.empty() && Any(words, IsLevelWord) &&
         std::all_of(words.begin(), words.end(),
                     [](const std::string& word) { return IsLevelWord(word) || kLevelFillers.contains(word); });
}

bool IsLogStream(std::string_view name) {
  return kStreams.contains(name);
}
bool IsTransparent(std::string_view name) {
  return kTransparent.contains(name) || IsFormatting(name);
}
bool IsFormatting(std::string_view name) {
  return kFormatting.contains(name);
}
bool IsTail(std::string_view name) {
  return kTails.contains(name);
}
bool IsFallback(std::string_view name) {
  return kFallbacks.contains(name);
}
bool IsLookup(std::string_view name) {
  return kLookups.contains(name);
}
bool IsKeyword(std::string_view name) {
  return kKeywords.contains(name);
}

}  // namespace privity::gate_internal
