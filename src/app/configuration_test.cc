#include "app/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace privity {
namespace {

using Flags = std::vector<std::pair<std::string, std::string>>;

// An empty file, so that /etc/privity of the machine that runs the test does not count.
Result<LoadedConfiguration> Load(const Flags& flags) {
  return LoadConfiguration({.file = "/dev/null", .flags = flags});
}

TEST(Configuration, TheDefaultsAreSafe) {
  const auto loaded = Load({});
  ASSERT_TRUE(loaded.ok()) << loaded.error().DebugString();
  EXPECT_EQ(loaded->configuration.console.listen, "127.0.0.1:8470");
  EXPECT_EQ(loaded->configuration.portal.listen, "");
  EXPECT_EQ(loaded->configuration.mail.encryption, MailEncryption::kStartTls);
}

struct Refusal {
  std::string_view name;
  Flags flags;
  std::string_view code, setting, place;
};

TEST(Configuration, SettingsThatDoNotFitTogetherAreRefused) {
  const Refusal refusals[] = {
      {"open to the network without TLS",
       {{"console.listen", "0.0.0.0:443"}},
       "app.listener_open",
       "console.listen",
       "--console.listen"},
      {"certificate without key",
       {{"console.tls_certificate", "c.pem"}},
       "app.setting_needed",
       "console.tls_key",
       "--console.tls_certificate"},
      {"key without certificate",
       {{"portal.listen", "[::1]:1"}, {"portal.tls_key", "k.pem"}},
       "app.setting_needed",
       "portal.tls_certificate",
       "--portal.tls_key"},
      {"no address for people",
       {{"portal.listen", "0.0.0.0:80"}, {"portal.behind_tls_proxy", "true"}},
       "app.setting_needed",
       "portal.url",
       "--portal.listen"},
      {"mail by a server and into a folder",
       {{"mail.host", "mail.example.org"}, {"mail.folder", "letters"}, {"mail.from", "privacy@example.org"}},
       "app.settings_conflict",
       "mail.folder",
       "--mail.folder"},
      {"mail from nobody", {{"mail.folder", "letters"}}, "app.setting_needed", "mail.from", "--mail.folder"},
      {"TLS twice",
       {{"console.tls_certificate", "c"}, {"console.tls_key", "k"}, {"console.behind_tls_proxy", "true"}},
       "app.settings_conflict",
       "console.behind_tls_proxy",
       "--console.behind_tls_proxy"},
      {"one address for both",
       {{"portal.listen", "127.0.0.1:8470"}},
       "app.settings_conflict",
       "portal.listen",
       "--portal.listen"},
      {"no console", {{"console.listen", ""}}, "app.setting_needed", "console.listen", "--console.listen"},
      {"keys beside the data",
       {{"key_home.directory", "/var/lib/privity/keys"}},
       "app.key_home_inside_data",
       "",
       "--key_home.directory"},
      {"keys in the data folder",
       {{"key_home.directory", "/var/lib/privity/"}},
       "app.key_home_inside_data",
       "",
       "--key_home.directory"},
      {"keys around the data",
       {{"key_home.directory", "/var/lib"}},
       "app.key_home_inside_data",
       "",
       "--key_home.directory"},
      {"no passphrase",
       {{"key_home.root_key", "passphrase"}},
       "app.setting_needed",
       "key_home.passphrase",
       "--key_home.root_key"},
      {"no credential",
       {{"key_home.root_key", "credential"}},
       "app.setting_needed",
       "key_home.credential",
       "--key_home.root_key"},
      {"mail from nobody", {{"mail.host", "mail.example.org"}}, "app.setting_needed", "mail.from", "--mail.host"},
      {"user without password",
       {{"mail.host", "m.example.org"}, {"mail.from", "a@example.org"}, {"mail.user", "u"}},
       "app.setting_needed",
       "mail.password",
       "--mail.user"},
      {"a witness whose key is unknown",
       {{"checkpoints.witness_url", "https://witness.example.org"}},
       "app.setting_needed",
       "checkpoints.witness_key",
       "--checkpoints.witness_url"},
      {"a webhook that is not signed",
       {{"checkpoints.webhook_url", "https://hooks.example.org/privity"}},
       "app.setting_needed",
       "checkpoints.webhook_secret",
       "--checkpoints.webhook_url"},
      {"only the secret before",
       {{"checkpoints.webhook_secret_before", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}},
       "app.setting_needed",
       "checkpoints.webhook_secret",
       "--checkpoints.webhook_secret_before"},
      {"checkpoints by mail without a mail server",
       {{"checkpoints.mail_to", "auditor@example.org"}},
       "app.setting_needed",
       "mail.host",
       "--checkpoints.mail_to"},
  };
  for (const auto& row : refusals) {
    const auto loaded = Load(row.flags);
    ASSERT_FALSE(loaded.ok()) << row.name;
    EXPECT_EQ(loaded.error().code(), row.code) << row.name;
    EXPECT_EQ(loaded.error().Parameter("setting"), row.setting) << row.name;
    EXPECT_EQ(loaded.error().Parameter("place"), row.place) << row.name;
  }
}

TEST(Configuration, FormsAreChecked) {
  const std::pair<std::string, Flags> rows[] = {
      {"console.listen", {{"console.listen", "8470"}}},
      {"console.url", {{"console.url", "p.example.org"}}},
      {"mail.from", {{"mail.host", "m.example.org"}, {"mail.from", "nobody"}}},
      {"mail.host", {{"mail.host", "m example"}}},
      {"checkpoints.webhook_url", {{"checkpoints.webhook_url", "hooks.example.org"}}},
      {"checkpoints.mail_to", {{"checkpoints.mail_to", "the auditor"}}},
  };
  for (const auto& [setting, flags] : rows) {
    const auto loaded = Load(flags);
    ASSERT_FALSE(loaded.ok()) << setting;
    EXPECT_EQ(loaded.error().code(), "base.value_wrong_format") << setting;
    EXPECT_EQ(loaded.error().Parameter("path"), setting);
  }
}

TEST(Configuration, WhatFitsTogetherIsAccepted) {
  const Flags accepted[] = {
      {{"console.listen", "0.0.0.0:443"},
       {"console.tls_certificate", "c"},
       {"console.tls_key", "k"},
       {"console.url", "https://p.example.org"}},
      {{"portal.listen", "0.0.0.0:80"}, {"portal.behind_tls_proxy", "true"}, {"portal.url", "https://p.example.org"}},
      {{"portal.listen", "unix:/run/privity/portal.sock"}},
      {{"key_home.directory", "/var/lib/privity-keys-2"}},
      {{"key_home.root_key", "passphrase"}, {"key_home.passphrase", "correct horse"}},
  };
  for (const auto& flags : accepted) {
    const auto loaded = Load(flags);
    EXPECT_TRUE(loaded.ok()) << flags.front().first << ": " << loaded.error().DebugString();
  }
}

TEST(Configuration, VariablesOfOtherPartsAreNotUnknown) {
  const auto loaded = LoadConfiguration(
      {.file = "/dev/null",
       .environment = {{"PRIVITY_TOKEN", "t"}, {"PRIVITY_TEST_POSTGRES", "p"}, {"PRIVITY_LOG_LEVLE", "debug"}}});
  EXPECT_THAT(loaded.value().report.unknown_variables, testing::ElementsAre("PRIVITY_LOG_LEVLE"));
}

TEST(Configuration, AFileThatIsNamedMustBeThere) {
  EXPECT_EQ(LoadConfiguration({.file = "/no/such.yaml"}).error().code(), "base.file_missing");
  EXPECT_EQ(LoadConfiguration({.environment = {{"PRIVITY_CONFIG", "/no/such.yaml"}}}).error().code(),
            "base.file_missing");
}

// Loads `text` as a configuration file.
Result<LoadedConfiguration> LoadText(std::string_view text,
                                     const std::map<std::string, std::string>& environment = {}) {
  std::string folder = (std::filesystem::temp_directory_path() / "privity-config-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return Error("test.no_folder");
  std::ofstream(folder + "/privity.yaml") << text;
  auto loaded = LoadConfiguration({.file = folder + "/privity.yaml", .environment = environment});
  std::filesystem::remove_all(folder);
  return loaded;
}

TEST(Configuration, AFileIsReadWithItsLines) {
  const auto loaded = LoadText("log:\n  level: debug\nportal:\n  listen: 0.0.0.0:80\n");
  EXPECT_THAT(std::string(loaded.error().Parameter("place")), testing::EndsWith("/privity.yaml:4"));
}

std::string Guide() {
  std::stringstream guide;
  guide << std::ifstream("docs/guides/configuration.md").rdbuf();
  return guide.str();
}

TEST(Configuration, TheGuideListsEverySetting) {  // after a change: paste the table that this prints
  EXPECT_THAT(Guide(), testing::HasSubstr(ConfigurationReference()));
}

TEST(Configuration, TheGuidesExampleLoads) {
  const std::string guide = Guide();
  const std::size_t begin = guide.find("```yaml\n") + 8;
  const auto loaded = LoadText(guide.substr(begin, guide.find("```", begin) - begin), {{"PRIVITY_MAIL_PASSWORD", "p"}});
  ASSERT_TRUE(loaded.ok()) << loaded.error().DebugString();
  EXPECT_EQ(loaded->configuration.console.url, "https://privacy.example.org");
}

}  // namespace
}  // namespace privity
