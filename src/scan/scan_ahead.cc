#include "scan/scan_ahead.h"

#include <algorithm>
#include <utility>

namespace privity {

ScanAhead::ScanAhead(OpenAnother open, const Detector& detector, const ScanOptions& options,
                     std::vector<const Collection*> collections, std::string home_space, const std::stop_token& stop)
    : open_(std::move(open)),
      detector_(detector),
      options_(options),
      collections_(std::move(collections)),
      home_space_(std::move(home_space)),
      scanned_(collections_.size()),
      passed_on_(stop, [this] { stopping_.request_stop(); }) {
  const std::size_t jobs = std::min(static_cast<std::size_t>(std::max(options.jobs, 1)), collections_.size());
  working_ = jobs;
  for (std::size_t i = 0; i < jobs; ++i) threads_.emplace_back([this] { Work(); });
}

ScanAhead::~ScanAhead() {
  stopping_.request_stop();
}

Result<ScannedCollection> ScanAhead::Next() {
  std::unique_lock lock(mutex_);
  std::optional<Result<ScannedCollection>>& next = scanned_[handed_out_];
  changed_.wait(lock, stopping_.get_token(), [&] { return next.has_value() || working_ == 0; });
  if (stopping_.stop_requested() || (!next && !not_opened_)) return Error("connect.cancelled");
  if (!next) return *not_opened_;
  Result<ScannedCollection> taken = std::move(*next);
  next.reset();
  ++handed_out_;
  changed_.notify_all();
  return taken;
}

void ScanAhead::Lose(const Error& error) {
  const std::lock_guard lock(mutex_);
  lost_ = error;
}

// Nothing when all are claimed, or it is to stop.
std::optional<std::size_t> ScanAhead::Claim() {
  std::unique_lock lock(mutex_);
  const auto is_over = [this] { return claimed_ == collections_.size(); };
  const bool may_go_on =
      changed_.wait(lock, stopping_.get_token(), [&] { return is_over() || claimed_ < handed_out_ + kAheadMax; });
  if (!may_go_on || is_over()) return std::nullopt;
  return claimed_++;
}

void ScanAhead::Keep(std::size_t position, Result<ScannedCollection> scanned) {
  const std::lock_guard lock(mutex_);
  scanned_[position] = std::move(scanned);
  changed_.notify_all();
}

void ScanAhead::Work() {
  const Result<std::unique_ptr<Connector>> store = open_(stopping_.get_token());
  while (store.ok()) {
    const std::optional<std::size_t> position = Claim();
    if (!position) break;
    std::optional<Error> lost;
    {
      const std::lock_guard lock(mutex_);
      lost = lost_;
    }
    const Collection& collection = *collections_[*position];
    Keep(*position,
         ScanCollection(**store, detector_, collection, CollectionLabel(collection.name, home_space_), options_, lost));
  }
  const std::lock_guard lock(mutex_);
  if (!store.ok()) not_opened_ = store.error();
  --working_;
  changed_.notify_all();
}

}  // namespace privity
