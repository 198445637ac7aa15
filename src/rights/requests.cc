#include "rights/requests.h"

#include <algorithm>

#include "base/json.h"
#include "rights/identifier_index.h"
#include "rights/identity_documents.h"
#include "rights/internal/case.h"
#include "rights/machine.h"
#include "rights/restrictions.h"
#include "store/where.h"

namespace privity {

namespace {

constexpr std::string_view kRegulation = "regulation";

IdentityLevel LevelOf(const Regulation& law, Right right) {
  const IdentityRule* const identity = RuleFor(law.requests.identity, right);
  return identity == nullptr ? IdentityLevel::kReasonable : identity->level;
}

// The machine skipped it because the law lets nobody be asked: for just what was asked then.
bool IsUnasked(const ProofRecord& proof) {
  return proof.method == ProofMethod::kSkipped && proof.by.kind == ActorKind::kSystem;
}

std::vector<IdentityProof> ProofsOf(const RightsRequestBody& body) {
  std::vector<IdentityProof> proofs;
  for (const ProofRecord& proof : body.proofs) {
    proofs.push_back({.method = proof.method, .covers = {proof.covers.begin(), proof.covers.end()}, .at = proof.at});
  }
  return proofs;
}

Result<std::int64_t> WaitingDocuments(ReadTx& tx, const RightsRequestId& id) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT count(*) FROM rights_document WHERE request = $1 AND outcome = $2",
                                          {id, EnumText(DocumentOutcome::kWaiting)}));
  return row->Get<std::int64_t>(0);
}

}  // namespace

std::vector<Identifier> AllIdentifiers(const RequestContent& content) {
  std::vector<Identifier> all = {{.kind = "email", .value = content.email}};
  all.insert(all.end(), content.identifiers.begin(), content.identifiers.end());
  return all;
}

std::string RightsRequests::AddressIndex(std::string_view email) const {
  return IdentifierIndex(world_.key_home).Of({.kind = "email", .value = std::string(email)});
}

std::vector<std::string> RightsRequests::AddressIndexes(std::string_view email) const {
  return IdentifierIndex(world_.key_home).All({.kind = "email", .value = std::string(email)});
}

Result<std::vector<std::string>> RightsRequests::IdentifiersOf(const RequestContent& content) const {
  const IdentifierIndex index(world_.key_home);
  std::vector<std::string> hashes;
  for (const Identifier& identifier : AllIdentifiers(content)) hashes.push_back(index.Of(identifier));
  return hashes;
}

Result<std::shared_ptr<const Regulation>> RightsRequests::LawOf(const Case& of) const {
  PRIVITY_TRY(const Pack* pack, world_.packs().FindVersion(kRegulation, of.law, of.body.law_version));
  return std::static_pointer_cast<const Regulation>(pack->object);
}

Result<std::vector<RightsRequests::Case>> RightsRequests::LoadAll(ReadTx& tx, const std::string& rest,
                                                                  const SqlValues& values) const {
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT id, subject, law, claim, state, address, received_at, finished_at, assignee, minimized, "
                       "version, body, content, due, outcome, outcome_at FROM rights_request " +
                           rest,
                       values));
  const IdentifierIndex index(world_.key_home);
  std::vector<Case> cases;
  for (const Row& row : rows) {
    Case found;
    found.id = row.Get<RightsRequestId>(0);
    found.subject = row.Get<SubjectId>(1);
    found.law = row.Get<std::string>(2);
    PRIVITY_TRY(found.facts.right, ParseEnum<Right>(row.Get<std::string>(3)));
    PRIVITY_TRY(found.facts.state, ParseEnum<RequestState>(row.Get<std::string>(4)));
    found.address = index.Lifted(row.Get<std::string>(5));
    found.received_at = row.Get<Instant>(6);
    found.finished_at = row.Get<std::optional<Instant>>(7);
    found.assignee = row.Get<std::optional<UserId>>(8);
    found.minimized = row.Get<bool>(9);
    found.version = row.Get<std::int64_t>(10);
    PRIVITY_TRY(found.body, FromJson<RightsRequestBody>(row.Get<std::string>(11)));
    Lift(index, found.body);
    found.content = row.Get<std::optional<Bytes>>(12);
    found.due = row.Get<std::int64_t>(13);
    found.outcome = row.Get<std::optional<std::string>>(14);
    found.outcome_at = row.Get<std::optional<Instant>>(15);
    PRIVITY_TRY(const auto law, LawOf(found));
    found.facts.level = LevelOf(*law, found.facts.right);
    found.facts.identifiers = {found.body.identifiers.begin(), found.body.identifiers.end()};
    found.facts.proofs = ProofsOf(found.body);
    found.facts.plan = found.body.plan ? found.body.plan->digest : "";
    found.facts.approved = found.body.approved;
    cases.push_back(std::move(found));
  }
  return cases;
}

Result<std::vector<RightsRequests::Case>> RightsRequests::LoadOf(ReadTx& tx, const std::vector<std::string>& addresses,
                                                                 const std::string& which) const {
  Where where;
  std::string list;
  for (const std::string& address : addresses) list += (list.empty() ? "" : ", ") + where.Parameter(address);
  where.And("address IN (" + list + ")" + which);
  const std::string most = where.Parameter(kRequestPageMax);
  return LoadAll(tx, where.Clause() + " ORDER BY received_at DESC, id LIMIT " + most, where.values());
}

