#include "cli/local_commands.h"

#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "app/application.h"
#include "backup/backup.h"
#include "cli/code_commands.h"
#include "cli/demo_command.h"
#include "cli/gate_command.h"
#include "cli/map_command.h"
#include "cli/render.h"
#include "cli/scan_command.h"
#include "cli/watch.h"
#include "fulfil/certificate.h"
#include "ledger/verify.h"
#include "server/service.h"

namespace privity {
namespace {

constexpr std::size_t kVerifierKeyBytesMax = 4096;
constexpr std::size_t kCertificateBytesMax = std::size_t{16} << 20;

// Runs what returns a Result of an exit code, and explains its error.
int Explained(const CommandWorld& world, const Result<int>& result, int code_on_error = exit_code::kFailed) {
  if (result.ok()) return *result;
  world.explain(result.error());
  return result.error().Is("cli.usage") ? exit_code::kUsage : code_on_error;
}

void PrintValue(const CommandWorld& world, const Invocation& invocation, const Json& value,
                const std::string& when_empty = "Nothing found.") {
  if (invocation.Has("json")) {
    world.print(ToJson(value) + "\n");
  } else {
    world.print(Render(value, {.is_terminal = world.is_terminal, .width = world.width}, when_empty));
  }
}

Result<std::unique_ptr<KeyHome>> OpenKeyHome(const Configuration& configuration, const Clock& clock) {
  return KeyHome::Open({.directory = configuration.key_home.directory,
                        .data_directory = configuration.data_directory,
                        .backup_directory = configuration.key_home.backup_directory,
                        .before_step = {}},
                       RootKeyOf(configuration.key_home), clock);
}

// Lines on a terminal only, and at most a few a second: a bar would need a total, which a backup does not know before
// its end.
BackupProgress ProgressOn(const CommandWorld& world, const Clock& clock) {
  if (!world.is_terminal) return {};
  auto next = std::make_shared<std::chrono::steady_clock::time_point>(clock.Monotonic());
  return [&world, &clock, next](std::int64_t rows, std::int64_t bytes) {
    if (clock.Monotonic() < *next) return;
    *next = clock.Monotonic() + std::chrono::milliseconds(200);
    world.complain("\r" + std::to_string(rows) + " rows, " + std::to_string(bytes >> 20) + " MiB ");
  };
}

Result<int> VerifyBackup(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
  const SystemClock clock;
  PRIVITY_TRY(const auto keys, OpenKeyHome(loaded.configuration, clock));
  const Backups backups(*keys, clock, {}, std::string(kProgramVersion));
  PRIVITY_TRY(const BackupSummary summary, backups.Verify(invocation.Value("file"), ProgressOn(world, clock)));
  PrintValue(world, invocation, ToJsonValue(summary));
  return exit_code::kDone;
}

Result<int> Restore(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
  const Configuration& configuration = loaded.configuration;
  const SystemClock clock;
  PRIVITY_TRY(const auto keys, OpenKeyHome(configuration, clock));
  StoreOptions options;
  options.data_directory = configuration.data_directory;
  options.postgres = configuration.database.url;
  PRIVITY_TRY(const auto store, OpenStore(options));
  // The mark comes first: whatever interrupts the restore, nothing is served before the replay.
  PRIVITY_TRY_VOID(RestoreMark(configuration.data_directory).Set(invocation.Value("file"), clock.Now()));
  const Backups backups(*keys, clock, std::filesystem::path(configuration.data_directory) / "files",
                        std::string(kProgramVersion));
  PRIVITY_TRY(const BackupSummary summary,
              backups.Restore(*store, AllMigrations(), invocation.Value("file"), ProgressOn(world, clock)));
  PrintValue(world, invocation, ToJsonValue(summary));
  return exit_code::kDone;
}

// A dry run makes nothing, not even an empty database.
Result<int> Migrate(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
  PRIVITY_TRY(const ApplicationOptions options, OptionsOf(loaded));
  const std::vector<Migration> migrations = AllMigrations();
  const bool dry_run = invocation.Has("dry-run");
  const auto database = std::filesystem::path(options.data_directory) / "privity.db";
  std::vector<MigrationStep> steps;
  if (dry_run && options.postgres.empty() && !std::filesystem::exists(database)) {
    for (const Migration& step : migrations) steps.push_back({step.room, step.version, step.name});
  } else {
    StoreOptions store_options;
    store_options.data_directory = options.data_directory;
    store_options.postgres = options.postgres;
    PRIVITY_TRY(const auto store, OpenStore(store_options));
    PRIVITY_TRY(steps, dry_run ? PlanMigrations(*store, migrations)
                               : MigrateInstallation(*store, migrations, options, SystemClock()));
  }
  Json items = Json::Array();
  for (const MigrationStep& step : steps) {
    items.Push(Json::Object({{"room", step.room}, {"version", step.version}, {"name", step.name}}));
  }
  PrintValue(world, invocation, Json::Object({{"items", std::move(items)}}), "The database is up to date.");
  return dry_run && !steps.empty() ? exit_code::kFound : exit_code::kDone;
}

// Keys as they are written, or files that hold one a line.
Result<NoteVerifiers> VerifiersOf(const std::vector<std::string>& options) {
  std::vector<NoteVerifier> verifiers;
  for (const std::string& option : options) {
    std::string text = option;
    if (!option.starts_with("privity/")) {
      PRIVITY_TRY(text, ReadConfigFile(option, kVerifierKeyBytesMax));
    }
    std::istringstream words(text);
    for (std::string word; words >> word;) {
      PRIVITY_TRY(NoteVerifier verifier, NoteVerifier::Parse(word));
      verifiers.push_back(std::move(verifier));
    }
  }
  return NoteVerifiers::Create(std::move(verifiers));
}

Result<int> VerifyEvidence(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const NoteVerifiers verifiers, VerifiersOf(invocation.Values("key")));
  PRIVITY_TRY(const VerifyReport report, VerifyExport(invocation.Value("folder"), verifiers));
  PrintValue(world, invocation, ToJsonValue(report));
  return report.whole() ? exit_code::kDone : exit_code::kFailed;
}

Json SummaryOf(const Certificate& certificate) {
  std::int64_t deleted = 0;
  std::int64_t changed = 0;
  std::int64_t shredded = 0;
  std::int64_t kept = 0;
  std::int64_t open = 0;
  for (const CertifiedCollection& each : certificate.collections) {
    deleted += each.deleted;
    changed += each.changed;
    shredded += each.shredded.value_or(0);
    kept += each.kept;
    open += each.found - each.deleted - each.changed - each.shredded.value_or(0) - each.kept;
  }
  const std::int64_t leftovers = certificate.checks.empty() ? 0 : certificate.checks.back().report.Leftovers();
  return Json::Object({{"result", "holds"},
                       {"complete", IsComplete(certificate)},
                       {"erasure", certificate.erasure.ToString()},
                       {"request", certificate.request},
                       {"issued_at", FormatInstant(certificate.issued_at)},
                       {"collections", certificate.collections.size()},
                       {"deleted", deleted},
                       {"changed", changed},
                       {"shredded", shredded},
                       {"kept", kept},
                       {"not_done", open},
                       {"leftovers", leftovers},
                       {"boundaries", certificate.boundaries.size()},
                       {"not_read", certificate.not_read.size()}});
}

Result<int> CheckCertificate(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const NoteVerifiers verifiers, VerifiersOf(invocation.Values("key")));
  PRIVITY_TRY(const std::string file, ReadConfigFile(invocation.Value("file"), kCertificateBytesMax));
  PRIVITY_TRY(const Certificate certificate, VerifyCertificate(file, verifiers));
  PrintValue(world, invocation, SummaryOf(certificate));
  return IsComplete(certificate) ? exit_code::kDone : exit_code::kFound;
}

