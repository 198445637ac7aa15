// Institutions by what they are called: "University of Vienna", "the Labour Party", "Ospedale di Cattinara".
#include "detect/internal/name_rules.h"

#include <algorithm>
#include <span>

#include "detect/internal/letters.h"
#include "detect/internal/name_borders.h"
#include "detect/internal/name_words.h"

namespace privity::detect {

// The token behind "of Modern Art", "for the Blind", "of Arts and Sciences", which go on with what an institution is
// called, or `at`.
std::size_t NameRules::BehindOf(const Scan& scan, std::size_t at) const {
  static const WordSet kOf({"of", "for"});
  constexpr std::uint32_t kThe = WordHash("the"), kAnd = WordHash("and");
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at - 1, ' ') || !kOf.contains(scan.tokens[at].hash)) return at;
  std::size_t end = at + 1;
  if (scan.tokens[end].hash == kThe && !scan.tokens[end].has_upper) ++end;
  const std::size_t named = end;
  while (IsCapital(scan, end) && scan.IsBetween(end - 1, ' ') && end - at < kNameWordsMax) ++end;
  if (end == named) return at;
  const bool goes_on = end + 1 < scan.tokens.size() && scan.tokens[end].hash == kAnd && scan.IsBetween(end - 1, ' ') &&
                       scan.IsBetween(end, ' ') && IsCapital(scan, end + 1) &&
                       IsListed(scan.tokens[end + 1], kCommonWord) && !IsListed(scan.tokens[end + 1], kGivenName);
  return goes_on ? end + 2 : end;
}

// "the Labour Party", "the National Gallery of Scotland", "University of Vienna": institutions, in sentences that say
// "the" before them or of what they are. What they are called in short may follow: "(WHO)".
std::size_t NameRules::FindInstitutionOf(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (!IsCapital(scan, at)) return at;
  const bool joined = at > 0 && scan.IsBetween(at - 1, ' ');
  const bool behind_the = joined && words_.companies.before_bodies.contains(scan.tokens[at - 1].hash);
  if (joined && !behind_the && IsCapital(scan, at - 1)) return at;  // within a name
  const std::uint32_t first = scan.tokens[at].hash;
  const bool says_of_what = words_.companies.bodies_of_what.contains(first) ||
                            (behind_the && words_.companies.bodies_behind_the.contains(first));
  std::size_t end = says_of_what ? BehindOf(scan, at + 1) : at;
  if (end == at + 1) end = at;
  std::size_t last = at;  // the last of the capital words
  for (std::size_t i = at + 1; end == at && i < scan.tokens.size() && i < at + kNameWordsMax; ++i) {
    if (scan.Between(i - 1) == "'" && scan.Of(scan.tokens[i]) == "s") continue;
    if (!IsCapital(scan, i) || !scan.IsBetween(i - 1, ' ')) break;
    last = i;
  }
  if (last > at) end = BodyEnd(scan, at, last, behind_the);
  if (end == at || IsNoName(scan.tokens[at]) || IsShouted(scan, at)) return at;
  Report(scan, at, end - 1, organization_, kCompany, finds);
  if (IsShortFor(scan, at, end)) Report(scan, end, end, organization_, kCompany, finds);
  return end;
}

// "Royal Opera", "the Labour Party", "National Library of Wales": the token behind an institution whose capital words,
// from `first` to `last`, end with what one is called, or `first`.
std::size_t NameRules::BodyEnd(const Scan& scan, std::size_t first, std::size_t last, bool behind_the) const {
  constexpr std::uint16_t kOfEveryDay = kCommonWord | kEveryday | kCalendarWord;
  const bool body = words_.companies.bodies.contains(scan.tokens[last].hash);
  if (!body && !words_.companies.common_bodies.contains(scan.tokens[last].hash)) return first;
  const auto tells = [&](const Token& token) {
    return words_.companies.of_states.contains(token.hash) || (tagger_.model().ListsOf(token.hash) & kOfEveryDay) == 0;
  };
  const std::span<const Token> before(&scan.tokens[first], last - first);
  const std::size_t behind = BehindOf(scan, last + 1);
  const bool told = behind_the && (body || behind > last + 1);
  return told || std::ranges::any_of(before, tells) ? behind : first;
}

