#include "identity/providers.h"

#include <algorithm>

#include "crypto/hash.h"
#include "identity/testing/identity_test_base.h"

namespace privity {
namespace {

using namespace std::chrono_literals;

constexpr const char* kIssuer = "https://login.example.net";

std::string UrlField(const std::string& url, const std::string& name) {
  const std::size_t at = url.find(name + "=");
  const std::size_t begin = at + name.size() + 1;
  return url.substr(begin, url.find('&', begin) - begin);
}

// A provider in one object, which signs with Ed25519 and can be told to lie in one thing at a time.
class FakeProvider {
 public:
  explicit FakeProvider(CannedHttp& http) : http_(http) {
    http_.answers[std::string(kIssuer) + "/.well-known/openid-configuration"] = [this](const OutboundRequest&) {
      return Answer(ToJson(metadata));
    };
    http_.answers[std::string(kIssuer) + "/jwks"] = [this](const OutboundRequest&) { return Answer(Jwks()); };
    http_.answers[std::string(kIssuer) + "/token"] = [this](const OutboundRequest& request) { return Token(request); };
  }

  // The browser signs in there as `subject`; what it brings back.
  OidcAnswer Authorize(const std::string& location, std::string subject) {
    claims = Json::Object({{"iss", kIssuer},
                           {"sub", std::move(subject)},
                           {"aud", "privity"},
                           {"nonce", UrlField(location, "nonce")},
                           {"iat", now_seconds},
                           {"exp", now_seconds + 300}});
    challenge_ = UrlField(location, "code_challenge");
    return {.code = "code-1", .state = UrlField(location, "state"), .issuer = kIssuer, .error = {}};
  }

  Json metadata = Json::Object({{"issuer", kIssuer},
                                {"authorization_endpoint", std::string(kIssuer) + "/authorize"},
                                {"token_endpoint", std::string(kIssuer) + "/token"},
                                {"jwks_uri", std::string(kIssuer) + "/jwks"},
                                {"authorization_response_iss_parameter_supported", true}});
  Json claims;
  Json header = Json::Object({{"alg", "EdDSA"}, {"kid", "key-1"}});
  std::string key_seed = "provider key 1";  // that signs
  std::string published_seed = "provider key 1";
  std::string published_id = "key-1";
  std::int64_t now_seconds = 0;
  bool drop_signature = false;

 private:
  static Result<OutboundResponse> Answer(std::string body, int status = 200) {
    return OutboundResponse{.status = status, .headers = {}, .body = std::move(body), .url = *Url::Parse(kIssuer)};
  }
  static SigningKey KeyOf(const std::string& seed) {
    return SigningKey::FromSeed(Key::FromBytes(Sha256(AsBytes(seed))).value());
  }
  std::string Jwks() const {
    return ToJson(Json::Object(
        {{"keys", Json::Array({Json::Object({{"kty", "OKP"},
                                             {"crv", "Ed25519"},
                                             {"kid", published_id},
                                             {"x", Base64UrlEncode(KeyOf(published_seed).verify_key().bytes())}})})}}));
  }
  Result<OutboundResponse> Token(const OutboundRequest& request) {
    const std::string verifier = UrlField(request.body, "code_verifier");
    if (Base64UrlEncode(Sha256(AsBytes(verifier))) != challenge_) return Answer("{}", 400);
    const std::string signed_part =
        Base64UrlEncode(AsBytes(ToJson(header))) + "." + Base64UrlEncode(AsBytes(ToJson(claims)));
    const auto signature = KeyOf(key_seed).Sign(AsBytes(signed_part));
    const std::string token = signed_part + "." + (drop_signature ? "" : Base64UrlEncode(signature));
    return Answer(ToJson(Json::Object({{"id_token", token}})));
  }

