#include "rights/portal.h"

#include <algorithm>

#include "base/json.h"
#include "base/random.h"
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "crypto/token.h"
#include "identity/sign_in_limits.h"
#include "rights/identifier_index.h"
#include "words/catalog.h"

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

std::string PhoneIndex(KeyHome& home, const std::string& number) {
  return IdentifierIndex(home).Of({.kind = "phone", .value = number});
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

Status Portal::CheckChannel(ReadTx& tx, CodeChannel channel) const {
  if (channel == CodeChannel::kMail) return Ok();
  PRIVITY_TRY(const bool is_on, texts_.IsOn(tx));
  return is_on ? Ok() : Status(Error("rights.texts_off"));
}

Status Portal::QueueCode(WriteTx& tx, const std::string& token_hash) const {
  PRIVITY_TRY_VOID(jobs_.Enqueue(
      tx, {.kind = std::string(kCodeJob), .payload = ToJsonValue(CodePayload{token_hash}), .max_attempts = 3}));
  return Ok();
}

Result<PortalVisit> Portal::Begin(WriteTx& tx, const std::string& email, const std::string& language,
                                  const std::string& network, CodeChannel channel) {
  PRIVITY_TRY_VOID(Mailbox::Create(email));
  PRIVITY_TRY_VOID(CheckChannel(tx, channel));
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
      "expires_at, channel) VALUES ($1, $2, $3, $4, NULL, 0, $5, NULL, $6, $7)",
      {hash, address, sealed, language, now + kCodeLifetime, visit.expires_at, EnumText(channel)}));
  PRIVITY_TRY_VOID(QueueCode(tx, hash));
  return visit;
}

// The tries begin anew with the new code; wrong ones of the whole day are counted by the address (kWrongCodesMax).
Status Portal::AnotherCode(WriteTx& tx, const SecretString& cookie, CodeChannel channel, const std::string& network) {
  PRIVITY_TRY_VOID(CheckChannel(tx, channel));
  const std::string token = TokenHash(cookie);
  const Instant now = world_.clock.Now();
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT address FROM rights_portal_session WHERE token = $1 AND expires_at > "
                                          "$2",
                                          {token, now}));
  if (!row) return Error("rights.not_signed_in");
  PRIVITY_TRY_VOID(CountVisit(tx, network));
  PRIVITY_TRY_VOID(Count(tx, "address:" + row->Get<std::string>(0), kCodesOfAddressMax, 1h));
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE rights_portal_session SET code = NULL, tries = 0, code_expires_at = $2, channel = $3 WHERE token = $1",
      {token, now + kCodeLifetime, EnumText(channel)}));
  return QueueCode(tx, token);
}

// What a browser proved, and until when that holds.
struct Portal::Proven {
  std::string email;
  std::string address;  // its hash
  ProofMethod method = ProofMethod::kEmailCode;
  std::set<std::string> covers;
  Instant expires_at{};
};

Result<std::string> Portal::EmailIn(const std::string& token_hash, const Bytes& sealed) const {
  PRIVITY_TRY(const std::uint32_t version, SealedKeyVersion(sealed));
  PRIVITY_TRY(const Key key, world_.key_home.NamedVersion("rights.portal", version));
  PRIVITY_TRY(const SecretBytes email, Open(key, sealed, AboutVisit(token_hash)));
  return std::string(AsText(email.Reveal()));
}

