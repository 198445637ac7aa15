#include "app/application.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "advisor/advisor.h"
#include "app/letter_box.h"
#include "app/staff_mail.h"
#include "app/text_redaction.h"
#include "base/durable_file.h"
#include "connect/http/service_description.h"
#include "datamap/datamap.h"
#include "detect/detector.h"
#include "execution/execution.h"
#include "flows/flows.h"
#include "jobs/take_over.h"
#include "law/regulation.h"
#include "ledger/verify.h"
#include "orders/orders.h"
#include "packs/holidays.h"
#include "rights/agents.h"
#include "rights/assertion.h"
#include "rights/identity_documents.h"
#include "rights/mail_intake.h"
#include "rights/portal_link.h"
#include "rights/reindexing.h"
#include "workspace/workspace.h"

namespace privity {
namespace {

constexpr std::array<ActionInfo, 17> kActions = {
    {{"app.restore.replayed",
      "The installation was restored from a backup, and what happened after that backup is in force again."},
     {"app.backup.created", "A backup of the whole installation was written."},
     {"app.job.cancelled", "Somebody cancelled a background job."},
     {"app.job.paused", "Somebody paused a background job."},
     {"app.job.resumed", "Somebody let a paused background job go on."},
     {"app.job.retried", "Somebody let a failed background job run again."},
     {"app.keys.root_change_begun", "Somebody ordered another root key for the key home."},
     {"app.keys.root_changed", "How the change of the root key ended."},
     {"app.keys.named_rotation_begun", "Somebody ordered another key for signing the ledger or sealing backups."},
     {"app.keys.named_rotated", "How the change of a signing or backup key ended."},
     {"app.keys.bucket_rotation_ordered", "Somebody ordered new keys for all buckets."},
     {"app.keys.buckets_rotated", "All buckets have new keys; copies of the database from before no longer open."},
     {"app.keys.person_rotation_ordered", "Somebody ordered new keys for one person."},
     {"app.keys.person_rotated", "A person has new keys, and the old ones are forgotten."},
     {"app.support_bundle.made", "Somebody took a bundle of facts about the installation for support."},
     {"app.schedule.changed", "Somebody changed when a recurring job runs, or whether it does."},
     {"app.schedule.run", "Somebody started a recurring job out of turn."}}};

// Of what is too low to know permissions (settings, jobs, ledger).
constexpr std::array<PermissionInfo, 11> kPermissions = {
    {{"settings.read", "See what the organization says of itself.", kEverybody},
     {"settings.write", "Change what the organization says of itself.", {BuiltInRole::kPrivacyOfficer}},
     {"jobs.read",
      "See background jobs and schedules.",
      {BuiltInRole::kPrivacyOfficer, BuiltInRole::kEngineer, BuiltInRole::kAuditor}},
     {"jobs.write", "Cancel, pause and repeat jobs; change schedules.", {BuiltInRole::kEngineer}},
     {"ledger.read",
      "Read the ledger, its proofs and checkpoints.",
      {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal, BuiltInRole::kAuditor}},
     {"keys.read",
      "See which keys the installation has, and how old they are.",
      {BuiltInRole::kPrivacyOfficer, BuiltInRole::kEngineer, BuiltInRole::kAuditor}},
     {"keys.rotate", "Give the installation and the people in it new keys.", {}},
     {"packs.read", "Read the packs: what the law says, with its sources.", kEverybody},
     {"support.read", "Take a bundle of facts about the installation for support.", {BuiltInRole::kEngineer}},
     {"ledger.publish", "Send the newest checkpoint to a place outside out of turn.", {BuiltInRole::kEngineer}},
     {"health.read",
      "See the health of the installation and its metrics.",
      {BuiltInRole::kEngineer, BuiltInRole::kAuditor}}}};

constexpr int kSweepHour = 3;
constexpr int kBackupHour = 2;
constexpr int kVerifyHour = 4;
constexpr int kRemindMinutes = 15;
constexpr int kLetterMinutes = 5;
constexpr std::size_t kNightlyBackupsKept = 7;

void Append(std::vector<Migration>& all, std::vector<Migration> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

// SQLite would make its folder; beside PostgreSQL, too, there are the sealed files and the local socket.
Status MakeDataDirectory(const std::string& path) {
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return FileError(path, "make directory");
  return Ok();
}

ReadinessCheck CheckOf(std::string name, const Status& status) {
  return {.name = std::move(name),
          .ok = status.ok(),
          .error = status.ok() ? std::nullopt : std::optional(status.error().code())};
}

// Nightly backups are named by their day, so their names sort by age.
void KeepNewest(const std::filesystem::path& directory, std::size_t count) {
  std::vector<std::filesystem::path> nightly;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("nightly-") && name.ends_with(".privity")) nightly.push_back(entry.path());
  }
  std::sort(nightly.begin(), nightly.end());
  for (std::size_t i = 0; i + count < nightly.size(); ++i) std::filesystem::remove(nightly[i], ignored);
}

// A task that stood for an order ended: the request behind it goes on.
Status WakeAfterOrder(WriteTx& tx, const Entry& entry, const Tasks& tasks, const Caller& machine,
                      const Execution& execution) {
  if (entry.action != "tasks.task.moved") return Ok();
  PRIVITY_TRY(const TaskId id, TaskId::Parse(entry.object_id));
  PRIVITY_TRY(const Task task, tasks.Get(tx, machine, id));
  const bool is_over = task.state == TaskState::kDone || task.state == TaskState::kCancelled;
  if (task.kind != Orders::kTaskKind || !task.link || !is_over) return Ok();
  PRIVITY_TRY(const RightsRequestId request, RightsRequestId::Parse(task.link->id));
  return execution.Wake(tx, request);
}

}  // namespace

