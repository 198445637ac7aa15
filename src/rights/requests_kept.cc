// What is sealed of requests: sealed anew, and gone when it has been kept long enough.
#include "rights/requests.h"

#include "rights/internal/case.h"
#include "rights/machine.h"

namespace privity {

namespace {

// Seals one column of the rows that a query finds (key, sealed) anew.
Status ResealColumn(WriteTx& tx, const PersonKey& key, const std::vector<Row>& rows, const std::string& record,
                    std::string_view field, const std::string& update, const std::string& request) {
  for (const Row& row : rows) {
    const auto sealed = row.Get<std::optional<Bytes>>(1);
    if (!sealed) continue;
    PRIVITY_TRY(const bool outdated, key.IsOutdated(*sealed));
    if (!outdated) continue;
    const std::string own = record.empty() ? row.Get<std::string>(0) : record;
    const FieldPlace place{.collection = kRequestCollection, .record = own, .field = field};
    PRIVITY_TRY(const SecretBytes opened, key.Open(*sealed, place));
    PRIVITY_TRY(const Bytes anew, key.Seal(opened.Reveal(), place));
    PRIVITY_TRY_VOID(tx.Execute(update, {row.Get<std::string>(0), anew, request}));
  }
  return Ok();
}

}  // namespace

Status RightsRequests::Reseal(WriteTx& tx, const SubjectId& subject) {
  PRIVITY_TRY(auto cases, LoadAll(tx, "WHERE subject = $1", {subject}));
  for (const Case& found : cases) {
    if (found.minimized) continue;
    const std::string id = found.id.ToString();
    PRIVITY_TRY(const PersonKey key, world_.person_keys.Load(tx, subject));
    PRIVITY_TRY(const auto contents, tx.Query("SELECT id, content FROM rights_request WHERE id = $1", {id}));
    PRIVITY_TRY_VOID(ResealColumn(tx, key, contents, id, "content",
                                  "UPDATE rights_request SET content = $2 WHERE id = $1 AND id = $3", id));
    PRIVITY_TRY(const auto notes,
                tx.Query("SELECT CAST(seq AS text), note FROM rights_event WHERE request = $1", {id}));
    PRIVITY_TRY_VOID(ResealColumn(tx, key, notes, id, "note",
                                  "UPDATE rights_event SET note = $2 WHERE CAST(seq AS text) = $1 AND request = $3",
                                  id));
    PRIVITY_TRY(const auto messages, tx.Query("SELECT id, text FROM rights_message WHERE request = $1", {id}));
    PRIVITY_TRY_VOID(ResealColumn(tx, key, messages, "", "message",
                                  "UPDATE rights_message SET text = $2 WHERE id = $1 AND request = $3", id));
  }
  return Ok();
}

Result<std::int64_t> RightsRequests::Minimize(int at_most) {
  struct Ended {
    RightsRequestId id;
    SubjectId subject;
  };
  PRIVITY_TRY(const std::vector<Ended> ended, world_.store.Read([&](ReadTx& tx) -> Result<std::vector<Ended>> {
    PRIVITY_TRY(const RightsSettings settings, Settings(tx));
    const Instant before = world_.clock.Now() - std::chrono::days(settings.keep_days);
    PRIVITY_TRY(const std::vector<Row> rows,
                tx.Query("SELECT id, subject FROM rights_request WHERE minimized = $1 AND finished_at < $2 ORDER BY "
                         "finished_at LIMIT $3",
                         {false, before, at_most}));
    std::vector<Ended> found;
    for (const Row& row : rows) found.push_back({row.Get<RightsRequestId>(0), row.Get<SubjectId>(1)});
    return found;
  }));
  for (const Ended& request : ended) {
    // The keys go first: what a crash leaves is a row whose content no longer opens, and the next run ends it.
    PRIVITY_TRY_VOID(world_.person_keys.Shred(request.subject));
    const Status emptied = world_.store.Write([&](WriteTx& tx) { return Empty(tx, request.id); });
    if (!emptied.ok()) return emptied.error();
  }
  return static_cast<std::int64_t>(ended.size());
}

Status RightsRequests::Empty(WriteTx& tx, const RightsRequestId& id) {
  PRIVITY_TRY(Case found, Load(tx, id));
  found.minimized = true;
  found.content.reset();
  found.address.clear();
  found.facts.identifiers.clear();
  found.facts.proofs.clear();
  PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_event SET note = NULL WHERE request = $1", {id}));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_message WHERE request = $1", {id}));
  PRIVITY_TRY_VOID(world_.ledger.ForgetSubject(tx, found.subject));
  if (fulfilment_ != nullptr) PRIVITY_TRY_VOID(fulfilment_->Forget(tx, id));
  PRIVITY_TRY_VOID(Done(tx, RightsMachine(), found,
                        {.kind = RequestEventKind::kContentChanged, .action = "rights.request.minimized"}));
  return Ok();
}

}  // namespace privity
