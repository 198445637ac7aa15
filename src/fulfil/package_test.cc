#include "fulfil/package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "fulfil/testing/shop.h"
#include "report/testing/zip_reader.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;

class Package : public ::testing::Test {
 protected:
  void SetUp() override {
    datasets_.Add("shop", shop_.Url());
    std::ofstream(crm_.path() + "/contacts.csv") << "mail,city\nbo@example.org,Rome\nana@example.org,Oslo\n";
    datasets_.Add("crm", "file://" + crm_.path());
    map_ = datasets_.Map();
    In(map_, "shop", "customer").subject = "customer";
    Annotate(map_, "shop", "customer", {.name = "email", .category = "user.contact.email", .identifier = "email"});
    Annotate(map_, "shop", "customer", {.name = "name", .category = "user.name"});
    Annotate(map_, "crm", "contacts.csv", {.name = "mail", .category = "user.contact.email", .identifier = "email"});
  }

  // The files of the package about this person, by name.
  std::map<std::string, std::string> Files(const std::string& email) {
    const StoreOpener opener = datasets_.Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    const std::vector<SubjectIdentifier> proven = {{"email", email}};
    const ErasurePlan plan = MakeErasurePlan(map_, WalkSubject(map_, stores, proven).value(), {});
    before_packing_();
    Bytes archive;
    OpenStores again(opener, StoreAccess::kRead);
    const auto detector = Detector::BuiltIn().value();
    const auto written = WritePackage(map_, plan, again, *detector, Catalog::BuiltIn(), {}, [&](BytesView bytes) {
      archive.insert(archive.end(), bytes.begin(), bytes.end());
      return Ok();
    });
    EXPECT_TRUE(written.ok()) << written.error().DebugString();
    std::map<std::string, std::string> files;
    auto reader = ZipReader::Open(archive).value();
    while (const auto entry = reader.Next().value()) {
      files[entry->name] = std::string(AsText(BytesView(reader.ReadAll().value())));
    }
    return files;
  }

  TestShop shop_{R"sql(
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, email TEXT, remark TEXT);
CREATE TABLE "order" (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer (id), words TEXT);
INSERT INTO customer VALUES (10, '<script>alert(1)</script>', 'ana@example.org', '=HYPERLINK("https://example.org")'),
                            (11, 'Bo Example', 'bo@example.org', NULL);
INSERT INTO "order" VALUES (1, 10, 'from ana@example.org, for bo@example.org, card 4111 1111 1111 1111'), (2, 11, 'Bo alone');
)sql"};
  TestFolder crm_;
  TestDatasets datasets_;
  SubjectMap map_;
  std::function<void()> before_packing_ = [] {};
};

TEST_F(Package, HoldsEverythingOfThePersonInEveryFormAndNothingOfOthers) {
  const auto files = Files("ana@example.org");
  for (const char* name : {"index.html", "data.json", "schema.json"}) EXPECT_THAT(files, Contains(Key(name)));
  EXPECT_EQ(files.size(), 6U) << "and one list for each of three collections";
  for (const char* name : {"index.html", "data.json"}) {
    EXPECT_THAT(files.at(name), HasSubstr("ana@example.org"));
    EXPECT_THAT(files.at(name), HasSubstr("Oslo"));
  }
  for (const auto& [name, content] : files) {
    for (const char* other : {"bo@example.org", "Bo ", "Rome"}) EXPECT_THAT(content, Not(HasSubstr(other))) << name;
  }
  EXPECT_TRUE(ParseJson(files.at("data.json")).ok());
  EXPECT_THAT(files.at("schema.json"), HasSubstr("\"category\":\"user.contact.email\""));
}

TEST_F(Package, InTextsTheirOwnNameStaysAndNobodyElses) {
  shop_.Run(
      "UPDATE \"order\" SET words = 'Asked for by Maria Gonzalez, paid by Peter Schneider' WHERE id = 1;"
      "UPDATE customer SET name = 'Maria Gonzalez' WHERE id = 10");
  const std::string data = Files("ana@example.org").at("data.json");
  EXPECT_THAT(data, HasSubstr("Asked for by Maria Gonzalez"));
  EXPECT_THAT(data, Not(HasSubstr("Schneider")));
}

TEST_F(Package, HostileValuesAreInert) {
  const auto files = Files("ana@example.org");
  EXPECT_THAT(files.at("index.html"), Not(HasSubstr("<script>")));
  for (const auto& [name, content] : files) {
    if (name.ends_with("customer.csv")) {
      EXPECT_THAT(content, HasSubstr("'=HYPERLINK"));
    }
  }
}

TEST_F(Package, SaysThatNothingIsHeldAndWhatWasNotRead) {
  EXPECT_THAT(Files("nobody@example.org").at("index.html"), HasSubstr("no data about you"));
  before_packing_ = [&] { std::filesystem::remove(shop_.Path()); };
  const auto files = Files("ana@example.org");
  EXPECT_THAT(files.at("index.html"), HasSubstr("could not be read"));
  EXPECT_THAT(files.at("index.html"), HasSubstr("shop"));
  EXPECT_THAT(files.at("data.json"), HasSubstr("Oslo"));
  EXPECT_THAT(files.at("data.json"), HasSubstr("\"not_read\":[{"));
}

TEST_F(Package, ARecordThatChangedHandsIsNotGivenOut) {
  before_packing_ = [&] { shop_.Run("UPDATE \"order\" SET customer_id = 11, words = 'now of Bo' WHERE id = 1"); };
  for (const auto& [name, content] : Files("ana@example.org"))
    EXPECT_THAT(content, Not(HasSubstr("now of Bo"))) << name;
}

}  // namespace
}  // namespace privity
