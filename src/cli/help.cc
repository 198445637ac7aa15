#include <algorithm>
#include <sstream>

#include "cli/command.h"

namespace privity {
namespace {

const Command* FindCommand(const Command& root, const std::vector<std::string>& path) {
  const Command* at = &root;
  for (const auto& name : path) {
    const auto found =
        std::find_if(at->children.begin(), at->children.end(), [&](const Command& c) { return c.name == name; });
    if (found == at->children.end()) return at;
    at = &*found;
  }
  return at;
}

std::string OptionHead(const Option& option) {
  return "--" + option.name + (option.value_name.empty() ? "" : " " + option.value_name);
}

std::string ArgumentHead(const Argument& argument) {
  std::string head = argument.name;
  std::transform(head.begin(), head.end(), head.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (argument.repeated) head += "...";
  return argument.required ? head : "[" + head + "]";
}

std::string OptionText(const Option& option) {
  std::string text = option.description;
  if (!option.choices.empty()) {
    std::string list;
    for (const auto& choice : option.choices) list += (list.empty() ? "" : ", ") + choice;
    text += (text.empty() ? "" : " ") + std::string("One of: ") + list + ".";
  }
  if (option.required) text += (text.empty() ? "" : " ") + std::string("Required.");
  if (option.repeated) text += (text.empty() ? "" : " ") + std::string("May be repeated.");
  if (!option.environment.empty())
    text += (text.empty() ? "" : " ") + std::string("Environment: ") + option.environment + ".";
  return text;
}

// Words of `text` in lines of at most `width` columns; every line but the first starts with `indent` spaces.
std::string Wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out;
  std::size_t column = indent;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    if (column > indent && column + 1 + word.size() > width) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

struct Entry {
  std::string head, text;
};

void AppendSection(std::string& out, std::string_view title, const std::vector<Entry>& entries, std::size_t width) {
  if (entries.empty()) return;
  std::size_t column = 0;
  for (const auto& entry : entries) column = std::max(column, std::min<std::size_t>(entry.head.size(), 26));
  column += 4;
  out += "\n" + std::string(title) + "\n";
  for (const auto& entry : entries) {
    std::string line = "  " + entry.head;
    if (line.size() + 2 > column) {
      out += line + "\n" + std::string(column, ' ');
    } else {
      out += line + std::string(column - line.size(), ' ');
    }
    out += Wrapped(entry.text, column, width) + "\n";
  }
}

std::string UsageLine(const Command& command, const std::vector<std::string>& path) {
  std::string line = "Usage: privity";
  for (const auto& name : path) line += " " + name;
  if (!command.children.empty()) line += command.run ? " [COMMAND]" : " COMMAND";
  for (const auto& argument : command.arguments) line += " " + ArgumentHead(argument);
  for (const auto& option : command.options) {
    if (option.required) line += " " + OptionHead(option);
  }
  return line + " [OPTION...]\n";
}

// mdoc(7) reads a line that begins with a dot or a quote as a request.
std::string Roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

void AppendManual(const Command& command, const std::string& path, std::string& out) {
  if (command.run) {
    out += ".It Nm Cm " + Roff(path);
    for (const auto& argument : command.arguments) out += " Ar " + Roff(ArgumentHead(argument));
    out += "\n" + Roff(command.summary) + ".\n";
    if (!command.description.empty()) out += Roff(command.description) + "\n";
    if (!command.options.empty()) {
      out += ".Bl -tag -width Ds -compact\n";
      for (const auto& option : command.options) {
        out += ".It Fl Fl " + Roff(option.name) + (option.value_name.empty() ? "" : " Ar " + Roff(option.value_name)) +
               "\n";
        out += Roff(OptionText(option)) + "\n";
      }
      out += ".El\n";
    }
  }
  for (const auto& child : command.children)
    AppendManual(child, path.empty() ? child.name : path + " " + child.name, out);
}

void AppendExamples(const Command& command, std::string& out) {
  for (const auto& example : command.examples) {
    out += Roff(example.description) + ":\n.Dl " + Roff(example.command) + "\n.Pp\n";
  }
  for (const auto& child : command.children) AppendExamples(child, out);
}

}  // namespace

std::string HelpText(const Command& root, const std::vector<Option>& global, const std::vector<std::string>& path,
                     int width) {
  const Command& command = *FindCommand(root, path);
  const auto columns = static_cast<std::size_t>(std::clamp(width, 60, 120));
  std::string out = Wrapped(command.summary, 0, columns) + ".\n";
  if (!command.description.empty()) out += "\n" + Wrapped(command.description, 0, columns) + "\n";
  out += "\n" + UsageLine(command, path);

  std::vector<Entry> examples, children, arguments, options, everywhere;
  for (const auto& example : command.examples) examples.push_back({example.command, example.description});
  for (const auto& child : command.children) children.push_back({child.name, child.summary});
  for (const auto& argument : command.arguments) arguments.push_back({ArgumentHead(argument), argument.description});
  for (const auto& option : command.options) options.push_back({OptionHead(option), OptionText(option)});
  for (const auto& option : global) everywhere.push_back({OptionHead(option), OptionText(option)});
  if (!examples.empty()) {
    out += "\nExamples\n";
    for (const auto& example : examples)
      out += "  " + example.head + "\n      " + Wrapped(example.text, 6, columns) + "\n";
  }
  AppendSection(out, "Commands", children, columns);
  AppendSection(out, "Arguments", arguments, columns);
  AppendSection(out, "Options", options, columns);
  AppendSection(out, "Options of every command", everywhere, columns);
  return out;
}

std::string ManualPage(const Command& root, const std::vector<Option>& global, std::string_view version,
                       std::string_view date) {
  std::string out = ".Dd " + std::string(date) + "\n.Dt PRIVITY 1\n.Os Privity " + std::string(version) + "\n";
  out += ".Sh NAME\n.Nm privity\n.Nd " + Roff(root.summary) + "\n";
  out += ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar option ...\n";
  out += ".Sh DESCRIPTION\n" + Roff(root.description) + "\n";
  out += ".Pp\nOptions of every command:\n.Bl -tag -width Ds\n";
  for (const auto& option : global) {
    out +=
        ".It Fl Fl " + Roff(option.name) + (option.value_name.empty() ? "" : " Ar " + Roff(option.value_name)) + "\n";
    out += Roff(OptionText(option)) + "\n";
  }
  out += ".El\n.Sh COMMANDS\n.Bl -tag -width Ds\n";
  AppendManual(root, "", out);
  out += ".El\n";
  out +=
      ".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n"
      ".It 0\nDone.\n.It 1\nRefused or failed; the reason is on standard error.\n"
      ".It 2\nThe answer is that there is something: differences, or parts that could not be read.\n"
      ".It 64\nThe command line is wrong.\n.It 69\nThe server cannot be reached.\n"
      ".It 77\nNot signed in, or not permitted.\n.It 78\nThe configuration is wrong.\n.El\n";
  out += ".Sh EXAMPLES\n";
  AppendExamples(root, out);
  return out;
}

}  // namespace privity
