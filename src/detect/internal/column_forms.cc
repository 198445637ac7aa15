#include "detect/internal/column_forms.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_set>

#include "base/utf8.h"
#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/validators.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

bool IsYesOrNo(std::string_view value) {
  static const WordSet kAnswers({"0", "1", "true", "false", "t", "f", "yes", "no", "y", "n"});
  return value.size() <= 5 && kAnswers.contains(FoldedWordHash(value));
}

bool IsNameShaped(const Scan& scan) {
  if (scan.tokens.empty() || scan.tokens.size() > 4) return false;
  return std::all_of(scan.tokens.begin(), scan.tokens.end(), [](const Token& token) {
    return token.digits == 0 && (token.upper_first || !token.has_lower || token.size() <= 3);
  });
}

bool IsYear(std::string_view value) {
  return value.size() == 4 && (value.starts_with("19") || value.starts_with("20")) && IsAsciiDigit(value[2]) &&
         IsAsciiDigit(value[3]);
}

bool IsCode(std::string_view value) {
  return std::ranges::any_of(value, IsAsciiDigit) &&
         std::ranges::all_of(value, [](char c) { return IsAsciiDigit(c) || IsAsciiUpper(c) || IsOneOf<"-_./">(c); });
}

namespace {

// Degrees with their decimals at the begin of the text, which go from it with what separates them from the next; above
// 180 where there are none.
double TakeDegrees(std::string_view& text) {
  constexpr std::size_t kPlacesMin = 3, kDigitsMax = 3;
  constexpr double kNone = 360;
  const bool below = text.starts_with('-');
  text.remove_prefix(below);
  std::size_t whole = 0, places = 0;
  while (whole < text.size() && IsAsciiDigit(text[whole])) ++whole;
  if (whole == 0 || whole > kDigitsMax || whole == text.size() || !IsOneOf<".,">(text[whole])) return kNone;
  while (whole + 1 + places < text.size() && IsAsciiDigit(text[whole + 1 + places])) ++places;
  if (places < kPlacesMin) return kNone;
  const double degrees = std::stod(std::string(text.substr(0, whole)));
  text.remove_prefix(whole + 1 + places);
  while (!text.empty() && !IsAsciiDigit(text[0]) && text[0] != '-') {
    if (!IsOneOf<" ,;/NSEWO">(text[0]) && static_cast<unsigned char>(text[0]) < 0x80) return kNone;
    text.remove_prefix(1);
  }
  return degrees;
}

}  // namespace

bool AreDegrees(std::string_view value) {
  constexpr double kLatitude = 90, kLongitude = 180;
  const double first = TakeDegrees(value), second = TakeDegrees(value);
  return value.empty() && first <= kLongitude && second <= kLongitude && std::min(first, second) <= kLatitude;
}

bool IsIsbn(std::string_view value) {
  constexpr std::size_t kThree = 3, kSix = 7;
  // "485 777 3456": numbers of books have one digit at the end.
  if (value.size() == 12 && !IsAsciiDigit(value[kThree]) && value[kThree] == value[kSix]) return false;
  std::string digits;
  for (const char c : value) {
    if (IsAsciiDigit(c) || c == 'X')
      digits += c;
    else if (c != '-' && c != ' ')
      return false;
  }
  int sum = 0;
  if (digits.size() == 8 && value.size() == 9 && value[4] == '-') {
    for (std::size_t i = 0; i < 8; ++i) sum += (digits[i] == 'X' ? 10 : digits[i] - '0') * static_cast<int>(8 - i);
    return sum % 11 == 0;
  }
  if (digits.size() == 13 && (digits.starts_with("978") || digits.starts_with("979"))) {
    for (std::size_t i = 0; i < 13; ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return sum % 10 == 0;
  }
  if (digits.size() != 10 || digits.find('X') < 9) return false;
  for (std::size_t i = 0; i < 10; ++i) sum += (digits[i] == 'X' ? 10 : digits[i] - '0') * static_cast<int>(10 - i);
  return sum % 11 == 0;
}

bool IsInThousands(std::string_view value) {
  const auto first = value.substr(0, 4).find_first_of(".,");
  if (first == value.npos || first == 0 || (value.size() - first) % 4 != 0) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool separator = i >= first && (i - first) % 4 == 0;
    if (separator ? value[i] != value[first] : !IsAsciiDigit(value[i])) return false;
  }
  return true;
}

