#include "detect/internal/column_rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "base/utf8.h"
#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/span_choice.h"

namespace privity::detect {
namespace {

// Distinct values that are judged, taken from all over the sample: a few tell what nearly all or nearly none of them
// are, and only where they do not are more of them looked at.
constexpr std::size_t kFirstLook = 64;
constexpr std::size_t kSecondLook = 256;
constexpr double kClearlyNone = 0.12, kClearlyAll = 0.88;  // shares of the first look that decide
constexpr std::size_t kValueBytesMax = 256;                // of each
constexpr std::size_t kProseCharactersMin = 40;            // values that are longer on the average are sentences
constexpr std::size_t kProseValuesMax = 24;
constexpr std::size_t kProseBytesMax = 2000;
constexpr double kProseShareMin = 0.30;  // of texts that speak of somebody
constexpr std::size_t kProseSpansMin = 2;
constexpr double kForProse = 0.50;
constexpr std::size_t kDistinctMin = 3;  // fewer say nothing by their form
constexpr double kShareMin = 0.6;        // of the distinct values
constexpr double kYesOrNo = -0.80;
constexpr double kYears = -0.60;
constexpr double kNothingLikeIt = -0.45;  // the name promises a form that no value has
constexpr std::size_t kTrialsMax = 12;
constexpr double kVocabularyChance = 0.003;  // that words of another column are of a vocabulary
constexpr double kVocabularyShareMin = 0.5;  // it lacks some
constexpr double kNameChance = 0.01;         // that words of another column are frequent names
constexpr double kNameShareMin = 0.35;       // lists know only some of them
constexpr double kShapedShareMin = 0.20;     // of values that are all written like names
constexpr double kShaped = 0.90;
constexpr std::size_t kShapedCountMin = 4;
constexpr double kOnlyCities = 0.85;  // towns are called like people, and the lists of towns are longer
constexpr double kPhoneChance = 0.02;
constexpr double kBirthShare = 0.95, kDatedShare = 0.75;
constexpr int kBirthYearMin = 1905, kBirthYearMax = 2016, kBirthYearsApart = 18;
constexpr double kCalledShare = 0.8;
constexpr std::size_t kNear = 2;     // columns between parts of an address
constexpr double kForOthers = 0.65;  // what the other columns say
constexpr double kForForm = 0.75;    // more than names that are in lists
constexpr double kFormShare = 0.88, kEasternShare = 0.7, kPasswordShare = 0.5;
constexpr double kTownShare = 0.35, kFirmShare = 0.20, kFirstWordsShare = 0.60;
constexpr std::size_t kZeroFirstMin = 2;
constexpr std::size_t kGenderBytesMax = 24, kGendersMin = 2;
constexpr double kWeakCheck = 0.01;  // more is passed by words by chance: few values are no proof
constexpr std::size_t kWeakCheckDistinctMin = 5;
constexpr double kOnlyFormShareMin = 0.75;  // of values that only the form speaks for
constexpr double kWeakCheckShareMin = 0.8;  // of values that nothing but such a check speaks for
constexpr double kMakersOfWorks = -0.30;    // names in a list of tracks or books are those of composers and authors
constexpr double kWhereThingsAre = -0.30;   // places in a list of products are those of their makers
constexpr double kForBit = 0.11;
constexpr double kPersonal = 0.5;
constexpr double kValuesMax01 = 0.97;

// Where two speak as clearly, the same one is taken every time: "Anna Martin" is a name, though both words are
// surnames.
bool GoesFirst(const DetectorFile& file, const DetectorFile& other) {
  constexpr std::string_view kWhole = "full-name";
  if ((file.pack.id == kWhole) != (other.pack.id == kWhole)) return file.pack.id == kWhole;
  return file.pack.id < other.pack.id;
}

bool IsYesOrNo(std::string_view value) {
  static const std::unordered_set<std::string> kAnswers = {"0", "1", "true", "false", "t", "f", "yes", "no", "y", "n"};
  return value.size() <= 5 && kAnswers.contains(Fold(value));
}

// One to four words of letters, each with a capital one or none of them in small letters.
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

// ISO 2108: the numbers of books have a check digit that other numbers' check digits are like.
bool IsIsbn(std::string_view value) {
  std::string digits;
  for (const char c : value) {
    if (IsAsciiDigit(c) || c == 'X')
      digits += c;
    else if (c != '-' && c != ' ')
      return false;
  }
  int sum = 0;
  if (digits.size() == 13 && (digits.starts_with("978") || digits.starts_with("979"))) {
    for (std::size_t i = 0; i < 13; ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return sum % 10 == 0;
  }
  if (digits.size() != 10 || digits.find('X') < 9) return false;
  for (std::size_t i = 0; i < 10; ++i) sum += (digits[i] == 'X' ? 10 : digits[i] - '0') * static_cast<int>(10 - i);
  return sum % 11 == 0;
}

// "410.399.624", "1,204,500": a quantity with its thousands apart.
bool IsInThousands(std::string_view value) {
  const auto first = value.find_first_of(".,");
  if (first == value.npos || first == 0 || first > 3 || (value.size() - first) % 4 != 0) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool separator = i >= first && (i - first) % 4 == 0;
    if (separator ? value[i] != value[first] : !IsAsciiDigit(value[i])) return false;
  }
  return true;
}

// "+48", "(0)", "022": what a number of a telephone is announced by.
bool IsAnnouncedPhone(std::string_view value, std::size_t digits) {
  const bool national = value.starts_with('0') && digits >= 9 && digits <= 12;
  return value.starts_with('+') || value.starts_with("00") || value.starts_with('(') || national;
}

// Seven digits or more with a plus or zero before them, or in the groups that some country writes its telephones in
// (ITU-T E.123; formats of national numbering plans). A trailing extension ("x92091") is left aside.
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

// The year of a whole date; 0 when none of four digits is in it.
int YearOf(const Scan& scan) {
  for (const Token& token : scan.tokens) {
    const std::string_view digits = scan.Of(token).substr(0, token.digits);
    if (token.digits >= 4 && token.size() <= token.digits + 2u && IsYear(digits.substr(0, 4)))
      return std::stoi(std::string(digits.substr(0, 4)));
  }
  // "06-30-47": of two digits, those of a life until now.
  constexpr int kCentury = 1900, kNow = 26;
  const Token* const last = scan.tokens.empty() ? nullptr : &scan.tokens.back();
  if (last == nullptr || !last->all_digits() || last->size() != 2) return 0;
  const int year = std::stoi(std::string(scan.Of(*last)));
  return kCentury + year + (year <= kNow ? 100 : 0);
}

// How postal codes are written, where the way of writing says so: "SW1A 1AA", "K1A 0B1", "1234 AB", "00-123". Digits
// are 9, letters A.
bool IsPostalForm(std::string_view value) {
  static const std::unordered_set<std::string> kForms = {"A9 9AA",    "A99 9AA",  "AA9 9AA",    "AA99 9AA", "A9A 9AA",
                                                         "AA9A 9AA",  "A9A 9A9",  "9999 AA",    "9999AA",   "99-999",
                                                         "99999-999", "9999-999", "99999-9999", "999-9999", "999 99",
                                                         "AA-9999",   "AA-99999", "AA9999",     "A99 A9A9", "9999-99"};
  if (value.size() < 5 || value.size() > 10) return false;
  std::string form;
  for (const char c : value) form += IsAsciiDigit(c) ? '9' : c >= 'A' && c <= 'Z' ? 'A' : c;
  return kForms.contains(form);
}

// "5149 0803": how several countries write all their telephones.
bool IsGroupedEight(std::string_view value) {
  if (value.size() != 9 || value[4] != ' ') return false;
  return std::count_if(value.begin(), value.end(), IsAsciiDigit) == 8;
}

// "49-015420-323751-8": how an IMEI is printed, with its check digit (3GPP TS 23.003, GSMA TS.06).
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

// What only the names of firms have: "Kuhn & Co", "Weber GmbH".
bool IsFirmLike(const Scan& scan) {
  static const std::unordered_set<std::string> kWords = {
      "inc",      "llc",      "ltd",       "plc",        "corp",  "co",      "group",    "sons",       "gmbh",
      "ag",       "kg",       "ohg",       "gbr",        "sa",    "sarl",    "sas",      "srl",        "spa",
      "snc",      "sl",       "bv",        "nv",         "ab",    "oy",      "hermanos", "asociados",  "cie",
      "et",       "fils",     "and",       "und",        "y",     "e",       "figli",    "zoo",        "sp",
      "ltda",     "sro",      "companies", "associates", "firma", "holding", "holdings", "investment", "partneri",
      "partners", "partner",  "biedriba",  "sia",        "mmc",   "asc",     "qsc",      "ооо",        "зао",
      "оао",      "пао",      "ао",        "гуп",        "муп",   "тов",     "прат",     "ат",         "тдв",
      "фоп",      "кт",       "пп",        "שפס",        "შპს",   "სს",      "ააიპ",     "ჯგუფი",      "شركة",
      "شرکت",     "株式会社", "有限会社",  "有限公司",   "doo",   "dd",      "jsc",      "pty",        "bhd",
      "sdn",      "tbk"};
  static constexpr std::array<std::string_view, 5> kParts = {"株式会社", "有限会社", "有限公司", "公司", "㈜"};
  const bool part = std::any_of(kParts.begin(), kParts.end(),
                                [&](std::string_view word) { return scan.text.find(word) != std::string_view::npos; });
  if (part) return true;
  if (scan.text.find('&') != std::string_view::npos) return true;
  // Before the name only such words that are nothing else: "ЗАО Аникита", "MMC Nurlan".
  const bool first = scan.tokens.size() > 1 && scan.tokens[0].size() >= 2 && !scan.tokens[0].has_lower &&
                     scan.tokens[0].size() <= 24 && kWords.contains(Fold(scan.Of(scan.tokens[0])));
  return first ||
         (scan.tokens.size() > 1 && std::any_of(scan.tokens.begin() + 1, scan.tokens.end(), [&](const Token& token) {
            return token.size() <= 24 && kWords.contains(Fold(scan.Of(token)));
          }));
}

// "North Haven", "Lake Placid", "Fredericksburg": how towns are called that stand in no list.
bool IsTownLike(const Scan& scan) {
  static const std::unordered_set<std::string> kBefore = {
      "north", "south", "east",   "west",    "new", "lake",   "port",   "mount", "fort",  "saint", "st",
      "san",   "santa", "sankt",  "bad",     "los", "las",    "la",     "el",    "villa", "nueva", "nova",
      "borgo", "sesto", "quarto", "settimo", "sao", "ciudad", "puerto", "sint",  "mont"};
  static constexpr std::array<std::string_view, 24> kEndings = {
      "ville", "town", "ton",   "burgh", "burg", "borough", "bury",  "berg", "stad", "stadt", "furt", "chester",
      "mouth", "port", "haven", "shire", "side", "view",    "field", "land", "fort", "ford",  "heim", "dorf"};
  if (scan.tokens.empty() || scan.tokens.size() > 3) return false;
  const std::string first = Fold(scan.Of(scan.tokens.front()).substr(0, 40));
  if (scan.tokens.size() > 1 && kBefore.contains(first)) return true;
  return scan.tokens.size() == 1 && first.size() >= 6 &&
         std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return first.ends_with(ending); });
}

