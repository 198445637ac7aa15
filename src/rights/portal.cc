#include "rights/portal.h"

#include <algorithm>

#include "base/json.h"
#include "base/random.h"
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "crypto/token.h"
#include "identity/sign_in_limits.h"
#include "rights/identifier_index.h"

namespace privity {
namespace {

using namespace std::chrono_literals;

struct CodePayload {
  std::string visit;  // hash of its cookie
};
PRIVITY_DESCRIBE(CodePayload, (visit))

std::string TokenHash(const SecretString& cookie) {
  return HexEncode(Sha256({AsBytes("privity.portal-visit.v1"), AsBytes(cookie.Reveal())}));
}

AssociatedData AboutVisit(const std::string& token_hash) {
  AssociatedData data("privity.portal-address.v1");
  data.Add(std::string_view(token_hash));
  return data;
}

std::string NewCode() {
  std::string code;
  for (int i = 0; i < kCodeDigits; ++i) code += static_cast<char>('0' + RandomBelow(10));
  return code;
}

// What people type: digits, perhaps in groups.
std::string Digits(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c >= '0' && c <= '9' && digits.size() <= kCodeDigits) digits += c;
  }
  return digits;
}

Error TooMany(Duration wait) {
  const auto seconds = std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(wait).count());
  return Error("rights.too_many_tries", {{"retry_after_seconds", std::to_string(seconds)}});
}

}  // namespace

// Counted before anything is looked at; over the limit it is refused uncounted.
Status Portal::Count(WriteTx& tx, const std::string& counter, int most, Duration window) {
  const Instant now = world_.clock.Now();
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT tries, since FROM rights_portal_attempt WHERE counter = $1", {counter}));
  std::int64_t tries = row ? row->Get<std::int64_t>(0) : 0;
  Instant since = row ? row->Get<Instant>(1) : now;
  if (since + window <= now) {
    tries = 0;
    since = now;
  }
  if (tries >= most) return TooMany(since + window - now);
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO rights_portal_attempt (counter, tries, since) VALUES ($1, $2, $3) ON "
                 "CONFLICT (counter) DO UPDATE SET tries = excluded.tries, since = excluded.since",
                 {counter, tries + 1, since}));
  return Ok();
}

Status Portal::CountVisit(WriteTx& tx, const std::string& network) {
  PRIVITY_TRY_VOID(Count(tx, "network:" + AddressCounter(network), kVisitsOfNetworkMax, 15min));
  return Count(tx, "all", kVisitsMax, 1h);
}

Result<PortalVisit> Portal::Begin(WriteTx& tx, const std::string& email, const std::string& language,
                                  const std::string& network) {
  PRIVITY_TRY_VOID(Mailbox::Create(email));
  const std::string address = requests_.AddressIndex(email);
  PRIVITY_TRY_VOID(CountVisit(tx, network));
  PRIVITY_TRY_VOID(Count(tx, "address:" + address, kCodesOfAddressMax, 1h));
  const Instant now = world_.clock.Now();
  PortalVisit visit{.cookie = RandomToken(), .expires_at = now + kVisitLifetime};
  const std::string hash = TokenHash(visit.cookie);
  PRIVITY_TRY(const VersionedKey key, world_.key_home.Named("rights.portal"));
  PRIVITY_TRY(const Bytes sealed, Seal(key.key, key.version, AsBytes(email), AboutVisit(hash)));
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO rights_portal_session (token, address, email, language, code, tries, code_expires_at, proven_at, "
      "expires_at) VALUES ($1, $2, $3, $4, NULL, 0, $5, NULL, $6)",
      {hash, address, sealed, language, now + kCodeLifetime, visit.expires_at}));
  PRIVITY_TRY_VOID(
      jobs_.Enqueue(tx, {.kind = std::string(kCodeJob), .payload = ToJsonValue(CodePayload{hash}), .max_attempts = 3}));
  return visit;
}

// What a browser proved, and until when that holds.
struct Portal::Proven {
  std::string address;
  ProofMethod method = ProofMethod::kEmailCode;
  std::set<std::string> covers;
  Instant expires_at{};
};

