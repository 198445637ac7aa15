#include "detect/internal/label_rules.h"

#include <algorithm>
#include <array>

#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/shape_rules.h"

namespace privity::detect {
namespace {

constexpr double kLabelledNumber = 0.5;
constexpr std::size_t kLabelWordsMax = 4;
constexpr std::string_view kWideColon = "\uFF1A";

// "24DE97492277240571": customs declarations have an MRN as well as patients: year, country, twelve letters or digits,
// a letter or digit and a check digit (Delegated Regulation (EU) 2015/2446, annex B).
bool IsCustomsReference(std::string_view value) {
  constexpr std::size_t kBytes = 18;
  return value.size() == kBytes && AllDigits(value.substr(0, 2)) && IsAsciiUpper(value[2]) && IsAsciiUpper(value[3]) &&
         IsAsciiDigit(value.back()) && std::ranges::all_of(value.substr(4), IsAsciiAlnum);
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

// Whether nothing of its cell follows a word: a separator, the end of the line, or a remark in brackets.
bool EndsCell(std::string_view text, std::size_t at) {
  while (at < text.size() && IsOneOf(text[at], " \"'")) ++at;
  return at >= text.size() || IsOneOf(text[at], "\t;|,\n\r(");
}

// customerPhone and acctNo are one token and still end like a label.
bool IsOfProgram(const Token& token) {
  return !token.upper_first && token.has_upper && token.has_lower;
}

}  // namespace

LabelRules::LabelRules(const FieldRules& fields, const TextRules& text,
                       const std::vector<std::shared_ptr<const DetectorFile>>& files,
                       const std::vector<std::shared_ptr<const IdentifierWordsFile>>& languages,
                       const GazetteerFile& gazetteer, const Vocabulary& words)
    : fields_(fields),
      text_(text),
      words_(words.labels),
      values_(words.labels),
      said_(files, words.said),
      files_(files) {
  for (const auto& file : files) {
    if (!file->fields) continue;
    if (file->pack.id == "social-handle") handle_ = file.get();
    if (file->pack.id == "username") username_ = file.get();
    AddLabels(*file, file->fields->names, false);
    AddLabels(*file, file->fields->labels, false);
    AddLabels(*file, file->fields->names_beside_people, true);
  }
  for (const auto& language : languages) {
    if (!language->language) AddLabelsOf(*language);
  }
  networks_.InsertAll(gazetteer.networks);
  of_sentences_.InsertAll(gazetteer.of_sentences);
  annotations_.InsertAll(gazetteer.annotations);
  for (const std::uint32_t lead : said_.leads()) leads_[lead] |= kSaid;
  for (const std::uint32_t word : {kUser, WordHash("for")}) leads_[word] |= kInLog;
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
      if (IsEastAsian(ReadCodePoint(folded, 0).value) && FormOf(*label.file) != ValueForm::kNumber) continue;
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
  return FormOf(**found) == ValueForm::kNone ? nullptr : found->get();
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
    return FormOf(*label->file) == ValueForm::kNone ? nullptr : label->file;
  }
  return nullptr;
}

void LabelRules::Report(const Scan& scan, std::size_t begin, std::size_t size, const DetectorFile* file, double score,
                        std::vector<Find>& finds) const {
  Find find{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size), file, score};
  const ValueForm form = FormOf(*file);
  const bool number = form == ValueForm::kWord && CountDigits(scan.text.substr(begin, size)) > 5;
  if ((form == ValueForm::kNumber || number) && text_.Refutes(scan, find)) return;
  if (file->entity == Entity::kPhone && IsServiceNumber(scan.text.substr(begin, size))) return;
  if (file->entity == Entity::kHealthId && IsCustomsReference(scan.text.substr(begin, size))) return;
  // Who knows numbers, names and streets by their form says more of them.
  find.labelled = (form == ValueForm::kWord && !number) || form == ValueForm::kPhrase;
  if (!find.labelled && form != ValueForm::kName && form != ValueForm::kLine) find.score = kLabelledNumber;
  finds.push_back(find);
}

