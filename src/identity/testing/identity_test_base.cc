#include "identity/testing/identity_test_base.h"

#include <unistd.h>

#include "crypto/one_time_password.h"

namespace privity {
namespace {

// What other rooms would register, so that roles differ in more than this room's own permissions.
constexpr PermissionInfo kMorePermissions[] = {
    {"cases.read", "See cases.", {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal, BuiltInRole::kAuditor}},
    {"cases.write", "Work on cases.", {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal}},
    {"connections.write", "Connect stores.", {BuiltInRole::kEngineer}},
};

void Append(std::vector<Migration>& all, std::vector<Migration> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

// Base32 of RFC 4648, for the secret as the person would type it into an app.
Bytes Base32Decode(std::string_view text) {
  Bytes out;
  unsigned pending = 0;
  int bits = 0;
  for (const char c : text) {
    pending = pending << 5U | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out.push_back(static_cast<std::byte>(pending >> static_cast<unsigned>(bits) & 0xFFU));
  }
  return out;
}

}  // namespace

Result<OutboundResponse> CannedHttp::Send(const OutboundRequest& request, const OutboundPolicy&) const {
  asked.push_back(request.url.ToString());
  const auto found = answers.find(request.url.ToString());
  if (found == answers.end()) return Error("net.connect_failed");
  return found->second(request);
}

std::vector<Migration> IdentityTest::Migrations() const {
  std::vector<Migration> all;
  Append(all, LedgerMigrations());
  Append(all, JobsMigrations());
  Append(all, SettingsMigrations());
  Append(all, IdentityMigrations());
  return all;
}

void IdentityTest::SetUp() {
  StoreTest::SetUp();
  if (IsSkipped() || HasFatalFailure()) return;
  actions_.Register(LedgerActions());
  actions_.Register(SettingsActions());
  actions_.Register(IdentityActions());
  permissions_.Register(IdentityPermissions());
  permissions_.Register(kMorePermissions);
  key_directory_ = std::make_unique<TempDirectory>();
  auto keys = KeyHome::Open({.directory = key_directory_->path() + "/keys",
                             .data_directory = key_directory_->path() + "/data",
                             .backup_directory = {},
                             .before_step = {}},
                            RootKeySource::File(), clock());
  ASSERT_TRUE(keys.ok()) << keys.error().DebugString();
  keys_ = *std::move(keys);
  hasher_ = std::make_unique<PasswordHasher>(PasswordCost{.passes = 1, .memory_kib = 8}, 8, 64);
  ledger_ = std::make_unique<Ledger>(store(), actions_, clock());
  jobs_ = std::make_unique<JobQueue>(clock());
  organization_ = std::make_unique<OrganizationSettings>(*ledger_, clock());
  console_.Set("https://privity.example.org");
  identity_ = std::make_unique<Identity>(IdentityWorld{.store = store(),
                                                       .ledger = *ledger_,
                                                       .clock = clock(),
                                                       .permissions = permissions_,
                                                       .keys = *keys_,
                                                       .hasher = *hasher_,
                                                       .organization = *organization_,
                                                       .console = console_,
                                                       .post = post_,
                                                       .jobs = *jobs_,
                                                       .http = http_},
                                         1000);
}

void IdentityTest::TearDown() {
  identity_.reset();
  ledger_.reset();
  StoreTest::TearDown();
}

Visitor IdentityTest::BrowserAt(std::string_view address) const {
  return {.address = address,
          .client = "Test Browser 1.0",
          .session_cookie = {},
          .device_cookie = {},
          .request_id = "req-test"};
}

Visitor IdentityTest::Browser(const SignedIn* signed_in) {
  Visitor visitor = BrowserAt("192.0.2.7");
  if (signed_in == nullptr) return visitor;
  held_.reserve(1'000);
  visitor.session_cookie = held_.emplace_back(signed_in->session.cookie.Reveal());
  if (signed_in->device_cookie) visitor.device_cookie = held_.emplace_back(signed_in->device_cookie->Reveal());
  return visitor;
}

SignedIn IdentityTest::SetUpAda() {
  const auto link = identity().sign_in().NewSetupLink();
  EXPECT_TRUE(link.ok()) << link.error().DebugString();
  const std::string& text = link->Reveal();
  auto done =
      identity().sign_in().CompleteSetup(Browser(), {.token = SecretString(text.substr(text.find("#token=") + 7)),
                                                     .organization = "Example Trading",
                                                     .time_zone = TimeZone::Parse("Europe/Berlin").value(),
                                                     .name = "Ada Example",
                                                     .email = "ada@example.org",
                                                     .password = SecretString(kPassword)});
  EXPECT_TRUE(done.ok()) << done.error().DebugString();
  return *std::move(done);
}

std::optional<Caller> IdentityTest::CallerOfCookie(std::string_view cookie) {
  auto caller = identity().Authenticate({.session_cookie = cookie,
                                         .authorization = {},
                                         .unix_peer_uid = {},
                                         .client_address = "192.0.2.7",
                                         .request_id = "req-test"});
  EXPECT_TRUE(caller.ok()) << caller.error().DebugString();
  return *std::move(caller);
}

Caller IdentityTest::CallerOf(const SignedIn& signed_in) {
  const auto caller = CallerOfCookie(signed_in.session.cookie.Reveal());
  EXPECT_TRUE(caller.has_value());
  return caller.value_or(Caller());
}

Result<std::optional<Caller>> IdentityTest::CallerOfToken(const std::string& token) {
  return identity().Authenticate({.session_cookie = {},
                                  .authorization = "Bearer " + token,
                                  .unix_peer_uid = {},
                                  .client_address = "192.0.2.7",
                                  .request_id = "req-test"});
}

SignedIn IdentityTest::Join(const Caller& inviter, const std::string& email, const std::vector<RoleId>& roles) {
  const auto invitation = Write([&](WriteTx& tx) {
    return identity().people().Invite(tx, inviter, {.email = email, .name = "Grace Example", .role_ids = roles});
  });
  EXPECT_TRUE(invitation.ok()) << invitation.error().DebugString();
  const std::string link = invitation->link.value_or("");
  auto joined = identity().sign_in().AcceptLink(Browser(), SecretString(link.substr(link.find("#token=") + 7)),
                                                SecretString(kPassword));
  EXPECT_TRUE(joined.ok()) << joined.error().DebugString();
  return *std::move(joined);
}

std::string IdentityTest::TotpCode(const SecretBytes& secret) const {
  return HotpCode(secret.Reveal(), TotpStep(const_cast<IdentityTest*>(this)->clock().Now()), 6);
}

SecretBytes IdentityTest::AddTotp(const Caller& caller, RecoveryCodes* codes) {
  const auto setup = Write([&](WriteTx& tx) { return identity().account().BeginTotp(tx, caller); });
  EXPECT_TRUE(setup.ok()) << setup.error().DebugString();
  SecretBytes secret(Base32Decode(setup->secret));
  const auto made = Write([&](WriteTx& tx) { return identity().account().FinishTotp(tx, caller, TotpCode(secret)); });
  EXPECT_TRUE(made.ok()) << made.error().DebugString();
  if (codes != nullptr) *codes = *made;
  clock().Advance(std::chrono::seconds(30));  // a step that was not used yet
  return secret;
}

void IdentityTest::AddPasskey(const Caller& caller, const VirtualPasskey& passkey) {
  const auto options = Read([&](ReadTx& tx) { return identity().account().PasskeyOptions(tx, caller); });
  ASSERT_TRUE(options.ok()) << options.error().DebugString();
  const Bytes challenge = Base64UrlDecode((*options)["challenge"].StringOr("")).value();
  const auto added = Write([&](WriteTx& tx) {
    return identity().account().AddPasskey(tx, caller, "laptop",
                                           passkey.Create(VirtualPasskey::Creation(Party(), challenge)));
  });
  ASSERT_TRUE(added.ok()) << added.error().DebugString();
}

std::int64_t IdentityTest::Entries(std::string_view action) {
  return Read([&](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM ledger_staged WHERE action = $1", {action}); })
      .value()
      ->Get<std::int64_t>(0);
}

}  // namespace privity
