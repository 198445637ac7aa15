// Finds personal data: in text as spans, in columns by name, by type and by values.
//
//   PRIVITY_TRY(const auto detector, Detector::BuiltIn());
//   for (const TextSpan& span : detector->Text("Write to ana@example.org")) ...
//   ColumnJudgement judgement = detector->Column({.field = {.collection = "customer", .field = "mail"}, .values = …});
//
// What it looks for stands in packs of the kinds `detector`, `naming` and `taxonomy` (detect/detector_file.h). Evidence
// is added up with a cap; each judgement says which evidence it was. Nothing here keeps, logs or returns the values it
// saw. Immutable; every call may be made from many threads at once and is linear in the size of its input.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/detector_file.h"
#include "detect/taxonomy.h"
#include "packs/catalog.h"

namespace privity {

namespace detect {
struct DetectorParts;
}

// One find. `start` and `end` count Unicode code points (the bytes of a broken UTF-8 sequence count one each); end is
// exclusive.
struct TextSpan {
  std::int64_t start = 0;
  std::int64_t end = 0;
  Entity entity = Entity::kOtherId;
  std::string category;   // a Fideslang key, or `none` where the thing alone is not personal
  std::string detector;   // the id of its pack
  double confidence = 0;  // 0 to 1
};
PRIVITY_DESCRIBE(TextSpan, (start, end, entity, category, detector, confidence))

// Of columns up to kValuesContradict; of texts from kForm on.
enum class EvidenceKind {
  kNameCue,           // words of the field's name; the detail is the words
  kCollection,        // what the collection holds
  kNeighbours,        // other fields of the collection
  kOtherWords,        // words beside the cue that make another thing of it
  kSimilarNames,      // how likely a field that is called so is somebody's, by the model of fields
  kDeclaredType,      // the declared type fits or contradicts
  kValuesMatch,       // share of distinct values that a detector accepts
  kValuesChecksum,    // share that passes a check digit, against what chance gives
  kValuesSpelled,     // what kind of words they are by how they are spelled, by the model of values
  kValuesContradict,  // the values cannot be what the name says
  kForm,              // digits and letters stand as the detector's rule wants them
  kCheckDigit,        // a check digit passed; the detail says which, and how often chance passes it
  kContextWord,       // words near it
  kLabel,             // the label before it
  kNameModel,         // spelling, lists and the words around it: the tagger of names
  kSpanModel          // what such texts say around it: the judge of what was found
};
PRIVITY_DESCRIBE_ENUM(EvidenceKind, kNameCue, kCollection, kNeighbours, kOtherWords, kSimilarNames, kDeclaredType,
                      kValuesMatch, kValuesChecksum, kValuesSpelled, kValuesContradict, kForm, kCheckDigit,
                      kContextWord, kLabel, kNameModel, kSpanModel)

struct Evidence {
  EvidenceKind kind = EvidenceKind::kNameCue;
  std::string detail;  // never a value
  double weight = 0;   // added to the score; below 0 speaks against
};
PRIVITY_DESCRIBE(Evidence, (kind, detail, weight))

// A find with its reasons. Those of numbers add up to its confidence (within 0.99); the others say what was seen.
struct ExplainedSpan {
  TextSpan span;
  std::string rule;    // the detector's title
  std::string source;  // where its rule comes from
  std::vector<Evidence> evidence;
};
PRIVITY_DESCRIBE(ExplainedSpan, (span, rule, source, evidence))

// A collection among those of a system; `space` is its schema or database, where the store has several.
struct CollectionKey {
  std::string space = {};
  std::string collection = {};
  auto operator<=>(const CollectionKey&) const = default;
};

struct CollectionNames {
  std::string space = {};
  std::string collection;
  std::vector<std::string> fields;
  std::map<std::string, CollectionKey> references = {};  // foreign keys: of a field, the collection that it refers to
};

// What the collections of one system say of each other's names, as Detector::View makes it. Immutable.
class SystemView;

// Where a column stands. Everything but `field` may be empty.
struct FieldContext {
  std::string system = {};
  std::string space = {};  // as in CollectionKey; says nothing of what the collection holds
  std::string collection = {};
  std::string field = {};                    // dots lead into nested documents: "billing.address.city"
  std::string declared_type = {};            // as the store says it: "VARCHAR(60)"
  std::vector<std::string> neighbours = {};  // the other fields of the collection
  std::shared_ptr<const SystemView> system_view = {};
};

struct ColumnJudgement {
  std::string category = std::string(kNoCategory);
  double confidence = 0;  // that the category is right; for `none`, that the column is not personal
  std::string detector;   // the id of its pack, "" for none
  std::vector<Evidence> evidence;
  std::int64_t distinct_values = 0;  // how many were judged

  // "name_cue email +0.80; collection people +0.05": one line, no values.
  std::string Reason() const;
};
PRIVITY_DESCRIBE(ColumnJudgement, (category, confidence, detector, evidence, distinct_values))

// A column with what was sampled of it. Values are text as the store prints them; repeated ones count once.
struct ColumnContext {
  FieldContext field = {};
  std::vector<std::string> values = {};
};

class Detector {
 public:
  // From the packs in the program, which are in force on every day; made once, on DetectorToday(), and shared. Errors
  // as Create: none in a released program.
  static Result<std::shared_ptr<const Detector>> BuiltIn();
  // From a catalog that knows DetectorPackKinds(): the packs in force on `day`, up to whose year those of two digits
  // are of its century. packs.unknown, detect.category_unknown{detector, category}, detect.validator_unknown{detector,
  // validator}, detect.pattern{detector, problem}.
  static Result<std::shared_ptr<const Detector>> Create(const PackCatalog& catalog, Date day);
  ~Detector();

  // Non-overlapping spans in the order of the text. `language` is a BCP 47 tag or "";
  // the rules of all languages are tried, whatever it says.
  std::vector<TextSpan> Text(std::string_view text, std::string_view language = {}) const;
  // As Text, each find with why it was made.
  std::vector<ExplainedSpan> Explain(std::string_view text) const;
  ColumnJudgement Field(const FieldContext& context) const;
  // As Field when there are no values.
  ColumnJudgement Column(const ColumnContext& context) const;
  // All columns of one collection with what was sampled: as Column, and what the values of one leave open is told by
  // those of the others.
  std::vector<ColumnJudgement> Columns(std::span<const ColumnContext> collection) const;
  // All columns of one collection, each with the others as its neighbours: what Field gives, for less work.
  std::vector<ColumnJudgement> Fields(std::span<const FieldContext> collection) const;

  // The collections of one system beside each other: a context that carries the view is judged with what they say of
  // it, so that `smith_id` is somebody's where the rows of `smiths` are people.
  std::shared_ptr<const SystemView> View(const std::string& system, std::span<const CollectionNames> collections) const;

  // Every detector, sorted by id.
  const std::vector<std::shared_ptr<const DetectorFile>>& files() const;

 private:
  explicit Detector(std::unique_ptr<const detect::DetectorParts> parts);
  std::unique_ptr<const detect::DetectorParts> parts_;
};

// Today by the machine's clock (UTC), for Create where nobody gives another day.
Date DetectorToday();
// Kinds that a catalog for Create must know.
std::vector<PackKind> DetectorPackKinds();
// The built-in packs of those kinds.
std::vector<PackFile> BuiltInDetectorFiles();

}  // namespace privity
