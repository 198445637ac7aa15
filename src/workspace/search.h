// One search over everything: each room adds how its own things are found, and the caller sees what he may see.
//
// Filled while the application is built, then only read: safe to call from many threads.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/type_table.h"
#include "identity/caller.h"
#include "store/store.h"

namespace privity {

struct SearchHit {
  std::string kind;  // "user", "task"
  std::string id;
  std::string title;
  std::string detail;  // what tells two of the same title apart; may be empty
  std::string link;    // a path of the console
};
PRIVITY_DESCRIBE(SearchHit, (kind, id, title, detail, link))

class Search {
 public:
  static constexpr std::size_t kQueryCharactersMax = 200;

  // At most `limit` hits, best first. `text` is trimmed and not empty; how a room matches it is the room's business.
  using Finder =
      std::function<Result<std::vector<SearchHit>>(ReadTx& tx, const Caller& caller, std::string_view text, int limit)>;

  // `permission`: without it a caller gets nothing from this finder.
  void Add(std::string permission, Finder finder);

  // At most `limit` of each kind, in the order in which the finders were added. An empty text finds nothing.
  Result<std::vector<SearchHit>> Find(ReadTx& tx, const Caller& caller, std::string_view text, int limit) const;

 private:
  struct Entry {
    std::string permission;
    Finder finder;
  };
  std::vector<Entry> finders_;
};

}  // namespace privity
