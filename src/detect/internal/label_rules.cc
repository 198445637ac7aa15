#include "detect/internal/label_rules.h"

#include <algorithm>
#include <array>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/shape_rules.h"

namespace privity::detect {
namespace {

constexpr double kLabelled = 0.8;
constexpr double kInTable = 0.75;
constexpr double kLabelledNumber = 0.5;
constexpr std::size_t kLabelWordsMax = 4;
constexpr std::size_t kValueBytesMax = 80;
constexpr std::size_t kPhraseWordsMax = 5;
constexpr std::size_t kHeadCellsMax = 64;
constexpr std::size_t kTableLineBytesMax = 4096;
constexpr std::size_t kSilentRowsMax = 32;
constexpr std::uint32_t kUser = WordHash("user"), kFor = WordHash("for");  // before an account's name, in a log

// What a value of an entity looks like.
enum class Form { kNone, kNumber, kWord, kName, kPhrase, kPostalCode, kAge, kLine };

Form FormOf(const DetectorFile& file) {
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
      return Form::kNumber;
    case Entity::kOtherId:  // the others of this entity are matters, not numbers
      return file.pack.id == "unique-id" || file.pack.id == "account" || file.pack.id == "professional-licence" ||
                     !file.fields->labels.empty()
                 ? Form::kNumber
                 : Form::kNone;
    case Entity::kUsername:
      return Form::kWord;
    case Entity::kPerson:
    case Entity::kLocation:
      return Form::kName;
    case Entity::kGender:
    case Entity::kJobTitle:
    case Entity::kDemographic:
      return Form::kPhrase;
    case Entity::kPostalCode:
      return Form::kPostalCode;
    case Entity::kAge:
      return Form::kAge;
    case Entity::kAddress:
      return Form::kLine;
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
      return Form::kNone;  // they are seen by their own form
  }
  return Form::kNone;
}

char At(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}

bool IsWordByte(char c) {
  return IsAsciiAlnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

// What stands where nothing is known, and types and words of code.
bool SaysNothing(std::string_view value) {
  static const WordSet kEmpty(
      {"string",   "str",         "int",     "integer", "null",    "none",    "nil",  "true", "false",  "undefined",
       "optional", "required",    "text",    "varchar", "number",  "boolean", "bool", "date", "n",      "na",
       "unknown",  "yes",         "no",      "default", "this",    "self",    "new",  "void", "const",  "var",
       "let",      "return",      "unset",   "empty",   "invalid", "missing", "is",   "not",  "and",    "or",
       "the",      "a",           "an",      "your",    "my",      "for",     "to",   "in",   "of",     "unbekannt",
       "keine",    "desconocido", "ninguno", "inconnu", "float",   "double",  "char", "uuid", "object", "array",
       "must",     "can",         "please",  "enter",   "see",     "example", "tbd",  "todo"});
  std::size_t end = 0;
  while (end < value.size() && IsWordByte(value[end])) ++end;
  return end == 0 || kEmpty.contains(WordHash(Fold(value.substr(0, end))));
}

std::size_t CountDigits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), IsAsciiDigit));
}

std::size_t WordEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && IsWordByte(text[at])) ++at;
  return at;
}

// "AK", "МЕ".
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

// Groups of letters and digits with single signs between them; a group without digits ends it, but for a short first.
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

// "m-ab 1234", "12-abc-3", "lb19 xyz": behind the word for it a plate may stand in small letters; a word of the
// sentence ends it.
std::size_t PlateEnd(std::string_view text) {
  static const WordSet kOfSentences({"is",  "was", "at",  "in",  "on",  "the", "and", "for", "not",
                                     "has", "von", "der", "im",  "am",  "ist", "und", "est", "en",
                                     "de",  "la",  "le",  "el",  "na",  "to",  "of",  "my",  "it",
                                     "das", "die", "den", "mit", "het", "een", "con", "por", "che"});
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
        kOfSentences.contains(WordHash(Fold(word))))
      break;
    end = group;
    size += word.size();
    digits += count;
    if (!IsOneOf(At(text, group), " -")) break;
    at = group + 1;
  }
  return digits > 0 && digits < size && size >= kBytesMin && size <= kBytesMax ? end : 0;
}

