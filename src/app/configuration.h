// Every setting of the program. How they are found and which source wins, base/config.h tells;
// docs/guides/configuration.md lists them, made from this table.
//
// A setting belongs here when it must be known before the store is open, or when only the operator of the machine may
// decide it. What the organization decides (its name, time zone, roles, mail texts) is kept in the store and changed in
// the console.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/config.h"
#include "base/log.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/type_table.h"

namespace privity {

enum class RootKeyPlace { kFile, kPassphrase, kCredential, kPkcs11 };
PRIVITY_DESCRIBE_ENUM(RootKeyPlace, kFile, kPassphrase, kCredential, kPkcs11)

struct Pkcs11Configuration {
  std::string module;
  std::string token;
  std::string key;
  SecretString pin;
};
PRIVITY_DESCRIBE(Pkcs11Configuration, (module, token, key, pin))

struct KeyHomeConfiguration {
  std::string directory = "/var/lib/privity-keys";
  std::string backup_directory;
  RootKeyPlace root_key = RootKeyPlace::kFile;
  SecretString passphrase;
  std::string credential;
  Pkcs11Configuration pkcs11;
};
PRIVITY_DESCRIBE(KeyHomeConfiguration, (directory, backup_directory, root_key, passphrase, credential, pkcs11))

struct DatabaseConfiguration {
  SecretString url;
  int connections = 16;
  bool backup_confirmed = false;
};
PRIVITY_DESCRIBE(DatabaseConfiguration, (url, connections, backup_confirmed))

struct ListenerConfiguration {
  std::string listen;
  std::string url;
  std::string tls_certificate;
  std::string tls_key;
  bool behind_tls_proxy = false;
};
PRIVITY_DESCRIBE(ListenerConfiguration, (listen, url, tls_certificate, tls_key, behind_tls_proxy))

enum class MailEncryption { kStartTls, kTls, kNone };
PRIVITY_DESCRIBE_ENUM(MailEncryption, kStartTls, kTls, kNone)

struct MailConfiguration {
  std::string host;
  int port = 587;
  MailEncryption encryption = MailEncryption::kStartTls;
  std::string user;
  SecretString password;
  std::string from;
  std::string folder;  // instead of a host

  bool is_set() const { return !host.empty() || !folder.empty(); }
};
PRIVITY_DESCRIBE(MailConfiguration, (host, port, encryption, user, password, from, folder))

struct OutboundConfiguration {
  std::vector<std::string> allowed_private_ranges;
  std::string ca_file;
};
PRIVITY_DESCRIBE(OutboundConfiguration, (allowed_private_ranges, ca_file))

struct StoresConfiguration {
  std::vector<std::string> local_directories;
  std::string duckdb_library;
};
PRIVITY_DESCRIBE(StoresConfiguration, (local_directories, duckdb_library))

struct CheckpointsConfiguration {
  std::string directory;
  std::string witness_url;
  std::string witness_key;
  std::string webhook_url;
  SecretString webhook_secret;
  SecretString webhook_secret_before;
  std::string mail_to;
  int interval_minutes = 5;
  int mail_interval_hours = 24;
};
PRIVITY_DESCRIBE(CheckpointsConfiguration, (directory, witness_url, witness_key, webhook_url, webhook_secret,
                                            webhook_secret_before, mail_to, interval_minutes, mail_interval_hours))

struct LogConfiguration {
  LogLevel level = LogLevel::kInfo;
  std::string file;
};
PRIVITY_DESCRIBE(LogConfiguration, (level, file))

struct LimitsConfiguration {
  int connections = 20'000;
  int connections_per_address = 512;
  int worker_threads = 64;
  std::int64_t upload_bytes = std::int64_t{1} << 30;
};
PRIVITY_DESCRIBE(LimitsConfiguration, (connections, connections_per_address, worker_threads, upload_bytes))

struct JobsConfiguration {
  int threads = 4;
  int lease_seconds = 60;
};
PRIVITY_DESCRIBE(JobsConfiguration, (threads, lease_seconds))

struct Configuration {
  std::string data_directory = "/var/lib/privity";
  std::string backup_directory;
  CheckpointsConfiguration checkpoints;
  KeyHomeConfiguration key_home;
  DatabaseConfiguration database;
  ListenerConfiguration console = {.listen = "127.0.0.1:8470", .url = {}, .tls_certificate = {}, .tls_key = {}};
  ListenerConfiguration portal;
  std::vector<std::string> trusted_proxies;
  MailConfiguration mail;
  OutboundConfiguration outbound;
  StoresConfiguration stores;
  LogConfiguration log;
  LimitsConfiguration limits;
  JobsConfiguration jobs;
};
PRIVITY_DESCRIBE(Configuration, (data_directory, backup_directory, checkpoints, key_home, database, console, portal,
                                 trusted_proxies, mail, outbound, stores, log, limits, jobs))

std::vector<FieldNote> FieldNotes(const Pkcs11Configuration*);
std::vector<FieldNote> FieldNotes(const KeyHomeConfiguration*);
std::vector<FieldNote> FieldNotes(const DatabaseConfiguration*);
std::vector<FieldNote> FieldNotes(const ListenerConfiguration*);
std::vector<FieldNote> FieldNotes(const MailConfiguration*);
std::vector<FieldNote> FieldNotes(const OutboundConfiguration*);
std::vector<FieldNote> FieldNotes(const StoresConfiguration*);
std::vector<FieldNote> FieldNotes(const CheckpointsConfiguration*);
std::vector<FieldNote> FieldNotes(const LogConfiguration*);
std::vector<FieldNote> FieldNotes(const LimitsConfiguration*);
std::vector<FieldNote> FieldNotes(const JobsConfiguration*);
std::vector<FieldNote> FieldNotes(const Configuration*);

// The settings that `key_home.root_key` needs and that are empty, such as "key_home.pkcs11.pin".
std::vector<std::string> MissingRootKeySettings(const KeyHomeConfiguration& key_home);

struct ConfigurationInputs {
  std::optional<std::string> file = {};  // --config; else PRIVITY_CONFIG; else /etc/privity/privity.yaml if it is there
  std::map<std::string, std::string> environment = {};
  std::vector<std::pair<std::string, std::string>> flags = {};  // {"console.listen", "127.0.0.1:8470"}
};

struct LoadedConfiguration {
  Configuration configuration;
  ConfigReport report;
};

// Reads and checks all of it: this is `privity config check`. Touches no file but the configuration and those that a
// *_FILE variable names. Errors: those of base/config.h, base.value_wrong_format, app.setting_needed{setting, because,
// place}, app.settings_conflict{setting, other, place}, app.listener_open{setting, place},
// app.key_home_inside_data{place}.
Result<LoadedConfiguration> LoadConfiguration(const ConfigurationInputs& inputs);

// docs/guides/configuration.md's table.
std::string ConfigurationReference();

}  // namespace privity
