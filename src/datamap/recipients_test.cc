#include "datamap/recipients.h"

#include <gmock/gmock.h>

#include "datamap/activity_register.h"
#include "datamap/testing/datamap_test_base.h"

namespace privity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class RecipientsTest : public DatamapTest {
 protected:
  Result<Recipient> Create(const RecipientRequest& request) {
    return store().Write([&](WriteTx& tx) { return map().recipients().Create(tx, engineer_, request); });
  }
  Result<Recipient> Update(const Recipient& before, const RecipientRequest& request) {
    return store().Write(
        [&](WriteTx& tx) { return map().recipients().Update(tx, engineer_, before.id, request, before.version); });
  }
  Status Remove(const Recipient& recipient) {
    return store().Write(
        [&](WriteTx& tx) { return map().recipients().Remove(tx, engineer_, recipient.id, std::nullopt); });
  }
  std::vector<Recipient> Listed(const RecipientFilter& filter = {}) {
    return store().Read([&](ReadTx& tx) { return map().recipients().List(tx, filter); }).value().items;
  }
  Activity Recorded(const ActivityRequest& request) {
    return store().Write([&](WriteTx& tx) { return map().activities().Create(tx, engineer_, request); }).value();
  }
};
PRIVITY_ON_EVERY_STORE(RecipientsTest);

TEST_P(RecipientsTest, WhoIsNamedByAnActivityHasARecord) {
  (void)Recorded({.name = "Web shop",
                  .recipients = {"Parcel services"},
                  .transfers = {{.destination = "USA", .recipient = "Example Mail Inc."}, {.destination = "Japan"}}});
  const auto listed = Listed();
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_EQ(listed[0].content.name, "Example Mail Inc.");
  EXPECT_EQ(listed[1].content.name, "Parcel services");
  EXPECT_EQ(listed[1].content.kind, RecipientKind::kCategory);
  EXPECT_THAT(listed[1].activities, ElementsAre("Web shop"));
  (void)Recorded({.name = "Newsletter", .recipients = {"Example Mail Inc."}});
  EXPECT_THAT(Listed(), SizeIs(2)) << "each once";
}

TEST_P(RecipientsTest, AnotherNameIsWrittenIntoEveryActivity) {
  const Activity activity = Recorded({.name = "Web shop",
                                      .recipients = {"Parcels", "Banks"},
                                      .transfers = {{.destination = "USA", .recipient = "Parcels"}}});
  const Recipient parcels = Listed({.q = "parcels"}).at(0);
  RecipientRequest request = parcels.content;
  request.name = "Example Parcels GmbH";
  request.role = RecipientRole::kProcessor;
  const auto updated = Update(parcels, request);
  ASSERT_TRUE(updated.ok()) << updated.error().DebugString();
  const Activity now = store().Read([&](ReadTx& tx) { return map().activities().Get(tx, activity.id); }).value();
  EXPECT_THAT(now.content.recipients, ElementsAre("Example Parcels GmbH", "Banks"));
  EXPECT_EQ(now.content.transfers[0].recipient, "Example Parcels GmbH");
  EXPECT_EQ(now.version, 2);
  EXPECT_THAT(Listed(), SizeIs(2));
  const auto history = store().Read([&](ReadTx& tx) { return map().recipients().History(tx, parcels.id); }).value();
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_EQ(history[1].content.name, "Parcels");
  EXPECT_EQ(Update(parcels, request).error().code(), "datamap.changed_meanwhile");
}

TEST_P(RecipientsTest, WhoIsNamedStaysOnTheListAndANameStandsForOne) {
  (void)Recorded({.name = "Web shop", .recipients = {"Banks"}});
  const Recipient banks = Listed().at(0);
  EXPECT_EQ(Remove(banks).error().code(), "datamap.recipient_named");
  EXPECT_EQ(Create({.name = "Banks"}).error().code(), "datamap.recipient_name_taken");
  const Recipient other = Create({.name = "Auditors"}).value();
  EXPECT_TRUE(Remove(other).ok());
  EXPECT_THAT(Listed({.q = "audit"}), IsEmpty());
  EXPECT_EQ(Remove(other).error().code(), "datamap.recipient_removed");
  EXPECT_TRUE(Create({.name = "Auditors"}).ok()) << "the name is free again";
  EXPECT_EQ(Create({.name = "X", .custom_fields = {{"A", "1"}, {"A", "2"}}}).error().code(),
            "datamap.custom_field_twice");
}