// "24DE97492277240571": customs declarations have an MRN as well as patients: year, country, twelve letters or digits,
// a letter or digit and a check digit (Delegated Regulation (EU) 2015/2446, annex B).
bool IsCustomsReference(std::string_view value) {
  constexpr std::size_t kBytes = 18;
  return value.size() == kBytes && AllDigits(value.substr(0, 2)) && IsAsciiUpper(value[2]) && IsAsciiUpper(value[3]) &&
         IsAsciiDigit(value.back()) && std::ranges::all_of(value.substr(4), IsAsciiAlnum);
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

// How many bytes of `text` are such a value; 0 for none. `alone`: nothing but the value stands there.
std::size_t ValueEnd(const DetectorFile& file, std::string_view text, bool alone) {
  if (SaysNothing(text)) return 0;
  switch (FormOf(file)) {
    case Form::kNumber:
      return NumberEnd(text);
    case Form::kWord:
      return UsernameEnd(text, alone);
    case Form::kName:
      return file.entity == Entity::kPerson ? PersonEnd(text, alone) : WordsEnd(text, true, alone);
    case Form::kPhrase:
      return file.entity == Entity::kGender ? std::min<std::size_t>(WordEnd(text, 0), 16)
                                            : WordsEnd(text, false, alone);
    case Form::kPostalCode:
      return PostalCodeEnd(text);
    case Form::kAge:
      return AgeEnd(text);
    case Form::kLine:
      return AddressEnd(text);
    case Form::kNone:
      return 0;
  }
  return 0;
}

// "D. Óscar Villalobos", "Dra. Ruiz": the form of address before a name is none of it. A single letter is an initial
// unless two words follow.
std::size_t TitleEnd(std::string_view text) {
  static const WordSet kTitles(
      {"dr", "dra", "sr", "sra", "srta", "mr", "mrs", "ms", "dott", "sig", "lic", "ing", "arq", "mtro"});
  static const WordSet kShort({"d", "da", "dna"});
  const std::size_t end = WordEnd(text, 0);
  if (end == 0 || end > 4 || text.substr(end, 2) != ". ") return 0;
  const std::uint32_t word = WordHash(Fold(text.substr(0, end)));
  const std::size_t next = WordEnd(text, end + 2);
  const bool two_follow = At(text, next) == ' ' && next + 1 < text.size() && IsCapital(text.substr(next + 1));
  return kTitles.contains(word) || (kShort.contains(word) && two_follow) ? end + 2 : 0;
}

// "20931", "E-20931", "AK 400326", "МЕ 123456".
bool BeginsNumber(const Scan& scan, std::size_t at) {
  if (scan.tokens[at].digits > 0) return true;
  constexpr std::size_t kDigitsMin = 4;
  if (at + 1 >= scan.tokens.size() || !scan.tokens[at].upper_first || scan.tokens[at + 1].digits == 0) return false;
  if (scan.Between(at) == "-") return scan.tokens[at].size() <= 3;
  return scan.Between(at) == " " && scan.tokens[at + 1].digits >= kDigitsMin &&
         AreFewCapitals(scan.Of(scan.tokens[at]));
}

// The s of "driver's licence".
bool IsGenitive(const Scan& scan, std::size_t at) {
  static constexpr std::string_view kApostrophes[] = {"'", "\u2019"};
  return at > 0 && scan.tokens[at].size() == 1 && scan.Of(scan.tokens[at]) == "s" &&
         std::ranges::find(kApostrophes, scan.Between(at - 1)) != std::end(kApostrophes);
}

std::uint32_t JoinedHash(std::uint32_t before, std::uint32_t word) {
  return (before ^ word) * 0x9E3779B1u + 0x7F4A7C15u;
}

std::uint32_t HashOf(const std::vector<std::string>& words) {
  std::uint32_t hash = 0;
  for (const std::string& word : words) hash = JoinedHash(hash, WordHash(word));
  return hash;
}

// "C.I." has the words c and i, as the tokens of a text have them. "C/C" is an account and "C.C." an identity card.
std::vector<std::string> LabelWords(std::string_view label) {
  std::string words;
  for (const char c : Fold(label)) {
    if (c == '/') words += " /";
    words += IsOneOf(c, "./-'") ? ' ' : c;
  }
  return PhraseWords(words);
}

// A name of columns that leads to something else in texts: "Tratamiento: Enantyum".
bool IsOtherLabelOfTexts(const std::vector<std::string>& words) {
  return words.size() == 1 && words[0] == "tratamiento";
}

struct Cell {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Cells of a line, without the white space and quotes around them.
std::vector<Cell> CellsOf(std::string_view text, std::size_t begin, std::size_t end, char separator) {
  std::vector<Cell> cells;
  for (std::size_t at = begin; at <= end && cells.size() < kHeadCellsMax;) {
    std::size_t stop = at;
    bool quoted = false;
    for (; stop < end && (quoted || text[stop] != separator); ++stop) quoted ^= text[stop] == '"';
    Cell cell{at, stop};
    while (cell.begin < cell.end && IsOneOf(text[cell.begin], " \"'\t\r")) ++cell.begin;
    while (cell.end > cell.begin && IsOneOf(text[cell.end - 1], " \"'\t\r")) --cell.end;
    cells.push_back(cell);
    at = stop + 1;
  }
  return cells;
}

// Whether nothing of its cell follows a word: a separator, the end of the line, or a remark in brackets.
bool EndsCell(std::string_view text, std::size_t at) {
  while (at < text.size() && IsOneOf(text[at], " \"'")) ++at;
  return at >= text.size() || IsOneOf(text[at], "\t;|,\n\r(");
}

bool StandsTwice(char c, std::string_view text) {
  const auto first = text.find(c);
  return first != text.npos && text.find(c, first + 1) != text.npos;
}

std::size_t CountCells(std::string_view text, std::size_t begin, std::size_t end, char separator) {
  std::size_t cells = 1;
  bool quoted = false;
  for (std::size_t at = begin; at < end && cells < kHeadCellsMax; ++at) {
    quoted ^= text[at] == '"';
    if (text[at] != separator || quoted) continue;
    ++cells;
  }
  return cells;
}

}  // namespace

LabelRules::LabelRules(const FieldRules& fields, const TextRules& text,
                       const std::vector<std::shared_ptr<const DetectorFile>>& files,
                       const std::vector<std::shared_ptr<const IdentifierWordsFile>>& languages,
                       const GazetteerFile& gazetteer)
    : fields_(fields), text_(text), said_(files, gazetteer.said), files_(files) {
  for (const auto& file : files) {
    if (!file->fields) continue;
    if (file->pack.id == "social-handle") handle_ = file.get();
    if (file->pack.id == "username") username_ = file.get();
    AddLabels(*file, file->fields->names, false);
    AddLabels(*file, file->fields->labels, false);
    AddLabels(*file, file->fields->names_beside_people, true);
  }
  for (const auto& words : languages) {
    if (!words->language) AddLabelsOf(*words);
  }
  const auto fill = [](WordSet& set, const std::vector<std::string>& words) {
    for (const std::string& word : words) set.Insert(WordHash(Fold(word)));
  };
  fill(networks_, gazetteer.networks);
  fill(of_sentences_, gazetteer.of_sentences);
  fill(annotations_, gazetteer.annotations);
  for (const std::uint32_t lead : said_.leads()) leads_[lead] |= kSaid;
  for (const std::uint32_t word : {kUser, kFor}) leads_[word] |= kInLog;
}

// Words of scripts that English is not written in are the labels that they mean. Names and addresses in East Asian text
// have rules of their own.
void LabelRules::AddLabelsOf(const IdentifierWordsFile& scripts) {
  for (const auto& [meaning, words] : scripts.meanings) {
    const Label* meant = labels_.Find(HashOf(PhraseWords(meaning)));
    if (meant == nullptr) continue;
    const Label label = *meant;
    for (const std::string& word : words) {
      const std::string folded = Fold(word);
      if (IsEastAsian(ReadCodePoint(folded, 0).value) && FormOf(*label.file) != Form::kNumber) continue;
      Label& known = labels_[HashOf({folded})];
      if (known.file == nullptr) known = label;
      AddEnd(WordHash(folded), *label.file);
    }
  }
}

void LabelRules::AddLabels(const DetectorFile& file, const std::vector<std::string>& names, bool beside_people) {
  for (const std::string& name : names) {
    const std::vector<std::string> words = LabelWords(name);
    if (words.empty() || IsOtherLabelOfTexts(words)) continue;
    Label& label = labels_[HashOf(words)];
    if (label.file == nullptr) label = {&file, beside_people};
    AddEnd(WordHash(words.back()), file);
  }
}

namespace {

// customerPhone and acctNo are one token and still end like a label.
bool IsOfProgram(const Token& token) {
  return !token.upper_first && token.has_upper && token.has_lower;
}

}  // namespace

inline std::uint8_t LabelRules::LeadsOf(const Token& token) const {
  const std::uint8_t* const leads = leads_.Find(token.hash);
  return static_cast<std::uint8_t>((leads == nullptr ? 0 : *leads) |
                                   (IsOfProgram(token) ? kEndsLabel | kEndsVehicle : 0));
}

void LabelRules::AddEnd(std::uint32_t word, const DetectorFile& file) {
  leads_[word] |= kEndsLabel | (file.entity == Entity::kVehicle ? kEndsVehicle : 0);
}

void LabelRules::Explain(const Scan& scan, const Find& find, std::vector<Evidence>& evidence) const {
  const std::size_t first = scan.TokenAt(find.begin);
  if (first == 0 || scan.tokens[first - 1].line_before || !find.detector->fields) return;
  if (LabelEndingAt(scan, first - 1, true) != find.detector) return;
  evidence.push_back({EvidenceKind::kLabel, Fold(scan.Of(scan.tokens[first - 1])), kLabelled});
}

const DetectorFile* LabelRules::Named(std::string_view label, const CollectionView& around) const {
  const ColumnJudgement judged = fields_.Judge({.field = std::string(label)}, around);
  if (judged.detector.empty()) return nullptr;
  const auto found =
      std::find_if(files_.begin(), files_.end(), [&](const auto& file) { return file->pack.id == judged.detector; });
  return FormOf(**found) == Form::kNone ? nullptr : found->get();
}

// `trace_id`: a word before it says whose it is.
bool LabelRules::IsGlued(const Scan& scan, std::size_t token) {
  return token > 0 && (scan.Between(token - 1) == "_" || scan.Between(token - 1) == "-");
}

// The longest label that ends with the token `last`; null for words that are none.
const DetectorFile* LabelRules::LabelEndingAt(const Scan& scan, std::size_t last, bool beside_people) const {
  const Token& token = scan.tokens[last];
  if ((LeadsOf(token) & kEndsLabel) == 0) return nullptr;
  if (IsOfProgram(token)) return Named(scan.Of(token), CollectionView());
  std::size_t first = last;
  while (first > 0 && last - first + 1 < kLabelWordsMax && !scan.tokens[first].line_before) {
    const std::string_view between = scan.Between(first - 1);
    if (!IsGenitive(scan, first) && between != " " && between != "_" && between != "-" && between != "/ " &&
        between != "/" && between != "." && between != ". " && between != "'" && between != "\u2019")
      break;
    --first;
  }
  for (; first <= last; ++first) {
    std::uint32_t hash = 0;
    for (std::size_t i = first; i <= last; ++i) {
      if (IsGenitive(scan, i)) continue;
      const bool slash = i > first && scan.tokens[i].size() <= 2 && scan.Between(i - 1) == "/";
      if (slash) hash = JoinedHash(hash, WordHash("/"));
      hash = JoinedHash(hash, scan.tokens[i].hash);
    }
    const Label* label = labels_.Find(hash);
    if (label == nullptr || (label->beside_people && (!beside_people || IsGlued(scan, first)))) continue;
    return FormOf(*label->file) == Form::kNone ? nullptr : label->file;
  }
  return nullptr;
}

void LabelRules::Report(const Scan& scan, std::size_t begin, std::size_t size, const DetectorFile* file, double score,
                        std::vector<Find>& finds) const {
  Find find{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size), file, score};
  const Form form = FormOf(*file);
  const bool number = form == Form::kWord && CountDigits(scan.text.substr(begin, size)) > 5;
  if ((form == Form::kNumber || number) && text_.Refutes(scan, find)) return;
  if (file->entity == Entity::kPhone && IsServiceNumber(scan.text.substr(begin, size))) return;
  if (file->entity == Entity::kHealthId && IsCustomsReference(scan.text.substr(begin, size))) return;
  // Who knows numbers, names and streets by their form says more of them.
  find.labelled = (form == Form::kWord && !number) || form == Form::kPhrase;
  if (!find.labelled && form != Form::kName && form != Form::kLine) find.score = kLabelledNumber;
  finds.push_back(find);
}

