#include "datamap/internal/register_writer.h"

#include <algorithm>

#include "base/json.h"

namespace privity {
namespace {

std::string Cut(const std::string& text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not inside a character
  return text.substr(0, end);
}

// A path into a document, which a sample may or may not have had.
bool IsPath(const Collection& collection, const std::string& field) {
  return collection.shape == CollectionShape::kDocuments || collection.shape == CollectionShape::kMessages ||
         std::ranges::any_of(collection.fields,
                             [&](const Field& declared) { return field.starts_with(declared.name + "."); });
}

// None when values were not read: then what an earlier scan counted stands.
std::optional<std::int64_t> FilledOf(const ScannedCollection& scanned, const std::string& field) {
  if (scanned.not_sampled) return std::nullopt;
  const auto found = scanned.filled.find(field);
  return found == scanned.filled.end() ? 0 : found->second;
}

}  // namespace

struct RegisterWriter::StoredField {
  FieldId id;
  std::string declared_type;
  std::string category;
  std::string detected_category;
  double confidence = 0;
  std::string reason;
  std::int64_t distinct_values = 0;
  Verdict verdict = Verdict::kProposed;
  std::string verdict_on_type;
  std::string verdict_on_category;
  bool is_gone = false;

  // Somebody has said already what this evidence means, or what was said agrees with it.
  bool IsAnswered(const std::string& type_now, const std::string& category_now) const {
    return verdict != Verdict::kProposed && type_now == verdict_on_type &&
           (category_now == verdict_on_category || category_now == category);
  }
};

struct RegisterWriter::FieldChange {
  std::optional<FieldId> field;
  ChangeKind kind = ChangeKind::kAdded;
  bool is_open = false;
  std::string type_before = {};
  std::string type_now = {};
  std::string category_before = {};
  std::string category_now = {};
  double confidence = 0;
  std::string reason = {};
};

Status RegisterWriter::AddChange(WriteTx& tx, const CollectionId& id, const FieldChange& change) {
  if (change.field) {
    PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_change SET state = 'superseded' WHERE field = $1 AND state = 'open'",
                                {*change.field}));
  }
  const std::string& telling = change.kind == ChangeKind::kGone ? change.category_before : change.category_now;
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO datamap_change (id, scan, system, collection, field, kind, state, type_before, type_now, "
      "category_before, category_now, is_special, confidence, reason, at, decided_category, decision_reason) VALUES "
      "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', '')",
      {ChangeId::New(clock_), scan_, system_, id, change.field, EnumText(change.kind),
       EnumText(change.is_open ? ChangeState::kOpen : ChangeState::kNoted), change.type_before, change.type_now,
       change.category_before, change.category_now, taxonomy_.IsSpecial(telling), change.confidence, change.reason,
       clock_.Now()}));
  switch (change.kind) {
    case ChangeKind::kAdded:
      ++counts_.added;
      break;
    case ChangeKind::kChanged:
      ++counts_.changed;
      break;
    case ChangeKind::kGone:
      ++counts_.gone;
      break;
  }
  return Ok();
}

Status RegisterWriter::AddGap(WriteTx& tx, const CollectionName& name, const Error& error) {
  PRIVITY_TRY_VOID(tx.Execute("INSERT INTO datamap_gap (scan, dataset, collection, problem) VALUES ($1, $2, $3, $4)",
                              {scan_, name.space, Cut(name.name, kMapNameBytesMax), ToJson(ToStoredProblem(error))}));
  ++counts_.gaps;
  return Ok();
}

Result<ScanCounts> RegisterWriter::Save(WriteTx& tx, const SeenCollection& seen) {
  counts_ = {};
  PRIVITY_TRY(const CollectionId id, SaveCollection(tx, seen));
  PRIVITY_TRY_VOID(SaveFields(tx, id, seen));
  PRIVITY_TRY_VOID(SaveReferences(tx, seen));
  if (seen.scanned.not_sampled) PRIVITY_TRY_VOID(AddGap(tx, seen.collection.name, *seen.scanned.not_sampled));
  for (const Error& error : seen.scanned.skipped) PRIVITY_TRY_VOID(AddGap(tx, seen.collection.name, error));
  return counts_;
}

