#include "fulfil/erase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "fulfil/recheck.h"
#include "fulfil/testing/shop.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kShop = R"sql(
CREATE TABLE rep (rep_id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE);
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL UNIQUE, born DATE NOT NULL, country TEXT,
                       rep_id INTEGER REFERENCES rep (rep_id));
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
                     ship_to TEXT, note TEXT NOT NULL, total NUMERIC);
CREATE TABLE review (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer (id),
                     order_id INTEGER REFERENCES orders (id) ON DELETE CASCADE, words TEXT);
INSERT INTO rep VALUES (1, 'Jan Rep', 'jan@shop.example');
INSERT INTO customer VALUES (10, 'Ana Example', 'ana@example.org', '1990-05-01', 'DE', 1),
                            (11, 'Bo Example', 'bo@example.org', '1985-01-02', 'FR', 1);
INSERT INTO orders VALUES (100, 10, '1 Elm Street', 'ring ana@example.org first', 5), (101, 11, '2 Oak Street', '', 7),
                          (102, 10, '1 Elm Street', 'no note', 8);
INSERT INTO review VALUES (1, 10, 102, 'good'), (2, 11, 101, 'bad');
)sql";

SubjectMap ShopMap(const TestDatasets& datasets) {
  SubjectMap map = datasets.Map();
  In(map, "shop", "rep").subject = "employee";
  In(map, "shop", "customer").subject = "customer";
  Annotate(map, "shop", "rep", {.name = "email", .category = "user.contact.email", .identifier = "email"});
  Annotate(map, "shop", "rep", {.name = "name", .category = "user.name"});
  Annotate(map, "shop", "customer", {.name = "name", .category = "user.name"});
  Annotate(map, "shop", "customer", {.name = "email", .category = "user.contact.email", .identifier = "email"});
  Annotate(map, "shop", "customer", {.name = "born", .category = "user.demographic.date_of_birth"});
  Annotate(map, "shop", "orders", {.name = "ship_to", .category = "user.contact.address"});
  Annotate(map, "shop", "orders", {.name = "note", .category = "user.content", .strategy = Strategy::kRedact});
  return map;
}

class Erasure : public ::testing::Test {
 protected:
  ErasurePlan Plan(const SubjectMap& map, const std::string& email) {
    const StoreOpener opener = datasets.Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    const std::vector<SubjectIdentifier> proven = {{"email", email}};
    const auto walk = WalkSubject(map, stores, proven);
    EXPECT_TRUE(walk.ok());
    return MakeErasurePlan(map, *walk, {{"shop", true}, {"files", true}});
  }

  std::vector<ErasureProgress> Execute(const ErasurePlan& plan) {
    const StoreOpener opener = datasets.Opener();
    OpenStores stores(opener, StoreAccess::kWrite);
    std::vector<ErasureProgress> all;
    for (const PlannedCollection& collection : plan.collections) {
      const auto store = stores.Get(collection.id.dataset);
      EXPECT_TRUE(store.ok());
      all.emplace_back();
      const Status done =
          EraseCollection(**store, plan, collection, all.back(), [](const ErasureProgress&) { return Ok(); });
      EXPECT_TRUE(done.ok()) << done.error().DebugString();
    }
    return all;
  }

  TestDatasets datasets;
};

std::vector<std::string> Without(std::vector<std::string> rows, const std::string& word) {
  std::erase_if(rows, [&](const std::string& row) { return row.find(word) != std::string::npos; });
  return rows;
}

std::string FileText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(Erasure, DeletesWhatIsThePersonsAndLeavesEveryOtherRowAsItWas) {
  const TestShop shop(std::string("PRAGMA secure_delete = ON;") + kShop);
  datasets.Add("shop", shop.Url());
  std::vector<std::string> expected = shop.Rows();
  for (const char* row : {"customer|10|", "orders|100|", "orders|102|", "review|1|"}) expected = Without(expected, row);
  EXPECT_THAT(FileText(shop.Path()), ::testing::HasSubstr("ana@example.org"));
  const ErasurePlan plan = Plan(ShopMap(datasets), "ana@example.org");
  std::vector<std::string> order;
  for (const PlannedCollection& each : plan.collections) order.push_back(each.id.name);
  EXPECT_THAT(order, ElementsAre("review", "orders", "customer"));
  Execute(plan);
  EXPECT_EQ(shop.Rows(), expected);
  EXPECT_TRUE(shop.KeysHold());
  shop.Run("VACUUM");  // what the store keeps of deleted rows is its own matter
  EXPECT_THAT(FileText(shop.Path()), ::testing::Not(::testing::HasSubstr("ana@example.org")));
}

