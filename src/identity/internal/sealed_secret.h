// Secrets of this room that must be read again (an authenticator app's key, a provider's client secret): sealed under
// the installation's key "identity.secrets" and bound to what they are for and whom they belong to.
#pragma once

#include <string_view>

#include "base/secret.h"
#include "identity/world.h"

namespace privity {

Result<Bytes> SealSecret(const IdentityWorld& world, std::string_view domain, const Uuid& owner, BytesView secret);
// Errors: those of Open in crypto/seal.h and of KeyHome.
Result<SecretBytes> OpenSecret(const IdentityWorld& world, std::string_view domain, const Uuid& owner,
                               BytesView sealed);

}  // namespace privity
