#include "detect/internal/job_rules.h"

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::uint32_t kAcronymMax = 4;  // bytes of "CEO"
constexpr std::uint32_t kHead = WordHash("head"), kOf = WordHash("of"), kThe = WordHash("the");

// Signs between a name and what its bearer does, as sentences and signatures have them.
bool PartsFromJob(std::string_view between) {
  return between == ", " || between == " (" || between == " | " || between == " - " || between == " \u2013 " ||
         between == " \u00B7 ";
}

bool BeginsSentence(const Scan& scan, std::size_t at) {
  return at == 0 || scan.tokens[at].line_before || scan.Between(at - 1).ends_with(". ");
}

}  // namespace

JobRules::JobRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const GazetteerFile& gazetteer,
                   const JobVocabulary& words)
    : words_(words), spelled_(gazetteer.job_words) {
  for (const auto& file : files) {
    if (file->pack.id == "job-title") job_ = file.get();
    if (file->pack.id != "nationality-word") continue;
    origin_ = file.get();
    origins_.InsertAll(file->text->words);
  }
  jobs_.InsertAll(gazetteer.job_words);
  for (const std::string& pair : words_.pairs) {
    pairs_.Insert(HashOfPhrase(pair));
    spelled_.push_back(pair.substr(pair.rfind(' ') + 1));
    ends_of_pairs_.Insert(WordHash(spelled_.back()));
  }
}

std::vector<std::string> JobRules::WordsBefore() const {
  std::vector<std::string> before = spelled_;
  before.insert(before.end(), words_.begins.begin(), words_.begins.end());
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
  if (behind != " ") return behind.empty() || !IsOneOf(behind[0], "-_/'");
  const Token& next = scan.tokens[last + 1];
  return words_.behind_in_sentences.contains(next.hash) || (next.upper_first && !scan.tokens[last].upper_first) ||
         next.digits > 0;
}

// "responsable de PRL", "chef de projet": the token behind a word in small letters, or one of capitals alone, that says
// of what; "alcalde de Móstoles" says where.
std::size_t JobRules::BehindOfWhat(const Scan& scan, std::size_t end) const {
  static const WordSet kOfWhat({"de", "di", "d"});
  while (end < scan.tokens.size() && scan.IsBetween(end - 1, ' ') && IsKindOfJob(scan.tokens[end])) ++end;
  if (end + 1 >= scan.tokens.size() || !scan.IsBetween(end - 1, ' ') || !kOfWhat.contains(scan.tokens[end].hash))
    return end;
  const Token& what = scan.tokens[end + 1];
  const bool one = scan.IsBetween(end, ' ') || scan.IsBetween(end, '\'');
  const bool acronym = what.has_upper && !what.has_lower && what.size() <= 4;
  if (!one || !what.word() || (what.has_upper && !acronym) || words_.of_no_matter.contains(what.hash)) return end;
  end += 2;  // "estudiante de enfermería técnica"
  while (end < scan.tokens.size() && scan.IsBetween(end - 1, ' ') && IsKindOfJob(scan.tokens[end])) ++end;
  return end;
}

// "VP of Sales", "director of nursing", where these two words end: the token behind them, or `end`.
std::size_t JobRules::BehindDepartment(const Scan& scan, std::size_t end) const {
  if (end + 1 >= scan.tokens.size() || !words_.heads_of_departments.contains(scan.tokens[end - 1].hash)) return end;
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

// Without what stands before it: "the", "our".
void JobRules::Report(const Scan& scan, std::size_t first, std::size_t end, double score,
                      std::vector<detect::Find>& finds) const {
  while (first < end && (IsArticle(scan.tokens[first]) || words_.trade.contains(scan.tokens[first].hash))) ++first;
  first = BehindOrigin(scan, first, end, score, finds);
  if (job_ == nullptr || first >= end || end - first > kWordsMax) return;
  finds.push_back({scan.tokens[first].begin, scan.tokens[end - 1].end, job_, score});
}

// "a Kenyan nurse", "Japanese-Canadian cellist", "Mexican-born architect": where somebody is from is said for itself;
// the token behind it. What an "English teacher" teaches says nothing of it.
std::size_t JobRules::BehindOrigin(const Scan& scan, std::size_t first, std::size_t end, double score,
                                   std::vector<detect::Find>& finds) const {
  constexpr std::uint32_t kBorn = WordHash("born");
  if (origin_ == nullptr || first + 1 >= end || !IsOrigin(scan.tokens[first]) ||
      words_.teachers.contains(scan.tokens[end - 1].hash))
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
  constexpr std::size_t kPartsMax = 3;  // "(27, Nigerian, welder)": years, status and origin
  const std::size_t parts_end = std::min(begin + kPartsMax, scan.tokens.size() - 1);
  while (!below && begin < parts_end && scan.Between(begin) == ", " && PartsFromJob(scan.Between(begin - 1))) {
    const Token& part = scan.tokens[begin];
    const bool years = part.all_digits() && part.size() == 2;
    if (!years && !words_.beside_name.contains(part.hash) && !IsOrigin(part)) break;
    ++begin;
  }
  const std::string_view before = scan.Between(begin - 1);
  if (!below && !PartsFromJob(before)) return;
  if (words_.grown.contains(scan.tokens[begin].hash) && begin + 1 < scan.tokens.size() &&
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

}  // namespace privity::detect
