// Where names of persons begin and end: titles before them, surnames before given ones, and those whom the text has
// named before; and persons behind a form of address or a relative, where the tagger was silent.
#include "detect/internal/name_rules.h"

#include <algorithm>
#include <array>

#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"

namespace privity::detect {
namespace {

constexpr double kTitle = 0.7;
constexpr std::uint32_t kIch = WordHash("ich");

// "M. Rabah" of a French text, by the words around: elsewhere the letter begins a name.
bool IsMonsieur(const NameVocabulary& words, const Scan& scan, std::size_t at) {
  constexpr std::uint32_t kM = WordHash("m"), kMm = WordHash("mm");
  constexpr std::size_t kWordsAround = 10, kFrenchMin = 2;
  const Token& token = scan.tokens[at];
  if ((token.hash != kM && token.hash != kMm) || !token.upper_first || scan.Between(at) != ". ") return false;
  std::size_t french = 0;
  for (std::size_t i = at - std::min(at, kWordsAround); i < std::min(at + kWordsAround, scan.tokens.size()); ++i)
    french += words.french.contains(scan.tokens[i].hash);
  return french >= kFrenchMin;
}

}  // namespace

// "Niamh Culhane arrived. Culhane said …": whoever was named whole is named by the surname later.
void NameRules::RecallSurnames(const Scan& scan, std::vector<TaggedName>& tagged) const {
  constexpr float kSure = 0.7f, kRecalled = 0.65f;
  std::vector<std::uint32_t> surnames;
  for (const TaggedName& name : tagged) {
    const Token& last = scan.tokens[name.last];
    if (name.kind != NameKind::kPerson || name.first == name.last || name.probability < kSure || last.size() < 4)
      continue;
    if ((tagger_.model().ListsOf(last.hash) & (kEveryday | kCommonWord | kTown | kCountry)) != 0) continue;
    surnames.push_back(last.hash);
  }
  if (surnames.empty()) return;
  std::sort(surnames.begin(), surnames.end());
  std::uint64_t may_be_one = 0;  // a bit for each: of most words it tells that they are none
  for (const std::uint32_t surname : surnames) may_be_one |= std::uint64_t{1} << surname % 64;
  std::vector<TaggedName> all;
  all.reserve(tagged.size());
  auto next = tagged.begin();
  for (std::size_t i = 0; i < scan.tokens.size(); ++i) {
    while (next != tagged.end() && next->last < i) all.push_back(*next++);
    const Token& token = scan.tokens.data()[i];
    if (!token.upper_first || (may_be_one >> token.hash % 64 & 1) == 0 ||
        !std::binary_search(surnames.begin(), surnames.end(), token.hash))
      continue;
    if (next == tagged.end() || next->first > i) {
      all.push_back({.first = i, .last = i, .kind = NameKind::kPerson, .probability = kRecalled});
    } else if (next->first == i && next->last == i && next->kind != NameKind::kPerson) {
      *next = {.first = i, .last = i, .kind = NameKind::kPerson, .probability = kRecalled};
    }
  }
  all.insert(all.end(), next, tagged.end());
  tagged = std::move(all);
}

// "GARCÍA LORCA, FEDERICO": surnames, a comma and a given name are one person.
bool NameRules::IsSurnameFirst(const Scan& scan, const TaggedName& surname, const TaggedName& given) const {
  const bool persons = surname.kind == NameKind::kPerson && given.kind == NameKind::kPerson;
  if (!persons || given.first != surname.last + 1) return false;
  const auto lists = [&](std::size_t at) { return tagger_.model().ListsOf(scan.tokens[at].hash); };
  const bool begins = surname.first == 0 || scan.tokens[surname.first].line_before;
  const bool ends = given.last + 1 == scan.tokens.size() || scan.tokens[given.last + 1].line_before;
  const bool calls_so = (lists(given.first) & kGivenName) != 0;
  const bool of_one_word = surname.first == surname.last && given.first == given.last;
  if (scan.IsBetween(surname.last, '/')) return of_one_word && calls_so;  // "Carr/Amelia", as journeys have it
  if (scan.Between(surname.last) != ", ") return false;
  const bool may_be_surname = lists(surname.first) == 0 || (lists(surname.first) & kSurname) != 0;
  if (begins && ends && of_one_word && calls_so && may_be_surname) return true;  // a line of an address
  const bool shouted = !scan.tokens[surname.first].has_lower && !scan.tokens[given.first].has_lower;
  // "Paciente: Ruiz Díaz, Norma Beatriz"
  bool labelled =
      surname.first > 0 && scan.Between(surname.first - 1) == ": " && (lists(surname.first) & kGivenName) == 0;
  for (std::size_t at = given.first; at <= given.last; ++at)
    labelled = labelled && (lists(at) & (kGivenName | kSurname)) == kGivenName;
  if (labelled) return true;
  if (!shouted || (lists(given.first) & kGivenName) == 0) return false;
  bool listed = false;
  for (std::size_t at = surname.first; at <= surname.last; ++at) {
    const bool is_surname = (lists(at) & kSurname) != 0;
    if (!is_surname && (lists(at) & kGivenName) != 0) return false;
    listed = listed || is_surname;
  }
  return listed;
}

// "Wilhelmina "Billie" Krause", which the tagger parts at a quote.
bool NameRules::IsNicknamed(const Scan& scan, const TaggedName& before, const TaggedName& name) {
  const auto opens = [&](std::size_t at) { return scan.Between(at) == " \"" || scan.Between(at) == " \u201C"; };
  const auto closes = [&](std::size_t at) { return scan.Between(at) == "\" " || scan.Between(at) == "\u201D "; };
  const bool persons = before.kind == NameKind::kPerson && name.kind == NameKind::kPerson;
  if (!persons || name.first != before.last + 1) return false;
  if (closes(before.last)) return before.last > before.first && opens(before.last - 1);
  return opens(before.last) && name.first + 1 < scan.tokens.size() && closes(name.first) &&
         scan.tokens[name.first + 1].upper_first;
}

void NameRules::JoinSurnameFirst(const Scan& scan, std::vector<TaggedName>& tagged) const {
  std::size_t kept = 0;
  for (const TaggedName& name : tagged) {
    if (kept > 0 && (IsSurnameFirst(scan, tagged[kept - 1], name) || IsNicknamed(scan, tagged[kept - 1], name)))
      tagged[kept - 1].last = name.last;
    else
      tagged[kept++] = name;
  }
  tagged.resize(kept);
  std::size_t next = 0;  // person; a name of another kind before it was a guess
  for (std::size_t i = 0; i < tagged.size(); ++i) {
    if (tagged[i].kind != NameKind::kPerson) continue;
    for (next = std::max(next, i + 1); next < tagged.size() && tagged[next].kind != NameKind::kPerson; ++next)
      ++scan.steps;
    const std::size_t from = i > 0 ? tagged[i - 1].last + 1 : 0;
    const std::size_t to = next < tagged.size() ? tagged[next].first : scan.tokens.size();
    CompleteSurnameFirst(scan, from, to, tagged[i]);
  }
  kept = 0;
  for (const TaggedName& name : tagged) {
    if (kept == 0 || name.first > tagged[kept - 1].last) tagged[kept++] = name;
  }
  tagged.resize(kept);
}

// "ARDEN, JOHN Q", of which the tagger knew one half. `from` and `to`: the tokens that are free around it.
void NameRules::CompleteSurnameFirst(const Scan& scan, std::size_t from, std::size_t to, TaggedName& name) const {
  const auto lists = [&](std::size_t at) { return tagger_.model().ListsOf(scan.tokens[at].hash); };
  const auto is_in_capitals = [&](std::size_t at) {
    const Token& token = scan.tokens[at];
    return token.word() && token.size() > 1 && token.has_upper && !token.has_lower;
  };
  // A word in no list is a surname where a field begins.
  const auto may_be_surname = [&](std::size_t at) {
    const bool begins = at == 0 || scan.tokens[at].line_before || !scan.Between(at - 1).starts_with(' ');
    return (lists(at) & kSurname) != 0 || (begins && scan.tokens[at].size() > 2 && lists(at) == 0);
  };
  const bool behind = name.first > from && scan.Between(name.first - 1) == ", " && is_in_capitals(name.first - 1) &&
                      is_in_capitals(name.first) && (lists(name.first) & kGivenName) != 0 &&
                      may_be_surname(name.first - 1);
  const bool before = name.first == name.last && name.last + 1 < to && scan.Between(name.last) == ", " &&
                      is_in_capitals(name.first) && (lists(name.first) & kSurname) != 0 &&
                      is_in_capitals(name.last + 1) &&
                      (lists(name.last + 1) & (kGivenName | kEveryday | kCommonWord)) == kGivenName;
  if (!behind && !before) return;
  name.first -= behind ? 1 : 0;
  name.last += before ? 1 : 0;
  if (name.last + 1 >= to || scan.Between(name.last) != " ") return;
  const Token& initial = scan.tokens[name.last + 1];
  name.last += initial.size() == 1 && initial.has_upper ? 1 : 0;
}

// "lunch with Hill, Moore and Ochoa": whom the tagger took for a firm; who trade together are told by what stands
// before them (FindPartners).
void NameRules::PartPeople(const Scan& scan, std::vector<TaggedName>& tagged) const {
  constexpr std::uint32_t kAnd = WordHash("and");
  constexpr std::size_t kTokens = 4;
  const auto partners = [&](const TaggedName& name) -> std::array<std::size_t, 3> {
    return {name.first, name.first + 1, name.last};
  };
  const auto is_three = [&](const TaggedName& name) {
    if (name.kind != NameKind::kOrganization || name.last + 1 != name.first + kTokens) return false;
    if (scan.Between(name.first) != ", " || scan.tokens[name.first + 2].hash != kAnd) return false;
    return std::ranges::all_of(partners(name), [&](std::size_t partner) {
      return (tagger_.model().ListsOf(scan.tokens[partner].hash) & kSurname) != 0;
    });
  };
  if (std::ranges::none_of(tagged, is_three)) return;
  std::vector<TaggedName> all;
  for (const TaggedName& name : tagged) {
    if (!is_three(name)) {
      all.push_back(name);
      continue;
    }
    for (const std::size_t partner : partners(name)) {
      all.push_back(name);
      all.back().kind = NameKind::kPerson;
      all.back().believed = true;
      all.back().first = all.back().last = partner;
    }
  }
  tagged = std::move(all);
}

// "Siobhan D.", "Kayden T (9)": behind the letter that stands for a surname, and its dot.
std::uint32_t NameRules::BehindLastInitial(const Scan& scan, const TaggedName& name, std::uint32_t end) const {
  constexpr std::uint32_t kI = WordHash("i");
  const auto is_initial = [&](std::size_t at) {
    const Token& token = scan.tokens[at];
    return token.size() == 1 && token.has_upper && token.word() && scan.IsBetween(at - 1, ' ');
  };
  const auto is_dotted = [&](std::size_t at) { return scan.text.substr(scan.tokens[at].end).starts_with('.'); };
  const Token& last = scan.tokens[name.last];
  if (name.last == name.first + 1 && end == last.end && is_initial(name.last) && last.hash != kI)
    return last.end + (is_dotted(name.last) ? 1 : 0);
  if (name.first != name.last || end != last.end || name.last + 1 >= scan.tokens.size()) return end;
  if (!IsGiven(last) || !is_initial(name.last + 1) || scan.tokens[name.last + 1].hash == kI) return end;
  const std::uint32_t behind = scan.tokens[name.last + 1].end;
  if (is_dotted(name.last + 1)) return behind + 1;
  const std::string_view rest = scan.text.substr(behind, 2);
  return rest.empty() || IsOneOf(rest[0], ",;)\n'") || rest == " (" ? behind : end;
}

// "D. Óscar Villalobos" is Óscar Villalobos, "Dr. rer. nat. Ilse Brandt" Ilse Brandt.
std::size_t NameRules::WithoutTitle(const Scan& scan, const TaggedName& name) const {
  const auto is_degree = [&](std::size_t at) {
    return !scan.tokens[at].has_upper && words_.names.degrees.contains(scan.tokens[at].hash) &&
           scan.Between(at) == ". ";
  };
  const auto is_title = [&](std::size_t at) {
    const Token& token = scan.tokens[at];
    const std::string_view between = scan.Between(at);
    const bool is_short = words_.labels.short_titles.contains(token.hash) && between == ". ";
    const bool is_form =
        honorifics_.contains(token.hash) && (token.size() <= 6 || words_.names.titles.contains(token.hash));
    return (between == ". " || between == " ") && (is_form || is_short);
  };
  // "Claimant Hodan Jama", "Garda Mulvihill"
  std::size_t first = name.first;
  while (first < name.last && words_.names.roles.contains(scan.tokens[first].hash) && scan.IsBetween(first, ' '))
    ++first;
  if (first < name.last && IsMonsieur(words_.names, scan, first)) ++first;
  if (first + 2 <= name.last && scan.tokens[first].hash == kIch && !scan.tokens[first + 1].has_upper &&
      IsCapital(scan, first + 2))
    first += 2;  // "Ich bin Ronny"
  // "Kære Mathilde Østergaard", "Pacientka Ludmila Horáková"; "Cara" and "Mila" may be somebody.
  while (first < name.last && greetings_.contains(scan.tokens[first].hash) && !IsGiven(scan.tokens[first]) &&
         IsCapital(scan, first + 1) && scan.Between(first) == " ")
    ++first;
  for (std::size_t i = first + 1; i < name.last; ++i) {  // "Then Mr. Thomas Wright" is none but Mr. Wright
    const Token& token = scan.tokens[i];
    if (words_.names.titles.contains(token.hash) && token.upper_first && token.size() <= 4 && is_title(i)) first = i;
  }
  while (first < name.last && jobs_.IsJob(scan.tokens[first].hash) && scan.tokens[first].has_lower &&
         !IsGiven(scan.tokens[first]) && !IsListed(scan.tokens[first], kSurname) && IsCapital(scan, first + 1) &&
         scan.Between(first) == " ")
    ++first;  // "Intendantin Friederike Sandoval"
  while (first < name.last &&
         (is_degree(first) ||
          (is_title(first) && (IsCapital(scan, first + 1) || is_degree(first + 1) || !scan.tokens[first].has_upper)))) {
    ++first;
  }
  return first;
}

// "Mr." before a name.
void NameRules::ReportTitle(const Scan& scan, std::size_t first, std::vector<Find>& finds) const {
  if (first == 0 || title_ == nullptr) return;
  const Token& token = scan.tokens[first - 1];
  const std::string_view between = scan.Between(first - 1);
  // "mr", "ms", "prof.", but not "coach", "frau"
  const bool written_small = !token.upper_first && token.size() > (between == ". " ? 4 : 3);
  if (written_small || !words_.names.titles.contains(token.hash) ||
      (between != " " && between != ". " && between != "."))
    return;
  finds.push_back({token.begin, token.end + (between[0] == '.' ? 1 : 0), title_, kTitle});
}

// "my stepson, Rafferty, would", "the concierge (Anatoly)": one capital word beside the word for a relative or a job;
// and "– Anoushka" at the end of a message. Another token stands before it, with more than a space between them.
std::size_t NameRules::FindIntroduced(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint16_t kOthers = kCalendarWord | kCountry;
  const Token& name = scan.tokens[at];
  if (name.line_before) return at;
  const std::string_view before = scan.Between(at - 1);
  const char behind = name.end < scan.text.size() ? scan.text[name.end] : '\0';
  const bool in_a_pair = (before == ", " && IsOneOf(behind, ",.")) || (before == " (" && behind == ')');
  const bool behind_sentence = before.size() > 3 && IsOneOf(before[0], ".?!") && before[1] == ' ';
  const std::string_view dash = before.substr(behind_sentence ? 1 : 0);
  const bool ends = at + 1 == scan.tokens.size() || scan.tokens[at + 1].line_before || behind == ',';
  const bool signs = ends && (dash == " \u2013 " || dash == " - " || dash == " \u2014 ");
  if ((!in_a_pair && !signs) || !IsCapital(scan, at) || name.size() < 2 || !name.has_lower) return at;
  const std::uint16_t lists = tagger_.model().ListsOf(name.hash);
  if (words_.names.no_given_names.contains(name.hash) || (lists & kOthers) != 0 || demonyms_.contains(name.hash))
    return at;
  const bool beside = in_a_pair && !scan.tokens[at - 1].upper_first &&
                      (people_.IsSomebody(scan.tokens[at - 1]) || jobs_.IsJob(scan.tokens[at - 1].hash));
  if (!beside && !(signs && (IsGiven(name) || (behind_sentence && lists == 0)))) return at;
  if (beside && (lists & kTown) != 0 && (lists & kGivenName) == 0) return at;
  Report(scan, at, at, person_, kAddressed, finds);
  return at + 1;
}

// "Ma. Guadalupe", "Mª José": how Spanish cuts María short.
bool NameRules::IsMaria(const Scan& scan, std::size_t at) {
  static const WordSet kShort({"ma", "m?"});  // folded
  const Token& token = scan.tokens[at];
  return token.upper_first && kShort.contains(token.hash) && (scan.Between(at) == ". " || scan.Between(at) == " ");
}

// "grandma joan": what a relative is called before the name.
bool NameRules::IsKin(const Token& token) const {
  return words_.names.kin.contains(token.hash);
}

// "Dr. Okonkwo": a form of address makes a person of the capital words after it.
std::size_t NameRules::FindAddressed(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (at + 1 >= scan.tokens.size()) return at;
  if (at > 0 && scan.tokens[at - 1].digits > 0 && !scan.tokens[at].has_upper) return at;  // "41 mm. Informado"
  const std::string_view between = scan.Between(at);
  if (between != " " && between != ". " && between != ".") return at;
  static const WordSet kOfNobodyElse({"mr", "mrs", "ms"});
  if (!IsCapital(scan, at + 1)) {  // "ms. alvarez", "rev. thackeray"
    const Token& next = scan.tokens[at + 1];
    if (IsKin(scan.tokens[at])) {  // "grandpa joe", but not "oma war"
      const std::uint16_t lists = tagger_.model().ListsOf(next.hash);
      const bool named = next.word() && next.size() > 2 && (lists & (kGivenName | kSurname)) != 0 &&
                         (lists & (kCommonWord | kParticle | kCalendarWord)) == 0;
      if (!named || between != " " || called_after_.contains(HashOfWords(scan, at, at + 1))) return at;
      Report(scan, at, at + 1, person_, kAddressed, finds);
      return at + 2;
    }
    const bool unknown = next.word() && next.size() >= 5 && tagger_.model().ListsOf(next.hash) == 0;
    const bool title = kOfNobodyElse.contains(scan.tokens[at].hash) ||
                       (between == ". " && words_.names.titles_cut_short.contains(scan.tokens[at].hash));
    if (!title || (!unknown && !IsListed(next, kGivenName | kSurname))) return at;
    if (called_after_.contains(HashOfWords(scan, at, at + 1))) return at;  // "dr. oetker"
    if (kOfNobodyElse.contains(scan.tokens[at].hash)) ReportTitle(scan, at + 1, finds);
    Report(scan, at + 1, at + 1, person_, kAddressed, finds);
    return at + 2;
  }
  constexpr std::uint32_t kD = WordHash("d");
  if (honorifics_.contains(scan.tokens[at + 1].hash)) return at;  // "Prof. Dr. Okonkwo": the next one's name
  if (scan.tokens[at + 1].hash == kD && scan.text.substr(scan.tokens[at + 1].end).starts_with('.'))
    return at;  // "Sr. D. Luis", "Sra. D.ª Pilar"
  const std::size_t end = RunEnd(scan, at + 1);
  const bool organization = std::any_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(at + 1),
                                        scan.tokens.begin() + static_cast<std::ptrdiff_t>(end),
                                        [&](const Token& token) { return organizations_.contains(token.hash); });
  const bool called_so = called_after_.contains(HashOfWords(scan, at, at + 1));  // "Captain Morgan rum"
  if (organization || called_so) return end;
  if (kOfNobodyElse.contains(scan.tokens[at].hash)) ReportTitle(scan, at + 1, finds);
  Report(scan, at + 1, end - 1, person_, kAddressed, finds);
  return end;
}

}  // namespace privity::detect
