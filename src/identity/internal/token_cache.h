// What API tokens are good for, as long as nothing in the store has changed: a token that is revoked, or whose owner
// loses a role, is looked up anew with its next request (Store::Generation). Where the store cannot tell, nothing is
// kept.
//
// Holds hashes of tokens, never tokens. Safe to call from many threads.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <unordered_map>

#include "base/guarded.h"
#include "crypto/hash.h"
#include "identity/caller.h"

namespace privity {

struct KnownToken {
  TokenId id;
  UserId owner;
  PermissionSet permissions;  // after the owner's roles
  Instant expires_at;
  std::optional<Instant> last_used_at;
};

class TokenCache {
 public:
  static constexpr std::size_t kTokensMax = 4096;

  // Null when the token is not known for this `generation` of the store.
  std::shared_ptr<const KnownToken> Find(const Sha256Digest& hash, std::uint64_t generation) const {
    return held_.With([&](const Held& held) -> std::shared_ptr<const KnownToken> {
      if (held.generation != generation) return nullptr;
      const auto found = held.tokens.find(hash);
      return found == held.tokens.end() ? nullptr : found->second;
    });
  }

  // `generation` was asked for before the token was read.
  void Keep(const Sha256Digest& hash, std::uint64_t generation, std::shared_ptr<const KnownToken> token) {
    held_.With([&](Held& held) {
      if (held.generation > generation) return;
      if (held.generation < generation || held.tokens.size() >= kTokensMax) held.tokens.clear();
      held.generation = generation;
      held.tokens[hash] = std::move(token);
    });
  }

 private:
  struct FrontOfHash {
    std::size_t operator()(const Sha256Digest& hash) const {
      std::size_t front = 0;
      std::memcpy(&front, hash.data(), sizeof(front));
      return front;
    }
  };
  struct Held {
    std::uint64_t generation = 0;
    std::unordered_map<Sha256Digest, std::shared_ptr<const KnownToken>, FrontOfHash> tokens;
  };
  Guarded<Held> held_;
};

}  // namespace privity
