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

// A set whose words somebody asks for as they are written, too.
struct SpelledWords : WordSet {
  std::vector<std::string> spelled;
};

// The comments in packs/detectors/vocabulary/jobs.yaml say where the words of each stand, and so of the others below.
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

// packs/detectors/vocabulary/people.yaml
struct PeopleVocabulary {
  SpelledWords ones, teens, tens, decades, status, orientation;
  WordSet parts_of_decade, somebody, behind_age, behind_said_age, lists_ages, says_age, about, becomes, at_age,
      status_nouns, before_status, before_time, oclock, before_year, behind_year;
};
PRIVITY_DESCRIBE(PeopleVocabulary, (ones, teens, tens, decades, status, orientation, parts_of_decade, somebody,
                                    behind_age, behind_said_age, lists_ages, says_age, about, becomes, at_age,
                                    status_nouns, before_status, before_time, oclock, before_year, behind_year))

// packs/detectors/vocabulary/companies.yaml
struct CompanyVocabulary {
  SpelledWords work;
  WordSet before_companies, before_small_companies, trades, trades_of_two, bodies, common_bodies, of_states,
      bodies_of_what, bodies_behind_the, before_bodies, works_in, days, heads, before_partners, near_partners,
      right_before_partners, behind_partners, houses, institutions, houses_of_places;
};
PRIVITY_DESCRIBE(CompanyVocabulary,
                 (work, before_companies, before_small_companies, trades, trades_of_two, bodies, common_bodies,
                  of_states, bodies_of_what, bodies_behind_the, before_bodies, works_in, days, heads, before_partners,
                  near_partners, right_before_partners, behind_partners, houses, institutions, houses_of_places))

// packs/detectors/vocabulary/accounts.yaml
struct AccountVocabulary {
  SpelledWords named, enters;
  WordSet of_systems;
};
PRIVITY_DESCRIBE(AccountVocabulary, (named, enters, of_systems))

// packs/detectors/vocabulary/labels.yaml
struct LabelVocabulary {
  std::vector<std::string> behind_label;
  WordSet no_values, no_part_of_plate, titles, short_titles, deeds, attempts, before_number, nobodys, of_anything;
};
PRIVITY_DESCRIBE(LabelVocabulary, (behind_label, no_values, no_part_of_plate, titles, short_titles, deeds, attempts,
                                   before_number, nobodys, of_anything))

// packs/detectors/vocabulary/patients.yaml
struct PatientVocabulary {
  WordSet notes, befell, before, years, birth;
};
PRIVITY_DESCRIBE(PatientVocabulary, (notes, befell, before, years, birth))

// packs/detectors/vocabulary/borders.yaml
struct BorderVocabulary {
  WordSet syllables, behind_names, states;
};
PRIVITY_DESCRIBE(BorderVocabulary, (syllables, behind_names, states))

// Each member is called as its pack.
struct Vocabulary {
  JobVocabulary jobs;
  PeopleVocabulary people;
  CompanyVocabulary companies;
  AccountVocabulary accounts;
  LabelVocabulary labels;
  PatientVocabulary patients;
  BorderVocabulary borders;
};
PRIVITY_DESCRIBE(Vocabulary, (jobs, people, companies, accounts, labels, patients, borders))

// As the packs in force on a day have it. Errors: detect.set_missing{pack, set}, detect.set_unknown{pack, set};
// packs.unknown, packs.not_in_force.
Result<Vocabulary> ReadVocabulary(const PackCatalog& catalog, Date day);

}  // namespace privity::detect