Result<RightsRequests::Case> RightsRequests::Load(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY(std::vector<Case> found, LoadAll(tx, "WHERE id = $1", {id}));
  if (found.empty()) return Error("rights.request_unknown");
  return std::move(found.front());
}

// The row as the case now is. It was read in this transaction, which is serializable: nobody came between.
Status RightsRequests::Save(WriteTx& tx, Case& changed) {
  CaseFacts& facts = changed.facts;
  changed.body.identifiers = {facts.identifiers.begin(), facts.identifiers.end()};
  if (facts.proofs.empty()) changed.body.proofs.clear();
  if (facts.plan.empty()) changed.body.plan.reset();
  changed.body.approved = facts.approved;
  if (IsOpen(facts.state)) {
    changed.finished_at.reset();
  } else if (!changed.finished_at) {
    changed.finished_at = world_.clock.Now();
  }
  changed.KeepOutcome(world_.clock.Now());
  changed.due = kNoDue;
  if (!changed.outcome && IsOpen(facts.state) && !changed.body.deadlines.empty()) {
    changed.due = ToMicros(changed.body.deadlines.back().due);
  }
  changed.version += 1;
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE rights_request SET state = $2, address = $3, due = $4, finished_at = $5, assignee = $6, minimized = $7, "
      "version = $8, body = $9, content = $10, outcome = $11, outcome_at = $12 WHERE id = $1",
      {changed.id, EnumText(facts.state), changed.address, changed.due, changed.finished_at, changed.assignee,
       changed.minimized, changed.version, ToJson(changed.body), changed.content, changed.outcome,
       changed.outcome_at}));
  return Ok();
}

Status RightsRequests::Record(WriteTx& tx, const Caller& caller, const Case& about, const Change& change) {
  const RequestEvent event{.kind = change.kind,
                           .at = world_.clock.Now(),
                           .actor = caller.actor,
                           .step = change.step,
                           .state = about.facts.state,
                           .note = {}};
  std::optional<Bytes> note;
  if (!change.note.empty()) {
    PRIVITY_TRY(const PersonKey key, world_.person_keys.Load(tx, about.subject));
    PRIVITY_TRY(note, key.Seal(AsBytes(change.note),
                               {.collection = kRequestCollection, .record = about.id.ToString(), .field = "note"}));
  }
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO rights_event (request, seq, body, note) VALUES ($1, (SELECT "
                 "coalesce(max(seq), 0) + 1 FROM rights_event WHERE request = $1), $2, $3)",
                 {about.id, ToJson(event), note}));
  Entry entry{.action = std::string(change.action),
              .actor = caller.actor,
              .object_kind = "rights_request",
              .object_id = about.id.ToString(),
              .details = change.details,
              .request_id = caller.request_id};
  entry.details.Add("state", WordOf(EnumText(about.facts.state)));
  if (change.step) entry.details.Add("step", WordOf(EnumText(*change.step)));
  if (!about.minimized) entry.subjects = {about.subject};
  PRIVITY_TRY_VOID(world_.ledger.Append(tx, entry));
  return Ok();
}

// A copy of a document waits no longer than it could prove something.
Result<RightsRequest> RightsRequests::Done(WriteTx& tx, const Caller& caller, Case& changed, const Change& change) {
  if (!WantsDocument(changed.facts, world_.clock.Now())) PRIVITY_TRY_VOID(DropDocuments(tx, changed));
  PRIVITY_TRY_VOID(Save(tx, changed));
  PRIVITY_TRY_VOID(Record(tx, caller, changed, change));
  return View(tx, changed);
}

Status RightsRequests::Step(Case& of, const StepInput& input) const {
  PRIVITY_TRY(of.facts, Take(of.facts, input, world_.clock.Now()));
  return Ok();
}

Result<RightsRequest> RightsRequests::View(ReadTx& tx, const Case& found) const {
  PRIVITY_TRY(const auto law, LawOf(found));
  const Instant now = world_.clock.Now();
  const RightsRequestBody& body = found.body;
  RightsRequest view;
  view.id = found.id;
  view.law = found.law;
  view.law_name = law->short_name;
  view.law_version = body.law_version;
  view.right = found.facts.right;
  view.state = found.facts.state;
  view.channel = body.channel;
  view.language = body.language;
  view.received_at = found.received_at;
  view.acknowledged_at = body.acknowledged_at;
  view.finished_at = found.finished_at;
  view.deadlines = body.deadlines;
  for (const Deadline& deadline : body.deadlines) {
    const bool over = found.outcome.has_value() || !IsOpen(view.state);
    const bool met = deadline.duty == Duty::kAcknowledge ? body.acknowledged_at.has_value() || over : over;
    view.overdue |= !met && deadline.due <= now;
  }
  view.extended = body.extended;
  view.paused = !body.pauses.empty() && !body.pauses.back().last;
  view.identity_level = found.facts.level;
  const IdentityRule* const identity = RuleFor(law->requests.identity, found.facts.right);
  view.identity_article = identity == nullptr ? "" : identity->cite.article;
  view.proofs = body.proofs;
  view.proven = !ProvenIdentifiers(found.facts, now).empty();
  view.plan = body.plan;
  view.plan_error = body.plan_error;
  view.approved = !found.facts.approved.empty();
  if (view.state == RequestState::kPlanned) {
    PRIVITY_TRY(const RightsSettings settings, Settings(tx));
    view.planned_by = body.planned_by;
    view.needs_second_person = settings.second_person;
  }
  view.report = body.report;
  view.refusal = body.refusal;
  view.assignee = found.assignee;
  view.duplicate_of = body.duplicate_of;
  view.steps = StepsOpenTo(found.facts, StepBy::kStaff, now);
  PRIVITY_TRY_VOID(AddDocuments(tx, found, view));
  view.minimized = found.minimized;
  view.version = found.version;
  if (!found.address.empty()) {
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT count(*) FROM rights_request WHERE address = $1 AND id <> $2 AND "
                                            "due < $3",
                                            {found.address, found.id, kNoDue}));
    view.same_person = row->Get<std::int64_t>(0);
  }
  return view;
}

