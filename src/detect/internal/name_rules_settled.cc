// What a name that the tagger has found is, or that it is none: wards, words of science, heads of tables, names of
// code.
#include "detect/internal/name_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

// How sure the tagger has to be, by kind: single words of products are taken for places most often.
constexpr double kPlaceMin = 0.6;
constexpr double kOrganizationMin = 0.4;
constexpr double kAcronymMin = 0.9;  // GDP, IMEI, CHANGELOG: most capitals are no company
constexpr double kAddressMin = 0.5;

bool IsAcronym(const Scan& scan, const TaggedName& name) {
  const Token& token = scan.tokens[name.first];
  return name.first == name.last && token.has_upper && !token.has_lower;
}

// "Het BSN is 111222333": what a number is called.
bool NamesNumber(const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.last + 1; i < scan.tokens.size() && i <= name.last + 2; ++i) {
    if (scan.tokens[i].digits >= 4) return true;
  }
  return false;
}

// The heads of tables are words in a row, as names in a list are.
bool IsHeadOfColumn(const NameVocabulary& words, const Scan& scan, const TaggedName& name) {
  const Token& token = scan.tokens[name.first];
  return name.first == name.last && !token.has_upper && words.heads_of_columns.contains(token.hash);
}

// No name goes on over the border of two cells.
bool CrossesCells(const Scan& scan, const TaggedName& name) {
  const std::uint32_t begin = scan.tokens[name.first].begin;
  return scan.text.substr(begin, scan.tokens[name.last].end - begin).find_first_of("\t|;") != std::string_view::npos;
}

// "MONGO_URI": a name of code.
bool IsPartOfConstant(const Scan& scan, const TaggedName& name) {
  const Token& first = scan.tokens[name.first];
  const Token& last = scan.tokens[name.last];
  if (first.has_lower || last.has_lower) return false;
  return (first.begin > 0 && scan.text[first.begin - 1] == '_') ||
         (last.end < scan.text.size() && scan.text[last.end] == '_');
}

// "Bob.hey(", "Ada::run": a name that a program calls something by.
bool IsCalled(const Scan& scan, const TaggedName& name) {
  constexpr std::size_t kCallBytesMax = 64;
  const std::string_view behind = scan.text.substr(scan.tokens[name.last].end, kCallBytesMax);
  if (behind.starts_with("::") || behind.starts_with("->")) return true;
  if (behind.size() < 2 || behind[0] != '.' || !IsAsciiLower(behind[1])) return false;
  const auto end = std::find_if(behind.begin() + 1, behind.end(), [](char c) { return !IsAsciiLetter(c) && c != '_'; });
  return end != behind.end() && *end == '(';
}

// "Doppler effect", "Rose gold", "the Dijkstra algorithm", "nach Norden": one word that names a thing or a direction.
bool IsNamedAfter(const NameVocabulary& words, const Scan& scan, const TaggedName& name) {
  if (name.first != name.last || (name.kind != NameKind::kPerson && name.kind != NameKind::kPlace)) return false;
  if (words.directions.contains(scan.tokens[name.first].hash)) return true;
  const bool follows = name.last + 1 < scan.tokens.size() && scan.Between(name.last) == " ";
  if (follows && !scan.tokens[name.last + 1].has_upper) {
    const std::uint32_t next = scan.tokens[name.last + 1].hash;
    if (words.matters_of_science.contains(next) || words.things_called_after.contains(next)) return true;
  }
  if (name.kind != NameKind::kPerson || name.first == 0 || scan.Between(name.first - 1) != " ") return false;
  constexpr std::uint32_t kThe = WordHash("the");
  return scan.tokens[name.first - 1].hash == kThe && follows && !scan.tokens[name.last + 1].has_upper &&
         !words.theirs.contains(scan.tokens[name.last + 1].hash);
}

}  // namespace

// "Servicio de Cardiología": a part of any hospital.
bool NameRules::IsWard(const Scan& scan, std::size_t first) const {
  return wards_.contains(scan.tokens[first].hash);
}

