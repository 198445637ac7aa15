#include "detect/internal/job_rules.h"

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr double kJob = 0.6;
constexpr std::uint32_t kAcronymMax = 4;  // bytes of "CEO"
constexpr std::size_t kModifiersMax = 4;  // words before what a job is
constexpr std::uint32_t kHead = WordHash("head"), kOf = WordHash("of"), kThe = WordHash("the");

// Signs between a name and what its bearer does, as sentences and signatures have them.
bool PartsFromJob(std::string_view between) {
  return between == ", " || between == " (" || between == " | " || between == " - " || between == " \u2013 " ||
         between == " \u00B7 ";
}

bool IsCapitalWord(const Token& token) {
  return token.upper_first && token.has_lower;
}

bool BeginsSentence(const Scan& scan, std::size_t at) {
  return at == 0 || scan.tokens[at].line_before || scan.Between(at - 1).ends_with(". ");
}

}  // namespace

JobRules::JobRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const GazetteerFile& gazetteer)
    : spelled_(gazetteer.job_words) {
  for (const auto& file : files) {
    if (file->pack.id == "job-title") job_ = file.get();
    if (file->pack.id != "nationality-word") continue;
    origin_ = file.get();
    for (const std::string& word : file->text->words) origins_.Insert(WordHash(Fold(word)));
  }
  const auto fill = [](WordSet& set, const std::vector<std::string>& words) {
    for (const std::string& word : words) set.Insert(WordHash(Fold(word)));
  };
  fill(words_, gazetteer.job_words);
  const JobWords& around = gazetteer.around_jobs;
  for (const std::string& pair : around.pairs) {
    const auto space = pair.rfind(' ');
    const std::string end = pair.substr(space + 1);
    pairs_.Insert(WordsHashGoesOn(WordHash(Fold(pair.substr(0, space))), WordHash(Fold(end))));
    ends_of_pairs_.Insert(WordHash(Fold(end)));
    spelled_.push_back(end);
  }
  fill(things_, around.things);
  fill(kinds_of_work_, around.kinds_of_work);
  fill(departments_, around.departments);
  fill(kinds_of_people_, around.kinds_of_people);
  fill(specialities_, around.specialities);
  fill(in_no_job_, around.in_no_job);
  fill(before_, around.before);
  fill(behind_, around.behind);
  fill(behind_in_sentences_, around.behind_in_sentences);
  fill(behind_in_reports_, around.behind_in_reports);
  fill(before_as_, around.before_as);
  fill(people_, around.people);
  fill(relatives_, around.relatives);
}

std::vector<std::string> JobRules::WordsBefore() const {
  std::vector<std::string> before = spelled_;
  before.insert(before.end(), {"become", "becoming", "became",    "named",     "promoted",  "as",      "als",
                               "como",   "comme",    "come",      "appointed", "profesion", "anos",    "edad",
                               "anni",   "ans",      "jubilado",  "jubilada",  "ama",       "elected", "soy",
                               "cargo",  "puesto",   "ocupacion", "categoria"});
  return before;
}

// "health visitor", "dinner lady", "deputy head"; `last` is its second token.
bool JobRules::IsPair(const Scan& scan, std::size_t last) const {
  if (last == 0 || !ends_of_pairs_.contains(scan.tokens[last].hash)) return false;
  return scan.IsBetween(last - 1, ' ') && pairs_.contains(HashOfWords(scan, last - 1, last));
}

// A word that may be a part of what a job is called, right before the next one.
bool JobRules::IsModifier(const Scan& scan, std::size_t at) const {
  const std::string_view between = scan.Between(at);
  return scan.tokens[at].word() && (between == " " || between == "-") && !IsNoPart(scan.tokens[at]);
}

// Whether a job may end with the token: "a nurse call button" has none.
bool JobRules::MayEnd(const Scan& scan, std::size_t last) const {
  if (last + 1 == scan.tokens.size() || scan.tokens[last + 1].line_before) return true;
  const std::string_view behind = scan.Between(last);
  if (behind != " ") return behind[0] != '-' && behind[0] != '_' && behind[0] != '/' && behind[0] != '\'';
  const Token& next = scan.tokens[last + 1];
  return behind_in_sentences_.contains(next.hash) || (next.upper_first && !scan.tokens[last].upper_first) ||
         next.digits > 0;
}