  CannedHttp& http_;
  std::string challenge_;
};

class ProvidersTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    fake_ = std::make_unique<FakeProvider>(http());
    fake_->now_seconds = ToMicros(clock().Now()) / 1'000'000;
    ada_ = SetUpAda();
    const Caller admin = CallerOf(*ada_);
    const auto made = Write([&](WriteTx& tx) {
      return identity().providers().Create(tx, admin, {.name = "Login", .issuer = kIssuer, .client_id = "privity"});
    });
    ASSERT_TRUE(made.ok()) << made.error().DebugString();
    provider_ = made->id;
  }
  void TearDown() override {
    fake_.reset();
    IdentityTest::TearDown();
  }
  // Binds the account of `session` to `subject`.
  void Link(const SignedIn& session, const std::string& subject) {
    const auto departure = identity().providers().StartLink(CallerOf(session), provider_);
    ASSERT_TRUE(departure.ok()) << departure.error().DebugString();
    const auto arrival = identity().providers().Arrive(Browser(&session), departure->cookie.Reveal(),
                                                       fake().Authorize(departure->location, subject));
    ASSERT_TRUE(arrival.ok()) << arrival.error().DebugString();
  }
  // A whole sign-in, spoiled by `spoil` after the provider has prepared its answer.
  std::string SignInAs(const std::string& subject, const std::function<void(OidcAnswer&)>& spoil = {}) {
    const auto departure = identity().providers().StartSignIn(provider_);
    if (!departure.ok()) return departure.error().DebugString();
    OidcAnswer answer = fake().Authorize(departure->location, subject);
    if (spoil) spoil(answer);
    const auto arrival = identity().providers().Arrive(BrowserAt(address_), departure->cookie.Reveal(), answer);
    return arrival.ok() ? "accepted" : arrival.error().DebugString();
  }
  // Where the next sign-in comes from: how many may fail from one address is a test of its own.
  void ComeFrom(int number) { address_ = "198.51.100." + std::to_string(number); }
  FakeProvider& fake() { return *fake_; }
  const SignedIn& ada() { return *ada_; }
  ProviderId provider_;

 private:
  std::unique_ptr<FakeProvider> fake_;
  std::optional<SignedIn> ada_;
  std::string address_ = "192.0.2.7";
};

TEST_P(ProvidersTest, ABoundAccountSignsIn) {
  EXPECT_EQ(SignInAs("subject-ada"), "identity.external_unlinked");
  Link(ada(), "subject-ada");
  EXPECT_EQ(SignInAs("subject-ada"), "accepted");
  EXPECT_EQ(SignInAs("Subject-Ada"), "identity.external_unlinked") << "a subject is compared as it is";
  EXPECT_EQ(Entries("identity.external.linked"), 1);
}

// Grafana CVE-2023-3128, Vaultwarden CVE-2026-47164, PocketBase CVE-2024-38351 and CVE-2026-44166.
TEST_P(ProvidersTest, AnAddressBindsNothingVerifiedOrNot) {
  for (const bool verified : {false, true}) {
    EXPECT_EQ(SignInAs("subject-eve",
                       [&](OidcAnswer&) {
                         fake().claims.Set("email", "ada@example.org");
                         fake().claims.Set("email_verified", verified);
                       }),
              "identity.external_unlinked");
  }
}

