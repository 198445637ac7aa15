#include "identity/sign_in.h"

#include <atomic>
#include <thread>

#include "identity/testing/identity_test_base.h"

namespace privity {
namespace {

using namespace std::chrono_literals;

class SignInTest : public IdentityTest {
 protected:
  Result<SignedIn> Try(const std::string& email, const std::string& password,
                       std::string_view address = "198.51.100.9") {
    return identity().sign_in().Password(BrowserAt(address), email, SecretString(password));
  }
  static SecretString TokenIn(const std::string& link) { return SecretString(link.substr(link.find("#token=") + 7)); }
  SetupRequest RequestWith(const SecretString& link) {
    return {.token = TokenIn(link.Reveal()),
            .organization = "Example Trading",
            .time_zone = TimeZone::Parse("Europe/Berlin").value(),
            .name = "Eve Example",
            .email = "eve@example.org",
            .password = SecretString(kPassword)};
  }
};

// --- Set-up ---

TEST_P(SignInTest, TheSetUpLinkMakesTheFirstAdministratorAndWorksOnce) {
  const auto link = identity().sign_in().NewSetupLink();
  ASSERT_TRUE(link.ok());
  EXPECT_TRUE(link->Reveal().starts_with("https://privity.example.org/setup#token="));
  const auto done = identity().sign_in().CompleteSetup(Browser(), RequestWith(*link));
  ASSERT_TRUE(done.ok()) << done.error().DebugString();
  EXPECT_EQ(done->view.state, SessionState::kSignedIn);
  EXPECT_EQ(done->view.permissions, permissions().All().names());
  EXPECT_EQ(done->view.organization, "Example Trading");
  EXPECT_EQ(CodeOf(identity().sign_in().CompleteSetup(Browser(), RequestWith(*link))), "identity.link_invalid");
  EXPECT_EQ(CodeOf(identity().sign_in().NewSetupLink()), "identity.setup_done");
  EXPECT_EQ(Entries("identity.setup.completed"), 1);
}

TEST_P(SignInTest, ASetUpLinkLivesThirtyMinutesAndANewOneEndsTheOld) {
  const auto old = identity().sign_in().NewSetupLink();
  const auto link = identity().sign_in().NewSetupLink();
  EXPECT_EQ(CodeOf(identity().sign_in().CompleteSetup(Browser(), RequestWith(*old))), "identity.link_invalid");
  clock().Advance(30min);
  EXPECT_EQ(CodeOf(identity().sign_in().CompleteSetup(Browser(), RequestWith(*link))), "identity.link_invalid");
  const auto fresh = identity().sign_in().NewSetupLink();
  clock().Advance(29min);
  EXPECT_EQ(CodeOf(identity().sign_in().CompleteSetup(Browser(), RequestWith(*fresh))), "accepted");
}

// Fides CVE-2024-52008: the password rule held in one path only.
TEST_P(SignInTest, EveryPathThatSetsAPasswordKeepsTheSameRule) {
  const auto link = identity().sign_in().NewSetupLink();
  for (const char* weak : {"7 chars", "password1234567"}) {
    SetupRequest request = RequestWith(*link);
    request.password = SecretString(weak);
    EXPECT_NE(CodeOf(identity().sign_in().CompleteSetup(Browser(), request)), "accepted") << weak;
  }
  const SignedIn ada = SetUpAda();
  const Caller admin = CallerOf(ada);
  const auto invitation = Write([&](WriteTx& tx) {
    return identity().people().Invite(tx, admin, {.email = "grace@example.org", .name = "Grace", .role_ids = {}});
  });
  const auto reset = Write([&](WriteTx& tx) { return identity().people().MakePasswordLink(tx, admin, *admin.user); });
  for (const char* weak : {"7 chars", "password1234567"}) {
    EXPECT_NE(CodeOf(identity().sign_in().AcceptLink(Browser(), TokenIn(*invitation->link), SecretString(weak))),
              "accepted");
    EXPECT_NE(CodeOf(identity().sign_in().AcceptLink(Browser(), TokenIn(*reset->link), SecretString(weak))),
              "accepted");
    EXPECT_NE(
        CodeOf(identity().account().ChangePassword(Browser(&ada), admin, SecretString(kPassword), SecretString(weak))),
        "accepted");
  }
}

// --- Password ---

TEST_P(SignInTest, ThePasswordOpensASessionForTheAddressInAnySpelling) {
  SetUpAda();
  for (const char* spelling : {"ada@example.org", "ADA@Example.ORG", " ada@example.org ", "ａda@example.org"}) {
    const auto entered = Try(spelling, kPassword);
    ASSERT_TRUE(entered.ok()) << spelling << ": " << entered.error().DebugString();
    const auto caller = CallerOfCookie(entered->session.cookie.Reveal());
    ASSERT_TRUE(caller.has_value());
    EXPECT_EQ(caller->actor.kind, ActorKind::kUser);
  }
}

TEST_P(SignInTest, UnknownNameWrongPasswordAndDisabledAccountAnswerAlike) {
  const Caller admin = CallerOf(SetUpAda());
  const Caller grace = CallerOf(Join(admin, "grace@example.org", {}));
  ASSERT_TRUE(Write([&](WriteTx& tx) {
                return identity().people().Update(tx, admin, *grace.user, {.state = UserState::kDisabled},
                                                  std::nullopt);
              }).ok());
  const Error expected("identity.sign_in_failed");
  EXPECT_EQ(Try("nobody@example.org", kPassword).error(), expected);
  EXPECT_EQ(Try("ada@example.org", kOtherPassword).error(), expected);
  EXPECT_EQ(Try("grace@example.org", kPassword).error(), expected);
  EXPECT_EQ(Try("ada@example.org", std::string(5'000, 'x')).error(), expected);
}

// Vault CVE-2025-6004: variants of a name each had a counter of their own.
TEST_P(SignInTest, TenTriesOfAStrangerAreCheckedHoweverTheNameIsSpelled) {
  SetUpAda();
  const char* spellings[] = {"ada@example.org", "Ada@example.org", "ADA@EXAMPLE.ORG", " ada@example.org",
                             "ａda@example.org"};
  int checked = 0;
  for (int i = 0; i < 40; ++i) {
    if (CodeOf(Try(spellings[i % 5], kOtherPassword, "203.0.113." + std::to_string(i))) == "identity.sign_in_failed") {
      ++checked;
    }
  }
  EXPECT_EQ(checked, 10);
  const auto refused = Try("ada@example.org", kPassword);
  EXPECT_EQ(CodeOf(refused), "identity.too_many_attempts") << "the right password is not tried either";
  EXPECT_EQ(refused.error().Parameter("retry_after_seconds"), "30");
}

TEST_P(SignInTest, AnUnknownNameIsLimitedLikeAKnownOne) {
  SetUpAda();
  int checked = 0;
  for (int i = 0; i < 40; ++i) {
    checked += CodeOf(Try("nobody@example.org", "x", "203.0.113." + std::to_string(i))) == "identity.sign_in_failed";
  }
  EXPECT_EQ(checked, 10);
}

TEST_P(SignInTest, AStrangerDoesNotLockTheOwnerOutOfHisOwnBrowser) {
  const SignedIn ada = SetUpAda();
  for (int i = 0; i < 20; ++i) (void)Try("ada@example.org", "guess " + std::to_string(i));
  EXPECT_EQ(CodeOf(Try("ada@example.org", kPassword)), "identity.too_many_attempts");
  Visitor own = Browser(&ada);
  own.session_cookie = {};
  EXPECT_EQ(CodeOf(identity().sign_in().Password(own, "ada@example.org", SecretString(kPassword))), "accepted");
}

TEST_P(SignInTest, ADeviceCookieCountsForItsOwnAccountOnly) {
  const SignedIn ada = SetUpAda();
  Join(CallerOf(ada), "grace@example.org", {});
  for (int i = 0; i < 20; ++i) (void)Try("grace@example.org", "guess", "203.0.113." + std::to_string(i));
  EXPECT_EQ(CodeOf(identity().sign_in().Password(Browser(&ada), "grace@example.org", SecretString(kPassword))),
            "identity.too_many_attempts");
}

TEST_P(SignInTest, WaitsGrowToAQuarterOfAnHourAndEndInAGuardedAccount) {
  SetUpAda();
  int attempts = 0;
  std::string code;
  while (attempts < 200 && (code = CodeOf(Try("ada@example.org", "guess", ""))) == "identity.sign_in_failed") {
    ++attempts;
    clock().Advance(15min);
  }
  EXPECT_EQ(attempts, 100) << "NIST SP 800-63B-4 section 3.2.2: at most 100 in a row";
  EXPECT_EQ(code, "identity.account_guarded");
  clock().Advance(240h);
  EXPECT_EQ(CodeOf(Try("ada@example.org", kPassword)), "identity.account_guarded");
}

TEST_P(SignInTest, OneAddressHasFiftyFailuresInAQuarterOfAnHour) {
  SetUpAda();
  int checked = 0;
  for (int i = 0; i < 80; ++i) {
    checked += CodeOf(Try("person" + std::to_string(i) + "@example.org", "x", "2001:db8:1:2::" + std::to_string(i))) ==
               "identity.sign_in_failed";
  }
  EXPECT_EQ(checked, 50) << "all of one /64 are one address";
  EXPECT_EQ(CodeOf(Try("other@example.org", "x", "2001:db8:1:3::1")), "identity.sign_in_failed");
  clock().Advance(15min);
  EXPECT_EQ(CodeOf(Try("other@example.org", "x", "2001:db8:1:2::1")), "identity.sign_in_failed");
}

TEST_P(SignInTest, ARightPasswordEmptiesTheCounter) {
  SetUpAda();
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 9; ++i) EXPECT_EQ(CodeOf(Try("ada@example.org", "guess", "")), "identity.sign_in_failed");
    EXPECT_EQ(CodeOf(Try("ada@example.org", kPassword, "")), "accepted");
  }
}

TEST_P(SignInTest, AttemptsAtTheSameTimeAreCountedBeforeTheyAreChecked) {
  SetUpAda();
  std::atomic<int> checked = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 5; ++k) checked += CodeOf(Try("ada@example.org", "guess", "")) == "identity.sign_in_failed";
    });
  }
  threads.clear();
  EXPECT_LE(checked, 10);
}