const std::string_view kProgramVersion = PRIVITY_VERSION;

RootKeySource RootKeyOf(const KeyHomeConfiguration& configuration) {
  switch (configuration.root_key) {
    case RootKeyPlace::kFile:
      return RootKeySource::File();
    case RootKeyPlace::kPassphrase:
      return RootKeySource::Passphrase(configuration.passphrase);
    case RootKeyPlace::kCredential:
      return RootKeySource::Credential(configuration.credential);
    case RootKeyPlace::kPkcs11:
      return RootKeySource::Pkcs11({.module = configuration.pkcs11.module,
                                    .token = configuration.pkcs11.token,
                                    .key = configuration.pkcs11.key,
                                    .pin = configuration.pkcs11.pin});
  }
  return RootKeySource::File();
}

namespace {

SmtpEncryption EncryptionOf(MailEncryption encryption) {
  switch (encryption) {
    case MailEncryption::kStartTls:
      return SmtpEncryption::kStartTls;
    case MailEncryption::kTls:
      return SmtpEncryption::kTls;
    case MailEncryption::kNone:
      return SmtpEncryption::kNone;
  }
  return SmtpEncryption::kStartTls;
}

// The operator's mail server may stand in a private network that outbound connections are allowed to reach.
Result<SmtpServer> MailServerOf(const MailConfiguration& mail, const OutboundConfiguration& outbound) {
  SmtpServer server;
  server.host = mail.host;
  server.port = static_cast<std::uint16_t>(mail.port);
  server.encryption = EncryptionOf(mail.encryption);
  server.user = mail.user;
  server.password = mail.password;
  server.ca_file = outbound.ca_file;
  for (const std::string& range : outbound.allowed_private_ranges) {
    PRIVITY_TRY(Network network, Network::Parse(range));
    server.addresses.allowed_networks.push_back(std::move(network));
  }
  return server;
}

Result<std::optional<MailSettings>> MailOf(const MailConfiguration& mail, const OutboundConfiguration& outbound) {
  if (!mail.is_set()) return std::optional<MailSettings>();
  PRIVITY_TRY(Mailbox from, Mailbox::Create(mail.from));
  if (!mail.folder.empty()) return MailSettings{.way = LetterFolder{mail.folder}, .from = std::move(from)};
  PRIVITY_TRY(SmtpServer server, MailServerOf(mail, outbound));
  return MailSettings{.way = std::move(server), .from = std::move(from)};
}

Result<CheckpointPlaces> CheckpointPlacesOf(const Configuration& configuration) {
  const CheckpointsConfiguration& from = configuration.checkpoints;
  CheckpointPlaces places{.directory = from.directory,
                          .interval = std::chrono::minutes(from.interval_minutes),
                          .mail_interval = std::chrono::hours(from.mail_interval_hours)};
  if (!from.witness_url.empty()) {
    PRIVITY_TRY(Url url, Url::Parse(from.witness_url));
    PRIVITY_TRY(NoteVerifier key, NoteVerifier::Parse(from.witness_key));
    places.witness.emplace(WitnessPlace{std::move(url), std::move(key)});
  }
  if (!from.webhook_url.empty()) {
    places.webhook.emplace();
    PRIVITY_TRY(places.webhook->url, Url::Parse(from.webhook_url));
    for (const SecretString* const text : {&from.webhook_secret, &from.webhook_secret_before}) {
      if (text->empty()) continue;
      PRIVITY_TRY(WebhookSecret secret, WebhookSecret::Parse(*text));
      places.webhook->secrets.push_back(std::move(secret));
    }
  }
  if (!from.mail_to.empty()) {
    PRIVITY_TRY(Mailbox to, Mailbox::Create(from.mail_to));
    places.mail_to = std::move(to);
  }
  for (const std::string& range : configuration.outbound.allowed_private_ranges) {
    PRIVITY_TRY(Network network, Network::Parse(range));
    places.networks.push_back(std::move(network));
  }
  places.ca_file = configuration.outbound.ca_file;
  return places;
}

// Without TLS only to this machine, and only when the loopback network is allowed as well.
OutboundPolicy PolicyFor(const Url& url, const CheckpointPlaces& places) {
  const auto address = IpAddress::Parse(url.host());
  const bool is_here = address.ok() && address->Class() == AddressClass::kLoopback;
  return {.addresses = {.allowed_networks = places.networks}, .allow_http = is_here, .ca_file = places.ca_file};
}

}  // namespace

