#include "server/idempotency.h"

#include <algorithm>

#include "base/json.h"
#include "crypto/hash.h"
#include "crypto/key.h"
#include "crypto/seal.h"

namespace privity {
namespace {

constexpr std::string_view kDomain = "privity.idempotency.v1";

struct KeptField {
  std::string name, value;
};
PRIVITY_DESCRIBE(KeptField, (name, value))

struct KeptAnswer {
  int status = 0;
  std::vector<KeptField> fields;
  std::string body;
};
PRIVITY_DESCRIBE(KeptAnswer, (status, fields, body))

// Every part with its length before it, so that no two lists of parts spell the same bytes.
Bytes Join(std::initializer_list<std::string_view> parts) {
  AssociatedData joined(kDomain);
  for (const std::string_view part : parts) joined.Add(part);
  return Bytes(joined.bytes().begin(), joined.bytes().end());
}

std::string HashHex(std::initializer_list<std::string_view> parts) {
  return HexEncode(Sha256(Join(parts)));
}

Key KeyFrom(std::string_view secret, std::string_view purpose) {
  const Bytes bytes = HkdfSha256(AsBytes(secret), AsBytes(kDomain), AsBytes(purpose), Key::kBytes);
  auto key = Key::FromBytes(bytes);
  Invariant(key.ok(), "HKDF gives as many bytes as asked for");
  return *std::move(key);
}

AssociatedData Place(std::string_view slot) {
  AssociatedData place(kDomain);
  place.Add(slot);
  return place;
}

}  // namespace

std::vector<Migration> ServerMigrations() {
  return {{"server", 1, "answers kept for Idempotency-Key",
           "CREATE TABLE server_idempotency ("
           "  slot text PRIMARY KEY,"      // SHA-256 of principal and key
           "  fingerprint text NOT NULL,"  // HMAC of the request, keyed by the client's key
           "  answer bytea NOT NULL,"      // sealed under the client's key
           "  expires_at bigint NOT NULL);"
           "CREATE INDEX server_idempotency_expiry ON server_idempotency (expires_at);"}};
}

Result<IdempotencyKeys::Use> IdempotencyKeys::Begin(const Actor& actor, std::string_view key, const Request& request) {
  const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (!visible || key.size() < kKeyCharactersMin || key.size() > kKeyCharactersMax) {
    return Error("server.idempotency_key_invalid");
  }
  const std::string principal = std::string(EnumText(actor.kind)) + ":" + actor.id;
  std::string slot = HashHex({principal, key});
  const Key fingerprint_key = KeyFrom(key, "fingerprint");
  const Bytes asked = Join({request.method, request.path, request.query, request.body});
  std::string fingerprint = HexEncode(HmacSha256(fingerprint_key.Reveal(), asked));
  const bool is_free = running_.With([&](auto& running) { return running.insert(slot).second; });
  if (!is_free) return Error("server.idempotency_key_running");
  return Use(*this, std::move(slot), principal + "\n" + std::string(key), std::move(fingerprint));
}

IdempotencyKeys::Use::Use(IdempotencyKeys& keys, std::string slot, std::string secret, std::string fingerprint)
    : keys_(&keys), slot_(std::move(slot)), secret_(std::move(secret)), fingerprint_(std::move(fingerprint)) {}

IdempotencyKeys::Use::Use(Use&& other) noexcept
    : keys_(std::exchange(other.keys_, nullptr)),
      slot_(std::move(other.slot_)),
      secret_(std::move(other.secret_)),
      fingerprint_(std::move(other.fingerprint_)) {}

IdempotencyKeys::Use::~Use() {
  if (keys_ != nullptr) keys_->running_.With([&](auto& running) { running.erase(slot_); });
}

Result<std::optional<Response>> IdempotencyKeys::Use::Find(ReadTx& tx) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT fingerprint, answer FROM server_idempotency WHERE slot = $1 AND expires_at > $2",
                          {slot_, keys_->clock_.Now()}));
  if (!row) return std::optional<Response>();
  if (row->Get<std::string>(0) != fingerprint_) return Error("server.idempotency_key_reused");
  PRIVITY_TRY(const SecretBytes opened, Open(KeyFrom(secret_, "answer"), row->Get<Bytes>(1), Place(slot_)));
  PRIVITY_TRY(KeptAnswer kept, FromJson<KeptAnswer>(AsText(opened.Reveal())));
  Response response;
  response.status = kept.status;
  for (const KeptField& field : kept.fields) response.headers.Add(field.name, field.value);
  response.headers.Add("Idempotency-Replayed", "true");
  response.body = std::move(kept.body);
  return std::optional<Response>(std::move(response));
}

Status IdempotencyKeys::Use::Keep(WriteTx& tx, const Response& response) const {
  KeptAnswer kept{response.status, {}, std::string(response.text())};
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    const auto [name, value] = response.headers.at(i);
    kept.fields.push_back({std::string(name), std::string(value)});
  }
  PRIVITY_TRY(const Bytes sealed, Seal(KeyFrom(secret_, "answer"), 1, AsBytes(ToJson(kept)), Place(slot_)));
  const Instant now = keys_->clock_.Now();
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM server_idempotency WHERE expires_at <= $1", {now}));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO server_idempotency (slot, fingerprint, answer, expires_at) VALUES ($1, $2, $3, $4)",
                 {slot_, fingerprint_, sealed, now + kKeptFor}));
  return Ok();
}

}  // namespace privity
