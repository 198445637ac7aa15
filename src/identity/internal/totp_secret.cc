#include "identity/internal/totp_secret.h"

#include "identity/internal/sealed_secret.h"
#include "identity/one_time_code.h"

namespace privity {
namespace {

constexpr std::string_view kDomain = "privity.identity.totp.v1";

}  // namespace

Result<Bytes> SealTotpSecret(const IdentityWorld& world, const UserId& user, const SecretBytes& secret) {
  return SealSecret(world, kDomain, user.uuid(), secret.Reveal());
}

Result<bool> UseTotpCode(WriteTx& tx, const IdentityWorld& world, const UserId& user, const std::string& code,
                         TotpStage stage) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT secret, last_step FROM identity_totp "
                                          "WHERE user_id = $1 AND is_confirmed = $2",
                                          {user, stage == TotpStage::kConfirmed}));
  if (!row) return false;
  PRIVITY_TRY(const SecretBytes secret, OpenSecret(world, kDomain, user.uuid(), row->Get<Bytes>(0)));
  const auto step = MatchTotp(secret, code, world.clock.Now(), row->Get<std::int64_t>(1));
  if (!step) return false;
  PRIVITY_TRY(const std::int64_t used, tx.Execute("UPDATE identity_totp SET last_step = $2, is_confirmed = $3 "
                                                  "WHERE user_id = $1 AND last_step < $2",
                                                  {user, *step, true}));
  return used == 1;
}

}  // namespace privity
