// What people outside the company reach: the public listener. The cookie of a visit is its own; nothing here knows the
// console's sessions.
#include "app/application.h"
#include "datamap/held.h"
#include "execution/execution.h"
#include "http/cookie.h"
#include "law/deadline.h"
#include "rights/assertion.h"
#include "rights/portal.h"
#include "server/certificate_page.h"
#include "server/document_upload.h"
#include "server/file_response.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct PortalRight {
  Right right = Right::kAccess;
  std::string name;  // what the law calls it
  std::string article;
  std::optional<std::string> note;
  std::string id;
  std::optional<std::string> purpose;
};
PRIVITY_DESCRIBE(PortalRight, (right, name, article, note, id, purpose))
std::vector<FieldNote> FieldNotes(const PortalRight*) {
  return {{.name = "id", .description = "What tells it from the other rights of the law."},
          {.name = "purpose", .description = "The one purpose that an objection by this right is against."}};
}

struct PortalLaw {
  std::string id;
  std::string name;
  std::vector<std::string> places;
  std::vector<PortalRight> rights;
};
PRIVITY_DESCRIBE(PortalLaw, (id, name, places, rights))

struct PortalAbout {
  std::string organization;
  std::optional<std::string> privacy_contact;
  std::string language;
  PortalFace face;
  std::map<std::string, PortalTexts::ByPlace> own_texts;  // by language, in place of the pages' words
  std::string verifier;                                   // of the key that signs certificates
  bool texts = false;                                     // codes may be sent as text messages, too
  std::vector<PortalLaw> laws;
};
PRIVITY_DESCRIBE(PortalAbout, (organization, privacy_contact, language, face, own_texts, verifier, texts, laws))

// A kind of data, by its key in the taxonomy, no deeper than its second level: "user.contact".
struct PortalHolding {
  std::string category;
  std::vector<std::string> purposes;
};
PRIVITY_DESCRIBE(PortalHolding, (category, purposes))
std::vector<FieldNote> FieldNotes(const PortalHolding*) {
  return {{.name = "purposes", .description = "Why: of the company's processing activities, in their words."}};
}

struct PortalAsk {
  std::string law;
  Right right = Right::kAccess;
  std::string language = "en";
  RequestContent content;
  CodeChannel channel = CodeChannel::kMail;
};
PRIVITY_DESCRIBE(PortalAsk, (law, right, language, content, channel))
FieldNote ChannelNote() {
  return {.name = "channel",
          .description = "How the code comes; by text to the number (\"phone\") that the request names.",
          .defaulted = true};
}
std::vector<FieldNote> FieldNotes(const PortalAsk*) {
  std::vector<FieldNote> notes = FieldNotes(static_cast<const NewRightsRequest*>(nullptr));
  std::erase_if(notes, [](const FieldNote& note) { return note.name == "received_at"; });  // it is now
  notes.push_back(ChannelNote());
  return notes;
}

struct PortalBegin {
  std::string email;
  std::string language = "en";
  CodeChannel channel = CodeChannel::kMail;
};
PRIVITY_DESCRIBE(PortalBegin, (email, language, channel))
std::vector<FieldNote> FieldNotes(const PortalBegin*) {
  return {{.name = "email", .description = "The address that you gave.", .format = "email", .max_length = 254},
          {.name = "language", .min_length = 2, .max_length = 20, .defaulted = true},
          ChannelNote()};
}

struct PortalAnotherCode {
  CodeChannel channel = CodeChannel::kMail;
};
PRIVITY_DESCRIBE(PortalAnotherCode, (channel))
std::vector<FieldNote> FieldNotes(const PortalAnotherCode*) {
  return {ChannelNote()};
}

