#include "ascode/internal/snapshot.h"

namespace privity {
namespace {

constexpr int kPage = 200;

std::string FreeKey(const RegisterSnapshot& snapshot, const std::string& name) {
  std::string base = KeyOf(name);
  if (base.empty()) base = "system";
  std::string key = base;
  for (int number = 2; snapshot.systems.contains(key); ++number) key = base + "_" + std::to_string(number);
  return key;
}

Status TakeSystems(ReadTx& tx, const Datamap& datamap, RegisterSnapshot& snapshot) {
  for (SystemFilter filter{.limit = kPage};;) {
    PRIVITY_TRY(SystemPage page, datamap.systems().List(tx, filter));
    for (DataSystem& system : page.items) {
      std::string key = FreeKey(snapshot, system.name);
      snapshot.systems.emplace(std::move(key), std::move(system));
    }
    if (!page.next) return Ok();
    filter.after = *page.next;
  }
}

Status TakeFields(ReadTx& tx, const Datamap& datamap, RegisterSnapshot& snapshot) {
  std::map<SystemId, std::string> keys;
  for (const auto& [key, system] : snapshot.systems) keys.emplace(system.id, key);
  for (FieldFilter filter{.limit = kPage};;) {
    PRIVITY_TRY(FieldPage page, datamap.facts().Fields(tx, filter));
    for (DataField& field : page.items) {
      const std::string key =
          field.dataset.empty() ? keys[field.system] : keys[field.system] + "." + KeyOf(field.dataset);
      CodedDataset& dataset = snapshot.datasets[key];
      dataset.system = field.system;
      dataset.dataset = field.dataset;
      dataset.collections[field.collection_name].push_back(std::move(field));
    }
    if (!page.next) return Ok();
    filter.after = *page.next;
  }
}

Status TakeReferences(ReadTx& tx, const Datamap& datamap, RegisterSnapshot& snapshot) {
  for (ReferenceFilter filter{.limit = kPage};;) {
    PRIVITY_TRY(ReferencePage page, datamap.references().List(tx, filter));
    for (DataReference& reference : page.items) snapshot.references.push_back(std::move(reference));
    if (!page.next) return Ok();
    PRIVITY_TRY(filter.after, ReferenceId::Parse(*page.next));
  }
}

Status TakeActivities(ReadTx& tx, const Datamap& datamap, RegisterSnapshot& snapshot) {
  for (ActivityFilter filter{.limit = kPage};;) {
    PRIVITY_TRY(ActivityPage page, datamap.activities().List(tx, filter));
    for (Activity& activity : page.items) snapshot.activities.push_back(std::move(activity));
    if (!page.next) return Ok();
    PRIVITY_TRY(filter.after, ActivityId::Parse(*page.next));
  }
}

Status TakeRecipients(ReadTx& tx, const Datamap& datamap, RegisterSnapshot& snapshot) {
  for (RecipientFilter filter{.limit = kPage};;) {
    PRIVITY_TRY(RecipientPage page, datamap.recipients().List(tx, filter));
    for (Recipient& recipient : page.items) snapshot.recipients.push_back(std::move(recipient));
    if (!page.next) return Ok();
    filter.after = *page.next;
  }
}

Status TakeStewardship(ReadTx& tx, const Datamap& datamap, RegisterSnapshot& snapshot) {
  for (StewardshipFilter filter{.limit = kPage};;) {
    PRIVITY_TRY(StewardshipPage page, datamap.stewardships().List(tx, filter));
    for (Stewardship& said : page.items) {
      if (said.field) {
        snapshot.said_of_fields.emplace(*said.field, std::move(said));
      } else {
        snapshot.said_of_collections.emplace(said.collection, std::move(said));
      }
    }
    if (!page.next) return Ok();
    filter.after = *page.next;
  }
}

}  // namespace

std::string RegisterSnapshot::KeyOfSystem(const SystemId& id) const {
  for (const auto& [key, system] : systems) {
    if (system.id == id) return key;
  }
  return "";
}

std::string RegisterSnapshot::KeyOfDataset(const SystemId& system, const std::string& dataset) const {
  for (const auto& [key, each] : datasets) {
    if (each.system == system && each.dataset == dataset) return key;
  }
  return "";
}

const std::vector<DataField>* RegisterSnapshot::Find(const ReferencePlace& place) const {
  const auto dataset = datasets.find(KeyOfDataset(place.system, place.dataset));
  if (dataset == datasets.end()) return nullptr;
  const auto collection = dataset->second.collections.find(place.collection);
  return collection == dataset->second.collections.end() ? nullptr : &collection->second;
}

Result<RegisterSnapshot> TakeSnapshot(ReadTx& tx, const Datamap& datamap) {
  RegisterSnapshot snapshot;
  PRIVITY_TRY_VOID(TakeSystems(tx, datamap, snapshot));
  PRIVITY_TRY_VOID(TakeFields(tx, datamap, snapshot));
  PRIVITY_TRY_VOID(TakeReferences(tx, datamap, snapshot));
  PRIVITY_TRY_VOID(TakeActivities(tx, datamap, snapshot));
  PRIVITY_TRY_VOID(TakeRecipients(tx, datamap, snapshot));
  PRIVITY_TRY_VOID(TakeStewardship(tx, datamap, snapshot));
  return snapshot;
}

}  // namespace privity
