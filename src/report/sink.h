// Where a writer's bytes go: a file, a response that is being streamed, a sealed blob. A writer keeps no more than a
// page of what it writes, so a report may be larger than memory. The first error ends the report; the writer returns it
// from then on.
#pragma once

#include <functional>

#include "base/bytes.h"
#include "base/result.h"

namespace privity {

using ByteSink = std::function<Status(BytesView)>;

}  // namespace privity
