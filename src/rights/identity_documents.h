// Copies of identity documents as a proof of who asks: given in the portal or attached by staff, looked at by a person,
// and destroyed.
//
// A copy is a sealed file (files/file_store.h) under keys of its own, so that it goes alone. It is taken only where the
// settings allow it (RightsSettings::documents) and while it could prove more than is proven (WantsDocument). Once it
// was decided about, taken back, too old, or proves nothing any more because the request ended or went on without it,
// nobody can open it from that commit on; a job shreds its keys at once, and only then do ledger and timeline say that
// it is destroyed. What stays is that there was one, its size and format, and who did what when.
//
// Threads: every method may be called from many. What is handed in outlives the object. Besides what is named: the
// errors of the store, the ledger and the files. rights.request_unknown, rights.document_unknown for what is not there.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "files/file_store.h"
#include "jobs/worker.h"
#include "rights/request.h"
#include "rights/requests.h"

namespace privity {

inline constexpr std::int64_t kDocumentBytesMax = std::int64_t{10} << 20;
inline constexpr int kDocumentsWaitingMax = 3;  // front, back, and one more
inline constexpr int kDocumentsMax = 20;        // of one request, ever
inline constexpr std::chrono::days kDocumentLifetime{14};

enum class DocumentFormat { kPdf, kJpeg, kPng, kWebp };
PRIVITY_DESCRIBE_ENUM(DocumentFormat, kPdf, kJpeg, kPng, kWebp)
std::string_view MediaTypeOf(DocumentFormat format);
std::string FileNameOf(DocumentFormat format);  // "document.pdf"

enum class DocumentOutcome {
  kWaiting,
  kAccepted,
  kRejected,
  kTakenBack,  // by the person
  kExpired,    // nobody decided in time
  kUnneeded    // the request ended, is proven otherwise, or is of another address now
};
PRIVITY_DESCRIBE_ENUM(DocumentOutcome, kWaiting, kAccepted, kRejected, kTakenBack, kExpired, kUnneeded)

// Nothing in it is personal.
struct IdentityDocument {
  FileId id;
  DocumentFormat format = DocumentFormat::kPdf;
  std::int64_t size_bytes = 0;
  Instant given_at{};
  Actor by;
  Instant expires_at{};
  DocumentOutcome outcome = DocumentOutcome::kWaiting;
  std::vector<Actor> seen_by;
  std::optional<Instant> destroyed_at;  // its keys are shredded
};
PRIVITY_DESCRIBE(IdentityDocument, (id, format, size_bytes, given_at, by, expires_at, outcome, seen_by, destroyed_at))

// Whole and durable, waiting for Give.
struct FinishedDocument {
  FinishedFile file;
  DocumentFormat format = DocumentFormat::kPdf;
};

// Takes a copy piece by piece. What it is, its first bytes say, not its name.
class DocumentWriter {
 public:
  explicit DocumentWriter(FileWriter file) : file_(std::move(file)) {}
  // files.too_large; rights.document_format for anything but PDF, JPEG, PNG and WebP.
  Status Write(BytesView piece);
  // rights.document_format also when nothing came.
  Result<FinishedDocument> Finish();

 private:
  FileWriter file_;
  std::string start_;  // as long as the format is not known
  std::optional<DocumentFormat> format_;
};

struct OpenedDocument {
  FileReader file;
  DocumentFormat format = DocumentFormat::kPdf;
};

class IdentityDocuments {
 public:
  static constexpr std::string_view kDestroyJob = "rights.destroy_documents";

  explicit IdentityDocuments(RightsRequests& requests) : requests_(requests), world_(requests.world()) {}

  // Whether a copy may be given now: rights.documents_off, rights.document_unneeded, rights.documents_full{most}.
  Result<DocumentWriter> Receive(ReadTx& tx, const RightsRequestId& id) const;
  // Errors: those of Receive, for things may have changed meanwhile.
  Result<IdentityDocument> Give(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                const FinishedDocument& document);
  // In the order of their coming.
  Result<std::vector<IdentityDocument>> Of(ReadTx& tx, const RightsRequestId& id) const;

  // The ledger and the copy's own record say who looked, before the first byte is read. rights.document_over for one
  // that was decided about.
  Result<OpenedDocument> Open(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const FileId& document);
  // Proves all identifiers of the request; `note`: what was looked at. rights.document_unseen unless the caller opened
  // it.
  Result<RightsRequest> Accept(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const FileId& document,
                               const std::string& note);
  // The person reads `reason`. rights.document_unseen.
  Result<RightsRequest> Reject(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const FileId& document,
                               const std::string& reason);
  // By the person who gave it.
  Status TakeBack(WriteTx& tx, const RightsRequestId& id, const FileId& document);

  // Ends those that waited too long. Cheap when there are none: once a minute. Not inside a transaction.
  Status Expire();
  // Register under kDestroyJob: shreds the keys of those that are over, and records it.
  JobHandler Handler();

 private:
  Result<IdentityDocument> Load(ReadTx& tx, const RightsRequestId& id, const FileId& document) const;
  Result<IdentityDocument> LoadWaiting(ReadTx& tx, const RightsRequestId& id, const FileId& document) const;
  Status CheckSeen(ReadTx& tx, const Caller& caller, const RightsRequestId& id, const FileId& document) const;
  Status CheckTakes(ReadTx& tx, const RightsRequestId& id) const;
  Status End(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const FileId& document,
             DocumentOutcome outcome);
  Status DestroyOver();
  Status RecordDestroyed(const RightsRequestId& id, const FileId& document);

  RightsRequests& requests_;
  const RightsWorld& world_;
};

}  // namespace privity
