// Streets with their numbers, and their towns.
#include "detect/internal/name_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"

namespace privity::detect {
namespace {

constexpr double kStreetWithoutNumber = 0.55;
constexpr double kMilitaryPost = 0.9;

// "l'", "d'": what French writes together with the word behind it.
bool IsElided(const Scan& scan, std::size_t at) {
  return scan.tokens[at].size() == 1 && at + 1 < scan.tokens.size() &&
         (scan.Between(at) == "'" || scan.Between(at) == "\u2019");
}

// "G5L" and "4H6", the halves of a Canadian postal code.
bool IsHalfOfCode(std::string_view word, bool first) {
  if (word.size() != 3) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool letter = (i % 2 == 0) == first;
    if (letter ? !IsAsciiUpper(word[i]) : !IsAsciiDigit(word[i])) return false;
  }
  return true;
}

}  // namespace

// ", Rimouski (Québec) G5L 4H6" behind a street that ends with the token `last`.
std::size_t NameRules::WithCanadianTown(const Scan& scan, std::size_t last) const {
  constexpr std::size_t kWordsMax = 7;
  const std::size_t end = std::min(scan.tokens.size(), last + 1 + kWordsMax);
  for (std::size_t i = last + 1; i + 1 < end && !scan.tokens[i].line_before; ++i) {
    if (IsHalfOfCode(scan.Of(scan.tokens[i]), true) && scan.IsBetween(i, ' ') &&
        IsHalfOfCode(scan.Of(scan.tokens[i + 1]), false))
      return i > last + 1 ? i + 1 : last;
    if (!IsCapital(scan, i)) break;
  }
  return last;
}

bool NameRules::EndsAsStreet(std::string_view word) const {
  const std::string folded = Fold(word.substr(0, 48));
  return std::any_of(street_endings_.begin(), street_endings_.end(), [&](const std::string& ending) {
    return folded.size() >= ending.size() + 3 && folded.ends_with(ending);
  });
}

// "Regalfach 27, Ebene 3", "Charge 24-1187, 40 g": words with numbers behind them, one of which is for things, and no
// street among them. "PO Box 71" is no purchase order.
bool NameRules::CountsThings(const Scan& scan, const TaggedName& name) const {
  bool things = false;
  const std::size_t before = name.first > 0 && scan.Between(name.first - 1).size() == 1 ? name.first - 1 : name.first;
  for (std::size_t i = before; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0) continue;
    if (street_after_.contains(token.hash) || street_before_.contains(token.hash) ||
        words_.addresses.boxes.contains(token.hash) || EndsAsStreet(scan.Of(token)))
      return false;
    things = things || things_.contains(token.hash);
  }
  return things;
}

// "Ctra. de Toledo, km 12,5": behind the whole kilometres.
std::size_t NameRules::WithPartOfKilometre(const Scan& scan, std::size_t last) {
  constexpr std::uint32_t kKilometre = WordHash("km");
  constexpr std::size_t kDigitsMax = 3;
  if (last == 0 || last + 1 >= scan.tokens.size() || scan.tokens[last - 1].hash != kKilometre) return last;
  const Token& part = scan.tokens[last + 1];
  const bool parted = scan.IsBetween(last, ',') || scan.IsBetween(last, '.');
  return parted && part.all_digits() && part.size() <= kDigitsMax ? last + 1 : last;
}

