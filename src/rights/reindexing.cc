#include "rights/reindexing.h"

#include "base/json.h"
#include "rights/identifier_index.h"
#include "rights/internal/case.h"

namespace privity {
namespace {

enum class ReindexedTable { kRequests, kRestrictions, kLetters, kNone };
PRIVITY_DESCRIBE_ENUM(ReindexedTable, kRequests, kRestrictions, kLetters, kNone)

// The last row that was lifted, and of several that share `row` its `hash`.
struct ReindexPlace {
  ReindexedTable table = ReindexedTable::kRequests;
  std::string row;
  std::string hash;
  std::int64_t done = 0;
};
PRIVITY_DESCRIBE(ReindexPlace, (table, row, hash, done))

// The rows behind a place: what tells a row from the others, its hash, and what else of it is lifted.
Result<std::vector<Row>> RowsBehind(ReadTx& tx, const ReindexPlace& place) {
  const std::string limit = " LIMIT " + std::to_string(Reindexing::kAtOnce);
  switch (place.table) {
    case ReindexedTable::kRequests:
      return tx.Query("SELECT id, address, body FROM rights_request WHERE id > $1 ORDER BY id" + limit, {place.row});
    case ReindexedTable::kRestrictions:
      return tx.Query(
          "SELECT restriction, identifier, '' FROM rights_restriction_of WHERE restriction > $1 OR (restriction = $1 "
          "AND identifier > $2) ORDER BY restriction, identifier" +
              limit,
          {place.row, place.hash});
    case ReindexedTable::kLetters:
      return tx.Query("SELECT hash, hash, sender FROM rights_mail_letter WHERE hash > $1 ORDER BY hash" + limit,
                      {place.row});
    case ReindexedTable::kNone:
      return std::vector<Row>();
  }
  return std::vector<Row>();
}

Status LiftRow(WriteTx& tx, const IdentifierIndex& index, ReindexedTable table, const Row& row) {
  const auto id = row.Get<std::string>(0);
  const auto hash = row.Get<std::string>(1);
  const auto more = row.Get<std::string>(2);
  const std::string lifted = index.Lifted(hash);
  switch (table) {
    case ReindexedTable::kRequests: {
      PRIVITY_TRY(RightsRequestBody body, FromJson<RightsRequestBody>(more));
      Lift(index, body);
      if (const std::string now = ToJson(body); lifted != hash || now != more) {
        PRIVITY_TRY_VOID(
            tx.Execute("UPDATE rights_request SET address = $2, body = $3 WHERE id = $1", {id, lifted, now}));
      }
      return Ok();
    }
    case ReindexedTable::kRestrictions:
      if (lifted == hash) return Ok();
      PRIVITY_TRY_VOID(
          tx.Execute("UPDATE rights_restriction_of SET identifier = $3 WHERE restriction = $1 AND identifier = $2",
                     {id, hash, lifted}));
      return Ok();
    case ReindexedTable::kLetters:
      if (lifted == hash) return Ok();
      PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_mail_letter SET hash = $2, sender = $3 WHERE hash = $1",
                                  {hash, lifted, index.Lifted(more)}));
      return Ok();
    case ReindexedTable::kNone:
      return Ok();
  }
  return Ok();
}

ReindexedTable After(ReindexedTable table) {
  return static_cast<ReindexedTable>(static_cast<int>(table) + 1);
}

Result<ReindexPlace> LiftSome(WriteTx& tx, const IdentifierIndex& index, const ReindexPlace& from) {
  PRIVITY_TRY(const std::vector<Row> rows, RowsBehind(tx, from));
  ReindexPlace next = from;
  for (const Row& row : rows) {
    PRIVITY_TRY_VOID(LiftRow(tx, index, from.table, row));
    next.row = row.Get<std::string>(0);
    next.hash = row.Get<std::string>(1);
    next.done += 1;
  }
  if (static_cast<std::int64_t>(rows.size()) < Reindexing::kAtOnce) {
    next = {.table = After(from.table), .row = {}, .hash = {}, .done = next.done};
  }
  return next;
}

}  // namespace

JobHandler Reindexing::Handler() {
  return [this](JobContext& context) { return Run(context); };
}

Status Reindexing::Run(JobContext& context) const {
  ReindexPlace at;
  if (!context.checkpoint().is_null()) {
    PRIVITY_TRY(at, FromJsonValue<ReindexPlace>(context.checkpoint()));
  }
  while (at.table != ReindexedTable::kNone) {
    if (context.stop_requested()) return Error("jobs.stopped");
    PRIVITY_TRY(at,
                world_.store.Write([&](WriteTx& tx) { return LiftSome(tx, IdentifierIndex(world_.key_home), at); }));
    PRIVITY_TRY_VOID(context.SaveProgress(at.done, {}, ToJsonValue(at)));
  }
  return Ok();
}

}  // namespace privity
