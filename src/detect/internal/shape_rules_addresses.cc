// Addresses of mail and of pages, and those of machines in a network.
#include "detect/internal/shape_rules.h"

#include <algorithm>
#include <array>
#include <span>

#include "detect/internal/letters.h"
#include "detect/internal/secret_values.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {
namespace {

constexpr double kSpelledEmail = 0.96;
// Longer ones exist; looking further for their end would make a line of nothing but beginnings slow.
constexpr std::size_t kUrlBytesMax = 2048;
constexpr std::size_t kDomainBytesMax = 255;

// Letters of any script, digits, and some signs: one look for each character.
using CharTable = std::array<bool, 256>;
constexpr CharTable WordsWith(std::string_view signs) {
  CharTable table{};
  for (std::size_t c = 0; c < table.size(); ++c)
    table[c] = c >= 0x80 || IsAsciiAlnum(static_cast<char>(c)) || signs.find(static_cast<char>(c)) != signs.npos;
  return table;
}

bool IsLocalPart(char c) {
  static constexpr CharTable kTable = WordsWith("._%+-'");
  return kTable.data()[static_cast<unsigned char>(c)];
}

bool IsDomainPart(char c) {
  static constexpr CharTable kTable = WordsWith(".-");
  return kTable.data()[static_cast<unsigned char>(c)];
}

}  // namespace

// "email=ana%40example.com" of a query: `sign` is where the encoded @ stands.
void ShapeRules::FindEncodedEmail(const Scan& scan, std::size_t sign, std::vector<Find>& finds) const {
  constexpr std::size_t kSignBytes = 3, kLocalBytesMax = 64;
  const std::string_view text = scan.text;
  std::size_t begin = sign, end = sign + kSignBytes;
  while (begin > 0 && sign - begin < kLocalBytesMax && IsLocalPart(text[begin - 1])) --begin;
  while (end < text.size() && end - sign < kDomainBytesMax && IsDomainPart(text[end])) ++end;
  scan.steps += end - begin;
  while (IsOneOf(text[end - 1], ".-")) --end;
  if (begin < sign) Report(begin, end, email_, 0.95, finds);
}

// RFC 5321 in spirit: a dotted local part, a domain whose last label has letters only.
void ShapeRules::FindEmails(const Scan& scan, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  for (const std::uint32_t at : scan.ats) {
    std::size_t begin = at;
    while (begin > 0 && at - begin < 64 && IsLocalPart(text[begin - 1])) --begin;
    while (begin < at && IsOneOf(text[begin], ".'-%+")) ++begin;
    std::size_t end = at + 1;
    while (end < text.size() && end - at < 255 && IsDomainPart(text[end])) ++end;
    scan.steps += end - begin;
    while (end > at + 1 && IsOneOf(text[end - 1], ".-")) --end;
    const std::string_view domain = text.substr(at + 1, end - at - 1);
    const auto dot = domain.rfind('.');
    // "https://build:…@example.org": a password stands there.
    constexpr std::size_t kUserBytesMax = 64;
    const std::size_t from = begin > kUserBytesMax ? begin - kUserBytesMax : 0;
    if (begin > 0 && text[begin - 1] == ':') {
      const auto scheme = text.substr(from, begin - from).rfind("://");
      if (scheme != text.npos && text.substr(from + scheme, begin - from - scheme).find(' ') == text.npos) continue;
    }
    if (begin == at || dot == domain.npos || dot == 0 || domain.size() - dot < 3) continue;
    if (std::any_of(domain.begin() + static_cast<std::ptrdiff_t>(dot) + 1, domain.end(), IsAsciiDigit)) continue;
    if (domain.find("..") != domain.npos || At(text, end) == '@' || At(text, end) == ':') continue;
    Report(begin, end, email_, 0.98, finds);
  }
}

namespace {

// How a sign that is written as a word stands between two others.
enum class Spelled { kNo, kPlain, kBracketed };

Spelled SpelledBetween(std::string_view before, std::string_view after) {
  const auto trimmed = [](std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
  };
  if (before == " " && after == " ") return Spelled::kPlain;
  const std::string_view opens = trimmed(before), closes = trimmed(after);
  if (opens.size() != 1 || closes.size() != 1) return Spelled::kNo;
  constexpr std::string_view kOpening = "[({<", kClosing = "])}>";
  const auto bracket = kOpening.find(opens[0]);
  return bracket != kOpening.npos && kClosing[bracket] == closes[0] ? Spelled::kBracketed : Spelled::kNo;
}

}  // namespace

