// Jobs that sentences say to be somebody's: "I'm a night nurse", "works as a school crossing patrol".
#include "detect/internal/job_rules.h"

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kModifiersMax = 4;  // words before what a job is
constexpr std::size_t kNear = 4;          // words from who it is to the verb
constexpr std::uint32_t kThe = WordHash("the");

const WordSet& Articles() {
  static const WordSet kA({"a", "an"});
  return kA;
}
const WordSet& Is() {
  static const WordSet kIs({"am", "m", "im", "is", "s", "was", "been", "become", "became", "being", "be"});
  return kIs;
}
const WordSet& Am() {
  static const WordSet kAm({"am", "m", "im"});
  return kAm;
}

bool IsCapitalWord(const Token& token) {
  return token.upper_first && token.has_lower;
}

}  // namespace

// "I'm a retired bus driver", "she's the duty dispatcher", "my line manager", "Social worker Lorraine Abbott", "a
// surveyor in Nakuru": the words up to `last`, by what stands before and behind them.
std::size_t JobRules::FindInSentence(const Scan& scan, std::size_t last, std::vector<detect::Find>& finds) const {
  const bool pair = IsPair(scan, last);
  if ((!pair && !IsJob(scan.tokens[last].hash)) || !MayEnd(scan, last)) return last;
  std::size_t first = pair ? last - 1 : last;
  while (
      first > 0 && last - first < kModifiersMax && IsModifier(scan, first - 1) &&
      (scan.tokens[last].upper_first || !IsCapitalWord(scan.tokens[first - 1]) || IsKindOfWork(scan.tokens[first - 1])))
    --first;
  while (first < last && SaysNothingOfJob(scan.tokens[first])) ++first;
  // "A Filipino caregiver from Iloilo", "a Turkish-born baker, opened"; a "Swiss watchmaker" may be a firm.
  constexpr std::uint32_t kBorn = WordHash("born"), kWho = WordHash("who");
  const bool born = first > 0 && scan.tokens[first].hash == kBorn && scan.IsBetween(first - 1, '-');
  const bool of_origin = first > 0 && (born || scan.IsBetween(first - 1, ' ')) && IsOrigin(scan.tokens[first - 1]);
  const bool who = last + 1 < scan.tokens.size() && scan.tokens[last + 1].hash == kWho;  // "a Russian translator who"
  const bool sure =
      pair || who || born || !IsOfThings(scan.tokens[last]) || (first < last && IsKindOfWork(scan.tokens[last - 1]));
  if (of_origin && sure && !scan.tokens[last].upper_first && !scan.Of(scan.tokens[last]).ends_with("maker")) {
    Report(scan, first - 1, last + 1, kInSentence, finds);
    return last + 1;
  }
  if (sure && IsSetOff(scan, first, last)) {
    Report(scan, first, last + 1, kInSentence, finds);
    return last + 1;
  }
  return IsSomebodys(scan, first, last, pair) ? (Report(scan, first, last + 1, kInSentence, finds), last + 1) : last;
}

// "Mr Gandy, 49, HGV driver, nil by mouth", "67 y/o male, retired bus driver", "Samoan, fruit picker": between signs,
// behind an age, a sex or where somebody is from.
bool JobRules::IsSetOff(const Scan& scan, std::size_t first, std::size_t last) const {
  if (first == 0 || scan.tokens[first].line_before) return false;
  const std::string_view behind = scan.text.substr(scan.tokens[last].end, 2);
  if (!behind.empty() && !IsOneOf(behind[0], ",.;)\n") && behind != " /") return false;
  const Token& before = scan.tokens[first - 1];
  constexpr std::uint32_t kRetired = WordHash("retired");
  if (before.hash == kRetired && scan.IsBetween(first - 1, ' ')) return true;
  if (scan.Between(first - 1) != ", ") return false;
  const bool years = before.all_digits() && before.size() == 2 && first > 1 && scan.Between(first - 2).ends_with(' ');
  return years || words_.set_off_behind.contains(before.hash) || IsOrigin(before);
}