Result<std::optional<Portal::Proven>> Portal::ProvenBy(ReadTx& tx, const SecretString& cookie) const {
  PRIVITY_TRY(
      const auto row,
      tx.QueryOne("SELECT address, method, covers, expires_at, email FROM rights_portal_session WHERE token = $1 AND "
                  "proven_at IS NOT NULL AND expires_at > $2",
                  {TokenHash(cookie), world_.clock.Now()}));
  if (!row) return std::optional<Proven>();
  Proven proven;
  const IdentifierIndex index(world_.key_home);
  proven.address = index.Lifted(row->Get<std::string>(0));
  PRIVITY_TRY(proven.email, EmailIn(TokenHash(cookie), row->Get<Bytes>(4)));
  proven.expires_at = row->Get<Instant>(3);
  proven.covers = {proven.address};
  if (const auto method = row->Get<std::optional<std::string>>(1)) {
    PRIVITY_TRY(proven.method, ParseEnum<ProofMethod>(*method));
    PRIVITY_TRY(const auto covers, FromJson<std::vector<std::string>>(row->Get<std::string>(2)));
    proven.covers.clear();
    for (const std::string& hash : covers) proven.covers.insert(index.Lifted(hash));
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
  PRIVITY_TRY_VOID(requests_.ProveAddress(tx, email, ProofMethod::kAssertion, {covers.begin(), covers.end()}));
  return visit;
}

Result<PortalVisit> Portal::Ask(WriteTx& tx, const NewRightsRequest& request, const std::string& network,
                                RightsRequestId* made, const SecretString& cookie, CodeChannel channel) {
  PRIVITY_TRY(const std::optional<Proven> proven, ProvenBy(tx, cookie));
  const bool goes_on = proven && proven->address == requests_.AddressIndex(request.content.email);
  PortalVisit visit;
  if (goes_on) {
    PRIVITY_TRY_VOID(CountVisit(tx, network));
    visit = {.cookie = cookie, .expires_at = proven->expires_at, .proven = true};
  } else {
    PRIVITY_TRY(visit, Begin(tx, request.content.email, request.language, network, channel));
  }
  PRIVITY_TRY(const RightsRequest created,
              requests_.Create(tx, SubjectCaller(network), request, RequestChannel::kPortal));
  *made = created.id;
  visit.needs_proof = !created.proven;
  if (goes_on) PRIVITY_TRY_VOID(requests_.ProveAddress(tx, proven->email, proven->method, proven->covers));
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

// What a visit ordered, of an address that has requests.
struct Portal::Ordered {
  std::string visit;
  std::string address;
  std::string email;
  std::string language;
  CodeChannel channel = CodeChannel::kMail;
  std::string organization;
};

// A letter is queued in the transaction that keeps the code's hash; a text message is sent behind it. An attempt that
// fails makes another code.
Status Portal::SendCode(JobContext& context) {
  PRIVITY_TRY(const CodePayload payload, context.Payload<CodePayload>());
  PRIVITY_TRY(const auto text, world_.store.Write([&](WriteTx& tx) { return Prepare(tx, context, payload.visit); }));
  return text ? texts_.Send(*text) : Ok();
}

Result<std::optional<TextMessage>> Portal::Prepare(WriteTx& tx, JobContext& context, const std::string& visit) {
  const auto nothing = std::optional<TextMessage>();
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT address, email, language, channel, code FROM rights_portal_session "
                                          "WHERE token = $1 AND code_expires_at > $2",
                                          {visit, world_.clock.Now()}));
  if (!row) return nothing;  // over before the letter could be written
  // Ordered twice in a moment: the code that is there went the way that was wanted last.
  if (context.attempt() == 1 && row->Get<std::optional<std::string>>(4)) return nothing;
  Ordered ordered{.visit = visit,
                  .address = row->Get<std::string>(0),
                  .email = {},
                  .language = row->Get<std::string>(2),
                  .organization = {}};
  PRIVITY_TRY(ordered.channel, ParseEnum<CodeChannel>(row->Get<std::optional<std::string>>(3).value_or("mail")));
  PRIVITY_TRY(ordered.email, EmailIn(visit, row->Get<Bytes>(1)));
  PRIVITY_TRY(const auto known, requests_.OfAddress(tx, ordered.email));
  const bool is_mail = ordered.channel == CodeChannel::kMail;
  if (known.empty() || (is_mail && !world_.mailer.is_configured())) return nothing;
  PRIVITY_TRY(const auto number, is_mail ? std::optional<std::string>() : NumberFor(tx, ordered));
  if (!is_mail && !number) return nothing;
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  ordered.organization = organization.name;
  const std::string code = NewCode();
  PRIVITY_TRY(const std::string hash, HashOf(visit, code));
  const auto proves = number ? std::optional(PhoneIndex(world_.key_home, *number)) : std::nullopt;
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE rights_portal_session SET code = $2, code_expires_at = $3, number = $4 WHERE token = $1",
                 {visit, hash, world_.clock.Now() + kCodeLifetime, proves}));
  if (number) {
    const std::array<WordsParameter, 3> values = {WordsParameter{"organization", ordered.organization},
                                                  {"code", code},
                                                  {"minutes", std::to_string(kCodeLifetime.count())}};
    TextMessage text{.kind = "rights.code", .to = *number, .language = ordered.language, .text = {}};
    PRIVITY_TRY(text.text, world_.texts.Filled(tx, RequestTextName::kTextCode, ordered.language, values));
    return std::optional(std::move(text));
  }
  PRIVITY_TRY_VOID(MailCode(tx, ordered, code));
  PRIVITY_TRY_VOID(context.CompleteIn(tx));
  return nothing;
}

