// What a collection, and the system around it, are about.
#include <algorithm>
#include <array>
#include <map>

#include "detect/internal/field_rules.h"
#include "detect/internal/field_words.h"

namespace privity::detect {
namespace {

constexpr std::size_t kNeighboursOfPeople = 2;
constexpr std::size_t kMachineWordsMin = 2;
constexpr std::size_t kWholeFieldsMin = 4;  // fewer fields do not tell whether a person is among them

// Words at the end of a collection's name that say nothing of what it holds.
constexpr std::array<std::string_view, 21> kHollowHeads = {
    "table", "tbl",  "entity", "data",    "record", "records", "master",  "dim",    "fact", "list", "view",
    "main",  "base", "flat",   "archive", "backup", "copy",    "history", "detail", "info", "grid"};

template <typename Says>
std::size_t CountDistinct(const std::vector<std::string>& words, Says says) {
  std::unordered_set<std::string_view> found;
  for (const std::string& word : words) {
    if (says(word)) found.insert(word);
  }
  return found.size();
}

// What the model is told of the rows, in one number.
std::uint32_t StateOf(const CollectionView& view) {
  const auto people = static_cast<std::uint32_t>(view.people * 2 + 2);  // 0 to 4
  std::uint32_t state = people;
  for (const bool is : {view.upkeep, view.works, view.record, view.nobody, view.visitors, view.whole, view.programs})
    state = state * 2 + (is ? 1 : 0);
  return state;
}

}  // namespace

bool FieldRules::SpeaksOfPeople(const std::vector<std::string>& words) const {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return Holds(people_, word); });
}

bool FieldRules::ShowPeople(const std::vector<std::string>& fields) const {
  CollectionView view;
  ReadNeighbours(fields, view);
  if (view.people > 0) return true;
  // Papers, numbers and a birth date beside each other, or beside a name, are somebody's, whoever keeps them.
  static const std::unordered_set<std::string_view> kOfSomebody = {
      "full-name", "first-name",      "last-name",        "birth-date",     "national-id",
      "passport",  "driving-licence", "health-insurance", "medical-record", "tax-id"};
  std::unordered_set<std::string_view> of_somebody;
  for (const std::string& field : fields) {
    for (const EndCue& cue : CuesAtEnd(field, view.language)) {
      if (cue.strength >= kStrongCue && kOfSomebody.contains(cue.detector)) of_somebody.insert(cue.detector);
    }
  }
  return of_somebody.size() >= kNeighboursOfPeople;
}

CollectionView FieldRules::View(const FieldContext& any, const std::vector<std::string>& fields) const {
  CollectionView view;
  view.system = any.system_view.get();
  std::vector<std::string_view> names(fields.begin(), fields.end());
  names.push_back(any.system);
  names.push_back(any.collection);
  if (fields.empty()) names.push_back(any.field);
  view.language = identifier_words_.LanguageOf(names);
  view.words = identifier_words_.Split(any.collection, view.language);
  view.domain = identifier_words_.Split(any.system, view.language);
  view.domain.insert(view.domain.end(), view.words.begin(), view.words.end());
  auto head = view.words.rbegin();
  while (head != view.words.rend() &&
         (IsNumber(*head) || std::find(kHollowHeads.begin(), kHollowHeads.end(), *head) != kHollowHeads.end())) {
    ++head;
  }
  if (head != view.words.rend()) view.head = *head;
  view.upkeep = Holds(upkeep_, view.head);
  view.works = Holds(works_, view.head);
  view.record = Holds(records_, view.head);
  // The agents of a cluster and the profiles of a site are no people.
  const bool of_a_thing = IsOftenAThings(Singular(view.head)) && head + 1 < view.words.rend() &&
                          (Holds(things_, *(head + 1)) || Holds(upkeep_, *(head + 1)));
  const bool person = Holds(people_, view.head) && !of_a_thing;
  const bool thing = Holds(things_, view.head) || view.upkeep || of_a_thing;
  if (person && !thing) {
    view.people = 1;
  } else if (thing && !person) {
    view.people = SpeaksOfPeople(view.words) ? 0 : -1;  // `user_settings`: nobody's, and not nobody's
  } else if (SpeaksOfPeople(view.words)) {
    view.people = 0.5;
  }
  ReadKinds(fields, view);
  ReadNeighbours(fields, view);
  const std::vector<EndCue> called = CuesAtEnd(any.collection, view.language);
  const bool of_addresses =
      std::any_of(called.begin(), called.end(), [](const EndCue& cue) { return cue.detector == "street-address"; });
  view.whole = fields.size() >= kWholeFieldsMin;
  // Accounts of a bank or of a sales team: nobody's unless a field of theirs names somebody.
  const bool named = std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
    return IsOfTheRow(field, view.language) && NamesSomebody(field, view.language);
  });
  if (Singular(view.head) == "account" && view.whole && !named) view.people = std::min(view.people, 0.0);
  view.nobody = view.people <= 0 && !view.visitors && view.whole && !of_addresses &&
                !RefersToPeople({any.space, any.collection}, fields, view) &&
                std::none_of(fields.begin(), fields.end(), [&](const auto& field) {
                  return NamesSomebody(WithoutPrefix(field, view.prefix), view.language);
                });
  ReadSigns(fields, view);
  return view;
}

