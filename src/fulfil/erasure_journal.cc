#include "fulfil/erasure_journal.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/durable_file.h"
#include "base/json.h"
#include "crypto/hash.h"
#include "fulfil/erase.h"

namespace privity {
namespace {

constexpr std::string_view kEnding = ".json";
constexpr std::size_t kEntryBytesMax = std::size_t{16} << 20;

// By hash: whose it is.
using Erased = std::unordered_map<std::string, PlanId>;

// By hash: which erasure changed the record with that record key, the newest of them.
using Changed = std::unordered_map<std::string, PlanId>;

// Calls for every value of an identifier field that passes, for whatever a text could name somebody by, and for every
// record that holds something which an erasure would take away.
class ReturnedSink final : public RecordSink {
 public:
  using OnRecord = std::function<void(RecordKey record)>;
  ReturnedSink(const MappedCollection& mapped, OnMentionable each, OnRecord record)
      : mapped_(mapped), each_(std::move(each)), record_(std::move(record)), erasable_(ErasableFields(mapped)) {}

  Status Take(Record record) override {
    if (std::ranges::any_of(record, [&](const FieldCell& cell) { return Stands(cell); })) record_(KeyOf(record));
    for (const FieldCell& cell : record) {
      if (cell.kind != CellKind::kText) continue;
      const MappedField* field = mapped_.Find(cell.field);
      if (field != nullptr && !field->identifier.empty()) each_(field->identifier, cell.bytes);
      ForEachMentionable(cell.bytes, each_);
    }
    return Ok();
  }
  void Skip(Error) override { ++skipped; }
  std::int64_t skipped = 0;

 private:
  bool Stands(const FieldCell& cell) const {
    if (cell.kind == CellKind::kNull || cell.bytes.empty()) return false;
    const auto field = std::ranges::find(erasable_, cell.field, &PlannedField::name);
    return field != erasable_.end() && !IsPlaceholder(*field, cell.bytes);
  }
  RecordKey KeyOf(Record record) const {
    RecordKey key{.collection = mapped_.id};
    for (const std::string& field : mapped_.shape.key) {
      const auto cell = std::ranges::find(record, std::string_view(field), &FieldCell::field);
      const bool is_there = cell != record.end() && cell->kind != CellKind::kNull;
      key.key.push_back({field, is_there ? std::optional(std::string(cell->bytes)) : std::nullopt});
    }
    return key;
  }

  const MappedCollection& mapped_;
  const OnMentionable each_;
  const OnRecord record_;
  const std::vector<PlannedField> erasable_;
};

Error Failed(const std::filesystem::path& path, const char* operation, const std::error_code& failure) {
  return Error("base.file_failed", {{"path", path.string()}, {"operation", operation}, {"reason", failure.message()}});
}

Result<std::vector<std::filesystem::path>> FilesIn(const std::filesystem::path& directory) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator at(directory, failure), end; !failure && at != end; at.increment(failure)) {
    if (at->path().extension() == kEnding) files.push_back(at->path());
  }
  if (failure) return Failed(directory, "list", failure);
  std::ranges::sort(files);
  return files;
}

}  // namespace

Result<ErasureJournal> ErasureJournal::Open(const std::filesystem::path& directory, const Key& key) {
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (!failure) std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failure);
  if (failure) return Failed(directory, "make", failure);
  return ErasureJournal(directory, key);
}

std::string ErasureJournal::HashOf(std::string_view space, std::string_view value) const {
  const std::string text = std::string(space) + '\0' + NormalizeIdentifier(space, value);
  return HexEncode(BytesView(HmacSha256(key_.Reveal(), AsBytes(text))));
}

std::vector<FieldNote> FieldNotes(const JournalEntry*) {
  return {{.name = "records", .defaulted = true}, {.name = "keys", .defaulted = true}};
}

std::string ErasureJournal::HashOf(const RecordKey& record) const {
  const std::string text = "record" + std::string(1, '\0') + ToJson(record.collection) + '\0' + ToJson(record.key);
  return HexEncode(BytesView(HmacSha256(key_.Reveal(), AsBytes(text))));
}

std::string ErasureJournal::HashOf(const RecordKey& record, std::string_view secret) const {
  const std::string place = "key" + std::string(1, '\0') + ToJson(record.collection) + '\0' + ToJson(record.key) + '\0';
  SecretString text(place + std::string(secret));
  return HexEncode(BytesView(HmacSha256(key_.Reveal(), AsBytes(text.Reveal()))));
}

bool ErasureJournal::Has(const JournalEntry& entry, const RecordKey& record) const {
  return std::ranges::binary_search(entry.records, HashOf(record));
}

bool ErasureJournal::HasKey(const JournalEntry& entry, const RecordKey& record, std::string_view secret) const {
  return secret.size() >= kSecretBytesMin && std::ranges::binary_search(entry.keys, HashOf(record, secret));
}