Result<int> ShowConfiguration(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
  Json::Items settings;
  for (const auto& setting : loaded.report.settings) {
    Json line = Json::Object({{"name", setting.name}, {"value", setting.value}});
    if (invocation.Has("origin")) {
      line.Set("source", EnumText(setting.source));
      line.Set("origin", setting.origin);
    }
    settings.push_back(std::move(line));
  }
  PrintValue(world, invocation, Json::Object({{"items", Json::ArrayOf(std::move(settings))}}));
  return exit_code::kDone;
}

Result<int> CheckConfiguration(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
  PrintValue(world, invocation,
             Json::Object({{"result", "sound"}, {"unknown_variables", ToJsonValue(loaded.report.unknown_variables)}}));
  return exit_code::kDone;
}

void AddConfigCommands(const CommandWorld& world, Command& root) {
  Command& config = root.Child("config", "Settings of the program");
  Command& show = config.Child("show", "Show every setting and its value; secrets are masked");
  show.options = {{.name = "origin", .description = "Where each value comes from."}};
  show.examples = {{"privity config show --origin", "Which file, variable or flag set what"}};
  show.run = [&world](const Invocation& i) {
    return Explained(world, ShowConfiguration(i, world), exit_code::kConfiguration);
  };
  Command& check = config.Child("check", "Check the configuration without starting anything");
  check.run = [&world](const Invocation& i) {
    return Explained(world, CheckConfiguration(i, world), exit_code::kConfiguration);
  };
}

