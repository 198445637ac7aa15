#include "ascode/map_code.h"

#include <algorithm>
#include <functional>
#include <set>

#include "ascode/internal/snapshot.h"
#include "ascode/yaml.h"
#include "base/yaml.h"

namespace privity {
namespace {

constexpr std::string_view kReadActivities = "activities.read";
constexpr std::string_view kWriteActivities = "activities.write";
constexpr const char* kNoPersonalData = "system";  // Fideslang's category of what is about no person

// --- Export ---

std::optional<CodedStewardship> Coded(const auto& said, const auto& id) {
  const auto found = said.find(id);
  if (found == said.end()) return std::nullopt;
  const StewardshipRequest& content = found->second.content;
  CodedStewardship coded{
      .retention = content.retention, .date_field = content.date_field, .custom_fields = content.custom_fields};
  return coded == CodedStewardship{} ? std::nullopt : std::optional(std::move(coded));
}

class Exporting {
 public:
  Exporting(const RegisterSnapshot& snapshot, const std::optional<SystemId>& only, bool with_activities)
      : snapshot_(snapshot), only_(only), with_activities_(with_activities) {}

  MapFile File() const {
    MapFile file;
    for (const auto& [key, dataset] : snapshot_.datasets) {
      if (IsWanted(dataset.system)) file.dataset.push_back(Of(key, dataset));
    }
    for (const auto& [key, system] : snapshot_.systems) {
      if (IsWanted(system.id)) file.system.push_back(Of(key, system));
    }
    if (!with_activities_) return file;
    for (const Recipient& recipient : snapshot_.recipients) {
      if (!only_) file.recipient.push_back(Of(recipient.content));
    }
    for (const Activity& activity : snapshot_.activities) {
      if (IsAbout(activity)) file.processing_activity.push_back(Of(activity.content));
    }
    return file;
  }

 private:
  bool IsWanted(const SystemId& id) const { return !only_ || *only_ == id; }
  bool IsAbout(const Activity& activity) const {
    return !only_ || std::ranges::find(activity.content.systems, *only_) != activity.content.systems.end();
  }

  FidesDataset Of(const std::string& key, const CodedDataset& dataset) const {
    const DataSystem& system = snapshot_.systems.at(snapshot_.KeyOfSystem(dataset.system));
    FidesDataset made{.fides_key = key, .name = dataset.dataset.empty() ? system.name : dataset.dataset};
    for (const auto& [name, fields] : dataset.collections) {
      FidesCollection& collection = made.collections.emplace_back(FidesCollection{.name = name});
      collection.stewardship = Coded(snapshot_.said_of_collections, fields.front().collection);
      for (const DataField& field : fields) collection.fields.push_back(Of(field));
    }
    return made;
  }

  FidesField Of(const DataField& field) const {
    FidesField made{.name = field.name};
    if (field.category != kNoCategory) made.data_categories = {field.category};
    if (field.category == kNoCategory && field.verdict != Verdict::kProposed) made.data_categories = {kNoPersonalData};
    FidesFieldMeta meta{.references = ReferencesFrom(field)};
    if (field.is_key) meta.primary_key = true;
    if (field.is_key || !meta.references.empty()) made.fides_meta = std::move(meta);
    made.stewardship = Coded(snapshot_.said_of_fields, field.id);
    return made;
  }

  // Those of one field: Fideslang has no word for those of several.
  std::vector<FidesReference> ReferencesFrom(const DataField& field) const {
    std::vector<FidesReference> made;
    const ReferencePlace place{field.system, field.dataset, field.collection_name, {field.name}};
    for (const DataReference& reference : snapshot_.references) {
      if (reference.is_ignored || !(reference.from == place) || snapshot_.Find(reference.to) == nullptr) continue;
      made.push_back({.dataset = snapshot_.KeyOfDataset(reference.to.system, reference.to.dataset),
                      .field = reference.to.collection + "." + reference.to.fields.at(0),
                      .direction = "to"});
    }
    return made;
  }

  FidesSystem Of(const std::string& key, const DataSystem& system) const {
    FidesSystem made{.fides_key = key, .name = system.name, .system_type = system.connection ? "Database" : "Service"};
    if (!system.description.empty()) made.description = system.description;
    if (!with_activities_) return made;
    for (const Activity& activity : snapshot_.activities) {
      const auto& systems = activity.content.systems;
      if (std::ranges::find(systems, system.id) == systems.end()) continue;
      made.privacy_declarations.push_back({.name = activity.content.name,
                                           .data_categories = activity.content.data_categories,
                                           .data_subjects = activity.content.subject_categories});
    }
    return made;
  }

