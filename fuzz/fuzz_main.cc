// What libFuzzer calls: each fuzz program has one target.
#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  privity::fuzz::Targets().front().run({reinterpret_cast<const char*>(data), size});
  return 0;
}
