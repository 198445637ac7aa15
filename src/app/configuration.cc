#include "app/configuration.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/text_format.h"

namespace privity {
namespace {

constexpr std::size_t kFileBytesMax = 1 << 20;
constexpr const char* kDefaultFile = "/etc/privity/privity.yaml";

// Which settings need which others. `place` is where the one that asks was set.
class Checker {
 public:
  Checker(const Configuration& configuration, const ConfigReport& report) : all_(configuration), report_(report) {}

  Status Check() const {
    PRIVITY_TRY_VOID(CheckKeyHome());
    PRIVITY_TRY_VOID(CheckListener("console", all_.console));
    PRIVITY_TRY_VOID(CheckListener("portal", all_.portal));
    if (all_.portal.listen == all_.console.listen) return Conflict("portal.listen", "console.listen");
    PRIVITY_TRY_VOID(CheckMail());
    return CheckCheckpoints();
  }

 private:
  std::string PlaceOf(const std::string& setting) const {
    const std::string origin = report_.OriginOf(setting);
    return origin.empty() ? setting : origin;
  }
  Error Needed(const std::string& setting, const std::string& because) const {
    return Error("app.setting_needed", {{"setting", setting}, {"because", because}, {"place", PlaceOf(because)}});
  }
  Error Conflict(const std::string& setting, const std::string& other) const {
    return Error("app.settings_conflict", {{"setting", setting}, {"other", other}, {"place", PlaceOf(setting)}});
  }

  // Empty means "not set" for every setting that is checked here.
  Status CheckForm(const std::string& setting, const std::string& value, std::string_view format) const {
    if (value.empty() || MatchesTextFormat(format, value)) return Ok();
    return Error("base.value_wrong_format",
                 {{"path", setting}, {"place", PlaceOf(setting)}, {"format", std::string(format)}});
  }

  Status CheckKeyHome() const {
    const auto missing = MissingRootKeySettings(all_.key_home);
    if (!missing.empty()) return Needed(missing.front(), "key_home.root_key");
    // The opposite nesting is as bad: a backup of the outer folder takes the inner one along.
    if (LiesIn(all_.key_home.directory, all_.data_directory) || LiesIn(all_.data_directory, all_.key_home.directory)) {
      return Error("app.key_home_inside_data", {{"place", PlaceOf("key_home.directory")}});
    }
    return Ok();
  }

  static bool LiesIn(const std::string& inner, const std::string& outer) {
    const auto path = (std::filesystem::path(inner) / "").lexically_normal();
    const auto folder = (std::filesystem::path(outer) / "").lexically_normal();
    // Both end with an empty part, which the folder's comparison leaves out.
    return std::mismatch(folder.begin(), std::prev(folder.end()), path.begin(), path.end()).first ==
           std::prev(folder.end());
  }

  static bool StaysOnThisMachine(const std::string& listen) {
    return listen.starts_with("unix:") || listen.starts_with("127.") || listen.starts_with("[::1]:") ||
           listen.starts_with("localhost:");
  }

  Status CheckListener(const std::string& name, const ListenerConfiguration& listener) const {
    if (listener.listen.empty()) return name == "console" ? Status(Needed("console.listen", "console.listen")) : Ok();
    PRIVITY_TRY_VOID(CheckForm(name + ".listen", listener.listen, "listen"));
    PRIVITY_TRY_VOID(CheckForm(name + ".url", listener.url, "uri"));
    const bool has_certificate = !listener.tls_certificate.empty();
    if (has_certificate && listener.tls_key.empty()) return Needed(name + ".tls_key", name + ".tls_certificate");
    if (!has_certificate && !listener.tls_key.empty()) return Needed(name + ".tls_certificate", name + ".tls_key");
    if (has_certificate && listener.behind_tls_proxy)
      return Conflict(name + ".behind_tls_proxy", name + ".tls_certificate");
    if (StaysOnThisMachine(listener.listen)) return Ok();
    if (!has_certificate && !listener.behind_tls_proxy) {
      return Error("app.listener_open", {{"setting", name + ".listen"}, {"place", PlaceOf(name + ".listen")}});
    }
    // Links in mail and passkeys are bound to the name that people type.
    return listener.url.empty() ? Status(Needed(name + ".url", name + ".listen")) : Ok();
  }