// The token after a street with its number, or `at` when none begins here.
std::size_t NameRules::FindStreet(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token* const tokens = scan.tokens.data();
  const std::size_t n = scan.tokens.size();
  const Token& token = tokens[at];
  const auto number = [&](std::size_t i) {
    return i < n && tokens[i].digits > 0 && tokens[i].digits <= 5 && tokens[i].size() <= 6;
  };
  const auto close = [&](std::size_t left) {
    return left + 1 < n && tokens[left + 1].begin - tokens[left].end <= 3 && !tokens[left + 1].line_before;
  };
  if (!close(at)) return at;
  constexpr std::uint32_t kAl = WordHash("al");  // of Polish, which has its dot: "AL LABORATORIO 10" is none
  if (token.hash == kAl && !scan.Between(at).starts_with('.')) return at;
  if (number(at) && !scan.Between(at).starts_with(". ")) {  // 5 Elm Street
    for (std::size_t i = at + 1; i <= at + 5 && close(i - 1); ++i) {
      if (i > at + 1 && street_after_.contains(tokens[i].hash) && tokens[i].upper_first == tokens[at + 1].upper_first) {
        Report(scan, at, i, street_, kStreet, finds);
        return i + 1;
      }
      if (!IsCapital(scan, i) && tokens[i].digits == 0) break;
    }
    if (at + 2 >= n || !street_before_.contains(tokens[at + 1].hash)) return at;
    std::size_t named = at + 2;
    while (named + 1 < n && named < at + 5 && close(named - 1) && (IsParticle(tokens[named]) || IsElided(scan, named)))
      ++named;
    if (!IsCapital(scan, named) || !close(named - 1)) return at;
    const std::size_t last = WithCanadianTown(scan, RunEnd(scan, named) - 1);
    Report(scan, at, last, street_, kStreet, finds);  // 12 rue Victor Hugo, 60, rue de l'Évêché
    return last + 1;
  }
  const bool calle = token.size() == 1 && (scan.text[token.begin] | 0x20) == 'c' && scan.Between(at).starts_with('/');
  if (street_before_.contains(token.hash) || calle) {  // Calle Mayor 5, C/ Mayor, 5
    std::size_t i = at + 1;
    const auto ends_sentence = [&](std::size_t left) { return tokens[left].size() > 4 && scan.Between(left) == ". "; };
    while (i < at + 7 && close(i - 1) && !ends_sentence(i - 1) && (IsCapital(scan, i) || IsParticle(tokens[i]))) ++i;
    const bool named = i > at + 1;
    static const std::uint32_t kNo = WordHash("n"), kNum = WordHash("num"), kNumber = WordHash("no");
    if (named && close(i - 1) && (tokens[i].hash == kNo || tokens[i].hash == kNum || tokens[i].hash == kNumber)) ++i;
    if (named && number(i) && close(i - 1)) {
      const std::size_t last = WithFlat(scan, i);
      Report(scan, at, last, street_, kStreet, finds);
      return last + 1;
    }
    if (named && token.upper_first && IsCapital(scan, i - 1)) {
      Report(scan, at, i - 1, street_, kStreetWithoutNumber, finds);
      return i;
    }
    return at;
  }
  if (token.upper_first && close(at + 1) && words_.addresses.russian_streets.contains(tokens[at + 1].hash) &&
      number(at + 2)) {
    Report(scan, at, at + 2, street_, kStreet, finds);  // на Тверскую улицу, 16
    return at + 3;
  }
  if (token.upper_first && token.digits == 0 && number(at + 1) && EndsAsStreet(scan.Of(token))) {  // Lindenstraße 5
    Report(scan, at, at + 1, street_, kStreet, finds);
    return at + 2;
  }
  return at;
}

// "Apt. 402", ", Suite 7B" behind a street that ends before `end`: the token behind it, or `end`.
std::size_t NameRules::BehindUnit(const Scan& scan, std::size_t end) const {
  constexpr std::uint32_t kBytesMax = 5;
  if (end + 1 >= scan.tokens.size() || !words_.addresses.units_behind.contains(scan.tokens[end].hash)) return end;
  const std::string_view before = scan.Between(end - 1), behind = scan.Between(end);
  const bool joined = (before == " " || before == ", ") && (behind == " " || behind == ". " || behind == " #");
  return joined && scan.tokens[end + 1].digits > 0 && scan.tokens[end + 1].size() <= kBytesMax ? end + 2 : end;
}

