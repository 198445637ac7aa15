#include "crypto/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <array>
#include <memory>

namespace privity {
namespace {

template <auto Free>
struct FreeWith {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using BigNumber = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using PublicKey = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, FreeWith<ECDSA_SIG_free>>;

constexpr std::size_t kP256CoordinateBytes = 32;
constexpr int kModulusBitsMin = 2048;
constexpr int kModulusBitsMax = 8192;
constexpr std::size_t kExponentBytesMax = 8;

const unsigned char* In(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

BigNumber ToBigNumber(BytesView bytes) {
  return BigNumber(BN_bin2bn(In(bytes), static_cast<int>(bytes.size()), nullptr));
}

PublicKey Import(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (parameters == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return PublicKey(key);
}

// OpenSSL refuses a point that is not on the curve while it decodes it.
PublicKey P256Key(BytesView x, BytesView y) {
  if (x.size() != kP256CoordinateBytes || y.size() != kP256CoordinateBytes) return nullptr;
  Bytes point{std::byte{0x04}};  // uncompressed, SEC 1 section 2.3.3
  point.insert(point.end(), x.begin(), x.end());
  point.insert(point.end(), y.begin(), y.end());
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  if (builder == nullptr ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1) {
    return nullptr;
  }
  return Import("EC", builder.get());
}

PublicKey RsaKey(BytesView modulus, BytesView exponent) {
  if (modulus.size() > kModulusBitsMax / 8 + 1 || exponent.size() > kExponentBytesMax) return nullptr;
  const BigNumber n = ToBigNumber(modulus);
  const BigNumber e = ToBigNumber(exponent);
  if (n == nullptr || e == nullptr) return nullptr;
  const int bits = BN_num_bits(n.get());
  if (bits < kModulusBitsMin || bits > kModulusBitsMax || !BN_is_odd(n.get())) return nullptr;
  if (!BN_is_odd(e.get()) || BN_is_one(e.get())) return nullptr;
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  if (builder == nullptr || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return nullptr;
  }
  return Import("RSA", builder.get());
}

bool VerifyWithSha256(EVP_PKEY* key, BytesView message, BytesView signature) {
  const DigestContext context(EVP_MD_CTX_new());
  return context != nullptr &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) == 1 &&
         EVP_DigestVerify(context.get(), In(signature), signature.size(), In(message), message.size()) == 1;
}

// The DER spelling of a joined signature, empty when it is not one.
Bytes DerOf(BytesView joined) {
  if (joined.size() != 2 * kP256CoordinateBytes) return {};
  BigNumber r = ToBigNumber(joined.first(kP256CoordinateBytes));
  BigNumber s = ToBigNumber(joined.subspan(kP256CoordinateBytes));
  const EcdsaSignature signature(ECDSA_SIG_new());
  if (r == nullptr || s == nullptr || signature == nullptr) return {};
  if (ECDSA_SIG_set0(signature.get(), r.release(), s.release()) != 1) return {};  // takes both over
  std::array<std::byte, 80> der;
  auto* end = reinterpret_cast<unsigned char*>(der.data());
  const int size = i2d_ECDSA_SIG(signature.get(), &end);
  return size > 0 ? Bytes(der.begin(), der.begin() + size) : Bytes();
}

}  // namespace

bool VerifyEs256(BytesView x, BytesView y, BytesView message, BytesView signature, EcdsaForm form) {
  const PublicKey key = P256Key(x, y);
  if (key == nullptr) return false;
  if (form == EcdsaForm::kDer) return VerifyWithSha256(key.get(), message, signature);
  const Bytes der = DerOf(signature);
  return !der.empty() && VerifyWithSha256(key.get(), message, der);
}

bool VerifyRs256(BytesView modulus, BytesView exponent, BytesView message, BytesView signature) {
  const PublicKey key = RsaKey(modulus, exponent);
  return key != nullptr && VerifyWithSha256(key.get(), message, signature);
}

}  // namespace privity
