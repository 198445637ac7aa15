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
      right_before_partners, behind_partners, houses, institutions, houses_of_places, small_forms, firms;
  std::vector<std::string> firms_in_one_word;
};
PRIVITY_DESCRIBE(CompanyVocabulary,
                 (work, before_companies, before_small_companies, trades, trades_of_two, bodies, common_bodies,
                  of_states, bodies_of_what, bodies_behind_the, before_bodies, works_in, days, heads, before_partners,
                  near_partners, right_before_partners, behind_partners, houses, institutions, houses_of_places,
                  small_forms, firms, firms_in_one_word))

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

// packs/detectors/vocabulary/ages.yaml
struct AgeVocabulary {
  std::vector<std::string> before_age, years, units_of_children, stems_of_years;
  WordSet things_of_years, somebody, has_years, units_in_brackets, spans, old, years_alone, other_units, units_of_ages,
      years_before_months, months, for_how_long, of_how_long, anybody, before_short_years, small_patients, of_life,
      sexes, oneself, units_between_commas;
};
PRIVITY_DESCRIBE(AgeVocabulary, (before_age, years, units_of_children, stems_of_years, things_of_years, somebody,
                                 has_years, units_in_brackets, spans, old, years_alone, other_units, units_of_ages,
                                 years_before_months, months, for_how_long, of_how_long, anybody, before_short_years,
                                 small_patients, of_life, sexes, oneself, units_between_commas))

// packs/detectors/vocabulary/dates.yaml
struct DateVocabulary {
  std::vector<std::string> weekdays;
  WordSet weekdays_with_day, weekdays_alone, before_weekday, pronouns, births, small_months, short_months,
      behind_short_year, between_days, of_years, before_month, before_capital_month, before_day_with_slash,
      before_day_with_dot, before_day_and_month, before_day, behind_day;
};
PRIVITY_DESCRIBE(DateVocabulary,
                 (weekdays, weekdays_with_day, weekdays_alone, before_weekday, pronouns, births, small_months,
                  short_months, behind_short_year, between_days, of_years, before_month, before_capital_month,
                  before_day_with_slash, before_day_with_dot, before_day_and_month, before_day, behind_day))

// packs/detectors/vocabulary/cues.yaml
struct CueVocabulary {
  std::vector<std::string> passwords, secrets, phones, at_signs;
  WordSet versions, with_versions, near_versions, dots, services, longitudes;
};
PRIVITY_DESCRIBE(CueVocabulary, (passwords, secrets, phones, at_signs, versions, with_versions, near_versions, dots,
                                 services, longitudes))

// packs/detectors/vocabulary/names.yaml
struct NameVocabulary {
  std::vector<std::string> honorifics_with_capital;
  WordSet titles, titles_cut_short, doctors, degrees, roles, kin, greetings, no_given_names, french, spanish,
      not_spanish, near_people, before_receivers, illnesses, matters_of_science, things_called_after, heads_of_columns,
      nobodys, directions, theirs, times_of_year, before_numbers, between_eponyms;
};
PRIVITY_DESCRIBE(NameVocabulary,
                 (honorifics_with_capital, titles, titles_cut_short, doctors, degrees, roles, kin, greetings,
                  no_given_names, french, spanish, not_spanish, near_people, before_receivers, illnesses,
                  matters_of_science, things_called_after, heads_of_columns, nobodys, directions, theirs, times_of_year,
                  before_numbers, between_eponyms))

// packs/detectors/vocabulary/addresses.yaml
struct AddressVocabulary {
  std::vector<std::string> further_street_ends;
  SpelledWords russian_streets;
  WordSet flats_cut_short, of_books, of_journeys, of_banks, of_colleges, noted, units, of_somebody, before_days, days,
      contacts, behind_addresses, numbers_of_people, flats, units_behind, of_houses, codes, boxes,
      before_further_streets, behind_further_streets, before_towns, small_streets, small_further_streets,
      before_small_streets, counted;
};
PRIVITY_DESCRIBE(AddressVocabulary,
                 (further_street_ends, russian_streets, flats_cut_short, of_books, of_journeys, of_banks, of_colleges,
                  noted, units, of_somebody, before_days, days, contacts, behind_addresses, numbers_of_people, flats,
                  units_behind, of_houses, codes, boxes, before_further_streets, behind_further_streets, before_towns,
                  small_streets, small_further_streets, before_small_streets, counted))

// packs/detectors/vocabulary/said.yaml
struct SaidVocabulary {
  std::vector<std::string> password, code, account, network, plate, vehicle, number, health, national_id, licence;
  WordSet value_names, file_endings, opened, links, goes, whose, short_passwords, of_programs;
};
PRIVITY_DESCRIBE(SaidVocabulary,
                 (password, code, account, network, plate, vehicle, number, health, national_id, licence, value_names,
                  file_endings, opened, links, goes, whose, short_passwords, of_programs))

// Each member is called as its pack.
struct Vocabulary {
  JobVocabulary jobs;
  PeopleVocabulary people;
  CompanyVocabulary companies;
  AccountVocabulary accounts;
  LabelVocabulary labels;
  PatientVocabulary patients;
  BorderVocabulary borders;
  AgeVocabulary ages;
  DateVocabulary dates;
  CueVocabulary cues;
  NameVocabulary names;
  AddressVocabulary addresses;
  SaidVocabulary said;
};
PRIVITY_DESCRIBE(Vocabulary, (jobs, people, companies, accounts, labels, patients, borders, ages, dates, cues, names,
                              addresses, said))

// As the packs in force on a day have it. Errors: detect.set_missing{pack, set}, detect.set_unknown{pack, set};
// packs.unknown, packs.not_in_force.
Result<Vocabulary> ReadVocabulary(const PackCatalog& catalog, Date day);

}  // namespace privity::detect
