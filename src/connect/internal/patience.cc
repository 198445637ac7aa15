#include "connect/internal/patience.h"

#include <condition_variable>
#include <mutex>

namespace privity::connect_internal {

bool WaitPatiently(Duration time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  if (time > Duration::zero()) woken.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace privity::connect_internal