bool IsAmount(const Scan& scan) {
  constexpr std::size_t kTokensMax = 6, kWordsMax = 2, kUnitBytesMax = 3;
  if (scan.tokens.size() > kTokensMax) return false;
  std::size_t numbers = 0, words = 0;
  for (const Token& token : scan.tokens) {
    numbers += token.digits > 0;
    words += token.digits == 0;
    if (token.digits > 0 && token.size() > token.digits + kUnitBytesMax) return false;
  }
  return numbers > 0 && words <= kWordsMax;
}

namespace {

// "+48", "(0)", "022": what a number of a telephone is announced by.
bool IsAnnouncedPhone(std::string_view value, std::size_t digits) {
  const bool national = value.starts_with('0') && digits >= 9 && digits <= 12;
  return value.starts_with('+') || value.starts_with("00") || value.starts_with('(') || national;
}

}  // namespace

bool IsPhoneLike(std::string_view value) {
  static const std::unordered_set<std::string> kGroups = {
      "334", "333", "2222", "22222", "3222", "2322",  "3322", "244", "344",  "433", "234",   "233",
      "323", "322", "1334", "2332",  "144",  "12222", "1333", "335", "2232", "332", "33222", "32222"};
  value = value.substr(0, value.find(" x"));
  std::size_t digits = 0;
  std::string groups;
  bool in_group = false;
  for (const char c : value) {
    const bool digit = IsAsciiDigit(c);
    if (!digit && std::string_view(" -./()+").find(c) == std::string_view::npos) return false;
    if (digit && !in_group) groups += '0';
    if (digit) ++groups.back();
    digits += digit;
    in_group = digit;
  }
  if (digits < 7 || digits > 15 || groups.size() > 6) return false;
  // "139 1234 5678": of eleven digits grouped so, a mobile's begin with 1 where no zero does.
  const bool told = kGroups.contains(groups) && (groups != "344" || value[0] == '1');
  return IsAnnouncedPhone(value, digits) || told;
}

bool IsNetwork(std::string_view rest) {
  const auto slash = rest.find('/');
  return slash != rest.npos && slash + 1 < rest.size() && IsAsciiDigit(rest[slash + 1]) &&
         rest.substr(0, slash).find_first_not_of("0123456789abcdefABCDEF.:") == rest.npos;
}

bool IsPlainPhone(std::string_view value) {
  constexpr std::size_t kDigitsMin = 8, kDigitsMax = 12;
  return value.size() >= kDigitsMin && value.size() <= kDigitsMax && std::ranges::all_of(value, IsAsciiDigit);
}

bool IsInternationalPhone(std::string_view value) {
  constexpr std::ptrdiff_t kDigitsMin = 9;
  // "0049 171 ...", where "0012345678" is a number of a thing.
  const bool zeros = value.starts_with("00") && value.size() > 2 && value[2] != '0' && value.find(' ') != value.npos;
  return (value.starts_with('+') || zeros) && std::ranges::count_if(value, IsAsciiDigit) >= kDigitsMin;
}

bool IsPostalForm(std::string_view value) {
  static const std::unordered_set<std::string> kForms = {
      "A9 9AA", "A99 9AA",   "AA9 9AA",  "AA99 9AA",   "A9A 9AA",  "AA9A 9AA", "A9A 9A9", "9999 AA",  "9999AA",
      "99-999", "99999-999", "9999-999", "99999-9999", "999-9999", "999 99",   "AA-9999", "AA-99999", "A99 A9A9"};
  if (value.size() < 5 || value.size() > 10) return false;
  std::string form;
  for (const char c : value) form += IsAsciiDigit(c) ? '9' : c >= 'A' && c <= 'Z' ? 'A' : c;
  // The letters before a hyphen are those of a country; of Brunei, those of a district.
  if (form.starts_with("AA-") && IbanLength(value.substr(0, 2)) == 0) return false;
  return kForms.contains(form) || (form == "AA9999" && IsOneOf<"BKPT">(value[0]));
}

