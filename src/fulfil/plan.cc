#include "fulfil/plan.h"

#include <algorithm>
#include <functional>

#include "base/random.h"

namespace privity {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::string_view kOfKey = "key";
constexpr std::string_view kOfReference = "reference";
constexpr std::string_view kNotPersonal = "not_personal";
constexpr std::string_view kKeyOfOthers = "key_of_others";
constexpr std::string_view kWholeRecord = "whole_record";  // the store deletes it as a whole or leaves it as it is

bool Contains(const std::vector<std::string>& list, const std::string& what) {
  return std::ranges::find(list, what) != list.end();
}

// A line of a text that names the person: what names them is taken out, unless it is decided otherwise.
PlannedField PlanLine(const MappedCollection& mapped, const Field& field) {
  const MappedField* known = mapped.Find(field.name);
  PlannedField planned{.name = field.name, .strategy = Strategy::kRedact};
  if (known != nullptr && !known->keep_ground.empty()) {
    planned.strategy = Strategy::kKeep;
    planned.ground = known->keep_ground;
  } else if (known != nullptr && known->strategy) {
    planned.strategy = *known->strategy == Strategy::kDelete ? Strategy::kNull : *known->strategy;
  }
  return planned;
}

PlannedField PlanField(const MappedCollection& mapped, const Field& field) {
  if (mapped.shape.shape == CollectionShape::kText) return PlanLine(mapped, field);
  PlannedField planned{.name = field.name, .declared_type = field.declared_type, .nullable = field.nullable};
  const MappedField* known = mapped.Find(field.name);
  const bool is_reference = std::ranges::any_of(
      mapped.references, [&](const MappedReference& reference) { return Contains(reference.fields, field.name); });
  const bool is_sealed = known != nullptr && known->strategy == Strategy::kCryptoShred;
  const bool is_personal = mapped.key_field == field.name || is_sealed ||
                           (known != nullptr && (IsPersonalCategory(known->category) || !known->identifier.empty()));
  if (known != nullptr && !known->keep_ground.empty()) {
    planned.ground = known->keep_ground;
  } else if (Contains(mapped.shape.key, field.name)) {
    planned.ground = kOfKey;
  } else if (is_reference) {
    planned.ground = kOfReference;
  } else if (!is_personal) {
    planned.ground = kNotPersonal;
  } else if (mapped.changes == RecordChanges::kDeletion) {
    planned.ground = kWholeRecord;
  } else if (known != nullptr && known->strategy) {
    planned.strategy = *known->strategy;
    planned.sealed_by = known->sealed_by;
  } else if (field.nullable) {
    planned.strategy = Strategy::kNull;
  } else {
    const bool is_identifier = known != nullptr && !known->identifier.empty();
    planned.strategy = is_identifier ? Strategy::kPseudonymize : Strategy::kMask;
  }
  // Only whole records are deleted; a field of one that stays is emptied.
  if (planned.strategy == Strategy::kDelete) planned.strategy = field.nullable ? Strategy::kNull : Strategy::kMask;
  return planned;
}

// A duty on a field keeps its record.
bool HoldsRecord(const PlannedField& field) {
  return field.strategy == Strategy::kKeep && IsStatedGround(field.ground);
}

bool Holds(const PlannedCollection& collection) {
  return !collection.keep_ground.empty() || !collection.not_covered.empty() || collection.is_sealed.value_or(false) ||
         std::ranges::any_of(collection.fields, HoldsRecord);
}

// The collections of the walk, those that refer first. A circle is cut where it is met.
std::vector<std::size_t> InOrder(const SubjectMap& map, const std::vector<std::size_t>& used) {
  std::vector<std::size_t> order;
  std::map<std::size_t, bool> visited;
  const std::function<void(std::size_t)> visit = [&](std::size_t target) {
    if (visited[target]) return;
    visited[target] = true;
    for (const std::size_t from : used) {
      const auto& references = map.collections[from].references;
      if (std::ranges::any_of(references, [&](const MappedReference& reference) {
            return reference.target == map.collections[target].id;
          })) {
        visit(from);
      }
    }
    order.push_back(target);
  };
  for (const std::size_t each : used) visit(each);
  return order;
}

// What stays holds what it refers to, and so on.
void Spread(const Walk& walk, std::vector<bool>& stays) {
  std::vector<std::size_t> work;
  for (std::size_t i = 0; i < stays.size(); ++i) {
    if (stays[i]) work.push_back(i);
  }
  while (!work.empty()) {
    const std::size_t each = work.back();
    work.pop_back();
    for (const std::size_t target : walk.records[each].refers_to) {
      if (stays[target]) continue;
      stays[target] = true;
      work.push_back(target);
    }
  }
}

bool CanWrite(const MappedCollection& mapped, const std::map<std::string, bool>& writable) {
  const auto granted = writable.find(mapped.id.dataset);
  return granted != writable.end() && granted->second && mapped.changes != RecordChanges::kNone;
}

// Which keys of sealed fields are destroyed with the person, and which must not be.
class Shredding {
 public:
  Shredding(const SubjectMap& map, const Walk& walk, const std::map<std::string, bool>& writable)
      : map_(map), walk_(walk), writable_(writable) {}

