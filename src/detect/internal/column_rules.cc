#include "detect/internal/column_rules.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "base/utf8.h"
#include "detect/internal/column_forms.h"
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
// but beliefs, health and the like (GDPR Art. 9 and 10) come before names and addresses. Each distinct text counts
// once.
void ColumnRules::JudgeProse(const std::vector<std::string>& values, ColumnJudgement& judged) const {
  constexpr double kAboutShareMin = 0.6;
  constexpr std::size_t kAboutMin = 4;
  SpokenOf found, said;
  std::size_t texts = 0, speaking = 0, spans = 0, about = 0;
  Scan scan;
  std::vector<const DetectorFile*> kinds_said;
  std::unordered_set<std::string_view> distinct;
  const SpreadOrder at(values.size());
  for (std::size_t i = 0; i < values.size() && texts < kProseValuesMax; ++i) {
    const std::string_view text = std::string_view(values[at(i)]).substr(0, kProseBytesMax);
    if (CountCharacters(text) < kProseCharactersMin || !distinct.insert(text).second) continue;
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
// text, of which four in ten must be of one kind. Each distinct value counts once.
void ColumnRules::JudgeAsTexts(const std::vector<std::string>& values, bool of_nations, ColumnJudgement& judged) const {
  constexpr std::size_t kTextsMax = 32, kTextsMin = 4;
  constexpr double kCoveredMin = 0.6, kTextShareMin = 0.4;
  SpokenOf found;
  std::size_t texts = 0;
  std::unordered_set<std::string_view> distinct;
  Scan scan;
  const SpreadOrder at(values.size());
  for (std::size_t i = 0; i < values.size() && texts < kTextsMax; ++i) {
    const std::string_view value = std::string_view(values[at(i)]).substr(0, kValueBytesMax);
    if (value.empty() || !distinct.insert(value).second) continue;
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
