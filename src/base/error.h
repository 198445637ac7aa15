// What the world may do to us: an error is a stable code with parameters, never a sentence.
//
// The words (what, why, how to mend) stand in the message catalog under `errors.<code>` (words/<language>/<room>.json)
// and are put together at the edge: RFC 9457 problem over HTTP, three short lines in a terminal. A parameter never
// holds personal data or a secret; name the place ("row 41, column email"), not the value. Thread safety: a value type.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace privity {

struct ErrorParameter {
  std::string name;
  std::string value;
  bool operator==(const ErrorParameter&) const = default;
};

class [[nodiscard]] Error {
 public:
  // `code` is "<room>.<snake_case>", for example "store.full".
  explicit Error(std::string code) : code_(std::move(code)) {}
  Error(std::string code, std::initializer_list<ErrorParameter> parameters)
      : code_(std::move(code)), parameters_(parameters) {}

  const std::string& code() const { return code_; }
  const std::vector<ErrorParameter>& parameters() const { return parameters_; }
  bool Is(std::string_view code) const { return code_ == code; }
  // The value of a parameter, or "" when the error has none of that name.
  std::string_view Parameter(std::string_view name) const;

  // Adds what a caller knows and the callee did not (a file, a line). An existing parameter of that name stays as it
  // is.
  Error With(std::string name, std::string value) &&;

  // "store.full{path=data/privity.db}": for tests and logs, not for people.
  std::string DebugString() const;

  bool operator==(const Error&) const = default;

 private:
  std::string code_;
  std::vector<ErrorParameter> parameters_;
};

}  // namespace privity