Result<ApplicationOptions> OptionsOf(const LoadedConfiguration& loaded) {
  const Configuration& configuration = loaded.configuration;
  PRIVITY_TRY(std::optional<MailSettings> mail, MailOf(configuration.mail, configuration.outbound));
  PRIVITY_TRY(CheckpointPlaces checkpoints, CheckpointPlacesOf(configuration));
  StoreReach stores{.networks = checkpoints.networks,
                    .ca_file = configuration.outbound.ca_file,
                    .local_directories = configuration.stores.local_directories,
                    .duckdb_library = configuration.stores.duckdb_library};
  return ApplicationOptions{.data_directory = configuration.data_directory,
                            .key_home_directory = configuration.key_home.directory,
                            .key_home_backup_directory = configuration.key_home.backup_directory,
                            .root_key = RootKeyOf(configuration.key_home),
                            .postgres = configuration.database.url,
                            .operator_has_backup = configuration.database.backup_confirmed,
                            .checkpoints = std::move(checkpoints),
                            .mail = std::move(mail),
                            .upload_bytes = configuration.limits.upload_bytes,
                            .worker = {.threads = configuration.jobs.threads,
                                       .lease = std::chrono::seconds(configuration.jobs.lease_seconds)},
                            .backup_directory = configuration.backup_directory,
                            .stores = std::move(stores),
                            .settings = loaded.report.settings};
}

Result<std::vector<MigrationStep>> MigrateInstallation(Store& store, std::span<const Migration> migrations,
                                                       const ApplicationOptions& options, const Clock& clock) {
  const std::string copies = (std::filesystem::path(options.data_directory) / "backups-before-migration").string();
  return MigrateStore(store, migrations, clock,
                      {.backup_directory = copies, .operator_has_backup = options.operator_has_backup});
}

std::vector<PackKind> PackKinds() {
  std::vector<PackKind> kinds = DetectorPackKinds();
  kinds.push_back(HolidayCalendarKind());
  kinds.push_back(RegulationKind());
  kinds.push_back(PlaybookKind());
  kinds.push_back(ServiceKind());
  return kinds;
}

std::string InstalledPacksDirectory(const std::string& data_directory) {
  return (std::filesystem::path(data_directory) / "packs").string();
}

std::vector<Migration> Application::Migrations() {
  std::vector<Migration> all;
  Append(all, LedgerMigrations());
  Append(all, KeysMigrations());
  Append(all, JobsMigrations());
  Append(all, FilesMigrations());
  Append(all, MailMigrations());
  Append(all, TasksMigrations());
  Append(all, SettingsMigrations());
  Append(all, IdentityMigrations());
  Append(all, WorkspaceMigrations());
  Append(all, RightsMigrations());
  Append(all, DatamapMigrations());
  Append(all, FlowsMigrations());
  Append(all, AdvisorMigrations());
  Append(all, FulfilMigrations());
  Append(all, OrdersMigrations());
  Append(all, ExecutionMigrations());
  return all;
}

Result<std::unique_ptr<Application>> Application::Open(const ApplicationOptions& options, const Clock& clock,
                                                       const Logger& log, std::vector<ReplayStep> replay) {
  std::unique_ptr<Application> application(new Application(options, clock, log));
  PRIVITY_TRY_VOID(application->OpenGround());
  PRIVITY_TRY_VOID(application->OpenRooms());
  replay.push_back({.name = "restrictions", .run = [&](Store&) -> Status {
                      PRIVITY_TRY_VOID(application->restrictions().Restore());
                      return Ok();
                    }});
  replay.push_back({.name = "erasures", .run = [&](Store&) { return application->execution().replays().RunNow(); }});
  PRIVITY_TRY_VOID(application->ReplayAfterRestore(replay));
  PRIVITY_TRY_VOID(application->EnsureSchedules());
  PRIVITY_TRY_VOID(application->sequencer_->RunOnce());
  return application;
}

Application::Application(const ApplicationOptions& options, const Clock& clock, const Logger& log)
    : options_(options), clock_(clock), log_(log) {}

Application::~Application() {
  StopBackground();
  if (sequencer_) (void)sequencer_->RunOnce();
  sequencer_.reset();  // its publisher tells of problems through rooms that are taken down before it
}

Status Application::OpenGround() {
  PRIVITY_TRY(key_home_, KeyHome::Open({.directory = options_.key_home_directory,
                                        .data_directory = options_.data_directory,
                                        .backup_directory = options_.key_home_backup_directory,
                                        .before_step = {}},
                                       options_.root_key, clock_));
  PRIVITY_TRY_VOID(MakeDataDirectory(options_.data_directory));
  StoreOptions store_options;
  store_options.data_directory = options_.data_directory;
  store_options.postgres = options_.postgres;
  PRIVITY_TRY(store_, OpenStore(store_options));
  std::vector<Migration> migrations = Migrations();
  Append(migrations, options_.door_migrations);
  PRIVITY_TRY(const auto steps, MigrateInstallation(*store_, migrations, options_, clock_));
  if (!steps.empty()) log_.Info("app.migrated", {{"steps", static_cast<std::int64_t>(steps.size())}});
  return LoadPacks();
}

