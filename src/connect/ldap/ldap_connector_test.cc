// What only directories have; everything else stands in the conformance suite.
#include "connect/ldap/ldap_connector.h"

#include <gmock/gmock.h>

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

TEST(LdapGrants, ComeFromTheRulesOfTheServer) {
  const GroundKind kind = LdapGroundKind();
  if (!kind.why_absent.empty()) GTEST_SKIP() << kind.why_absent;
  const auto ground = kind.make();
  ground->Make({.name = "people", .fields = {"id", "email", "note"}, .rows = {{"1", "iris@example.org", "late"}}});
  const SystemResolver resolver;
  const ConnectOptions options{.addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}};
  const auto store = OpenConnector(ConnectionUrl::Parse(ground->Url()).value(), options, resolver);
  ASSERT_TRUE(store.ok()) << store.error().DebugString();
  const auto grants = (*store)->Grants();
  ASSERT_TRUE(grants.ok()) << grants.error().DebugString();
  // Rules of the test's server (tests/support/ldap.sh): whoever logs in may write everything but passwords; its
  // administrator is bound by none.
  EXPECT_THAT(Lines(grants->grants),
              IsSupersetOf({"group users people * read", "group users people * insert", "group users people * update",
                            "group users people * delete", "user cn=admin,dc=example,dc=org everything * read"}));
  for (const std::string& line : Lines(grants->grants)) EXPECT_FALSE(line.starts_with("everyone")) << line;
}

}  // namespace
}  // namespace privity
