#include "rights/identity_documents.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "rights/internal/case.h"
#include "rights/machine.h"

namespace privity {
namespace {

constexpr std::size_t kStartBytes = 12;  // as many as tell the formats apart

// What of a copy no query asks for.
struct DocumentBody {
  DocumentFormat format = DocumentFormat::kPdf;
  std::int64_t size_bytes = 0;
  Instant given_at{};
  Actor by;
  std::vector<Actor> seen_by;
};
PRIVITY_DESCRIBE(DocumentBody, (format, size_bytes, given_at, by, seen_by))

// ISO 32000-1 7.5.2; ISO/IEC 10918-1 B.1.1.3 (SOI, then a marker); PNG 5.2; RFC 9649 section 2.4.
std::optional<DocumentFormat> FormatOf(std::string_view start) {
  if (start.starts_with("%PDF-")) return DocumentFormat::kPdf;
  if (start.starts_with("\xff\xd8\xff")) return DocumentFormat::kJpeg;
  if (start.starts_with("\x89PNG\r\n\x1a\n")) return DocumentFormat::kPng;
  if (start.starts_with("RIFF") && start.size() >= kStartBytes && start.substr(8, 4) == "WEBP") {
    return DocumentFormat::kWebp;
  }
  return std::nullopt;
}

Result<IdentityDocument> DocumentOf(const Row& row) {
  PRIVITY_TRY(const DocumentBody body, FromJson<DocumentBody>(row.Get<std::string>(4)));
  IdentityDocument document{.id = row.Get<FileId>(0),
                            .format = body.format,
                            .size_bytes = body.size_bytes,
                            .given_at = body.given_at,
                            .by = body.by,
                            .expires_at = row.Get<Instant>(2),
                            .seen_by = body.seen_by,
                            .destroyed_at = row.Get<std::optional<Instant>>(3)};
  PRIVITY_TRY(document.outcome, ParseEnum<DocumentOutcome>(row.Get<std::string>(1)));
  return document;
}

RequestEventKind EventOf(DocumentOutcome outcome) {
  switch (outcome) {
    case DocumentOutcome::kWaiting:
      return RequestEventKind::kDocumentGiven;
    case DocumentOutcome::kAccepted:
      return RequestEventKind::kDocumentAccepted;
    case DocumentOutcome::kRejected:
      return RequestEventKind::kDocumentRejected;
    case DocumentOutcome::kTakenBack:
      return RequestEventKind::kDocumentTakenBack;
    case DocumentOutcome::kExpired:
      return RequestEventKind::kDocumentExpired;
    case DocumentOutcome::kUnneeded:
      return RequestEventKind::kDocumentUnneeded;
  }
  return RequestEventKind::kDocumentGiven;
}

constexpr std::string_view kColumns = "SELECT id, outcome, expires_at, destroyed_at, body FROM rights_document ";

Status SaveBody(WriteTx& tx, const IdentityDocument& document) {
  const DocumentBody body{.format = document.format,
                          .size_bytes = document.size_bytes,
                          .given_at = document.given_at,
                          .by = document.by,
                          .seen_by = document.seen_by};
  PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_document SET body = $2 WHERE id = $1", {document.id, ToJson(body)}));
  return Ok();
}

}  // namespace

std::string_view MediaTypeOf(DocumentFormat format) {
  switch (format) {
    case DocumentFormat::kPdf:
      return "application/pdf";
    case DocumentFormat::kJpeg:
      return "image/jpeg";
    case DocumentFormat::kPng:
      return "image/png";
    case DocumentFormat::kWebp:
      return "image/webp";
  }
  return "application/octet-stream";
}

std::string FileNameOf(DocumentFormat format) {
  return "document." + std::string(EnumText(format));
}

Status DocumentWriter::Write(BytesView piece) {
  if (!format_) {
    start_ += AsText(piece.first(std::min(piece.size(), kStartBytes - start_.size())));
    format_ = FormatOf(start_);
    if (!format_ && start_.size() == kStartBytes) return Error("rights.document_format");
  }
  return file_.Write(piece);
}

Result<FinishedDocument> DocumentWriter::Finish() {
  if (!format_) return Error("rights.document_format");
  PRIVITY_TRY(FinishedFile file, file_.Finish());
  return FinishedDocument{.file = std::move(file), .format = *format_};
}

Status RightsRequests::EndDocument(WriteTx& tx, const Caller& caller, const Case& of, const FileId& document,
                                   DocumentOutcome outcome, const std::string& note) {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_document SET outcome = $2 WHERE id = $1", {document, EnumText(outcome)}));
  PRIVITY_TRY_VOID(world_.files.Remove(tx, document));
  PRIVITY_TRY_VOID(world_.jobs.Enqueue(tx, {.kind = std::string(IdentityDocuments::kDestroyJob)}));
  return Record(tx, caller, of,
                {.kind = EventOf(outcome),
                 .action = "rights.document.decided",
                 .note = note,
                 .details = Details().Add("document", document).Add("outcome", WordOf(EnumText(outcome)))});
}

Status RightsRequests::DropDocuments(WriteTx& tx, const Case& of) {
  PRIVITY_TRY(const std::vector<Row> waiting,
              tx.Query("SELECT id FROM rights_document WHERE request = $1 AND outcome = $2 ORDER BY seq",
                       {of.id, EnumText(DocumentOutcome::kWaiting)}));
  for (const Row& row : waiting) {
    PRIVITY_TRY_VOID(EndDocument(tx, RightsMachine(), of, row.Get<FileId>(0), DocumentOutcome::kUnneeded));
  }
  return Ok();
}

Status IdentityDocuments::CheckTakes(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY(const RightsSettings settings, requests_.Settings(tx));
  PRIVITY_TRY(const auto found, requests_.Load(tx, id));
  if (!settings.documents) return Error("rights.documents_off");
  if (!WantsDocument(found.facts, world_.clock.Now())) return Error("rights.document_unneeded");
  PRIVITY_TRY(const std::vector<IdentityDocument> given, Of(tx, id));
  const auto waiting = std::ranges::count(given, DocumentOutcome::kWaiting, &IdentityDocument::outcome);
  if (waiting >= kDocumentsWaitingMax || given.size() >= kDocumentsMax) {
    return Error("rights.documents_full", {{"most", std::to_string(kDocumentsWaitingMax)}});
  }
  return Ok();
}

Result<DocumentWriter> IdentityDocuments::Receive(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY_VOID(CheckTakes(tx, id));
  PRIVITY_TRY(FileWriter writer, world_.files.Create({.expires_at = world_.clock.Now() + kDocumentLifetime,
                                                      .bytes_max = kDocumentBytesMax}));
  return DocumentWriter(std::move(writer));
}

Result<IdentityDocument> IdentityDocuments::Give(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                                 const FinishedDocument& document) {
  PRIVITY_TRY_VOID(CheckTakes(tx, id));
  PRIVITY_TRY(auto found, requests_.Load(tx, id));
  const IdentityDocument given{.id = document.file.id,
                               .format = document.format,
                               .size_bytes = document.file.size_bytes,
                               .given_at = world_.clock.Now(),
                               .by = caller.actor,
                               .expires_at = *document.file.expires_at,
                               .seen_by = {},
                               .destroyed_at = {}};
  PRIVITY_TRY_VOID(world_.files.Keep(tx, document.file));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO rights_document (id, request, seq, outcome, expires_at, body) VALUES ($1, $2, (SELECT "
                 "coalesce(max(seq), 0) + 1 FROM rights_document WHERE request = $2), $3, $4, '')",
                 {given.id, id, EnumText(given.outcome), given.expires_at}));
  PRIVITY_TRY_VOID(SaveBody(tx, given));
  PRIVITY_TRY_VOID(
      requests_.Done(tx, caller, found,
                     {.kind = RequestEventKind::kDocumentGiven,
                      .action = "rights.document.given",
                      .details = Details().Add("document", given.id).Add("format", WordOf(EnumText(given.format)))}));
  return given;
}

Result<std::vector<IdentityDocument>> IdentityDocuments::Of(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY_VOID(requests_.Load(tx, id));
  PRIVITY_TRY(const std::vector<Row> rows, tx.Query(std::string(kColumns) + "WHERE request = $1 ORDER BY seq", {id}));
  std::vector<IdentityDocument> documents;
  for (const Row& row : rows) {
    PRIVITY_TRY(documents.emplace_back(), DocumentOf(row));
  }
  return documents;
}

Result<IdentityDocument> IdentityDocuments::Load(ReadTx& tx, const RightsRequestId& id, const FileId& document) const {
  PRIVITY_TRY_VOID(requests_.Load(tx, id));
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kColumns) + "WHERE id = $1 AND request = $2", {document, id}));
  if (!row) return Error("rights.document_unknown");
  return DocumentOf(*row);
}

