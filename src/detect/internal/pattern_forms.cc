#include "detect/internal/pattern_forms.h"

#include <cmath>
#include <string_view>

#include "detect/internal/char_bits.h"
#include "detect/internal/letters.h"
#include "detect/internal/text_evidence.h"
#include "detect/internal/token_scan.h"

namespace privity::detect {
namespace {

bool HasOnlyDigits(const Pattern::Class& accepts) {
  std::size_t digits = 0;
  for (std::size_t c = '0'; c <= '9'; ++c) digits += accepts[c];
  return digits > 0 && digits == accepts.count();
}

}  // namespace

double BitsOf(const Pattern::Class& accepts, bool digits_only) {
  int known = 0;
  for (int c = '0'; c <= '9'; ++c) known += accepts[static_cast<std::size_t>(c)];
  if (!digits_only) {
    for (int c = 'A'; c <= 'Z'; ++c) known += accepts[static_cast<std::size_t>(c)];
  }
  return known == 0 ? 0 : std::log2((digits_only ? 10.0 : 36.0) / known);
}

bool HasDigits(const Pattern::Class& accepts) {
  for (int c = '0'; c <= '9'; ++c) {
    if (accepts[static_cast<std::size_t>(c)]) return true;
  }
  return false;
}

bool HasLetters(const Pattern::Class& accepts) {
  for (int c = 'A'; c <= 'Z'; ++c) {
    if (accepts[static_cast<std::size_t>(c)]) return true;
  }
  return false;
}

bool HasOnlyLettersAndDigits(const Pattern::Class& accepts) {
  for (std::size_t c = accepts._Find_first(); c < accepts.size(); c = accepts._Find_next(c)) {
    if (!IsAsciiAlnum(static_cast<char>(c))) return false;
  }
  return true;
}

Pattern::Class ClassAt(const Pattern& pattern, std::size_t place) {
  std::size_t at = 0;
  for (const Pattern::Item& item : pattern.items()) {
    at += static_cast<std::size_t>(item.min);
    if (at > place) return item.accepts;
    if (item.min != item.max) break;  // what follows may stand there, too
  }
  return Pattern::Class().set();
}

std::uint64_t FirstBits(const Pattern& pattern) {
  std::uint64_t bits = 0;
  for (const Pattern::Item& item : pattern.items()) {
    for (const char c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
      if (item.accepts[static_cast<unsigned char>(c)]) bits |= FirstBit(c);
    }
    if (item.min > 0) break;
  }
  return bits;
}

bool BeginsWithoutAscii(const Pattern& pattern) {
  return pattern.items()[0].accepts._Find_first() >= 0x80;
}

std::uint32_t LettersMin(std::span<const Pattern::Item> items) {
  std::uint32_t count = 0;
  for (const Pattern::Item& item : items) {
    for (std::size_t c = item.accepts._Find_first(); c < 256; c = item.accepts._Find_next(c)) {
      if (!IsAsciiAlnum(static_cast<char>(c))) return count;
    }
    count += static_cast<std::uint32_t>(item.min);
  }
  return count;
}

FirstWord FirstWordOf(const Pattern& pattern) {
  static const Pattern::Class kLetters = [] {
    Pattern::Class letters;
    for (std::size_t c = 0; c < letters.size(); ++c) letters[c] = c >= 0x80 || IsAsciiAlnum(static_cast<char>(c));
    return letters;
  }();
  FirstWord word;
  const std::span<const Pattern::Item> items = pattern.items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Pattern::Item& item = items[i];
    if ((item.accepts & kLetters).none()) {
      if (item.min > 0) word.signs = item.accepts;
      if (item.min == 1 && item.max == 1) word.next_letters_min = LettersMin(items.subspan(i + 1));
      return word;
    }
    if ((item.accepts & ~kLetters).any()) return word;
    word.letters_max += static_cast<std::size_t>(item.max);
  }
  return word;
}

bool IsToldByKeyBits(const Pattern& pattern) {
  if (pattern.bytes_min() < TokenBits::kLongBytes) return false;
  std::size_t at = 0;  // the first place where the item may stand
  bool has_digit = false;
  for (const Pattern::Item& item : pattern.items()) {
    bool has_letters = false, has_high = false;
    for (std::size_t c = item.accepts._Find_first(); c < item.accepts.size(); c = item.accepts._Find_next(c)) {
      const char sign = static_cast<char>(c);
      has_letters = has_letters || IsAsciiAlnum(sign);
      has_high = has_high || c >= 0x80;
      if (c < 0x80 && !IsAsciiAlnum(sign) && !IsJoin(sign) && !(IsDivider(sign) && has_digit)) return false;
    }
    if (has_high) return at == 0 && item.min > 0 && !has_letters;  // no word of ASCII
    if (item.min > 0 && !has_letters) return true;                 // what follows is another word
    at += static_cast<std::size_t>(item.min);
    if (at >= TokenBits::kLongBytes) return true;
    has_digit = has_digit || (item.min > 0 && HasOnlyDigits(item.accepts));
  }
  return true;
}

bool HasDigitInFirstWord(const Pattern& pattern) {
  for (const Pattern::Item& item : pattern.items()) {
    for (std::size_t c = item.accepts._Find_first(); c < item.accepts.size(); c = item.accepts._Find_next(c)) {
      if (!IsAsciiAlnum(static_cast<char>(c))) return false;
    }
    if (item.min > 0 && HasOnlyDigits(item.accepts)) return true;
  }
  return false;
}

}  // namespace privity::detect
