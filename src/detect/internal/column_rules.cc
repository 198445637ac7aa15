#include "detect/internal/column_rules.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kValuesMax = 1000;     // distinct ones that are judged
constexpr std::size_t kValueBytesMax = 256;  // of each
constexpr std::size_t kDistinctMin = 3;      // fewer say nothing by their form
constexpr double kShareMin = 0.6;            // of the distinct values
constexpr double kYesOrNo = -0.80;
constexpr double kYears = -0.60;
constexpr double kNothingLikeIt = -0.45;  // the name promises a form that no value has
constexpr std::size_t kTrialsMax = 12;
constexpr double kNameChance = 0.01;      // that words of another column are frequent names
constexpr double kNameShareMin = 0.35;    // lists know only some of them
constexpr double kShapedShareMin = 0.20;  // of values that are all written like names
constexpr double kShaped = 0.90;
constexpr std::size_t kShapedCountMin = 4;
constexpr double kOnlyCities = 0.85;  // towns are called like people, and the lists of towns are longer
constexpr double kPhoneChance = 0.02;
constexpr double kPhoneShare = 0.8;
constexpr double kBirthShare = 0.95;
constexpr int kBirthYearMin = 1905, kBirthYearMax = 2016, kBirthYearsApart = 18;
constexpr double kForBirthYears = 0.62;
constexpr double kWeakCheck = 0.01;  // more is passed by words by chance: few values are no proof
constexpr std::size_t kWeakCheckDistinctMin = 5;
constexpr double kMakersOfWorks = -0.30;  // names in a list of tracks or books are those of composers and authors
constexpr double kForBit = 0.11;
constexpr double kPersonal = 0.5;
constexpr double kValuesMax01 = 0.97;

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

// Seven digits or more in groups, or with a plus or zero before them: how people write numbers of telephones. A
// trailing extension ("x92091") is left aside.
bool IsPhoneLike(std::string_view value) {
  value = value.substr(0, value.find(" x"));
  std::size_t digits = 0, groups = 0;
  bool in_group = false;
  for (const char c : value) {
    const bool digit = IsAsciiDigit(c);
    if (!digit && std::string_view(" -./()+").find(c) == std::string_view::npos) return false;
    groups += digit && !in_group;
    digits += digit;
    in_group = digit;
  }
  if (digits < 7 || digits > 15 || groups > 6) return false;
  const bool announced = value.starts_with('+') || value.starts_with("00") || value.starts_with('(');
  const bool national = value.starts_with('0') && digits >= 9 && digits <= 12;
  return announced || national || (groups >= 3 && digits >= 8);
}

// The year of a whole date; 0 when none of four digits is in it.
int YearOf(const Scan& scan) {
  for (const Token& token : scan.tokens) {
    const std::string_view digits = scan.Of(token).substr(0, token.digits);
    if (token.digits >= 4 && token.size() <= 5 && IsYear(digits.substr(0, 4)))
      return std::stoi(std::string(digits.substr(0, 4)));
  }
  return 0;
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
};

ColumnRules::ColumnRules(const FieldRules& fields, const TextRules& text, const ShapeRules& shapes,
                         const NameRules& names, const std::vector<std::shared_ptr<const DetectorFile>>& files)
    : fields_(fields),
      text_(text),
      shapes_(shapes),
      names_(names),
      files_(files),
      phone_(File("phone")),
      birth_date_(File("birth-date")) {}

const DetectorFile* ColumnRules::File(std::string_view id) const {
  const auto found = std::find_if(files_.begin(), files_.end(), [&](const auto& file) { return file->pack.id == id; });
  return found == files_.end() ? nullptr : found->get();
}

// Dates that lie decades apart, none of them of these years: those of people. Those of works are as far apart, and
// are named so.
bool ColumnRules::AreBirthDates(const Sample& sample) const {
  const auto& years = sample.date_years;
  if (sample.distinct < kWeakCheckDistinctMin ||
      static_cast<double>(years.size()) < kBirthShare * static_cast<double>(sample.distinct))
    return false;
  const auto in_lives = std::count_if(years.begin(), years.end(),
                                      [](int year) { return year >= kBirthYearMin && year <= kBirthYearMax; });
  const auto [first, last] = std::minmax_element(years.begin(), years.end());
  return static_cast<double>(in_lives) >= kBirthShare * static_cast<double>(years.size()) &&
         *last - *first >= kBirthYearsApart;
}

