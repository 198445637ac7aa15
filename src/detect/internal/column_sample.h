// What the sampled values of a column show, each distinct one read once, and what they leave to the columns beside it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "detect/internal/column_rules.h"
#include "detect/internal/written_column.h"

namespace privity::detect {

constexpr double kClearlyNone = 0.12, kClearlyAll = 0.88;  // shares of the first look that decide
constexpr std::size_t kValueBytesMax = 256;                // of each
constexpr std::size_t kProseCharactersMin = 40;            // values that are longer on the average are sentences
constexpr double kForProse = 0.50;
constexpr double kVocabularyChance = 0.003;  // that words of another column are of a vocabulary
constexpr double kVocabularyShareMin = 0.5;  // it lacks some
constexpr double kNameChance = 0.01;         // that words of another column are frequent names
constexpr double kBranchChance = 0.02;       // what is passed by more says nothing of a branch
constexpr double kShaped = 0.90;
constexpr std::size_t kNumberDigitsMin = 5;  // of numbers of people; fewer are those of houses, years and amounts
constexpr double kEverydayShare = 0.6;       // of days and months
constexpr double kTownShare = 0.35, kFirmShare = 0.20;
constexpr std::size_t kDistinctMin = 3;  // fewer say nothing by their form
constexpr std::size_t kWeakCheckDistinctMin = 5;
constexpr double kValuesMax01 = 0.97;

inline std::string Percent(double share) {
  return std::to_string(static_cast<int>(std::lround(share * 100))) + "%";
}

inline bool IsOfOrganizations(const DetectorFile& file) {
  return file.text && (file.text->of_organizations || !IsPersonal(file.category)) &&
         file.text->shape == TextShape::kNumber;
}

struct ColumnRules::Sample {
  std::size_t looked_at = 0;  // distinct values
  std::size_t distinct = 0;   // of them, those that say something
  double yes_or_no = 0;       // shares of the distinct values
  double years = 0;
  double shaped = 0;                 // one to four words with capital letters, nothing else
  std::vector<int> date_years = {};  // of values that are a date and nothing else
  struct Match {
    std::size_t count = 0;
    double chance = 1;
    bool checked = false;
    bool needs_word = true;
    std::size_t digits_min = kValueBytesMax;  // of its values
  };
  std::unordered_map<const DetectorFile*, Match> matches;
  std::vector<std::pair<std::size_t, const DetectorFile*>> of_values = {};  // which value is of which kinds
  std::unordered_map<const DetectorFile*, std::size_t> beside = {};         // ValueRules::Read::beside
  std::unordered_map<const DetectorFile*, std::size_t> named = {};  // in how many values words speak for the kind,
  std::map<std::string, std::size_t> organizations_named = {};      // or for numbers of organizations, by country
  std::size_t characters = 0, words = 0;
  std::size_t with_digits = 0, with_numbers = 0;  // of the distinct values: some digits, and as many as numbers have
  // How many of the distinct values look so.
  std::size_t postal = 0, five_digits = 0, zero_first = 0, zeros_first = 0, firms = 0, towns = 0, streets = 0,
              genders = 0, no_answers = 0, eastern_addresses = 0, eastern_towns = 0, days_or_months = 0,
              grouped_eights = 0, thousands = 0, international_phones = 0, plain_phones = 0, amounts = 0,
              facilities = 0, postal_plain = 0, postal_abroad = 0, without_work = 0, imeis = 0, passwords = 0,
              books = 0;
  std::vector<std::string_view> cells = {};  // with letters, for the model of values
  std::size_t cells_more = 0;
  std::unordered_set<std::uint32_t> first_words = {};
  // Of all values that say something, repeated ones too: where a column has few answers, each dirty one is distinct.
  std::size_t told = 0, told_sexes = 0;
  std::map<std::string, std::size_t> letters = {};  // values of a single one
  WrittenColumn written_column = {};
  // Used again for each value.
  Scan scan = {};
  std::string written = {};
  std::vector<std::string_view> numbers = {};
  std::vector<Find> finds = {};
  std::vector<ValueMatch> value_matches = {};
  std::vector<const DetectorFile*> kinds = {};
  ValueRules::Read said = {};

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
  std::size_t Beside(const DetectorFile* file) const {
    const auto found = beside.find(file);
    return found == beside.end() ? 0 : found->second;
  }
  // How many values a kind of which all have digits is judged by. "lost", "see contract": words among numbers say
  // nothing against them, while they are not too many.
  std::size_t OfDigits() const { return JudgedBy(with_digits); }
  std::size_t OfNumbers() const { return JudgedBy(with_numbers); }
  std::size_t JudgedBy(std::size_t have_them) const {
    constexpr double kShareMin = 0.7;
    if (have_them * 2 < distinct) return distinct;
    return std::max(have_them, static_cast<std::size_t>(std::lround(kShareMin * static_cast<double>(distinct))));
  }
  bool AreBooks() const {
    constexpr double kMostly = 0.6;
    return static_cast<double>(books) >= kMostly * static_cast<double>(OfNumbers()) && !written_column.ArePatients();
  }
  // Shorter than sentences, and more than names or places have.
  bool AreNotes() const {
    constexpr std::size_t kWordsMin = 4;
    return distinct >= kWeakCheckDistinctMin && words >= kWordsMin * distinct;
  }
  bool IsProse() const { return distinct > 0 && characters / distinct >= kProseCharactersMin; }
};

// What other columns may decide.
struct ColumnRules::Doubt {
  bool open = false;    // nothing of the name, and the values are told by others only
  bool called = false;  // most values are written like names, and are no firms
  double as_town = 0;   // share of values that are towns
};

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

}  // namespace privity::detect