// ", Lake Elmore, NE 60722", "\nBrackwater, NSW 2111", ", Dunfield 60722" behind the token `last` of a street: with the
// town, its state and its code.
std::size_t NameRules::WithTownAndCode(const Scan& scan, std::size_t last) const {
  constexpr std::size_t kTownWordsMax = 4;
  constexpr std::uint32_t kStateBytesMax = 3, kCodeMin = 4, kCodeMax = 5, kPlusFour = 4;
  const auto& tokens = scan.tokens;
  const auto parted = [&](std::size_t left) {
    const std::string_view between = scan.Between(left);
    return between == ", " || between == "\n" || between == ",\n";
  };
  std::size_t i = last + 1;
  if (i >= tokens.size() || !parted(last) || !IsCapital(scan, i)) return last;
  while (IsCapital(scan, i + 1) && i - last < kTownWordsMax && (scan.IsBetween(i, ' ') || scan.Between(i) == ". ")) ++i;
  bool state = false;
  if (i + 1 < tokens.size() && (scan.Between(i) == ", " || scan.IsBetween(i, ' ')) && IsCapital(scan, i + 1) &&
      !tokens[i + 1].has_lower && tokens[i + 1].size() <= kStateBytesMax) {
    state = true;
    ++i;
  } else if (i > last + 1 && !tokens[i].has_lower && tokens[i].size() <= kStateBytesMax) {
    state = true;
  }
  const std::size_t code = i + 1;
  if (code >= tokens.size() || (!scan.IsBetween(i, ' ') && !(state && scan.Between(i) == ", "))) return last;
  if (state && IsHalfOfCode(scan.Of(tokens[code]).substr(0, 3), true)) {  // "QC J8H8A4", "QC J8H 8A4"
    if (tokens[code].size() == 6) return code;
    const bool halves =
        code + 1 < tokens.size() && scan.IsBetween(code, ' ') && IsHalfOfCode(scan.Of(tokens[code + 1]), false);
    return halves ? code + 1 : last;
  }
  if (!tokens[code].all_digits() || tokens[code].size() < (state ? kCodeMin : kCodeMax) ||
      tokens[code].size() > kCodeMax)
    return last;
  const bool plus_four = code + 1 < tokens.size() && scan.IsBetween(code, '-') && tokens[code + 1].all_digits() &&
                         tokens[code + 1].size() == kPlusFour;
  return plus_four ? code + 1 : code;
}

// "at 93854 Benson Roads", "13170 Amber Spring Apt. 925, Lake Elmore, NE 60722": a number, names and what streets are
// rarely called, where it stands as addresses do. "3 Forest Green tiles" is none. In small letters, "72 Hewitt run",
// behind a name of people.
std::size_t NameRules::FindFurtherStreet(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsMax = 3;
  constexpr std::uint32_t kDigitsMax = 5;
  const Token& number = scan.tokens[at];
  if (number.digits > kDigitsMax || number.size() > number.digits + 1u) return at;
  const bool begins = at == 0 || number.line_before;
  const bool led =
      begins || scan.Between(at - 1) == ", " || scan.Between(at - 1) == ": " ||
      (scan.IsBetween(at - 1, ' ') && words_.addresses.before_further_streets.contains(scan.tokens[at - 1].hash));
  if (!led || !IsCapital(scan, at + 1) || !scan.IsBetween(at, ' ')) return at;
  std::size_t end = 0;
  for (std::size_t i = at + 2; i < scan.tokens.size() && i <= at + kWordsMax && scan.IsBetween(i - 1, ' '); ++i) {
    const bool small = !scan.tokens[i].has_upper;
    const std::uint16_t lists = tagger_.model().ListsOf(scan.tokens[i - 1].hash);
    const bool of_people =
        (lists & (kSurname | kGivenName)) != 0 || (lists & (kCommonWord | kEveryday | kCalendarWord)) == 0;
    if (further_streets_.contains(scan.tokens[i].hash) && (small ? of_people && i == at + 2 : true)) end = i + 1;
    if (!IsCapital(scan, i)) break;
  }
  if (end == 0) return at;
  const std::size_t behind_unit = BehindUnit(scan, end);
  const std::size_t last = WithTownAndCode(scan, behind_unit - 1);
  const bool certain = last >= end;  // a flat or a code stands behind it
  const bool named = (tagger_.model().ListsOf(scan.tokens[at + 1].hash) & kCommonWord) == 0 || begins;
  if (!certain) {
    const bool ends = end == scan.tokens.size() || scan.tokens[end].line_before;
    const std::string_view behind = ends ? std::string_view("\n") : scan.Between(end - 1);
    const bool apart = ends || behind.find_first_of(",.;)!?") == 0 ||
                       (behind == " " && words_.addresses.behind_further_streets.contains(scan.tokens[end].hash));
    if (!apart || !named) return at;
  }
  Report(scan, at, last, street_, kStreet, finds);
  return last + 1;
}

