#include "detect/internal/secret_leads.h"

#include <algorithm>
#include <array>
#include <string>

#include "detect/internal/letters.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/word_set.h"

namespace privity::detect {
namespace {

constexpr std::size_t kLineBytesMax = 200;
constexpr CharSet kQuotes("\"'`");

struct Mix {
  bool digit = false, lower = false, upper = false, sign = false;

  explicit Mix(std::string_view value) {
    unsigned kinds = 0;
    for (const char c : value) kinds |= kKinds.data()[static_cast<unsigned char>(c)];
    digit = (kinds & kDigit) != 0;
    lower = (kinds & kLower) != 0;
    upper = (kinds & kUpper) != 0;
    sign = (kinds & kSign) != 0;
  }
  bool letter() const { return lower || upper; }

 private:
  static constexpr std::uint8_t kDigit = 1, kLower = 2, kUpper = 4, kSign = 8;
  static constexpr auto kKinds = [] {
    std::array<std::uint8_t, 256> kinds{};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const char c = static_cast<char>(i);
      if (c == '.' || c == '_') continue;
      kinds[i] = IsAsciiDigit(c) ? kDigit : IsAsciiLower(c) ? kLower : IsAsciiUpper(c) ? kUpper : kSign;
    }
    return kinds;
  }();
};

// No path, address, variable or stand-in.
bool MayBeSecret(std::string_view value) {
  constexpr std::size_t kBytesMin = 6, kBytesMax = 200;
  if (value.size() < kBytesMin || value.size() > kBytesMax || IsOneOf(value.front(), "/~$<%{[(-\\.&")) return false;
  return value.find("://") == value.npos && value.find("$(") == value.npos && !LooksMadeUp(value) &&
         !PointsElsewhere(value);
}

// Where a password must stand: a word in which digits are.
bool MayBePassword(std::string_view value) {
  const Mix mix(value);
  return mix.letter() && (mix.digit || (mix.lower && mix.upper && mix.sign) || LooksRandom(value)) &&
         MayBeSecret(value);
}

// Where other words may stand as well: no word of a sentence, and no name of a thing ("db-7").
bool IsPasswordForSure(std::string_view value) {
  constexpr std::size_t kBytesMin = 7;
  if (value.size() < kBytesMin) return false;
  const Mix mix(value);
  return mix.digit && mix.lower && mix.upper && !IsNameInCode(value) && MayBeSecret(value);
}

// Letters and digits by chance, as no name of a thing has them ("my-app-credentials-2024").
bool IsRandomRun(std::string_view value, std::size_t bytes_min) {
  constexpr std::size_t kForEach = 4;
  constexpr double kBits = 3.2;
  if (value.size() < bytes_min) return false;  // as most
  const auto kind = [](char c) { return IsAsciiDigit(c) ? 0 : IsAsciiLower(c) ? 1 : IsAsciiUpper(c) ? 2 : 3; };
  std::size_t turns = 0;
  for (std::size_t i = 1; i < value.size(); ++i)
    turns += kind(value[i]) != kind(value[i - 1]) && IsAsciiAlnum(value[i]) && IsAsciiAlnum(value[i - 1]);
  return turns * kForEach >= value.size() && !value.starts_with("SHA256:") && !value.starts_with("AAAA") &&
         std::ranges::all_of(value, [](char c) { return IsAsciiAlnum(c) || IsOneOf(c, "-_.+/=~:"); }) &&
         LooksLikeKey(value, bytes_min, kBits) && !PointsElsewhere(value);
}

// "ef7685a9-0fda-f10d-a0d5-e5efde6c75d3": as often of a thing as of a key.
bool IsUuid(std::string_view value) {
  constexpr std::size_t kBytes = 36;
  return value.size() == kBytes && value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-';
}

// "sha256", "HS512", "aes-256-gcm", "utf-16": what stands in calls beside keys.
bool NamesAlgorithm(std::string_view value) {
  constexpr std::size_t kBytesMax = 20;
  const std::string folded = Fold(value.substr(0, kBytesMax));
  return value.size() <= kBytesMax && std::ranges::any_of(std::array{"sha", "hs", "rs", "es", "ps", "md5", "aes", "rsa",
                                                                     "utf", "iso", "hmac", "ecdsa"},
                                                          [&](const char* begin) { return folded.starts_with(begin); });
}

// The line of a token, from the token's end or from the line's begin on, in bytes of the text.
struct Line {
  std::string_view text;  // behind the token
  std::size_t begin = 0;

