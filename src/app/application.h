// Privity as one object: builds every room once, in order, and takes them down in reverse. The only place where things
// are constructed; the server, the command line and the tests are thin doors onto it.
//
// Open does, in this order: the key home, the store (which refuses a second process on the same data directory),
// pending migrations (backed up first), the packs (a wrong one keeps the program from starting: a deadline that is
// guessed is worse), the replay of later erasures after a restore, and one round of the ledger's
// sequencer. When it returns, what was answered before is there and new changes can be recorded.
//
// Accessors may be called from many threads; the rooms say of themselves what may overlap.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/checkpoint_post.h"
#include "app/checkpoint_sinks.h"
#include "app/configuration.h"
#include "app/finders.h"
#include "app/key_care.h"
#include "app/minute_chores.h"
#include "app/notices.h"
#include "app/readiness.h"
#include "backup/backup.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "crypto/key_home.h"
#include "datamap/world.h"
#include "files/file_store.h"
#include "identity/identity.h"
#include "identity/permission.h"
#include "jobs/job_queue.h"
#include "jobs/schedule.h"
#include "jobs/worker.h"
#include "keys/person_keys.h"
#include "ledger/decision_counter.h"
#include "ledger/ledger.h"
#include "ledger/reader.h"
#include "ledger/sequencer.h"
#include "mail/mailer.h"
#include "net/outbound.h"
#include "net/resolver.h"
#include "packs/catalog.h"
#include "rights/portal.h"
#include "rights/requests.h"
#include "settings/organization.h"
#include "settings/portal_face.h"
#include "settings/portal_text.h"
#include "store/store.h"
#include "tasks/tasks.h"
#include "workspace/news.h"
#include "workspace/notice_choices.h"
#include "workspace/notifications.h"
#include "workspace/saved_views.h"
#include "workspace/search.h"

namespace privity {

class Advisor;
class Datamap;
class Flows;
class ErasureJournal;
class Agents;
class Assertions;
class ConnectedLetterBox;
class MailIntake;
class PortalLinks;
class IdentityDocuments;
class Reindexing;
class Restrictions;
class TextRedaction;
class Execution;
class Orders;

extern const std::string_view kProgramVersion;

struct ApplicationOptions {
  std::string data_directory;
  std::string key_home_directory;
  std::string key_home_backup_directory = {};  // empty: none
  RootKeySource root_key = RootKeySource::File();
  SecretString postgres = {};                         // empty: SQLite in the data directory
  bool operator_has_backup = false;                   // PostgreSQL: the operator says so before a migration
  CheckpointPlaces checkpoints = {};                  // where signed checkpoints are kept besides
  std::vector<Migration> door_migrations = {};        // tables of the doors (server), after those of the rooms
  std::optional<MailSettings> mail = {};              // none: nothing is mailed, links are shown instead
  std::int64_t upload_bytes = std::int64_t{1} << 30;  // of one stored file
  WorkerOptions worker = {};                          // how background jobs are run
  std::string backup_directory = {};                  // of nightly and console backups; empty: <data directory>/backups
  StoreReach stores = {};                             // where connections may lead, without Privity's own places
  std::vector<ConfigSetting> settings = {};           // as they are shown to people, for support bundles
};

RootKeySource RootKeyOf(const KeyHomeConfiguration& configuration);
// Errors: mail.address_invalid for a sender or recipient that is none; net.url_invalid, net.network_invalid,
// net.webhook_secret_invalid, ledger.verifier_invalid.
Result<ApplicationOptions> OptionsOf(const LoadedConfiguration& loaded);

// Brings the tables of `store` up to this program, backed up first. Returns the steps that were taken. Errors: those of
// MigrateStore.
Result<std::vector<MigrationStep>> MigrateInstallation(Store& store, std::span<const Migration> migrations,
                                                       const ApplicationOptions& options, const Clock& clock);

// The kinds of packs that the rooms understand.
std::vector<PackKind> PackKinds();
// Where packs are installed, beside those built into the program.
std::string InstalledPacksDirectory(const std::string& data_directory);

// Brings back into force what happened after the backup that was restored (erasures above all). Runs before anything is
// served; an error keeps the installation closed, and the next start tries again.
struct ReplayStep {
  std::string name;
  std::function<Status(Store&)> run;
};

class Application {
 public:
  // Errors: those of the rooms, app.replay_failed{step}.
  static Result<std::unique_ptr<Application>> Open(const ApplicationOptions& options, const Clock& clock,
                                                   const Logger& log, std::vector<ReplayStep> replay = {});
  // Stops what runs in the background, signs what was recorded last, closes the store.
  ~Application();