SystemView FieldRules::ViewSystem(const std::string& system, std::span<const CollectionNames> collections) const {
  std::vector<SystemView::Collection> known;
  SystemView::Counts counts;
  for (const CollectionNames& names : collections) {
    const CollectionView view = View({.system = system, .collection = names.collection}, names.fields);
    std::vector<std::string> words = IdentifierWords::Tokens(names.collection);
    while (words.size() > 1 && std::ranges::find(kHollowHeads, words.back()) != kHollowHeads.end()) words.pop_back();
    const double people = PeopleOf(names, view, counts);
    known.push_back({names.space, {names.collection, people}, std::move(words), names.fields, names.references});
  }
  return SystemView(std::move(known), counts);
}

// Whether the rows are people, by the name of the collection or by what is found in several of its fields.
double FieldRules::PeopleOf(const CollectionNames& names, const CollectionView& view,
                            SystemView::Counts& counts) const {
  static constexpr std::array<std::string_view, 8> kWho = {
      "user.name",          "user.account.username", "user.contact.email",   "user.contact.phone_number",
      "user.authorization", "user.demographic",      "user.contact.address", "user.government_id"};
  constexpr std::size_t kKindsToBelieve = 2, kKindsMin = 3;
  constexpr double kShareMin = 0.3;
  std::array<bool, kWho.size()> found{};
  std::size_t personal = 0;
  for (const std::string& field : names.fields) {
    const std::string category = Judge({.collection = names.collection, .field = field}, view).category;
    personal += category != kNoCategory;
    counts.secrets += category.starts_with(kSecrets);
    if (!IsOfTheRow(field, view.language)) continue;
    for (std::size_t i = 0; i < kWho.size(); ++i) found[i] |= category.starts_with(kWho[i]);
  }
  counts.fields += names.fields.size();
  counts.personal += personal;
  const auto kinds = static_cast<std::size_t>(std::ranges::count(found, true));
  // `drivers` of a plan with rates and formulas are none.
  const bool called_so = view.people >= 1 && view.source == EvidenceKind::kCollection;
  const std::size_t enough = !called_so ? kKindsToBelieve : view.whole ? 1 : 0;
  const bool people = view.people >= 1
                          ? kinds >= enough
                          : kinds >= kKindsMin && !view.record && !view.animals && !view.works &&
                                static_cast<double>(personal) >= kShareMin * static_cast<double>(names.fields.size());
  return people ? 1 : std::min(view.people, 0.5);
}

bool FieldRules::RefersToPeople(const CollectionKey& place, const std::vector<std::string>& fields,
                                const CollectionView& view) {
  return view.system != nullptr && std::ranges::any_of(fields, [&](const std::string& field) {
           return view.system->ReferenceOf(place, field).to_people();
         });
}

