#include "detect/internal/name_rules.h"

#include <algorithm>
#include <unordered_set>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

// How sure the tagger has to be, by kind: single words of products are taken for places most often.
constexpr double kPersonMin = 0.5;
constexpr double kPlaceMin = 0.6;
constexpr double kOrganizationMin = 0.5;
constexpr double kAcronymMin = 0.9;  // GDP, IMEI, CHANGELOG: most capitals are no company
constexpr double kAddressMin = 0.5;
constexpr double kTaggedValue = 0.8;

constexpr double kAddressed = 0.6;
constexpr double kStreet = 0.75;
constexpr double kStreetWithoutNumber = 0.55;
constexpr double kSureMax = 0.95;
constexpr std::size_t kNameWordsMax = 5;
constexpr std::size_t kValueWordsMax = 12;

bool IsParticle(std::string_view word) {
  static const std::unordered_set<std::string_view> kParticles = {"van", "von", "de",  "der", "den", "la", "le",
                                                                  "di",  "da",  "del", "dos", "das", "du", "bin",
                                                                  "al",  "el",  "ter", "ten", "zu",  "af", "y"};
  return kParticles.contains(word);
}

bool IsAcronym(const Scan& scan, const TaggedName& name) {
  const Token& token = scan.tokens[name.first];
  return name.first == name.last && token.has_upper && !token.has_lower;
}

// No name goes on over the border of two cells.
bool CrossesCells(const Scan& scan, const TaggedName& name) {
  const std::uint32_t begin = scan.tokens[name.first].begin;
  return scan.text.substr(begin, scan.tokens[name.last].end - begin).find_first_of("\t|;") != std::string_view::npos;
}

// "550e8400" is no number of a house.
bool HoldsKey(const Scan& scan, const TaggedName& name) {
  return std::any_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(name.first),
                     scan.tokens.begin() + static_cast<std::ptrdiff_t>(name.last) + 1,
                     [](const Token& token) { return token.digits > 0 && !token.all_digits() && token.size() > 6; });
}

}  // namespace

NameRules::NameRules(const GazetteerFile& gazetteer, const NameModel& model,
                     const std::vector<std::shared_ptr<const DetectorFile>>& files)
    : tagger_(model) {
  const auto fill = [](WordSet& set, const std::vector<std::string>& words) {
    for (const std::string& word : words) set.Insert(WordHash(Fold(word)));
  };
  fill(honorifics_, gazetteer.honorifics);
  fill(street_after_, gazetteer.street_after);
  fill(street_before_, gazetteer.street_before);
  fill(organizations_, gazetteer.organization_words);
  street_endings_ = gazetteer.street_endings;
  for (const auto& file : files) {
    const std::string& id = file->pack.id;
    if (id == "full-name") person_ = file.get();
    if (id == "first-name") given_ = file.get();
    if (id == "last-name") surname_ = file.get();
    if (id == "place") place_ = file.get();
    if (id == "city") city_ = file.get();
    if (id == "organization-name") organization_ = file.get();
    if (id == "street-address") street_ = file.get();
  }
}

void NameRules::Report(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
                       std::vector<Find>& finds) const {
  if (file == nullptr) return;
  finds.push_back({scan.tokens[first].begin, scan.tokens[last].end, file, std::min(score, kSureMax)});
}

const DetectorFile* NameRules::Settled(const Scan& scan, const TaggedName& name) const {
  if (CrossesCells(scan, name)) return nullptr;
  switch (name.kind) {
    case NameKind::kPerson:
      return name.probability >= kPersonMin ? person_ : nullptr;
    case NameKind::kPlace:
      return name.probability >= kPlaceMin ? place_ : nullptr;
    case NameKind::kOrganization:
      return name.probability >= (IsAcronym(scan, name) ? kAcronymMin : kOrganizationMin) ? organization_ : nullptr;
    case NameKind::kAddress:
      return name.probability >= kAddressMin && !HoldsKey(scan, name) ? street_ : nullptr;
    case NameKind::kOther:
      return nullptr;
  }
  return nullptr;
}