// One to four words and the number of a house: "Ojalaranta 94", "Vijenac Babića 8a".
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

bool EndsWithAny(std::string_view value, std::span<const std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return value.ends_with(ending); });
}

// "北京市朝阳区建国路88号", "東京都渋谷区神南1-2-3", "서울특별시 강남구 테헤란로 152": written from the province down
// to the number of the house.
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

// "Sommer2023!", "kitty&Bruno0905", "P@ssw0rd.77": letters, digits and a sign that codes of things are not written
// with.
bool IsPasswordLike(std::string_view value) {
  constexpr std::size_t kBytesMin = 8, kBytesMax = 32;
  if (value.size() < kBytesMin || value.size() > kBytesMax ||
      value.find_first_of(" <>\"'`{}()[]=|\\/:;,") != value.npos)
    return false;
  const auto at = value.find('@');
  const bool mail = at != value.npos && at > 0 && value.find('.', at) != value.npos &&
                    value.find_last_of('.') + 2 < value.size() && std::ranges::none_of(value.substr(at), IsAsciiDigit);
  return !mail && value.find_first_of("!@$%^*?&~#") != value.npos && std::ranges::any_of(value, IsAsciiDigit) &&
         std::ranges::any_of(value, IsAsciiLetter);
}

// "杭州市", "名古屋市", "성남시".
bool IsEastAsianTown(std::string_view value) {
  static constexpr std::array<std::string_view, 9> kEndings = {"市", "县", "縣", "区", "區", "町", "村", "시", "군"};
  constexpr std::size_t kCharacterBytes = 3;
  return value.size() >= 2 * kCharacterBytes && value.size() <= 6 * kCharacterBytes &&
         std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) &&
         EndsWithAny(value, kEndings);
}

