#include "identity/one_time_link.h"

#include "crypto/hash.h"
#include "crypto/token.h"

namespace privity {
namespace {

Bytes HashOf(const SecretString& token) {
  const Sha256Digest digest = Sha256(AsBytes(token.Reveal()));
  return {digest.begin(), digest.end()};
}

}  // namespace

std::chrono::seconds LifetimeOf(LinkKind kind) {
  using namespace std::chrono_literals;
  switch (kind) {
    case LinkKind::kSetup:
      return 30min;
    case LinkKind::kInvitation:
      return 168h;
    case LinkKind::kPasswordReset:
      return 1h;
  }
  Invariant(false, "a link has a kind");
  return 0s;
}

Result<NewLink> OneTimeLinks::Create(WriteTx& tx, LinkKind kind, const std::optional<UserId>& user) const {
  PRIVITY_TRY_VOID(Drop(tx, kind, user));
  const Instant now = clock_.Now();
  NewLink link{LinkId::New(clock_), RandomToken(), now + LifetimeOf(kind)};
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO identity_link (id, kind, token_hash, user_id, created_at, expires_at) "
                 "VALUES ($1, $2, $3, $4, $5, $6)",
                 {link.id, EnumText(kind), HashOf(link.token), user, now, link.expires_at}));
  return link;
}

Result<OpenLink> OneTimeLinks::Find(ReadTx& tx, const SecretString& token) const {
  PRIVITY_TRY(
      const auto row,
      tx.QueryOne("SELECT id, kind, user_id, expires_at FROM identity_link WHERE token_hash = $1", {HashOf(token)}));
  if (!row || row->Get<Instant>(3) <= clock_.Now()) return Error("identity.link_invalid");
  PRIVITY_TRY(const LinkKind kind, ParseEnum<LinkKind>(row->Get<std::string>(1)));
  return OpenLink{row->Get<LinkId>(0), kind, row->Get<std::optional<UserId>>(2), row->Get<Instant>(3)};
}

Result<OpenLink> OneTimeLinks::Take(WriteTx& tx, const SecretString& token) const {
  PRIVITY_TRY(OpenLink link, Find(tx, token));
  PRIVITY_TRY(const std::int64_t taken, tx.Execute("DELETE FROM identity_link WHERE id = $1", {link.id}));
  if (taken != 1) return Error("identity.link_invalid");
  return link;
}

Status OneTimeLinks::Drop(WriteTx& tx, LinkKind kind, const std::optional<UserId>& user) const {
  if (user) {
    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_link WHERE kind = $1 AND user_id = $2", {EnumText(kind), *user}));
  } else {
    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_link WHERE kind = $1 AND user_id IS NULL", {EnumText(kind)}));
  }
  return Ok();
}

}  // namespace privity
