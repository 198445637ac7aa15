// The shared secret of a person's authenticator app: sealed at rest, opened only to compare a code.
#pragma once

#include <optional>
#include <string>

#include "base/secret.h"
#include "identity/caller.h"
#include "identity/world.h"

namespace privity {

// Under the installation's key "identity.secrets", bound to the person.
Result<Bytes> SealTotpSecret(const IdentityWorld& world, const UserId& user, const SecretBytes& secret);
Result<SecretBytes> OpenTotpSecret(const IdentityWorld& world, const UserId& user, BytesView sealed);

// Whether the code is right, of a confirmed app or (`unconfirmed`) one that is being added. A right code is used up: of
// two callers with the same code at once, one hears true.
enum class TotpStage { kConfirmed, kUnconfirmed };
Result<bool> UseTotpCode(WriteTx& tx, const IdentityWorld& world, const UserId& user, const std::string& code,
                         TotpStage stage = TotpStage::kConfirmed);

}  // namespace privity
