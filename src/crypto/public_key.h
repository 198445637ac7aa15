// Signatures that others make and we only check: passkeys (WebAuthn Level 2, COSE keys of RFC 9053) and JSON Web Tokens
// (RFC 7518). Keys arrive as their raw numbers, big-endian, the way COSE and JWK carry them.
//
// Every function answers false for anything but a valid signature, a malformed or too weak key included: the caller's
// answer is the same refusal. Pure functions, safe to call from many threads. Ed25519 (EdDSA) is VerifyKey in
// crypto/signature.h.
#pragma once

#include "base/bytes.h"

namespace privity {

// How the two numbers of an ECDSA signature are spelled: JWS joins them (64 bytes, RFC 7518 section 3.4); WebAuthn uses
// ASN.1 DER (section 6.5.6).
enum class EcdsaForm { kJoined, kDer };

// ECDSA with P-256 and SHA-256 ("ES256"). `x` and `y` are 32 bytes each; the point must lie on the curve.
[[nodiscard]] bool VerifyEs256(BytesView x, BytesView y, BytesView message, BytesView signature, EcdsaForm form);

// RSASSA-PKCS1-v1_5 with SHA-256 ("RS256"). The modulus has 2048 to 8192 bits (RFC 7518 section 3.3 asks for 2048 or
// more).
[[nodiscard]] bool VerifyRs256(BytesView modulus, BytesView exponent, BytesView message, BytesView signature);

}  // namespace privity
