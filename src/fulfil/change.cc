#include "fulfil/change.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/json.h"

namespace privity {
namespace {

// Of a collection without a key, by what ties them to the person.
constexpr std::int64_t kRecordsOfLinkMax = 1000;
constexpr std::string_view kNotAsked = "not_asked";

bool IsBelow(std::string_view category, std::string_view branch) {
  return category == branch || (category.starts_with(branch) && category[branch.size()] == '.');
}

// Whether a value of that category may stand in a field of the other.
bool Covers(std::string_view asked, std::string_view field) {
  return !field.empty() && (IsBelow(field, asked) || IsBelow(asked, field));
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

bool IsSame(const MappedField& field, std::string_view one, std::string_view other) {
  if (field.identifier.empty()) return Trimmed(one) == Trimmed(other);
  return NormalizeIdentifier(field.identifier, one) == NormalizeIdentifier(field.identifier, other);
}

class RecordsSink final : public RecordSink {
 public:
  Status Take(Record record) override {
    std::vector<NamedValue> values;
    for (const FieldCell& cell : record) {
      if (cell.kind == CellKind::kBinary || cell.is_cut) continue;  // not read as it is: nothing is compared with it
      values.push_back({std::string(cell.field),
                        cell.kind == CellKind::kNull ? std::nullopt : std::optional(std::string(cell.bytes))});
    }
    records.push_back(std::move(values));
    return Ok();
  }
  void Skip(Error) override { ++skipped; }
  std::vector<std::vector<NamedValue>> records;
  std::int64_t skipped = 0;
};

class Changing {
 public:
  Changing(const MappedCollection& mapped, const WantedChanges& wanted) : mapped_(mapped), wanted_(wanted) {}

  bool MayChange(const std::string& field) const { return IsFree(field) && (IsFlag(field) || IsCorrected(field)); }

  std::vector<PlannedChange> Of(const std::vector<NamedValue>& values) const {
    std::vector<PlannedChange> changes;
    for (const NamedValue& each : values) {
      if (!IsFree(each.field)) continue;
      const std::optional<std::string> after = After(each);
      if (after && after != each.value) changes.push_back({each.field, each.value, after});
    }
    return changes;
  }

 private:
  // Keys and references stay as they are.
  bool IsFree(const std::string& field) const {
    if (std::ranges::find(mapped_.shape.key, field) != mapped_.shape.key.end()) return false;
    return std::ranges::none_of(mapped_.references, [&](const MappedReference& reference) {
      return std::ranges::find(reference.fields, field) != reference.fields.end();
    });
  }
  const FlagField* FlagOf(std::string_view field) const {
    const auto found = std::ranges::find_if(
        wanted_.flags, [&](const FlagField& flag) { return flag.collection == mapped_.id && flag.field == field; });
    return found == wanted_.flags.end() ? nullptr : &*found;
  }
  bool IsFlag(std::string_view field) const { return FlagOf(field) != nullptr; }
  bool IsCorrected(std::string_view field) const {
    const MappedField* known = mapped_.Find(field);
    return known != nullptr && std::ranges::any_of(wanted_.corrections, [&](const ValueCorrection& correction) {
             return Covers(correction.category, known->category);
           });
  }

  std::optional<std::string> After(const NamedValue& now) const {
    if (const FlagField* flag = FlagOf(now.field)) return flag->value;
    const MappedField* known = mapped_.Find(now.field);
    if (known == nullptr || !now.value || Trimmed(*now.value).empty()) return std::nullopt;
    for (const ValueCorrection& correction : wanted_.corrections) {
      if (!Covers(correction.category, known->category) || IsSame(*known, *now.value, correction.after)) continue;
      // Without the wrong value, only a field of just this category is known to hold it.
      const bool is_wrong = correction.before.empty() ? IsBelow(known->category, correction.category)
                                                      : IsSame(*known, *now.value, correction.before);
      if (is_wrong) return correction.after;
    }
    return std::nullopt;
  }

  const MappedCollection& mapped_;
  const WantedChanges& wanted_;
};

// What the records of one collection hold now, and what takes its place.
Result<std::vector<PlannedRecord>> ChangesIn(const PlannedCollection& planned, const Changing& changing,
                                             Connector& store) {
  const Collection shape = ShapeOf(planned);
  std::vector<PlannedRecord> changed;
  std::set<std::string> asked;
  for (const PlannedRecord& record : planned.records) {
    const bool has_key = !record.key.empty();
    std::vector<NamedValue> match = has_key ? record.key : record.link;
    if (!asked.insert(ToJson(match)).second) continue;
    RecordsSink sink;
    PRIVITY_TRY_VOID(store.Find(shape, ToFieldValues(match), has_key ? 1 : kRecordsOfLinkMax, sink));
    for (const std::vector<NamedValue>& values : sink.records) {
      std::vector<PlannedChange> changes = changing.Of(values);
      if (changes.empty()) continue;
      changed.push_back({.key = record.key, .link = record.link, .stays = true, .changes = std::move(changes)});
    }
  }
  return changed;
}

// The fields that are not asked about stay, whatever an erasure would do with them.
void LeaveTheRest(PlannedCollection& planned, const Changing& changing) {
  planned.keep_ground.clear();  // a duty to keep is no duty to keep what is wrong
  for (PlannedField& field : planned.fields) {
    const bool changes = changing.MayChange(field.name);
    field.strategy = changes ? Strategy::kReplace : Strategy::kKeep;
    const bool is_bound = field.ground == "key" || field.ground == "reference";
    field.ground = changes ? "" : std::string(is_bound ? std::string_view(field.ground) : kNotAsked);
  }
}

// Whether a record of this dataset that stays where it is refers to one of the collection's.
bool IsReferredTo(const SubjectMap& map, const Walk& walk, const ErasurePlan& plan, const CollectionPlace& id) {
  const auto place_of = [&](const FoundRecord& record) { return map.collections[record.collection].id; };
  const auto goes = [&](const CollectionPlace& place) {
    const auto planned = std::ranges::find(plan.collections, place, &PlannedCollection::id);
    return planned != plan.collections.end() && planned->moves_to && planned->not_covered.empty();
  };
  return std::ranges::any_of(walk.records, [&](const FoundRecord& record) {
    const CollectionPlace from = place_of(record);
    if (from == id) return record.stays;
    return from.dataset == id.dataset && !goes(from) && std::ranges::any_of(record.refers_to, [&](std::size_t target) {
             return place_of(walk.records[target]) == id;
           });
  });
}

// "" when they can go. A key of other stores names the place where its record stands.
std::string WhyNotMoved(const SubjectMap& map, const Walk& walk, const ErasurePlan& plan,
                        const PlannedCollection& planned) {
  if (planned.shape != CollectionShape::kTable) return "cannot_move";
  return IsReferredTo(map, walk, plan, planned.id) ? "referred_to" : "";
}

// The records of a collection that go to where restricted ones stand.
void PlanMove(const SubjectMap& map, const CollectionPlace& quarantine, PlannedCollection& planned) {
  planned.keep_ground.clear();
  planned.moves_to = quarantine;
  if (planned.not_covered.empty() && map.Find(quarantine) == nullptr) planned.not_covered = "no_quarantine";
  for (PlannedField& field : planned.fields) field.strategy = Strategy::kKeep;
  for (PlannedRecord& record : planned.records) record.stays = true;
}

// Told what is wanted; what they do of it is their word.
void TellAsked(PlannedCollection& planned, const WantedChanges& wanted) {
  planned.keep_ground.clear();
  for (const PlannedChange& each : wanted.asked) {
    planned.fields.push_back({.name = each.field, .strategy = Strategy::kReplace});
  }
  for (PlannedRecord& record : planned.records) {
    record.stays = true;
    record.changes = wanted.asked;
  }
}

}  // namespace

Result<ErasurePlan> MakeChangePlan(const SubjectMap& map, const Walk& walk, const std::map<std::string, bool>& writable,
                                   OpenStores& stores, const WantedChanges& wanted) {
  ErasurePlan plan = MakeErasurePlan(map, walk, writable);
  plan.act = PlanAct::kChange;
  plan.wanted = wanted;
  std::vector<PlannedCollection> found = std::move(plan.collections);
  plan.collections.clear();
  for (PlannedCollection& planned : found) {
    if (planned.shape == CollectionShape::kAsked) {
      TellAsked(planned, wanted);
      if (!wanted.asked.empty()) plan.collections.push_back(std::move(planned));
      continue;
    }
    const MappedCollection& mapped = *map.Find(planned.id);
    const Changing changing(mapped, wanted);
    LeaveTheRest(planned, changing);
    const bool has_field = std::ranges::any_of(
        planned.fields, [](const PlannedField& field) { return field.strategy == Strategy::kReplace; });
    const bool is_to_move = wanted.quarantine.value_or(false) && mapped.quarantine.has_value();
    const std::string why_not = is_to_move ? WhyNotMoved(map, walk, plan, planned) : "";
    if (is_to_move && (why_not.empty() || !has_field)) {
      if (planned.not_covered.empty()) planned.not_covered = why_not;
      PlanMove(map, *mapped.quarantine, planned);
      plan.collections.push_back(std::move(planned));
      continue;
    }
    if (!has_field) continue;
    if (mapped.changes != RecordChanges::kAll) planned.not_covered = "cannot_write";
    const Result<Connector*> store = stores.Get(planned.id.dataset);
    auto changed =
        store.ok() ? ChangesIn(planned, changing, **store) : Result<std::vector<PlannedRecord>>(store.error());
    if (!changed.ok()) {
      if (changed.error().Is("connect.cancelled")) return changed.error();
      if (IsLost(changed.error())) stores.Lose(planned.id.dataset, changed.error());
      plan.not_read.push_back({planned.id, changed.error().code()});
      continue;
    }
    planned.records = std::move(*changed);
    if (!planned.records.empty()) plan.collections.push_back(std::move(planned));
  }
  return plan;
}

ErasurePlan ReverseOf(const ErasurePlan& plan) {
  ErasurePlan reverse = plan;
  reverse.wanted = {};
  reverse.edits.clear();
  // What refers went first, and comes back last.
  std::ranges::reverse(reverse.collections);
  for (PlannedCollection& collection : reverse.collections) {
    if (collection.moves_to) std::swap(collection.id, *collection.moves_to);
    for (PlannedRecord& record : collection.records) {
      for (PlannedChange& change : record.changes) std::swap(change.before, change.after);
    }
  }
  return reverse;
}

}  // namespace privity
