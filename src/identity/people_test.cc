#include "identity/people.h"

#include "identity/testing/identity_test_base.h"

namespace privity {
namespace {

using namespace std::chrono_literals;

class PeopleTest : public IdentityTest {
 protected:
  // A caller who holds exactly these, behind no browser.
  static Caller Holding(const PermissionSet& held) {
    Caller caller;
    caller.actor = {ActorKind::kOperator, "uid-1000"};
    caller.permissions = held;
    return caller;
  }
  RoleId MakeRole(const std::string& name, const std::vector<std::string>& held) {
    const auto role = Write([&](WriteTx& tx) {
      return identity().roles().Create(tx, Holding(permissions().All()),
                                       {.name = name, .description = "", .permissions = held});
    });
    EXPECT_TRUE(role.ok()) << role.error().DebugString();
    return role->id;
  }
};

// Vault CVE-2024-9180 and CVE-2025-5999, Fides CVE-2025-57817: a right was raised through a second path. Every set of
// five permissions as the caller, against every set as what is asked for: 1,024 pairs through each path that grants.
TEST_P(PeopleTest, NobodyMakesOrChangesAnybodyStrongerThanHimself) {
  SetUpAda();
  const std::vector<std::string> pool = {"users.write", "roles.write", "cases.read", "cases.write",
                                         "connections.write"};
  const auto subset = [&](unsigned bits) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < pool.size(); ++i) {
      if ((bits >> i & 1U) != 0) names.push_back(pool[i]);
    }
    return names;
  };
  const unsigned all = 1U << pool.size();
  const Status searched = Write([&](WriteTx& tx) -> Status {
    const Caller root = Holding(permissions().All());
    std::vector<RoleId> roles;
    std::vector<UserId> holders;
    for (unsigned bits = 0; bits < all; ++bits) {
      const std::string name = "set" + std::to_string(bits);
      PRIVITY_TRY(const Role role, identity().roles().Create(tx, root, {name, "", subset(bits)}));
      roles.push_back(role.id);
      PRIVITY_TRY(const Invitation made,
                  identity().people().Invite(tx, root, {name + "@example.org", name, {role.id}}));
      holders.push_back(made.user_id);
    }
    PRIVITY_TRY(const Invitation nobody, identity().people().Invite(tx, root, {"nobody@example.org", "Nobody", {}}));
    int number = 0;
    for (unsigned has = 0; has < all; ++has) {
      const Caller caller = Holding(PermissionSet(subset(has)));
      for (unsigned wants = 0; wants < all; ++wants) {
        const std::string expected = (wants & ~has) == 0 ? "accepted" : "identity.grant_exceeds_own";
        const std::string name = "p" + std::to_string(number++);
        EXPECT_EQ(CodeOf(identity().roles().Create(tx, caller, {name, "", subset(wants)})), expected);
        EXPECT_EQ(CodeOf(identity().people().Invite(tx, caller, {name + "@example.org", name, {roles[wants]}})),
                  expected);
        EXPECT_EQ(CodeOf(identity().people().Update(tx, caller, nobody.user_id, {.role_ids = std::vector{roles[wants]}},
                                                    std::nullopt)),
                  expected);
        PRIVITY_TRY_VOID(
            identity().people().Update(tx, root, nobody.user_id, {.role_ids = std::vector<RoleId>()}, std::nullopt));
        // Taking over or weakening somebody who holds `wants` is as refused as becoming one.
        EXPECT_EQ(CodeOf(identity().people().Update(tx, caller, holders[wants], {.email = name + "x@example.org"},
                                                    std::nullopt)),
                  expected);
        EXPECT_EQ(CodeOf(identity().roles().Update(tx, caller, roles[wants],
                                                   {"set" + std::to_string(wants), "", subset(wants)}, std::nullopt)),
                  expected);
      }
    }
    return Ok();
  });
  EXPECT_TRUE(searched.ok()) << searched.error().DebugString();
}

