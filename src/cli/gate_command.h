// `privity gate`: schemas and log statements against what is declared.
#pragma once

#include "cli/command.h"
#include "cli/remote.h"

namespace privity {

// `world` outlives the tree.
void AddGateCommand(const CommandWorld& world, Command& root);

}  // namespace privity