TEST_P(RecipientsTest, AreFoundByTheirRole) {
  (void)Create({.name = "A", .role = RecipientRole::kProcessor});
  (void)Create({.name = "B", .role = RecipientRole::kJointController});
  (void)Create({.name = "C"});
  const auto found = Listed({.role = RecipientRole::kJointController});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].content.name, "B");
}

TEST_P(RecipientsTest, TheRecordSaysWhoTheyAreAndWhereTheDataGoes) {
  const RecipientRequest mail{.name = "Example Mail",
                              .role = RecipientRole::kProcessor,
                              .country = "USA",
                              .contact = "privacy@example.org",
                              .transfers = {{.destination = "USA", .safeguards = "Standard clauses"}},
                              .custom_fields = {{"Contract", "2026/17"}}};
  const Activity activity = Recorded({.name = "Newsletter", .recipients = {"Example Mail", "Banks"}});
  RegisterExport content{.organization = "Example", .activities = {activity}, .recipients = {{mail.name, mail}}};
  std::string bytes;
  const Status written = WriteActivityRegister(Catalog::BuiltIn(), content, RegisterFormat::kCsv, [&](BytesView piece) {
    bytes += AsText(piece);
    return Status(Ok());
  });
  ASSERT_TRUE(written.ok()) << written.error().DebugString();
  EXPECT_THAT(bytes, HasSubstr("Example Mail (Processor, USA, privacy@example.org, Contract: 2026/17); Banks"));
  EXPECT_THAT(bytes, HasSubstr("USA, Example Mail: Standard clauses"));
}

// The tables as they were before there were records of recipients.
class BeforeRecipients : public RecipientsTest {
 protected:
  std::vector<Migration> Migrations() const override {
    std::vector<Migration> all = DatamapTest::Migrations();
    std::erase_if(all, [](const Migration& each) { return each.room == "datamap" && each.version >= 10; });
    return all;
  }
};
PRIVITY_ON_EVERY_STORE(BeforeRecipients);

TEST_P(BeforeRecipients, WhoWasNamedByAnActivityHasARecordAfterTheUpdate) {
  const ActivityRequest shop{.name = "Web shop",
                             .recipients = {"Parcel \"services\"", "Banks"},
                             .transfers = {{.destination = "USA", .recipient = "Banks"}, {.destination = "Japan"}}};
  const auto planted = store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(
        tx.Execute("INSERT INTO datamap_activity (id, role, name, content, gaps, actor_kind, actor_id, "
                   "created_at, changed_at, version) VALUES ('a', 'controller', 'Web shop', $1, 0, 'user', "
                   "'x', 1, 2, 1)",
                   {ToJson(shop)}));
    return Ok();
  });
  ASSERT_TRUE(planted.ok()) << planted.error().DebugString();
  const auto migrated =
      MigrateStore(store(), DatamapTest::Migrations(), clock(), {.backup_directory = "", .operator_has_backup = true});
  ASSERT_TRUE(migrated.ok()) << migrated.error().DebugString();
  const auto rows = store().Read([&](ReadTx& tx) {
    return tx.Query(
        "SELECT id, content FROM datamap_recipient ORDER BY "
        "name");
  });
  ASSERT_TRUE(rows.ok()) << rows.error().DebugString();
  ASSERT_EQ(rows->size(), 2u);
  std::vector<std::string> names;
  for (const Row& row : *rows) {
    EXPECT_TRUE(RecipientId::Parse(row.Get<std::string>(0)).ok()) << row.Get<std::string>(0);
    const auto content = FromJson<RecipientRequest>(row.Get<std::string>(1));
    ASSERT_TRUE(content.ok()) << content.error().DebugString();
    EXPECT_EQ(content->kind, RecipientKind::kCategory);
    names.push_back(content->name);
  }
  EXPECT_THAT(names, ElementsAre("Banks", "Parcel \"services\""));
}

}  // namespace
}  // namespace privity