// Whether the words from `first` to `last` are somebody's job, by the word before them.
bool JobRules::IsSomebodys(const Scan& scan, std::size_t first, std::size_t last, bool pair) const {
  static const WordSet kWhose({"my", "our", "his", "her", "their", "your", "ur"}), kOnce({"formerly", "ex", "once"});
  const Token& head = scan.tokens[last];
  const bool sure = pair || !IsOfThings(head) || (first < last && IsKindOfWork(scan.tokens[last - 1]));
  const std::string_view behind = last + 1 < scan.tokens.size() ? scan.Between(last) : std::string_view();
  const bool name_behind = behind == " " && scan.tokens[last + 1].upper_first && !head.upper_first;
  if (first == 0 || scan.tokens[first].line_before || scan.Between(first - 1).ends_with(". "))
    return (pair || (first < last && sure)) && name_behind;
  std::size_t before = first - 1;
  // "a Filipino caregiver", "the reliable banksman"
  while (before > 0 && scan.Between(before) == " " && first - before < kNear &&
         (IsCapitalWord(scan.tokens[before]) || SaysNothingOfJob(scan.tokens[before])) &&
         scan.Between(before - 1) == " ")
    --before;
  if (scan.Between(before) != " ") return false;
  const Token& word = scan.tokens[before];
  if (kOnce.contains(word.hash)) return sure;
  if (kWhose.contains(word.hash)) return IsOfWhom(scan, before, first, last, sure);
  const bool article = word.hash == kThe || Articles().contains(word.hash);
  if (article && behind == ", " && words_.titles.contains(scan.tokens[last + 1].hash))
    return true;  // "the skipper, Mr Boyle"
  return before > 0 && (article || Is().contains(word.hash)) && IsSaidToBe(scan, before, sure);
}

// "Piet is our agronomist", "our new receptionist is Aoibheann", "my carer is a man"; `whose` is the token that says
// so.
bool JobRules::IsOfWhom(const Scan& scan, std::size_t whose, std::size_t first, std::size_t last, bool sure) {
  static const WordSet kYours({"your", "ur"}), kOurs({"my", "our"});
  const std::uint32_t word = scan.tokens[whose].hash;
  const bool yours = kYours.contains(word), longer = first < last;  // "ask your travel agent"
  const bool small = !scan.tokens[last].upper_first;
  const std::string_view behind = last + 1 < scan.tokens.size() ? scan.Between(last) : std::string_view();
  const bool told = whose > 0 && Is().contains(scan.tokens[whose - 1].hash) && scan.Between(whose - 1) == " ";
  if (told && !yours && !Am().contains(scan.tokens[whose - 1].hash) && (sure || longer)) return true;
  const bool named = behind == " " && last + 2 < scan.tokens.size() && Is().contains(scan.tokens[last + 1].hash) &&
                     scan.Between(last + 1) == " " && IsCapitalWord(scan.tokens[last + 2]);
  if (named && sure) return true;
  if (sure && behind == " " && small && kOurs.contains(word)) return true;
  const bool name_behind = behind == " " && scan.tokens[last + 1].upper_first && small;
  const bool name_in_a_pair = (behind == ", " || behind == " (") && scan.tokens[last + 1].upper_first;
  return sure && (name_behind || (!yours && (name_in_a_pair || longer)));
}

// "Raymond the site manager", "his brother-in-law, a surveyor in Nakuru", "she is a nurse"; `word` is the article
// before the job or, without one, the verb.
bool JobRules::IsSaidToBe(const Scan& scan, std::size_t word, bool sure) const {
  static const WordSet kNow({"am", "m", "im", "is", "s"});
  constexpr std::uint32_t kI = WordHash("i");
  const std::uint32_t article = scan.tokens[word].hash;
  const bool a = Articles().contains(article);
  if (article == kThe && IsCapitalWord(scan.tokens[word - 1]) && scan.Between(word - 1) == " " && sure) return true;
  if (scan.Between(word - 1) == ", ") return a && sure;
  const std::size_t is = Is().contains(article) ? word : word - 1;
  if (!Is().contains(scan.tokens[is].hash)) return false;
  if (is != word && a && Am().contains(scan.tokens[is].hash)) return true;
  const bool present = kNow.contains(scan.tokens[is].hash);  // "he was a poet" tells of the dead
  for (std::size_t i = is + 1; i > 0 && is + 1 - i < kNear; --i) {
    const std::uint32_t who = scan.tokens[i - 1].hash;
    if (who == kI || (present && words_.people.contains(who))) return is != word || sure;
  }
  return false;
}

