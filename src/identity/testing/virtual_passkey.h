// An authenticator in software, for tests: one Ed25519 passkey that can also be made to lie, one fault at a time.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"
#include "crypto/signature.h"
#include "identity/webauthn.h"

namespace privity {

// What a ceremony says; the defaults are right for the relying party and challenge it is made from.
struct Ceremony {
  std::string type;
  Bytes challenge;
  std::string origin;
  std::string party_id;
  std::string cross_origin = "false";  // JSON text
  std::string more_client_data = {};   // members to append, each with a leading comma
  std::uint8_t flags = 0x05;           // user present and verified; attested data is added at creation
  std::uint32_t sign_count = 0;
  std::string format = "none";  // or "packed" (self attestation)
  Bytes trailing = {};          // after the authenticator data
  bool spoil_signature = false;
};

class VirtualPasskey {
 public:
  explicit VirtualPasskey(std::string_view seed = "ada's key");

  static Ceremony Creation(const RelyingParty& party, BytesView challenge);
  static Ceremony Assertion(const RelyingParty& party, BytesView challenge);

  // The forms of PublicKeyCredential.toJSON().
  Json Create(const Ceremony& ceremony) const;
  Json Assert(const Ceremony& ceremony, BytesView user_handle = {}) const;

  const Bytes& credential_id() const { return id_; }
  Bytes cose_key() const;

 private:
  Bytes Sign(const Ceremony& ceremony, BytesView authenticator_data, const std::string& client_data) const;

  SigningKey key_;
  Bytes id_;
};

}  // namespace privity