// "(WHO)" behind the name that begins at `first`.
bool NameRules::IsShortFor(const Scan& scan, std::size_t first, std::size_t at) {
  if (at >= scan.tokens.size() || scan.Between(at - 1) != " (") return false;
  const Token& token = scan.tokens[at];
  return token.size() > 1 && !token.has_lower && scan.text.substr(token.end).starts_with(')') &&
         scan.text[token.begin] == scan.text[scan.tokens[first].begin];
}

// The token behind the capital words of a company, with what may stand between them: "Copper Kettle", "Dog and
// Partridge", "J. T. Cragg & Sons".
std::size_t NameRules::CompanyEnd(const Scan& scan, std::size_t first) const {
  static const WordSet kBetween({"and", "of", "the"});
  std::size_t end = first + 1;
  while (end < scan.tokens.size() && end - first < kNameWordsMax) {
    const bool of_somebody = scan.Between(end - 1) != " " && scan.Of(scan.tokens[end]) == "s";
    if (scan.Between(end - 1) != " & " && !Joined(scan, end - 1)) break;
    if (IsCapital(scan, end) || of_somebody) {
      ++end;
      continue;
    }
    const bool goes_on = kBetween.contains(scan.tokens[end].hash) && Joined(scan, end) && IsCapital(scan, end + 1) &&
                         !IsGiven(scan.tokens[end + 1]);
    if (!goes_on) break;
    end += 2;
  }
  return end;
}

// "Residencia Santa Clara", "Universidad de Salamanca": what Romance languages call a house before they name it.
std::size_t NameRules::FindInstitution(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kOur = WordHash("our"), kLady = WordHash("lady");
  if (!IsCapital(scan, at)) return at;
  const std::uint32_t house = scan.tokens[at].hash;
  if ((LeadsOf(scan.tokens[at]) & kSpanishHouse) != 0 && scan.tokens[at].has_lower) {
    if (const std::size_t end = FindSpanishInstitution(scan, at, finds); end > at) return end;
  }
  if (house == kOur && IsCapital(scan, at + 1) && scan.tokens[at + 1].hash == kLady && !IsShouted(scan, at)) {
    const std::size_t end = CompanyEnd(scan, at);  // "Our Lady of Good Counsel"
    Report(scan, at, end - 1, organization_, kCompany, finds);
    return end;
  }
  const bool named = words_.companies.houses.contains(house) && IsCapital(scan, at + 1) && scan.Between(at) == " ";
  if (!named && (!words_.companies.institutions.contains(house) || IsShouted(scan, at) || RunEnd(scan, at) == at + 1))
    return at;
  const std::size_t end = RunEnd(scan, at);
  Report(scan, at, end - 1, organization_, kCompany, finds);
  return end;
}

// "Ospedale di Cattinara", "Comandancia de Cádiz", "hôpital de Quimper": an institution and its place.
std::size_t NameRules::FindInstitutionAndPlace(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kOf({"di", "de", "della", "do", "da", "van"});
  if (at + 2 >= scan.tokens.size() || !scan.IsBetween(at, ' ') || scan.tokens[at + 1].upper_first) return at;
  if (!words_.companies.houses_of_places.contains(scan.tokens[at].hash) || !IsCapital(scan, at)) return at;
  if (!scan.IsBetween(at + 1, ' ') || !kOf.contains(scan.tokens[at + 1].hash) || !IsCapital(scan, at + 2)) return at;
  const std::size_t end = RunEnd(scan, at + 2);
  Report(scan, at, end - 1, organization_, kCompany, finds);
  return end;
}

}  // namespace privity::detect