// Whether the words from `first` to `last` are somebody's job, by the word before them.
// "Mr Gandy, 49, HGV driver, nil by mouth", "67 y/o male, retired bus driver", "Samoan, fruit picker": between signs,
// behind an age, a sex or where somebody is from.
bool JobRules::IsSetOff(const Scan& scan, std::size_t first, std::size_t last) const {
  static const WordSet kStatus(
      {"male", "female", "married", "single", "divorced", "widowed", "separated", "retired", "yo"});
  if (first == 0 || scan.tokens[first].line_before) return false;
  const std::string_view behind = scan.text.substr(scan.tokens[last].end, 2);
  if (!behind.empty() && !IsOneOf(behind[0], ",.;)\n") && behind != " /") return false;
  const Token& before = scan.tokens[first - 1];
  constexpr std::uint32_t kRetired = WordHash("retired");
  if (before.hash == kRetired && scan.IsBetween(first - 1, ' ')) return true;
  if (scan.Between(first - 1) != ", ") return false;
  const bool years = before.all_digits() && before.size() == 2 && first > 1 && scan.Between(first - 2).ends_with(' ');
  return years || kStatus.contains(before.hash) || IsOrigin(before);
}

bool JobRules::IsSomebodys(const Scan& scan, std::size_t first, std::size_t last, bool pair) const {
  static const WordSet kA({"a", "an"}), kWhose({"my", "our", "his", "her", "their", "your", "ur"}),
      kOnce({"formerly", "ex", "once"});
  static const WordSet kIs({"am", "m", "im", "is", "s", "was", "been", "become", "became", "being", "be"});
  static const WordSet kTitles({"mr", "mrs", "ms", "miss", "dr", "rev", "fr", "prof", "sir"});
  static const WordSet kAm({"am", "m", "im"}), kNow({"am", "m", "im", "is", "s"});
  constexpr std::uint32_t kI = WordHash("i"), kYour = WordHash("your"), kUr = WordHash("ur");
  constexpr std::size_t kNear = 4;
  const Token& head = scan.tokens[last];
  const bool sure = pair || !IsOfThings(head) || (first < last && IsKindOfWork(scan.tokens[last - 1]));
  const std::string_view behind = last + 1 < scan.tokens.size() ? scan.Between(last) : std::string_view();
  const bool name_behind = behind == " " && scan.tokens[last + 1].upper_first && !head.upper_first;
  const bool name_in_a_pair = (behind == ", " || behind == " (") && scan.tokens[last + 1].upper_first;
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
  if (kWhose.contains(word.hash)) {
    const bool yours = word.hash == kYour || word.hash == kUr;  // "ask your travel agent"
    const bool told = before > 0 && kIs.contains(scan.tokens[before - 1].hash) && scan.Between(before - 1) == " ";
    if (told && !yours && !kAm.contains(scan.tokens[before - 1].hash) && (sure || first < last))
      return true;  // "Piet is our agronomist"
    const bool named = behind == " " && last + 2 < scan.tokens.size() && kIs.contains(scan.tokens[last + 1].hash) &&
                       scan.Between(last + 1) == " " && IsCapitalWord(scan.tokens[last + 2]);
    if (named && sure) return true;  // "our new receptionist is Aoibheann"
    static const WordSet kOurs({"my", "our"});
    if (sure && behind == " " && !head.upper_first && kOurs.contains(word.hash)) return true;  // "my carer is a man"
    return sure && (name_behind || (!yours && (name_in_a_pair || first < last)));
  }
  if ((word.hash == kThe || kA.contains(word.hash)) && behind == ", " && kTitles.contains(scan.tokens[last + 1].hash))
    return true;  // "the skipper, Mr Boyle"
  if (before == 0) return false;
  if (kIs.contains(word.hash) || word.hash == kThe || kA.contains(word.hash)) {
    const bool comma = scan.Between(before - 1) == ", ";
    if (word.hash == kThe && IsCapitalWord(scan.tokens[before - 1]) && scan.Between(before - 1) == " " && sure)
      return true;                                     // "Raymond the site manager"
    if (comma) return kA.contains(word.hash) && sure;  // "his brother-in-law, a surveyor in Nakuru"
    const std::size_t is = kIs.contains(word.hash) ? before : before - 1;
    if (!kIs.contains(scan.tokens[is].hash)) return false;
    if (is != before && kA.contains(word.hash) && kAm.contains(scan.tokens[is].hash)) return true;
    const bool present = kNow.contains(scan.tokens[is].hash);  // "he was a poet" tells of the dead
    for (std::size_t i = is + 1; i > 0 && is + 1 - i < kNear; --i) {
      const std::uint32_t who = scan.tokens[i - 1].hash;
      if (who == kI || (present && people_.contains(who))) return is != before || sure;
    }
  }
  return false;
}

