// Rights requests: the casework from the first word to the answer, and the mandates by which stores are read and
// changed.
//
// Every step goes through the table of transitions.h. What a request says is sealed under keys of its own (a SubjectId
// for each request), so that it is destroyed by shredding them. Due dates come from the law's pack at the version of
// the day of receipt; each computation is appended with its rule and article, none is overwritten. Every change is in
// the timeline and, without its words, in the ledger; both commit with it or not at all.
//
// Where the law lets nobody be asked who they are (CCPA regs 7026(d), 7027(e): opting out of sale and sharing,
// limiting), Privity asks nobody: such a request is planned as it is made, and carried out as soon as its plan is
// there, unless the company wants two people, a store could not be asked, or somebody planned it anew by hand. An
// objection to other purposes than the law's own waits for a person, who may skip the proof.
//
// Threads: every method may be called from many. What is handed in outlives the object. Besides what is named: the
// errors of the store, the ledger and the keys. rights.request_unknown{} stands for all that is not there.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "crypto/key_home.h"
#include "files/file_store.h"
#include "identity/permission.h"
#include "identity/world.h"
#include "jobs/job_queue.h"
#include "keys/person_keys.h"
#include "ledger/ledger.h"
#include "mail/mailer.h"
#include "packs/catalog.h"
#include "rights/fulfilment.h"
#include "rights/own_texts.h"
#include "rights/request.h"
#include "settings/organization.h"
#include "store/store.h"

namespace privity {

std::vector<Migration> RightsMigrations();
std::span<const ActionInfo> RightsActions();
std::span<const PermissionInfo> RightsPermissions();
std::vector<MailTemplate> RightsMailTemplates();

enum class DocumentOutcome;  // identity_documents.h

struct RightsWorld {
  Store& store;
  Ledger& ledger;
  PersonKeys& person_keys;
  KeyHome& key_home;
  const OrganizationSettings& organization;
  const Mailer& mailer;
  const OwnTexts& texts;
  FileStore& files;
  const JobQueue& jobs;
  std::function<const PackCatalog&()> packs;  // read when first asked for
  const ConsoleAddress& portal;               // where people reach the portal; "" while there is none
  const Clock& clock;
  // Whether somebody of the company may see requests; identity.user_unknown. Empty: everybody is believed.
  std::function<Result<bool>(ReadTx&, const UserId&)> may_work = {};
};

inline constexpr int kRequestPageMax = 200;

// Who somebody in the portal proved to be, by keyed hashes.
struct ProvenPerson {
  std::vector<std::string> addresses;  // that they gave, by every key of the index, the newest first
  std::set<std::string> covers;        // what they proved: the address, or what was claimed beside it
};

struct RequestFilter {
  std::vector<RequestState> states = {};  // empty: all
  std::optional<Right> right = {};
  std::string law = {};
  bool open_only = false;
  bool overdue_only = false;
  bool document_waits = false;  // a copy of an identity document that nobody decided about
  std::string cursor = {};
  int limit = 50;
};

struct RequestPage {
  std::vector<RightsRequest> items;  // the one due first in front; finished ones behind
  std::optional<std::string> next_cursor;
};

// What a person of the company hands in with a step.
struct StepOrder {
  RequestStep step = RequestStep::kAskProof;
  std::string note = {};  // why; sealed with the request
};

class RightsRequests final : public Mandates {
 public:
  explicit RightsRequests(const RightsWorld& world) : world_(world) {}
  const RightsWorld& world() const { return world_; }

  // Once, while the application is built. Without one, planning and executing are refused: rights.no_fulfilment.
  void SetFulfilment(Fulfilment* fulfilment) { fulfilment_ = fulfilment; }

  // packs.unknown, packs.not_in_force; law.right_unknown; rights.received_in_future; mail.address_invalid.
  Result<RightsRequest> Create(WriteTx& tx, const Caller& caller, const NewRightsRequest& request,
                               RequestChannel channel);
  Result<RightsRequest> Get(ReadTx& tx, const RightsRequestId& id) const;
  Result<std::optional<UserId>> AssigneeOf(ReadTx& tx, const RightsRequestId& id) const;
  Result<RequestPage> List(ReadTx& tx, const RequestFilter& filter) const;  // rights.cursor_invalid
  Result<std::vector<RequestEvent>> History(ReadTx& tx, const RightsRequestId& id) const;
  // All due dates that were ever computed for it, in their order.
  Result<std::vector<Deadline>> Computations(ReadTx& tx, const RightsRequestId& id) const;