// "ana.ruiz [at] example [dot] org", "ana at gmail dot com", "ana (at) web.de".
void ShapeRules::FindSpelledEmail(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kTops({"com", "org", "net", "edu", "gov", "info", "biz", "io", "co"});
  constexpr std::size_t kLabelsMax = 4, kLocalBytesMax = 64;
  const std::vector<Token>& tokens = scan.tokens;
  if (at == 0 || at + 2 >= tokens.size()) return;
  const Spelled sign = SpelledBetween(scan.Between(at - 1), scan.Between(at));
  if (sign == Spelled::kNo || (sign == Spelled::kPlain && !words_.cues.dots.contains(tokens[at + 2].hash))) return;
  std::size_t last = at + 1, dots = 0;
  for (; dots < kLabelsMax && last + 1 < tokens.size(); ++dots) {
    const bool spelled = last + 2 < tokens.size() && words_.cues.dots.contains(tokens[last + 1].hash) &&
                         SpelledBetween(scan.Between(last), scan.Between(last + 1)) != Spelled::kNo;
    if (!spelled && (sign == Spelled::kPlain || scan.Between(last) != ".")) break;
    last += spelled ? 2 : 1;
  }
  const Token& top = tokens[last];
  if (dots == 0 || !top.word() || (top.size() != 2 && !kTops.contains(top.hash))) return;
  std::size_t first = at - 1;
  while (first >= 2 && at - first < kLabelsMax && words_.cues.dots.contains(tokens[first - 1].hash) &&
         SpelledBetween(scan.Between(first - 2), scan.Between(first - 1)) != Spelled::kNo) {
    first -= 2;
  }
  std::size_t begin = tokens[first].end;
  while (begin > 0 && tokens[first].end - begin < kLocalBytesMax && IsLocalPart(scan.text[begin - 1])) --begin;
  scan.steps += tokens[first].end - begin;
  Report(begin, top.end, email_, kSpelledEmail, finds);
}

void ShapeRules::FindUrls(const Scan& scan, const Places& places, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  const auto ends_url = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || IsOneOf(c, "<>\"'`{}|\\"); };
  const auto url_end = [&](std::size_t at) {
    const std::size_t last = std::min(text.size(), at + kUrlBytesMax);
    const std::size_t begin = at;
    // "AccountEndpoint=https://…;AccountKey=…": the next setting is none of it.
    while (at < last && !ends_url(text[at]) && (text[at] != ';' || !IsAsciiUpper(At(text, at + 1)))) ++at;
    scan.steps += at - begin;
    while (at > 0 && IsOneOf(text[at - 1], ".,;:!?)]*")) --at;
    return at;
  };
  for (const std::uint32_t colon : scan.schemes) {
    if (At(text, colon + 2u) != '/') continue;
    std::size_t begin = colon;
    while (begin > 0 && colon - begin < 12 && (IsAsciiAlnum(text[begin - 1]) || text[begin - 1] == '+')) --begin;
    const std::size_t end = url_end(colon + 3);
    if (begin == colon || end <= colon + 4) continue;
    const std::string_view rest = text.substr(colon + 3, end - colon - 3);
    const auto user_end = rest.substr(0, rest.find('/')).rfind('@');
    const auto secret = user_end == rest.npos ? rest.npos : rest.substr(0, user_end).find(':');
    if (secret != rest.npos && user_end - secret > 2 && !LooksMadeUp(rest.substr(secret + 1, user_end - secret - 1))) {
      Report(begin, end, credentials_, 0.96, finds);  // a connection string with its password
    } else if (OpensByItself(rest)) {
      // A key before the host is no address of mail; a hook of a known product is told by its own form.
      Report(begin, end, credentials_, user_end != rest.npos ? 0.99 : 0.95, finds);
    } else {
      Report(begin, end, url_, 0.95, finds);
    }
  }
  for (const std::uint32_t i : places.domains) {
    constexpr std::uint32_t kWww = WordHash("www");
    const Token& token = scan.tokens[i];
    if (i + 1 == scan.tokens.size() || At(text, token.end) != '.') continue;
    const bool www = token.hash == kWww;
    const ShapeCue* next = cues_.Find(scan.tokens[i + 1].hash);
    const bool domain = next != nullptr && next->top_domain && scan.Between(i) == "." && token.size() > 1 &&
                        !scan.tokens[i + 1].has_upper && At(text, scan.tokens[i + 1].end) != '@';
    if (!www && !domain) continue;
    std::size_t begin = token.begin;
    while (begin > 0 && token.begin - begin < kDomainBytesMax && IsDomainPart(text[begin - 1])) --begin;
    scan.steps += token.begin - begin;
    if (begin > 0 && IsOneOf(text[begin - 1], "@/_")) continue;
    if (begin > 1 && text[begin - 1] == '%' && text.compare(begin, 2, "40") == 0) {
      FindEncodedEmail(scan, begin - 1, finds);
      continue;
    }
    const std::size_t end = url_end(token.begin);
    if (end > token.end) Report(begin, end, url_, www ? 0.9 : 0.7, finds);
  }
}

