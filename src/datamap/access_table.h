// Access points as a table for a spreadsheet.
#pragma once

#include "datamap/access.h"
#include "report/sink.h"
#include "words/catalog.h"

namespace privity {

// CSV with a formula guard (report/table.h), row by row. Errors: those of src/report, and of the sink.
Status WriteAccessTable(ReadTx& tx, const Catalog& catalog, const AccessPoints& access, AccessFilter filter,
                        const ByteSink& sink);

}  // namespace privity
