// What all the matches of a pattern have in common: by which characters they may begin, how their first word stands,
// and how much a match says.
#pragma once

#include <cstdint>
#include <span>

#include "detect/internal/pattern.h"

namespace privity::detect {

// Bits that a character of the class carries in a text of letters and digits.
double BitsOf(const Pattern::Class& accepts, bool digits_only);
bool HasDigits(const Pattern::Class& accepts);
bool HasLetters(const Pattern::Class& accepts);
bool HasOnlyLettersAndDigits(const Pattern::Class& accepts);
// What may stand at a place of a match.
Pattern::Class ClassAt(const Pattern& pattern, std::size_t place);
// Of all that a match can begin with.
std::uint64_t FirstBits(const Pattern& pattern);
bool BeginsWithoutAscii(const Pattern& pattern);
// Letters and digits that stand at the begin of every match of some items, without anything else among them.
std::uint32_t LettersMin(std::span<const Pattern::Item> items);
// Where the letters and digits at the begin of every match end with a sign: the most of them, and the sign.
struct FirstWord {
  std::size_t letters_max = 0;
  Pattern::Class signs = {};
  std::uint32_t next_letters_min = 0;  // behind one sign; 0: more of them may stand there
};
FirstWord FirstWordOf(const Pattern& pattern);
// Whether TokenBits::keys has the first word of every match: it is long, or one of the signs stands behind it.
bool IsToldByKeyBits(const Pattern& pattern);
// Whether every match begins with a word of ASCII that has a digit.
bool HasDigitInFirstWord(const Pattern& pattern);

}  // namespace privity::detect
