#include "app/application.h"
#include "execution/execution.h"
#include "orders/orders.h"
#include "rights/assertion.h"
#include "rights/identity_documents.h"
#include "rights/letter.h"
#include "rights/request_import.h"
#include "rights/requests.h"
#include "server/certificate_page.h"
#include "server/document_upload.h"
#include "server/file_response.h"
#include "server/paging.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct RequestPath {
  RightsRequestId id;
};
PRIVITY_DESCRIBE(RequestPath, (id))

struct PlanEditPath {
  RightsRequestId id;
  PlanEditId edit;
};
PRIVITY_DESCRIBE(PlanEditPath, (id, edit))

struct RequestQuery {
  std::optional<RequestState> state;
  std::optional<Right> right;
  std::optional<std::string> law;
  bool open = false;
  bool overdue = false;
  bool document_waits = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(RequestQuery, (state, right, law, open, overdue, document_waits, cursor, limit))
std::vector<FieldNote> FieldNotes(const RequestQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "state", .description = "Only requests in this state."});
  notes.push_back({.name = "right", .description = "Only requests that claim this right."});
  notes.push_back({.name = "law", .description = "Only requests under this law.", .example = "eu-gdpr"});
  notes.push_back({.name = "open", .description = "Only requests that are not answered yet.", .defaulted = true});
  notes.push_back({.name = "overdue", .description = "Only open requests past their due time.", .defaulted = true});
  notes.push_back({.name = "document_waits",
                   .description = "Only requests with a copy of an identity document that nobody decided about.",
                   .defaulted = true});
  return notes;
}

struct RequestMove {
  RequestStep step = RequestStep::kAskProof;
  std::string note;
};
PRIVITY_DESCRIBE(RequestMove, (step, note))
std::vector<FieldNote> FieldNotes(const RequestMove*) {
  return {
      {.name = "step", .description = "ask_proof, lose_proof, plan_again, resume, withdraw, appeal, reopen, close."},
      {.name = "note", .description = "Why; kept with the request.", .max_length = 2000, .defaulted = true}};
}

struct ProofByHand {
  ProofMethod method = ProofMethod::kKnowledge;
  std::string note;
};
PRIVITY_DESCRIBE(ProofByHand, (method, note))
std::vector<FieldNote> FieldNotes(const ProofByHand*) {
  return {{.name = "method", .description = "knowledge or document."},
          {.name = "note",
           .description = "What was looked at, and that the copy is destroyed. Not what it said.",
           .min_length = 3,
           .max_length = 2000}};
}

struct ProofSkipped {
  std::string reason;
};
PRIVITY_DESCRIBE(ProofSkipped, (reason))
std::vector<FieldNote> FieldNotes(const ProofSkipped*) {
  return {{.name = "reason", .description = "Why no proof is needed.", .min_length = 3, .max_length = 2000}};
}

struct PlanApproval {
  std::string plan;
};
PRIVITY_DESCRIBE(PlanApproval, (plan))
std::vector<FieldNote> FieldNotes(const PlanApproval*) {
  return {{.name = "plan", .description = "Digest of the plan that was looked at.", .min_length = 1, .max_length = 64}};
}

