// The life of a key, in the words of NIST SP 800-57 Part 1 Rev. 5, section 7.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace privity {

enum class KeyState : std::uint8_t {
  kPreActive = 1,    // made, not yet used
  kActive = 2,       // protects new data and opens old
  kSuspended = 3,    // not used for a while; may become active again
  kDeactivated = 4,  // opens old data only
  kCompromised = 5,  // known or feared to be in other hands: opens old data so that it can be resealed
  kDestroyed = 6,    // its bytes are gone; the entry remains as a record
};

std::string_view ToString(KeyState state);  // "pre_active", as the API and the command line spell it

// What may be told about a key.
struct KeyInfo {
  std::string name;  // "ledger.signing"; "bucket/17"
  std::uint32_t version = 0;
  KeyState state = KeyState::kPreActive;
  Instant created_at;
  Instant state_since;
};

}  // namespace privity
