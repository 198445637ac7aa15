#include "workspace/search.h"

#include <algorithm>

namespace privity {

void Search::Add(std::string permission, Finder finder) {
  finders_.push_back({std::move(permission), std::move(finder)});
}

Result<std::vector<SearchHit>> Search::Find(ReadTx& tx, const Caller& caller, std::string_view text, int limit) const {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return std::vector<SearchHit>();
  text = text.substr(begin, text.find_last_not_of(" \t") - begin + 1).substr(0, kQueryCharactersMax);
  std::vector<SearchHit> hits;
  for (const Entry& entry : finders_) {
    if (!caller.May(entry.permission)) continue;
    PRIVITY_TRY(auto found, entry.finder(tx, caller, text, limit));
    std::move(found.begin(), found.end(), std::back_inserter(hits));
  }
  return hits;
}

}  // namespace privity
