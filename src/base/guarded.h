// Guarded<T>: data and its lock as one object, so that neither can be had without the other. No I/O and no callbacks
// inside With(): hold the lock for as long as the data is touched, not longer.
#pragma once

#include <mutex>
#include <utility>

namespace privity {

template <class T>
class Guarded {
 public:
  template <class... Args>
  explicit Guarded(Args&&... args) : value_(std::forward<Args>(args)...) {}
  Guarded(const Guarded&) = delete;
  Guarded& operator=(const Guarded&) = delete;

  template <class Fn>
  decltype(auto) With(Fn&& fn) {
    const std::lock_guard lock(mutex_);
    return std::forward<Fn>(fn)(value_);
  }
  template <class Fn>
  decltype(auto) With(Fn&& fn) const {
    const std::lock_guard lock(mutex_);
    return std::forward<Fn>(fn)(std::as_const(value_));
  }

 private:
  mutable std::mutex mutex_;
  T value_;
};

}  // namespace privity