  // Both disclose personal data: the ledger says so before they answer. rights.minimized when it is gone.
  Result<RequestContent> Content(WriteTx& tx, const Caller& caller, const RightsRequestId& id);
  Result<std::vector<RequestMessage>> Messages(WriteTx& tx, const Caller& caller, const RightsRequestId& id);

  // Until it is executed. Another address forgets every proof; other identifiers drop plan and approval.
  // rights.not_editable{state}.
  Result<RightsRequest> EditContent(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                    const RequestContent& content);

  // Steps without anything of their own: ask_proof (the person gets a letter), plan_again, resume, withdraw, appeal,
  // reopen, close. Errors: those of Take; rights.step_needs_more{step} for the others.
  Result<RightsRequest> Move(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const StepOrder& order);
  // A person of the company saw the proof: kKnowledge or kDocument; all identifiers are proven. `note`: what was looked
  // at, and that the copy is destroyed. rights.method_not_by_hand.
  Result<RightsRequest> ProveByHand(WriteTx& tx, const Caller& caller, const RightsRequestId& id, ProofMethod method,
                                    const std::string& note);
  // Needs rights.skip_proof; `reason` is kept. rights.proof_needed.
  Result<RightsRequest> SkipProof(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                  const std::string& reason);
  // Has the plan made; it arrives by Planned. rights.no_fulfilment, rights.not_proven.
  Result<RightsRequest> StartPlan(WriteTx& tx, const Caller& caller, const RightsRequestId& id);
  // Exactly this plan. rights.plan_changed; rights.second_person_needed.
  Result<RightsRequest> Approve(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                                const std::string& plan_digest);
  Result<RightsRequest> StartExecution(WriteTx& tx, const Caller& caller, const RightsRequestId& id);
  Result<RightsRequest> Answer(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const std::string& text);
  // A ground of the law's pack. rights.ground_unknown{ground, law}; rights.objection_absolute.
  Result<RightsRequest> Refuse(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const std::string& ground,
                               const std::string& text);
  // Once, with notice to the person, while the first period runs. rights.extended_already, rights.extension_late,
  // law.extension_unknown.
  Result<RightsRequest> Extend(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const std::string& reason);
  // The person is asked what is meant: the clock stands where the law lets it. rights.paused_already,
  // rights.not_pausable{law}. Resume ends it: rights.not_paused.
  Result<RightsRequest> Pause(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                              const std::string& question);
  Result<RightsRequest> Resume(WriteTx& tx, const Caller& caller, const RightsRequestId& id);
  // To the person; they read it in the portal, a letter says that it is there.
  Result<RightsRequest> Message(WriteTx& tx, const Caller& caller, const RightsRequestId& id, const std::string& text);
  // rights.assignee_cannot: not allowed to see requests, or unable to sign in; identity.user_unknown.
  Result<RightsRequest> Assign(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                               const std::optional<UserId>& assignee);
  // `id` is a duplicate of `into`: same address, same right. rights.not_duplicate.
  Result<RightsRequest> Merge(WriteTx& tx, const Caller& caller, const RightsRequestId& id,
                              const RightsRequestId& into);

  // What is still kept of it once its content is destroyed, as far as this room keeps it: nothing that names anybody.
  Result<std::vector<RequestTrace>> Traces(ReadTx& tx, const RightsRequestId& id) const;

  // By law and right; received in [from, until).
  Result<std::vector<RightsFigures>> Figures(ReadTx& tx, Instant from, Instant until) const;

  Result<RightsSettings> Settings(ReadTx& tx) const;
  // rights.settings_changed_meanwhile; packs.region_unknown for a place without such a region.
  Result<RightsSettings> PutSettings(WriteTx& tx, const Caller& caller, const RightsSettings& settings,
                                     std::optional<std::int64_t> expected_version);

  // --- For the person who asks (portal.h), by the keyed hash of the address that was just proven. ---