// "My username is tofu_baron88": a value that is no word of a sentence.
bool LabelRules::FindNamedUser(const Scan& scan, std::size_t last, std::vector<Find>& finds) const {
  const Token& value = scan.tokens[last + 2];
  const DetectorFile* file = scan.Between(last + 1) == " " ? LabelEndingAt(scan, last, false) : nullptr;
  if (file == nullptr || file->entity != Entity::kUsername) return false;
  const std::size_t size = UsernameEnd(scan.text.substr(value.begin, kValueBytesMax), true);
  const std::string_view name = scan.text.substr(value.begin, size);
  if (size < 4 || name.find_first_of("_0123456789") == name.npos || name.find('@') != name.npos) return false;
  Report(scan, value.begin, size, file, kLabelled, finds);
  return true;
}

// "user jdoe_1987 logged in", "login failed for maria.lopez": who did it, in a line of a log.
void LabelRules::FindUserInLog(const Scan& scan, std::size_t word, std::vector<Find>& finds) const {
  static const WordSet kDeeds({"logged", "login", "signed", "failed", "authenticated", "connected", "disconnected",
                               "locked", "unlocked", "denied", "from", "rejected"});
  static const WordSet kAttempts({"login", "logon", "logins", "failed", "password", "session", "authentication",
                                  "attempt", "attempts", "sign", "lockout", "mfa", "publickey"});
  constexpr std::size_t kWordsBefore = 3;
  if (username_ == nullptr || word + 1 >= scan.tokens.size() || scan.Between(word) != " ") return;
  const std::size_t begin = scan.tokens[word + 1].begin;
  const std::size_t size = UsernameEnd(scan.text.substr(begin, kValueBytesMax), true);
  const std::string_view name = scan.text.substr(begin, size);
  if (size < 4 || !IsAsciiLetter(name[0]) || name.find('@') != name.npos ||
      name.find_first_of("_.0123456789") == name.npos)
    return;
  const std::size_t next = scan.TokenAt(static_cast<std::uint32_t>(begin + size));
  bool told = false;
  if (scan.tokens[word].hash == kUser) {
    told = next < scan.tokens.size() && kDeeds.contains(scan.tokens[next].hash);
  } else {
    for (std::size_t i = word - std::min(word, kWordsBefore); i < word; ++i)
      told |= kAttempts.contains(scan.tokens[i].hash);
  }
  if (told) Report(scan, begin, size, username_, kLabelled, finds);
}

