// An AES key inside a PKCS #11 token (OASIS PKCS #11 v2.40): it seals the root key and never leaves the token.
//
// AES-GCM (CKM_AES_GCM) with a fresh random 96-bit nonce and a 128-bit tag; docs/formats/key-home.md has the layout.
// The module is the token vendor's library, loaded into this process at first use and kept: it cannot be told when
// nobody else in the process needs it any more. Each object holds a session of its own; used by one thread.
//
// Errors of all: crypto.token_failed{call, code}: the token refused a call; code is the CKR_ value, as in the standard.
#pragma once

#include <array>
#include <memory>

#include "base/bytes.h"
#include "crypto/internal/key_table.h"
#include "crypto/key.h"
#include "crypto/root_key.h"

namespace privity::internal {

class TokenKey {
 public:
  // Logs in and finds the key. Errors: crypto.token_module_unusable{module}, crypto.token_absent{token},
  // crypto.token_pin_wrong{token}, crypto.token_pin_locked{token}, crypto.token_key_missing{key, token},
  // crypto.token_key_ambiguous{key, token}, crypto.token_key_leaves{key, token} (it could be taken out of the token).
  static Result<TokenKey> Find(const Pkcs11Place& place);
  TokenKey(TokenKey&&) noexcept;
  ~TokenKey();

  using Sealed = std::array<std::byte, kTokenSealedBytes>;
  Result<Sealed> Seal(const Key& root, BytesView context);
  // crypto.root_key_wrong: it was sealed by another key or for another installation, or was changed.
  Result<Key> Open(const Sealed& sealed, BytesView context);

 private:
  struct Session;
  explicit TokenKey(std::unique_ptr<Session> session);
  std::unique_ptr<Session> session_;
};

}  // namespace privity::internal