void AddEvidenceCommands(const CommandWorld& world, Command& root) {
  Command& verify = root.Child("ledger", "The record of what was done")
                        .Child("verify-export", "Verify exported evidence, without a server");
  verify.description =
      "Recomputes the tree from the exported entries and checks every checkpoint against the verifier key, which must "
      "come "
      "from elsewhere: a key that travels with the evidence proves nothing.";
  verify.arguments = {{.name = "folder", .description = "What `privity ledger export` wrote."}};
  verify.options = {{.name = "key",
                     .value_name = "KEY",
                     .description = "The verifier key, or a file that holds it; several after a key was replaced.",
                     .required = true,
                     .repeated = true}};
  verify.examples = {{"privity ledger verify-export evidence --key ledger.vkey", "What an auditor runs"}};
  verify.run = [&world](const Invocation& i) { return Explained(world, VerifyEvidence(i, world)); };

  Command& certificate = root.Child("certificate", "What was done about a person, signed")
                             .Child("verify", "Check a certificate, without a server or a store");
  certificate.description =
      "Checks the signature, the proof of every ledger entry in it, and that each number is the one that the ledger "
      "recorded. The verifier key must come from elsewhere than the file. Exit code 0: it holds and the erasure is "
      "complete; 2: it holds and says that something was kept back, refused, left over or not read; 1: it does not "
      "hold.";
  certificate.arguments = {{.name = "file", .description = "The certificate."}};
  certificate.options = {{.name = "key",
                          .value_name = "KEY",
                          .description = "The verifier key, or a file that holds it; several after a key was replaced.",
                          .required = true,
                          .repeated = true}};
  certificate.examples = {{"privity certificate verify certificate.json --key ledger.vkey", "What anybody may run"}};
  certificate.run = [&world](const Invocation& i) { return Explained(world, CheckCertificate(i, world)); };

  Command& backup = root.Child("backup", "Backups of the whole installation");
  Command& check = backup.Child("verify", "Open every byte of a backup and count again");
  check.arguments = {{.name = "file", .description = "The backup."}};
  check.examples = {{"privity backup verify monday.privity", "Needs the key home, not the store"}};
  check.run = [&world](const Invocation& i) { return Explained(world, VerifyBackup(i, world)); };

  Command& restore = root.Child("restore", "Put a backup into an empty installation");
  restore.description =
      "The data directory or database must be empty, and the key home the one of the installation that made the "
      "backup. "
      "The next start replays what happened after the backup before it serves anything.";
  restore.arguments = {{.name = "file", .description = "The backup."}};
  restore.examples = {{"privity restore monday.privity --data /srv/privity-new", "Into a new data directory"}};
  restore.run = [&world](const Invocation& i) { return Explained(world, Restore(i, world)); };
}

void AddMigrateCommand(const CommandWorld& world, Command& root) {
  Command& migrate = root.Child("migrate", "Bring the database up to this program");
  migrate.description =
      "`privity serve` does the same at its start. On SQLite the database is copied first, into "
      "backups-before-migration; on PostgreSQL "
      "you say that there is a backup (database.backup_confirmed). Exit code 0: nothing is left to do; 2 from a dry "
      "run: there is.";
  migrate.options = {{.name = "dry-run", .description = "Only say what would be done."}};
  migrate.examples = {{"privity migrate --dry-run", "Before an upgrade, with the new program"}};
  migrate.run = [&world](const Invocation& i) { return Explained(world, Migrate(i, world)); };
}

