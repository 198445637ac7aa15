// Judges a column by its distinct sampled values, together with what its name already said.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detect/detector.h"
#include "detect/internal/field_rules.h"
#include "detect/internal/name_rules.h"
#include "detect/internal/shape_rules.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/value_rules.h"
#include "detect/internal/vocabulary.h"

namespace privity::detect {

class ColumnRules {
 public:
  // Borrows all of them. `this_year`: up to it years of two digits are those of this century.
  ColumnRules(const FieldRules& fields, const TextRules& text, const ShapeRules& shapes, const NameRules& names,
              const ValueRules& vocabularies, const CompanyVocabulary& companies,
              const std::vector<std::shared_ptr<const DetectorFile>>& files, int this_year);

  ColumnJudgement Judge(const ColumnContext& context) const;
  // All columns of a collection: what the values of one leave open is told by those of the others. A number of five
  // digits beside streets is a postal code.
  std::vector<ColumnJudgement> JudgeAll(std::span<const ColumnContext> collection) const;

 private:
  struct Sample;
  struct Doubt;  // what the values of a column could also be
  struct Part;   // how much of it is of one kind
  struct Spelled;
  // What the name of a column and its collection say.
  struct Asked {
    const std::string& field;
    const CollectionView& collection;
    const DetectorFile* named = nullptr;
    std::string doubted;  // the category of its cues, which the model of fields does not believe
    bool lists_itself = false;
    bool of_nations = false;  // languages, cuisines and styles are called as nations are
    bool of_makers = false;   // names among works are those of who made them
  };
  // The kind that the values speak for.
  struct Weighed {
    const DetectorFile* file = nullptr;
    double score = 0, weight = 0, share = 0;
  };

  ColumnJudgement Judge(const ColumnContext& context, Doubt& doubt) const;
  // Whether the column's name speaks for it.
  static bool IsCategoryOf(const Asked& asked, std::string_view category);
  Part PartOfKind(const Sample& sample, const DetectorFile& file, const Asked& asked) const;
  static bool AreOfOrganizations(const Sample& sample, const Part& part);
  static bool NamesOrganizations(const Sample& sample, const DetectorFile& file);
  static bool IsNamed(const Sample& sample, const Part& part);
  static bool IsNobodys(const Sample& sample, const DetectorFile& file);
  bool IsEnough(const Sample& sample, const Part& part) const;
  static Weighed Weigh(const Sample& sample, const Part& part, const Asked& asked);
  Weighed WeighAll(const Sample& sample, const Asked& asked) const;
  Weighed WeighBranches(const Sample& sample, const Asked& asked) const;

  Sample Read(const std::vector<std::string>& values) const;
  bool ReadCell(std::string_view value, Sample& sample) const;
  void CountNamed(Sample& sample) const;
  void MatchNumbers(std::string_view value, Sample& sample) const;
  void MatchPhone(std::string_view value, Sample& sample) const;
  void ReadForm(std::string_view value, Sample& sample) const;
  bool AreSexes(const Sample& sample) const;
  static bool ArePostalCodes(const Sample& sample);
  std::pair<const DetectorFile*, std::string_view> WhollyOfAForm(const Sample& sample) const;
  std::pair<const DetectorFile*, std::string_view> WrittenAs(const Sample& sample) const;
  static bool IsRefuted(const Sample& sample, const DetectorFile& file);
  void ReadValue(std::string_view value, Sample& sample) const;
  void JudgeProse(const std::vector<std::string>& values, ColumnJudgement& judged) const;
  bool NamesSomebody(const Scan& scan) const;
  void JudgeNotes(const std::vector<std::string>& values, ColumnJudgement& judged) const;
  void JudgeAsTexts(const std::vector<std::string>& values, const Sample& sample, bool of_nations,
                    ColumnJudgement& judged) const;
  std::vector<TextSpan> SpansOf(const Scan& scan) const;
  Spelled ReadSpelling(const Sample& sample) const;
  void JudgeBySpelling(const Sample& sample, const CollectionView& collection, ColumnJudgement& judged) const;
  void JudgeByValues(const Sample& sample, const ColumnContext& context, const CollectionView& collection,
                     ColumnJudgement& judged) const;
  void JudgePostalCodes(std::span<const ColumnContext> collection, const std::vector<Doubt>& doubts,
                        std::vector<ColumnJudgement>& judged) const;
  void JudgeAges(std::span<const ColumnContext> collection, const std::vector<Doubt>& doubts,
                 std::vector<ColumnJudgement>& judged) const;
  void JudgeCoordinates(std::span<const ColumnContext> collection, const std::vector<Doubt>& doubts,
                        std::vector<ColumnJudgement>& judged) const;
  bool MayNameNations(std::string_view field, const CollectionView& collection) const;
  static bool IsEveryday(const Sample& sample);
  void JudgeTowns(const std::vector<Doubt>& doubts, std::vector<ColumnJudgement>& judged) const;
  void SetByOthers(const DetectorFile& file, std::string detail, ColumnJudgement& judged) const;
  bool AreBirthDates(const Sample& sample) const;
  const DetectorFile* File(std::string_view id) const;

  const FieldRules& fields_;
  const TextRules& text_;
  const ShapeRules& shapes_;
  const NameRules& names_;
  const ValueRules& vocabularies_;
  const CompanyVocabulary& companies_;
  const std::vector<std::shared_ptr<const DetectorFile>>& files_;
  const int this_year_;
  const DetectorFile* phone_;
  const DetectorFile* birth_date_;
  const DetectorFile* postal_code_;
  const DetectorFile* street_;
  const DetectorFile* city_;
  const DetectorFile* gender_;
  const DetectorFile* imei_;
  const DetectorFile* password_;
  const DetectorFile* note_;
  const DetectorFile* facility_;
  const DetectorFile* no_employer_;
  const DetectorFile* employer_;
  const DetectorFile* vehicle_;
  const DetectorFile* account_;
  const DetectorFile* national_id_;
  const DetectorFile* location_;
  const DetectorFile* age_;
};

}  // namespace privity::detect
