// The values that both back ends can keep, so that a change which works on one works on the other.
#pragma once

#include <span>

#include "base/result.h"
#include "store/row.h"

namespace privity::store_internal {

// store.value_refused{parameter=$n, problem=nan|not_utf8|nul}: never the value.
Status CheckValues(std::span<const SqlValue> params);

}  // namespace privity::store_internal
