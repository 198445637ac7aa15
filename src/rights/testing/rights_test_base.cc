#include "rights/testing/rights_test_base.h"

#include "base/json.h"
#include "law/regulation.h"

namespace privity {
namespace {

class NoLog final : public LogSink {
 public:
  void Write(LogLevel, std::string_view) override {}
};

// Read once: many tests look at the same packs.
const PackCatalog& Packs() {
  static const PackCatalog packs = [] {
    std::vector<PackFile> files = BuiltInPackFiles("holidays/");
    for (PackFile& file : BuiltInPackFiles("regulations/")) files.push_back(std::move(file));
    return PackCatalog::Load({HolidayCalendarKind(), RegulationKind()}, files).value();
  }();
  return packs;
}

}  // namespace

std::vector<Migration> RightsTestBase::Migrations() const {
  std::vector<Migration> all;
  for (auto more : {LedgerMigrations(), KeysMigrations(), JobsMigrations(), MailMigrations(), SettingsMigrations(),
                    FilesMigrations(), RightsMigrations()}) {
    for (Migration& migration : more) all.push_back(std::move(migration));
  }
  return all;
}

void RightsTestBase::SetUp() {
  StoreTest::SetUp();
  if (IsSkipped() || HasFatalFailure()) return;
  for (const auto actions : {LedgerActions(), SettingsActions(), RightsActions()}) actions_.Register(actions);
  key_home_ = KeyHome::Open({.directory = place().directory() + "/keys",
                             .data_directory = place().directory() + "/data",
                             .backup_directory = {},
                             .before_step = {}},
                            RootKeySource::File(), clock())
                  .value();
  person_keys_ = PersonKeys::Open(store(), *key_home_, clock()).value();
  files_ =
      FileStore::Open({.directory = place().directory() + "/files"}, store(), *person_keys_, Uuid::NewV4(), clock())
          .value();
  ledger_ = std::make_unique<Ledger>(store(), actions_, clock(), person_keys_.get());
  jobs_ = std::make_unique<JobQueue>(clock());
  schedules_ = std::make_unique<Schedules>(*jobs_, clock());
  resolver_ = std::make_unique<SystemResolver>();
  own_texts_ = std::make_unique<OwnTexts>(*ledger_, Catalog::BuiltIn(), clock());
  mailer_ =
      std::make_unique<Mailer>(store(), *jobs_, Catalog::BuiltIn(), *resolver_, clock(), RightsMailTemplates(),
                               MailSettings{.way = SmtpServer{.host = "mail.example.org"},
                                            .from = Mailbox::Create("privacy@example.org").value()},
                               MailOutcome(), [this](ReadTx& tx, std::string_view key, std::string_view language) {
                                 return own_texts_->MailWordsOf(tx, key, language);
                               });
  organization_ = std::make_unique<OrganizationSettings>(*ledger_, clock());
  rights_ = std::make_unique<RightsRequests>(world());
  rights_->SetFulfilment(&fulfilment_);
  documents_ = std::make_unique<IdentityDocuments>(*rights_);
  texts_ = std::make_unique<TextGateway>(world(), outside_, OutboundPolicy());
  portal_ = std::make_unique<Portal>(world(), *rights_, *jobs_, *texts_);
  const Organization company{.name = "Example Trading",
                             .time_zone = TimeZone::Parse("Europe/Berlin").value(),
                             .language = "en",
                             .privacy_contact = {},
                             .version = 0};
  ASSERT_TRUE(Write([&](WriteTx& tx) { return organization_->Put(tx, staff_.actor, "", company, {}); }).ok());
  RightsSettings settings;
  settings.place = "DE";
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights_->PutSettings(tx, staff_, settings, {}); }).ok());
}

RightsWorld RightsTestBase::world() {
  return {.store = store(),
          .ledger = *ledger_,
          .person_keys = *person_keys_,
          .key_home = *key_home_,
          .organization = *organization_,
          .mailer = *mailer_,
          .texts = *own_texts_,
          .files = *files_,
          .jobs = *jobs_,
          .packs = []() -> const PackCatalog& { return Packs(); },
          .portal = portal_address_,
          .clock = clock()};
}

void RightsTestBase::TearDown() {
  portal_.reset();
  texts_.reset();
  documents_.reset();
  rights_.reset();
  organization_.reset();
  mailer_.reset();
  own_texts_.reset();
  schedules_.reset();
  jobs_.reset();
  ledger_.reset();
  files_.reset();
  person_keys_.reset();
  key_home_.reset();
  StoreTest::TearDown();
}

