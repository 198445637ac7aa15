#include "app/application.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct PersonPath {
  SubjectId id;
};
PRIVITY_DESCRIBE(PersonPath, (id))

struct NamedPath {
  std::string name;
};
PRIVITY_DESCRIBE(NamedPath, (name))

struct KeyJob {
  JobId id;
};
PRIVITY_DESCRIBE(KeyJob, (id))

// Members as `key_home.*` of the configuration, which must say the same before the next start.
struct NewRootKey {
  RootKeyPlace root_key = RootKeyPlace::kFile;
  std::optional<SecretString> passphrase;
  std::optional<std::string> credential;
  std::optional<std::string> pkcs11_module, pkcs11_token, pkcs11_key;
  std::optional<SecretString> pkcs11_pin;

  KeyHomeConfiguration ToConfiguration() const {
    KeyHomeConfiguration to;
    to.root_key = root_key;
    to.passphrase = passphrase.value_or(SecretString());
    to.credential = credential.value_or("");
    to.pkcs11 = {.module = pkcs11_module.value_or(""),
                 .token = pkcs11_token.value_or(""),
                 .key = pkcs11_key.value_or(""),
                 .pin = pkcs11_pin.value_or(SecretString())};
    return to;
  }
};
PRIVITY_DESCRIBE(NewRootKey, (root_key, passphrase, credential, pkcs11_module, pkcs11_token, pkcs11_key, pkcs11_pin))
std::vector<FieldNote> FieldNotes(const NewRootKey*) {
  return {{.name = "root_key", .description = "Where the root key comes from: file, passphrase, credential or pkcs11."},
          {.name = "passphrase", .description = "With passphrase."},
          {.name = "credential", .description = "With credential: its path.", .max_length = 1000},
          {.name = "pkcs11_module", .description = "With pkcs11: path of the library.", .max_length = 1000},
          {.name = "pkcs11_token", .description = "With pkcs11: label of the token.", .max_length = 32},
          {.name = "pkcs11_key", .description = "With pkcs11: label of the key.", .max_length = 200},
          {.name = "pkcs11_pin", .description = "With pkcs11: the user's PIN."}};
}

constexpr Access kRotate = Access::Permission("keys.rotate");

void AddRoot(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/keys/root/rotation",
              .id = "keys.rotate_root",
              .access = kRotate,
              .summary = "Give the key home a new root key",
              .description = "From the same source. Everything stays readable; old copies of the key home no longer "
                             "open with the new key.",
              .command = "keys rotate-root"},
             [application](const Call<>& call) -> Result<RootKeyState> {
               return application->key_care().RotateRoot(call.caller());
             });
  // Only the operator of the machine names paths on it.
  routes.Add({.method = "POST",
              .path = "/v1/keys/root/source",
              .id = "keys.move_root",
              .access = Access::Operator(),
              .summary = "Move the root key to another source",
              .description = "The configuration must name the new source before the next start.",
              .command = "keys move-root"},
             [application](const Call<Nothing, Nothing, NewRootKey>& call) -> Result<RootKeyState> {
               return application->key_care().MoveRoot(call.caller(), call.body.ToConfiguration());
             });
}

}  // namespace

void AddKeyRoutes(RouteTable& routes, Application* application) {
  routes.Add(
      {.method = "GET",
       .path = "/v1/keys",
       .id = "keys.show",
       .access = Access::Permission("keys.read"),
       .summary = "The keys of the installation: versions, ages, states"},
      [application](ReadTx& tx, const Call<>&) -> Result<KeyHomeState> { return application->key_care().Show(tx); });
  AddRoot(routes, application);
  routes.Add(
      {.method = "POST",
       .path = "/v1/keys/named/{name}/rotation",
       .id = "keys.rotate_named",
       .access = kRotate,
       .summary = "Give the ledger, backups or the index of people a new key: ledger.signing, backup, rights.index",
       .description =
           "Old backups stay readable. Checkpoints are signed with the new key and the one before; hand "
           "the new verifier key to everybody who verifies. What stands in the index of people is lifted to the new "
           "key by a job.",
       .command = "keys rotate-named"},
      [application](const Call<NamedPath>& call) -> Result<NamedKeyState> {
        return application->key_care().RotateNamed(call.caller(), call.path.name);
      });
  routes.Add({.method = "POST",
              .path = "/v1/keys/buckets/rotation",
              .id = "keys.rotate_buckets",
              .access = kRotate,
              .summary = "Give every bucket a new key, in the background",
              .description = "Wraps the keys of all people anew. Copies of the database from before it no longer open; "
                             "so take a backup afterwards.",
              .status = 202,
              .command = "keys rotate-buckets"},
             [application](WriteTx& tx, const Call<>& call) -> Result<KeyJob> {
               PRIVITY_TRY(const JobId id, application->key_care().BeginBuckets(tx, call.caller()));
               return KeyJob{id};
             });
  routes.Add({.method = "POST",
              .path = "/v1/keys/people/{id}/rotation",
              .id = "keys.rotate_person",
              .access = kRotate,
              .summary = "Give one person new keys, in the background",
              .description = "Seals what is kept about the person anew and forgets the old keys.",
              .status = 202,
              .command = "keys rotate-person"},
             [application](WriteTx& tx, const Call<PersonPath>& call) -> Result<KeyJob> {
               PRIVITY_TRY(const JobId id, application->key_care().BeginPerson(tx, call.caller(), call.path.id));
               return KeyJob{id};
             });
}

}  // namespace privity
