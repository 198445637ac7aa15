// Salts with which the company itself hashes values before they travel: knowing them, Privity sees that a column of
// hashes is a column of addresses elsewhere.
//
// A salt arrives, is sealed under the installation's key "flows.secrets", and is never answered again. Callable from
// many threads. Errors: flows.salt_unknown (404), flows.salt_name_taken, flows.salts_full (409).
#pragma once

#include "crypto/key_home.h"
#include "datamap/world.h"
#include "flows/forms.h"
#include "identity/caller.h"

namespace privity {

struct SaltTag {};
using SaltId = Id<SaltTag>;

struct Salt {
  SaltId id{};
  std::string name{};
  SaltedHash hash = SaltedHash::kSaltThenValue;
  Instant created_at{};
};
PRIVITY_DESCRIBE(Salt, (id, name, hash, created_at))

struct NewSalt {
  std::string name{};
  SaltedHash hash = SaltedHash::kSaltThenValue;
  SecretString salt{};
};
PRIVITY_DESCRIBE(NewSalt, (name, hash, salt))
std::vector<FieldNote> FieldNotes(const NewSalt*);

class Salts {
 public:
  static constexpr std::int64_t kSaltsMax = 8;  // each is another sketch of every field

  Salts(Ledger& ledger, KeyHome& keys, const Clock& clock) : ledger_(ledger), keys_(keys), clock_(clock) {}

  // In the order of their names.
  Result<std::vector<Salt>> List(ReadTx& tx) const;
  Result<Salt> Create(WriteTx& tx, const Caller& caller, const NewSalt& salt) const;
  // What was found with it stays.
  Status Delete(WriteTx& tx, const Caller& caller, const SaltId& id) const;

  // In the clear, for hashing.
  Result<std::vector<KnownSalt>> Open(ReadTx& tx) const;

 private:
  Ledger& ledger_;
  KeyHome& keys_;
  const Clock& clock_;
};

}  // namespace privity
