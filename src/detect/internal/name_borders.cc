#include "detect/internal/name_borders.h"

#include <algorithm>
#include <array>

#include "detect/internal/letters.h"
#include "detect/internal/word_set.h"

namespace privity::detect {
namespace {

constexpr float kSure = 0.9f;
constexpr float kOwned = 0.7f;     // an address and its owner
constexpr float kPlaceMin = 0.7f;  // a surer one is no owner of an address
constexpr std::size_t kOwnerWordsMax = 4;
constexpr std::uint16_t kOfPeople = kGivenName | kSurname;

bool IsCapital(const Scan& scan, std::size_t at) {
  return at < scan.tokens.size() && scan.tokens[at].digits == 0 && scan.tokens[at].upper_first;
}

bool BeginsLine(const Scan& scan, std::size_t at) {
  return at == 0 || at >= scan.tokens.size() || scan.tokens[at].line_before;
}

// The person that holds a token; names in the order of the text.
const TaggedName* PersonAt(const std::vector<TaggedName>& names, std::size_t at) {
  const auto found = std::lower_bound(names.begin(), names.end(), at,
                                      [](const TaggedName& name, std::size_t token) { return name.last < token; });
  const bool holds = found != names.end() && found->kind == NameKind::kPerson && found->first <= at;
  return holds ? &*found : nullptr;
}

// To names in the order of the text, one that begins behind the others, or goes on with the last of them.
void Add(const TaggedName& name, std::vector<TaggedName>& names) {
  if (!names.empty() && names.back().last >= name.first)
    names.back().last = std::max(names.back().last, name.last);
  else
    names.push_back(name);
}

// Names and others that take the place of all those that they touch.
std::vector<TaggedName> Joined(const std::vector<TaggedName>& names, const std::vector<TaggedName>& others) {
  std::vector<TaggedName> all;
  auto next = names.begin();
  for (const TaggedName& other : others) {
    for (; next != names.end() && next->last < other.first; ++next) all.push_back(*next);
    while (next != names.end() && next->first <= other.last) ++next;
    all.push_back(other);
  }
  all.insert(all.end(), next, names.end());
  return all;
}

}  // namespace

bool IsShouted(const Scan& scan, std::size_t at) {
  constexpr std::size_t kAround = 4, kWordsMin = 4;
  if (scan.tokens[at].has_lower) return false;
  std::size_t words = 0, first = at;
  while (first > 0 && at - first < kAround && !BeginsLine(scan, first)) --first;
  for (std::size_t i = first; i < scan.tokens.size() && i <= at + kAround; ++i) {
    if (i > at && scan.tokens[i].line_before) break;
    if (scan.tokens[i].has_lower) return false;
    words += scan.tokens[i].word() && scan.tokens[i].size() > 1;
  }
  return words >= kWordsMin;
}

std::uint16_t NameBorders::ListsOf(const Scan& scan, std::size_t at) const {
  return scan.tokens[at].digits > 0 ? 0 : lists_->ListsOf(scan.tokens[at].hash);
}

// A capital word that is a name or unknown.
bool NameBorders::MayBeNamed(const Scan& scan, std::size_t at) const {
  constexpr std::uint16_t kNoNames = kCommonWord | kEveryday | kStreetWord | kOrganizationWord | kFormOfAddress;
  const std::uint16_t lists = ListsOf(scan, at);
  return IsCapital(scan, at) && ((lists & kOfPeople) != 0 || (lists & kNoNames) == 0);
}

// Likewise without a capital letter: in the lists of names, and no word that everybody knows.
bool NameBorders::MayBeNamedInSmallLetters(const Scan& scan, std::size_t at) const {
  constexpr std::uint16_t kNoNames = kCommonWord | kParticle | kStreetWord | kFormOfAddress;
  const std::uint16_t lists = ListsOf(scan, at);
  return !scan.tokens[at].has_upper && (lists & kOfPeople) != 0 && (lists & kNoNames) == 0;
}

// "TANVIR WENT TO", "JOE STILL DRIVES A LORRY": words of every day around a name in capitals are none of it.
void NameBorders::TrimShouted(const Scan& scan, std::vector<TaggedName>& names) const {
  const auto everyday = [&](std::size_t at) {
    const std::uint16_t lists = ListsOf(scan, at);
    return (lists & kCommonWord) != 0 && (lists & (kOfPeople | kParticle)) == 0;
  };
  std::erase_if(names, [&](TaggedName& name) {
    if (name.kind != NameKind::kPerson || name.first == name.last || !IsShouted(scan, name.first)) return false;
    while (name.first < name.last && everyday(name.first)) ++name.first;
    if (everyday(name.first)) return true;
    for (std::size_t i = name.first + 1; i <= name.last; ++i) {
      if (everyday(i)) name.last = i - 1;
    }
    return false;
  });
}

// "Siti Nurhaliza binti Tarudin", "Ravi a/l Subramaniam": the child of.
void NameBorders::AddPatronyms(const Scan& scan, std::vector<TaggedName>& names) const {
  static const WordSet kChildOf({"binti", "bint", "binte", "bte", "ibn", "bin"});
  constexpr std::uint32_t kBin = WordHash("bin");
  constexpr std::size_t kWordsMax = 3;
  std::vector<TaggedName> children;
  const std::size_t n = scan.tokens.size();
  for (std::size_t i = 1; i + 1 < n; ++i) {
    const Token& token = scan.tokens.data()[i];
    std::size_t last = i;  // of what says "child of"
    if (token.size() == 1 && scan.IsBetween(i, '/')) {
      const std::string_view both = scan.text.substr(token.begin, 3);
      static constexpr std::array<std::string_view, 8> kSigns = {"a/l", "a/p", "s/o", "d/o",
                                                                 "A/L", "A/P", "S/O", "D/O"};
      if (std::ranges::find(kSigns, both) != kSigns.end()) last = i + 1;
      if (last == i || last + 1 >= scan.tokens.size()) continue;
    } else if (!kChildOf.contains(token.hash)) {
      continue;
    }
    const bool small = MayBeNamedInSmallLetters(scan, i - 1) && MayBeNamedInSmallLetters(scan, last + 1);
    const auto may_be_named = [&](std::size_t at) {
      return small ? MayBeNamedInSmallLetters(scan, at) : MayBeNamed(scan, at);
    };
    const bool capitals = IsCapital(scan, i - 1) && IsCapital(scan, last + 1);
    if ((!capitals && !small) || scan.Between(i - 1) != " " || scan.Between(last) != " ") continue;
    const TaggedName *before = PersonAt(names, i - 1), *behind = PersonAt(names, last + 1);
    if (token.hash == kBin && before == nullptr && behind == nullptr) continue;  // "Blue Bin Bags"
    // "Divya Suthar s/o Vaishno Sinha" are father and son, "Muthu s/o Raman" is one.
    if (last > i && before != nullptr && behind != nullptr && before->first < before->last &&
        behind->first < behind->last)
      continue;
    TaggedName name{.first = i - 1, .last = last + 1, .kind = NameKind::kPerson, .probability = kSure};
    if (before != nullptr) name.first = before->first;
    while (before == nullptr && name.first > 0 && i - name.first < kWordsMax && !BeginsLine(scan, name.first) &&
           scan.Between(name.first - 1) == " " && may_be_named(name.first - 1))
      --name.first;
    if (behind != nullptr) name.last = behind->last;
    while (behind == nullptr && name.last + 1 < scan.tokens.size() && name.last - last < kWordsMax &&
           scan.Between(name.last) == " " && may_be_named(name.last + 1))
      ++name.last;
    Add(name, children);
  }
  if (!children.empty()) names = Joined(names, children);
}

// "Ban Ki-moon", "kim min-jae"; "MEI-LING CHOW", which the tagger finds when it is written as usual.
void NameBorders::AddSyllables(const Scan& scan, std::vector<TaggedName>& names) const {
  const auto is_syllable = [&](const Token& token) { return token.word() && words_.syllables.contains(token.hash); };
  constexpr std::uint32_t kSurnameBytesMax = 7;
  std::vector<TaggedName> found;
  const std::size_t n = scan.tokens.size();
  for (std::size_t i = 0; i + 1 < n; ++i) {
    if (!scan.IsBetween(i, '-') || !is_syllable(scan.tokens[i]) || !is_syllable(scan.tokens[i + 1])) continue;
    const bool small = !scan.tokens[i].has_upper && !scan.tokens[i + 1].has_upper;
    const auto is_surname = [&](std::size_t at) {
      if (scan.tokens[at].size() > kSurnameBytesMax) return false;
      return small ? MayBeNamedInSmallLetters(scan, at) : IsCapital(scan, at);
    };
    if (!small && !IsCapital(scan, i)) continue;
    if (i > 0 && scan.IsBetween(i - 1, ' ') && is_surname(i - 1)) {
      Add({.first = i - 1, .last = i + 1, .kind = NameKind::kPerson, .probability = kSure}, found);
    } else if (i + 2 < scan.tokens.size() && scan.IsBetween(i + 1, ' ') && (small || IsShouted(scan, i)) &&
               is_surname(i + 2) && (ListsOf(scan, i + 2) & kSurname) != 0) {
      Add({.first = i, .last = i + 2, .kind = NameKind::kPerson, .probability = kSure}, found);
    }
  }
  if (!found.empty()) names = Joined(names, found);
}

// Whether the word before a person's name belongs to it, where a line begins: a surname, or in English ("Barack Obama
// was") a word in no list. In other languages that is a greeting or what somebody is: "Geachte", "Kanzlerin".
bool NameBorders::BeginsName(const Scan& scan, std::size_t at, const TaggedName& name) const {
  if (!BeginsLine(scan, at) || !IsCapital(scan, at) || !scan.tokens[at].has_lower || scan.tokens[at].size() < 3)
    return false;
  constexpr std::uint16_t kOthers = kCommonWord | kCalendarWord | kFormOfAddress | kLabelWord | kJobWord;
  const std::uint16_t lists = ListsOf(scan, at);
  const bool goes_on = name.last + 1 < scan.tokens.size() && scan.Between(name.last) == " ";
  const bool english =
      goes_on && !scan.tokens[name.last + 1].has_upper && (ListsOf(scan, name.last + 1) & kCommonWord) != 0;
  if (name.first != name.last || !english) {
    constexpr std::uint32_t kSyllablesBytesMax = 5;  // "Lim Mei Ling"
    const bool few_letters = scan.tokens[at].size() <= kSyllablesBytesMax &&
                             scan.tokens[name.first].size() <= kSyllablesBytesMax &&
                             scan.tokens[name.last].size() <= kSyllablesBytesMax && name.first != name.last;
    return few_letters && (lists & kSurname) != 0 && (lists & kOthers) == 0;
  }
  static constexpr std::string_view kOfOthers[] = {"ing", "ed", "ly", "er", "ers", "ion", "ment", "ty"};
  if (lists != 0) return (lists & kOfPeople) != 0 && (lists & kOthers) == 0;
  const std::string word = Fold(scan.Of(scan.tokens[at]).substr(0, 64));
  return std::none_of(std::begin(kOfOthers), std::end(kOfOthers),
                      [&](std::string_view end) { return word.ends_with(end); });
}

// "Barack Obama was", "Lim Mei Ling", of which the tagger knew the end.
void NameBorders::BeginEarlier(const Scan& scan, std::vector<TaggedName>& names) const {
  for (std::size_t i = 0; i < names.size(); ++i) {
    TaggedName& name = names[i];
    if (name.kind != NameKind::kPerson || name.first == 0 || name.last > name.first + 1) continue;
    if (i > 0 && names[i - 1].last + 1 >= name.first) continue;
    const std::string_view before = scan.Between(name.first - 1);
    const Token& letter = scan.tokens[name.first - 1];  // the "O" of "O'Brien"
    const bool elided = (before == "'" || before == "\u2019") && letter.size() == 1 && letter.has_upper;
    if (elided || (before == " " && BeginsName(scan, name.first - 1, name))) --name.first;
  }
}

// Whether another address begins behind this token: "…, Leeds LS6 2AB to 4 Dock Street".
bool NameBorders::MaySplitBehind(const Scan& scan, const TaggedName& address, std::size_t at) const {
  static const WordSet kTo({"to", "and", "then", "au", "aux", "nach", "naar", "para", "a", "y", "und", "et"});
  static const WordSet kTowards({"to", "nach", "naar", "au"});
  constexpr std::uint32_t kAt = WordHash("a");  // "12 rue Pasteur à 33000 Bordeaux" is one
  const auto has_number = [&](std::size_t from, std::size_t end) {
    return std::any_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(from),
                       scan.tokens.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const Token& token) { return token.digits > 0; });
  };
  const bool small = std::none_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(address.first),
                                  scan.tokens.begin() + static_cast<std::ptrdiff_t>(address.last) + 1,
                                  [](const Token& token) { return token.has_upper; });
  const auto has_name = [&](std::size_t from, std::size_t end) {
    for (std::size_t i = from; i < end; ++i) {
      if ((IsCapital(scan, i) || (small && scan.tokens[i].word())) && scan.tokens[i].size() > 2) return true;
    }
    return false;
  };
  const Token& word = scan.tokens[at];
  const std::string_view before = scan.Between(at - 1);
  const bool arrow = before.find("->") != std::string_view::npos || before.find("\u2192") != std::string_view::npos;
  const bool written_small = !word.has_upper || IsShouted(scan, at);
  if (!arrow && (!written_small || !kTo.contains(word.hash))) return false;
  const bool street = (scan.tokens[at + 1].digits > 0 && word.hash != kAt) ||
                      (ListsOf(scan, at + 1) & kStreetWord) != 0 ||
                      (kTowards.contains(word.hash) && IsCapital(scan, at + 1) &&
                       has_number(at + 2, std::min(at + 4, address.last + 1)));
  if (!arrow && !street) return false;
  return has_number(address.first, at) && has_name(address.first, at) && has_number(at + 1, address.last + 1) &&
         has_name(at + 1, address.last + 1);
}

