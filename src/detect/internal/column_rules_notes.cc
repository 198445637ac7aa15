// Columns whose values are read as texts: notes, and values in many spellings.
#include "detect/internal/column_sample.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/utf8.h"
#include "detect/internal/column_forms.h"
#include "detect/internal/span_choice.h"
#include "detect/internal/word_set.h"

namespace privity::detect {
namespace {

constexpr std::size_t kProseValuesMax = 24;
constexpr std::size_t kProseBytesMax = 2000;
constexpr double kProseShareMin = 0.30;  // of texts that speak of somebody
constexpr std::size_t kProseSpansMin = 2;

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

}  // namespace privity::detect
