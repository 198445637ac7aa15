// What a record of processing has to say by law.
#pragma once

#include "datamap/activities.h"

namespace privity {

// By GDPR Art. 30(1) or 30(2), and by Art. 6(1) and 9(2) for a controller, who answers for the basis. In the order of
// the articles of the record; each member once. "Where possible" in the law is no reason to leave a member empty here:
// somebody may write why it is not possible.
std::vector<ActivityGap> GapsOf(const ActivityRequest& activity, const Taxonomy& taxonomy);

}  // namespace privity
