// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): a POST that is sent again with the same key does
// nothing again and gets the same answer.
//
// The answer is kept in the transaction of the change, so a crash leaves both or neither. Keys belong to the principal
// that sent them and are kept for 24 hours. What is kept is sealed under a key derived from the client's own key, of
// which only a hash is stored: whoever reads the database learns neither the answers (they may hold a new token) nor
// what was asked.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "http/message.h"
#include "ledger/entry.h"
#include "store/migration.h"
#include "store/store.h"

namespace privity {

std::vector<Migration> ServerMigrations();

// Safe to call from many threads.
class IdempotencyKeys {
 public:
  static constexpr std::chrono::hours kKeptFor{24};
  static constexpr std::size_t kKeyCharactersMin = 16, kKeyCharactersMax = 128;

  explicit IdempotencyKeys(const Clock& clock) : clock_(clock) {}

  // One use of a key by one request, from before its transaction until after it.
  class Use {
   public:
    Use(IdempotencyKeys& keys, std::string slot, std::string secret, std::string fingerprint);
    ~Use();
    Use(Use&& other) noexcept;
    Use& operator=(Use&&) = delete;

    // The answer of an earlier request with this key. Errors: server.idempotency_key_reused (422) when that asked for
    // something else; those of the store.
    Result<std::optional<Response>> Find(ReadTx& tx) const;
    // Keeps the answer with the change.
    Status Keep(WriteTx& tx, const Response& response) const;

   private:
    IdempotencyKeys* keys_;
    std::string slot_, secret_, fingerprint_;
  };

  // Errors: server.idempotency_key_invalid (400): not 16 to 128 visible ASCII characters;
  // server.idempotency_key_running (409): an earlier request with this key is being worked on by this process.
  Result<Use> Begin(const Actor& actor, std::string_view key, const Request& request);

 private:
  const Clock& clock_;
  Guarded<std::set<std::string>> running_;
};

}  // namespace privity
