// Secret<T> and Personal<T>: values that cannot leak by accident.
//
// Neither prints, logs or serializes: there is no conversion to text, and base/log.h and the type table refuse both at
// compile time (a Secret may be read from JSON, never written). `Reveal()` is the one way in, a name that a search will
// find.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"

namespace privity {

// Overwrites memory in a way that the compiler keeps.
void WipeMemory(void* data, std::size_t size_bytes);
// Compares without telling through time where the first difference is. Different sizes compare unequal at once.
bool EqualInConstantTime(BytesView a, BytesView b);

// T is std::string, Bytes or another contiguous container of trivial elements. Wiped when destroyed or moved from.
template <class T>
class Secret {
 public:
  Secret() = default;
  explicit Secret(T value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.Wipe(); }
  Secret& operator=(const Secret& other) {
    if (this != &other) {
      Wipe();
      value_ = other.value_;
    }
    return *this;
  }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      Wipe();
      value_ = std::move(other.value_);
      other.Wipe();
    }
    return *this;
  }
  ~Secret() { Wipe(); }

  const T& Reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  bool operator==(const Secret& other) const {
    return EqualInConstantTime(std::as_bytes(std::span(value_)), std::as_bytes(std::span(other.value_)));
  }

 private:
  void Wipe() {
    // A moved-from small string keeps its bytes in place: grow to capacity (no allocation) so that all of them are
    // wiped.
    value_.resize(value_.capacity());
    WipeMemory(value_.data(), value_.size() * sizeof(*value_.data()));
    value_.clear();
  }
  T value_;
};

using SecretString = Secret<std::string>;
using SecretBytes = Secret<Bytes>;

// Personal data on its way through: prints as its category, compares normally.
template <class T>
class Personal {
 public:
  Personal() = default;
  explicit Personal(T value) : value_(std::move(value)) {}
  const T& Reveal() const { return value_; }
  bool operator==(const Personal&) const = default;
  auto operator<=>(const Personal&) const = default;

 private:
  T value_;
};

}  // namespace privity