  // Why the keys in that collection are not destroyed; "" when they are.
  std::string WhyNot(const CollectionPlace& keys) const {
    const MappedCollection* const mapped = map_.Find(keys);
    if (mapped == nullptr || !IsFound(keys)) return IsBoundary(keys) ? "key_of_others" : "key_not_found";
    if (IsOfOthers(keys)) return "key_of_others";
    if (!NeededFor(keys).empty()) return "key_needed";
    const MappedField* const field = mapped->Find(mapped->key_field);
    if (!mapped->keep_ground.empty() || (field != nullptr && !field->keep_ground.empty())) return "key_kept";
    const bool is_changeable =
        CanWrite(*mapped, writable_) && !mapped->shape.key.empty() && mapped->changes == RecordChanges::kAll;
    return is_changeable ? "" : "key_not_writable";
  }

  // A record of somebody else refers to one of theirs.
  bool IsOfOthers(const CollectionPlace& keys) const {
    return std::ranges::any_of(walk_.records, [&](const FoundRecord& record) {
      return record.stays && map_.collections[record.collection].id == keys;
    });
  }

  // The ground on which records of theirs stay that only these keys open; "" when there are none.
  std::string NeededFor(const CollectionPlace& keys) const {
    for (const FoundRecord& record : walk_.records) {
      const MappedCollection& mapped = map_.collections[record.collection];
      for (const MappedField& field : mapped.fields) {
        if (field.sealed_by != keys) continue;
        if (!mapped.keep_ground.empty()) return mapped.keep_ground;
        if (!field.keep_ground.empty()) return field.keep_ground;
      }
    }
    return "";
  }

 private:
  bool IsFound(const CollectionPlace& keys) const {
    return std::ranges::any_of(
        walk_.records, [&](const FoundRecord& record) { return map_.collections[record.collection].id == keys; });
  }
  bool IsBoundary(const CollectionPlace& keys) const {
    return std::ranges::any_of(walk_.boundaries,
                               [&](const Boundary& each) { return each.from == keys || each.to == keys; });
  }

