#include "fulfil/recheck.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_set>

#include "base/json.h"
#include "fulfil/change.h"
#include "fulfil/erase.h"

namespace privity {
namespace {

const MappedField* FieldOf(const MappedCollection* mapped, std::string_view name) {
  return mapped == nullptr ? nullptr : mapped->Find(name);
}

const std::optional<std::string>* ValueIn(std::span<const NamedValue> values, std::string_view field) {
  const auto found = std::ranges::find(values, field, &NamedValue::field);
  return found == values.end() ? nullptr : &found->value;
}

std::vector<NamedValue> ValuesOf(Record record) {
  std::vector<NamedValue> values;
  for (const FieldCell& cell : record) {
    values.push_back({std::string(cell.field),
                      cell.kind == CellKind::kNull ? std::nullopt : std::optional(std::string(cell.bytes))});
  }
  return values;
}

class KeepingRecord final : public RecordSink {
 public:
  Status Take(Record record) override {
    values = ValuesOf(record);
    return Ok();
  }
  void Skip(Error) override {}
  std::optional<std::vector<NamedValue>> values;
};

// The collections whose keys are not known to be gone.
using StandingKeys = std::set<CollectionPlace>;

// Whether the value is what the strategy makes of any value.
bool IsErased(const PlannedField& field, const std::optional<std::string>& value, const ErasurePlan& plan,
              const StandingKeys& standing) {
  switch (field.strategy) {
    case Strategy::kNull:
    case Strategy::kDelete:
      return !value;
    case Strategy::kMask:
      return value && value->starts_with(MaskFor(field.declared_type));
    case Strategy::kPseudonymize:
      return value && value->starts_with(kPseudonymPrefix);
    case Strategy::kHash:
      return !value || value->starts_with(kHashPrefix);
    case Strategy::kRedact:
      return !value || NamingSpans(*value, plan).empty();
    case Strategy::kCryptoShred:
      return !value || !standing.contains(*field.sealed_by);
    case Strategy::kKeep:
    case Strategy::kReplace:
      return true;
  }
  return false;
}

bool LinkHolds(const PlannedRecord& record, std::span<const NamedValue> now) {
  return std::ranges::all_of(record.link, [&](const NamedValue& link) {
    return std::ranges::find(now, link) != now.end();  // a field of a document may come several times
  });
}

bool IsKeptWhole(const PlannedCollection& collection) {
  return !collection.keep_ground.empty() || !collection.not_covered.empty();
}

void CountRecord(const ErasurePlan& plan, const PlannedCollection& collection, const PlannedRecord& record,
                 const std::optional<std::vector<NamedValue>>& now, const StandingKeys& standing, Rechecked& counts) {
  ++counts.records;
  if (!now) return;
  if (plan.act == PlanAct::kChange && !IsKeptWhole(collection)) {
    const bool is_changed = std::ranges::all_of(record.changes, [&](const PlannedChange& change) {
      const auto* value = ValueIn(*now, change.field);
      return value == nullptr || *value == change.after;
    });
    ++(is_changed ? counts.kept : counts.leftovers);
    return;
  }
  if (IsKeptWhole(collection)) {
    ++counts.kept;
  } else if (IsDeleted(collection, record)) {
    // The same key under which somebody else's record stands by now is no leftover.
    counts.leftovers += LinkHolds(record, *now) ? 1 : 0;
  } else {
    const bool is_erased = std::ranges::all_of(collection.fields, [&](const PlannedField& field) {
      const auto* value = ValueIn(*now, field.name);
      return value == nullptr || IsErased(field, *value, plan, standing);
    });
    ++(is_erased ? counts.kept : counts.leftovers);
  }
}

void Note(RecheckReport& report, OpenStores& stores, const CollectionPlace& id, const Error& error) {
  if (IsLost(error)) stores.Lose(id.dataset, error);
  report.not_read.push_back({id, error.code()});
}

// A record that moved stands in the other place, and no longer in the first.
Status RecheckMoved(const PlannedCollection& collection, Connector& store, Rechecked& counts) {
  const Collection before = ShapeOf(collection);
  Collection after = before;
  after.name = {collection.moves_to->space, collection.moves_to->name};
  for (const PlannedRecord& record : collection.records) {
    KeepingRecord left;
    KeepingRecord moved;
    PRIVITY_TRY_VOID(store.Find(before, ToFieldValues(record.key), 1, left));
    PRIVITY_TRY_VOID(store.Find(after, ToFieldValues(record.key), 1, moved));
    const bool stands = left.values && LinkHolds(record, *left.values);
    ++counts.records;
    if (stands || moved.values) ++(stands ? counts.leftovers : counts.kept);
  }
  return Ok();
}

Status RecheckCollection(const ErasurePlan& plan, const PlannedCollection& collection, Connector& store,
                         const StandingKeys& standing, Rechecked& counts) {
  // Without a key there is nothing to ask by, and nothing was done either.
  if (collection.key.empty()) {
    counts.records = counts.kept = static_cast<std::int64_t>(collection.records.size());
    return Ok();
  }
  if (collection.moves_to && !IsKeptWhole(collection)) return RecheckMoved(collection, store, counts);
  const Collection shape = ShapeOf(collection);
  for (const PlannedRecord& record : collection.records) {
    KeepingRecord now;
    PRIVITY_TRY_VOID(store.Find(shape, ToFieldValues(record.key), 1, now));
    CountRecord(plan, collection, record, now.values, standing, counts);
  }
  return Ok();
}

// The collections whose keys the plan destroys.
StandingKeys KeysOf(const ErasurePlan& plan) {
  StandingKeys keys;
  for (const PlannedCollection& collection : plan.collections) {
    for (const PlannedField& field : collection.fields) {
      if (field.strategy == Strategy::kCryptoShred) keys.insert(*field.sealed_by);
    }
  }
  return keys;
}

// Looks for the person in every record that passes.
class SweepSink final : public RecordSink {
 public:
  SweepSink(const MappedCollection& mapped, const ErasurePlan& plan) : mapped_(mapped), plan_(plan) {
    const auto planned = std::ranges::find(plan.collections, mapped.id, &PlannedCollection::id);
    if (planned == plan.collections.end()) return;
    for (const PlannedRecord& record : planned->records) {
      // A line that still says what it said is no line that stays without it.
      const bool is_line = planned->shape == CollectionShape::kText;
      if (IsKeptWhole(*planned) || (!IsDeleted(*planned, record) && !is_line)) kept_.insert(ToJson(record.key));
    }
    keeps_all_ = IsKeptWhole(*planned) && planned->key.empty();
  }