// "responsable de PRL", "chef de projet": the token behind a word in small letters, or one of capitals alone, that says
// of what; "alcalde de Móstoles" says where.
std::size_t JobRules::BehindOfWhat(const Scan& scan, std::size_t end) const {
  static const WordSet kOfWhat({"de", "di", "d"});
  static const WordSet kArticles({"la", "el", "los", "las", "su", "profesion", "oficio", "un", "una", "le", "les", "l",
                                  "edad", "nuestra", "nuestro"});
  while (end < scan.tokens.size() && scan.IsBetween(end - 1, ' ') && IsKindOfJob(scan.tokens[end])) ++end;
  if (end + 1 >= scan.tokens.size() || !scan.IsBetween(end - 1, ' ') || !kOfWhat.contains(scan.tokens[end].hash))
    return end;
  const Token& what = scan.tokens[end + 1];
  const bool one = scan.IsBetween(end, ' ') || scan.IsBetween(end, '\'');
  const bool acronym = what.has_upper && !what.has_lower && what.size() <= 4;
  if (!one || !what.word() || (what.has_upper && !acronym) || kArticles.contains(what.hash)) return end;
  end += 2;  // "estudiante de enfermería técnica"
  while (end < scan.tokens.size() && scan.IsBetween(end - 1, ' ') && IsKindOfJob(scan.tokens[end])) ++end;
  return end;
}

// "VP of Sales", "director of nursing", where these two words end: the token behind them, or `end`.
std::size_t JobRules::BehindDepartment(const Scan& scan, std::size_t end) const {
  static const WordSet kLeads({"vp", "president", "director", "chief", "manager", "dean"});
  if (end + 1 >= scan.tokens.size() || !kLeads.contains(scan.tokens[end - 1].hash)) return end;
  const bool of = scan.IsBetween(end - 1, ' ') && scan.tokens[end].hash == kOf && scan.IsBetween(end, ' ');
  return of && IsDepartment(scan.tokens[end + 1]) ? end + 2 : end;
}

// "Engineer, biomedical", "Director, people and culture" on a line of its own: the token behind the part, or `end`.
std::size_t JobRules::BehindPart(const Scan& scan, std::size_t end) const {
  constexpr std::size_t kWords = 4;
  if (end >= scan.tokens.size() || scan.Between(end - 1) != ", ") return end;
  for (std::size_t i = end; i < scan.tokens.size() && i < end + kWords; ++i) {
    if (!scan.tokens[i].word() || scan.tokens[i].has_upper) return end;
    if (i > end && !scan.IsBetween(i - 1, ' ') && !scan.IsBetween(i - 1, '/')) return end;
    if (i + 1 == scan.tokens.size() || scan.Between(i) == "\n") return i + 1;
  }
  return end;
}

// The token behind "Head of Compliance", or `first`.
std::size_t JobRules::BehindHeadOf(const Scan& scan, std::size_t first) const {
  if (first + 2 >= scan.tokens.size() || scan.tokens[first].hash != kHead || scan.tokens[first + 1].hash != kOf)
    return first;
  const bool one_line = scan.Between(first) == " " && scan.Between(first + 1) == " ";
  if (!one_line || !scan.tokens[first + 2].word()) return first;
  const std::size_t end = first + 3;  // "head of offshore operations"
  return end < scan.tokens.size() && scan.IsBetween(end - 1, ' ') && IsDepartment(scan.tokens[end]) ? end + 1 : end;
}