// --- Second factor ---

TEST_P(SignInTest, WithASecondFactorThePasswordOpensHalfASession) {
  const SignedIn ada = SetUpAda();
  const SecretBytes secret = AddTotp(CallerOf(ada));
  const auto half = Try("ada@example.org", kPassword);
  ASSERT_TRUE(half.ok());
  EXPECT_EQ(half->view.state, SessionState::kSecondFactor);
  EXPECT_EQ(half->view.user_id, std::nullopt);
  EXPECT_FALSE(CallerOfCookie(half->session.cookie.Reveal()).has_value()) << "half a session is no caller";
  const auto whole = identity().sign_in().Totp(Browser(&*half), TotpCode(secret));
  ASSERT_TRUE(whole.ok()) << whole.error().DebugString();
  EXPECT_TRUE(CallerOfCookie(whole->session.cookie.Reveal()).has_value());
  EXPECT_NE(whole->session.cookie.Reveal(), half->session.cookie.Reveal()) << "a new token after each factor";
  EXPECT_EQ(CodeOf(identity().sign_in().Totp(Browser(&*half), TotpCode(secret))), "identity.second_factor_expired");
}

// Vault CVE-2025-6014: a code could be used again within its step.
TEST_P(SignInTest, ACodeOpensOneSessionAlsoWhenSentByEightAtOnce) {
  const SignedIn ada = SetUpAda();
  const SecretBytes secret = AddTotp(CallerOf(ada));
  std::vector<SignedIn> halves;
  for (int i = 0; i < 8; ++i) {
    auto half = Try("ada@example.org", kPassword, "");
    ASSERT_TRUE(half.ok());
    halves.push_back(*std::move(half));
  }
  std::vector<Visitor> visitors;
  for (const SignedIn& half : halves) visitors.push_back(Browser(&half));
  const std::string code = TotpCode(secret);
  std::atomic<int> opened = 0;
  std::vector<std::jthread> threads;
  for (const Visitor& visitor : visitors) {
    threads.emplace_back([&] { opened += identity().sign_in().Totp(visitor, code).ok(); });
  }
  threads.clear();
  EXPECT_EQ(opened, 1);
}

