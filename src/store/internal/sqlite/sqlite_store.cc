#include "store/internal/sqlite/sqlite_store.h"

#include <fcntl.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/durable_file.h"
#include "base/random.h"

namespace privity::store_internal {

namespace {

using std::chrono::steady_clock;

constexpr std::size_t kGroupMax = 256;
constexpr std::size_t kQueueMax = 4096;
constexpr std::size_t kLogPieceBytes = std::size_t{1} << 20;
constexpr auto kReadersLeaveWithin = std::chrono::seconds(5);
constexpr std::int64_t kApplicationId = 0x50525654;  // "PRVT", in the file's header: tells Privity's files from others

constexpr const char* kOwnTables =
    "BEGIN IMMEDIATE;"
    "PRAGMA application_id=1347573332;"
    "CREATE TABLE IF NOT EXISTS store_commit_mark(id bigint PRIMARY KEY, mark bigint NOT NULL);"
    "INSERT OR IGNORE INTO store_commit_mark VALUES(1, 0);"
    "CREATE TABLE IF NOT EXISTS store_probe(id bigint PRIMARY KEY, count bigint NOT NULL);"
    "INSERT OR IGNORE INTO store_probe VALUES(1, 0);"
    "COMMIT;";

class SqliteTx final : public WriteTx {
 public:
  explicit SqliteTx(SqliteConnection& connection) : connection_(connection) {}
  Dialect dialect() const override { return Dialect::kSqlite; }

 protected:
  Status DoRun(std::string_view sql, const SqlValues& params, const EachRow* each, std::int64_t* changed) override {
    return connection_.Run(sql, params, each, changed);
  }
  Status DoRunMany(std::string_view sql, std::span<const SqlValues> rows) override {
    for (const SqlValues& row : rows) PRIVITY_TRY_VOID(connection_.Run(sql, row, nullptr, nullptr));
    return Ok();
  }
  Status DoInsertRows(std::string_view table, std::span<const std::string_view> columns,
                      std::span<const SqlValues> rows) override {
    std::string names, places;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      names += (i == 0 ? "" : ", ") + std::string(columns[i]);
      places += (i == 0 ? "$" : ", $") + std::to_string(i + 1);
    }
    return DoRunMany("INSERT INTO " + std::string(table) + "(" + names + ") VALUES(" + places + ")", rows);
  }
  Status DoRunScript(std::string_view sql) override { return connection_.RunScript(sql); }

 private:
  SqliteConnection& connection_;
};

Result<std::int64_t> OneInteger(SqliteConnection& connection, std::string_view sql) {
  std::int64_t found = 0;
  const ReadTx::EachRow keep = [&](Row row) -> Status {
    found = row.Get<std::int64_t>(0);
    return Ok();
  };
  PRIVITY_TRY_VOID(connection.Run(sql, {}, &keep, nullptr));
  return found;
}

}  // namespace

Result<std::unique_ptr<Store>> SqliteStore::Open(const StoreOptions& options) {
  PRIVITY_TRY_VOID(PrepareDirectory(options.data_directory));
  PRIVITY_TRY(DirectoryLock lock, DirectoryLock::Take(options.data_directory));
  const std::string path = options.data_directory + "/privity.db";
  PRIVITY_TRY_VOID(PrepareFile(options.data_directory, path));
  std::unique_ptr<SqliteStore> store(new SqliteStore(options, path, std::move(lock)));
  PRIVITY_TRY_VOID(store->OpenFirst());
  store->writer_thread_ = std::thread([raw = store.get()] { raw->WriterLoop(); });
  return std::unique_ptr<Store>(std::move(store));
}

SqliteStore::SqliteStore(const StoreOptions& options, std::string path, DirectoryLock lock)
    : options_(options),
      path_(std::move(path)),
      lock_(std::move(lock)),
      readers_(path_, options.sqlite_vfs, options.connections, generation_) {}

SqliteStore::~SqliteStore() {
  {
    const std::lock_guard guard(queue_mutex_);
    stopping_ = true;
    queue_changed_.notify_all();
  }
  if (writer_thread_.joinable()) writer_thread_.join();
  readers_.Close(steady_clock::now() + kReadersLeaveWithin);
}

Status SqliteStore::OpenFirst() {
  PRIVITY_TRY(writer_, SqliteConnection::Open(path_, SqliteConnection::Mode::kReadWrite, options_.sqlite_vfs));
  PRIVITY_TRY(const std::int64_t application, OneInteger(*writer_, "PRAGMA application_id"));
  PRIVITY_TRY(const std::int64_t tables, OneInteger(*writer_, "SELECT count(*) FROM sqlite_schema"));
  if (application != kApplicationId && tables > 0) return Error("store.not_privity", {{"path", path_}});
  PRIVITY_TRY_VOID(writer_->RunScript(kOwnTables));
  PRIVITY_TRY(schema_, OneInteger(*writer_, "PRAGMA schema_version"));
  // Marks start anywhere, so that those of an earlier process never look like ours.
  mark_ = static_cast<std::int64_t>(RandomBelow(std::uint64_t{1} << 62));
  return Ok();
}

