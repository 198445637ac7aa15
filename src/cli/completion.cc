// Completions for bash, zsh and fish, each a plain script made from the tree of commands: nothing runs while the user
// types.
#include <algorithm>

#include "cli/command.h"

namespace privity {
namespace {

void Visit(const Command& command, const std::string& path, auto&& each) {
  each(command, path);
  for (const auto& child : command.children) Visit(child, path.empty() ? child.name : path + " " + child.name, each);
}

std::string SingleQuoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string Words(const Command& command, const std::vector<Option>& global) {
  std::string words;
  const auto add = [&](const std::string& word) { words += (words.empty() ? "" : " ") + word; };
  for (const auto& child : command.children) add(child.name);
  for (const auto& argument : command.arguments) std::for_each(argument.choices.begin(), argument.choices.end(), add);
  for (const auto& option : command.options) add("--" + option.name);
  for (const auto& option : global) add("--" + option.name);
  add("--help");
  return words;
}

std::string Bash(const Command& root, const std::vector<Option>& global) {
  std::string words, choices;
  Visit(root, "", [&](const Command& command, const std::string& path) {
    words += "    " + SingleQuoted(path) + ") words=" + SingleQuoted(Words(command, global)) + " ;;\n";
    for (const auto& option : command.options) {
      if (option.choices.empty()) continue;
      std::string list;
      for (const auto& choice : option.choices) list += (list.empty() ? "" : " ") + choice;
      choices += "    " + SingleQuoted(path + " --" + option.name) + ") words=" + SingleQuoted(list) + " ;;\n";
    }
  });
  return "# bash completion of privity: source it, or put it into the folder of bash-completion under the name "
         "privity.\n"
         "_privity() {\n"
         "  local path='' words='' word i\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
         "    word=${COMP_WORDS[i]}\n"
         "    [[ $word == -* ]] && break\n"
         "    path+=\"${path:+ }$word\"\n"
         "  done\n"
         "  case \"$path $previous\" in\n" +
         choices +
         "  esac\n"
         "  if [[ -z $words ]]; then case \"$path\" in\n" +
         words +
         "  esac; fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  [[ ${#COMPREPLY[@]} -eq 0 && $current != -* ]] && COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "  return 0\n"
         "}\n"
         "complete -F _privity privity\n";
}

std::string Zsh(const Command& root, const std::vector<Option>& global) {
  std::string cases;
  const auto described = [](const std::string& word, std::string text) {
    std::string escaped;
    for (const char c : word) escaped += c == ':' ? std::string("\\:") : std::string(1, c);
    return SingleQuoted(escaped + ":" + text);
  };
  Visit(root, "", [&](const Command& command, const std::string& path) {
    cases += "    " + SingleQuoted(path) + ") words_here=(";
    for (const auto& child : command.children) cases += described(child.name, child.summary) + " ";
    for (const auto& option : command.options) cases += described("--" + option.name, option.description) + " ";
    for (const auto& option : global) cases += described("--" + option.name, option.description) + " ";
    cases += described("--help", "Show help") + ") ;;\n";
  });
  return "#compdef privity\n"
         "_privity() {\n"
         "  local path_here='' word\n"
         "  local -a words_here\n"
         "  for word in ${words[2,CURRENT-1]}; do\n"
         "    [[ $word == -* ]] && break\n"
         "    path_here+=\"${path_here:+ }$word\"\n"
         "  done\n"
         "  case $path_here in\n" +
         cases +
         "    *) _files; return ;;\n"
         "  esac\n"
         "  _describe -V command words_here || _files\n"
         "}\n"
         "compdef _privity privity\n";
}

std::string Fish(const Command& root, const std::vector<Option>& global) {
  std::string out =
      "# fish completion of privity: put it into ~/.config/fish/completions/privity.fish\n"
      "function __privity_at\n"
      "  set -l path\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    string match -q -- '-*' $word; and break\n"
      "    set -a path $word\n"
      "  end\n"
      "  test \"$path\" = \"$argv\"\n"
      "end\n";
  Visit(root, "", [&](const Command& command, const std::string& path) {
    const std::string at = "complete -c privity -n " + SingleQuoted("__privity_at " + path) + " ";
    for (const auto& child : command.children) {
      out += at + "-f -a " + SingleQuoted(child.name) + " -d " + SingleQuoted(child.summary) + "\n";
    }
    for (const auto& option : command.options) {
      out += at + "-l " + SingleQuoted(option.name) + (option.value_name.empty() ? "" : " -r") + " -d " +
             SingleQuoted(option.description);
      std::string list;
      for (const auto& choice : option.choices) list += (list.empty() ? "" : " ") + choice;
      out += (list.empty() ? "" : " -f -a " + SingleQuoted(list)) + "\n";
    }
  });
  for (const auto& option : global) {
    out += "complete -c privity -l " + SingleQuoted(option.name) + (option.value_name.empty() ? "" : " -r") + " -d " +
           SingleQuoted(option.description) + "\n";
  }
  return out;
}

}  // namespace

std::string CompletionScript(const Command& root, const std::vector<Option>& global, std::string_view shell) {
  if (shell == "bash") return Bash(root, global);
  if (shell == "zsh") return Zsh(root, global);
  return Fish(root, global);
}

}  // namespace privity
