// Passwords and keys by what names them: assignments, headers, options of programs, sentences.
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

namespace {

// "the password for the guests is", "das Passwort für den Zugang lautet", "pw on the staging box:": the place behind,
// or 0.
std::size_t BehindSentence(const Scan& scan, std::size_t word) {
  static const WordSet kIs(
      {"is", "was", "es", "ist", "lautet", "lauten", "war", "est", "e", "era", "jest", "var", "er"});
  constexpr std::size_t kWordsMax = 6;
  for (std::size_t i = word + 1; i < scan.tokens.size() && i <= word + kWordsMax; ++i) {
    const std::string_view between = scan.Between(i - 1);
    if (i > word + 1 && (between == ": " || between == " : ")) return scan.tokens[i - 1].end + between.size();
    if (between != " " && between != "-") return 0;
    if (i + 1 < scan.tokens.size() && kIs.contains(scan.tokens[i].hash) && scan.text[scan.tokens[i].end] == ' ')
      return scan.tokens[i].end + 1u;
    if (scan.tokens[i].digits > 0) return 0;
  }
  return 0;
}

}  // namespace

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

// "the PIN for the safe is 4821": of a sentence, for "PIN: 560001" is an Indian postal code.
void ShapeRules::FindPin(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kDigitsMin = 4, kDigitsMax = 8;
  const std::size_t value = scan.TokenAt(static_cast<std::uint32_t>(BehindSentence(scan, at)));
  if (value == 0 || value >= scan.tokens.size() || value <= at) return;
  const Token& pin = scan.tokens[value];
  constexpr std::uint32_t kIs = WordHash("is");
  if (!pin.all_digits() || pin.size() < kDigitsMin || pin.size() > kDigitsMax || scan.tokens[value - 1].hash != kIs)
    return;
  if (!IsOneOf(At(scan.text, pin.end), ".-/:%")) Report(pin.begin, pin.end, password_, 0.7, finds);
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
    const bool digit = std::any_of(value.begin(), value.end(), IsAsciiDigit);
    const bool letter =
        std::any_of(value.begin(), value.end(), [](char c) { return IsAsciiLower(c) || IsAsciiUpper(c); });
    const bool mixed = digit || LooksRandom(value);
    if (value.size() < 6 || !mixed || !letter || value.find('$') != value.npos || LooksMadeUp(value)) continue;
    return Report(program.end + begin, program.end + end, password_, 0.8, finds);
  }
}

