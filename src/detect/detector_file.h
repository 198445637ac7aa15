// Detectors as data: what one kind of personal data looks like in text, and how columns that hold it are called.
//
//   pack: {kind: detector, id: es-nif, version: 2026.1, title: …, sources: [{title: …}]}
//   entity: national_id
//   category: user.government_id.national_identification_number      # a Fideslang key, or `none`
//   country: ES
//   text:
//     shape: number                     # digits and letters, written with or without single separators
//     patterns: ["[0-9]{8}[A-Z]"]       # RE2, over the text without its separators and in upper case
//     validator: es_nif
//     context: [nif, dni]
//   fields:
//     names: [nif, numero nif]
//   examples: ["Su NIF es 12345678Z."]
//   counter_examples: ["Pedido 12345678A"]
//
// docs/formats/detector.md describes every member; docs/guides/add-a-detector.md how to write one. What the schema
// cannot say is refused with file, line and what to do: packs.invalid.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "packs/pack.h"

namespace privity {

// What a person would call the thing that was found. The list is a contract of `privity detect text`.
enum class Entity {
  kPerson,
  kEmail,
  kPhone,
  kAddress,
  kPostalCode,
  kLocation,
  kOrganization,
  kDate,
  kAge,
  kGender,
  kJobTitle,
  kHonorific,
  kDemographic,
  kFamily,
  kUrl,
  kIp,
  kDeviceId,
  kCreditCard,
  kBankAccount,
  kNationalId,
  kTaxId,
  kPassport,
  kDrivingLicence,
  kHealthId,
  kVehicle,
  kCrypto,
  kSecret,
  kUsername,
  kOtherId
};
PRIVITY_DESCRIBE_ENUM(Entity, kPerson, kEmail, kPhone, kAddress, kPostalCode, kLocation, kOrganization, kDate, kAge,
                      kGender, kJobTitle, kHonorific, kDemographic, kFamily, kUrl, kIp, kDeviceId, kCreditCard,
                      kBankAccount, kNationalId, kTaxId, kPassport, kDrivingLicence, kHealthId, kVehicle, kCrypto,
                      kSecret, kUsername, kOtherId)

// How a rule's text is cut out before its patterns are tried.
enum class TextShape {
  kNumber,   // groups of letters and digits joined by single separators: space, hyphen, dot, slash
  kToken,    // one run without white space and quotes, tried as it is written: keys, tokens, addresses of wallets
  kBuiltin,  // the program's own code recognizes it (e-mail, dates, names …); the file says what it means
  kWord      // one of `words`, whatever its case
};
PRIVITY_DESCRIBE_ENUM(TextShape, kNumber, kToken, kBuiltin, kWord)

// Where a word counts without a word of its context: near a person, an age or a number of somebody.
enum class BesidePeople {
  kNo,
  kAnywhere,  // "her *sister* rang"
  kSetOff     // only between signs: "aged 45, *widowed*, of"
};
PRIVITY_DESCRIBE_ENUM(BesidePeople, kNo, kAnywhere, kSetOff)

// The kinds of declared types that a column of personal data may have.
enum class ColumnType { kText, kNumber, kDate, kBoolean, kJson };
PRIVITY_DESCRIBE_ENUM(ColumnType, kText, kNumber, kDate, kBoolean, kJson)

struct TextRule {
  TextShape shape = TextShape::kNumber;
  std::vector<std::string> patterns;
  std::vector<std::string> words;
  std::optional<std::string> validator;
  std::vector<std::string> layouts;                // "999-99-9999": digits 9, letters A; written so, it counts for more
  std::vector<std::string> context;                // words that stand near it
  bool context_needed = false;                     // without such a word it is not reported
  BesidePeople beside_people = BesidePeople::kNo;  // but for where somebody is spoken of: of the shape `word`
  bool of_organizations = false;  // registers and taxes of firms: a column of them, called nothing, is nobody's
};
PRIVITY_DESCRIBE(TextRule,
                 (shape, patterns, words, validator, layouts, context, context_needed, beside_people, of_organizations))
inline std::vector<FieldNote> FieldNotes(const TextRule*) {
  return {{.name = "patterns", .max_length = 300, .defaulted = true},
          {.name = "words", .defaulted = true},
          {.name = "layouts", .defaulted = true},
          {.name = "context", .defaulted = true},
          {.name = "context_needed", .defaulted = true},
          {.name = "beside_people", .defaulted = true},
          {.name = "of_organizations", .defaulted = true}};
}

struct FieldRule {
  std::vector<std::string> names;                // say it alone
  std::vector<std::string> labels;               // say it before a value in a text, and not as names: "C.I.", "SĐT"
  std::vector<std::string> names_beside_people;  // say it in a collection about people
  std::vector<std::string> goes_with;            // words beside a cue that belong to it: an income's *amount*
  std::vector<std::string> names_at_home;        // say it where the system or the collection is called so:
  std::vector<std::string> at_home_in;           // a `route` in a clinic is a medicine's
  bool things_have_it_too = false;               // stores have a latitude, servers an address: there it is nobody's
  std::vector<ColumnType> types;                 // declared types that may hold it; empty: any
  std::vector<std::string> examples;             // "collection.field type"
  std::vector<std::string> counter_examples;
};
PRIVITY_DESCRIBE(FieldRule, (names, labels, names_beside_people, goes_with, names_at_home, at_home_in,
                             things_have_it_too, types, examples, counter_examples))
inline std::vector<FieldNote> FieldNotes(const FieldRule*) {
  return {{.name = "names", .defaulted = true},
          {.name = "labels", .defaulted = true},
          {.name = "names_beside_people", .defaulted = true},
          {.name = "goes_with", .defaulted = true},
          {.name = "names_at_home", .defaulted = true},
          {.name = "at_home_in", .defaulted = true},
          {.name = "things_have_it_too", .defaulted = true},
          {.name = "types", .defaulted = true},
          {.name = "examples", .defaulted = true},
          {.name = "counter_examples", .defaulted = true}};
}

// How its values are told in a column of them, whatever the column is called: by vocabulary.
struct ValueRule {
  std::vector<std::string> whole;     // values: "catholic"
  std::vector<std::string> words;     // one of them in a value: "Type 2 *diabetes*"
  std::vector<std::string> endings;   // of a word: "tonsill*itis*"
  std::vector<std::string> patterns;  // of whole values, as they are written
  std::vector<std::string> said;      // in notes about somebody: "she is *hiv positive*"
  // What other columns hold too, and what counts only beside values that are told by those: "m" beside "female".
  std::vector<std::string> beside, beside_patterns;
};
PRIVITY_DESCRIBE(ValueRule, (whole, words, endings, patterns, said, beside, beside_patterns))
inline std::vector<FieldNote> FieldNotes(const ValueRule*) {
  return {{.name = "whole", .defaulted = true},
          {.name = "words", .defaulted = true},
          {.name = "endings", .defaulted = true},
          {.name = "patterns", .max_length = 300, .defaulted = true},
          {.name = "said", .defaulted = true},
          {.name = "beside", .defaulted = true},
          {.name = "beside_patterns", .max_length = 300, .defaulted = true}};
}

struct DetectorFile {
  PackHeader pack;
  Entity entity = Entity::kOtherId;
  std::string category;
  std::optional<std::string> country;
  std::optional<TextRule> text;
  std::optional<FieldRule> fields;
  std::optional<ValueRule> values;
  std::vector<std::string> examples;          // texts in which this detector finds something
  std::vector<std::string> counter_examples;  // texts in which it finds nothing
};
PRIVITY_DESCRIBE(DetectorFile, (pack, entity, category, country, text, fields, values, examples, counter_examples))
inline std::vector<FieldNote> FieldNotes(const DetectorFile*) {
  return {{.name = "category", .min_length = 1, .max_length = 100},
          {.name = "country", .format = "country"},
          {.name = "examples", .defaulted = true},
          {.name = "counter_examples", .defaulted = true}};
}

// How names of columns are read, whatever the detector: kind `naming`.
struct NamingFile {
  PackHeader pack;
  std::vector<std::string> people;       // collections named so hold people
  std::vector<std::string> things;       // and so, things
  std::vector<std::string> upkeep;       // and so, what keeps a system running
  std::vector<std::string> neutral;      // words beside a cue that change nothing
  std::vector<std::string> vetoes;       // after a cue: it is something about the thing, not the thing
  std::vector<std::string> questions;    // before a cue: likewise
  std::vector<std::string> row_moments;  // what happens to rows, not to people
  std::vector<std::string> works;        // collections of works and goods, which come with their makers' names
  std::vector<std::string> records;      // collections of what happened: orders, messages, visits
  std::vector<std::string> containers;   // documents that say nothing of whose their fields are: `properties.email`
  std::vector<std::string> acts;         // before `by`: what somebody did, `approved_by`
  std::vector<std::string> roles;        // by which people are called who do something: `inspector`, `inspector_id`
  std::vector<std::string> english;      // words that other languages have as well: they do not tell the language
  std::vector<std::string> parts;        // of no meaning here but that glued names are cut at them: `bulkmail`
  std::map<std::string, std::string> abbreviations;
  std::map<std::string, std::string> translations;  // words of other languages that mean one English one
};
PRIVITY_DESCRIBE(NamingFile, (pack, people, things, upkeep, neutral, vetoes, questions, row_moments, works, records,
                              containers, acts, roles, english, parts, abbreviations, translations))
inline std::vector<FieldNote> FieldNotes(const NamingFile*) {
  return {{.name = "works", .defaulted = true},      {.name = "records", .defaulted = true},
          {.name = "containers", .defaulted = true}, {.name = "acts", .defaulted = true},
          {.name = "roles", .defaulted = true},      {.name = "english", .defaulted = true},
          {.name = "parts", .defaulted = true},      {.name = "translations", .defaulted = true}};
}

// English meanings and the words for them in another language, short forms too: kind `words`, a file for each language.
struct IdentifierWordsFile {
  PackHeader pack;
  std::optional<std::string> language;  // BCP 47; without it, of scripts that English is not written in
  std::map<std::string, std::vector<std::string>> meanings;
};
PRIVITY_DESCRIBE(IdentifierWordsFile, (pack, language, meanings))
inline std::vector<FieldNote> FieldNotes(const IdentifierWordsFile*) {
  return {{.name = "language", .max_length = 35}};
}

// What Spanish forms, reports and letters are built of.
struct SpanishWords {
  std::vector<std::string> heads_of_people;         // "Paciente:"
  std::vector<std::string> heads_of_organizations;  // "Obra social:"
  std::vector<std::string> heads_of_houses;         // "Procedencia:", of an institution or anything else
  std::vector<std::string> heads_of_places;         // "Localidad:"
  std::vector<std::string> heads;                   // of all other fields: a value ends before one
  std::vector<std::string> houses;                  // with which institutions begin: "Hospital"
  std::vector<std::string> short_houses;            // likewise in capitals: "CEIP"
  std::vector<std::string> bodies;                  // institutions known by their letters alone: "IMSS"
  std::vector<std::string> of_many_houses;          // words that alone name none: Hospital *General*
  std::vector<std::string> from;                    // before where somebody is from: "natural" de Potes
  std::vector<std::string> streets;                 // with which addresses begin: "Barriada"
  std::vector<std::string> relatives;               // that may begin a sentence: "Padre" presente
  std::vector<std::string> professionals;           // whom people see for their work: la "psicóloga" de Juana
  std::vector<std::string> nobodys;                 // words that begin sentences and are no names: "Ante" mí
  std::vector<std::string> numbers_of_nation;       // before the number by which a state knows somebody: "DUI"
  std::vector<std::string> numbers_of_tax;          // by which its revenue does: "RFC"
  std::vector<std::string> numbers_of_health;       // by which those who treat or insure them do: "NSS"
  std::vector<std::string> numbers_of_cases;        // by which courts and offices do: "CUIJ"
};
PRIVITY_DESCRIBE(SpanishWords, (heads_of_people, heads_of_organizations, heads_of_houses, heads_of_places, heads,
                                houses, short_houses, bodies, of_many_houses, from, streets, relatives, professionals,
                                nobodys, numbers_of_nation, numbers_of_tax, numbers_of_health, numbers_of_cases))

// Words that rules in the program look for, by the name of their set and by language (BCP 47): kind `vocabulary`, a
// file for each family of rules.
struct VocabularyFile {
  PackHeader pack;
  std::map<std::string, std::map<std::string, std::vector<std::string>>> sets;
};
PRIVITY_DESCRIBE(VocabularyFile, (pack, sets))

// Frequent names and what stands around them: kind `gazetteer`, one file, `names`.
struct GazetteerFile {
  PackHeader pack;
  std::vector<std::string> first_names;
  std::vector<std::string> last_names;
  std::vector<std::string> everyday;  // names that are also common words: alone they say little
  std::vector<std::string> honorifics;
  std::vector<std::string> labels;               // words before a name: "Patient:", "Dear"
  std::vector<std::string> street_after;         // Elm *Street*
  std::vector<std::string> street_before;        // *Calle* Mayor
  std::vector<std::string> flats;                // Calle Mayor 5, 4º *izda*
  std::vector<std::string> street_endings;       // Linden*strasse*
  std::vector<std::string> further_streets;      // 12 Amber *Ridge*: more often other words
  std::vector<std::string> town_endings;         // Lower*field*
  std::vector<std::string> town_beginnings;      // *Port* Ellen
  std::vector<std::string> further_first_names;  // of more countries; the tagger was not trained with them
  std::vector<std::string> further_last_names;
  std::vector<std::string> organization_words;
  std::vector<std::string> company_endings;     // words that end a company's name: "Sunrise *Bakery*"
  std::vector<std::string> company_forms;       // behind a name, letter by letter, without a last dot: "Sp. z o.o"
  std::vector<std::string> company_beginnings;  // before a name: "ООО «Ветер»"
  std::vector<std::string> called_after;        // whole names of goods, makes, works and drinks: "earl grey"
  std::vector<std::string> matters;             // of science, before whom they are called after: "*escala* de Glasgow"
  std::vector<std::string> eponyms;             // whom signs and scales of medicine are called after: "Lasègue +"
  std::vector<std::string> wards;               // parts of hospitals and offices: "Cardiología"
  std::vector<std::string> before_year;         // "seit 2015": stand before a year that is alone,
  std::vector<std::string> of_a_life;           // and somewhere around it: "geboren", "she"
  std::vector<std::string> numbers_of_things;   // before a number that is nobody's: "SKU", "tracking no."
  std::vector<std::string> beside_firms;        // right beside a tax number that is a company's: "NIP *firmy*"
  std::vector<std::string> networks;            // around an @ that begins somebody's handle: "follow"
  std::vector<std::string> of_sentences;        // beside one: "thanks @kate_m"
  std::vector<std::string> annotations;         // behind an @ and nobody: "@param", "@channel"
  std::vector<std::string> places;
  std::vector<std::string> surname_endings;  // Nowak*owska*
  std::vector<std::string> job_words;        // what jobs are called: one of them makes a title of a short value
  SpanishWords spanish;
};
PRIVITY_DESCRIBE(GazetteerFile,
                 (pack, first_names, last_names, everyday, honorifics, labels, street_after, street_before, flats,
                  street_endings, further_streets, town_endings, town_beginnings, further_first_names,
                  further_last_names, organization_words, company_endings, company_forms, company_beginnings,
                  called_after, matters, eponyms, wards, before_year, of_a_life, numbers_of_things, beside_firms,
                  networks, of_sentences, annotations, places, surname_endings, job_words, spanish))
inline std::vector<FieldNote> FieldNotes(const GazetteerFile*) {
  return {{.name = "further_streets", .defaulted = true},
          {.name = "town_endings", .defaulted = true},
          {.name = "town_beginnings", .defaulted = true},
          {.name = "further_first_names", .defaulted = true},
          {.name = "further_last_names", .defaulted = true},
          {.name = "company_endings", .defaulted = true},
          {.name = "company_forms", .defaulted = true},
          {.name = "company_beginnings", .defaulted = true},
          {.name = "called_after", .defaulted = true},
          {.name = "matters", .defaulted = true},
          {.name = "eponyms", .defaulted = true},
          {.name = "wards", .defaulted = true},
          {.name = "before_year", .defaulted = true},
          {.name = "of_a_life", .defaulted = true},
          {.name = "networks", .defaulted = true},
          {.name = "numbers_of_things", .defaulted = true},
          {.name = "beside_firms", .defaulted = true},
          {.name = "of_sentences", .defaulted = true},
          {.name = "annotations", .defaulted = true},
          {.name = "surname_endings", .defaulted = true},
          {.name = "job_words", .defaulted = true},
          {.name = "spanish", .defaulted = true}};
}

struct TaxonomyEntry {
  std::string key;
  std::string name;
};
PRIVITY_DESCRIBE(TaxonomyEntry, (key, name))

// A category, with all below it, that the law singles out.
struct SpecialCategory {
  std::string key;
  std::string source;  // "GDPR Art. 9(1)"
};
PRIVITY_DESCRIBE(SpecialCategory, (key, source))

// Kind `taxonomy`: the keys that categories, uses and subjects may have. A key's parent is what stands before its last
// dot.
struct TaxonomyFile {
  PackHeader pack;
  std::vector<TaxonomyEntry> data_categories;
  std::vector<TaxonomyEntry> data_uses;
  std::vector<TaxonomyEntry> data_subjects;
  std::vector<SpecialCategory> special_categories;
};
PRIVITY_DESCRIBE(TaxonomyFile, (pack, data_categories, data_uses, data_subjects, special_categories))
inline std::vector<FieldNote> FieldNotes(const TaxonomyFile*) {
  return {{.name = "special_categories", .defaulted = true}};
}

inline constexpr std::string_view kNoCategory = "none";

PackKind DetectorKind();
PackKind NamingKind();
PackKind IdentifierWordsKind();
PackKind GazetteerKind();
PackKind VocabularyKind();
PackKind TaxonomyKind();

}  // namespace privity
