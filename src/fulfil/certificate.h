// What was done about a person, signed, for them to keep and for anybody to check: docs/formats/certificate.md.
//
// It says of every collection how many records were deleted, emptied, kept and on which ground, left alone because they
// had changed hands, and refused by the store; where the walk stopped; what was not covered and not read; what was
// found when it was looked at again. It says what was looked at, and does not claim that no copy exists elsewhere.
//
// Every number that was recorded when it happened carries its ledger entry with an inclusion proof. A certificate is
// checked with the verifier key of the installation, obtained elsewhere than from the file, and with nothing else: no
// server, no store. Pure functions, safe to call from many threads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "connect/person_order.h"
#include "crypto/signature.h"
#include "fulfil/erasures.h"
#include "ledger/checkpoint.h"
#include "ledger/reader.h"

namespace privity {

// An entry of the ledger as it stands there, and its path to the root of the certificate's checkpoint.
struct CertifiedEntry {
  std::uint64_t index = 0;
  std::string leaf{};
  std::vector<std::string> path{};
};
PRIVITY_DESCRIBE(CertifiedEntry, (index, leaf, path))

struct CertifiedCollection {
  CollectionPlace id{};
  std::int64_t found = 0;
  std::int64_t deleted = 0;
  std::int64_t changed = 0;
  std::int64_t kept = 0;
  std::int64_t not_theirs = 0;
  std::map<std::string, std::int64_t> failed{};      // by the code of the error
  std::string keep_ground{};                         // of all its records
  std::map<std::string, std::string> kept_fields{};  // of records that stay: field and ground
  std::string not_covered{};
  // Records that stay as they are, sealed under a key that was destroyed; none: there are none.
  std::optional<std::int64_t> shredded{};
  // Fields of records that stay: the collection whose records held their key.
  std::optional<std::map<std::string, CollectionPlace>> sealed_fields{};
  std::optional<std::string> not_shredded{};  // why the key of sealed fields was not destroyed
  std::optional<CollectionPlace> moved_to{};  // where `changed` records stand now
  std::int64_t entry = 0;                     // position in `entries` of the outcome
};
PRIVITY_DESCRIBE(CertifiedCollection, (id, found, deleted, changed, kept, not_theirs, failed, keep_ground, kept_fields,
                                       not_covered, shredded, sealed_fields, not_shredded, moved_to, entry))

struct CertifiedCheck {
  Instant at{};
  RecheckReport report{};
  std::int64_t entry = 0;
};
PRIVITY_DESCRIBE(CertifiedCheck, (at, report, entry))

// Somebody was asked, and this was their word.
struct CertifiedOrder {
  std::string system{};
  OrderAct act = OrderAct::kErasure;
  OrderMedium medium = OrderMedium::kTask;
  OrderOutcome outcome = OrderOutcome::kDone;
  Instant answered_at{};
  std::int64_t evidence = 0;  // texts and files that are kept with the answer
  std::int64_t entry = 0;
};
PRIVITY_DESCRIBE(CertifiedOrder, (system, act, medium, outcome, answered_at, evidence, entry))

struct Certificate {
  std::string origin{};  // of the ledger, and the name of the key
  PlanId erasure{};
  std::string request{};
  Instant planned_at{};
  Instant issued_at{};
  std::string plan_digest{};
  std::optional<PlanAct> act{};  // none: kErase, as before there was anything else
  std::vector<CertifiedCollection> collections{};
  std::vector<Boundary> boundaries{};
  std::vector<MissingReference> missing{};
  std::vector<NotRead> not_read{};
  std::vector<CertifiedCheck> checks{};
  std::optional<std::vector<CertifiedOrder>> orders{};  // none: nobody had to be asked
  std::string checkpoint{};
  std::vector<CertifiedEntry> entries{};
};
PRIVITY_DESCRIBE(Certificate, (origin, erasure, request, planned_at, issued_at, plan_digest, act, collections,
                               boundaries, missing, not_read, checks, orders, checkpoint, entries))

// The signed file of an erasure that was looked at again at least once. `orders`: what was ordered for it; those that
// were answered are certified. fulfil.stage_wrong before that;
// ledger.entry_unknown and ledger.not_signed_yet (503) for a second after the last step: try again.
Result<std::string> IssueCertificate(const ErasureStatus& erasure, const ErasurePlan& plan,
                                     std::span<const KeptOrder> orders, LedgerReader& reader, const std::string& origin,
                                     const SigningKey& key, Instant now);

// What the file says and how it is signed, unchecked. fulfil.certificate_invalid.
struct SignedCertificate {
  Certificate certificate{};
  std::string signature{};
};
Result<SignedCertificate> ReadCertificate(std::string_view file);

// The whole check that a stranger makes: the signature, every inclusion proof, and that each number is the one that the
// ledger recorded. Errors: fulfil.certificate_invalid{problem}: not a certificate, or one that contradicts itself;
// ledger.signature_missing, ledger.signature_bad, ledger.proof_wrong and the other errors of CheckEvidence.
Result<Certificate> VerifyCertificate(std::string_view file, const NoteVerifiers& verifiers);

// Whether everything that was found is deleted, emptied or kept on a ground, it was looked at again, and, at the latest
// look of each stage, nothing was left, refused, uncovered or unread. A certificate of anything else is as valid and
// says less.
bool IsComplete(const Certificate& certificate);

}  // namespace privity
