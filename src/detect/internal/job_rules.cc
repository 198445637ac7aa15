#include "detect/internal/job_rules.h"

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr double kJob = 0.6;
constexpr std::uint32_t kHead = WordHash("head"), kOf = WordHash("of");

bool IsArticle(const Token& token) {
  static const WordSet kArticles({"a",      "an",     "the",     "our",     "his",     "her",    "their",  "my",
                                  "its",    "former", "retired", "ein",     "eine",    "der",    "die",    "unser",
                                  "unsere", "mein",   "meine",   "un",      "una",     "une",    "le",     "la",
                                  "el",     "il",     "notre",   "nuestra", "nuestro", "nostra", "nostro", "um",
                                  "uma",    "nossa",  "nosso",   "de",      "een",     "het",    "onze",   "ons"});
  return kArticles.contains(token.hash);
}

// Signs between a name and what its bearer does, as sentences and signatures have them.
bool PartsFromJob(std::string_view between) {
  return between == ", " || between == " (" || between == " | " || between == " - " || between == " \u2013 " ||
         between == " \u00B7 ";
}

// Words behind a job that say where, for whom or what somebody said.
bool GoesOnBehind(const Token& token) {
  static const WordSet kBehind({"of",  "at", "for", "in",  "from",  "and",  "bei",  "von",
                                "der", "de", "del", "di",  "della", "chez", "a",    "em",
                                "da",  "do", "en",  "van", "te",    "bij",  "said", "who"});
  return kBehind.contains(token.hash);
}

// The token behind "Head of Compliance", or `first`.
std::size_t BehindHeadOf(const Scan& scan, std::size_t first) {
  if (first + 2 >= scan.tokens.size() || scan.tokens[first].hash != kHead || scan.tokens[first + 1].hash != kOf)
    return first;
  const bool one_line = scan.Between(first) == " " && scan.Between(first + 1) == " ";
  return one_line && scan.tokens[first + 2].word() ? first + 3 : first;
}

}  // namespace

JobRules::JobRules(const std::vector<std::shared_ptr<const DetectorFile>>& files,
                   const std::vector<std::string>& words) {
  for (const auto& file : files) {
    if (file->pack.id == "job-title") job_ = file.get();
  }
  for (const std::string& word : words) words_.Insert(WordHash(Fold(word)));
}

const std::vector<std::string>& JobRules::WordsBefore() {
  static const std::vector<std::string> kWords = {"as",        "als",  "como",     "comme",    "come", "appointed",
                                                  "profesion", "anos", "jubilado", "jubilada", "ama"};
  return kWords;
}

// Without what stands before it: "the", "our".
void JobRules::Report(const Scan& scan, std::size_t first, std::size_t end, std::vector<detect::Find>& finds) const {
  while (first < end && IsArticle(scan.tokens[first])) ++first;
  if (job_ == nullptr || first >= end || end - first > kWordsMax) return;
  finds.push_back({scan.tokens[first].begin, scan.tokens[end - 1].end, job_, kJob});
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
  if (!below && begin + 1 < scan.tokens.size() && scan.tokens[begin].all_digits() && scan.tokens[begin].size() == 2 &&
      scan.Between(begin) == ", ")
    ++begin;  // an age
  const std::string_view before = scan.Between(begin - 1);
  if (!below && !PartsFromJob(before)) return;
  std::size_t end = BehindHeadOf(scan, begin);
  if (end == begin) {
    end = 0;
    for (std::size_t i = begin; i < scan.tokens.size() && i < begin + kWordsMax; ++i) {
      const std::string_view between = scan.Between(i - 1);
      if (i > begin && between != " " && between != "-") break;
      if (scan.tokens[i].digits > 0 || (i > begin && GoesOnBehind(scan.tokens[i]))) break;
      if (IsJob(scan.tokens[i].hash)) end = i + 1;
    }
  }
  if (end == 0) return;
  const std::string_view after = scan.text.substr(scan.tokens[end - 1].end, 1);
  const bool parted = end < scan.tokens.size() && PartsFromJob(scan.Between(end - 1));
  const bool goes_on = end < scan.tokens.size() && GoesOnBehind(scan.tokens[end]);
  const bool ends = after.empty() || IsOneOf(after[0], below ? CharSet("\n") : CharSet(",.;)\n"));
  if (ends || parted || (goes_on && !below)) Report(scan, begin, end, finds);
}

