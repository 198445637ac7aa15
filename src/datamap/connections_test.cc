#include "datamap/connections.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "datamap/testing/datamap_test_base.h"

namespace privity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kPassword = "harbour-lights-77";

class ConnectionsTest : public DatamapTest {
 protected:
  Result<Connection> Create(const Caller& caller, const ConnectionRequest& request) {
    return store().Write([&](WriteTx& tx) { return map().connections().Create(tx, caller, request); });
  }
  Result<Connection> Update(const Caller& caller, const ConnectionId& id, const ConnectionRequest& request,
                            std::optional<std::int64_t> version = {}) {
    return store().Write([&](WriteTx& tx) { return map().connections().Update(tx, caller, id, request, version); });
  }
  Result<std::unique_ptr<Connector>> Open(const ConnectionId& id, StoreUse use = StoreUse::kRead) {
    return store().Read([&](ReadTx& tx) { return map().connections().Open(tx, id, use, {}); });
  }
  static ConnectionRequest Shop() {
    return {.name = "Web shop",
            .address = "postgresql://reader@db.example.org/shop",
            .password = SecretString(kPassword),
            .networks = {"10.2.0.0/16"}};
  }
};
PRIVITY_ON_EVERY_STORE(ConnectionsTest);

std::string CodeOf(const Result<Connection>& result) {
  return result.ok() ? "" : result.error().code();
}

TEST_P(ConnectionsTest, KeepsWhatItWasGivenAndNeverAnswersThePassword) {
  const auto created = Create(engineer_, Shop());
  ASSERT_TRUE(created.ok()) << created.error().DebugString();
  EXPECT_EQ(created->name, "Web shop");
  EXPECT_EQ(created->kind, "PostgreSQL");
  EXPECT_TRUE(created->has_password);
  EXPECT_FALSE(created->writing_granted) << "writing is off until it is granted";
  EXPECT_THAT(created->networks, ElementsAre("10.2.0.0/16"));
  EXPECT_THAT(ToJson(*created), Not(HasSubstr(kPassword)));
  const auto stored = store().Read([](ReadTx& tx) { return tx.QueryOne("SELECT password FROM datamap_connection"); });
  EXPECT_THAT(std::string(AsText((*stored)->Get<Bytes>(0))), Not(HasSubstr(kPassword)));
  EXPECT_THAT(Recorded(), ElementsAre("datamap.system.created", "datamap.connection.created"));
}

TEST_P(ConnectionsTest, AnAddressWithAPasswordIsRefused) {
  ConnectionRequest request = Shop();
  request.address = "postgresql://reader:secret@db.example.org/shop";
  EXPECT_EQ(CodeOf(Create(engineer_, request)), "datamap.url_has_password");
}

TEST_P(ConnectionsTest, AStoredTokenStaysWithTheServiceWhoseDescriptionNamesTheServer) {
  ConnectionRequest request = Shop();
  request.address = "api:///stripe";
  const ConnectionId id = Create(engineer_, request)->id;
  request.address = "api:///hubspot";
  request.password.reset();
  EXPECT_EQ(CodeOf(Update(engineer_, id, request)), "datamap.password_needed");
}

TEST_P(ConnectionsTest, AStoredPasswordNeverGoesToAServerThatItWasNotGivenFor) {
  const ConnectionId id = Create(engineer_, Shop())->id;
  for (const char* url : {"postgresql://reader@db.attacker.example/shop", "postgresql://other@db.example.org/shop",
                          "mysql://reader@db.example.org/shop", "postgresql://reader@db.example.org:5433/shop",
                          "postgresql://reader@db.example.org/shop?sslmode=disable"}) {
    ConnectionRequest request = Shop();
    request.address = url;
    request.password.reset();
    EXPECT_EQ(CodeOf(Update(engineer_, id, request)), "datamap.password_needed") << url;
  }
  ConnectionRequest other_database = Shop();
  other_database.address = "postgresql://reader@db.example.org/archive";
  other_database.password.reset();
  EXPECT_TRUE(Update(engineer_, id, other_database)->has_password);
}

TEST_P(ConnectionsTest, WritingIsGrantedByWhomMayAndRecorded) {
  const ConnectionId id = Create(engineer_, Shop())->id;
  ConnectionRequest writing = Shop();
  writing.writing_granted = true;
  EXPECT_EQ(CodeOf(Update(engineer_, id, writing)), "identity.grant_exceeds_own");
  EXPECT_EQ(Open(id, StoreUse::kWrite).error().code(), "datamap.writing_not_granted");
  EXPECT_TRUE(Update(administrator_, id, writing)->writing_granted);
  EXPECT_THAT(Recorded(), Contains("datamap.connection.writing_granted"));
  EXPECT_TRUE(Open(id, StoreUse::kWrite).ok());
  EXPECT_FALSE(Update(engineer_, id, Shop())->writing_granted) << "taking it back needs no grant";
  EXPECT_THAT(Recorded(), Contains("datamap.connection.writing_withdrawn"));
}

