// The parts of a detector, made from a catalog of packs.
#pragma once

#include <memory>
#include <vector>

#include "detect/internal/column_rules.h"
#include "detect/internal/field_rules.h"
#include "detect/internal/span_judge.h"
#include "detect/internal/text_finder.h"
#include "detect/internal/value_rules.h"
#include "detect/internal/vocabulary.h"
#include "packs/catalog.h"

namespace privity::detect {

struct DetectorParts {
  // Errors as Detector::Create.
  static Result<std::unique_ptr<const DetectorParts>> Make(const PackCatalog& catalog, Date day);

  // Of a text, judged if it is in Spanish. `finds` is filled anew: ascending, none overlaps another.
  void FindAll(Scan& scan, std::vector<Find>& finds) const;

  DetectorParts(std::vector<std::shared_ptr<const DetectorFile>> all, const NamingFile& naming,
                const std::vector<std::shared_ptr<const IdentifierWordsFile>>& languages,
                const GazetteerFile& gazetteer, Vocabulary vocabulary, TextRules rules, ValueRules vocabularies,
                const std::vector<const DetectorFile*>& own, Date day)
      : files(std::move(all)),
        words(std::move(vocabulary)),
        fields(naming, languages, files, FieldModel::BuiltIn()),
        text(std::move(rules)),
        shapes(files, gazetteer, words),
        labels(fields, text, files, languages, gazetteer, words),
        names(gazetteer, words, NameModel::BuiltIn(), NameDoubt::BuiltIn(), files),
        east_asian(NameModel::BuiltIn(), files),
        company_numbers(gazetteer),
        finder(text, shapes, labels, names, east_asian, company_numbers),
        judge(SpanModel::BuiltIn(), NameModel::BuiltIn(), text, files, own),
        values(std::move(vocabularies)),
        columns(fields, text, shapes, names, values, words.companies, files, day.year()) {}

  std::vector<std::shared_ptr<const DetectorFile>> files;
  Vocabulary words;
  FieldRules fields;
  TextRules text;
  ShapeRules shapes;
  LabelRules labels;
  NameRules names;
  EastAsianRules east_asian;
  CompanyNumbers company_numbers;
  TextFinder finder;
  SpanJudge judge;
  ValueRules values;
  ColumnRules columns;
};

}  // namespace privity::detect
