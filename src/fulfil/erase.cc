#include "fulfil/erase.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/json.h"
#include "crypto/hash.h"

namespace privity {
namespace {

constexpr std::size_t kPseudonymBytes = 8;

bool Holds(std::string_view text, std::span<const std::string_view> words) {
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return std::ranges::any_of(words, [&](std::string_view word) { return upper.find(word) != std::string::npos; });
}

constexpr std::string_view kRedacted = "[erased]";

// Keeps the one record that it is asked for.
class OneRecord final : public RecordSink {
 public:
  Status Take(Record record) override {
    for (const FieldCell& cell : record) {
      values.push_back({std::string(cell.field),
                        cell.kind == CellKind::kNull ? std::nullopt : std::optional(std::string(cell.bytes))});
    }
    return Ok();
  }
  void Skip(Error) override {}
  std::vector<FieldValue> values;
};

std::string KeyedText(BytesView secret, std::string_view prefix, const std::string& what) {
  return std::string(prefix) + HexEncode(BytesView(HmacSha256(secret, AsBytes(what))).first(kPseudonymBytes));
}

class Erasing {
 public:
  Erasing(Connector& store, const ErasurePlan& plan, const PlannedCollection& collection)
      : store_(store), plan_(plan), collection_(collection), shape_(ShapeOf(collection)) {}

  // An error only when the store as a whole does not answer.
  Status Erase(const PlannedRecord& record, ErasureProgress& progress) {
    if (!collection_.not_covered.empty() || !collection_.keep_ground.empty()) return Count(progress.kept);
    if (collection_.moves_to) return Move(record, progress);
    if (plan_.act == PlanAct::kChange) return Change(record, progress);
    if (IsDeleted(collection_, record)) {
      return Settle(store_.Delete(shape_, ToFieldValues(record.key), ToFieldValues(record.link)), progress.deleted,
                    progress);
    }
    return Empty(record, progress);
  }

 private:
  Status Move(const PlannedRecord& record, ErasureProgress& progress) {
    const CollectionName target{collection_.moves_to->space, collection_.moves_to->name};
    return Settle(store_.Move(shape_, target, ToFieldValues(record.key), ToFieldValues(record.link)), progress.changed,
                  progress);
  }

  // Exactly the values that were read are replaced.
  Status Change(const PlannedRecord& record, ErasureProgress& progress) {
    std::vector<FieldValue> changes;
    std::vector<FieldValue> expected = ToFieldValues(record.link);
    for (const PlannedChange& change : record.changes) {
      changes.push_back({change.field, change.after});
      if (std::ranges::find(expected, change.field, &FieldValue::field) == expected.end()) {
        expected.push_back({change.field, change.before});
      }
    }
    return Settle(store_.Update(shape_, ToFieldValues(record.key), expected, changes), progress.changed, progress);
  }

  // The record stays and loses its personal fields.
  Status Empty(const PlannedRecord& record, ErasureProgress& progress) {
    std::vector<FieldValue> changes;
    std::vector<FieldValue> expected = ToFieldValues(record.link);
    bool is_sealed = false;
    for (const PlannedField& field : collection_.fields) {
      switch (field.strategy) {
        case Strategy::kNull:
        case Strategy::kDelete:
          changes.push_back({field.name, std::nullopt});
          break;
        case Strategy::kMask:
          changes.push_back({field.name, MaskFor(field.declared_type)});
          break;
        case Strategy::kPseudonymize:
          changes.push_back({field.name, KeyedText(plan_.secret, kPseudonymPrefix, PlaceOf(record, field))});
          break;
        case Strategy::kHash:
        case Strategy::kRedact:
          if (const Status read = Rewrite(record, field, changes, expected); !read.ok()) {
            return Settle(read.error(), progress.changed, progress);
          }
          break;
        case Strategy::kCryptoShred:
          is_sealed = true;
          break;
        case Strategy::kKeep:
        case Strategy::kReplace:
          break;
      }
    }
    if (changes.empty()) return Count(is_sealed ? progress.shredded : progress.kept);
    return Settle(store_.Update(shape_, ToFieldValues(record.key), expected, changes), progress.changed, progress);
  }

