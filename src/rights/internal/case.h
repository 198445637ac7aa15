// One request as it stands in the store, and what is recorded of a change: shared by the casework (requests.h) and what
// is done with copies of documents (identity_documents.h).
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rights/identifier_index.h"
#include "rights/requests.h"

namespace privity {

inline constexpr std::int64_t kNoDue = std::numeric_limits<std::int64_t>::max();
inline constexpr std::string_view kRequestCollection = "rights_request";  // of sealed fields

// The address and what else the person is known by.
std::vector<Identifier> AllIdentifiers(const RequestContent& content);

inline Word WordOf(std::string_view text) {
  const auto word = Word::Parse(text);
  Invariant(word.ok(), "names in code and error codes are words");
  return *word;
}

// What is kept of a request besides the columns that queries ask for.
struct RightsPause {
  Date first;
  std::optional<Date> last;
};
PRIVITY_DESCRIBE(RightsPause, (first, last))

struct RightsRequestBody {
  PackVersion law_version;
  RequestChannel channel = RequestChannel::kStaff;
  std::string language;
  std::optional<Instant> acknowledged_at;
  bool extended = false;
  std::vector<RightsPause> pauses;
  std::vector<std::string> identifiers;
  std::vector<ProofRecord> proofs;
  std::optional<PlanSummary> plan;
  std::optional<UserId> planned_by;
  std::string approved;
  std::optional<std::string> plan_error;
  std::optional<FulfilmentReport> report;
  std::optional<Refusal> refusal;
  std::optional<RightsRequestId> duplicate_of;
  std::vector<Deadline> deadlines;
};
PRIVITY_DESCRIBE(RightsRequestBody,
                 (law_version, channel, language, acknowledged_at, extended, pauses, identifiers, proofs, plan,
                  planned_by, approved, plan_error, report, refusal, duplicate_of, deadlines))

// Its hashes by the newest key.
inline void Lift(const IdentifierIndex& index, RightsRequestBody& body) {
  for (std::string& hash : body.identifiers) hash = index.Lifted(hash);
  for (ProofRecord& proof : body.proofs) {
    for (std::string& hash : proof.covers) hash = index.Lifted(hash);
  }
}

struct RightsRequests::Case {
  RightsRequestId id;
  SubjectId subject;
  std::string law;
  CaseFacts facts;  // the machine's part: right, level, state, identifiers, proofs, plan, approval
  std::string address;
  Instant received_at{};
  std::optional<Instant> finished_at;
  std::optional<UserId> assignee;
  bool minimized = false;
  std::int64_t version = 1;
  std::optional<Bytes> content;
  std::int64_t due = kNoDue;  // as the column
  std::optional<std::string> outcome;
  std::optional<Instant> outcome_at;
  RightsRequestBody body;

  // How it was answered is kept when it is closed or appealed; opened again, it has no answer yet.
  void KeepOutcome(Instant now) {
    using enum RequestState;
    if (facts.state == kAnswered || facts.state == kRefused || facts.state == kWithdrawn) {
      if (outcome == EnumText(facts.state)) return;
      outcome = EnumText(facts.state);
      outcome_at = now;
    } else if (facts.state != kAppealed && facts.state != kClosed) {
      outcome.reset();
      outcome_at.reset();
    }
  }
};

// What is recorded of a change: in the timeline with its note, in the ledger without.
struct RightsRequests::Change {
  RequestEventKind kind;
  std::string_view action;
  std::optional<RequestStep> step = {};
  std::string note = {};
  Details details = {};
};

}  // namespace privity
