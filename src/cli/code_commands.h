// `privity plan` and `privity apply`: a file is compared with the register, and makes it say what the file says.
#pragma once

#include "cli/command.h"
#include "cli/remote.h"

namespace privity {

// `world` outlives the tree.
void AddCodeCommands(const CommandWorld& world, Command& root);

}  // namespace privity
