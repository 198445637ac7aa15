// Who acts when nobody does: this room's own part, as the ledger names it.
#pragma once

#include "identity/caller.h"

namespace privity {

// Without permissions. Callable from many threads.
inline Caller RightsMachine() {
  return {.actor = {.kind = ActorKind::kSystem, .id = "rights"}};
}

}  // namespace privity