// Vault CVE-2025-6015: the limit of the second factor could be gone around.
TEST_P(SignInTest, TenCodesAreCheckedHoweverManyHalfSessionsThereAre) {
  const SignedIn ada = SetUpAda();
  AddTotp(CallerOf(ada));
  int checked = 0;
  for (int i = 0; i < 40; ++i) {
    const auto half = Try("ada@example.org", kPassword, "");
    ASSERT_TRUE(half.ok());
    Visitor visitor = Browser(&*half);
    visitor.address = {};
    checked += CodeOf(identity().sign_in().Totp(visitor, "000000")) == "identity.sign_in_failed";
  }
  EXPECT_EQ(checked, 10);
}

TEST_P(SignInTest, ARecoveryCodeWorksOnceAndIsWrittenDown) {
  RecoveryCodes codes;
  AddTotp(CallerOf(SetUpAda()), &codes);
  ASSERT_EQ(codes.codes.size(), 10U);
  const auto enter = [&](const std::string& code) {
    const auto half = Try("ada@example.org", kPassword, "");
    return CodeOf(identity().sign_in().RecoveryCode(Browser(&*half), code));
  };
  EXPECT_EQ(enter(codes.codes[0]), "accepted");
  EXPECT_EQ(enter(codes.codes[0]), "identity.sign_in_failed");
  EXPECT_EQ(enter(codes.codes[1]), "accepted");
  EXPECT_EQ(Entries("identity.recovery_code.used"), 2);
}

