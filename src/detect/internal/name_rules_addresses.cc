// Addresses that the tagger has found: what is none, where they begin and end, and in which parts they are reported.
#include "detect/internal/name_rules.h"

#include <algorithm>

#include "detect/internal/name_words.h"
#include "detect/internal/shape_rules.h"

namespace privity::detect {
namespace {

// "550e8400" and "078-05-1120" are no numbers of a house; "2-11-3" is.
bool HoldsKey(const Scan& scan, const TaggedName& name) {
  constexpr std::uint32_t kKeyDigits = 8;
  std::uint32_t joined_digits = 0;  // of groups with hyphens between them, or of three and more digits with spaces
  int groups = 0;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0 && !token.all_digits() && token.size() > 6) return true;
    const bool joined = i > name.first && groups > 0 && token.all_digits() &&
                        (scan.Between(i - 1) == "-" ||
                         (scan.Between(i - 1) == " " && token.size() >= 3 && scan.tokens[i - 1].size() >= 3));
    groups = joined ? groups + 1 : token.all_digits() ? 1 : 0;
    joined_digits = (joined ? joined_digits : 0) + token.digits;
    if (groups >= 3 && joined_digits >= kKeyDigits) return true;
  }
  return false;
}

// "109.78.203.44", "F0-18-98-1D-71-30": machines have such addresses.
bool HoldsNetworkAddress(const Scan& scan, const TaggedName& name) {
  constexpr std::size_t kNumbers = 4, kPairs = 6;
  std::size_t numbers = 1, pairs = 1;
  for (std::size_t i = name.first + 1; i <= name.last; ++i) {
    const Token &left = scan.tokens[i - 1], &token = scan.tokens[i];
    const std::string_view between = scan.Between(i - 1);
    numbers = between == "." && left.all_digits() && token.all_digits() ? numbers + 1 : 1;
    pairs = (between == "-" || between == ":") && left.size() == 2 && token.size() == 2 ? pairs + 1 : 1;
    if (numbers == kNumbers || pairs == kPairs) return true;
  }
  return false;
}

// "Thalès, exercice 4 page 112": of a book.
bool HoldsPage(const AddressVocabulary& words, const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.first + 1; i <= name.last; ++i) {
    if (words.of_books.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "BA117 LHR-JFK, seat 14C": of a journey.
bool HoldsSeat(const AddressVocabulary& words, const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.first; i <= name.last; ++i) {
    if (words.of_journeys.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "Agência 1423, conta corrente 19699-9": of a bank.
bool HoldsAccount(const AddressVocabulary& words, const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.first; i < name.last; ++i) {
    if (words.of_banks.contains(scan.tokens[i].hash) && scan.tokens[i + 1].digits > 0) return true;
  }
  return false;
}

// "Manchester United 2-1 Aston Villa": "2-4-6 Sakura-dori" has three numbers.
bool IsScore(const Scan& scan, const TaggedName& name) {
  if (name.last < name.first + 2) return false;
  const Token &home = scan.tokens[name.first], &away = scan.tokens[name.first + 1];
  return home.all_digits() && away.all_digits() && home.size() == 1 && away.size() == 1 &&
         scan.Between(name.first) == "-" && scan.Between(name.first + 1) == " " &&
         scan.tokens[name.first + 2].upper_first;
}

// "8080:80": of a command.
bool HoldsPort(const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.first; i < name.last; ++i) {
    if (scan.Between(i) == ":" && scan.tokens[i].digits > 0) return true;
  }
  return false;
}

// "Cama: 312-B. Planta 3", "Col. nº 46/4612": of a hospital and of a doctor.
bool IsOfWard(const Scan& scan, const TaggedName& name) {
  constexpr std::uint32_t kCollege = WordHash("col"), kFloor = WordHash("planta");
  const Token& first = scan.tokens[name.first];
  if (first.hash == kCollege && name.last > name.first) return scan.Of(scan.tokens[name.first + 1]).starts_with("n");
  if (first.digits == 0) return false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    if (scan.tokens[i].hash == kFloor) return true;
  }
  return false;
}

// "Nº Col: 28 28 35489", "núm. colegiado 46 46 20987": of a doctor.
bool IsOfCollege(const AddressVocabulary& words, const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.first; i <= name.last && scan.tokens[i].digits == 0; ++i) {
    if (words.of_colleges.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "2x Caesar salad", "12 x Allen bolts": numbers of things.
bool HoldsCount(const Scan& scan, const TaggedName& name) {
  constexpr std::uint32_t kTimes = WordHash("x");
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits == 0) continue;
    if (token.size() == token.digits + 1u && scan.Of(token).ends_with('x')) return true;
    if (i < name.last && scan.tokens[i + 1].hash == kTimes && scan.Between(i) == " ") return true;
  }
  return false;
}

// "BP 150/90", "TA 118/62, FC 74", "Policy 7714-AUT-09": what is noted of somebody, and no post box or house.
bool IsNoted(const AddressVocabulary& words, const Scan& scan, const TaggedName& name) {
  if (name.last == name.first || !words.noted.contains(scan.tokens[name.first].hash)) return false;
  const Token& value = scan.tokens[name.first + 1];
  return scan.IsBetween(name.first, ' ') && (value.digits > 0 || !value.has_upper || !value.has_lower);
}

// "128 GB, IP68", "bore 20 mm", "max 11 °C": no number of a house.
bool HoldsMeasure(const AddressVocabulary& words, const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.first; i <= name.last; ++i) {
    if (!scan.tokens[i].all_digits()) continue;
    const std::string_view behind = scan.text.substr(scan.tokens[i].end, 3);
    if (behind.starts_with("€") || scan.text.substr(scan.tokens[i].end, 4) == " €") return true;
    if (behind.starts_with("°") || behind == " °" || behind == "\u00A0°") return true;
    if (i + 1 < scan.tokens.size() && words.units.contains(scan.tokens[i + 1].hash) && scan.Between(i) == " ")
      return true;
  }
  return false;
}