namespace {

bool IsBeforeNumber(const Token& token) {
  static const WordSet kIs({"is", "es", "ist",    "est",    "no",    "nr", "num", "number", "nro",   "n",  "º",
                            "nº", "n°", "numero", "nummer", "numer", "č",  "αρ",  "ном",    "номер", "št", "br"});
  return kIs.contains(token.hash);
}

}  // namespace

// What FindNumberAfter looks for behind a label: a number, what one may begin with, or a word before it. Behind most
// labels stands any other word.
inline bool LabelRules::MayHoldNumber(const Scan& scan, std::size_t last, std::uint8_t leads) {
  if (last + 1 >= scan.tokens.size()) return false;
  const Token* const next = scan.tokens.data() + last + 1;
  const bool numbered = next->upper_first && last + 2 < scan.tokens.size() && next[1].digits > 0;  // "E-20931"
  return next->digits > 0 || numbered || (leads & kEndsVehicle) != 0 || IsBeforeNumber(*next);
}

// "her passport number is C01X00T47": only numbers, which no sentence goes on with by chance.
void LabelRules::FindNumberAfter(const Scan& scan, std::size_t last, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsBetweenMax = 2;
  std::size_t next = last + 1;
  const auto goes_on = [&] {
    const std::string_view between = scan.Between(next - 1);
    return IsBeforeNumber(scan.tokens[next]) && (between == " " || between == ". " || between == ".");
  };
  while (next < scan.tokens.size() && next - last <= kWordsBetweenMax && goes_on()) ++next;
  if (next >= scan.tokens.size()) return;
  if (next == last + 2 && FindNamedUser(scan, last, finds)) return;
  const bool plate_may_follow =
      scan.tokens[next].ascii && scan.tokens[next].size() <= 8 && (LeadsOf(scan.tokens[last]) & kEndsVehicle) != 0;
  if (!BeginsNumber(scan, next) && !plate_may_follow) return;
  const std::string_view between = scan.Between(next - 1);
  static constexpr std::array<std::string_view, 9> kSigns = {" ", "", ". ", ": ", " #", " № ", " №", "° ", ".: "};
  if (std::ranges::find(kSigns, between) == kSigns.end()) return;
  const DetectorFile* file = LabelEndingAt(scan, last, false);
  if (file == nullptr || FormOf(*file) != Form::kNumber) return;
  const std::size_t begin = scan.tokens[next].begin;
  const std::string_view rest = scan.text.substr(begin, kValueBytesMax);
  const bool plate = file->entity == Entity::kVehicle;
  if (!plate && !BeginsNumber(scan, next)) return;
  const std::size_t size = plate ? std::max(NumberEnd(rest), PlateEnd(rest)) : NumberEnd(rest);
  constexpr std::size_t kDigitsOfPlate = 5;  // "reg.nr. 3409 konto": of digits alone, a plate has more
  if (plate && size < kDigitsOfPlate && AllDigits(rest.substr(0, size))) return;
  if (size > 0) Report(scan, begin, size, file, kLabelledNumber, finds);
}