  static CodedRecipient Of(const RecipientRequest& content) {
    return {.name = content.name,
            .kind = content.kind,
            .role = content.role,
            .country = content.country,
            .contact = content.contact,
            .description = content.description,
            .transfers = content.transfers,
            .custom_fields = content.custom_fields};
  }

  CodedActivity Of(const ActivityRequest& content) const {
    CodedActivity made{.name = content.name,
                       .role = content.role,
                       .description = content.description,
                       .parties = content.parties,
                       .purposes = content.purposes,
                       .subject_categories = content.subject_categories,
                       .data_categories = content.data_categories,
                       .special_condition = content.special_condition,
                       .recipients = content.recipients,
                       .transfers = content.transfers,
                       .retention = content.retention,
                       .retention_rules = content.retention_rules,
                       .security = content.security,
                       .custom_fields = content.custom_fields};
    for (const SystemId& id : content.systems) made.systems.push_back(snapshot_.KeyOfSystem(id));
    return made;
  }

  const RegisterSnapshot& snapshot_;
  const std::optional<SystemId>& only_;
  const bool with_activities_;
};

// --- Plan and apply ---

// Compares a file with the register. Each difference comes with the act that makes it so; acts run in their order.
class Comparing {
 public:
  using Act = std::function<Status(WriteTx&)>;

  Comparing(const Datamap& datamap, const Caller& caller, const CodeFile& code)
      : datamap_(datamap), caller_(caller), code_(code) {}

  Status Compare(ReadTx& tx) {
    const YamlOptions options{.size_bytes_max = MapCode::kFileBytesMax, .places = &places_};
    PRIVITY_TRY(file_, FromYaml<MapFile>(code_.content, code_.name, options));
    PRIVITY_TRY(snapshot_, TakeSnapshot(tx, datamap_));
    for (std::size_t i = 0; i < file_.system.size(); ++i) CompareSystem(file_.system[i]);
    for (std::size_t i = 0; i < file_.dataset.size(); ++i) {
      CompareDataset(file_.dataset[i], "/dataset/" + std::to_string(i));
    }
    for (std::size_t i = 0; i < file_.recipient.size(); ++i) {
      CompareRecipient(file_.recipient[i], "/recipient/" + std::to_string(i));
    }
    for (std::size_t i = 0; i < file_.processing_activity.size(); ++i) {
      CompareActivity(file_.processing_activity[i], "/processing_activity/" + std::to_string(i));
    }
    for (std::size_t i = 0; i < file_.system.size(); ++i) {
      CompareDeclarations(file_.system[i], "/system/" + std::to_string(i));
    }
    if (plan_.changes.size() > MapCode::kChangesMax) {
      return Error("ascode.too_many_changes", {{"maximum", std::to_string(MapCode::kChangesMax)}});
    }
    return Ok();
  }

  Status Apply(WriteTx& tx) {
    for (const Act& act : acts_) PRIVITY_TRY_VOID(act(tx));
    return Ok();
  }

  CodePlan TakePlan() { return std::move(plan_); }

 private:
  void Add(CodeChange change, Act act) {
    plan_.changes.push_back(std::move(change));
    acts_.push_back(std::move(act));
  }
  void Problem(CodeProblemKind kind, std::string place, const std::string& pointer) {
    const auto at = places_.find(pointer);
    plan_.problems.push_back({kind, std::move(place), at == places_.end() ? 0 : at->second.line});
  }

  void CompareSystem(const FidesSystem& system) {
    const std::string name = system.name.value_or(system.fides_key);
    const auto found = snapshot_.systems.find(system.fides_key);
    if (found == snapshot_.systems.end()) {
      new_systems_.insert(system.fides_key);
      Add({CodeChangeKind::kCreateSystem, name, "", system.description.value_or("")},
          [this, name, system](WriteTx& tx) -> Status {
            PRIVITY_TRY(
                const DataSystem made,
                datamap_.systems().Create(tx, caller_, {.name = name, .description = system.description.value_or("")}));
            created_.emplace(system.fides_key, made.id);
            return Ok();
          });
      return;
    }
    const DataSystem& known = found->second;
    if (!system.description || *system.description == known.description) return;
    Add({CodeChangeKind::kDescribeSystem, known.name, known.description, *system.description},
        [this, known, description = *system.description](WriteTx& tx) -> Status {
          SystemRequest request = RequestOf(known);
          request.description = description;
          PRIVITY_TRY_VOID(datamap_.systems().Update(tx, caller_, known.id, request, known.version));
          return Ok();
        });
  }