  // What stands from there up to a space, or between quotes.
  LedSecret ValueAt(std::size_t at) const {
    while (At(text, at) == ' ' || At(text, at) == '\t') ++at;
    if (IsOneOf(At(text, at), "bB@") && IsOneOf(At(text, at + 1), "\"'")) ++at;  // of Python and Objective-C
    const char quote = IsOneOf(At(text, at), kQuotes) ? text[at++] : '\0';
    std::size_t end = at;
    while (end < text.size() && (quote != '\0' ? text[end] != quote : !IsOneOf(text[end], " \t\n\"'`;|<>)"))) ++end;
    if (quote == '\0' && end > at && IsOneOf(text[end - 1], ".,:")) --end;
    return {begin + at, begin + end, true};
  }
};

Line LineBehind(const Scan& scan, const Token& token) {
  const std::string_view rest = scan.text.substr(token.end, kLineBytesMax);
  Line line{rest.substr(0, rest.find('\n')), token.end};
  scan.steps += line.text.size();
  return line;
}

std::string_view Of(const Scan& scan, const LedSecret& value) {
  return scan.text.substr(value.begin, value.end - value.begin);
}

// The text before a token on its line, at most `bytes`.
std::string_view Before(const Scan& scan, std::size_t at, std::size_t bytes) {
  const std::size_t end = scan.tokens[at].begin, begin = end - std::min(end, bytes);
  const std::string_view text = scan.text.substr(begin, end - begin);
  const auto line = text.rfind('\n');
  return line == text.npos ? text : text.substr(line + 1);
}

using Secrets = std::vector<LedSecret>;

void FindArgument(const Scan& scan, const Line& line, std::size_t from, Secrets& secrets);

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

// Where the words stand, which begin with a space: lines have more spaces than what follows it.
std::size_t FindBehindSpace(std::string_view text, std::string_view words) {
  const std::string_view rest = words.substr(1);
  if (rest.empty()) return text.find(words);
  for (auto at = text.find(rest, 1); at != text.npos; at = text.find(rest, at + 1)) {
    if (text[at - 1] == ' ') return at - 1;
  }
  return text.npos;
}

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

// The words of a line behind the token, one after the other; behind the last an empty one.
class WordReader {
 public:
  explicit WordReader(const Line& line) : line_(line) {}

  LedSecret Next() {
    if (at_ >= line_.text.size()) return {line_.begin, line_.begin, true};
    const LedSecret word = line_.ValueAt(at_);
    at_ = word.end - line_.begin;
    while (at_ < line_.text.size() && !IsOneOf(line_.text[at_], " \t\n")) ++at_;
    while (at_ < line_.text.size() && IsOneOf(line_.text[at_], " \t\n")) ++at_;
    return word;
  }