  const SubjectMap& map_;
  const Walk& walk_;
  const std::map<std::string, bool>& writable_;
};

// Whose key is not destroyed is erased as if nothing were sealed; the plan says so.
MappedCollection Unsealed(MappedCollection mapped) {
  mapped.is_sealed = false;
  for (MappedField& field : mapped.fields) {
    if (field.strategy == Strategy::kCryptoShred) field.strategy.reset();
  }
  return mapped;
}

PlannedCollection PlanFields(const MappedCollection& mapped, const Shredding& shredding) {
  PlannedCollection planned{
      .id = mapped.id, .shape = mapped.shape.shape, .keep_ground = mapped.keep_ground, .key = mapped.shape.key};
  for (const Field& field : mapped.shape.fields) planned.fields.push_back(PlanField(mapped, field));
  if (mapped.key_field.empty()) return planned;
  // Destroyed, it would close what others or a duty need.
  const bool is_of_others = shredding.IsOfOthers(mapped.id);
  if (planned.keep_ground.empty()) planned.keep_ground = shredding.NeededFor(mapped.id);
  for (PlannedField& field : planned.fields) {
    if (field.name != mapped.key_field || !is_of_others) continue;
    field.strategy = Strategy::kKeep;
    field.ground = kKeyOfOthers;
  }
  if (!is_of_others && planned.keep_ground.empty()) planned.key_field = mapped.key_field;
  return planned;
}

PlannedCollection PlanCollection(const MappedCollection& mapped, const std::map<std::string, bool>& writable,
                                 const Shredding& shredding) {
  std::string not_shredded;
  for (const MappedField& field : mapped.fields) {
    const bool is_open = field.strategy == Strategy::kCryptoShred && not_shredded.empty();
    if (is_open) not_shredded = field.sealed_by ? shredding.WhyNot(*field.sealed_by) : "key_not_found";
  }
  PlannedCollection planned = PlanFields(not_shredded.empty() ? mapped : Unsealed(mapped), shredding);
  if (!not_shredded.empty()) planned.not_shredded = not_shredded;
  if (mapped.is_sealed && not_shredded.empty()) planned.is_sealed = true;
  // What stands in the clear beside what is sealed must be taken away.
  const bool changes_here = !planned.is_sealed || std::ranges::any_of(planned.fields, [](const PlannedField& field) {
    return field.strategy != Strategy::kKeep && field.strategy != Strategy::kCryptoShred;
  });
  if (changes_here && !CanWrite(mapped, writable)) {
    planned.not_covered = "cannot_write";
  } else if (changes_here && mapped.shape.key.empty()) {
    planned.not_covered = "no_key";
  }
  return planned;
}

PlannedCollection* Find(ErasurePlan& plan, const CollectionPlace& id) {
  const auto found = std::ranges::find(plan.collections, id, &PlannedCollection::id);
  return found == plan.collections.end() ? nullptr : &*found;
}

bool IsBound(const PlannedField& field) {
  return field.ground == kOfKey || field.ground == kOfReference || field.ground == kWholeRecord ||
         field.ground == kKeyOfOthers || field.strategy == Strategy::kCryptoShred;
}

// What is sealed and its key are erased together or not at all: a rule decides, and the plan is made anew.
bool IsSealedOrKey(const ErasurePlan& plan, const PlannedCollection& collection) {
  return std::ranges::any_of(plan.collections, [&](const PlannedCollection& each) {
    return std::ranges::any_of(each.fields, [&](const PlannedField& field) {
      return field.strategy == Strategy::kCryptoShred && (each.id == collection.id || field.sealed_by == collection.id);
    });
  });
}

// Of a collection as a whole: its personal fields, as far as they allow it.
bool MayEdit(const PlannedField& field, const PlanEdit& edit) {
  const bool allows = edit.strategy != Strategy::kNull || field.nullable;
  return !IsBound(field) && field.ground != kNotPersonal && allows;
}

void Decide(PlannedField& field, const PlanEdit& edit) {
  field.strategy = edit.strategy;
  field.ground = edit.strategy == Strategy::kKeep ? edit.ground : "";
}

// What is left as it is loses its changes, and a record without any is no part of the plan.
Status EditChanges(PlannedCollection& collection, const PlanEdit& edit) {
  if (edit.strategy != Strategy::kKeep) return Error("fulfil.edit_refused", {{"place", edit.collection.name}});
  if (edit.field.empty()) {
    collection.keep_ground = edit.ground;
  } else {
    const auto field = std::ranges::find(collection.fields, edit.field, &PlannedField::name);
    if (field == collection.fields.end()) return Error("fulfil.edit_unknown", {{"place", edit.field}});
    field->ground = edit.ground;
    for (PlannedRecord& record : collection.records) {
      std::erase_if(record.changes, [&](const PlannedChange& change) { return change.field == edit.field; });
    }
    std::erase_if(collection.records, [](const PlannedRecord& record) { return record.changes.empty(); });
  }
  return Ok();
}

Status EditErasure(ErasurePlan& plan, PlannedCollection& collection, const PlanEdit& edit) {
  const Error refused("fulfil.edit_refused", {{"place", edit.collection.name}});
  const bool is_kept_whole = edit.field.empty() && edit.strategy == Strategy::kKeep;
  const bool is_no_choice = edit.strategy == Strategy::kDelete || edit.strategy == Strategy::kReplace ||
                            edit.strategy == Strategy::kCryptoShred;
  const bool keeps = edit.strategy == Strategy::kKeep || edit.field.empty();
  if (is_no_choice || (keeps && IsSealedOrKey(plan, collection))) return refused;
  if (is_kept_whole) {
    collection.keep_ground = edit.ground;
  } else if (edit.field.empty()) {
    if (std::ranges::none_of(collection.fields, [&](const PlannedField& field) { return MayEdit(field, edit); })) {
      return refused;
    }
    for (PlannedField& field : collection.fields) {
      if (MayEdit(field, edit)) Decide(field, edit);
    }
    for (PlannedRecord& record : collection.records) record.stays = true;
  } else {
    const auto field = std::ranges::find(collection.fields, edit.field, &PlannedField::name);
    if (field == collection.fields.end()) return Error("fulfil.edit_unknown", {{"place", edit.field}});
    if (IsBound(*field) || (edit.strategy == Strategy::kNull && !field->nullable)) return refused;
    Decide(*field, edit);
  }
  // What is kept now keeps what it refers to: without the graph at hand, everything that comes later in the order.
  const bool holds = Holds(collection) || edit.field.empty();
  for (auto each = plan.collections.begin() + (&collection - plan.collections.data());
       holds && each != plan.collections.end(); ++each) {
    if (each->id.dataset != collection.id.dataset) continue;
    for (PlannedRecord& record : each->records) record.stays = true;
  }
  return Ok();
}

}  // namespace

bool IsStatedGround(std::string_view ground) {
  return !ground.empty() && ground != kOfKey && ground != kOfReference && ground != kNotPersonal &&
         ground != kWholeRecord && ground != kKeyOfOthers;
}