  Status CheckMail() const {
    if (!all_.mail.is_set()) return Ok();
    if (!all_.mail.host.empty() && !all_.mail.folder.empty()) return Conflict("mail.folder", "mail.host");
    PRIVITY_TRY_VOID(CheckForm("mail.host", all_.mail.host, "host"));
    PRIVITY_TRY_VOID(CheckForm("mail.from", all_.mail.from, "email"));
    if (all_.mail.from.empty()) return Needed("mail.from", all_.mail.host.empty() ? "mail.folder" : "mail.host");
    if (!all_.mail.user.empty() && all_.mail.password.empty()) return Needed("mail.password", "mail.user");
    return Ok();
  }

  // Two settings that are nothing without each other.
  Status CheckTogether(const std::string& one, bool has_one, const std::string& other, bool has_other) const {
    if (has_one && !has_other) return Needed(other, one);
    if (has_other && !has_one) return Needed(one, other);
    return Ok();
  }

  Status CheckCheckpoints() const {
    const CheckpointsConfiguration& checkpoints = all_.checkpoints;
    PRIVITY_TRY_VOID(CheckForm("checkpoints.witness_url", checkpoints.witness_url, "uri"));
    PRIVITY_TRY_VOID(CheckForm("checkpoints.webhook_url", checkpoints.webhook_url, "uri"));
    PRIVITY_TRY_VOID(CheckForm("checkpoints.mail_to", checkpoints.mail_to, "email"));
    PRIVITY_TRY_VOID(CheckTogether("checkpoints.witness_url", !checkpoints.witness_url.empty(),
                                   "checkpoints.witness_key", !checkpoints.witness_key.empty()));
    PRIVITY_TRY_VOID(CheckTogether("checkpoints.webhook_url", !checkpoints.webhook_url.empty(),
                                   "checkpoints.webhook_secret", !checkpoints.webhook_secret.empty()));
    if (!checkpoints.webhook_secret_before.empty() && checkpoints.webhook_secret.empty()) {
      return Needed("checkpoints.webhook_secret", "checkpoints.webhook_secret_before");
    }
    if (!checkpoints.mail_to.empty() && !all_.mail.is_set()) return Needed("mail.host", "checkpoints.mail_to");
    return Ok();
  }

