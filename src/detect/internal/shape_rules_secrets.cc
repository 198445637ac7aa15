// Passwords and keys by the form that they stand in: blocks of keys, headers, queries, calls, options of programs.
#include "detect/internal/shape_rules.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/bytes.h"
#include "detect/internal/letters.h"
#include "detect/internal/secret_leads.h"
#include "detect/internal/secret_values.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {

// "-----BEGIN … PRIVATE KEY-----" up to its end, within 16 KiB. `ends` is where the next "-----END " stands, looked for
// once for all the beginnings before it.
void ShapeRules::FindPrivateKey(const Scan& scan, const Token& begin, std::size_t& ends,
                                std::vector<Find>& finds) const {
  static constexpr std::string_view kBegin = "-----BEGIN ", kEnd = "-----END ";
  if (begin.begin < 5 || scan.text.compare(begin.begin - 5, kBegin.size(), kBegin) != 0) return;
  const std::size_t at = begin.begin - 5;
  const std::string_view line = scan.text.substr(at, 64);
  const auto dashes = line.find("-----", kBegin.size());
  if (dashes == line.npos || (line.substr(0, dashes).find("PRIVATE KEY") == line.npos &&
                              line.substr(0, dashes).find("Static key") == line.npos))
    return;
  if (ends <= at) {
    ends = std::min(scan.text.find(kEnd, at), scan.text.size());
    scan.steps += ends - at;
  }
  const bool near_by = ends - at + kEnd.size() <= 16 << 10 && ends < scan.text.size();
  const auto closed = near_by ? scan.text.substr(ends + kEnd.size(), 80).find("-----") : scan.text.npos;
  const std::size_t end = closed == scan.text.npos ? at + dashes + 5 : ends + kEnd.size() + closed + 5;
  Report(at, end, credentials_, 0.97, finds);
}

namespace {

// A name, a colon and a password in base64; empty for anything else.
std::string DecodedLogin(std::string_view encoded) {
  std::string padded(encoded);
  while (padded.size() % 4 != 0) padded += '=';
  const Result<Bytes> bytes = Base64Decode(padded);
  if (!bytes.ok()) return {};
  const std::string_view login = AsText(*bytes);
  const auto colon = login.find(':');
  const bool plain = std::ranges::all_of(login, [](char c) { return c >= 0x20 && c < 0x7F; });
  return plain && colon != login.npos && colon > 0 && colon + 1 < login.size() ? std::string(login) : std::string();
}

}  // namespace

// "Authorization: Basic cm9zYTp4…", docker's "auth": "cm9zYTp4…": a name, a colon and a password in base64.
void ShapeRules::FindEncodedLogin(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesMin = 8, kBytesMax = 512;
  const std::string_view text = scan.text;
  std::size_t begin = word.end;
  while (begin < text.size() && begin - word.end < 6 && IsOneOf(text[begin], "\": '=")) ++begin;
  std::size_t end = begin;
  while (end < text.size() && end - begin < kBytesMax && (IsAsciiAlnum(text[end]) || IsOneOf(text[end], "+/="))) ++end;
  scan.steps += end - word.end;
  if (begin == word.end || end - begin < kBytesMin) return;
  const std::string login = DecodedLogin(text.substr(begin, end - begin));
  if (!login.empty() && !LooksMadeUp(std::string_view(login).substr(login.find(':') + 1)))
    Report(begin, end, credentials_, 0.9, finds);
}

void ShapeRules::FindLed(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  // A key of a known provider is better told by its own form; a password may look like a name.
  constexpr double kPassword = 0.97, kKey = 0.55;
  std::vector<LedSecret> secrets;
  FindSecretsBehind(scan, at, secrets);
  for (const LedSecret& secret : secrets)
    Report(secret.begin, secret.end, secret.password ? password_ : credentials_, secret.password ? kPassword : kKey,
           finds);
}

namespace {

std::size_t KeyEnd(std::string_view text, std::size_t at) {
  constexpr std::size_t kBytesMax = 512;
  const std::size_t begin = at;
  while (at < text.size() && at - begin < kBytesMax && (IsAsciiAlnum(text[at]) || IsOneOf(text[at], "-_.~%+/=|:")))
    ++at;
  return at;
}

}  // namespace

// "?code=…", "&sig=…", "&X-Amz-Signature=…": what opens a page without a name and a password.
void ShapeRules::FindKeyOfQuery(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesMin = 28, kNameBytesMax = 12;
  const std::string_view text = scan.text;
  std::size_t name = word.begin;
  while (name > 0 && word.begin - name < kNameBytesMax && (IsAsciiAlnum(text[name - 1]) || text[name - 1] == '-'))
    --name;
  if (name == 0 || !IsOneOf(text[name - 1], "?&") || At(text, word.end) != '=') return;
  const std::size_t begin = word.end + 1u, end = KeyEnd(text, begin);
  scan.steps += end - begin;
  if (LooksLikeKey(text.substr(begin, end - begin), kBytesMin)) Report(begin, end, credentials_, 0.9, finds);
}

