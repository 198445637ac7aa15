// The whole room as one object: src/app makes it once and hands it to the server's routes.
//
// Everything in `IdentityWorld` outlives it. Safe to call from many threads.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "identity/account.h"
#include "identity/authenticator.h"
#include "identity/internal/token_cache.h"
#include "identity/people.h"
#include "identity/providers.h"
#include "identity/roles.h"
#include "identity/schema.h"
#include "identity/sessions.h"
#include "identity/sign_in.h"
#include "identity/tokens.h"
#include "identity/world.h"

namespace privity {

class Identity final : public Authenticator {
 public:
  // `operator_uid` is the user that this program runs as: he and root may call on the local socket.
  Identity(const IdentityWorld& world, uid_t operator_uid);
  ~Identity() override;
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;

  Result<std::optional<Caller>> Authenticate(const Presented& presented) override;

  const People& people() const { return people_; }
  const Roles& roles() const { return roles_; }
  const Tokens& tokens() const { return tokens_; }
  const Sessions& sessions() const { return sessions_; }
  const SignIn& sign_in() const { return sign_in_; }
  const Account& account() const { return account_; }
  const Providers& providers() const { return providers_; }
  const PermissionRegistry& permissions() const { return world_.permissions; }
  Store& store() const { return world_.store; }

  // Deletes what has expired: sessions, links, marks of spent tickets, counters. For a nightly job.
  Status Sweep(WriteTx& tx) const;

 private:
  Result<std::optional<Caller>> BySession(const Presented& presented);
  Result<std::optional<Caller>> ByToken(const Presented& presented, std::string_view secret);
  // The token of this hash, whether it has expired or not; identity.token_invalid.
  Result<std::shared_ptr<const KnownToken>> LookUp(ReadTx& tx, const Sha256Digest& hash) const;
  // What of `wanted` somebody holds through one of his roles: a built-in one, or one of the company's own with these
  // permissions as they are stored.
  Result<PermissionSet> HeldThrough(const std::optional<RoleId>& role,
                                    const std::optional<std::string>& own_permissions,
                                    const PermissionSet& wanted) const;
  Result<std::optional<Caller>> ByOperator(const Presented& presented) const;

  const IdentityWorld world_;
  const uid_t operator_uid_;
  TokenCache known_tokens_;
  const Tickets tickets_;
  const Sessions sessions_;
  const People people_;
  const Roles roles_;
  const Tokens tokens_;
  const SignIn sign_in_;
  const Account account_;
  const Providers providers_;
};

}  // namespace privity
