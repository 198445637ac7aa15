// The parts of office documents: ECMA-376 (Word, Excel, PowerPoint) and OpenDocument 1.3, as XML.
#pragma once

#include <map>
#include <string>

#include "documents/internal/reading.h"

namespace privity::documents_internal {

// Parts of a package by their names: "word/document.xml".
using OfficeParts = std::map<std::string, std::string>;

// Which parts hold text; others (pictures, styles, macros) are not unpacked.
bool IsOfficePart(std::string_view name);
// Whether the names are those of an office document.
bool IsOffice(const OfficeParts& parts);
Status ReadOffice(Reading& reading, const Here& here, OfficeParts parts);

}  // namespace privity::documents_internal