namespace {

bool IsIpV4(std::string_view text) {
  constexpr std::size_t kBytesMax = 15;
  constexpr int kGroups = 4, kDigitsMax = 3, kGroupMax = 255;
  if (text.size() > kBytesMax) return false;
  int groups = 0, digits = 0, number = 0;
  for (const char c : text) {
    if (IsAsciiDigit(c)) {
      if (digits > 0 && number == 0) return false;  // "01"
      number = 10 * number + (c - '0');
      if (++digits > kDigitsMax || number > kGroupMax) return false;
    } else {
      if (c != '.' || digits == 0) return false;
      ++groups;
      digits = number = 0;
    }
  }
  return digits > 0 && groups + 1 == kGroups;
}

// Whether three more tokens of digits follow one, a dot before each, as in an address of version 4.
bool HasFourGroups(const Scan& scan, std::size_t at) {
  constexpr std::size_t kMore = 3;
  const Token* const token = scan.tokens.data() + at;
  if (at + kMore >= scan.tokens.size()) return false;
  for (std::size_t i = 0; i < kMore; ++i) {
    if (!token[i + 1].all_digits() || !scan.IsBetween(at + i, '.')) return false;
  }
  return true;
}

// Of four groups: whether each is a number below 256, written without zeros before it.
bool AreOctets(const Scan& scan, std::size_t at) {
  constexpr std::size_t kGroups = 4;
  constexpr std::uint32_t kDigitsMax = 3;
  constexpr int kOctetMax = 255;
  for (const Token& token : std::span(scan.tokens).subspan(at, kGroups)) {
    if (token.size() > kDigitsMax) return false;
    const char* const digits = scan.text.data() + token.begin;
    if (token.size() > 1 && digits[0] == '0') return false;
    int octet = 0;
    for (std::uint32_t i = 0; i < token.size(); ++i) octet = 10 * octet + (digits[i] - '0');
    if (octet > kOctetMax) return false;
  }
  return true;
}

// Any address, this machine, and masks (RFC 1122 section 3.2.1.3).
bool IsNobodysIpV4(std::string_view text) {
  return text == "0.0.0.0" || text.starts_with("127.") || text.starts_with("255.");
}

// RFC 4291 section 2.2: eight groups, or fewer with one "::".
bool IsIpV6(std::string_view text) {
  int groups = 0;
  bool gap = false;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.compare(at, 2, "::") == 0) {
      if (gap) return false;
      gap = true;
      at += 2;
      continue;
    }
    if (text[at] == ':') ++at;
    std::size_t end = at;
    while (end < text.size() && text[end] != ':') ++end;
    if (end == at || end - at > 4) return false;
    ++groups;
    at = end;
  }
  return gap ? groups <= 7 && groups >= 1 : groups == 8;
}

// All of its bits, or none: everybody's (IEEE 802, broadcast), and nobody's.
bool IsNobodysMac(std::string_view text) {
  return std::ranges::all_of(text, [&](char c) { return IsOneOf(c, ":-") || (c | 0x20) == (text[0] | 0x20); }) &&
         IsOneOf(text[0], "0fF");
}