namespace {

constexpr std::string_view kWideColon = "\uFF1A";

}  // namespace

inline void LabelRules::FindLabelled(const Scan& scan, std::size_t last, std::uint8_t leads,
                                     std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  std::size_t at = scan.tokens.data()[last].end;
  if (IsOneOf(At(text, at), "\"'")) ++at;
  const bool spaced = At(text, at) == ' ';
  if (spaced) ++at;
  const bool wide = text.substr(at, kWideColon.size()) == kWideColon;
  const char sign = wide ? ':' : At(text, at);
  const bool element = sign == '>' && !spaced;  // <plz>80331</plz>
  if (IsOneOf(sign, ":=") || element)
    FindBehindSign(scan, last, at, finds);
  else if (MayHoldNumber(scan, last, leads))
    FindNumberAfter(scan, last, finds);
}

// `at`: the sign behind the label.
void LabelRules::FindBehindSign(const Scan& scan, std::size_t last, std::size_t at, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  const bool wide = text.substr(at, kWideColon.size()) == kWideColon;
  const char sign = wide ? ':' : text[at];
  const bool spaced = text[at - 1] == ' ', element = sign == '>';
  at += wide ? kWideColon.size() : 1;
  if (IsOneOf(At(text, at), ":=/>")) return;
  const std::size_t after_sign = at;
  while (at < text.size() && at - after_sign < 4 && IsOneOf(text[at], " \t")) ++at;
  const char quote = IsOneOf(At(text, at), "\"'") ? text[at] : '\0';
  if (quote != '\0') ++at;
  // `username = account` is code.
  if (sign == '=' && quote == '\0' && (spaced || at > after_sign)) return;
  at += TitleEnd(text.substr(at, kValueBytesMax));
  const std::string_view rest = text.substr(at, kValueBytesMax);
  if (rest.empty() || !IsWordByte(rest[0])) return;
  // In a log, `user=` is who did it.
  const bool assigned = sign == '=' && quote == '\0';
  const DetectorFile* file = LabelEndingAt(scan, last, assigned);
  if (file == nullptr || (assigned && FormOf(*file) == Form::kName)) return;
  static const WordSet kOfAnything({"uuid", "guid"});  // of a node, of a job
  if (assigned && kOfAnything.contains(scan.tokens[last].hash)) return;
  const auto close = quote != '\0' ? rest.find(quote) : element ? rest.find('<') : rest.npos;
  if ((quote != '\0' || element) && close == rest.npos) return;
  // Behind `user=` no sentence goes on.
  const bool in_log = assigned && file->entity == Entity::kUsername;
  const std::size_t end = ValueEnd(*file, rest.substr(0, close), close != rest.npos || in_log);
  static const WordSet kNobodys({"root",   "admin",   "app",     "system",  "nobody",    "postgres", "mysql",
                                 "www",    "daemon",  "null",    "none",    "true",      "false",    "test",
                                 "guest",  "service", "default", "unknown", "anonymous", "user",     "sa",
                                 "backup", "deploy",  "nginx",   "ubuntu",  "oracle",    "git",      "jenkins"});
  if (end == 0 || (in_log && kNobodys.contains(WordHash(Fold(rest.substr(0, end)))))) return;
  Report(scan, at, end, file, kLabelled, finds);
}

