// `privity jobs watch ID`: follows a job until it has ended. `privity requests watch ID --until STATE`: follows a
// rights request until it stands there.
#pragma once

#include "cli/remote.h"

namespace privity {

// `world` outlives the tree.
void AddWatchCommands(const CommandWorld& world, Command& root);

// How far a job is, as one line: "running  verify  120 of 300  40 %". With a bar in front when `bar_width` is not 0 and
// the total is known.
std::string ProgressLine(const Json& job, int bar_width);

}  // namespace privity
