// Words of lists, and which of them count only beside people.
#include "detect/internal/text_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/text_evidence.h"

namespace privity::detect {
namespace {

// "hermana mayor", "hijos políticos", "grand-mère", "beau-père".
void WidenRelative(const Scan& scan, std::size_t at, Find& find) {
  static const WordSet kWhich(
      {"mediano", "mediana", "pequeno", "pequena", "nieto", "nieta", "politico", "politica", "politicos", "politicas"});
  static const WordSet kBefore({"grand", "beau", "belle", "petit", "petite", "arriere", "demi", "ex"});
  if (at > 0 && scan.IsBetween(at - 1, '-') && kBefore.contains(scan.tokens[at - 1].hash))
    find.begin = scan.tokens[at - 1].begin;
  if (at + 1 < scan.tokens.size() && scan.IsBetween(at, ' ') && kWhich.contains(scan.tokens[at + 1].hash))
    find.end = scan.tokens[at + 1].end;
}

}  // namespace

void TextRules::FindWords(const Scan& scan, const Places& places, std::vector<Find>& finds) const {
  for (const SpokenCue& spoken : places.words) {
    const Token& token = scan.tokens[spoken.token];
    for (const Word& word : spoken.cue->words) {
      if ((word.capital && !token.upper_first) || (word.accented && token.ascii)) continue;
      const Rule& rule = rules_[word.rule];
      const bool needs_people = rule.context_needed && !IsNamed(scan, spoken.token, word.rule);
      // "mari" is a husband, "Mari" somebody; German writes both with a capital, and so does its file.
      if (needs_people && token.upper_first && !word.capital) continue;
      if (needs_people && !MayCountBesidePeople(scan, spoken.token, *rule.file)) continue;
      Find find{token.begin, token.end, rule.file, kWordScore, false, needs_people};
      if (rule.file->entity == Entity::kFamily) WidenRelative(scan, spoken.token, find);
      finds.push_back(find);
    }
  }
}

// "verheiratet," behind a comma, "geschieden" on a line behind its label.
bool TextRules::MayCountBesidePeople(const Scan& scan, std::size_t at, const DetectorFile& file) {
  const BesidePeople beside = file.text->beside_people;
  if (beside != BesidePeople::kSetOff) return beside == BesidePeople::kAnywhere;
  const Token& token = scan.tokens[at];
  const std::string_view before = at > 0 ? scan.Between(at - 1) : "\n", after = scan.text.substr(token.end, 1);
  return before.find_first_of(",;:(\n\u2022") != before.npos && (after.empty() || IsOneOf(after[0], ",.;)\n\r"));
}

bool TellsOfSomebody(const Find& find) {
  switch (find.detector->entity) {
    case Entity::kPerson:
    case Entity::kAge:
    case Entity::kNationalId:
    case Entity::kHealthId:
    case Entity::kPassport:
      return true;
    default:
      return false;
  }
}

void SettleBesidePeople(std::string_view text, std::vector<Find>& finds) {
  constexpr std::uint32_t kNear = 400;  // bytes
  const auto is_word = [](const Find& find) {
    return find.needs_people || (find.detector->entity == Entity::kFamily && find.score == kWordScore);
  };
  if (std::ranges::none_of(finds, is_word)) return;
  std::vector<Find*> words, people;
  for (Find& find : finds) {
    if (is_word(find)) words.push_back(&find);
    if (!is_word(find) && TellsOfSomebody(find)) people.push_back(&find);
  }
  std::ranges::sort(people, {}, &Find::begin);
  std::ranges::sort(words, {}, &Find::begin);
  auto next = people.begin();  // the first that begins at the word or behind it
  std::uint32_t told_until = 0;
  for (Find* word : words) {
    for (; next != people.end() && (*next)->begin < word->begin; ++next)
      told_until = std::max(told_until, (*next)->end);
    // "Bruder Emil" is the brother, and Emil; "tía Encarna" is called so.
    const bool is_noun = IsAsciiUpper(text[word->begin]);
    auto behind = next;
    for (; behind != people.end() && (*behind)->begin == word->begin; ++behind) {
      const bool goes_on = (*behind)->end > word->end + 1 && text[word->end] == ' ';
      if (goes_on && is_noun) (*behind)->begin = word->end + 1;
    }
    const bool near = (told_until > 0 && told_until + kNear >= word->begin) ||
                      (next != people.end() && (*next)->begin > word->end && (*next)->begin <= word->end + kNear) ||
                      (behind != people.end() && (*behind)->begin <= word->end + kNear);
    for (auto same = next; (near || !word->needs_people) && same != behind; ++same) {
      if ((*same)->end == word->end) (*same)->score = 0;
    }
    word->needs_people = word->needs_people && !near;
  }
  std::erase_if(finds, [](const Find& find) { return find.needs_people; });
}

}  // namespace privity::detect
