// How a rights request is named.
#pragma once

#include "base/id.h"

namespace privity {

// Public: the person sees it. Random, never ordered by time.
struct RightsRequestTag {};
using RightsRequestId = Id<RightsRequestTag>;

}  // namespace privity
