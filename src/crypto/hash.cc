#include "crypto/hash.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>

#include "base/invariant.h"
#include "base/secret.h"

namespace privity {
namespace {

struct DigestContextFree {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct MacContextFree {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, DigestContextFree>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, MacContextFree>;

// Looking an algorithm up costs more than hashing a short input, so it is done once and kept for the life of the
// process.
const EVP_MD* FetchedSha256() {
  static EVP_MD* const digest = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Invariant(digest != nullptr, "OpenSSL offers SHA-256");
  return digest;
}

DigestContext NewDigestContext() {
  DigestContext context(EVP_MD_CTX_new());
  Invariant(context != nullptr, "memory for a digest context");
  return context;
}

void Start(EVP_MD_CTX* context) {
  Invariant(EVP_DigestInit_ex2(context, FetchedSha256(), nullptr) == 1, "SHA-256 starts");
}

void Feed(EVP_MD_CTX* context, BytesView data) {
  Invariant(EVP_DigestUpdate(context, data.data(), data.size()) == 1, "SHA-256 accepts data");
}

Sha256Digest End(EVP_MD_CTX* context) {
  Sha256Digest digest;
  unsigned int size = 0;
  const bool done = EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(digest.data()), &size) == 1;
  Invariant(done && size == digest.size(), "SHA-256 ends");
  return digest;
}

MacContext NewHmacContext(const char* digest_name) {
  static EVP_MAC* const hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  Invariant(hmac != nullptr, "OpenSSL offers HMAC");
  MacContext context(EVP_MAC_CTX_new(hmac));
  OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>(digest_name), 0),
                             OSSL_PARAM_construct_end()};
  Invariant(context != nullptr && EVP_MAC_CTX_set_params(context.get(), parameters) == 1, "HMAC takes its digest");
  return context;
}

template <class Mac>
Mac Hmac(EVP_MAC_CTX* context, BytesView key, std::initializer_list<BytesView> parts) {
  // OpenSSL reads a null key as "keep the one before": an empty key must point somewhere.
  static constexpr unsigned char kEmpty = 0;
  const auto* key_data = key.empty() ? &kEmpty : reinterpret_cast<const unsigned char*>(key.data());
  Invariant(EVP_MAC_init(context, key_data, key.size(), nullptr) == 1, "HMAC takes its key");
  for (const BytesView part : parts) {
    Invariant(EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(part.data()), part.size()) == 1,
              "HMAC accepts data");
  }
  Mac mac;
  std::size_t size = 0;
  const bool done = EVP_MAC_final(context, reinterpret_cast<unsigned char*>(mac.data()), &size, mac.size()) == 1;
  Invariant(done && size == mac.size(), "HMAC ends");
  // The context lives as long as its thread: leave no caller's key in it.
  static constexpr unsigned char kZeroKey[32] = {};
  Invariant(EVP_MAC_init(context, kZeroKey, sizeof(kZeroKey), nullptr) == 1, "HMAC forgets its key");
  return mac;
}

}  // namespace

Sha256Digest Sha256(BytesView data) {
  return Sha256({data});
}

Sha256Digest Sha256(std::initializer_list<BytesView> parts) {
  thread_local const DigestContext context = NewDigestContext();
  Start(context.get());
  for (const BytesView part : parts) Feed(context.get(), part);
  return End(context.get());
}

struct Sha256Hasher::Context {
  DigestContext digest = NewDigestContext();
};

Sha256Hasher::Sha256Hasher() : context_(std::make_unique<Context>()) {
  Start(context_->digest.get());
}
Sha256Hasher::~Sha256Hasher() = default;
Sha256Hasher::Sha256Hasher(Sha256Hasher&&) noexcept = default;
Sha256Hasher& Sha256Hasher::operator=(Sha256Hasher&&) noexcept = default;

void Sha256Hasher::Update(BytesView data) {
  Invariant(context_ != nullptr, "Update() before Finish()");
  Feed(context_->digest.get(), data);
}

Sha256Digest Sha256Hasher::Finish() {
  Invariant(context_ != nullptr, "Finish() only once");
  const Sha256Digest digest = End(context_->digest.get());
  context_.reset();
  return digest;
}

Sha256Digest HmacSha256(BytesView key, BytesView data) {
  return HmacSha256(key, {data});
}

Sha256Digest HmacSha256(BytesView key, std::initializer_list<BytesView> parts) {
  thread_local const MacContext context = NewHmacContext("SHA256");
  return Hmac<Sha256Digest>(context.get(), key, parts);
}

Sha1Mac HmacSha1(BytesView key, BytesView data) {
  thread_local const MacContext context = NewHmacContext("SHA1");
  return Hmac<Sha1Mac>(context.get(), key, {data});
}

Bytes HkdfSha256(BytesView input_key, BytesView salt, BytesView info, std::size_t out_bytes) {
  Invariant(out_bytes <= 255 * sizeof(Sha256Digest), "HKDF gives at most 255 blocks (RFC 5869 section 2.3)");
  // An empty salt stands for 32 zero bytes (section 2.2); HMAC pads an empty key to just that.
  Sha256Digest pseudorandom_key = HmacSha256(salt, input_key);
  Bytes out;
  out.reserve(out_bytes);  // one allocation: no copy of key material is left behind by growing
  Sha256Digest block;
  for (std::byte counter{1}; out.size() < out_bytes; counter = std::byte(std::to_integer<int>(counter) + 1)) {
    const BytesView previous = counter == std::byte{1} ? BytesView() : BytesView(block);
    block = HmacSha256(pseudorandom_key, {previous, info, BytesView(&counter, 1)});
    const std::size_t take = std::min(block.size(), out_bytes - out.size());
    out.insert(out.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(take));
  }
  WipeMemory(pseudorandom_key.data(), pseudorandom_key.size());
  WipeMemory(block.data(), block.size());
  return out;
}

}  // namespace privity