TEST_P(PeopleTest, EveryActOnSomebodyStrongerIsRefused) {
  const Caller ada = CallerOf(SetUpAda());
  const Caller weak = Holding({"users.read", "users.write", "roles.write", "identity_providers.write"});
  const UserId target = *ada.user;
  const auto refused = [&](const char* name, const auto& act) {
    EXPECT_EQ(CodeOf(Write(act)), "identity.grant_exceeds_own") << name;
  };
  refused("disable", [&](WriteTx& tx) {
    return identity().people().Update(tx, weak, target, {.state = UserState::kDisabled}, std::nullopt);
  });
  refused("rename",
          [&](WriteTx& tx) { return identity().people().Update(tx, weak, target, {.name = "X"}, std::nullopt); });
  refused("delete", [&](WriteTx& tx) { return identity().people().Delete(tx, weak, target, std::nullopt); });
  refused("end sessions", [&](WriteTx& tx) { return identity().people().EndSessions(tx, weak, target); });
  refused("remove second factors",
          [&](WriteTx& tx) { return identity().people().RemoveSecondFactors(tx, weak, target); });
  refused("password link", [&](WriteTx& tx) { return identity().people().MakePasswordLink(tx, weak, target); });
  const auto invitation = Write([&](WriteTx& tx) {
    return identity().people().Invite(tx, ada,
                                      {"grace@example.org", "Grace", {InfoOf(BuiltInRole::kAdministrator).id}});
  });
  ASSERT_TRUE(invitation.ok());
  refused("renew an invitation",
          [&](WriteTx& tx) { return identity().people().RenewInvitation(tx, weak, invitation->id); });
  refused("withdraw an invitation",
          [&](WriteTx& tx) { return identity().people().WithdrawInvitation(tx, weak, invitation->id); });
}

TEST_P(PeopleTest, TheLastAdministratorStays) {
  const SignedIn session = SetUpAda();
  const Caller ada = CallerOf(session);
  const auto change = [&](const UserUpdate& update) {
    return CodeOf(
        Write([&](WriteTx& tx) { return identity().people().Update(tx, ada, *ada.user, update, std::nullopt); }));
  };
  EXPECT_EQ(change({.role_ids = std::vector<RoleId>()}), "identity.last_administrator");
  EXPECT_EQ(change({.state = UserState::kDisabled}), "identity.last_administrator");
  EXPECT_EQ(CodeOf(Write([&](WriteTx& tx) { return identity().people().Delete(tx, ada, *ada.user, std::nullopt); })),
            "identity.own_account");
  EXPECT_TRUE(CallerOfCookie(session.session.cookie.Reveal()).has_value()) << "a refused change ends no session";
}

TEST_P(PeopleTest, ASensitiveChangeWantsARecentProof) {
  const SignedIn session = SetUpAda();
  const auto invite = [&](const Caller& caller) {
    return CodeOf(Write([&](WriteTx& tx) {
      return identity().people().Invite(tx, caller, {"p" + UserId::NewRandom().ToString() + "@example.org", "P", {}});
    }));
  };
  clock().Advance(16min);
  const Caller stale = CallerOf(session);
  EXPECT_EQ(invite(stale), "identity.proof_needed");
  EXPECT_EQ(CodeOf(identity().account().ConfirmByPassword(stale, SecretString(kOtherPassword))),
            "identity.sign_in_failed");
  EXPECT_EQ(CodeOf(identity().account().ConfirmByPassword(stale, SecretString(kPassword))), "accepted");
  EXPECT_EQ(invite(CallerOf(session)), "accepted");
}

TEST_P(PeopleTest, AnOldVersionIsNotOverwritten) {
  const Caller ada = CallerOf(SetUpAda());
  const auto rename = [&](const std::string& name, std::int64_t version) {
    return CodeOf(
        Write([&](WriteTx& tx) { return identity().people().Update(tx, ada, *ada.user, {.name = name}, version); }));
  };
  EXPECT_EQ(rename("Ada One", 1), "accepted");
  EXPECT_EQ(rename("Ada Two", 1), "identity.changed_meanwhile");
  EXPECT_EQ(rename("Ada Two", 2), "accepted");
}

TEST_P(PeopleTest, AnAddressIsTakenInEverySpelling) {
  const Caller ada = CallerOf(SetUpAda());
  for (const char* spelling : {"ada@example.org", "ADA@example.org", "ａda@example.org"}) {
    EXPECT_EQ(CodeOf(Write([&](WriteTx& tx) {
                return identity().people().Invite(tx, ada, {spelling, "Other", {}});
              })),
              "identity.email_taken")
        << spelling;
  }
}

TEST_P(PeopleTest, TheListIsSearchedFilteredAndPaged) {
  const Caller ada = CallerOf(SetUpAda());
  for (int i = 0; i < 7; ++i) {
    const std::string name = "Person " + std::to_string(i);
    ASSERT_TRUE(Write([&](WriteTx& tx) {
                  return identity().people().Invite(
                      tx, ada, {"p" + std::to_string(i) + "@example.org", i % 2 == 0 ? name : "Zoë_" + name, {}});
                }).ok());
  }
  const auto names = [&](UserFilter filter) {
    std::vector<std::string> found;
    do {
      const auto page = Read([&](ReadTx& tx) { return identity().people().List(tx, filter); });
      EXPECT_TRUE(page.ok());
      for (const User& user : page->items) found.push_back(user.name);
      filter.after = page->next;
    } while (filter.after);
    return found;
  };
  const std::vector<std::string> zoes = {"Zoë_Person 1", "Zoë_Person 3", "Zoë_Person 5"};
  EXPECT_EQ(names({.q = "zoë_", .limit = 2}), zoes);
  EXPECT_EQ(names({.q = "ZOË", .limit = 1}), zoes);
  EXPECT_EQ(names({.q = "%"}), std::vector<std::string>()) << "a wildcard is a character";
  EXPECT_EQ(names({.q = "p3@"}), std::vector<std::string>{"Zoë_Person 3"});
  EXPECT_EQ(names({.state = UserState::kActive}), std::vector<std::string>{"Ada Example"});
  EXPECT_EQ(names({.limit = 3}).size(), 8U);
}