  const Configuration& all_;
  const ConfigReport& report_;
};

std::optional<std::string> ChooseFile(const ConfigurationInputs& inputs) {
  if (inputs.file) return inputs.file;
  if (const auto variable = inputs.environment.find("PRIVITY_CONFIG"); variable != inputs.environment.end()) {
    return variable->second;
  }
  std::error_code ignored;
  if (std::filesystem::exists(kDefaultFile, ignored)) return kDefaultFile;
  return std::nullopt;
}

// Variables that other parts of Privity read.
bool IsReadElsewhere(const std::string& variable) {
  static const std::set<std::string> kElsewhere = {"PRIVITY_CONFIG", "PRIVITY_SERVER", "PRIVITY_TOKEN",
                                                   "PRIVITY_TOKEN_FILE"};
  return kElsewhere.contains(variable) || variable.starts_with("PRIVITY_TEST_");
}

}  // namespace

std::vector<std::string> MissingRootKeySettings(const KeyHomeConfiguration& key_home) {
  std::vector<std::string> missing;
  const auto need = [&](const char* name, bool is_empty) {
    if (is_empty) missing.push_back(std::string("key_home.") + name);
  };
  switch (key_home.root_key) {
    case RootKeyPlace::kFile:
      break;
    case RootKeyPlace::kPassphrase:
      need("passphrase", key_home.passphrase.empty());
      break;
    case RootKeyPlace::kCredential:
      need("credential", key_home.credential.empty());
      break;
    case RootKeyPlace::kPkcs11:
      need("pkcs11.module", key_home.pkcs11.module.empty());
      need("pkcs11.token", key_home.pkcs11.token.empty());
      need("pkcs11.key", key_home.pkcs11.key.empty());
      need("pkcs11.pin", key_home.pkcs11.pin.empty());
      break;
  }
  return missing;
}

std::vector<FieldNote> FieldNotes(const Pkcs11Configuration*) {
  return {
      {.name = "module", .description = "Absolute path of the PKCS #11 library of the token's vendor."},
      {.name = "token", .description = "Label of the token."},
      {.name = "key", .description = "Label of the AES key on it that seals the root key."},
      {.name = "pin", .description = "PIN of the token's user; better through `PRIVITY_KEY_HOME_PKCS11_PIN_FILE`."}};
}

std::vector<FieldNote> FieldNotes(const KeyHomeConfiguration*) {
  return {{.name = "directory",
           .description = "Where keys are kept, outside the data directory and its backups.",
           .min_length = 1},
          {.name = "backup_directory",
           .description = "A second copy of the key home, on another disk. Only the newest is kept."},
          {.name = "root_key", .description = "Where the root key comes from: file, passphrase, credential or pkcs11."},
          {.name = "passphrase",
           .description = "The root key's passphrase; better through `PRIVITY_KEY_HOME_PASSPHRASE_FILE`."},
          {.name = "credential", .description = "Path of the systemd credential that holds the root key."}};
}

std::vector<FieldNote> FieldNotes(const DatabaseConfiguration*) {
  return {
      {.name = "url",
       .description =
           "PostgreSQL connection string. Empty: SQLite in the data directory. Secret, since it may hold a password."},
      {.name = "connections", .description = "Connections, or readers on SQLite.", .minimum = 1, .maximum = 1000},
      {.name = "backup_confirmed",
       .description = "PostgreSQL: the operator states that a backup exists before tables are changed."}};
}

std::vector<FieldNote> FieldNotes(const ListenerConfiguration*) {
  return {{.name = "listen",
           .description = "`address:port`. Beyond this machine only with TLS, or behind a proxy that does it. A "
                          "portal without it is off."},
          {.name = "url", .description = "The address that people type: used in links and for passkeys."},
          {.name = "tls_certificate",
           .description = "PEM file with the certificate and its chain; read again when it changes."},
          {.name = "tls_key", .description = "PEM file with the certificate's key."},
          {.name = "behind_tls_proxy", .description = "A proxy in front does TLS; name it in `trusted_proxies`."}};
}

std::vector<FieldNote> FieldNotes(const MailConfiguration*) {
  return {{.name = "host", .description = "The mail server. Empty: no mail is sent."},
          {.name = "port", .description = "Its port.", .minimum = 1, .maximum = 65535},
          {.name = "encryption", .description = "start_tls, tls, or none (only on this machine)."},
          {.name = "user", .description = "Empty: without signing in."},
          {.name = "password", .description = "Better through `PRIVITY_MAIL_PASSWORD_FILE`."},
          {.name = "from", .description = "Address that mail comes from."},
          {.name = "folder",
           .description = "Instead of a mail server, to try things out: letters stay here as files, with links and "
                          "codes in clear, and nothing is sent."}};
}

std::vector<FieldNote> FieldNotes(const OutboundConfiguration*) {
  return {{.name = "allowed_private_ranges",
           .description = "Private networks that checkpoints, webhooks, sign-in providers, the mail server and "
                          "connected stores may be "
                          "reached in."},
          {.name = "ca_file", .description = "PEM file of authorities to trust instead of the system's."}};
}

std::vector<FieldNote> FieldNotes(const StoresConfiguration*) {
  return {{.name = "local_directories",
           .description = "Folders of this machine whose files people may connect as stores. The operator may connect "
                          "any but Privity's own."},
          {.name = "duckdb_library",
           .description = "Full path of DuckDB's library, which reads Parquet. Empty: `libduckdb.so` beside `privity`, "
                          "or in `/usr/local/lib` or `/usr/lib`."}};
}

std::vector<FieldNote> FieldNotes(const CheckpointsConfiguration*) {
  return {
      {.name = "directory",
       .description = "Signed ledger checkpoints are written here; best on another machine's disk."},
      {.name = "witness_url",
       .description = "Submission prefix of a witness (C2SP tlog-witness) that cosigns checkpoints. https, or http on "
                      "this machine."},
      {.name = "witness_key", .description = "The witness's verifier key, `name+id+key`."},
      {.name = "webhook_url",
       .description = "Checkpoints are sent here as a Standard Webhook. https, or http on this "
                      "machine."},
      {.name = "webhook_secret",
       .description = "Its secret, `whsec_...`; better through "
                      "`PRIVITY_CHECKPOINTS_WEBHOOK_SECRET_FILE`."},
      {.name = "webhook_secret_before",
       .description = "The secret before, while the receiver is changing to the new one."},
      {.name = "mail_to", .description = "Checkpoints are written to this address."},
      {.name = "interval_minutes",
       .description = "How often the witness and the webhook get one while the ledger grows.",
       .minimum = 1,
       .maximum = 1440},
      {.name = "mail_interval_hours",
       .description = "How often the mail address gets one while the ledger grows.",
       .minimum = 1,
       .maximum = 744}};
}

std::vector<FieldNote> FieldNotes(const LogConfiguration*) {
  return {{.name = "level", .description = "debug, info, warning or error."},
          {.name = "file", .description = "Empty: standard error."}};
}

std::vector<FieldNote> FieldNotes(const LimitsConfiguration*) {
  return {{.name = "connections", .description = "Open connections in all.", .minimum = 10, .maximum = 1'000'000},
          {.name = "connections_per_address",
           .description = "Open connections of one address.",
           .minimum = 1,
           .maximum = 1'000'000},
          {.name = "worker_threads", .description = "Requests worked on at once.", .minimum = 1, .maximum = 4096},
          {.name = "upload_bytes", .description = "Largest file that may be uploaded.", .minimum = 1024}};
}

std::vector<FieldNote> FieldNotes(const JobsConfiguration*) {
  return {{.name = "threads",
           .description = "Background jobs that this process runs at once.",
           .minimum = 1,
           .maximum = 256},
          {.name = "lease_seconds",
           .description = "How long after the death of a process its jobs are taken over by another one.",
           .minimum = 2,
           .maximum = 600}};
}

std::vector<FieldNote> FieldNotes(const Configuration*) {
  return {
      {.name = "data_directory", .description = "Database, files and the local socket.", .min_length = 1},
      {.name = "backup_directory", .description = "Nightly backups. Empty: `backups` in the data directory."},
      {.name = "trusted_proxies", .description = "Addresses or ranges of proxies whose X-Forwarded-For is believed."}};
}

Result<LoadedConfiguration> LoadConfiguration(const ConfigurationInputs& inputs) {
  ConfigInputs sources = {.environment = inputs.environment, .flags = inputs.flags};
  if (const auto file = ChooseFile(inputs)) {
    PRIVITY_TRY(sources.file_text, ReadConfigFile(*file, kFileBytesMax));
    sources.file_name = *file;
  }
  LoadedConfiguration loaded;
  PRIVITY_TRY(loaded.configuration, LoadConfig<Configuration>(sources, loaded.report));
  std::erase_if(loaded.report.unknown_variables, IsReadElsewhere);
  PRIVITY_TRY_VOID(Checker(loaded.configuration, loaded.report).Check());
  return loaded;
}

std::string ConfigurationReference() {
  const Configuration defaults;
  return ConfigReference(TypeOf<Configuration>(), &defaults, "PRIVITY");
}

}  // namespace privity
