#include "identity/permission.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

constexpr PermissionInfo kTestPermissions[] = {
    {"things.read", "See things.", {BuiltInRole::kLegal, BuiltInRole::kAuditor}},
    {"things.write", "Change things.", {BuiltInRole::kLegal}},
    {"self.read", "See oneself.", kEverybody},
};

PermissionRegistry TestRegistry() {
  PermissionRegistry registry;
  registry.Register(kTestPermissions);
  return registry;
}

TEST(Permissions, TheTableSaysWhichBuiltInRoleHoldsWhat) {
  const PermissionRegistry registry = TestRegistry();
  EXPECT_EQ(registry.Of(BuiltInRole::kLegal), PermissionSet({"things.read", "things.write", "self.read"}));
  EXPECT_EQ(registry.Of(BuiltInRole::kAuditor), PermissionSet({"things.read", "self.read"}));
  EXPECT_EQ(registry.Of(BuiltInRole::kEmployee), PermissionSet({"self.read"}));
}

TEST(Permissions, TheAdministratorHoldsAllWithoutBeingNamed) {
  EXPECT_EQ(TestRegistry().All(), PermissionSet({"self.read", "things.read", "things.write"}));
}

TEST(Permissions, AnUnknownNameIsRefusedAndNotRepeatedWhenItIsNoName) {
  const PermissionRegistry registry = TestRegistry();
  EXPECT_EQ(registry.Parse({"things.burn"}).error(),
            Error("identity.permission_unknown", {{"permission", "things.burn"}}));
  EXPECT_EQ(registry.Parse({"ada@example.org"}).error(), Error("identity.permission_unknown", {{"permission", "?"}}));
  EXPECT_EQ(registry.Known({"things.read", "gone.read"}), PermissionSet({"things.read"}));
}

TEST(Permissions, NobodyGrantsWhatHeDoesNotHold) {
  EXPECT_TRUE(RequireWithin({"a.b"}, {"a.b", "c.d"}).ok());
  EXPECT_TRUE(RequireWithin({}, {}).ok());
  EXPECT_EQ(RequireWithin({"a.b", "c.d"}, {"a.b"}).error(),
            Error("identity.grant_exceeds_own", {{"permission", "c.d"}}));
}

TEST(Permissions, BuiltInRolesAreFoundByTheirFixedIds) {
  for (const BuiltInRole role : kBuiltInRoles) {
    EXPECT_EQ(FindBuiltInRole(InfoOf(role).id), role);
    EXPECT_EQ(InfoOf(role).role, role);
  }
  EXPECT_EQ(FindBuiltInRole(RoleId::NewRandom()), std::nullopt);
}

}  // namespace
}  // namespace privity