// Words for men and women, in short and in full.
// "昭和45年3月2日", "1985年11月20日", "H2.5.14", "S55.12.25": the year in the common era; 0 for others.
int YearOfJapaneseDate(std::string_view value) {
  struct Era {
    std::string_view name, letter;
    int before;  // the year before its first
  };
  static constexpr std::array<Era, 5> kEras = {
      {{"明治", "M", 1867}, {"大正", "T", 1911}, {"昭和", "S", 1925}, {"平成", "H", 1988}, {"令和", "R", 2018}}};
  constexpr std::string_view kYear = "年", kMonth = "月";
  const auto number = [](std::string_view text) {
    std::size_t digits = 0;
    while (digits < text.size() && digits < 4 && IsAsciiDigit(text[digits])) ++digits;
    return std::pair(digits == 0 ? 0 : std::stoi(std::string(text.substr(0, digits))), digits);
  };
  const bool written = value.find(kYear) != value.npos && value.find(kMonth) != value.npos;
  if (written && number(value).second == 4) return number(value).first;
  for (const Era& era : kEras) {
    if (written && value.starts_with(era.name))
      return era.before + std::max(1, number(value.substr(era.name.size())).first);
    if (!value.starts_with(era.letter) || value.size() > 9) continue;
    const auto [year, digits] = number(value.substr(1));
    const std::string_view rest = value.substr(1 + digits);
    const bool dotted = digits > 0 && digits <= 2 && std::ranges::count(rest, '.') == 2 &&
                        rest.find_first_not_of("0123456789.") == rest.npos;
    if (dotted) return era.before + year;
  }
  return 0;
}

bool IsGenderWord(std::string_view value) {
  static const std::unordered_set<std::string> kWords = {
      "mannl",     "mannl.",   "weibl",     "weibl.",    "masc",     "masc.",     "fem",     "fem.",     "herr",
      "w",         "m",        "f",         "male",      "female",   "man",       "woman",   "men",      "women",
      "masculino", "femenino", "feminino",  "hombre",    "mujer",    "homem",     "mulher",  "mannlich", "weiblich",
      "mann",      "frau",     "homme",     "femme",     "masculin", "feminin",   "maschio", "femmina",  "uomo",
      "donna",     "maschile", "femminile", "vrouw",     "kobieta",  "mezczyzna", "kvinna",  "kvinde",   "kvinne",
      "mies",      "nainen",   "erkek",     "kadin",     "muz",      "zena",      "ferfi",   "barbat",   "femeie",
      "pria",      "wanita",   "laki-laki", "perempuan", "мужской",  "женский",   "мужчина", "женщина",  "чоловік",
      "жінка",     "男",       "女",        "男性",      "女性",     "남성",      "여성",    "남",       "여",
      "ذكر",       "أنثى",     "זכר",       "נקבה",      "mand",     "moski",     "zenski",  "musko",    "zensko",
      "ayol",      "หญิง",      "ชาย",       "مرد",       "زن",       "مێ",        "نێر",     "nam",      "nu",
      "vyras",     "moteris",  "virietis",  "sieviete",  "naine",    "pria",      "wanita",  "lelaki",   "muski",
      "жена",      "мъж",      "άνδρας",    "γυναίκα",   "տղամարդ",  "կին",       "кісі",    "पुरुष",      "महिला"};
  return kWords.contains(Fold(value));
}

// What stands beside them.
bool IsNeitherGender(std::string_view value) {
  static const std::unordered_set<std::string> kWords = {
      "divers",  "diverse", "non-binary", "nonbinary", "other",       "unknown",           "transgender", "intersex",
      "agender", "x",       "d",          "div",       "div.",        "prefer not to say", "n/a",         "none",
      "otro",    "autre",   "altro",      "anders",    "unspecified", "undisclosed"};
  return kWords.contains(Fold(value));
}

// "K" and "M", "M" and "V", "H" and "F": the sexes by their first letters, in the languages where these are not M and
// F.
bool AreSexesInShort(std::set<std::string> letters) {
  static const std::set<std::set<std::string>> kPairs = {{"k", "m"}, {"m", "v"}, {"m", "w"}, {"f", "h"}, {"h", "m"},
                                                         {"e", "k"}, {"l", "p"}, {"ж", "м"}, {"f", "m"}};
  for (const char* neither : {"d", "x"}) letters.erase(neither);
  return kPairs.contains(letters);
}

std::string Percent(double share) {
  return std::to_string(static_cast<int>(std::lround(share * 100))) + "%";
}

