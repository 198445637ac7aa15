#include "fulfil/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "fulfil/testing/shop.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// The traps of a music shop: an employee behind every customer, tracks that everybody buys.
constexpr const char* kMusicShop = R"sql(
CREATE TABLE employee (employee_id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT,
                       reports_to INTEGER REFERENCES employee (employee_id));
CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT,
                       support_rep_id INTEGER REFERENCES employee (employee_id));
CREATE TABLE invoice (invoice_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (customer_id),
                      billing_address TEXT, total NUMERIC NOT NULL);
CREATE TABLE track (track_id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE invoice_line (invoice_line_id INTEGER PRIMARY KEY,
                           invoice_id INTEGER NOT NULL REFERENCES invoice (invoice_id),
                           track_id INTEGER NOT NULL REFERENCES track (track_id));
INSERT INTO employee VALUES (1, 'Nora Berg', 'nora@shop.example', NULL), (2, 'Jan Rep', 'jan@shop.example', 1);
INSERT INTO customer VALUES (10, 'Ana Example', 'ana@example.org', '+49 30 1234567', 2),
                            (11, 'Bo Example', 'bo@example.org', NULL, 2);
INSERT INTO invoice VALUES (100, 10, '1 Elm Street', 9.5), (101, 11, '2 Oak Street', 3), (102, 10, '1 Elm Street', 1);
INSERT INTO track VALUES (1000, 'A Song'), (1001, 'Only Ana bought this');
INSERT INTO invoice_line VALUES (1, 100, 1000), (2, 100, 1001), (3, 101, 1000);
)sql";

SubjectMap MusicMap(const TestDatasets& datasets) {
  SubjectMap map = datasets.Map();
  In(map, "shop", "employee").subject = "employee";
  In(map, "shop", "customer").subject = "customer";
  Annotate(map, "shop", "employee", {.name = "email", .category = "user.contact.email", .identifier = "email"});
  Annotate(map, "shop", "employee", {.name = "name", .category = "user.name"});
  Annotate(map, "shop", "customer",
           {.name = "customer_id", .category = "user.unique_id", .identifier = "shop.customer"});
  Annotate(map, "shop", "customer", {.name = "name", .category = "user.name"});
  Annotate(map, "shop", "customer", {.name = "email", .category = "user.contact.email", .identifier = "email"});
  Annotate(map, "shop", "customer", {.name = "phone", .category = "user.contact.phone_number", .identifier = "phone"});
  Annotate(map, "shop", "invoice", {.name = "billing_address", .category = "user.contact.address"});
  Annotate(map, "shop", "track", {.name = "name", .category = "none"});
  return map;
}

class SubjectWalk : public ::testing::Test {
 protected:
  Walk Find(const SubjectMap& map, std::vector<SubjectIdentifier> proven) {
    const StoreOpener opener = datasets.Opener();
    OpenStores stores(opener, StoreAccess::kRead);
    const auto walk = WalkSubject(map, stores, proven);
    EXPECT_TRUE(walk.ok()) << walk.error().DebugString();
    return walk.ok() ? *walk : Walk();
  }
  TestDatasets datasets;
};

TEST_F(SubjectWalk, FindsTheRecordsOfACustomerAndStopsAtTheirEmployeeAndAtWhatTheyBought) {
  const TestShop shop(kMusicShop);
  datasets.Add("shop", shop.Url());
  const SubjectMap map = MusicMap(datasets);
  const Walk walk = Find(map, {{"email", " Ana@Example.org"}});
  EXPECT_EQ(Counted(map, walk), "shop.customer=1 shop.invoice=2 shop.invoice_line=2");
  EXPECT_THAT(Bounds(walk), UnorderedElementsAre("customer.support_rep_id->employee:another_persons_record x1",
                                                 "invoice_line.track_id->track:nothing_personal x2"));
  EXPECT_THAT(walk.not_read, IsEmpty());
}

TEST_F(SubjectWalk, AnEmployeeDoesNotTakeTheirCustomersAlong) {
  const TestShop shop(kMusicShop);
  datasets.Add("shop", shop.Url());
  const SubjectMap map = MusicMap(datasets);
  const Walk walk = Find(map, {{"email", "jan@shop.example"}});
  EXPECT_EQ(Counted(map, walk), "shop.employee=1");
  EXPECT_THAT(Bounds(walk), UnorderedElementsAre("customer.support_rep_id->employee:another_persons_record x2",
                                                 "employee.reports_to->employee:another_persons_record x1"));
  EXPECT_TRUE(walk.records.front().stays) << "customers still refer to the employee";
}

