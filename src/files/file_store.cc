#include "files/file_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>

#include "crypto/seal.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

// Header: "PVTYFILE", version 1 (2 bytes), zero (2), bytes in a chunk (4), the stream's prefix (19).
constexpr std::array<std::byte, 16> kHeaderStart = {std::byte{'P'}, std::byte{'V'}, std::byte{'T'}, std::byte{'Y'},
                                                    std::byte{'F'}, std::byte{'I'}, std::byte{'L'}, std::byte{'E'},
                                                    std::byte{0},   std::byte{1},   std::byte{0},   std::byte{0},
                                                    std::byte{0},   std::byte{1},   std::byte{0},   std::byte{0}};
static_assert(FileStore::kChunkBytes == 0x10000);
constexpr std::size_t kHeaderBytes = kHeaderStart.size() + std::tuple_size_v<StreamPrefix>;
constexpr std::int64_t kChunk = FileStore::kChunkBytes;
constexpr std::int64_t kSealedChunk = kChunk + static_cast<std::int64_t>(kStreamTagBytes);

constexpr int kSweptTogether = 500;
constexpr std::chrono::hours kAbandonedAfter{24};

// An empty file has one empty chunk.
std::int64_t ChunksIn(std::int64_t size_bytes) {
  return std::max<std::int64_t>(1, (size_bytes + kChunk - 1) / kChunk);
}

std::uint64_t SealedBytes(std::int64_t size_bytes) {
  return kHeaderBytes + static_cast<std::uint64_t>(size_bytes) +
         static_cast<std::uint64_t>(ChunksIn(size_bytes)) * kStreamTagBytes;
}

AssociatedData StreamContext(const Uuid& installation, const FileId& id) {
  return AssociatedData("privity.file.v1").Add(installation).Add(id.uuid());
}

Error Damaged(const FileId& id) {
  return Error("files.damaged", {{"file", id.ToString()}});
}

}  // namespace

