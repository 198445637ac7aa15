// Carries news from the store to the streams of this process, whichever process they come from.
//
// Looks every kLookEvery, and at once after a commit with news in this process, while somebody listens. An item is told
// once: what is younger than News::kOverlap is read again and known by its id.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "app/application.h"
#include "server/events.h"

namespace privity::internal {

class NewsFeed {
 public:
  static constexpr std::chrono::milliseconds kLookEvery{1'000};
  static constexpr std::chrono::minutes kSweepEvery{1};

  NewsFeed(Application& application, EventHub& events);
  ~NewsFeed();
  void Stop();

 private:
  void Run(const std::stop_token& stop);
  void Look();
  void Sweep();
  void Tell(const NewsItem& item);

  Application& application_;
  EventHub& events_;
  NewsId newest_;                     // told so far
  std::deque<NewsId> told_;           // within the overlap, in order
  std::unordered_set<NewsId> known_;  // the same
  std::chrono::steady_clock::time_point swept_at_;
  std::mutex mutex_;
  bool woken_ = false;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace privity::internal