std::vector<PlannedField> ErasableFields(const MappedCollection& mapped) {
  const bool is_text = mapped.shape.shape == CollectionShape::kText;
  if (is_text || mapped.changes != RecordChanges::kAll || !mapped.keep_ground.empty()) return {};
  std::vector<PlannedField> fields;
  for (const Field& field : mapped.shape.fields) fields.push_back(PlanField(mapped, field));
  std::erase_if(fields, [](const PlannedField& field) {
    return field.strategy == Strategy::kKeep || field.strategy == Strategy::kCryptoShred ||
           field.strategy == Strategy::kRedact;
  });
  return fields;
}

ErasurePlan MakeErasurePlan(const SubjectMap& map, const Walk& walk, const std::map<std::string, bool>& writable) {
  ErasurePlan plan{.identifiers = walk.identifiers,
                   .boundaries = walk.boundaries,
                   .missing = walk.missing,
                   .not_read = walk.not_read,
                   .ambiguous = walk.ambiguous,
                   .secret = Bytes(kSecretBytes),
                   .names = walk.names,
                   .contacts = walk.contacts};
  FillRandom(plan.secret);
  std::vector<std::size_t> used;
  for (const FoundRecord& record : walk.records) {
    if (std::ranges::find(used, record.collection) == used.end()) used.push_back(record.collection);
  }
  std::ranges::sort(used);
  std::map<std::size_t, std::size_t> position;  // of a collection of the map in the plan
  const Shredding shredding(map, walk, writable);
  for (const std::size_t each : InOrder(map, used)) {
    position[each] = plan.collections.size();
    plan.collections.push_back(PlanCollection(map.collections[each], writable, shredding));
    if (const auto samples = walk.samples.find(each); samples != walk.samples.end()) {
      plan.collections.back().samples = samples->second;
    }
  }
  std::vector<bool> stays;
  for (const FoundRecord& record : walk.records) {
    stays.push_back(record.stays || Holds(plan.collections[position[record.collection]]));
  }
  Spread(walk, stays);
  for (std::size_t i = 0; i < walk.records.size(); ++i) {
    const FoundRecord& record = walk.records[i];
    plan.collections[position[record.collection]].records.push_back(
        {.key = record.key, .link = record.link, .stays = stays[i]});
  }
  return plan;
}

std::vector<FieldNote> FieldNotes(const PlannedField*) {
  return {{.name = "ground", .description = "Why it stays; empty when it does not."},
          {.name = "nullable", .description = "Whether it may have no value.", .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const PlanEdit*) {
  return {{.name = "field",
           .description = "The field; empty for the collection as a whole.",
           .max_length = 500,
           .defaulted = true},
          {.name = "strategy", .description = "null, mask, pseudonymize, hash, redact or keep."},
          {.name = "ground",
           .description = "Of keep: the duty or claim for which it stays; the person is told.",
           .max_length = 500,
           .defaulted = true},
          {.name = "reason", .description = "Why it is decided so.", .max_length = 1000, .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const PlannedRecord*) {
  return {{.name = "changes", .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const ErasurePlan*) {
  return {{.name = "act", .defaulted = true},
          {.name = "wanted", .defaulted = true},
          {.name = "names", .defaulted = true},
          {.name = "contacts", .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const WantedChanges*) {
  return {{.name = "asked", .defaulted = true}};
}

std::vector<CharacterSpan> NamingSpans(std::string_view text, const ErasurePlan& plan) {
  const auto mentions = Joined(MentionsIn(text, plan.identifiers), MentionsIn(text, plan.contacts));
  return Joined(mentions, NamesIn(text, plan.names));
}

Status EditPlan(ErasurePlan& plan, const MadeEdit& made) {
  const PlanEdit& edit = made.edit;
  PlannedCollection* collection = Find(plan, edit.collection);
  if (collection == nullptr) return Error("fulfil.edit_unknown", {{"place", edit.collection.name}});
  if (edit.strategy == Strategy::kKeep && !IsStatedGround(edit.ground)) return Error("fulfil.ground_missing");
  PRIVITY_TRY_VOID(plan.act == PlanAct::kChange ? EditChanges(*collection, edit)
                                                : EditErasure(plan, *collection, edit));
  plan.edits.push_back(made);
  return Ok();
}

bool IsDeleted(const PlannedCollection& collection, const PlannedRecord& record) {
  return !record.stays && !Holds(collection);
}

Collection ShapeOf(const PlannedCollection& collection) {
  Collection shape{.name = {collection.id.space, collection.id.name}, .shape = collection.shape, .key = collection.key};
  for (const PlannedField& field : collection.fields) {
    shape.fields.push_back({.name = field.name, .declared_type = field.declared_type});
  }
  return shape;
}

}  // namespace privity