  void CompareDataset(const FidesDataset& dataset, const std::string& pointer) {
    const auto found = snapshot_.datasets.find(dataset.fides_key);
    if (found == snapshot_.datasets.end()) {
      return Problem(CodeProblemKind::kSystemUnknown, dataset.fides_key, pointer);
    }
    for (std::size_t i = 0; i < dataset.collections.size(); ++i) {
      const FidesCollection& collection = dataset.collections[i];
      const std::string at = pointer + "/collections/" + std::to_string(i);
      const auto known = found->second.collections.find(collection.name);
      if (known == found->second.collections.end()) {
        Problem(CodeProblemKind::kCollectionUnknown, dataset.fides_key + ": " + collection.name, at);
        continue;
      }
      const CollectionId id = known->second.front().collection;
      CompareStewardship(dataset.fides_key + ": " + collection.name, known->second, collection.stewardship, id,
                         Said(snapshot_.said_of_collections, id), at);
      for (std::size_t j = 0; j < collection.fields.size(); ++j) {
        CompareField(dataset.fides_key + ": " + collection.name + "." + collection.fields[j].name, known->second,
                     collection.fields[j], at + "/fields/" + std::to_string(j));
      }
    }
  }

  void CompareField(const std::string& place, const std::vector<DataField>& known, const FidesField& field,
                    const std::string& pointer) {
    const auto found = std::ranges::find(known, field.name, &DataField::name);
    if (found == known.end()) return Problem(CodeProblemKind::kFieldUnknown, place, pointer);
    CompareCategory(place, *found, field, pointer);
    CompareStewardship(place, known, field.stewardship, found->id, Said(snapshot_.said_of_fields, found->id), pointer);
    if (!field.fides_meta) return;
    for (std::size_t i = 0; i < field.fides_meta->references.size(); ++i) {
      CompareReference(place, *found, field.fides_meta->references[i],
                       pointer + "/fides_meta/references/" + std::to_string(i));
    }
  }

  void CompareCategory(const std::string& place, const DataField& known, const FidesField& field,
                       const std::string& pointer) {
    if (field.data_categories.empty()) return;
    const auto personal = std::ranges::find_if(field.data_categories, [](const auto& key) { return IsPersonal(key); });
    const std::string category = personal == field.data_categories.end() ? std::string(kNoCategory) : *personal;
    const Taxonomy& taxonomy = datamap_.world().taxonomy();
    if (category != kNoCategory && !taxonomy.IsCategory(category)) {
      return Problem(CodeProblemKind::kCategoryUnknown, place, pointer + "/data_categories");
    }
    if (category == known.category) return;
    Add({CodeChangeKind::kDecideField, place, known.category, category}, [this, id = known.id, category](WriteTx& tx) {
      return datamap_.changes().DecideField(tx, caller_, id, {.category = category, .reason = code_.name});
    });
  }

  static Stewardship Said(const auto& said, const auto& id) {
    const auto found = said.find(id);
    return found == said.end() ? Stewardship{} : found->second;
  }

  // `fields`: of the collection. Who decides stays as it is.
  void CompareStewardship(const std::string& place, const std::vector<DataField>& fields,
                          const std::optional<CodedStewardship>& coded, const StewardPlace& id, const Stewardship& said,
                          const std::string& pointer) {
    if (!coded) return;
    const bool is_countable =
        coded->date_field.empty() || std::ranges::find(fields, coded->date_field, &DataField::name) != fields.end();
    if (!is_countable) return Problem(CodeProblemKind::kDateFieldUnknown, place, pointer + "/stewardship/date_field");
    StewardshipRequest request{.steward = said.content.steward,
                               .custom_fields = coded->custom_fields,
                               .retention = coded->retention,
                               .date_field = coded->date_field};
    if (ToJson(request) == ToJson(said.content)) return;
    Add({CodeChangeKind::kSetStewardship, place, "", ""},
        [this, id, request, version = said.version](WriteTx& tx) -> Status {
          PRIVITY_TRY_VOID(datamap_.stewardships().Set(tx, caller_, id, request, version));
          return Ok();
        });
  }