struct PortalAssertion {
  std::string token;
  std::string language = "en";
};
PRIVITY_DESCRIBE(PortalAssertion, (token, language))
std::vector<FieldNote> FieldNotes(const PortalAssertion*) {
  return {{.name = "token",
           .description = "From the company's own login: a signed JSON Web Token.",
           .min_length = 1,
           .max_length = 16'384},
          {.name = "language", .min_length = 2, .max_length = 20, .defaulted = true}};
}

struct PortalProven {
  Instant expires_at{};
};
PRIVITY_DESCRIBE(PortalProven, (expires_at))

// The same for every address, but for one that this browser proved.
struct PortalCodeSent {
  Instant expires_at{};
  std::int64_t digits = kCodeDigits;
  bool proven = false;
  bool needs_proof = true;
};
PRIVITY_DESCRIBE(PortalCodeSent, (expires_at, digits, proven, needs_proof))
std::vector<FieldNote> FieldNotes(const PortalCodeSent*) {
  return {{.name = "proven", .description = "This browser proved the address before: no code was sent."},
          {.name = "needs_proof",
           .description = "False where the law lets nobody be asked who they are: the request is carried out all the "
                          "same, and the code only lets the person follow it."}};
}

struct PortalCode {
  std::string code;
};
PRIVITY_DESCRIBE(PortalCode, (code))
std::vector<FieldNote> FieldNotes(const PortalCode*) {
  return {{.name = "code", .description = "From the letter or the text message.", .min_length = 1, .max_length = 40}};
}

struct PortalText {
  std::string text;
};
PRIVITY_DESCRIBE(PortalText, (text))
std::vector<FieldNote> FieldNotes(const PortalText*) {
  return {{.name = "text", .max_length = 10'000}};
}

// A request as its person sees it.
struct PortalRequest {
  RightsRequestId id;
  std::string law_name;
  Right right = Right::kAccess;
  RequestState state = RequestState::kReceived;
  Instant received_at{};
  std::optional<Instant> finished_at;
  std::vector<Deadline> deadlines;
  bool extended = false;
  bool paused = false;
  bool proven = false;
  std::optional<Refusal> refusal;
  bool takes_document = false;  // a copy of an identity document can be given as a proof
  bool may_withdraw = false;
  bool may_appeal = false;
  bool has_package = false;      // the data asked for can be fetched
  bool has_certificate = false;  // of what was done
};
PRIVITY_DESCRIBE(PortalRequest,
                 (id, law_name, right, state, received_at, finished_at, deadlines, extended, paused, proven, refusal,
                  takes_document, may_withdraw, may_appeal, has_package, has_certificate))
std::vector<FieldNote> FieldNotes(const PortalRequest*) {
  return {{.name = "takes_document", .description = "A copy of an identity document can be given as a proof."},
          {.name = "has_package", .description = "The data asked for can be fetched."},
          {.name = "has_certificate", .description = "The certificate of what was done can be fetched."}};
}

// Nothing is handed out before the company answered.
bool IsHandedOut(const RightsRequest& request) {
  return request.state == RequestState::kAnswered || request.state == RequestState::kAppealed ||
         request.state == RequestState::kClosed;
}

struct PortalPath {
  RightsRequestId id;
};
PRIVITY_DESCRIBE(PortalPath, (id))

PortalRequest ViewOf(const RightsRequest& request) {
  const auto open = [&](RequestStep step) { return std::ranges::count(request.steps, step) > 0; };
  return {.id = request.id,
          .law_name = request.law_name,
          .right = request.right,
          .state = request.state,
          .received_at = request.received_at,
          .finished_at = request.finished_at,
          .deadlines = request.deadlines,
          .extended = request.extended,
          .paused = request.paused,
          .proven = request.proven,
          .refusal = request.refusal,
          .takes_document = request.takes_document,
          .may_withdraw = open(RequestStep::kWithdraw),
          .may_appeal = open(RequestStep::kAppeal),
          .has_package = IsHandedOut(request) && request.report && request.report->package,
          .has_certificate = IsHandedOut(request) && request.report && request.report->certificate};
}

std::string CookieName(const Request& request) {
  return request.over_tls ? "__Host-privity-portal" : "privity-portal";
}

SecretString CookieOf(const CallContext& call) {
  return SecretString(FindCookie(call.request().headers, CookieName(call.request())).value_or(""));
}

template <class T>
Reply<T> WithVisit(const CallContext& call, const PortalVisit& visit) {
  Reply<T> reply{.value = {.expires_at = visit.expires_at}, .version = {}, .location = {}, .headers = {}};
  SetCookie(reply.headers, {.name = CookieName(call.request()),
                            .value = visit.cookie.Reveal(),
                            .secure = call.request().over_tls,
                            .max_age = kVisitLifetime});
  return reply;
}

Result<PortalAbout> About(Application& application, ReadTx& tx) {
  PRIVITY_TRY(const Organization organization, application.organization().Get(tx));
  PRIVITY_TRY(PortalFace face, application.portal_faces().Get(tx));
  PRIVITY_TRY(const NoteVerifiers verifiers, application.sequencer().verifiers());
  PortalAbout about{.organization = face.name.value_or(organization.name),
                    .privacy_contact = organization.privacy_contact,
                    .language = organization.language,
                    .face = std::move(face),
                    .own_texts = {},
                    .verifier = verifiers.newest().ToString(),
                    .texts = false,
                    .laws = {}};
  PRIVITY_TRY(about.own_texts, application.portal_texts().Own(tx));
  PRIVITY_TRY(about.texts, application.texts().IsOn(tx));
  const Date today = organization.time_zone.DateAt(application.clock().Now());
  for (const std::string& id : application.packs().Ids("regulation")) {
    const auto law = LawOn(application.packs(), id, today);
    if (!law.ok()) continue;
    PortalLaw view{.id = id, .name = (*law)->short_name, .places = (*law)->places, .rights = {}};
    for (const LegalRight& right : (*law)->rights) {
      if (!right.right) continue;
      view.rights.push_back({*right.right, right.name, right.cite.article, right.note, right.id, right.purpose});
    }
    about.laws.push_back(std::move(view));
  }
  return about;
}

// Nothing until the company wants it shown: which kinds of data it holds is its own to say.
Result<List<PortalHolding>> Holdings(Application& application, ReadTx& tx) {
  List<PortalHolding> held;
  PRIVITY_TRY(const PortalFace face, application.portal_faces().Get(tx));
  if (!face.show_holdings) return held;
  PRIVITY_TRY(auto categories, HeldCategories(tx));
  for (HeldCategory& each : categories) {
    held.items.push_back({std::move(each.category), std::move(each.purposes)});
  }
  return held;
}

void AddBeginning(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/portal",
              .id = "portal.about",
              .access = Access::Public(),
              .summary = "Which rights there are here, and under which laws"},
             [application](ReadTx& tx, const Call<>&) -> Result<PortalAbout> { return About(*application, tx); });
  routes.Add(
      {.method = "GET",
       .path = "/v1/portal/holdings",
       .id = "portal.holdings",
       .access = Access::Public(),
       .summary = "Which kinds of data the company holds, where it shows that"},
      [application](ReadTx& tx, const Call<>&) -> Result<List<PortalHolding>> { return Holdings(*application, tx); });
  routes.Add(
      {.method = "POST",
       .path = "/v1/portal/requests",
       .id = "portal.ask",
       .access = Access::Public(),
       .summary = "Make a request; a code goes to the address, unless this browser proved it before",
       .status = 202},
      [application](WriteTx& tx, const Call<Nothing, Nothing, PortalAsk>& call) -> Result<Reply<PortalCodeSent>> {
        RightsRequestId made;
        const NewRightsRequest request{.law = call.body.law,
                                       .right = call.body.right,
                                       .language = call.body.language,
                                       .received_at = {},
                                       .content = call.body.content};
        PRIVITY_TRY(const PortalVisit visit, application->portal().Ask(tx, request, call.request().client_address,
                                                                       &made, CookieOf(call), call.body.channel));
        Reply<PortalCodeSent> reply = WithVisit<PortalCodeSent>(call, visit);
        reply.value.proven = visit.proven;
        reply.value.needs_proof = visit.needs_proof;
        return reply;
      });
  routes.Add(
      {.method = "POST",
       .path = "/v1/portal/visits",
       .id = "portal.begin",
       .access = Access::Public(),
       .summary = "Ask for a code, to follow one's requests",
       .description = "The answer is the same whether or not there is a request of this address.",
       .status = 202},
      [application](WriteTx& tx, const Call<Nothing, Nothing, PortalBegin>& call) -> Result<Reply<PortalCodeSent>> {
        PRIVITY_TRY(const PortalVisit visit,
                    application->portal().Begin(tx, call.body.email, call.body.language, call.request().client_address,
                                                call.body.channel));
        return WithVisit<PortalCodeSent>(call, visit);
      });
  routes.Add({.method = "POST",
              .path = "/v1/portal/codes",
              .id = "portal.another_code",
              .access = Access::Public(),
              .summary = "Have another code sent, by mail or as a text message",
              .status = 204},
             [application](WriteTx& tx, const Call<Nothing, Nothing, PortalAnotherCode>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(application->portal().AnotherCode(tx, CookieOf(call), call.body.channel,
                                                                  call.request().client_address));
               return Nothing{};
             });
  routes.Add({.method = "POST",
              .path = "/v1/portal/code",
              .id = "portal.prove",
              .access = Access::Public(),
              .summary = "The code came back: the address is proven in this browser"},
             [application](const Call<Nothing, Nothing, PortalCode>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(application->portal().Confirm(CookieOf(call), call.body.code));
               return Nothing{};
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/portal/assertion",
       .id = "portal.assert",
       .access = Access::Public(),
       .summary = "The company's own login says who this is; no code is needed",
       .status = 200},
      [application](WriteTx& tx, const Call<Nothing, Nothing, PortalAssertion>& call) -> Result<Reply<PortalProven>> {
        PRIVITY_TRY(const PortalVisit visit, application->assertions().Accept(tx, call.body.token, call.body.language,
                                                                              call.request().client_address));
        return WithVisit<PortalProven>(call, visit);
      });
  routes.Add({.method = "DELETE",
              .path = "/v1/portal/visits",
              .id = "portal.end",
              .access = Access::Public(),
              .summary = "Leave; this browser forgets"},
             [application](WriteTx& tx, const Call<>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(application->portal().End(tx, CookieOf(call)));
               return Nothing{};
             });
}

// Whose request it is; anybody else's does not exist.
Result<RightsRequest> Own(Application& application, ReadTx& tx, const CallContext& call, const RightsRequestId& id) {
  PRIVITY_TRY(const ProvenPerson person, application.portal().Who(tx, CookieOf(call)));
  return application.rights().OfPerson(tx, person, id);
}

void AddOwnRequests(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/portal/requests",
              .id = "portal.list",
              .access = Access::Public(),
              .summary = "One's own requests"},
             [application](ReadTx& tx, const Call<>& call) -> Result<List<PortalRequest>> {
               PRIVITY_TRY(const ProvenPerson person, application->portal().Who(tx, CookieOf(call)));
               PRIVITY_TRY(const auto requests, application->rights().OfPerson(tx, person));
               List<PortalRequest> own;
               for (const RightsRequest& request : requests) own.items.push_back(ViewOf(request));
               return own;
             });
  routes.Add({.method = "GET",
              .path = "/v1/portal/requests/{id}",
              .id = "portal.get",
              .access = Access::Public(),
              .summary = "One of them"},
             [application](ReadTx& tx, const Call<PortalPath>& call) -> Result<PortalRequest> {
               PRIVITY_TRY(const RightsRequest request, Own(*application, tx, call, call.path.id));
               return ViewOf(request);
             });
  routes.Add({.method = "GET",
              .path = "/v1/portal/requests/{id}/messages",
              .id = "portal.messages",
              .access = Access::Public(),
              .summary = "The correspondence in it"},
             [application](WriteTx& tx, const Call<PortalPath>& call) -> Result<List<RequestMessage>> {
               PRIVITY_TRY_VOID(Own(*application, tx, call, call.path.id));
               PRIVITY_TRY(auto messages, application->rights().MessagesForPerson(tx, call.path.id));
               return List<RequestMessage>{std::move(messages)};
             });
  routes.Add({.method = "POST",
              .path = "/v1/portal/requests/{id}/messages",
              .id = "portal.write",
              .access = Access::Public(),
              .summary = "Write to the company",
              .status = 204},
             [application](WriteTx& tx, const Call<PortalPath, Nothing, PortalText>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(Own(*application, tx, call, call.path.id));
               PRIVITY_TRY_VOID(application->rights().MessageFromPerson(tx, call.path.id, call.body.text));
               return Nothing{};
             });
  routes.Add({.method = "POST",
              .path = "/v1/portal/requests/{id}/withdrawal",
              .id = "portal.withdraw",
              .access = Access::Public(),
              .summary = "Take a request back"},
             [application](WriteTx& tx, const Call<PortalPath>& call) -> Result<PortalRequest> {
               PRIVITY_TRY_VOID(Own(*application, tx, call, call.path.id));
               PRIVITY_TRY(const RightsRequest request,
                           application->rights().StepByPerson(tx, call.path.id, RequestStep::kWithdraw, ""));
               return ViewOf(request);
             });
  routes.Add({.method = "POST",
              .path = "/v1/portal/requests/{id}/appeal",
              .id = "portal.appeal",
              .access = Access::Public(),
              .summary = "Say that one does not accept the answer"},
             [application](WriteTx& tx, const Call<PortalPath, Nothing, PortalText>& call) -> Result<PortalRequest> {
               PRIVITY_TRY_VOID(Own(*application, tx, call, call.path.id));
               PRIVITY_TRY(const RightsRequest request,
                           application->rights().StepByPerson(tx, call.path.id, RequestStep::kAppeal, call.body.text));
               return ViewOf(request);
             });
}