// The token behind somebody's name and the comma with which an address begins, or its first: "Tan Wei Ming, Blk 123".
std::size_t NameBorders::OwnerEnd(const Scan& scan, const TaggedName& address) const {
  constexpr std::size_t kWordsMin = 2;
  bool known = false;
  for (std::size_t i = address.first; i < address.last && i - address.first < kOwnerWordsMax; ++i) {
    if (!MayBeNamed(scan, i)) return address.first;
    known = known || (ListsOf(scan, i) & kOfPeople) != 0;
    if (scan.Between(i) == " ") continue;
    if (scan.Between(i) != ", " || i + 1 - address.first < kWordsMin || !known) return address.first;
    const bool numbered =
        scan.tokens[i + 1].digits > 0 && i + 2 <= address.last && scan.Between(i + 1) == " " && IsCapital(scan, i + 2);
    static const WordSet kOfHouses({"blk", "block", "flat", "unit", "apt", "no"});
    const bool house = kOfHouses.contains(scan.tokens[i + 1].hash) && i + 2 <= address.last;
    return numbered || house ? i + 1 : address.first;
  }
  return address.first;
}

// "…, Bristol BS1 4LH, 13 miles": the number behind the last comma counts what follows.
bool EndsWithCount(const Scan& scan, const TaggedName& address) {
  constexpr std::ptrdiff_t kNumbersMin = 2;  // of the house and of the town
  if (address.last < address.first + 2 || !scan.tokens[address.last].all_digits()) return false;
  const bool counts = scan.Between(address.last - 1) == ", " && address.last + 1 < scan.tokens.size() &&
                      scan.Between(address.last) == " " && scan.tokens[address.last + 1].word() &&
                      (!scan.tokens[address.last + 1].has_upper || IsShouted(scan, address.last + 1));
  return counts && std::count_if(scan.tokens.begin() + static_cast<std::ptrdiff_t>(address.first),
                                 scan.tokens.begin() + static_cast<std::ptrdiff_t>(address.last),
                                 [](const Token& token) { return token.digits > 0; }) >= kNumbersMin;
}

