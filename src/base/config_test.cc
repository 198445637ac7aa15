#include "base/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/json.h"

namespace privity {
namespace {

enum class Security { kNone, kTls };
PRIVITY_DESCRIBE_ENUM(Security, kNone, kTls)

struct Smtp {
  std::string host = "localhost";
  int port = 25;
  Security security = Security::kTls;
  SecretString password;
  std::string key_file;
  std::optional<std::string> key;
};
PRIVITY_DESCRIBE(Smtp, (host, port, security, password, key_file, key))
inline std::vector<FieldNote> FieldNotes(const Smtp*) {
  return {{.name = "host", .description = "The mail server.", .format = "host"},
          {.name = "port", .minimum = 1, .maximum = 65535}};
}

struct Example {
  std::string name = "privity";
  bool quiet = false;
  std::vector<std::string> proxies;
  std::map<std::string, int> weights;
  Smtp smtp;
};
PRIVITY_DESCRIBE(Example, (name, quiet, proxies, weights, smtp))

struct Loaded {
  Result<Example> config = Error("test.not_loaded");
  ConfigReport report;
  const ConfigSetting& operator[](std::string_view name) const {
    return *std::ranges::find(report.settings, name, &ConfigSetting::name);
  }
};

Loaded Load(const ConfigInputs& inputs) {
  Loaded loaded;
  loaded.config = LoadConfig<Example>(inputs, loaded.report);
  return loaded;
}

constexpr std::string_view kFile = "# comment\nname: file\nquiet: true\nsmtp:\n  host: mail.example.org\n  port: 587\n";

TEST(Config, TheLastSourceThatSpeaksWins) {
  const Loaded loaded = Load({.file_name = "p.yaml",
                              .file_text = std::string(kFile),
                              .environment = {{"PRIVITY_SMTP_HOST", "env.example.org"}, {"PRIVITY_SMTP_PORT", "465"}},
                              .flags = {{"smtp.port", "2525"}}});
  ASSERT_TRUE(loaded.config.ok()) << loaded.config.error().DebugString();
  EXPECT_EQ(loaded.config->name, "file");
  EXPECT_EQ(loaded.config->smtp.host, "env.example.org");
  EXPECT_EQ(loaded.config->smtp.port, 2525);
  EXPECT_EQ(loaded.config->smtp.security, Security::kTls);
  EXPECT_EQ(loaded["name"].origin, "p.yaml:2");
  EXPECT_EQ(loaded["smtp.host"].origin, "PRIVITY_SMTP_HOST");
  EXPECT_EQ(loaded["smtp.port"].origin, "--smtp.port");
  EXPECT_EQ(loaded["smtp.port"].source, ConfigSource::kFlag);
  EXPECT_EQ(loaded["smtp.security"].source, ConfigSource::kDefault);
  EXPECT_EQ(loaded["smtp.security"].value, "tls");
  EXPECT_EQ(loaded["smtp.host"].description, "The mail server.");
}

TEST(Config, ListsAreSeparatedByCommas) {
  const Loaded loaded = Load({.environment = {{"PRIVITY_PROXIES", "10.0.0.0/8, ::1"}}});
  EXPECT_THAT(loaded.config->proxies, testing::ElementsAre("10.0.0.0/8", "::1"));
  EXPECT_EQ(loaded["proxies"].value, "10.0.0.0/8, ::1");
  EXPECT_TRUE(Load({.environment = {{"PRIVITY_PROXIES", " "}}}).config->proxies.empty());
}

TEST(Config, AnEmptyFileChangesNothing) {
  for (const std::string text : {"", "# only a comment\n", "---\n"}) {
    EXPECT_EQ(Load({.file_name = "p.yaml", .file_text = text}).config->name, "privity") << text;
  }
}

TEST(Config, SecretsAreMasked) {
  const Loaded loaded = Load({.environment = {{"PRIVITY_SMTP_PASSWORD", "correct horse"}}});
  EXPECT_EQ(loaded.config->smtp.password.Reveal(), "correct horse");
  EXPECT_EQ(loaded["smtp.password"].value, "********");
  EXPECT_EQ(Load({})["smtp.password"].value, "");
  EXPECT_THAT(ToJson(loaded.report.settings), testing::Not(testing::HasSubstr("correct horse")));
}

class ConfigFileTest : public testing::Test {
 protected:
  ConfigFileTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "privity-config-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream(folder_ / "password") << "from a file\n";
  }
  ~ConfigFileTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(ConfigFileTest, AVariableMayNameAFileThatHoldsTheValue) {
  const std::string path = (folder_ / "password").string();
  const Loaded loaded = Load({.environment = {{"PRIVITY_SMTP_PASSWORD_FILE", path}}});
  EXPECT_EQ(loaded.config->smtp.password.Reveal(), "from a file");
  EXPECT_EQ(loaded["smtp.password"].origin, "PRIVITY_SMTP_PASSWORD_FILE");
  EXPECT_EQ(Load({.environment = {{"PRIVITY_SMTP_PASSWORD_FILE", path + "x"}}}).config.error().code(),
            "base.file_missing");
  EXPECT_EQ(Load({.environment = {{"PRIVITY_SMTP_PASSWORD_FILE", path}, {"PRIVITY_SMTP_PASSWORD", "x"}}})
                .config.error()
                .code(),
            "base.config_twice");
}

TEST_F(ConfigFileTest, FilesBehindLinksAndWithoutEndAreRead) {  // Kubernetes mounts secrets as links
  std::filesystem::create_symlink("password", folder_ / "link");
  EXPECT_EQ(ReadConfigFile((folder_ / "link").string(), 100).value(), "from a file\n");
  EXPECT_EQ(ReadConfigFile("/dev/null", 100).value(), "");
  EXPECT_EQ(ReadConfigFile("/dev/zero", 100).error().code(), "base.file_too_large");
}

TEST(Config, ASettingCalledFileIsNotTheFileOfAnother) {
  const Loaded loaded = Load({.environment = {{"PRIVITY_SMTP_KEY_FILE", "/etc/key.pem"}}});
  EXPECT_EQ(loaded.config->smtp.key_file, "/etc/key.pem");
  EXPECT_EQ(loaded.config->smtp.key, std::nullopt);
}

struct Refusal {
  std::string_view name;
  ConfigInputs inputs;
  std::string_view code, place, path;
};

TEST(Config, RefusalsNameThePlaceAndNeverTheValue) {
  const Refusal refusals[] = {
      {"type",
       {.file_name = "p.yaml", .file_text = "smtp:\n  port: secret-value\n"},
       "base.value_wrong_type",
       "p.yaml:2:9",
       "/smtp/port"},
      {"unknown",
       {.file_name = "p.yaml", .file_text = "smpt:\n  port: 1\n"},
       "base.value_unknown_member",
       "p.yaml:1:1",
       "/smpt"},
      {"format",
       {.file_name = "p.yaml", .file_text = "smtp: {host: 'a b'}\n"},
       "base.value_wrong_format",
       "p.yaml:1:14",
       "/smtp/host"},
      {"variable",
       {.environment = {{"PRIVITY_SMTP_PORT", "secret-value"}}},
       "base.value_wrong_type",
       "PRIVITY_SMTP_PORT",
       "/smtp/port"},
      {"range",
       {.environment = {{"PRIVITY_SMTP_PORT", "70000"}}},
       "base.value_too_large",
       "PRIVITY_SMTP_PORT",
       "/smtp/port"},
      {"boolean", {.environment = {{"PRIVITY_QUIET", "yes"}}}, "base.value_wrong_type", "PRIVITY_QUIET", "/quiet"},
      {"enum", {.flags = {{"smtp.security", "ssl"}}}, "base.value_not_accepted", "--smtp.security", "/smtp/security"},
      {"map", {.flags = {{"weights", "a=1"}}}, "base.config_file_only", "--weights", ""},
      {"utf8", {.environment = {{"PRIVITY_NAME", "\xff"}}}, "base.value_wrong_format", "PRIVITY_NAME", "/name"},
      {"twice", {.flags = {{"name", "a"}, {"name", "b"}}}, "base.config_twice", "", ""},
      {"flag", {.flags = {{"smtp.prot", "1"}}}, "base.config_flag_unknown", "", ""},
  };
  for (const auto& row : refusals) {
    const auto config = Load(row.inputs).config;
    ASSERT_FALSE(config.ok()) << row.name;
    EXPECT_EQ(config.error().code(), row.code) << row.name;
    EXPECT_EQ(config.error().Parameter("place"), row.place) << row.name;
    EXPECT_EQ(config.error().Parameter("path"), row.path) << row.name;
    EXPECT_THAT(config.error().DebugString(), testing::Not(testing::HasSubstr("secret-value")));
  }
  EXPECT_EQ(Load({.flags = {{"smtp.prot", "1"}}}).config.error().Parameter("nearest"), "smtp.port");
}

TEST(Config, VariablesThatNameNoSettingAreReported) {
  const Loaded loaded =
      Load({.environment = {{"PRIVITY_SMTP_HOTS", "x"}, {"PRIVITY_NAME", "n"}, {"PRIVITY_QUIET_FILE", "/dev/null"}}});
  EXPECT_FALSE(loaded.config.ok());  // an empty file is no boolean
  EXPECT_THAT(Load({.environment = {{"PRIVITY_SMTP_HOTS", "x"}, {"PRIVITY_NAME", "n"}, {"OTHER", "y"}}})
                  .report.unknown_variables,
              testing::ElementsAre("PRIVITY_SMTP_HOTS"));
}

TEST(Config, TheEnvironmentOfTheProcessIsRead) {
  ::setenv("PRIVITYCONFIGTEST_NAME", "a=b", 1);
  EXPECT_THAT(ConfigEnvironment("PRIVITYCONFIGTEST"),
              testing::ElementsAre(testing::Pair("PRIVITYCONFIGTEST_NAME", "a=b")));
  ::unsetenv("PRIVITYCONFIGTEST_NAME");
}

TEST(Config, TheReferenceListsEverySetting) {
  const Example defaults;
  const std::string table = ConfigReference(TypeOf<Example>(), &defaults, "PRIVITY");
  EXPECT_THAT(table, testing::HasSubstr("| `smtp.host` | `PRIVITY_SMTP_HOST` | `localhost` | The mail server. |\n"));
  EXPECT_EQ(std::ranges::count(table, '\n'), 2 + 10);
}

}  // namespace
}  // namespace privity
