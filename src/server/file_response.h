// A stored file as an answer.
#pragma once

#include <string_view>

#include "files/file_store.h"
#include "http/message.h"

namespace privity {

// Read piece by piece while it is sent. A browser saves it under `name` and neither shows nor runs it, whatever it
// holds.
Response FileResponse(FileReader reader, std::string_view name);

}  // namespace privity