// "Indiranagar, Bengaluru 560038", "…, Tulsa, OK 74105": the token behind the code of the town or of the state, where
// the address ends before it, or the one behind the address.
std::size_t NameBorders::BehindCode(const Scan& scan, const TaggedName& address) const {
  constexpr std::uint32_t kZip = 5, kLongest = 6;
  const std::size_t end = address.last + 1;
  if (end >= scan.tokens.size() || scan.tokens[end].line_before) return end;
  const auto is_code = [&](std::size_t i) {
    return scan.tokens[i].all_digits() && scan.tokens[i].size() >= kZip && scan.tokens[i].size() <= kLongest;
  };
  const std::string_view between = scan.Between(address.last);
  if (between == " " && is_code(end)) {
    const bool behind_town =
        scan.tokens[address.last].word() && address.last > address.first + 1 && scan.Between(address.last - 1) == ", ";
    return behind_town ? end + 1 : end;
  }
  if (end + 1 >= scan.tokens.size() || !scan.IsBetween(end, ' ') || !is_code(end + 1)) return end;
  if (between != " " && between != ", ") return end;
  const bool state = scan.tokens[end].size() == 2 && words_.states.contains(scan.tokens[end].hash);
  const bool town = between == ", " && (ListsOf(scan, end) & kTown) != 0;
  return state || town ? end + 2 : end;
}