TEST_F(SubjectWalk, SamplesShowWhatIsMeantAndNoPersonalValue) {
  const TestShop shop(kMusicShop);
  datasets.Add("shop", shop.Url());
  const SubjectMap map = MusicMap(datasets);
  const Walk walk = Find(map, {{"email", "ana@example.org"}});
  std::string shown;
  for (const auto& [collection, rows] : walk.samples) shown += ToJson(rows);
  EXPECT_THAT(shown, ::testing::HasSubstr("a***@e***"));
  for (const char* value : {"ana@", "Ana", "1234567", "Elm"})
    EXPECT_THAT(shown, ::testing::Not(::testing::HasSubstr(value)));
}

// The traps of a video shop: a shop and its staff behind every customer and rental, addresses that people share.
constexpr const char* kVideoShop = R"sql(
CREATE TABLE address (address_id INTEGER PRIMARY KEY, street TEXT NOT NULL);
CREATE TABLE store (store_id INTEGER PRIMARY KEY, address_id INTEGER NOT NULL REFERENCES address (address_id));
CREATE TABLE staff (staff_id INTEGER PRIMARY KEY, name TEXT, address_id INTEGER NOT NULL REFERENCES address (address_id),
                    email TEXT, store_id INTEGER NOT NULL REFERENCES store (store_id));
CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, store_id INTEGER NOT NULL REFERENCES store (store_id), name TEXT,
                       email TEXT, address_id INTEGER NOT NULL REFERENCES address (address_id));
CREATE TABLE inventory (inventory_id INTEGER PRIMARY KEY, store_id INTEGER NOT NULL REFERENCES store (store_id));
CREATE TABLE rental (rental_id INTEGER PRIMARY KEY, inventory_id INTEGER NOT NULL REFERENCES inventory (inventory_id),
                     customer_id INTEGER NOT NULL REFERENCES customer (customer_id),
                     staff_id INTEGER NOT NULL REFERENCES staff (staff_id));
CREATE TABLE payment (payment_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (customer_id),
                      staff_id INTEGER NOT NULL REFERENCES staff (staff_id),
                      rental_id INTEGER REFERENCES rental (rental_id));
INSERT INTO address VALUES (1, '1 Shop Row'), (2, '2 Elm Street'), (3, '3 Oak Street'), (4, '4 Staff Court');
INSERT INTO store VALUES (1, 1);
INSERT INTO staff VALUES (1, 'Mia Staff', 4, 'mia@shop.example', 1);
INSERT INTO customer VALUES (1, 1, 'Ana Example', 'ana@example.org', 2), (2, 1, 'Bo Example', 'bo@example.org', 3),
                            (3, 1, 'Cy Example', 'cy@example.org', 3), (4, 1, 'Di Example', 'di@example.org', 1);
INSERT INTO inventory VALUES (1, 1), (2, 1);
INSERT INTO rental VALUES (1, 1, 1, 1), (2, 2, 1, 1), (3, 1, 2, 1);
INSERT INTO payment VALUES (1, 1, 1, 1), (2, 1, 1, 2), (3, 2, 1, 3);
)sql";

SubjectMap VideoMap(const TestDatasets& datasets) {
  SubjectMap map = datasets.Map();
  In(map, "video", "staff").subject = "employee";
  In(map, "video", "customer").subject = "customer";
  Annotate(map, "video", "address", {.name = "street", .category = "user.contact.address.street"});
  for (const char* people : {"staff", "customer"}) {
    Annotate(map, "video", people, {.name = "email", .category = "user.contact.email", .identifier = "email"});
    Annotate(map, "video", people, {.name = "name", .category = "user.name"});
  }
  return map;
}

TEST_F(SubjectWalk, FollowsAnAddressThatNobodyElseUses) {
  const TestShop shop(kVideoShop);
  datasets.Add("video", shop.Url());
  const SubjectMap map = VideoMap(datasets);
  const Walk walk = Find(map, {{"email", "ana@example.org"}});
  EXPECT_EQ(Counted(map, walk), "video.address=1 video.customer=1 video.payment=2 video.rental=2");
  EXPECT_THAT(Bounds(walk), UnorderedElementsAre("customer.store_id->store:nothing_personal x1",
                                                 "payment.staff_id->staff:another_persons_record x2",
                                                 "rental.inventory_id->inventory:nothing_personal x2",
                                                 "rental.staff_id->staff:another_persons_record x2"));
}

TEST_F(SubjectWalk, LeavesAnAddressThatAnotherCustomerOrTheShopUses) {
  const TestShop shop(kVideoShop);
  datasets.Add("video", shop.Url());
  const SubjectMap map = VideoMap(datasets);
  for (const char* email : {"bo@example.org", "di@example.org"}) {
    EXPECT_THAT(Bounds(Find(map, {{"email", email}})), Contains("customer.address_id->address:others_refer_to_it x1"))
        << email;
  }
}