bool IsPostalAbroad(std::string_view value) {
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(value, IsAsciiDigit));
  if (digits < 4 || digits > 5 || value.size() <= digits + 1 || value.size() > digits + 3) return false;
  const std::string_view letters = value.substr(0, value.size() - digits - 1);
  if (!IsOneOf<" -">(value[letters.size()]) || !std::ranges::all_of(letters, IsAsciiUpper)) return false;
  return letters.size() == 1 ? IsOneOf<"ABDEFHILNPS">(letters[0]) : IbanLength(letters) > 0;
}

bool IsPlainPostal(std::string_view value) {
  constexpr std::size_t kBytesMin = 5, kBytesMax = 10;
  constexpr std::ptrdiff_t kDigitsMin = 5, kDigitsMax = 8;
  if (value.size() < kBytesMin || value.size() > kBytesMax) return false;
  const bool digits_only = std::ranges::all_of(value, [](char c) { return IsOneOf<"0123456789.- ">(c); });
  const auto digits = digits_only ? std::ranges::count_if(value, IsAsciiDigit) : 0;
  return digits >= kDigitsMin && digits <= kDigitsMax;
}

bool IsGroupedEight(std::string_view value) {
  if (value.size() != 9 || value[4] != ' ') return false;
  return std::count_if(value.begin(), value.end(), IsAsciiDigit) == 8;
}

bool IsPrintedImei(std::string_view value) {
  constexpr std::string_view kForm = "99-999999-999999-9";
  if (value.size() != kForm.size()) return false;
  std::string digits;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == '-' ? value[i] != '-' : !IsAsciiDigit(value[i])) return false;
    if (value[i] != '-') digits += value[i];
  }
  return Luhn(digits);
}

bool IsFiveDigits(std::string_view value) {
  return value.size() == 5 && std::all_of(value.begin(), value.end(), IsAsciiDigit);
}

bool IsFirmLike(const CompanyVocabulary& words, const Scan& scan) {
  const bool ascii = std::ranges::all_of(scan.text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const auto is_there = [&](std::string_view part) { return scan.text.find(part) != std::string_view::npos; };
  if (!ascii && std::ranges::any_of(words.firms_in_one_word, is_there)) return true;
  if (scan.text.find('&') != std::string_view::npos) return true;
  // Before the name only such words that are nothing else: "ЗАО Аникита", "MMC Nurlan".
  const bool first = scan.tokens.size() > 1 && scan.tokens[0].size() >= 2 && !scan.tokens[0].has_lower &&
                     scan.tokens[0].size() <= 24 && words.firms.contains(scan.tokens[0].hash);
  return first ||
         (scan.tokens.size() > 1 && std::any_of(scan.tokens.begin() + 1, scan.tokens.end(), [&](const Token& token) {
            return token.size() <= 24 && words.firms.contains(token.hash);
          }));
}

bool IsTownLike(const Scan& scan) {
  static const std::unordered_set<std::string> kBefore = {
      "north", "south", "east",   "west",    "new", "lake",   "port",   "mount", "fort",  "saint", "st",
      "san",   "santa", "sankt",  "bad",     "los", "las",    "la",     "el",    "villa", "nueva", "nova",
      "borgo", "sesto", "quarto", "settimo", "sao", "ciudad", "puerto", "sint",  "mont"};
  static constexpr std::array<std::string_view, 24> kEndings = {
      "ville", "town", "ton",   "burgh", "burg", "borough", "bury",  "berg", "stad", "stadt", "furt", "chester",
      "mouth", "port", "haven", "shire", "side", "view",    "field", "land", "fort", "ford",  "heim", "dorf"};
  if (scan.tokens.empty() || scan.tokens.size() > 3) return false;
  if (std::ranges::any_of(scan.tokens, [](const Token& token) { return token.digits > 0; })) return false;
  const std::string first = Fold(scan.Of(scan.tokens.front()).substr(0, 40));
  if (scan.tokens.size() > 1 && kBefore.contains(first)) return true;
  return scan.tokens.size() == 1 && first.size() >= 6 &&
         std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return first.ends_with(ending); });
}

