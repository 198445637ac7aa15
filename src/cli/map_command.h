// `privity map`: connects stores, looks them through and shows the data map, in one command.
#pragma once

#include "cli/command.h"
#include "cli/remote.h"

namespace privity {

// `world` outlives the tree.
void AddMapCommand(const CommandWorld& world, Command& root);

}  // namespace privity