Status RightsRequests::AddDocuments(ReadTx& tx, const Case& found, RightsRequest& view) const {
  if (!WantsDocument(found.facts, world_.clock.Now())) return Ok();
  PRIVITY_TRY(const RightsSettings settings, Settings(tx));
  view.takes_document = settings.documents;
  PRIVITY_TRY(view.documents_waiting, WaitingDocuments(tx, found.id));
  return Ok();
}

// Computes the due dates anew from the facts and appends what changed. Nothing that was computed before is overwritten.
Status RightsRequests::SetDeadlines(WriteTx& tx, Case& of) {
  PRIVITY_TRY(const auto law, LawOf(of));
  PRIVITY_TRY(const RightsSettings settings, Settings(tx));
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  const TimeZone& zone = organization.time_zone;
  PRIVITY_TRY(const LegalCalendar calendar,
              CalendarFor(world_.packs(), *law, settings.place.value_or(""), zone.DateAt(of.received_at)));
  ClockFacts facts{.received_at = of.received_at, .extended = of.body.extended};
  // Where the proof begins the period (UK GDPR Art. 12A), the first one does; a later one changes nothing.
  if (!of.body.proofs.empty()) facts.identified_at = of.body.proofs.front().at;
  for (const RightsPause& pause : of.body.pauses) {
    facts.pauses.push_back({pause.first, pause.last.value_or(zone.DateAt(world_.clock.Now()))});
  }
  std::vector<Deadline> deadlines;
  if (auto acknowledge = AcknowledgeDeadline(*law, of.facts.right, facts, calendar, zone)) {
    deadlines.push_back(*std::move(acknowledge));
  }
  auto answer = AnswerDeadline(*law, of.facts.right, facts, calendar, zone);
  if (!answer.ok()) return std::move(answer).error();
  deadlines.push_back(*std::move(answer));
  for (const Deadline& deadline : deadlines) {
    const std::string text = ToJson(deadline);
    const bool known = std::ranges::any_of(of.body.deadlines, [&](const Deadline& d) { return ToJson(d) == text; });
    if (known) continue;
    PRIVITY_TRY_VOID(
        tx.Execute("INSERT INTO rights_deadline (request, seq, body) VALUES ($1, (SELECT "
                   "coalesce(max(seq), 0) + 1 FROM rights_deadline WHERE request = $1), $2)",
                   {of.id, text}));
  }
  of.body.deadlines = std::move(deadlines);
  return Ok();
}

Status RightsRequests::SealContent(WriteTx& tx, Case& of, const RequestContent& content) {
  PRIVITY_TRY(const PersonKey key, world_.person_keys.Ensure(tx, of.subject));
  PRIVITY_TRY(of.content, key.Seal(AsBytes(ToJson(content)),
                                   {.collection = kRequestCollection, .record = of.id.ToString(), .field = "content"}));
  return Ok();
}

Result<RequestContent> RightsRequests::OpenContent(ReadTx& tx, const Case& of) const {
  if (of.minimized || !of.content) return Error("rights.minimized");
  PRIVITY_TRY(const PersonKey key, world_.person_keys.Load(tx, of.subject));
  PRIVITY_TRY(
      const SecretBytes opened,
      key.Open(*of.content, {.collection = kRequestCollection, .record = of.id.ToString(), .field = "content"}));
  return FromJson<RequestContent>(AsText(opened.Reveal()));
}

// A letter says that something is there, and nothing of what: whoever reads the mailbox learns no more.
Status RightsRequests::Tell(WriteTx& tx, Case& of, const std::string& letter) {
  if (!world_.mailer.is_configured()) return Ok();
  PRIVITY_TRY(const RequestContent content, OpenContent(tx, of));
  PRIVITY_TRY(const Mailbox to, Mailbox::Create(content.email));
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  const std::string portal = world_.portal.origin();
  MailVariables variables = {{"organization", organization.name},
                             {"reference", ReferenceOf(of.id)},
                             {"portal", portal.empty() ? "none" : portal}};
  if (letter == "received" || letter == "extended") {
    const Deadline& answer = of.body.deadlines.back();
    variables["due"] = answer.day ? answer.day->ToString() : FormatInstant(answer.due);
  }
  PRIVITY_TRY_VOID(world_.mailer.Enqueue(tx, {.template_key = "rights.mail_" + letter,
                                              .language = of.body.language,
                                              .to = to,
                                              .variables = std::move(variables)}));
  if (!of.body.acknowledged_at) of.body.acknowledged_at = world_.clock.Now();
  return Ok();
}

