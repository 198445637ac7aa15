#include "fulfil/certificate.h"

#include <algorithm>

#include "base/json.h"
#include "ledger/record.h"

namespace privity {
namespace {

// The first line of what is signed: nothing else that this key signs begins so.
constexpr std::string_view kFirstLine = "privity-certificate/v1\n";

struct CertificateFile {
  Json certificate;
  std::string signature;
};
PRIVITY_DESCRIBE(CertificateFile, (certificate, signature))

Error Invalid(std::string problem) {
  return Error("fulfil.certificate_invalid", {{"problem", std::move(problem)}});
}

Result<std::string> SignedText(const Json& certificate) {
  PRIVITY_TRY(const std::string text, ToCanonicalJson(certificate));
  return std::string(kFirstLine) + text + "\n";
}

std::int64_t Sum(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [code, count] : counts) sum += count;
  return sum;
}

// Adds entries with their proofs; all against one checkpoint.
class Evidence {
 public:
  Evidence(LedgerReader& reader, Certificate& certificate) : reader_(reader), certificate_(certificate) {}

  Result<std::int64_t> Add(const EntryId& id) {
    PRIVITY_TRY(const std::uint64_t index, reader_.IndexOf(id));
    PRIVITY_TRY(EntryProof proof, reader_.Prove(index));
    if (certificate_.checkpoint.empty()) certificate_.checkpoint = proof.checkpoint;
    // A checkpoint came in between: another round proves them all against the later one.
    if (certificate_.checkpoint != proof.checkpoint) return Error("ledger.not_signed_yet");
    certificate_.entries.push_back({.index = index, .leaf = std::move(proof.leaf), .path = std::move(proof.path)});
    return static_cast<std::int64_t>(certificate_.entries.size()) - 1;
  }