std::vector<Migration> FilesMigrations() {
  return {{.room = "files", .version = 1, .name = "sealed files", .sql = R"sql(
    CREATE TABLE files_files (
      id text PRIMARY KEY,
      owner text NOT NULL,
      wrapped_key bytea NOT NULL,
      size_bytes bigint NOT NULL,
      created_at bigint NOT NULL,
      expires_at bigint,
      removed boolean NOT NULL
    );
    CREATE INDEX files_by_owner ON files_files (owner);
    CREATE INDEX files_by_expiry ON files_files (expires_at) WHERE expires_at IS NOT NULL;
    CREATE INDEX files_removed ON files_files (id) WHERE removed;
  )sql"}};
}

struct FileWriter::Parts {
  const FileStoreOptions& options;
  FinishedFile file;
  std::int64_t bytes_max;
  fs::path unfinished;
  fs::path final;
  FileHandle handle;
  StreamSealer sealer;
  Bytes pending;  // less than a chunk, or one whole chunk that may be the last
  std::uint64_t written_bytes = kHeaderBytes;
  bool finished = false;

  Status SealPending(ChunkPlace place) {
    PRIVITY_TRY(const Bytes sealed, sealer.Seal(pending, place));
    PRIVITY_TRY_VOID(WriteAt(handle, unfinished, written_bytes, sealed));
    written_bytes += sealed.size();
    WipeMemory(pending.data(), pending.size());
    pending.clear();
    return Ok();
  }
  void BeforeStep(std::string_view step) const {
    if (options.before_step) options.before_step(step);
  }
};

FileWriter::FileWriter(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

FileWriter::FileWriter(FileWriter&&) noexcept = default;

FileWriter::~FileWriter() {
  if (parts_ == nullptr) return;
  WipeMemory(parts_->pending.data(), parts_->pending.size());
  if (!parts_->finished) unlink(parts_->unfinished.c_str());
}

Status FileWriter::Write(BytesView bytes) {
  Invariant(!parts_->finished, "a finished file is not written to");
  if (static_cast<std::int64_t>(bytes.size()) > parts_->bytes_max - parts_->file.size_bytes) {
    return Error("files.too_large", {{"bytes_max", std::to_string(parts_->bytes_max)}});
  }
  parts_->file.size_bytes += static_cast<std::int64_t>(bytes.size());
  while (!bytes.empty()) {
    // Only once more follows is a whole chunk known not to be the last.
    if (parts_->pending.size() == FileStore::kChunkBytes) PRIVITY_TRY_VOID(parts_->SealPending(ChunkPlace::kInside));
    const std::size_t take = std::min(bytes.size(), FileStore::kChunkBytes - parts_->pending.size());
    parts_->pending.insert(parts_->pending.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(take));
    bytes = bytes.subspan(take);
  }
  return Ok();
}

Result<FinishedFile> FileWriter::Finish() {
  Invariant(!parts_->finished, "a file is finished once");
  PRIVITY_TRY_VOID(parts_->SealPending(ChunkPlace::kLast));
  parts_->BeforeStep("file: sync");
  PRIVITY_TRY_VOID(SyncFile(parts_->handle, parts_->unfinished));
  parts_->BeforeStep("file: name");
  const fs::path folder = parts_->final.parent_path();
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return FileError(folder, "make directory");
  // Also when it was there: whoever made it may not have come as far as this.
  PRIVITY_TRY_VOID(SyncDirectory(folder.parent_path()));
  if (rename(parts_->unfinished.c_str(), parts_->final.c_str()) != 0) return FileError(parts_->final, "rename");
  parts_->finished = true;
  PRIVITY_TRY_VOID(SyncDirectory(folder));
  parts_->BeforeStep("file: named");
  return parts_->file;
}

Result<SecretBytes> FileReader::Read(std::int64_t offset, std::size_t bytes) const {
  Invariant(offset >= 0, "a file begins at 0");
  const std::int64_t end =
      offset >= size_bytes_ ? offset
                            : offset + std::min<std::int64_t>(static_cast<std::int64_t>(bytes), size_bytes_ - offset);
  Bytes content;
  content.reserve(static_cast<std::size_t>(end - offset));
  const std::int64_t last = ChunksIn(size_bytes_) - 1;
  while (offset < end) {
    const std::int64_t number = offset / kChunk;
    const std::int64_t chunk_bytes = std::min(kChunk, size_bytes_ - number * kChunk);
    PRIVITY_TRY(const Bytes sealed,
                ReadAt(file_, path_, kHeaderBytes + static_cast<std::uint64_t>(number * kSealedChunk),
                       static_cast<std::size_t>(chunk_bytes) + kStreamTagBytes));
    const auto place = number == last ? ChunkPlace::kLast : ChunkPlace::kInside;
    const Result<SecretBytes> opened = opener_.Open(static_cast<std::uint64_t>(number), place, sealed);
    if (!opened.ok()) return Error("files.damaged", {{"file", path_.filename().string()}});
    const std::int64_t from = offset - number * kChunk;
    const std::int64_t to = std::min(chunk_bytes, end - number * kChunk);
    content.insert(content.end(), opened->Reveal().begin() + from, opened->Reveal().begin() + to);
    offset += to - from;
  }
  return SecretBytes(std::move(content));
}

Result<std::unique_ptr<FileStore>> FileStore::Open(const FileStoreOptions& options, Store& store, PersonKeys& keys,
                                                   const Uuid& installation, const Clock& clock) {
  for (const fs::path& directory : {options.directory, options.directory / "unfinished"}) {
    if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return FileError(directory, "make directory");
  }
  PRIVITY_TRY_VOID(SyncDirectory(options.directory));
  return std::unique_ptr<FileStore>(new FileStore(options, store, keys, installation, clock));
}

// 256 folders, so that none grows too long to list.
fs::path FileStore::PathOf(const FileId& id) const {
  const std::string name = id.ToString();
  return options_.directory / name.substr(name.size() - 2) / name;
}

Result<FileWriter> FileStore::Create(const NewFile& file) {
  const FileId id = FileId::NewRandom();
  FinishedFile finished{.id = id,
                        .key = Key::Random(),
                        .owner = file.about.value_or(SubjectId(id.uuid())),
                        .size_bytes = 0,
                        .expires_at = file.expires_at};
  const fs::path unfinished = options_.directory / "unfinished" / id.ToString();
  PRIVITY_TRY(FileHandle handle, OpenFile(unfinished, O_RDWR | O_CREAT | O_EXCL));
  StreamSealer sealer(finished.key, StreamContext(installation_, id));
  Bytes header(kHeaderStart.begin(), kHeaderStart.end());
  header.insert(header.end(), sealer.prefix().begin(), sealer.prefix().end());
  FileWriter writer(std::unique_ptr<FileWriter::Parts>(
      new FileWriter::Parts{.options = options_,
                            .file = finished,
                            .bytes_max = std::min(file.bytes_max, options_.bytes_max),
                            .unfinished = unfinished,
                            .final = PathOf(id),
                            .handle = std::move(handle),
                            .sealer = std::move(sealer),
                            .pending = {},
                            .written_bytes = kHeaderBytes,
                            .finished = false}));
  writer.parts_->pending.reserve(kChunkBytes);
  PRIVITY_TRY_VOID(WriteAt(writer.parts_->handle, unfinished, 0, header));
  return writer;
}

Status FileStore::Keep(WriteTx& tx, const FinishedFile& file) {
  PRIVITY_TRY(const PersonKey owner, keys_.Ensure(tx, file.owner));
  const std::string id = file.id.ToString();
  PRIVITY_TRY(const Bytes wrapped, owner.Seal(file.key.Reveal(), {"files", id, "key"}));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO files_files (id, owner, wrapped_key, size_bytes, created_at, expires_at, removed)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 {file.id, file.owner, wrapped, file.size_bytes, clock_.Now(), file.expires_at, false}));
  return Ok();
}

