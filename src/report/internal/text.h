// Checks and spellings that several writers share.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace privity {

// The shortest decimal text that reads back as the same number; never in exponent form below 1e21.
std::string FormatNumber(double number);
bool IsRightToLeft(const std::string& language);
// report.text_invalid when `text` is not UTF-8. Rows and columns count from 1; 0 stands for "not in a table".
Status CheckText(std::string_view text, std::size_t row = 0, std::size_t column = 0);
// report.link_refused unless the link leads to a place where no script can hide (CVE-2023-46126: javascript: in a URL
// field).
Status CheckLink(std::string_view url);

}  // namespace privity
