// What the map says to the public: which kinds of personal data there are, and nothing of where.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace privity {

struct HeldCategory {
  std::string category;  // cut off below the taxonomy's second level: "user.contact"
  std::vector<std::string>
      purposes;  // of the controller's processing activities that name it, or one below or above it
};

// Categories of what counts as personal and is still there, sorted, each once, with why it is held: the purposes of the
// processing activities (GDPR Art. 30), in their own words. Callable from many threads.
Result<std::vector<HeldCategory>> HeldCategories(ReadTx& tx);

}  // namespace privity