Result<RightsRequest> RightsRequests::Create(WriteTx& tx, const Caller& caller, const NewRightsRequest& request,
                                             RequestChannel channel) {
  const Instant now = world_.clock.Now();
  PRIVITY_TRY_VOID(Mailbox::Create(request.content.email));
  if (request.received_at && *request.received_at > now) return Error("rights.received_in_future");
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  Case created;
  created.received_at = request.received_at.value_or(now);
  PRIVITY_TRY(const auto law, LawOn(world_.packs(), request.law, organization.time_zone.DateAt(created.received_at)));
  created.id = RightsRequestId::NewRandom();
  created.subject = SubjectId::NewRandom();
  created.law = request.law;
  created.facts.right = request.right;
  created.facts.level = LevelOf(*law, request.right);
  created.address = AddressIndex(request.content.email);
  PRIVITY_TRY(const auto identifiers, IdentifiersOf(request.content));
  created.facts.identifiers = {identifiers.begin(), identifiers.end()};
  created.body.law_version = law->pack.version;
  created.body.channel = channel;
  created.body.language = request.language;
  PRIVITY_TRY_VOID(SealContent(tx, created, request.content));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO rights_request (id, subject, law, claim, state, address, received_at, due, minimized, "
                 "version, body) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '')",
                 {created.id, created.subject, created.law, EnumText(request.right), EnumText(created.facts.state),
                  created.address, created.received_at, kNoDue, false}));
  created.version = 0;
  PRIVITY_TRY_VOID(SetDeadlines(tx, created));
  PRIVITY_TRY_VOID(Tell(tx, created, "received"));
  PRIVITY_TRY_VOID(Done(tx, caller, created,
                        {.kind = RequestEventKind::kCreated,
                         .action = "rights.request.created",
                         .details = Details()
                                        .Add("law", WordOf(created.law))
                                        .Add("right", WordOf(EnumText(request.right)))
                                        .Add("channel", WordOf(EnumText(channel)))}));
  return GoOnUnproven(tx, created, request.content);
}

// An objection that the law knows as one of its own: to sale, to sharing.
Result<bool> RightsRequests::GoesByItself(const Case& of, const RequestContent& content) const {
  if (!NeedsNoProof(of.facts)) return false;
  if (of.facts.right == Right::kRestriction) return true;
  PRIVITY_TRY(const auto law, LawOf(of));
  return std::ranges::any_of(law->rights, [&](const LegalRight& each) {
    return each.right == of.facts.right && each.purpose && each.purpose == content.purpose;
  });
}

// Nothing changes for a request that needs a proof, or has one.
Result<RightsRequest> RightsRequests::GoOnUnproven(WriteTx& tx, Case& of, const RequestContent& content) {
  PRIVITY_TRY(const bool goes_by_itself, GoesByItself(of, content));
  const bool waits = of.facts.state == RequestState::kReceived || of.facts.state == RequestState::kProving;
  if (!goes_by_itself || !waits) return View(tx, of);
  of.body.planned_by.reset();
  PRIVITY_TRY(const auto law, LawOf(of));
  const IdentityRule& rule = *RuleFor(law->requests.identity, of.facts.right);
  PRIVITY_TRY(RightsRequest view, AddSkipped(tx, RightsMachine(), of, rule.text + " (" + rule.cite.article + ")"));
  if (fulfilment_ != nullptr) PRIVITY_TRY_VOID(fulfilment_->StartPlan(tx, of.id, RightsMachine()));
  return view;
}

// The plan of a request that nobody needs to prove is there.
Status RightsRequests::ApproveUnproven(WriteTx& tx, Case& of) {
  PRIVITY_TRY(const RightsSettings settings, Settings(tx));
  const bool waits_for_somebody = settings.second_person || of.body.planned_by || of.body.plan->stores_missing > 0;
  if (std::ranges::none_of(of.body.proofs, IsUnasked) || waits_for_somebody || fulfilment_ == nullptr) return Ok();
  for (const RequestStep step : {RequestStep::kApprove, RequestStep::kStart}) {
    PRIVITY_TRY_VOID(Step(of, {.step = step, .by = StepBy::kSystem, .plan = of.body.plan->digest}));
    PRIVITY_TRY_VOID(Done(tx, RightsMachine(), of,
                          {.kind = RequestEventKind::kMoved, .action = "rights.request.moved", .step = step}));
  }
  return fulfilment_->StartExecution(tx, of.id, of.facts.approved, RightsMachine());
}

// Somebody of the company read what the person wrote.
Status RightsRequests::RecordOpening(WriteTx& tx, const Caller& caller, const Case& of, std::string action) {
  Entry entry{.action = std::move(action),
              .actor = caller.actor,
              .object_kind = "rights_request",
              .object_id = of.id.ToString(),
              .details = {},
              .subjects = {of.subject},
              .request_id = caller.request_id};
  PRIVITY_TRY_VOID(world_.ledger.Append(tx, entry));
  return Ok();
}

