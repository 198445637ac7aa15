#include "detect/internal/label_values.h"

#include <algorithm>

#include "detect/internal/check_digits.h"

namespace privity::detect {

ValueForm FormOf(const DetectorFile& file) {
  switch (file.entity) {
    case Entity::kNationalId:
    case Entity::kTaxId:
    case Entity::kPassport:
    case Entity::kDrivingLicence:
    case Entity::kHealthId:
    case Entity::kBankAccount:
    case Entity::kDeviceId:
    case Entity::kVehicle:
    case Entity::kPhone:
      return ValueForm::kNumber;
    case Entity::kOtherId:  // the others of this entity are matters, not numbers
      return file.pack.id == "unique-id" || file.pack.id == "account" || file.pack.id == "professional-licence" ||
                     !file.fields->labels.empty()
                 ? ValueForm::kNumber
                 : ValueForm::kNone;
    case Entity::kUsername:
      return ValueForm::kWord;
    case Entity::kPerson:
    case Entity::kLocation:
      return ValueForm::kName;
    case Entity::kGender:
    case Entity::kJobTitle:
    case Entity::kDemographic:
      return ValueForm::kPhrase;
    case Entity::kPostalCode:
      return ValueForm::kPostalCode;
    case Entity::kAge:
      return ValueForm::kAge;
    case Entity::kAddress:
      return ValueForm::kLine;
    case Entity::kEmail:
    case Entity::kOrganization:
    case Entity::kDate:
    case Entity::kHonorific:
    case Entity::kFamily:
    case Entity::kUrl:
    case Entity::kIp:
    case Entity::kCreditCard:
    case Entity::kCrypto:
    case Entity::kSecret:
      return ValueForm::kNone;  // they are seen by their own form
  }
  return ValueForm::kNone;
}

std::size_t CountDigits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), IsAsciiDigit));
}

bool AreFewCapitals(std::string_view word) {
  constexpr std::size_t kLettersMax = 3;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size() && letters <= kLettersMax; ++letters) {
    const CodePoint c = ReadCodePoint(word, at);
    if (!IsUpperLetter(c.value)) return false;
    at += c.bytes;
  }
  return letters <= kLettersMax;
}

namespace {

constexpr std::size_t kPhraseWordsMax = 5;

std::size_t WordEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && IsWordByte(text[at])) ++at;
  return at;
}

}  // namespace

std::size_t NumberEnd(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t group = WordEnd(text, at);
    if (group == at) break;
    const std::string_view word = text.substr(at, group - at);
    if (CountDigits(word) == 0 && !AreFewCapitals(word)) break;
    end = group;
    at = group + 1;
    if (group >= text.size() || !IsOneOf(text[group], " -./") || at >= text.size() || !IsWordByte(text[at])) break;
  }
  const std::string_view value = text.substr(0, end);
  const std::size_t digits = CountDigits(value);
  return digits >= 3 && value.size() >= 4 && value.size() <= 40 ? end : 0;
}

std::size_t UsernameEnd(std::string_view text, bool alone) {
  std::size_t end = 0;
  while (end < text.size() && (IsWordByte(text[end]) || IsOneOf(text[end], "._-@+\\"))) ++end;
  while (end > 0 && IsOneOf(text[end - 1], ".-@+\\")) --end;
  // "frosty#4471": four digits tell apart who is called alike.
  constexpr std::size_t kTag = 5;
  const std::string_view tag = text.substr(std::min(end, text.size()), kTag);
  if (tag.size() == kTag && tag[0] == '#' && AllDigits(tag.substr(1)) && !IsWordByte(At(text, end + kTag))) end += kTag;
  if (end < 2 || end > 40 || At(text, end) == '(' || At(text, end) == ':') return 0;
  if (alone || end >= text.size()) return end;
  // "username: choose one that …" is prose: what follows a value is the end, a sign or the next label.
  if (text[end] != ' ') return IsOneOf(text[end], "\n\r\t,;|)]}>\"'&.") ? end : 0;
  const std::size_t next = WordEnd(text, end + 1);
  return next == end + 1 || IsOneOf(At(text, next), ":=") || IsAsciiUpper(text[end + 1]) ? end : 0;
}

