#include "detect/internal/name_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr double kReport = 0.5;
constexpr double kGiven = 0.52;
constexpr double kEverydayGiven = 0.20;
constexpr double kSurname = 0.30;
constexpr double kEverydaySurname = 0.15;
constexpr double kUnknownAfterGiven = 0.15;
constexpr double kInitial = 0.15;
constexpr double kHonorific = 0.60;
constexpr double kLabel = 0.35;
constexpr double kPlace = 0.55;
constexpr double kOrganization = 0.65;
constexpr double kStreet = 0.75;
constexpr std::size_t kNameWordsMax = 5;

bool IsParticle(std::string_view word) {
  static const std::unordered_set<std::string_view> kParticles = {"van", "von", "de",  "der", "den", "la", "le",
                                                                  "di",  "da",  "del", "dos", "das", "du", "bin",
                                                                  "al",  "el",  "ter", "ten", "zu",  "af", "y"};
  return kParticles.contains(word);
}

}  // namespace

NameRules::NameRules(const GazetteerFile& gazetteer, const std::vector<std::shared_ptr<const DetectorFile>>& files) {
  const auto fill = [](Words& set, const std::vector<std::string>& words) {
    for (const std::string& word : words) set.insert(WordHash(Fold(word)));
  };
  fill(first_names_, gazetteer.first_names);
  fill(last_names_, gazetteer.last_names);
  fill(everyday_, gazetteer.everyday);
  fill(honorifics_, gazetteer.honorifics);
  fill(labels_, gazetteer.labels);
  fill(street_after_, gazetteer.street_after);
  fill(street_before_, gazetteer.street_before);
  fill(organizations_, gazetteer.organization_words);
  fill(places_, gazetteer.places);
  street_endings_ = gazetteer.street_endings;
  for (const auto& file : files) {
    const std::string& id = file->pack.id;
    if (id == "full-name") person_ = file.get();
    if (id == "first-name") given_ = file.get();
    if (id == "last-name") surname_ = file.get();
    if (id == "place") place_ = file.get();
    if (id == "city") city_ = file.get();
    if (id == "organization-name") organization_ = file.get();
    if (id == "street-address") street_ = file.get();
  }
}

void NameRules::Report(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
                       std::vector<Find>& finds) const {
  if (file == nullptr || score < kReport) return;
  finds.push_back({scan.tokens[first].begin, scan.tokens[last].end, file, std::min(score, 0.95)});
}

void NameRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  for (std::size_t i = 0; i < scan.tokens.size();) {
    const std::size_t street_end = FindStreet(scan, i, finds);
    if (street_end > i) {
      i = street_end;
      continue;
    }
    if (IsCapital(scan, i)) {
      i = FindRun(scan, i, finds);
    } else {
      FindLowerName(scan, i, finds);
      ++i;
    }
  }
}

bool NameRules::IsCapital(const Scan& scan, std::size_t at) const {
  return at < scan.tokens.size() && scan.tokens[at].digits == 0 && scan.tokens[at].upper_first;
}

bool NameRules::IsInitial(const Scan& scan, std::size_t at) const {
  const Token& token = scan.tokens[at];
  return token.size() == 1 && token.upper_first && token.end < scan.text.size() && scan.text[token.end] == '.';
}

// Whether two neighbouring words may belong to one name: "Ana Ruiz", "Jean-Luc", "O'Brien", "J. Ruiz".
bool NameRules::Joined(const Scan& scan, std::size_t left) const {
  if (left + 1 >= scan.tokens.size()) return false;
  const std::string_view between = scan.Between(left);
  return between == " " || between == "-" || between == "'" || between == "\u2019" || between == "\u00A0" ||
         (between == ". " && scan.tokens[left].size() <= 2);
}

