#include "server/internal/news_feed.h"

#include <algorithm>

namespace privity::internal {
namespace {

constexpr int kReadAtOnce = 500;

}  // namespace

NewsFeed::NewsFeed(Application& application, EventHub& events)
    : application_(application),
      events_(events),
      newest_(application.news().Now()),
      swept_at_(application.clock().Monotonic()),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {
  application_.news().OnCommit([this] {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    wake_.notify_all();
  });
}

NewsFeed::~NewsFeed() {
  Stop();
}

void NewsFeed::Stop() {
  application_.news().OnCommit(nullptr);
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void NewsFeed::Run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, stop, kLookEvery, [this] { return woken_; });
      woken_ = false;
    }
    if (stop.stop_requested()) return;
    if (events_.streams() > 0) Look();
    Sweep();
  }
}

// What cannot be read now is read at the next look.
void NewsFeed::Look() {
  for (NewsId after = News::Before(newest_);;) {
    const auto items =
        application_.store().Read([&](ReadTx& tx) { return application_.news().After(tx, after, kReadAtOnce); });
    if (!items.ok() || items->empty()) break;
    for (const NewsItem& item : *items) Tell(item);
    after = items->back().id;
    if (items->size() < static_cast<std::size_t>(kReadAtOnce)) break;
  }
  const NewsId settled = News::Before(newest_);
  while (!told_.empty() && told_.front() < settled) {
    known_.erase(told_.front());
    told_.pop_front();
  }
}

void NewsFeed::Tell(const NewsItem& item) {
  if (!known_.insert(item.id).second) return;
  told_.insert(std::ranges::upper_bound(told_, item.id), item.id);
  newest_ = std::max(newest_, item.id);
  events_.Publish(item);
}

void NewsFeed::Sweep() {
  const auto now = application_.clock().Monotonic();
  if (now - swept_at_ < kSweepEvery) return;
  swept_at_ = now;
  (void)application_.store().Write([&](WriteTx& tx) { return application_.news().Sweep(tx); });
}

}  // namespace privity::internal