// The packs of the program are sound (tests read all of them) and take a while: they are read when first asked for.
// With packs installed beside them all are read here, as one of those may be wrong or contradict one of the program.
Status Application::LoadPacks() {
  PRIVITY_TRY(std::vector<PackFile> installed, ReadPackFiles(InstalledPacksDirectory(options_.data_directory)));
  if (installed.empty()) return Ok();
  std::vector<PackFile> files = BuiltInPackFiles();
  std::move(installed.begin(), installed.end(), std::back_inserter(files));
  PRIVITY_TRY(packs_, PackCatalog::Load(PackKinds(), files));
  return Ok();
}

const PackCatalog& Application::packs() const {
  std::call_once(packs_read_, [this] {
    if (!packs_) packs_ = PackCatalog::Load(PackKinds(), BuiltInPackFiles()).value();
  });
  return *packs_;
}

Status Application::OpenRooms() {
  for (const auto actions :
       {LedgerActions(), SettingsActions(), IdentityActions(), TasksActions(), RightsActions(), WorkspaceActions(),
        DatamapActions(), FlowsActions(), AdvisorActions(), FulfilActions(), OrdersActions(), ExecutionActions(),
        CheckpointPostActions(), TextRedactionActions(), std::span<const ActionInfo>(kActions)}) {
    actions_.Register(actions);
  }
  permissions_.Register(kPermissions);
  permissions_.Register(IdentityPermissions());
  permissions_.Register(TasksPermissions());
  permissions_.Register(RightsPermissions());
  permissions_.Register(ExecutionPermissions());
  permissions_.Register(WorkspacePermissions());
  permissions_.Register(DatamapPermissions());
  permissions_.Register(TextRedactionPermissions());

  PRIVITY_TRY_VOID(OpenLedger());
  jobs_ = std::make_unique<JobQueue>(clock_);
  schedules_ = std::make_unique<Schedules>(*jobs_, clock_);
  PRIVITY_TRY(files_, FileStore::Open({.directory = FilesDirectory(), .bytes_max = options_.upload_bytes}, *store_,
                                      *person_keys_, key_home_->installation(), clock_));
  // A room that seals with PersonKey has its line here (app/key_care.h).
  key_care_ = std::make_unique<KeyCare>(
      *key_home_, *person_keys_, *ledger_, *jobs_,
      std::vector<Resealer>{[this](WriteTx& tx, const SubjectId& id) { return files_->ResealKeys(tx, id); },
                            [this](WriteTx& tx, const SubjectId& id) { return rights_->Reseal(tx, id); },
                            [this](WriteTx& tx, const SubjectId& id) { return execution_->Reseal(tx, id); }});
  tasks_ = std::make_unique<Tasks>(*ledger_, clock_, [this](ReadTx& tx, const UserId& id) -> Status {
    PRIVITY_TRY_VOID(identity_->people().Get(tx, id));
    return Ok();
  });
  std::vector<MailTemplate> templates = StaffMailTemplates();
  templates.push_back(TestMailTemplate());
  templates.push_back(NoticeMailTemplate());
  for (MailTemplate& letter : OrdersMailTemplates()) templates.push_back(std::move(letter));
  for (MailTemplate& letter : RightsMailTemplates()) templates.push_back(std::move(letter));
  own_texts_ = std::make_unique<OwnTexts>(*ledger_, Catalog::BuiltIn(), clock_);
  mailer_ = std::make_unique<Mailer>(*store_, *jobs_, Catalog::BuiltIn(), resolver_, clock_, std::move(templates),
                                     options_.mail, MailOutcome(),
                                     [this](ReadTx& tx, std::string_view key, std::string_view language) {
                                       return own_texts_->MailWordsOf(tx, key, language);
                                     });
  organization_ = std::make_unique<OrganizationSettings>(*ledger_, clock_);
  portal_faces_ = std::make_unique<PortalFaces>(*ledger_, clock_);
  portal_texts_ = std::make_unique<PortalTexts>(*ledger_, Catalog::BuiltIn(), clock_);
  staff_post_ = std::make_unique<StaffMail>(*mailer_);
  identity_ = std::make_unique<Identity>(IdentityWorld{.store = *store_,
                                                       .ledger = *ledger_,
                                                       .clock = clock_,
                                                       .permissions = permissions_,
                                                       .keys = *key_home_,
                                                       .hasher = password_hasher_,
                                                       .organization = *organization_,
                                                       .console = console_address_,
                                                       .post = *staff_post_,
                                                       .jobs = *jobs_,
                                                       .http = outbound_},
                                         geteuid());
  OpenRights();
  saved_views_ = std::make_unique<SavedViews>(*ledger_, clock_);
  notifications_ = std::make_unique<Notifications>(*news_, clock_);
  notice_choices_ = std::make_unique<NoticeChoices>(*ledger_);
  backups_ = std::make_unique<Backups>(*key_home_, clock_, FilesDirectory(), std::string(kProgramVersion));
  OpenCheckpointPost();
  OpenDatamap();
  text_redaction_ = std::make_unique<TextRedaction>(*store_, *ledger_, [this] { return detector(); });
  PRIVITY_TRY_VOID(OpenExecution());
  OpenNotices();
  chores_ = std::make_unique<MinuteChores>(clock_, log_, Chores());
  worker_ = std::make_unique<Worker>(*store_, *jobs_, *schedules_, clock_, log_, Handlers(), options_.worker);
  return Ok();
}