Result<RequestContent> RightsRequests::Content(WriteTx& tx, const Caller& caller, const RightsRequestId& id) {
  PRIVITY_TRY(const Case found, Load(tx, id));
  PRIVITY_TRY(RequestContent content, OpenContent(tx, found));
  PRIVITY_TRY_VOID(RecordOpening(tx, caller, found, "rights.content.opened"));
  return content;
}

Result<RightsRequest> RightsRequests::EditContent(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                                  const RequestContent& content) {
  PRIVITY_TRY(Case found, Load(tx, id));
  const RequestState state = found.facts.state;
  const bool early = state == RequestState::kReceived || state == RequestState::kProving ||
                     state == RequestState::kVerified || state == RequestState::kPlanned ||
                     state == RequestState::kApproved;
  if (!early) return Error("rights.not_editable", {{"state", std::string(EnumText(state))}});
  if (found.minimized) return Error("rights.minimized");
  PRIVITY_TRY_VOID(Mailbox::Create(content.email));
  PRIVITY_TRY(const RequestContent before, OpenContent(tx, found));
  const std::string address = AddressIndex(content.email);
  // Whoever reads another mailbox is another person until they prove otherwise.
  if (address != found.address) {
    found.body.proofs.clear();
    PRIVITY_TRY_VOID(DropDocuments(tx, found));
  }
  found.address = address;
  // What nobody had to prove was what was asked before.
  if (!(before == content)) std::erase_if(found.body.proofs, IsUnasked);
  found.facts.proofs = ProofsOf(found.body);
  PRIVITY_TRY(const auto identifiers, IdentifiersOf(content));
  const Instant now = world_.clock.Now();
  found.facts = WithIdentifiers(found.facts, {identifiers.begin(), identifiers.end()}, now);
  // A plan is made for what was asked: other words, another plan.
  if (!(before == content)) found.facts.plan = found.facts.approved = "";
  const bool was_proven = found.facts.state != RequestState::kReceived && found.facts.state != RequestState::kProving;
  if (found.facts.plan.empty() && was_proven) {
    found.facts.state = ProvenIdentifiers(found.facts, now).empty() ? RequestState::kProving : RequestState::kVerified;
  }
  PRIVITY_TRY_VOID(SealContent(tx, found, content));
  PRIVITY_TRY_VOID(
      Done(tx, caller, found, {.kind = RequestEventKind::kContentChanged, .action = "rights.request.edited"}));
  return GoOnUnproven(tx, found, content);
}

Result<RightsRequest> RightsRequests::Move(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                           const StepOrder& order) {
  using enum RequestStep;
  const RequestStep step = order.step;
  const bool plain = step == kAskProof || step == kPlanAgain || step == kResume || step == kWithdraw ||
                     step == kAppeal || step == kReopen || step == kClose || step == kLoseProof;
  if (!plain) return Error("rights.step_needs_more", {{"step", std::string(EnumText(step))}});
  PRIVITY_TRY(Case found, Load(tx, id));
  if (found.minimized && step == kReopen) return Error("rights.minimized");
  const bool planned = !found.facts.plan.empty();
  PRIVITY_TRY_VOID(Step(found, {.step = step, .by = StepBy::kStaff}));
  if (step == kAskProof) PRIVITY_TRY_VOID(Tell(tx, found, "proof"));
  if (step == kReopen) {
    found.body.report.reset();
    found.body.refusal.reset();
    found.body.plan_error.reset();
  }
  const bool drops_plan = step == kWithdraw || step == kPlanAgain || step == kReopen || step == kLoseProof;
  if (planned && drops_plan && fulfilment_ != nullptr) PRIVITY_TRY_VOID(fulfilment_->Cancel(tx, id, caller));
  PRIVITY_TRY(
      RightsRequest view,
      Done(tx, caller, found,
           {.kind = RequestEventKind::kMoved, .action = "rights.request.moved", .step = step, .note = order.note}));
  if (step == kResume && fulfilment_ != nullptr) {
    PRIVITY_TRY_VOID(fulfilment_->StartExecution(tx, id, found.facts.approved, caller));
  }
  if (step == kReopen) {
    PRIVITY_TRY(const RequestContent content, OpenContent(tx, found));
    return GoOnUnproven(tx, found, content);
  }
  return view;
}

Result<RightsRequest> RightsRequests::ProveByHand(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                                  ProofMethod method, const std::string& note) {
  if (method != ProofMethod::kKnowledge && method != ProofMethod::kDocument) {
    return Error("rights.method_not_by_hand", {{"method", std::string(EnumText(method))}});
  }
  PRIVITY_TRY(Case found, Load(tx, id));
  const IdentityProof proof{.method = method, .covers = found.facts.identifiers, .at = world_.clock.Now()};
  PRIVITY_TRY_VOID(Step(found, {.step = RequestStep::kProve, .by = StepBy::kStaff, .proof = proof}));
  found.body.proofs.push_back(
      {.method = method, .at = proof.at, .by = caller.actor, .covers = {proof.covers.begin(), proof.covers.end()}});
  PRIVITY_TRY_VOID(SetDeadlines(tx, found));
  return Done(tx, caller, found,
              {.kind = RequestEventKind::kProof,
               .action = "rights.request.proof_given",
               .step = RequestStep::kProve,
               .note = note,
               .details = Details().Add("method", WordOf(EnumText(method)))});
}

