#include "detect/internal/people_rules.h"

#include <array>
#include <span>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr double kBeside = 0.6;
constexpr double kTime = 0.5;             // less than the day that it goes with: "Monday 10am"
constexpr std::size_t kWordsAround = 24;  // of a person, in its line
constexpr int kYearsMax = 110;
constexpr int kYearFirst = 1900, kYearLast = 2040;

// Of a token of digits.
int Number(const Scan& scan, const Token& token) {
  constexpr std::size_t kDigitsMax = 4;
  if (token.size() > kDigitsMax) return -1;
  int number = 0;
  for (const char c : scan.Of(token)) {
    if (!IsAsciiDigit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

bool IsAge(const Scan& scan, const Token& token) {
  const int years = token.all_digits() && token.size() <= 3 ? Number(scan, token) : 0;
  return years > 0 && years <= kYearsMax && scan.text[token.begin] != '0';
}

std::string_view Behind(const Scan& scan, std::size_t at, std::size_t bytes) {
  return scan.text.substr(scan.tokens[at].end, bytes);
}

// "29)", "29.", "29 and", and not "29.5", "29 boxes", "29, 30".
bool Ends(const Scan& scan, std::size_t at) {
  static const WordSet kGoesOn({"on", "this", "next", "today", "tomorrow", "and", "but", "or", "when", "now", "und",
                                "y", "e", "et", "en", "als"});
  const std::string_view behind = Behind(scan, at, 3);
  if (behind.empty() || behind[0] == '\n' || behind[0] == ')') return true;
  if (IsOneOf(behind[0], ",.;!?")) {
    const bool is_number = behind.size() > 1 && IsAsciiDigit(behind[behind[1] == ' ' && behind.size() > 2 ? 2 : 1]);
    return !is_number && (behind.size() == 1 || IsOneOf(behind[1], " \n!?\")"));
  }
  return behind[0] == ' ' && at + 1 < scan.tokens.size() && kGoesOn.contains(scan.tokens[at + 1].hash);
}

constexpr std::array<std::string_view, 8> kOnes = {"two", "three", "four", "five", "six", "seven", "eight", "nine"};
constexpr std::array<std::string_view, 10> kTeens = {"ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                                     "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 8> kTens = {"twenty", "thirty",  "forty",  "fifty",
                                                   "sixty",  "seventy", "eighty", "ninety"};
constexpr std::array<std::string_view, 9> kDecades = {"teens",   "twenties",  "thirties", "forties", "fifties",
                                                      "sixties", "seventies", "eighties", "nineties"};

WordSet SetOf(std::span<const std::string_view> words) {
  WordSet set;
  for (const std::string_view word : words) set.Insert(WordHash(word));
  return set;
}

// The last token of years that are written in words, "eighty-three", or scan.tokens.size().
std::size_t LastOfSpelledYears(const Scan& scan, std::size_t at) {
  static const WordSet ones = SetOf(kOnes), teens = SetOf(kTeens), tens = SetOf(kTens);
  constexpr std::uint32_t kOne = WordHash("one");
  const Token& token = scan.tokens[at];
  if (ones.contains(token.hash) || teens.contains(token.hash)) return at;
  if (!tens.contains(token.hash)) return scan.tokens.size();
  const bool goes_on = at + 1 < scan.tokens.size() && (scan.IsBetween(at, '-') || scan.IsBetween(at, ' ')) &&
                       (ones.contains(scan.tokens[at + 1].hash) || scan.tokens[at + 1].hash == kOne);
  return goes_on ? at + 1 : at;
}

// Behind somebody's years as a sentence tells them: "she's 21 tops", "I'm eighty in March".
bool GoesOnBehindYears(const Scan& scan, std::size_t last) {
  static const WordSet kGoesOn({"tops", "bless", "with", "who",     "last", "then", "in",  "years",   "yrs", "so",
                                "he",   "she",   "if",   "because", "at",   "to",   "too", "already", "by",  "years"});
  return last + 1 < scan.tokens.size() && scan.IsBetween(last, ' ') && kGoesOn.contains(scan.tokens[last + 1].hash);
}

// "children aged 9, 7, 5 and three"
bool IsInListOfAges(const Scan& scan, std::size_t at) {
  static const WordSet kAged({"aged", "ages"});
  constexpr std::uint32_t kAnd = WordHash("and");
  constexpr std::size_t kTokensMax = 8;
  for (std::size_t i = at; i > 0 && at - i < kTokensMax; --i) {
    const Token& before = scan.tokens[i - 1];
    if (kAged.contains(before.hash)) return true;
    const std::string_view between = scan.Between(i - 1);
    if ((between != ", " && between != " ") || (!IsAge(scan, before) && before.hash != kAnd)) return false;
  }
  return false;
}

// Whether what stands before a number, and behind it, says that these are somebody's years.
bool SaysAge(const Scan& scan, std::size_t first, std::size_t last) {
  static const WordSet kAbout({"only", "just", "about", "bout", "now", "then", "nearly", "almost", "over", "maybe",
                               "approx", "around", "roughly", "past", "already", "still", "barely", "under", "well"});
  static const WordSet kTold({"aged", "turned", "turning", "turns"});
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
  if ((gap == " (" || gap == ", ") && PeopleRules::IsSomebody(*word))
    return gap == " (" ? Behind(scan, last, 1) == ")" : ends && Behind(scan, last, 1) != " ";
  std::size_t at = first;
  while (at > 1 && first - at < kQualifiersMax && kAbout.contains(scan.tokens[at - 1].hash) &&
         (scan.IsBetween(at - 1, ' ') || scan.Between(at - 1) == ". "))
    --at;
  if (!scan.IsBetween(at - 1, ' ')) return false;
  word = &scan.tokens[at - 1];
  const bool spelled = scan.tokens[first].digits == 0;
  if (kTold.contains(word->hash)) return ends || spelled;
  if (at < 2) return false;
  const Token& before = scan.tokens[at - 2];
  if (word->hash == kOf) return PeopleRules::IsSomebody(before) && (ends || GoesOnBehindYears(scan, last));
  if (word->hash == kBe) return before.hash == kWill && ends;  // "I'll be 80 and"
  if (word->hash == kAt) return spelled && last + 1 < scan.tokens.size() && kWho.contains(scan.tokens[last + 1].hash);
  const bool told = kShort.contains(word->hash) ||
                    (kIs.contains(word->hash) && (kWho.contains(before.hash) || PeopleRules::IsSomebody(before)));
  if (!told) return false;
  const bool short_number = !spelled && scan.tokens[first].size() < 2;  // "I am 1 of", "she was 3, 4"
  return (ends && !(short_number && word->hash != kWas)) || GoesOnBehindYears(scan, last);
}

// Words before a time of the day, or a date without one.
bool IsBeforeTime(const Token& token) {
  static const WordSet kWords({"at",     "by",    "before",  "after", "from",  "to",    "until", "till",  "since",
                               "around", "about", "between", "and",   "um",    "gegen", "bis",   "ab",    "vor",
                               "nach",   "von",   "vers",    "des",   "avant", "apres", "alle",  "dalle", "ore",
                               "om",     "rond",  "tegen",   "vanaf", "kl",    "klo",   "kell"});
  return kWords.contains(token.hash);
}

// "am" of "8am", "8 am", "8 p.m."; its last token, or `hour` where none follows.
std::size_t HalfOfDay(const Scan& scan, std::size_t hour) {
  static const WordSet kHalves({"am", "pm"});
  constexpr std::uint32_t kM = WordHash("m");
  const std::size_t next = hour + 1;
  if (next >= scan.tokens.size() || scan.Between(hour) != " ") return hour;
  const Token& token = scan.tokens[next];
  if (kHalves.contains(token.hash)) return next;
  const std::string_view letter = scan.Of(token);
  const bool dotted = (letter == "a" || letter == "p") && next + 1 < scan.tokens.size() && scan.IsBetween(next, '.') &&
                      scan.tokens[next + 1].hash == kM;
  return dotted ? next + 1 : hour;
}

bool HasHalfOfDay(std::string_view word, std::size_t digits) {
  const std::string_view letters = word.substr(digits);
  return letters == "am" || letters == "pm" || letters == "AM" || letters == "PM";
}

}  // namespace

bool PeopleRules::IsSomebody(const Token& token) {
  static const WordSet kPeople(
      {"son",      "daughter", "sons",         "daughters", "child",       "children",    "boy",      "boys",
       "girl",     "girls",    "man",          "woman",     "lad",         "lads",        "lady",     "gentleman",
       "guy",      "bloke",    "baby",         "toddler",   "teenager",    "youth",       "kid",      "kids",
       "widow",    "widower",  "pensioner",    "student",   "patient",     "mother",      "father",   "mum",
       "mom",      "dad",      "parents",      "brother",   "sister",      "twins",       "twin",     "nan",
       "gran",     "granny",   "grandma",      "grandad",   "grandfather", "grandmother", "grandson", "granddaughter",
       "aunt",     "uncle",    "cousin",       "nephew",    "niece",       "wife",        "husband",  "partner",
       "hubby",    "stepson",  "stepdaughter", "male",      "female",      "applicant",   "tenant",   "resident",
       "claimant", "suspect",  "victim",       "witness",   "defendant",   "pupil",       "juvenile", "person",
       "client",   "siblings", "grandchild"});
  return kPeople.contains(token.hash);
}

PeopleRules::PeopleRules(const std::vector<std::shared_ptr<const DetectorFile>>& files) {
  for (const auto& file : files) {
    if (file->pack.id == "full-name") person_ = file.get();
    if (file->pack.id == "age") age_ = file.get();
    if (file->pack.id == "date") date_ = file.get();
    if (file->pack.id == "marital-status") marital_ = file.get();
    if (file->pack.id == "sexual-orientation") orientation_ = file.get();
  }
}

void PeopleRules::Report(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
                         std::vector<Find>& finds) {
  if (file != nullptr) finds.push_back({scan.tokens[first].begin, scan.tokens[last].end, file, score});
}

void PeopleRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> people;
  for (const Find& find : finds) {
    if (find.detector == person_) people.emplace_back(find.begin, find.end);
  }
  std::ranges::sort(people);
  std::size_t seen = 0;  // tokens before it were looked at
  for (const auto& [begin, behind] : people) {
    const std::size_t first = scan.TokenAt(begin);
    std::size_t end = scan.TokenAt(behind);
    FindAgeBehind(scan, end, finds);
    FindAgeBefore(scan, first, finds);
    std::size_t at = first;
    while (at > seen && first - at < kWordsAround && !scan.tokens[at].line_before) --at;
    at = std::max(at, seen);
    while (end < scan.tokens.size() && end - first < kWordsAround && !scan.tokens[end].line_before) ++end;
    while (at < end) {
      if (scan.tokens.data()[at].digits == 0) {
        ++at;
        continue;
      }
      std::size_t next = FindTime(scan, at, finds);
      if (next == at) next = FindYear(scan, at, finds);
      at = std::max(next, at + 1);
    }
    seen = std::max(seen, end);
  }
}

// "Imogen Tsai (29)", "Chidi, 11, and", "Pearline turns 90", "Tereza is 19."; `end` is the token behind the name.
void PeopleRules::FindAgeBehind(const Scan& scan, std::size_t end, std::vector<Find>& finds) const {
  static const WordSet kTurns({"is", "was", "turns", "turned", "ist", "war", "wird", "wurde", "becomes"});
  if (end == 0 || end >= scan.tokens.size()) return;
  const std::string_view between = scan.Between(end - 1);
  std::size_t at = end;
  if ((between == " " || between == ", ") && end + 1 < scan.tokens.size() && kTurns.contains(scan.tokens[end].hash) &&
      scan.Between(end) == " ") {
    at = end + 1;
  } else if (between != " (" && between != ", ") {
    return;
  }
  if (IsAge(scan, scan.tokens[at]) && Ends(scan, at)) Report(scan, at, at, age_, kBeside, finds);
}

// "At 81, Grandpa Joe", "Mit 19 ...".
void PeopleRules::FindAgeBefore(const Scan& scan, std::size_t first, std::vector<Find>& finds) const {
  static const WordSet kAt({"at", "aged", "mit"});
  constexpr std::size_t kWordsBetween = 2;  // a title, a job
  for (std::size_t at = first; at > 1 && first - at <= kWordsBetween; --at) {
    if (scan.Between(at - 1) != ", ") continue;
    const Token& years = scan.tokens[at - 1];
    const Token& word = scan.tokens[at - 2];
    if (IsAge(scan, years) && kAt.contains(word.hash) && word.upper_first && scan.IsBetween(at - 2, ' '))
      Report(scan, at - 1, at - 1, age_, kBeside, finds);
    return;
  }
}

const std::vector<std::string>& PeopleRules::WordsOfYears() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const auto& list : {std::span<const std::string_view>(kOnes), std::span<const std::string_view>(kTeens),
                             std::span<const std::string_view>(kTens), std::span<const std::string_view>(kDecades)})
      all.insert(all.end(), list.begin(), list.end());
    return all;
  }();
  return words;
}

