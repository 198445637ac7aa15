#include "crypto/key_state.h"

#include "base/invariant.h"

namespace privity {

std::string_view ToString(KeyState state) {
  switch (state) {
    case KeyState::kPreActive:
      return "pre_active";
    case KeyState::kActive:
      return "active";
    case KeyState::kSuspended:
      return "suspended";
    case KeyState::kDeactivated:
      return "deactivated";
    case KeyState::kCompromised:
      return "compromised";
    case KeyState::kDestroyed:
      return "destroyed";
  }
  FailInvariant("a key is in one of six states");
}

}  // namespace privity