Result<RightsRequest> RightsRequests::SkipProof(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                                const std::string& reason) {
  PRIVITY_TRY(Case found, Load(tx, id));
  return AddSkipped(tx, caller, found, reason);
}

Result<RightsRequest> RightsRequests::AddSkipped(WriteTx& tx, const Caller& caller, Case& of,
                                                 const std::string& reason) {
  const IdentityProof proof{.method = ProofMethod::kSkipped, .covers = of.facts.identifiers, .at = world_.clock.Now()};
  const StepBy by = caller.actor.kind == ActorKind::kSystem ? StepBy::kSystem : StepBy::kStaff;
  PRIVITY_TRY_VOID(Step(of, {.step = RequestStep::kSkipProof, .by = by, .proof = proof}));
  of.body.proofs.push_back({.method = proof.method,
                            .at = proof.at,
                            .by = caller.actor,
                            .covers = {proof.covers.begin(), proof.covers.end()}});
  return Done(tx, caller, of,
              {.kind = RequestEventKind::kProof,
               .action = "rights.request.proof_given",
               .step = RequestStep::kSkipProof,
               .note = reason,
               .details = Details().Add("method", "skipped")});
}

Result<RightsRequest> RightsRequests::StartPlan(WriteTx& tx, const Caller& caller, const RightsRequestId& id) {
  PRIVITY_TRY(Case found, Load(tx, id));
  if (fulfilment_ == nullptr) return Error("rights.no_fulfilment");
  PRIVITY_TRY_VOID(Of(tx, id));
  if (found.facts.state != RequestState::kVerified) {
    return Error("rights.no_such_step", {{"from", std::string(EnumText(found.facts.state))}, {"step", "plan"}});
  }
  found.body.planned_by = caller.user;
  found.body.plan_error.reset();
  PRIVITY_TRY_VOID(Save(tx, found));
  PRIVITY_TRY_VOID(fulfilment_->StartPlan(tx, id, caller));
  return View(tx, found);
}

Result<RightsRequest> RightsRequests::Approve(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                              const std::string& plan_digest) {
  PRIVITY_TRY(Case found, Load(tx, id));
  PRIVITY_TRY(const RightsSettings settings, Settings(tx));
  if (settings.second_person && (!caller.user || caller.user == found.body.planned_by)) {
    return Error("rights.second_person_needed");
  }
  PRIVITY_TRY_VOID(Step(found, {.step = RequestStep::kApprove, .by = StepBy::kStaff, .plan = plan_digest}));
  return Done(tx, caller, found,
              {.kind = RequestEventKind::kMoved, .action = "rights.request.moved", .step = RequestStep::kApprove});
}

Result<RightsRequest> RightsRequests::StartExecution(WriteTx& tx, const Caller& caller, const RightsRequestId& id) {
  PRIVITY_TRY(Case found, Load(tx, id));
  if (fulfilment_ == nullptr) return Error("rights.no_fulfilment");
  PRIVITY_TRY_VOID(Step(found, {.step = RequestStep::kStart, .by = StepBy::kStaff}));
  PRIVITY_TRY(RightsRequest view,
              Done(tx, caller, found,
                   {.kind = RequestEventKind::kMoved, .action = "rights.request.moved", .step = RequestStep::kStart}));
  PRIVITY_TRY_VOID(fulfilment_->StartExecution(tx, id, found.facts.approved, caller));
  return view;
}

Result<RightsRequest> RightsRequests::Answer(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                             const std::string& text) {
  PRIVITY_TRY(Case found, Load(tx, id));
  PRIVITY_TRY_VOID(Step(found, {.step = RequestStep::kAnswer, .by = StepBy::kStaff}));
  PRIVITY_TRY_VOID(AddMessage(tx, found, MessageDirection::kToPerson, text));
  PRIVITY_TRY_VOID(Tell(tx, found, "news"));
  return Done(tx, caller, found,
              {.kind = RequestEventKind::kMoved, .action = "rights.request.moved", .step = RequestStep::kAnswer});
}

// GDPR Art. 21(3): what outweighs an objection never outweighs one to direct marketing.
Status RightsRequests::CheckNotAbsolute(ReadTx& tx, const Case& of, const RefusalGround& ground) const {
  const bool weighs = std::ranges::count(ground.rights, Right::kObjection) > 0;
  if (of.facts.right != Right::kObjection || !weighs) return Ok();
  PRIVITY_TRY(const RequestContent content, OpenContent(tx, of));
  if (content.purpose && IsForPurpose(*content.purpose, kMarketing)) return Error("rights.objection_absolute");
  return Ok();
}

