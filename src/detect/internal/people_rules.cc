#include "detect/internal/people_rules.h"

#include <algorithm>

namespace privity::detect {
namespace {

constexpr std::size_t kWordsAround = 24;  // of a person, in its line
constexpr int kYearsMax = 110;

}  // namespace

PeopleRules::PeopleRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const PeopleVocabulary& words)
    : words_(words) {
  for (const SpelledWords* list : {&words_.ones, &words_.teens, &words_.tens, &words_.decades})
    years_.InsertAll(list->spelled);
  for (const auto& file : files) {
    if (file->pack.id == "full-name") person_ = file.get();
    if (file->pack.id == "age") age_ = file.get();
    if (file->pack.id == "date") date_ = file.get();
    if (file->pack.id == "marital-status") marital_ = file.get();
    if (file->pack.id == "sexual-orientation") orientation_ = file.get();
  }
}

std::vector<std::string> PeopleRules::SaidWords() const {
  std::vector<std::string> all;
  for (const SpelledWords* list :
       {&words_.ones, &words_.teens, &words_.tens, &words_.decades, &words_.status, &words_.orientation})
    all.insert(all.end(), list->spelled.begin(), list->spelled.end());
  return all;
}

bool PeopleRules::IsSomebody(const Token& token) const {
  return words_.somebody.contains(token.hash);
}

// Of a token of digits.
int PeopleRules::Number(const Scan& scan, const Token& token) {
  constexpr std::size_t kDigitsMax = 4;
  if (token.size() > kDigitsMax) return -1;
  int number = 0;
  for (const char c : scan.Of(token)) {
    if (!IsAsciiDigit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

bool PeopleRules::IsAge(const Scan& scan, const Token& token) {
  const int years = token.all_digits() && token.size() <= 3 ? Number(scan, token) : 0;
  return years > 0 && years <= kYearsMax && scan.text[token.begin] != '0';
}

std::string_view PeopleRules::Behind(const Scan& scan, std::size_t at, std::size_t bytes) {
  return scan.text.substr(scan.tokens[at].end, bytes);
}

// "29)", "29.", "29 and", and not "29.5", "29 boxes", "29, 30".
bool PeopleRules::Ends(const Scan& scan, std::size_t at) const {
  const std::string_view behind = Behind(scan, at, 3);
  if (behind.empty() || behind[0] == '\n' || behind[0] == ')') return true;
  if (IsOneOf(behind[0], ",.;!?")) {
    const bool is_number = behind.size() > 1 && IsAsciiDigit(behind[behind[1] == ' ' && behind.size() > 2 ? 2 : 1]);
    return !is_number && (behind.size() == 1 || IsOneOf(behind[1], " \n!?\")"));
  }
  return behind[0] == ' ' && at + 1 < scan.tokens.size() && words_.behind_age.contains(scan.tokens[at + 1].hash);
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
  if (end == 0 || end >= scan.tokens.size()) return;
  const std::string_view between = scan.Between(end - 1);
  std::size_t at = end;
  if ((between == " " || between == ", ") && end + 1 < scan.tokens.size() &&
      words_.becomes.contains(scan.tokens[end].hash) && scan.Between(end) == " ") {
    at = end + 1;
  } else if (between != " (" && between != ", ") {
    return;
  }
  if (IsAge(scan, scan.tokens[at]) && Ends(scan, at)) Report(scan, at, at, age_, kBeside, finds);
}

// "At 81, Grandpa Joe", "Mit 19 ...".
void PeopleRules::FindAgeBefore(const Scan& scan, std::size_t first, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsBetween = 2;  // a title, a job
  for (std::size_t at = first; at > 1 && first - at <= kWordsBetween; --at) {
    if (scan.Between(at - 1) != ", ") continue;
    const Token& years = scan.tokens[at - 1];
    const Token& word = scan.tokens[at - 2];
    if (IsAge(scan, years) && words_.at_age.contains(word.hash) && word.upper_first && scan.IsBetween(at - 2, ' '))
      Report(scan, at - 1, at - 1, age_, kBeside, finds);
    return;
  }
}

}  // namespace privity::detect
