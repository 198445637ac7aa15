// `privity demo`: a company that does not exist, connected, looked through, and asked by its customers.
#pragma once

#include "cli/command.h"
#include "cli/remote.h"

namespace privity {

// `world` outlives the tree.
void AddDemoCommand(const CommandWorld& world, Command& root);

}  // namespace privity