struct PortalDocumentPath {
  RightsRequestId id;
  FileId document;
};
PRIVITY_DESCRIBE(PortalDocumentPath, (id, document))

// A copy of a document as its person sees it: without who looked at it.
struct PortalDocument {
  FileId id;
  DocumentFormat format = DocumentFormat::kPdf;
  std::int64_t size_bytes = 0;
  Instant given_at{};
  Instant expires_at{};
  DocumentOutcome outcome = DocumentOutcome::kWaiting;
  std::optional<Instant> destroyed_at;
};
PRIVITY_DESCRIBE(PortalDocument, (id, format, size_bytes, given_at, expires_at, outcome, destroyed_at))

Result<List<PortalDocument>> OwnDocuments(Application& application, ReadTx& tx, const RightsRequestId& id) {
  PRIVITY_TRY(const auto documents, application.identity_documents().Of(tx, id));
  List<PortalDocument> own;
  for (const IdentityDocument& each : documents) {
    own.items.push_back({.id = each.id,
                         .format = each.format,
                         .size_bytes = each.size_bytes,
                         .given_at = each.given_at,
                         .expires_at = each.expires_at,
                         .outcome = each.outcome,
                         .destroyed_at = each.destroyed_at});
  }
  return own;
}

void AddDocuments(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/portal/requests/{id}/documents",
              .id = "portal.documents",
              .access = Access::Public(),
              .summary = "Copies of documents that one gave as a proof, and what became of each"},
             [application](ReadTx& tx, const Call<PortalPath>& call) -> Result<List<PortalDocument>> {
               PRIVITY_TRY_VOID(Own(*application, tx, call, call.path.id));
               return OwnDocuments(*application, tx, call.path.id);
             });
  routes.Add({.method = "POST",
              .path = "/v1/portal/requests/{id}/documents",
              .id = "portal.give_document",
              .access = Access::Public(),
              .summary = "Give the copy of a document as a proof; a person looks at it, then it is destroyed",
              .description = "PDF, JPEG, PNG or WebP.",
              .status = 201,
              .body_bytes_max = kDocumentBytesMax},
             [application](const Call<PortalPath>& call) -> Result<std::unique_ptr<Upload<IdentityDocument>>> {
               PRIVITY_TRY(DocumentWriter writer, application->store().Read([&](ReadTx& tx) -> Result<DocumentWriter> {
                 PRIVITY_TRY_VOID(Own(*application, tx, call, call.path.id));
                 return application->identity_documents().Receive(tx, call.path.id);
               }));
               return std::make_unique<DocumentUpload>(*application, SubjectCaller(call.request().client_address),
                                                       call.path.id, std::move(writer));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/portal/requests/{id}/documents/{document}",
              .id = "portal.take_document_back",
              .access = Access::Public(),
              .summary = "Have a copy destroyed before anybody decided about it"},
             [application](WriteTx& tx, const Call<PortalDocumentPath>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(Own(*application, tx, call, call.path.id));
               PRIVITY_TRY_VOID(application->identity_documents().TakeBack(tx, call.path.id, call.path.document));
               return Nothing{};
             });
}

