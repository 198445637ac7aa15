// What a whole value may be, as a cell of a column is: a name, a place, a street, a job, the name of an account.
#include "detect/internal/name_rules.h"

#include <algorithm>
#include <array>

#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"

namespace privity::detect {
namespace {

constexpr double kTaggedValue = 0.8;  // how sure the tagger has to be of a whole value
constexpr std::size_t kValueWordsMax = 12;

// Scripts from Hebrew to Khmer have no capital letters.
bool HasNoCase(std::string_view word) {
  constexpr char32_t kHebrew = 0x590, kBeyondKhmer = 0x1C80;
  const char32_t first = ReadCodePoint(word, 0).value;
  return first >= kHebrew && first < kBeyondKhmer;
}

// "anna_2.jpg"
bool IsFileName(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kEndings = {".jpg", ".jpeg", ".png",  ".gif", ".heic", ".pdf",
                                                                ".doc", ".docx", ".xlsx", ".csv", ".mp3",  ".mp4"};
  const auto dot = text.rfind('.');
  return dot != text.npos && text.size() - dot >= 4 && text.size() - dot <= 5 &&
         std::ranges::find(kEndings, Fold(text.substr(dot))) != kEndings.end();
}

// "ဦးအောင်ကျော်", "ဒေါ်ခင်မြတ်နိုး": a form of address and letters of Burmese, which are not parted by spaces.
bool IsBurmeseName(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kAddresses = {"ဦး", "ဒေါ်", "ကို", "မောင်", "ဒေါက်တာ", "ဆရာ"};
  constexpr std::size_t kBytesMax = 90;
  const auto begins = [&](std::string_view address) {
    return text.starts_with(address) && text.size() > address.size();
  };
  if (text.size() > kBytesMax || (text.front() & 0x80) == 0 || std::ranges::none_of(kAddresses, begins)) return false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = ReadCodePoint(text, at);
    if (c.value != ' ' && (c.value < 0x1000 || c.value > 0x103F)) return false;
    at += c.bytes;
  }
  return true;
}

}  // namespace

// "gideon.towne36", "maria_k": one word of a name, and signs or digits where a name has a space.
bool NameRules::IsHandle(const Scan& scan) const {
  const std::string_view text = scan.text;
  if (text.size() > 40 || IsFileName(text)) return false;
  if (text.starts_with('@'))  // "@foodie_nyc"
    return text.size() > 3 && std::all_of(text.begin() + 1, text.end(), [](char c) {
             return IsAsciiLetter(c) || IsAsciiDigit(c) || c == '_' || c == '.';
           });
  if (text.find_first_of(" ,;:/@\\") != text.npos) return false;
  // "LOT93425G": digits amid capitals.
  if (std::ranges::none_of(text, IsAsciiLower) &&
      text.find_first_of("0123456789") < text.find_last_not_of("0123456789"))
    return false;
  bool named = false;
  for (const Token& token : scan.tokens) {
    std::string_view word = scan.Of(token);
    const auto letters = std::min(word.find_first_of("0123456789_"), word.size());
    if (letters < 3) continue;
    const Token bare{.begin = token.begin,
                     .end = token.begin + static_cast<std::uint32_t>(letters),
                     .hash = FoldedWordHash(word.substr(0, letters)),
                     .upper_first = token.upper_first};
    named |= IsGiven(bare) || IsSurname(scan, bare);
  }
  const bool signs = text.find_first_of("._0123456789") != text.npos;
  return named && signs && !text.ends_with('.');
}

// "J. de Boer", "A.C. Smit": initials with their dots, and one surname in whole.
bool NameRules::IsInitialsName(const Scan& scan) const {
  std::size_t at = 0;
  while (at < scan.tokens.size() && scan.tokens[at].size() == 1 && scan.tokens[at].has_upper &&
         scan.text.substr(scan.tokens[at].end).starts_with('.'))
    ++at;
  if (at == 0 || at > 4) return false;
  while (at + 1 < scan.tokens.size() && IsParticle(scan.tokens[at])) ++at;
  return at < scan.tokens.size() && scan.tokens.size() - at <= 2 && scan.tokens[at].upper_first &&
         scan.tokens[at].size() >= 3 && scan.tokens.back().upper_first;
}