// "She works as a school crossing patrol.", "had been employed as a fish filleter at": whatever somebody works as is a
// job. The token behind it, or 0.
std::size_t JobRules::BehindAnyWork(const Scan& scan, std::size_t as, std::size_t first) const {
  static const WordSet kWork({"work", "works", "worked", "working", "employed", "job"});
  constexpr std::size_t kWordsBehindAs = 3;
  if (as == 0 || first != as + 2 || scan.tokens[as].hash != WordHash("as")) return 0;
  if (!kWork.contains(scan.tokens[as - 1].hash) || scan.Between(as - 1) != " ") return 0;
  for (std::size_t i = first; i < scan.tokens.size() && i < first + kWordsBehindAs; ++i) {
    const Token& token = scan.tokens[i];
    if (!token.word() || IsNoPart(token) || (i > first && scan.Between(i - 1) != " ")) return 0;
    if (MayEnd(scan, i)) return i + 1;
  }
  return 0;
}

// Without what stands before it: "the", "our".
void JobRules::Report(const Scan& scan, std::size_t first, std::size_t end, double score,
                      std::vector<detect::Find>& finds) const {
  static const WordSet kTrade({"profesion", "oficio", "ocupacion"});  // "de profesión marinero"
  while (first < end && (IsArticle(scan.tokens[first]) || kTrade.contains(scan.tokens[first].hash))) ++first;
  first = BehindOrigin(scan, first, end, score, finds);
  if (job_ == nullptr || first >= end || end - first > kWordsMax) return;
  finds.push_back({scan.tokens[first].begin, scan.tokens[end - 1].end, job_, score});
}

// "a Kenyan nurse", "Japanese-Canadian cellist", "Mexican-born architect": where somebody is from is said for itself;
// the token behind it. What an "English teacher" teaches says nothing of it.
std::size_t JobRules::BehindOrigin(const Scan& scan, std::size_t first, std::size_t end, double score,
                                   std::vector<detect::Find>& finds) const {
  static const WordSet kOfLanguages({"teacher", "tutor", "lecturer", "professor"});
  constexpr std::uint32_t kBorn = WordHash("born");
  if (origin_ == nullptr || first + 1 >= end || !IsOrigin(scan.tokens[first]) ||
      kOfLanguages.contains(scan.tokens[end - 1].hash))
    return first;
  std::size_t last = first, next = first + 1;
  if (next + 1 < end && scan.IsBetween(first, '-')) {
    if (!IsOrigin(scan.tokens[next]) && scan.tokens[next].hash != kBorn) return first;
    if (IsOrigin(scan.tokens[next])) last = next;
    ++next;
  }
  if (!scan.IsBetween(next - 1, ' ')) return first;
  finds.push_back({scan.tokens[first].begin, scan.tokens[last].end, origin_, score});
  return next;
}

// "Catholic", not "english".
bool JobRules::IsOrigin(const Token& token) const {
  return token.upper_first && origins_.contains(token.hash);
}

void JobRules::FindBeside(const Scan& scan, std::size_t first, std::size_t last,
                          std::vector<detect::Find>& finds) const {
  FindBehind(scan, last, finds);
  if (first > 0) FindBefore(scan, first, finds);
}