// "Managing Partner" below a name: words of every day, the last of them a job.
bool NameRules::IsTitleOfJob(const Scan& scan, const TaggedName& name) const {
  if (name.first == name.last || !jobs_.IsJob(scan.tokens[name.last].hash)) return false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    if ((tagger_.model().ListsOf(scan.tokens[i].hash) & (kCommonWord | kEveryday)) == 0) return false;
  }
  return true;
}

// "Residencia Santa Clara", "Greenfield Pharmacy": what it is called says what it is.
bool NameRules::IsInstitution(const Scan& scan, const TaggedName& name) const {
  return name.first < name.last && (institutions_.contains(scan.tokens[name.first].hash) ||
                                    institution_ends_.contains(scan.tokens[name.last].hash));
}

// "Ralph Lauren polo shirt", "Jack Daniel's", "Captain Morgan with ginger ale": makes, unless people are spoken of
// around them.
bool NameRules::IsCalledAfter(const Scan& scan, const TaggedName& name) const {
  const auto is_one = [&](std::size_t first, std::size_t last) {
    return called_after_.contains(HashOfWords(scan, first, last));
  };
  const bool begins_so = name.last >= name.first + 2 && is_one(name.first, name.first + 1);
  const bool titled = IsAddressed(scan, name.first) && is_one(name.first - 1, name.first);
  return (is_one(name.first, name.last) || begins_so || titled) && !SpeaksOfPeople(scan, name, titled);
}

// "max-width", "will-change": "anne-marie" has two names.
bool NameRules::IsHyphenatedWord(const Scan& scan, const TaggedName& name) const {
  const Token &first = scan.tokens[name.first], &last = scan.tokens[name.last];
  return name.last == name.first + 1 && scan.Between(name.first) == "-" && !first.has_upper && !last.has_upper &&
         !IsGiven(last) && !IsListed(last, kSurname);
}

// "Johnson & Johnson", "Marks & Spencer": two surnames that trade together.
bool NameRules::IsFirm(const Scan& scan, const TaggedName& name) const {
  for (std::size_t i = name.first; i < name.last; ++i) {
    if (scan.Between(i) == " & ") return !IsGiven(scan.tokens[name.first]);
  }
  return false;
}

// "Sigríður Jónsdóttir": a place of two words whose second ends as only surnames do.
bool NameRules::EndsAsPerson(const Scan& scan, const TaggedName& name) const {
  const Token& last = scan.tokens[name.last];
  if (name.last != name.first + 1 || scan.Between(name.first) != " ") return false;
  const auto lists = [&](const Token& token) { return tagger_.model().ListsOf(token.hash); };
  const bool given = given_words_.contains(scan.tokens[name.first].hash) && IsListed(last, kSurname) &&
                     ((lists(scan.tokens[name.first]) | lists(last)) & (kPartOfPlace | kTown | kCommonWord)) == 0;
  if (given) return true;  // "Hyacinth Bartley"
  if (((lists(scan.tokens[name.first]) | lists(last)) & (kPartOfPlace | kTown | kEveryday)) != 0) return false;
  return !IsListed(last, kSurname) && IsSurname(scan, last);
}

// "Mr Poole", "Cpl Rai": people, though towns are called so.
bool NameRules::IsTitled(const Scan& scan, const TaggedName& name) const {
  const auto is_title = [&](std::size_t at) {  // "I miss Paris"
    return scan.tokens[at].upper_first && words_.names.titles.contains(scan.tokens[at].hash);
  };
  if (name.first < name.last && is_title(name.first)) return true;
  return IsAddressed(scan, name.first) && is_title(name.first - 1);
}

// "Davčna številka 12345678", "karta 4016 …", "El RFC": what a number is called, in whatever language, and no name.
bool NameRules::IsWordForNumber(const Scan& scan, const TaggedName& name) const {
  constexpr std::size_t kShort = 3, kBehind = 3, kDigitsMin = 3;
  bool says = false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (IsListed(token, kGivenName | kSurname | kTown | kCountry)) return false;
    const bool number = number_words_.contains(token.hash) || things_.contains(token.hash);
    if (!number && token.size() > kShort) return false;
    says = says || number;
  }
  for (std::size_t i = name.last + 1; says && i < std::min(name.last + 1 + kBehind, scan.tokens.size()); ++i) {
    if (scan.tokens[i].digits >= kDigitsMin) return true;
  }
  return false;
}

