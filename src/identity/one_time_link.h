// One-time links: set-up, invitation, password reset. A link works once, until it expires, and a newer link of the same
// kind for the same person ends the older one. Only the hash of its token is kept.
//
// Thread safety: value-like; every call works inside the caller's transaction.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "identity/caller.h"
#include "store/store.h"

namespace privity {

enum class LinkKind { kSetup, kInvitation, kPasswordReset };
PRIVITY_DESCRIBE_ENUM(LinkKind, kSetup, kInvitation, kPasswordReset)

struct LinkTag {};
using LinkId = Id<LinkTag>;

std::chrono::seconds LifetimeOf(LinkKind kind);  // 30 minutes, 7 days, 1 hour

struct NewLink {
  LinkId id;
  SecretString token;  // 256 random bits; goes into the fragment of the address, which no server logs
  Instant expires_at;
};

struct OpenLink {
  LinkId id;
  LinkKind kind;
  std::optional<UserId> user;  // none for set-up
  Instant expires_at;
};

class OneTimeLinks {
 public:
  explicit OneTimeLinks(const Clock& clock) : clock_(clock) {}

  Result<NewLink> Create(WriteTx& tx, LinkKind kind, const std::optional<UserId>& user) const;
  // identity.link_invalid: unknown, used, replaced or expired; which of them is not told.
  Result<OpenLink> Find(ReadTx& tx, const SecretString& token) const;
  // Finds and uses it up. Of two callers at once only one succeeds.
  Result<OpenLink> Take(WriteTx& tx, const SecretString& token) const;
  // All links of a person, of one kind.
  Status Drop(WriteTx& tx, LinkKind kind, const std::optional<UserId>& user) const;

 private:
  const Clock& clock_;
};

}  // namespace privity