Result<std::optional<Portal::Proven>> Portal::ProvenBy(ReadTx& tx, const SecretString& cookie) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT address, method, covers, expires_at FROM rights_portal_session WHERE token = $1 AND "
                          "proven_at IS NOT NULL AND expires_at > $2",
                          {TokenHash(cookie), world_.clock.Now()}));
  if (!row) return std::optional<Proven>();
  Proven proven;
  proven.address = row->Get<std::string>(0);
  proven.expires_at = row->Get<Instant>(3);
  proven.covers = {proven.address};
  if (const auto method = row->Get<std::optional<std::string>>(1)) {
    PRIVITY_TRY(proven.method, ParseEnum<ProofMethod>(*method));
    PRIVITY_TRY(const auto covers, FromJson<std::vector<std::string>>(row->Get<std::string>(2)));
    proven.covers = {covers.begin(), covers.end()};
  }
  return std::optional(std::move(proven));
}

Result<PortalVisit> Portal::BeginProven(WriteTx& tx, const std::string& email,
                                        const std::vector<Identifier>& identifiers, const std::string& language,
                                        const std::string& network) {
  PRIVITY_TRY_VOID(CountVisit(tx, network));
  const Instant now = world_.clock.Now();
  PortalVisit visit{.cookie = RandomToken(), .expires_at = now + kVisitLifetime, .proven = true};
  const std::string hash = TokenHash(visit.cookie);
  const std::string address = requests_.AddressIndex(email);
  const IdentifierIndex index(world_.key_home);
  std::vector<std::string> covers = {address};
  for (const Identifier& each : identifiers) covers.push_back(index.Of(each));
  PRIVITY_TRY(const VersionedKey key, world_.key_home.Named("rights.portal"));
  PRIVITY_TRY(const Bytes sealed, Seal(key.key, key.version, AsBytes(email), AboutVisit(hash)));
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO rights_portal_session (token, address, email, language, code, tries, code_expires_at, proven_at, "
      "expires_at, method, covers) VALUES ($1, $2, $3, $4, NULL, 0, $5, $5, $6, $7, $8)",
      {hash, address, sealed, language, now, visit.expires_at, EnumText(ProofMethod::kAssertion), ToJson(covers)}));
  PRIVITY_TRY_VOID(world_.ledger.Append(
      tx, {.action = "rights.portal.asserted", .actor = {ActorKind::kSubject, ""}, .details = {}}));
  PRIVITY_TRY_VOID(requests_.ProveAddress(tx, address, ProofMethod::kAssertion, {covers.begin(), covers.end()}));
  return visit;
}

Result<PortalVisit> Portal::Ask(WriteTx& tx, const NewRightsRequest& request, const std::string& network,
                                RightsRequestId* made, const SecretString& cookie) {
  PRIVITY_TRY(const std::optional<Proven> proven, ProvenBy(tx, cookie));
  const bool goes_on = proven && proven->address == requests_.AddressIndex(request.content.email);
  PortalVisit visit;
  if (goes_on) {
    PRIVITY_TRY_VOID(CountVisit(tx, network));
    visit = {.cookie = cookie, .expires_at = proven->expires_at, .proven = true};
  } else {
    PRIVITY_TRY(visit, Begin(tx, request.content.email, request.language, network));
  }
  const Caller person{.actor = {ActorKind::kSubject, ""},
                      .user = {},
                      .session = {},
                      .proved_at = {},
                      .permissions = {},
                      .request_id = {},
                      .address = network};
  PRIVITY_TRY(const RightsRequest created, requests_.Create(tx, person, request, RequestChannel::kPortal));
  *made = created.id;
  if (goes_on) PRIVITY_TRY_VOID(requests_.ProveAddress(tx, proven->address, proven->method, proven->covers));
  return visit;
}

// Keyed: who reads the database alone cannot try the hundred million codes. Bound to the visit, so a code of another
// browser is another hash.
Result<std::string> Portal::HashOf(const std::string& token_hash, std::string_view code) const {
  PRIVITY_TRY(const VersionedKey key, world_.key_home.Named("rights.code"));
  return HexEncode(HmacSha256(key.key.Reveal(), {AsBytes(token_hash), AsBytes(" "), AsBytes(code)}));
}

JobHandler Portal::Handler() {
  return [this](JobContext& context) { return SendCode(context); };
}

