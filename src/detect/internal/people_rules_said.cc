// Years and states that sentences tell of somebody: "she's only seventeen", "in his late 20s", "recently divorced".
#include "detect/internal/people_rules.h"

#include "detect/internal/letters.h"

namespace privity::detect {

// The last token of years that are written in words, "eighty-three", or scan.tokens.size().
std::size_t PeopleRules::LastOfSpelledYears(const Scan& scan, std::size_t at) const {
  constexpr std::uint32_t kOne = WordHash("one");
  const Token& token = scan.tokens[at];
  if (words_.ones.contains(token.hash) || words_.teens.contains(token.hash)) return at;
  if (!words_.tens.contains(token.hash)) return scan.tokens.size();
  const bool goes_on = at + 1 < scan.tokens.size() && (scan.IsBetween(at, '-') || scan.IsBetween(at, ' ')) &&
                       (words_.ones.contains(scan.tokens[at + 1].hash) || scan.tokens[at + 1].hash == kOne);
  return goes_on ? at + 1 : at;
}

// Behind somebody's years as a sentence tells them: "she's 21 tops", "I'm eighty in March".
bool PeopleRules::GoesOnBehindYears(const Scan& scan, std::size_t last) const {
  return last + 1 < scan.tokens.size() && scan.IsBetween(last, ' ') &&
         words_.behind_said_age.contains(scan.tokens[last + 1].hash);
}

// "children aged 9, 7, 5 and three"
bool PeopleRules::IsInListOfAges(const Scan& scan, std::size_t at) const {
  constexpr std::uint32_t kAnd = WordHash("and");
  constexpr std::size_t kTokensMax = 8;
  for (std::size_t i = at; i > 0 && at - i < kTokensMax; --i) {
    const Token& before = scan.tokens[i - 1];
    if (words_.lists_ages.contains(before.hash)) return true;
    const std::string_view between = scan.Between(i - 1);
    if ((between != ", " && between != " ") || (!IsAge(scan, before) && before.hash != kAnd)) return false;
  }
  return false;
}

// Whether what stands before a number, and behind it, says that these are somebody's years.
bool PeopleRules::SaysAge(const Scan& scan, std::size_t first, std::size_t last) const {
  static const WordSet kIs({"is", "was", "s", "m", "am"}), kWho({"he", "she", "i", "who"});
  static const WordSet kShort({"im", "hes", "shes"});
  constexpr std::uint32_t kAnd = WordHash("and"), kOf = WordHash("of"), kAt = WordHash("at"), kWas = WordHash("was"),
                          kBe = WordHash("be"), kWill = WordHash("ll");
  constexpr std::size_t kQualifiersMax = 2;
  const bool ends = Ends(scan, last);
  const std::string_view gap = scan.Between(first - 1);
  const Token* word = &scan.tokens[first - 1];
  const bool listed = gap == ", " || scan.tokens[first - 1].hash == kAnd;
  if (listed && ends && IsInListOfAges(scan, first)) return true;
  if ((gap == " (" || gap == ", ") && IsSomebody(*word))
    return gap == " (" ? Behind(scan, last, 1) == ")" : ends && Behind(scan, last, 1) != " ";
  std::size_t at = first;
  while (at > 1 && first - at < kQualifiersMax && words_.about.contains(scan.tokens[at - 1].hash) &&
         (scan.IsBetween(at - 1, ' ') || scan.Between(at - 1) == ". "))
    --at;
  if (!scan.IsBetween(at - 1, ' ')) return false;
  word = &scan.tokens[at - 1];
  const bool spelled = scan.tokens[first].digits == 0;
  if (words_.says_age.contains(word->hash)) return ends || spelled;
  if (at < 2) return false;
  const Token& before = scan.tokens[at - 2];
  if (word->hash == kOf) return IsSomebody(before) && (ends || GoesOnBehindYears(scan, last));
  if (word->hash == kBe) return before.hash == kWill && ends;  // "I'll be 80 and"
  if (word->hash == kAt) return spelled && last + 1 < scan.tokens.size() && kWho.contains(scan.tokens[last + 1].hash);
  const bool told =
      kShort.contains(word->hash) || (kIs.contains(word->hash) && (kWho.contains(before.hash) || IsSomebody(before)));
  if (!told) return false;
  const bool short_number = !spelled && scan.tokens[first].size() < 2;  // "I am 1 of", "she was 3, 4"
  return (ends && !(short_number && word->hash != kWas)) || GoesOnBehindYears(scan, last);
}

std::size_t PeopleRules::FindSaidAge(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (!MaySayAge(scan, at) || (scan.tokens[at].digits == 0 && !years_.contains(scan.tokens[at].hash))) return at;
  if (const std::size_t decade = FindDecade(scan, at, finds); decade > at) return decade;
  const Token& token = scan.tokens[at];
  std::size_t last = at;
  if (token.digits > 0) {
    if (!IsAge(scan, token)) return at;
  } else {
    last = LastOfSpelledYears(scan, at);
    if (last == scan.tokens.size()) return at;
  }
  if (!SaysAge(scan, at, last)) return at;
  Report(scan, at, last, age_, kSaidAge, finds);
  return last + 1;
}

// "in his fifties", "early thirties", "late 20s", "mid 40s".
std::size_t PeopleRules::FindDecade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kWhose({"his", "her", "their", "my"});
  static const WordSet kOfYears({"the", "in", "since", "from", "until", "by"});  // "in the late 90s"
  const Token& token = scan.tokens[at];
  const bool spelled = words_.decades.contains(token.hash);
  const std::string_view text = scan.Of(token);
  const bool digits = token.digits == 2 && text.size() == 3 && text[1] == '0' && text[2] == 's';
  if (!spelled && !digits) return at;
  const bool parted = words_.parts_of_decade.contains(scan.tokens[at - 1].hash) &&
                      (scan.IsBetween(at - 1, ' ') || scan.IsBetween(at - 1, '-'));
  const std::size_t first = parted ? at - 1 : at;
  const bool whose = first > 0 && kWhose.contains(scan.tokens[first - 1].hash) && scan.IsBetween(first - 1, ' ');
  const bool alone = parted && (first == 0 || !kOfYears.contains(scan.tokens[first - 1].hash));
  if (!whose && !alone) return at;
  Report(scan, first, at, age_, kSaidAge, finds);
  return at + 1;
}

