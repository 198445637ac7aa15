// Result<T>: a value, or the Error that stands in its place. For what the world may do to us; `Invariant` is for what
// only our own bug could do.
//
//   Result<Config> Load(path) {
//     PRIVITY_TRY(std::string text, ReadFile(path));      // passes an error upward
//     PRIVITY_TRY_VOID(CheckSyntax(text));
//     return Parse(text);
//   }
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/error.h"
#include "base/invariant.h"

namespace privity {

template <class T = void>
class [[nodiscard]] Result {
 public:
  using Value = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design
  template <class U>
  requires(std::is_convertible_v<U&&, T> && !std::is_same_v<std::remove_cvref_t<U>, Result> &&
           !std::is_same_v<std::remove_cvref_t<U>, Error> && !std::is_same_v<std::remove_cvref_t<U>, T>)
      Result(U&& value)
      : state_(std::in_place_index<0>, std::forward<U>(value)) {}  // NOLINT: implicit by design

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return Get(); }
  const T& value() const& { return const_cast<Result*>(this)->Get(); }
  // By value, so that `for (auto& row : Load().value())` does not outlive the Result.
  T value() && { return std::move(Get()); }
  T& operator*() & { return Get(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(Get()); }
  T* operator->() { return &Get(); }
  const T* operator->() const { return &value(); }
  T value_or(T other) && { return ok() ? std::move(Get()) : std::move(other); }

  const Error& error() const& {
    Invariant(!ok(), "error() of a Result that holds a value");
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    Invariant(!ok(), "error() of a Result that holds a value");
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  T& Get() {
    Invariant(ok(), "value() of a Result that holds an error");
    return *std::get_if<0>(&state_);
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using Value = void;

  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit by design

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  void value() const { Invariant(ok(), "value() of a Result that holds an error"); }
  const Error& error() const& {
    Invariant(!ok(), "error() of a Result that holds a value");
    return *error_;
  }
  Error&& error() && {
    Invariant(!ok(), "error() of a Result that holds a value");
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;
inline Status Ok() {
  return {};
}

}  // namespace privity

#define PRIVITY_CONCAT_INNER_(a, b) a##b
#define PRIVITY_CONCAT_(a, b) PRIVITY_CONCAT_INNER_(a, b)
#define PRIVITY_TRY_INNER_(result, declaration, ...)  \
  auto result = (__VA_ARGS__);                        \
  if (!result.ok()) return std::move(result).error(); \
  declaration = std::move(result).value()

// Declares a variable from a Result, or returns its error: PRIVITY_TRY(auto rows, tx.Query(...));
#define PRIVITY_TRY(declaration, ...) \
  PRIVITY_TRY_INNER_(PRIVITY_CONCAT_(privity_result_, __LINE__), declaration, __VA_ARGS__)

// Returns the error of a Result<void> (or drops the value of any other Result).
#define PRIVITY_TRY_VOID(...)                                                                                \
  do {                                                                                                       \
    if (auto privity_status = (__VA_ARGS__); !privity_status.ok()) return std::move(privity_status).error(); \
  } while (false)