TEST_P(SignInTest, HalfASessionLivesTenMinutes) {
  const SecretBytes secret = AddTotp(CallerOf(SetUpAda()));
  const auto half = Try("ada@example.org", kPassword);
  clock().Advance(10min);
  EXPECT_EQ(CodeOf(identity().sign_in().Totp(Browser(&*half), TotpCode(secret))), "identity.second_factor_expired");
}

// --- Passkeys ---

TEST_P(SignInTest, APasskeySignsInWithoutAName) {
  const VirtualPasskey passkey;
  const Caller ada = CallerOf(SetUpAda());
  AddPasskey(ada, passkey);
  const auto enter = [&](const Visitor& visitor) {
    const auto options = identity().sign_in().PasskeyOptions(visitor);
    const Bytes challenge = Base64UrlDecode((*options)["challenge"].StringOr("")).value();
    const auto& handle = ada.user->uuid().bytes();
    return passkey.Assert(VirtualPasskey::Assertion(Party(), challenge), handle);
  };
  const Json credential = enter(Browser());
  const auto entered = identity().sign_in().Passkey(Browser(), credential);
  ASSERT_TRUE(entered.ok()) << entered.error().DebugString();
  EXPECT_EQ(CallerOf(*entered).user, ada.user);
  EXPECT_EQ(CodeOf(identity().sign_in().Passkey(Browser(), credential)), "identity.ticket_invalid")
      << "a challenge is used once";
  EXPECT_EQ(CodeOf(Try("ada@example.org", kPassword)), "accepted");
  EXPECT_EQ(Try("ada@example.org", kPassword)->view.state, SessionState::kSecondFactor)
      << "who has a passkey does not sign in with a password alone";
}

TEST_P(SignInTest, APasskeyOfAnotherUserHandleOrAnOldChallengeIsRefused) {
  const VirtualPasskey passkey;
  const Caller ada = CallerOf(SetUpAda());
  AddPasskey(ada, passkey);
  const auto options = identity().sign_in().PasskeyOptions(Browser());
  const Bytes challenge = Base64UrlDecode((*options)["challenge"].StringOr("")).value();
  const Ceremony ceremony = VirtualPasskey::Assertion(Party(), challenge);
  const auto stranger = UserId::NewRandom();
  EXPECT_EQ(CodeOf(identity().sign_in().Passkey(Browser(), passkey.Assert(ceremony, stranger.uuid().bytes()))),
            "identity.sign_in_failed");
  EXPECT_EQ(CodeOf(identity().sign_in().Passkey(Browser(), VirtualPasskey("eve's key").Assert(ceremony))),
            "identity.sign_in_failed");
  clock().Advance(10min);
  EXPECT_EQ(CodeOf(identity().sign_in().Passkey(Browser(), passkey.Assert(ceremony))), "identity.ticket_invalid");
}

