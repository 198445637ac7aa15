#include "identity/internal/sealed_secret.h"

#include "crypto/seal.h"

namespace privity {
namespace {

constexpr std::string_view kKeyName = "identity.secrets";

AssociatedData PlaceOf(const IdentityWorld& world, std::string_view domain, const Uuid& owner) {
  AssociatedData place(domain);
  place.Add(world.keys.installation()).Add(owner);
  return place;
}

}  // namespace

Result<Bytes> SealSecret(const IdentityWorld& world, std::string_view domain, const Uuid& owner, BytesView secret) {
  PRIVITY_TRY(const VersionedKey key, world.keys.Named(kKeyName));
  return Seal(key.key, key.version, secret, PlaceOf(world, domain, owner));
}

Result<SecretBytes> OpenSecret(const IdentityWorld& world, std::string_view domain, const Uuid& owner,
                               BytesView sealed) {
  PRIVITY_TRY(const std::uint32_t version, SealedKeyVersion(sealed));
  PRIVITY_TRY(const Key key, world.keys.NamedVersion(kKeyName, version));
  return Open(key, sealed, PlaceOf(world, domain, owner));
}

}  // namespace privity