void RightsTestBase::SwitchTextsOn(std::vector<std::string> prefixes) {
  const TextSettingsChange change{.enabled = true,
                                  .url = "https://messages.example.org/privity",
                                  .secret = SecretString("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                                  .prefixes = std::move(prefixes)};
  const auto put = Write([&](WriteTx& tx) { return texts_->PutSettings(tx, staff_, change, {}); });
  ASSERT_TRUE(put.ok()) << put.error().DebugString();
}

Caller RightsTestBase::Person() const {
  Caller caller;
  caller.user = UserId::NewRandom();
  caller.actor = {.kind = ActorKind::kUser, .id = caller.user->ToString()};
  caller.request_id = "req-1";
  return caller;
}

NewRightsRequest RightsTestBase::Asked(Right right, std::string email, std::string law) {
  return {.law = std::move(law),
          .right = right,
          .language = "en",
          .received_at = {},
          .content = {.name = "Ada Lovelace",
                      .email = std::move(email),
                      .identifiers = {{.kind = "customer_number", .value = "C-1815"}},
                      .details = "What do you hold on me?",
                      .corrections = {},
                      .purpose = {}}};
}

RightsRequest RightsTestBase::Made(const NewRightsRequest& request) {
  const auto made = Write([&](WriteTx& tx) { return rights_->Create(tx, staff_, request, RequestChannel::kStaff); });
  EXPECT_TRUE(made.ok()) << made.error().DebugString();
  return made.value();
}

RightsRequest RightsTestBase::Now(const RightsRequestId& id) {
  const auto found = Read([&](ReadTx& tx) { return rights_->Get(tx, id); });
  EXPECT_TRUE(found.ok()) << found.error().DebugString();
  return found.value();
}

Result<RightsRequest> RightsTestBase::Move(const RightsRequestId& id, RequestStep step, std::string note) {
  return Write([&](WriteTx& tx) { return rights_->Move(tx, staff_, id, {.step = step, .note = note}); });
}

RightsRequest RightsTestBase::Proven(const RightsRequestId& id) {
  const auto proven = Write([&](WriteTx& tx) {
    return rights_->ProveByHand(tx, staff_, id, ProofMethod::kDocument, "Passport seen; copy destroyed.");
  });
  EXPECT_TRUE(proven.ok()) << proven.error().DebugString();
  return proven.value();
}

RightsRequest RightsTestBase::Running(const RightsRequestId& id) {
  Proven(id);
  EXPECT_TRUE(Write([&](WriteTx& tx) { return rights_->StartPlan(tx, staff_, id); }).ok());
  EXPECT_TRUE(Write([&](WriteTx& tx) { return rights_->Planned(tx, id, {.digest = "p1", .records = 7}); }).ok());
  EXPECT_TRUE(Write([&](WriteTx& tx) { return rights_->Approve(tx, staff_, id, "p1"); }).ok());
  const auto running = Write([&](WriteTx& tx) { return rights_->StartExecution(tx, staff_, id); });
  EXPECT_TRUE(running.ok()) << running.error().DebugString();
  return running.value();
}

Status RightsTestBase::Report(const RightsRequestId& id, FulfilmentStage stage) {
  return Write(
      [&](WriteTx& tx) { return rights_->Progressed(tx, id, {.stage = stage, .package = {}, .certificate = {}}); });
}

Result<Mandate> RightsTestBase::MandateFor(const RightsRequestId& id) {
  return Read([&](ReadTx& tx) { return rights_->Of(tx, id); });
}

void RightsTestBase::RunJobs() {
  NoLog no_log;
  Worker worker(store(), *jobs_, *schedules_, clock(), Logger(no_log, clock()),
                {{std::string(Portal::kCodeJob), portal_->Handler()}}, {.name = "test"});
  ASSERT_TRUE(worker.RunDue().ok());
}

Status RightsTestBase::RunJob(const std::string& kind, const JobHandler& handler) {
  Status outcome = Error("jobs.never_ran");
  PRIVITY_TRY_VOID(
      Write([&](WriteTx& tx) { return jobs_->Enqueue(tx, {.kind = kind, .payload = {}, .max_attempts = 1}); }));
  NoLog no_log;
  Worker worker(store(), *jobs_, *schedules_, clock(), Logger(no_log, clock()),
                {{kind,
                  [&](JobContext& context) {
                    outcome = handler(context);
                    return outcome;
                  }}},
                {.name = "test"});
  PRIVITY_TRY_VOID(worker.RunDue());
  return outcome;
}

std::string RightsTestBase::CodeInTheMail() {
  const auto row = Read([](ReadTx& tx) {
                     return tx.QueryOne(
                         "SELECT variables FROM mail_message WHERE template_key = 'rights.mail_code' "
                         "ORDER BY created_at DESC, id DESC LIMIT 1");
                   }).value();
  if (!row) return "";
  return *ParseJson(row->Get<std::string>(0)).value()["code"].string();
}

std::int64_t RightsTestBase::Count(const std::string& table) {
  return Read([&](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM " + table); }).value()->Get<std::int64_t>(0);
}

std::string RightsTestBase::WholeTables() {
  std::string all;
  for (const char* const query :
       {"SELECT id, subject, law, claim, state, address, body FROM rights_request", "SELECT body FROM rights_event",
        "SELECT body FROM rights_deadline", "SELECT direction FROM rights_message",
        "SELECT token, address, language FROM rights_portal_session", "SELECT counter FROM rights_portal_attempt"}) {
    const auto rows = Read([&](ReadTx& tx) { return tx.Query(query); }).value();
    for (const Row& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) all += row.Get<std::string>(i) + "\n";
    }
  }
  for (const char* const query :
       {"SELECT content FROM rights_request WHERE content IS NOT NULL",
        "SELECT note FROM rights_event WHERE note IS NOT NULL",
        "SELECT text FROM rights_message WHERE text IS NOT NULL", "SELECT email FROM rights_portal_session"}) {
    const auto rows = Read([&](ReadTx& tx) { return tx.Query(query); }).value();
    for (const Row& row : rows) all += std::string(AsText(row.Get<Bytes>(0))) + "\n";
  }
  return all;
}

std::vector<std::string> RightsTestBase::Recorded() {
  const auto rows =
      Read([](ReadTx& tx) { return tx.Query("SELECT body FROM ledger_staged ORDER BY at, seq"); }).value();
  std::vector<std::string> bodies;
  for (const Row& row : rows) bodies.push_back(row.Get<std::string>(0));
  return bodies;
}

}  // namespace privity
