// What the sampled values of a column show, each distinct one read once, and what they leave to the columns beside it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
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
  std::vector<std::pair<std::size_t, const DetectorFile*>> of_values = {};  // which value is of which kinds
  std::unordered_map<const DetectorFile*, std::size_t> beside = {};         // ValueRules::Read::beside
  std::size_t characters = 0, words = 0;
  // How many of the distinct values look so.
  std::size_t postal = 0, five_digits = 0, zero_first = 0, zeros_first = 0, firms = 0, towns = 0, streets = 0,
              genders = 0, no_answers = 0, eastern_addresses = 0, eastern_towns = 0,
              days_or_months = 0, grouped_eights = 0, thousands = 0, international_phones = 0, plain_phones = 0,
              amounts = 0, facilities = 0, postal_plain = 0, without_work = 0, imeis = 0, passwords = 0;
  std::size_t wordy = 0;  // without a digit
  std::vector<std::string_view> cells = {};  // with letters, for the model of values
  std::size_t cells_more = 0;
  std::unordered_set<std::uint32_t> first_words = {};
  std::set<std::string> letters = {};  // values of a single one
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
  // "expired", "lost, see file": words in a column of numbers; none where words are no exception.
  std::size_t Remarks() const {
    constexpr double kRemarksMax = 0.35;
    return Most(wordy, kRemarksMax) ? 0 : wordy;
  }
  bool MostOfNumbers(std::size_t count, double share) const {
    return static_cast<double>(count) >= share * static_cast<double>(distinct - Remarks());
  }
  std::size_t Beside(const DetectorFile* file) const {
    const auto found = beside.find(file);
    return found == beside.end() ? 0 : found->second;
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
