#include "gate/gate.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gate/gate_report.h"
#include "gate/log_statements.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTable = "CREATE TABLE customers (\n  quantity int,\n  email text,\n  stock int\n);\n";

class GateTest : public testing::Test {
 protected:
  GateTest() : folder_(fs::temp_directory_path() / ("privity-gate-" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~GateTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, std::string_view content) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  GateReport Run() {
    const auto report = RunGate({folder_.string()}, {}, **Detector::BuiltIn());
    EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().code());
    return *report;
  }
  std::string Rules() {
    std::string rules;
    for (const GateFinding& finding : Run().findings) {
      rules += std::string(EnumText(finding.rule)) + " " + finding.collection + "." + finding.field + ";";
    }
    return rules;
  }

  fs::path folder_;
};

TEST_F(GateTest, NamesAFieldThatNobodyDeclared) {
  Write("db/001.sql", kTable);
  const GateReport report = Run();
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].file, Path("db/001.sql"));
  EXPECT_EQ(report.findings[0].line, 3);
  EXPECT_EQ(report.findings[0].column, 3);
  EXPECT_EQ(report.findings[0].category, "user.contact.email");
  EXPECT_EQ(report.fields, 3);
}

TEST_F(GateTest, WantsTheFieldItsCategoryAndAUseForIt) {
  Write("db/001.sql", kTable);
  const std::string head =
      "dataset:\n  - fides_key: shop\n    collections:\n      - name: Customer\n        fields:\n          - name: ";
  Write("d.yml", head + "phone\n");
  EXPECT_EQ(Rules(), "undeclared customers.email;");
  Write("d.yml", head + "email\n");
  EXPECT_EQ(Rules(), "uncategorized customers.email;");
  Write("d.yml", head + "email\n            data_categories: [user.contact.email]\n");
  EXPECT_EQ(Rules(), "no_purpose customers.email;");
  const std::string system =
      "system:\n  - fides_key: web\n    privacy_declarations:\n      - data_use: essential.service\n        "
      "data_categories: [user.contact]\n";
  Write("s.yml", system);
  EXPECT_EQ(Rules(), "");
  Write("s.yml", system + "    dataset_references: [elsewhere]\n");
  EXPECT_EQ(Rules(), "no_purpose customers.email;");
}

TEST_F(GateTest, TakesTheNameOfAnActivityForItsUse) {
  Write("db/001.sql", kTable);
  Write("map.yaml",
        "dataset: [{fides_key: shop.public, collections: [{name: customers, fields: [{name: email, data_categories: "
        "[user.contact.email]}]}]}]\n"
        "system: [{fides_key: shop, privacy_declarations: [{name: Orders, data_categories: [user.contact.email]}]}]\n");
  EXPECT_EQ(Rules(), "");
}

TEST_F(GateTest, BelievesThatADeclaredFieldIsNothingPersonal) {
  Write("db/001.sql", kTable);
  Write(".fides/shop.yml",
        "dataset:\n  - fides_key: shop\n    collections:\n      - name: customers\n        data_categories: "
        "[system.operations]\n        fields: [{name: email}]\n");
  EXPECT_EQ(Rules(), "");
}

TEST_F(GateTest, IgnoresWithAReasonOnly) {
  Write("a.sql", "CREATE TABLE a (email text); -- privity:ignore a test's table\n");
  Write(
      "b.sql",
      "CREATE TABLE b (\n  -- privity:ignore written to nowhere\n  email text,\n  phone text -- privity:ignore\n);\n");
  Write("c.schema.json", R"({"properties": {"email": {"$comment": "privity:ignore of the company itself"}}})");
  const GateReport report = Run();
  ASSERT_EQ(report.ignored.size(), 3u);
  EXPECT_EQ(report.ignored[0].ignored_because, "a test's table");
  EXPECT_EQ(report.ignored[1].ignored_because, "written to nowhere");
  EXPECT_EQ(report.ignored[2].ignored_because, "of the company itself");
  EXPECT_EQ(Rules(), "ignored_without_reason .;undeclared b.phone;");
}

TEST_F(GateTest, SaysWhatItCouldNotReadAndReadsTheRest) {
  Write("a.sql", kTable);
  Write("b.sql", "CREATE TABLE b (email\xFF text);");
  Write("c.yaml", "openapi: 3.1.0\npaths: [\n");
  Write("node_modules/x/d.sql", kTable);
  Write(".git/e.sql", kTable);
  fs::create_symlink("a.sql", folder_ / "f.sql");
  const GateReport report = Run();
  EXPECT_EQ(report.schema_files, 1);
  ASSERT_EQ(report.unread.size(), 2u);
  EXPECT_TRUE(report.unread[0].Is("gate.not_text"));
  EXPECT_TRUE(report.unread[1].Is("base.yaml_syntax"));
}