// A line of names of columns, and under it lines with as many cells.
void LabelRules::FindTable(const Scan& scan, std::size_t line, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  const auto line_end = [&](std::size_t from) { return std::min(text.find('\n', from), text.size()); };
  const std::size_t head_end = line_end(line);
  if (head_end == text.size() || head_end - line > kTableLineBytesMax) return;
  const std::string_view head = text.substr(line, head_end - line);
  const std::string_view separators = "\t;|,";
  const auto twice = std::ranges::find_if(separators, [&](char c) { return StandsTwice(c, head); });
  if (twice == separators.end() || head.find('@') != head.npos || CountDigits(head) * 5 > head.size()) return;
  if (std::ranges::any_of(head, [](char c) { return IsOneOf(c, "{}=<>\\"); }))
    return;  // code or JSON: no column's name
  const char separator = *twice;
  if (separator == ',' && (head.back() == ',' || head.back() == ';')) return;  // a list that goes on, or code
  // A head has names in every cell; what follows it has as many.
  if (CountCells(text, line, head_end, separator) != CountCells(text, head_end + 1, line_end(head_end + 1), separator))
    return;
  const std::vector<Cell> cells = CellsOf(text, line, head_end, separator);
  std::vector<std::string> names;
  for (const Cell& cell : cells)
    names.emplace_back(text.substr(cell.begin, std::min<std::size_t>(cell.end - cell.begin, 60)));
  if (!fields_.ShowPeople(names)) return;
  const CollectionView view = fields_.View({}, names);
  std::vector<const DetectorFile*> columns;
  for (const std::string& name : names) columns.push_back(name.empty() ? nullptr : Named(name, view));
  // A line in which nothing is found may be the head of the next lines itself: they are not all read for each.
  std::size_t silent_rows = 0;
  for (std::size_t begin = head_end + 1; begin < text.size() && silent_rows < kSilentRowsMax; ++silent_rows) {
    const std::size_t end = line_end(begin);
    scan.steps += end - begin;
    if (end - begin > kTableLineBytesMax) return;
    const std::vector<Cell> row = CellsOf(text, begin, end, separator);
    if (row.size() != cells.size()) return;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string_view value = text.substr(row[i].begin, std::min(row[i].end - row[i].begin, kValueBytesMax));
      if (columns[i] == nullptr || value.empty()) continue;
      const std::size_t size = ValueEnd(*columns[i], value, true);
      if (size != value.size()) continue;
      Report(scan, row[i].begin, size, columns[i], kInTable, finds);
      silent_rows = 0;
    }
    begin = end + 1;
  }
}

