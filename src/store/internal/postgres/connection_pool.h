// Connections to one PostgreSQL database, lent out one at a time and made when needed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/guarded.h"
#include "store/internal/postgres/connection.h"

namespace privity::store_internal {

class ConnectionPool {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  ConnectionPool(SecretString conninfo, int size) : conninfo_(std::move(conninfo)), size_(size) {}

  // Gives the connection back when destroyed, or closes it when it is lost.
  class Lease {
   public:
    Lease(ConnectionPool* pool, std::unique_ptr<PostgresConnection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    PostgresConnection& operator*() const { return *connection_; }
    PostgresConnection* operator->() const { return connection_.get(); }
    // Closes it now, together with every idle one: what broke one has likely broken the others.
    void Discard();

   private:
    ConnectionPool* pool_;
    std::unique_ptr<PostgresConnection> connection_;
  };

  // store.unavailable when none comes free until the deadline, and what connecting answers.
  Result<Lease> Take(Deadline deadline);

 private:
  void GiveBack(std::unique_ptr<PostgresConnection> connection);
  Result<std::unique_ptr<PostgresConnection>> Connect();
  std::string ColumnsOfIndex(const std::string& index);

  const SecretString conninfo_;
  const int size_;
  std::mutex mutex_;
  std::condition_variable returned_;
  int lent_ = 0;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  Guarded<std::map<std::string, std::string>> columns_of_index_;
};

}  // namespace privity::store_internal