// "PSC 1204, Box 560, APO AE 09123", "Unit 2050 Box 4190\nDPO AP 96278", "USS Halden, FPO AP 96601": the post of the
// armed forces of the United States.
std::size_t NameRules::FindMilitaryPost(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kNumbered({"psc", "unit", "cmr"});
  static const WordSet kShips({"uss", "usns", "uscgc", "usnv"});
  static const WordSet kOffices({"apo", "fpo", "dpo"});
  static const WordSet kRegions({"aa", "ae", "ap"});
  constexpr std::size_t kTokensMax = 5;
  constexpr std::uint32_t kCodeBytes = 5;
  const auto& tokens = scan.tokens;
  const bool numbered = kNumbered.contains(tokens[at].hash);
  const bool office = kOffices.contains(tokens[at].hash);
  if (!numbered && !office && !kShips.contains(tokens[at].hash)) return at;
  for (std::size_t i = at; i + 2 < tokens.size() && i <= at + kTokensMax; ++i) {
    if (i > at && numbered && i == at + 1 && tokens[i].digits == 0) return at;
    if (!kOffices.contains(tokens[i].hash)) continue;
    const bool post = !tokens[i].has_lower && kRegions.contains(tokens[i + 1].hash) && scan.IsBetween(i, ' ') &&
                      scan.IsBetween(i + 1, ' ') && tokens[i + 2].all_digits() && tokens[i + 2].size() == kCodeBytes;
    if (!post) return at;
    const bool plus_four = i + 3 < tokens.size() && scan.IsBetween(i + 2, '-') && tokens[i + 3].all_digits();
    const std::size_t last = plus_four ? i + 3 : i + 2;
    Report(scan, at, last, street_, kMilitaryPost, finds);
    return last + 1;
  }
  return at;
}

// "from Lowerfield", "in Port Ellen", behind what leads to a place: by what towns begin or end with, where no list
// knows them. It counts beside people.
std::size_t NameRules::FindTownByForm(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint16_t kOthers = kCommonWord | kEveryday | kCalendarWord;
  constexpr std::size_t kEndedBytesMin = 7;
  const Token& token = scan.tokens[at];
  if (at == 0 || place_ == nullptr || !scan.IsBetween(at - 1, ' ') ||
      !words_.addresses.before_towns.contains(scan.tokens[at - 1].hash))
    return at;
  const auto lists = [&](std::size_t i) { return tagger_.model().ListsOf(scan.tokens[i].hash); };
  std::size_t last = at;
  static const WordSet kSaints({"st", "saint", "san", "santa"});
  constexpr std::uint32_t kOf = WordHash("of");
  if (scan.tokens[at - 1].hash == kOf && kSaints.contains(token.hash)) return at;  // "the feast of St Joseph"
  if (town_beginnings_.contains(token.hash)) {
    const bool dotted = scan.Between(at) == ". ";
    if (!IsCapital(scan, at + 1) || (!dotted && !scan.IsBetween(at, ' ')) || (lists(at + 1) & kOthers) != 0) return at;
    last = at + 1;
  } else {
    const std::string folded = Fold(scan.Of(token).substr(0, 48));
    const bool ends_so = std::ranges::any_of(town_endings_, [&](const std::string& ending) {
      return folded.size() >= ending.size() + 3 && folded.ends_with(ending);
    });
    if (!ends_so || folded.size() < kEndedBytesMin || (lists(at) & (kOthers | kGivenName)) != 0) return at;
  }
  const bool goes_on = IsCapital(scan, last + 1) && (scan.IsBetween(last, ' ') || scan.IsBetween(last, '-'));
  if (goes_on || !scan.tokens[last].has_lower) return at;
  Report(scan, at, last, place_, kAddressed, finds);
  finds.back().needs_people = true;
  return last + 1;
}