Result<RightsRequest> RightsRequests::Refuse(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                             const std::string& ground, const std::string& text) {
  PRIVITY_TRY(Case found, Load(tx, id));
  PRIVITY_TRY(const auto law, LawOf(found));
  const auto& grounds = law->requests.refusal_grounds;
  const auto named = std::ranges::find_if(grounds, [&](const RefusalGround& one) {
    const bool about = one.rights.empty() || std::ranges::count(one.rights, found.facts.right) > 0;
    return one.id == ground && about;
  });
  if (named == grounds.end()) return Error("rights.ground_unknown", {{"law", law->short_name}});
  PRIVITY_TRY_VOID(CheckNotAbsolute(tx, found, *named));
  const bool planned = !found.facts.plan.empty();
  PRIVITY_TRY_VOID(Step(found, {.step = RequestStep::kRefuse, .by = StepBy::kStaff}));
  Refusal refusal{.ground = named->id, .text = named->text, .article = named->cite.article, .remedies = {}};
  std::string letter = named->text + " (" + named->cite.article + ")\n\n" + text;
  for (const LegalFact& remedy : law->requests.remedies) {
    refusal.remedies.push_back(remedy.text + " (" + remedy.cite.article + ")");
    letter += "\n\n" + refusal.remedies.back();
  }
  found.body.refusal = std::move(refusal);
  PRIVITY_TRY_VOID(AddMessage(tx, found, MessageDirection::kToPerson, letter));
  PRIVITY_TRY_VOID(Tell(tx, found, "news"));
  if (planned && fulfilment_ != nullptr) PRIVITY_TRY_VOID(fulfilment_->Cancel(tx, id, caller));
  return Done(tx, caller, found,
              {.kind = RequestEventKind::kMoved,
               .action = "rights.request.moved",
               .step = RequestStep::kRefuse,
               .note = text,
               .details = Details().Add("ground", WordOf(ground))});
}

Result<RightsRequest> RightsRequests::Extend(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                             const std::string& reason) {
  PRIVITY_TRY(Case found, Load(tx, id));
  if (!IsOpen(found.facts.state)) {
    return Error("rights.no_such_step", {{"from", std::string(EnumText(found.facts.state))}, {"step", "extend"}});
  }
  if (found.body.extended) return Error("rights.extended_already");
  // GDPR Art. 12(3): the person is told within the first period; after it there is nothing to extend.
  if (found.body.deadlines.back().due <= world_.clock.Now()) return Error("rights.extension_late");
  found.body.extended = true;
  PRIVITY_TRY_VOID(SetDeadlines(tx, found));
  PRIVITY_TRY_VOID(AddMessage(tx, found, MessageDirection::kToPerson, reason));
  PRIVITY_TRY_VOID(Tell(tx, found, "extended"));
  return Done(tx, caller, found,
              {.kind = RequestEventKind::kExtended, .action = "rights.request.extended", .note = reason});
}

Result<RightsRequest> RightsRequests::Pause(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                            const std::string& question) {
  PRIVITY_TRY(Case found, Load(tx, id));
  PRIVITY_TRY(const auto law, LawOf(found));
  if (!IsOpen(found.facts.state) || RuleFor(law->requests.pause, found.facts.right) == nullptr) {
    return Error("rights.not_pausable", {{"law", law->short_name}});
  }
  auto& pauses = found.body.pauses;
  if (!pauses.empty() && !pauses.back().last) return Error("rights.paused_already");
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  pauses.push_back({.first = organization.time_zone.DateAt(world_.clock.Now()), .last = {}});
  PRIVITY_TRY_VOID(AddMessage(tx, found, MessageDirection::kToPerson, question));
  PRIVITY_TRY_VOID(Tell(tx, found, "news"));
  return Done(tx, caller, found, {.kind = RequestEventKind::kPaused, .action = "rights.request.paused"});
}

Result<RightsRequest> RightsRequests::Resume(WriteTx& tx, const Caller& caller, const RightsRequestId& id) {
  PRIVITY_TRY(Case found, Load(tx, id));
  if (found.body.pauses.empty() || found.body.pauses.back().last) return Error("rights.not_paused");
  return FinishPause(tx, caller, found);
}

Result<RightsRequest> RightsRequests::FinishPause(WriteTx& tx, const Caller& caller, Case& of) {
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  of.body.pauses.back().last = organization.time_zone.DateAt(world_.clock.Now());
  PRIVITY_TRY_VOID(SetDeadlines(tx, of));
  return Done(tx, caller, of, {.kind = RequestEventKind::kResumed, .action = "rights.request.resumed"});
}

Status RightsRequests::AddMessage(WriteTx& tx, const Case& of, MessageDirection direction, const std::string& text) {
  if (of.minimized) return Error("rights.minimized");
  const RequestMessageId id = RequestMessageId::NewRandom();
  PRIVITY_TRY(const PersonKey key, world_.person_keys.Load(tx, of.subject));
  PRIVITY_TRY(const Bytes sealed,
              key.Seal(AsBytes(text), {.collection = kRequestCollection, .record = id.ToString(), .field = "message"}));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO rights_message (id, request, seq, direction, at, text) VALUES ($1, $2, (SELECT "
                 "coalesce(max(seq), 0) + 1 FROM rights_message WHERE request = $2), $3, $4, $5)",
                 {id, of.id, EnumText(direction), world_.clock.Now(), sealed}));
  return Ok();
}