// Behind an @: "@kate_m" near a word that speaks of networks of people or among words of a sentence; elsewhere it is
// code, or a package.
void LabelRules::FindHandle(const Scan& scan, std::size_t first, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsAround = 6;
  const std::size_t begin = scan.tokens[first].begin;
  if (handle_ == nullptr) return;
  if (begin > 1 && (IsWordByte(scan.text[begin - 2]) || IsOneOf(scan.text[begin - 2], "._-+/"))) return;
  const std::size_t size = UsernameEnd(scan.text.substr(begin, kValueBytesMax), true);
  if (size < 2 || scan.text.substr(begin, size).find('@') != scan.text.npos) return;
  const std::size_t end = scan.TokenAt(static_cast<std::uint32_t>(begin + size));
  const bool alone =
      size >= 3 && !annotations_.contains(scan.tokens[first].hash) && !IsOneOf(At(scan.text, begin + size), "/({=");
  const std::size_t from = first - std::min(first, kWordsAround);
  for (std::size_t i = from; i < std::min(end + kWordsAround, scan.tokens.size()); ++i) {
    if (i >= first && i < end) continue;
    const bool beside = alone && i + 2 >= first && i < end + 2 && of_sentences_.contains(scan.tokens[i].hash);
    if (beside || networks_.contains(scan.tokens[i].hash)) return Report(scan, begin, size, handle_, kLabelled, finds);
  }
}

