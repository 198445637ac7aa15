// What the columns of a collection tell of one another.
#include "detect/internal/column_sample.h"

#include <algorithm>

#include "detect/internal/column_forms.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kNear = 2;     // columns between parts of an address
constexpr double kForOthers = 0.65;  // what the other columns say

}  // namespace

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

}  // namespace privity::detect