// Whether a field by itself shows that there are persons: by who they are, or by what only visitors bring.
bool FieldRules::NamesSomebody(std::string_view field, const LanguageWords* language) const {
  static const std::unordered_set<std::string_view> kOfSomebody = {
      "email",          "first-name", "last-name",        "full-name",      "birth-date", "gender",
      "national-id",    "username",   "cookie",           "medical-record", "card",       "pseudonym",
      "marital-status", "passport",   "browsing-history", "unique-id"};
  // `rider_id`, `courier_name`.
  const std::vector<std::string> words = identifier_words_.Split(field, language);
  if (words.size() > 1 && IsOfOne(words.back())) {
    const std::string& before = words[words.size() - 2];
    if (Holds(people_, before) && !IsOfThingsToo(before)) return true;
  }
  if (words.size() == 1 && Holds(people_, words[0]) && !IsOfThingsToo(words[0])) return true;
  // `email`, `cpf_recipient`.
  const auto says = [&](const std::vector<EndCue>& cues) {
    return std::ranges::any_of(
        cues, [](const EndCue& cue) { return cue.strength >= kStrongCue && kOfSomebody.contains(cue.detector); });
  };
  if (says(CuesAtEnd(words))) return true;
  const auto behind = std::ranges::find_if_not(words.rbegin(), words.rend(),
                                               [&](const std::string& word) { return Holds(people_, word); });
  return behind != words.rbegin() && says(CuesAtEnd({words.begin(), behind.base()}));
}

// Animals have a sex and illnesses as people have, and what signs in may be a program.
void FieldRules::ReadKinds(const std::vector<std::string>& fields, CollectionView& view) const {
  std::vector<std::string> words = view.domain;
  for (const std::string& field : fields) {
    if (field.find('.') != std::string::npos) continue;
    const std::vector<std::string> own = identifier_words_.Split(field, view.language);
    words.insert(words.end(), own.begin(), own.end());
  }
  view.animals = std::any_of(words.begin(), words.end(), SaysAnimal);
  view.machines = CountDistinct(words, SaysMachine) >= kMachineWordsMin;
  view.programs = std::any_of(words.begin(), words.end(), SaysProgram);
  if (view.animals) view.people = std::min(view.people, 0.0);
  view.prefix = PrefixOf(fields);
  const auto is_field = [&](std::string_view name) { return std::ranges::find(fields, name) != fields.end(); };
  view.name_in_halves = is_field("first") && is_field("last");
}

// What the other fields say: who has a birth date is a person; what has a user and an address of the network happened
// to one.
void FieldRules::ReadNeighbours(const std::vector<std::string>& fields, CollectionView& view) const {
  static const std::unordered_set<std::string_view> kOfPeopleOnly = {"first-name",  "last-name", "birth-date", "gender",
                                                                     "national-id", "ethnicity", "religion"};
  static const std::unordered_set<std::string_view> kOfPeople = {"email", "phone", "password"};
  std::unordered_set<std::string_view> only, only_maybe, also;
  bool network = false, agent = false, streets = false, secrets = false, referred = false;
  for (const std::string& field : fields) {
    if (!IsOfTheRow(field, view.language)) continue;
    for (const EndCue& cue : CuesAtEnd(field, view.language)) {
      const std::string_view id = cue.detector;
      const bool strong = cue.strength >= kStrongCue;
      if (kOfPeopleOnly.contains(id) && strong) only.insert(id);
      if (id == "first-name" || id == "last-name") only_maybe.insert(id);
      if (kOfPeople.contains(id)) also.insert(id);
      network |= id == "ip-address";
      agent |= id == "device" && strong;
      streets |= id == "street-address";
      view.names_places |= id == "city" || id == "country" || id == "postal-code";
      secrets |= id == "credentials" && strong;
      referred |= id == "email" || ((id == kUniqueId || id == "username") && strong);
    }
    // Of a log, a bare `user` is who did it.
    const std::vector<std::string> own = identifier_words_.Split(WithoutPrefix(field, view.prefix), view.language);
    referred |= own.size() == 1 && SaysUser(own[0]);
  }
  if (view.name_in_halves) also.insert("first-name");
  // A `nombre` alone may be a warehouse's; beside a surname or a birth date it is a forename.
  if (!only.empty() || only_maybe.size() == 2) only.insert(only_maybe.begin(), only_maybe.end());
  // Who has an address of the network and a browser came by: the log of a server names its visitors.
  view.visitors = network && agent;
  referred |= view.visitors;
  view.where_devices_are = (network || agent) && !streets && view.people < 1;
  // Programs that sign in are clients too.
  if (view.head == "client" && secrets && only.empty()) view.people = -1;
  if (view.record) {
    // Orders and charges name people and are none; of what a bare `events` holds nobody knows.
    referred |= fields.size() <= 1;
    if (referred) view.upkeep = false;
    if (referred || view.people > 0 || !only.empty()) view.people = 0;
    return;
  }
  const bool enough = only.size() + also.size() >= kNeighboursOfPeople && (view.people >= 0 || !only.empty());
  // Agents and workers with a host and its processors are programs.
  if (view.machines && only.empty() && also.empty() && !referred) view.people = -1;
  if (!enough || view.people >= 1) return;
  view.people = view.people < 0 ? 0.5 : 1;
  view.source = EvidenceKind::kNeighbours;
}

