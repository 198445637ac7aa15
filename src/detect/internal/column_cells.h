// What of a cell is its value: people write notes, labels and doubts into cells as well.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "detect/internal/token_scan.h"

namespace privity::detect {

// Without spaces and quotes around it, marks of doubt behind it ("31-042?") and a note in brackets at its end
// ("0171 2345678 (mobile)"). The year or volume of a work stays: "Metropolis (1927)".
std::string_view BareCell(std::string_view cell);
// Letters and digits of ASCII, and no sign that masks are made of: what follows is true of no such cell.
bool IsPlain(std::string_view cell);
// "***-**-4471", "4539 XXXX XXXX 1234": something stands there that is not to be seen.
bool IsMasked(std::string_view cell);
// Digits of other scripts as those of ASCII: "१९७२-०८-१५", "１－７４". Whether there were any; `written` is filled only
// then.
bool WriteAsciiDigits(std::string_view cell, std::string& written);
// The numbers among the words of a cell, the longest run of them first, then each long one of it: "DNI: 35723597C",
// "CC. 1.130.652.098 de Cali", "RT# 083843459 ACCT 8599700696". None where the cell is one number and nothing else.
void NumbersIn(const Scan& scan, std::vector<std::string_view>& numbers);
// Of a number or code among words, the longest run of its groups: "ex targa CT 448120", "0171 2345678 after six",
// "35 1234 / 35 1299"; the whole cell where nothing else stands in it, or no number.
std::string_view CodeOf(const Scan& scan);
// "12O884417", "o171 55l21": letters that are typed for the digits that they look like, in a number that has no others.
// Whether there were any; `written` is filled only then.
bool WriteTypedDigits(std::string_view cell, std::string& written);

}  // namespace privity::detect