// "Tomasz Wilk, site foreman, said", "Tomasz Wilk (54), head of sales", and on a line of its own below the name.
void JobRules::FindBehind(const Scan& scan, std::size_t last, std::vector<detect::Find>& finds) const {
  std::size_t begin = last + 1;
  if (begin >= scan.tokens.size()) return;
  const bool below = scan.Between(last) == "\n";
  static const WordSet kStatus({"married", "divorced", "widowed", "single", "separated", "male", "female", "now"});
  constexpr std::size_t kPartsMax = 3;  // "(27, Nigerian, welder)": years, status and origin
  const std::size_t parts_end = std::min(begin + kPartsMax, scan.tokens.size() - 1);
  while (!below && begin < parts_end && scan.Between(begin) == ", " && PartsFromJob(scan.Between(begin - 1))) {
    const Token& part = scan.tokens[begin];
    const bool years = part.all_digits() && part.size() == 2;
    if (!years && !kStatus.contains(part.hash) && !IsOrigin(part)) break;
    ++begin;
  }
  const std::string_view before = scan.Between(begin - 1);
  if (!below && !PartsFromJob(before)) return;
  static const WordSet kGrown({"mayor", "menor"});  // "mayor de edad"
  if (kGrown.contains(scan.tokens[begin].hash) && begin + 1 < scan.tokens.size() &&
      scan.tokens[begin + 1].hash == WordHash("de"))
    return;
  std::size_t end = BehindHeadOf(scan, begin);
  if (end == begin) {
    end = 0;
    for (std::size_t i = begin; i < scan.tokens.size() && i < begin + kWordsMax; ++i) {
      const std::string_view between = scan.Between(i - 1);
      if (i > begin && between != " " && between != "-") break;
      if (scan.tokens[i].digits > 0 || (i > begin && GoesOnBehind(scan.tokens[i]))) break;
      if (IsNoPart(scan.tokens[i]) && !IsArticle(scan.tokens[i])) break;
      if (IsJob(scan.tokens[i].hash) || IsPair(scan, i)) end = i + 1;
    }
  }
  if (end == 0) return;
  end = BehindDepartment(scan, BehindOfWhat(scan, end));
  if (below) end = BehindPart(scan, end);
  const std::string_view after = scan.text.substr(scan.tokens[end - 1].end, 1);
  const bool parted = end < scan.tokens.size() && PartsFromJob(scan.Between(end - 1));
  const bool goes_on = end < scan.tokens.size() && GoesOnBehind(scan.tokens[end]);
  const bool ends = after.empty() || IsOneOf(after[0], below ? CharSet("\n") : CharSet(",.;:)\n"));
  if (ends || parted || (goes_on && !below)) Report(scan, begin, end, kJob, finds);
}

// "our head gardener, Tomasz Wilk", "Nurse Petronella Khumalo", "our Managing Director Fergus Lyle"; `name` is its
// first token.
void JobRules::FindBefore(const Scan& scan, std::size_t name, std::vector<detect::Find>& finds) const {
  const std::string_view between = scan.Between(name - 1);
  if (!IsJob(scan.tokens[name - 1].hash)) return;
  constexpr std::uint32_t kPartner = WordHash("partner");  // who lives with somebody
  std::size_t first = name - 1;
  if (between == " ") {
    // "the painter Ana Ruiz" is no title in English; "el alcalde", "il sindaco", "le maire" before a name are.
    static const WordSet kRomance(
        {"el", "la", "il", "lo", "le", "l", "o", "un", "una", "une", "um", "uma", "del", "al", "du"});
    if (!scan.tokens[first].upper_first) {
      const bool article = first > 0 && kRomance.contains(scan.tokens[first - 1].hash) &&
                           (scan.IsBetween(first - 1, ' ') || scan.IsBetween(first - 1, '\''));
      const bool english = first == 0 || scan.tokens[first - 1].hash != kThe;
      while (first > 0 && scan.Between(first - 1) == " " && !scan.tokens[first - 1].has_upper &&
             IsKindOfWork(scan.tokens[first - 1]))
        --first;  // "line manager Stuart Birtwhistle"
      if (first > 0 && scan.IsBetween(first - 1, ' ') && IsOrigin(scan.tokens[first - 1])) --first;
      const bool shop = first > 0 && scan.IsBetween(first - 1, ' ') && BeginsSentence(scan, first - 1) &&
                        IsKindOfWork(scan.tokens[first - 1]);
      if (shop) --first;  // "Shop steward Bernie Culshaw"
      if (article || (english && scan.tokens[name - 1].hash != kPartner)) Report(scan, first, name, kJob, finds);
      return;
    }
    const bool acronym = !scan.tokens[first].has_lower && scan.tokens[first].size() <= kAcronymMax;
    if (acronym) return Report(scan, first, name, kJob, finds);  // "Bluefern Energy CEO Dana Whitfield"
    while (first > 0 && name - first < 4 && scan.Between(first - 1) == " " && scan.tokens[first - 1].upper_first &&
           scan.tokens[first - 1].word() && !IsArticle(scan.tokens[first - 1]))
      --first;
    return Report(scan, first, name, kJob, finds);
  }
  if (between != ", ") return;
  while (first > 0 && name - first < 4 && (scan.Between(first - 1) == " " || scan.Between(first - 1) == "-") &&
         scan.tokens[first - 1].digits == 0 && !IsArticle(scan.tokens[first - 1]) &&
         !GoesOnBehind(scan.tokens[first - 1]))
    --first;
  // Only behind its article is it known where it begins.
  if (first == 0 || IsArticle(scan.tokens[first - 1])) Report(scan, first, name, kJob, finds);
}

