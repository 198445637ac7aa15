// The rights that a person may claim, in the program's words. What each law calls them, and until when they are to be
// answered, stands in its pack (law/regulation.h).
#pragma once

#include "base/type_table.h"

namespace privity {

enum class Right {
  kAccess,             // GDPR Art. 15
  kPortability,        // Art. 20: only what the person provided
  kCorrection,         // Art. 16
  kErasure,            // Art. 17
  kRestriction,        // Art. 18
  kObjection,          // Art. 21
  kAutomatedDecision,  // Art. 22: a person looks at a decision that a machine took
  kConsentWithdrawal,  // Art. 7(3)
  kComplaint           // to the controller itself; that to the authority is Art. 77
};
PRIVITY_DESCRIBE_ENUM(Right, kAccess, kPortability, kCorrection, kErasure, kRestriction, kObjection, kAutomatedDecision,
                      kConsentWithdrawal, kComplaint)

// Whether answering it hands out or alters personal data in the stores: then nothing happens without a plan that a
// person approved and a fresh proof of identity. The others a person answers.
bool IsDoneInStores(Right right);

}  // namespace privity
