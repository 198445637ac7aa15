// API tokens: what programs present instead of a session.
//
// A token belongs to a person and can do at most what that person can: its permissions are checked against the caller's
// when it is made, and cut down to the owner's with every request. It expires, is shown once, and dies with the owner's
// sessions (password change, reset, disabled, change of roles). A token cannot make tokens.
//
// Errors, besides those of the store and the ledger: identity.token_unknown (404), identity.permission_unknown,
// identity.grant_exceeds_own (403), identity.person_needed (403), identity.proof_needed (403),
// identity.tokens_full (409).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/type_table.h"
#include "identity/caller.h"
#include "identity/world.h"

namespace privity {

struct Token {
  TokenId id;
  UserId user_id;
  std::string name;
  std::string prefix;  // how it begins: "pvt_3xK9"
  std::vector<std::string> permissions;
  Instant created_at;
  Instant expires_at;
  std::optional<Instant> last_used_at;
};
PRIVITY_DESCRIBE(Token, (id, user_id, name, prefix, permissions, created_at, expires_at, last_used_at))

struct TokenRequest {
  std::string name;
  std::vector<std::string> permissions;
  std::int64_t expires_in_days = 90;
};
PRIVITY_DESCRIBE(TokenRequest, (name, permissions, expires_in_days))
std::vector<FieldNote> FieldNotes(const TokenRequest*);

struct NewToken {
  Token token;
  std::string secret;  // shown this once
};
PRIVITY_DESCRIBE(NewToken, (token, secret))

inline constexpr std::size_t kTokensPerUserMax = 100;

class Tokens {
 public:
  explicit Tokens(const IdentityWorld& world) : world_(world) {}

  // One's own; everybody's with the permission tokens.manage. Newest first.
  Result<std::vector<Token>> List(ReadTx& tx, const Caller& caller) const;
  Result<NewToken> Create(WriteTx& tx, const Caller& caller, const TokenRequest& request) const;
  // One's own, or anybody's with tokens.manage.
  Status Revoke(WriteTx& tx, const Caller& caller, const TokenId& id) const;

 private:
  const IdentityWorld& world_;
};

}  // namespace privity
