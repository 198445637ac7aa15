// Columns whose values are read as texts: notes, and values in many spellings.
#include "detect/internal/column_sample.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/utf8.h"
#include "detect/internal/column_cells.h"
#include "detect/internal/column_forms.h"
#include "detect/internal/span_choice.h"

namespace privity::detect {
namespace {

constexpr std::size_t kProseValuesMax = 24;
constexpr std::size_t kProseBytesMax = 2000;
constexpr double kProseShareMin = 0.30;  // of texts that speak of somebody
constexpr std::size_t kProseSpansMin = 2;

// In how many texts, and the detector that found it.
struct Spoken {
  std::size_t texts = 0;
  std::string detector;
};
using SpokenOf = std::map<std::string, Spoken>;  // by category

// "My Brother the Lighthouse": of titles nearly all words are written large, of notes few.
bool IsTitle(const Scan& scan) {
  const auto large = std::ranges::count_if(scan.tokens, &Token::upper_first);
  return static_cast<std::size_t>(large) * 3 > scan.tokens.size() * 2;
}

const SpokenOf::value_type* Most(const SpokenOf& spoken) {
  const auto most = std::ranges::max_element(spoken, {}, [](const auto& each) { return each.second.texts; });
  return most == spoken.end() ? nullptr : &*most;
}

constexpr std::string_view kGovernmentId = "user.government_id";

// "PAN ZYBPH8581L", "Passport K1651610": kinds of one branch that are less than a column needs are enough together.
void AddBranch(std::string_view branch, SpokenOf& spoken) {
  Spoken all;
  std::size_t most = 0;
  for (const auto& [category, of] : spoken) {
    if (!category.starts_with(branch)) continue;
    all.texts += of.texts;
    if (of.texts > most) most = of.texts, all.detector = of.detector;
  }
  if (most < all.texts) spoken[std::string(branch)] = all;
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
    const bool is_about = vocabularies_.SpeaksOfSomebody(scan);
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

bool ColumnRules::NamesSomebody(const Scan& scan) const {
  return std::ranges::any_of(SpansOf(scan),
                             [](const TextSpan& span) { return span.category.starts_with("user.name"); });
}

// Short notes, "lost her job in March", "Tochter hat Vollmacht": of which most speak of somebody.
void ColumnRules::JudgeNotes(const std::vector<std::string>& values, ColumnJudgement& judged) const {
  constexpr double kOfSomebodyMin = 0.5;
  constexpr std::size_t kNotesMin = 4, kNotesAboutMin = 2;
  std::size_t notes = 0, about = 0;
  std::vector<std::string_view> open;  // where names may tell
  Scan scan;
  std::unordered_set<std::string_view> distinct;
  const SpreadOrder at(values.size());
  for (std::size_t i = 0; i < values.size() && notes < kProseValuesMax; ++i) {
    const std::string_view text = BareCell(std::string_view(values[at(i)]).substr(0, kProseBytesMax));
    if (text.empty() || !distinct.insert(text).second) continue;
    ScanText(text, scan);
    if (vocabularies_.SaysNothing(scan)) continue;
    ++notes;
    if (IsTitle(scan)) continue;
    if (vocabularies_.SpeaksOfSomebody(scan))
      ++about;
    else
      open.push_back(text);
  }
  if (about < kNotesAboutMin) return;
  for (const std::string_view text : open) {
    ScanText(text, scan);
    about += NamesSomebody(scan);
  }
  const double share = static_cast<double>(about) / static_cast<double>(std::max<std::size_t>(notes, 1));
  if (note_ == nullptr || about < kNotesMin || share < kOfSomebodyMin) return;
  judged.category = note_->category;
  judged.detector = note_->pack.id;
  judged.confidence = std::min(kValuesMax01, kForProse + share / 3);
  judged.evidence.push_back({EvidenceKind::kValuesMatch,
                             Percent(share) + " of " + std::to_string(notes) + " notes speak of somebody",
                             judged.confidence});
}

// Values in many spellings, "Dr. Heike Stadtfeld", "BRANDL JOSEF", "Flat 302 Sai Krupa Apts": each read as a short
// text, of which four in ten must be of one kind. Each distinct value counts once.
void ColumnRules::JudgeAsTexts(const std::vector<std::string>& values, const Sample& sample, bool of_nations,
                               ColumnJudgement& judged) const {
  constexpr std::size_t kTextsMax = 32, kTextsMin = 4;
  constexpr double kCoveredMin = 0.6, kNumberCoveredMin = 0.45, kTextShareMin = 0.4, kPhoneShareMin = 0.6;
  SpokenOf found;
  std::size_t texts = 0;
  std::unordered_set<std::string_view> distinct;
  Scan scan;
  const SpreadOrder at(values.size());
  for (std::size_t i = 0; i < values.size() && texts < kTextsMax; ++i) {
    const std::string_view value = BareCell(std::string_view(values[at(i)]).substr(0, kValueBytesMax));
    if (value.empty() || !distinct.insert(value).second) continue;
    ScanText(value, scan);
    if (vocabularies_.SaysNothing(scan)) continue;
    ++texts;
    const double letters = static_cast<double>(CountCharacters(value));
    for (const TextSpan& span : SpansOf(scan)) {
      // "Passport K1651610": a number comes with its label.
      const double covered_min = span.category.starts_with(kGovernmentId) ? kNumberCoveredMin : kCoveredMin;
      if (!IsPersonal(span.category) || static_cast<double>(span.end - span.start) < covered_min * letters) continue;
      const DetectorFile* const file = File(span.detector);
      if (IsNetwork(value) || (IsCode(value) && span.category.starts_with("user.contact.address")) ||
          (file != nullptr && IsNobodys(sample, *file)))
        continue;
      ++found[span.category].texts;
      found[span.category].detector = span.detector;
      break;
    }
  }
  AddBranch(kGovernmentId, found);
  const auto* most = Most(found);
  if (most == nullptr || most->second.texts < kTextsMin) return;
  const double share = static_cast<double>(most->second.texts) / static_cast<double>(texts);
  const bool phones = phone_ != nullptr && most->first == phone_->category;
  if (share < (phones ? kPhoneShareMin : kTextShareMin) || (!of_nations && most->first.starts_with("user.demographic")))
    return;
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
  ChooseFinds(scan.text, finds);
  return detect::SpansOf(scan.text, finds);
}

}  // namespace privity::detect