Result<std::vector<RequestMessage>> RightsRequests::OpenMessages(ReadTx& tx, const Case& of) const {
  if (of.minimized) return Error("rights.minimized");
  PRIVITY_TRY(const PersonKey key, world_.person_keys.Load(tx, of.subject));
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT id, direction, at, text FROM rights_message WHERE request = $1 ORDER BY seq", {of.id}));
  std::vector<RequestMessage> messages;
  for (const Row& row : rows) {
    RequestMessage message{.id = row.Get<RequestMessageId>(0), .at = row.Get<Instant>(2), .text = {}};
    PRIVITY_TRY(message.direction, ParseEnum<MessageDirection>(row.Get<std::string>(1)));
    PRIVITY_TRY(const SecretBytes opened,
                key.Open(row.Get<Bytes>(3),
                         {.collection = kRequestCollection, .record = message.id.ToString(), .field = "message"}));
    message.text = std::string(AsText(opened.Reveal()));
    messages.push_back(std::move(message));
  }
  return messages;
}

Result<std::vector<RequestMessage>> RightsRequests::Messages(WriteTx& tx, const Caller& caller,
                                                             const RightsRequestId& id) {
  PRIVITY_TRY(const Case found, Load(tx, id));
  PRIVITY_TRY(auto messages, OpenMessages(tx, found));
  PRIVITY_TRY_VOID(RecordOpening(tx, caller, found, "rights.messages.opened"));
  return messages;
}

Result<RightsRequest> RightsRequests::Message(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                              const std::string& text) {
  PRIVITY_TRY(Case found, Load(tx, id));
  PRIVITY_TRY_VOID(AddMessage(tx, found, MessageDirection::kToPerson, text));
  PRIVITY_TRY_VOID(Tell(tx, found, "news"));
  // Whoever is answered knows that the request arrived, by letter or not.
  if (!found.body.acknowledged_at) found.body.acknowledged_at = world_.clock.Now();
  return Done(tx, caller, found, {.kind = RequestEventKind::kMessage, .action = "rights.message.sent"});
}

Result<RightsRequest> RightsRequests::Assign(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                             const std::optional<UserId>& assignee) {
  PRIVITY_TRY(Case found, Load(tx, id));
  if (assignee && world_.may_work) {
    PRIVITY_TRY(const bool may, world_.may_work(tx, *assignee));
    if (!may) return Error("rights.assignee_cannot");
  }
  found.assignee = assignee;
  Change change{.kind = RequestEventKind::kAssigned, .action = "rights.request.assigned"};
  if (assignee) change.details.Add("assignee", *assignee);
  return Done(tx, caller, found, change);
}

Result<RightsRequest> RightsRequests::Merge(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                            const RightsRequestId& into) {
  PRIVITY_TRY(Case found, Load(tx, id));
  PRIVITY_TRY(const Case other, Load(tx, into));
  const bool duplicate = id != into && !found.address.empty() && found.address == other.address &&
                         found.facts.right == other.facts.right && IsOpen(other.facts.state);
  if (!duplicate) return Error("rights.not_duplicate");
  // Nothing personal crosses over, and no proof: the other request has its own.
  PRIVITY_TRY_VOID(Step(found, {.step = RequestStep::kMerge, .by = StepBy::kStaff}));
  found.body.duplicate_of = into;
  return Done(tx, caller, found,
              {.kind = RequestEventKind::kMoved,
               .action = "rights.request.moved",
               .step = RequestStep::kMerge,
               .details = Details().Add("into", into)});
}

Result<RightsSettings> RightsRequests::Settings(ReadTx& tx) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT place, second_person, keep_days, remember_days, records_per_minute, documents, "
                          "version FROM rights_settings"));
  if (!row) return RightsSettings();
  return RightsSettings{.place = row->Get<std::optional<std::string>>(0),
                        .second_person = row->Get<bool>(1),
                        .keep_days = row->Get<std::int64_t>(2),
                        .remember_days = row->Get<std::optional<std::int64_t>>(3),
                        .records_per_minute = row->Get<std::optional<std::int64_t>>(4),
                        .documents = row->Get<std::optional<bool>>(5).value_or(false),
                        .version = row->Get<std::int64_t>(6)};
}

Result<RightsSettings> RightsRequests::PutSettings(WriteTx& tx, const Caller& caller, const RightsSettings& settings,
                                                   std::optional<std::int64_t> expected_version) {
  PRIVITY_TRY(const RightsSettings before, Settings(tx));
  if (expected_version && *expected_version != before.version) return Error("rights.settings_changed_meanwhile");
  if (settings.place) {
    PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
    const Date today = organization.time_zone.DateAt(world_.clock.Now());
    PRIVITY_TRY_VOID(CalendarFor(world_.packs(), Regulation(), *settings.place, today));
  }
  RightsSettings after = settings;
  after.version = before.version + 1;
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO rights_settings (id, place, second_person, keep_days, remember_days, records_per_minute, "
      "documents, version) VALUES (1, $1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET place = "
      "excluded.place, "
      "second_person = excluded.second_person, keep_days = excluded.keep_days, remember_days = "
      "excluded.remember_days, records_per_minute = excluded.records_per_minute, documents = excluded.documents, "
      "version = excluded.version",
      {after.place, after.second_person, after.keep_days, after.remember_days, after.records_per_minute,
       after.documents, after.version}));
  PRIVITY_TRY_VOID(world_.ledger.Append(
      tx, {.action = "rights.settings.changed", .actor = caller.actor, .request_id = caller.request_id}));
  return after;
}

}  // namespace privity
