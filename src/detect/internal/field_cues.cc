// The phrases that speak for a detector, and where they stand in a name.
#include <algorithm>

#include "detect/internal/field_rules.h"
#include "detect/internal/field_words.h"
#include "detect/internal/letters.h"

namespace privity::detect {

FieldRules::FieldRules(const NamingFile& naming,
                       const std::vector<std::shared_ptr<const IdentifierWordsFile>>& languages,
                       const std::vector<std::shared_ptr<const DetectorFile>>& detectors, const FieldModel& model)
    : model_(&model) {
  const auto fill = [this](Words& set, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      set.insert(word);
      identifier_words_.AddKnown(word);
    }
  };
  fill(people_, naming.people);
  fill(things_, naming.things);
  fill(upkeep_, naming.upkeep);
  fill(neutral_, naming.neutral);
  fill(vetoes_, naming.vetoes);
  fill(questions_, naming.questions);
  for (const std::string& phrase : naming.row_moments) {
    identifier_words_.AddKnown(phrase);
    row_moments_.insert(phrase);
  }
  fill(works_, naming.works);
  fill(records_, naming.records);
  fill(containers_, naming.containers);
  for (const std::string& word : naming.english) identifier_words_.AddEnglish(word);
  for (const std::string& role : naming.roles) identifier_words_.KeepWhole(role);
  for (const std::string& word : naming.parts) identifier_words_.AddKnown(word);
  for (const auto& [word, phrase] : naming.translations) identifier_words_.AddAbbreviation(word, phrase);
  for (const auto& [word, phrase] : naming.abbreviations) identifier_words_.AddAbbreviation(word, phrase);
  for (const auto& words : languages) identifier_words_.AddLanguage(words->language.value_or(""), words->meanings);
  for (const auto& detector : detectors) {
    if (!detector->fields) continue;
    if (detector->pack.id == "imprecise-location") whereabouts_ = detector.get();
    if (detector->pack.id == kUniqueId) unique_id_ = detector.get();
    for (const auto* names :
         {&detector->fields->names, &detector->fields->names_beside_people, &detector->fields->names_at_home}) {
      for (const std::string& name : *names) identifier_words_.AddCue(Fold(name));
    }
    AddCues(*detector, detector->fields->names, false);
    AddCues(*detector, detector->fields->names_beside_people, true);
    AddCues(*detector, detector->fields->names_at_home, true, true);
    if (detector->pack.id == kUniqueId) {
      AddActs(
          naming.acts, *detector,
          {"by", "by id", "by user", "by user id", "operator", "por", "par", "da", "von", "door", "przez", "av", "af"});
      AddActs(naming.roles, *detector, {"id", "number", "badge", "badge number", "code", "personnel number"}, true);
      AddNumbersOf(naming.people, *detector);
    }
    if (detector->pack.id == "first-name") AddPartsOfNames(naming.people, *detector, "first");
    if (detector->pack.id == "last-name") AddPartsOfNames(naming.people, *detector, "last");
    if (detector->pack.id == kFullName) {
      AddActs(naming.acts, *detector, {"by name", "by full name"});
      AddActs(naming.roles, *detector, {"", "name", "full name", "initials"}, true);
    }
    if (detector->pack.id == "email") AddActs(naming.acts, *detector, {"by email"});
  }
  identifier_words_.Finish();
  cues_.Finish();
  for (const std::string_view id : model.detectors()) {
    const auto found = std::ranges::find_if(detectors, [&](const auto& file) { return file->pack.id == id; });
    likeliest_.push_back(found == detectors.end() || !(*found)->fields ? nullptr : found->get());
  }
}

void FieldRules::AddCues(const DetectorFile& detector, const std::vector<std::string>& phrases, bool beside_people,
                         bool at_home, bool of_a_role) {
  for (const std::string& written : phrases) {
    const WrittenPhrase phrase = Written(written);
    phrase_words_max_ = std::max(phrase_words_max_, phrase.words);
    cues_.Add(phrase.text, {&detector, beside_people, at_home, of_a_role});
  }
}

// "first name" written as one word is a cue of its own; digits stand alone and short forms are written out, as in
// identifiers: `num colegiado` is met as `number colegiado`.
FieldRules::WrittenPhrase FieldRules::Written(const std::string& phrase) {
  std::vector<std::string> words;
  words.reserve(4);
  for (const std::string& word : PhraseWords(Fold(phrase))) {
    identifier_words_.AddKnownWord(word);
    const auto digit = std::find_if(word.begin(), word.end(), IsAsciiDigit) - word.begin();
    if (digit > 0 && digit < static_cast<std::ptrdiff_t>(word.size()) && IsNumber(word.substr(digit))) {
      words.push_back(word.substr(0, digit));
      words.push_back(word.substr(digit));
    } else {
      identifier_words_.AddWritten(word, words);
    }
  }
  return {Joined(words, 0, words.size()), words.size()};
}

