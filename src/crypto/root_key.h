// Where the root key of a key home comes from. It opens the key home's file and nothing else.
//
//   File         32 random bytes in `root.key` inside the key home, made at first run. Protects a stolen data
//   directory,
//                database or backup; not a stolen key home.
//   Passphrase   Argon2id over words that somebody gives at every start. Protects a stolen machine as well.
//   Credential   a file that somebody else provides while the service runs: systemd's LoadCredential= or
//                LoadCredentialEncrypted= ($CREDENTIALS_DIRECTORY/<name>), sealed by the machine's TPM for example. It
//                holds 32 raw bytes or 64 hexadecimal digits.
#pragma once

#include <filesystem>

#include "base/secret.h"
#include "crypto/password.h"

namespace privity {

class RootKeySource {
 public:
  enum class Kind { kFile, kPassphrase, kCredential };

  static RootKeySource File() { return RootKeySource(Kind::kFile); }
  // The cost is used when the passphrase is set (first run, rotation); later the key home's own record of it counts.
  static RootKeySource Passphrase(SecretString passphrase, PasswordCost cost = {.passes = 4, .memory_kib = 256 * 1024});
  static RootKeySource Credential(std::filesystem::path path);

  Kind kind() const { return kind_; }
  const SecretString& passphrase() const { return passphrase_; }
  const PasswordCost& cost() const { return cost_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit RootKeySource(Kind kind) : kind_(kind) {}
  Kind kind_;
  SecretString passphrase_;
  PasswordCost cost_;
  std::filesystem::path path_;
};

}  // namespace privity