struct WordsToPerson {
  std::string text;
};
PRIVITY_DESCRIBE(WordsToPerson, (text))
std::vector<FieldNote> FieldNotes(const WordsToPerson*) {
  return {{.name = "text", .description = "What the person reads.", .min_length = 1, .max_length = 10'000}};
}

struct RequestRefusal {
  std::string ground;
  std::string text;
};
PRIVITY_DESCRIBE(RequestRefusal, (ground, text))
std::vector<FieldNote> FieldNotes(const RequestRefusal*) {
  return {
      {.name = "ground",
       .description = "One of the law's grounds, by id.",
       .example = "unfounded_or_excessive",
       .format = "name",
       .max_length = 60},
      {.name = "text", .description = "Why it applies; the person reads it.", .min_length = 1, .max_length = 10'000}};
}

struct RequestAssignment {
  std::optional<UserId> assignee;
};
PRIVITY_DESCRIBE(RequestAssignment, (assignee))
std::vector<FieldNote> FieldNotes(const RequestAssignment*) {
  return {{.name = "assignee", .description = "Who works on it; nobody when absent."}};
}

struct RequestMerge {
  RightsRequestId into;
};
PRIVITY_DESCRIBE(RequestMerge, (into))
std::vector<FieldNote> FieldNotes(const RequestMerge*) {
  return {{.name = "into", .description = "The request that goes on."}};
}

struct FiguresQuery {
  std::optional<std::int64_t> year;
};
PRIVITY_DESCRIBE(FiguresQuery, (year))
std::vector<FieldNote> FieldNotes(const FiguresQuery*) {
  return {
      {.name = "year", .description = "Of receipt; the running one when absent.", .minimum = 2000, .maximum = 9998}};
}

struct DocumentPath {
  RightsRequestId id;
  FileId document;
};
PRIVITY_DESCRIBE(DocumentPath, (id, document))

struct DocumentAccepted {
  std::string note;
};
PRIVITY_DESCRIBE(DocumentAccepted, (note))
std::vector<FieldNote> FieldNotes(const DocumentAccepted*) {
  return {{.name = "note",
           .description = "What was looked at and compared. Not what it said.",
           .min_length = 3,
           .max_length = 2000}};
}

struct DocumentRejected {
  std::string reason;
};
PRIVITY_DESCRIBE(DocumentRejected, (reason))
std::vector<FieldNote> FieldNotes(const DocumentRejected*) {
  return {{.name = "reason", .description = "Why; the person reads it.", .min_length = 3, .max_length = 2000}};
}

constexpr Access kRead = Access::Permission("rights.read");
constexpr Access kDocument = Access::Permission("rights.document");
constexpr Access kContent = Access::Permission("rights.content");
constexpr Access kWrite = Access::Permission("rights.write");

Reply<RightsRequest> WithVersion(RightsRequest request) {
  const std::int64_t version = request.version;
  return Versioned(std::move(request), version);
}

Result<Response> Letter(Application& application, WriteTx& tx, const Caller& caller, const RightsRequestId& id) {
  RequestLetter letter;
  PRIVITY_TRY(letter.request, application.rights().Get(tx, id));
  PRIVITY_TRY(letter.content, application.rights().Content(tx, caller, id));
  PRIVITY_TRY(const auto messages, application.rights().Messages(tx, caller, id));
  const auto newest = std::ranges::find_if(messages.rbegin(), messages.rend(), [](const RequestMessage& message) {
    return message.direction == MessageDirection::kToPerson;
  });
  if (newest == messages.rend()) return Error("rights.nothing_written");
  letter.message = *newest;
  PRIVITY_TRY(letter.organization, application.organization().Get(tx));
  std::string pdf;
  PRIVITY_TRY_VOID(WriteRequestLetter(Catalog::BuiltIn(), letter, [&](BytesView bytes) -> Status {
    pdf += AsText(bytes);
    return Ok();
  }));
  Response response = Response::Text(200, "application/pdf", std::move(pdf));
  response.headers.Add("Content-Disposition", "attachment; filename=\"letter-" + ReferenceOf(id) + ".pdf\"");
  return response;
}

void AddReading(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests",
              .id = "requests.list",
              .access = kRead,
              .summary = "Rights requests, the one due first in front; nothing in them names a person"},
             [application](ReadTx& tx, const Call<Nothing, RequestQuery>& call) -> Result<Page<RightsRequest>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               RequestFilter filter{.right = call.query.right,
                                    .law = call.query.law.value_or(""),
                                    .open_only = call.query.open,
                                    .overdue_only = call.query.overdue,
                                    .document_waits = call.query.document_waits,
                                    .cursor = position.value_or(""),
                                    .limit = static_cast<int>(call.query.limit)};
               if (call.query.state) filter.states = {*call.query.state};
               PRIVITY_TRY(RequestPage page, application->rights().List(tx, filter));
               return Page<RightsRequest>{std::move(page.items), std::move(page.next_cursor)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}",
              .id = "requests.get",
              .access = kRead,
              .summary = "One rights request: state, due dates with rule and article, proofs, plan, steps open now",
              .command = "requests show"},
             [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<Reply<RightsRequest>> {
               PRIVITY_TRY(RightsRequest request, application->rights().Get(tx, call.path.id));
               return WithVersion(std::move(request));
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/history",
              .id = "requests.history",
              .access = kContent,
              .summary = "What happened to a request, with the notes of those who did it"},
             [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<List<RequestEvent>> {
               PRIVITY_TRY(auto events, application->rights().History(tx, call.path.id));
               return List<RequestEvent>{std::move(events)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/deadlines",
              .id = "requests.deadlines",
              .access = kRead,
              .summary = "Every due date that was computed for a request, none overwritten"},
             [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<List<Deadline>> {
               PRIVITY_TRY(auto deadlines, application->rights().Computations(tx, call.path.id));
               return List<Deadline>{std::move(deadlines)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/content",
              .id = "requests.content",
              .access = kContent,
              .summary = "Who asks, and for what; reading it is recorded"},
             [application](WriteTx& tx, const Call<RequestPath>& call) -> Result<RequestContent> {
               return application->rights().Content(tx, call.caller(), call.path.id);
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/messages",
              .id = "requests.messages",
              .access = kContent,
              .summary = "The correspondence; reading it is recorded"},
             [application](WriteTx& tx, const Call<RequestPath>& call) -> Result<List<RequestMessage>> {
               PRIVITY_TRY(auto messages, application->rights().Messages(tx, call.caller(), call.path.id));
               return List<RequestMessage>{std::move(messages)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/letter",
              .id = "requests.letter",
              .access = kContent,
              .summary = "The newest message to the person as a letter; reading it is recorded",
              .media_type = "application/pdf"},
             [application](WriteTx& tx, const Call<RequestPath>& call) -> Result<Response> {
               return Letter(*application, tx, call.caller(), call.path.id);
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/drafts",
              .id = "requests.drafts",
              .access = kRead,
              .summary = "What to begin with when the person is written to, in the language of the request"},
             [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<RequestDrafts> {
               PRIVITY_TRY(const RightsRequest request, application->rights().Get(tx, call.path.id));
               PRIVITY_TRY(const Organization organization, application->organization().Get(tx));
               return DraftsFor(tx, application->own_texts(), request, organization);
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/figures",
              .id = "requests.figures",
              .access = kRead,
              .summary = "Counts, median days and overdue requests by law and right, for the requests of a year"},
             [application](ReadTx& tx, const Call<Nothing, FiguresQuery>& call) -> Result<List<RightsFigures>> {
               PRIVITY_TRY(const Organization organization, application->organization().Get(tx));
               const TimeZone& zone = organization.time_zone;
               const auto this_year = zone.DateAt(application->clock().Now()).year();
               const int year = static_cast<int>(call.query.year.value_or(this_year));
               PRIVITY_TRY(const Date first, Date::FromYearMonthDay(year, 1, 1));
               PRIVITY_TRY(auto figures, application->rights().Figures(tx, zone.StartOfDay(first),
                                                                       zone.StartOfDay(first.PlusYears(1))));
               return List<RightsFigures>{std::move(figures)};
             });
}

// A step that a person of the company takes; `act` is the room's method with what the body brings.
template <class Body, class Act>
void AddStep(RouteTable& routes, Application* application, const RouteInfo& info, Act act) {
  routes.Add(
      info,
      [application, act](WriteTx& tx, const Call<RequestPath, Nothing, Body>& call) -> Result<Reply<RightsRequest>> {
        PRIVITY_TRY(RightsRequest request, act(application->rights(), tx, call.caller(), call.path.id, call.body));
        return WithVersion(std::move(request));
      });
}

void AddWork(RouteTable& routes, Application* application) {
  routes.Add(
      {.method = "POST",
       .path = "/v1/rights/requests",
       .id = "requests.create",
       .access = kWrite,
       .summary = "Make a rights request for a person who asked by letter, telephone or in a shop",
       .status = 201},
      [application](WriteTx& tx, const Call<Nothing, Nothing, NewRightsRequest>& call) -> Result<Reply<RightsRequest>> {
        const RequestChannel channel = call.caller().session ? RequestChannel::kStaff : RequestChannel::kApi;
        PRIVITY_TRY(RightsRequest request, application->rights().Create(tx, call.caller(), call.body, channel));
        std::string location = "/v1/rights/requests/" + request.id.ToString();
        const std::int64_t version = request.version;
        return CreatedAt(std::move(request), std::move(location), version);
      });
  AddStep<RequestContent>(routes, application,
                          {.method = "PUT",
                           .path = "/v1/rights/requests/{id}/content",
                           .id = "requests.edit",
                           .access = kContent,
                           .summary = "Change who asks and for what; another address forgets every proof"},
                          [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                             const RequestContent& body) { return room.EditContent(tx, caller, id, body); });
  AddStep<RequestMove>(
      routes, application,
      {.method = "POST",
       .path = "/v1/rights/requests/{id}/moves",
       .id = "requests.move",
       .access = kWrite,
       .summary = "Take a step that needs nothing but a note"},
      [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id, const RequestMove& body) {
        return room.Move(tx, caller, id, {body.step, body.note});
      });
  AddStep<ProofByHand>(
      routes, application,
      {.method = "POST",
       .path = "/v1/rights/requests/{id}/proofs",
       .id = "requests.prove",
       .access = kContent,
       .summary = "Record a proof of identity that you saw yourself"},
      [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id, const ProofByHand& body) {
        return room.ProveByHand(tx, caller, id, body.method, body.note);
      });
  AddStep<ProofSkipped>(
      routes, application,
      {.method = "POST",
       .path = "/v1/rights/requests/{id}/skipped-proof",
       .id = "requests.skip_proof",
       .access = Access::Permission("rights.skip_proof"),
       .summary = "Go on without a proof of identity, where nothing is disclosed or the law forbids it"},
      [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id, const ProofSkipped& body) {
        return room.SkipProof(tx, caller, id, body.reason);
      });
  AddStep<WordsToPerson>(routes, application,
                         {.method = "POST",
                          .path = "/v1/rights/requests/{id}/answer",
                          .id = "requests.answer",
                          .access = kWrite,
                          .summary = "Answer the person, and so end the request"},
                         [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                            const WordsToPerson& body) { return room.Answer(tx, caller, id, body.text); });
  AddStep<RequestRefusal>(
      routes, application,
      {.method = "POST",
       .path = "/v1/rights/requests/{id}/refusal",
       .id = "requests.refuse",
       .access = kWrite,
       .summary = "Refuse with a ground of the law; the person is told article and remedies"},
      [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
         const RequestRefusal& body) { return room.Refuse(tx, caller, id, body.ground, body.text); });
  AddStep<WordsToPerson>(routes, application,
                         {.method = "POST",
                          .path = "/v1/rights/requests/{id}/extension",
                          .id = "requests.extend",
                          .access = kWrite,
                          .summary = "Extend the period once, with the reason that the person is told"},
                         [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                            const WordsToPerson& body) { return room.Extend(tx, caller, id, body.text); });
  AddStep<WordsToPerson>(routes, application,
                         {.method = "POST",
                          .path = "/v1/rights/requests/{id}/pause",
                          .id = "requests.pause",
                          .access = kWrite,
                          .summary = "Ask the person what is meant; the clock stands where the law lets it"},
                         [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                            const WordsToPerson& body) { return room.Pause(tx, caller, id, body.text); });
  AddStep<Nothing>(routes, application,
                   {.method = "DELETE",
                    .path = "/v1/rights/requests/{id}/pause",
                    .id = "requests.resume",
                    .access = kWrite,
                    .summary = "Let the clock run again"},
                   [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                      const Nothing&) { return room.Resume(tx, caller, id); });
  AddStep<WordsToPerson>(routes, application,
                         {.method = "POST",
                          .path = "/v1/rights/requests/{id}/messages",
                          .id = "requests.message",
                          .access = kWrite,
                          .summary = "Write to the person"},
                         [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                            const WordsToPerson& body) { return room.Message(tx, caller, id, body.text); });
  AddStep<RequestAssignment>(routes, application,
                             {.method = "PUT",
                              .path = "/v1/rights/requests/{id}/assignee",
                              .id = "requests.assign",
                              .access = kWrite,
                              .summary = "Give a request to somebody"},
                             [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                const RequestAssignment& body) { return room.Assign(tx, caller, id, body.assignee); });
  AddStep<RequestMerge>(routes, application,
                        {.method = "POST",
                         .path = "/v1/rights/requests/{id}/merge",
                         .id = "requests.merge",
                         .access = kWrite,
                         .summary = "Close a duplicate in favor of the other request of the same person"},
                        [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                           const RequestMerge& body) { return room.Merge(tx, caller, id, body.into); });
}

// Copies of identity documents: as a proof, until a person decided about them.
void AddDocuments(RouteTable& routes, Application* application) {
  routes.Add(
      {.method = "GET",
       .path = "/v1/rights/requests/{id}/documents",
       .id = "requests.documents",
       .access = kRead,
       .summary = "Copies of identity documents that were given, and what became of each; none of what they show"},
      [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<List<IdentityDocument>> {
        PRIVITY_TRY(auto documents, application->identity_documents().Of(tx, call.path.id));
        return List<IdentityDocument>{std::move(documents)};
      });
  routes.Add({.method = "POST",
              .path = "/v1/rights/requests/{id}/documents",
              .id = "requests.attach_document",
              .access = kDocument,
              .summary = "Attach the copy of an identity document that came by letter or e-mail",
              .description = "PDF, JPEG, PNG or WebP. Where it came from, destroy it too.",
              .status = 201,
              .body_bytes_max = kDocumentBytesMax},
             [application](const Call<RequestPath>& call) -> Result<std::unique_ptr<Upload<IdentityDocument>>> {
               PRIVITY_TRY(DocumentWriter writer, application->store().Read([&](ReadTx& tx) {
                 return application->identity_documents().Receive(tx, call.path.id);
               }));
               return std::make_unique<DocumentUpload>(*application, call.caller(), call.path.id, std::move(writer));
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/documents/{document}/file",
              .id = "requests.document",
              .access = kDocument,
              .summary = "Look at the copy of an identity document; it is recorded who did",
              .description = "For the eyes of whoever decides: keep no copy of it.",
              .media_type = "application/octet-stream",
              .command = "requests open-document"},
             [application](WriteTx& tx, const Call<DocumentPath>& call) -> Result<Response> {
               PRIVITY_TRY(OpenedDocument opened,
                           application->identity_documents().Open(tx, call.caller(), call.path.id, call.path.document));
               Response response = FileResponse(std::move(opened.file), FileNameOf(opened.format));
               response.headers.Set("Content-Type", MediaTypeOf(opened.format));
               return response;
             });
  routes.Add({.method = "POST",
              .path = "/v1/rights/requests/{id}/documents/{document}/acceptance",
              .id = "requests.accept_document",
              .access = kDocument,
              .summary = "The copy of a document proves who asks; it is destroyed",
              .status = 200},
             [application](WriteTx& tx,
                           const Call<DocumentPath, Nothing, DocumentAccepted>& call) -> Result<Reply<RightsRequest>> {
               PRIVITY_TRY(RightsRequest request,
                           application->identity_documents().Accept(tx, call.caller(), call.path.id, call.path.document,
                                                                    call.body.note));
               return WithVersion(std::move(request));
             });
  routes.Add({.method = "POST",
              .path = "/v1/rights/requests/{id}/documents/{document}/rejection",
              .id = "requests.reject_document",
              .access = kDocument,
              .summary = "The copy of a document proves nothing; it is destroyed, and the person told why",
              .status = 200},
             [application](WriteTx& tx,
                           const Call<DocumentPath, Nothing, DocumentRejected>& call) -> Result<Reply<RightsRequest>> {
               PRIVITY_TRY(RightsRequest request,
                           application->identity_documents().Reject(tx, call.caller(), call.path.id, call.path.document,
                                                                    call.body.reason));
               return WithVersion(std::move(request));
             });
}

struct ImportQuery {
  bool preview = false;
};
PRIVITY_DESCRIBE(ImportQuery, (preview))
std::vector<FieldNote> FieldNotes(const ImportQuery*) {
  return {{.name = "preview", .description = "Try everything and keep nothing.", .defaulted = true}};
}

// A table of requests; nothing is made before all of it is there.
class RequestTable final : public Upload<RequestImport> {
 public:
  RequestTable(Application& application, Caller caller, bool preview)
      : application_(application), caller_(std::move(caller)), preview_(preview) {}

  Status Write(BytesView piece) override {
    table_ += AsText(piece);
    return table_.size() > kImportBytesMax ? Status(Error("rights.import_too_large")) : Ok();
  }
  Result<RequestImport> Finish() override {
    return ImportRequests(application_.store(), application_.rights(), caller_, table_, preview_);
  }

 private:
  Application& application_;
  const Caller caller_;
  const bool preview_;
  std::string table_;
};

void AddImport(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/rights/requests/import",
              .id = "requests.import",
              .access = kWrite,
              .summary = "Make requests from a table (CSV): all of them, or none",
              .description = "The first line names the columns: law, right, email, and where wanted name, language, "
                             "received_at, details, purpose, id:KIND. What is wrong is told by line and column.",
              .status = 200,
              .body_bytes_max = kImportBytesMax},
             [application](const Call<Nothing, ImportQuery>& call) -> Result<std::unique_ptr<Upload<RequestImport>>> {
               return std::make_unique<RequestTable>(*application, call.caller(), call.query.preview);
             });
}

void AddExecution(RouteTable& routes, Application* application) {
  AddStep<Nothing>(routes, application,
                   {.method = "POST",
                    .path = "/v1/rights/requests/{id}/plan",
                    .id = "requests.plan",
                    .access = kWrite,
                    .summary = "Have it planned what would be read or changed in the stores"},
                   [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                      const Nothing&) { return room.StartPlan(tx, caller, id); });
  AddStep<PlanApproval>(routes, application,
                        {.method = "POST",
                         .path = "/v1/rights/requests/{id}/approval",
                         .id = "requests.approve",
                         .access = Access::Permission("rights.approve"),
                         .summary = "Approve exactly the plan that was looked at"},
                        [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                           const PlanApproval& body) { return room.Approve(tx, caller, id, body.plan); });
  AddStep<Nothing>(routes, application,
                   {.method = "POST",
                    .path = "/v1/rights/requests/{id}/execution",
                    .id = "requests.execute",
                    .access = Access::Permission("rights.approve"),
                    .summary = "Carry out the approved plan"},
                   [](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                      const Nothing&) { return room.StartExecution(tx, caller, id); });
  AddStep<Nothing>(routes, application,
                   {.method = "POST",
                    .path = "/v1/rights/requests/{id}/undo",
                    .id = "requests.undo",
                    .access = Access::Permission("rights.approve"),
                    .summary = "Take a correction back: what stood there before comes again",
                    .description = "Where somebody changed a value meanwhile it stays; that makes a task. Once."},
                   [application](RightsRequests& room, WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                 const Nothing&) -> Result<RightsRequest> {
                     PRIVITY_TRY_VOID(application->execution().UndoCorrection(tx, caller, id));
                     return room.Get(tx, id);
                   });
}

// What execution made: plan, package, certificate.
void AddResults(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/plan",
              .id = "requests.planned",
              .access = kRead,
              .summary = "What would be read or changed in the stores; samples are masked"},
             [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<ExecutionPlan> {
               return application->execution().Plan(tx, call.path.id);
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/rights/requests/{id}/plan/edits",
       .id = "requests.edit_plan",
       .access = kWrite,
       .summary = "Decide otherwise about a collection or field of the plan",
       .description = "The plan has another digest from then on: an approval of the earlier one no longer holds.",
       .status = 200},
      [application](WriteTx& tx, const Call<RequestPath, Nothing, PlanEdit>& call) -> Result<ExecutionPlan> {
        return application->execution().EditPlan(tx, call.caller(), call.path.id, call.body);
      });
  routes.Add({.method = "DELETE",
              .path = "/v1/rights/requests/{id}/plan/edits/{edit}",
              .id = "requests.undo_plan_edit",
              .access = kWrite,
              .summary = "Take one of these decisions back",
              .description = "The plan is then as if it had never been made, the other decisions as they were.",
              .status = 200},
             [application](WriteTx& tx, const Call<PlanEditPath>& call) -> Result<ExecutionPlan> {
               return application->execution().UndoPlanEdit(tx, call.caller(), call.path.id, call.path.edit);
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/orders",
              .id = "requests.orders",
              .access = kRead,
              .summary = "Who was asked for a request about systems that no program can look into, and their answers"},
             [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<List<KeptOrder>> {
               PRIVITY_TRY_VOID(application->rights().Get(tx, call.path.id));
               PRIVITY_TRY(auto orders, application->orders().Of(tx, call.path.id.ToString()));
               return List<KeptOrder>{std::move(orders)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/package",
              .id = "requests.package",
              .access = Access::Permission("rights.content"),
              .summary = "The person's data as they are given them, a zip archive",
              .description = "The ledger records that it was fetched.",
              .media_type = "application/octet-stream"},
             [application](WriteTx& tx, const Call<RequestPath>& call) -> Result<Response> {
               PRIVITY_TRY(FileReader reader, application->execution().Package(tx, call.caller().actor, call.path.id));
               return FileResponse(std::move(reader), PackageFileName(call.path.id));
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/certificate",
              .id = "requests.certificate",
              .access = kRead,
              .summary = "The certificate of an erasure, a correction or flags, signed; it names nobody",
              .description = "Anybody can check it offline: `privity certificate verify FILE --key KEY`.",
              .media_type = "application/octet-stream"},
             [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<Response> {
               PRIVITY_TRY(FileReader reader, application->execution().Certificate(tx, call.path.id));
               return FileResponse(std::move(reader), CertificateFileName(call.path.id));
             });
}

// What is still there when the content is destroyed.
void AddTraces(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/traces",
              .id = "requests.traces",
              .access = kRead,
              .summary = "What is kept of a request when its content is destroyed"},
             [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<List<RequestTrace>> {
               PRIVITY_TRY(auto traces, application->rights().Traces(tx, call.path.id));
               PRIVITY_TRY(auto more, application->execution().Traces(tx, call.path.id));
               traces.insert(traces.end(), more.begin(), more.end());
               return List<RequestTrace>{std::move(traces)};
             });
}

void AddCertificateDocument(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/requests/{id}/certificate/document",
              .id = "requests.certificate_pdf",
              .access = kRead,
              .summary = "The certificate as a page to print; it names nobody",
              .description = "A copy to read. What is checked is the signed file.",
              .media_type = "application/pdf"},
             [application](ReadTx& tx, const Call<RequestPath>& call) -> Result<Response> {
               PRIVITY_TRY(const RightsRequest request, application->rights().Get(tx, call.path.id));
               return CertificatePage(tx, *application, request);
             });
}

void AddSettings(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/settings",
              .id = "requests.settings",
              .access = kRead,
              .summary = "Whose holidays count, who approves, how long content is kept"},
             [application](ReadTx& tx, const Call<>&) -> Result<Reply<RightsSettings>> {
               PRIVITY_TRY(RightsSettings settings, application->rights().Settings(tx));
               const std::int64_t version = settings.version;
               return Versioned(std::move(settings), version);
             });
  routes.Add(
      {.method = "PUT",
       .path = "/v1/rights/settings",
       .id = "requests.set",
       .access = Access::Permission("rights.settings"),
       .summary = "Replace the settings of the casework",
       .needs_version = true},
      [application](WriteTx& tx, const Call<Nothing, Nothing, RightsSettings>& call) -> Result<Reply<RightsSettings>> {
        PRIVITY_TRY(const auto expected, call.ExpectedVersion());
        PRIVITY_TRY(RightsSettings settings, application->rights().PutSettings(tx, call.caller(), call.body, expected));
        const std::int64_t version = settings.version;
        return Versioned(std::move(settings), version);
      });
  routes.Add({.method = "GET",
              .path = "/v1/rights/assertions",
              .id = "assertions.show",
              .access = kRead,
              .summary = "What the portal takes from the company's own login"},
             [application](ReadTx& tx, const Call<>&) -> Result<Reply<AssertionSettings>> {
               PRIVITY_TRY(AssertionSettings settings, application->assertions().Settings(tx));
               const std::int64_t version = settings.version;
               return Versioned(std::move(settings), version);
             });
  routes.Add({.method = "PUT",
              .path = "/v1/rights/assertions",
              .id = "assertions.set",
              .access = Access::Permission("rights.settings"),
              .summary = "Say whose signed tokens prove who somebody in the portal is",
              .needs_version = true},
             [application](WriteTx& tx,
                           const Call<Nothing, Nothing, AssertionSettings>& call) -> Result<Reply<AssertionSettings>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY(AssertionSettings settings,
                           application->assertions().PutSettings(tx, call.caller(), call.body, expected));
               const std::int64_t version = settings.version;
               return Versioned(std::move(settings), version);
             });
}

}  // namespace

void AddRightsRoutes(RouteTable& routes, Application* application) {
  AddReading(routes, application);
  AddWork(routes, application);
  AddDocuments(routes, application);
  AddImport(routes, application);
  AddExecution(routes, application);
  AddResults(routes, application);
  AddTraces(routes, application);
  AddCertificateDocument(routes, application);
  AddSettings(routes, application);
}

}  // namespace privity