// "Mr Gandy, 49, HGV driver", "African American male, 41": a person with an age, and no number of a house.
bool HoldsSomebody(const AddressVocabulary& words, const Scan& scan, const TaggedName& name) {
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (words.of_somebody.contains(token.hash)) return true;
    if (token.digits > 0 && token.digits <= 2 && token.size() == token.digits + 2u && scan.Of(token).ends_with("yo"))
      return true;
  }
  return false;
}

// "on May 4th", "before 12 noon"
bool BeginsDay(const AddressVocabulary& words, const Scan& scan, std::size_t at, std::size_t last) {
  if (at >= last || scan.tokens[at].upper_first || !words.before_days.contains(scan.tokens[at].hash)) return false;
  return scan.tokens[at + 1].digits > 0 || words.days.contains(scan.tokens[at + 1].hash);
}

// ", klantnr 88213": a small word and a number longer than those of houses, behind a comma.
bool BeginsOtherNumber(const Scan& scan, std::size_t at, std::size_t last) {
  constexpr std::uint32_t kDigitsMin = 4;
  if (at >= last || !scan.tokens[at].word() || scan.tokens[at].has_upper || scan.Between(at - 1) != ", ") return false;
  return scan.tokens[at + 1].digits >= kDigitsMin && (at + 1 == last || scan.Between(at + 1).starts_with(","));
}

}  // namespace

// A seat, an account, a score, a dose, somebody's age: numbers beside words, and nobody's house.
bool NameRules::IsNoAddress(const Scan& scan, const TaggedName& name) const {
  const AddressVocabulary& words = words_.addresses;
  return HoldsSeat(words, scan, name) || HoldsAccount(words, scan, name) || IsOfWard(scan, name) ||
         HoldsPort(scan, name) || IsScore(scan, name) || IsListOfCounts(scan, name) || HoldsPage(words, scan, name) ||
         IsOfCollege(words, scan, name) || HoldsCount(scan, name) || IsNoted(words, scan, name) ||
         HoldsSomebody(words, scan, name) || CountsThings(scan, name) || HoldsNetworkAddress(scan, name) ||
         BeginsWrittenDate(scan, name.first) || HoldsKey(scan, name) || HoldsMeasure(words, scan, name);
}