  // What follows from the value that stands there now; nothing when it was rewritten already.
  Status Rewrite(const PlannedRecord& record, const PlannedField& field, std::vector<FieldValue>& changes,
                 std::vector<FieldValue>& expected) {
    OneRecord now;
    // A line goes by what it said: where it no longer stands, it was rewritten already.
    if (shape_.shape == CollectionShape::kText) {
      now.values = ToFieldValues(record.link);
    } else {
      PRIVITY_TRY_VOID(store_.Find(shape_, ToFieldValues(record.key), 1, now));
    }
    const auto value = std::ranges::find(now.values, field.name, &FieldValue::field);
    if (value == now.values.end() || !value->value) return Ok();
    std::string changed = *value->value;
    if (field.strategy == Strategy::kRedact) {
      changed = ReplaceSpans(changed, NamingSpans(changed, plan_), kRedacted);
    }
    if (field.strategy == Strategy::kHash && !changed.starts_with(kHashPrefix)) {
      changed = KeyedText(plan_.secret, kHashPrefix, field.name + '\0' + changed);
    }
    if (changed == *value->value) return Ok();
    if (std::ranges::find(expected, field.name, &FieldValue::field) == expected.end()) expected.push_back(*value);
    changes.push_back({field.name, std::move(changed)});
    return Ok();
  }

  std::string PlaceOf(const PlannedRecord& record, const PlannedField& field) const {
    return ToJson(collection_.id) + '\0' + field.name + '\0' + ToJson(record.key);
  }

  static Status Count(std::int64_t& count) {
    ++count;
    return Ok();
  }

  static Status Settle(const Result<WriteOutcome>& outcome, std::int64_t& count, ErasureProgress& progress) {
    if (outcome.ok()) return Count(count);
    const Error& error = outcome.error();
    if (IsLost(error) || error.Is("connect.cancelled")) return error;
    if (error.Is("connect.changed")) return Count(progress.not_theirs);
    return Count(progress.failed[error.code()]);
  }

  Connector& store_;
  const ErasurePlan& plan_;
  const PlannedCollection& collection_;
  const Collection shape_;
};

}  // namespace

std::vector<FieldNote> FieldNotes(const ErasureProgress*) {
  return {{.name = "shredded", .defaulted = true}};
}

std::string MaskFor(std::string_view declared_type) {
  constexpr std::array<std::string_view, 3> kDates = {"DATE", "TIMESTAMP", "DATETIME"};
  constexpr std::array<std::string_view, 8> kNumbers = {"INT", "NUM", "DEC", "REAL", "DOUB", "FLOA", "SERIAL", "BOOL"};
  if (Holds(declared_type, kDates)) return "1970-01-01";
  if (Holds(declared_type, kNumbers)) return "0";
  return "*";  // fits every text, however short
}

bool IsPlaceholder(const PlannedField& field, std::string_view value) {
  return value.starts_with(kPseudonymPrefix) || value.starts_with(kHashPrefix) ||
         (field.strategy == Strategy::kMask && value.starts_with(MaskFor(field.declared_type)));
}

Status EraseCollection(Connector& store, const ErasurePlan& plan, const PlannedCollection& collection,
                       ErasureProgress& progress, const AfterBatch& after_batch) {
  Erasing erasing(store, plan, collection);
  const auto total = static_cast<std::int64_t>(collection.records.size());
  // The latest found first: within one collection, records that refer were found through those that they refer to.
  while (progress.next < total) {
    const std::int64_t until = std::min(total, progress.next + kErasureBatch);
    Status status = Ok();
    for (; progress.next < until; ++progress.next) {
      status = erasing.Erase(collection.records[static_cast<std::size_t>(total - 1 - progress.next)], progress);
      if (!status.ok()) break;
    }
    // Also when the store was lost: what has happened is known.
    PRIVITY_TRY_VOID(after_batch(progress));
    if (!status.ok()) return status;
  }
  return Ok();
}

}  // namespace privity