Status Portal::MailCode(WriteTx& tx, const Ordered& ordered, const std::string& code) const {
  PRIVITY_TRY(const Mailbox to, Mailbox::Create(ordered.email));
  PRIVITY_TRY_VOID(world_.mailer.Enqueue(tx, {.template_key = "rights.mail_code",
                                              .language = ordered.language,
                                              .to = to,
                                              .variables = {{"organization", ordered.organization},
                                                            {"code", code},
                                                            {"minutes", std::to_string(kCodeLifetime.count())}}}));
  return Ok();
}

// The number that a text goes to. None without one, and when it got enough today: the answer was given long ago.
Result<std::optional<std::string>> Portal::NumberFor(WriteTx& tx, const Ordered& ordered) {
  PRIVITY_TRY(const auto number, requests_.PhoneOf(tx, ordered.email));
  PRIVITY_TRY(const bool may_text, number ? texts_.MayText(tx, *number) : Result<bool>(false));
  if (!may_text) return std::optional<std::string>();
  for (const Status& counted : {Count(tx, "number:" + PhoneIndex(world_.key_home, *number), kTextsOfNumberMax, 24h),
                                Count(tx, "texts", kTextsMax, 1h)}) {
    if (counted.ok()) continue;
    if (counted.error().Is("rights.too_many_tries")) return std::optional<std::string>();
    return counted.error();
  }
  return number;
}

Status Portal::Confirm(const SecretString& cookie, const std::string& code) {
  const std::string token = TokenHash(cookie);
  PRIVITY_TRY(const std::string given, HashOf(token, Digits(code)));
  const Instant now = world_.clock.Now();
  // The try is committed whatever comes of it; only then is the answer given.
  PRIVITY_TRY(const bool right, world_.store.Write([&](WriteTx& tx) -> Result<bool> {
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT address, code, tries, code_expires_at, number, email FROM "
                                            "rights_portal_session WHERE token = $1 AND expires_at > $2",
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
    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_portal_attempt WHERE counter = $1", {"code:" + address}));
    PRIVITY_TRY(const std::string email, EmailIn(token, row->Get<Bytes>(5)));
    PRIVITY_TRY_VOID(Prove(tx, cookie, email, row->Get<std::optional<std::string>>(4)));
    return true;
  }));
  return right ? Ok() : Status(Error("rights.code_wrong"));
}

// `number`: the keyed hash of the one that the code was texted to; none: it was mailed to the address.
Status Portal::Prove(WriteTx& tx, const SecretString& cookie, const std::string& email,
                     const std::optional<std::string>& number) {
  PRIVITY_TRY(const std::optional<Proven> before, ProvenBy(tx, cookie));
  const std::string address = requests_.AddressIndex(email);
  Proven after;
  after.email = email;
  after.address = address;
  after.method = number ? ProofMethod::kTextCode : ProofMethod::kEmailCode;
  after.covers = {number ? IdentifierIndex(world_.key_home).Lifted(*number) : address};
  PRIVITY_TRY_VOID(
      world_.ledger.Append(tx, {.action = "rights.portal.proven", .actor = {ActorKind::kSubject, ""}, .details = {}}));
  PRIVITY_TRY_VOID(requests_.ProveAddress(tx, email, after.method, after.covers));
  // A browser that proved the address sees all there is: a number beside it opens nothing more.
  if (number && before && before->covers.contains(address)) after = *before;
  const Instant now = world_.clock.Now();
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE rights_portal_session SET code = NULL, number = NULL, proven_at = $2, expires_at = $3, method "
                 "= $4, covers = $5 WHERE token = $1",
                 {TokenHash(cookie), now, now + kVisitLifetime, EnumText(after.method),
                  ToJson(std::vector<std::string>(after.covers.begin(), after.covers.end()))}));
  return Ok();
}

Result<ProvenPerson> Portal::Who(ReadTx& tx, const SecretString& cookie) const {
  PRIVITY_TRY(const std::optional<Proven> proven, ProvenBy(tx, cookie));
  if (!proven) return Error("rights.not_signed_in");
  return ProvenPerson{.addresses = requests_.AddressIndexes(proven->email), .covers = proven->covers};
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