// Whoever proved the address a few minutes ago (kVisitLifetime) may have them.
void AddHandingOut(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/portal/requests/{id}/package",
              .id = "portal.package",
              .access = Access::Public(),
              .summary = "The data that was asked for, as a zip archive",
              .description = "The ledger records that it was fetched.",
              .media_type = "application/octet-stream"},
             [application](WriteTx& tx, const Call<PortalPath>& call) -> Result<Response> {
               PRIVITY_TRY(const RightsRequest request, Own(*application, tx, call, call.path.id));
               if (!IsHandedOut(request)) return Error("execution.no_package");
               PRIVITY_TRY(FileReader reader,
                           application->execution().Package(tx, {.kind = ActorKind::kSubject, .id = ""}, call.path.id));
               return FileResponse(std::move(reader), PackageFileName(call.path.id));
             });
  routes.Add({.method = "GET",
              .path = "/v1/portal/requests/{id}/certificate",
              .id = "portal.certificate",
              .access = Access::Public(),
              .summary = "The certificate of what was done, signed",
              .media_type = "application/octet-stream"},
             [application](ReadTx& tx, const Call<PortalPath>& call) -> Result<Response> {
               PRIVITY_TRY(const RightsRequest request, Own(*application, tx, call, call.path.id));
               if (!IsHandedOut(request)) return Error("execution.no_certificate");
               PRIVITY_TRY(FileReader reader, application->execution().Certificate(tx, call.path.id));
               return FileResponse(std::move(reader), CertificateFileName(call.path.id));
             });
  routes.Add({.method = "GET",
              .path = "/v1/portal/requests/{id}/certificate/document",
              .id = "portal.certificate_pdf",
              .access = Access::Public(),
              .summary = "The certificate as a page to print, in the language of the request",
              .description = "A copy to read. What is checked is the signed file.",
              .media_type = "application/pdf"},
             [application](ReadTx& tx, const Call<PortalPath>& call) -> Result<Response> {
               PRIVITY_TRY(const RightsRequest request, Own(*application, tx, call, call.path.id));
               if (!IsHandedOut(request)) return Error("execution.no_certificate");
               return CertificatePage(tx, *application, request);
             });
}

}  // namespace

void AddPortalRoutes(RouteTable& routes, Application* application) {
  AddBeginning(routes, application);
  AddOwnRequests(routes, application);
  AddDocuments(routes, application);
  AddHandingOut(routes, application);
}

}  // namespace privity