TEST_P(PeopleTest, ARoleOfTheCompanyTakesEffectAtOnceAndCannotBeRemovedWhileHeld) {
  const Caller ada = CallerOf(SetUpAda());
  const RoleId role = MakeRole("Case handler", {"cases.read"});
  const SignedIn grace = Join(ada, "grace@example.org", {role});
  EXPECT_FALSE(CallerOf(grace).May("cases.write"));
  ASSERT_TRUE(Write([&](WriteTx& tx) {
                return identity().roles().Update(tx, ada, role, {"Case handler", "", {"cases.read", "cases.write"}}, 1);
              }).ok());
  EXPECT_TRUE(CallerOf(grace).May("cases.write"));
  EXPECT_EQ(CodeOf(Write([&](WriteTx& tx) { return identity().roles().Delete(tx, ada, role, std::nullopt); })),
            "identity.role_in_use");
  for (const BuiltInRole built_in : kBuiltInRoles) {
    EXPECT_EQ(CodeOf(Write([&](WriteTx& tx) {
                return identity().roles().Update(tx, ada, InfoOf(built_in).id, {"x", "", {}}, std::nullopt);
              })),
              "identity.role_built_in");
  }
}

// --- Tokens ---

TEST_P(PeopleTest, ATokenDoesWhatItNamesAndItsOwnerMay) {
  const Caller ada = CallerOf(SetUpAda());
  const RoleId role = MakeRole("Case handler", {"cases.read", "cases.write", "tokens.write"});
  const Caller grace = CallerOf(Join(ada, "grace@example.org", {role}));
  const auto create = [&](const Caller& caller, const std::vector<std::string>& scope) {
    return Write([&](WriteTx& tx) { return identity().tokens().Create(tx, caller, {"t", scope, 30}); });
  };
  EXPECT_EQ(CodeOf(create(grace, {"users.write"})), "identity.grant_exceeds_own");
  EXPECT_EQ(CodeOf(create(grace, {"no.such"})), "identity.permission_unknown");
  const auto token = create(grace, {"cases.read", "cases.write"});
  ASSERT_TRUE(token.ok());
  Caller caller = *CallerOfToken(token->secret).value();
  EXPECT_EQ(caller.permissions, PermissionSet({"cases.read", "cases.write"}));
  EXPECT_EQ(caller.actor.kind, ActorKind::kToken);
  EXPECT_EQ(CodeOf(create(caller, {"cases.read"})), "identity.person_needed") << "a token makes no tokens";
  ASSERT_TRUE(Write([&](WriteTx& tx) {
                return identity().roles().Update(tx, ada, role, {"Case handler", "", {"cases.read"}}, std::nullopt);
              }).ok());
  EXPECT_EQ((*CallerOfToken(token->secret))->permissions, PermissionSet({"cases.read"})) << "never more than the owner";
  clock().Advance(24h * 30);
  EXPECT_EQ(CodeOf(CallerOfToken(token->secret)), "identity.token_invalid");
}

// What is known of a token from an earlier request never outlives a change of it, nor its time.
TEST_P(PeopleTest, ATokenThatWasUsedJustNowEndsAtOnce) {
  const Caller ada = CallerOf(SetUpAda());
  const auto make = [&] {
    return Write([&](WriteTx& tx) { return identity().tokens().Create(tx, ada, {"t", {"cases.read"}, 30}); }).value();
  };
  const NewToken revoked = make(), expires = make();
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(CallerOfToken(revoked.secret).ok());
    EXPECT_TRUE(CallerOfToken(expires.secret).ok());
  }
  ASSERT_TRUE(Write([&](WriteTx& tx) { return identity().tokens().Revoke(tx, ada, revoked.token.id); }).ok());
  EXPECT_EQ(CodeOf(CallerOfToken(revoked.secret)), "identity.token_invalid");
  EXPECT_TRUE(CallerOfToken(expires.secret).ok());
  clock().Advance(24h * 30 - 30s);
  EXPECT_TRUE(CallerOfToken(expires.secret).ok());
  clock().Advance(30s);
  EXPECT_EQ(CodeOf(CallerOfToken(expires.secret)), "identity.token_invalid");
}

