// One connection to PostgreSQL through libpq: prepared statements, values, deadlines, and SQLSTATEs as our errors. Used
// by one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "store/store.h"

struct pg_conn;
struct pg_result;

namespace privity::store_internal {

// What a failure means for the transaction it happened in.
enum class Remedy {
  kNone,       // the caller's own matter
  kRunAgain,   // serialization failure or deadlock: the same connection, from the start
  kReconnect,  // the connection is gone or leads to a server that cannot write: another connection, from the start
};

class PostgresConnection {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  // Names the columns of a unique index, "table.a, table.b": PostgreSQL reports only the index's name.
  using ColumnsOfIndex = std::function<std::string(const std::string& index)>;

  static Result<std::unique_ptr<PostgresConnection>> Open(const SecretString& conninfo,
                                                          ColumnsOfIndex columns_of_index);
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  // Calls from here on wait for the server until then; a server that stays silent longer counts as lost. Calls that
  // begin later are refused: store.timeout.
  void SetDeadline(Deadline deadline) { deadline_ = deadline; }

  Status Run(std::string_view sql, const SqlValues& params, const ReadTx::EachRow* each, std::int64_t* changed);
  // In pipeline mode: one round trip for hundreds of rows.
  Status RunMany(std::string_view sql, std::span<const SqlValues> rows);
  Status RunScript(std::string_view sql);
  // Ends the transaction without saving it, however late it is.
  void Rollback();
  // COPY table(columns) FROM STDIN.
  Status CopyIn(std::string_view table, std::span<const std::string_view> columns, std::span<const SqlValues> rows);

  // Like RunScript, and tells the last command's tag: COMMIT of a failed transaction "succeeds" with the tag ROLLBACK.
  Result<std::string> RunForTag(std::string_view sql);

  bool lost() const;
  // The gravest remedy that a failure asked for since the last call.
  Remedy TakeRemedy();

 private:
  PostgresConnection() = default;
  struct Freed {
    void operator()(pg_result* result) const;
  };
  using ResultPtr = std::unique_ptr<pg_result, Freed>;
  struct Parameters;

  Result<const std::string*> Prepare(std::string_view sql, std::size_t parameters);
  // Waits for the next result of the current command; null at its end.
  Result<ResultPtr> Next();
  Status CheckTime(std::string_view sql) const;
  Status WaitReadable();
  // Reads the results of one command to their end and returns the first failure.
  Status Finish(std::string_view sql, const ReadTx::EachRow* each, std::int64_t* changed, std::string* tag = nullptr);
  Status SendBatch(const std::string& name, std::span<const SqlValues> rows);
  Status ReadBatch(std::string_view sql, std::size_t rows);
  Error ErrorOf(const pg_result* result, std::string_view sql);
  Error Lost();
  void Raise(Remedy remedy);

  pg_conn* connection_ = nullptr;
  ColumnsOfIndex columns_of_index_;
  Deadline deadline_{};
  Remedy remedy_ = Remedy::kNone;
  bool silent_ = false;  // the server did not answer in time
  std::uint64_t prepared_ = 0;
  std::unordered_map<std::string, std::string> statements_;  // SQL -> name
};

}  // namespace privity::store_internal
