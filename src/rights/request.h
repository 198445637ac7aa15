// A rights request as the API shows it. Value types.
//
// Nothing in RightsRequest is personal: lists and due dates are seen without disclosing anybody. Who asks, by what they
// are found and what they wrote is RequestContent; opening it is recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/type_table.h"
#include "identity/caller.h"
#include "law/deadline.h"
#include "rights/fulfilment.h"
#include "rights/request_id.h"
#include "rights/transitions.h"

namespace privity {

enum class RequestChannel { kPortal, kApi, kStaff, kImport, kAgent, kMail };
PRIVITY_DESCRIBE_ENUM(RequestChannel, kPortal, kApi, kStaff, kImport, kAgent, kMail)

// What the person says of themselves and wants. Personal; sealed under keys that belong to this request alone.
struct RequestContent {
  std::string name;
  std::string email;                    // where answers go
  std::vector<Identifier> identifiers;  // besides the address: customer number, telephone
  std::string details;
  std::vector<Correction> corrections;
  std::optional<std::string> purpose;  // of an objection or withdrawal; none: all
  bool operator==(const RequestContent&) const = default;
};
PRIVITY_DESCRIBE(RequestContent, (name, email, identifiers, details, corrections, purpose))
std::vector<FieldNote> FieldNotes(const RequestContent*);

struct NewRightsRequest {
  std::string law;
  Right right = Right::kAccess;
  std::string language = "en";
  std::optional<Instant> received_at;  // when it reached the company; now when absent
  RequestContent content;
};
PRIVITY_DESCRIBE(NewRightsRequest, (law, right, language, received_at, content))
std::vector<FieldNote> FieldNotes(const NewRightsRequest*);

// How identity was proven, without what was shown.
struct ProofRecord {
  ProofMethod method = ProofMethod::kEmailCode;
  Instant at{};
  Actor by;
  std::vector<std::string> covers;  // keyed hashes of the identifiers
};
PRIVITY_DESCRIBE(ProofRecord, (method, at, by, covers))

struct Refusal {
  std::string ground;  // id in the law's pack
  std::string text;
  std::string article;
  std::vector<std::string> remedies;
};
PRIVITY_DESCRIBE(Refusal, (ground, text, article, remedies))

struct RightsRequest {
  RightsRequestId id;
  std::string law;
  std::string law_name;
  PackVersion law_version;
  Right right = Right::kAccess;
  RequestState state = RequestState::kReceived;
  RequestChannel channel = RequestChannel::kStaff;
  std::string language;
  Instant received_at{};
  std::optional<Instant> acknowledged_at;
  std::optional<Instant> finished_at;  // answered, refused, withdrawn or closed
  std::vector<Deadline> deadlines;     // those in force; History has the earlier ones
  bool overdue = false;
  bool extended = false;
  bool paused = false;
  IdentityLevel identity_level = IdentityLevel::kReasonable;
  std::string identity_article;
  std::vector<ProofRecord> proofs;
  bool proven = false;  // now, for at least one identifier
  std::optional<PlanSummary> plan;
  std::optional<std::string> plan_error;  // code, when it could not be planned
  bool approved = false;
  std::optional<UserId> planned_by;  // who had the plan made, or decided about it last
  bool needs_second_person = false;  // whoever that is may not approve it
  std::optional<FulfilmentReport> report;
  std::optional<Refusal> refusal;
  std::optional<UserId> assignee;
  std::optional<RightsRequestId> duplicate_of;
  std::int64_t same_person = 0;        // other open requests from the same address
  std::vector<RequestStep> steps;      // that staff could take now
  bool takes_document = false;         // a copy of an identity document may be given as a proof
  std::int64_t documents_waiting = 0;  // copies that nobody decided about
  bool minimized = false;              // its content is gone for good
  std::int64_t version = 1;            // grows with every change
};
PRIVITY_DESCRIBE(RightsRequest,
                 (id, law, law_name, law_version, right, state, channel, language, received_at, acknowledged_at,
                  finished_at, deadlines, overdue, extended, paused, identity_level, identity_article, proofs, proven,
                  plan, plan_error, approved, planned_by, needs_second_person, report, refusal, assignee, duplicate_of,
                  same_person, steps, takes_document, documents_waiting, minimized, version))

enum class MessageDirection { kToPerson, kFromPerson };
PRIVITY_DESCRIBE_ENUM(MessageDirection, kToPerson, kFromPerson)

struct RequestMessageTag {};
using RequestMessageId = Id<RequestMessageTag>;

// Personal, as the content.
struct RequestMessage {
  RequestMessageId id;
  MessageDirection direction = MessageDirection::kToPerson;
  Instant at{};
  std::string text;
};
PRIVITY_DESCRIBE(RequestMessage, (id, direction, at, text))

enum class RequestEventKind {
  kCreated,
  kMoved,
  kContentChanged,
  kProof,
  kExtended,
  kPaused,
  kResumed,
  kAssigned,
  kMessage,
  kPlanFailed,
  kDocumentGiven,
  kDocumentAccepted,
  kDocumentRejected,
  kDocumentTakenBack,
  kDocumentExpired,
  kDocumentUnneeded,
  kDocumentDestroyed
};
PRIVITY_DESCRIBE_ENUM(RequestEventKind, kCreated, kMoved, kContentChanged, kProof, kExtended, kPaused, kResumed,
                      kAssigned, kMessage, kPlanFailed, kDocumentGiven, kDocumentAccepted, kDocumentRejected,
                      kDocumentTakenBack, kDocumentExpired, kDocumentUnneeded, kDocumentDestroyed)

// One line of the timeline. `note` is what somebody wrote down for the record; sealed with the request.
struct RequestEvent {
  RequestEventKind kind = RequestEventKind::kCreated;
  Instant at{};
  Actor actor;
  std::optional<RequestStep> step;
  std::optional<RequestState> state;  // after it
  std::optional<std::string> note;
};
PRIVITY_DESCRIBE(RequestEvent, (kind, at, actor, step, state, note))

// What is kept of a request when its content is destroyed (`keep_days` after its end).
enum class TraceKind {
  kCase,           // state, dates, law and right, how identity was proven
  kTimeline,       // who did what when, without notes
  kDeadlines,      // what was computed
  kDocuments,      // that copies of documents were given, and when each was destroyed
  kRestrictions,   // what the person forbade, by keyed hashes, until it is lifted
  kAgent,          // which authorised agent asked, and its own number of the request
  kLedger,         // entries; from then on they are about nobody
  kCertificate,    // names nobody
  kErasureJournal  // keyed hashes of who was erased, to be found after a restore
};
PRIVITY_DESCRIBE_ENUM(TraceKind, kCase, kTimeline, kDeadlines, kDocuments, kRestrictions, kAgent, kLedger, kCertificate,
                      kErasureJournal)
struct RequestTrace {
  TraceKind kind = TraceKind::kCase;
  std::int64_t count = 0;
  bool personal = false;  // keyed hashes are, too (GDPR Recital 26)
};
PRIVITY_DESCRIBE(RequestTrace, (kind, count, personal))
std::vector<FieldNote> FieldNotes(const RequestTrace*);

// Figures of one law and right over a span of time: what CCPA regs 7102 wants published, and more.
struct RightsFigures {
  std::string law;
  Right right = Right::kAccess;
  std::int64_t received = 0;
  std::int64_t answered = 0;
  std::int64_t refused = 0;
  std::int64_t withdrawn = 0;
  std::int64_t open = 0;
  std::int64_t overdue = 0;
  std::optional<double> median_days;  // from receipt to answer or refusal
};
PRIVITY_DESCRIBE(RightsFigures, (law, right, received, answered, refused, withdrawn, open, overdue, median_days))

// What the company decides about its casework.
struct RightsSettings {
  std::optional<std::string> place;  // where the controller is: its public holidays count
  bool second_person = false;        // whoever started the plan may not approve it
  std::int64_t keep_days = 90;       // after the end, until the content is destroyed
  // After an erasure, until no backup is left that could bring its person back; none: for ever.
  std::optional<std::int64_t> remember_days{};
  std::optional<std::int64_t> records_per_minute{};  // changed in the stores for one request; none: as fast as it goes
  bool documents = false;  // copies of identity documents are taken as a proof (identity_documents.h)
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(RightsSettings,
                 (place, second_person, keep_days, remember_days, records_per_minute, documents, version))
std::vector<FieldNote> FieldNotes(const RightsSettings*);

}  // namespace privity