TEST_P(PeopleTest, ATokenDoesWhatAnyOfItsOwnersRolesMay) {
  const Caller ada = CallerOf(SetUpAda());
  const RoleId own = MakeRole("Case handler", {"cases.read", "tokens.write"});
  const RoleId built_in = InfoOf(BuiltInRole::kAuditor).id;
  const Caller grace = CallerOf(Join(ada, "grace@example.org", {own, built_in}));
  ASSERT_TRUE(grace.May("users.read") && !grace.May("users.write")) << "as an auditor";
  const auto token = Write([&](WriteTx& tx) {
    return identity().tokens().Create(tx, grace, {"t", {"cases.read", "users.read"}, 30});
  });
  ASSERT_TRUE(token.ok());
  EXPECT_EQ((*CallerOfToken(token->secret))->permissions, PermissionSet({"cases.read", "users.read"}));
}

TEST_P(PeopleTest, SomebodyElsesTokenIsUnknown) {
  const Caller ada = CallerOf(SetUpAda());
  const Caller grace = CallerOf(Join(ada, "grace@example.org", {InfoOf(BuiltInRole::kLegal).id}));
  const auto token = Write([&](WriteTx& tx) { return identity().tokens().Create(tx, ada, {"t", {"cases.read"}, 30}); });
  const auto revoke = [&](const Caller& caller) {
    return CodeOf(Write([&](WriteTx& tx) { return identity().tokens().Revoke(tx, caller, token->token.id); }));
  };
  EXPECT_EQ(revoke(grace), "identity.token_unknown");
  EXPECT_TRUE(Read([&](ReadTx& tx) { return identity().tokens().List(tx, grace); })->empty());
  EXPECT_EQ(revoke(ada), "accepted");
  EXPECT_EQ(CodeOf(CallerOfToken(token->secret)), "identity.token_invalid");
}

TEST_P(PeopleTest, OnlyTheOwnUserAndRootOperateThroughTheSocket) {
  const auto by = [&](uid_t uid) {
    return identity().Authenticate({.session_cookie = {},
                                    .authorization = {},
                                    .unix_peer_uid = uid,
                                    .client_address = "unix",
                                    .request_id = "req-1"});
  };
  EXPECT_EQ((*by(1000))->permissions, permissions().All());
  EXPECT_EQ((*by(0))->actor.id, "uid-0");
  EXPECT_EQ(CodeOf(by(1001)), "identity.operator_refused");
}

// --- One's own account ---

TEST_P(PeopleTest, AShortPasswordNeverStandsAlone) {
  const SignedIn session = SetUpAda();
  Caller ada = CallerOf(session);
  AddTotp(ada);
  const auto changed =
      identity().account().ChangePassword(Browser(&session), ada, SecretString(kPassword), SecretString("kT4#x9qz"));
  ASSERT_TRUE(changed.ok()) << changed.error().DebugString();
  ada = CallerOf(*changed);
  EXPECT_EQ(CodeOf(Write([&](WriteTx& tx) { return identity().account().RemoveTotp(tx, ada); })),
            "identity.password_needed");
}

TEST_P(PeopleTest, OnesOwnPasskeysAndSessionsAreReachedByNobodyElse) {
  const Caller ada = CallerOf(SetUpAda());
  const Caller grace = CallerOf(Join(ada, "grace@example.org", {}));
  AddPasskey(ada, VirtualPasskey());
  const auto view = Read([&](ReadTx& tx) { return identity().account().Get(tx, ada); });
  ASSERT_EQ(view->passkeys.size(), 1U);
  EXPECT_EQ(
      CodeOf(Write([&](WriteTx& tx) { return identity().account().RemovePasskey(tx, grace, view->passkeys[0].id); })),
      "identity.passkey_unknown");
  EXPECT_EQ(CodeOf(Write([&](WriteTx& tx) { return identity().account().EndSession(tx, grace, *ada.session); })),
            "identity.session_unknown");
}

TEST_P(PeopleTest, AChallengeForOneSessionRegistersNoPasskeyInAnother) {
  const Caller ada = CallerOf(SetUpAda());
  const Caller grace = CallerOf(Join(ada, "grace@example.org", {}));
  const auto options = Read([&](ReadTx& tx) { return identity().account().PasskeyOptions(tx, ada); });
  const Bytes challenge = Base64UrlDecode((*options)["challenge"].StringOr("")).value();
  const Json credential = VirtualPasskey().Create(VirtualPasskey::Creation(Party(), challenge));
  EXPECT_EQ(
      CodeOf(Write([&](WriteTx& tx) { return identity().account().AddPasskey(tx, grace, "stolen", credential); })),
      "identity.ticket_invalid");
}

PRIVITY_ON_EVERY_STORE(PeopleTest);

}  // namespace
}  // namespace privity
