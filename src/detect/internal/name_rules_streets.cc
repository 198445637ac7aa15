// Streets with their numbers, and their towns.
#include "detect/internal/name_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"

namespace privity::detect {
namespace {

constexpr double kStreetWithoutNumber = 0.55;

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
  static const WordSet kBoxes({"box", "postfach", "postbus", "postboks", "apartado", "casilla", "casella", "skrytka"});
  bool things = false;
  const std::size_t before = name.first > 0 && scan.Between(name.first - 1).size() == 1 ? name.first - 1 : name.first;
  for (std::size_t i = before; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0) continue;
    if (street_after_.contains(token.hash) || street_before_.contains(token.hash) || kBoxes.contains(token.hash) ||
        EndsAsStreet(scan.Of(token)))
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
  if (token.upper_first && close(at + 1) && russian_streets_.contains(tokens[at + 1].hash) && number(at + 2)) {
    Report(scan, at, at + 2, street_, kStreet, finds);  // на Тверскую улицу, 16
    return at + 3;
  }
  if (token.upper_first && token.digits == 0 && number(at + 1) && EndsAsStreet(scan.Of(token))) {  // Lindenstraße 5
    Report(scan, at, at + 1, street_, kStreet, finds);
    return at + 2;
  }
  return at;
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
  static const WordSet kStreets({"lane", "road", "rd", "street", "avenue", "ave", "crescent", "terrace", "gardens",
                                 "grove", "boulevard", "blvd", "mews", "parade", "quay"});
  static const WordSet kOtherwise({"close", "drive", "court", "place", "walk", "row", "square", "way"});
  static const WordSet kLeadsTo({"at", "to", "from", "of", "address", "on", "in", "near", "outside"});
  static const WordSet kCounted({"lane",   "way",     "mile", "minute", "hour",  "day",       "week",    "month",
                                 "year",   "bedroom", "bed",  "km",     "story", "storey",    "man",     "star",
                                 "person", "car",     "more", "other",  "new",   "different", "percent", "year",
                                 "th",     "st",      "nd",   "rd",     "x",     "am",        "pm"});
  constexpr std::size_t kWordsMax = 3;
  const Token* const tokens = scan.tokens.data();
  const std::size_t n = scan.tokens.size();
  for (std::size_t i = number + 1; i < n && i <= number + 1 + kWordsMax; ++i) {
    const Token& word = tokens[i];
    if (!IsSmallWord(word) || !scan.IsBetween(i - 1, ' ')) return number;
    const bool ends_line = i + 1 == n || tokens[i + 1].line_before;
    if (i > number + 1 && kStreets.contains(word.hash)) return i;
    if (i > number + 1 && kOtherwise.contains(word.hash)) {
      const bool led = number > 0 && kLeadsTo.contains(tokens[number - 1].hash);
      if (led || ends_line || scan.Between(i) == ", ") return i;
    }
    const std::uint16_t lists = tagger_.model().ListsOf(word.hash);
    const bool counted = (lists & kCommonWord) != 0 && scan.Of(word).ends_with('s');
    if (counted || kCounted.contains(word.hash) || IsNoName(word) || IsParticle(word) ||
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