Result<FileReader> FileStore::Read(ReadTx& tx, const FileId& id) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT owner, wrapped_key, size_bytes FROM files_files WHERE id = $1 AND"
                                          " NOT removed AND (expires_at IS NULL OR expires_at > $2)",
                                          {id, clock_.Now()}));
  if (!row) return Error("files.unknown", {{"file", id.ToString()}});
  PRIVITY_TRY(const PersonKey owner, keys_.Load(tx, row->Get<SubjectId>(0)));
  const std::string name = id.ToString();
  PRIVITY_TRY(const SecretBytes key_bytes, owner.Open(row->Get<Bytes>(1), {"files", name, "key"}));
  PRIVITY_TRY(const Key key, Key::FromBytes(key_bytes.Reveal()));
  const auto size_bytes = row->Get<std::int64_t>(2);

  const fs::path path = PathOf(id);
  Result<FileHandle> handle = OpenFile(path, O_RDONLY);
  if (!handle.ok() && handle.error().Is("base.file_missing")) return Damaged(id);
  if (!handle.ok()) return std::move(handle).error();
  struct stat about;
  if (fstat(handle->fd(), &about) != 0) return FileError(path, "stat");
  PRIVITY_TRY(const Bytes header, ReadAt(*handle, path, 0, kHeaderBytes));
  const bool sound = size_bytes >= 0 && static_cast<std::uint64_t>(about.st_size) == SealedBytes(size_bytes) &&
                     std::ranges::equal(BytesView(header).first(kHeaderStart.size()), kHeaderStart);
  if (!sound) return Damaged(id);
  StreamPrefix prefix;
  std::ranges::copy(BytesView(header).subspan(kHeaderStart.size()), prefix.begin());
  return FileReader(std::move(handle).value(), path, StreamOpener(key, StreamContext(installation_, id), prefix),
                    size_bytes);
}

Status FileStore::Remove(WriteTx& tx, const FileId& id) {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE files_files SET removed = $2 WHERE id = $1", {id, true}));
  return Ok();
}

Status FileStore::RemoveAllAbout(WriteTx& tx, const SubjectId& subject) {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE files_files SET removed = $2 WHERE owner = $1", {subject, true}));
  return Ok();
}

Status FileStore::ResealKeys(WriteTx& tx, const SubjectId& subject) {
  PRIVITY_TRY(const PersonKey owner, keys_.Load(tx, subject));
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT id, wrapped_key FROM files_files WHERE owner = $1 AND NOT removed", {subject}));
  std::vector<SqlValues> updates;
  for (const Row& row : rows) {
    const auto id = row.Get<std::string>(0);
    const auto wrapped = row.Get<Bytes>(1);
    PRIVITY_TRY(const bool outdated, owner.IsOutdated(wrapped));
    if (!outdated) continue;
    PRIVITY_TRY(const SecretBytes key, owner.Open(wrapped, {"files", id, "key"}));
    PRIVITY_TRY(Bytes resealed, owner.Seal(key.Reveal(), {"files", id, "key"}));
    updates.push_back({id, std::move(resealed)});
  }
  return tx.ExecuteMany("UPDATE files_files SET wrapped_key = $2 WHERE id = $1", updates);
}