std::size_t JobRules::Find(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  std::size_t end = FindAsWhat(scan, at, finds);
  if (end == at) end = FindTrade(scan, at, finds);
  return end == at ? FindInSentence(scan, at, finds) : end;
}

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

// "works as a night nurse", "arbeitet als Pfleger", "trabaja como enfermera", "appointed head of procurement".
std::size_t JobRules::FindAsWhat(const Scan& scan, std::size_t as, std::vector<detect::Find>& finds) const {
  static const WordSet kAs({"as", "als", "como", "comme", "come"});
  static const WordSet kChosen({"appointed", "elected", "named", "promoted"});
  static const WordSet kBecomes({"become", "becoming", "became"});
  static const WordSet kTakesPost({"joined", "joining", "joins", "succeed", "succeeds", "succeeded", "succeeding",
                                   "replace", "replaces", "replaced", "hired", "employed", "promoted", "trabaja",
                                   "trabajaba", "labora", "laboro", "servicios", "presta"});
  const Token& token = scan.tokens[as];
  constexpr std::uint32_t kPromoted = WordHash("promoted"), kTo = WordHash("to"), kNamed = WordHash("named");
  const bool becomes = kBecomes.contains(token.hash), named = token.hash == kNamed;
  bool works = kChosen.contains(token.hash) || becomes;
  if (!works && !kAs.contains(token.hash)) return as;
  works = works || token.upper_first;  // "As a midwife in Blantyre, she"
  constexpr std::uint32_t kComo = WordHash("como");
  const std::size_t reach = token.hash == kComo ? 5 : 3;  // "trabaja en este centro como conserje"
  for (std::size_t i = as; i > 0 && as - i < reach; --i) {
    if (scan.Between(i - 1).find_first_of("\"=") != std::string_view::npos) break;  // of code
    works = works || before_as_.contains(scan.tokens[i - 1].hash);
  }
  // "joined Hill, Moore and Ochoa as a clerk", "trabaja en Talleres Mora, S.L. desde el 3 de mayo de 2016 como tornero"
  const std::size_t reach_of_post = token.hash == kComo ? 16 : 6;
  for (std::size_t i = as; i > 0 && as - i < reach_of_post && !works && !scan.tokens[i].line_before; --i)
    works = kTakesPost.contains(scan.tokens[i - 1].hash);
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

// "soy celador", "al cargo de asistente de bodega", "su esposo, guardia civil,", "Taxista de 58 años": what reports and
// letters in Spanish say somebody does. The token behind it, or `at`.
std::size_t JobRules::FindOwnTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  static const WordSet kLeads({"cargo", "puesto", "ocupacion", "categoria"});
  constexpr std::uint32_t kSoy = WordHash("soy"), kDe = WordHash("de"), kYears = WordHash("anos");
  const Token& token = scan.tokens[at];
  const auto is_job = [&](std::size_t i) { return i < scan.tokens.size() && IsJob(scan.tokens[i].hash); };
  std::size_t first = at;
  if (token.hash == kSoy && scan.IsBetween(at, ' ')) {
    first = at + 1;
  } else if (kLeads.contains(token.hash)) {
    if (at + 2 >= scan.tokens.size() || scan.tokens[at + 1].hash != kDe) return at;
    first = at + 2;
  } else if (is_job(at) && at > 0 && relatives_.contains(scan.tokens[at - 1].hash)) {
    if (scan.Between(at - 1) != ", " && scan.Between(at - 1) != " (") return at;
  } else {
    const bool years = is_job(at) && token.upper_first && at + 3 < scan.tokens.size() &&
                       scan.tokens[at + 1].hash == kDe && scan.tokens[at + 2].all_digits() &&
                       scan.tokens[at + 3].hash == kYears;
    if (!years) return at;
    Report(scan, at, at + 1, kJob, finds);
    return at + 1;
  }
  if (!is_job(first)) return at;
  const std::size_t end = BehindOfWhat(scan, first + 1);
  Report(scan, first, end, kJob, finds);
  return end;
}

