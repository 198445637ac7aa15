#include "identity/internal/cose_key.h"

#include "crypto/public_key.h"

namespace privity {
namespace {

// Labels and values of RFC 9052 section 7.1, RFC 9053 section 7 and RFC 8230 section 4.
constexpr std::int64_t kKeyType = 1;
constexpr std::int64_t kAlgorithm = 3;
constexpr std::int64_t kCurve = -1, kX = -2, kY = -3;
constexpr std::int64_t kModulus = -1, kExponent = -2;
constexpr std::int64_t kTypeOkp = 1, kTypeEc2 = 2, kTypeRsa = 3;
constexpr std::int64_t kCurveP256 = 1, kCurveEd25519 = 6;

bool Holds(const Cbor& map, std::int64_t label, std::int64_t value) {
  const std::int64_t* held = Cbor::IntegerIn(map.Find(label));
  return held != nullptr && *held == value;
}

const Bytes* Number(const Cbor& map, std::int64_t label, std::size_t size_min, std::size_t size_max) {
  const Bytes* bytes = Cbor::BytesIn(map.Find(label));
  return bytes != nullptr && bytes->size() >= size_min && bytes->size() <= size_max ? bytes : nullptr;
}

}  // namespace

Result<CoseKey> CoseKey::Parse(BytesView cose) {
  PRIVITY_TRY(const Cbor map, ReadCbor(cose));
  return FromCbor(map);
}

Result<CoseKey> CoseKey::FromCbor(const Cbor& cose) {
  const auto is = [&](std::int64_t type, CoseAlgorithm algorithm) {
    return Holds(cose, kKeyType, type) && Holds(cose, kAlgorithm, static_cast<std::int64_t>(algorithm));
  };
  if (is(kTypeEc2, CoseAlgorithm::kEs256) && Holds(cose, kCurve, kCurveP256)) {
    const Bytes* x = Number(cose, kX, 32, 32);
    const Bytes* y = Number(cose, kY, 32, 32);
    if (x != nullptr && y != nullptr) return CoseKey(P256{*x, *y});
  } else if (is(kTypeOkp, CoseAlgorithm::kEdDsa) && Holds(cose, kCurve, kCurveEd25519)) {
    if (const Bytes* x = Number(cose, kX, VerifyKey::kBytes, VerifyKey::kBytes)) {
      PRIVITY_TRY(const VerifyKey key, VerifyKey::FromBytes(*x));
      return CoseKey(key);
    }
  } else if (is(kTypeRsa, CoseAlgorithm::kRs256)) {
    const Bytes* modulus = Number(cose, kModulus, 256, 1024);
    const Bytes* exponent = Number(cose, kExponent, 1, 8);
    if (modulus != nullptr && exponent != nullptr) return CoseKey(Rsa{*modulus, *exponent});
  }
  return Error("identity.passkey_key_unsupported");
}

CoseAlgorithm CoseKey::algorithm() const {
  constexpr CoseAlgorithm kByAlternative[] = {CoseAlgorithm::kEs256, CoseAlgorithm::kEdDsa, CoseAlgorithm::kRs256};
  return kByAlternative[numbers_.index()];
}

bool CoseKey::Verify(BytesView message, BytesView signature) const {
  if (const P256* key = std::get_if<P256>(&numbers_)) {
    return VerifyEs256(key->x, key->y, message, signature, EcdsaForm::kDer);
  }
  if (const VerifyKey* key = std::get_if<VerifyKey>(&numbers_)) return key->Verify(message, signature);
  const Rsa& key = std::get<Rsa>(numbers_);
  return VerifyRs256(key.modulus, key.exponent, message, signature);
}

}  // namespace privity
