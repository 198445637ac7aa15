// Adds entries to the catalog of a PDF that cairo wrote: cairo 1.16 has no call for the language and the viewer's
// preferences.
#pragma once

#include <string>
#include <string_view>

namespace privity {

// Appends an incremental update (ISO 32000-1 section 7.5.6) with the catalog as it was plus `entries`.
void AddToPdfCatalog(std::string& pdf, std::string_view entries);

}  // namespace privity