// What FindNumberAfter looks for behind a label: a number, what one may begin with, or a word before it. Behind most
// labels stands any other word.
inline bool LabelRules::MayHoldNumber(const Scan& scan, std::size_t last, std::uint8_t leads) const {
  if (last + 1 >= scan.tokens.size()) return false;
  const Token* const next = scan.tokens.data() + last + 1;
  const bool numbered = next->upper_first && last + 2 < scan.tokens.size() && next[1].digits > 0;  // "E-20931"
  return next->digits > 0 || numbered || (leads & kEndsVehicle) != 0 || words_.before_number.contains(next->hash);
}

// "her passport number is C01X00T47": only numbers, which no sentence goes on with by chance.
void LabelRules::FindNumberAfter(const Scan& scan, std::size_t last, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsBetweenMax = 2;
  std::size_t next = last + 1;
  const auto goes_on = [&] {
    const std::string_view between = scan.Between(next - 1);
    return words_.before_number.contains(scan.tokens[next].hash) &&
           (between == " " || between == ". " || between == ".");
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
  if (file == nullptr || FormOf(*file) != ValueForm::kNumber) return;
  const std::size_t begin = scan.tokens[next].begin;
  const std::string_view rest = scan.text.substr(begin, kValueBytesMax);
  const bool plate = file->entity == Entity::kVehicle;
  if (!plate && !BeginsNumber(scan, next)) return;
  const std::size_t size = plate ? std::max(NumberEnd(rest), values_.PlateEnd(rest)) : NumberEnd(rest);
  constexpr std::size_t kDigitsOfPlate = 5;  // "reg.nr. 3409 konto": of digits alone, a plate has more
  if (plate && size < kDigitsOfPlate && AllDigits(rest.substr(0, size))) return;
  if (size > 0) Report(scan, begin, size, file, kLabelledNumber, finds);
}

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
  at += values_.TitleEnd(text.substr(at, kValueBytesMax));
  const std::string_view rest = text.substr(at, kValueBytesMax);
  if (rest.empty() || !IsWordByte(rest[0])) return;
  // In a log, `user=` is who did it.
  const bool assigned = sign == '=' && quote == '\0';
  const DetectorFile* file = LabelEndingAt(scan, last, assigned);
  if (file == nullptr || (assigned && FormOf(*file) == ValueForm::kName)) return;
  if (assigned && words_.of_anything.contains(scan.tokens[last].hash)) return;
  const auto close = quote != '\0' ? rest.find(quote) : element ? rest.find('<') : rest.npos;
  if ((quote != '\0' || element) && close == rest.npos) return;
  // Behind `user=` no sentence goes on.
  const bool in_log = assigned && file->entity == Entity::kUsername;
  const std::size_t end = values_.End(*file, rest.substr(0, close), close != rest.npos || in_log);
  if (end == 0 || (in_log && words_.nobodys.contains(WordHash(Fold(rest.substr(0, end)))))) return;
  Report(scan, at, end, file, kLabelled, finds);
}

void LabelRules::ReadLabelsInSentences(Scan& scan) const {
  constexpr std::size_t kBytesMax = 90, kLetterBytes = 3, kLabelBytesMin = 2 * kLetterBytes;
  for (const std::uint32_t at : scan.east_asian) {
    if (at + 1 >= scan.tokens.size() || scan.tokens[at + 1].digits == 0 || scan.tokens[at + 1].line_before) continue;
    Token& token = scan.tokens[at];
    std::string_view word = scan.Of(token);
    if (word.size() > kBytesMax || word.size() <= kLabelBytesMin || word.size() % kLetterBytes != 0) continue;
    if (text_.IsCueForNumbers(token.hash) || leads_.Find(token.hash) != nullptr) continue;
    if (std::ranges::find(words_.behind_label, word.substr(word.size() - kLetterBytes)) != words_.behind_label.end())
      word.remove_suffix(kLetterBytes);
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