const DetectorFile* NameRules::Settled(const Scan& scan, const TaggedName& name) const {
  if (name.kind != NameKind::kAddress && IsWordForNumber(scan, name)) return nullptr;
  if (CrossesCells(scan, name) || IsPartOfConstant(scan, name)) return nullptr;
  const Token& first = scan.tokens[name.first];
  if (IsNamedAfter(words_.names, scan, name)) return nullptr;
  constexpr std::uint32_t kWi = WordHash("wi");
  // Of goods, papers, programs and cars: what stands behind is a number of theirs.
  if (name.first == name.last && (demonyms_.contains(first.hash) || words_.names.times_of_year.contains(first.hash)))
    return nullptr;
  if (!first.ascii && IsEastAsian(ReadCodePoint(scan.text, first.begin).value))
    return nullptr;  // rules of their own read these
  switch (name.kind) {
    case NameKind::kPerson:
      if (name.first > 0 && scan.Between(name.first - 1) == ". " &&
          street_before_.contains(scan.tokens[name.first - 1].hash))
        return nullptr;  // "ул. Гагарина"
      if (!name.believed && name.probability < LeastOfPerson(scan, name)) return nullptr;
      if (first.hash == kWi && scan.Of(scan.tokens[name.last]).size() == 2) return nullptr;  // Wi-Fi
      if (name.first == name.last && words_.names.nobodys.contains(first.hash)) return nullptr;
      if (IsWard(scan, name.first)) return nullptr;
      if (words_.names.before_numbers.contains(first.hash) || IsHeadOfColumn(words_.names, scan, name) ||
          (IsAcronym(scan, name) && NamesNumber(scan, name)))
        return nullptr;
      if (IsCalled(scan, name) || IsCalledAfter(scan, name) || IsHyphenatedWord(scan, name)) return nullptr;
      return IsInstitution(scan, name) || IsFirm(scan, name) ? organization_ : person_;
    case NameKind::kPlace:
      if (name.probability < kPlaceMin || IsWard(scan, name.first)) return nullptr;
      if (name.first < name.last && IsCalledAfter(scan, name)) return nullptr;  // "Swan Lake", "Norwich City"
      if (name.first == name.last && !first.has_lower && words_.names.nobodys.contains(first.hash))
        return nullptr;                                                                               // "EXPONE:"
      if (name.first < name.last && demonyms_.contains(scan.tokens[name.last].hash)) return nullptr;  // "Many British"
      if (!first.has_lower && name.first == name.last && name.last + 1 < scan.tokens.size() &&
          scan.Between(name.last) == "-" && scan.tokens[name.last + 1].digits > 0)
        return nullptr;  // "UK-2291-7730"
      if (EndsAsPerson(scan, name) || IsTitled(scan, name)) return person_;
      return IsInstitution(scan, name) ? organization_ : place_;
    case NameKind::kOrganization:
      if (IsWard(scan, name.first) || (name.first == name.last && words_.names.nobodys.contains(first.hash)) ||
          IsTitleOfJob(scan, name))
        return nullptr;
      if (IsAcronym(scan, name) && (words_.names.illnesses.contains(first.hash) || NamesNumber(scan, name)))
        return nullptr;
      if (name.first < name.last && !first.has_lower && scan.tokens[name.first + 1].digits > 0 &&
          scan.Between(name.first) == "-")
        return nullptr;  // "SN-88A"
      if (std::all_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(name.first),
                      scan.tokens.begin() + static_cast<std::ptrdiff_t>(name.last + 1),
                      [&](const Token& token) { return company_endings_.contains(token.hash); }))
        return nullptr;  // "Limited Company"
      return name.probability >= (IsAcronym(scan, name) ? kAcronymMin : kOrganizationMin) ? organization_ : nullptr;
    case NameKind::kAddress:
      if (words_.names.before_numbers.contains(first.hash) || (name.first == name.last && first.all_digits()))
        return nullptr;
      return name.probability >= kAddressMin && !IsNoAddress(scan, name) ? street_ : nullptr;
    case NameKind::kOther:
      return nullptr;
  }
  return nullptr;
}

