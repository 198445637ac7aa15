// The register as a file: Fideslang 3 (https://ethyca.github.io/fideslang/) where it has a word for it.
//
//   dataset:
//     - fides_key: shop.public            # the system's name and the schema in it, as KeyOf spells them
//       name: public
//       collections:
//         - name: customer
//           stewardship: {retention: {period: 6, unit: years, start: transaction}, date_field: ordered_at}   # ours
//           fields:
//             - name: email
//               data_categories: [user.contact.email]
//               fides_meta: {references: [{dataset: crm, field: contacts.mail, direction: to}]}
//   system:
//     - {fides_key: shop, name: Shop, system_type: Database, privacy_declarations: []}
//   processing_activity:                  # ours: GDPR Art. 30
//     - {name: Web shop, role: controller, systems: [shop], purposes: [{purpose: Delivering orders, basis: contract}]}
//
// A field whose only category stands under `system` holds no personal data; one without categories is not spoken of.
// docs/formats/map-as-code.md describes every member. Value types.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "datamap/activities.h"
#include "datamap/recipients.h"
#include "datamap/stewardship.h"

namespace privity {

struct FidesReference {
  std::string dataset{};  // a fides_key
  std::string field{};    // "customer.email": collection and field
  std::optional<std::string> direction{};
};
PRIVITY_DESCRIBE(FidesReference, (dataset, field, direction))

struct FidesFieldMeta {
  std::vector<FidesReference> references{};
  std::optional<bool> primary_key{};
  std::optional<std::string> data_type{};
  std::optional<std::string> identity{};
  std::optional<std::int64_t> length{};
  std::optional<bool> return_all_elements{};
  std::optional<bool> read_only{};
};
PRIVITY_DESCRIBE(FidesFieldMeta, (references, primary_key, data_type, identity, length, return_all_elements, read_only))
std::vector<FieldNote> FieldNotes(const FidesFieldMeta*);

// Ours, beside Fideslang: how long records of a collection, or values of a field, may be kept, and what else is said of
// it. Who decides about it is not in files: people are known to one installation only.
struct CodedStewardship {
  std::optional<Retention> retention{};
  std::string date_field{};
  std::vector<CustomField> custom_fields{};
  bool operator==(const CodedStewardship&) const = default;
};
PRIVITY_DESCRIBE(CodedStewardship, (retention, date_field, custom_fields))
std::vector<FieldNote> FieldNotes(const CodedStewardship*);

struct FidesField {
  std::string name{};
  std::optional<std::string> description{};
  std::vector<std::string> data_categories{};
  std::optional<FidesFieldMeta> fides_meta{};
  std::optional<CodedStewardship> stewardship{};
};
PRIVITY_DESCRIBE(FidesField, (name, description, data_categories, fides_meta, stewardship))
std::vector<FieldNote> FieldNotes(const FidesField*);

struct FidesCollection {
  std::string name{};
  std::optional<std::string> description{};
  std::vector<std::string> data_categories{};
  std::optional<CodedStewardship> stewardship{};
  std::vector<FidesField> fields{};
  Json fides_meta{};
};
PRIVITY_DESCRIBE(FidesCollection, (name, description, data_categories, stewardship, fields, fides_meta))
std::vector<FieldNote> FieldNotes(const FidesCollection*);

struct FidesDataset {
  std::string fides_key{};
  std::optional<std::string> organization_fides_key{};
  std::vector<std::string> tags{};
  std::optional<std::string> name{};
  std::optional<std::string> description{};
  Json meta{};
  std::vector<std::string> data_categories{};
  std::vector<FidesCollection> collections{};
  Json fides_meta{};
};
PRIVITY_DESCRIBE(FidesDataset, (fides_key, organization_fides_key, tags, name, description, meta, data_categories,
                                collections, fides_meta))
std::vector<FieldNote> FieldNotes(const FidesDataset*);

struct FidesDeclaration {
  std::string name{};
  std::vector<std::string> data_categories{};
  std::optional<std::string> data_use{};
  std::vector<std::string> data_subjects{};
  std::vector<std::string> dataset_references{};
};
PRIVITY_DESCRIBE(FidesDeclaration, (name, data_categories, data_use, data_subjects, dataset_references))
std::vector<FieldNote> FieldNotes(const FidesDeclaration*);

struct FidesSystem {
  std::string fides_key{};
  std::optional<std::string> organization_fides_key{};
  std::vector<std::string> tags{};
  std::optional<std::string> name{};
  std::optional<std::string> description{};
  Json meta{};
  std::string system_type{};
  std::vector<FidesDeclaration> privacy_declarations{};
  std::optional<std::string> administrating_department{};
};
PRIVITY_DESCRIBE(FidesSystem, (fides_key, organization_fides_key, tags, name, description, meta, system_type,
                               privacy_declarations, administrating_department))
std::vector<FieldNote> FieldNotes(const FidesSystem*);

// As ActivityRequest, with systems by their fides_key and without the steward.
struct CodedActivity {
  std::string name{};
  ActivityRole role = ActivityRole::kController;
  std::string description{};
  std::vector<ActivityParty> parties{};
  std::vector<ActivityPurpose> purposes{};
  std::vector<std::string> subject_categories{};
  std::vector<std::string> data_categories{};
  std::optional<SpecialCondition> special_condition{};
  std::vector<std::string> recipients{};
  std::vector<ActivityTransfer> transfers{};
  std::string retention{};
  std::vector<ActivityRetention> retention_rules{};
  std::string security{};
  std::vector<std::string> systems{};
  std::vector<CustomField> custom_fields{};
};
PRIVITY_DESCRIBE(CodedActivity,
                 (name, role, description, parties, purposes, subject_categories, data_categories, special_condition,
                  recipients, transfers, retention, retention_rules, security, systems, custom_fields))
std::vector<FieldNote> FieldNotes(const CodedActivity*);

// As RecipientRequest, without the steward.
struct CodedRecipient {
  std::string name{};
  RecipientKind kind = RecipientKind::kCompany;
  std::optional<RecipientRole> role{};
  std::string country{};
  std::string contact{};
  std::string description{};
  std::vector<RecipientTransfer> transfers{};
  std::vector<CustomField> custom_fields{};
};
PRIVITY_DESCRIBE(CodedRecipient, (name, kind, role, country, contact, description, transfers, custom_fields))
std::vector<FieldNote> FieldNotes(const CodedRecipient*);

struct MapFile {
  std::vector<FidesDataset> dataset{};
  std::vector<FidesSystem> system{};
  std::vector<CodedRecipient> recipient{};
  std::vector<CodedActivity> processing_activity{};
};
PRIVITY_DESCRIBE(MapFile, (dataset, system, recipient, processing_activity))
std::vector<FieldNote> FieldNotes(const MapFile*);

// "demo_shop" of "Demo shop": lower-case letters and digits of ASCII, what is between them as one underscore.
std::string KeyOf(std::string_view name);
// Of a dataset in a system; the system's own where the store has no schemas.
std::string DatasetKeyOf(std::string_view system, std::string_view dataset);

}  // namespace privity
