// News for the screens that are open: "this job moved on", "a notification came". One row for each thing that moved, in
// the transaction that moved it, so that every process that serves people can tell them, whichever process did the
// work.
//
// An item is a hint to look again, not the truth: it holds ids and states, never content, and only the latest of each
// topic is kept, for kKept. Ids grow with time. On PostgreSQL a transaction that began earlier may commit later, so a
// reader looks again at what is younger than kOverlap and tells an item that it knows by its id; who reads from an id
// that he saw last may hear an item twice and misses none.
//
// Every method works in the caller's transaction and may be called from many threads.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "identity/caller.h"
#include "store/store.h"

namespace privity {

struct NewsTag {};
using NewsId = Id<NewsTag>;

// Who may hear of it: holders of a permission, or one person. Exactly one of the two is set.
struct NewsAudience {
  std::string permission = {};
  std::optional<UserId> person = {};
  bool Includes(const Caller& caller) const;
};

struct NewsItem {
  NewsId id;
  NewsAudience audience;
  std::string name;  // "<things>.<what>": "jobs.progress"
  std::string data;  // JSON
};

class News {
 public:
  static constexpr std::chrono::minutes kKept{15};
  static constexpr std::chrono::seconds kOverlap{10};

  explicit News(const Clock& clock) : clock_(clock) {}

  // Takes the place of what the same audience was told by that name about the same `topic` (an id).
  Status Publish(WriteTx& tx, const NewsAudience& audience, std::string_view name, std::string_view topic,
                 const Json& data) const;
  // Oldest first, what came after `after`. `limit` bounds the answer.
  Result<std::vector<NewsItem>> After(ReadTx& tx, const NewsId& after, int limit) const;
  // The place in time that lies kOverlap before `id`: where a reader begins who wants to miss nothing.
  static NewsId Before(const NewsId& id);
  // The place of this moment.
  NewsId Now() const { return NewsId::New(clock_); }
  // Whether what came after `id` is still kept.
  bool Reaches(const NewsId& id) const;
  // Removes what has been kept long enough; how many.
  Result<std::int64_t> Sweep(WriteTx& tx) const;

  // Called in the publishing process after each commit with news; for a reader that would rather not wait for its next
  // look. Nothing while unset.
  void OnCommit(std::function<void()> wake) const;

 private:
  const Clock& clock_;
  struct Wake {
    std::mutex mutex;
    std::function<void()> call;
  };
  std::shared_ptr<Wake> wake_ = std::make_shared<Wake>();  // shared with transactions that have yet to commit
};

}  // namespace privity