Result<CollectionId> RegisterWriter::SaveCollection(WriteTx& tx, const SeenCollection& seen) {
  const CollectionName& name = seen.collection.name;
  const Instant now = clock_.Now();
  const bool read = !seen.scanned.not_sampled;
  const std::string unread = read ? "" : seen.scanned.not_sampled->code();
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT id, gone_at FROM datamap_collection WHERE system = $1 AND dataset = $2 AND name = $3",
                          {system_, name.space, name.name}));
  const CollectionId id = row ? row->Get<CollectionId>(0) : CollectionId::New(clock_);
  const auto read_at = read ? std::optional(now) : std::nullopt;
  const auto sampled = read ? std::optional(seen.scanned.records) : std::nullopt;
  if (row) {
    PRIVITY_TRY_VOID(tx.Execute(
        "UPDATE datamap_collection SET shape = $2, key_fields = $3, estimated_records = $4, unread = $5, "
        "last_seen_at = $6, read_at = coalesce($7, read_at), gone_at = NULL, last_scan = $8, sampled_records = "
        "coalesce($9, sampled_records) WHERE id = $1",
        {id, EnumText(seen.collection.shape), ToJson(seen.collection.key), seen.estimated_records, unread, now, read_at,
         scan_, sampled}));
  } else {
    PRIVITY_TRY_VOID(tx.Execute(
        "INSERT INTO datamap_collection (id, system, dataset, name, shape, key_fields, estimated_records, unread, "
        "first_seen_at, last_seen_at, read_at, first_scan, last_scan, sampled_records) VALUES ($1, $2, $3, $4, $5, $6, "
        "$7, $8, $9, $9, $10, $11, $11, $12)",
        {id, system_, name.space, name.name, EnumText(seen.collection.shape), ToJson(seen.collection.key),
         seen.estimated_records, unread, now, read_at, scan_, sampled.value_or(0)}));
  }
  if (!row || !row->IsNull(1)) PRIVITY_TRY_VOID(AddChange(tx, id, {.field = {}, .kind = ChangeKind::kAdded}));
  return id;
}

Result<std::map<std::string, RegisterWriter::StoredField>> RegisterWriter::FieldsOf(ReadTx& tx,
                                                                                    const CollectionId& id) const {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT name, id, declared_type, category, detected_category, confidence, reason, "
                       "distinct_values, verdict, verdict_on_type, verdict_on_category, gone_at FROM datamap_field "
                       "WHERE collection = $1",
                       {id}));
  std::map<std::string, StoredField> fields;
  for (const Row& row : rows) {
    PRIVITY_TRY(const Verdict verdict, ParseEnum<Verdict>(row.Get<std::string>(8)));
    fields.emplace(row.Get<std::string>(0), StoredField{.id = row.Get<FieldId>(1),
                                                        .declared_type = row.Get<std::string>(2),
                                                        .category = row.Get<std::string>(3),
                                                        .detected_category = row.Get<std::string>(4),
                                                        .confidence = row.Get<double>(5),
                                                        .reason = row.Get<std::string>(6),
                                                        .distinct_values = row.Get<std::int64_t>(7),
                                                        .verdict = verdict,
                                                        .verdict_on_type = row.Get<std::string>(9),
                                                        .verdict_on_category = row.Get<std::string>(10),
                                                        .is_gone = !row.IsNull(11)});
  }
  return fields;
}

