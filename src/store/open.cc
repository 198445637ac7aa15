#include "store/internal/sqlite/sqlite_store.h"
#include "store/store.h"

namespace privity {

Result<std::unique_ptr<Store>> OpenStore(const StoreOptions& options) {
  return store_internal::SqliteStore::Open(options);
}

}  // namespace privity
