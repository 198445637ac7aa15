// CLI11 stays in this file: the tree of commands goes in, what was called comes out.
#include <CLI/CLI.hpp>

#include "cli/command.h"

namespace privity {
namespace {

// Where CLI11 writes while it parses; one per command of the tree.
struct Slots {
  std::map<std::string, std::vector<std::string>> options;
  std::map<std::string, std::vector<std::string>> arguments;
  std::map<std::string, bool> flags;
};

class Parser {
 public:
  Parser(const Command& root, const std::vector<Option>& global, const std::vector<std::string>& words)
      : global_(global), words_(words) {
    app_.name(root.name);
    app_.set_help_flag();
    app_.set_help_all_flag();
    Fill(app_, root);
  }

  Result<ParsedCommand> Parse(const Command& root) {
    ParsedCommand parsed{.command = &root};
    std::vector<std::string> words = words_;
    parsed.wants_help = TakeHelp(words);
    std::reverse(words.begin(), words.end());  // CLI11 takes words from the back
    try {
      app_.parse(words);
    } catch (const CLI::ParseError& problem) {
      Walk(parsed);
      if (!parsed.wants_help) return Error("cli.usage", {{"problem", problem.what()}, {"command", PathText(parsed)}});
      return parsed;
    }
    const CLI::App* at = Walk(parsed);
    Collect(*at, parsed.invocation);
    return parsed;
  }

 private:
  // Help is asked for anywhere before "--", whatever else is wrong with the line.
  static bool TakeHelp(std::vector<std::string>& words) {
    const auto end = std::find(words.begin(), words.end(), "--");
    const auto found = std::find_if(words.begin(), end, [](const auto& w) { return w == "--help" || w == "-h"; });
    if (found == end) return false;
    words.erase(found);
    return true;
  }

  // Of the commands below it only those that the line has a word of: no other can be called, and all of them together
  // would take longer than most commands do.
  void Fill(CLI::App& app, const Command& command) {
    Slots& slots = slots_[&app];
    app.set_help_flag();
    app.fallthrough(false);
    for (const auto& option : global_) AddOption(app, option, slots);
    for (const auto& option : command.options) AddOption(app, option, slots);
    for (const auto& argument : command.arguments) AddArgument(app, argument, slots);
    for (const auto& child : command.children) {
      const bool is_named = std::find(words_.begin(), words_.end(), child.name) != words_.end();
      if (is_named) Fill(*app.add_subcommand(child.name, child.summary), child);
    }
    app.require_subcommand(0, 1);
  }

  void AddOption(CLI::App& app, const Option& option, Slots& slots) {
    if (option.value_name.empty()) {
      app.add_flag("--" + option.name, slots.flags[option.name]);
      return;
    }
    CLI::Option* added = app.add_option("--" + option.name, slots.options[option.name]);
    added->allow_extra_args(false)->multi_option_policy(option.repeated ? CLI::MultiOptionPolicy::TakeAll
                                                                        : CLI::MultiOptionPolicy::Throw);
    if (option.required) added->required();
    if (!option.environment.empty()) added->envname(option.environment);
    if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
  }

  void AddArgument(CLI::App& app, const Argument& argument, Slots& slots) {
    CLI::Option* added = app.add_option(argument.name, slots.arguments[argument.name]);
    if (argument.repeated) {
      added->expected(-1);
    } else {
      added->expected(1)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    }
    if (argument.required) added->required();
    if (!argument.choices.empty()) added->check(CLI::IsMember(argument.choices));
  }

  // Follows the subcommands that were called, down to the last.
  const CLI::App* Walk(ParsedCommand& parsed) const {
    const CLI::App* at = &app_;
    for (auto called = at->get_subcommands(); !called.empty(); called = at->get_subcommands()) {
      Collect(*at, parsed.invocation);
      at = called.front();
      parsed.path.push_back(at->get_name());
      parsed.command = &*std::find_if(parsed.command->children.begin(), parsed.command->children.end(),
                                      [&](const Command& c) { return c.name == at->get_name(); });
    }
    return at;
  }

  void Collect(const CLI::App& app, Invocation& invocation) const {
    const Slots& slots = slots_.at(&app);
    for (const auto* group : {&slots.options, &slots.arguments}) {
      for (const auto& [name, values] : *group) {
        for (const auto& value : values) invocation.Add(name, value);
      }
    }
    for (const auto& [name, set] : slots.flags) {
      if (set) invocation.Add(name, "");
    }
  }

  static std::string PathText(const ParsedCommand& parsed) {
    std::string text = "privity";
    for (const auto& name : parsed.path) text += " " + name;
    return text;
  }

  const std::vector<Option>& global_;
  const std::vector<std::string>& words_;
  CLI::App app_;
  std::map<const CLI::App*, Slots> slots_;
};

}  // namespace

Result<ParsedCommand> ParseCommandLine(const Command& root, const std::vector<Option>& global,
                                       const std::vector<std::string>& words) {
  return Parser(root, global, words).Parse(root);
}

}  // namespace privity
