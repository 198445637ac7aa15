#include "ascode/fides.h"

namespace privity {
namespace {

FieldNote Absent(const char* name) {
  return {.name = name, .defaulted = true};
}

FieldNote KeyNote() {
  return {.name = "fides_key", .min_length = 1, .max_length = 1000};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const FidesFieldMeta*) {
  return {Absent("references")};
}
std::vector<FieldNote> FieldNotes(const FidesField*) {
  return {{.name = "name", .min_length = 1, .max_length = kMapNameBytesMax}, Absent("data_categories")};
}
std::vector<FieldNote> FieldNotes(const FidesCollection*) {
  return {{.name = "name", .min_length = 1, .max_length = kMapNameBytesMax},
          Absent("data_categories"),
          Absent("fields"),
          Absent("fides_meta")};
}
std::vector<FieldNote> FieldNotes(const CodedStewardship*) {
  return {{.name = "date_field", .max_length = kMapNameBytesMax, .defaulted = true},
          {.name = "custom_fields", .max_length = 30, .defaulted = true}};
}
std::vector<FieldNote> FieldNotes(const FidesDataset*) {
  return {KeyNote(),           Absent("tags"), Absent("meta"), Absent("data_categories"), Absent("collections"),
          Absent("fides_meta")};
}
std::vector<FieldNote> FieldNotes(const FidesDeclaration*) {
  return {Absent("data_categories"), Absent("data_subjects"), Absent("dataset_references")};
}
std::vector<FieldNote> FieldNotes(const FidesSystem*) {
  return {KeyNote(), Absent("tags"), Absent("meta"), Absent("system_type"), Absent("privacy_declarations")};
}
std::vector<FieldNote> FieldNotes(const CodedActivity*) {
  return {{.name = "name", .format = "line", .min_length = 1, .max_length = 200},
          Absent("role"),
          {.name = "description", .max_length = 4000, .defaulted = true},
          {.name = "parties", .max_length = 100, .defaulted = true},
          {.name = "purposes", .max_length = 100, .defaulted = true},
          {.name = "subject_categories", .max_length = 100, .defaulted = true},
          {.name = "data_categories", .max_length = 100, .defaulted = true},
          {.name = "recipients", .max_length = 100, .defaulted = true},
          {.name = "transfers", .max_length = 100, .defaulted = true},
          {.name = "retention", .max_length = 4000, .defaulted = true},
          {.name = "retention_rules", .max_length = 100, .defaulted = true},
          {.name = "security", .max_length = 4000, .defaulted = true},
          {.name = "systems", .max_length = 100, .defaulted = true},
          {.name = "custom_fields", .max_length = 30, .defaulted = true}};
}
std::vector<FieldNote> FieldNotes(const CodedRecipient*) {
  return {{.name = "name", .format = "line", .min_length = 1, .max_length = 200},
          Absent("kind"),
          {.name = "country", .format = "line", .max_length = 100, .defaulted = true},
          {.name = "contact", .max_length = 500, .defaulted = true},
          {.name = "description", .max_length = 4000, .defaulted = true},
          {.name = "transfers", .max_length = 100, .defaulted = true},
          {.name = "custom_fields", .max_length = 30, .defaulted = true}};
}
std::vector<FieldNote> FieldNotes(const MapFile*) {
  return {Absent("dataset"), Absent("system"), Absent("recipient"), Absent("processing_activity")};
}

std::string KeyOf(std::string_view name) {
  std::string key;
  for (const char c : name) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_kept = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_kept) key += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    if (!is_kept && !key.empty() && key.back() != '_') key += '_';
  }
  while (!key.empty() && key.back() == '_') key.pop_back();
  return key;
}

std::string DatasetKeyOf(std::string_view system, std::string_view dataset) {
  return dataset.empty() ? KeyOf(system) : KeyOf(system) + "." + KeyOf(dataset);
}

}  // namespace privity