Result<IdentityDocument> IdentityDocuments::LoadWaiting(ReadTx& tx, const RightsRequestId& id,
                                                        const FileId& document) const {
  PRIVITY_TRY(IdentityDocument found, Load(tx, id, document));
  const bool waits = found.outcome == DocumentOutcome::kWaiting && found.expires_at > world_.clock.Now();
  if (!waits) return Error("rights.document_over");
  return found;
}

Status IdentityDocuments::CheckSeen(ReadTx& tx, const Caller& caller, const RightsRequestId& id,
                                    const FileId& document) const {
  PRIVITY_TRY(const IdentityDocument found, LoadWaiting(tx, id, document));
  return std::ranges::count(found.seen_by, caller.actor) > 0 ? Ok() : Status(Error("rights.document_unseen"));
}

Result<OpenedDocument> IdentityDocuments::Open(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                               const FileId& document) {
  PRIVITY_TRY(IdentityDocument found, LoadWaiting(tx, id, document));
  PRIVITY_TRY(const auto request, requests_.Load(tx, id));
  PRIVITY_TRY_VOID(requests_.RecordOpening(tx, caller, request, "rights.document.opened"));
  if (std::ranges::count(found.seen_by, caller.actor) == 0) {
    found.seen_by.push_back(caller.actor);
    PRIVITY_TRY_VOID(SaveBody(tx, found));
  }
  PRIVITY_TRY(FileReader reader, world_.files.Read(tx, document));
  return OpenedDocument{.file = std::move(reader), .format = found.format};
}

