#include "fulfil/erasure_journal.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/durable_file.h"
#include "base/json.h"
#include "crypto/hash.h"

namespace privity {
namespace {

constexpr std::string_view kEnding = ".json";
constexpr std::size_t kEntryBytesMax = std::size_t{16} << 20;

// By hash: whose it is.
using Erased = std::unordered_map<std::string, PlanId>;

// Calls for every value of an identifier field that passes, and for whatever a text could name somebody by.
class IdentifierSink final : public RecordSink {
 public:
  IdentifierSink(const MappedCollection& mapped, OnMentionable each) : mapped_(mapped), each_(std::move(each)) {}

  Status Take(Record record) override {
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
  const MappedCollection& mapped_;
  const OnMentionable each_;
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
  return {{.name = "records", .defaulted = true}};
}

std::string ErasureJournal::HashOf(const RecordKey& record) const {
  const std::string text = "record" + std::string(1, '\0') + ToJson(record.collection) + '\0' + ToJson(record.key);
  return HexEncode(BytesView(HmacSha256(key_.Reveal(), AsBytes(text))));
}

bool ErasureJournal::Has(const JournalEntry& entry, const RecordKey& record) const {
  return std::ranges::binary_search(entry.records, HashOf(record));
}

Status ErasureJournal::Remember(const PlanId& erasure, Instant at, std::span<const SubjectIdentifier> identifiers,
                                std::span<const RecordKey> records) const {
  JournalEntry entry{.erasure = erasure, .at = at};
  for (const SubjectIdentifier& each : identifiers) {
    entry.identifiers.push_back({each.space, HashOf(each.space, each.value)});
  }
  for (const RecordKey& each : records) entry.records.push_back(HashOf(each));
  std::ranges::sort(entry.records);
  return WriteFileDurably(directory_ / (erasure.ToString() + std::string(kEnding)), AsBytes(ToJson(entry)));
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
  for (const JournalEntry& entry : entries) {
    for (const JournalHash& each : entry.identifiers) erased.emplace(each.hash, entry.erasure);
  }
  Returned returned;
  std::set<std::string> seen;  // hashes of those who were found: each is named once
  const auto look = [&](std::string_view space, std::string_view value) {
    std::string hash = HashOf(space, value);
    const auto found = erased.find(hash);
    if (found == erased.end() || !seen.insert(std::move(hash)).second) return;
    returned.people[found->second].push_back({std::string(space), std::string(value)});
  };
  for (const MappedCollection& mapped : map.collections) {
    if (erased.empty()) break;
    IdentifierSink sink(mapped, look);
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
