#include "store/internal/postgres/connection_pool.h"

namespace privity::store_internal {

namespace {

// An index over an expression has no column name there; SQLite then reports "index 'name'", and so do we.
constexpr const char* kUniqueIndexes = R"sql(
  SELECT i.relname, CASE WHEN count(*) = count(a.attname)
                         THEN string_agg(t.relname || '.' || a.attname, ', ' ORDER BY k.place)
                         ELSE 'index ''' || i.relname || '''' END
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace
  CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
  LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0
  WHERE x.indisunique AND n.nspname = ANY(current_schemas(false))
  GROUP BY i.relname
)sql";

}  // namespace

ConnectionPool::Lease::~Lease() {
  if (connection_ != nullptr) pool_->GiveBack(std::move(connection_));
}

void ConnectionPool::Lease::Discard() {
  std::vector<std::unique_ptr<PostgresConnection>> idle;
  {
    const std::lock_guard lock(pool_->mutex_);
    idle.swap(pool_->idle_);
  }
  connection_.reset();
  pool_->GiveBack(nullptr);
}

Result<ConnectionPool::Lease> ConnectionPool::Take(Deadline deadline) {
  std::unique_ptr<PostgresConnection> connection;
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_until(lock, deadline, [&] { return lent_ < size_; })) {
      return Error("store.unavailable", {{"reason", "busy"}});
    }
    ++lent_;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection == nullptr) {
    Result<std::unique_ptr<PostgresConnection>> connected = Connect();
    if (!connected.ok()) {
      GiveBack(nullptr);
      return std::move(connected).error();
    }
    connection = *std::move(connected);
  }
  connection->SetDeadline(deadline);
  return Lease(this, std::move(connection));
}

void ConnectionPool::GiveBack(std::unique_ptr<PostgresConnection> connection) {
  if (connection != nullptr && connection->lost()) connection.reset();
  const std::lock_guard lock(mutex_);
  if (connection != nullptr) idle_.push_back(std::move(connection));
  --lent_;
  returned_.notify_one();
}

Result<std::unique_ptr<PostgresConnection>> ConnectionPool::Connect() {
  return PostgresConnection::Open(conninfo_, [this](const std::string& index) { return ColumnsOfIndex(index); });
}

std::string ConnectionPool::ColumnsOfIndex(const std::string& index) {
  using Names = std::map<std::string, std::string>;
  const auto known = [&](const Names& names) {
    const auto found = names.find(index);
    return found == names.end() ? std::string() : found->second;
  };
  if (std::string columns = columns_of_index_.With(known); !columns.empty()) return columns;
  // The asking connection is inside a failed transaction, so another one looks it up; once per new index.
  Result<std::unique_ptr<PostgresConnection>> connection = Connect();
  if (!connection.ok()) return index;
  Names names;
  const ReadTx::EachRow keep = [&](Row row) -> Status {
    names[row.Get<std::string>(0)] = row.Get<std::string>(1);
    return Ok();
  };
  if (!(*connection)->Run(kUniqueIndexes, {}, &keep, nullptr).ok()) return index;
  names.try_emplace(index, index);
  columns_of_index_.With([&](Names& kept) { kept = names; });
  return known(names);
}

}  // namespace privity::store_internal