 private:
  LedgerReader& reader_;
  Certificate& certificate_;
};

CertifiedCollection Certified(PlanAct act, const PlannedCollection& planned, const ErasureProgress& progress) {
  CertifiedCollection made{.id = planned.id,
                           .found = static_cast<std::int64_t>(planned.records.size()),
                           .deleted = progress.deleted,
                           .changed = progress.changed,
                           .kept = progress.kept,
                           .not_theirs = progress.not_theirs,
                           .failed = progress.failed,
                           .keep_ground = planned.keep_ground,
                           .not_covered = planned.not_covered,
                           .not_shredded = planned.not_shredded,
                           .moved_to = planned.moves_to};
  if (act == PlanAct::kChange) return made;
  if (progress.shredded > 0) made.shredded = progress.shredded;
  const bool stays =
      std::ranges::any_of(planned.records, [&](const PlannedRecord& record) { return !IsDeleted(planned, record); });
  for (const PlannedField& field : planned.fields) {
    if (stays && field.strategy == Strategy::kKeep) made.kept_fields.emplace(field.name, field.ground);
    if (!stays || field.strategy != Strategy::kCryptoShred) continue;
    if (!made.sealed_fields) made.sealed_fields.emplace();
    made.sealed_fields->emplace(field.name, *field.sealed_by);
  }
  return made;
}

Result<std::vector<CertifiedOrder>> CertifiedOrders(std::span<const KeptOrder> orders, Evidence& evidence) {
  std::vector<CertifiedOrder> certified;
  for (const KeptOrder& order : orders) {
    if (!order.outcome || !order.answered_at || !order.entry) continue;
    PRIVITY_TRY(const EntryId id, EntryId::Parse(*order.entry));
    PRIVITY_TRY(const std::int64_t entry, evidence.Add(id));
    certified.push_back({.system = order.system,
                         .act = order.act,
                         .medium = order.medium,
                         .outcome = *order.outcome,
                         .answered_at = *order.answered_at,
                         .evidence = order.evidence,
                         .entry = entry});
  }
  return certified;
}

Result<Certificate> Compose(const ErasureStatus& erasure, const ErasurePlan& plan, std::span<const KeptOrder> orders,
                            LedgerReader& reader, const std::string& origin, Instant now) {
  Certificate made{.origin = origin,
                   .erasure = erasure.id,
                   .request = erasure.request,
                   .planned_at = erasure.planned_at,
                   .issued_at = now,
                   .plan_digest = erasure.digest,
                   .boundaries = plan.boundaries,
                   .missing = plan.missing,
                   .not_read = plan.not_read};
  if (plan.act != PlanAct::kErase) made.act = plan.act;
  Evidence evidence(reader, made);
  for (const ErasureTask& task : erasure.tasks) {
    Invariant(task.outcome.has_value(), "an executed erasure has an outcome for each task");
    CertifiedCollection each =
        Certified(plan.act, plan.collections[static_cast<std::size_t>(task.position)], task.progress);
    PRIVITY_TRY(each.entry, evidence.Add(*task.outcome));
    made.collections.push_back(std::move(each));
  }
  for (const ErasureCheck& check : erasure.checks) {
    PRIVITY_TRY(const std::int64_t entry, evidence.Add(check.entry));
    made.checks.push_back({.at = check.at, .report = check.report, .entry = entry});
  }
  PRIVITY_TRY(std::vector<CertifiedOrder> certified, CertifiedOrders(orders, evidence));
  if (!certified.empty()) made.orders = std::move(certified);
  return made;
}

// The entry as the ledger has it, if it is of that kind and about that object.
Result<Json> DetailsOf(const Certificate& certificate, std::int64_t position, std::string_view action,
                       std::string_view object_kind, std::string_view object_id) {
  if (position < 0 || position >= static_cast<std::int64_t>(certificate.entries.size())) {
    return Invalid("it names an entry that it does not hold");
  }
  PRIVITY_TRY(const LedgerRecord record, ParseLeaf(certificate.entries[static_cast<std::size_t>(position)].leaf));
  const bool is_of_it = record.entry.action == action && record.entry.object && record.entry.details &&
                        record.entry.object->kind == object_kind && record.entry.object->id == object_id;
  if (!is_of_it) return Invalid("an entry is about something else");
  return *record.entry.details;
}

// About this erasure.
Result<Json> DetailsOf(const Certificate& certificate, std::int64_t position, std::string_view action) {
  return DetailsOf(certificate, position, action, "erasure", certificate.erasure.ToString());
}

Status CheckCounts(const Json& details, const std::vector<std::pair<std::string_view, std::int64_t>>& counts) {
  for (const auto& [name, count] : counts) {
    if (details[name].IntegerOr(-1) != count) {
      return Invalid("it says another number than the ledger recorded (" + std::string(name) + ")");
    }
  }
  return Ok();
}

Status CheckOrders(const Certificate& certificate) {
  if (!certificate.orders) return Ok();
  for (const CertifiedOrder& each : *certificate.orders) {
    PRIVITY_TRY(const Json details,
                DetailsOf(certificate, each.entry, "orders.order.answered", "rights_request", certificate.request));
    const std::string* act = details["act"].string();
    const std::string* outcome = details["outcome"].string();
    if (act == nullptr || *act != EnumText(each.act) || outcome == nullptr || *outcome != EnumText(each.outcome)) {
      return Invalid("it says another answer than the ledger recorded");
    }
    PRIVITY_TRY_VOID(CheckCounts(details, {{"evidence", each.evidence}}));
  }
  return Ok();
}

Status CheckNumbers(const Certificate& certificate) {
  const std::string_view outcome = OutcomeActionOf(certificate.act.value_or(PlanAct::kErase));
  std::int64_t position = 0;
  for (const CertifiedCollection& each : certificate.collections) {
    PRIVITY_TRY(const Json details, DetailsOf(certificate, each.entry, outcome));
    PRIVITY_TRY_VOID(CheckCounts(details, {{"task", position++},
                                           {"deleted", each.deleted},
                                           {"changed", each.changed},
                                           {"kept", each.kept},
                                           {"not_theirs", each.not_theirs},
                                           {"failed", Sum(each.failed)}}));
    if (details["shredded"].IntegerOr(0) != each.shredded.value_or(0)) {
      return Invalid("it says another number than the ledger recorded (shredded)");
    }
    if (each.found !=
        each.deleted + each.changed + each.kept + each.shredded.value_or(0) + each.not_theirs + Sum(each.failed)) {
      return Invalid("the numbers of a collection do not add up");
    }
  }
  for (const CertifiedCheck& each : certificate.checks) {
    PRIVITY_TRY(const Json details, DetailsOf(certificate, each.entry, LookActionOf(each.report.stage)));
    PRIVITY_TRY_VOID(CheckCounts(details, {{"collections", static_cast<std::int64_t>(each.report.collections.size())},
                                           {"leftovers", each.report.Leftovers()},
                                           {"not_read", static_cast<std::int64_t>(each.report.not_read.size())}}));
  }
  return Ok();
}

Status CheckEntries(const Certificate& certificate, const NoteVerifiers& verifiers) {
  for (const CertifiedEntry& each : certificate.entries) {
    InclusionEvidence evidence{.index = each.index, .path = {}, .signed_checkpoint = certificate.checkpoint};
    for (const std::string& hash : each.path) {
      PRIVITY_TRY(const TreeHash parsed, ParseHash(hash));
      evidence.path.push_back(parsed);
    }
    PRIVITY_TRY_VOID(CheckEvidence(evidence, AsBytes(each.leaf), verifiers));
  }
  return Ok();
}

}  // namespace