bool ErasureJournal::Names(std::span<const JournalEntry> entries, std::string_view space,
                           std::string_view value) const {
  const std::string hash = HashOf(space, value);
  return std::ranges::any_of(entries, [&](const JournalEntry& entry) {
    return std::ranges::find(entry.identifiers, hash, &JournalHash::hash) != entry.identifiers.end();
  });
}

Status ErasureJournal::Remember(const PlanId& erasure, Instant at, std::span<const SubjectIdentifier> identifiers,
                                std::span<const RecordKey> records, std::span<const StandingKey> keys) const {
  const std::filesystem::path path = directory_ / (erasure.ToString() + std::string(kEnding));
  JournalEntry entry{.erasure = erasure, .at = at};
  for (const SubjectIdentifier& each : identifiers) {
    entry.identifiers.push_back({each.space, HashOf(each.space, each.value)});
  }
  for (const RecordKey& each : records) entry.records.push_back(HashOf(each));
  std::ranges::sort(entry.records);
  // Those that were destroyed before the work was cut off cannot be read any more.
  std::error_code failure;
  if (std::filesystem::exists(path, failure)) {
    PRIVITY_TRY(JournalEntry before, ReadEntry(path));
    entry.keys = std::move(before.keys);
  }
  for (const StandingKey& each : keys) {
    if (each.secret.Reveal().size() >= kSecretBytesMin) entry.keys.push_back(HashOf(each.record, each.secret.Reveal()));
  }
  std::ranges::sort(entry.keys);
  const auto again = std::ranges::unique(entry.keys);
  entry.keys.erase(again.begin(), again.end());
  return WriteFileDurably(path, AsBytes(ToJson(entry)));
}

Result<JournalEntry> ErasureJournal::ReadEntry(const std::filesystem::path& path) const {
  PRIVITY_TRY(const Bytes bytes, ReadFile(path, kEntryBytesMax));
  auto entry = FromJson<JournalEntry>(AsText(bytes));
  if (!entry.ok()) return Error("fulfil.journal_damaged", {{"file", path.filename().string()}});
  return std::move(*entry);
}

Result<std::vector<JournalEntry>> ErasureJournal::Entries() const {
  PRIVITY_TRY(const auto files, FilesIn(directory_));
  std::vector<JournalEntry> entries;
  for (const auto& file : files) {
    PRIVITY_TRY(JournalEntry entry, ReadEntry(file));
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<std::int64_t> ErasureJournal::Forget(Instant before) const {
  PRIVITY_TRY(const auto files, FilesIn(directory_));
  std::int64_t forgotten = 0;
  for (const auto& file : files) {
    PRIVITY_TRY(const JournalEntry entry, ReadEntry(file));
    if (entry.at >= before) continue;
    PRIVITY_TRY_VOID(RemoveFileDurably(file));
    ++forgotten;
  }
  return forgotten;
}

Result<Returned> ErasureJournal::FindReturned(const SubjectMap& map, OpenStores& stores) const {
  PRIVITY_TRY(const std::vector<JournalEntry> entries, Entries());
  Erased erased;
  Changed changed;
  for (const JournalEntry& entry : entries) {
    for (const JournalHash& each : entry.identifiers) erased.emplace(each.hash, entry.erasure);
    for (const std::string& each : entry.records) changed.insert_or_assign(each, entry.erasure);
  }
  Returned returned;
  std::set<std::string> seen;  // hashes of those who were found: each is named once
  const auto look = [&](std::string_view space, std::string_view value) {
    std::string hash = HashOf(space, value);
    const auto found = erased.find(hash);
    if (found == erased.end() || !seen.insert(std::move(hash)).second) return;
    returned.people[found->second].push_back({std::string(space), std::string(value)});
  };
  const auto look_at_record = [&](RecordKey record) {
    if (record.key.empty()) return;
    const auto found = changed.find(HashOf(record));
    if (found != changed.end()) returned.records[found->second].push_back(std::move(record));
  };
  for (const MappedCollection& mapped : map.collections) {
    if (entries.empty()) break;
    ReturnedSink sink(mapped, look, look_at_record);
    const Result<Connector*> store = stores.Get(mapped.id.dataset);
    const Status read = store.ok() ? (*store)->Stream(mapped.shape, {}, sink) : Status(store.error());
    if (read.ok() && sink.skipped > 0) returned.not_read.push_back({mapped.id, "connect.malformed"});
    if (read.ok()) continue;
    if (read.error().Is("connect.cancelled")) return read.error();
    if (IsLost(read.error())) stores.Lose(mapped.id.dataset, read.error());
    returned.not_read.push_back({mapped.id, read.error().code()});
  }
  return returned;
}

}  // namespace privity
