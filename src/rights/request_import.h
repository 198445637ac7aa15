// Rights requests in bulk, from a table (RFC 4180, UTF-8): all of it becomes requests, or nothing does.
//
// The first line names the columns: law, right, email are needed; name, language, received_at, details, purpose may be
// there; `id:KIND` holds an identifier of that kind besides the address ("id:customer_number"). An empty cell is a
// value that is not given. Every line is made as requests are made (RightsRequests::Create), and what is wrong with it
// is told by line and column; a value is never part of an error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rights/requests.h"

namespace privity {

inline constexpr std::size_t kImportBytesMax = std::size_t{4} << 20;
inline constexpr std::int64_t kImportLinesMax = 5'000;

struct ImportProblem {
  std::int64_t line = 0;  // of the file; the first is 1
  std::string column{};   // "" when it is about the line
  std::string code{};     // of the error
};
PRIVITY_DESCRIBE(ImportProblem, (line, column, code))

struct RequestImport {
  std::int64_t lines = 0;  // with a request
  std::int64_t made = 0;   // 0 of a preview, and when there is a problem
  std::vector<ImportProblem> problems{};
  std::vector<RightsRequestId> requests{};  // that were made, in the order of the lines
};
PRIVITY_DESCRIBE(RequestImport, (lines, made, problems, requests))
std::vector<FieldNote> FieldNotes(const RequestImport*);

// `preview`: everything is tried, and nothing is kept. Not inside a transaction. Errors: rights.import_header{column}
// (a column that is missing, unknown or there twice), rights.import_form{line} (no table: a quote that does not end, a
// line with another number of cells), rights.import_too_large, those of the store and the ledger.
Result<RequestImport> ImportRequests(Store& store, RightsRequests& requests, const Caller& caller,
                                     std::string_view table, bool preview);

}  // namespace privity
