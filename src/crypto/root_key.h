// Where the root key of a key home comes from. It opens the key home's file and nothing else.
//
//   File         32 random bytes in `root.key` inside the key home, made at first run. Protects a stolen data
//   directory,
//                database or backup; not a stolen key home.
//   Passphrase   Argon2id over words that somebody gives at every start. Protects a stolen machine as well.
//   Credential   a file that somebody else provides while the service runs: systemd's LoadCredential= or
//                LoadCredentialEncrypted= ($CREDENTIALS_DIRECTORY/<name>), sealed by the machine's TPM for example. It
//                holds 32 raw bytes or 64 hexadecimal digits.
//   Pkcs11       a random root key, sealed by an AES key of a PKCS #11 token (a security module, a TPM, SoftHSM).
//                That key never leaves the token; without the token and its PIN the key home does not open.
#pragma once

#include <filesystem>
#include <string>

#include "base/secret.h"
#include "crypto/password.h"

namespace privity {

// Where a token and its key are found.
struct Pkcs11Place {
  std::filesystem::path module;  // the vendor's PKCS #11 library
  std::string token;             // label of the token
  std::string key;               // label of an AES key on it, sensitive and not extractable
  SecretString pin;              // of the token's user
};

class RootKeySource {
 public:
  enum class Kind { kFile, kPassphrase, kCredential, kPkcs11 };

  static RootKeySource File() { return RootKeySource(Kind::kFile); }
  // The cost is used when the passphrase is set (first run, rotation); later the key home's own record of it counts.
  static RootKeySource Passphrase(SecretString passphrase, PasswordCost cost = {.passes = 4, .memory_kib = 256 * 1024});
  static RootKeySource Credential(std::filesystem::path path);
  static RootKeySource Pkcs11(Pkcs11Place place);

  Kind kind() const { return kind_; }
  const SecretString& passphrase() const { return passphrase_; }
  const PasswordCost& cost() const { return cost_; }
  const std::filesystem::path& path() const { return path_; }
  const Pkcs11Place& pkcs11() const { return pkcs11_; }

 private:
  explicit RootKeySource(Kind kind) : kind_(kind) {}
  Kind kind_;
  SecretString passphrase_;
  PasswordCost cost_;
  std::filesystem::path path_;
  Pkcs11Place pkcs11_;
};

}  // namespace privity