// "Lindenallee 12a, 50968 Köln, Tel. 0221": an address ends where the telephone is named, or where a day or the number
// of something else follows.
std::size_t NameRules::WithoutContact(const Scan& scan, const TaggedName& name) const {
  for (std::size_t i = name.first + 1; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (!token.has_lower && scan.Between(i - 1) == ", " && words_.addresses.numbers_of_people.contains(token.hash))
      return i - 1;
    if (scan.Between(i - 1) == ". " && scan.tokens[i - 1].digits > 0 && scan.tokens[i].upper_first &&
        words_.addresses.behind_addresses.contains(scan.tokens[i].hash))
      return i - 1;  // "Vía Alemania, 5. El Letrado"
    if (words_.addresses.contacts.contains(scan.tokens[i].hash) || BeginsDay(words_.addresses, scan, i, name.last))
      return i - 1;
    if (BeginsOtherNumber(scan, i, name.last)) return i - 1;
  }
  return name.last;
}

// "Dallas Cowboys 27, Washington Commanders 20", "Merlot 35, Syrah 10.5, Petit Verdot 25": scores and counts, without a
// word of streets and flats.
bool NameRules::IsListOfCounts(const Scan& scan, const TaggedName& name) const {
  constexpr std::uint32_t kDigitsMax = 3;
  constexpr std::size_t kCountsMin = 2, kSurelyCounts = 3;
  if (name.last < name.first + 3 || scan.tokens[name.first].digits > 0) return false;
  std::size_t counts = 0;
  bool small_words = false;
  for (std::size_t i = name.first; i <= name.last; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0) {
      if (!token.all_digits() || token.size() > kDigitsMax) return false;
      const bool has_fraction = i < name.last && scan.Between(i) == "." && scan.tokens[i + 1].all_digits();
      if (!has_fraction && i < name.last && scan.Between(i) != ", ") return false;
      counts += has_fraction ? 0 : 1;
      continue;
    }
    if (street_after_.contains(token.hash) || street_before_.contains(token.hash) || flats_.contains(token.hash) ||
        EndsAsStreet(scan.Of(token)))
      return false;
    small_words |= !token.upper_first;
  }
  const bool ends_so = scan.tokens[name.last].digits > 0 && !small_words;
  return counts >= (ends_so ? kCountsMin : kSurelyCounts);
}

// "16124 Genova (GE)": the bracket closes behind the last word.
bool NameRules::OpensBracket(const Scan& scan, const TaggedName& name) {
  const std::uint32_t begin = scan.tokens[name.first].begin, end = scan.tokens[name.last].end;
  const std::string_view whole = scan.text.substr(begin, end - begin);
  return scan.text.substr(end).starts_with(')') && whole.find('(') != whole.npos && whole.find(')') == whole.npos;
}

// "piso 3 "C"": the quote closes behind the last word.
bool NameRules::OpensQuote(const Scan& scan, const TaggedName& name) {
  const std::uint32_t begin = scan.tokens[name.first].begin, end = scan.tokens[name.last].end;
  const std::string_view whole = scan.text.substr(begin, end - begin);
  return scan.text.substr(end).starts_with('"') && std::ranges::count(whole, '"') == 1;
}

// "8 bis rue des Tanneurs", "P.O. Box 12": what stands before the name of the street is its own.
std::size_t NameRules::WithKindOfStreet(const Scan& scan, std::size_t first) const {
  constexpr std::size_t kWordsMax = 4;
  constexpr std::uint32_t kBox = WordHash("box"), kO = WordHash("o"), kP = WordHash("p");
  static const WordSet kAgain({"bis", "ter"});
  if (first >= 2 && scan.tokens[first].hash == kBox && scan.tokens[first - 1].hash == kO &&
      scan.tokens[first - 2].hash == kP)
    return first - 2;
  constexpr std::uint32_t kCalle = WordHash("c");
  if (first > 0 && scan.tokens[first - 1].hash == kCalle &&
      (scan.Between(first - 1) == "/ " || scan.Between(first - 1) == "/"))
    return first - 1;  // "C/ Tomás Morales"
  while (first > 0 && scan.tokens[first].digits > 0 && scan.tokens[first - 1].all_digits() &&
         scan.tokens[first - 1].size() <= 4 && scan.Between(first - 1) == "-")
    --first;  // "2-4-6 Sakura-dori"
  if (first > 1 && scan.tokens[first].digits > 0 && scan.tokens[first - 1].all_digits() &&
      scan.tokens[first - 1].size() <= 3 && scan.Between(first - 1) == "/" && scan.Between(first - 2).ends_with(' '))
    --first;  // "6/120 Nicholson St"
  if (first >= 2 && scan.tokens[first].digits > 0 && scan.Between(first - 1) == ", " &&
      scan.tokens[first - 1].size() <= 4 && words_.addresses.flats.contains(scan.tokens[first - 2].hash) &&
      scan.Between(first - 2) == " ")
    return first - 2;  // "flat 3B, 221 Baker Street"
  std::size_t begin = first;
  bool named = false;
  for (std::size_t i = first; i > 0 && first - i < kWordsMax && scan.Between(i - 1) == " "; --i) {
    const Token& before = scan.tokens[i - 1];
    const bool number = before.all_digits() && before.size() <= 4;
    if (street_before_.contains(before.hash))
      named = true;
    else if (!(named ? number || kAgain.contains(before.hash) : IsParticle(before) || before.hash == WordHash("des")))
      break;
    if (named) begin = i - 1;
  }
  return begin;
}

