// What 64 bytes of a text are, as one bit for each: a machine with SSE2 asks sixteen bytes at once, and then finding
// the words of a text costs about as much for each word as it would for each letter.
#pragma once

#include <cstddef>
#include <cstdint>

namespace privity::detect {

// Bit i is of byte i. Bytes from 0x80 on are `high` and nothing else.
struct CharBits {
  static constexpr std::size_t kBytes = 64;

  std::uint64_t digits = 0;
  std::uint64_t letters = 0;   // of ASCII
  std::uint64_t capitals = 0;  // of these
  std::uint64_t high = 0;
  std::uint64_t ats = 0;      // @
  std::uint64_t schemes = 0;  // : with / behind it
  std::uint64_t lines = 0;    // LF
};

// Of kBytes bytes; one more must be there.
void ReadCharBits(const char* bytes, CharBits& bits);
// The same, byte by byte: for machines of other kinds, and what the tests hold the other to.
void ReadCharBitsPlainly(const char* bytes, CharBits& bits);

}  // namespace privity::detect
