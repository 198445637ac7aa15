// "Is it still you?" What is sensitive wants a proof of identity that is not old.
#pragma once

#include <chrono>

#include "base/result.h"
#include "identity/caller.h"

namespace privity {

// How long after proving to be there a person at a browser may do what is sensitive.
inline constexpr std::chrono::minutes kProofLifetime{15};

// identity.proof_needed for a person at a browser who proved to be there too long ago. Tokens and the operator have no
// browser to steal; what they may not do at all is the route table's matter.
Status RequireRecentProof(const Caller& caller, Instant now);

}  // namespace privity