namespace {

// Keys that open nothing: of tables, of caches, of keyboards, and those that everybody may see.
bool OpensNothing(std::uint32_t word) {
  static const WordSet kWords(
      {"primary",  "foreign",     "sort",   "cache",   "public",      "partition", "row",       "index",
       "unique",   "object",      "s3",     "site",    "file",        "map",       "natural",   "composite",
       "super",    "group",       "lookup", "storage", "idempotency", "dedup",     "routing",   "event",
       "message",  "translation", "i18n",   "locale",  "press",       "hot",       "page",      "config",
       "data",     "field",       "column", "host",    "pub",         "registry",  "product",   "metric",
       "label",    "tag",         "issue",  "project", "jira",        "case",      "sequence",  "item",
       "resource", "publishable", "shard",  "join",    "hash",        "range",     "surrogate", "business",
       "state",    "query",       "meta",   "entity",  "record",      "batch",     "log",       "trace"});
  return kWords.contains(word);
}

// What follows the & of a form that was sent: "&user=".
bool NamesAnother(std::string_view text, std::size_t at) {
  constexpr std::size_t kNameBytesMax = 40;
  const std::size_t begin = at;
  while (at < text.size() && at - begin < kNameBytesMax && (IsAsciiAlnum(text[at]) || IsOneOf(text[at], "_-.[]"))) ++at;
  return at > begin && At(text, at) == '=';
}

// `{"name": "API_TOKEN", "value": "…"}`, `- name: DB_PASSWORD` and `value: …` on the next line: where the sign before
// the value stands, or `at`.
std::size_t BehindNameOfValue(std::string_view text, std::size_t at) {
  constexpr std::size_t kSignsMax = 24;  // of which most indent a line
  constexpr std::string_view kValue = "alue", kDefault = "default";
  std::size_t i = at;
  if (StandsAt(text, i, ": {") || StandsAt(text, i, ":{") || StandsAt(text, i, ":\n"))
    ++i;  // "adminPassword": {"value": "…"}
  while (i < text.size() && i - at < kSignsMax && IsOneOf(text[i], " ,;\n\r\t\"'{")) ++i;
  for (const std::string_view prefix : {"android:", "Parameter"}) {
    if (text.compare(i, prefix.size(), prefix) == 0) i += prefix.size();
  }
  constexpr std::string_view kType = "type ";  // variable "db_password" { type = string …
  if (StandsAt(text, i, kType)) {
    i = std::min(text.find('\n', i), i + kSignsMax);
    while (i < text.size() && i - at < 2 * kSignsMax && IsOneOf(text[i], " ,;\n\r\t")) ++i;
  }
  if (StandsAt(text, i, kDefault)) {  // variable "db_password" { default = "…" }
    i += kDefault.size();
  } else {
    if (!IsOneOf(At(text, i), "vV") || !StandsAt(text, i + 1, kValue)) return at;
    i += 1 + kValue.size();
  }
  while (i < text.size() && IsOneOf(text[i], "\"' ")) ++i;
  return IsOneOf(At(text, i), ":=") ? i : at;
}

// `val dbPassword: String = "…"`, `let secret: &str = "…"`, `Dim pwd As String = "…"`: where the sign before the value
// stands behind a type, or `at`.
std::size_t BehindType(std::string_view text, std::size_t at) {
  constexpr std::size_t kNameBytesMax = 24;
  std::size_t i = at;
  while (At(text, i) == ' ') ++i;
  if (StandsAt(text, i, "As ")) {
    i += 3;
  } else if (At(text, i) == ':') {
    ++i;
  } else {
    return at;
  }
  while (IsOneOf(At(text, i), " &?")) ++i;
  const std::size_t name = i;
  while (i < text.size() && i - name < kNameBytesMax && (IsAsciiAlnum(text[i]) || IsOneOf(text[i], "_<>.?"))) ++i;
  if (i == name) return at;
  while (At(text, i) == ' ') ++i;
  if (At(text, i) != '=') return at;
  std::size_t quote = i + 1;
  while (At(text, quote) == ' ') ++quote;
  return IsOneOf(At(text, quote), "\"'`") ? i : at;
}

// Of eight letters and digits or more, capitals, small ones and digits among them, behind a space: no word of a
// sentence.
bool IsMixedWord(const Scan& scan, std::size_t at) {
  constexpr std::uint32_t kBytesMin = 8;
  if (at >= scan.tokens.size() || !scan.IsBetween(at - 1, ' ')) return false;
  const Token& token = scan.tokens[at];
  return token.size() >= kBytesMin && token.digits > 0 && token.has_upper && token.has_lower &&
         !IsNameInCode(scan.Of(token));
}

// "--password", "--api-key": the name of an option, whose value stands behind a space.
bool IsOption(std::string_view text, std::size_t word) {
  constexpr std::size_t kNameBytesMax = 40;
  std::size_t i = word;
  while (i > 0 && word - i < kNameBytesMax && (IsAsciiLower(text[i - 1]) || text[i - 1] == '-')) --i;
  return StandsAt(text, i, "--");
}

// "PASSWORD '…'", "IDENTIFIED BY '…'" of SQL, `with pass "…"` of a log, "define('DB_PASSWORD', '…')" of programs: where
// the value's quote stands behind the word that ends at `at`; 0 where none does.
std::size_t AtQuoted(std::string_view text, std::size_t at) {
  constexpr std::string_view kBy = " by";
  const std::size_t word = at;
  const bool by = text.size() > at + kBy.size() && text[at] == ' ' && (text[at + 1] | 0x20) == kBy[1] &&
                  (text[at + 2] | 0x20) == kBy[2];
  if (by) at += kBy.size();
  const char quote = IsOneOf(At(text, at), "\"'") && At(text, at + 1) == ',' ? text[at] : '\0';
  if (quote != '\0') at += 2;  // the end of the name's own quotes, and a comma
  if (At(text, at) == ' ') ++at;
  if (quote != '\0') return At(text, at) == quote ? at : 0;
  return at > word && IsOneOf(At(text, at), "\"'") ? at : 0;
}

// "arn:aws:secretsmanager:eu-west-1:…:secret:db1-AbCdEf": whether a word that begins at `at` is part of one.
bool IsOfArn(std::string_view text, std::size_t at) {
  constexpr std::size_t kBytesMax = 80;
  const std::size_t bytes = std::min(at, kBytesMax);
  const std::string_view before = text.substr(at - bytes, bytes);
  const auto arn = before.rfind("arn:");
  return arn != before.npos && before.find(' ', arn) == before.npos;
}

}  // namespace