// "works as a night nurse", "arbeitet als Pfleger", "trabaja como enfermera", "appointed head of procurement".
std::size_t JobRules::FindAsWhat(const Scan& scan, std::size_t as, std::vector<detect::Find>& finds) const {
  const Token& token = scan.tokens[as];
  constexpr std::uint32_t kPromoted = WordHash("promoted"), kTo = WordHash("to"), kNamed = WordHash("named");
  const bool becomes = words_.becomes.contains(token.hash), named = token.hash == kNamed;
  bool works = words_.chosen.contains(token.hash) || becomes;
  if (!works && !words_.as.contains(token.hash)) return as;
  works = works || token.upper_first;  // "As a midwife in Blantyre, she"
  constexpr std::uint32_t kComo = WordHash("como");
  const std::size_t reach = token.hash == kComo ? 5 : 3;  // "trabaja en este centro como conserje"
  for (std::size_t i = as; i > 0 && as - i < reach; --i) {
    if (scan.Between(i - 1).find_first_of("\"=") != std::string_view::npos) break;  // of code
    works = works || words_.before_as.contains(scan.tokens[i - 1].hash);
  }
  // "joined Hill, Moore and Ochoa as a clerk", "trabaja en Talleres Mora, S.L. desde el 3 de mayo de 2016 como tornero"
  const std::size_t reach_of_post = token.hash == kComo ? 16 : 6;
  for (std::size_t i = as; i > 0 && as - i < reach_of_post && !works && !scan.tokens[i].line_before; --i)
    works = words_.takes_post.contains(scan.tokens[i - 1].hash);
  std::size_t first = as + 1;
  if (first < scan.tokens.size() && token.hash == kPromoted && scan.tokens[first].hash == kTo) ++first;
  if (first < scan.tokens.size() && IsArticle(scan.tokens[first])) ++first;
  if (becomes && first == as + 1) return as;
  std::size_t end = BehindHeadOf(scan, first);  // "joined as its head of compliance"
  if (end == first) {
    if (!works) return as;
    end = 0;
    for (std::size_t i = first; i < scan.tokens.size() && i < first + 4; ++i) {
      if (scan.Between(i - 1) != " " && (i == first || !scan.IsBetween(i - 1, '-'))) break;
      if (named && (scan.tokens[i].has_upper || IsNoPart(scan.tokens[i]))) break;  // "named Ana Ruiz its director"
      if (IsJob(scan.tokens[i].hash)) end = i + 1;
    }
    if (named && (end == 0 || end == first + 1)) return as;                            // "a file named director"
    const bool thing = becomes && end == first + 1 && IsOfThings(scan.tokens[first]);  // "become a driver of growth"
    if (thing || (becomes && end > 0 && !MayEnd(scan, end - 1))) return as;
    if (end > 0) end = BehindOfWhat(scan, end);
  }
  if (end == 0) end = BehindAnyWork(scan, as, first);
  if (end == 0) return as;
  Report(scan, first, end, kJob, finds);
  return end;
}

// "She works as a school crossing patrol.", "had been employed as a fish filleter at": whatever somebody works as is a
// job. The token behind it, or 0.
std::size_t JobRules::BehindAnyWork(const Scan& scan, std::size_t as, std::size_t first) const {
  constexpr std::size_t kWordsBehindAs = 3;
  if (as == 0 || first != as + 2 || scan.tokens[as].hash != WordHash("as")) return 0;
  if (!words_.works_as.contains(scan.tokens[as - 1].hash) || scan.Between(as - 1) != " ") return 0;
  for (std::size_t i = first; i < scan.tokens.size() && i < first + kWordsBehindAs; ++i) {
    const Token& token = scan.tokens[i];
    if (!token.word() || IsNoPart(token) || (i > first && scan.Between(i - 1) != " ")) return 0;
    if (MayEnd(scan, i)) return i + 1;
  }
  return 0;
}

}  // namespace privity::detect