  // The end that a reference of the file names: the collection whose name the text begins with, the longest such.
  std::optional<ReferencePlace> EndOf(const FidesReference& reference) const {
    const auto dataset = snapshot_.datasets.find(reference.dataset);
    if (dataset == snapshot_.datasets.end()) return std::nullopt;
    std::optional<ReferencePlace> end;
    for (const auto& [name, fields] : dataset->second.collections) {
      if (!reference.field.starts_with(name + ".")) continue;
      const std::string field = reference.field.substr(name.size() + 1);
      if (std::ranges::find(fields, field, &DataField::name) == fields.end()) continue;
      if (end && end->collection.size() > name.size()) continue;
      end = ReferencePlace{dataset->second.system, dataset->second.dataset, name, {field}};
    }
    return end;
  }

  void CompareReference(const std::string& place, const DataField& known, const FidesReference& reference,
                        const std::string& pointer) {
    const auto other = EndOf(reference);
    if (!other) return Problem(CodeProblemKind::kReferenceEndUnknown, place, pointer);
    ReferenceStatement statement{
        .from = {known.system, known.dataset, known.collection_name, {known.name}}, .to = *other, .reason = code_.name};
    if (reference.direction == "from") std::swap(statement.from, statement.to);
    const bool is_known = std::ranges::any_of(snapshot_.references, [&](const DataReference& each) {
      return each.from == statement.from && each.to == statement.to;
    });
    if (is_known) return;
    Add({CodeChangeKind::kStateReference, place, "", reference.dataset + ": " + reference.field},
        [this, statement](WriteTx& tx) -> Status {
          PRIVITY_TRY_VOID(datamap_.references().Create(tx, caller_, statement));
          return Ok();
        });
  }

  bool IsSystem(const std::string& key) const { return snapshot_.systems.contains(key) || new_systems_.contains(key); }

  Result<std::vector<SystemId>> SystemsOf(const std::vector<std::string>& keys) const {
    std::vector<SystemId> ids;
    for (const std::string& key : keys) {
      const auto made = created_.find(key);
      ids.push_back(made != created_.end() ? made->second : snapshot_.systems.at(key).id);
    }
    return ids;
  }

  // Before the activities, which would record whom they name by name alone.
  void CompareRecipient(const CodedRecipient& coded, const std::string& pointer) {
    if (!caller_.May(kWriteActivities)) return Problem(CodeProblemKind::kNotPermitted, coded.name, pointer);
    RecipientRequest content{.name = coded.name,
                             .kind = coded.kind,
                             .role = coded.role,
                             .country = coded.country,
                             .contact = coded.contact,
                             .description = coded.description,
                             .transfers = coded.transfers,
                             .custom_fields = coded.custom_fields};
    const auto known = std::ranges::find_if(snapshot_.recipients,
                                            [&](const Recipient& each) { return each.content.name == coded.name; });
    if (known == snapshot_.recipients.end()) {
      return Add({CodeChangeKind::kCreateRecipient, coded.name, "", ""}, [this, content](WriteTx& tx) -> Status {
        PRIVITY_TRY_VOID(datamap_.recipients().Create(tx, caller_, content));
        return Ok();
      });
    }
    content.steward = known->content.steward;
    if (ToJson(content) == ToJson(known->content)) return;
    Add({CodeChangeKind::kUpdateRecipient, coded.name, "", ""},
        [this, id = known->id, version = known->version, content](WriteTx& tx) -> Status {
          PRIVITY_TRY_VOID(datamap_.recipients().Update(tx, caller_, id, content, version));
          return Ok();
        });
  }

  void CompareActivity(const CodedActivity& coded, const std::string& pointer) {
    if (!caller_.May(kWriteActivities)) return Problem(CodeProblemKind::kNotPermitted, coded.name, pointer);
    for (const std::string& key : coded.systems) {
      if (!IsSystem(key)) return Problem(CodeProblemKind::kSystemUnknown, coded.name, pointer + "/systems");
    }
    coded_activities_.insert(coded.name);
    ActivityRequest content{.role = coded.role,
                            .name = coded.name,
                            .description = coded.description,
                            .parties = coded.parties,
                            .purposes = coded.purposes,
                            .subject_categories = coded.subject_categories,
                            .data_categories = coded.data_categories,
                            .special_condition = coded.special_condition,
                            .recipients = coded.recipients,
                            .transfers = coded.transfers,
                            .retention = coded.retention,
                            .retention_rules = coded.retention_rules,
                            .security = coded.security,
                            .custom_fields = coded.custom_fields};
    const auto known = std::ranges::find_if(snapshot_.activities,
                                            [&](const Activity& each) { return each.content.name == coded.name; });
    if (known == snapshot_.activities.end()) return CreateActivity(content, coded.systems);
    content.steward = known->content.steward;
    ActivityRequest wanted = content;
    for (const std::string& key : coded.systems) {
      if (snapshot_.systems.contains(key)) wanted.systems.push_back(snapshot_.systems.at(key).id);
    }
    if (wanted.systems.size() == coded.systems.size() && ToJson(wanted) == ToJson(known->content)) return;
    Add({CodeChangeKind::kUpdateActivity, coded.name, "", ""},
        [this, id = known->id, version = known->version, content, keys = coded.systems](WriteTx& tx) -> Status {
          ActivityRequest request = content;
          PRIVITY_TRY(request.systems, SystemsOf(keys));
          PRIVITY_TRY_VOID(datamap_.activities().Update(tx, caller_, id, request, version));
          return Ok();
        });
  }

