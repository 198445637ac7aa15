// What the cells of a column are by how they are spelled, added up over all of them (value_model.h): beside the rules,
// for words that stand in none of their lists, and against them, where companies and towns are called like people.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "detect/internal/column_sample.h"
#include "detect/internal/value_model.h"

namespace privity::detect {
namespace {

constexpr std::size_t kCellsMin = 6;
constexpr double kCellsShareMin = 0.6;  // of the distinct values, those that have letters
constexpr float kDirt = 0.1f;           // share of cells that may be anything
// Logarithms of odds for one kind over all that are of another branch: of a cell on the average, and of all together.
constexpr double kOddsOfCellMin = 0.8, kOddsMin = 10;
constexpr std::size_t kCellsOfALook = 16;
constexpr double kClearOddsOfCell = 1.5;
constexpr double kAgainstRulesMin = 0.9;  // where the rules say another thing
constexpr double kForSpelling = 0.55, kForSpellingMax = 0.9, kForOdds = 0.15;
constexpr std::size_t kPlacesMin = 10;  // things of all kinds are called like places
constexpr double kAgreed = 0.03;
constexpr std::size_t kSignsOfAccountMin = 8;  // one in so many

struct Kind {
  std::string_view name, detector;
};
// Those that are somebody's; all others are nobody's.
constexpr std::array<Kind, 10> kOfPeople = {{{"first", "first-name"},
                                             {"last", "last-name"},
                                             {"full", "full-name"},
                                             {"city", "city"},
                                             {"region", "state"},
                                             {"country", "country"},
                                             {"street", "street-address"},
                                             {"address", "street-address"},
                                             {"job", "job-title"},
                                             {"user", "username"}}};

std::string_view DetectorOf(std::string_view kind) {
  const auto found = std::ranges::find(kOfPeople, kind, &Kind::name);
  return found == kOfPeople.end() ? std::string_view() : found->detector;
}

// "koehlerhenni", "vladimir_1986": some names of accounts have digits, dots or lines; where none has, they may be words
// of addresses on the net.
bool HasSignOfAccount(std::string_view cell) {
  return cell.find_first_of("0123456789._") != cell.npos;
}

bool IsPlace(std::string_view kind) {
  return kind == "city" || kind == "region" || kind == "country";
}

// Not what stands for all the rest.
bool IsOfThings(std::string_view kind) {
  return kind != "other" && kind != "special";
}

// Goods, their numbers and notes on them in one column: how likely its cells are when each is of one of several kinds
// that are nobody's, some more frequent than others. The frequencies are those that make the cells likeliest, found by
// expectation and maximization.
class OddsOfThings {
 public:
  void Add(std::span<const float> shares) { shares_.insert(shares_.end(), shares.begin(), shares.end()); }

  // The sum of logarithms over all cells added; `kinds` of each.
  double Sum(std::size_t kinds) const {
    constexpr int kRounds = 6;
    std::vector<double> frequent(kinds, 1.0 / static_cast<double>(kinds)), found(kinds);
    double sum = 0;
    for (int round = 0; round < kRounds; ++round) {
      sum = 0;
      std::ranges::fill(found, 0);
      for (std::size_t cell = 0; cell < shares_.size(); cell += kinds) {
        double likely = 0;
        for (std::size_t i = 0; i < kinds; ++i) likely += frequent[i] * shares_[cell + i];
        for (std::size_t i = 0; i < kinds; ++i) found[i] += frequent[i] * shares_[cell + i] / likely;
        sum += std::log(likely);
      }
      const double cells = static_cast<double>(shares_.size()) / static_cast<double>(kinds);
      for (std::size_t i = 0; i < kinds; ++i) frequent[i] = found[i] / cells;
    }
    return sum;
  }

 private:
  std::vector<float> shares_;
};

// "user.contact.address.city" is of the branch "user.contact".
std::string_view BranchOf(std::string_view category) {
  const auto second = category.find('.', category.find('.') + 1);
  return category.substr(0, second);
}

}  // namespace

// The kind that the cells are likeliest of, and by how much over all that are of no kind of its branch.
struct ColumnRules::Spelled {
  std::string_view kind;
  const DetectorFile* file = nullptr;  // none for what is nobody's
  double odds = 0;
  std::size_t cells = 0;  // that were read