// Kinds whose values have a form that the program can see: when the name says one and no value has it, the name is
// wrong.
bool HasForm(std::string_view detector) {
  return detector == "email" || detector == "ip-address" || detector == "phone" || detector == "bank-account" ||
         detector == "card";
}

}  // namespace

struct ColumnRules::Sample {
  std::size_t distinct = 0;
  double yes_or_no = 0;  // shares of the distinct values
  double years = 0;
  double books = 0;                  // numbers of books
  double shaped = 0;                 // one to four words with capital letters, nothing else
  std::vector<int> date_years = {};  // of values that are a date and nothing else
  struct Match {
    std::size_t count = 0;
    double chance = 1;
    bool checked = false;
    bool needs_word = true;
  };
  std::unordered_map<const DetectorFile*, Match> matches;
  std::size_t characters = 0;
  // How many of the distinct values look so.
  std::size_t postal = 0, five_digits = 0, zero_first = 0, firms = 0, towns = 0, streets = 0, genders = 0,
              neither_gender = 0, no_answers = 0, eastern_addresses = 0, eastern_towns = 0, days_or_months = 0,
              grouped_eights = 0, thousands = 0, imeis = 0, passwords = 0;
  std::unordered_set<std::uint32_t> first_words = {};
  std::set<std::string> letters = {};  // values of a single one
  // Used again for each value.
  Scan scan = {};
  std::vector<Find> finds = {};
  std::vector<ValueMatch> value_matches = {};
  std::vector<const DetectorFile*> kinds = {};

  // Whether every kind of personal data is that of nearly all values, or of nearly none.
  bool IsDecided() const {
    return std::all_of(matches.begin(), matches.end(), [this](const auto& entry) {
      const double share = static_cast<double>(entry.second.count) / static_cast<double>(distinct);
      return !IsPersonal(entry.first->category) || share <= kClearlyNone || share >= kClearlyAll;
    });
  }
  bool Most(std::size_t count, double share) const {
    return static_cast<double>(count) >= share * static_cast<double>(distinct);
  }
  bool IsProse() const { return distinct > 0 && characters / distinct >= kProseCharactersMin; }
};

ColumnRules::ColumnRules(const FieldRules& fields, const TextRules& text, const ShapeRules& shapes,
                         const NameRules& names, const ValueRules& vocabularies,
                         const std::vector<std::shared_ptr<const DetectorFile>>& files)
    : fields_(fields),
      text_(text),
      shapes_(shapes),
      names_(names),
      vocabularies_(vocabularies),
      files_(files),
      phone_(File("phone")),
      birth_date_(File("birth-date")),
      postal_code_(File("postal-code")),
      street_(File("street-address")),
      city_(File("city")),
      gender_(File("gender")),
      imei_(File("imei")),
      password_(File("password")),
      note_(File("private-content")) {}

const DetectorFile* ColumnRules::File(std::string_view id) const {
  const auto found = std::find_if(files_.begin(), files_.end(), [&](const auto& file) { return file->pack.id == id; });
  return found == files_.end() ? nullptr : found->get();
}

// Dates that lie decades apart, none of them of these years: those of people. Those of works are as far apart, and
// are named so.
bool ColumnRules::AreBirthDates(const Sample& sample) const {
  const auto& years = sample.date_years;
  if (sample.distinct < kWeakCheckDistinctMin ||
      static_cast<double>(years.size()) < kDatedShare * static_cast<double>(sample.distinct))
    return false;
  const auto in_lives = std::count_if(years.begin(), years.end(),
                                      [](int year) { return year >= kBirthYearMin && year <= kBirthYearMax; });
  const auto [first, last] = std::minmax_element(years.begin(), years.end());
  return static_cast<double>(in_lives) >= kBirthShare * static_cast<double>(years.size()) &&
         *last - *first >= kBirthYearsApart;
}

// The places 0 to n-1 in an order that is spread over all of them from its beginning on.
class SpreadOrder {
 public:
  explicit SpreadOrder(std::size_t n) : n_(n), step_(std::max<std::size_t>(1, n * 5 / 8)) {
    while (std::gcd(step_, n_) > 1) ++step_;
  }
  std::size_t operator()(std::size_t i) const { return i * step_ % n_; }

 private:
  std::size_t n_;
  std::size_t step_;
};

// A wrong guess that repeats must not confirm itself: each distinct value counts once.
ColumnRules::Sample ColumnRules::Read(const std::vector<std::string>& values) const {
  Sample sample;
  if (values.empty()) return sample;
  std::unordered_set<std::string_view> distinct;
  const SpreadOrder at(values.size());
  for (std::size_t i = 0; i < values.size() && sample.distinct < kSecondLook; ++i) {
    const std::string_view value = std::string_view(values[at(i)]).substr(0, kValueBytesMax);
    if (value.empty() || !distinct.insert(value).second) continue;
    ReadValue(value, sample);
    sample.characters += CountCharacters(values[at(i)]);
    if (++sample.distinct == kFirstLook && sample.IsDecided()) break;
  }
  const double count = std::max<double>(1, static_cast<double>(sample.distinct));
  sample.yes_or_no /= count;
  sample.years /= count;
  sample.books /= count;
  sample.shaped /= count;
  return sample;
}

void ColumnRules::ReadForm(std::string_view value, Sample& sample) {
  sample.postal += IsPostalForm(value);
  sample.five_digits += IsFiveDigits(value);
  sample.zero_first += value.front() == '0';
  sample.firms += IsFirmLike(sample.scan);
  sample.towns += IsTownLike(sample.scan);
  sample.streets += IsStreetLike(sample.scan);
  sample.grouped_eights += IsGroupedEight(value);
  sample.thousands += IsInThousands(value);
  sample.imeis += IsPrintedImei(value);
  sample.passwords += IsPasswordLike(value);
  sample.eastern_addresses += IsEastAsianAddress(value);
  sample.eastern_towns += IsEastAsianTown(value);
  if (value.size() <= kGenderBytesMax) {
    sample.genders += IsGenderWord(value);
    sample.neither_gender += IsNeitherGender(value);
  }
  if (value.size() <= 2 && CountCharacters(value) == 1) sample.letters.insert(Fold(value));
  if (!sample.scan.tokens.empty()) sample.first_words.insert(sample.scan.tokens.front().hash);
}