// "our head gardener, Tomasz Wilk", "Nurse Petronella Khumalo", "our Managing Director Fergus Lyle"; `name` is its
// first token.
void JobRules::FindBefore(const Scan& scan, std::size_t name, std::vector<detect::Find>& finds) const {
  const std::string_view between = scan.Between(name - 1);
  if (!IsJob(scan.tokens[name - 1].hash)) return;
  std::size_t first = name - 1;
  if (between == " ") {
    if (!scan.tokens[first].upper_first) return;  // "the painter Ana Ruiz" is no title
    while (first > 0 && name - first < 4 && scan.Between(first - 1) == " " && scan.tokens[first - 1].upper_first &&
           scan.tokens[first - 1].word() && !IsArticle(scan.tokens[first - 1]))
      --first;
    return Report(scan, first, name, finds);
  }
  if (between != ", ") return;
  while (first > 0 && name - first < 4 && (scan.Between(first - 1) == " " || scan.Between(first - 1) == "-") &&
         scan.tokens[first - 1].digits == 0 && !IsArticle(scan.tokens[first - 1]) &&
         !GoesOnBehind(scan.tokens[first - 1]))
    --first;
  // Only behind its article is it known where it begins.
  if (first == 0 || IsArticle(scan.tokens[first - 1])) Report(scan, first, name, finds);
}

std::size_t JobRules::Find(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  const std::size_t end = FindAsWhat(scan, at, finds);
  return end == at ? FindTrade(scan, at, finds) : end;
}

// "works as a night nurse", "arbeitet als Pfleger", "trabaja como enfermera", "appointed head of procurement".
std::size_t JobRules::FindAsWhat(const Scan& scan, std::size_t as, std::vector<detect::Find>& finds) const {
  static const WordSet kAs({"as", "als", "como", "comme", "come"});
  static const WordSet kWork({"work",    "works",    "worked",   "working",   "job",       "employed",   "trained",
                              "career",  "shifts",   "nights",   "arbeite",   "arbeitet",  "arbeitete",  "tatig",
                              "trabaja", "trabajo",  "trabalha", "trabalho",  "trabajaba", "travaille",  "travaillait",
                              "lavora",  "lavorava", "lavoro",   "werkt",     "werkte",    "werk",       "he",
                              "she",     "i",        "hired",    "appointed", "promoted",  "contratado", "contratada"});
  constexpr std::uint32_t kAppointed = WordHash("appointed");
  const Token& token = scan.tokens[as];
  bool works = token.hash == kAppointed;
  if (!works && !kAs.contains(token.hash)) return as;
  works = works || token.upper_first;  // "As a midwife in Blantyre, she"
  for (std::size_t i = as; i > 0 && as - i < 3; --i) works = works || kWork.contains(scan.tokens[i - 1].hash);
  std::size_t first = as + 1;
  if (first < scan.tokens.size() && IsArticle(scan.tokens[first])) ++first;
  std::size_t end = BehindHeadOf(scan, first);  // "joined as its head of compliance"
  if (end == first) {
    if (!works) return as;
    end = 0;
    for (std::size_t i = first; i < scan.tokens.size() && i < first + 4 && scan.Between(i - 1) == " "; ++i) {
      if (IsJob(scan.tokens[i].hash)) end = i + 1;
    }
  }
  if (end == 0) return as;
  Report(scan, first, end, finds);
  return end;
}

// "albañil de profesión", "minero jubilado", "de 54 años, chatarrero", "ama de casa": how Spanish reports name
// somebody's trade.
std::size_t JobRules::FindTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  constexpr std::uint32_t kTrade = WordHash("profesion"), kYears = WordHash("anos"), kDe = WordHash("de");
  const auto is_job = [&](std::size_t i) { return IsJob(scan.tokens[i].hash); };
  const auto report = [&](std::size_t trade) {
    Report(scan, trade, trade + 1, finds);
    return at + 1;
  };
  if (scan.tokens[at].hash == kTrade && at >= 2 && scan.tokens[at - 1].hash == kDe && is_job(at - 2))
    return report(at - 2);
  static const WordSet kRetired({"jubilado", "jubilada"});
  if (kRetired.contains(scan.tokens[at].hash) && at >= 1 && scan.Between(at - 1) == " " && is_job(at - 1))
    return report(at - 1);
  constexpr std::uint32_t kMistress = WordHash("ama"), kHouse = WordHash("casa");
  if (scan.tokens[at].hash == kMistress && at + 2 < scan.tokens.size() && scan.tokens[at + 1].hash == kDe &&
      scan.tokens[at + 2].hash == kHouse) {
    Report(scan, at, at + 3, finds);
    return at + 3;
  }
  if (scan.tokens[at].hash != kYears || at + 1 >= scan.tokens.size() || scan.Between(at) != ", " || !is_job(at + 1))
    return at;
  const std::string_view after = scan.text.substr(scan.tokens[at + 1].end, 1);
  const bool said_again = at + 3 < scan.tokens.size() && scan.tokens[at + 3].hash == kTrade;
  return (after.empty() || IsOneOf(after[0], ",.;")) && !said_again ? report(at + 1) : at;
}

}  // namespace privity::detect