// "4 Dock Road, Felixstowe", "Husova 27, 602 00 Brno": the town of an address, with nothing but its code between them.
bool NameRules::IsItsTown(const Scan& scan, std::size_t street_last, std::size_t town) const {
  if (town - street_last > 3) return false;
  for (std::size_t i = street_last; i < town; ++i) {
    const std::string_view between = scan.Between(i);
    if (between != " " && between != ", " && between != ". ") return false;
    const Token& next = scan.tokens[i + 1];
    if (i + 1 < town && (next.digits == 0 || next.size() > 6)) return false;
  }
  return scan.Between(street_last) != " ";
}

// "31008 Pamplona": the code before a town, where Spanish texts name each for itself.
void NameRules::ReportCodeBefore(const Scan& scan, std::size_t town, std::vector<Find>& finds) const {
  if (town == 0 || scan.Between(town - 1) != " ") return;
  const Token& code = scan.tokens[town - 1];
  if (code.all_digits() && code.size() == 5) Report(scan, town - 1, town - 1, postal_code_, kStreet, finds);
}

// "Calle Mayor 5, Toledo": a town behind a street that only its form has told.
std::size_t NameRules::FindTownBehind(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (at >= scan.tokens.size() || !IsCapital(scan, at) || !IsListed(scan.tokens[at], kTown)) return at;
  const std::string_view between = scan.Between(at - 1);
  if (between != ", " && between != ". ") return at;
  Report(scan, at, at, place_, kAddressed, finds);
  return at + 1;
}

// "ul. Słowackiego 12/4", "Avda. de Galicia 31, 4º izda", "Diagonal 74, dpto. 6": the flat behind the house.
std::size_t NameRules::WithFlat(const Scan& scan, std::size_t last) const {
  const auto& tokens = scan.tokens;
  if (tokens[last].digits == 0 || last + 1 >= tokens.size()) return last;
  constexpr std::uint32_t kFlatBytesMax = 4;
  if (scan.Between(last) == "/")
    return tokens[last + 1].digits > 0 && tokens[last + 1].size() <= kFlatBytesMax ? last + 1 : last;
  constexpr std::size_t kPartsMax = 5;
  std::size_t end = last;
  for (std::size_t i = last + 1; i < tokens.size() && i <= last + kPartsMax && !tokens[i].line_before; ++i) {
    const bool parted = end > last || scan.Of(tokens[i]) == "\u00BA" || scan.Of(tokens[i]) == "\u00AA";
    if (scan.Between(i - 1).find_first_not_of(parted ? " ,." : " ,") != std::string_view::npos) break;
    const std::string_view word = scan.Of(tokens[i]);  // "3.º B", "2ª"
    const bool ordinal = word.ends_with("\u00BA") || word.ends_with("\u00AA");
    const bool numbered = ordinal && (tokens[i].digits > 0 || (i > last + 1 && scan.IsBetween(i - 1, '.')));
    if (flats_.contains(tokens[i].hash) || numbered) {
      end = i;
      continue;
    }
    // "piso 3", "dpto. B", "4º izda.": a number or a letter beside such a word.
    const bool letter =
        tokens[i].size() == 1 && (tokens[i].has_upper || tokens[i].digits > 0 || scan.IsBetween(i - 1, ' '));
    const bool part = (tokens[i].digits > 0 && tokens[i].size() <= kFlatBytesMax) || letter;
    if (!part) break;
    if (end == i - 1 && end > last) end = i;
  }
  return end;
}