// "9c52.d094.2ef5", as routers write it.
bool IsDottedMac(std::string_view text) {
  if (text.size() != 14 || text[4] != '.' || text[9] != '.') return false;
  bool digit = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 5 == 4) continue;
    if (!IsOneOf(text[i], "0123456789abcdefABCDEF")) return false;
    digit |= IsAsciiDigit(text[i]);
  }
  return digit && text.find_first_of("abcdefABCDEF") != text.npos;
}

bool IsMac(std::string_view text) {
  if (text.size() != 17 || (text[2] != ':' && text[2] != '-')) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 3 == 2 ? text[i] != text[2] : !IsAsciiAlnum(text[i]) || (text[i] | 0x20) > 'f') return false;
  }
  return true;
}

}  // namespace

// "upgrade openssl from 3.0.2.15", "below 10.1.12.0 should be upgraded": four numbers of a version, not of a machine.
bool ShapeRules::IsVersion(const Scan& scan, std::size_t first) const {
  constexpr std::size_t kWordsBefore = 4, kTokensBefore = 12, kNumbers = 4, kAfter = 3;
  const CueVocabulary& cues = words_.cues;
  const Token* const tokens = scan.tokens.data();
  if (first > 0 && cues.versions.contains(tokens[first - 1].hash)) return true;
  if (first > 0 && cues.with_versions.contains(tokens[first - 1].hash) && scan.Between(first - 1) == " ") return true;
  std::size_t words = 0;
  for (std::size_t i = first; i > 0 && first - i < kTokensBefore && !tokens[i].line_before; --i) {
    if (!tokens[i - 1].word()) continue;
    if (cues.near_versions.contains(tokens[i - 1].hash)) return true;
    if (++words == kWordsBefore) break;
  }
  const std::size_t behind = first + kNumbers;
  for (std::size_t i = behind; i < std::min(behind + kAfter, scan.tokens.size()) && !scan.tokens[i].line_before; ++i) {
    if (tokens[i].word() && cues.near_versions.contains(tokens[i].hash)) return true;
  }
  return false;
}

void ShapeRules::ReportIpV4(const Scan& scan, std::size_t first, std::size_t end, std::vector<Find>& finds) const {
  const std::size_t begin = scan.tokens[first].begin;
  if (!IsNobodysIpV4(scan.text.substr(begin, end - begin)) && !IsVersion(scan, first))
    Report(begin, end, ip_, 0.9, finds);
}

void ShapeRules::FindNetworkAddresses(const Scan& scan, const Places& places, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  for (const std::uint32_t i : places.addresses) {
    const Token& token = scan.tokens[i];
    const bool dotted = text.data()[token.end] == '.';
    // With a dot behind one to three digits it is of version 4, or nothing.
    if (dotted && token.size() <= 3 && !HasFourGroups(scan, i)) continue;
    if (token.begin > 0 && IsAsciiAlnum(text[token.begin - 1])) continue;
    std::size_t end = token.begin;
    const bool of_four = dotted && token.size() <= 3;
    if (of_four && At(text, scan.tokens[i + 3].end) != '.') {  // nothing goes on: as nearly always
      if (AreOctets(scan, i)) ReportIpV4(scan, i, scan.tokens[i + 3].end, finds);
      continue;
    }
    const auto goes_on = [&](char c) { return IsAsciiAlnum(c) || (dotted ? c == '.' : IsOneOf(c, ":-")); };
    while (end < text.size() && end - token.begin < 46 && goes_on(text[end])) ++end;
    while (end > token.begin && IsOneOf(text[end - 1], ".:-") && text.compare(end - 2, 2, "::") != 0) --end;
    const std::string_view word = text.substr(token.begin, end - token.begin);
    if (dotted && IsIpV4(word)) {
      ReportIpV4(scan, i, end, finds);
    } else if (IsMac(word) || IsDottedMac(word)) {
      if (!IsNobodysMac(word)) Report(token.begin, end, device_, 0.9, finds);
    } else if (!dotted && word.size() > 5 && word.find_first_not_of("0123456789abcdefABCDEF:") == word.npos &&
               IsIpV6(word)) {
      Report(token.begin, end, ip_, 0.9, finds);
    }
  }
}

}  // namespace privity::detect
