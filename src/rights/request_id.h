// How a rights request is named.
#pragma once

#include <string>

#include "base/id.h"

namespace privity {

// Public: the person sees it. Random, never ordered by time.
struct RightsRequestTag {};
using RightsRequestId = Id<RightsRequestTag>;

// Short, for people to say: "58c1f065".
inline std::string ReferenceOf(const RightsRequestId& id) {
  return id.ToString().substr(0, 8);
}

}  // namespace privity
