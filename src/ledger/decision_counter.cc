#include "ledger/decision_counter.h"

#include <algorithm>
#include <utility>

namespace privity {
namespace {

constexpr std::chrono::minutes kUnwrittenMax{2};
constexpr int kDenialsRecordedMax = 100;  // a minute
const Actor kLedger{.kind = ActorKind::kSystem, .id = "ledger"};

}  // namespace

void DecisionCounter::Begin(Period& period) {
  const Instant now = ledger_.clock().Now();
  // A clock that was set back begins the period anew.
  period.begin = std::min(period.begin.value_or(now), now);
}

Status DecisionCounter::Allowed(const Word& decision) {
  return running_.With([&](Period& period) -> Status {
    Begin(period);
    if (ledger_.clock().Now() - *period.begin >= kUnwrittenMax) return Error("ledger.decisions_unwritten");
    ++period.allowed[decision];
    return Ok();
  });
}

Status DecisionCounter::Denied(const DeniedCall& denied) {
  const bool by_itself = running_.With([&](Period& period) {
    Begin(period);
    if (period.denials_recorded < kDenialsRecordedMax) {
      ++period.denials_recorded;
      return true;
    }
    ++period.denied[denied.decision];
    return false;
  });
  if (!by_itself) return Ok();
  const Result<EntryId> recorded = ledger_.Record({.action = "ledger.decision.denied",
                                                   .actor = denied.actor,
                                                   .object_kind = "call",
                                                   .object_id = denied.call,
                                                   .details = Details().Add("decision", denied.decision),
                                                   .request_id = denied.request_id});
  return recorded.ok() ? Ok() : Status(recorded.error());
}

Status DecisionCounter::Flush() {
  Period period = running_.With([](Period& running) { return std::exchange(running, {}); });
  if (period.allowed.empty() && period.denied.empty()) return Ok();
  const Status written = Write(period, ledger_.clock().Now());
  if (!written.ok()) {
    // Back to the others, with the old beginning: when that is too long ago, every further call is refused.
    running_.With([&](Period& running) {
      running.begin = period.begin;
      for (const auto& [decision, count] : period.allowed) running.allowed[decision] += count;
      for (const auto& [decision, count] : period.denied) running.denied[decision] += count;
    });
  }
  return written;
}

Status DecisionCounter::Write(const Period& period, Instant end) {
  return ledger_.store().Write([&](WriteTx& tx) -> Status {
    const auto append = [&](const char* action, const std::map<Word, std::int64_t>& counts) -> Status {
      for (const auto& [decision, count] : counts) {
        PRIVITY_TRY_VOID(ledger_.Append(tx, {.action = action,
                                             .actor = kLedger,
                                             .details = Details()
                                                            .Add("decision", decision)
                                                            .Add("count", count)
                                                            .Add("from", *period.begin)
                                                            .Add("until", end)}));
      }
      return Ok();
    };
    PRIVITY_TRY_VOID(append("ledger.decisions.counted", period.allowed));
    return append("ledger.denials.counted", period.denied);
  });
}

}  // namespace privity