Result<std::string> IssueCertificate(const ErasureStatus& erasure, const ErasurePlan& plan,
                                     std::span<const KeptOrder> orders, LedgerReader& reader, const std::string& origin,
                                     const SigningKey& key, Instant now) {
  if (erasure.stage != ErasureStage::kChecked) {
    return Error("fulfil.stage_wrong", {{"stage", std::string(EnumText(erasure.stage))}});
  }
  PRIVITY_TRY(const Certificate certificate, Compose(erasure, plan, orders, reader, origin, now));
  CertificateFile file{.certificate = ToJsonValue(certificate), .signature = {}};
  PRIVITY_TRY(const std::string text, SignedText(file.certificate));
  PRIVITY_TRY(const std::string note, SignNote(text, origin, key));
  file.signature = note.substr(text.size() + 1);  // behind the empty line
  return ToCanonicalJson(file);
}

Result<SignedCertificate> ReadCertificate(std::string_view text) {
  const auto file = FromJson<CertificateFile>(text);
  if (!file.ok()) return Invalid("it is not a certificate of this form");
  auto certificate = FromJsonValue<Certificate>(file->certificate);
  if (!certificate.ok()) return Invalid("it is not a certificate of this form");
  return SignedCertificate{std::move(*certificate), file->signature};
}

Result<Certificate> VerifyCertificate(std::string_view text, const NoteVerifiers& verifiers) {
  const auto file = FromJson<CertificateFile>(text);
  if (!file.ok()) return Invalid("it is not a certificate of this form");
  PRIVITY_TRY(const std::string signed_text, SignedText(file->certificate));
  PRIVITY_TRY_VOID(OpenNote(signed_text + "\n" + file->signature, verifiers));
  auto certificate = FromJsonValue<Certificate>(file->certificate);
  if (!certificate.ok()) return Invalid("it is not a certificate of this form");
  if (certificate->origin != verifiers.name()) return Invalid("it names another ledger than its key");
  PRIVITY_TRY_VOID(CheckEntries(*certificate, verifiers));
  PRIVITY_TRY_VOID(CheckNumbers(*certificate));
  PRIVITY_TRY_VOID(CheckOrders(*certificate));
  return std::move(*certificate);
}

bool IsComplete(const Certificate& certificate) {
  const bool is_done = std::ranges::all_of(certificate.collections, [](const CertifiedCollection& each) {
    return each.failed.empty() && each.not_theirs == 0 && each.not_covered.empty();
  });
  if (!is_done || !certificate.not_read.empty() || certificate.checks.empty()) return false;
  return std::ranges::all_of(certificate.checks, [&](const CertifiedCheck& each) {
    const bool is_latest = std::ranges::none_of(certificate.checks, [&](const CertifiedCheck& other) {
      return &other > &each && other.report.stage == each.report.stage;
    });
    return !is_latest || (each.report.Leftovers() == 0 && each.report.not_read.empty());
  });
}

}  // namespace privity