Status SqliteStore::DoRead(const ReadFn& fn) {
  const auto deadline = steady_clock::now() + options_.read_timeout;
  PRIVITY_TRY(ReaderPool::Lease connection, readers_.Take(deadline));
  PRIVITY_TRY_VOID(connection.BeginRead());
  connection->SetDeadline(deadline);
  SqliteTx tx(*connection);
  Status status = fn(tx);
  connection->SetDeadline(std::nullopt);
  if (!status.ok()) connection.Discard();
  return status;
}

Status SqliteStore::DoWrite(const WriteFn& fn, const WriteOptions& options, Callbacks* committed) {
  const auto deadline = steady_clock::now() + options.timeout.value_or(options_.write_timeout);
  const auto ticket = std::make_shared<WriteTicket>(fn, deadline);
  PRIVITY_TRY_VOID(Enqueue(ticket));
  return ticket->Wait(committed);
}

Status SqliteStore::Enqueue(const Ticket& ticket) {
  bool was_empty = false;
  {
    const std::lock_guard guard(queue_mutex_);
    // The disk hangs: who comes now would wait in vain, and his thread is needed for reading.
    const bool is_stuck = group_since_ && steady_clock::now() - *group_since_ > options_.write_timeout;
    if (is_stuck || queue_.size() >= kQueueMax) return Error("store.unavailable", {{"reason", "busy"}});
    was_empty = queue_.empty();
    queue_.push_back(ticket);
  }
  if (was_empty) queue_changed_.notify_one();
  return Ok();
}

