#include "law/right.h"

namespace privity {

bool IsDoneInStores(Right right) {
  switch (right) {
    case Right::kAccess:
    case Right::kPortability:
    case Right::kCorrection:
    case Right::kErasure:
    case Right::kRestriction:
    case Right::kObjection:
    case Right::kConsentWithdrawal:
      return true;
    case Right::kAutomatedDecision:
    case Right::kComplaint:
      return false;
  }
  return true;
}

}  // namespace privity