TEST_P(SignInTest, ACopiedPasskeyAndOneOfADisabledPersonAreRefusedAndWrittenDown) {
  const VirtualPasskey passkey;
  const Caller admin = CallerOf(SetUpAda());
  const Caller grace = CallerOf(Join(admin, "grace@example.org", {}));
  AddPasskey(grace, passkey);
  const auto enter = [&](std::uint32_t count) {
    const auto options = identity().sign_in().PasskeyOptions(Browser());
    const Bytes challenge = Base64UrlDecode((*options)["challenge"].StringOr("")).value();
    Ceremony ceremony = VirtualPasskey::Assertion(Party(), challenge);
    ceremony.sign_count = count;
    return CodeOf(identity().sign_in().Passkey(Browser(), passkey.Assert(ceremony)));
  };
  EXPECT_EQ(enter(7), "accepted");
  EXPECT_EQ(enter(7), "identity.passkey_cloned");
  EXPECT_EQ(Entries("identity.session.refused"), 1);
  ASSERT_TRUE(Write([&](WriteTx& tx) {
                return identity().people().Update(tx, admin, *grace.user, {.state = UserState::kDisabled},
                                                  std::nullopt);
              }).ok());
  EXPECT_EQ(enter(8), "identity.sign_in_failed");
  EXPECT_EQ(Entries("identity.session.refused"), 2);
}

TEST_P(SignInTest, TheChallengeOfARegistrationDoesNotSignIn) {
  const VirtualPasskey passkey;
  const Caller ada = CallerOf(SetUpAda());
  AddPasskey(ada, passkey);
  const auto options = Read([&](ReadTx& tx) { return identity().account().PasskeyOptions(tx, ada); });
  const Bytes challenge = Base64UrlDecode((*options)["challenge"].StringOr("")).value();
  EXPECT_EQ(
      CodeOf(identity().sign_in().Passkey(Browser(), passkey.Assert(VirtualPasskey::Assertion(Party(), challenge)))),
      "identity.ticket_invalid");
}

