#include "flows/salts.h"

#include "crypto/seal.h"

namespace privity {
namespace {

constexpr std::string_view kKeyName = "flows.secrets";
constexpr std::string_view kDomain = "privity.flows.salt.v1";

AssociatedData PlaceOf(KeyHome& keys, const SaltId& id) {
  AssociatedData place(kDomain);
  place.Add(keys.installation()).Add(id.uuid());
  return place;
}

Entry EntryOf(const Caller& caller, std::string action, const SaltId& id) {
  return {.action = std::move(action),
          .actor = caller.actor,
          .object_kind = "salt",
          .object_id = id.ToString(),
          .request_id = caller.request_id};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const NewSalt*) {
  return {{.name = "name",
           .description = "Where it is used; each name once.",
           .example = "Advertising exports",
           .format = "line",
           .min_length = 1,
           .max_length = 100},
          {.name = "hash", .description = "How the hash of a value is made with it.", .defaulted = true},
          {.name = "salt", .description = "Empty where the company hashes without one.", .max_length = 200}};
}

Result<std::vector<Salt>> Salts::List(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT id, name, hash, created_at FROM flows_salt ORDER BY name"));
  std::vector<Salt> salts;
  for (const Row& row : rows) {
    PRIVITY_TRY(const auto hash, ParseEnum<SaltedHash>(row.Get<std::string>(2)));
    salts.push_back({row.Get<SaltId>(0), row.Get<std::string>(1), hash, row.Get<Instant>(3)});
  }
  return salts;
}

Result<Salt> Salts::Create(WriteTx& tx, const Caller& caller, const NewSalt& salt) const {
  PRIVITY_TRY(const auto known, List(tx));
  if (static_cast<std::int64_t>(known.size()) >= kSaltsMax) {
    return Error("flows.salts_full", {{"maximum", std::to_string(kSaltsMax)}});
  }
  for (const Salt& each : known) {
    if (each.name == salt.name) return Error("flows.salt_name_taken", {{"name", salt.name}});
  }
  const Salt made{.id = SaltId::New(clock_), .name = salt.name, .hash = salt.hash, .created_at = clock_.Now()};
  PRIVITY_TRY(const VersionedKey key, keys_.Named(kKeyName));
  PRIVITY_TRY(const Bytes sealed, Seal(key.key, key.version, AsBytes(salt.salt.Reveal()), PlaceOf(keys_, made.id)));
  PRIVITY_TRY_VOID(tx.Execute("INSERT INTO flows_salt (id, name, hash, sealed, created_at) VALUES ($1, $2, $3, $4, $5)",
                              {made.id, made.name, EnumText(made.hash), sealed, made.created_at}));
  PRIVITY_TRY_VOID(ledger_.Append(tx, EntryOf(caller, "flows.salt.created", made.id)));
  return made;
}

Status Salts::Delete(WriteTx& tx, const Caller& caller, const SaltId& id) const {
  PRIVITY_TRY(const std::int64_t removed, tx.Execute("DELETE FROM flows_salt WHERE id = $1", {id}));
  if (removed == 0) return Error("flows.salt_unknown");
  PRIVITY_TRY_VOID(ledger_.Append(tx, EntryOf(caller, "flows.salt.deleted", id)));
  return Ok();
}

Result<std::vector<KnownSalt>> Salts::Open(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT id, hash, sealed FROM flows_salt ORDER BY name"));
  std::vector<KnownSalt> salts;
  for (const Row& row : rows) {
    PRIVITY_TRY(const auto hash, ParseEnum<SaltedHash>(row.Get<std::string>(1)));
    const auto sealed = row.Get<Bytes>(2);
    PRIVITY_TRY(const std::uint32_t version, SealedKeyVersion(sealed));
    PRIVITY_TRY(const Key key, keys_.NamedVersion(kKeyName, version));
    const auto id = row.Get<SaltId>(0);
    PRIVITY_TRY(const SecretBytes opened, privity::Open(key, sealed, PlaceOf(keys_, id)));
    salts.push_back({id.ToString(), hash, SecretString(std::string(AsText(opened.Reveal())))});
  }
  return salts;
}

}  // namespace privity
