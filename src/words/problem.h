// An error as its readers get it: RFC 9457 problem details over HTTP, three short lines in a terminal.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "words/catalog.h"

namespace privity {

// {"type": "/problems/store.full", "title": "Service Unavailable", "status": 503, "detail": <what>, "instance":
// <instance>,
//  "code": "store.full", "why": …, "mend": …, "parameters": {…}}
//
// `type` is a reference relative to the server, one per code. `title` is the status's name, the same for every
// occurrence (RFC 9457 section 3.1.3); what happened this time stands in `detail`. `instance`, the request's id, is
// left out when empty.
Json ProblemOf(const Error& error, const Catalog& catalog, std::string_view language, std::string_view instance);

// "Error: <what>\n  Why:  <why>\n  Mend: <mend>\n"; the labels are in the language too. Control characters become
// spaces, so that a parameter can neither break the lines nor steer the terminal.
std::string TerminalLines(const Error& error, const Catalog& catalog, std::string_view language);

}  // namespace privity
