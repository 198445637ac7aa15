// Firms by what sentences say of them: where somebody works, whom somebody heads, partners who trade together.
#include "detect/internal/name_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/name_borders.h"
#include "detect/internal/name_words.h"

namespace privity::detect {
namespace {

constexpr double kEmployer = 0.5;

}  // namespace

// "junior actuary with Umkhonto Life", "sous chef at the Copper Kettle": behind what somebody is stands where; `at` is
// the token behind the job. The token behind the company, or `at`.
std::size_t NameRules::FindEmployer(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kAt({"at", "for", "with", "by", "en"});
  constexpr std::uint32_t kEn = WordHash("en");
  constexpr std::uint32_t kThe = WordHash("the");
  if (at == 0 || at + 1 >= scan.tokens.size() || !scan.IsBetween(at - 1, ' ') || !scan.IsBetween(at, ' ')) return at;
  if (!kAt.contains(scan.tokens[at].hash)) return at;
  const bool spanish = scan.tokens[at].hash == kEn;
  if (spanish && !words_.companies.works_in.contains(scan.tokens[at - 1].hash)) return at;
  std::size_t first = at + 1;
  if (scan.tokens[first].hash == kThe && scan.IsBetween(first, ' ')) ++first;
  if (!IsCapital(scan, first) || IsNoName(scan.tokens[first]) || IsShouted(scan, first)) return at;
  const std::size_t partner = LastPartner(scan, first);
  const std::size_t end = partner > first ? partner + 1 : CompanyEnd(scan, first);
  const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[first].hash);
  const bool alone = end == first + 1;
  if (spanish && (alone || (lists & (kTown | kCountry | kPartOfPlace)) != 0)) return at;
  if (honorifics_.contains(scan.tokens[first].hash) || words_.companies.days.contains(scan.tokens[first].hash))
    return at;
  if (alone ? (lists & (kTown | kCountry | kPartOfPlace | kGivenName | kCalendarWord)) != 0
            : (lists & kGivenName) != 0 && scan.tokens[first + 1].size() > 1 &&
                  !organizations_.contains(scan.tokens[end - 1].hash))
    return at;
  Report(scan, first, end - 1, organization_, kEmployer, finds);
  return end;
}

// "Bluefern Energy CEO Dana Whitfield": capital words before whom somebody heads a firm as; `name` is the first token
// of the person.
void NameRules::FindFirmOfHead(const Scan& scan, std::size_t name, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsMax = 4;
  if (name < 2 || !scan.IsBetween(name - 1, ' ') || !words_.companies.heads.contains(scan.tokens[name - 1].hash))
    return;
  std::size_t first = name - 1;
  while (first > 0 && name - first <= kWordsMax && IsCapital(scan, first - 1) && !IsNoName(scan.tokens[first - 1]) &&
         (scan.IsBetween(first - 1, ' ') ||
          (first < name - 1 && (scan.IsBetween(first - 1, '-') || scan.Between(first - 1) == " & "))))
    --first;
  if (first == name - 1 || IsShouted(scan, first)) return;
  const std::uint32_t begin = scan.tokens[first].begin;
  const auto overlaps = [&](const Find& find) { return find.detector == organization_ && find.end > begin; };
  if (std::ranges::any_of(finds, overlaps)) return;
  Report(scan, first, name - 2, organization_, kCompany, finds);
}

// "spent a year at Tarnwell": behind "at" a capital word that no list knows is where somebody is. It counts beside
// people.
std::size_t NameRules::FindHouseBehindAt(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kAt = WordHash("at"), kBytesMin = 4;
  const Token& token = scan.tokens[at];
  if (at == 0 || organization_ == nullptr || scan.tokens[at - 1].hash != kAt || !scan.IsBetween(at - 1, ' ')) return at;
  if (token.size() < kBytesMin || !token.has_lower || tagger_.model().ListsOf(token.hash) != 0) return at;
  if (given_words_.contains(token.hash) || demonyms_.contains(token.hash)) return at;
  const std::string_view behind = scan.text.substr(token.end, 2);
  const bool ends = behind.empty() || IsOneOf(behind[0], ",;)!?\n") || (behind[0] == '.' && !behind.ends_with('/')) ||
                    (behind[0] == ' ' && at + 1 < scan.tokens.size() && !scan.tokens[at + 1].has_upper);
  if (!ends) return at;
  Report(scan, at, at, organization_, kEmployer, finds);
  finds.back().needs_people = true;
  return at + 1;
}