std::string Application::LedgerOrigin() const {
  return "privity/" + key_home_->installation().ToString();
}

Status Application::OpenLedger() {
  PRIVITY_TRY(person_keys_, PersonKeys::Open(*store_, *key_home_, clock_));
  ledger_ = std::make_unique<Ledger>(*store_, actions_, clock_, person_keys_.get());
  decisions_ = std::make_unique<DecisionCounter>(*ledger_);
  ledger_reader_ = std::make_unique<LedgerReader>(*store_, actions_);
  std::vector<CheckpointSink*> own;
  if (!options_.checkpoints.directory.empty()) {
    checkpoint_directory_ = std::make_unique<DirectorySink>(options_.checkpoints.directory);
    own.push_back(checkpoint_directory_.get());
  }
  PRIVITY_TRY(
      sequencer_,
      Sequencer::Create(
          *ledger_, [this] { return LedgerKeys(*key_home_); },
          {.origin = LedgerOrigin(), .on_sink_problem = [this](const Error&) { notices_->OnSinkProblem(); }}, own));
  return Ok();
}

void Application::OpenCheckpointPost() {
  const CheckpointPlaces& places = options_.checkpoints;
  std::vector<CheckpointPost::Target> targets;
  if (places.witness) {
    targets.push_back(
        {WitnessOverHttp(*places.witness, outbound_, PolicyFor(places.witness->url, places)), places.interval});
  }
  if (places.webhook) {
    targets.push_back(
        {std::make_unique<WebhookSink>(*places.webhook, outbound_, PolicyFor(places.webhook->url, places), clock_),
         places.interval});
  }
  if (places.mail_to && options_.mail) {
    targets.push_back({std::make_unique<MailSink>(*places.mail_to, *options_.mail, Catalog::BuiltIn(), resolver_,
                                                  *store_, *organization_, clock_),
                       places.mail_interval});
  }
  std::vector<const CheckpointSink*> own;
  if (checkpoint_directory_) own.push_back(checkpoint_directory_.get());
  checkpoint_post_ = std::make_unique<CheckpointPost>(*ledger_, *sequencer_, *jobs_, std::move(targets), std::move(own),
                                                      SequencerOptions().publish_interval);
}

void Application::OpenRights() {
  const RightsWorld world{.store = *store_,
                          .ledger = *ledger_,
                          .person_keys = *person_keys_,
                          .key_home = *key_home_,
                          .organization = *organization_,
                          .mailer = *mailer_,
                          .texts = *own_texts_,
                          .files = *files_,
                          .jobs = *jobs_,
                          .packs = [this]() -> const PackCatalog& { return packs(); },
                          .portal = portal_address_,
                          .clock = clock_,
                          .may_work = [this](ReadTx& tx, const UserId& id) -> Result<bool> {
                            PRIVITY_TRY(const PermissionSet may, identity_->people().PermissionsOf(tx, id));
                            return may.Has("rights.read");
                          }};
  rights_ = std::make_unique<RightsRequests>(world);
  identity_documents_ = std::make_unique<IdentityDocuments>(*rights_);
  reindexing_ = std::make_unique<Reindexing>(world);
  // What people forbade is remembered beside the keys, as who was erased.
  RestrictionJournal forbidden(std::filesystem::path(options_.key_home_directory) / "restrictions");
  restrictions_ = std::make_unique<Restrictions>(world, *rights_, std::move(forbidden));
  const OutboundPolicy posts{.addresses = {.allowed_networks = options_.stores.networks},
                             .ca_file = options_.stores.ca_file};
  texts_ = std::make_unique<TextGateway>(world, outbound_, posts);
  portal_ = std::make_unique<Portal>(world, *rights_, *jobs_, *texts_);
  assertions_ = std::make_unique<Assertions>(world, *portal_);
  agents_ = std::make_unique<Agents>(world, *rights_, AgentPost{.jobs = *jobs_, .http = outbound_, .policy = posts});
  portal_links_ = std::make_unique<PortalLinks>(world);
  letter_box_ = std::make_unique<ConnectedLetterBox>([this]() -> const Datamap& { return *datamap_; });
  mail_intake_ = std::make_unique<MailIntake>(world, *rights_, *letter_box_);
}

// Both are read from the packs when they are asked for first.
const std::shared_ptr<const Detector>& Application::detector() const {
  std::call_once(detector_made_,
                 [this] { detector_ = Detector::Create(packs(), TimeZone().DateAt(clock_.Now())).value(); });
  return detector_;
}

const Taxonomy& Application::taxonomy() const {
  std::call_once(taxonomy_made_,
                 [this] { taxonomy_ = Taxonomy::Load(packs(), TimeZone().DateAt(clock_.Now())).value(); });
  return *taxonomy_;
}

