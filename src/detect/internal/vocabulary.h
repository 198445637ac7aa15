// Sets of words that families of rules ask for: packs of the kind `vocabulary`, read once, when a detector is made.
//
// A member of a struct below is the set of its name in the pack of its family, all languages together. A set that a
// pack lacks, and one that no rule asks for, are refused: detect.set_missing, detect.set_unknown.
#pragma once

#include <string>
#include <vector>

#include "detect/detector_file.h"
#include "detect/internal/word_set.h"
#include "packs/catalog.h"

namespace privity::detect {

// packs/detectors/vocabulary/jobs.yaml says what each is for.
struct JobVocabulary {
  std::vector<std::string> pairs, begins;
  WordSet things, kinds_of_work, departments, kinds_of_people, specialities, in_no_job;
  WordSet before, behind, behind_in_sentences, behind_in_reports, before_as, people, relatives;
  WordSet as, works_as, chosen, becomes, takes_post;
  WordSet set_off_behind, beside_name, titles, heads_of_departments, of_no_matter, teachers;
  WordSet trade, grown, retired, posts, years, of_somebody, behind_trades;
};
PRIVITY_DESCRIBE(JobVocabulary,
                 (pairs, begins, things, kinds_of_work, departments, kinds_of_people, specialities, in_no_job, before,
                  behind, behind_in_sentences, behind_in_reports, before_as, people, relatives, as, works_as, chosen,
                  becomes, takes_post, set_off_behind, beside_name, titles, heads_of_departments, of_no_matter,
                  teachers, trade, grown, retired, posts, years, of_somebody, behind_trades))

// Each member is called as its pack.
struct Vocabulary {
  JobVocabulary jobs;
};
PRIVITY_DESCRIBE(Vocabulary, (jobs))

// As the packs in force on a day have it. Errors: detect.set_missing{pack, set}, detect.set_unknown{pack, set};
// packs.unknown, packs.not_in_force.
Result<Vocabulary> ReadVocabulary(const PackCatalog& catalog, Date day);

}  // namespace privity::detect
