// One connection to a SQLite file: prepared statements, values, deadlines, and SQLite's result codes as our errors.
// Used by one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/text_hash.h"
#include "store/store.h"

struct sqlite3;
struct sqlite3_stmt;

namespace privity::store_internal {

class SqliteConnection {
 public:
  enum class Mode { kReadWrite, kReadOnly };
  // Opens `path` (which exists) and sets how it is kept: WAL, synchronous=FULL, secure_delete, foreign_keys, temporary
  // tables in memory. `vfs` may be empty.
  static Result<std::unique_ptr<SqliteConnection>> Open(const std::string& path, Mode mode, const std::string& vfs);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Status Run(std::string_view sql, const SqlValues& params, const ReadTx::EachRow* each, std::int64_t* changed);
  Status RunScript(std::string_view sql);

  // Statements running past this moment end with store.timeout. Checked every few thousand steps of SQLite's machine,
  // so it does not interrupt a call into a disk that hangs.
  void SetDeadline(std::optional<std::chrono::steady_clock::time_point> deadline) { deadline_ = deadline; }

  bool in_transaction() const;
  // An input or output error happened: what this connection believes about its files may be wrong. Close it.
  bool in_doubt() const { return in_doubt_; }
  // Rows changed since the connection was opened: tells whether a transaction has anything to save.
  std::int64_t total_changes() const;

  // Moves the write-ahead log into the main file, syncs it and empties the log. store.timeout while readers are in the
  // way.
  Status CheckpointTruncate();
  Status CopyTo(const std::string& path);

 private:
  struct Statement;

  SqliteConnection() = default;
  Result<Statement*> Prepare(std::string_view sql);
  Status Bind(Statement& statement, const SqlValues& params);
  Status Step(Statement& statement, const ReadTx::EachRow* each);
  Error LastError(std::string_view sql);

  sqlite3* db_ = nullptr;
  std::string path_;
  bool in_doubt_ = false;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  std::unordered_map<std::string, std::unique_ptr<Statement>, TextHash, std::equal_to<>> statements_;
};

}  // namespace privity::store_internal
