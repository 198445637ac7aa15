// What the name, the declared type and the surroundings of a column say about it, without its values.
//
// A cue is a phrase of a detector found among the words of the name. What stands around it may strengthen it (the
// collection holds people), weaken it (words that nobody knows) or make another thing of it (an e-mail *count*).
// Weights are added, and the best cue is the judgement. They were set by hand, by general knowledge and by looking at
// the errors over all of the developers' labelled columns; docs/accuracy.md holds the figures, which are no held-out
// ones.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "detect/detector.h"
#include "detect/internal/field_model.h"
#include "detect/internal/identifier_words.h"
#include "detect/internal/phrase_table.h"
#include "detect/internal/system_view.h"

namespace privity::detect {

// What a collection is about, by its name and by the names of its fields.
struct CollectionView {
  std::vector<std::string> words;
  std::string head;                         // the last word that says something: "role" of user_roles
  double people = 0;                        // 1: rows are people; 0: nobody knows; -1: rows are things
  bool upkeep = false;                      // keeps a system running
  bool works = false;                       // rows are works or goods, which come with the names of their makers
  bool record = false;                      // rows are what happened: orders, messages, visits
  bool where_devices_are = false;           // its places are those of devices, not of homes
  bool names_places = false;                // a field is a town, a country or a postal code
  bool visitors = false;                    // rows say from where and with what somebody came
  bool whole = false;                       // so many fields are known that a person would be among them
  bool nobody = false;                      // no field names or refers to a person
  bool animals = false;                     // rows are animals, which have a sex, a birth date and illnesses too
  bool programs = false;                    // clients in it are programs that sign in
  bool machines = false;                    // rows are what programs run on
  bool name_in_halves = false;              // `first` and `last` are fields of it
  std::vector<std::string> domain = {};     // words of the system and of the collection
  std::string prefix = {};                  // that nearly all fields begin with and that says nothing: "aud_"
  const LanguageWords* language = nullptr;  // that its names are written in; null for English
  EvidenceKind source = EvidenceKind::kCollection;
  std::vector<std::uint32_t> signs = {};   // of the collection, for the model
  FieldModel::Surroundings likeness = {};  // what the model says of them
  const SystemView* system = nullptr;      // null where only this collection is known
};

class FieldRules {
 public:
  FieldRules(const NamingFile& naming, const std::vector<std::shared_ptr<const IdentifierWordsFile>>& languages,
             const std::vector<std::shared_ptr<const DetectorFile>>& detectors, const FieldModel& model);

  // `any.system_view` must outlive it.
  CollectionView View(const FieldContext& any, const std::vector<std::string>& fields) const;
  SystemView ViewSystem(const std::string& system, std::span<const CollectionNames> collections) const;
  // Whether fields alone, of a collection without a name, show people: a part of what View looks at.
  bool ShowPeople(const std::vector<std::string>& fields) const;
  ColumnJudgement Judge(const FieldContext& context, const CollectionView& collection) const;
  // `country` in the collection `countries`: a lookup list, whose rows are nobody's.
  bool ListsItself(std::string_view field, const CollectionView& collection) const;
  // Whether the name is a mere place in a table: `col_3`.
  bool SaysNoName(std::string_view field) const;
  // Whether a word of the name is one for people: `assigned_user`, not `composer`.
  bool NamesPeople(std::string_view field, const CollectionView& collection) const;
  // How strong the name itself speaks for a detector, whatever stands around it: for judging values. 0 to 1.
  double CueFor(std::string_view field, const CollectionView& collection, std::string_view detector) const;
  // The category that the cues in its name speak for, whatever the model says; empty: none.
  std::string CategoryByCues(const FieldContext& context, const CollectionView& collection) const;
  // What the model looks at in a name; its collection's signs stand in the view.
  std::vector<std::uint32_t> SignsOf(const FieldContext& context, const CollectionView& collection) const;

 private:
  // How much a phrase by itself speaks for its detector, and one that needs people around it.
  static constexpr double kStrongCue = 0.80, kWeakCue = 0.35;
  // Detectors whose cues are identifiers of rows: outside the people's own collection most are mere references.
  static constexpr std::string_view kUniqueId = "unique-id", kFullName = "full-name", kUsername = "username";
  // What opens a door is as likely in a system that runs others as anywhere.
  static constexpr std::string_view kSecrets = "user.authorization";

  struct Cue {
    const DetectorFile* detector;
    bool beside_people;      // needs a collection about people
    bool at_home = false;    // needs a collection where its detector is at home
    bool of_a_role = false;  // who did it, by the role: also where a system is kept running
    bool ends = false;       // only where the name ends: `owner_first`, not `owner_first_seen`
  };
  struct Reading;  // one field's words and where its own begin
  struct EndCue {
    std::string_view detector;
    double strength;
  };

