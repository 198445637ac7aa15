#include "detect/internal/text_finder.h"

#include <algorithm>

#include "detect/internal/span_choice.h"

namespace privity::detect {
namespace {

constexpr double kPhoneByGroups = 0.8;  // and without a word, at most
constexpr double kPhoneByWord = 0.6;    // and less by its groups alone

// "TFN: 999 999 999": grouped like a telephone's, and named as something else.
void DropNumbersNamedOtherwise(const TextRules& text, const Scan& scan, std::size_t from, std::vector<Find>& finds) {
  const auto named_otherwise = [&](const Find& find) {
    if (find.detector->entity != Entity::kPhone || find.score >= kPhoneByGroups) return false;
    if (find.score < kPhoneByWord) return text.NamesNumber(scan, find);
    return text.IsOfThing(scan, find) || text.FailsFormatBefore(scan, find);
  };
  finds.erase(std::remove_if(finds.begin() + static_cast<std::ptrdiff_t>(from), finds.end(), named_otherwise),
              finds.end());
}

// "Identificação fiscal: 501964843": what a label says counts for more than groups that a telephone's could have too.
void DropPhonesLabelledOtherwise(std::size_t from_labels, std::vector<Find>& finds) {
  std::vector<std::uint32_t> labelled;
  for (std::size_t i = from_labels; i < finds.size(); ++i) {
    if (finds[i].detector->entity != Entity::kPhone) labelled.push_back(finds[i].begin);
  }
  if (labelled.empty()) return;
  std::ranges::sort(labelled);
  std::erase_if(finds, [&](const Find& find) {
    return find.detector->entity == Entity::kPhone && find.score <= kPhoneByWord &&
           std::ranges::binary_search(labelled, find.begin);
  });
}

// "I'm a nurse", "I was twelve": where nothing else says who, these are nobody's.
void DropWhatIsNobodys(std::vector<Find>& finds) {
  const auto says_not_who = [](const Find& find) {
    const Entity entity = find.detector->entity;
    return (entity == Entity::kJobTitle && find.score <= JobRules::kInSentence) ||
           ((entity == Entity::kAge || entity == Entity::kDemographic) && find.score <= PeopleRules::kSaidAge);
  };
  if (std::ranges::all_of(finds, says_not_who)) finds.clear();
}

}  // namespace

void TextFinder::FindAll(Scan& scan, std::vector<Find>& finds) const {
  labels_->ReadLabelsInSentences(scan);
  finds.clear();
  text_->FindAll(scan, finds);
  const std::size_t by_rules = finds.size();
  shapes_->FindAll(scan, finds);
  DropNumbersNamedOtherwise(*text_, scan, by_rules, finds);
  const std::size_t by_form = finds.size();
  labels_->FindAll(scan, finds);
  DropPhonesLabelledOtherwise(by_form, finds);
  names_->FindAll(scan, finds);
  east_asian_->FindAll(scan, finds);
  DropWhatIsNobodys(finds);
  SettleBesidePeople(scan.text, finds);
  company_numbers_->Drop(scan.text, finds);
  ChooseFinds(scan.text, finds);
}

}  // namespace privity::detect