TEST_F(SubjectWalk, TheRentalsOfACustomerAreNotThoseOfTheStaffWhoServedThem) {
  const TestShop shop(kVideoShop);
  datasets.Add("video", shop.Url());
  const SubjectMap map = VideoMap(datasets);
  const Walk walk = Find(map, {{"email", "mia@shop.example"}});
  EXPECT_EQ(Counted(map, walk), "video.address=1 video.staff=1");
  EXPECT_THAT(Bounds(walk), UnorderedElementsAre("payment.staff_id->staff:refers_to_another_person x3",
                                                 "rental.staff_id->staff:refers_to_another_person x3",
                                                 "staff.store_id->store:nothing_personal x1"));
}

TEST_F(SubjectWalk, ANumberOfOneDatasetFindsNobodyInAnother) {
  const TestShop shop(kMusicShop);
  const TestShop other(
      "CREATE TABLE ticket (id INTEGER PRIMARY KEY, shop_customer TEXT, own_customer TEXT);"
      "INSERT INTO ticket VALUES (1, '10', '77'), (2, '55', '10');");
  datasets.Add("shop", shop.Url());
  datasets.Add("support", other.Url());
  SubjectMap map = MusicMap(datasets);
  Annotate(map, "support", "ticket",
           {.name = "shop_customer", .category = "user.unique_id", .identifier = "shop.customer"});
  Annotate(map, "support", "ticket",
           {.name = "own_customer", .category = "user.unique_id", .identifier = "support.customer"});
  const Walk walk = Find(map, {{"email", "ana@example.org"}});
  EXPECT_EQ(Counted(map, walk), "shop.customer=1 shop.invoice=2 shop.invoice_line=2 support.ticket=1");
  EXPECT_THAT(walk.identifiers,
              ElementsAre(SubjectIdentifier{"email", "ana@example.org"}, SubjectIdentifier{"shop.customer", "10"}));
}

TEST_F(SubjectWalk, WhatPassesBetweenTwoCustomersBelongsToNeitherAlone) {
  const TestShop shop(
      std::string(kMusicShop) +
      "CREATE TABLE gift (gift_id INTEGER PRIMARY KEY, sender INTEGER REFERENCES customer (customer_id),"
      "                   receiver INTEGER REFERENCES customer (customer_id), words TEXT);"
      "INSERT INTO gift VALUES (1, 10, 11, 'For you'), (2, 10, 10, 'For me');"
      "CREATE TABLE letter (id INTEGER PRIMARY KEY, sender TEXT, receiver TEXT);"
      "INSERT INTO letter VALUES (1, 'ana@example.org', 'bo@example.org');");
  datasets.Add("shop", shop.Url());
  SubjectMap map = MusicMap(datasets);
  Annotate(map, "shop", "letter", {.name = "sender", .category = "user.contact.email", .identifier = "email"});
  Annotate(map, "shop", "letter", {.name = "receiver", .category = "user.contact.email", .identifier = "email"});
  const Walk walk = Find(map, {{"email", "ana@example.org"}});
  EXPECT_EQ(Counted(map, walk), "shop.customer=1 shop.gift=1 shop.invoice=2 shop.invoice_line=2");
  EXPECT_THAT(Bounds(walk), Contains("gift.sender->customer:refers_to_another_person x1"));
  EXPECT_THAT(Bounds(walk), Contains("letter.sender->letter:refers_to_another_person x1"));
}