TEST_P(ConnectionsTest, FilesAreConnectedBelowOpenFoldersOrByTheOperatorAndNeverPrivitysOwn) {
  std::filesystem::create_symlink(closed_folder(), open_folder() + "/link");
  const TempDirectory elsewhere;
  struct {
    std::string url;
    std::string person, on_the_server;  // the code, or "" where it is connected
  } const cases[] = {
      {"file://" + open_folder(), "", ""},
      {"sqlite://" + open_folder() + "/shop.db", "", ""},
      {"file://" + elsewhere.path(), "datamap.path_not_allowed", ""},
      {"mbox://" + elsewhere.path() + "/ana", "datamap.path_not_allowed", ""},
      {"maildir://" + elsewhere.path(), "datamap.path_not_allowed", ""},
      {"maildir://" + closed_folder(), "datamap.path_closed", "datamap.path_closed"},
      {"file://" + open_folder() + "/../elsewhere", "datamap.path_not_allowed", ""},
      {"file://" + closed_folder(), "datamap.path_closed", "datamap.path_closed"},
      {"sqlite://" + closed_folder() + "/privity.db", "datamap.path_closed", "datamap.path_closed"},
      {"file://" + open_folder() + "/link", "datamap.path_closed", "datamap.path_closed"},
      {"file:///", "datamap.path_closed", "datamap.path_closed"},
      {"postgresql://privity@/privity?host=" + closed_folder(), "datamap.path_closed", "datamap.path_closed"},
      {"postgresql://privity@/privity?host=/run/postgresql", "datamap.path_not_allowed", ""},
  };
  int count = 0;
  for (const auto& one : cases) {
    SCOPED_TRACE(one.url);
    const std::string name = "System " + std::to_string(++count);
    EXPECT_EQ(CodeOf(Create(administrator_, {.name = name + " a", .address = one.url})), one.person);
    EXPECT_EQ(CodeOf(Create(Operator(), {.name = name + " b", .address = one.url})), one.on_the_server);
  }
}

TEST_P(ConnectionsTest, TestSaysWhoAnswersOrWhyNobodyDoes) {
  std::ofstream(open_folder() + "/people.csv") << "name,email\nAna,ana@example.org\n";
  const ConnectionId folder = Create(engineer_, {.name = "Exports", .address = "file://" + open_folder()})->id;
  const auto tested = map().connections().Test(engineer_, folder);
  ASSERT_TRUE(tested.ok()) << tested.error().DebugString();
  EXPECT_TRUE(tested->ok);
  const ConnectionId gone = Create(engineer_, {.name = "Gone", .address = "file://" + open_folder() + "/gone"})->id;
  const auto failed = map().connections().Test(engineer_, gone);
  ASSERT_TRUE(failed.ok()) << failed.error().DebugString();
  EXPECT_FALSE(failed->ok);
  EXPECT_EQ(failed->problem->code, "connect.database_missing");
  const auto shown = store().Read([&](ReadTx& tx) { return map().connections().Get(tx, gone); });
  EXPECT_EQ(ToJson(*shown->test), ToJson(*failed));
  EXPECT_THAT(Recorded(), Contains("datamap.connection.tested"));
}

TEST_P(ConnectionsTest, AnAddressInsideTheNetworkIsReachedOnlyWhereItsNetworkIsListed) {
  const ConnectionId id =
      Create(engineer_, {.name = "Inside", .address = "postgresql://reader@127.0.0.1:1/shop?sslmode=disable"})->id;
  EXPECT_EQ(map().connections().Test(engineer_, id)->problem->code, "net.address_refused");
}

TEST_P(ConnectionsTest, AScheduleFollowsTheConnection) {
  ConnectionRequest request = Shop();
  request.schedule = DailyAt(3, 30);
  const Connection created = Create(engineer_, request).value();
  EXPECT_EQ(created.schedule, DailyAt(3, 30));
  EXPECT_TRUE(created.next_scan_at.has_value());
  request.schedule = WeeklyAt(7, 1, 0);
  EXPECT_EQ(Update(engineer_, created.id, request)->schedule, WeeklyAt(7, 1, 0));
  request.schedule.reset();
  EXPECT_FALSE(Update(engineer_, created.id, request)->schedule.has_value());
  request.schedule = DailyAt(4, 0);
  ASSERT_TRUE(Update(engineer_, created.id, request).ok());
  ASSERT_TRUE(
      store().Write([&](WriteTx& tx) { return map().connections().Delete(tx, engineer_, created.id, {}); }).ok());
  EXPECT_TRUE(store().Read([&](ReadTx& tx) { return schedules().List(tx); })->empty());
}

TEST_P(ConnectionsTest, ASystemHasOneConnectionAndOutlivesIt) {
  const Connection created = Create(engineer_, Shop()).value();
  EXPECT_EQ(CodeOf(Create(engineer_, Shop())), "datamap.name_taken");
  const auto remove_system = [&] {
    return store().Write([&](WriteTx& tx) { return map().systems().Delete(tx, engineer_, created.system, {}); });
  };
  EXPECT_EQ(remove_system().error().code(), "datamap.system_connected");
  EXPECT_EQ(CodeOf(Update(engineer_, created.id, Shop(), created.version + 1)), "datamap.changed_meanwhile");
  ASSERT_TRUE(
      store()
          .Write([&](WriteTx& tx) { return map().connections().Delete(tx, engineer_, created.id, created.version); })
          .ok());
  EXPECT_EQ(Open(created.id).error().code(), "datamap.connection_unknown");
  EXPECT_EQ(Create(engineer_, Shop())->system, created.system) << "the same name is the same system";
}

}  // namespace
}  // namespace privity
