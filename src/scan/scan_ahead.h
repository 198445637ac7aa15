// Scans the collections of one store on several threads at once, each with a connection of its own, and hands them out
// in their order. What is ahead waits: at most kAheadMax collections, judged already, hence without a value.
//
// Where somebody else's connection is refused (the store allows fewer), those that were opened do all the work.
//
// Used by one thread. The store, the detector and the collections outlive it; the destructor waits until the threads
// have ended, soon after it told them to.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "scan/scan.h"

namespace privity {

class ScanAhead {
 public:
  static constexpr std::size_t kAheadMax = 64;

  // `stop`: of whoever asks. At least one job.
  ScanAhead(OpenAnother open, const Detector& detector, const ScanOptions& options,
            std::vector<const Collection*> collections, std::string home_space, const std::stop_token& stop);
  ~ScanAhead();

  // The next collection; not called more often than there are collections. connect.cancelled, and why no connection
  // could be opened at all.
  Result<ScannedCollection> Next();
  // The store was lost: what is not scanned yet is not asked for.
  void Lose(const Error& error);

 private:
  void Work();
  std::optional<std::size_t> Claim();
  void Keep(std::size_t position, Result<ScannedCollection> scanned);

  const OpenAnother open_;
  const Detector& detector_;
  const ScanOptions options_;
  const std::vector<const Collection*> collections_;
  const std::string home_space_;

  std::mutex mutex_;  // of what stands up to the next empty line
  std::condition_variable_any changed_;
  std::vector<std::optional<Result<ScannedCollection>>> scanned_;
  std::size_t claimed_ = 0;
  std::size_t handed_out_ = 0;
  std::size_t working_ = 0;  // threads
  std::optional<Error> lost_;
  std::optional<Error> not_opened_;

  std::stop_source stopping_;
  std::stop_callback<std::function<void()>> passed_on_;
  std::vector<std::jthread> threads_;
};

}  // namespace privity