TEST_F(SubjectWalk, FollowsDeclaredReferencesIntoOtherStoresAndNamesWhatIsMissingOrDoesNotAnswer) {
  const TestShop shop(kMusicShop);
  const TestShop profiles(
      "CREATE TABLE profile (customer TEXT PRIMARY KEY, about TEXT);"
      "INSERT INTO profile VALUES ('10', 'likes jazz'), ('11', 'likes folk');"
      "CREATE TABLE consent (id INTEGER PRIMARY KEY, customer TEXT, place INTEGER);"
      "INSERT INTO consent VALUES (1, '10', 404);"
      "CREATE TABLE place (id INTEGER PRIMARY KEY, street TEXT);");
  const TestShop gone("CREATE TABLE visit (id INTEGER PRIMARY KEY, customer TEXT);");
  datasets.Add("shop", shop.Url());
  datasets.Add("profiles", profiles.Url());
  datasets.Add("gone", gone.Url());
  SubjectMap map = MusicMap(datasets);
  const CollectionPlace customer = In(map, "shop", "customer").id;
  for (const auto& [dataset, name] : {std::pair("profiles", "profile"), {"profiles", "consent"}, {"gone", "visit"}}) {
    In(map, dataset, name).references.push_back({{"customer"}, customer, {"customer_id"}});
  }
  In(map, "profiles", "consent").references.push_back({{"place"}, In(map, "profiles", "place").id, {"id"}});
  Annotate(map, "profiles", "place", {.name = "street", .category = "user.contact.address"});
  std::filesystem::remove(gone.Path());
  const Walk walk = Find(map, {{"email", "ana@example.org"}});
  EXPECT_EQ(Counted(map, walk),
            "profiles.consent=1 profiles.profile=1 shop.customer=1 shop.invoice=2 shop.invoice_line=2");
  ASSERT_EQ(walk.missing.size(), 1U);
  EXPECT_EQ(walk.missing.front().to.name, "place");
  ASSERT_EQ(walk.not_read.size(), 1U);
  EXPECT_EQ(walk.not_read.front().collection.dataset, "gone");
}

TEST_F(SubjectWalk, SaysWhenOneAddressNamesSeveralPeople) {
  const TestShop shop(std::string(kMusicShop) +
                      "INSERT INTO customer VALUES (12, 'Al', 'ana@example.org', NULL, NULL);");
  datasets.Add("shop", shop.Url());
  const SubjectMap map = MusicMap(datasets);
  EXPECT_THAT(Find(map, {{"email", "ana@example.org"}}).ambiguous,
              ElementsAre(In(const_cast<SubjectMap&>(map), "shop", "customer").id));
  EXPECT_THAT(Find(map, {{"email", "bo@example.org"}}).ambiguous, IsEmpty());
}

TEST_F(SubjectWalk, FindsNobodyWithoutAnError) {
  const TestShop shop(kMusicShop);
  datasets.Add("shop", shop.Url());
  const SubjectMap map = MusicMap(datasets);
  EXPECT_THAT(Find(map, {{"email", "nobody@example.org"}}).records, IsEmpty());
}

TEST(Mentions, AreFoundWhereverAnAddressOrNumberIsAndNowhereElse) {
  struct Row {
    const char* text;
    std::size_t expected;
  };
  const std::vector<SubjectIdentifier> person = {
      {"email", "Ana@Example.org"}, {"phone", "+49 30 1234567"}, {"shop.customer", "10"}};
  for (const Row& row : std::vector<Row>{
           {"write to ana@example.org.", 1},
           {"<ANA@EXAMPLE.ORG>, email=ana@example.org;", 2},
           {"call 0049 (30) 123-4567 or +49301234567", 2},
           {"joana@example.org, ana@example.org.uk, ana@example.organ", 0},
           {"ana.example.org and order 10", 0},
           {"+49 30 12345678", 0},
           {"", 0},
       }) {
    EXPECT_EQ(MentionsIn(row.text, person).size(), row.expected) << row.text;
  }
  const auto spans = MentionsIn("Grüße: ana@example.org", person);
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_EQ(spans.front().begin, 7U);
  EXPECT_EQ(spans.front().end, 22U);
}

// What a journal of keyed hashes can look for is exactly what would be found of somebody who is known.
TEST(Mentions, EachIsAmongWhatCouldNameAnybody) {
  const std::vector<SubjectIdentifier> person = {{"email", "o'ana@example.org"}, {"phone", "+49 30 1234567"}};
  struct Row {
    const char* text;
    std::vector<SubjectIdentifier> expected;
  };
  for (const Row& row : std::vector<Row>{
           {"write to O'Ana@Example.org...", {{"email", "o'ana@example.org"}}},
           {"mail=o'ana@example.org", {{"email", "o'ana@example.org"}}},
           {"call 0049 (30) 123-4567", {{"phone", "49301234567"}}},
           {"o'ana@example.orgs, +49 30 12345678, 12345, @, a@", {}},
       }) {
    std::vector<SubjectIdentifier> found;
    ForEachMentionable(row.text, [&](std::string_view space, std::string_view value) {
      if (IsAmong(person, space, value)) found.push_back({std::string(space), NormalizeIdentifier(space, value)});
    });
    EXPECT_EQ(found, row.expected) << row.text;
    EXPECT_EQ(found.size(), MentionsIn(row.text, person).size()) << row.text;
  }
}