void ColumnRules::ReadValue(std::string_view value, Sample& sample) const {
  sample.yes_or_no += IsYesOrNo(value);
  sample.years += IsYear(value);
  sample.books += IsIsbn(value);
  std::vector<ValueMatch>& matches = sample.value_matches;
  matches.clear();
  text_.MatchValue(value, matches);
  ScanText(value, sample.scan);
  sample.shaped += IsNameShaped(sample.scan);
  ReadForm(value, sample);
  sample.finds.clear();
  shapes_.FindAll(sample.scan, sample.finds);
  bool dated = false;
  for (const Find& find : sample.finds) {
    const std::size_t size = find.end - find.begin;
    // "DOB 06-30-47", "29 февраля 1992 г.р.": more may stand around a date.
    dated |= find.detector->entity == Entity::kDate &&
             CountCharacters(value.substr(find.begin, size)) * 3 >= CountCharacters(value) * 2;
    // The whole value, but for what may stand around it.
    if (size + 3 < value.size()) continue;
    matches.push_back({find.detector, 0.001, false});
  }
  const int japanese = dated ? 0 : YearOfJapaneseDate(value);
  dated |= japanese > 0;
  if (dated) sample.date_years.push_back(japanese > 0 ? japanese : YearOf(sample.scan));
  if (phone_ != nullptr && !dated && IsPhoneLike(value)) matches.push_back({phone_, kPhoneChance, false});
  std::vector<const DetectorFile*>& kinds = sample.kinds;
  kinds.clear();
  names_.KindsOfValue(sample.scan, kinds);
  for (const DetectorFile* kind : kinds) matches.push_back({kind, kNameChance, false});
  kinds.clear();
  const ValueRules::Everyday everyday = vocabularies_.Read(sample.scan, kinds);
  sample.no_answers += everyday.no_answer;
  sample.days_or_months += everyday.day_or_month;
  for (const DetectorFile* kind : kinds) matches.push_back({kind, kVocabularyChance, false});
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    const bool again =
        std::any_of(matches.begin(), match, [&](const auto& other) { return other.detector == match->detector; });
    if (again) continue;
    auto& known = sample.matches[match->detector];
    known.chance = std::min(known.chance, match->chance);
    known.checked |= match->checked;
    known.needs_word &= match->needs_word;
    ++known.count;
  }
}

// What other columns may decide.
struct ColumnRules::Doubt {
  bool open = false;    // nothing of the name, and the values are told by others only
  bool called = false;  // most values are written like names, and are no firms
  double as_town = 0;   // share of values that are towns
};

ColumnJudgement ColumnRules::Judge(const ColumnContext& context) const {
  Doubt doubt;
  return Judge(context, doubt);
}

ColumnJudgement ColumnRules::Judge(const ColumnContext& context, Doubt& doubt) const {
  const CollectionView collection = fields_.View(context.field, context.field.neighbours);
  ColumnJudgement judged = fields_.Judge(context.field, collection);
  const Sample sample = Read(context.values);
  judged.distinct_values = static_cast<std::int64_t>(sample.distinct);
  if (sample.distinct > 0) JudgeByValues(sample, context, collection, judged);
  const bool of_works = collection.works && collection.people < 0;
  const bool is_content = judged.category.starts_with("user.content");
  if ((judged.detector.empty() || is_content) && sample.IsProse() && !of_works) JudgeProse(context.values, judged);
  const bool by_texts = judged.detector.empty() && !sample.IsProse() && !of_works && !IsEveryday(sample);
  // Languages, cuisines and styles are called as nations are.
  const bool of_nations = collection.people > 0 || fields_.SaysNoName(context.field.field);
  if (by_texts && sample.distinct >= kWeakCheckDistinctMin) JudgeAsTexts(context.values, of_nations, judged);
  doubt.called = sample.shaped >= kCalledShare && !sample.Most(sample.firms, kFirmShare) &&
                 !sample.Most(sample.days_or_months, kCalledShare) && !IsEveryday(sample);
  doubt.open = fields_.SaysNoName(context.field.field) && sample.distinct >= kWeakCheckDistinctMin;
  for (const auto& [file, match] : sample.matches) {
    const double share =
        static_cast<double>(match.count) / static_cast<double>(std::max<std::size_t>(1, sample.distinct));
    if (file == city_) doubt.as_town = share;
  }
  return judged;
}

// Digits as postal codes have, in one group or two. Years are none.
bool ColumnRules::MayBePostal(const std::vector<std::string>& values) {
  const auto is_code = [](const std::string& value) {
    const auto digits = static_cast<std::size_t>(std::count_if(value.begin(), value.end(), IsAsciiDigit));
    if (digits == value.size()) return digits >= 4 && digits <= 6;
    const bool grouped = value.size() == digits + 1 && value.size() > 4 && (value[3] == ' ' || value[5] == '-');
    return IsPostalForm(value) || (grouped && (digits == 5 || digits == 6 || digits == 10));
  };
  const auto codes = std::count_if(values.begin(), values.end(), is_code);
  return static_cast<double>(codes) >= kShaped * static_cast<double>(values.size()) &&
         !std::all_of(values.begin(), values.end(), IsYear);
}

void ColumnRules::SetByOthers(const DetectorFile& file, std::string detail, ColumnJudgement& judged) const {
  judged.category = file.category;
  judged.detector = file.pack.id;
  judged.confidence = kForOthers;
  judged.evidence.push_back({EvidenceKind::kNeighbours, std::move(detail), kForOthers});
}