Result<SweptFiles> FileStore::Sweep() {
  SweptFiles swept;
  while (true) {
    PRIVITY_TRY(const std::vector<Row> removed, store_.Read([&](ReadTx& tx) {
      return tx.Query("SELECT id, owner FROM files_files WHERE removed OR expires_at <= $1 LIMIT $2",
                      {clock_.Now(), kSweptTogether});
    }));
    if (removed.empty()) return swept;
    PRIVITY_TRY_VOID(Delete(removed));
    swept.removed += static_cast<std::int64_t>(removed.size());
  }
}

Status FileStore::Destroy(const FileId& id) {
  PRIVITY_TRY(const std::vector<Row> removed, store_.Read([&](ReadTx& tx) {
    return tx.Query("SELECT id, owner FROM files_files WHERE id = $1 AND removed", {id});
  }));
  return removed.empty() ? Ok() : Delete(removed);
}

// First the keys, then the content, last the row: as long as the row is there, the next sweep does it again.
Status FileStore::Delete(const std::vector<Row>& removed) {
  std::vector<SubjectId> own_keys;
  for (const Row& row : removed) {
    if (row.Get<Uuid>(0) == row.Get<Uuid>(1)) own_keys.push_back(row.Get<SubjectId>(1));
  }
  PRIVITY_TRY_VOID(keys_.Shred(own_keys));
  std::set<fs::path> folders;
  std::vector<SqlValues> rows;
  for (const Row& row : removed) {
    const fs::path path = PathOf(row.Get<FileId>(0));
    if (options_.before_step) options_.before_step("file: delete");
    if (unlink(path.c_str()) == 0) {
      folders.insert(path.parent_path());
    } else if (errno != ENOENT) {
      return FileError(path, "remove");
    }
    rows.push_back({row.Get<FileId>(0)});
  }
  for (const fs::path& folder : folders) PRIVITY_TRY_VOID(SyncDirectory(folder));
  if (options_.before_step) options_.before_step("file: forget");
  return store_.Write([&](WriteTx& tx) { return tx.ExecuteMany("DELETE FROM files_files WHERE id = $1", rows); });
}

Result<SweptFiles> FileStore::SweepAll() {
  PRIVITY_TRY_VOID(RemoveFilesOfTheShredded());
  PRIVITY_TRY(SweptFiles swept, Sweep());
  std::error_code problem;
  fs::recursive_directory_iterator entries(options_.directory, problem);
  if (problem)
    return Error("base.file_failed",
                 {{"path", options_.directory.string()}, {"operation", "list"}, {"problem", problem.message()}});
  for (const fs::directory_entry& entry : entries) {
    if (entry.is_regular_file(problem)) PRIVITY_TRY_VOID(DeleteIfAbandoned(entry.path(), swept));
  }
  return swept;
}

Status FileStore::RemoveFilesOfTheShredded() {
  PRIVITY_TRY(const std::vector<Row> owners, store_.Read([](ReadTx& tx) {
    return tx.Query("SELECT DISTINCT owner FROM files_files WHERE NOT removed");
  }));
  for (const Row& row : owners) {
    const auto owner = row.Get<SubjectId>(0);
    PRIVITY_TRY_VOID(store_.Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY(const std::optional<Instant> shredded_at, keys_.ShreddedAt(tx, owner));
      return shredded_at ? RemoveAllAbout(tx, owner) : Ok();
    }));
  }
  return Ok();
}

// Content is older than its row by as long as it takes to write and commit it; a day is far more.
Status FileStore::DeleteIfAbandoned(const fs::path& path, SweptFiles& swept) {
  struct stat about;
  if (stat(path.c_str(), &about) != 0) return errno == ENOENT ? Ok() : Status(FileError(path, "stat"));
  const Instant written_at{std::chrono::seconds(about.st_mtim.tv_sec)};
  const Result<FileId> id = FileId::Parse(path.filename().string());
  if (!id.ok() || clock_.Now() - written_at < kAbandonedAfter) return Ok();
  PRIVITY_TRY(const bool kept, HasRow(*id));
  if (kept && path == PathOf(*id)) return Ok();
  ++swept.unfinished;
  return RemoveFileDurably(path);
}

Result<bool> FileStore::HasRow(const FileId& id) {
  return store_.Read([&](ReadTx& tx) -> Result<bool> {
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT 1 FROM files_files WHERE id = $1", {id}));
    return row.has_value();
  });
}

}  // namespace privity