// What the tagger has named is settled; rules speak where it was silent.
void NameRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  std::vector<TaggedName> tagged;
  tagger_.FindAll(scan, tagged);
  std::vector<Find> by_rules;
  FindByRules(scan, by_rules);
  auto rule = by_rules.begin();
  for (const TaggedName& name : tagged) {
    const DetectorFile* file = Settled(scan, name);
    if (file == nullptr) continue;
    const std::uint32_t begin = scan.tokens[name.first].begin;
    const std::uint32_t end = scan.tokens[name.last].end;
    for (; rule != by_rules.end() && rule->begin < end; ++rule) {
      if (rule->end <= begin) finds.push_back(*rule);
    }
    Report(scan, name.first, name.last, file, name.probability, finds);
  }
  finds.insert(finds.end(), rule, by_rules.end());
}

void NameRules::FindByRules(const Scan& scan, std::vector<Find>& finds) const {
  for (std::size_t i = 0; i < scan.tokens.size();) {
    std::size_t end = FindStreet(scan, i, finds);
    if (end == i) end = FindAddressed(scan, i, finds);
    i = std::max(end, i + 1);
  }
}

bool NameRules::IsCapital(const Scan& scan, std::size_t at) const {
  return at < scan.tokens.size() && scan.tokens[at].digits == 0 && scan.tokens[at].upper_first;
}

// Whether two neighbouring words may belong to one name: "Ana Ruiz", "Jean-Luc", "O'Brien", "J. Ruiz".
bool NameRules::Joined(const Scan& scan, std::size_t left) const {
  if (left + 1 >= scan.tokens.size()) return false;
  const std::string_view between = scan.Between(left);
  return between == " " || between == "-" || between == "'" || between == "\u2019" || between == "\u00A0" ||
         (between == ". " && scan.tokens[left].size() <= 2);
}

// The token after a run of capital words, particles inside included.
std::size_t NameRules::RunEnd(const Scan& scan, std::size_t first) const {
  std::size_t end = first + 1;
  while (end < scan.tokens.size() && end - first < kNameWordsMax && Joined(scan, end - 1)) {
    if (IsCapital(scan, end)) {
      ++end;
      continue;
    }
    std::size_t next = end;
    while (next < scan.tokens.size() && next - end < 2 && Joined(scan, next - 1) &&
           IsParticle(scan.Of(scan.tokens[next])))
      ++next;
    if (next == end || !IsCapital(scan, next) || !Joined(scan, next - 1)) break;
    end = next + 1;
  }
  return end;
}

// "Dr. Okonkwo": a form of address makes a person of the capital words after it.
std::size_t NameRules::FindAddressed(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (!honorifics_.contains(scan.tokens[at].hash) || !IsCapital(scan, at + 1)) return at;
  const std::string_view between = scan.Between(at);
  if (between != " " && between != ". " && between != ".") return at;
  if (honorifics_.contains(scan.tokens[at + 1].hash)) return at;  // "Prof. Dr. Okonkwo": the next one's name
  const std::size_t end = RunEnd(scan, at + 1);
  const bool organization = std::any_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(at + 1),
                                        scan.tokens.begin() + static_cast<std::ptrdiff_t>(end),
                                        [&](const Token& token) { return organizations_.contains(token.hash); });
  if (!organization) Report(scan, at + 1, end - 1, person_, kAddressed, finds);
  return end;
}

bool NameRules::EndsAsStreet(std::string_view word) const {
  const std::string folded = Fold(word.substr(0, 48));
  return std::any_of(street_endings_.begin(), street_endings_.end(), [&](const std::string& ending) {
    return folded.size() >= ending.size() + 3 && folded.ends_with(ending);
  });
}