// "aud_" of `aud_user`, `aud_action`, `aud_date`: short letters before nearly all fields that say nothing by
// themselves.
std::string FieldRules::PrefixOf(const std::vector<std::string>& fields) const {
  constexpr std::size_t kFieldsMin = 5, kBytesMax = 5;
  constexpr double kShare = 0.8;
  if (fields.size() < kFieldsMin) return {};
  std::map<std::string_view, std::size_t> counts;
  for (const std::string& field : fields) {
    const auto end = field.find('_');
    if (end != field.npos && end > 0 && end + 1 < std::min(kBytesMax + 1, field.size()))
      ++counts[std::string_view(field).substr(0, end + 1)];
  }
  for (const auto& [prefix, count] : counts) {
    if (static_cast<double>(count) < kShare * static_cast<double>(fields.size())) continue;
    const std::vector<std::string> words = identifier_words_.Split(prefix);
    const bool says = std::ranges::any_of(words, [&](const std::string& word) {
      return Holds(people_, word) || Holds(things_, word) || Holds(records_, word) || cues_.contains(word);
    });
    if (!says) return std::string(prefix);
  }
  return {};
}

// `customer.email` is of a document inside; `properties.email` is the row's own.
bool FieldRules::IsOfTheRow(std::string_view field, const LanguageWords* language) const {
  const auto dot = field.rfind('.');
  if (dot == std::string_view::npos) return true;
  const std::vector<std::string> around = identifier_words_.Split(field.substr(0, dot), language);
  return std::all_of(around.begin(), around.end(), [&](const std::string& word) { return Holds(containers_, word); });
}

// `c7`, `col_3`, `field12`, `Unnamed: 4`: a place in a table, and no name.
bool FieldRules::SaysNoName(std::string_view field) const {
  static const std::unordered_set<std::string_view> kPlaces = {
      "c",    "col",  "column",  "columns", "f",    "field",   "v",     "var",   "value", "x",    "attr", "attribute",
      "data", "item", "unnamed", "spalte",  "feld", "colonne", "champ", "campo", "kolom", "pole", "k",    "a"};
  const std::vector<std::string> words = identifier_words_.Split(field);
  return std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return IsNumber(word) || word.size() == 1 || kPlaces.contains(word);
  });
}

bool FieldRules::ListsItself(std::string_view field, const CollectionView& collection) const {
  const std::vector<std::string> words = identifier_words_.Split(field, collection.language);
  return words.size() == 1 && Singular(words[0]) == Singular(collection.head) && Holds(things_, collection.head);
}

bool FieldRules::NamesPeople(std::string_view field, const CollectionView& collection) const {
  return SpeaksOfPeople(identifier_words_.Split(field, collection.language));
}

// Which of the lists of words a word stands in, for the model.
std::uint32_t FieldRules::KindOf(const std::string& word) const {
  std::uint32_t kind = 0;
  for (const Words* list : {&people_, &things_, &upkeep_, &neutral_, &vetoes_, &records_, &works_, &containers_})
    kind = kind * 2 + (Holds(*list, word) ? 1 : 0);
  return kind;
}

CollectionSight FieldRules::SightOf(const CollectionView& view) const {
  return {
      .head = view.head, .head_kind = KindOf(view.head), .words = view.domain, .fields = {}, .state = StateOf(view)};
}

void FieldRules::ReadSigns(const std::vector<std::string>& fields, CollectionView& view) const {
  std::vector<std::string> words;
  for (const std::string& field : fields) {
    const std::vector<std::string> own = identifier_words_.Split(field, view.language);
    words.insert(words.end(), own.begin(), own.end());
  }
  CollectionSight sight = SightOf(view);
  sight.fields = words;
  ReadCollectionSigns(sight, view.signs);
  view.likeness = model_->ReadCollection(view.signs);
}

}  // namespace privity::detect
