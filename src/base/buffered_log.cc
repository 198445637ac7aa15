#include "base/buffered_log.h"

#include <utility>

namespace privity {

BufferedLogSink::BufferedLogSink(LogSink& behind, const Clock& clock)
    : behind_(behind), own_(behind, clock), writer_([this] { Loop(); }) {}

BufferedLogSink::~BufferedLogSink() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  writer_.join();
}

void BufferedLogSink::Write(LogLevel level, std::string_view line) {
  const bool is_error = level == LogLevel::kError;
  bool wake = is_error;
  {
    const std::lock_guard lock(mutex_);
    if (held_.size() + line.size() > kBytesMax + (is_error ? kErrorBytesMax : 0)) {
      ++dropped_;
      return;
    }
    wake = wake || held_.empty();  // the writer looks again by itself while there is something
    held_ += line;
    taken_bytes_ += line.size();
    at_once_ = at_once_ || is_error;
  }
  if (wake) arrived_.notify_one();
}

void BufferedLogSink::Flush() {
  std::unique_lock lock(mutex_);
  const std::uint64_t until = taken_bytes_;
  at_once_ = true;
  arrived_.notify_one();
  written_.wait(lock, [&] { return written_bytes_ >= until; });
}

void BufferedLogSink::Loop() {
  std::string lines;
  std::unique_lock lock(mutex_);
  for (;;) {
    arrived_.wait(lock, [this] { return !held_.empty() || stopping_; });
    if (held_.empty()) return;
    arrived_.wait_for(lock, kGatherFor, [this] { return at_once_ || stopping_; });
    lines.swap(held_);
    at_once_ = false;
    const std::uint64_t dropped = std::exchange(dropped_, 0);
    lock.unlock();
    behind_.Write(LogLevel::kInfo, lines);
    if (dropped > 0) own_.Warning("log.lines_dropped", {{"lines", dropped}});
    lock.lock();
    written_bytes_ += lines.size();
    lines.clear();
    written_.notify_all();
  }
}

}  // namespace privity