  // Runs the jobs' workers, the sequencer and the chores of each minute in threads of their own until StopBackground or
  // the end.
  void StartBackground();
  void StopBackground();

  // The one-time link by which the first administrator is made, as long as there is nobody who can sign in; otherwise
  // nothing. The console's address is set before.
  Result<std::optional<std::string>> SetupUrl();

  // Whether requests can be served: a change can be saved, the ledger takes entries.
  Readiness CheckReadiness();

  const ApplicationOptions& options() const { return options_; }
  const Clock& clock() const { return clock_; }
  const Logger& log() const { return log_; }
  KeyHome& key_home() { return *key_home_; }
  Store& store() { return *store_; }
  const ActionRegistry& actions() const { return actions_; }
  const PermissionRegistry& permissions() const { return permissions_; }
  Ledger& ledger() { return *ledger_; }
  DecisionCounter& decisions() { return *decisions_; }
  LedgerReader& ledger_reader() { return *ledger_reader_; }
  Sequencer& sequencer() { return *sequencer_; }
  CheckpointPost& checkpoint_post() { return *checkpoint_post_; }
  PersonKeys& person_keys() { return *person_keys_; }
  const KeyCare& key_care() const { return *key_care_; }
  JobQueue& jobs() { return *jobs_; }
  Schedules& schedules() { return *schedules_; }
  FileStore& files() { return *files_; }
  Identity& identity() { return *identity_; }
  ConsoleAddress& console_address() { return console_address_; }
  ConsoleAddress& portal_address() { return portal_address_; }
  Tasks& tasks() { return *tasks_; }
  RightsRequests& rights() { return *rights_; }
  IdentityDocuments& identity_documents() { return *identity_documents_; }
  Portal& portal() { return *portal_; }
  Execution& execution() { return *execution_; }
  const Orders& orders() const { return *orders_; }
  Assertions& assertions() { return *assertions_; }
  Agents& agents() { return *agents_; }
  const TextGateway& texts() const { return *texts_; }
  const PortalLinks& portal_links() const { return *portal_links_; }
  MailIntake& mail_intake() { return *mail_intake_; }
  Restrictions& restrictions() { return *restrictions_; }
  const ErasureJournal& erasure_journal() const { return *erasure_journal_; }
  Mailer& mailer() { return *mailer_; }
  const OutboundHttp& outbound() const { return outbound_; }
  OrganizationSettings& organization() { return *organization_; }
  const PortalFaces& portal_faces() const { return *portal_faces_; }
  const PortalTexts& portal_texts() const { return *portal_texts_; }
  const OwnTexts& own_texts() const { return *own_texts_; }
  SavedViews& saved_views() { return *saved_views_; }
  Notifications& notifications() { return *notifications_; }
  NoticeChoices& notice_choices() { return *notice_choices_; }
  const News& news() const { return *news_; }
  Search& search() { return search_; }
  Backups& backups() { return *backups_; }
  // Those of the program alone are read when first asked for; many threads may ask.
  const PackCatalog& packs() const;
  const Datamap& datamap() const { return *datamap_; }
  const Flows& flows() const { return *flows_; }
  const Advisor& advisor() const { return *advisor_; }
  const TextRedaction& text_redaction() const { return *text_redaction_; }
  // The categories of personal data in force on the day when they are asked for first.
  const Taxonomy& taxonomy() const;
  MinuteChores& chores() { return *chores_; }
  Worker& worker() { return *worker_; }
  std::string backup_directory() const;

  // Writes and verifies a backup of the whole installation, with its ledger entry. Errors: those of Backups.
  Result<BackupSummary> CreateBackup(const std::filesystem::path& path, const Actor& actor,
                                     const std::string& request_id);

  // Every room's tables, in the order in which they are made.
  static std::vector<Migration> Migrations();

