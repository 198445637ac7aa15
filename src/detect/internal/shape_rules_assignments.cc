// Passwords and keys that something gives to the word that names them: assignments of programs and files, sentences.
#include "detect/internal/shape_rules.h"

#include <algorithm>

#include "detect/internal/assigned_values.h"
#include "detect/internal/letters.h"
#include "detect/internal/secret_values.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {

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

// "arn:aws:secretsmanager:eu-west-1:…:secret:db1-AbCdEf": whether a word that begins at `at` is part of one.
bool IsOfArn(std::string_view text, std::size_t at) {
  constexpr std::size_t kBytesMax = 80;
  const std::size_t bytes = std::min(at, kBytesMax);
  const std::string_view before = text.substr(at - bytes, bytes);
  const auto arn = before.rfind("arn:");
  return arn != before.npos && before.find(' ', arn) == before.npos;
}

// "VIRUSTOTAL_KEY=…", "X-Acme-Key: …": a constant or a header of such a name with a value of that form opens something.
bool IsConstant(const Scan& scan, std::size_t at) {
  const Token &word = scan.tokens[at], &before = scan.tokens[at - 1];
  if (word.begin != before.end + 1 || OpensNothing(before.hash)) return false;
  const char sign = scan.text[word.begin - 1];
  return (sign == '_' && (!word.has_lower || word.upper_first)) || (sign == '-' && StandsAt(scan.text, word.end, ": "));
}

NamedSecret NamedBy(const Scan& scan, std::size_t at, const ShapeCue& cue) {
  static const WordSet kBeforeKey({"api", "secret", "access", "private", "encryption", "signing", "auth", "client",
                                   "master", "license", "app", "service", "consumer", "functions", "wlan", "wifi",
                                   "wpa", "wpa2"});
  constexpr std::uint32_t kShared = WordHash("shared"), kPasse = WordHash("passe"), kMot = WordHash("mot");
  const Token& word = scan.tokens[at];
  if (word.hash == kPasse && (at < 2 || scan.tokens[at - 2].hash != kMot)) return {};  // "mot de passe"
  NamedSecret named{.password = cue.password, .secret = cue.secret};
  if (!cue.key || at == 0) return named;
  const Token& before = scan.tokens[at - 1];
  named.password = named.password || before.hash == kShared;  // "pre-shared-key"
  named.key = kBeforeKey.contains(before.hash) && word.begin - before.end <= 1;
  named.constant = !named.key && IsConstant(scan, at);
  return named;
}

// settings.SECRET_KEY2, config.token: of a program.
bool IsOfProgram(std::string_view value) {
  static const WordSet kHolders({"settings", "config",  "cfg",     "conf",   "self",    "this",  "process",
                                 "os",       "env",     "app",     "ctx",    "options", "opts",  "props",
                                 "args",     "request", "req",     "params", "var",     "local", "data",
                                 "module",   "each",    "secrets", "state",  "user"});
  const auto dot = value.find('.');
  return dot != value.npos && kHolders.contains(FoldedWordHash(value.substr(0, dot)));
}

// What is no value: a sentence, a placeholder, a name of a program, a question.
bool IsNoSecret(std::string_view text, const GivenValue& given, std::string_view value) {
  constexpr std::size_t kBytesMin = 6, kDefinedBytesMin = 16;
  const bool bare = given.quote == '\0';
  const char next = At(text, given.end), behind = At(text, given.end + 1);
  const bool sentence = !bare && (next == ' ' || next == '\n') && !(given.defined && value.size() >= kDefinedBytesMin);
  // What stands behind a placeholder: mongodb://<user>:<password>@cluster0.
  if (sentence || value.starts_with('@') || PointsElsewhere(value)) return true;
  if (value.starts_with('[') && value.ends_with(']')) return true;
  if (value.starts_with('{') && std::ranges::all_of(value.substr(1), IsAsciiLetter)) return true;  // to be filled in
  if (value.size() < kBytesMin) return true;
  if (!bare) return false;
  if (StandsAt(text, given.begin - std::min<std::size_t>(given.begin, 3), "== ")) return true;  // asked of a variable
  if (IsOfProgram(value) || value.front() == '/') return true;
  const bool tag = value.front() == '!' && std::ranges::all_of(value.substr(1), IsAsciiLower);  // YAML's !vault
  // A command of PowerShell: $pwd = Read-Host.
  const bool command =
      std::ranges::none_of(value, IsAsciiDigit) && value.find('-') != value.npos && next == ' ' && behind == '-';
  return tag || command;
}