bool IsStreetLike(const Scan& scan) {
  const auto& tokens = scan.tokens;
  if (tokens.size() < 2 || tokens.size() > 5) return false;
  const Token& number = tokens.back();
  if (number.digits == 0 || number.digits > 4 || number.size() > number.digits + 1u) return false;
  return tokens.front().upper_first &&
         std::all_of(tokens.begin(), tokens.end() - 1, [](const Token& token) { return token.digits == 0; }) &&
         tokens.front().has_lower &&
         std::any_of(tokens.begin(), tokens.end() - 1, [](const Token& token) { return token.size() >= 4; });
}

namespace {

bool EndsWithAny(std::string_view value, std::span<const std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return value.ends_with(ending); });
}

}  // namespace

bool IsEastAsianAddress(std::string_view value) {
  static constexpr std::array<std::string_view, 26> kMarks = {"県", "省", "市",  "区",  "區",  "县",  "縣",  "郡", "町",
                                                              "村", "路", "街",  "道",  "号",  "號",  "巷",  "弄", "番",
                                                              "都", "府", "시 ", "도 ", "구 ", "군 ", "로 ", "길 "};
  static constexpr std::array<std::string_view, 3> kNumbers = {"丁目", "番地", "号"};
  if (std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return false;
  const auto marks = std::count_if(kMarks.begin(), kMarks.end(),
                                   [&](std::string_view mark) { return value.find(mark) != value.npos; });
  const bool number = std::any_of(value.begin(), value.end(), IsAsciiDigit) ||
                      std::any_of(kNumbers.begin(), kNumbers.end(),
                                  [&](std::string_view mark) { return value.find(mark) != value.npos; });
  constexpr std::size_t kCharactersMin = 7;  // "世田谷区三軒茶屋2-44-6"
  return number && (marks >= 2 || (marks == 1 && CountCharacters(value) >= kCharactersMin));
}

bool IsPasswordLike(std::string_view value) {
  constexpr std::size_t kBytesMin = 8, kBytesMax = 32;
  const auto is_sign = [](char c) { return IsOneOf<"!@$%^*?&~#">(c); };
  const auto is_none = [](char c) { return IsOneOf<" <>\"'`{}[]=|\\/:;,">(c); };
  if (value.size() < kBytesMin || value.size() > kBytesMax || std::ranges::none_of(value, is_sign) ||
      std::ranges::any_of(value, is_none))
    return false;
  const auto at = value.find('@');
  const bool mail = at != value.npos && at > 0 && value.find('.', at) != value.npos &&
                    value.find_last_of('.') + 2 < value.size() && std::ranges::none_of(value.substr(at), IsAsciiDigit);
  // "j^uEZeOURa" has no digit; no word is written so either.
  constexpr std::size_t kCasesMin = 3;
  std::size_t cases = 0;
  for (std::size_t i = 1; i < value.size(); ++i)
    cases +=
        IsAsciiLetter(value[i - 1]) && IsAsciiLetter(value[i]) && IsAsciiUpper(value[i - 1]) != IsAsciiUpper(value[i]);
  return !mail && std::ranges::any_of(value, IsAsciiLetter) &&
         (std::ranges::any_of(value, IsAsciiDigit) || cases >= kCasesMin);
}

bool IsEastAsianTown(std::string_view value) {
  static constexpr std::array<std::string_view, 9> kEndings = {"市", "县", "縣", "区", "區", "町", "村", "시", "군"};
  constexpr std::size_t kCharacterBytes = 3;
  return value.size() >= 2 * kCharacterBytes && value.size() <= 6 * kCharacterBytes &&
         std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) &&
         EndsWithAny(value, kEndings);
}

bool AreSexesInShort(std::set<std::string> letters) {
  static const std::set<std::set<std::string>> kPairs = {{"k", "m"}, {"m", "v"}, {"m", "w"}, {"f", "h"}, {"h", "m"},
                                                         {"e", "k"}, {"l", "p"}, {"ж", "м"}, {"f", "m"}};
  for (const char* neither : {"d", "o", "u", "x"}) letters.erase(neither);
  return kPairs.contains(letters);
}

}  // namespace privity::detect