// "김민수", "木下優斗", "田村 健一", "原　ゆき子", "松浦 さやか 様": a surname that is in a list and one to four
// letters of a given name; "ﾔﾏﾓﾄ ｺｳｼﾞ", as forms have the reading of a name.
bool NameRules::IsEastAsianName(std::string_view text) const {
  static constexpr std::array<std::string_view, 9> kAddresses = {"様",   "さん", "さま", "殿", "先生",
                                                                 "女士", "小姐", "님",   "씨"};
  constexpr std::size_t kSurnameMax = 3, kGivenMax = 4;
  if (static_cast<unsigned char>(text.front()) < 0x80) return false;
  for (const std::string_view address : kAddresses) {
    if (text.ends_with(address)) text.remove_suffix(address.size());
  }
  const auto is_space = [](char32_t c) { return c == ' ' || c == 0x3000; };
  std::vector<std::size_t> ends;  // of the letters
  std::size_t surname_end = 0, spaces = 0, narrow = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = ReadCodePoint(text, at);
    const bool han = c.value == 0x3005 || (c.value >= 0x4E00 && c.value <= 0x9FFF);
    const bool hangul = c.value >= 0xAC00 && c.value <= 0xD7A3, kana = c.value >= 0x3041 && c.value <= 0x30FC;
    const bool half_width = c.value >= 0xFF66 && c.value <= 0xFF9F;
    at += c.bytes;
    if (is_space(c.value)) {
      if (at == text.size()) break;  // before a form of address
      if (ends.empty() || ++spaces > 1) return false;
      surname_end = ends.size();
      continue;
    }
    if (!han && !hangul && !half_width && (!kana || ends.empty())) return false;
    narrow += half_width;
    ends.push_back(at);
  }
  constexpr std::size_t kNarrowMax = 16;
  if (narrow > 0) return narrow == ends.size() && spaces == 1 && narrow <= kNarrowMax;
  for (std::size_t n = 1; n <= kSurnameMax && n < ends.size(); ++n) {
    if ((spaces == 1 && n != surname_end) || ends.size() - n > kGivenMax) continue;
    const Token surname{.begin = 0,
                        .end = static_cast<std::uint32_t>(ends[n - 1]),
                        .hash = WordHash(text.substr(0, ends[n - 1])),
                        .ascii = false};
    if (IsListed(surname, kSurname) || surname_words_.contains(surname.hash)) return true;
  }
  return false;
}

NameRules::ValueWords NameRules::CountWords(const Scan& scan) const {
  ValueWords count;
  for (const Token& token : scan.tokens) {
    const bool no_case = !token.ascii && HasNoCase(scan.Of(token));
    const bool given = IsGiven(token);
    const bool surname = IsSurname(scan, token) || (no_case && surname_words_.contains(token.hash));
    if (organizations_.contains(token.hash)) count.organization = true;
    count.digits |= token.digits > 0;
    count.given += given;
    count.surnames += surname;
    count.names += given || surname;
    count.places += IsListed(token, kTown | kPartOfPlace);
    count.jobs += jobs_.IsJob(token.hash);
    count.capitals += token.upper_first || !token.has_lower || no_case;
  }
  return count;
}

void NameRules::KindsOfValue(const Scan& scan, std::vector<const DetectorFile*>& kinds) const {
  const std::size_t n = scan.tokens.size();
  if (n == 0 || n > kValueWordsMax) return;
  if (IsHandle(scan)) return kinds.push_back(username_);
  if (IsEastAsianName(scan.text) || IsBurmeseName(scan.text)) return kinds.push_back(person_);
  std::vector<Find> streets;
  // "515-EXD-98" is the code of a thing.
  const bool in_one = std::ranges::all_of(scan.tokens, &Token::ascii) && scan.text.find(' ') == scan.text.npos;
  if (!in_one && FindStreet(scan, 0, streets) > 0) return kinds.push_back(street_);
  const ValueWords words = CountWords(scan);
  if (in_one && words.digits) return;
  if (words.organization || words.digits) return KindsByTagger(scan, words, kinds);
  if (IsInitialsName(scan)) return kinds.push_back(person_);
  if (words.jobs > 0 && n <= JobRules::kWordsMax) kinds.push_back(jobs_.detector());
  // "Ana María", "de la Cruz": particles aside.
  const bool short_enough = n <= 3;
  // "Golf", "Focus", "Grace": in a list of cars as in one of people; the other values decide.
  const bool common = n == 1 && (tagger_.model().ListsOf(scan.tokens[0].hash) & kCommonWord) != 0;
  if (words.given == n && short_enough && !common) kinds.push_back(given_);
  if (words.surnames > 0 && words.names == n && short_enough && words.surnames * 2 >= n) kinds.push_back(surname_);
  if (words.places * 2 > n || words.places == n) kinds.push_back(city_);
  const std::size_t spaces = static_cast<std::size_t>(std::count(scan.text.begin(), scan.text.end(), ' '));
  // "Ana Ruiz de la Vega": half of its words are enough, the rest may stand in no list.
  const bool written_as_two =
      spaces >= 1 && n >= 2 && n <= kNameWordsMax && words.jobs == 0 && !demonyms_.contains(scan.tokens[0].hash);
  if (written_as_two && (words.given >= 1 || words.surnames >= 1) && words.names * 2 >= n && words.capitals * 2 >= n)
    return kinds.push_back(person_);
  if (n > 1) KindsByTagger(scan, words, kinds);
}

void NameRules::KindsByTagger(const Scan& scan, const ValueWords& words,
                              std::vector<const DetectorFile*>& kinds) const {
  std::vector<TaggedName> tagged;
  tagger_.FindAll(scan, tagged);
  if (tagged.size() != 1 || tagged[0].first != 0 || tagged[0].last + 1 != scan.tokens.size()) return;
  if (tagged[0].probability < kTaggedValue) return;
  const NameKind kind = tagged[0].kind;
  if (kind == NameKind::kPerson && words.names > 0 && !words.organization && !words.digits) kinds.push_back(person_);
  if (kind == NameKind::kAddress) kinds.push_back(street_);
}

}  // namespace privity::detect