// "Goh Boon Keng, 10 Jurong West Street": what the tagger took, hardly, for a place, at the head of a line.
bool NameBorders::IsOwner(const Scan& scan, const std::vector<TaggedName>& before, const TaggedName& address) const {
  if (before.empty() || before.back().kind != NameKind::kPlace || before.back().probability >= kPlaceMin) return false;
  const TaggedName& place = before.back();
  const std::size_t words = place.last - place.first + 1;
  return place.last + 1 == address.first && MayBeNamed(scan, place.last) && words >= 2 && words <= kOwnerWordsMax &&
         BeginsLine(scan, place.first) && scan.Between(place.last) == ", " && scan.tokens[address.first].digits > 0;
}

void NameBorders::PartAddresses(const Scan& scan, std::vector<TaggedName>& names) const {
  std::vector<TaggedName> parted;
  parted.reserve(names.size());
  for (TaggedName name : names) {
    if (name.kind != NameKind::kAddress) {
      parted.push_back(name);
      continue;
    }
    if (const std::size_t street = OwnerEnd(scan, name); street > name.first) {
      name.probability = std::max(name.probability, kOwned);
      TaggedName owner{
          .first = name.first, .last = street - 1, .kind = NameKind::kPerson, .probability = name.probability};
      while (!BeginsLine(scan, owner.first) && owner.last - owner.first < kOwnerWordsMax - 1 &&
             scan.Between(owner.first - 1) == " " && MayBeNamed(scan, owner.first - 1) &&
             (parted.empty() || parted.back().last + 1 < owner.first))
        --owner.first;
      parted.push_back(owner);
      name.first = street;
    }
    if (IsOwner(scan, parted, name))
      parted.back() = {
          .first = parted.back().first, .last = parted.back().last, .kind = NameKind::kPerson, .probability = kOwned};
    for (std::size_t i = name.first + 1; i < name.last; ++i) {
      if (!MaySplitBehind(scan, name, i)) continue;
      const bool word = scan.tokens[i].digits == 0 && (!scan.tokens[i].has_upper || IsShouted(scan, i));
      parted.push_back(
          {.first = name.first, .last = i - 1, .kind = NameKind::kAddress, .probability = name.probability});
      name.first = word ? i + 1 : i;
    }
    if (EndsWithCount(scan, name)) --name.last;
    parted.push_back(name);
  }
  names = std::move(parted);
}