// "Cookie: session=…; lang=en", "Set-Cookie: …", "Authorization: GenieKey …": the first long key of the line.
void ShapeRules::FindInHeader(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 400, kBytesMin = 20, kValuesMax = 8;
  const std::string_view ahead = scan.text.substr(word.end, kBytesAhead);
  if (At(ahead, ahead.find_first_not_of("\"'")) != ':') return;
  const std::string_view line = ahead.substr(0, ahead.find('\n'));
  std::size_t at = std::min(line.find_first_not_of("\"'"), line.size());
  if (At(line, at) != ':') return;
  scan.steps += line.size();
  const bool cookie = (scan.text[word.begin] | 0x20) == 'c';
  for (std::size_t values = 0; values < kValuesMax && at < line.size(); ++values) {
    at = line.find_first_of(cookie ? "=" : " ", at);
    if (at == line.npos) return;
    ++at;
    const std::size_t end = std::min(KeyEnd(line, at), line.size());
    const std::string login = cookie ? std::string() : DecodedLogin(line.substr(at, end - at));
    if (!login.empty()) return;  // FindEncodedLogin's
    if (LooksLikeKey(line.substr(at, end - at), kBytesMin))
      return Report(word.end + at, word.end + end, credentials_, 0.85, finds);
  }
}

// `new NetworkCredential("svc_report", "River0341.")`.
void ShapeRules::FindSecondArgument(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 160, kBytesMin = 6;
  const std::string_view rest = scan.text.substr(word.end, kBytesAhead);
  scan.steps += rest.size();
  const auto comma = rest.starts_with('(') ? rest.find(',') : rest.npos;
  const auto quote = comma == rest.npos ? rest.npos : rest.find_first_not_of(' ', comma + 1);
  if (quote == rest.npos || !IsOneOf(rest[quote], "\"'")) return;
  const auto end = rest.find(rest[quote], quote + 1);
  if (end == rest.npos) return;
  const std::string_view value = rest.substr(quote + 1, end - quote - 1);
  const bool mixed = std::ranges::any_of(value, IsAsciiDigit) || LooksRandom(value);
  if (value.size() < kBytesMin || !mixed || value.find(' ') != value.npos || LooksMadeUp(value)) return;
  Report(word.end + quote + 1, word.end + end, password_, 0.8, finds);
}

// "seed phrase: bonus cricket silver …": twelve words or more (BIP 39).
void ShapeRules::FindSeedPhrase(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kKinds(
      {"seed", "recovery", "mnemonic", "backup", "wallet", "secret", "metamask", "ledger", "trezor"});
  static const WordSet kAre({"are", "is"});
  constexpr std::size_t kWordsBetween = 6, kWordsMin = 12, kWordsMax = 24;
  constexpr std::uint32_t kLettersMin = 3, kLettersMax = 8, kMnemonic = WordHash("mnemonic");
  const bool named = scan.tokens[at].hash == kMnemonic || (at > 0 && kKinds.contains(scan.tokens[at - 1].hash));
  for (std::size_t i = at; named && i < scan.tokens.size() && i < at + kWordsBetween; ++i) {
    const std::string_view between = i + 1 < scan.tokens.size() ? scan.Between(i) : "";
    if (between.find_first_of(":=") == between.npos && !kAre.contains(scan.tokens[i].hash)) continue;
    std::size_t last = i + 1;
    const auto is_word = [&](std::size_t word) {
      const Token& token = scan.tokens[word];
      return token.word() && token.ascii && !token.has_upper && token.size() >= kLettersMin &&
             token.size() <= kLettersMax;
    };
    while (last < scan.tokens.size() && last - i <= kWordsMax && is_word(last) &&
           (last == i + 1 || scan.IsBetween(last - 1, ' ')))
      ++last;
    if (last - i - 1 >= kWordsMin)
      Report(scan.tokens[i + 1].begin, scan.tokens[last - 1].end, credentials_, 0.9, finds);
    return;
  }
}

// "WIFI:T:WPA;S:Guests;P:…;;", as a code on the wall has it.
void ShapeRules::FindWifiCode(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 160;
  constexpr std::string_view kPassword = ";P:";
  const std::string_view rest = scan.text.substr(word.end, kBytesAhead);
  scan.steps += rest.size();
  const auto at = rest.starts_with(':') ? rest.find(kPassword) : rest.npos;
  const auto end = at == rest.npos ? at : rest.find(';', at + kPassword.size());
  if (end == rest.npos || end == at + kPassword.size()) return;
  Report(word.end + at + kPassword.size(), word.end + end, password_, 0.9, finds);
}