TEST_F(GateTest, RefusesAPathThatIsNotThereAndNamesAFileThatIsNoSchema) {
  EXPECT_TRUE(RunGate({Path("none")}, {}, **Detector::BuiltIn()).error().Is("gate.path_missing"));
  Write("a.txt", "x");
  EXPECT_TRUE(RunGate({Path("a.txt")}, {}, **Detector::BuiltIn())->unread.at(0).Is("gate.format_unknown"));
}

TEST_F(GateTest, SaysItInOneLineForEachFinding) {
  Write("001.sql", kTable);
  const std::string text = GateText(Run(), Catalog::BuiltIn(), "en");
  EXPECT_TRUE(text.starts_with(
      Path("001.sql") +
      ":3:3: customers.email looks like user.contact.email and no dataset declares it. [gate.undeclared]\n"))
      << text;
  EXPECT_NE(text.find("1 schema file, 3 fields, 0 programs, 0 log statements: 1 finding, 0 ignored, 0 not read\n"),
            std::string::npos)
      << text;
}

constexpr std::string_view kLogging =
    "def register(user):\n    logger.info('mail to %s', user.email)\n    logger.debug('with ' + user.password)\n";

TEST_F(GateTest, NamesPersonalDataInLogs) {
  Write("app/register.py", kLogging);
  const GateReport report = Run();
  EXPECT_EQ(Rules(), "logged user.email;logged_credential user.password;");
  EXPECT_EQ(report.findings[0].line, 2);
  EXPECT_EQ(report.findings[0].column, 36);  // of `email`
  EXPECT_EQ(report.findings[0].category, "user.contact.email");
  EXPECT_EQ(report.source_files, 1);
  EXPECT_EQ(report.log_statements, 2);
  EXPECT_EQ(report.schema_files, 0);
}

TEST_F(GateTest, BelievesADatasetOfLogsButNeverForCredentials) {
  Write("register.py", kLogging);
  const std::string dataset =
      "dataset: [{fides_key: shop_logs, collections: [{name: app, fields: [{name: line, data_categories: "
      "[user.contact, user.authorization]}]}]}]\n";
  Write("d.yml", dataset);
  EXPECT_EQ(Rules(), "logged user.email;logged_credential user.password;") << "no system has a use for it";
  Write("s.yml",
        "system: [{fides_key: web, privacy_declarations: [{data_use: essential.service.security, data_categories: "
        "[user]}]}]\n");
  EXPECT_EQ(Rules(), "logged_credential user.password;");
  Write("d.yml",
        "dataset: [{fides_key: blog, collections: [{name: app, fields: [{name: line, data_categories: "
        "[user.contact]}]}]}]\n");
  EXPECT_EQ(Rules(), "logged user.email;logged_credential user.password;") << "a blog is no log";
}

TEST_F(GateTest, IgnoresALoggedValueAtItsLineOrThatOfItsStatement) {
  Write("a.js",
        "log.info(user.email); // privity:ignore the address of our own service\n"
        "// privity:ignore a test prints it\nlog.info(\n  'x', user.phone);\n"
        "log.info(user.iban); // privity:ignore\n");
  const GateReport report = Run();
  ASSERT_EQ(report.ignored.size(), 2u);
  EXPECT_EQ(report.ignored[1].ignored_because, "a test prints it");
  EXPECT_EQ(Rules(), "ignored_without_reason .;logged user.iban;");
}

TEST_F(GateTest, ReadsAFileThatIsSchemaAndProgram) {
  Write("models.py",
        "from django.db import models\nclass Customer(models.Model):\n    email = models.EmailField()\n"
        "    def save(self):\n        log.info(self.email)\n");
  EXPECT_EQ(Rules(), "undeclared Customer.email;logged .email;");
}

TEST_F(GateTest, PassesOverBundlesAndNamesWhatIsTooLarge) {
  Write("app.min.js", "console.log(user.email)");
  Write("big.js", std::string(kSourceBytesMax + 1, ' '));
  const GateReport report = Run();
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.unread.size(), 1u);
}

}  // namespace
}  // namespace privity
