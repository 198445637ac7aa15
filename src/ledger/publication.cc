#include "ledger/publication.h"

namespace privity {
namespace {

Entry EntryAbout(const char* action, const std::string& place) {
  return {.action = action,
          .actor = {.kind = ActorKind::kSystem, .id = "ledger"},
          .object_kind = "checkpoint_place",
          .object_id = place};
}

}  // namespace

Result<std::vector<Publication>> Publications::List(ReadTx& tx) const {
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT place, size, delivered_at, attempted_at, error, problem, failures, receipt "
                       "FROM ledger_publication ORDER BY place"));
  std::vector<Publication> list;
  for (const Row& row : rows) {
    list.push_back({.place = row.Get<std::string>(0),
                    .size = row.Get<std::optional<std::uint64_t>>(1),
                    .delivered_at = row.Get<std::optional<Instant>>(2),
                    .attempted_at = row.Get<std::optional<Instant>>(3),
                    .error = row.Get<std::optional<std::string>>(4),
                    .problem = row.Get<std::optional<std::string>>(5),
                    .failures = row.Get<std::int64_t>(6),
                    .receipt = row.Get<std::optional<std::string>>(7)});
  }
  return list;
}

Result<std::int64_t> Publications::FailuresOf(ReadTx& tx, const std::string& place) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT failures FROM ledger_publication WHERE place = $1", {place}));
  return row ? row->Get<std::int64_t>(0) : 0;
}

Status Publications::Delivered(const std::string& place, std::uint64_t size,
                               const std::optional<std::string>& receipt) const {
  return ledger_.store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const std::int64_t failures, FailuresOf(tx, place));
    PRIVITY_TRY_VOID(tx.Execute(
        "INSERT INTO ledger_publication (place, size, delivered_at, attempted_at, failures, receipt) "
        "VALUES ($1, $2, $3, $3, 0, $4) ON CONFLICT (place) DO UPDATE SET size = excluded.size, delivered_at = "
        "excluded.delivered_at, attempted_at = excluded.attempted_at, failures = 0, error = NULL, problem = NULL, "
        "receipt = excluded.receipt",
        {place, size, ledger_.clock().Now(), receipt}));
    // While the ledger is halted nothing can be recorded; that the place answers again may be what ends the halt.
    if (failures == 0 || ledger_.halted()) return Ok();
    PRIVITY_TRY_VOID(ledger_.Append(tx, EntryAbout("ledger.publication.resumed", place)));
    return Ok();
  });
}

Status Publications::Failed(const std::string& place, const Error& error) const {
  return ledger_.store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const std::int64_t failures, FailuresOf(tx, place));
    const std::string_view problem = error.Parameter("problem");
    PRIVITY_TRY_VOID(
        tx.Execute("INSERT INTO ledger_publication (place, attempted_at, error, problem, failures) "
                   "VALUES ($1, $2, $3, $4, 1) ON CONFLICT (place) DO UPDATE SET attempted_at = "
                   "excluded.attempted_at, error = excluded.error, problem = excluded.problem, "
                   "failures = ledger_publication.failures + 1",
                   {place, ledger_.clock().Now(), error.code(),
                    problem.empty() ? std::nullopt : std::optional(std::string(problem))}));
    if (failures > 0 || ledger_.halted()) return Ok();
    Entry entry = EntryAbout("ledger.publication.failed", place);
    PRIVITY_TRY(const Word code, Word::Parse(error.code()));
    entry.details.Add("error", code);
    PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
    return Ok();
  });
}

}  // namespace privity