// The hostile provider: one lie at a time.
TEST_P(ProvidersTest, EachLieAloneIsRefused) {
  Link(ada(), "subject-ada");
  const auto token = [](const std::string& problem) { return "identity.id_token_invalid{problem=" + problem + "}"; };
  const auto refused = [](const std::string& problem) { return "identity.oidc_refused{problem=" + problem + "}"; };
  const std::int64_t now = fake().now_seconds;
  struct Lie {
    const char* name;
    std::function<void(OidcAnswer&)> tell;
    std::string verdict;
  };
  const auto claim = [&](const char* name, Json value) {
    return [this, name, value](OidcAnswer&) { fake().claims.Set(name, value); };
  };
  const auto without = [&](const char* name) { return [this, name](OidcAnswer&) { fake().claims.Remove(name); }; };
  const std::vector<Lie> lies = {
      {"another issuer", claim("iss", "https://login.example.com"), token("issuer")},
      {"issuer with a slash more", claim("iss", std::string(kIssuer) + "/"), token("issuer")},
      {"no issuer", without("iss"), token("issuer")},
      {"another audience", claim("aud", "other-client"), token("audience")},
      {"no audience", without("aud"), token("audience")},
      {"audiences without authorized party", claim("aud", Json::Array({"privity", "other"})),
       token("authorized party")},
      {"another authorized party", claim("azp", "other-client"), token("authorized party")},
      {"another nonce", claim("nonce", "replayed"), token("nonce")},
      {"no nonce", without("nonce"), token("nonce")},
      {"expired", claim("exp", now - 61), token("expiry")},
      {"no expiry", without("exp"), token("expiry")},
      {"expiry as text", claim("exp", "9999999999"), token("expiry")},
      {"issued tomorrow", claim("iat", now + 86'400), token("issue time")},
      {"not valid yet", claim("nbf", now + 3'600), token("not before")},
      {"no subject", without("sub"), token("subject")},
      {"empty subject", claim("sub", ""), token("subject")},
      {"subject as number", claim("sub", 1), token("subject")},
      {"algorithm none",
       [&](OidcAnswer&) {
         fake().header.Set("alg", "none");
         fake().drop_signature = true;
       },
       token("algorithm")},
      {"algorithm HS256 with the public key", [&](OidcAnswer&) { fake().header.Set("alg", "HS256"); },
       token("algorithm")},
      {"an algorithm that does not fit the key", [&](OidcAnswer&) { fake().header.Set("alg", "RS256"); },
       token("unknown key")},
      {"no signature", [&](OidcAnswer&) { fake().drop_signature = true; }, token("signature")},
      {"signed by another key", [&](OidcAnswer&) { fake().key_seed = "attacker's key"; }, token("signature")},
      {"a critical extension", [&](OidcAnswer&) { fake().header.Set("crit", Json::Array({"exp"})); },
       token("critical extension")},
      {"an unknown key", [&](OidcAnswer&) { fake().header.Set("kid", "key-9"); }, token("unknown key")},
      {"another state", [](OidcAnswer& answer) { answer.state = "forged"; }, refused("state")},
      {"no state", [](OidcAnswer& answer) { answer.state = ""; }, refused("state")},
      {"the answer of another issuer (mix-up)", [](OidcAnswer& answer) { answer.issuer = "https://login.example.com"; },
       refused("issuer")},
      {"no issuer in the answer, though promised", [](OidcAnswer& answer) { answer.issuer = ""; }, refused("issuer")},
      {"an error", [](OidcAnswer& answer) { answer.error = "access_denied"; }, refused("provider")},
      {"no code", [](OidcAnswer& answer) { answer.code = ""; }, refused("code")},
  };
  int number = 0;
  for (const Lie& lie : lies) {
    ComeFrom(++number);
    const Json header = fake().header;
    EXPECT_EQ(SignInAs("subject-ada", lie.tell), lie.verdict) << lie.name;
    fake().header = header;
    fake().drop_signature = false;
    fake().key_seed = "provider key 1";
  }
  EXPECT_EQ(SignInAs("subject-ada"), "accepted") << "and the truth still works";
}

TEST_P(ProvidersTest, ARefusalIsWrittenDownAndAFaultOfOurOwnIsNot) {
  SignInAs("subject-eve");
  SignInAs("subject-eve", [&](OidcAnswer&) { fake().claims.Set("nonce", "replayed"); });
  EXPECT_EQ(Entries("identity.session.refused"), 2);
  const auto begun = identity().providers().StartSignIn(provider_);
  EXPECT_EQ(CodeOf(identity().providers().Arrive(Browser(), "forged", fake().Authorize(begun->location, "x"))),
            "identity.ticket_invalid");
  EXPECT_EQ(Entries("identity.session.refused"), 2) << "who holds no cookie of ours writes nothing";
}

TEST_P(ProvidersTest, FromOneAddressTenRefusalsAreTriedAndWritten) {
  Link(ada(), "subject-ada");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(SignInAs("subject-eve"), "identity.external_unlinked");
  EXPECT_EQ(SignInAs("subject-ada"), "identity.too_many_attempts{retry_after_seconds=30}");
  EXPECT_EQ(Entries("identity.session.refused"), 10);
  clock().Advance(30s);
  fake().now_seconds += 30;
  EXPECT_EQ(SignInAs("subject-ada"), "accepted");
  EXPECT_EQ(SignInAs("subject-eve"), "identity.external_unlinked") << "and the counter starts anew";
}

// docs/guides/sign-in.md: a provider works all the time and opens the account again.
TEST_P(ProvidersTest, SigningInWithAProviderOpensAnAccountThatGuessersHaveClosed) {
  Link(ada(), "subject-ada");
  const auto by_password = [&](const std::string& address) {
    return CodeOf(identity().sign_in().Password(BrowserAt(address), "ada@example.org", SecretString(kPassword)));
  };
  for (int i = 0; i < 10; ++i) {
    (void)identity().sign_in().Password(BrowserAt("203.0.113." + std::to_string(i)), "ada@example.org",
                                        SecretString("guess"));
  }
  EXPECT_EQ(by_password("198.51.100.1"), "identity.too_many_attempts");
  EXPECT_EQ(SignInAs("subject-ada"), "accepted");
  EXPECT_EQ(by_password("198.51.100.1"), "accepted");
}

TEST_P(ProvidersTest, OneLandsWhereOneWantedToGo) {
  Link(ada(), "subject-ada");
  const auto departure = identity().providers().StartSignIn(provider_, "/users?state=active");
  const auto arrival = identity().providers().Arrive(Browser(), departure->cookie.Reveal(),
                                                     fake().Authorize(departure->location, "subject-ada"));
  ASSERT_TRUE(arrival.ok()) << arrival.error().DebugString();
  EXPECT_EQ(arrival->to, "/users?state=active");
}

TEST_P(ProvidersTest, TheTestOfTheConnectionAsksAnewAndNamesWhatIsWrong) {
  EXPECT_EQ(SignInAs("subject-ada"), "identity.external_unlinked");  // metadata and keys are kept now
  const auto well = identity().providers().Test(provider_);
  ASSERT_TRUE(well.ok()) << well.error().DebugString();
  EXPECT_EQ(well->keys, 1);
  EXPECT_TRUE(well->answers_with_issuer);
  const Json metadata = fake().metadata;
  fake().metadata.Set("issuer", "https://login.example.com");
  EXPECT_EQ(identity().providers().Test(provider_).error().DebugString(),
            "identity.provider_unusable{problem=metadata issuer}");
  fake().metadata = metadata;
  fake().metadata.Set("jwks_uri", "http://127.example.org/jwks");
  EXPECT_EQ(identity().providers().Test(provider_).error().DebugString(),
            "identity.provider_unusable{problem=metadata endpoint}")
      << "a name that begins like this machine is another machine";
}

TEST_P(ProvidersTest, AnEmptySecretRemovesTheOneThatIsKeptAndNoneKeepsIt) {
  const Caller admin = CallerOf(ada());
  const auto update = [&](std::optional<SecretString> secret) {
    const ProviderRequest request{
        .name = "Login", .issuer = kIssuer, .client_id = "privity", .client_secret = std::move(secret)};
    const auto changed =
        Write([&](WriteTx& tx) { return identity().providers().Update(tx, admin, provider_, request, std::nullopt); });
    return changed.ok() && changed->has_secret;
  };
  EXPECT_TRUE(update(SecretString("from the provider")));
  EXPECT_TRUE(update(std::nullopt));
  EXPECT_FALSE(update(SecretString("")));
}

TEST_P(ProvidersTest, AMinuteOfClockSkewIsForgiven) {
  Link(ada(), "subject-ada");
  const std::int64_t now = fake().now_seconds;
  EXPECT_EQ(SignInAs("subject-ada", [&](OidcAnswer&) { fake().claims.Set("exp", now - 59); }), "accepted");
  EXPECT_EQ(SignInAs("subject-ada", [&](OidcAnswer&) { fake().claims.Set("iat", now + 60); }), "accepted");
}

TEST_P(ProvidersTest, KeysAreFetchedAnewWhenTheProviderRollsThem) {
  Link(ada(), "subject-ada");
  EXPECT_EQ(SignInAs("subject-ada"), "accepted");
  fake().key_seed = fake().published_seed = "provider key 2";
  fake().published_id = "key-2";
  fake().header.Set("kid", "key-2");
  clock().Advance(11s);
  fake().now_seconds += 11;
  EXPECT_EQ(SignInAs("subject-ada"), "accepted");
  // A flood of tokens with made-up key ids does not become a flood of requests to the provider.
  const auto fetched = [&] { return std::ranges::count(http().asked, std::string(kIssuer) + "/jwks"); };
  const auto before = fetched();
  for (int i = 0; i < 20; ++i) {
    ComeFrom(i);
    fake().header.Set("kid", "made-up-" + std::to_string(i));
    EXPECT_EQ(SignInAs("subject-ada"), "identity.id_token_invalid{problem=unknown key}");
  }
  EXPECT_EQ(fetched(), before);
}

TEST_P(ProvidersTest, MetadataOfAnotherIssuerAreRefused) {
  fake().metadata.Set("issuer", "https://login.example.com");
  EXPECT_EQ(SignInAs("subject-ada"), "identity.provider_unusable{problem=metadata issuer}");
}

// Vaultwarden CVE-2026-47158: a sign-in begun in one browser was finished in another.
TEST_P(ProvidersTest, TheFlowBelongsToTheBrowserThatBeganIt) {
  Link(ada(), "subject-ada");
  const auto begun = identity().providers().StartSignIn(provider_);
  const OidcAnswer answer = fake().Authorize(begun->location, "subject-ada");
  EXPECT_EQ(CodeOf(identity().providers().Arrive(Browser(), "", answer)), "identity.ticket_invalid");
  const auto other = identity().providers().StartSignIn(provider_);
  EXPECT_EQ(CodeOf(identity().providers().Arrive(Browser(), other->cookie.Reveal(), answer)), "identity.oidc_refused");
  EXPECT_EQ(CodeOf(identity().providers().Arrive(Browser(), begun->cookie.Reveal(), answer)), "accepted");
  EXPECT_EQ(CodeOf(identity().providers().Arrive(Browser(), begun->cookie.Reveal(), answer)), "identity.ticket_invalid")
      << "and works once";
}

TEST_P(ProvidersTest, AFlowEndsAfterTenMinutes) {
  Link(ada(), "subject-ada");
  const auto begun = identity().providers().StartSignIn(provider_);
  const OidcAnswer answer = fake().Authorize(begun->location, "subject-ada");
  clock().Advance(10min);
  EXPECT_EQ(CodeOf(identity().providers().Arrive(Browser(), begun->cookie.Reveal(), answer)),
            "identity.ticket_invalid");
}

TEST_P(ProvidersTest, OnlyTheSessionThatBeganBindsTheAccount) {
  const SignedIn grace = Join(CallerOf(ada()), "grace@example.org", {});
  const auto departure = identity().providers().StartLink(CallerOf(ada()), provider_);
  const OidcAnswer answer = fake().Authorize(departure->location, "subject-eve");
  EXPECT_EQ(CodeOf(identity().providers().Arrive(Browser(&grace), departure->cookie.Reveal(), answer)),
            "identity.ticket_invalid");
  Link(ada(), "subject-ada");
  const auto second = identity().providers().StartLink(CallerOf(grace), provider_);
  EXPECT_EQ(CodeOf(identity().providers().Arrive(Browser(&grace), second->cookie.Reveal(),
                                                 fake().Authorize(second->location, "subject-ada"))),
            "identity.external_taken");
}

TEST_P(ProvidersTest, AnInvitationIsAcceptedWithAProviderOnce) {
  const Caller admin = CallerOf(ada());
  const auto invitation = Write([&](WriteTx& tx) {
    return identity().people().Invite(tx, admin, {"grace@example.org", "Grace Example", {}});
  });
  const SecretString token(invitation->link->substr(invitation->link->find("#token=") + 7));
  const auto departure = identity().providers().StartInvitation(provider_, token);
  ASSERT_TRUE(departure.ok()) << departure.error().DebugString();
  const auto arrival = identity().providers().Arrive(Browser(), departure->cookie.Reveal(),
                                                     fake().Authorize(departure->location, "subject-grace"));
  ASSERT_TRUE(arrival.ok()) << arrival.error().DebugString();
  EXPECT_EQ(arrival->signed_in->view.name, "Grace Example");
  EXPECT_EQ(SignInAs("subject-grace"), "accepted");
  EXPECT_EQ(CodeOf(identity().providers().StartInvitation(provider_, token)), "identity.link_invalid");
}

TEST_P(ProvidersTest, ADisabledPersonOrProviderSignsNobodyIn) {
  const Caller admin = CallerOf(ada());
  const SignedIn grace = Join(CallerOf(ada()), "grace@example.org", {});
  Link(grace, "subject-grace");
  const UserId grace_id = *CallerOf(grace).user;
  ASSERT_TRUE(Write([&](WriteTx& tx) {
                return identity().people().Update(tx, admin, grace_id, {.state = UserState::kDisabled}, std::nullopt);
              }).ok());
  EXPECT_EQ(SignInAs("subject-grace"), "identity.sign_in_failed");
  const auto refused = Read([&](ReadTx& tx) {
    return tx.QueryOne("SELECT body FROM ledger_staged WHERE action = $1", {"identity.session.refused"});
  });
  ASSERT_TRUE(refused.ok() && refused->has_value());
  EXPECT_NE((*refused)->Get<std::string>(0).find(grace_id.ToString()), std::string::npos) << "whose account it was";
}

TEST_P(ProvidersTest, WhoeverChangesAProviderMayDoAllThatItsPeopleMay) {
  const Caller admin = CallerOf(ada());
  Link(ada(), "subject-ada");
  Caller weak;
  weak.actor = {ActorKind::kOperator, "uid-1000"};
  weak.permissions = {"identity_providers.write"};
  const ProviderRequest request{.name = "Mine", .issuer = kIssuer, .client_id = "privity"};
  EXPECT_EQ(CodeOf(Write([&](WriteTx& tx) {
              return identity().providers().Update(tx, weak, provider_, request, std::nullopt);
            })),
            "identity.grant_exceeds_own");
  ProviderRequest moved = request;
  moved.issuer = "https://login.example.com";
  EXPECT_EQ(CodeOf(Write(
                [&](WriteTx& tx) { return identity().providers().Update(tx, admin, provider_, moved, std::nullopt); })),
            "identity.provider_issuer_fixed");
}

PRIVITY_ON_EVERY_STORE(ProvidersTest);

}  // namespace
}  // namespace privity
