// A fuzz target is a function over outside bytes that must not crash, hang or break a promise that it checks with
// FUZZ_CHECK:
//
//   PRIVITY_FUZZ_TARGET(json) { FUZZ_CHECK(...); }      // the bytes are `input`
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace privity::fuzz {

struct Target {
  std::string name;
  void (*run)(std::string_view input);
};

inline std::vector<Target>& Targets() {
  static std::vector<Target> targets;
  return targets;
}

inline bool Register(const char* name, void (*run)(std::string_view)) {
  Targets().push_back({name, run});
  return true;
}

}  // namespace privity::fuzz

#define PRIVITY_FUZZ_TARGET(name)                                  \
  static void privity_fuzz_##name(std::string_view input);         \
  [[maybe_unused]] static const bool privity_fuzz_##name##_known = \
      privity::fuzz::Register(#name, privity_fuzz_##name);         \
  static void privity_fuzz_##name(std::string_view input)

#define FUZZ_CHECK(promise)                                                              \
  do {                                                                                   \
    if (!(promise)) {                                                                    \
      std::fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #promise); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
