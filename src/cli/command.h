// The command line as data: a tree of commands that the parser, the help, the completions and the manual page all read.
//
// Exit codes, stable: 0 done; 1 refused or failed; 2 the answer is "there is something" (differences, unreadable
// parts); 64 the command line is wrong; 69 the server cannot be reached; 77 not signed in or not permitted; 78 the
// configuration is wrong. The numbers above 2 are those of BSD sysexits.h.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace privity {

namespace exit_code {
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kFound = 2;
inline constexpr int kUsage = 64;
inline constexpr int kUnavailable = 69;
inline constexpr int kForbidden = 77;
inline constexpr int kConfiguration = 78;
}  // namespace exit_code

// An option "--name VALUE", or a flag when `value_name` is empty.
struct Option {
  std::string name;  // without dashes
  std::string value_name = {};
  std::string description = {};
  std::vector<std::string> choices = {};
  std::string environment = {};  // a variable that stands in for the option
  bool required = false;
  bool repeated = false;
};

// What follows the command without dashes.
struct Argument {
  std::string name;
  std::string description = {};
  bool required = true;
  bool repeated = false;
  std::vector<std::string> choices = {};
};

struct Example {
  std::string command;
  std::string description;
};

// The words that a command was called with.
class Invocation {
 public:
  bool Has(std::string_view name) const;
  // The first value, or "" when it was not given.
  std::string Value(std::string_view name) const;
  std::vector<std::string> Values(std::string_view name) const;
  void Add(std::string name, std::string value);

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_ = {};
};

struct Command {
  std::string name;
  std::string summary = {};      // one line, no full stop
  std::string description = {};  // paragraphs
  std::vector<Argument> arguments = {};
  std::vector<Option> options = {};
  std::vector<Example> examples = {};
  std::vector<Command> children = {};
  std::function<int(const Invocation&)> run = {};  // empty: a group, which prints its help

  // The child of that name, made when it is absent.
  Command& Child(std::string_view child_name, std::string_view child_summary = {});
};

struct ParsedCommand {
  const Command* command = nullptr;
  std::vector<std::string> path = {};  // names from the root, without it
  Invocation invocation = {};
  bool wants_help = false;
};

// Options in `global` are understood at every level. cli.usage{problem, command}.
Result<ParsedCommand> ParseCommandLine(const Command& root, const std::vector<Option>& global,
                                       const std::vector<std::string>& words);

// `path` as in ParsedCommand. Plain text, at most `width` columns, ends with a new line.
std::string HelpText(const Command& root, const std::vector<Option>& global, const std::vector<std::string>& path,
                     int width);
// A script for "bash", "zsh" or "fish".
std::string CompletionScript(const Command& root, const std::vector<Option>& global, std::string_view shell);
// A page for man(1) in mdoc(7).
std::string ManualPage(const Command& root, const std::vector<Option>& global, std::string_view version,
                       std::string_view date);

}  // namespace privity
