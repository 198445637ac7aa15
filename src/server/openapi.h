// The API document: OpenAPI 3.1, made from the same table that serves the requests.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "server/route_table.h"

namespace privity {

struct OpenApiInfo {
  std::string title;
  std::string description;
  std::string version;
};

// Judged by spectral, redocly and openapi-typescript (tests/judges/openapi.sh).
Json OpenApiDocument(const RouteTable& routes, const OpenApiInfo& info);

}  // namespace privity