SqliteStore::Group SqliteStore::TakeGroup() {
  std::unique_lock lock(queue_mutex_);
  group_since_.reset();
  queue_changed_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  group_since_ = steady_clock::now();
  Group group;
  while (!queue_.empty() && group.size() < kGroupMax) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

void SqliteStore::WriterLoop() {
  for (Group group = TakeGroup(); !group.empty(); group = TakeGroup()) ServeGroup(std::move(group));
  writer_.reset();
}

void SqliteStore::ServeGroup(Group group) {
  const auto first_scrub =
      std::stable_partition(group.begin(), group.end(), [](const Ticket& ticket) { return !ticket->is_scrub(); });
  const Group scrubs(first_scrub, group.end());
  group.erase(first_scrub, group.end());
  CommitGroup(std::move(group));
  ScrubFor(scrubs);
}

void SqliteStore::CommitGroup(Group group) {
  const auto answer_all = [](const Group& tickets, const Status& status) {
    for (const Ticket& ticket : tickets) ticket->Answer(status);
  };
  while (!group.empty()) {
    if (const Status open = EnsureOpen(); !open.ok()) return answer_all(group, open);
    writer_->SetDeadline(std::nullopt);
    if (const Status begun = writer_->Run("BEGIN IMMEDIATE", {}, nullptr, nullptr); !begun.ok()) {
      return answer_all(group, begun);
    }
    const std::int64_t changes_before = writer_->total_changes();
    bool broken = false;
    group = RunGroup(group, &broken);
    if (!broken) return answer_all(group, Commit(changes_before));
    // Otherwise the neighbors run once more, without the one that broke the transaction.
    if (writer_->in_transaction()) (void)writer_->RunScript("ROLLBACK");
  }
}

SqliteStore::Group SqliteStore::RunGroup(const Group& group, bool* broken) {
  Group left;
  for (const Ticket& ticket : group) {
    if (*broken) {
      left.push_back(ticket);
      continue;
    }
    if (!ticket->Start()) continue;
    const Status status = RunInSavepoint(*ticket);
    if (status.ok()) {
      left.push_back(ticket);
      continue;
    }
    *broken = !writer_->in_transaction() || writer_->in_doubt();
    ticket->Answer(status);
  }
  return left;
}

Status SqliteStore::RunInSavepoint(WriteTicket& ticket) {
  PRIVITY_TRY_VOID(writer_->Run("SAVEPOINT caller", {}, nullptr, nullptr));
  writer_->SetDeadline(ticket.deadline());
  SqliteTx tx(*writer_);
  const Status status = ticket.fn()(tx);
  writer_->SetDeadline(std::nullopt);
  if (!status.ok()) {
    if (writer_->in_transaction()) (void)writer_->RunScript("ROLLBACK TO caller; RELEASE caller");
    return status;
  }
  PRIVITY_TRY_VOID(writer_->Run("RELEASE caller", {}, nullptr, nullptr));
  ticket.Ran(TakeCallbacks(tx));
  return Ok();
}

Result<bool> SqliteStore::HasChanged(std::int64_t changes_before) {
  // SQLite counts rows; tables that were made or altered show here.
  PRIVITY_TRY(const std::int64_t schema, OneInteger(*writer_, "PRAGMA schema_version"));
  return std::exchange(schema_, schema) != schema || writer_->total_changes() != changes_before;
}

Status SqliteStore::Commit(std::int64_t changes_before) {
  const Result<bool> has_changed = HasChanged(changes_before);
  if (has_changed.ok() && !*has_changed) return Settled(writer_->Run("COMMIT", {}, nullptr, nullptr));
  Status status = has_changed.ok() ? Ok() : Status(has_changed.error());
  if (status.ok()) status = writer_->Run("UPDATE store_commit_mark SET mark = $1", {++mark_}, nullptr, nullptr);
  ++generation_;
  readers_.Refresh();
  if (status.ok()) status = writer_->Run("COMMIT", {}, nullptr, nullptr);
  status = Settled(std::move(status));
  ++generation_;
  return status;
}

Status SqliteStore::Settled(Status committed) {
  return committed.ok() ? committed : SettleFailedCommit(committed.error());
}

std::optional<std::uint64_t> SqliteStore::Generation() const {
  const std::uint64_t generation = generation_;
  return generation % 2 == 0 ? std::optional(generation) : std::nullopt;
}

Status SqliteStore::SettleFailedCommit(const Error& error) {
  if (writer_->in_transaction()) (void)writer_->RunScript("ROLLBACK");
  if (!writer_->in_doubt()) return error;  // refused before anything reached the log's end: rolled back for certain
  if (!EnsureOpen().ok()) return Error("store.outcome_unknown");
  const Result<std::int64_t> stored = OneInteger(*writer_, "SELECT mark FROM store_commit_mark");
  if (!stored.ok()) return Error("store.outcome_unknown");
  return *stored == mark_ ? Ok() : error;
}

// After a failed fsync the kernel counts the pages as clean: it goes on showing them, answers the next fsync well and
// never writes them. SQLite syncs its log before it moves it into the main file, and would believe that answer; a power
// cut in the middle of the move would then leave a main file that no log completes. So the same bytes are written once
// more. The connections are still open here: the last one to close moves the log, too.
Status SqliteStore::WriteLogAnew() {
  const std::string path = path_ + "-wal";
  const Result<FileHandle> log = OpenFile(path, O_RDWR);
  if (!log.ok()) return log.error().Is("base.file_missing") ? Ok() : Status(log.error());
  for (std::uint64_t offset = 0;; offset += kLogPieceBytes) {
    PRIVITY_TRY(const Bytes piece, ReadAt(*log, path, offset, kLogPieceBytes));
    PRIVITY_TRY_VOID(WriteAt(*log, path, offset, piece));
    if (piece.size() < kLogPieceBytes) return SyncFile(*log, path);
  }
}

Status SqliteStore::EnsureOpen() {
  if (writer_ != nullptr && !writer_->in_doubt()) return Ok();
  generation_ += 2;  // the log may hold a change whose outcome was unknown
  if (!WriteLogAnew().ok()) return Error("store.unavailable", {{"reason", "recovering"}});
  writer_.reset();
  Status reopened = Reopen();
  if (reopened.ok()) {
    readers_.Open();
  } else {
    readers_.Refuse();
  }
  return reopened;
}

Status SqliteStore::Reopen() {
  const auto deadline = steady_clock::now() + kReadersLeaveWithin;
  if (!readers_.Close(deadline)) return Error("store.unavailable", {{"reason", "recovering"}});
  PRIVITY_TRY(auto reopened, SqliteConnection::Open(path_, SqliteConnection::Mode::kReadWrite, options_.sqlite_vfs));
  // Whatever the log holds now is written to the main file and synced before anything builds upon it.
  PRIVITY_TRY_VOID(reopened->CheckpointTruncate());
  writer_ = std::move(reopened);
  return Ok();
}

void SqliteStore::ScrubFor(const Group& tickets) {
  for (const Ticket& ticket : tickets) {
    if (!ticket->Start()) continue;
    Status status = EnsureOpen();
    ++generation_;  // no reader keeps the log from being emptied
    readers_.Refresh();
    if (status.ok()) status = writer_->CheckpointTruncate();
    ++generation_;
    ticket->Answer(status);
  }
}

Result<Store::Scrub> SqliteStore::ScrubDeleted() {
  const auto ticket = std::make_shared<WriteTicket>(steady_clock::now() + options_.write_timeout);
  PRIVITY_TRY_VOID(Enqueue(ticket));
  Callbacks none;
  PRIVITY_TRY_VOID(ticket->Wait(&none));
  return Scrub::kScrubbed;
}

Status SqliteStore::CopyTo(const std::string& path) {
  const std::string directory = std::filesystem::absolute(path).parent_path().string();
  PRIVITY_TRY_VOID(PrepareDirectory(directory));
  PRIVITY_TRY_VOID(PrepareFile(directory, path));
  {
    PRIVITY_TRY(const ReaderPool::Lease connection, readers_.Take(steady_clock::now() + options_.read_timeout));
    PRIVITY_TRY_VOID(connection->CopyTo(path));
  }
  PRIVITY_TRY_VOID(SyncPath(path));
  return SyncPath(directory);
}

}  // namespace privity::store_internal