// Whether a word near a trade says that somebody is spoken of, in its line.
bool JobRules::IsOfSomebody(const Scan& scan, std::size_t at, std::size_t end) const {
  static const WordSet kSomebody(
      {"anos",        "edad",       "paciente", "varon",    "mujer",      "hombre",     "soltero",  "soltera",
       "casado",      "casada",     "viudo",    "viuda",    "divorciado", "divorciada", "separado", "separada",
       "hijo",        "hija",       "hijos",    "hijas",    "hermano",    "hermana",    "hermanos", "padre",
       "madre",       "padres",     "marido",   "esposo",   "esposa",     "pareja",     "abuelo",   "abuela",
       "suegra",      "suegro",     "tio",      "tia",      "primo",      "prima",      "novio",    "novia",
       "vecino",      "vecina",     "vive",     "convive",  "reside",     "nacido",     "nacida",   "domicilio",
       "dni",         "nif",        "nie",      "jubilado", "jubilada",   "sexo",       "fumador",  "fumadora",
       "exfumador",   "exfumadora", "diestro",  "diestra",  "acude",      "refiere",    "consulta", "curriculum",
       "experiencia", "hijastro",   "sobrino",  "sobrina",  "clinica",    "dolor",      "sesion",   "alergias",
       "disnea",      "nuera",      "yerno",    "cunado",   "cunada",     "soy",        "llamo",    "dona"});
  constexpr std::size_t kBefore = 14, kBehind = 8;
  for (std::size_t i = at; i > 0 && at - i < kBefore && !scan.tokens[i].line_before; --i) {
    if (kSomebody.contains(scan.tokens[i - 1].hash)) return true;
  }
  for (std::size_t i = end; i < scan.tokens.size() && i < end + kBehind && !scan.tokens[i].line_before; ++i) {
    if (kSomebody.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "DNI 11398270C, electricista.", "Peluquera, dolor de hombro", "fue maestra rural", "su hijo y celador": a trade
// between signs, or behind what somebody is, where the line speaks of somebody. The token behind it, or `at`.
std::size_t JobRules::FindSetOffTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  static const WordSet kIs({"es", "fue", "era", "siendo", "sido"});
  static const WordSet kGoesOn({"en",  "desde",    "durante",  "por",      "con",      "toda",        "que",
                                "sin", "jubilado", "jubilada", "retirado", "retirada", "prejubilado", "prejubilada",
                                "de",  "y",        "e",        "interna",  "interno",  "externa",     "externo"});
  constexpr std::uint32_t kAnd = WordHash("y");
  const Token& token = scan.tokens[at];
  if (!IsJob(token.hash) || relatives_.contains(token.hash) || (token.has_upper && !token.has_lower)) return at;
  const char last = scan.text[token.end - 1];
  if (!IsOneOf(last, "aoerlnz")) return at;
  const std::string_view before = at == 0 || token.line_before ? "\n" : scan.Between(at - 1);
  const bool begins = before == "\n" || before.ends_with(". ");
  bool led = false;
  if (before == " ") {
    const Token& word = scan.tokens[at - 1];
    const bool and_of_two = word.hash == kAnd && at >= 2 && scan.IsBetween(at - 2, ' ') &&
                            (relatives_.contains(scan.tokens[at - 2].hash) || IsJob(scan.tokens[at - 2].hash));
    led = kIs.contains(word.hash) || and_of_two;
  }
  const bool set_off =
      before == ", " || before == ": " || before == " / " || before == "; " || before == " (" || begins;
  if (!led && !set_off) return at;
  if (begins != token.upper_first && (begins || before == ", ")) return at;
  const std::size_t end = BehindOfWhat(scan, at + 1);
  const std::string_view behind = scan.text.substr(scan.tokens[end - 1].end, 2);
  const bool ends = behind.empty() || IsOneOf(behind[0], ",.;)\n") || behind == " /";
  const bool goes_on =
      end < scan.tokens.size() && scan.IsBetween(end - 1, ' ') && kGoesOn.contains(scan.tokens[end].hash);
  static const WordSet kGrown({"mayor", "menor", "parte"});  // "mayor de edad"
  const bool label =
      goes_on && end + 1 < scan.tokens.size() && scan.text.substr(scan.tokens[end + 1].end).starts_with(':');
  if (kGrown.contains(token.hash) || label) return at;
  if ((!ends && !goes_on) || !IsOfSomebody(scan, at, end)) return at;
  Report(scan, at, end, kJob, finds);
  return end;
}

// "albañil de profesión", "minero jubilado", "de 54 años, chatarrero", "ama de casa": how Spanish reports name
// somebody's trade.
std::size_t JobRules::FindTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  constexpr std::uint32_t kTrade = WordHash("profesion"), kAge = WordHash("edad"), kDe = WordHash("de");
  const auto is_job = [&](std::size_t i) { return IsJob(scan.tokens[i].hash); };
  const auto report = [&](std::size_t trade) {
    Report(scan, trade, trade + 1, kJob, finds);
    return at + 1;
  };
  if (scan.tokens[at].hash == kTrade && at >= 2 && scan.tokens[at - 1].hash == kDe && is_job(at - 2))
    return report(at - 2);
  const bool said_before =
      at >= 1 && scan.tokens[at - 1].hash == kDe && at + 1 < scan.tokens.size() && scan.IsBetween(at, ' ');
  if (scan.tokens[at].hash == kTrade && said_before && is_job(at + 1)) {  // "de profesión carpintero"
    const std::size_t end = BehindOfWhat(scan, at + 2);
    Report(scan, at + 1, end, kJob, finds);
    return end;
  }
  if (const std::size_t end = FindOwnTrade(scan, at, finds); end > at) return end;
  static const WordSet kRetired({"jubilado", "jubilada"});
  if (kRetired.contains(scan.tokens[at].hash) && at >= 1 && scan.Between(at - 1) == " " && is_job(at - 1))
    return report(at - 1);
  constexpr std::uint32_t kMistress = WordHash("ama"), kHouse = WordHash("casa");
  if (scan.tokens[at].hash == kMistress && at + 2 < scan.tokens.size() && scan.tokens[at + 1].hash == kDe &&
      scan.tokens[at + 2].hash == kHouse) {
    Report(scan, at, at + 3, kJob, finds);
    return at + 3;
  }
  if (const std::size_t end = FindSetOffTrade(scan, at, finds); end > at) return end;
  static const WordSet kUnits({"anos", "anni", "ans", "jahre", "a", "edad"});
  if (!kUnits.contains(scan.tokens[at].hash) || scan.tokens[at].hash == kDe || at == 0) return at;
  const bool behind_years = scan.tokens[at - 1].all_digits() || scan.tokens[at].hash == kAge;
  constexpr std::size_t kWordsBetween = 4;  // "66 años de edad, casado, agricultor en"
  for (std::size_t i = at; behind_years && i + 1 < scan.tokens.size() && i < at + kWordsBetween; ++i) {
    const std::string_view between = scan.Between(i);
    if (between != ", " && between != "., " && between != " ") return at;
    if (between == " " || !is_job(i + 1)) continue;
    const std::size_t end = BehindOfWhat(scan, i + 2);
    const bool said_again = end + 1 < scan.tokens.size() && scan.tokens[end + 1].hash == kTrade;
    const std::string_view after = scan.text.substr(scan.tokens[end - 1].end, 1);
    const bool ends = after.empty() || IsOneOf(after[0], ",.;)\n");
    const bool goes_on = end < scan.tokens.size() &&
                         (GoesOnBehind(scan.tokens[end]) || behind_in_reports_.contains(scan.tokens[end].hash));
    if (said_again || (!ends && !goes_on)) return at;
    Report(scan, i + 1, end, kJob, finds);
    return end;
  }
  return at;
}

}  // namespace privity::detect