void AddSelfCommands(const CommandWorld& world, const RouteTable& routes, Command& root) {
  Command& openapi = root.Child("openapi", "Print the API document (OpenAPI 3.1)");
  openapi.options = {{.name = "public", .description = "That of the public listener."}};
  openapi.run = [&world, &routes](const Invocation& i) {
    const Json document = i.Has("public") ? OpenApiDocument(PublicRoutes(nullptr), PublicApiDocumentInfo())
                                          : OpenApiDocument(routes, ApiDocumentInfo());
    world.print(ToJson(document) + "\n");
    return exit_code::kDone;
  };
  Command& completion = root.Child("completion", "Print a completion script");
  completion.arguments = {{.name = "shell", .description = "The shell.", .choices = {"bash", "zsh", "fish"}}};
  completion.examples = {{"source <(privity completion bash)", "For this shell"}};
  completion.run = [&world, &root](const Invocation& i) {
    world.print(CompletionScript(root, GlobalOptions(), i.Value("shell")));
    return exit_code::kDone;
  };
  Command& manual = root.Child("man", "Print the manual page");
  manual.examples = {{"privity man | man -l -", "Read it"}};
  manual.run = [&world, &root](const Invocation&) {
    world.print(ManualPage(root, GlobalOptions(), kProgramVersion, FormatInstant(SystemClock().Now()).substr(0, 10)));
    return exit_code::kDone;
  };
  root.Child("version", "Print the version").run = [&world](const Invocation& i) {
    world.print(i.Has("json") ? ToJson(Json::Object({{"version", kProgramVersion}})) + "\n"
                              : "privity " + std::string(kProgramVersion) + "\n");
    return exit_code::kDone;
  };
}

void AddServeCommands(const CommandWorld& world, Command& root) {
  Command& serve = root.Child("serve", "Run the server");
  serve.options = {
      {.name = "ready-json",
       .description = "Print one line of JSON when ready: addresses, pid, and the set-up link on first run."}};
  serve.examples = {
      {"privity serve --data ./data --set key_home.directory=./keys", "Everything in this folder, on loopback"}};
  serve.run = [&world](const Invocation& i) { return RunServe(i, world); };
  Command& work = root.Child("work", "Run jobs beside servers that share a PostgreSQL database");
  work.run = [&world](const Invocation& i) { return RunWork(i, world); };
}

}  // namespace

std::vector<Option> GlobalOptions() {
  return {{.name = "json", .description = "Print JSON."},
          {.name = "quiet", .description = "Print nothing but errors."},
          {.name = "config",
           .value_name = "FILE",
           .description = "The configuration file.",
           .environment = "PRIVITY_CONFIG"},
          {.name = "data", .value_name = "DIR", .description = "The data directory (setting data_directory)."},
          {.name = "set",
           .value_name = "NAME=VALUE",
           .description = "A setting, as `privity config show` names it.",
           .repeated = true},
          {.name = "url",
           .value_name = "URL",
           .description = "A server elsewhere, instead of the one on this data directory.",
           .environment = "PRIVITY_URL"},
          {.name = "token-file", .value_name = "FILE", .description = "The API token for --url; or set PRIVITY_TOKEN."},
          {.name = "ca-file",
           .value_name = "FILE",
           .description = "Authorities to trust for --url instead of the system's."}};
}

Result<LoadedConfiguration> ConfigurationOf(const Invocation& invocation) {
  ConfigurationInputs inputs{.environment = ConfigEnvironment("PRIVITY")};
  if (invocation.Has("config")) inputs.file = invocation.Value("config");
  if (invocation.Has("data")) inputs.flags.emplace_back("data_directory", invocation.Value("data"));
  for (const auto& assignment : invocation.Values("set")) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos)
      return Error("cli.usage", {{"problem", "--set takes NAME=VALUE"}, {"command", "privity"}});
    inputs.flags.emplace_back(assignment.substr(0, equals), assignment.substr(equals + 1));
  }
  return LoadConfiguration(inputs);
}

std::string DuckDbLibraryOf(const Invocation& invocation) {
  const auto loaded = ConfigurationOf(invocation);
  return loaded.ok() ? loaded->configuration.stores.duckdb_library : "";
}

void AddLocalCommands(const CommandWorld& world, const RouteTable& routes, Command& root) {
  AddServeCommands(world, root);
  AddEvidenceCommands(world, root);
  AddDetectCommands(world, root);
  AddDetectorCommands(world, root);
  AddRedactCommand(world, root);
  AddScanCommand(world, root);
  AddGateCommand(world, root);
  AddDemoCommand(world, root);
  AddMapCommand(world, root);
  AddCodeCommands(world, root);
  AddConfigCommands(world, root);
  AddWatchCommands(world, root);
  AddMigrateCommand(world, root);
  AddPackCommands(world, root);
  AddSelfCommands(world, routes, root);
}

}  // namespace privity