namespace {

// Of digits or of a word that says somebody's years.
bool IsNumber(const Token& token) {
  static const WordSet words = [] {
    WordSet set;
    for (const std::string& word : PeopleRules::WordsOfYears()) set.Insert(WordHash(word));
    return set;
  }();
  return token.digits > 0 || words.contains(token.hash);
}

}  // namespace

std::size_t PeopleRules::FindSaidAge(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (!MaySayAge(scan, at) || !IsNumber(scan.tokens[at])) return at;
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

const std::vector<std::string>& PeopleRules::WordsOfStatus() {
  static const std::vector<std::string> words = {"married", "divorced", "widowed",   "widower",
                                                 "widow",   "single",   "separated", "gay",
                                                 "lesbian", "bisexual", "bachelor",  "spinster"};
  return words;
}

std::size_t PeopleRules::FindSaidStatus(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kStatus(
      {"married", "divorced", "widowed", "widower", "widow", "single", "separated", "bachelor", "spinster"});
  static const WordSet kAsNoun({"widower", "widow", "bachelor", "spinster"});
  constexpr std::uint32_t kA = WordHash("a");
  static const WordSet kOrientation({"gay", "lesbian", "bisexual"});
  static const WordSet kIs({"is", "s", "m", "am"}), kShort({"im", "hes", "shes"}), kWho({"he", "she", "i", "who"});
  static const WordSet kNow({"now", "still", "recently", "twice", "not", "never"});
  const Token& token = scan.tokens[at];
  const bool orientation = kOrientation.contains(token.hash);
  if (at == 0 || token.line_before || (!orientation && !kStatus.contains(token.hash))) return at;
  const std::string_view gap = scan.Between(at - 1), behind = Behind(scan, at, 1);
  const bool ends = behind.empty() || IsOneOf(behind[0], ",.;)\n");
  bool said = (gap == ", " || gap == " (") && ends;
  const bool noun = gap == " " && ends && kAsNoun.contains(token.hash) && at > 1 && scan.tokens[at - 1].hash == kA &&
                    scan.Between(at - 2) == ", ";  // "is 79, a widower, and"
  said = said || noun;
  if (gap == " " && !noun) {
    std::size_t is = at - 1;
    if (is > 0 && kNow.contains(scan.tokens[is].hash) && scan.IsBetween(is - 1, ' ')) --is;
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

// "in his fifties", "early thirties", "late 20s", "mid 40s".
std::size_t PeopleRules::FindDecade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kPart({"early", "mid", "late"}), kWhose({"his", "her", "their", "my"});
  static const WordSet kOfYears({"the", "in", "since", "from", "until", "by"});  // "in the late 90s"
  static const WordSet decades = SetOf(kDecades);
  const Token& token = scan.tokens[at];
  const bool spelled = decades.contains(token.hash);
  const std::string_view text = scan.Of(token);
  const bool digits = token.digits == 2 && text.size() == 3 && text[1] == '0' && text[2] == 's';
  if (!spelled && !digits) return at;
  const bool parted =
      kPart.contains(scan.tokens[at - 1].hash) && (scan.IsBetween(at - 1, ' ') || scan.IsBetween(at - 1, '-'));
  const std::size_t first = parted ? at - 1 : at;
  const bool whose = first > 0 && kWhose.contains(scan.tokens[first - 1].hash) && scan.IsBetween(first - 1, ' ');
  const bool alone = parted && (first == 0 || !kOfYears.contains(scan.tokens[first - 1].hash));
  if (!whose && !alone) return at;
  Report(scan, first, at, age_, kSaidAge, finds);
  return at + 1;
}

// "at 02:40", "before 8:30", "9:40 pm", "7.30pm", "8am"; not the stamp of a line, which has seconds.
std::size_t PeopleRules::FindTime(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& hour = scan.tokens[at];
  if (hour.digits == 0 || hour.digits > 2) return at;
  constexpr int kHours = 24, kMinutes = 60;
  const std::string_view word = scan.Of(hour);
  if (!IsAsciiDigit(word[0]) || (at > 0 && !scan.Between(at - 1).ends_with(' '))) return at;
  if (HasHalfOfDay(word, hour.digits)) {
    Report(scan, at, at, date_, kTime, finds);
    return at + 1;
  }
  if (!hour.all_digits() || Number(scan, hour) >= kHours) return at;
  std::size_t last = at;
  bool half = false;
  const bool minutes_follow = at + 1 < scan.tokens.size() && (scan.IsBetween(at, ':') || scan.IsBetween(at, '.'));
  if (minutes_follow) {
    const Token& minutes = scan.tokens[at + 1];
    const std::string_view text = scan.Of(minutes);
    if (minutes.digits != 2 || !IsAsciiDigit(text[0]) || !IsAsciiDigit(text[1])) return at;
    if ((text[0] - '0') * 10 + (text[1] - '0') >= kMinutes) return at;
    half = HasHalfOfDay(text, 2);
    if (!half && !minutes.all_digits()) return at;
    last = at + 1;
  }
  if (!half) {
    const std::size_t with_half = HalfOfDay(scan, last);
    half = with_half > last;
    last = with_half;
  }
  static const WordSet kUnits({"uhr", "uur"});
  const bool unit =
      last + 1 < scan.tokens.size() && scan.IsBetween(last, ' ') && kUnits.contains(scan.tokens[last + 1].hash);
  if (unit) ++last;
  const bool with_colon = minutes_follow && scan.IsBetween(at, ':');
  const bool behind_word = at > 0 && scan.IsBetween(at - 1, ' ') && IsBeforeTime(scan.tokens[at - 1]);
  const std::string_view behind = Behind(scan, last, 2);
  const bool goes_on = behind.size() == 2 && IsOneOf(behind[0], ":./-") && IsAsciiDigit(behind[1]);
  if (goes_on || (!half && !unit && !(with_colon && behind_word))) return at;
  Report(scan, at, last, date_, kTime, finds);
  return last + 1;
}

// "since 2009", "from 2017 to 2021."; what happened in a year is a matter of history.
std::size_t PeopleRules::FindYear(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBefore({"since", "from", "to", "until", "till", "seit", "von", "bis", "ab", "desde", "hasta",
                                "depuis", "dal", "al", "ate", "sinds", "vanaf", "tot"});
  static const WordSet kGoesOn({"to",    "until",  "till", "and",  "as",  "by",   "with",  "when",
                                "after", "before", "for",  "the",  "at",  "from", "or",    "where",
                                "bis",   "und",    "als",  "mit",  "a",   "y",    "hasta", "como",
                                "con",   "et",     "e",    "come", "com", "en",   "tot",   "met"});
  const Token& token = scan.tokens[at];
  if (at == 0 || token.size() != 4 || !token.all_digits() || !scan.IsBetween(at - 1, ' ')) return at;
  const int year = Number(scan, token);
  if (year < kYearFirst || year > kYearLast || !kBefore.contains(scan.tokens[at - 1].hash)) return at;
  const bool word_behind = at + 1 < scan.tokens.size() && scan.IsBetween(at, ' ');
  const std::string_view behind = Behind(scan, at, 1);
  if (word_behind ? !kGoesOn.contains(scan.tokens[at + 1].hash) : !behind.empty() && !IsOneOf(behind[0], ",.;)\n!?"))
    return at;
  Report(scan, at, at, date_, kBeside, finds);
  return at + 1;
}

}  // namespace privity::detect