std::size_t PeopleRules::FindSaidStatus(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kA = WordHash("a");
  static const WordSet kIs({"is", "s", "m", "am"}), kShort({"im", "hes", "shes"}), kWho({"he", "she", "i", "who"});
  const Token& token = scan.tokens[at];
  const bool orientation = words_.orientation.contains(token.hash);
  if (at == 0 || token.line_before || (!orientation && !words_.status.contains(token.hash))) return at;
  const std::string_view gap = scan.Between(at - 1), behind = Behind(scan, at, 1);
  const bool ends = behind.empty() || IsOneOf(behind[0], ",.;)\n");
  bool said = (gap == ", " || gap == " (") && ends;
  const bool noun = gap == " " && ends && words_.status_nouns.contains(token.hash) && at > 1 &&
                    scan.tokens[at - 1].hash == kA && scan.Between(at - 2) == ", ";  // "is 79, a widower, and"
  said = said || noun;
  if (gap == " " && !noun) {
    std::size_t is = at - 1;
    if (is > 0 && words_.before_status.contains(scan.tokens[is].hash) && scan.IsBetween(is - 1, ' ')) --is;
    const bool who = is > 0 && kIs.contains(scan.tokens[is].hash) &&
                     (kWho.contains(scan.tokens[is - 1].hash) || IsSomebody(scan.tokens[is - 1]));
    const bool single = !orientation && at + 1 < scan.tokens.size() && behind == " " && !Ends(scan, at) &&
                        token.hash == WordHash("single");  // "she is single handed"
    said = (who || kShort.contains(scan.tokens[is].hash)) && !single;
  }
  if (!said) return at;
  Report(scan, at, at, orientation ? orientation_ : marital_, kSaidAge, finds);
  return at + 1;
}

}  // namespace privity::detect