  double odds_of_cell() const { return odds / static_cast<double>(cells); }
};

// A few cells that speak clearly are enough: the others are not read.
ColumnRules::Spelled ColumnRules::ReadSpelling(const Sample& sample) const {
  const ValueModel& model = ValueModel::BuiltIn();
  const auto& kinds = model.kinds();
  std::vector<const DetectorFile*> files;
  for (const std::string_view kind : kinds) files.push_back(File(DetectorOf(kind)));
  const auto are_alike = [](const DetectorFile* a, const DetectorFile* b) {
    return a == nullptr || b == nullptr ? a == b : BranchOf(a->category) == BranchOf(b->category);
  };
  std::vector<double> odds(kinds.size());
  OddsOfThings of_things;
  const auto things = static_cast<std::size_t>(std::ranges::count(files, nullptr));
  Spelled spelled;
  const auto add_up = [&] {
    const auto best = static_cast<std::size_t>(std::ranges::max_element(odds) - odds.begin());
    double other = std::numeric_limits<double>::lowest();
    for (std::size_t i = 0; i < odds.size(); ++i) {
      if (!are_alike(files[i], files[best])) other = std::max(other, odds[i]);
    }
    if (files[best] != nullptr) other = std::max(other, of_things.Sum(things));
    spelled.kind = kinds[best];
    spelled.file = files[best];
    spelled.odds = odds[best] - other;
  };
  std::vector<std::uint32_t> signs;
  std::vector<float> of_nobody;
  for (const std::string_view cell : sample.cells) {
    signs.clear();
    ReadCellSigns(cell, signs);
    ++spelled.cells;
    if (signs.empty()) continue;
    std::vector<float> shares = model.Shares(signs);
    of_nobody.clear();
    for (std::size_t i = 0; i < odds.size(); ++i) {
      shares[i] = (1 - kDirt) * shares[i] + kDirt / static_cast<float>(odds.size());
      odds[i] += std::log(shares[i]);
      if (files[i] == nullptr) of_nobody.push_back(shares[i]);
    }
    of_things.Add(of_nobody);
    if (spelled.cells % kCellsOfALook != 0) continue;
    add_up();
    if (spelled.odds_of_cell() >= kClearOddsOfCell) return spelled;
  }
  add_up();
  return spelled;
}

// Only where the column's name says nothing: what it says is known better than what its values are spelled like.
void ColumnRules::JudgeBySpelling(const Sample& sample, const CollectionView& collection,
                                  ColumnJudgement& judged) const {
  static constexpr std::array<std::string_view, 4> kDoubtful = {"user.name", "user.contact.address.city",
                                                                "user.contact.address.state", "user.account"};
  const bool found = !judged.detector.empty();
  const auto starts = [&](std::string_view branch) { return judged.category.starts_with(branch); };
  if (found && std::ranges::none_of(kDoubtful, starts)) return;
  if (sample.cells.size() < kCellsMin || !sample.Most(sample.cells.size() + sample.cells_more, kCellsShareMin)) return;
  const Spelled spelled = ReadSpelling(sample);
  if (spelled.odds_of_cell() < kOddsOfCellMin || spelled.odds < kOddsMin) return;
  const auto signs = static_cast<std::size_t>(std::ranges::count_if(sample.cells, HasSignOfAccount));
  if (spelled.kind == "user" && signs * kSignsOfAccountMin < sample.cells.size()) return;
  const double score = std::min(kForSpellingMax, kForSpelling + kForOdds * spelled.odds_of_cell());
  const std::string detail = std::string(spelled.kind) + " by " + std::to_string(spelled.cells) + " cells";
  const bool same = found && spelled.file != nullptr && BranchOf(spelled.file->category) == BranchOf(judged.category);
  if (same) {
    judged.evidence.push_back({EvidenceKind::kValuesSpelled, detail, kAgreed});
    judged.confidence = std::min(kValuesMax01, judged.confidence + kAgreed);
    return;
  }
  if (found && spelled.odds_of_cell() < kAgainstRulesMin) return;
  if (spelled.file == nullptr) {
    if (!found || !IsOfThings(spelled.kind)) return;
    judged.evidence.push_back({EvidenceKind::kValuesSpelled, detail, -score});
    judged.category = kNoCategory;
    judged.detector.clear();
    judged.confidence = score;
    return;
  }
  if (IsPlace(spelled.kind) && sample.cells.size() < kPlacesMin) return;
  if (collection.people < 0 || IsEveryday(sample) || sample.AreBooks() ||
      sample.Most(sample.days_or_months, kEverydayShare))
    return;
  judged.evidence.push_back({EvidenceKind::kValuesSpelled, detail, score});
  judged.category = spelled.file->category;
  judged.detector = spelled.file->pack.id;
  judged.confidence = score;
}

}  // namespace privity::detect