  // By the newest key of the index; to find what stands, by every key.
  std::string AddressIndex(std::string_view email) const;
  std::vector<std::string> AddressIndexes(std::string_view email) const;
  // All requests of an address, whoever asks.
  Result<std::vector<RightsRequest>> OfAddress(ReadTx& tx, const std::string& email) const;
  // Those that this person may see: of their address, and where they proved only something else that was claimed beside
  // it (a telephone number), those for which nobody proved more.
  Result<std::vector<RightsRequest>> OfPerson(ReadTx& tx, const ProvenPerson& person) const;
  // rights.request_unknown for any other.
  Result<RightsRequest> OfPerson(ReadTx& tx, const ProvenPerson& person, const RightsRequestId& id) const;
  // The telephone number that the newest open request of the address names; none when there is none.
  Result<std::optional<std::string>> PhoneOf(ReadTx& tx, const std::string& email) const;
  Result<std::vector<RequestMessage>> MessagesForPerson(WriteTx& tx, const RightsRequestId& id);
  // Somebody who gave the address proved it, or what was claimed beside it: by a code that came back, or by the
  // company's own sign-in. A proof for every open request of the address that claims one of `covers`, keyed hashes of
  // what is proven.
  Status ProveAddress(WriteTx& tx, const std::string& email, ProofMethod method, const std::set<std::string>& covers);
  Result<RightsRequest> StepByPerson(WriteTx& tx, const RightsRequestId& id, RequestStep step, const std::string& text);
  Status MessageFromPerson(WriteTx& tx, const RightsRequestId& id, const std::string& text);
  // A letter that came from the address of the request. Nobody proved who wrote it: the clock of a pause goes on
  // standing.
  Status LetterFromAddress(WriteTx& tx, const RightsRequestId& id, const std::string& text);

  // --- Mandates ---
  Result<Mandate> Of(ReadTx& tx, const RightsRequestId& request) const override;
  Status Planned(WriteTx& tx, const RightsRequestId& request, const PlanSummary& plan) override;
  Status PlanEdited(WriteTx& tx, const Caller& caller, const RightsRequestId& request,
                    const PlanSummary& plan) override;
  Status PlanFailed(WriteTx& tx, const RightsRequestId& request, const Error& why) override;
  Status Progressed(WriteTx& tx, const RightsRequestId& request, const FulfilmentReport& report) override;

  // After the rotation of a person's key (PersonKeys::Rotate): seals what is kept under the newest version.
  Status Reseal(WriteTx& tx, const SubjectId& subject);

  // Destroys the content of requests that ended more than `keep_days` ago. Not inside a transaction. How many.
  Result<std::int64_t> Minimize(int at_most);

 private:
  friend class IdentityDocuments;
  struct Case;
  struct Change;
  static bool MaySee(const ProvenPerson& person, const Case& found);
  Result<Case> Load(ReadTx& tx, const RightsRequestId& id) const;
  Result<std::vector<Case>> LoadAll(ReadTx& tx, const std::string& rest, const SqlValues& values) const;
  Result<std::vector<Case>> LoadOf(ReadTx& tx, const std::vector<std::string>& addresses,
                                   const std::string& which) const;
  Result<RightsRequest> View(ReadTx& tx, const Case& found) const;
  Status Save(WriteTx& tx, Case& changed);
  Status Record(WriteTx& tx, const Caller& caller, const Case& about, const Change& change);
  Status RecordOpening(WriteTx& tx, const Caller& caller, const Case& of, std::string action);
  Result<RightsRequest> Done(WriteTx& tx, const Caller& caller, Case& changed, const Change& change);
  Status Step(Case& of, const StepInput& input) const;
  Status SetDeadlines(WriteTx& tx, Case& of);
  Result<std::shared_ptr<const Regulation>> LawOf(const Case& of) const;
  Result<RequestContent> OpenContent(ReadTx& tx, const Case& of) const;
  Status SealContent(WriteTx& tx, Case& of, const RequestContent& content);
  Result<std::vector<std::string>> IdentifiersOf(const RequestContent& content) const;
  Status AddMessage(WriteTx& tx, const Case& of, MessageDirection direction, const std::string& text);
  Result<std::vector<RequestMessage>> OpenMessages(ReadTx& tx, const Case& of) const;
  Status Tell(WriteTx& tx, Case& of, const std::string& letter);
  Result<bool> GoesByItself(const Case& of, const RequestContent& content) const;
  Result<RightsRequest> GoOnUnproven(WriteTx& tx, Case& of, const RequestContent& content);
  Result<RightsRequest> AddSkipped(WriteTx& tx, const Caller& caller, Case& of, const std::string& reason);
  Status ApproveUnproven(WriteTx& tx, Case& of);
  Status Empty(WriteTx& tx, const RightsRequestId& id);
  Status DropDocuments(WriteTx& tx, const Case& of);
  // The copy is over: nobody opens it from the commit on, and the job that shreds its keys is queued.
  Status EndDocument(WriteTx& tx, const Caller& caller, const Case& of, const FileId& document, DocumentOutcome outcome,
                     const std::string& note = {});
  Status AddDocuments(ReadTx& tx, const Case& found, RightsRequest& view) const;
  Result<RightsRequest> FinishPause(WriteTx& tx, const Caller& caller, Case& of);
  Status CheckNotAbsolute(ReadTx& tx, const Case& of, const RefusalGround& ground) const;

  const RightsWorld world_;
  Fulfilment* fulfilment_ = nullptr;
};

}  // namespace privity
