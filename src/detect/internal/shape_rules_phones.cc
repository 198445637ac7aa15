// Telephone numbers, and where somebody lives or is, in digits: Japanese postal codes, places on the globe.
#include "detect/internal/shape_rules.h"

#include <algorithm>
#include <array>

#include "detect/internal/letters.h"
#include "detect/internal/shape_cues.h"
#include "detect/internal/short_text.h"

namespace privity::detect {
namespace {

// Country codes of ITU-T E.164: those of one digit, and the first digits of the others.
bool IsCallingCode(std::string_view digits) {
  static constexpr auto kTwo = [] {
    std::array<bool, 100> codes{};
    for (const int code : {20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55,
                           56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98, 21, 22,
                           23, 24, 25, 26, 29, 35, 37, 38, 42, 50, 59, 67, 68, 69, 80, 85, 87, 88, 96, 97, 99})
      codes[static_cast<std::size_t>(code)] = true;
    return codes;
  }();
  if (digits.empty()) return false;
  if (digits[0] == '1' || digits[0] == '7') return true;
  return digits.size() > 1 && kTwo[static_cast<std::size_t>(Small(digits.substr(0, 2)))];
}

// Whether what stands between two groups of digits may stand in a telephone number.
bool DividesPhone(std::string_view between) {
  if (between.size() == 1) return IsOneOf<" -./()">(between[0]);
  return between == "\u00A0" || between == "\u2011" || between == ")." ||
         (between.size() <= 3 && std::ranges::all_of(between, [](char c) { return IsOneOf(c, " -/()"); }));
}

// "1-800-467-7829": a service's where a word says so; such numbers are given to people, too.
bool IsNorthAmericanFree(std::string_view groups, std::size_t digits) {
  static constexpr std::array<std::string_view, 7> kAreas = {"800", "833", "844", "855", "866", "877", "888"};
  if (digits < 10 || digits > 11) return false;
  if (digits == 11 && groups.size() > 2 && groups.starts_with('1')) groups.remove_prefix(2);
  return groups.starts_with('8') && std::ranges::find(kAreas, groups.substr(0, 3)) != kAreas.end();
}

// "7609x4718", "7609 x4718": the branch of an office, with which a telephone number goes on.
struct Extension {
  std::uint32_t digits_before = 0;  // of the number, where one token holds the end of it and the branch
  std::uint32_t end = 0;            // 0: none
};

// Behind the token `last` of a number, or in the token behind it.
Extension ExtensionBehind(const Scan& scan, std::size_t last) {
  constexpr std::size_t kDigitsMin = 2, kDigitsMax = 4;  // of the last group of the number
  if (last + 1 >= scan.tokens.size() || scan.tokens[last + 1].line_before) return {};
  const Token& next = scan.tokens[last + 1];
  const std::string_view word = scan.Of(next);
  const auto x = word.find('x');
  if (x == word.npos || next.digits + std::size_t{1} != word.size() || word.ends_with('x')) return {};
  if (x == 0) return scan.IsBetween(last, ' ') ? Extension{0, next.end} : Extension{};
  if (x < kDigitsMin || x > kDigitsMax || !DividesPhone(scan.Between(last))) return {};
  return {static_cast<std::uint32_t>(x), next.end};
}

// "Ana Ruiz, 571 736 012, ana@example.org": mail follows, as in a list of people.
bool IsMailBeside(const Scan& scan, std::size_t end) {
  constexpr std::size_t kBytesMax = 40;
  const std::string_view behind = scan.text.substr(end, kBytesMax);
  if (!behind.starts_with(", ") && !behind.starts_with(",") && !behind.starts_with(" <") && !behind.starts_with("; "))
    return false;
  const auto sign = behind.find('@');
  const auto space = behind.find_first_of(" \n", 2);
  return sign != behind.npos && sign > 2 && sign < space;
}

// "837-164-6982" on a line of its own, below another: as letters end, whatever its digits.
bool IsLineOfNumber(const Scan& scan, std::size_t begin, std::size_t end, std::size_t groups, std::size_t digits) {
  constexpr std::size_t kGroups = 3, kDigits = 10, kLast = 4;
  if (groups != kGroups || digits != kDigits || begin < 2 || scan.text[begin - 1] != '\n') return false;
  const bool ends = end == scan.text.size() || scan.text[end] == '\n';
  return ends && IsAsciiLetter(scan.text[begin - 2]) &&
         scan.text.substr(end - kLast, kLast).find_first_not_of("0123456789") == std::string_view::npos;
}

// "999-999-9999", of whichever digits: with a branch behind it, it is a telephone number, and none of a thing.
bool IsAmericanWithBranch(std::size_t digits, std::string_view begin) {
  return digits == 10 || (digits == 11 && begin[0] == '1') || (digits == 13 && begin.starts_with("001"));
}

// By the groups that it is written in: "999-999-9999". Most begin with a digit that no such layout begins with. Of the
// digits, how many, and the first of them.
double ScoreOfGroups(const Scan& scan, std::size_t first, std::size_t last, bool bracket, std::size_t digits,
                     std::string_view begin) {
  static constexpr std::array<std::string_view, 8> kNorthAmerican = {"999-999-9999",  "999) 999-9999", "999)999-9999",
                                                                     "999.999.9999",  "999 999 9999",  "9-999-999-9999",
                                                                     "999) 999 9999", "999 999-9999"};
  static constexpr std::array<std::string_view, 4> kBritish = {"999 9999 9999", "99999 999999", "9999 999 9999",
                                                               "99999 999 999"};
  static constexpr std::array<std::string_view, 3> kSpanish = {"999 999 999", "999 99 99 99", "999 99 9999"};
  const std::string_view area = begin.substr(digits == 11 ? 1 : 0);
  const bool american = digits >= 10 && digits <= 11 && area[0] >= '2' && area[3] >= '2';
  const bool trunk = begin[0] == '0', spanish = digits == 9 && begin[0] >= '6';
  if (!american && !trunk && !spanish && !bracket) return 0;
  ShortText groups;
  for (std::size_t i = first; i <= last; ++i) {
    const std::string_view between = i > first ? scan.Between(i - 1) : "";
    groups.Add(between == "\u00A0" || between == "\u2011" ? "-" : between);
    groups.AddDigits(scan.tokens[i].size());
  }
  const std::string_view layout = groups.view();
  const auto is_one_of = [&](const auto& layouts) { return std::ranges::find(layouts, layout) != layouts.end(); };
  double score = 0;
  if (american && is_one_of(kNorthAmerican)) score = layout == "999 999 9999" ? 0.5 : 0.65;
  if (trunk && digits >= 9 && digits <= 12 && begin[1] != '0' && layout.find('/') == layout.npos)
    score = std::max(score, 0.5);
  if (bracket && digits >= 8) score = std::max(score, 0.6);
  if (trunk && is_one_of(kBritish)) score = std::max(score, 0.72);
  if (begin.starts_with("04") && layout == "9999 999 999") score = std::max(score, 0.6);  // of Australian mobiles
  if (spanish && is_one_of(kSpanish)) score = std::max(score, 0.5);
  return score;
}

// "000 000 0001", a form to be filled in: fewer than two digits that are no zeros.
bool IsUnfilled(std::string_view groups) {
  const auto says_something = [](char c) { return c >= '1' && c <= '9'; };
  const auto first = std::ranges::find_if(groups, says_something);
  return first == groups.end() || std::find_if(first + 1, groups.end(), says_something) == groups.end();
}

// Of `digits` digits, without the words near it.
double PhoneScore(const Scan& scan, std::size_t first, std::size_t last, bool plus, bool bracket, std::size_t digits) {
  if (!plus && first == last) return 0;
  std::array<char, 5> begin_of;
  std::size_t size = 0;
  for (std::size_t i = first; i <= last && size < begin_of.size(); ++i) {
    const std::string_view group = scan.Of(scan.tokens[i]).substr(0, begin_of.size() - size);
    std::ranges::copy(group, begin_of.begin() + size);
    size += group.size();
  }
  const std::string_view begin(begin_of.data(), size);
  if (plus && digits >= 8 && IsCallingCode(begin)) return 0.85;
  if (first == last) return 0;
  if (begin.starts_with("00") && digits >= 10 && IsCallingCode(begin.substr(2))) return 0.6;
  return ScoreOfGroups(scan, first, last, bracket, digits, begin);
}

}  // namespace

bool IsServiceNumber(std::string_view groups) {
  if (groups.empty() || !IsOneOf<"+09">(groups.front())) return false;
  if (groups.front() == '+' && !groups.starts_with("+800 ")) return false;
  const auto digits = std::ranges::count_if(groups, IsAsciiDigit);
  if (groups.starts_with("+800 ")) return digits == 11;
  const std::string_view area = groups.substr(0, groups.find_first_of(" -/.)"));
  if (area == "0800" || area == "0808" || area == "00800" || area == "0120") return digits >= 8 && digits <= 13;
  return (area == "900" || area == "901" || area == "902") && digits == 9;
}

void ShapeRules::FindPhone(const Scan& scan, const Places& places, std::size_t place, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  const std::size_t at = places.words[place].token;
  const Token& first = scan.tokens[at];
  constexpr std::size_t kGroupsMax = 7;
  constexpr CharSet kBeforeNoPhone(".-/_#$€£");
  if (!first.all_digits() || first.size() > kPhoneDigitsMax) return;
  if (first.begin > 0 && IsOneOf<kBeforeNoPhone>(text[first.begin - 1])) return;
  // The rest of a longer number: an IBAN with a wrong check digit is no telephone.
  if (at > 0 && scan.tokens[at - 1].digits > 0 && scan.IsBetween(at - 1, ' ')) return;
  std::size_t begin = first.begin;
  bool bracket = begin > 0 && text[begin - 1] == '(';
  if (bracket) --begin;
  const bool plus = begin > 0 && text[begin - 1] == '+';
  if (plus) --begin;
  if (begin > 0 && (IsOneOf<kBeforeNoPhone>(text[begin - 1]) || IsAsciiAlnum(text[begin - 1]))) return;
  // "1,916 kg" goes on; the cell of a table, "1,916-555-0133,42", shows by its signs that it is whole.
  const bool signs = plus || bracket || At(text, first.end) == '-';
  if (begin > 1 && text[begin - 1] == ',' && IsAsciiDigit(text[begin - 2]) && !signs) return;
  std::size_t last = at, n = first.size();
  const std::size_t tokens_end = std::min(scan.tokens.size(), at + kGroupsMax);
  for (const Token* next = &first + 1; last + 1 < tokens_end && next->all_digits(); ++next, ++last) {
    if (n + next->size() > kPhoneDigitsMax || !DividesPhone(scan.Between(last))) break;
    n += next->size();
  }
  const Extension branch = ExtensionBehind(scan, last);
  n += branch.digits_before;
  if (n < kPhoneDigitsMin || n > kPhoneDigitsMax) return;
  const std::size_t end = branch.end > 0 ? branch.end : scan.tokens[last].end;
  const char after = At(text, end);
  // The whole number in brackets, or a remark that begins with it: none of its own.
  if (bracket && text.substr(begin, end - begin).find(')') == text.npos) {
    ++begin;
    bracket = false;
  }
  const bool goes_on = IsOneOf(after, ".-/:") || (after == ',' && !signs);
  if ((goes_on && IsAsciiDigit(At(text, end + 1))) || IsAsciiAlnum(after) || after == '_' || after == '%') return;
  if (after == '-' && IsAsciiLetter(At(text, end + 1))) return;     // "worker 0176-48539070-b"
  if (after == ']' && begin > 0 && text[begin - 1] == '[') return;  // "[01886.024271] usb 1-4"
  const std::string_view groups = text.substr(begin, end - begin);
  if (IsUnfilled(groups)) return;
  if (IsServiceNumber(groups)) return;
  if (IsNorthAmericanFree(groups, n) && WordNear(scan, at, words_.cues.services)) return;
  constexpr double kNumberOfSomebody = 0.55;  // "il mio numero": less where a word near it names another kind
  double score = PhoneScore(scan, at, last, plus, bracket, n);
  if (IsCueNear(places, place, &ShapeCue::phone)) score = std::max(0.6, std::min(0.97, score + 0.3));
  if (branch.end > 0 && last > at && IsAmericanWithBranch(n, text.substr(first.begin, 3))) score = std::max(score, 0.7);
  if (score < kNumberOfSomebody && (IsMailBeside(scan, end) || IsLineOfNumber(scan, begin, end, last - at + 1, n)))
    score = kNumberOfSomebody;
  if (score < kNumberOfSomebody && IsCueNear(places, place, &ShapeCue::number)) score = kNumberOfSomebody;
  if (score >= 0.5) Report(begin, end, phone_, score, finds);
}

// "〒159-0080": behind its first part stands a hyphen.
void ShapeRules::FindJapaneseCode(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::string_view kMark = "\u3012";
  constexpr std::uint32_t kSecond = 4;
  const Token& first = scan.tokens[at];
  if (first.begin < kMark.size()) return;
  const std::string_view before = scan.text.substr(first.begin - kMark.size(), kMark.size());
  const bool spaced = before.ends_with(' ') && scan.text.substr(0, first.begin - 1).ends_with(kMark);
  if ((before != kMark && !spaced) || at + 1 >= scan.tokens.size() || scan.tokens[at + 1].size() != kSecond) return;
  Report(first.begin, scan.tokens[at + 1].end, postal_code_, 0.9, finds);
}

namespace {

// Whether a decimal with four to ten places begins there, at most `most` before them.
bool IsDegrees(const Scan& scan, std::size_t at, int most) {
  if (at + 1 >= scan.tokens.size() || !scan.tokens[at].all_digits() || !scan.tokens[at + 1].all_digits()) return false;
  const std::uint32_t places = scan.tokens[at + 1].size();
  const int whole = Small(scan.Of(scan.tokens[at]));
  return scan.Between(at) == "." && places >= kPlacesOfDegreesMin && places <= 10 && whole >= 0 && whole <= most;
}

}  // namespace

// "48.20849, 16.37208": a pair of decimals with four places or more; "48.20849° N, 16.37208° E"; and each of
// "lat 48.20849, lon 16.37208".
void ShapeRules::FindCoordinates(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kHemispheres({"n", "s"});
  constexpr int kLatitudeMax = 90, kLongitudeMax = 180;
  if (coordinates_ == nullptr || !IsDegrees(scan, at, kLatitudeMax)) return;
  std::size_t second = at + 2;
  if (second >= scan.tokens.size()) return;
  const bool named = words_.cues.longitudes.contains(scan.tokens[second].hash);
  if (named || kHemispheres.contains(scan.tokens[second].hash)) ++second;
  if (!IsDegrees(scan, second, kLongitudeMax)) return;
  for (std::size_t i = at + 1; i < second; ++i) {
    constexpr std::size_t kSignsMax = 6;
    const std::string_view between = scan.Between(i);
    if (between.empty() || between.size() > kSignsMax) return;
    if (between.find_first_not_of(second > at + 2 ? " ,;-/:=\"'\u00B0" : " ,;-/") != between.npos) return;
  }
  const auto begin_of = [&](std::size_t i) {
    const std::uint32_t begin = scan.tokens[i].begin;
    return begin > 0 && scan.text[begin - 1] == '-' ? begin - 1 : begin;
  };
  constexpr double kScore = 0.85;
  if (!named) return Report(begin_of(at), scan.tokens[second + 1].end, coordinates_, kScore, finds);
  Report(begin_of(at), scan.tokens[at + 1].end, coordinates_, kScore, finds);
  Report(begin_of(second), scan.tokens[second + 1].end, coordinates_, kScore, finds);
}

}  // namespace privity::detect