std::vector<ColumnJudgement> ColumnRules::JudgeAll(std::span<const ColumnContext> collection) const {
  std::vector<ColumnJudgement> judged;
  std::vector<Doubt> doubts(collection.size());
  for (std::size_t i = 0; i < collection.size(); ++i) judged.push_back(Judge(collection[i], doubts[i]));
  const auto holds = [&](std::string_view category) {
    return std::any_of(judged.begin(), judged.end(),
                       [&](const ColumnJudgement& one) { return one.category.starts_with(category); });
  };
  if (city_ == nullptr || postal_code_ == nullptr || !holds("user.contact.address")) return judged;
  JudgeTowns(doubts, judged);
  if (holds("user.contact.address.postal_code")) return judged;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    if (!judged[i].detector.empty() || !doubts[i].open || !IsBesideAddress(judged, i, kNear)) continue;
    if (!MayBePostal(collection[i].values)) continue;
    SetByOthers(*postal_code_, "digits beside addresses", judged[i]);
    break;
  }
  return judged;
}

bool ColumnRules::IsBesideAddress(const std::vector<ColumnJudgement>& judged, std::size_t at, std::size_t near) {
  const std::size_t first = at > near ? at - near : 0;
  for (std::size_t i = first; i <= at + near && i < judged.size(); ++i) {
    if (i != at && judged[i].category.starts_with("user.contact.address")) return true;
  }
  return false;
}

// What is written like names between or beside the parts of an address, and is nobody's name, is a place; where there
// is no town yet, that of the names which most towns bear.
void ColumnRules::JudgeTowns(const std::vector<Doubt>& doubts, std::vector<ColumnJudgement>& judged) const {
  const auto is_name = [&](std::size_t i) { return judged[i].category.starts_with("user.name"); };
  const auto is_address = [&](std::size_t i) { return judged[i].category.starts_with("user.contact.address"); };
  const auto count = [&](auto is) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < judged.size(); ++i) found += is(i);
    return found;
  };
  if (count([&](std::size_t i) { return judged[i].category == "user.contact.address.street"; }) == 0) return;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    if (!doubts[i].open || !doubts[i].called) continue;
    const bool before = i > 0 && is_address(i - 1), after = i + 1 < judged.size() && is_address(i + 1);
    const bool a_name_too_many =
        is_name(i) && count(is_name) > 1 && (doubts[i].as_town >= kTownShare || (before && after));
    if ((judged[i].detector.empty() || a_name_too_many) && (before || after))
      SetByOthers(*city_, "places beside streets", judged[i]);
  }
}

namespace {

// Words of notes about somebody, whose name may stand in another column.
bool IsAboutSomebody(const Scan& scan) {
  static const WordSet kWords(
      {"he",          "she",           "his",      "her",        "him",      "i",         "my",     "me",
       "patient",     "client",        "employee", "pt",         "resident", "pupil",     "er",     "ihm",
       "ihr",         "ich",           "mein",     "meine",      "meiner",   "patientin", "klient", "klientin",
       "mitarbeiter", "mitarbeiterin", "bewohner", "bewohnerin", "je",       "ma",        "mon",    "elle",
       "patiente",    "salarie",       "salariee", "paciente",   "empleado", "empleada",  "mi",     "ella",
       "usuario",     "usuaria",       "paziente", "mio",        "mia",      "lei",       "lui",    "dipendente",
       "minha",       "meu",           "ele",      "ela",        "utente",   "hij",       "zij",    "mijn",
       "haar",        "patienten",     "clienten", "medewerker"});
  return std::ranges::any_of(scan.tokens, [](const Token& token) { return kWords.contains(token.hash); });
}

// In how many texts, and the detector that found it.
struct Spoken {
  std::size_t texts = 0;
  std::string detector;
};
using SpokenOf = std::map<std::string, Spoken>;  // by category

const SpokenOf::value_type* Most(const SpokenOf& spoken) {
  const auto most = std::ranges::max_element(spoken, {}, [](const auto& each) { return each.second.texts; });
  return most == spoken.end() ? nullptr : &*most;
}

}  // namespace

// Notes, letters and documents: personal is what they say of people. The kind that most of them hold names the column;
// but beliefs, health and the like (GDPR Art. 9 and 10) come before names and addresses.
void ColumnRules::JudgeProse(const std::vector<std::string>& values, ColumnJudgement& judged) const {
  constexpr double kAboutShareMin = 0.6;
  constexpr std::size_t kAboutMin = 4;
  SpokenOf found, said;
  std::size_t texts = 0, speaking = 0, spans = 0, about = 0;
  Scan scan;
  std::vector<const DetectorFile*> kinds_said;
  const SpreadOrder at(values.size());
  for (std::size_t i = 0; i < values.size() && texts < kProseValuesMax; ++i) {
    const std::string_view text = std::string_view(values[at(i)]).substr(0, kProseBytesMax);
    if (CountCharacters(text) < kProseCharactersMin) continue;
    ++texts;
    ScanText(text, scan);
    std::map<std::string, std::string> kinds;
    for (const TextSpan& span : SpansOf(scan)) {
      if (!IsPersonal(span.category)) continue;
      ++spans;
      kinds[span.category] = span.detector;
    }
    for (const auto& [category, detector] : kinds) {
      ++found[category].texts;
      found[category].detector = detector;
    }
    speaking += !kinds.empty();
    const bool is_about = IsAboutSomebody(scan);
    about += is_about;
    if (kinds.empty() && !is_about) continue;
    kinds_said.clear();
    vocabularies_.ReadNote(scan, kinds_said);
    for (const DetectorFile* kind : kinds_said) {
      ++said[kind->category].texts;
      said[kind->category].detector = kind->pack.id;
    }
  }
  const auto is_enough = [&](std::size_t count) {
    return count >= kProseSpansMin && static_cast<double>(count) >= kProseShareMin * static_cast<double>(texts);
  };
  const auto set = [&](const SpokenOf::value_type& most, std::size_t count, std::string_view of) {
    const double share = static_cast<double>(count) / static_cast<double>(texts);
    judged.category = most.first;
    judged.detector = most.second.detector;
    judged.confidence = std::min(kValuesMax01, kForProse + share / 3);
    judged.evidence.push_back({EvidenceKind::kValuesMatch,
                               Percent(share) + " of " + std::to_string(texts) + " texts " + std::string(of),
                               judged.confidence});
  };
  const auto* most_said = Most(said);
  if (most_said != nullptr && is_enough(most_said->second.texts)) {
    set(*most_said, most_said->second.texts, "say so of somebody");
    return;
  }
  if (!judged.detector.empty()) return;
  const bool named = spans >= kProseSpansMin && is_enough(speaking);
  const bool of_somebody =
      about >= kAboutMin && static_cast<double>(about) >= kAboutShareMin * static_cast<double>(texts);
  // Whoever is named in letters and notes, the letter is what is held.
  const bool of_people =
      named && (Most(found)->first.starts_with("user.name") || Most(found)->first.starts_with("user.demographic"));
  if (note_ != nullptr && (of_people || (!named && of_somebody))) {
    set({note_->category, {std::max(speaking, about), note_->pack.id}}, std::max(speaking, about), "speak of somebody");
  } else if (named) {
    set(*Most(found), speaking, "speak of somebody");
  }
}

