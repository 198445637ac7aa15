#include "identity/internal/tickets.h"

#include "base/json.h"
#include "crypto/hash.h"
#include "crypto/seal.h"

namespace privity {
namespace {

constexpr std::string_view kKeyName = "identity.tickets";

struct TicketBody {
  Instant expires_at;
  std::string content;
};
PRIVITY_DESCRIBE(TicketBody, (expires_at, content))

AssociatedData PlaceOf(const KeyHome& keys, std::string_view purpose, std::string_view holder) {
  AssociatedData place("privity.identity.ticket.v1");
  place.Add(keys.installation()).Add(purpose).Add(holder);
  return place;
}

}  // namespace

Result<Bytes> Tickets::Issue(std::string_view purpose, std::string_view holder, std::string_view content,
                             std::chrono::seconds lifetime) const {
  PRIVITY_TRY(const VersionedKey key, keys_.Named(kKeyName));
  const std::string body = ToJson(TicketBody{clock_.Now() + lifetime, std::string(content)});
  return Seal(key.key, key.version, AsBytes(body), PlaceOf(keys_, purpose, holder));
}

Result<std::string> Tickets::Open(std::string_view purpose, std::string_view holder, BytesView ticket) const {
  const Error invalid("identity.ticket_invalid");
  const auto version = SealedKeyVersion(ticket);
  if (!version.ok()) return invalid;
  const auto key = keys_.NamedVersion(kKeyName, *version);
  if (!key.ok()) return invalid;
  const auto opened = privity::Open(*key, ticket, PlaceOf(keys_, purpose, holder));
  if (!opened.ok()) return invalid;
  PRIVITY_TRY(TicketBody body, FromJson<TicketBody>(AsText(opened->Reveal())));
  if (body.expires_at <= clock_.Now()) return invalid;
  return std::move(body.content);
}

Status Tickets::Spend(WriteTx& tx, BytesView ticket) const {
  const Sha256Digest hash = Sha256(ticket);
  PRIVITY_TRY(const std::int64_t fresh,
              tx.Execute("INSERT INTO identity_spent (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
                         {BytesView(hash), clock_.Now() + kSpendableLifetime}));
  if (fresh == 0) return Error("identity.ticket_invalid");
  return Ok();
}

Status Tickets::Sweep(WriteTx& tx) const {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_spent WHERE expires_at < $1", {clock_.Now()}));
  return Ok();
}

}  // namespace privity
