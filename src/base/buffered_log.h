// A log sink that only takes lines in: a thread of its own writes them to the sink behind it.
//
// Whoever logs waits neither for a disk or pipe nor for the lines of others: an I/O thread may log. Lines keep their
// order. They are gathered for kGatherFor, so that a busy server makes one system call for many; a line of level error
// is written at once, with all before it. The end of the object and Flush() write everything; a process that is killed
// loses what was gathered since the last write, which is no evidence (that is the ledger's).
//
// A sink that is slower than the lines come in costs lines, never memory or time: beyond kBytesMax they are dropped and
// counted, errors later than others, and a line "log.lines_dropped" says how many as soon as there is room. Safe to use
// from many threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "base/log.h"

namespace privity {

class BufferedLogSink final : public LogSink {
 public:
  static constexpr std::chrono::milliseconds kGatherFor{20};
  static constexpr std::size_t kBytesMax = 1024 * 1024;
  static constexpr std::size_t kErrorBytesMax = 64 * 1024;  // of error lines beyond kBytesMax

  // Both outlive it. `behind` is used by one thread at a time, with several lines in one Write.
  BufferedLogSink(LogSink& behind, const Clock& clock);
  ~BufferedLogSink() override;
  BufferedLogSink(const BufferedLogSink&) = delete;
  BufferedLogSink& operator=(const BufferedLogSink&) = delete;

  void Write(LogLevel level, std::string_view line) override;
  // Returns when every line taken before is with the sink behind.
  void Flush();

 private:
  void Loop();

  LogSink& behind_;
  const Logger own_;  // of what happens to the log itself
  std::mutex mutex_;
  std::condition_variable arrived_, written_;
  std::string held_;                 // whole lines, not written yet
  std::uint64_t taken_bytes_ = 0;    // that ever came into held_
  std::uint64_t written_bytes_ = 0;  // of taken_bytes_, that have left it for good
  std::uint64_t dropped_ = 0;        // lines, since the last word about it
  bool at_once_ = false, stopping_ = false;
  std::thread writer_;
};

}  // namespace privity