Result<RightsRequest> IdentityDocuments::Accept(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                                const FileId& document, const std::string& note) {
  PRIVITY_TRY_VOID(CheckSeen(tx, caller, id, document));
  PRIVITY_TRY(const auto request, requests_.Load(tx, id));
  PRIVITY_TRY_VOID(requests_.EndDocument(tx, caller, request, document, DocumentOutcome::kAccepted));
  return requests_.ProveByHand(tx, caller, id, ProofMethod::kDocument, note);
}

Result<RightsRequest> IdentityDocuments::Reject(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                                const FileId& document, const std::string& reason) {
  PRIVITY_TRY_VOID(CheckSeen(tx, caller, id, document));
  PRIVITY_TRY(const auto request, requests_.Load(tx, id));
  PRIVITY_TRY_VOID(requests_.EndDocument(tx, caller, request, document, DocumentOutcome::kRejected, reason));
  return requests_.Message(tx, caller, id, reason);
}

Status IdentityDocuments::TakeBack(WriteTx& tx, const RightsRequestId& id, const FileId& document) {
  PRIVITY_TRY_VOID(LoadWaiting(tx, id, document));
  return End(tx, SubjectCaller(), id, document, DocumentOutcome::kTakenBack);
}

Status IdentityDocuments::End(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const FileId& document,
                              DocumentOutcome outcome) {
  PRIVITY_TRY(auto request, requests_.Load(tx, id));
  PRIVITY_TRY_VOID(requests_.EndDocument(tx, caller, request, document, outcome));
  return requests_.Save(tx, request);
}

Status IdentityDocuments::Expire() {
  PRIVITY_TRY(const std::vector<Row> old, world_.store.Read([&](ReadTx& tx) {
    return tx.Query(
        "SELECT request, id FROM rights_document WHERE destroyed_at IS NULL AND outcome = $1 AND "
        "expires_at <= $2 LIMIT 100",
        {EnumText(DocumentOutcome::kWaiting), world_.clock.Now()});
  }));
  for (const Row& row : old) {
    PRIVITY_TRY_VOID(world_.store.Write([&](WriteTx& tx) -> Status {
      const auto id = row.Get<RightsRequestId>(0);
      PRIVITY_TRY(const IdentityDocument now, Load(tx, id, row.Get<FileId>(1)));
      if (now.outcome != DocumentOutcome::kWaiting) return Ok();  // decided in the last moment
      return End(tx, RightsMachine(), id, now.id, DocumentOutcome::kExpired);
    }));
  }
  return Ok();
}

JobHandler IdentityDocuments::Handler() {
  return [this](JobContext&) { return DestroyOver(); };
}

// Keys first; a crash before the record leaves a copy that nobody can open, and the job does both again.
Status IdentityDocuments::DestroyOver() {
  PRIVITY_TRY(const std::vector<Row> over, world_.store.Read([](ReadTx& tx) {
    return tx.Query("SELECT request, id FROM rights_document WHERE destroyed_at IS NULL AND outcome <> $1",
                    {EnumText(DocumentOutcome::kWaiting)});
  }));
  for (const Row& row : over) {
    PRIVITY_TRY_VOID(world_.files.Destroy(row.Get<FileId>(1)));
    PRIVITY_TRY_VOID(RecordDestroyed(row.Get<RightsRequestId>(0), row.Get<FileId>(1)));
  }
  return Ok();
}

Status IdentityDocuments::RecordDestroyed(const RightsRequestId& id, const FileId& document) {
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const IdentityDocument now, Load(tx, id, document));
    if (now.destroyed_at) return Ok();  // another job did it meanwhile
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE rights_document SET destroyed_at = $2 WHERE id = $1", {document, world_.clock.Now()}));
    PRIVITY_TRY(auto request, requests_.Load(tx, id));
    PRIVITY_TRY_VOID(
        requests_.Done(tx, RightsMachine(), request,
                       {.kind = RequestEventKind::kDocumentDestroyed,
                        .action = "rights.document.destroyed",
                        .details = Details().Add("document", document).Add("outcome", WordOf(EnumText(now.outcome)))}));
    return Ok();
  });
}

}  // namespace privity