 private:
  const Line& line_;
  std::size_t at_ = 0;
};

// The word number `index` of a line (0: the first behind the token).
LedSecret Word(const Line& line, std::size_t index) {
  WordReader words(line);
  while (index-- > 0) words.Next();
  return words.Next();
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

// "tacacs-server host 10.0.0.5 key 7 …", "radius-server key …", "crypto isakmp key … address …", "key-string …",
// "ip ospf message-digest-key 1 md5 …".
void FindDeviceKeys(const Scan& scan, std::size_t at, const Line& line, std::string_view name, Secrets& secrets) {
  std::string_view lead = " key ";
  if (name == "string") {
    if (!Before(scan, at, 4).ends_with("key-") && !Before(scan, at, 7).ends_with("secret-")) return;
    lead = " ";
  } else if (name == "digest") {
    if (!Before(scan, at, 8).ends_with("message-")) return;
    lead = " md5 ";
  }
  const auto found = line.text.find(lead);
  if (found == line.text.npos) return;
  std::size_t begin = found + lead.size();
  if (IsAsciiDigit(At(line.text, begin)) && At(line.text, begin + 1) == ' ') begin += 2;
  const LedSecret value = line.ValueAt(begin);
  if (MayBePassword(Of(scan, value))) secrets.push_back(value);
}

// A line of a device that gives a key to somebody: "set security ike policy p pre-shared-key ascii-text …",
// "username ida privilege 15 secret …", "ntp authentication-key 1 md5 …".
void FindOnDeviceLine(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  static const WordSet kBegins(
      {"set", "username", "enable", "ntp",  "wlan", "ikev1",  "ikev2", "standby", "vrrp", "neighbor",
       "ip",  "crypto",   "vtp",    "ppp",  "key",  "server", "local", "snmp",    "area", "authentication",
       "pre", "user",     "hsrp",   "isis", "bgp"});
  static const WordSet kFillers({"ascii", "ascii-text", "text", "local", "remote", "hex", "0", "5", "6", "7", "set-key",
                                 "1", "-key", "-secret", "-value", "-string", "-text"});
  constexpr std::size_t kBytesBefore = 120, kWordsMax = 4;
  if (!IsOneOf(At(line.text, 0), " -")) return;
  WordReader words(line);
  LedSecret value = words.Next();
  for (std::size_t i = 1; kFillers.contains(WordHash(Of(scan, value))); ++i) {
    if (i == kWordsMax) return;
    value = words.Next();
  }
  const std::string_view text = Of(scan, value);
  if (!MayBePassword(text) || NamesAlgorithm(text)) return;  // as most
  const std::string_view before = Before(scan, at, kBytesBefore);
  const auto first = before.find_first_not_of(" \t");
  if (first == before.npos) return;
  const std::string_view begin = before.substr(first, before.find_first_of(" -", first) - first);
  const bool sign = text.find_first_of("._!#%&*+@") != text.npos || IsPasswordForSure(text);
  if (kBegins.contains(WordHash(begin)) && (sign || begin != "set")) secrets.push_back(value);
}

// `cy.get('#pw').type("…")`, `find_element(By.ID, "password").send_keys("…")`: of a field for passwords.
void FindTyped(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  constexpr std::size_t kBytesBefore = 80;
  if (At(line.text, std::min(line.text.find_first_not_of("= "), line.text.size())) != '(') return;  // as most
  const std::string before = Fold(Before(scan, at, kBytesBefore));
  if (before.find("pass") == before.npos && before.find("pw") == before.npos) return;
  FindArgument(scan, line, 0, secrets);
}

// "app:…@tcp(db:3306)/crm", as programs in Go write it.
void FindBeforeProtocol(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  constexpr std::size_t kBytesBefore = 80;
  if (At(line.text, 0) != '(' || !Before(scan, at, 1).ends_with('@')) return;
  const std::string_view before = Before(scan, at, kBytesBefore);
  const auto colon = before.rfind(':');
  if (colon == before.npos) return;
  const std::size_t first = scan.tokens[at].begin - before.size();
  const LedSecret value{first + colon + 1, scan.tokens[at].begin - 1u, true};
  if (MayBePassword(Of(scan, value))) secrets.push_back(value);
}

// `send "…\r"` of expect.
void FindSent(const Scan& scan, const Line& line, Secrets& secrets) {
  if (!IsOneOf(At(line.text, 1), "\"-") || At(line.text, 0) != ' ') return;
  LedSecret value = line.ValueAt(line.text.starts_with(" -- ") ? 3 : 0);
  const auto ends = Of(scan, value).find("\\r");
  if (ends == std::string_view::npos) return;
  value.end = value.begin + ends;
  if (MayBePassword(Of(scan, value)) && Of(scan, value).find(' ') == std::string_view::npos) secrets.push_back(value);
}

// "root/…", "admin:…@10.0.0.8".
void FindOfRoot(const Scan& scan, const Line& line, Secrets& secrets) {
  if (!IsOneOf(At(line.text, 0), ":/")) return;
  LedSecret value = line.ValueAt(1);
  value.end = std::min(value.end, value.begin + std::min(Of(scan, value).find('@'), Of(scan, value).size()));
  const std::string_view text = Of(scan, value);
  const bool sign = text.find_first_of(line.text[0] == ':' ? "!#$%&*?+." : "!#$%&*?+") != text.npos;
  if (IsPasswordForSure(text) && sign && text.find(':') == text.npos) secrets.push_back(value);
}

// "snmp-server user mon grp v3 auth sha … priv aes 128 …", "snmpget -A … -X …", "snmpwalk -c …", "createUser mon SHA
// …".
void FindSnmpKeys(const Scan& scan, const Line& line, Secrets& secrets) {
  static const WordSet kBefore({"sha", "md5", "aes", "des", "3des", "128", "192", "256", "a", "x", "c"});
  constexpr std::size_t kWordsMax = 24;
  LedSecret last{line.begin, line.begin};
  WordReader words(line);
  for (std::size_t i = 0; i < kWordsMax; ++i) {
    const LedSecret value = words.Next();
    if (value.begin == value.end) return;
    std::string_view before = Of(scan, last);
    if (before.starts_with('-')) before.remove_prefix(1);
    if (kBefore.contains(FoldedWordHash(before)) && MayBePassword(Of(scan, value))) secrets.push_back(value);
    last = value;
  }
}

// `connect("db", "app", "…")`, `auth=("ops", "…")`, `createHmac("sha256", "…")`: the quoted argument that is a
// password, from the argument `from` on.
void FindArgument(const Scan& scan, const Line& line, std::size_t from, Secrets& secrets) {
  constexpr std::size_t kArgumentsMax = 6, kKeyBytes = 40;
  std::size_t at = 0;
  while (IsOneOf(At(line.text, at), "= ")) ++at;
  if (at > 3 || At(line.text, at) != '(') return;
  ++at;
  for (std::size_t i = 0; i < kArgumentsMax && at < line.text.size(); ++i) {
    while (At(line.text, at) == ' ') ++at;
    const bool quoted = IsOneOf(At(line.text, at), "\"'") || IsOneOf(At(line.text, at + 1), "\"'");
    const LedSecret value = line.ValueAt(at);
    const std::string_view text = Of(scan, value);
    const bool is = from > 1 ? IsPasswordForSure(text) : MayBePassword(text) && !NamesAlgorithm(text);
    if (i >= from && quoted && is && text.find_first_of(text.size() < kKeyBytes ? " /@" : " @") == text.npos)
      return secrets.push_back(value);
    at = quoted ? value.end - line.begin : at;
    while (at < line.text.size() && !IsOneOf(line.text[at], ",)")) ++at;
    if (At(line.text, at) != ',') return;
    ++at;
  }
}

// "creds: admin / …", "credentials are hugo:…", "log in with hugo / …", "imap: hugo@example.org / …".
void FindLogin(const Scan& scan, const Line& line, std::string_view name, Secrets& secrets) {
  static const WordSet kOfAccounts({"creds", "credentials", "login", "logins", "auth", "zugang", "zugangsdaten"});
  constexpr std::size_t kAheadMax = 80;
  if (name == "log" && !line.text.starts_with(" in ")) return;
  const std::string_view ahead = line.text.substr(0, kAheadMax);
  const bool of_account = kOfAccounts.contains(FoldedWordHash(name)), slash = ahead.find('/') != ahead.npos;
  for (const std::string_view sign : {" / ", ":", "/"}) {
    if (sign != " / " && !of_account) return;
    if (sign != ":" && !slash) continue;  // as most
    for (auto at = ahead.find(sign); at != ahead.npos; at = ahead.find(sign, at + 1)) {
      const std::size_t begin = at + sign.size();
      const LedSecret value = line.ValueAt(begin);
      if (at > 0 && IsAsciiAlnum(ahead[at - 1]) && At(ahead, begin) != ' ' && IsPasswordForSure(Of(scan, value)))
        return secrets.push_back(value);
    }
  }
}

// "the admin password is still …", "changed the password from … to …", "temporary password Qm7-Vt2-Kx9 must …".
void FindSaidPassword(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  static const WordSet kBefore({"is", "still", "now", "again", "currently", "lautet", "ist", "es", "est"});
  static const WordSet kOfChange({"from", "to", "von", "auf", "de", "a"});
  constexpr std::size_t kWordsMax = 8, kBytesBefore = 32;
  const auto is_changed = [&] {
    const std::string_view before = Before(scan, at, kBytesBefore);
    return before.find("hange") != before.npos || before.find("set ") != before.npos;
  };
  const auto leads_on = [&](const LedSecret& last) {
    const std::uint32_t word = FoldedWordHash(Of(scan, last));
    return kBefore.contains(word) || (kOfChange.contains(word) && is_changed());
  };
  LedSecret last{line.begin, line.begin};
  WordReader words(line);
  for (std::size_t i = 0; i < kWordsMax; ++i) {
    const LedSecret value = words.Next();
    if (value.begin == value.end) return;
    if (IsPasswordForSure(Of(scan, value)) && (i == 0 ? At(line.text, 0) == ' ' : leads_on(last)))
      secrets.push_back(value);
    last = value;
  }
}

// "here's the token btw …", "deepgram key …", "Unseal Key 1: …", "private key (hex): 0x…"; and "… is the admin key".
void FindSaidKey(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  static const WordSet kBetween(
      {"is", "was", "btw", "here", "now", "again", "for", "prod", "hex", "1", "2", "3", "4", "5"});
  static const WordSet kNoKey({"public", "primary", "foreign", "site", "cache", "partition", "commit", "session",
                               "client", "host", "sort", "publishable", "invalid", "peer", "verify", "old", "did"});
  if (at > 0 && kNoKey.contains(scan.tokens[at - 1].hash)) return;
  if (!IsOneOf(At(line.text, 0), " :=\"'")) return;
  constexpr std::size_t kWordsMax = 4, kBytesMin = 20;
  WordReader words(line);
  for (std::size_t i = 0; i < kWordsMax; ++i) {
    LedSecret value = words.Next();
    std::string_view text = Of(scan, value);
    while (text.size() > 1 && IsOneOf(text.front(), "(=:")) {
      text.remove_prefix(1);
      ++value.begin;
    }
    if (IsRandomRun(text, kBytesMin) && (i > 0 || At(line.text, 0) != ' ' || !IsUuid(text)))
      return secrets.push_back({value.begin, value.end});
    while (!text.empty() && IsOneOf(text.back(), "):,")) text.remove_suffix(1);
    if (!text.empty() && text != "=" && text != ":" && !kBetween.contains(FoldedWordHash(text))) break;
    if (value.begin >= line.begin + line.text.size()) break;
  }
  constexpr std::size_t kBytesBefore = 160, kWordsBefore = 24, kBytesBetween = 40, kNear = 50;
  constexpr std::uint32_t kIs = WordHash("is");
  const Token* const word = scan.tokens.data() + at;
  bool is_near = false;
  for (std::size_t i = 1; i <= std::min(at, kWordsBefore) && word->begin - (word - i)->begin <= kNear; ++i)
    is_near = is_near || (word - i)->hash == kIs;
  if (!is_near) return;  // as most
  const std::string_view before = Before(scan, at, kBytesBefore);
  for (const std::string_view is : {" is the ", " is our ", " is my ", " is your "}) {
    const std::size_t far = before.size() - std::min(before.size(), is.size() + kBytesBetween);
    const auto found = before.substr(far).rfind(is);
    if (found == before.npos) continue;
    const std::size_t end = far + found;
    const auto space = before.rfind(' ', end - 1);
    const std::size_t begin = space == before.npos ? 0 : space + 1;
    const std::size_t first = scan.tokens[at].begin - before.size();
    if (end > begin && IsRandomRun(before.substr(begin, end - begin), kBytesMin))
      secrets.push_back({first + begin, first + end});
  }
}

// "TOTP seed: MSOO V3TJ 2IJI K2LN", "authenticator setup key …", "app password: abcd efgh ijkl mnop": groups of four.
void FindGroups(const Line& line, Secrets& secrets) {
  constexpr std::size_t kAheadMax = 64, kGroup = 4, kGroupsMin = 4, kRunMin = 16, kRunMax = 56;
  const auto is_base32 = [](char c) { return IsAsciiLetter(c) || (c >= '2' && c <= '7'); };
  for (std::size_t at = 0; at < std::min(line.text.size(), kAheadMax); ++at) {
    if (!IsOneOf(At(line.text, at), " :=\"'")) continue;
    const std::size_t begin = at + 1;
    std::size_t end = begin, groups = 0;
    const auto run = [&](std::size_t from) {
      std::size_t i = from;
      while (i < line.text.size() && is_base32(line.text[i])) ++i;
      return i - from;
    };
    const std::size_t whole = run(begin);
    while ((groups == 0 ? whole : run(end)) == kGroup) {
      ++groups;
      end += kGroup;
      if (!IsOneOf(At(line.text, end), " -") || run(end + 1) != kGroup) break;
      ++end;
    }
    const bool one = whole >= kRunMin && whole <= kRunMax;
    if (!one && groups < kGroupsMin) continue;  // as nearly all
    if (one) end = begin + whole;
    const Mix mix(line.text.substr(begin, end - begin));
    const bool mixed = mix.upper != mix.lower && mix.digit;
    const bool app = !mix.upper && !mix.digit && groups == kGroupsMin && begin > 1 && line.text[begin - 2] == ':';
    if ((one && mixed) || (groups >= kGroupsMin && (mixed || app)))
      return secrets.push_back({line.begin + begin, line.begin + end, true});
  }
}

// "Your backup codes: 4f8a-91bc, 77de-02aa".
void FindCodes(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  static const WordSet kKinds({"backup", "recovery", "rescue", "emergency"});
  constexpr std::size_t kWordsMax = 12, kBytesMin = 8;
  if (at == 0 || !kKinds.contains(scan.tokens[at - 1].hash)) return;
  const Line lines{scan.text.substr(line.begin, kLineBytesMax), line.begin};
  WordReader words(lines);
  for (std::size_t i = 0; i < kWordsMax; ++i) {
    const LedSecret value = words.Next();
    const std::string_view text = Of(scan, value);
    const bool code = text.size() >= kBytesMin && Mix(text).digit && Mix(text).letter() &&
                      std::ranges::all_of(text, [](char c) { return IsAsciiAlnum(c) || c == '-'; });
    if (code) secrets.push_back(value);
  }
}

// `<keyMaterial>…<`, "keyMaterial=…", OpenWrt's "option key '…'", "wpa_passphrase=three words of it", `: EAP "…"`.
void FindOfNetwork(const Scan& scan, std::size_t at, const Line& line, std::string_view name, Secrets& secrets) {
  constexpr std::size_t kBytesMin = 8, kBytesMax = 63;  // of WPA
  if (name == "passphrase") {
    if (!Before(scan, at, 4).ends_with("wpa_") || At(line.text, 0) != '=') return;
    const std::string_view value = line.text.substr(1);
    const bool words = value.find(' ') != value.npos && value.find('#') == value.npos;
    if (words && value.size() >= kBytesMin && value.size() <= kBytesMax && !LooksMadeUp(value))
      secrets.push_back({line.begin + 1, line.begin + line.text.size(), true});
  } else if (name == "EAP" || name == "XAUTH") {
    if (Before(scan, at, 3).ends_with(": ") && MayBePassword(Of(scan, line.ValueAt(0))))
      secrets.push_back(line.ValueAt(0));
  } else if (name == "option") {
    if (line.text.starts_with(" key ") && MayBePassword(Of(scan, line.ValueAt(4)))) secrets.push_back(line.ValueAt(4));
  } else if (IsOneOf(At(line.text, 0), "=>:")) {
    const LedSecret value = line.ValueAt(1);
    if (MayBePassword(Of(scan, value))) secrets.push_back(value);
  }
}

// "PUK: 84736251", "passcode 482193": digits alone.
void FindDigits(const Scan& scan, const Line& line, Secrets& secrets) {
  constexpr std::size_t kDigitsMin = 6, kDigitsMax = 10;
  std::size_t at = 0;
  while (IsOneOf(At(line.text, at), ":= ")) ++at;
  const LedSecret value = line.ValueAt(at);
  const std::string_view text = Of(scan, value);
  if (at > 0 && text.size() >= kDigitsMin && text.size() <= kDigitsMax && std::ranges::all_of(text, IsAsciiDigit))
    secrets.push_back(value);
}

// ConvertTo-SecureString "…" -AsPlainText -Force
void FindPlainText(const Scan& scan, const Line& line, Secrets& secrets) {
  const auto given = line.text.find(" --value ");  // of a parameter store
  if (given != line.text.npos && MayBePassword(Of(scan, line.ValueAt(given + 8))))
    return secrets.push_back(line.ValueAt(given + 8));
  if (line.text.find("-AsPlainText") == line.text.npos) return;
  const auto quote = line.text.find_first_of("\"'");
  if (quote != line.text.npos && MayBePassword(Of(scan, line.ValueAt(quote)))) secrets.push_back(line.ValueAt(quote));
}

enum class Lead {
  kNone,
  kOptions,
  kPair,
  kOracle,
  kPiped,
  kInPlace,
  kDevice,
  kSnmp,
  kArgument,
  kSecondArgument,
  kThirdArgument,
  kLogin,
  kSaid,
  kKey,
  kGroups,
  kCodes,
  kSqlFunction,
  kNetwork,
  kPlainText,
  kDeviceLine,
  kTyped,
  kProtocol,
  kSent,
  kRoot,
  kDigits,
};

struct Words {
  Lead lead;
  std::string_view words;
};
constexpr std::array<Words, 24> kWords = {
    {{Lead::kOptions,
      "mariadb lftp curl http https ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd unzip zip openssl keytool "
      "jarsigner unrar keygen schtasks net rpcclient obscure"},
     {Lead::kPair, "u user username"},
     {Lead::kOracle, "sqlplus impdp expdp sqlldr rman conn connect"},
     {Lead::kPiped, "echo printf"},
     {Lead::kInPlace,
      "unseal rabbitmqctl htpasswd net mc rocommunity rwcommunity rootpw requirepass masterauth identified "
      "setcookie kinit vncpasswd smbpasswd auth"},
     {Lead::kDevice, "tacacs radius isakmp string digest"},
     {Lead::kSnmp, "snmp snmpget snmpwalk snmpset snmpbulkwalk snmpbulkget snmptrap createuser"},
     {Lead::kArgument, "fernet aes wallet"},
     {Lead::kSecondArgument,
      "withcredentials awscredentials basicawscredentials basiccredentials "
      "auth login createhmac hmac sign verify basicauth"},
     {Lead::kThirdArgument, "connect pdo mysqli getconnection createconnection user bind sequelize"},
     {Lead::kLogin,
      "creds credentials login logins log auth zugang zugangsdaten acceso accesos acces accesso identifiants ssid wifi "
      "wlan imap smtp ftp vpn rdp ssh"},
     {Lead::kSaid,
      "password passwd pwd pw pass passwort kennwort passphrase contrasena senha wachtwoord haslo heslo jelszo "
      "salasana "
      "losenord passord adgangskode lozinka geslo sifre parola passe mdp clave пароль парола"},
     {Lead::kKey, "key token secret pat fernet apikey applicationkey private"},
     {Lead::kGroups, "totp otp mfa authenticator seed password"},
     {Lead::kCodes, "codes"},
     {Lead::kSqlFunction, "password"},
     {Lead::kNetwork, "keymaterial passphrase eap xauth option userpwd"},
     {Lead::kPlainText, "securestring"},
     {Lead::kDeviceLine, "key secret shared community value psk md5"},
     {Lead::kTyped, "type keys sendkeys fill"},
     {Lead::kProtocol, "tcp unix"},
     {Lead::kSent, "send"},
     {Lead::kRoot, "root admin administrator"},
     {Lead::kDigits, "puk passcode"}}};

void FindBy(Lead lead, const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  const std::string_view name = scan.Of(scan.tokens[at]);
  switch (lead) {
    case Lead::kNone:
      return;
    case Lead::kOptions:
      return FindOptions(scan, line, name, secrets);
    case Lead::kPair:
      return FindPairOfOptions(scan, at, line, secrets);
    case Lead::kOracle:
      return FindOracleLogins(scan, line, secrets);
    case Lead::kPiped:
      return FindPiped(scan, line, secrets);
    case Lead::kInPlace:
      return FindInPlace(scan, at, line, name, secrets);
    case Lead::kDevice:
      return FindDeviceKeys(scan, at, line, name, secrets);
    case Lead::kSnmp:
      return FindSnmpKeys(scan, line, secrets);
    case Lead::kArgument:
      return FindArgument(scan, line, 0, secrets);
    case Lead::kSecondArgument:
      return FindArgument(scan, line, 1, secrets);
    case Lead::kThirdArgument:
      return FindArgument(scan, line, 2, secrets);
    case Lead::kLogin:
      return FindLogin(scan, line, name, secrets);
    case Lead::kSaid:
      return FindSaidPassword(scan, at, line, secrets);
    case Lead::kKey:
      return FindSaidKey(scan, at, line, secrets);
    case Lead::kGroups:
      return FindGroups(line, secrets);
    case Lead::kCodes:
      return FindCodes(scan, at, line, secrets);
    case Lead::kSqlFunction:
      if (name == "PASSWORD") FindArgument(scan, line, 0, secrets);
      if (Before(scan, at, 5).ends_with("auth_")) FindArgument(scan, line, 1, secrets);
      return;
    case Lead::kNetwork:
      return FindOfNetwork(scan, at, line, name, secrets);
    case Lead::kDeviceLine:
      return FindOnDeviceLine(scan, at, line, secrets);
    case Lead::kTyped:
      return FindTyped(scan, at, line, secrets);
    case Lead::kProtocol:
      return FindBeforeProtocol(scan, at, line, secrets);
    case Lead::kSent:
      return FindSent(scan, line, secrets);
    case Lead::kDigits:
      return FindDigits(scan, line, secrets);
    case Lead::kRoot:
      return FindOfRoot(scan, line, secrets);
    case Lead::kPlainText:
      return FindPlainText(scan, line, secrets);
  }
}

using Leads = std::array<Lead, 4>;  // of one word, the rest kNone

const WordMap<Leads>& LeadsOfWords() {
  static const auto leads = [] {
    WordMap<Leads> map;
    for (const auto& [lead, words] : kWords) {
      std::string_view rest = words;
      while (!rest.empty()) {
        const auto space = std::min(rest.find(' '), rest.size());
        *std::ranges::find(map[WordHash(rest.substr(0, space))], Lead::kNone) = lead;
        rest.remove_prefix(std::min(space + 1, rest.size()));
      }
    }
    return map;
  }();
  return leads;
}

// Whether an address is one of a hook: "hooks.example.com/…", "…/webhook/…", "…/integration/…/enqueue".
bool SaysHook(std::string_view part) {
  static const WordSet kHooks({"hook", "hooks", "webhook", "webhooks", "incoming", "webhookb2", "integration", "rpc",
                               "quiknode", "infura", "alchemy", "alchemyapi", "hc-ping", "trigger"});
  return kHooks.contains(WordHash(part));
}

}  // namespace

bool IsNameInCode(std::string_view value) {
  constexpr std::size_t kWords = 3, kLetters = 3;
  std::size_t words = 0, letters = 0;
  for (const char c : value) {
    letters = IsAsciiLower(c) ? letters + 1 : 0;
    words += letters == kLetters;
  }
  return words >= kWords && std::ranges::all_of(value, IsAsciiAlnum);
}

std::string_view LeadsToSecrets() {
  static const std::string words = [] {
    std::string all;
    for (const Words& of : kWords) all.append(all.empty() ? "" : " ").append(of.words);
    return all;
  }();
  return words;
}

void FindSecretsBehind(const Scan& scan, std::size_t at, std::vector<LedSecret>& secrets) {
  const Leads* leads = LeadsOfWords().Find(scan.tokens[at].hash);
  if (leads == nullptr) return;
  const Line line = LineBehind(scan, scan.tokens[at]);
  for (const Lead lead : *leads) FindBy(lead, scan, at, line, secrets);
}

bool OpensByItself(std::string_view host_and_path) {
  constexpr std::size_t kBytesMin = 16, kUserBytesMin = 24, kLetterBytesMin = 20;
  constexpr std::size_t kHash = 32;  // hexadecimal digits: what a Sentry address has, which may be known
  const auto path = std::min(host_and_path.find('/'), host_and_path.size());
  const auto user = host_and_path.substr(0, path).find('@');
  if (user != host_and_path.npos && user >= kUserBytesMin && user != kHash &&
      LooksLikeKey(host_and_path.substr(0, user), kUserBytesMin))
    return true;
  // What is sent in a letter and lets in whoever has it.
  static const WordSet kOfLetters({"invite", "invites", "invitation", "reset", "verify", "activate", "activation",
                                   "confirm", "magic", "magic-link", "reset-password", "password-reset",
                                   "unsubscribe"});
  bool hook = false, after_letter = false;
  std::size_t at = 0;
  while (at < host_and_path.size()) {
    const CharSet divides = at < path ? CharSet("./") : CharSet("/?#");
    std::size_t end = at;
    while (end < host_and_path.size() && !divides.Has(host_and_path[end])) ++end;
    const std::string_view part = host_and_path.substr(at, end - at);
    hook = hook || SaysHook(part);
    if (hook && at > path && IsRandomRun(part, kBytesMin)) return true;
    if (at > path && (after_letter || part.starts_with("private-")) && IsRandomRun(part, kLetterBytesMin)) return true;
    after_letter = kOfLetters.contains(FoldedWordHash(part));
    if (end < host_and_path.size() && host_and_path[end] == '?') return false;
    at = end + 1;
  }
  return false;
}

namespace {

// "db-password-2", "app_token": what a keeper of secrets calls one of them.
bool NamesSecret(std::string_view value) {
  static const WordSet kNames(
      {"password", "passwd", "secret", "secrets", "token", "cred", "creds", "credential", "credentials"});
  constexpr std::size_t kDigitsMax = 3;
  std::size_t digits = 0, begin = 0;
  bool named = false, parted = false;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (const char c = At(value, i); i == value.size() || c == '-' || c == '_') {
      named = named || kNames.contains(WordHash(value.substr(begin, i - begin)));
      parted = parted || i < value.size();
      begin = i + 1;
    } else if (IsAsciiDigit(c)) {
      ++digits;
    } else if (!IsAsciiLower(c)) {
      return false;
    }
  }
  return named && parted && digits <= kDigitsMax;
}

}  // namespace

