// Big-endian numbers, as every format of this room writes them.
#pragma once

#include <concepts>
#include <cstddef>
#include <span>

#include "base/bytes.h"

namespace privity::internal {

template <std::unsigned_integral Number>
void PutNumber(std::span<std::byte> out, Number number) {
  for (std::size_t i = sizeof(Number); i-- > 0; number = static_cast<Number>(number >> 4 >> 4)) {
    out[i] = static_cast<std::byte>(number & 0xff);
  }
}

template <std::unsigned_integral Number>
Number GetNumber(BytesView in) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    number = static_cast<Number>((number << 4 << 4) | std::to_integer<Number>(in[i]));
  }
  return number;
}

}  // namespace privity::internal