// Values in many spellings, "Dr. Heike Stadtfeld", "BRANDL JOSEF", "Flat 302 Sai Krupa Apts": each read as a short
// text, of which nearly all must be of one kind.
void ColumnRules::JudgeAsTexts(const std::vector<std::string>& values, bool of_nations, ColumnJudgement& judged) const {
  constexpr std::size_t kTextsMax = 32, kTextsMin = 4;
  constexpr double kCoveredMin = 0.6, kTextShareMin = 0.4;
  SpokenOf found;
  std::size_t texts = 0;
  Scan scan;
  const SpreadOrder at(values.size());
  for (std::size_t i = 0; i < values.size() && texts < kTextsMax; ++i) {
    const std::string_view value = std::string_view(values[at(i)]).substr(0, kValueBytesMax);
    if (value.empty()) continue;
    ++texts;
    ScanText(value, scan);
    const double letters = static_cast<double>(CountCharacters(value));
    for (const TextSpan& span : SpansOf(scan)) {
      if (!IsPersonal(span.category) || static_cast<double>(span.end - span.start) < kCoveredMin * letters) continue;
      ++found[span.category].texts;
      found[span.category].detector = span.detector;
      break;
    }
  }
  const auto* most = Most(found);
  if (most == nullptr || most->second.texts < kTextsMin) return;
  const double share = static_cast<double>(most->second.texts) / static_cast<double>(texts);
  if (share < kTextShareMin || (!of_nations && most->first.starts_with("user.demographic"))) return;
  judged.category = most->first;
  judged.detector = most->second.detector;
  judged.confidence = std::min(kValuesMax01, kForProse + share / 3);
  judged.evidence.push_back({EvidenceKind::kValuesMatch,
                             Percent(share) + " of " + std::to_string(texts) + " values read as such",
                             judged.confidence});
}

std::vector<TextSpan> ColumnRules::SpansOf(const Scan& scan) const {
  std::vector<Find> finds;
  text_.FindAll(scan, finds);
  shapes_.FindAll(scan, finds);
  names_.FindAll(scan, finds);
  return ChooseSpans(scan.text, finds);
}

// What a column as a whole is by the way its values are written, where no value by itself tells.
std::pair<const DetectorFile*, std::string_view> ColumnRules::WhollyOfAForm(const Sample& sample) const {
  if (sample.genders >= kGendersMin && sample.letters.size() < sample.distinct &&
      sample.genders + sample.neither_gender + sample.no_answers >= sample.distinct)
    return {gender_, "words for sexes"};
  if (sample.letters.size() == sample.distinct && AreSexesInShort(sample.letters))
    return {gender_, "letters for sexes"};
  if (sample.distinct < kWeakCheckDistinctMin) return {};
  if (sample.Most(sample.passwords, kPasswordShare)) return {password_, "letters, digits and signs as in passwords"};
  if (sample.Most(sample.imeis, kFormShare)) return {imei_, "printed as IMEIs are"};
  if (sample.Most(sample.eastern_addresses, kEasternShare)) return {street_, "written from the province to the house"};
  if (sample.Most(sample.eastern_towns, kFormShare)) return {city_, "called as towns are"};
  if (sample.Most(sample.grouped_eights, kFormShare)) return {phone_, "written as telephones are"};
  if (AreBirthDates(sample)) return {birth_date_, "years of birth in dates"};
  const bool zeros = sample.Most(sample.five_digits, 1) && sample.zero_first >= kZeroFirstMin;
  if (sample.Most(sample.postal, kFormShare) || zeros) return {postal_code_, "written as postal codes are"};
  if (sample.Most(sample.streets, kFormShare) && sample.Most(sample.first_words.size(), kFirstWordsShare))
    return {street_, "words and the number of a house"};
  if (sample.Most(sample.towns, kTownShare) && !sample.Most(sample.firms, kFirmShare))
    return {city_, "called as towns are"};
  return {};
}

// Colors, which are first names too: most values are of a vocabulary that is nobody's.
bool ColumnRules::IsEveryday(const Sample& sample) {
  return std::any_of(sample.matches.begin(), sample.matches.end(), [&](const auto& entry) {
    return !IsPersonal(entry.first->category) && entry.second.chance == kVocabularyChance &&
           sample.Most(entry.second.count, kVocabularyShareMin);
  });
}