// The token after a run of capital words, particles inside included.
std::size_t NameRules::RunEnd(const Scan& scan, std::size_t first) const {
  std::size_t end = first + 1;
  while (end < scan.tokens.size() && end - first < kNameWordsMax && Joined(scan, end - 1)) {
    if (IsCapital(scan, end)) {
      ++end;
      continue;
    }
    std::size_t next = end;
    while (next < scan.tokens.size() && next - end < 2 && Joined(scan, next - 1) &&
           IsParticle(scan.Of(scan.tokens[next])))
      ++next;
    if (next == end || !IsCapital(scan, next) || !Joined(scan, next - 1)) break;
    end = next + 1;
  }
  return end;
}

// What the words before a name say: a form of address, or a label with a colon or greeting.
double NameRules::Introduced(const Scan& scan, std::size_t first) const {
  if (first == 0) return 0;
  const Token& before = scan.tokens[first - 1];
  const std::string_view between = scan.Between(first - 1);
  if (honorifics_.contains(before.hash) && (between == " " || between == ". " || between == ".")) return kHonorific;
  if (!labels_.contains(before.hash)) return 0;
  const bool told = between.find_first_of(":=,\"\t") != between.npos && between.size() <= 6;
  return told || between == " " ? kLabel : 0;
}

double NameRules::ScorePerson(const Scan& scan, std::size_t first, std::size_t end) const {
  double score = Introduced(scan, first);
  bool given = false;
  for (std::size_t i = first; i < end; ++i) {
    const Token& token = scan.tokens[i];
    const bool everyday = everyday_.contains(token.hash);
    if (i == first && first_names_.contains(token.hash)) {
      score += everyday ? kEverydayGiven : kGiven;
      given = true;
    } else if (IsInitial(scan, i)) {
      score += kInitial;
    } else if (last_names_.contains(token.hash) || (given && first_names_.contains(token.hash))) {
      score += everyday ? kEverydaySurname : kSurname;
    } else if (i > first && given && !everyday && !places_.contains(token.hash)) {
      score += kUnknownAfterGiven;
    } else if (organizations_.contains(token.hash)) {
      return 0;
    }
  }
  const bool introduced_run = score >= kLabel && !given && end - first >= 2;
  return introduced_run ? score + 0.2 : score;
}

std::size_t NameRules::FindRun(const Scan& scan, std::size_t first, std::vector<Find>& finds) const {
  std::size_t begin = first;
  while (begin < scan.tokens.size() && honorifics_.contains(scan.tokens[begin].hash) && IsCapital(scan, begin) &&
         begin + 1 < scan.tokens.size() && IsCapital(scan, begin + 1) &&
         scan.tokens[begin + 1].begin - scan.tokens[begin].end <= 2) {
    ++begin;
  }
  const std::size_t end = RunEnd(scan, begin);
  for (std::size_t i = begin; i < end; ++i) {
    // "Acme Holdings Ltd", "Universidad de Granada": an organization, not a person.
    if (organizations_.contains(scan.tokens[i].hash) && end - begin >= 2) {
      Report(scan, begin, end - 1, organization_, kOrganization, finds);
      return end;
    }
  }
  for (std::size_t start = begin; start < end; ++start) {
    const std::uint32_t word = scan.tokens[start].hash;
    if ((labels_.contains(word) || honorifics_.contains(word)) && start + 1 < end) continue;  // "Dear Ana Ruiz"
    const bool can_begin =
        start == begin || first_names_.contains(word) || IsInitial(scan, start) || Introduced(scan, start) > 0;
    const double score = can_begin ? ScorePerson(scan, start, end) : 0;
    if (score >= kReport) {
      Report(scan, start, end - 1, person_, score, finds);
      return end;
    }
    if (places_.contains(scan.tokens[start].hash)) Report(scan, start, start, place_, kPlace, finds);
  }
  return end;
}

// "john smith" in chats and logs: only where both words are names and nothing else.
void NameRules::FindLowerName(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  if (token.digits > 0 || !first_names_.contains(token.hash) || everyday_.contains(token.hash) || !Joined(scan, at))
    return;
  const Token& next = scan.tokens[at + 1];
  if (last_names_.contains(next.hash) && !everyday_.contains(next.hash)) Report(scan, at, at + 1, person_, 0.65, finds);
}