void Application::OpenDatamap() {
  StoreReach reach = options_.stores;
  for (const std::string& own :
       {options_.data_directory, options_.key_home_directory, options_.key_home_backup_directory, backup_directory(),
        options_.checkpoints.directory}) {
    if (!own.empty()) reach.closed_directories.push_back(own);
  }
  datamap_ = std::make_unique<Datamap>(DatamapWorld{.store = *store_,
                                                    .ledger = *ledger_,
                                                    .clock = clock_,
                                                    .keys = *key_home_,
                                                    .jobs = *jobs_,
                                                    .schedules = *schedules_,
                                                    .resolver = resolver_,
                                                    .reach = std::move(reach),
                                                    .detector = [this]() -> const Detector& { return *detector(); },
                                                    .taxonomy = [this]() -> const Taxonomy& { return taxonomy(); },
                                                    .packs = [this]() -> const PackCatalog& { return packs(); }});
  flows_ = std::make_unique<Flows>(*datamap_);
  advisor_ = std::make_unique<Advisor>(*datamap_, *flows_, *tasks_, Catalog::BuiltIn());
}

// Who was erased is remembered beside the keys: a restored backup of the data directory must not forget it.
Status Application::OpenExecution() {
  PRIVITY_TRY(const VersionedKey key, key_home_->Named("fulfil.journal"));
  PRIVITY_TRY(ErasureJournal journal,
              ErasureJournal::Open(std::filesystem::path(options_.key_home_directory) / "erasures", key.key));
  erasure_journal_ = std::make_unique<ErasureJournal>(std::move(journal));
  orders_ = std::make_unique<Orders>(OrdersWorld{.store = *store_,
                                                 .ledger = *ledger_,
                                                 .files = *files_,
                                                 .tasks = *tasks_,
                                                 .mailer = *mailer_,
                                                 .organization = *organization_,
                                                 .words = Catalog::BuiltIn(),
                                                 .machine = SystemCaller(permissions_, "orders"),
                                                 .clock = clock_});
  execution_ =
      std::make_unique<Execution>(ExecutionWorld{.store = *store_,
                                                 .ledger = *ledger_,
                                                 .reader = *ledger_reader_,
                                                 .person_keys = *person_keys_,
                                                 .files = *files_,
                                                 .jobs = *jobs_,
                                                 .datamap = *datamap_,
                                                 .tasks = *tasks_,
                                                 .mandates = *rights_,
                                                 .restrictions = *restrictions_,
                                                 .journal = *erasure_journal_,
                                                 .orders = *orders_,
                                                 .words = Catalog::BuiltIn(),
                                                 .detector = [this]() -> const Detector& { return *detector(); },
                                                 .signing_key = [this]() -> Result<SigningKey> {
                                                   PRIVITY_TRY(std::vector<SigningKey> keys, LedgerKeys(*key_home_));
                                                   return std::move(keys.front());
                                                 },
                                                 .origin = LedgerOrigin(),
                                                 .machine = SystemCaller(permissions_, "execution"),
                                                 .clock = clock_});
  rights_->SetFulfilment(execution_.get());
  return Ok();
}

// From here on everybody hears of what happens: before the first change.
void Application::OpenNotices() {
  notices_ = std::make_unique<Notices>(NoticeRooms{.store = *store_,
                                                   .clock = clock_,
                                                   .log = log_,
                                                   .catalog = Catalog::BuiltIn(),
                                                   .notifications = *notifications_,
                                                   .choices = *notice_choices_,
                                                   .news = *news_,
                                                   .tasks = *tasks_,
                                                   .identity = *identity_,
                                                   .rights = *rights_,
                                                   .organization = *organization_,
                                                   .mailer = *mailer_,
                                                   .console = console_address_});
  std::vector<std::string> job_kinds;
  for (const auto& [kind, handler] : Handlers()) job_kinds.push_back(kind);
  finders_ = std::make_unique<Finders>(FinderRooms{.store = *store_,
                                                   .catalog = Catalog::BuiltIn(),
                                                   .identity = *identity_,
                                                   .tasks = *tasks_,
                                                   .jobs = *jobs_,
                                                   .schedules = *schedules_,
                                                   .ledger = *ledger_reader_,
                                                   .actions = actions_,
                                                   .organization = *organization_,
                                                   .datamap = *datamap_,
                                                   .job_kinds = std::move(job_kinds)});
  finders_->AddTo(search_);
  jobs_->Listen([this](WriteTx& tx, const JobInfo& job) { return notices_->OnJob(tx, job); });
  ledger_->Listen([this](WriteTx& tx, const Entry& entry) -> Status {
    PRIVITY_TRY_VOID(finders_->OnEntry(tx, entry));
    PRIVITY_TRY_VOID(flows_->OnEntry(tx, entry));
    PRIVITY_TRY_VOID(advisor_->OnEntry(tx, entry));
    PRIVITY_TRY_VOID(WakeAfterOrder(tx, entry, *tasks_, SystemCaller(permissions_, "execution"), *execution_));
    PRIVITY_TRY_VOID(agents_->OnEntry(tx, entry));
    return notices_->OnEntry(tx, entry);
  });
}