namespace {

// Hebrew, Arabic, the scripts of India, Thai and Georgian have no capitals: any word may begin a name.
bool IsCapital(std::string_view word) {
  if (word.empty()) return false;
  const char32_t first = ReadCodePoint(word, 0).value;
  return IsUpperLetter(first) || (first >= 0x0590 && first <= 0x10FF);
}

// Words up to a sign that ends them, or to the next label. Names end before a word without a capital letter, but for
// particles inside.
std::size_t WordsEnd(std::string_view text, bool names, bool alone) {
  std::size_t end = 0, words = 0, capitals = 0;
  for (std::size_t at = 0; at < text.size() && words < kPhraseWordsMax; ++words) {
    const std::size_t word_end = WordEnd(text, at);
    const std::string_view word = text.substr(at, word_end - at);
    if (word.empty() || CountDigits(word) > 0 || IsOneOf(At(text, word_end), ":=(_")) break;
    if (names && words > 0 && word.size() == 1 && At(text, word_end) == '.' && IsAsciiUpper(At(text, word_end + 1)))
      return 0;  // "Inmobiliaria Tres Cantos S.L."
    const bool capital = IsCapital(word);
    if (names && !capital && !alone && (words == 0 || word.size() > 3)) break;
    capitals += capital;
    if (capital || !names || alone) end = word_end;
    at = word_end;
    if (At(text, at) == '.' && word.size() <= 3 && At(text, at + 1) == ' ') ++at;  // "J. Ruiz", "Dr. Ruiz"
    if (!IsOneOf(At(text, at), " -'/")) break;
    ++at;
  }
  return names && capitals == 0 && !alone ? 0 : end;
}

// "Attending: Moreau, Alice": a surname, a comma and the given names.
std::size_t PersonEnd(std::string_view text, bool alone) {
  const std::size_t end = WordsEnd(text, true, alone);
  const bool in_capitals = std::ranges::none_of(text.substr(0, end), IsAsciiLower);  // "ZUBIAURRE LEKUE, IÑAKI"
  if (end == 0 || (WordEnd(text, 0) != end && !in_capitals) || text.substr(end, 2) != ", ") return end;
  const std::string_view rest = text.substr(end + 2);
  const std::size_t given = WordEnd(rest, 0);
  const bool goes_on = given > 0 && given < rest.size() && IsOneOf(rest[given], ",:=");
  const std::size_t given_end = given > 1 && !goes_on ? WordsEnd(rest.substr(0, given), true, false) : 0;
  return given_end > 0 ? end + 2 + given_end : end;
}

std::size_t PostalCodeEnd(std::string_view text) {
  std::size_t end = WordEnd(text, 0);
  if (IsOneOf(At(text, end), " -") && end <= 5) {
    const std::size_t second = WordEnd(text, end + 1);
    const std::string_view group = text.substr(end + 1, second - end - 1);
    if (!group.empty() && group.size() <= 4 && CountDigits(group) > 0) end = second;
  }
  return end >= 3 && end <= 10 && CountDigits(text.substr(0, end)) >= 2 ? end : 0;
}

std::size_t AgeEnd(std::string_view text) {
  const std::size_t end = WordEnd(text, 0);
  if (end == 0 || end > 3 || CountDigits(text.substr(0, end)) != end || At(text, end) == '%') return 0;
  const bool in_a_life = std::stoi(std::string(text.substr(0, end))) <= 120;
  return in_a_life && !IsOneOf(At(text, end), ".-/") ? end : 0;
}

std::size_t AddressEnd(std::string_view text) {
  std::size_t end = std::min(text.find_first_of("\n\r\t|;\"<>{}"), text.size());
  for (const std::string_view stop : {std::string_view(". "), std::string_view("  ")}) {
    if (const auto at = text.find(stop); at != text.npos && at > 8) end = std::min(end, at);
  }
  while (end > 0 && IsOneOf(text[end - 1], " .,")) --end;
  const std::string_view value = text.substr(0, end);
  const bool letters = std::any_of(value.begin(), value.end(), IsAsciiLetter);
  return end >= 6 && letters && CountDigits(value) > 0 && value.find(':') == value.npos ? end : 0;
}

}  // namespace

