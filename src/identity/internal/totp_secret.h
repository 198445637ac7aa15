// The authenticator app of a person, in the database.
#pragma once

#include <string>

#include "base/secret.h"
#include "identity/caller.h"
#include "identity/world.h"

namespace privity {

Result<Bytes> SealTotpSecret(const IdentityWorld& world, const UserId& user, const SecretBytes& secret);

// Whether the code is right, of a confirmed app or of one that is being added. A right code is used up: of two callers
// with the same code at once, one hears true.
enum class TotpStage { kConfirmed, kUnconfirmed };
Result<bool> UseTotpCode(WriteTx& tx, const IdentityWorld& world, const UserId& user, const std::string& code,
                         TotpStage stage = TotpStage::kConfirmed);

}  // namespace privity