TEST_F(Erasure, TakesOutOfATextWhatNamesThePersonAndLeavesEveryOtherByte) {
  const TestFolder folder;
  const std::string notes = folder.path() + "/notes.txt";
  std::ofstream(notes, std::ios::binary) << "Wrote to ANA@example.org and bo@example.org.\r\nban-ana@example.org: no.\n"
                                            "bo@example.org rang.\nana@example.org\nana@example.org";
  datasets.Add("shop", "file://" + folder.path());
  const SubjectMap map = datasets.Map();
  const ErasurePlan plan = Plan(map, "ana@example.org");
  ASSERT_EQ(plan.collections.size(), 1u);
  EXPECT_EQ(plan.collections[0].records.size(), 2u) << "lines that say the same are one";
  const auto first = Execute(plan);
  const std::string erased =
      "Wrote to [erased] and bo@example.org.\r\nban-ana@example.org: no.\nbo@example.org rang.\n[erased]\n[erased]";
  EXPECT_EQ(FileText(notes), erased);
  EXPECT_EQ(first[0].changed, 2);
  EXPECT_EQ(ToJson(Execute(plan)), ToJson(first)) << "done again after a crash it says the same";
  EXPECT_EQ(FileText(notes), erased);
  EXPECT_THAT(Plan(map, "ana@example.org").collections, IsEmpty());
}

TEST_F(Erasure, TakesTheirNameOutOfLinesThatNameThemByMoreThanIt) {
  const TestShop shop(kShop);
  const TestFolder folder;
  const std::string notes = folder.path() + "/notes.txt";
  std::ofstream(notes, std::ios::binary) << "Example, Ana <ana@example.org>: dear ANA, it is Bo\xE9, for Examples\n"
                                            "Ana Example rang, or another of that name\nbo@example.org\n";
  datasets.Add("shop", shop.Url());
  datasets.Add("files", "file://" + folder.path());
  const SubjectMap map = ShopMap(datasets);
  const ErasurePlan plan = Plan(map, "ana@example.org");
  Execute(plan);
  EXPECT_EQ(FileText(notes),
            "[erased] <[erased]>: dear [erased], it is Bo\xE9, for Examples\n"
            "Ana Example rang, or another of that name\nbo@example.org\n");
  const StoreOpener opener = datasets.Opener();
  OpenStores stores(opener, StoreAccess::kRead);
  EXPECT_EQ(RecheckPlan(plan, stores)->Leftovers(), 0);
  EXPECT_EQ(SweepStores(map, plan, stores)->Leftovers(), 0);
}

TEST_F(Erasure, TakesANumberThatNobodyProvedOutOfTheirTextsAndOutOfNoOthers) {
  const TestShop shop(kShop);
  shop.Run("ALTER TABLE customer ADD COLUMN phone TEXT");
  shop.Run("UPDATE customer SET phone = '+49 30 901820'");  // Ana's and Bo's
  const TestFolder folder;
  const std::string hers = folder.path() + "/letter.txt";
  const std::string shared = folder.path() + "/notes.txt";
  std::ofstream(hers) << "To ana@example.org\nWe shall call 0049 30/901820.\n030 901820 is none of hers\n";
  std::ofstream(shared) << "ana@example.org or +4930901820\nbo@example.org\n+49 30 901820 is always busy\n";
  datasets.Add("shop", shop.Url());
  datasets.Add("files", "file://" + folder.path());
  SubjectMap map = ShopMap(datasets);
  Annotate(map, "shop", "customer", {.name = "phone", .category = "user.contact.phone_number", .identifier = "phone"});
  const ErasurePlan plan = Plan(map, "ana@example.org");
  EXPECT_THAT(plan.identifiers, ElementsAre(SubjectIdentifier{"email", "ana@example.org"})) << "Bo may have it, too";
  Execute(plan);
  EXPECT_EQ(FileText(hers), "To [erased]\nWe shall call [erased].\n030 901820 is none of hers\n");
  EXPECT_EQ(FileText(shared), "[erased] or [erased]\nbo@example.org\n+49 30 901820 is always busy\n");
  EXPECT_THAT(Without(shop.Rows(), "bo@example.org"), ::testing::Not(Contains(::testing::HasSubstr("901820"))));
  const StoreOpener opener = datasets.Opener();
  OpenStores stores(opener, StoreAccess::kRead);
  EXPECT_EQ(RecheckPlan(plan, stores)->Leftovers(), 0);
  EXPECT_EQ(SweepStores(map, plan, stores)->Leftovers(), 0);
}