Status Application::ReplayAfterRestore(const std::vector<ReplayStep>& steps) {
  const RestoreMark mark(options_.data_directory);
  PRIVITY_TRY(const bool restored, mark.IsSet());
  if (!restored) return Ok();
  for (const ReplayStep& step : steps) {
    if (const Status status = step.run(*store_); !status.ok()) {
      return Error("app.replay_failed", {{"step", step.name}, {"problem", status.error().code()}});
    }
  }
  Entry entry{.action = "app.restore.replayed", .actor = {.kind = ActorKind::kSystem, .id = "app"}};
  entry.details.Add("steps", static_cast<std::int64_t>(steps.size()));
  PRIVITY_TRY_VOID(ledger_->Record(entry));
  return mark.Clear();
}

Status Application::EnsureSchedules() {
  return store_->Write([&](WriteTx& tx) -> Status {
    if (tx.dialect() == Dialect::kSqlite) PRIVITY_TRY_VOID(TakeOverJobs(tx, clock_));
    for (const char* sweep : {"workspace.sweep", "identity.sweep", "files.sweep", "rights.sweep"}) {
      PRIVITY_TRY_VOID(schedules_->Ensure(tx, {.name = sweep, .kind = sweep, .rule = DailyAt(kSweepHour, 0)}));
    }
    PRIVITY_TRY_VOID(
        schedules_->Ensure(tx, {.name = "ledger.verify", .kind = "ledger.verify", .rule = DailyAt(kVerifyHour, 0)}));
    PRIVITY_TRY_VOID(
        schedules_->Ensure(tx, {.name = "tasks.remind", .kind = "tasks.remind", .rule = EveryMinutes(kRemindMinutes)}));
    PRIVITY_TRY_VOID(schedules_->Ensure(tx, {.name = std::string(MailIntake::kJob),
                                             .kind = std::string(MailIntake::kJob),
                                             .rule = EveryMinutes(kLetterMinutes)}));
    PRIVITY_TRY_VOID(finders_->FillWhenEmpty(tx));
    return schedules_->Ensure(
        tx, {.name = "backup.nightly", .kind = "backup.nightly", .rule = DailyAt(kBackupHour, 0), .is_enabled = false});
  });
}

std::vector<MinuteChores::Chore> Application::Chores() {
  return {{"ledger.decisions", [this] { return decisions_->Flush(); }},
          {"ledger.publish", [this] { return checkpoint_post_->EnqueueDue(); }},
          {"rights.documents", [this] { return identity_documents_->Expire(); }},
          {"files.sweep", [this]() -> Status {
             PRIVITY_TRY_VOID(files_->Sweep());
             return Ok();
           }}};
}

JobHandlers Application::Handlers() {
  JobHandlers handlers = execution_->Handlers();
  handlers.merge(OwnHandlers());
  return handlers;
}

JobHandlers Application::OwnHandlers() {
  return {{"workspace.sweep",
           [this](JobContext&) -> Status {
             PRIVITY_TRY_VOID(store_->Write([&](WriteTx& tx) { return notifications_->Sweep(tx); }));
             PRIVITY_TRY_VOID(store_->Write([&](WriteTx& tx) { return news_->Sweep(tx); }));
             return Ok();
           }},
          {"tasks.remind", [this](JobContext&) { return notices_->RemindOfTasks(); }},
          {std::string(Finders::kFillJob), [this](JobContext& context) { return finders_->Fill(context); }},
          {std::string(Mailer::kJobKind), mailer_->Handler()},
          {std::string(kPasswordLetterJob),
           [this](JobContext& context) { return identity_->sign_in().SendPasswordLetter(context.payload()); }},
          {"identity.sweep",
           [this](JobContext&) { return store_->Write([&](WriteTx& tx) { return identity_->Sweep(tx); }); }},
          {std::string(Portal::kCodeJob), portal_->Handler()},
          {std::string(IdentityDocuments::kDestroyJob), identity_documents_->Handler()},
          {std::string(Reindexing::kJob), reindexing_->Handler()},
          {std::string(MailIntake::kJob), mail_intake_->Handler()},
          {std::string(Agents::kTellJob), agents_->Handler()},
          {"rights.sweep", [this](JobContext&) { return SweepRights(); }},
          {"files.sweep",
           [this](JobContext&) -> Status {
             PRIVITY_TRY_VOID(files_->SweepAll());
             return Ok();
           }},
          {std::string(KeyCare::kBucketsJob), [this](JobContext& context) { return key_care_->RunBuckets(context); }},
          {std::string(KeyCare::kPersonJob), [this](JobContext& context) { return key_care_->RunPerson(context); }},
          {std::string(CheckpointPost::kJobKind), checkpoint_post_->Handler()},
          {"ledger.verify", [this](JobContext& context) { return VerifyWholeLedger(context); }},
          {std::string(Flows::kReadJob), [this](JobContext& context) { return flows_->Run(context); }},
          {std::string(Advisor::kLookJob), [this](JobContext& context) { return advisor_->Run(context); }},
          {std::string(Connections::kScanJob), [this](JobContext& context) { return datamap_->scans().Run(context); }},
          {"backup.nightly", [this](JobContext& context) { return RunNightlyBackup(context); }}};
}