// The token after a street with its number, or `at` when none begins here.
std::size_t NameRules::FindStreet(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const auto& tokens = scan.tokens;
  const Token& token = tokens[at];
  const auto number = [&](std::size_t i) {
    return i < tokens.size() && tokens[i].digits > 0 && tokens[i].digits <= 5 && tokens[i].size() <= 6;
  };
  const auto close = [&](std::size_t left) {
    return left + 1 < tokens.size() && tokens[left + 1].begin - tokens[left].end <= 3 && !tokens[left + 1].line_before;
  };
  if (number(at)) {  // 5 Elm Street
    for (std::size_t i = at + 1; i < tokens.size() && i <= at + 5 && close(i - 1); ++i) {
      if (street_after_.contains(tokens[i].hash) && i > at + 1 && tokens[i].upper_first == tokens[at + 1].upper_first) {
        Report(scan, at, i, street_, kStreet, finds);
        return i + 1;
      }
      if (!IsCapital(scan, i) && tokens[i].digits == 0) break;
    }
    if (street_before_.contains(tokens[std::min(at + 1, tokens.size() - 1)].hash) && close(at) &&
        IsCapital(scan, std::min(at + 2, tokens.size() - 1))) {
      const std::size_t end = RunEnd(scan, at + 2);  // 12 rue Victor Hugo
      Report(scan, at, end - 1, street_, kStreet, finds);
      return end;
    }
    return at;
  }
  if (street_before_.contains(token.hash) && close(at)) {  // Calle Mayor 5
    std::size_t i = at + 1;
    while (i < tokens.size() && i < at + 7 && close(i - 1) && (IsCapital(scan, i) || IsParticle(scan.Of(tokens[i]))))
      ++i;
    const bool named = i > at + 1;
    static const std::uint32_t kNo = WordHash("n"), kNum = WordHash("num"), kNumber = WordHash("no");
    if (named && i < tokens.size() && close(i - 1) &&
        (tokens[i].hash == kNo || tokens[i].hash == kNum || tokens[i].hash == kNumber))
      ++i;
    if (named && number(i) && close(i - 1)) {
      Report(scan, at, i, street_, kStreet, finds);
      return i + 1;
    }
    if (named && token.upper_first && IsCapital(scan, i - 1)) {
      Report(scan, at, i - 1, street_, kStreetWithoutNumber, finds);
      return i;
    }
    return at;
  }
  if (token.upper_first && token.digits == 0 && close(at) && number(at + 1) &&
      EndsAsStreet(scan.Of(token))) {  // Lindenstraße 5
    Report(scan, at, at + 1, street_, kStreet, finds);
    return at + 2;
  }
  return at;
}

// A word that is a name of this kind, and no word of every day.
bool NameRules::IsListed(const Token& token, std::uint16_t list) const {
  const std::uint16_t lists = tagger_.model().ListsOf(token.hash);
  return (lists & list) != 0 && (lists & kEveryday) == 0;
}

void NameRules::KindsOfValue(const Scan& scan, std::vector<const DetectorFile*>& kinds) const {
  const std::size_t n = scan.tokens.size();
  if (n == 0 || n > kValueWordsMax) return;
  std::vector<Find> streets;
  if (FindStreet(scan, 0, streets) > 0) return kinds.push_back(street_);
  std::size_t given = 0, surnames = 0, places = 0, names = 0;
  for (const Token& token : scan.tokens) {
    if (organizations_.contains(token.hash) || token.digits > 0) {
      given = surnames = places = names = 0;
      break;
    }
    given += IsListed(token, kGivenName);
    surnames += IsListed(token, kSurname);
    places += IsListed(token, kTown | kPartOfPlace);
    names += IsListed(token, kGivenName | kSurname);
  }
  if (given == n && n <= 2) kinds.push_back(given_);
  if (surnames == n && n <= 2) kinds.push_back(surname_);
  if (places == n) kinds.push_back(city_);
  // "Ana Ruiz de la Vega": half of its words are enough, the rest may stand in no list.
  if (n >= 2 && n <= kNameWordsMax && given >= 1 && names * 2 >= n) return kinds.push_back(person_);
  if (n == 1) return;
  std::vector<TaggedName> tagged;
  tagger_.FindAll(scan, tagged);
  if (tagged.size() != 1 || tagged[0].first != 0 || tagged[0].last + 1 != n || tagged[0].probability < kTaggedValue)
    return;
  const NameKind kind = tagged[0].kind;
  if (kind == NameKind::kPerson && names > 0) kinds.push_back(person_);
  if (kind == NameKind::kAddress) kinds.push_back(street_);
}

}  // namespace privity::detect
