// A report of the gate for people and for the tools that show findings beside the change.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "gate/gate.h"
#include "words/catalog.h"

namespace privity {

// A line for each finding, "db/001.sql:4:3: … [gate.undeclared]", and how to mend each rule that was broken, once.
std::string GateText(const GateReport& report, const Catalog& words, std::string_view language);
// {"findings": [...], "ignored": [...], "unread": [{"code", "parameters"}], "schema_files", "declaration_files",
// "fields", "source_files", "log_statements"}
Json GateJson(const GateReport& report);
// SARIF 2.1.0 (OASIS Standard, 27 March 2020): rules with their words, results with places and a fingerprint that
// survives moved lines, ignored ones as suppressed in source with their justification, what was not read as
// notifications of the invocation.
Json GateSarif(const GateReport& report, const Catalog& words, std::string_view language, std::string_view version);

}  // namespace privity