TEST(Names, AreFoundAsAWholeOrByTheirWords) {
  const std::vector<std::string> names = {"Ana-Lena Ruiz", "Åsa"};
  struct Row {
    const char* text;
    std::size_t whole;
    std::size_t words;
  };
  for (const Row& row : std::vector<Row>{
           {"for Ana-Lena Ruiz.", 1, 1},
           {"RUIZ,  ana-lena rang", 1, 1},
           {"Ruiz rang, then RUIZ again", 0, 2},
           {"Ruizowski and ruiz; Ana-Lena", 0, 1},
           {"Ana-Lena and Bo Ruiz", 0, 2},
           {"Ana-Lena, Bo, Ruiz", 0, 2},
           {"Åsa, Åsas", 0, 1},
           {"", 0, 0},
       }) {
    EXPECT_EQ(FullNamesIn(row.text, names).size(), row.whole) << row.text;
    EXPECT_EQ(NamesIn(row.text, names).size(), row.words) << row.text;
  }
  EXPECT_EQ(ReplaceSpans("Grüße, Ana-Lena Ruiz!", NamesIn("Grüße, Ana-Lena Ruiz!", names), "…"), "Grüße, …!");
}

TEST_F(SubjectWalk, ALineThatSaysNothingButTheirNameIsShownAndNotTheirs) {
  const TestShop shop(kMusicShop);
  const TestFolder folder;
  std::ofstream(folder.path() + "/notes.txt")
      << "ana@example.org: Ana rang\nPaid by Example, Ana\nAna Example wrote\nbo@example.org: hi\n";
  datasets.Add("shop", shop.Url());
  datasets.Add("files", "file://" + folder.path());
  shop.Run("UPDATE customer SET name = 'Ana' WHERE customer_id = 10");
  const SubjectMap map = MusicMap(datasets);
  EXPECT_THAT(Bounds(Find(map, {{"email", "ana@example.org"}})),
              testing::Not(Contains(testing::HasSubstr("only_their_name"))))
      << "a first name alone is nobody's";
  shop.Run("UPDATE customer SET name = 'Ana Example' WHERE customer_id = 10");
  const Walk walk = Find(map, {{"email", "ana@example.org"}});
  EXPECT_THAT(walk.names, ElementsAre("Ana Example"));
  EXPECT_THAT(Bounds(walk), Contains("notes.txt.text->notes.txt:only_their_name x2"));
  EXPECT_THAT(Counted(map, walk), testing::HasSubstr("files.notes.txt=1"));
}

TEST_F(SubjectWalk, InATextAboutThemAloneTheirFullNameIsTheirs) {
  const TestShop shop(kMusicShop);
  const TestFolder folder;
  std::ofstream(folder.path() + "/letter.txt") << "To ana@example.org\nDear Ana Example,\nBo Example sends regards\n";
  datasets.Add("shop", shop.Url());
  datasets.Add("files", "file://" + folder.path());
  const SubjectMap map = MusicMap(datasets);
  const Walk walk = Find(map, {{"email", "ana@example.org"}});
  EXPECT_THAT(Counted(map, walk), testing::HasSubstr("files.letter.txt=2"));
  EXPECT_THAT(Bounds(walk), testing::Not(Contains(testing::HasSubstr("only_their_name"))));
  std::ofstream(folder.path() + "/letter.txt", std::ios::app) << "copy to bo@example.org\n";
  EXPECT_THAT(Bounds(Find(map, {{"email", "ana@example.org"}})),
              Contains("letter.txt.text->letter.txt:only_their_name x1"));
}

TEST_F(SubjectWalk, AListThatNamesTwoPeopleIsNeithersUnlessItIsOnePersonsOwnRecord) {
  const TestFolder folder;
  std::ofstream(folder.path() + "/shared.jsonl") << R"({"id": "1", "email": ["ana@example.org", "bo@example.org"]})"
                                                 << "\n"
                                                 << R"({"id": "2", "email": ["ana@example.org"]})"
                                                 << "\n";
  datasets.Add("files", "file://" + folder.path());
  SubjectMap map = datasets.Map();
  Annotate(map, "files", "shared.jsonl", {.name = "email", .category = "user.contact.email", .identifier = "email"});
  const Walk walk = Find(map, {{"email", "ana@example.org"}});
  EXPECT_EQ(Counted(map, walk), "files.shared.jsonl=1");
  EXPECT_THAT(Bounds(walk), ElementsAre("shared.jsonl.email->shared.jsonl:refers_to_another_person x1"));
  EXPECT_EQ(walk.records.front().link, (std::vector<NamedValue>{{"email", "ana@example.org"}}));

  In(map, "files", "shared.jsonl").subject = "customer";
  EXPECT_EQ(Counted(map, Find(map, {{"email", "ana@example.org"}})), "files.shared.jsonl=2");
}

}  // namespace
}  // namespace privity
