#include "identity/internal/totp_secret.h"

#include "crypto/seal.h"
#include "identity/one_time_code.h"

namespace privity {
namespace {

constexpr std::string_view kKeyName = "identity.secrets";

AssociatedData PlaceOf(const IdentityWorld& world, const UserId& user) {
  AssociatedData place("privity.identity.totp.v1");
  place.Add(world.keys.installation()).Add(user.uuid());
  return place;
}

}  // namespace

Result<Bytes> SealTotpSecret(const IdentityWorld& world, const UserId& user, const SecretBytes& secret) {
  PRIVITY_TRY(const VersionedKey key, world.keys.Named(kKeyName));
  return Seal(key.key, key.version, secret.Reveal(), PlaceOf(world, user));
}

Result<SecretBytes> OpenTotpSecret(const IdentityWorld& world, const UserId& user, BytesView sealed) {
  PRIVITY_TRY(const std::uint32_t version, SealedKeyVersion(sealed));
  PRIVITY_TRY(const Key key, world.keys.NamedVersion(kKeyName, version));
  return Open(key, sealed, PlaceOf(world, user));
}

Result<bool> UseTotpCode(WriteTx& tx, const IdentityWorld& world, const UserId& user, const std::string& code,
                         TotpStage stage) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT secret, last_step FROM identity_totp "
                                          "WHERE user_id = $1 AND is_confirmed = $2",
                                          {user, stage == TotpStage::kConfirmed}));
  if (!row) return false;
  PRIVITY_TRY(const SecretBytes secret, OpenTotpSecret(world, user, row->Get<Bytes>(0)));
  const auto step = MatchTotp(secret, code, world.clock.Now(), row->Get<std::int64_t>(1));
  if (!step) return false;
  PRIVITY_TRY(const std::int64_t used, tx.Execute("UPDATE identity_totp SET last_step = $2, is_confirmed = $3 "
                                                  "WHERE user_id = $1 AND last_step < $2",
                                                  {user, *step, true}));
  return used == 1;
}

}  // namespace privity
