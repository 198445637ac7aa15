// Waiting for a store that has too much to do.
#pragma once

#include <stop_token>

#include "base/clock.h"

namespace privity::connect_internal {

// False when a stop was requested.
bool WaitPatiently(Duration time, const std::stop_token& stop);

}  // namespace privity::connect_internal