// What stands where nothing is known, and types and words of code.
bool LabelValues::SaysNothing(std::string_view value) const {
  std::size_t end = 0;
  while (end < value.size() && IsWordByte(value[end])) ++end;
  return end == 0 || words_.no_values.contains(WordHash(Fold(value.substr(0, end))));
}

// "m-ab 1234", "12-abc-3", "lb19 xyz": behind the word for it a plate may stand in small letters; a word of the
// sentence ends it.
std::size_t LabelValues::PlateEnd(std::string_view text) const {
  constexpr std::size_t kGroupsMax = 4, kLettersMax = 3, kDigitsMax = 5, kBytesMin = 4, kBytesMax = 9;
  std::size_t end = 0, size = 0, digits = 0;
  bool small_before = false;
  for (std::size_t at = 0, groups = 0; groups < kGroupsMax && at < text.size(); ++groups) {
    const std::size_t group = WordEnd(text, at);
    const std::string_view word = text.substr(at, group - at);
    const std::size_t count = CountDigits(word);
    const bool letters = count == 0 && word.size() <= kLettersMax && std::ranges::all_of(word, IsAsciiLetter);
    const bool small = std::ranges::any_of(word, IsAsciiLower), joined = groups > 0 && text[at - 1] == '-';
    if (small && groups > 0 && !joined && !small_before) break;             // "AB 123 del", "1234 del"
    if (small_before && std::ranges::any_of(word, IsAsciiUpper)) return 0;  // "oli ZKR-918"
    small_before = small_before || small;
    if (word.empty() || word.size() > kBytesMax || count > kDigitsMax || (count == 0 && !letters) ||
        words_.no_part_of_plate.contains(WordHash(Fold(word))))
      break;
    end = group;
    size += word.size();
    digits += count;
    if (!IsOneOf(At(text, group), " -")) break;
    at = group + 1;
  }
  return digits > 0 && digits < size && size >= kBytesMin && size <= kBytesMax ? end : 0;
}

// "D. Óscar Villalobos", "Dra. Ruiz": the form of address before a name is none of it. A single letter is an initial
// unless two words follow.
std::size_t LabelValues::TitleEnd(std::string_view text) const {
  const std::size_t end = WordEnd(text, 0);
  if (end == 0 || end > 4 || text.substr(end, 2) != ". ") return 0;
  const std::uint32_t word = WordHash(Fold(text.substr(0, end)));
  const std::size_t next = WordEnd(text, end + 2);
  const bool two_follow = At(text, next) == ' ' && next + 1 < text.size() && IsCapital(text.substr(next + 1));
  return words_.titles.contains(word) || (words_.short_titles.contains(word) && two_follow) ? end + 2 : 0;
}

std::size_t LabelValues::End(const DetectorFile& file, std::string_view text, bool alone) const {
  if (SaysNothing(text)) return 0;
  switch (FormOf(file)) {
    case ValueForm::kNumber:
      return NumberEnd(text);
    case ValueForm::kWord:
      return UsernameEnd(text, alone);
    case ValueForm::kName:
      return file.entity == Entity::kPerson ? PersonEnd(text, alone) : WordsEnd(text, true, alone);
    case ValueForm::kPhrase:
      return file.entity == Entity::kGender ? std::min<std::size_t>(WordEnd(text, 0), 16)
                                            : WordsEnd(text, false, alone);
    case ValueForm::kPostalCode:
      return PostalCodeEnd(text);
    case ValueForm::kAge:
      return AgeEnd(text);
    case ValueForm::kLine:
      return AddressEnd(text);
    case ValueForm::kNone:
      return 0;
  }
  return 0;
}

}  // namespace privity::detect