// `approved_by` refers to whoever did it, `inspector_badge` to who has the role. Thousands of pairs: each part is
// written out once.
void FieldRules::AddActs(const std::vector<std::string>& acts, const DetectorFile& detector,
                         const std::vector<std::string>& ends, bool of_a_role) {
  std::vector<WrittenPhrase> written_ends;
  for (const std::string& end : ends) written_ends.push_back(Written(end));
  for (const std::string& act : acts) {
    const WrittenPhrase written = Written(act);
    for (const WrittenPhrase& end : written_ends) {
      phrase_words_max_ = std::max(phrase_words_max_, written.words + end.words);
      std::string phrase = written.text;
      if (end.words > 0) phrase.append(" ").append(end.text);
      cues_.Add(phrase, {&detector, false, false, of_a_role});
    }
  }
}

// A `renter number` or `renter code` tells renters apart; an `account number` is the account's, a `contact number` is
// called.
void FieldRules::AddNumbersOf(const std::vector<std::string>& people, const DetectorFile& detector) {
  std::vector<std::string> phrases;
  for (const std::string& person : people) {
    std::vector<std::string> written;
    identifier_words_.AddWritten(person, written);
    // `num_members` counts them.
    if (std::any_of(written.begin(), written.end(), IsOfThingsToo) || Singular(person) != person) continue;
    phrases.push_back(person + " number");
    phrases.push_back(person + " code");
  }
  AddCues(detector, phrases, false);
}

// `owner_first`, `pupil_last`: a part of somebody's name.
void FieldRules::AddPartsOfNames(const std::vector<std::string>& people, const DetectorFile& detector,
                                 std::string_view part) {
  for (const std::string& person : people) {
    if (Singular(person) != person) continue;
    const WrittenPhrase phrase = Written(person + " " + std::string(part));
    cues_.Add(phrase.text, {.detector = &detector, .beside_people = false, .ends = true});
  }
}

// As the words stand; else with the first of them last.
std::span<const FieldRules::Cue> FieldRules::CuesOf(const std::vector<std::string>& words, std::size_t begin,
                                                    std::size_t end) const {
  const std::span<const Cue> found = cues_.Find(Joined(words, begin, end));
  if (!found.empty()) return found;
  // What was done by somebody, where the verb is in no list.
  if (end - begin >= 2 && end - begin <= 4 && SaysDoneBy(words[begin], words[begin + 1])) {
    const std::span<const Cue> done = cues_.Find("created " + Joined(words, begin + 1, end));
    if (!done.empty()) return done;
  }
  // "home phones", "cc emails"; but no "tokens": things have several of what a person has one of.
  const std::string one = Singular(words[end - 1]);
  if (one != words[end - 1]) {
    const std::string before = end - begin > 1 ? Joined(words, begin, end - 1) + " " : "";
    const std::span<const Cue> single = cues_.Find(before + one);
    const bool of_person = std::ranges::all_of(single, [](const Cue& cue) {
      return cue.detector->entity == Entity::kEmail || cue.detector->entity == Entity::kPhone;
    });
    if (!single.empty() && of_person) return single;
  }
  if (end - begin > 1 && SaysReference(words[end - 1])) {
    const std::span<const Cue> keyed = cues_.Find(Joined(words, begin, end - 1) + " id");
    if (!keyed.empty() && std::ranges::all_of(keyed, [](const Cue& cue) { return cue.detector->pack.id == kUniqueId; }))
      return keyed;
  }
  if (end - begin < 2 || end - begin > 3 || words[begin + 1] == "user") return {};
  const std::string_view head = HeadStandingFirst(words[begin]);
  if (head.empty() || std::find(words.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                                words.begin() + static_cast<std::ptrdiff_t>(end),
                                "id") != words.begin() + static_cast<std::ptrdiff_t>(end))
    return {};
  return cues_.Find(Joined(words, begin + 1, end) + " " + std::string(head));
}

// Only the longest phrase that ends the name: `email`, not `email_count`, and no `address` in `ip_address`.
std::vector<FieldRules::EndCue> FieldRules::CuesAtEnd(std::string_view field, const LanguageWords* language) const {
  return CuesAtEnd(identifier_words_.Split(field, language));
}

std::vector<FieldRules::EndCue> FieldRules::CuesAtEnd(const std::vector<std::string>& words) const {
  std::vector<EndCue> cues;
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    const std::span<const Cue> found = CuesOf(words, begin, words.size());
    if (found.empty()) continue;
    for (const Cue& cue : found) {
      cues.push_back({cue.detector->pack.id, cue.beside_people ? kWeakCue : kStrongCue});
    }
    break;
  }
  return cues;
}

double FieldRules::CueFor(std::string_view field, const CollectionView& collection, std::string_view detector) const {
  for (const EndCue& cue : CuesAtEnd(field, collection.language)) {
    if (cue.detector == detector) return cue.strength;
  }
  return 0;
}

}  // namespace privity::detect