Status RegisterWriter::SaveFields(WriteTx& tx, const CollectionId& id, const SeenCollection& seen) {
  PRIVITY_TRY(auto stored, FieldsOf(tx, id));
  std::set<std::string> present;
  std::int64_t position = 0;
  for (ScannedField now : seen.scanned.fields) {
    now.declared_type = Cut(now.declared_type, kDeclaredTypeBytesMax);
    if (now.field.size() > kMapNameBytesMax) {
      PRIVITY_TRY_VOID(AddGap(tx, seen.collection.name, Error("datamap.name_too_long")));
      continue;
    }
    if (!present.insert(now.field).second) continue;
    ++position;
    const auto filled = FilledOf(seen.scanned, now.field);
    const auto known = stored.find(now.field);
    if (known == stored.end()) {
      PRIVITY_TRY_VOID(SaveNew(tx, id, now, position, filled));
    } else {
      // Nothing was read this time: what values said before stays, and is not fresh.
      StoredField& before = known->second;
      if (seen.scanned.not_sampled && before.distinct_values > 0) {
        now.category = before.detected_category;
        now.confidence = before.confidence;
        now.reason = before.reason;
        now.distinct_values = before.distinct_values;
      }
      PRIVITY_TRY_VOID(SaveKnown(tx, id, before, now, position, filled));
    }
    ++counts_.fields;
  }
  if (!seen.scanned.not_sampled) {
    PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_field SET judged_at = $3 WHERE collection = $1 AND last_scan = $2",
                                {id, scan_, clock_.Now()}));
  }
  PRIVITY_TRY(const auto personal,
              tx.QueryOne("SELECT count(*) FROM datamap_field WHERE collection = $1 AND last_scan = $2 AND is_personal",
                          {id, scan_}));
  counts_.personal_fields += personal->Get<std::int64_t>(0);
  return SaveGone(tx, id, seen, stored, present);
}

Status RegisterWriter::SaveNew(WriteTx& tx, const CollectionId& id, const ScannedField& now, std::int64_t position,
                               std::optional<std::int64_t> filled) {
  const auto field = FieldId::New(clock_);
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO datamap_field (id, system, collection, name, declared_type, position, category, is_personal, "
      "is_special, detected_category, confidence, reason, distinct_values, verdict, verdict_reason, verdict_on_type, "
      "verdict_on_category, first_seen_at, last_seen_at, first_scan, last_scan, filled_records) VALUES ($1, $2, $3, "
      "$4, "
      "$5, $6, $7, $8, $9, $7, $10, $11, $12, 'proposed', '', '', '', $13, $13, $14, $14, $15)",
      {field, system_, id, now.field, now.declared_type, position, now.category, IsPersonal(now.category),
       taxonomy_.IsSpecial(now.category), now.confidence, now.reason, now.distinct_values, clock_.Now(), scan_,
       filled.value_or(0)}));
  return AddChange(tx, id,
                   {.field = field,
                    .kind = ChangeKind::kAdded,
                    .is_open = IsPersonal(now.category),
                    .type_now = now.declared_type,
                    .category_now = now.category,
                    .confidence = now.confidence,
                    .reason = now.reason});
}

Status RegisterWriter::SaveKnown(WriteTx& tx, const CollectionId& id, StoredField& stored, const ScannedField& now,
                                 std::int64_t position, std::optional<std::int64_t> filled) {
  const std::string category = stored.verdict == Verdict::kProposed ? now.category : stored.category;
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE datamap_field SET declared_type = $2, position = $3, category = $4, is_personal = $5, is_special = $6, "
      "detected_category = $7, confidence = $8, reason = $9, distinct_values = $10, last_seen_at = $11, last_scan = "
      "$12, gone_at = NULL, filled_records = coalesce($13, filled_records) WHERE id = $1",
      {stored.id, now.declared_type, position, category, IsPersonal(category), taxonomy_.IsSpecial(category),
       now.category, now.confidence, now.reason, now.distinct_values, clock_.Now(), scan_, filled}));
  const bool differs = now.declared_type != stored.declared_type || now.category != stored.detected_category;
  if (!differs && !stored.is_gone) return Ok();
  const bool is_about_people = IsPersonal(now.category) || IsPersonal(stored.category);
  return AddChange(tx, id,
                   {.field = stored.id,
                    .kind = stored.is_gone ? ChangeKind::kAdded : ChangeKind::kChanged,
                    .is_open = is_about_people && !stored.IsAnswered(now.declared_type, now.category),
                    .type_before = stored.declared_type,
                    .type_now = now.declared_type,
                    .category_before = stored.category,
                    .category_now = now.category,
                    .confidence = now.confidence,
                    .reason = now.reason});
}

