// Sampling and dividing a table by a column of whole numbers that has an index: a row id, a primary key.
#pragma once

#include <functional>

#include "connect/internal/even_parts.h"
#include "connect/sql/sql_connector.h"

namespace privity::connect_internal {

// Reads at most `limit` records whose number lies in the part, in the order of the number, which is the last cell.
using ReadBlock = std::function<Status(const Part& part, std::int64_t limit, RecordSink& sink)>;

// Blocks spread evenly over the numbers; what sparse blocks leave over is taken where the others ended. The last cell
// of each record does not reach `sink`.
Status SampleByNumber(const Part& span, std::int64_t records_max, const ReadBlock& read, RecordSink& sink);

std::vector<StreamRange> RangesOf(const Part& span, int parts);

}  // namespace privity::connect_internal