bool PointsElsewhere(std::string_view value) {
  static const WordSet kKeepers({"vault",   "ssm",      "sops", "file",  "env",     "keyring", "secretsmanager",
                                 "awskms",  "gcpkms",   "arn",  "op",    "ref",     "kms",     "gcp",
                                 "azurekv", "keyvault", "bws",  "pass",  "doppler", "conjur",  "secret",
                                 "secrets", "gsm",      "sm",   "awssm", "ssh",     "projects"});
  if (NamesSecret(value)) return true;
  const auto sign = value.find_first_of(":+");
  constexpr std::size_t kSealedBytesMin = 40;
  // Halves of keys that pages and programs show to everybody.
  for (const std::string_view begin :
       {"pk_live_", "pk_test_", "pk.eyJ", "phc_", "sb_publishable_", "FLWPUBK", "age1"}) {
    if (value.starts_with(begin)) return true;
  }
  // Encrypted already: by AWS KMS, and as Kubernetes' SealedSecret.
  if (value.starts_with("AQICAH") || value.starts_with("AQECAH")) return true;
  if (value.size() >= kSealedBytesMin && value.starts_with("Ag") && At(value, 2) >= 'A' && At(value, 2) <= 'D')
    return true;
  if (value.starts_with("projects/") || value.starts_with("kv/") || value.starts_with("secret/")) return true;
  return sign != value.npos && kKeepers.contains(FoldedWordHash(value.substr(0, sign)));
}

}  // namespace privity::detect
