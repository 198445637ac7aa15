#include "detect/internal/assigned_values.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/secret_values.h"
#include "detect/internal/shape_cues.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

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

namespace {

constexpr std::size_t kTagBytesMax = 60;

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

// What follows the & of a form that was sent: "&user=".
bool NamesAnother(std::string_view text, std::size_t at) {
  constexpr std::size_t kNameBytesMax = 40;
  const std::size_t begin = at;
  while (at < text.size() && at - begin < kNameBytesMax && (IsAsciiAlnum(text[at]) || IsOneOf(text[at], "_-.[]"))) ++at;
  return at > begin && At(text, at) == '=';
}

// A line of .netrc: "login rosa password …".
bool IsOfNetrc(const Scan& scan, std::size_t at) {
  constexpr std::uint32_t kLogin = WordHash("login");
  return at > 1 && scan.tokens[at - 2].hash == kLogin && IsOneOf(At(scan.text, scan.tokens[at].end), "\"'`]) \t");
}

// Where the sign between the name and the value stands, or the value itself: behind what closes the name, a type, the
// word `value`, and the tags and attributes of a file.
std::size_t BehindName(std::string_view text, const Token& word, const NamedSecret& named) {
  std::size_t i = word.end;
  if (named.key && (StandsAt(text, i, "_base") || StandsAt(text, i, "_BASE"))) i += 5;  // Rails' secret_key_base
  while (i < text.size() && IsOneOf(text[i], "\"'`]) \t")) ++i;
  if (const std::size_t behind = BehindType(text, word.end); behind > word.end) i = behind;
  i = BehindNameOfValue(text, i);  // also <add key="ApiSecret" value="…">
  if (word.begin > 0 && IsOneOf(text[word.begin - 1], "<:") && At(text, word.end) == ' ' &&
      text.substr(word.end, kTagBytesMax).find("=\"") != text.npos)  // <Pass encoding="base64">
    i = std::min(text.find('>', word.end), word.end + kTagBytesMax);
  // <property name="password"><value>…, <setting name="ApiKey" serializeAs="String"><value>…
  constexpr std::string_view kOpened = "><value";
  const auto opened =
      IsOneOf(At(text, word.end), "\"'") ? text.substr(word.end, kTagBytesMax).find(kOpened) : text.npos;
  return opened == text.npos ? i : word.end + opened + kOpened.size();
}

// Behind the sign at `i`, or what stands for one; 0 where none does. `quoted` is what AtQuoted gives.
std::size_t BehindSign(const Scan& scan, std::size_t at, const NamedSecret& named, std::size_t i, std::size_t quoted) {
  constexpr std::uint32_t kBearer = WordHash("bearer"), kCommunity = WordHash("community"),
                          kServer = WordHash("server"), kAuthorization = WordHash("authorization");
  const std::string_view text = scan.text;
  const Token& word = scan.tokens[at];
  if (StandsAt(text, i, "=>") || StandsAt(text, i, ":=") || StandsAt(text, i, "?=") || StandsAt(text, i, "=="))
    return i + 2;
  if (IsOneOf(At(text, i), "=:>")) return i + 1;
  if (StandsAt(text, i, "is ")) return i + 3;
  if (word.hash == kBearer && i > word.end) return i;
  if (quoted > 0) return quoted;
  // Of a router: "password 7 0866…", "secret 9 $9$…".
  if (At(text, word.end) == ' ' && IsOneOf(At(text, word.end + 1), "05789") && At(text, word.end + 2) == ' ')
    return word.end + 3;
  // "snmp-server community …"
  if (word.hash == kCommunity && at > 0 && scan.tokens[at - 1].hash == kServer && i > word.end) return i;
  // setPassword("…")
  if (named.password && At(text, word.end) == '(' && IsOneOf(At(text, word.end + 1), "\"'") &&
      (scan.Of(word).starts_with("set") || scan.Of(word).starts_with("with")))
    return word.end + 1;
  if (StandsAt(text, i, "：") || StandsAt(text, i, "是") || StandsAt(text, i, "は")) return i + 3;
  // "Authorization: Token 9f86…"
  return at > 0 && i == word.end + 1 && scan.tokens[at - 1].hash == kAuthorization ? i : 0;
}

// "the password for the guests is …", "pw Viking797x": where the value begins, or 0.
std::size_t BehindWords(const Scan& scan, std::size_t at) {
  const std::size_t in_sentence = scan.tokens[at].has_lower ? BehindSentence(scan, at) : 0;
  if (in_sentence > 0) return in_sentence;
  return IsMixedWord(scan, at + 1) ? scan.tokens[at + 1].begin : 0;
}

// Where a value at `i` begins, behind blanks, signs of a block and of a language, and its quote.
std::size_t BehindQuote(std::string_view text, const Token& word, std::size_t i, char& quote) {
  while (i < text.size() && (text[i] == ' ' || text[i] == '\t')) ++i;
  if (IsOneOf(At(text, i), "|>") && (IsOneOf(At(text, i + 1), "-+") || At(text, i + 1) == '\n')) {  // a block of YAML
    i += At(text, i + 1) == '\n' ? 1 : 2;
    while (i < text.size() && i - word.end < kTagBytesMax && IsOneOf(text[i], " \n\r\t")) ++i;
  }
  constexpr std::string_view kValueTag = "<Value>";  // <Password><Value>…
  if (StandsAt(text, i, kValueTag)) i += kValueTag.size();
  // N'…' of SQL Server, @"…" of Objective-C and C#, b'…' of Python.
  if (IsOneOf(At(text, i), "N@br") && IsOneOf(At(text, i + 1), "\"'")) ++i;
  quote = IsOneOf(At(text, i), "\"'`") ? text[i] : '\0';
  return quote == '\0' ? i : i + 1;
}

// The value whose quote, or whose own first sign, stands at or behind `at`.
void ReadValue(const Scan& scan, const Token& word, std::size_t at, GivenValue& value) {
  constexpr std::size_t kBytesMax = 512;
  const std::string_view text = scan.text;
  value.begin = BehindQuote(text, word, at, value.quote);
  const char quote = value.quote;
  const bool quoted_twice =
      quote != '\0' && At(text, value.begin) == '\\' && At(text, value.begin + 1) == quote;  // "\"…\""
  if (quoted_twice) value.begin += 2;
  std::size_t end = value.begin;
  const auto goes_on = [&] {
    const char c = text[end];
    if (static_cast<unsigned char>(c) <= 0x20) return false;
    if (quote != '\0') return c != quote;
    return !IsOneOf(c, "\"'`,;<>)]}") && (c != '&' || !NamesAnother(text, end + 1));
  };
  while (end < text.size() && end - value.begin < kBytesMax && goes_on()) ++end;
  scan.steps += end - word.end;
  if (quote == '\0' && end > value.begin && IsOneOf(text[end - 1], ".:")) --end;
  if (quoted_twice && end > value.begin && text[end - 1] == '\\') --end;
  value.end = end;
}

}  // namespace

GivenValue ValueGivenTo(const Scan& scan, std::size_t at, const NamedSecret& named) {
  constexpr std::uint32_t kIdentified = WordHash("identified");
  const std::string_view text = scan.text;
  const Token& word = scan.tokens[at];
  GivenValue value{.defined = !named.password && IsOneOf(At(text, word.end), "\"'")};
  const std::size_t quoted = named.password || value.defined ? AtQuoted(text, word.end) : 0;
  if (word.hash == kIdentified && quoted == 0) return {};
  std::size_t begin = BehindName(text, word, named);
  const bool by_place = (named.password && IsOfNetrc(scan, at)) ||
                        (begin > word.end && At(text, word.end) == ' ' && IsOption(text, word.begin));
  if (const std::size_t behind = BehindSign(scan, at, named, begin, quoted); behind > 0) {
    begin = behind;
  } else if (!by_place) {
    begin = named.password ? BehindWords(scan, at) : 0;
    value.said = true;
  }
  if (begin > 0) ReadValue(scan, word, begin, value);
  return value;
}

}  // namespace privity::detect