// "Joan & K Choi" are two, "Idris?! black" ends at its sign, and "Travis scott" goes on in small letters.
void NameBorders::PartPersons(const Scan& scan, std::vector<TaggedName>& names) const {
  std::vector<TaggedName> parted;
  parted.reserve(names.size());
  for (std::size_t n = 0; n < names.size(); ++n) {
    TaggedName name = names[n];
    for (std::size_t i = name.first; name.kind == NameKind::kPerson && i < name.last; ++i) {
      const std::string_view between = scan.Between(i);
      if (between.find_first_of("?!") != between.npos) {
        name.last = i;
      } else if (between == " & " && i == name.first && (ListsOf(scan, i) & kGivenName) != 0) {
        name.believed = true;  // two words stand for people as one alone would not
        parted.push_back(
            {.first = i, .last = i, .kind = NameKind::kPerson, .believed = true, .probability = name.probability});
        name.first = i + 1;
      }
    }
    const std::size_t next = name.last + 1;
    const bool free = next < scan.tokens.size() && (n + 1 == names.size() || names[n + 1].first > next);
    if (free && name.kind == NameKind::kPerson && name.first == name.last && GoesOnSmall(scan, next)) ++name.last;
    parted.push_back(name);
  }
  names = std::move(parted);
}

// Whether a word in small letters is the surname of the given name before it, and no other word.
bool NameBorders::GoesOnSmall(const Scan& scan, std::size_t at) const {
  constexpr std::uint16_t kOthers = kEveryday | kCommonWord | kParticle | kJobWord | kLabelWord;
  const Token& given = scan.tokens[at - 1];
  return given.upper_first && given.has_lower && (ListsOf(scan, at - 1) & (kGivenName | kCommonWord)) == kGivenName &&
         scan.Between(at - 1) == " " && scan.tokens[at].word() && !scan.tokens[at].has_upper &&
         scan.tokens[at].size() >= 4 && (ListsOf(scan, at) & (kSurname | kOthers)) == kSurname;
}

