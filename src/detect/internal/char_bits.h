// What 64 bytes of a text are, as one bit for each: a machine with SSE2 asks sixteen bytes at once, and then finding
// the words of a text costs about as much for each word as it would for each letter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "detect/internal/machine.h"

namespace privity::detect {

// Bit i is of byte i. Bytes from 0x80 on are `high` and nothing else.
struct CharBits {
  static constexpr std::size_t kBytes = 64;

  std::uint64_t digits = 0;
  std::uint64_t letters = 0;   // of ASCII
  std::uint64_t capitals = 0;  // of these
  std::uint64_t beyond_f = 0;  // of the letters: none of base 16
  std::uint64_t high = 0;
  std::uint64_t ats = 0;       // @
  std::uint64_t schemes = 0;   // : with / behind it
  std::uint64_t lines = 0;     // LF
  std::uint64_t dividers = 0;  // IsDivider
  std::uint64_t joins = 0;     // IsJoin
};

// Signs between the groups of an address of a network.
constexpr bool IsDivider(char c) {
  return c == '.' || c == ':' || c == '-';
}
// Signs that a key goes on with behind its first word; behind a digit the others, too.
constexpr bool IsJoin(char c) {
  return c == '-' || c == '/' || c == '_' || c == '=' || c == '+' || c == '$';
}

// Byte by byte: for machines of other kinds, and what the tests hold the other to.
void ReadCharBitsPlainly(const char* bytes, CharBits& bits);

#ifdef __SSE2__
// Vectors of bytes, an extension of GCC and Clang, and the highest bits of their bytes, which the machine is asked for.
struct NarrowVector {
  typedef unsigned char Bytes __attribute__((vector_size(16)));

  template <typename Masks>
  PRIVITY_INLINED static std::uint64_t BitsOf(const Masks& masks) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(reinterpret_cast<const __m128i&>(masks)));
  }
};

#if defined(__x86_64__) && !defined(__clang__)
struct WideVector {
  typedef unsigned char Bytes __attribute__((vector_size(32)));

  // The compiler's own name for it may stand in no function that is compiled for every machine, as this one is first.
  template <typename Masks>
  PRIVITY_INLINED static std::uint64_t BitsOf(const Masks& masks) {
    std::uint32_t bits;
    __asm__("vpmovmskb %1, %0" : "=r"(bits) : "x"(masks));
    return bits;
  }
};
#else
using WideVector = NarrowVector;  // Clang passes no wide vector in a function that is compiled for every machine
#endif

template <typename Vector>
PRIVITY_INLINED void ReadCharBitsBy(const char* bytes, CharBits& bits) {
  using Bytes = typename Vector::Bytes;
  CharBits read;
#pragma GCC unroll 4
  for (std::size_t at = 0; at < CharBits::kBytes; at += sizeof(Bytes)) {
    Bytes here, behind;
    std::memcpy(&here, bytes + at, sizeof here);
    std::memcpy(&behind, bytes + at + 1, sizeof behind);
    // What is below the first of a range wraps around to what is above its last.
    const auto colons = here == ':';
    const auto hyphens = here == '-';
    read.digits |= Vector::BitsOf(here - '0' < 10) << at;
    const Bytes small = here | 0x20;  // capitals as small letters
    read.letters |= Vector::BitsOf(small - 'a' < 26) << at;
    read.beyond_f |= Vector::BitsOf(small - 'g' < 20) << at;
    read.capitals |= Vector::BitsOf(here - 'A' < 26) << at;
    read.high |= Vector::BitsOf(here) << at;
    read.ats |= Vector::BitsOf(here == '@') << at;
    read.schemes |= Vector::BitsOf(colons & (behind == '/')) << at;
    read.lines |= Vector::BitsOf(here == '\n') << at;
    read.dividers |= Vector::BitsOf(colons | hyphens | (here == '.')) << at;
    read.joins |=
        Vector::BitsOf(hyphens | (here == '/') | (here == '_') | (here == '=') | (here == '+') | (here == '$')) << at;
  }
  bits = read;
}

#endif

// Of kBytes bytes; one more must be there. `wide` on wide machines only (machine.h), and in what is compiled for them.
template <bool wide>
PRIVITY_INLINED void ReadCharBits(const char* bytes, CharBits& bits) {
#ifdef __SSE2__
  ReadCharBitsBy<std::conditional_t<wide, WideVector, NarrowVector>>(bytes, bits);
#else
  ReadCharBitsPlainly(bytes, bits);
#endif
}

}  // namespace privity::detect