// `password = "…"`, `API_KEY: …`, `<token>…`, `Passwort lautet …`: a value by its form and its entropy.
void ShapeRules::FindAssignment(const Scan& scan, std::size_t at, const ShapeCue& cue, std::vector<Find>& finds) const {
  static const WordSet kBeforeKey({"api", "secret", "access", "private", "encryption", "signing", "auth", "client",
                                   "master", "license", "app", "service", "consumer", "functions", "wlan", "wifi",
                                   "wpa", "wpa2"});
  constexpr std::uint32_t kSecret = WordHash("secret"), kCommunity = WordHash("community"),
                          kServer = WordHash("server"), kIdentified = WordHash("identified"),
                          kBearer = WordHash("bearer"), kAuthorization = WordHash("authorization");
  constexpr std::size_t kTagBytesMax = 60;
  const Token& word = scan.tokens[at];
  constexpr std::uint32_t kShared = WordHash("shared");
  const bool shared = cue.key && at > 0 && scan.tokens[at - 1].hash == kShared;  // "pre-shared-key"
  const bool password = cue.password || shared;
  const bool key =
      cue.key && at > 0 && kBeforeKey.contains(scan.tokens[at - 1].hash) && word.begin - scan.tokens[at - 1].end <= 1;
  const std::string_view text = scan.text;
  // "VIRUSTOTAL_KEY=…": whoever's it is, a constant of that name with a value of that form opens something.
  const bool is_constant = cue.key && !key && at > 0 && (!word.has_lower || word.upper_first) &&
                           word.begin == scan.tokens[at - 1].end + 1 && text[word.begin - 1] == '_' &&
                           !OpensNothing(scan.tokens[at - 1].hash);
  // "X-Acme-Key: …"
  const bool header = cue.key && !key && at > 0 && word.begin == scan.tokens[at - 1].end + 1 &&
                      text[word.begin - 1] == '-' && StandsAt(text, word.end, ": ") &&
                      !OpensNothing(scan.tokens[at - 1].hash);
  const bool named_key = header || is_constant;
  if (!password && !cue.secret && !key && !named_key) return;
  constexpr std::uint32_t kPasse = WordHash("passe"), kMot = WordHash("mot");
  if (word.hash == kPasse && (at < 2 || scan.tokens[at - 2].hash != kMot)) return;  // "mot de passe"
  std::size_t i = word.end;
  if (key && (StandsAt(text, i, "_base") || StandsAt(text, i, "_BASE"))) i += 5;  // Rails' secret_key_base
  while (i < text.size() && IsOneOf(text[i], "\"'`]) \t")) ++i;
  const bool defined = !password && IsOneOf(At(text, word.end), "\"'");  // define('AUTH_KEY', '…')
  const std::size_t quoted = password || defined ? AtQuoted(text, word.end) : 0;
  if (word.hash == kIdentified && quoted == 0) return;
  constexpr std::uint32_t kLogin = WordHash("login");
  bool assigned = password && at > 1 && scan.tokens[at - 2].hash == kLogin && i > word.end;  // a line of .netrc
  if (const std::size_t behind = BehindType(text, word.end); behind > word.end) i = behind;
  std::size_t in_sentence = password && word.has_lower ? BehindSentence(scan, at) : 0;
  const bool beside = in_sentence == 0 && password && IsMixedWord(scan, at + 1);  // "pw Viking797x"
  if (beside) in_sentence = scan.tokens[at + 1].begin;
  i = BehindNameOfValue(text, i);  // also <add key="ApiSecret" value="…">
  if (word.begin > 0 && IsOneOf(text[word.begin - 1], "<:") && At(text, word.end) == ' ' &&
      text.substr(word.end, kTagBytesMax).find("=\"") != text.npos)  // <Pass encoding="base64">
    i = std::min(text.find('>', word.end), word.end + kTagBytesMax);
  // <property name="password"><value>…, <setting name="ApiKey" serializeAs="String"><value>…
  constexpr std::string_view kOpened = "><value";
  const auto opened =
      IsOneOf(At(text, word.end), "\"'") ? text.substr(word.end, kTagBytesMax).find(kOpened) : text.npos;
  if (opened != text.npos) i = word.end + opened + kOpened.size();
  assigned = assigned || (i > word.end && At(text, word.end) == ' ' && IsOption(text, word.begin));
  if (StandsAt(text, i, "=>") || StandsAt(text, i, ":=") || StandsAt(text, i, "?=") || StandsAt(text, i, "==")) {
    assigned = true;
    i += 2;
  } else if (IsOneOf(At(text, i), "=:>")) {
    assigned = true;
    ++i;
  } else if (StandsAt(text, i, "is ")) {
    assigned = true;
    i += 3;
  } else if (word.hash == kBearer && i > word.end) {
    assigned = true;
  } else if (quoted > 0) {
    assigned = true;
    i = quoted;
  } else if (At(text, word.end) == ' ' && IsOneOf(At(text, word.end + 1), "05789") && At(text, word.end + 2) == ' ') {
    assigned = true;  // of a router: "password 7 0866…", "secret 9 $9$…"
    i = word.end + 3;
  } else if (word.hash == kCommunity && at > 0 && scan.tokens[at - 1].hash == kServer && i > word.end) {
    assigned = true;  // "snmp-server community …"
  } else if (password && At(text, word.end) == '(' && IsOneOf(At(text, word.end + 1), "\"'") &&
             (scan.Of(word).starts_with("set") || scan.Of(word).starts_with("with"))) {
    assigned = true;  // setPassword("…")
    i = word.end + 1;
  } else if (StandsAt(text, i, "：") || StandsAt(text, i, "是") || StandsAt(text, i, "は")) {
    assigned = true;
    i += 3;
  } else if (at > 0 && i == word.end + 1 && scan.tokens[at - 1].hash == kAuthorization) {
    assigned = true;  // "Authorization: Token 9f86…"
  }
  const bool said = !assigned && in_sentence > 0;
  if (said) i = in_sentence;
  if ((!assigned && !said) || IsOfArn(text, word.begin)) return;
  while (i < text.size() && (text[i] == ' ' || text[i] == '\t')) ++i;
  if (IsOneOf(At(text, i), "|>") && (IsOneOf(At(text, i + 1), "-+") || At(text, i + 1) == '\n')) {  // a block of YAML
    i += At(text, i + 1) == '\n' ? 1 : 2;
    while (i < text.size() && i - word.end < kTagBytesMax && IsOneOf(text[i], " \n\r\t")) ++i;
  }
  constexpr std::string_view kValueTag = "<Value>";  // <Password><Value>…
  if (StandsAt(text, i, kValueTag)) i += kValueTag.size();
  // N'…' of SQL Server, @"…" of Objective-C and C#, b'…' of Python.
  if (IsOneOf(At(text, i), "N@br") && IsOneOf(At(text, i + 1), "\"'")) ++i;
  const char quote = IsOneOf(At(text, i), "\"'`") ? text[i] : '\0';
  if (quote != '\0') ++i;
  const bool quoted_twice = quote != '\0' && At(text, i) == '\\' && At(text, i + 1) == quote;  // "\"…\""
  if (quoted_twice) i += 2;
  std::size_t end = i;
  while (end < text.size() && end - i < 512 && static_cast<unsigned char>(text[end]) > 0x20 &&
         (quote != '\0' ? text[end] != quote
                        : !IsOneOf(text[end], "\"'`,;<>)]}") && (text[end] != '&' || !NamesAnother(text, end + 1)))) {
    ++end;
  }
  scan.steps += end - word.end;
  if (quote == '\0' && end > i && IsOneOf(text[end - 1], ".:")) --end;
  if (quoted_twice && end > i && text[end - 1] == '\\') --end;
  const std::string_view value = text.substr(i, end - i);
  const bool tag =
      value.starts_with('!') && std::all_of(value.begin() + 1, value.end(), IsAsciiLower);  // YAML's !vault
  // A sentence in quotes, and what stands behind a placeholder: mongodb://<user>:<password>@cluster0.
  const bool sentence =
      quote != '\0' && end < text.size() && (text[end] == ' ' || text[end] == '\n') && !(defined && end - i >= 16);
  if (sentence || value.starts_with('@') || PointsElsewhere(value)) return;
  if (quote == '\0' && StandsAt(text, i - std::min<std::size_t>(i, 3), "== ")) return;  // asked of a variable
  if (value.starts_with('[') && value.ends_with(']')) return;
  // settings.SECRET_KEY2, config.token: of a program.
  static const WordSet kHolders({"settings", "config",  "cfg",     "conf",   "self",    "this",  "process",
                                 "os",       "env",     "app",     "ctx",    "options", "opts",  "props",
                                 "args",     "request", "req",     "params", "var",     "local", "data",
                                 "module",   "each",    "secrets", "state",  "user"});
  if (const auto dot = value.find('.');
      quote == '\0' && dot != value.npos && kHolders.contains(FoldedWordHash(value.substr(0, dot))))
    return;
  if (value.starts_with('{') && std::ranges::all_of(value.substr(1), IsAsciiLetter)) return;  // to be filled in
  if (value.size() < 6 || (quote == '\0' && (value.front() == '/' || tag))) return;
  const bool digit = std::any_of(value.begin(), value.end(), IsAsciiDigit);
  const bool lower = std::any_of(value.begin(), value.end(), IsAsciiLower);
  const bool upper = std::any_of(value.begin(), value.end(), IsAsciiUpper);
  const bool sign =
      std::any_of(value.begin(), value.end(), [](char c) { return !IsAsciiAlnum(c) && c != '_' && c != '.'; });
  // In quotes, what is long and mixed enough is no call.
  const bool mixed =
      quote != '\0' && sign && digit &&
      (value.size() >= 24 ? Entropy(value) >= 4.0
                          : value.size() >= 16 && lower && upper && !value.ends_with(')') && Entropy(value) >= 3.8);
  const bool code = value.starts_with("http") ||
                    (!mixed && (value.find_first_of("([") != value.npos || value.find("::") != value.npos));
  const bool of_secret = word.hash == kSecret && lower && upper;
  // A command of PowerShell: $pwd = Read-Host.
  const bool command =
      quote == '\0' && !digit && value.find('-') != value.npos && At(text, end) == ' ' && At(text, end + 1) == '-';
  if (command) return;
  if (password) {
    if ((code && quote == '\0') || (digit + lower + upper + sign < 2)) return;
    const bool of_constant = !word.has_lower && lower && upper && value.size() >= 8;  // DB_PASSWORD=Sommerregen
    if (quote == '\0' && !digit && !sign && !of_constant && !LooksRandom(value)) return;
    // In a sentence a word follows as well: what is none has a digit and letters.
    if (said && (!digit || !(lower || upper))) return;
    if (LooksMadeUp(value)) return;  // asked last, as it costs most
    // Above that of a name or a place in it, where nothing but an assignment can be meant.
    const bool sure = assigned && digit && lower && (upper || sign);
    Report(i, end, password_, sure ? 0.9 : quote != '\0' ? 0.8 : 0.7, finds);
  } else if (named_key ? value.size() >= 16 && digit && (lower || upper) && !code && Entropy(value) >= 3.2
                       : value.size() >= (of_secret        ? 8
                                          : lower && upper ? 10
                                                           : 12) &&
                             digit && (lower || upper) && !code && Entropy(value) >= (of_secret ? 2.7 : 3.0)) {
    if (IsStandIn(value)) return;
    Report(i, end, credentials_, Entropy(value) >= 3.5 ? 0.85 : 0.65, finds);
  }
}

}  // namespace privity::detect