// "51 quarry close", "lindenlaan 7" with its town behind it: what ends as streets do between a number and what cannot
// go on otherwise. "6 mile road", "2 tabs close" and "offering 5" are none.
std::size_t NameRules::FindStreetInSmallLetters(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token* const tokens = scan.tokens.data();
  const Token& number = tokens[at];
  constexpr std::uint32_t kNumberBytesMax = 4;
  if (number.digits == 0 || number.has_upper || number.size() > kNumberBytesMax || number.size() > number.digits + 1u)
    return at;
  const std::size_t after = StreetEndInSmallLetters(scan, at);
  if (after > at) {
    const std::size_t last = WithTownInSmallLetters(scan, after);
    Report(scan, at, last, street_, kStreet, finds);
    return last + 1;
  }
  if (at == 0 || number.line_before || !IsSmallWord(tokens[at - 1])) return at;
  const std::string_view between = scan.Between(at - 1);
  const bool apart = between == " " || between == ". ";
  if (!apart || !IsUnusual(tokens[at - 1]) || !EndsAsStreet(scan.Of(tokens[at - 1]))) return at;
  if (!finds.empty() && finds.back().end > tokens[at - 1].begin) return at;
  const std::size_t last = WithTownInSmallLetters(scan, at);
  Report(scan, at - 1, last, street_, kStreet, finds);
  return last + 1;
}

// The last word of a street behind its number, or the number.
std::size_t NameRules::StreetEndInSmallLetters(const Scan& scan, std::size_t number) const {
  constexpr std::size_t kWordsMax = 3;
  const Token* const tokens = scan.tokens.data();
  const std::size_t n = scan.tokens.size();
  for (std::size_t i = number + 1; i < n && i <= number + 1 + kWordsMax; ++i) {
    const Token& word = tokens[i];
    if (!IsSmallWord(word) || !scan.IsBetween(i - 1, ' ')) return number;
    const bool ends_line = i + 1 == n || tokens[i + 1].line_before;
    if (i > number + 1 && words_.addresses.small_streets.contains(word.hash)) return i;
    if (i > number + 1 && words_.addresses.small_further_streets.contains(word.hash)) {
      const bool led = number > 0 && words_.addresses.before_small_streets.contains(tokens[number - 1].hash);
      if (led || ends_line || scan.Between(i) == ", ") return i;
    }
    const std::uint16_t lists = tagger_.model().ListsOf(word.hash);
    const bool counted = (lists & kCommonWord) != 0 && scan.Of(word).ends_with('s');
    if (counted || words_.addresses.counted.contains(word.hash) || IsNoName(word) || IsParticle(word) ||
        (lists & (kCalendarWord | kLabelWord)) != 0)
      return number;
  }
  return number;
}

// "4 dock road, felixstowe", "industriering 18, 74722 buchen", "14 kestrel close, swindon sn3 4qp": with the towns and
// the code behind a street.
std::size_t NameRules::WithTownInSmallLetters(const Scan& scan, std::size_t last) const {
  constexpr std::size_t kTokensMax = 6;
  const std::size_t street = last;
  const auto& tokens = scan.tokens;
  for (std::size_t i = last + 1; i < tokens.size() && i <= street + kTokensMax; ++i) {
    const std::string_view between = scan.Between(i - 1);
    if (between != ", " && (between != " " || last == street)) break;
    if (tokens[i].has_upper) break;
    const bool code = tokens[i].all_digits() && tokens[i].size() >= 4 && tokens[i].size() <= 6;
    const bool half = tokens[i].digits > 0 && !tokens[i].all_digits() && tokens[i].size() <= 4;  // "sn3 4qp"
    const bool ends = i + 1 == tokens.size() || tokens[i + 1].line_before || scan.Between(i) != " ";
    const bool behind_code = ends && tokens[i - 1].all_digits() && tokens[i - 1].size() >= 4 && between == " ";
    const bool town = IsSmallWord(tokens[i]) && (behind_code || IsListed(tokens[i], kTown | kCountry)) &&
                      (tagger_.model().ListsOf(tokens[i].hash) & kCommonWord) == 0;
    if (!code && !half && !town) break;
    last = i;
  }
  return last;
}

}  // namespace privity::detect