// A wrong guess that repeats must not confirm itself: each distinct value counts once.
ColumnRules::Sample ColumnRules::Read(const std::vector<std::string>& values) const {
  std::unordered_set<std::string_view> distinct;
  for (const std::string& value : values) {
    if (!value.empty()) distinct.insert(std::string_view(value).substr(0, kValueBytesMax));
    if (distinct.size() == kValuesMax) break;
  }
  Sample sample;
  sample.distinct = distinct.size();
  Scan scan;
  std::vector<Find> finds;
  std::vector<ValueMatch> matches;
  std::vector<const DetectorFile*> kinds;
  std::unordered_set<const DetectorFile*> seen;
  for (const std::string_view value : distinct) {
    sample.yes_or_no += IsYesOrNo(value);
    sample.years += IsYear(value);
    matches.clear();
    finds.clear();
    seen.clear();
    text_.MatchValue(value, matches);
    ScanText(value, scan);
    shapes_.FindAll(scan, finds);
    sample.books += IsIsbn(value);
    sample.shaped += IsNameShaped(scan);
    bool dated = false;
    for (const Find& find : finds) {
      // The whole value, but for what may stand around it.
      if (find.end - find.begin + 3 < value.size()) continue;
      matches.push_back({find.detector, 0.001, false});
      dated |= find.detector->entity == Entity::kDate;
    }
    if (dated) sample.date_years.push_back(YearOf(scan));
    if (phone_ != nullptr && !dated && IsPhoneLike(value)) matches.push_back({phone_, kPhoneChance, false});
    kinds.clear();
    names_.KindsOfValue(scan, kinds);
    for (const DetectorFile* kind : kinds) matches.push_back({kind, kNameChance, false});
    for (const ValueMatch& match : matches) {
      if (!seen.insert(match.detector).second) continue;
      auto& known = sample.matches[match.detector];
      known.chance = std::min(known.chance, match.chance);
      known.checked |= match.checked;
      known.needs_word &= match.needs_word;
      ++known.count;
    }
  }
  const double count = std::max<double>(1, static_cast<double>(sample.distinct));
  sample.yes_or_no /= count;
  sample.years /= count;
  sample.books /= count;
  sample.shaped /= count;
  return sample;
}

ColumnJudgement ColumnRules::Judge(const ColumnContext& context) const {
  const CollectionView collection = fields_.View(context.field, context.field.neighbours);
  ColumnJudgement judged = fields_.Judge(context.field, collection);
  const Sample sample = Read(context.values);
  judged.distinct_values = static_cast<std::int64_t>(sample.distinct);
  if (sample.distinct > 0) JudgeByValues(sample, context, collection, judged);
  return judged;
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
  if (sample.books >= kShaped && named == nullptr) return;
  const bool lists_itself = fields_.ListsItself(context.field.field, collection);
  const bool of_makers = collection.works && collection.people < 0 && !fields_.NamesPeople(context.field.field);
  const DetectorFile* best = nullptr;
  double best_score = 0;
  double best_share = 0;
  for (const auto& [file, match] : sample.matches) {
    if (!IsPersonal(file->category)) continue;
    const double share = static_cast<double>(match.count) / static_cast<double>(sample.distinct);
    const bool by_gazetteer = match.chance == kNameChance;
    const bool shaped = by_gazetteer && sample.shaped >= kShaped && match.count >= kShapedCountMin;
    const double share_min = shaped ? kShapedShareMin : by_gazetteer ? kNameShareMin : kShareMin;
    if (share < share_min || sample.distinct < kDistinctMin) continue;
    if (by_gazetteer && lists_itself) continue;
    const double cue = std::max(fields_.CueFor(context.field.field, file->pack.id),
                                named != nullptr && named->category == file->category ? 0.8 : 0.0);
    if (match.needs_word && cue == 0) continue;
    if (match.checked && match.chance > kWeakCheck && cue == 0 && sample.distinct < kWeakCheckDistinctMin) continue;
    // How improbable it is that so many random values pass: bits of one pass, times the share, grown with the count.
    const double bits = -std::log2(std::max(match.chance, 1e-9));
    const double count = static_cast<double>(std::min<std::size_t>(sample.distinct, kTrialsMax));
    // A check digit is tried anew with each value; the form of a whole column is one choice.
    const double weight = match.checked ? bits * count * 0.5 : bits * std::min(1.0, std::log2(1.0 + count) / 3);
    double score =
        std::min(0.95, kForBit * weight) * (by_gazetteer ? std::min(1.0, (shaped ? 0.55 : 0.45) + share) : share);
    if (file->pack.id == "city" && cue == 0) score *= kOnlyCities;
    score = std::min(kValuesMax01, score + 0.25 * cue + (by_gazetteer && of_makers ? kMakersOfWorks : 0));
    if (score > best_score) {
      best = file;
      best_score = score;
      best_share = share;
    }
  }
  if (named != nullptr && HasForm(named->pack.id) && sample.distinct >= kDistinctMin) {
    const bool any = std::any_of(sample.matches.begin(), sample.matches.end(),
                                 [&](const auto& entry) { return entry.first->category == named->category; });
    if (!any) return refuse("no value has its form", kNothingLikeIt);
  }
  if (best == nullptr || best_score < kPersonal) {
    if (named == nullptr && birth_date_ != nullptr && AreBirthDates(sample)) {
      judged.evidence.push_back({EvidenceKind::kValuesMatch, "years of birth in dates", kForBirthYears});
      judged.category = birth_date_->category;
      judged.detector = birth_date_->pack.id;
      judged.confidence = kForBirthYears;
    }
    return;
  }
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