// "Calle Villarroel, 170. 08036 Barcelona": Spanish letters and reports name street, code and town each for itself.
bool NameRules::ReportInParts(const Scan& scan, const TaggedName& name, std::vector<Find>& finds) const {
  for (std::size_t i = name.first + 1; i <= name.last; ++i) {
    const Token& code = scan.tokens[i];
    if (!code.all_digits() || code.size() != 5) continue;
    Report(scan, name.first, i - 1, street_, name.probability, finds);
    Report(scan, i, i, postal_code_, name.probability, finds);
    for (std::size_t place = i + 1; place <= name.last && (place == i + 1 || !scan.tokens[place].line_before);) {
      std::size_t last = place;
      while (last < name.last && scan.Between(last) == " ") ++last;
      Report(scan, place, last, place_, name.probability, finds);
      place = last + 1;
    }
    return true;
  }
  // "C/ Mayor, 22, 1º D, Zaragoza", "C/ Olivo s/n, Zafra (Badajoz)": behind the number, towns are words alone.
  constexpr std::uint32_t kNone = WordHash("n");  // "s/n"
  const auto begins_part = [&](std::size_t i) { return scan.Between(i - 1) == ", " || scan.Between(i - 1) == " ("; };
  std::size_t town = name.last + 1;
  for (std::size_t i = name.last; i > name.first; --i) {
    const Token& token = scan.tokens[i];
    if (IsParticle(token) && scan.IsBetween(i, ' ')) continue;  // "Santiago de Compostela"
    if (token.digits > 0 || token.size() < 3 || words_.addresses.of_houses.contains(token.hash)) break;
    const Token& before = scan.tokens[i - 1];
    const std::string_view word = scan.Of(before);  // "1.º"
    const bool behind_number = before.digits > 0 || before.size() == 1 || word == "\u00BA" || word == "\u00AA" ||
                               before.hash == kNone || words_.addresses.of_houses.contains(before.hash) ||
                               town <= name.last;
    if (begins_part(i) && token.upper_first && (behind_number || IsListed(token, kTown | kPartOfPlace))) town = i;
  }
  if (town > name.last) return false;
  Report(scan, name.first, town - 1, street_, name.probability, finds);
  for (std::size_t place = town; place <= name.last;) {
    std::size_t last = place;
    while (last < name.last && !begins_part(last + 1)) ++last;
    Report(scan, place, last, place_, name.probability, finds);
    place = last + 1;
  }
  return true;
}

// "ZIP 60653 Chicago", "CEP 01312-305 São Paulo": no street, but the code that is named, and the town.
bool NameRules::ReportCodeAndTown(const Scan& scan, const TaggedName& name, std::vector<Find>& finds) const {
  if (!words_.addresses.codes.contains(scan.tokens[name.first].hash) || name.last == name.first) return false;
  std::size_t last = name.first + 1;
  if (!scan.tokens[last].all_digits()) return false;
  while (last < name.last && scan.tokens[last + 1].all_digits() && scan.tokens[last + 1].size() <= 4) ++last;
  Report(scan, name.first + 1, last, postal_code_, name.probability, finds);
  if (last < name.last) Report(scan, last + 1, name.last, place_, name.probability, finds);
  return true;
}

// A form with the town alone on a line of its own: street, town, state and code each for itself.
bool NameRules::ReportByLines(const Scan& scan, const TaggedName& name, std::vector<Find>& finds) const {
  std::size_t town = name.first + 1;
  while (town < name.last && !(scan.tokens[town].line_before && scan.tokens[town + 1].line_before)) ++town;
  constexpr std::uint16_t kPlaces = kTown | kPartOfPlace;
  if (town >= name.last || (tagger_.model().ListsOf(scan.tokens[town].hash) & kPlaces) == 0) return false;
  Report(scan, name.first, town - 1, street_, name.probability, finds);
  for (std::size_t i = town; i <= name.last; ++i) {
    Report(scan, i, i, scan.tokens[i].digits > 0 ? postal_code_ : place_, name.probability, finds);
  }
  return true;
}

}  // namespace privity::detect