Status Portal::SendCode(JobContext& context) {
  PRIVITY_TRY(const CodePayload payload, context.Payload<CodePayload>());
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT address, email, language FROM rights_portal_session WHERE token = "
                                            "$1 AND code_expires_at > $2",
                                            {payload.visit, world_.clock.Now()}));
    if (!row) return Ok();  // over before the letter could be written
    PRIVITY_TRY(const auto known, requests_.OfAddress(tx, row->Get<std::string>(0)));
    if (known.empty() || !world_.mailer.is_configured()) return Ok();
    const std::string code = NewCode();
    PRIVITY_TRY(const std::string hash, HashOf(payload.visit, code));
    const auto sealed = row->Get<Bytes>(1);
    PRIVITY_TRY(const std::uint32_t version, SealedKeyVersion(sealed));
    PRIVITY_TRY(const Key key, world_.key_home.NamedVersion("rights.portal", version));
    PRIVITY_TRY(const SecretBytes email, Open(key, sealed, AboutVisit(payload.visit)));
    PRIVITY_TRY(const Mailbox to, Mailbox::Create(AsText(email.Reveal())));
    PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
    PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_portal_session SET code = $2, code_expires_at = $3 WHERE token = $1",
                                {payload.visit, hash, world_.clock.Now() + kCodeLifetime}));
    PRIVITY_TRY_VOID(world_.mailer.Enqueue(tx, {.template_key = "rights.mail_code",
                                                .language = row->Get<std::string>(2),
                                                .to = to,
                                                .variables = {{"organization", organization.name},
                                                              {"code", code},
                                                              {"minutes", std::to_string(kCodeLifetime.count())}}}));
    return context.CompleteIn(tx);
  });
}

Status Portal::Confirm(const SecretString& cookie, const std::string& code) {
  const std::string token = TokenHash(cookie);
  PRIVITY_TRY(const std::string given, HashOf(token, Digits(code)));
  const Instant now = world_.clock.Now();
  // The try is committed whatever comes of it; only then is the answer given.
  PRIVITY_TRY(const bool right, world_.store.Write([&](WriteTx& tx) -> Result<bool> {
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT address, code, tries, code_expires_at FROM rights_portal_session "
                                            "WHERE token = $1 AND expires_at > $2",
                                            {token, now}));
    if (!row) return false;
    const auto address = row->Get<std::string>(0);
    PRIVITY_TRY_VOID(Count(tx, "code:" + address, kWrongCodesMax, 24h));
    PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_portal_session SET tries = tries + 1 WHERE token = $1", {token}));
    const auto wanted = row->Get<std::optional<std::string>>(1);
    const bool usable = wanted && row->Get<std::int64_t>(2) < kCodeTries && row->Get<Instant>(3) > now;
    // Compared even when it cannot be right: time tells nothing.
    const bool equal = EqualInConstantTime(AsBytes(wanted.value_or(std::string(given.size(), '-'))), AsBytes(given));
    if (!usable || !equal) return false;
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE rights_portal_session SET code = NULL, proven_at = $2, expires_at = $3 WHERE "
                   "token = $1",
                   {token, now, now + kVisitLifetime}));
    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_portal_attempt WHERE counter = $1", {"code:" + address}));
    PRIVITY_TRY_VOID(world_.ledger.Append(
        tx, {.action = "rights.portal.proven", .actor = {ActorKind::kSubject, ""}, .details = {}}));
    PRIVITY_TRY_VOID(requests_.ProveAddress(tx, address, ProofMethod::kEmailCode, {address}));
    return true;
  }));
  return right ? Ok() : Status(Error("rights.code_wrong"));
}

Result<std::string> Portal::Who(ReadTx& tx, const SecretString& cookie) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT address FROM rights_portal_session WHERE token = $1 AND proven_at IS "
                                          "NOT NULL AND expires_at > $2",
                                          {TokenHash(cookie), world_.clock.Now()}));
  if (!row) return Error("rights.not_signed_in");
  return row->Get<std::string>(0);
}

Status Portal::End(WriteTx& tx, const SecretString& cookie) {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_portal_session WHERE token = $1", {TokenHash(cookie)}));
  return Ok();
}

Status Portal::Sweep(WriteTx& tx) {
  const Instant now = world_.clock.Now();
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_portal_session WHERE expires_at < $1", {now}));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_portal_attempt WHERE since < $1", {now - 24h}));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_assertion_used WHERE expires_at < $1", {now}));
  return Ok();
}

}  // namespace privity