// "works Saturdays at", "employed by": the token behind the company that somebody works for, or `at`.
std::size_t NameRules::FindWhereWorking(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsBetween = 2;
  if (!words_.companies.work.contains(scan.tokens[at].hash)) return at;
  for (std::size_t i = at + 1; i < scan.tokens.size() && i <= at + 1 + kWordsBetween; ++i) {
    if (!scan.IsBetween(i - 1, ' ')) return at;
    const std::size_t end = FindEmployer(scan, i, finds);
    if (end > i) return end;
  }
  return at;
}

// The last of "Hill, Moore and Ochoa", "Hill, Moore & Ochoa": three surnames, some of which may be in no list. Towns
// are none. Or `first`.
std::size_t NameRules::LastPartner(const Scan& scan, std::size_t first) const {
  constexpr std::size_t kPartners = 3;
  constexpr std::uint32_t kAnd = WordHash("and");
  if (first + kPartners >= scan.tokens.size() || scan.Between(first) != ", ") return first;
  const bool ampersand = scan.Between(first + 1) == " & ";
  const std::size_t last = ampersand ? first + 2 : first + 3;
  const bool joined = ampersand || (scan.IsBetween(first + 1, ' ') && scan.tokens[first + 2].hash == kAnd &&
                                    scan.IsBetween(first + 2, ' '));
  if (!joined) return first;
  constexpr std::uint16_t kNobody = kCalendarWord | kCountry;
  std::size_t surnames = 0, common = 0, towns = 0;
  for (const std::size_t name : {first, first + 1, last}) {
    const Token& token = scan.tokens[name];
    const std::uint16_t lists = tagger_.model().ListsOf(token.hash);
    const bool surname = (lists & kSurname) != 0 || surname_words_.contains(token.hash);
    if (!IsCapital(scan, name) || (!surname && (lists & kNobody) != 0)) return first;
    surnames += surname ? 1 : 0;
    common += !surname && (lists & (kCommonWord | kEveryday)) != 0 ? 1 : 0;
    towns += (lists & kTown) != 0 ? 1 : 0;
  }
  return surnames > common && common <= 1 && towns < kPartners ? last : first;
}

// "Wright-King": two surnames, likewise.
std::size_t NameRules::LastOfTwoPartners(const Scan& scan, std::size_t first) const {
  if (first + 1 >= scan.tokens.size() || !scan.IsBetween(first, '-')) return first;
  bool town = true;
  for (const std::size_t name : {first, first + 1}) {
    const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[name].hash);
    const bool surname = (lists & kSurname) != 0 || surname_words_.contains(scan.tokens[name].hash);
    if (!IsCapital(scan, name) || !surname) return first;
    town = town && (lists & kTown) != 0;
  }
  if (town) return first;
  return first + 2 < scan.tokens.size() && IsCapital(scan, first + 2) && scan.Between(first + 1).size() == 1
             ? first
             : first + 1;
}

// "works at Hill, Moore and Ochoa", "Hill, Moore and Ochoa is", "bought by Hill, Moore and Ochoa": partners who trade
// together, by what a sentence says of them, or as a line of a letter's head. Three who are late are three.
std::size_t NameRules::FindPartners(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::size_t kNear = 4;
  std::size_t last = LastPartner(scan, at);
  const bool two = last == at;
  if (two) last = LastOfTwoPartners(scan, at);
  if (last == at) return at;
  const bool begins = at == 0 || scan.tokens[at].line_before;
  const bool ends = last + 1 == scan.tokens.size() || scan.tokens[last + 1].line_before;
  bool work = begins && ends && last + 1 < scan.tokens.size() && scan.tokens[last + 1].digits > 0;  // and its street
  work = work || (!ends && !two && scan.IsBetween(last, ' ') &&
                  words_.companies.behind_partners.contains(scan.tokens[last + 1].hash));
  if (!begins) {
    const bool joined = scan.IsBetween(at - 1, ' ') || scan.Between(at - 1) == ": ";
    work = work || (joined && words_.companies.right_before_partners.contains(scan.tokens[at - 1].hash));
    const bool before = joined && words_.companies.before_partners.contains(scan.tokens[at - 1].hash);
    for (std::size_t i = at; before && !two && i > 0 && at - i < kNear; --i)
      work = work || words_.companies.near_partners.contains(scan.tokens[i - 1].hash);
  }
  if (!work) return at;
  Report(scan, at, last, organization_, kCompany, finds);
  return last + 1;
}

}  // namespace privity::detect
