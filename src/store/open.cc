#include "store/internal/postgres/postgres_store.h"
#include "store/internal/sqlite/sqlite_store.h"
#include "store/store.h"

namespace privity {

Result<std::unique_ptr<Store>> OpenStore(const StoreOptions& options) {
  if (options.postgres.empty()) return store_internal::SqliteStore::Open(options);
  return store_internal::PostgresStore::Open(options);
}

}  // namespace privity