  // A phrase as identifiers are read: its words, folded and written out.
  struct WrittenPhrase {
    std::string text;
    std::size_t words = 0;
  };

  WrittenPhrase Written(const std::string& phrase);
  void AddCues(const DetectorFile& detector, const std::vector<std::string>& phrases, bool beside_people,
               bool at_home = false, bool of_a_role = false);
  void AddActs(const std::vector<std::string>& acts, const DetectorFile& detector, const std::vector<std::string>& ends,
               bool of_a_role = false);
  void AddNumbersOf(const std::vector<std::string>& people, const DetectorFile& detector);
  void AddPartsOfNames(const std::vector<std::string>& people, const DetectorFile& detector, std::string_view part);
  std::span<const Cue> CuesOf(const std::vector<std::string>& words, std::size_t begin, std::size_t end) const;
  static bool IsHome(const DetectorFile& detector, const std::string& word);
  static bool IsAtHome(const DetectorFile& detector, const CollectionView& collection);
  static bool IsSecret(const Cue& cue);
  bool NamesSomebody(std::string_view field, const LanguageWords* language) const;
  bool SpeaksOfPeople(const std::vector<std::string>& words) const;
  std::vector<EndCue> CuesAtEnd(std::string_view field, const LanguageWords* language) const;
  std::vector<EndCue> CuesAtEnd(const std::vector<std::string>& words) const;
  void ReadNeighbours(const std::vector<std::string>& fields, CollectionView& view) const;
  std::string PrefixOf(const std::vector<std::string>& fields) const;
  void ReadKinds(const std::vector<std::string>& fields, CollectionView& view) const;
  bool IsOfTheRow(std::string_view field, const LanguageWords* language) const;
  Reading Read(const FieldContext& context, const CollectionView& collection) const;
  std::uint32_t KindOf(const std::string& word) const;
  CollectionSight SightOf(const CollectionView& view) const;
  void ReadSigns(const std::vector<std::string>& fields, CollectionView& view) const;
  std::vector<std::uint32_t> SignsOf(const FieldContext& context, const Reading& reading,
                                     const ColumnJudgement& found) const;
  void ReadDocument(const std::vector<std::string>& around, Reading& reading) const;
  const DetectorFile& Meant(const Reading& reading, const DetectorFile& cue) const;
  bool IsKeyOfSomebody(const Reading& reading, std::size_t end, const DetectorFile& who) const;
  bool IsMoment(const Reading& reading, std::size_t begin, std::size_t end) const;
  bool IsMereOwner(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue) const;
  bool IsDoer(const Reading& reading, std::size_t at) const;
  bool IsOfNobody(const Reading& reading, std::size_t begin, const Cue& cue) const;
  void JudgeCue(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                ColumnJudgement& best) const;
  void WeighName(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                 std::vector<Evidence>& evidence) const;
  bool SaysWhose(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue) const;
  void WeighCollection(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                       std::vector<Evidence>& evidence) const;
  void WeighWordsAround(const Reading& reading, std::size_t begin, std::size_t end, const Cue& cue,
                        std::vector<Evidence>& evidence) const;
  ColumnJudgement JudgeByCues(const Reading& reading) const;
  double PeopleOf(const CollectionNames& names, const CollectionView& view, SystemView::Counts& counts) const;
  void JudgeReference(const Reading& reading, ColumnJudgement& best) const;
  static bool RefersToPeople(const CollectionKey& place, const std::vector<std::string>& fields,
                             const CollectionView& view);
  void WeighLikeness(const FieldContext& context, const Reading& reading, ColumnJudgement& best) const;
  const DetectorFile* Likeliest(std::span<const std::uint32_t> signs, const FieldModel::Likeness& likeness,
                                std::string_view found) const;
  void WeighType(const Reading& reading, const Cue& cue, std::vector<Evidence>& evidence) const;

  using Words = std::unordered_set<std::string>;
  Words people_, things_, upkeep_, neutral_, vetoes_, questions_, row_moments_, works_, records_, containers_;
  const DetectorFile* whereabouts_ = nullptr;
  const DetectorFile* unique_id_ = nullptr;
  const FieldModel* model_;
  std::vector<const DetectorFile*> likeliest_;  // the model's detectors, in its order; null for one that is not there
  IdentifierWords identifier_words_;
  PhraseTable<Cue> cues_;
  std::size_t phrase_words_max_ = 1;
};

}  // namespace privity::detect