bool NameRules::EndsAsStreet(std::string_view word) const {
  const std::string folded = Fold(word.substr(0, 48));
  return std::any_of(street_endings_.begin(), street_endings_.end(), [&](const std::string& ending) {
    return folded.size() >= ending.size() + 3 && folded.ends_with(ending);
  });
}

// The token after a street with its number, or `at` when none begins here.
std::size_t NameRules::FindStreet(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const auto& tokens = scan.tokens;
  const Token& token = tokens[at];
  const auto number = [&](std::size_t i) {
    return i < tokens.size() && tokens[i].digits > 0 && tokens[i].digits <= 5 && tokens[i].size() <= 6;
  };
  const auto close = [&](std::size_t left) {
    return left + 1 < tokens.size() && tokens[left + 1].begin - tokens[left].end <= 3 && !tokens[left + 1].line_before;
  };
  if (number(at)) {  // 5 Elm Street
    for (std::size_t i = at + 1; i < tokens.size() && i <= at + 5 && close(i - 1); ++i) {
      if (street_after_.contains(tokens[i].hash) && i > at + 1 && tokens[i].upper_first == tokens[at + 1].upper_first) {
        Report(scan, at, i, street_, kStreet, finds);
        return i + 1;
      }
      if (!IsCapital(scan, i) && tokens[i].digits == 0) break;
    }
    if (street_before_.contains(tokens[std::min(at + 1, tokens.size() - 1)].hash) && close(at) &&
        IsCapital(scan, std::min(at + 2, tokens.size() - 1))) {
      const std::size_t end = RunEnd(scan, at + 2);  // 12 rue Victor Hugo
      Report(scan, at, end - 1, street_, kStreet, finds);
      return end;
    }
    return at;
  }
  if (street_before_.contains(token.hash) && close(at)) {  // Calle Mayor 5
    std::size_t i = at + 1;
    while (i < tokens.size() && i < at + 7 && close(i - 1) && (IsCapital(scan, i) || IsParticle(scan.Of(tokens[i]))))
      ++i;
    const bool named = i > at + 1;
    static const std::uint32_t kNo = WordHash("n"), kNum = WordHash("num"), kNumber = WordHash("no");
    if (named && i < tokens.size() && close(i - 1) &&
        (tokens[i].hash == kNo || tokens[i].hash == kNum || tokens[i].hash == kNumber))
      ++i;
    if (named && number(i) && close(i - 1)) {
      Report(scan, at, i, street_, kStreet, finds);
      return i + 1;
    }
    if (named && token.upper_first && IsCapital(scan, i - 1)) {
      Report(scan, at, i - 1, street_, 0.55, finds);
      return i;
    }
    return at;
  }
  if (token.upper_first && token.digits == 0 && EndsAsStreet(scan.Of(token)) && close(at) &&
      number(at + 1)) {  // Lindenstraße 5
    Report(scan, at, at + 1, street_, kStreet, finds);
    return at + 2;
  }
  return at;
}

const DetectorFile* NameRules::KindOfValue(const Scan& scan) const {
  if (scan.tokens.empty() || scan.tokens.size() > 7) return nullptr;
  std::vector<Find> finds;
  if (FindStreet(scan, 0, finds) > 0) return street_;
  std::size_t given = 0, surnames = 0, places = 0;
  for (const Token& token : scan.tokens) {
    if (token.digits > 0 || organizations_.contains(token.hash)) return nullptr;
    given += first_names_.contains(token.hash);
    surnames += last_names_.contains(token.hash);
    places += places_.contains(token.hash);
  }
  const std::size_t n = scan.tokens.size();
  if (n == 1) {
    if (places == 1 && given == 0) return city_;
    if (given == 1 && surnames == 0) return given_;
    return surnames == 1 ? surname_ : given == 1 ? given_ : nullptr;
  }
  return given >= 1 && n <= 5 ? person_ : nullptr;
}

}  // namespace privity::detect
