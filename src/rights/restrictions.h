// What may not be done with the data of a person because they said so: a restriction (GDPR Art. 18), an objection
// (Art. 21; to direct marketing it is absolute, Art. 21(2)-(3)), a consent that was withdrawn (Art. 7(3)).
//
// A fact is there from the moment on at which the request is carried out, for every identifier that was proven, and
// until somebody lifts it; erasing the person or minimizing the request does not end it, because it must be heeded when
// they come back. Programs of the company ask Check before they use the data for a purpose. Only keyed hashes are kept
// of whom it is about (identifier_index.h).
//
// Threads: every method may be called from many. Errors besides those named: the store's, the ledger's.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/id.h"
#include "identity/caller.h"
#include "rights/fulfilment.h"
#include "rights/requests.h"
#include "rights/restriction_journal.h"

namespace privity {

struct Restriction {
  RestrictionId id{};
  Right right = Right::kRestriction;
  std::optional<std::string> purpose{};  // with all below it, "marketing" and "marketing.email"; none: every purpose
  RightsRequestId request{};
  Instant since{};
  std::optional<Instant> lifted_at{};
  std::int64_t version = 1;
};
PRIVITY_DESCRIBE(Restriction, (id, right, purpose, request, since, lifted_at, version))
std::vector<FieldNote> FieldNotes(const Restriction*);

struct RestrictionFilter {
  std::optional<Right> right{};
  std::optional<RightsRequestId> request{};
  bool lifted = false;  // also those
  std::optional<RestrictionId> after{};
  int limit = 50;
};
struct RestrictionPage {
  std::vector<Restriction> items;  // by id, which is random
  std::optional<std::string> next;
};

struct RestrictionQuestion {
  std::vector<Identifier> identifiers{};
  std::optional<std::string> purpose{};
};
PRIVITY_DESCRIBE(RestrictionQuestion, (identifiers, purpose))
std::vector<FieldNote> FieldNotes(const RestrictionQuestion*);

struct RestrictionAnswer {
  bool allowed = true;
  std::vector<Restriction> restrictions{};  // that stand against it
};
PRIVITY_DESCRIBE(RestrictionAnswer, (allowed, restrictions))
std::vector<FieldNote> FieldNotes(const RestrictionAnswer*);

class Restrictions {
 public:
  // All outlive it.
  Restrictions(const RightsWorld& world, RightsRequests& requests, RestrictionJournal journal)
      : world_(world), requests_(requests), journal_(std::move(journal)) {}

  // Of a mandate for one of the three rights; nothing for any other. Repeated for a request it changes nothing.
  Status Set(WriteTx& tx, const Mandate& mandate);
  // rights.restriction_unknown.
  Result<Restriction> Get(ReadTx& tx, const RestrictionId& id) const;
  Result<RestrictionPage> List(ReadTx& tx, const RestrictionFilter& filter) const;
  // A question without a purpose is about any use at all.
  Result<RestrictionAnswer> Check(ReadTx& tx, const RestrictionQuestion& question) const;
  // `text` tells the person before it is lifted (Art. 18(3)): a message of their request, unless its content is gone.
  // rights.restriction_unknown; rights.restriction_lifted.
  Result<Restriction> Lift(WriteTx& tx, const Caller& caller, const RestrictionId& id, const std::string& text);

  // After a restore of Privity: what the journal remembers and the store does not have stands again. How many.
  Result<std::int64_t> Restore();
  // Forgets in the journal what was lifted. Not inside a transaction.
  Status Sweep();

 private:
  Result<std::vector<Restriction>> Load(ReadTx& tx, const std::string& rest, const SqlValues& values) const;
  Result<RestrictionId> NextIdOf(ReadTx& tx, const RightsRequestId& request) const;
  Status Insert(WriteTx& tx, const RememberedRestriction& made) const;
  Status Record(WriteTx& tx, std::string_view action, const Actor& actor, const Restriction& about,
                const std::string& request_id) const;

  const RightsWorld world_;
  RightsRequests& requests_;
  const RestrictionJournal journal_;
};

// Whether `purpose` is the other one or below it.
bool IsForPurpose(std::string_view purpose, std::string_view of);
inline constexpr std::string_view kMarketing = "marketing";

}  // namespace privity