// "simone biles withdrew", "elif demirtaş.": a surname that stands in no list, behind a given name in small letters
// that is sure, where a word that everybody knows or the end of the part goes on.
void NameBorders::EndLaterInSmallLetters(const Scan& scan, std::vector<TaggedName>& names) const {
  constexpr float kSureGiven = 0.8f;
  constexpr std::uint32_t kBytesMin = 4;
  for (std::size_t i = 0; i < names.size(); ++i) {
    TaggedName& name = names[i];
    if (name.kind != NameKind::kPerson || name.first != name.last || name.probability < kSureGiven) continue;
    const std::size_t next = name.last + 1;
    if (next >= scan.tokens.size() || (i + 1 < names.size() && names[i + 1].first <= next)) continue;
    if (!MayBeNamedInSmallLetters(scan, name.first) || (ListsOf(scan, name.first) & kGivenName) == 0) continue;
    const Token& surname = scan.tokens[next];
    const std::uint16_t lists = ListsOf(scan, next);
    if (!scan.IsBetween(name.last, ' ') || !surname.word() || surname.has_upper || surname.size() < kBytesMin) continue;
    const std::string_view word = scan.Of(surname);
    const bool other = words_.behind_names.contains(surname.hash) || word.ends_with("ed") || word.ends_with("ing") ||
                       word.ends_with("ly");  // "pavel soldered"
    if (lists != 0 ? !MayBeNamedInSmallLetters(scan, next) : other) continue;
    const bool ends = BeginsLine(scan, next + 1) || !scan.IsBetween(next, ' ');
    if (ends || (ListsOf(scan, next + 1) & kCommonWord) != 0) name.last = next;
  }
}

void NameBorders::Mend(const Scan& scan, std::vector<TaggedName>& names) const {
  TrimShouted(scan, names);
  PartPersons(scan, names);
  PartAddresses(scan, names);
  BeginEarlier(scan, names);
  EndLaterInSmallLetters(scan, names);
  AddPatronyms(scan, names);
  AddSyllables(scan, names);
}

}  // namespace privity::detect