// "escala de Glasgow", "síndrome de Down", "Signo de Psoas": named after somebody, and nobody's data. "Fractura de Ana"
// is somebody's.
bool NameRules::IsEponym(const Scan& scan, const TaggedName& name) const {
  static const WordSet kOf({"de", "of", "di", "del"});
  const std::size_t first = name.first;
  const bool begins_so = first < name.last && matters_.contains(scan.tokens[first].hash);
  if (begins_so && (kOf.contains(scan.tokens[first + 1].hash) || name.kind == NameKind::kPerson)) return true;
  if (first >= 1 && matters_.contains(scan.tokens[first - 1].hash) && scan.Between(first - 1) == " ") return true;
  const bool of_matter =
      first >= 2 && kOf.contains(scan.tokens[first - 1].hash) && matters_.contains(scan.tokens[first - 2].hash);
  return of_matter && (!IsGiven(scan.tokens[first]) || eponyms_.contains(scan.tokens[first].hash));
}

// "Lasègue negativo", "Killip I", "Kernig y Brudzinski", "Ramsay < 3" in Spanish reports, where nobody else is called
// so: "Dr. Murphy" and "Elena Murphy" are people.
bool NameRules::IsEponymOfReports(const Scan& scan, const TaggedName& name) const {
  if (name.kind != NameKind::kPerson && name.kind != NameKind::kPlace) return false;
  if (IsAddressed(scan, name.first)) return false;
  bool listed = false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const bool eponym = eponyms_.contains(scan.tokens[i].hash) || called_after_.contains(scan.tokens[i].hash);
    const bool joined = (i < name.last && scan.Between(i) == "-") || (i > name.first && scan.Between(i - 1) == "-");
    if (!eponym && !joined && (i == name.first || !words_.names.between_eponyms.contains(scan.tokens[i].hash)))
      return false;
    listed = listed || eponym;
  }
  const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[name.first].hash);
  if ((lists & kTown) == 0 || name.kind == NameKind::kPerson) return listed;
  const std::string_view behind = scan.text.substr(scan.tokens[name.last].end, 2);  // "Glasgow 13", not "en Glasgow."
  const bool measured =
      behind.size() == 2 && behind[0] == ' ' && (IsAsciiDigit(behind[1]) || IsOneOf(behind[1], "+-<>("));
  const bool graded = name.first >= 2 && scan.tokens[name.first - 2].digits > 0;  // "grado 2 de Nottingham"
  return listed && (measured || graded);
}

// "Newton's second law", "Crohn's disease".
bool NameRules::IsEponymBefore(const Scan& scan, std::size_t last) const {
  constexpr std::size_t kWordsBetween = 1;
  if (last + 2 >= scan.tokens.size() || scan.tokens[last + 1].hash != WordHash("s")) return false;
  for (std::size_t i = last + 2; i <= last + 2 + kWordsBetween && i < scan.tokens.size(); ++i) {
    if (scan.Between(i - 1) != " ") return false;
    if (words_.names.matters_of_science.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "the World Bank" is World Bank.
std::size_t NameRules::WithoutArticle(const Scan& scan, const TaggedName& name) const {
  if (name.kind != NameKind::kOrganization && name.kind != NameKind::kPlace) return name.first;
  static const WordSet kArticles({"the", "la", "el", "le", "il", "der", "die", "das", "de", "het"});
  static const WordSet kGerman({"der", "die", "das"});  // "Die Stadtwerke" begin a sentence; "El País" is called so
  const Token& first = scan.tokens[name.first];
  const bool german = name.kind == NameKind::kOrganization && kGerman.contains(first.hash) && first.has_lower;
  const bool article = german || (!first.upper_first && kArticles.contains(first.hash));
  return name.first < name.last && article ? name.first + 1 : name.first;
}

}  // namespace privity::detect
