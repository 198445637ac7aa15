#include "ledger/record.h"

#include "ledger/internal/rows.h"

namespace privity {
namespace {

struct Leaf {
  RecordBody entry;
  std::uint64_t index = 0;
  Instant time{};
  int v = 0;
};
PRIVITY_DESCRIBE(Leaf, (entry, index, time, v))

constexpr int kVersion = 1;

// One spelling only: what parses must print as it was read, so that two readers never see two meanings in one hash.
template <class T>
Result<T> ParseCanonical(std::string_view text) {
  const Error invalid("ledger.record_invalid");
  Result<T> value = FromJson<T>(text);
  if (!value.ok()) return invalid;
  const Result<std::string> again = ToCanonicalJson(*value);
  if (!again.ok() || *again != text) return invalid;
  return value;
}

}  // namespace

Result<RecordBody> ParseBody(std::string_view body) {
  return ParseCanonical<RecordBody>(body);
}

Result<LedgerRecord> ParseLeaf(std::string_view leaf) {
  PRIVITY_TRY(Leaf read, ParseCanonical<Leaf>(leaf));
  if (read.v != kVersion) return Error("ledger.record_invalid");
  return LedgerRecord{.index = read.index, .time = read.time, .entry = std::move(read.entry)};
}

}  // namespace privity