  Status Take(Record record) override {
    ++counts.records;
    if (std::ranges::none_of(record, [&](const FieldCell& cell) { return IsAboutThem(cell); })) return Ok();
    ++(IsKept(record) ? counts.kept : counts.leftovers);
    return Ok();
  }
  void Skip(Error) override { ++skipped; }

  Rechecked counts;
  std::int64_t skipped = 0;

 private:
  bool IsAboutThem(const FieldCell& cell) const {
    if (cell.kind == CellKind::kNull) return false;
    const MappedField* field = FieldOf(&mapped_, cell.field);
    if (field != nullptr && !field->identifier.empty() && IsAmong(plan_.identifiers, field->identifier, cell.bytes)) {
      return true;
    }
    return !MentionsIn(cell.bytes, plan_.identifiers).empty();
  }
  bool IsKept(Record record) const {
    if (keeps_all_ || kept_.empty()) return keeps_all_;
    const std::vector<NamedValue> values = ValuesOf(record);
    std::vector<NamedValue> key;
    for (const std::string& field : mapped_.shape.key) {
      const auto* value = ValueIn(values, field);
      key.push_back({field, value == nullptr ? std::nullopt : *value});
    }
    return kept_.contains(ToJson(key));
  }

  const MappedCollection& mapped_;
  const ErasurePlan& plan_;
  std::unordered_set<std::string> kept_;
  bool keeps_all_ = false;
};

}  // namespace

std::int64_t RecheckReport::Leftovers() const {
  return std::accumulate(collections.begin(), collections.end(), std::int64_t{0},
                         [](std::int64_t sum, const Rechecked& each) { return sum + each.leftovers; });
}

Result<RecheckReport> RecheckPlan(const ErasurePlan& plan, OpenStores& stores) {
  RecheckReport report{.stage = RecheckStage::kPlanned};
  const StandingKeys keys = KeysOf(plan);
  StandingKeys standing = keys;
  // The keys first: what is sealed opens no more only when they are gone.
  for (const bool looks_at_keys : {true, false}) {
    for (const PlannedCollection& collection : plan.collections) {
      if (keys.contains(collection.id) != looks_at_keys) continue;
      Rechecked counts{.collection = collection.id};
      const Result<Connector*> store = stores.Get(collection.id.dataset);
      const Status checked =
          store.ok() ? RecheckCollection(plan, collection, **store, standing, counts) : Status(store.error());
      if (!checked.ok() && checked.error().Is("connect.cancelled")) return checked.error();
      if (!checked.ok()) Note(report, stores, collection.id, checked.error());
      if (checked.ok()) report.collections.push_back(counts);
      if (checked.ok() && counts.leftovers == 0) standing.erase(collection.id);
    }
  }
  return report;
}

namespace {

// The person is looked for anew, and what would have to be changed now is left over.
Result<RecheckReport> LookForChanges(const SubjectMap& map, const ErasurePlan& plan, OpenStores& stores) {
  PRIVITY_TRY(const Walk walk, WalkSubject(map, stores, plan.identifiers));
  PRIVITY_TRY(const ErasurePlan found, MakeChangePlan(map, walk, {}, stores, plan.wanted));
  RecheckReport report{.stage = RecheckStage::kWalk, .collections = {}, .not_read = found.not_read};
  for (std::size_t i = 0; i < map.collections.size(); ++i) {
    const auto records = std::ranges::count(walk.records, i, &FoundRecord::collection);
    if (records == 0) continue;
    const CollectionPlace& id = map.collections[i].id;
    const auto left = std::ranges::find(found.collections, id, &PlannedCollection::id);
    const auto planned = std::ranges::find(plan.collections, id, &PlannedCollection::id);
    const bool is_kept = planned != plan.collections.end() && IsKeptWhole(*planned);
    const auto leftovers = left == found.collections.end() ? 0 : static_cast<std::int64_t>(left->records.size());
    report.collections.push_back(
        {.collection = id, .records = records, .leftovers = is_kept ? 0 : leftovers, .kept = is_kept ? leftovers : 0});
  }
  return report;
}

}  // namespace

Result<RecheckReport> SweepStores(const SubjectMap& map, const ErasurePlan& plan, OpenStores& stores) {
  if (plan.act == PlanAct::kChange) return LookForChanges(map, plan, stores);
  RecheckReport report{.stage = RecheckStage::kSweep};
  for (const MappedCollection& mapped : map.collections) {
    SweepSink sink(mapped, plan);
    const Result<Connector*> store = stores.Get(mapped.id.dataset);
    const Status read = store.ok() ? (*store)->Stream(mapped.shape, {}, sink) : Status(store.error());
    if (!read.ok() && read.error().Is("connect.cancelled")) return read.error();
    if (!read.ok()) Note(report, stores, mapped.id, read.error());
    if (sink.skipped > 0) report.not_read.push_back({mapped.id, "connect.malformed"});
    sink.counts.collection = mapped.id;
    if (read.ok()) report.collections.push_back(sink.counts);
  }
  return report;
}

}  // namespace privity
