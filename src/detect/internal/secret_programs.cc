// Programs that are given a password: as an option, in its place, or through a pipe.
#include "detect/internal/secret_finders.h"

#include <algorithm>
#include <array>

#include "detect/internal/letters.h"
#include "detect/internal/secret_values.h"
#include "detect/internal/word_set.h"

namespace privity::detect::led {
namespace {

// A program, and the options behind which its password stands, in it behind a sign: "smbclient -U hugo%…".
struct Program {
  std::string_view name;
  std::array<std::string_view, 3> options;
  char behind = '\0';
};
constexpr std::array<Program, 21> kPrograms = {{{"mariadb", {" -p", " --password="}},
                                                {"lftp", {" -u ", " --user "}, ','},
                                                {"curl", {" --proxy-user ", " -U "}, ':'},
                                                {"http", {" -a ", " --auth "}, ':'},
                                                {"https", {" -a ", " --auth "}, ':'},
                                                {"ldapadd", {" -w "}},
                                                {"ldapmodify", {" -w "}},
                                                {"ldapdelete", {" -w "}},
                                                {"ldapwhoami", {" -w "}},
                                                {"ldappasswd", {" -w ", " -s "}},
                                                {"unzip", {" -P "}},
                                                {"zip", {" -P ", " --password "}},
                                                {"openssl", {" -k ", " -pass pass:", " -passout pass:"}},
                                                {"keytool", {" -storepass ", " -keypass "}},
                                                {"jarsigner", {" -storepass ", " -keypass "}},
                                                {"unrar", {" -p"}},
                                                {"keygen", {" -N ", " -P "}},
                                                {"schtasks", {" /rp ", " /RP "}},
                                                {"net", {" -U "}, '%'},
                                                {"rpcclient", {" -U "}, '%'},
                                                {"obscure", {" "}}}};

}  // namespace

void FindOptions(const Scan& scan, const Line& line, std::string_view name, Secrets& secrets) {
  for (const Program& program : kPrograms) {
    if (program.name != name) continue;
    for (const std::string_view option : program.options) {
      const auto at = option.empty() ? line.text.npos : FindBehindSpace(line.text, option);
      if (at == line.text.npos) continue;
      LedSecret value = line.ValueAt(at + option.size());
      if (program.behind != '\0') {
        const auto sign = Of(scan, value).find(program.behind);
        if (sign == std::string_view::npos) continue;
        value.begin += sign + 1;
      }
      if (MayBePassword(Of(scan, value))) secrets.push_back(value);
    }
  }
}

// "-u hugo -p …", "-U sa -P …": whatever program it is. The name is `token`'s option.
void FindPairOfOptions(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  if (!Before(scan, at, 3).ends_with('-') || !IsOneOf(At(line.text, 0), " =:")) return;
  const LedSecret user = line.ValueAt(0);
  const auto colon = At(line.text, 0) == ':' ? std::string_view::npos : Of(scan, user).find(':');
  if (colon != std::string_view::npos) {  // "--user root:…"
    const LedSecret value{user.begin + colon + 1, user.end, true};
    if (IsPasswordForSure(Of(scan, value))) secrets.push_back(value);
    return;
  }
  constexpr std::size_t kProgramBytes = 40;
  if (Before(scan, at, kProgramBytes).find("mysql ") == 0) return;  // whose -p takes no space
  for (const std::string_view option : {" -p ", " -P ", " -pw ", " -pass ", " -p:"}) {
    const auto place = FindBehindSpace(line.text, option);
    if (place == line.text.npos) continue;
    const LedSecret value = line.ValueAt(place + option.size());
    if (MayBePassword(Of(scan, value)) && Of(scan, value).find('/') == std::string_view::npos) secrets.push_back(value);
  }
}

// "sqlplus scott/…@//ora:1521/ORCL", "connect hr/…@crm".
void FindOracleLogins(const Scan& scan, const Line& line, Secrets& secrets) {
  const LedSecret login = line.ValueAt(0);
  const std::string_view text = Of(scan, login);
  const auto slash = text.find('/'), end = text.find('@', slash == text.npos ? 0 : slash);
  if (slash == text.npos || end == text.npos || slash == 0) return;
  const LedSecret value{login.begin + slash + 1, login.begin + end, true};
  if (MayBePassword(Of(scan, value))) secrets.push_back(value);
}

// `echo "root:…" | chpasswd`, `echo … | sudo -S …`, `printf … | docker login --password-stdin`.
void FindPiped(const Scan& scan, const Line& line, Secrets& secrets) {
  const auto pipe = line.text.find('|');
  if (pipe == line.text.npos) return;
  const std::string_view taker = line.text.substr(pipe);
  const bool names = taker.find("chpasswd") != taker.npos;
  if (!names && taker.find("sudo -S") == taker.npos && taker.find("-stdin") == taker.npos) return;
  const std::size_t first = line.text.starts_with(" -n ") || line.text.starts_with(" -e ") ? 3 : 0;
  LedSecret value = line.ValueAt(first);
  if (names) value.begin += std::min(Of(scan, value).find(':'), Of(scan, value).size() - 1) + 1;
  if (value.begin < value.end && MayBePassword(Of(scan, value))) secrets.push_back(value);
}

// Commands that take a password in its place: which word behind the one that is looked at.
void FindInPlace(const Scan& scan, std::size_t at, const Line& line, std::string_view name, Secrets& secrets) {
  struct Command {
    std::string_view name, begin;
    std::size_t word;
  };
  static constexpr std::array<Command, 14> kCommands = {{{"unseal", " ", 0},
                                                         {"rabbitmqctl", " add_user ", 2},
                                                         {"rabbitmqctl", " change_password ", 2},
                                                         {"htpasswd", " -b", 3},
                                                         {"net", " user ", 2},
                                                         {"mc", " alias set ", 5},
                                                         {"rocommunity", " ", 0},
                                                         {"rwcommunity", " ", 0},
                                                         {"requirepass", " ", 0},
                                                         {"rootpw", " ", 0},
                                                         {"IDENTIFIED", " BY ", 1},
                                                         {"identified", " by ", 1},
                                                         {"masterauth", " ", 0},
                                                         {"setcookie", " ", 0}}};
  for (const Command& command : kCommands) {
    if (command.name != name || !line.text.starts_with(command.begin)) continue;
    const LedSecret value = Word(line, command.word);
    if (MayBePassword(Of(scan, value))) secrets.push_back(value);
  }
  const auto here = FindBehindSpace(line.text, " <<< ");  // kinit hugo <<< …
  if (here != line.text.npos && MayBePassword(Of(scan, line.ValueAt(here + 5))))
    secrets.push_back(line.ValueAt(here + 5));
  const auto user = name == "net" && line.text.starts_with(" use ") ? line.text.find(" /user:") : line.text.npos;
  const auto space = user == line.text.npos ? user : line.text.rfind(' ', user - 1);
  if (space != line.text.npos && MayBePassword(Of(scan, line.ValueAt(space)))) secrets.push_back(line.ValueAt(space));
  // AUTH of Redis, alone on its line.
  if (name == "AUTH" && Before(scan, at, 8).empty() && MayBePassword(Of(scan, Word(line, 0))) &&
      Word(line, 0).end == line.begin + line.text.size())
    secrets.push_back(Word(line, 0));
}

}  // namespace privity::detect::led