TEST_F(Erasure, DoneTwiceItChangesNothingMore) {
  const TestShop shop(kShop);
  datasets.Add("shop", shop.Url());
  SubjectMap map = ShopMap(datasets);
  In(map, "shop", "customer").fields[0].keep_ground = "tax.invoices";
  const ErasurePlan plan = Plan(map, "ana@example.org");
  const auto first = Execute(plan);
  const std::vector<std::string> rows = shop.Rows();
  const auto second = Execute(plan);
  EXPECT_EQ(shop.Rows(), rows);
  EXPECT_EQ(ToJson(first), ToJson(second));
  EXPECT_THAT(Plan(map, "ana@example.org").collections, IsEmpty()) << "erasing somebody already erased finds nothing";
}

TEST_F(Erasure, WhatADutyKeepsHoldsWhatItRefersToAndLosesItsPersonalFields) {
  const TestShop shop(kShop);
  datasets.Add("shop", shop.Url());
  SubjectMap map = ShopMap(datasets);
  Annotate(map, "shop", "orders", {.name = "total", .category = "none", .keep_ground = "tax.invoices"});
  const std::vector<std::string> before = shop.Rows();
  Execute(Plan(map, "ana@example.org"));
  EXPECT_THAT(shop.Column("SELECT ship_to IS NULL AND total = 5 FROM orders WHERE id = 100"), ElementsAre("1"));
  EXPECT_THAT(shop.Column("SELECT note FROM orders WHERE customer_id = 10 ORDER BY id"),
              ElementsAre("ring [erased] first", "no note"));
  EXPECT_THAT(shop.Column("SELECT name IS NULL AND email LIKE 'erased-%' AND born = '1970-01-01' AND country = 'DE' "
                          "FROM customer WHERE id = 10"),
              ElementsAre("1"));
  EXPECT_THAT(shop.Column("SELECT count(*) FROM review WHERE customer_id = 10"), ElementsAre("0"));
  for (const std::string& row : Without(Without(Without(before, "|10|"), "Ana"), "Elm"))
    EXPECT_THAT(shop.Rows(), Contains(row));
}

TEST_F(Erasure, ARecordThatOthersReferToIsEmptiedWhereItStands) {
  const TestShop shop(kShop);
  datasets.Add("shop", shop.Url());
  const std::vector<std::string> before = shop.Rows();
  Execute(Plan(ShopMap(datasets), "jan@shop.example"));
  EXPECT_THAT(shop.Column("SELECT name IS NULL AND email IS NULL FROM rep"), ElementsAre("1"));
  EXPECT_EQ(Without(shop.Rows(), "rep|"), Without(before, "rep|"));
}

TEST_F(Erasure, DoesNotDeleteAlongWithItWhatAnotherPersonWrote) {
  const TestShop shop(std::string(kShop) + "INSERT INTO review VALUES (3, 11, 100, 'by Bo, on an order of Ana');");
  datasets.Add("shop", shop.Url());
  Execute(Plan(ShopMap(datasets), "ana@example.org"));
  EXPECT_THAT(shop.Rows(), Contains("review|3|11|100|by Bo, on an order of Ana"));
  EXPECT_THAT(shop.Column("SELECT ship_to IS NULL FROM orders WHERE id = 100"), ElementsAre("1"));
  EXPECT_TRUE(shop.KeysHold());
}

TEST_F(Erasure, ARecordThatChangedHandsSinceThePlanIsLeftAlone) {
  const TestShop shop(kShop);
  datasets.Add("shop", shop.Url());
  const ErasurePlan plan = Plan(ShopMap(datasets), "ana@example.org");
  shop.Run(
      "DELETE FROM review WHERE id = 1; UPDATE orders SET customer_id = 11 WHERE id = 102;"
      "INSERT INTO review VALUES (1, 11, 102, 'a new one under an old number');");
  const auto done = Execute(plan);
  EXPECT_EQ(done[0].not_theirs, 1);
  EXPECT_EQ(done[1].not_theirs, 1);
  EXPECT_EQ(done[1].deleted, 1);
  EXPECT_THAT(shop.Rows(), Contains("review|1|11|102|a new one under an old number"));
}

TEST_F(Erasure, AnEditKeepsARecordOnItsGroundAndIsRecorded) {
  const TestShop shop(kShop);
  datasets.Add("shop", shop.Url());
  SubjectMap map = ShopMap(datasets);
  ErasurePlan plan = Plan(map, "ana@example.org");
  const CollectionPlace orders = In(map, "shop", "orders").id;
  EXPECT_TRUE(EditPlan(plan, {.edit = {.collection = orders, .strategy = Strategy::kKeep}})
                  .error()
                  .Is("fulfil.ground_missing"));
  EXPECT_TRUE(EditPlan(plan, {.edit = {.collection = orders, .field = "id", .strategy = Strategy::kNull}})
                  .error()
                  .Is("fulfil.edit_refused"));
  EXPECT_TRUE(EditPlan(plan, {.edit = {.collection = orders, .field = "nothing", .strategy = Strategy::kNull}})
                  .error()
                  .Is("fulfil.edit_unknown"));
  ASSERT_TRUE(
      EditPlan(plan, {.edit = {.collection = orders, .strategy = Strategy::kKeep, .ground = "court.order"}}).ok());
  EXPECT_EQ(plan.edits.size(), 1U);
  const auto again = FromJson<ErasurePlan>(ToJson(plan));
  ASSERT_TRUE(again.ok()) << again.error().DebugString();
  Execute(*again);
  EXPECT_THAT(shop.Column("SELECT count(*) FROM orders WHERE ship_to = '1 Elm Street'"), ElementsAre("2"));
  EXPECT_THAT(shop.Column("SELECT email LIKE 'erased-%' FROM customer WHERE id = 10"), ElementsAre("1"));
}