Status RegisterWriter::FieldIsGone(WriteTx& tx, const CollectionId& id, const StoredField& field) {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_field SET gone_at = $2 WHERE id = $1", {field.id, clock_.Now()}));
  return AddChange(tx, id,
                   {.field = field.id,
                    .kind = ChangeKind::kGone,
                    .is_open = IsPersonal(field.category),
                    .type_before = field.declared_type,
                    .category_before = field.category});
}

Status RegisterWriter::SaveGone(WriteTx& tx, const CollectionId& id, const SeenCollection& seen,
                                const std::map<std::string, StoredField>& stored,
                                const std::set<std::string>& present) {
  for (const auto& [name, field] : stored) {
    // A path that the sample did not have may still be in the rest: it grows stale instead.
    if (field.is_gone || present.contains(name) || IsPath(seen.collection, name)) continue;
    PRIVITY_TRY_VOID(FieldIsGone(tx, id, field));
  }
  return Ok();
}

Status RegisterWriter::SaveReferences(WriteTx& tx, const SeenCollection& seen) {
  const CollectionName& from = seen.collection.name;
  const Instant now = clock_.Now();
  for (const Reference& reference : seen.collection.references) {
    const std::string from_fields = ToJson(reference.fields);
    const std::string to_fields = ToJson(reference.target_fields);
    PRIVITY_TRY(const std::int64_t known,
                tx.Execute("UPDATE datamap_reference SET last_seen_at = $8, gone_at = NULL WHERE from_system = $1 AND "
                           "from_dataset = $2 AND from_collection = $3 AND from_fields = $4 AND to_dataset = $5 AND "
                           "to_collection = $6 AND to_fields = $7 AND origin = 'foreign_key'",
                           {system_, from.space, from.name, from_fields, reference.target.space, reference.target.name,
                            to_fields, now}));
    if (known > 0) continue;
    PRIVITY_TRY_VOID(tx.Execute(
        "INSERT INTO datamap_reference (id, from_system, from_dataset, from_collection, from_fields, to_system, "
        "to_dataset, to_collection, to_fields, origin, is_ignored, reason, first_seen_at, last_seen_at, version) "
        "VALUES ($1, $2, $3, $4, $5, $2, $6, $7, $8, 'foreign_key', $9, '', $10, $10, 1)",
        {ReferenceId::New(clock_), system_, from.space, from.name, from_fields, reference.target.space,
         reference.target.name, to_fields, false, now}));
  }
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_reference SET gone_at = $4 WHERE from_system = $1 AND from_dataset = $2 AND "
                 "from_collection = $3 AND origin = 'foreign_key' AND gone_at IS NULL AND last_seen_at < $4",
                 {system_, from.space, from.name, now}));
  return Ok();
}

Result<ScanCounts> RegisterWriter::MarkGone(WriteTx& tx, Instant started_at) {
  counts_ = {};
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT id, dataset, name FROM datamap_collection WHERE system = $1 AND gone_at IS NULL AND "
                       "last_seen_at < $2",
                       {system_, started_at}));
  for (const Row& row : rows) {
    const auto id = row.Get<CollectionId>(0);
    PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_collection SET gone_at = $2 WHERE id = $1", {id, clock_.Now()}));
    PRIVITY_TRY_VOID(AddChange(tx, id, {.field = {}, .kind = ChangeKind::kGone}));
    PRIVITY_TRY(const auto fields, FieldsOf(tx, id));
    for (const auto& [name, field] : fields) {
      if (!field.is_gone) PRIVITY_TRY_VOID(FieldIsGone(tx, id, field));
    }
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE datamap_reference SET gone_at = $4 WHERE from_system = $1 AND from_dataset = $2 AND "
                   "from_collection = $3 AND origin = 'foreign_key' AND gone_at IS NULL",
                   {system_, row.Get<std::string>(1), row.Get<std::string>(2), clock_.Now()}));
  }
  return counts_;
}

}  // namespace privity
