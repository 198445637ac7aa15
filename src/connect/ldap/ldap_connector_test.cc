// What only directories have; everything else stands in the conformance suite.
#include "connect/ldap/ldap_connector.h"

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "base/testing/is_ok.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

using testing::IsSupersetOf;

// "group users people * read": who, of which kind, may do what where.
std::vector<std::string> Lines(const std::vector<Grant>& grants) {
  std::vector<std::string> lines;
  for (const Grant& grant : grants) {
    const std::string name = grant.principal_kind == PrincipalKind::kEveryone ? "" : " " + grant.principal;
    lines.push_back(std::string(EnumText(grant.principal_kind)) + name + " " +
                    (grant.collection.name.empty() ? "everything" : grant.collection.name) + " " +
                    (grant.field.empty() ? "*" : grant.field) + " " + std::string(EnumText(grant.privilege)));
  }
  return lines;
}

class LdapConnectorTest : public testing::Test {
 protected:
  void SetUp() override {
    const GroundKind kind = LdapGroundKind();
    if (!kind.why_absent.empty()) GTEST_SKIP() << kind.why_absent;
    ground_ = kind.make();
  }
  std::unique_ptr<Connector> Open() {
    auto store = OpenConnector(ConnectionUrl::Parse(ground_->Url()).value(), options_, resolver_);
    EXPECT_THAT(store, IsOk());
    return std::move(store).value();
  }

  std::unique_ptr<Ground> ground_;

 private:
  const SystemResolver resolver_;
  const ConnectOptions options_{.addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}};
};

TEST_F(LdapConnectorTest, GrantsComeFromTheRulesOfTheServer) {
  ground_->Make({.name = "people", .fields = {"id", "email", "note"}, .rows = {{"1", "iris@example.org", "late"}}});
  const auto grants = Open()->Grants();
  ASSERT_THAT(grants, IsOk());
  // Rules of the test's server (tests/support/ldap.sh): whoever logs in may write everything but passwords; its
  // administrator is bound by none.
  EXPECT_THAT(Lines(grants->grants),
              IsSupersetOf({"group users people * read", "group users people * insert", "group users people * update",
                            "group users people * delete", "user cn=admin,dc=example,dc=org everything * read"}));
  for (const std::string& line : Lines(grants->grants)) EXPECT_FALSE(line.starts_with("everyone")) << line;
}

// slapd ends every search with "busy" (RFC 4511 section 4.1.9) while it takes a change of its configuration.
TEST_F(LdapConnectorTest, ASearchGoesOnWhereTheDirectoryWasBusy) {
  constexpr int kEntries = 10'000;
  Made numbered{.name = "numbered", .fields = {"id", "value"}};
  for (int i = 0; i < kEntries; ++i) numbered.rows.push_back({std::to_string(i), "v"});
  ground_->Make(numbered);
  const auto store = Open();
  const auto description = store->Describe();
  ASSERT_THAT(description, IsOk());
  std::thread configuring([&] {
    for (int changes = 0; changes < 40; ++changes) {
      ground_->LogAccess();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  KeepingSink sink;
  const Status streamed = store->Stream(description->collections.at(0), {}, sink);
  configuring.join();
  ASSERT_THAT(streamed, IsOk());
  EXPECT_EQ(sink.records.size(), std::size_t{kEntries});
  const auto keys = sink.Values("dn");
  EXPECT_EQ(std::set(keys.begin(), keys.end()).size(), std::size_t{kEntries});
}

}  // namespace
}  // namespace privity