 private:
  Application(const ApplicationOptions& options, const Clock& clock, const Logger& log);
  std::filesystem::path FilesDirectory() const;
  Status OpenGround();
  Status LoadPacks();
  Status OpenLedger();
  std::string LedgerOrigin() const;
  Status OpenRooms();
  void OpenRights();
  void OpenNotices();
  void OpenDatamap();
  Status OpenExecution();
  const std::shared_ptr<const Detector>& detector() const;
  void OpenCheckpointPost();
  Status ReplayAfterRestore(const std::vector<ReplayStep>& steps);
  Status EnsureSchedules();
  JobHandlers Handlers();
  JobHandlers OwnHandlers();
  std::vector<MinuteChores::Chore> Chores();
  Status SweepRights();
  Status ForgetErasures();
  Status RunNightlyBackup(JobContext& context);
  Status VerifyWholeLedger(JobContext& context);

  const ApplicationOptions options_;
  const Clock& clock_;
  const Logger log_;
  ActionRegistry actions_;
  PermissionRegistry permissions_;
  Search search_;
  std::unique_ptr<KeyHome> key_home_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<PersonKeys> person_keys_;
  std::unique_ptr<DirectorySink> checkpoint_directory_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<DecisionCounter> decisions_;
  std::unique_ptr<LedgerReader> ledger_reader_;
  std::unique_ptr<Sequencer> sequencer_;
  std::unique_ptr<JobQueue> jobs_;
  std::unique_ptr<Schedules> schedules_;
  const SystemResolver resolver_;
  const GuardedHttp outbound_{resolver_};
  std::unique_ptr<FileStore> files_;
  std::unique_ptr<KeyCare> key_care_;
  std::unique_ptr<Tasks> tasks_;
  std::unique_ptr<Mailer> mailer_;
  std::unique_ptr<OrganizationSettings> organization_;
  std::unique_ptr<PortalFaces> portal_faces_;
  std::unique_ptr<PortalTexts> portal_texts_;
  std::unique_ptr<OwnTexts> own_texts_;  // before the mailer
  ConsoleAddress console_address_;
  ConsoleAddress portal_address_;
  PasswordHasher password_hasher_;
  std::unique_ptr<StaffPost> staff_post_;
  std::unique_ptr<Identity> identity_;
  std::unique_ptr<RightsRequests> rights_;
  std::unique_ptr<IdentityDocuments> identity_documents_;
  std::unique_ptr<Reindexing> reindexing_;
  std::unique_ptr<TextGateway> texts_;
  std::unique_ptr<Portal> portal_;
  std::unique_ptr<SavedViews> saved_views_;
  const std::unique_ptr<News> news_ = std::make_unique<News>(clock_);
  std::unique_ptr<Notifications> notifications_;
  std::unique_ptr<NoticeChoices> notice_choices_;
  std::unique_ptr<Notices> notices_;
  std::unique_ptr<Finders> finders_;
  std::unique_ptr<Backups> backups_;
  mutable std::once_flag packs_read_;
  mutable std::optional<PackCatalog> packs_;
  mutable std::once_flag detector_made_;
  mutable std::shared_ptr<const Detector> detector_;
  mutable std::once_flag taxonomy_made_;
  mutable std::optional<Taxonomy> taxonomy_;
  std::unique_ptr<Datamap> datamap_;
  std::unique_ptr<Restrictions> restrictions_;
  std::unique_ptr<Assertions> assertions_;
  std::unique_ptr<Agents> agents_;
  std::unique_ptr<PortalLinks> portal_links_;
  std::unique_ptr<ConnectedLetterBox> letter_box_;
  std::unique_ptr<MailIntake> mail_intake_;
  std::unique_ptr<Flows> flows_;
  std::unique_ptr<Advisor> advisor_;
  std::unique_ptr<TextRedaction> text_redaction_;
  std::unique_ptr<ErasureJournal> erasure_journal_;
  std::unique_ptr<Orders> orders_;
  std::unique_ptr<Execution> execution_;
  std::unique_ptr<CheckpointPost> checkpoint_post_;
  std::unique_ptr<MinuteChores> chores_;
  std::unique_ptr<Worker> worker_;
  std::jthread worker_thread_;
};

}  // namespace privity