namespace {

// What may stand between a label and its value: "番号は", "号码是", "번호는".
bool IsEastAsianParticle(std::string_view letter) {
  static constexpr std::array<std::string_view, 14> kParticles = {"は", "が", "を", "の", "も", "に", "で",
                                                                  "是", "为", "為", "은", "는", "이", "가"};
  return std::ranges::find(kParticles, letter) != kParticles.end();
}

}  // namespace

void LabelRules::ReadLabelsInSentences(Scan& scan) const {
  constexpr std::size_t kBytesMax = 90, kLetterBytes = 3, kLabelBytesMin = 2 * kLetterBytes;
  for (const std::uint32_t at : scan.east_asian) {
    if (at + 1 >= scan.tokens.size() || scan.tokens[at + 1].digits == 0 || scan.tokens[at + 1].line_before) continue;
    Token& token = scan.tokens[at];
    std::string_view word = scan.Of(token);
    if (word.size() > kBytesMax || word.size() <= kLabelBytesMin || word.size() % kLetterBytes != 0) continue;
    if (text_.IsCueForNumbers(token.hash) || leads_.Find(token.hash) != nullptr) continue;
    if (IsEastAsianParticle(word.substr(word.size() - kLetterBytes))) word.remove_suffix(kLetterBytes);
    for (; word.size() >= kLabelBytesMin; word.remove_prefix(kLetterBytes)) {
      scan.steps += word.size();
      const std::uint32_t hash = WordHash(Fold(word));
      if (!text_.IsCueForNumbers(hash) && leads_.Find(hash) == nullptr) continue;
      token.hash = hash;
      break;
    }
  }
}

// Numbers said in passing are held to the check digits of the formats that are named, as behind a label: those of
// patients only where the word right before names the format, for hospitals have numbers of their own.
void LabelRules::FindSaid(const Scan& scan, std::size_t lead, std::vector<Find>& finds) const {
  const std::size_t before = finds.size();
  said_.Find(scan, lead, finds);
  const auto refuted = [&](const Find& find) {
    const Entity entity = find.detector->entity;
    return (entity == Entity::kNationalId && text_.Refutes(scan, find)) ||
           (entity == Entity::kHealthId && text_.FailsFormatBefore(scan, find));
  };
  finds.erase(std::remove_if(finds.begin() + static_cast<std::ptrdiff_t>(before), finds.end(), refuted), finds.end());
}

void LabelRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  std::size_t cues = 0;  // cells of the line that end with a label
  std::size_t line = 0;
  std::size_t table_until = 0;
  auto sign = scan.ats.begin();
  const std::size_t n = scan.tokens.size();
  const Token* const tokens = scan.tokens.data();
  for (std::size_t i = 0; i < n; ++i) {
    const Token& token = tokens[i];
    if (const std::uint8_t leads = LeadsOf(token); leads != 0) {
      const bool ends_label = (leads & kEndsLabel) != 0;
      if (ends_label && token.digits == 0) FindLabelled(scan, i, leads, finds);
      if ((leads & kSaid) != 0) FindSaid(scan, i, finds);
      if ((leads & kInLog) != 0) FindUserInLog(scan, i, finds);
      cues += ends_label && EndsCell(scan.text, token.end);
    }
    while (sign != scan.ats.end() && *sign + 1 < token.begin) ++sign;
    if (sign != scan.ats.end() && *sign + 1 == token.begin) FindHandle(scan, i, finds);
    const bool line_ends = i + 1 < n && tokens[i + 1].line_before;
    if (!line_ends) continue;
    if (cues >= 2 && line >= table_until) {
      const std::size_t before = finds.size();
      FindTable(scan, line, finds);
      if (finds.size() > before) table_until = finds.back().end;
    }
    cues = 0;
    line = tokens[i + 1].begin;
    while (line > 0 && scan.text[line - 1] != '\n') --line;
  }
}

}  // namespace privity::detect
