// What the map says to the public: which kinds of personal data there are, and nothing of where.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace privity {

// Categories of what counts as personal and is still there, cut off below the taxonomy's second level ("user.contact"),
// sorted, each once. Callable from many threads.
Result<std::vector<std::string>> HeldCategories(ReadTx& tx);

}  // namespace privity
