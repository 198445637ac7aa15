#include "identity/proof.h"

namespace privity {

Status RequireRecentProof(const Caller& caller, Instant now) {
  if (!caller.session) return Ok();
  if (!caller.proved_at || *caller.proved_at + kProofLifetime < now) return Error("identity.proof_needed");
  return Ok();
}

}  // namespace privity