void ColumnRules::JudgeByValues(const Sample& sample, const ColumnContext& context, const CollectionView& collection,
                                ColumnJudgement& judged) const {
  const DetectorFile* named = File(judged.detector);
  const auto refuse = [&](std::string detail, double weight) {
    const double score = std::max(0.0, judged.confidence + weight);
    judged.evidence.push_back({EvidenceKind::kValuesContradict, std::move(detail), weight});
    if (score >= kPersonal) {
      judged.confidence = score;
      return;
    }
    judged.category = kNoCategory;
    judged.detector.clear();
    judged.confidence = 1 - score;
  };
  if (named != nullptr) {
    const auto& types = named->fields->types;
    const bool takes_flags =
        types.empty() || std::find(types.begin(), types.end(), ColumnType::kBoolean) != types.end();
    if (sample.yes_or_no == 1 && !takes_flags && named->pack.id != "gender") return refuse("yes or no", kYesOrNo);
    if (sample.years == 1 && named->pack.id != "birth-date" && sample.distinct >= kDistinctMin)
      return refuse("years", kYears);
  }
  if ((sample.books >= kShaped || sample.Most(sample.days_or_months, kShaped) || IsEveryday(sample)) &&
      named == nullptr)
    return;
  const bool lists_itself = fields_.ListsItself(context.field.field, collection);
  const bool of_makers =
      collection.works && collection.people < 0 && !fields_.NamesPeople(context.field.field, collection);
  const DetectorFile* best = nullptr;
  double best_score = 0, best_weight = 0;
  double best_share = 0;
  for (const auto& [file, match] : sample.matches) {
    if (!IsPersonal(file->category)) continue;
    const bool by_vocabulary = match.chance == kVocabularyChance;
    const std::size_t answers =
        sample.distinct - (by_vocabulary ? std::min(sample.no_answers, sample.distinct - match.count) : 0);
    const double share = static_cast<double>(match.count) / static_cast<double>(answers);
    const bool by_gazetteer = match.chance == kNameChance;
    const bool shaped = by_gazetteer && sample.shaped >= kShaped && match.count >= kShapedCountMin;
    const double share_min = shaped          ? kShapedShareMin
                             : by_gazetteer  ? kNameShareMin
                             : by_vocabulary ? kVocabularyShareMin
                                             : kShareMin;
    if (share < share_min || sample.distinct < kDistinctMin) continue;
    if ((by_gazetteer || by_vocabulary) && lists_itself) continue;
    if (by_gazetteer && file->entity == Entity::kPerson && sample.Most(sample.firms, kFirmShare)) continue;
    const double cue = std::max(fields_.CueFor(context.field.field, collection, file->pack.id),
                                named != nullptr && named->category == file->category ? 0.8 : 0.0);
    if (match.needs_word && cue == 0) continue;
    const bool weak = match.checked && match.chance > kWeakCheck && cue == 0;
    const bool only_form = !match.checked && cue == 0 && file->text && file->text->shape == TextShape::kNumber;
    if (only_form && share < kOnlyFormShareMin) continue;
    if (file == phone_ && cue == 0 && sample.Most(sample.thousands, kShaped)) continue;
    if (weak && (sample.distinct < kWeakCheckDistinctMin || share < kWeakCheckShareMin)) continue;
    // How improbable it is that so many random values pass: bits of one pass, times the share, grown with the count.
    const double bits = -std::log2(std::max(match.chance, 1e-9));
    const double count = static_cast<double>(std::min<std::size_t>(sample.distinct, kTrialsMax));
    // A check digit is tried anew with each value; the form of a whole column is one choice.
    const double weight = match.checked ? bits * count * 0.5 : bits * std::min(1.0, std::log2(1.0 + count) / 3);
    double score = std::min(0.95, kForBit * weight) * (by_gazetteer    ? std::min(1.0, (shaped ? 0.55 : 0.45) + share)
                                                       : by_vocabulary ? (1 + share) / 2
                                                                       : share);
    if (file->pack.id == "city" && cue == 0) score *= kOnlyCities;
    const bool of_goods = collection.people < 0 && cue == 0 && file->category.starts_with("user.contact.address");
    if (of_goods && (by_gazetteer || by_vocabulary)) score += kWhereThingsAre;
    score = std::min(kValuesMax01, score + 0.25 * cue + (by_gazetteer && of_makers ? kMakersOfWorks : 0));
    // Of those that are as sure, the one that fewer random values would pass.
    const bool first = best != nullptr && score == best_score &&
                       (weight > best_weight || (weight == best_weight && GoesFirst(*file, *best)));
    if (score > best_score || first) {
      best = file;
      best_score = score;
      best_weight = weight;
      best_share = share;
    }
  }
  if (named != nullptr && HasForm(named->pack.id) && sample.distinct >= kDistinctMin) {
    const bool any = std::any_of(sample.matches.begin(), sample.matches.end(),
                                 [&](const auto& entry) { return entry.first->category == named->category; });
    if (!any) return refuse("no value has its form", kNothingLikeIt);
  }
  if (named == nullptr) {
    const auto [file, detail] = WhollyOfAForm(sample);
    // A town in Han could be read as somebody's name.
    const bool town = file == city_ && sample.Most(sample.eastern_towns, kFormShare);
    if (file != nullptr && (best == nullptr || best_score < kForForm || town)) {
      judged.evidence.push_back({EvidenceKind::kValuesMatch, std::string(detail), kForForm});
      judged.category = file->category;
      judged.detector = file->pack.id;
      judged.confidence = kForForm;
      return;
    }
  }
  if (best == nullptr || best_score < kPersonal) return;
  // A name that speaks clearly is overruled only by values that speak more clearly.
  if (named != nullptr && best->category != named->category && judged.confidence + 0.05 >= best_score) return;
  const auto& match = sample.matches.at(best);
  judged.evidence.push_back({match.checked ? EvidenceKind::kValuesChecksum : EvidenceKind::kValuesMatch,
                             best->pack.id + " " + Percent(best_share) + " of " + std::to_string(sample.distinct) +
                                 " values, chance " + Percent(match.chance),
                             best_score});
  judged.category = best->category;
  judged.detector = best->pack.id;
  judged.confidence =
      std::max(best_score, named != nullptr && named->category == best->category ? judged.confidence : 0.0);
}

}  // namespace privity::detect
