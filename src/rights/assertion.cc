#include "rights/assertion.h"

#include <algorithm>

#include "base/json.h"
#include "crypto/hash.h"
#include "identity/jwt.h"
#include "rights/internal/settings_row.h"

namespace privity {
namespace {

constexpr std::chrono::seconds kClockSkew{60};
constexpr std::string_view kSettingsTable = "rights_assertion_settings";
constexpr std::size_t kTokenNameMax = 200;

Error Invalid(std::string problem) {
  return Error("rights.assertion_invalid", {{"problem", std::move(problem)}});
}

std::optional<Instant> TimeIn(const Json& claims, std::string_view name) {
  const auto* seconds = claims[name].integer();
  if (seconds == nullptr || *seconds < 0 || *seconds > 253'402'300'799) return std::nullopt;  // the year 9999
  return Instant(std::chrono::seconds(*seconds));
}

bool IsFor(const Json& audience, const std::string& us) {
  if (const std::string* one = audience.string()) return *one == us;
  const Json::Items* all = audience.items();
  return all != nullptr && std::ranges::any_of(*all, [&](const Json& each) { return each.StringOr("") == us; });
}

Status CheckTimes(const Json& claims, Instant now) {
  const auto issued = TimeIn(claims, "iat");
  const auto expires = TimeIn(claims, "exp");
  if (!issued || !expires) return Invalid("claims");
  const bool is_young = *issued <= now + kClockSkew && now - *issued <= kAssertionLifetime;
  const auto not_before = TimeIn(claims, "nbf");
  const bool has_begun = !claims.Has("nbf") || (not_before && *not_before <= now + kClockSkew);
  return is_young && has_begun && *expires > now ? Ok() : Status(Invalid("time"));
}

}  // namespace

std::vector<FieldNote> FieldNotes(const AssertionSettings*) {
  return {{.name = "enabled", .description = "Whether tokens are taken.", .defaulted = true},
          {.name = "issuer",
           .description = "What `iss` must be.",
           .example = "https://login.example.org",
           .max_length = 300,
           .defaulted = true},
          {.name = "audience", .description = "What `aud` must hold.", .max_length = 300, .defaulted = true},
          {.name = "keys",
           .description = "A JWK set with the public keys of the login: Ed25519, P-256, RSA.",
           .max_length = 100'000,
           .defaulted = true},
          {.name = "email_claim",
           .description = "The claim with the address.",
           .min_length = 1,
           .max_length = 100,
           .defaulted = true},
          {.name = "identifier_claims",
           .description = "Other identifiers that a token proves: by their kind, the claim.",
           .example = R"({"customer_number": "sub"})",
           .max_length = 20,
           .defaulted = true},
          {.name = "version", .read_only = true}};
}

Result<AssertionSettings> Assertions::Settings(ReadTx& tx) const {
  return LoadSettings<AssertionSettings>(tx, kSettingsTable);
}

Result<AssertionSettings> Assertions::PutSettings(WriteTx& tx, const Caller& caller, const AssertionSettings& settings,
                                                  std::optional<std::int64_t> expected_version) {
  PRIVITY_TRY(const AssertionSettings before, Settings(tx));
  if (expected_version && *expected_version != before.version) return Error("rights.settings_changed_meanwhile");
  if (settings.enabled) {
    const auto keys = JwkSet::Parse(settings.keys);
    const bool is_whole = keys.ok() && keys->size() > 0 && !settings.issuer.empty() && !settings.audience.empty();
    if (!is_whole) return Error("rights.assertion_keys");
  }
  return SaveSettings(tx, kSettingsTable, world_, caller, settings, before.version);
}

Result<PortalVisit> Assertions::Accept(WriteTx& tx, const std::string& token, const std::string& language,
                                       const std::string& network) {
  PRIVITY_TRY(const AssertionSettings settings, Settings(tx));
  if (!settings.enabled) return Invalid("off");
  PRIVITY_TRY(const JwkSet keys, JwkSet::Parse(settings.keys));
  const Result<Json> claims = keys.Verify(token);
  if (!claims.ok()) return Invalid("signature");
  if ((*claims)["iss"].StringOr("") != settings.issuer) return Invalid("issuer");
  if (!IsFor((*claims)["aud"], settings.audience)) return Invalid("audience");
  PRIVITY_TRY_VOID(CheckTimes(*claims, world_.clock.Now()));
  const std::string name = (*claims)["jti"].StringOr("");
  const std::string email = (*claims)[settings.email_claim].StringOr("");
  const bool is_verified = !claims->Has("email_verified") || (*claims)["email_verified"].BooleanOr(false);
  if (name.empty() || name.size() > kTokenNameMax || !is_verified || !Mailbox::Create(email).ok()) {
    return Invalid("claims");
  }
  const std::string hash = HexEncode(BytesView(Sha256({AsBytes("privity.assertion.v1"), AsBytes(name)})));
  PRIVITY_TRY(const std::int64_t rows,
              tx.Execute("INSERT INTO rights_assertion_used (hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                         {hash, world_.clock.Now() + 2 * kAssertionLifetime}));
  if (rows == 0) return Invalid("used");
  std::vector<Identifier> identifiers;
  for (const auto& [kind, claim] : settings.identifier_claims) {
    const std::string value = (*claims)[claim].StringOr("");
    if (!value.empty()) identifiers.push_back({.kind = kind, .value = value});
  }
  return portal_.BeginProven(tx, email, identifiers, language, network);
}

}  // namespace privity
