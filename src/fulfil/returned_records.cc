#include "fulfil/returned_records.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "fulfil/erase.h"
#include "fulfil/internal/key_users.h"
#include "fulfil/internal/record_finder.h"

namespace privity {
namespace {

constexpr std::string_view kEmployee = "employee";

class Looking {
 public:
  Looking(const SubjectMap& map, OpenStores& stores, const ErasureJournal& journal,
          std::span<const JournalEntry> entries, const JournalEntry& entry, const WalkLimits& limits)
      : finder_(map, stores), journal_(journal), entries_(entries), entry_(entry), limits_(limits) {}

  Result<ReturnedRecords> Look(std::span<const RecordKey> records) {
    Part keys;
    Part unsure;
    for (const RecordKey& record : records) PRIVITY_TRY_VOID(Sort(record, keys, unsure));
    PRIVITY_TRY_VOID(Complete(keys));
    PRIVITY_TRY_VOID(Complete(unsure));
    return ReturnedRecords{.keys = std::move(keys.walk), .unsure = std::move(unsure.walk)};
  }

 private:
  struct Part {
    Walk walk;
    std::vector<FoundRow> rows;                          // as Walk::records
    std::unordered_map<std::string, std::size_t> known;  // by identity
  };

  Status Sort(const RecordKey& record, Part& keys, Part& unsure) {
    const std::optional<std::size_t> collection = finder_.PositionOf(record.collection);
    if (!collection) return Ok();
    PRIVITY_TRY(std::vector<FoundRow> rows, finder_.Find(*collection, ToFieldValues(record.key), 2));
    if (rows.size() != 1) return Ok();  // gone meanwhile
    FoundRow& row = rows.front();
    PRIVITY_TRY(const bool names_another, NamesAnother(*collection, row));
    const std::string& key_field = finder_.Mapped(*collection).key_field;
    const std::optional<std::string> secret =
        key_field.empty() ? std::nullopt : finder_.Value(*collection, row, key_field);
    if (!secret || !journal_.HasKey(entry_, record, *secret)) {
      return names_another ? Ok() : Add(unsure, *collection, std::move(row));
    }
    PRIVITY_TRY_VOID(Add(keys, *collection, std::move(row)));
    keys.walk.records.back().stays = names_another;
    return Ok();
  }

  Status Add(Part& part, std::size_t collection, FoundRow row) {
    if (!part.known.emplace(finder_.IdentityOf(collection, row), part.rows.size()).second) return Ok();
    if (static_cast<std::int64_t>(part.rows.size()) == limits_.records_max) {
      return Error("fulfil.too_many_records", {{"records_max", std::to_string(limits_.records_max)}});
    }
    auto& samples = part.walk.samples[collection];
    if (samples.size() < limits_.samples_max) samples.push_back(std::move(row.sample));
    part.walk.records.push_back(
        {.key = finder_.KeyOf(collection, row), .link = LinkOf(collection, row), .collection = collection});
    part.rows.push_back(std::move(row));
    return Ok();
  }

  // What must still stand in the record when it is changed; never the key that it holds.
  std::vector<NamedValue> LinkOf(std::size_t collection, const FoundRow& row) const {
    const MappedCollection& mapped = finder_.Mapped(collection);
    std::vector<NamedValue> link;
    const auto add = [&](const std::string& field) {
      const std::optional<std::string>& value = finder_.Value(collection, row, field);
      const bool is_known = std::ranges::find(link, field, &NamedValue::field) != link.end();
      if (value && !is_known && field != mapped.key_field) link.push_back({field, value});
    };
    for (const MappedReference& reference : mapped.references) std::ranges::for_each(reference.fields, add);
    for (const MappedField& field : mapped.fields) {
      if (!field.identifier.empty() || IsName(field)) add(field.name);
    }
    return link;
  }

  // Whether the record, or one that it refers to, says of somebody whom no erasure named that it is theirs. Employees
  // do not count: they served whom the record is about.
  Result<bool> NamesAnother(std::size_t collection, const FoundRow& row) {
    std::unordered_set<std::string> seen;
    return NamesAnother(collection, row, seen);
  }
  Result<bool> NamesAnother(std::size_t collection, const FoundRow& row, std::unordered_set<std::string>& seen) {
    if (!seen.insert(finder_.IdentityOf(collection, row)).second) return false;
    const MappedCollection& mapped = finder_.Mapped(collection);
    for (const MappedField& field : mapped.fields) {
      if (field.identifier.empty()) continue;
      const PlannedField planned{.name = field.name, .strategy = field.strategy.value_or(Strategy::kPseudonymize)};
      for (const std::string& value : finder_.AllValues(collection, row, field.name)) {
        if (value.empty() || IsPlaceholder(planned, value)) continue;
        if (!journal_.Names(entries_, field.identifier, value)) return true;
      }
    }
    for (const MappedReference& reference : mapped.references) {
      const std::optional<std::size_t> target = finder_.PositionOf(reference.target);
      if (!target || reference.is_ignored || finder_.Mapped(*target).subject == kEmployee) continue;
      const auto values = finder_.Values(collection, row, reference.fields, reference.target_fields);
      if (!values) continue;
      PRIVITY_TRY(const std::vector<FoundRow> rows, finder_.Find(*target, *values, 2));
      if (!finder_.CanBeRead(*target)) return true;
      for (const FoundRow& each : rows) {
        PRIVITY_TRY(const bool names_another, NamesAnother(*target, each, seen));
        if (names_another) return true;
      }
    }
    return false;
  }