// Vault CVE-2026-5807: an unauthenticated endpoint kept state.
TEST_P(SignInTest, AskingForAChallengeLeavesNothingInTheDatabase) {
  const auto rows = [&] {
    std::int64_t all = 0;
    for (const char* table : {"identity_spent", "identity_session", "identity_link", "identity_attempt"}) {
      all += Read([&](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM " + std::string(table)); })
                 .value()
                 ->Get<std::int64_t>(0);
    }
    return all;
  };
  SetUpAda();
  const auto before = rows();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(identity().sign_in().PasskeyOptions(Browser()).ok());
  EXPECT_EQ(rows(), before);
}

// --- Links ---

TEST_P(SignInTest, AResetLinkSetsAPasswordOnceAndKeepsTheSecondFactor) {
  const SignedIn ada = SetUpAda();
  const Caller caller = CallerOf(ada);
  const SecretBytes secret = AddTotp(caller);
  const auto link = Write([&](WriteTx& tx) { return identity().people().MakePasswordLink(tx, caller, *caller.user); });
  ASSERT_TRUE(link.ok());
  const SecretString token = TokenIn(*link->link);
  EXPECT_TRUE(identity().sign_in().LookAtLink(token)->second_factor);
  const auto half = identity().sign_in().AcceptLink(Browser(), token, SecretString(kOtherPassword));
  ASSERT_TRUE(half.ok()) << half.error().DebugString();
  EXPECT_EQ(half->view.state, SessionState::kSecondFactor);
  EXPECT_FALSE(CallerOfCookie(ada.session.cookie.Reveal()).has_value()) << "a reset ends all sessions";
  EXPECT_EQ(CodeOf(identity().sign_in().Totp(Browser(&*half), TotpCode(secret))), "accepted");
  EXPECT_EQ(CodeOf(identity().sign_in().AcceptLink(Browser(), token, SecretString(kPassword))),
            "identity.link_invalid");
  EXPECT_EQ(CodeOf(Try("ada@example.org", kPassword)), "identity.sign_in_failed");
}

TEST_P(SignInTest, AForgottenPasswordIsAnsweredAlikeForKnownAndUnknownNames) {
  SetUpAda();
  EXPECT_EQ(CodeOf(identity().sign_in().ForgotPassword(Browser(), "ada@example.org")), "identity.mail_not_configured");
  post().delivers = true;
  for (const char* name : {"ada@example.org", "nobody@example.org"}) {
    EXPECT_EQ(CodeOf(identity().sign_in().ForgotPassword(Browser(), name)), "accepted");
  }
  const auto rows = Read([](ReadTx& tx) {
                      return tx.Query("SELECT payload FROM jobs_job WHERE kind = 'identity.send_password_letter'");
                    }).value();
  ASSERT_EQ(rows.size(), 2U) << "the same work for both";
  for (const Row& row : rows) {
    const auto payload = row.Get<std::string>(0);
    EXPECT_EQ(payload.find("ada@"), std::string::npos) << "what was typed is sealed";
    EXPECT_TRUE(identity().sign_in().SendPasswordLetter(ParseJson(payload).value()).ok());
  }
  ASSERT_EQ(post().letters.size(), 1U);
  EXPECT_EQ(post().letters[0].to_address, "ada@example.org");
  EXPECT_EQ(CodeOf(identity().sign_in().AcceptLink(Browser(), TokenIn(post().letters[0].link.Reveal()),
                                                   SecretString(kOtherPassword))),
            "accepted");
}

// --- What ends sessions and tokens (Fides CVE-2025-57766, Vaultwarden CVE-2026-43911) ---

TEST_P(SignInTest, EverySessionAndTokenDiesWithTheChange) {
  const SignedIn ada = SetUpAda();
  const Caller admin = CallerOf(ada);
  const RoleId legal = InfoOf(BuiltInRole::kLegal).id;
  const auto update = [&](const UserId& id, const UserUpdate& change) {
    EXPECT_TRUE(
        Write([&](WriteTx& tx) { return identity().people().Update(tx, admin, id, change, std::nullopt); }).ok());
  };
  const std::vector<std::pair<const char*, std::function<void(const SignedIn&, const UserId&)>>> endings = {
      {"password changed",
       [&](const SignedIn& session, const UserId&) {
         EXPECT_EQ(CodeOf(identity().account().ChangePassword(Browser(&session), CallerOf(session),
                                                              SecretString(kPassword), SecretString(kOtherPassword))),
                   "accepted");
       }},
      {"password reset",
       [&](const SignedIn&, const UserId& id) {
         const auto link = Write([&](WriteTx& tx) { return identity().people().MakePasswordLink(tx, admin, id); });
         EXPECT_EQ(
             CodeOf(identity().sign_in().AcceptLink(Browser(), TokenIn(*link->link), SecretString(kOtherPassword))),
             "accepted");
       }},
      {"disabled", [&](const SignedIn&, const UserId& id) { update(id, {.state = UserState::kDisabled}); }},
      {"roles changed",
       [&](const SignedIn&, const UserId& id) {
         update(id, {.role_ids = std::vector{legal, InfoOf(BuiltInRole::kAuditor).id}});
       }},
      {"address changed",
       [&](const SignedIn&, const UserId& id) { update(id, {.email = "new" + id.ToString() + "@example.org"}); }},
      {"sessions ended",
       [&](const SignedIn&, const UserId& id) {
         EXPECT_TRUE(Write([&](WriteTx& tx) { return identity().people().EndSessions(tx, admin, id); }).ok());
       }},
      {"second factors removed",
       [&](const SignedIn&, const UserId& id) {
         EXPECT_TRUE(Write([&](WriteTx& tx) { return identity().people().RemoveSecondFactors(tx, admin, id); }).ok());
       }},
      {"deleted",
       [&](const SignedIn&, const UserId& id) {
         EXPECT_TRUE(Write([&](WriteTx& tx) { return identity().people().Delete(tx, admin, id, std::nullopt); }).ok());
       }},
  };
  int number = 0;
  for (const auto& [name, end] : endings) {
    const SignedIn session = Join(admin, "p" + std::to_string(number++) + "@example.org", {legal});
    const Caller person = CallerOf(session);
    const auto token = Write([&](WriteTx& tx) {
      return identity().tokens().Create(tx, person, {.name = "t", .permissions = {"cases.read"}});
    });
    ASSERT_TRUE(token.ok()) << token.error().DebugString();
    ASSERT_TRUE(CallerOfToken(token->secret)->has_value());
    end(session, *person.user);
    EXPECT_FALSE(CallerOfCookie(session.session.cookie.Reveal()).has_value()) << name;
    EXPECT_EQ(CodeOf(CallerOfToken(token->secret)), "identity.token_invalid") << name;
  }
}

TEST_P(SignInTest, AChangeThatTouchesNoRightKeepsTheSession) {
  const SignedIn ada = SetUpAda();
  const Caller admin = CallerOf(ada);
  ASSERT_TRUE(Write([&](WriteTx& tx) {
                return identity().people().Update(tx, admin, *admin.user, {.name = "Ada Renamed"}, std::nullopt);
              }).ok());
  EXPECT_TRUE(CallerOfCookie(ada.session.cookie.Reveal()).has_value());
}

TEST_P(SignInTest, ASessionEndsAfterAnHourUnusedAndTwelveAltogether) {
  const SignedIn ada = SetUpAda();
  clock().Advance(59min);
  EXPECT_TRUE(CallerOfCookie(ada.session.cookie.Reveal()).has_value());
  clock().Advance(59min);
  EXPECT_TRUE(CallerOfCookie(ada.session.cookie.Reveal()).has_value()) << "each use starts the hour anew";
  clock().Advance(60min);
  EXPECT_FALSE(CallerOfCookie(ada.session.cookie.Reveal()).has_value());
  const auto again = Try("ada@example.org", kPassword);
  for (int i = 0; i < 23; ++i) {
    clock().Advance(31min);
    EXPECT_TRUE(CallerOfCookie(again->session.cookie.Reveal()).has_value()) << i;
  }
  clock().Advance(31min);
  EXPECT_FALSE(CallerOfCookie(again->session.cookie.Reveal()).has_value());
}

TEST_P(SignInTest, WhatIsKeptOpensNothing) {
  const SignedIn ada = SetUpAda();
  const auto row = Read([](ReadTx& tx) { return tx.QueryOne("SELECT token_hash FROM identity_session"); }).value();
  const auto hash = row->Get<Bytes>(0);
  for (const std::string& cookie : {Base64UrlEncode(hash), HexEncode(hash), std::string(AsText(hash))}) {
    EXPECT_FALSE(CallerOfCookie(cookie).has_value());
  }
}

TEST_P(SignInTest, TheSweepDropsOnlyWhatIsOver) {
  const SignedIn ada = SetUpAda();
  (void)Try("nobody@example.org", "x");
  const auto count = [&](const std::string& table) {
    return Read([&](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM " + table); }).value()->Get<std::int64_t>(0);
  };
  const auto sweep = [&] { return Write([&](WriteTx& tx) { return identity().Sweep(tx); }); };
  ASSERT_TRUE(sweep().ok());
  EXPECT_EQ(count("identity_session"), 1);
  EXPECT_TRUE(CallerOfCookie(ada.session.cookie.Reveal()).has_value());
  clock().Advance(25h);
  ASSERT_TRUE(sweep().ok());
  EXPECT_EQ(count("identity_session"), 0);
  EXPECT_EQ(count("identity_attempt"), 0);
}

PRIVITY_ON_EVERY_STORE(SignInTest);

}  // namespace
}  // namespace privity
