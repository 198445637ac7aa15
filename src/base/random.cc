#include "base/random.h"

#include <sys/random.h>

#include <cerrno>

#include "base/invariant.h"

namespace privity {

void FillRandom(std::span<std::byte> out) {
  while (!out.empty()) {
    const auto got = getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    Invariant(got > 0, "the operating system gave no random bytes");
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

std::uint64_t RandomBelow(std::uint64_t bound) {
  Invariant(bound > 0, "RandomBelow needs a positive bound");
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  std::uint64_t value = 0;
  do {
    FillRandom(std::as_writable_bytes(std::span(&value, 1)));
  } while (value >= limit);
  return value % bound;
}

}  // namespace privity