  // Changed by an erasure, of this person or another: a replay makes an entry of its own about what came back alone.
  Result<bool> IsTheirs(std::size_t collection, const FoundRow& row) {
    const RecordKey record{finder_.Mapped(collection).id, finder_.KeyOf(collection, row)};
    const bool is_known = !record.key.empty() && std::ranges::any_of(entries_, [&](const JournalEntry& entry) {
      return journal_.Has(entry, record);
    });
    if (!is_known) return false;
    PRIVITY_TRY(const bool names_another, NamesAnother(collection, row));
    return !names_another;
  }

  // With the records that refer to them, as far as the erasure changed these as well; others hold what they refer to.
  Status Complete(Part& part) {
    for (std::size_t i = 0; i < part.rows.size(); ++i) PRIVITY_TRY_VOID(Descend(part, i));
    for (std::size_t i = 0; i < part.rows.size(); ++i) {
      for (const IncomingReference& incoming : finder_.IncomingTo(part.walk.records[i].collection)) {
        PRIVITY_TRY(const std::vector<FoundRow> rows, Referring(part, i, incoming));
        for (const FoundRow& row : rows) {
          const auto from = part.known.find(finder_.IdentityOf(incoming.from, row));
          if (from != part.known.end() && from->second != i) part.walk.records[from->second].refers_to.push_back(i);
        }
      }
    }
    const auto is_theirs = [&](std::size_t collection, const FoundRow& row) {
      const Result<bool> theirs = IsTheirs(collection, row);
      return theirs.ok() && *theirs;
    };
    PRIVITY_TRY_VOID(LookForKeyUsers(finder_, part.walk, part.rows, is_theirs, limits_.records_max));
    part.walk.not_read = finder_.not_read();
    return Ok();
  }

  Result<std::vector<FoundRow>> Referring(const Part& part, std::size_t position, const IncomingReference& incoming) {
    const std::vector<std::string>& named = incoming.reference->target_fields;
    const auto match =
        finder_.Values(part.walk.records[position].collection, part.rows[position], named, incoming.reference->fields);
    if (!match) return std::vector<FoundRow>();
    return finder_.Find(incoming.from, *match, limits_.records_max);
  }

  Status Descend(Part& part, std::size_t position) {
    const std::size_t collection = part.walk.records[position].collection;
    for (const IncomingReference& incoming : finder_.IncomingTo(collection)) {
      PRIVITY_TRY(std::vector<FoundRow> rows, Referring(part, position, incoming));
      std::int64_t others = 0;
      for (FoundRow& row : rows) {
        PRIVITY_TRY(const bool is_theirs, IsTheirs(incoming.from, row));
        if (is_theirs) PRIVITY_TRY_VOID(Add(part, incoming.from, std::move(row)));
        if (!is_theirs) ++others;
      }
      if (others == 0 && finder_.CanBeRead(incoming.from)) continue;
      part.walk.records[position].stays = true;
      if (others == 0) continue;
      part.walk.boundaries.push_back({.from = finder_.Mapped(incoming.from).id,
                                      .to = finder_.Mapped(collection).id,
                                      .fields = incoming.reference->fields,
                                      .reason = BoundaryReason::kOthersReferToIt,
                                      .count = others});
    }
    return Ok();
  }

  RecordFinder finder_;
  const ErasureJournal& journal_;
  const std::span<const JournalEntry> entries_;
  const JournalEntry& entry_;
  const WalkLimits limits_;
};

}  // namespace

Result<ReturnedRecords> LookAtReturned(const SubjectMap& map, OpenStores& stores, const ErasureJournal& journal,
                                       std::span<const JournalEntry> entries, const JournalEntry& entry,
                                       std::span<const RecordKey> records, const WalkLimits& limits) {
  return Looking(map, stores, journal, entries, entry, limits).Look(records);
}

}  // namespace privity
