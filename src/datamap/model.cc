#include "datamap/model.h"

namespace privity {

StoredProblem ToStoredProblem(const Error& error) {
  StoredProblem problem{.code = error.code()};
  for (const ErrorParameter& parameter : error.parameters()) problem.parameters[parameter.name] = parameter.value;
  return problem;
}

std::vector<FieldNote> FieldNotes(const DataSystem*) {
  return {
      {.name = "product", .description = "What the store said of itself.", .example = "PostgreSQL 15.4"},
      {.name = "connection", .description = "How it is reached; absent for what was entered by hand."},
      {.name = "fresh_since",
       .description = "When the scan that ended last began. What was seen before is stale: that scan did not see it."},
      {.name = "personal_fields", .description = "Fields with personal data, by verdict or detector."},
      {.name = "special_fields", .description = "Those of categories that GDPR Art. 9(1) and 10 single out."},
      {.name = "open_changes", .description = "Changes that wait for a decision."}};
}

std::vector<FieldNote> FieldNotes(const CustomField*) {
  return {{.name = "name", .example = "Contract", .format = "line", .min_length = 1, .max_length = 100},
          {.name = "value", .example = "2026/17", .max_length = 1000}};
}

std::vector<FieldNote> FieldNotes(const DataCollection*) {
  return {
      {.name = "dataset", .description = "Schema or database; empty where the store has none.", .example = "public"},
      {.name = "unread",
       .description = "The code of the error that kept the newest scan from reading values; empty when it read them."},
      {.name = "read_at", .description = "When values were last read."}};
}

std::vector<FieldNote> FieldNotes(const DataField*) {
  return {{.name = "name", .description = "In documents the path.", .example = "address.street"},
          {.name = "category",
           .description = "The one that counts: the verdict's, or the detector's where there is no verdict.",
           .example = "user.contact.email"},
          {.name = "is_special", .description = "Whether GDPR Art. 9(1) or 10 singles the category out."},
          {.name = "distinct_values", .description = "How many were judged; 0: by the name alone."},
          {.name = "judged_at", .description = "When values were last read; absent: never."}};
}

std::vector<FieldNote> FieldNotes(const ReferencePlace*) {
  return {
      {.name = "system"},
      {.name = "dataset", .max_length = kMapNameBytesMax, .defaulted = true},
      {.name = "collection", .min_length = 1, .max_length = kMapNameBytesMax},
      {.name = "fields", .description = "In the order of those at the other end.", .min_length = 1, .max_length = 16}};
}

std::vector<FieldNote> FieldNotes(const MapScan*) {
  return {{.name = "id", .description = "Also the id of its job."},
          {.name = "gaps", .description = "How many things could not be read."},
          {.name = "problem", .description = "What kept it from reading anything, or from going on."}};
}

std::vector<FieldNote> FieldNotes(const MapChange*) {
  return {{.name = "field", .description = "Absent: the collection as a whole."},
          {.name = "category_before", .description = "The one that counted; empty for an addition."},
          {.name = "category_now", .description = "What the detector sees; empty for what is gone."}};
}

}  // namespace privity
