// Which names of the tagger are things, and which of those that it held for less likely are persons: as the words
// around them say (name_doubt.h).
#include "detect/internal/name_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace privity::detect {
namespace {

// How sure the tagger has to be of a person.
constexpr double kPersonMin = 0.5;
constexpr double kOneWordMin = 0.6;    // by one word
constexpr double kFirstWordMin = 0.9;  // which begins a line and goes on: "Bosch Professional", "Rose plated"

// The logarithm of the odds of a name against a thing, of whole persons and of those by one word, as people speak
// around them (Register). Among goods one word is believed less than two; in posts nearly everybody goes by one name.
struct OddsMin {
  float whole, one_word;
};
constexpr std::array<OddsMin, 3> kDoubtedBelow = {{{-0.7f, 0}, {-9, -1}, {-9, -9}}};  // dropped, though tagged
constexpr std::array<OddsMin, 3> kBelievedFrom = {
    {{0.5f, 1.2f}, {-2, -1.5f}, {-2.5f, -2}}};  // kept, though less likely
constexpr float kOfPeopleOddsMin = -5;          // one word where people are spoken of, or for whom something is
constexpr float kPlaceOddsMin = -1;
constexpr float kUnlistedPlaceOddsMin = 0.3f;
constexpr float kOrganizationOddsMin = 0;

}  // namespace

// A title before it may be a part of what it is called: "Don Quixote".
bool NameRules::SpeaksOfPeople(const Scan& scan, const TaggedName& name, bool titled) const {
  constexpr std::size_t kWordsAround = 12;
  const std::size_t from = name.first - std::min(name.first, kWordsAround);
  const std::size_t to = std::min(name.last + kWordsAround, scan.tokens.size() - 1);
  for (std::size_t i = from; i <= to; ++i) {
    if (titled && i + 1 == name.first) continue;
    if (words_.names.near_people.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "Coach Petersen", "Herr Brandt"
bool NameRules::IsAddressed(const Scan& scan, std::size_t first) const {
  const std::string_view between = first > 0 ? scan.Between(first - 1) : "";
  return (between == " " || between == ". ") && honorifics_.contains(scan.tokens[first - 1].hash);
}

// "boots for Ivan", "tell Marcus": a given name, and no other word, behind a word that leads to somebody.
bool NameRules::IsReceiver(const Scan& scan, std::size_t at) const {
  constexpr std::uint16_t kOthers = kSurname | kCommonWord | kEveryday | kTown | kCountry;
  const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[at].hash);
  return at > 0 && (lists & kGivenName) != 0 && (lists & kOthers) == 0 &&
         words_.names.before_receivers.contains(scan.tokens[at - 1].hash);
}

bool NameRules::IsListedPlace(const Scan& scan, const TaggedName& name) const {
  std::uint16_t lists = 0;
  for (std::size_t i = name.first; i <= name.last; ++i) lists |= tagger_.model().ListsOf(scan.tokens[i].hash);
  return (lists & (kTown | kCountry | kPartOfPlace)) != 0;
}

// "Dyson fan", "the Markov chain": what the words around speak of as a thing. Whoever was named whole in the text is
// nobody's thing.
bool NameRules::IsThing(Surroundings& surroundings, const TaggedName& name, const WordSet& of_whole_names) const {
  const Scan& scan = surroundings.scan();
  if (name.kind == NameKind::kAddress || name.kind == NameKind::kOther || name.believed) return false;
  const bool one = name.first == name.last, person = name.kind == NameKind::kPerson;
  if (person && (IsAddressed(scan, name.first) || (one && of_whole_names.contains(scan.tokens[name.first].hash))))
    return false;
  const auto [odds, around] = doubt_->Judge(surroundings, tagger_.model(), name);
  const OddsMin by_register = kDoubtedBelow[static_cast<std::size_t>(around)];
  float least = one ? by_register.one_word : by_register.whole;
  if (one && (SpeaksOfPeople(scan, name) || IsReceiver(scan, name.first))) least = std::min(least, kOfPeopleOddsMin);
  if (name.kind == NameKind::kOrganization) least = kOrganizationOddsMin;
  if (name.kind == NameKind::kPlace) least = IsListedPlace(scan, name) ? kPlaceOddsMin : kUnlistedPlaceOddsMin;
  return odds < least;
}

// One word is a weaker sign than two, and weakest as the capital word with which any line begins.
double NameRules::LeastOfPerson(const Scan& scan, const TaggedName& name) const {
  if (name.first != name.last) return kPersonMin;
  const bool begins = name.first == 0 || scan.tokens[name.first].line_before;
  const bool goes_on = name.last + 1 < scan.tokens.size() && scan.Between(name.last) == " ";
  return begins && goes_on ? kFirstWordMin : kOneWordMin;
}

// Whether a name that the tagger is unsure of is written as names are: no heading, ward, organization or count of
// goods, and no letter alone.
bool NameRules::IsWrittenAsName(const Scan& scan, const TaggedName& name) const {
  if (IsWard(scan, name.first) || scan.text.substr(scan.tokens[name.last].end).starts_with(':')) return false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0 || organizations_.contains(token.hash) || (i < name.last && !Joined(scan, i))) return false;
  }
  return name.first != name.last || scan.tokens[name.first].size() > 1;
}

// Persons that the tagger held for less likely, or too weakly for their place in the line, where the words around say
// so.
void NameRules::BelieveSome(Surroundings& surroundings, bool spanish, const std::vector<TaggedName>& less_likely,
                            std::vector<TaggedName>& tagged) const {
  const Scan& scan = surroundings.scan();
  const auto believe = [&](TaggedName& name) {
    if (!IsWrittenAsName(scan, name)) return;
    if (spanish && IsSpelledAsPerson(scan, name)) {
      name.believed = true;
      name.probability = std::max(static_cast<float>(kPersonMin), name.probability);
      return;
    }
    const auto [odds, around] = doubt_->Judge(surroundings, tagger_.model(), name);
    const OddsMin least = kBelievedFrom[static_cast<std::size_t>(around)];
    name.believed = odds >= (name.first == name.last ? least.one_word : least.whole);
    if (name.believed) name.probability = std::max(static_cast<float>(kPersonMin), 1 / (1 + std::exp(-odds)));
  };
  for (TaggedName& name : tagged) {
    if (name.kind == NameKind::kPerson && name.probability < LeastOfPerson(scan, name)) believe(name);
  }
  const std::size_t certain = tagged.size();
  for (TaggedName name : less_likely) {
    if (IsCapital(scan, name.first) && IsCapital(scan, name.last)) believe(name);
    if (name.believed) tagged.push_back(name);
  }
  std::inplace_merge(tagged.begin(), tagged.begin() + static_cast<std::ptrdiff_t>(certain), tagged.end(),
                     [](const TaggedName& one, const TaggedName& other) { return one.first < other.first; });
}

void NameRules::DropThings(Surroundings& surroundings, std::vector<TaggedName>& tagged) const {
  const Scan& scan = surroundings.scan();
  WordSet of_whole_names;
  for (const TaggedName& name : tagged) {
    if (name.kind != NameKind::kPerson || name.first == name.last) continue;
    of_whole_names.Insert(scan.tokens[name.first].hash);
    of_whole_names.Insert(scan.tokens[name.last].hash);
  }
  std::erase_if(tagged, [&](const TaggedName& name) { return IsThing(surroundings, name, of_whole_names); });
}

}  // namespace privity::detect