// "jdbc:oracle:thin:hr/…@//db.example.org:1521/PDB".
void ShapeRules::FindOracleLogin(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 128, kBytesMin = 4;
  const std::string_view rest = scan.text.substr(word.end, kBytesAhead);
  scan.steps += rest.size();
  const auto slash = rest.starts_with(':') ? rest.find('/') : rest.npos;
  const auto end = slash == rest.npos ? slash : rest.find('@', slash);
  if (end == rest.npos || end - slash <= kBytesMin || rest.substr(0, end).find(' ') != rest.npos) return;
  const std::string_view value = rest.substr(slash + 1, end - slash - 1);
  if (!LooksMadeUp(value)) Report(word.end + slash + 1, word.end + end, password_, 0.9, finds);
}

// "PuTTY-User-Key-File-3: …" and, some lines on, "Private-Lines: 8".
void ShapeRules::FindPuttyKey(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 4096;
  const std::string_view rest = scan.text.substr(word.end, kBytesAhead);
  if (!rest.starts_with("-User-Key-File-")) return;
  scan.steps += rest.size();
  constexpr std::string_view kMac = "Private-MAC: ";
  const auto lines = rest.find("Private-Lines: ");
  const auto mac = lines == rest.npos ? lines : rest.find(kMac, lines);
  if (mac == rest.npos) return;
  const auto end = std::min(rest.find('\n', mac), rest.size());
  Report(word.begin, word.end + end, credentials_, 0.97, finds);
}

// "curl -u rosa:x7…", "sshpass -p x7…", "docker login -p x7…", "mysql -px7…".
void ShapeRules::FindOptionOf(const Scan& scan, const Token& program, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 160;
  const std::string_view text = scan.text;
  const std::string_view line = text.substr(program.end, kBytesAhead);
  const std::string_view rest = line.substr(0, line.find('\n'));
  const std::string_view name = scan.Of(program);
  scan.steps += rest.size();
  if (name == "docker" || name == "podman") {
    if (!rest.starts_with(" login ")) return;  // elsewhere -p maps ports
  }
  if (name == "net" && !rest.starts_with(" use ")) return;
  struct Program {
    std::string_view name;
    std::array<std::string_view, 2> options;
    char behind = '\0';  // the sign in the value that the password stands behind
  };
  static constexpr std::array<Program, 13> kPrograms = {{{"curl", {" -u ", " --user "}, ':'},
                                                         {"wget", {" -u ", " --user "}, ':'},
                                                         {"mysql", {" -p", " --password="}},
                                                         {"mysqldump", {" -p", " --password="}},
                                                         {"mysqladmin", {" -p", " --password="}},
                                                         {"redis", {" -a ", " --pass "}},
                                                         {"ldapsearch", {" -w ", " --passwd "}},
                                                         {"sqlcmd", {" -P ", " --password "}},
                                                         {"ipmitool", {" -P ", " --password "}},
                                                         {"mosquitto", {" -P ", " --pw "}},
                                                         {"smbclient", {" -U ", " --user="}, '%'},
                                                         {"xfreerdp", {" /p:", " -p "}},
                                                         {"net", {" /user:", " /USER:"}, ' '}}};
  static constexpr Program kOthers = {"", {" -p ", " --password "}};
  const auto known = std::ranges::find(kPrograms, name, &Program::name);
  const Program& options = known == kPrograms.end() ? kOthers : *known;
  for (const std::string_view option : options.options) {
    const auto at = rest.find(option);
    if (at == rest.npos) continue;
    std::size_t begin = at + option.size();
    const char ends = IsOneOf(At(rest, begin), "\"'") ? rest[begin++] : ' ';
    std::size_t end = std::min(rest.find(ends, begin), rest.size());
    if (options.behind == ' ') {  // net use Z: \\\\server\\share /user:NAME PASSWORD
      begin = std::min(end + 1, rest.size());
      end = std::min(rest.find(' ', begin), rest.size());
    } else if (options.behind != '\0') {
      const auto sign = rest.substr(0, end).find(options.behind, begin);
      if (sign == rest.npos) continue;
      // "curl -u KEY:X": of an interface that wants a key for a name.
      constexpr std::size_t kStandInBytesMax = 1, kKeyBytesMin = 16;
      if (end - sign <= kStandInBytesMax + 1 && sign - begin >= kKeyBytesMin)
        end = sign;
      else
        begin = sign + 1;
    }
    const std::string_view value = rest.substr(begin, end - begin);
    const led::Mix mix(value);
    if (value.size() < 6 || !mix.letter() || (!mix.digit && !LooksRandom(value))) continue;
    if (value.find('$') != value.npos || LooksMadeUp(value)) continue;
    return Report(program.end + begin, program.end + end, password_, 0.8, finds);
  }
}

}  // namespace privity::detect