  void CreateActivity(const ActivityRequest& content, const std::vector<std::string>& systems) {
    Add({CodeChangeKind::kCreateActivity, content.name, "", ""}, [this, content, systems](WriteTx& tx) -> Status {
      ActivityRequest request = content;
      PRIVITY_TRY(request.systems, SystemsOf(systems));
      PRIVITY_TRY_VOID(datamap_.activities().Create(tx, caller_, request));
      return Ok();
    });
  }

  // A declaration of another program's file, of which there is no activity yet.
  void CompareDeclarations(const FidesSystem& system, const std::string& pointer) {
    for (const FidesDeclaration& declaration : system.privacy_declarations) {
      const bool is_known = coded_activities_.contains(declaration.name) ||
                            std::ranges::any_of(snapshot_.activities, [&](const Activity& each) {
                              return each.content.name == declaration.name;
                            });
      if (is_known || declaration.name.empty()) continue;
      if (!caller_.May(kWriteActivities)) {
        Problem(CodeProblemKind::kNotPermitted, declaration.name, pointer);
        continue;
      }
      coded_activities_.insert(declaration.name);
      ActivityRequest content{.name = declaration.name,
                              .subject_categories = declaration.data_subjects,
                              .data_categories = declaration.data_categories};
      if (declaration.data_use) content.purposes.push_back({.purpose = *declaration.data_use});
      CreateActivity(content, {system.fides_key});
    }
  }

  const Datamap& datamap_;
  const Caller& caller_;
  const CodeFile& code_;
  YamlPlaces places_;
  MapFile file_;
  RegisterSnapshot snapshot_;
  std::set<std::string> new_systems_, coded_activities_;
  std::map<std::string, SystemId> created_;
  CodePlan plan_;
  std::vector<Act> acts_;
};

}  // namespace

std::vector<FieldNote> FieldNotes(const CodePlan*) {
  return {{.name = "problems", .description = "What the file speaks of and the register cannot take; passed over."}};
}
std::vector<FieldNote> FieldNotes(const CodeFile*) {
  return {{.name = "content", .description = "The file: YAML, as the export writes it.", .min_length = 1},
          {.name = "name",
           .description = "What it is called: shown in errors, and kept as the reason of what it decides.",
           .format = "line",
           .min_length = 1,
           .max_length = 200,
           .defaulted = true}};
}

Result<std::string> MapCode::Export(ReadTx& tx, const Caller& caller, const std::optional<SystemId>& system) const {
  if (system) PRIVITY_TRY_VOID(datamap_.systems().Get(tx, *system));
  PRIVITY_TRY(const RegisterSnapshot snapshot, TakeSnapshot(tx, datamap_));
  const MapFile file = Exporting(snapshot, system, caller.May(kReadActivities)).File();
  PRIVITY_TRY(const Json value, ParseJson(ToJson(file)));
  return ToYaml(value);
}

Result<CodePlan> MapCode::Plan(ReadTx& tx, const Caller& caller, const CodeFile& file) const {
  Comparing comparing(datamap_, caller, file);
  PRIVITY_TRY_VOID(comparing.Compare(tx));
  return comparing.TakePlan();
}

Result<CodePlan> MapCode::Apply(WriteTx& tx, const Caller& caller, const CodeFile& file) const {
  Comparing comparing(datamap_, caller, file);
  PRIVITY_TRY_VOID(comparing.Compare(tx));
  PRIVITY_TRY_VOID(comparing.Apply(tx));
  return comparing.TakePlan();
}

}  // namespace privity
