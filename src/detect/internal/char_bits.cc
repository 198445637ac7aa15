#include "detect/internal/char_bits.h"

#include "detect/internal/letters.h"

namespace privity::detect {

void ReadCharBitsPlainly(const char* bytes, CharBits& bits) {
  bits = CharBits();
  for (std::size_t i = 0; i < CharBits::kBytes; ++i) {
    const char c = bytes[i];
    const auto bit = [&](bool is) { return std::uint64_t{is} << i; };
    bits.digits |= bit(IsAsciiDigit(c));
    bits.letters |= bit(IsAsciiLetter(c));
    bits.capitals |= bit(IsAsciiUpper(c));
    bits.beyond_f |= bit(IsAsciiLetter(c) && (c | 0x20) > 'f');
    bits.high |= bit(static_cast<unsigned char>(c) >= 0x80);
    bits.ats |= bit(c == '@');
    bits.schemes |= bit(c == ':' && bytes[i + 1] == '/');
    bits.lines |= bit(c == '\n');
    bits.dividers |= bit(IsDivider(c));
    bits.joins |= bit(IsJoin(c));
  }
}

}  // namespace privity::detect
