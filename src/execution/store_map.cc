#include "execution/store_map.h"

#include <algorithm>
#include <optional>

#include "execution/people.h"

namespace privity {
namespace {

constexpr int kPage = 200;

// Whose addresses or numbers the values of a field are, by its category alone.
std::string IdentifierOf(std::string_view category) {
  if (category.starts_with("user.contact.email")) return "email";
  if (category.starts_with("user.contact.phone_number")) return "phone";
  return "";
}

RecordChanges ChangesOf(const Connector& store, const Collection& collection) {
  if (!store.Can(Capability::kDelete, collection)) return RecordChanges::kNone;
  return store.Can(Capability::kUpdate, collection) ? RecordChanges::kAll : RecordChanges::kDeletion;
}

// None when the system is not connected: it cannot be asked.
std::optional<CollectionPlace> PlaceOf(const ReferencePlace& end, std::span<const Connection> connected) {
  const auto found = std::ranges::find(connected, end.system, &Connection::system);
  if (found == connected.end()) return std::nullopt;
  return CollectionPlace{found->name, end.dataset, end.collection};
}

void ApplyReference(const DataReference& reference, const CollectionPlace& to, MappedCollection& from) {
  if (reference.origin == ReferenceOrigin::kStated) {
    if (!reference.is_ignored) from.references.push_back({reference.from.fields, to, reference.to.fields});
    return;
  }
  for (MappedReference& each : from.references) {
    if (each.target == to && each.fields == reference.from.fields) each.is_ignored = reference.is_ignored;
  }
}

MappedCollection* CollectionAt(SubjectMap& map, const CollectionPlace& id) {
  const auto found = std::ranges::find(map.collections, id, &MappedCollection::id);
  return found == map.collections.end() ? nullptr : &*found;
}

// What is restricted is the same person's data as before, wherever it stands: it is found, given out and erased there.
void BecomeQuarantineOf(const MappedCollection& from, MappedCollection& to) {
  to.subject = from.subject;
  to.fields = from.fields;
  to.keep_ground = from.keep_ground;
  for (const MappedReference& reference : from.references) {
    const bool has_it =
        std::ranges::find(to.references, reference.fields, &MappedReference::fields) != to.references.end();
    if (!has_it) to.references.push_back(reference);
  }
}

// Of a rule that names another collection: where keys are, where restricted records go. One that is not there stays
// named, and the plan says so.
void ApplyTarget(const HandlingRuleContent& content, std::span<const Connection> connected, SubjectMap& map) {
  const auto place_of = [&](const SystemId& system, const std::string& dataset, const std::string& collection) {
    return PlaceOf(ReferencePlace{.system = system, .dataset = dataset, .collection = collection}, connected)
        .value_or(CollectionPlace{.space = dataset, .name = collection});
  };
  MappedCollection* const from = CollectionAt(map, place_of(content.system, content.dataset, content.collection));
  const CollectionPlace target =
      place_of(content.target_system.value_or(content.system), content.target_dataset, content.target_collection);
  MappedCollection* const to = CollectionAt(map, target);
  if (from == nullptr) return;
  if (content.kind == HandlingRuleKind::kQuarantine) {
    from->quarantine = target;
    if (to != nullptr) BecomeQuarantineOf(*from, *to);
    return;
  }
  if (to != nullptr) to->key_field = content.target_field;
  for (MappedField& field : from->fields) {
    const bool is_meant = content.field.empty() ? !field.sealed_by : field.name == content.field;
    if (is_meant && field.strategy == Strategy::kCryptoShred) field.sealed_by = target;
  }
}

std::shared_ptr<const PersonOrder> OrderFor(const Connection& connection, const std::optional<PersonOrder>& order) {
  if (!order) return nullptr;
  PersonOrder its = *order;
  its.store = connection.id.ToString();
  its.system = connection.name;
  its.id = order->id + "." + its.store;
  return std::make_shared<const PersonOrder>(std::move(its));
}

// A customer number tells one customer of this dataset from all others.
void NameByKey(MappedCollection& collection) {
  if (collection.subject.empty() || collection.shape.key.size() != 1) return;
  const std::string& key = collection.shape.key.front();
  const std::string space = collection.id.dataset + "." + collection.id.name;
  const auto field = std::ranges::find(collection.fields, key, &MappedField::name);
  if (field == collection.fields.end()) {
    collection.fields.push_back({.name = key, .identifier = space});
  } else if (field->identifier.empty()) {
    field->identifier = space;
  }
}

}  // namespace

Result<std::vector<Connection>> StoreMap::Connected() const {
  return store_.Read([&](ReadTx& tx) { return datamap_.connections().List(tx); });
}

Result<std::unique_ptr<Connector>> StoreMap::Open(const Connection& connection, StoreAccess access,
                                                  std::stop_token stop,
                                                  std::shared_ptr<const PersonOrder> order) const {
  const bool writes = access == StoreAccess::kWrite && connection.writing_granted;
  return store_.Read([&](ReadTx& tx) {
    return datamap_.connections().Open(tx, connection.id, writes ? StoreUse::kWrite : StoreUse::kRead, stop, order);
  });
}

Result<MappedStores> StoreMap::Read(const std::stop_token& stop) const {
  PRIVITY_TRY(const std::vector<Connection> connected, Connected());
  MappedStores out;
  std::vector<HandlingRule> targeting;
  for (const Connection& connection : connected) {
    ++out.stores;
    const auto store = Open(connection, StoreAccess::kRead, stop);
    const Result<Description> description = store.ok() ? (*store)->Describe() : Result<Description>(store.error());
    if (!description.ok()) {
      if (description.error().Is("connect.cancelled")) return description.error();
      out.not_read.push_back({{.dataset = connection.name}, description.error().code()});
      continue;
    }
    out.writable[connection.name] = connection.writing_granted;
    const std::size_t from = out.map.collections.size();
    for (MappedCollection& each : MapOf(connection.name, *description)) out.map.collections.push_back(std::move(each));
    const std::span<MappedCollection> its = std::span(out.map.collections).subspan(from);
    for (MappedCollection& each : its) each.changes = ChangesOf(**store, each.shape);
    PRIVITY_TRY_VOID(Annotate(connection, its, out.not_read));
    PRIVITY_TRY(std::vector<HandlingRule> rules, ApplyRulesOf(connection, its, out));
    std::ranges::move(rules, std::back_inserter(targeting));
  }
  for (const HandlingRule& rule : targeting) ApplyTarget(rule.content, connected, out.map);
  PRIVITY_TRY_VOID(ApplyReferences(connected, out.map));
  return out;
}

Result<std::vector<HandlingRule>> StoreMap::ApplyRulesOf(const Connection& connection,
                                                         std::span<MappedCollection> collections,
                                                         MappedStores& out) const {
  PRIVITY_TRY(std::vector<HandlingRule> rules,
              store_.Read([&](ReadTx& tx) { return rules_.Of(tx, connection.system); }));
  for (MappedCollection& collection : collections) {
    ApplyRules(rules, collection);
    NameByKey(collection);
  }
  for (const HandlingRule& rule : rules) {
    const HandlingRuleContent& content = rule.content;
    if (content.kind != HandlingRuleKind::kFlag) continue;
    out.flags.push_back({*content.right,
                         content.purpose,
                         {.collection = {connection.name, content.dataset, content.collection},
                          .field = content.field,
                          .value = content.value}});
  }
  std::erase_if(rules, [](const HandlingRule& rule) { return rule.content.target_collection.empty(); });
  return rules;
}

// What people stated leads on; what they said not to follow does not.
Status StoreMap::ApplyReferences(std::span<const Connection> connected, SubjectMap& map) const {
  return store_.Read([&](ReadTx& tx) -> Status {
    ReferenceFilter filter{.limit = kPage};
    while (true) {
      PRIVITY_TRY(const ReferencePage page, datamap_.references().List(tx, filter));
      for (const DataReference& reference : page.items) {
        const auto from = PlaceOf(reference.from, connected);
        const auto to = PlaceOf(reference.to, connected);
        if (!from || !to || map.Find(*to) == nullptr) continue;
        const auto collection = std::ranges::find(map.collections, *from, &MappedCollection::id);
        if (collection == map.collections.end()) continue;
        ApplyReference(reference, *to, *collection);
      }
      if (!page.next) return Ok();
      PRIVITY_TRY(filter.after, ReferenceId::Parse(*page.next));
    }
  });
}

// What the register says of the fields; a collection that it does not know yet is named.
Status StoreMap::Annotate(const Connection& connection, std::span<MappedCollection> collections,
                          std::vector<NotRead>& not_read) const {
  std::map<CollectionPlace, std::vector<MappedField>> known;
  PRIVITY_TRY_VOID(store_.Read([&](ReadTx& tx) -> Status {
    FieldFilter filter{.system = connection.system, .limit = kPage};
    while (true) {
      PRIVITY_TRY(const FieldPage page, datamap_.facts().Fields(tx, filter));
      for (const DataField& field : page.items) {
        known[{connection.name, field.dataset, field.collection_name}].push_back(
            {.name = field.name, .category = field.category, .identifier = IdentifierOf(field.category)});
      }
      if (!page.next) return Ok();
      filter.after = *page.next;
    }
  }));
  for (MappedCollection& collection : collections) {
    const auto fields = known.find(collection.id);
    if (fields == known.end()) {
      not_read.push_back({collection.id, "execution.not_scanned"});
      continue;
    }
    collection.fields = std::move(fields->second);
    // Letters of people, lines about them, and who is asked about them, are no person.
    const CollectionShape shape = collection.shape.shape;
    const bool is_of_records = shape == CollectionShape::kTable || shape == CollectionShape::kDocuments;
    if (is_of_records) collection.subject = SubjectKindOf(collection.id.name, collection.fields);
  }
  return Ok();
}

Result<std::string> StoreMap::DatasetOf(const SystemId& system) const {
  PRIVITY_TRY(const std::vector<Connection> connected, Connected());
  const auto found = std::ranges::find(connected, system, &Connection::system);
  if (found == connected.end()) return Error("datamap.connection_unknown", {{"id", system.ToString()}});
  return found->name;
}

StoreOpener StoreMap::Opener(std::stop_token stop, std::optional<PersonOrder> order) const {
  return [this, stop = std::move(stop), order = std::move(order)](
             const std::string& dataset, StoreAccess access) -> Result<std::unique_ptr<Connector>> {
    PRIVITY_TRY(const std::vector<Connection> connected, Connected());
    const auto found = std::ranges::find(connected, dataset, &Connection::name);
    if (found == connected.end()) return Error("datamap.connection_unknown", {{"id", dataset}});
    return Open(*found, access, stop, OrderFor(*found, order));
  };
}

}  // namespace privity
