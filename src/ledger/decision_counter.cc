#include "ledger/decision_counter.h"

#include <utility>

namespace privity {
namespace {

constexpr std::chrono::minutes kPeriod{1};

}  // namespace

Status DecisionCounter::Allowed(const Word& decision) {
  const Instant now = ledger_.clock().Now();
  const bool over = running_.With([&](Period& period) {
    if (!period.begin) period.begin = now;
    ++period.counts[decision];
    return now - *period.begin >= kPeriod || now < *period.begin;
  });
  return over ? Flush() : Ok();
}

Status DecisionCounter::Flush() {
  Period period = running_.With([](Period& running) { return std::exchange(running, {}); });
  if (period.counts.empty()) return Ok();
  const Status written = Write(period, ledger_.clock().Now());
  if (!written.ok()) {
    // Back to the others, with the old beginning: so every further call tries again, and is refused until it succeeds.
    running_.With([&](Period& running) {
      running.begin = period.begin;
      for (const auto& [decision, count] : period.counts) running.counts[decision] += count;
    });
  }
  return written;
}

Status DecisionCounter::Write(const Period& period, Instant end) {
  return ledger_.store().Write([&](WriteTx& tx) -> Status {
    for (const auto& [decision, count] : period.counts) {
      PRIVITY_TRY_VOID(ledger_.Append(
          tx,
          {.action = "ledger.decisions.counted",
           .actor = {.kind = ActorKind::kSystem, .id = "ledger"},
           .details =
               Details().Add("decision", decision).Add("count", count).Add("from", *period.begin).Add("until", end)}));
    }
    return Ok();
  });
}

}  // namespace privity
