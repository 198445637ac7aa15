// `privity scan`: judges every field of a store, without a server.
#pragma once

#include "cli/command.h"
#include "cli/remote.h"

namespace privity {

// `world` outlives the tree.
void AddScanCommand(const CommandWorld& world, Command& root);

}  // namespace privity