// What requests said is destroyed in bites, so that no one of them holds the writer for long.
Status Application::SweepRights() {
  constexpr int kBite = 100;
  PRIVITY_TRY_VOID(store_->Write([&](WriteTx& tx) { return portal_->Sweep(tx); }));
  PRIVITY_TRY_VOID(store_->Write([&](WriteTx& tx) { return agents_->Sweep(tx); }));
  PRIVITY_TRY_VOID(store_->Write([&](WriteTx& tx) { return mail_intake_->Sweep(tx); }));
  PRIVITY_TRY_VOID(restrictions_->Sweep());
  PRIVITY_TRY_VOID(ForgetErasures());
  while (true) {
    PRIVITY_TRY(const std::int64_t emptied, rights_->Minimize(kBite));
    if (emptied < kBite) return Ok();
  }
}

// When no backup is left that could bring them back.
Status Application::ForgetErasures() {
  PRIVITY_TRY(const RightsSettings settings, store_->Read([&](ReadTx& tx) { return rights_->Settings(tx); }));
  if (!settings.remember_days) return Ok();
  PRIVITY_TRY(const std::int64_t forgotten,
              erasure_journal_->Forget(clock_.Now() - std::chrono::days(*settings.remember_days)));
  if (forgotten == 0) return Ok();
  Entry entry{.action = "fulfil.journal.forgotten", .actor = {.kind = ActorKind::kSystem, .id = "app"}};
  entry.details.Add("erasures", forgotten);
  PRIVITY_TRY_VOID(ledger_->Record(entry));
  return Ok();
}

Status Application::VerifyWholeLedger(JobContext& context) {
  PRIVITY_TRY_VOID(context.BeginStep("verify"));
  VerifyOptions options;
  options.progress = [&](std::uint64_t checked, std::uint64_t size) -> Status {
    if (context.stop_requested()) return Error("jobs.stopped");
    return context.SaveProgress(static_cast<std::int64_t>(checked), static_cast<std::int64_t>(size));
  };
  PRIVITY_TRY(const NoteVerifiers verifiers, sequencer_->verifiers());
  PRIVITY_TRY(const VerifyReport report, VerifyLedger(*store_, verifiers, clock_, options));
  if (report.whole()) return Ok();
  const Error damaged("app.ledger_damaged", {{"findings", std::to_string(report.findings.size())}});
  log_.Error("app.ledger_damaged", {{"findings", static_cast<std::int64_t>(report.findings.size())}});
  return damaged;
}

Status Application::RunNightlyBackup(JobContext& context) {
  const std::filesystem::path directory(backup_directory());
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  std::string day = FormatInstant(clock_.Now()).substr(0, 10);
  const auto path = directory / ("nightly-" + day + ".privity");
  // An attempt that ended after its file was whole has done the work.
  if (std::filesystem::exists(path, failure)) return Ok();
  PRIVITY_TRY_VOID(context.BeginStep("write"));
  PRIVITY_TRY_VOID(CreateBackup(path, {.kind = ActorKind::kSystem, .id = "app"}, ""));
  KeepNewest(directory, kNightlyBackupsKept);
  return Ok();
}

Result<BackupSummary> Application::CreateBackup(const std::filesystem::path& path, const Actor& actor,
                                                const std::string& request_id) {
  PRIVITY_TRY(BackupSummary summary, backups_->Create(*store_, path));
  PRIVITY_TRY_VOID(backups_->Verify(path));
  Entry entry{.action = "app.backup.created", .actor = actor, .request_id = request_id};
  entry.details.Add("tables", static_cast<std::int64_t>(summary.tables.size())).Add("files", summary.files);
  PRIVITY_TRY_VOID(ledger_->Record(entry));
  return summary;
}

std::filesystem::path Application::FilesDirectory() const {
  return std::filesystem::path(options_.data_directory) / "files";
}

std::string Application::backup_directory() const {
  if (!options_.backup_directory.empty()) return options_.backup_directory;
  return (std::filesystem::path(options_.data_directory) / "backups").string();
}

Result<std::optional<std::string>> Application::SetupUrl() {
  PRIVITY_TRY(const bool needed, store_->Read([&](ReadTx& tx) { return identity_->sign_in().SetupNeeded(tx); }));
  if (!needed) return std::optional<std::string>();
  PRIVITY_TRY(const SecretString link, identity_->sign_in().NewSetupLink());
  return std::optional(link.Reveal());
}

void Application::StartBackground() {
  sequencer_->Start();
  chores_->Start();
  worker_thread_ = std::jthread([this](const std::stop_token& stop) { worker_->Run(stop); });
}

void Application::StopBackground() {
  if (!worker_thread_.joinable()) return;
  worker_thread_.request_stop();
  worker_thread_.join();
  chores_->Stop();
}

Readiness Application::CheckReadiness() {
  Readiness readiness;
  readiness.checks.push_back(CheckOf("store", store_->Probe()));
  const auto halted = ledger_->halted();
  const auto problem = sequencer_->state().problem;
  readiness.checks.push_back(CheckOf("ledger", halted ? Status(*halted) : problem ? Status(*problem) : Ok()));
  const auto key = key_home_->Named(kLedgerSigningKey);
  readiness.checks.push_back(CheckOf("key_home", key.ok() ? Ok() : Status(key.error())));
  readiness.ready =
      std::all_of(readiness.checks.begin(), readiness.checks.end(), [](const auto& check) { return check.ok; });
  return readiness;
}

}  // namespace privity