TEST_F(Erasure, GoesOnWhereItWasCutOff) {
  std::string script = kShop;
  for (int i = 1000; i < 1500; ++i) {
    script += "INSERT INTO orders VALUES (" + std::to_string(i) + ", 10, 'Elm', '', 1);";
  }
  const TestShop shop("BEGIN;" + script + "COMMIT;");
  datasets.Add("shop", shop.Url());
  const ErasurePlan plan = Plan(ShopMap(datasets), "ana@example.org");
  const PlannedCollection& orders = plan.collections[1];
  const StoreOpener opener = datasets.Opener();
  OpenStores stores(opener, StoreAccess::kWrite);
  Connector& store = **stores.Get("shop");
  shop.Run("DELETE FROM review");
  ErasureProgress saved;
  const Status cut = EraseCollection(store, plan, orders, saved, [&](const ErasureProgress& now) {
    return now.next >= 2 * kErasureBatch ? Status(Error("connect.cancelled")) : Ok();
  });
  EXPECT_TRUE(cut.error().Is("connect.cancelled"));
  EXPECT_EQ(saved.next, 2 * kErasureBatch);
  ErasureProgress from_before{.next = kErasureBatch, .deleted = kErasureBatch};  // the last batch was not saved
  ASSERT_TRUE(EraseCollection(store, plan, orders, from_before, [](const ErasureProgress&) { return Ok(); }).ok());
  EXPECT_EQ(from_before.deleted, 502);
  EXPECT_THAT(shop.Column("SELECT count(*) FROM orders WHERE customer_id = 10"), ElementsAre("0"));
}

// The real Chinook, where it lies beside the checkout: one customer with all invoices, and nobody else.
TEST_F(Erasure, ErasesACustomerOfChinookAndNobodyElse) {
  const std::string original = "../shared/data/db/chinook/Chinook_Sqlite.sqlite";
  if (!std::filesystem::exists(original)) GTEST_SKIP() << "needs " << original << " beside the checkout";
  const TestShop shop("");
  std::filesystem::copy_file(original, shop.Path(), std::filesystem::copy_options::overwrite_existing);
  std::filesystem::permissions(shop.Path(), std::filesystem::perms::owner_all);
  datasets.Add("shop", shop.Url());
  SubjectMap map = datasets.Map();
  In(map, "shop", "Customer").subject = "customer";
  In(map, "shop", "Employee").subject = "employee";
  for (const char* people : {"Customer", "Employee"}) {
    Annotate(map, "shop", people, {.name = "Email", .category = "user.contact.email", .identifier = "email"});
    Annotate(map, "shop", people, {.name = "LastName", .category = "user.name"});
  }
  Annotate(map, "shop", "Invoice", {.name = "BillingAddress", .category = "user.contact.address"});
  const std::string email = shop.Column("SELECT Email FROM Customer WHERE CustomerId = 1").front();
  std::vector<std::string> expected = shop.Rows();
  for (const std::string& line :
       shop.Column("SELECT 'InvoiceLine|' || InvoiceLineId || '|' FROM InvoiceLine NATURAL JOIN "
                   "Invoice WHERE CustomerId = 1")) {
    std::erase_if(expected, [&](const std::string& row) { return row.starts_with(line); });
  }
  for (const std::string& line :
       shop.Column("SELECT 'Invoice|' || InvoiceId || '|' FROM Invoice WHERE CustomerId = 1")) {
    std::erase_if(expected, [&](const std::string& row) { return row.starts_with(line); });
  }
  std::erase_if(expected, [](const std::string& row) { return row.starts_with("Customer|1|"); });
  const ErasurePlan plan = Plan(map, email);
  Execute(plan);
  EXPECT_EQ(shop.Rows(), expected);
  EXPECT_TRUE(shop.KeysHold());
  EXPECT_TRUE(std::ranges::any_of(plan.boundaries, [](const Boundary& each) {
    return each.fields.front() == "SupportRepId" && each.reason == BoundaryReason::kAnotherPersonsRecord;
  }));
}

}  // namespace
}  // namespace privity
