#include "detect/internal/char_bits.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "detect/internal/letters.h"

namespace privity::detect {

void ReadCharBitsPlainly(const char* bytes, CharBits& bits) {
  bits.digits = bits.letters = bits.capitals = bits.high = bits.ats = bits.schemes = bits.lines = 0;
  for (std::size_t i = 0; i < CharBits::kBytes; ++i) {
    const char c = bytes[i];
    const auto bit = [&](bool is) { return std::uint64_t{is} << i; };
    bits.digits |= bit(IsAsciiDigit(c));
    bits.letters |= bit(IsAsciiLetter(c));
    bits.capitals |= bit(IsAsciiUpper(c));
    bits.high |= bit(static_cast<unsigned char>(c) >= 0x80);
    bits.ats |= bit(c == '@');
    bits.schemes |= bit(c == ':' && bytes[i + 1] == '/');
    bits.lines |= bit(c == '\n');
  }
}

#ifdef __SSE2__

namespace {

// All bits of the bytes from `first` on, `count` values.
__m128i IsWithin(__m128i bytes, char first, char count) {
  const __m128i from_first = _mm_sub_epi8(bytes, _mm_set1_epi8(first));  // what is below wraps around
  return _mm_cmpeq_epi8(_mm_min_epu8(from_first, _mm_set1_epi8(static_cast<char>(count - 1))), from_first);
}

std::uint64_t BitsOf(__m128i mask) {
  return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(mask)));
}

}  // namespace

void ReadCharBits(const char* bytes, CharBits& bits) {
  CharBits read;
#pragma GCC unroll 4
  for (std::size_t at = 0; at < CharBits::kBytes; at += sizeof(__m128i)) {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const __m128i behind = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at + 1));
    const __m128i capitals = IsWithin(sixteen, 'A', 26);
    const __m128i folded = _mm_or_si128(sixteen, _mm_and_si128(capitals, _mm_set1_epi8(0x20)));
    read.digits |= BitsOf(IsWithin(sixteen, '0', 10)) << at;
    read.letters |= BitsOf(IsWithin(folded, 'a', 26)) << at;
    read.capitals |= BitsOf(capitals) << at;
    read.high |= BitsOf(sixteen) << at;
    read.ats |= BitsOf(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8('@'))) << at;
    read.schemes |=
        BitsOf(_mm_and_si128(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8(':')), _mm_cmpeq_epi8(behind, _mm_set1_epi8('/'))))
        << at;
    read.lines |= BitsOf(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8('\n'))) << at;
  }
  bits.digits = read.digits;
  bits.letters = read.letters;
  bits.capitals = read.capitals;
  bits.high = read.high;
  bits.ats = read.ats;
  bits.schemes = read.schemes;
  bits.lines = read.lines;
}

#else

void ReadCharBits(const char* bytes, CharBits& bits) {
  ReadCharBitsPlainly(bytes, bits);
}

#endif

}  // namespace privity::detect