// A call, an address or a name of a program. In quotes, what is long and mixed enough is none.
bool IsCode(const GivenValue& given, std::string_view value, const led::Mix& mix) {
  constexpr std::size_t kLong = 24, kMiddling = 16;
  if (value.starts_with("http")) return true;
  if (value.find_first_of("([") == value.npos && value.find("::") == value.npos) return false;
  if (given.quote == '\0' || !mix.sign || !mix.digit) return true;
  if (value.size() >= kLong) return Entropy(value) < 4.0;
  return value.size() < kMiddling || !mix.lower || !mix.upper || value.ends_with(')') || Entropy(value) < 3.8;
}

// How sure it is that the value is a password; 0: it is none.
double ScoreOfPassword(const Token& word, const GivenValue& given, std::string_view value) {
  constexpr std::size_t kConstantBytesMin = 8;
  const led::Mix mix(value);
  const bool bare = given.quote == '\0';
  if ((bare && IsCode(given, value, mix)) || mix.digit + mix.lower + mix.upper + mix.sign < 2) return 0;
  // DB_PASSWORD=Sommerregen
  const bool of_constant = !word.has_lower && mix.lower && mix.upper && value.size() >= kConstantBytesMin;
  if (bare && !mix.digit && !mix.sign && !of_constant && !LooksRandom(value)) return 0;
  // In a sentence a word follows as well: what is none has a digit and letters.
  if (given.said && (!mix.digit || !mix.letter())) return 0;
  if (LooksMadeUp(value)) return 0;  // asked last, as it costs most
  // Above that of a name or a place in it, where nothing but an assignment can be meant.
  const bool sure = !given.said && mix.digit && mix.lower && (mix.upper || mix.sign);
  return sure ? 0.9 : bare ? 0.7 : 0.8;
}

// Likewise that it is a key or a token.
double ScoreOfKey(const Token& word, const NamedSecret& named, const GivenValue& given, std::string_view value) {
  constexpr std::uint32_t kSecret = WordHash("secret");
  const led::Mix mix(value);
  if (!mix.digit || !mix.letter() || IsCode(given, value, mix)) return 0;
  const bool cased = mix.lower && mix.upper;
  const bool of_secret = word.hash == kSecret && cased;
  const std::size_t bytes_min = named.constant ? 16 : of_secret ? 8 : cased ? 10 : 12;
  const double bits_min = named.constant ? 3.2 : of_secret ? 2.7 : 3.0;
  const double bits = value.size() < bytes_min ? 0 : Entropy(value);
  if (bits < bits_min || IsStandIn(value)) return 0;
  return bits >= 3.5 ? 0.85 : 0.65;
}

}  // namespace

// `password = "…"`, `API_KEY: …`, `<token>…`, `Passwort lautet …`: a value by its form and its entropy.
void ShapeRules::FindAssignment(const Scan& scan, std::size_t at, const ShapeCue& cue, std::vector<Find>& finds) const {
  const Token& word = scan.tokens[at];
  const NamedSecret named = NamedBy(scan, at, cue);
  if (!named.any()) return;
  const GivenValue given = ValueGivenTo(scan, at, named);
  const std::string_view value = scan.text.substr(given.begin, given.end - given.begin);
  if (IsNoSecret(scan.text, given, value) || IsOfArn(scan.text, word.begin)) return;
  const double score = named.password ? ScoreOfPassword(word, given, value) : ScoreOfKey(word, named, given, value);
  if (score > 0) Report(given.begin, given.end, named.password ? password_ : credentials_, score, finds);
}

}  // namespace privity::detect
