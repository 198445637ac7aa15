// The two ceremonies of passkeys, as the relying party checks them: Web Authentication Level 3, sections 7.1 and 7.2.
//
// Pure functions over what the browser sent: they keep nothing and know no user. That a challenge is used once, and
// whose passkey it is, is the business of identity/sign_in.h. User verification (a finger, a face, a PIN) is always
// demanded, so a passkey counts as two factors. Attestation is not asked for ("none"); a "packed" self attestation is
// accepted. The JSON forms are those of the browser's PublicKeyCredential.toJSON() (section 5.1.8.3 ff.).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/json.h"
#include "base/result.h"

namespace privity {

// This server as browsers know it: "example.org" and "https://privity.example.org".
struct RelyingParty {
  std::string id;
  std::string origin;
};

struct PasskeyOwner {
  Bytes handle;      // not the name: an id that tells nothing
  std::string name;  // shown by the authenticator
  std::string display_name;
};

// The `publicKey` member of the browser's call. `known_ids` keep one authenticator from being registered twice.
Json PasskeyCreationOptions(const RelyingParty& party, std::string_view party_name, BytesView challenge,
                            const PasskeyOwner& owner, const std::vector<Bytes>& known_ids);
// `allowed_ids` empty: any discoverable passkey of this site.
Json PasskeyRequestOptions(const RelyingParty& party, BytesView challenge, const std::vector<Bytes>& allowed_ids);

struct NewPasskey {
  Bytes credential_id;  // at most 1,023 bytes
  Bytes public_key;     // COSE_Key
  std::uint32_t sign_count = 0;
  bool backed_up = false;  // synchronized by its provider
};

// Errors: identity.passkey_invalid{problem}: the name of the one check that failed; identity.passkey_key_unsupported;
// identity.passkey_attestation_refused{format}; identity.cbor_invalid.
Result<NewPasskey> CheckPasskeyCreation(const RelyingParty& party, BytesView challenge, const Json& credential);

// What an assertion claims before it is checked: enough to find the passkey.
struct PasskeyClaim {
  Bytes credential_id;
  Bytes user_handle;  // may be empty
  Bytes challenge;    // as the browser repeats it
};
// identity.passkey_invalid{problem}.
Result<PasskeyClaim> ReadPasskeyClaim(const Json& credential);

struct PasskeyProof {
  std::uint32_t sign_count = 0;
  bool backed_up = false;
};

// Errors: as CheckPasskeyCreation; identity.passkey_cloned when the sign counter did not grow (section 6.1.1).
Result<PasskeyProof> CheckPasskeyAssertion(const RelyingParty& party, BytesView challenge, BytesView public_key,
                                           std::uint32_t known_sign_count, const Json& credential);

}  // namespace privity
