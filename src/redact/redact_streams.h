// Files without their personal data, from a stream to a stream. Memory is bounded by kRedactTextBytesMax, the longest
// line of JSON or the longest record of CSV that is accepted, whatever the file holds.
#pragma once

#include <functional>
#include <istream>
#include <ostream>

#include "base/error.h"
#include "redact/redactor.h"

namespace privity {

inline constexpr std::size_t kRedactTextBytesMax = 256 << 10;  // of text that is looked at together
inline constexpr std::size_t kRedactRecordBytesMax = 16 << 20;
inline constexpr std::size_t kRedactSampleRecords = 200;  // by which columns are judged

enum class RedactionInput { kText, kCsv, kJsonl };
PRIVITY_DESCRIBE_ENUM(RedactionInput, kText, kCsv, kJsonl)

struct RedactionCounts {
  std::int64_t replaced = 0;  // spans and cells
  std::int64_t left_out = 0;  // records that could not be read: they are not written, for nobody knows what they hold
};
PRIVITY_DESCRIBE(RedactionCounts, (replaced, left_out))

using RedactionWarning = std::function<void(const Error&)>;

// Text: as it is, but for what is replaced. CSV (RFC 4180; the delimiter is that of tab, semicolon, comma and bar which
// the first record has most of): a column that is personal as a whole is replaced as a whole, judged by its name, its
// first records and the columns beside it; the other cells are read as text. A first record that holds an address or a
// number of a person is no head. JSON Lines: likewise, by the names of members; numbers that are replaced become text.
// Errors: redact.output. Warnings: redact.record{record, problem}.
Result<RedactionCounts> RedactStream(const Redactor& redactor, RedactionInput input, std::istream& in,
                                     std::ostream& out, const RedactionWarning& warn);

}  // namespace privity
