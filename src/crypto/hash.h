// SHA-256 (FIPS 180-4), HMAC (RFC 2104), HKDF (RFC 5869). OpenSSL's EVP stands behind them: with SHA-NI several million
// short hashes a second (bench/crypto_bench.cc). All functions may be called from many threads; a Sha256Hasher belongs
// to one.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <memory>

#include "base/bytes.h"

namespace privity {

using Sha256Digest = std::array<std::byte, 32>;
using Sha1Mac = std::array<std::byte, 20>;

Sha256Digest Sha256(BytesView data);
// The hash of the parts one after another, without a copy. Parts carry no length of their own: {"ab", "c"} and {"a",
// "bc"} hash alike. Where that matters, use AssociatedData (crypto/seal.h).
Sha256Digest Sha256(std::initializer_list<BytesView> parts);

// For what does not fit in memory. Finish() may be called once.
class Sha256Hasher {
 public:
  Sha256Hasher();
  ~Sha256Hasher();
  Sha256Hasher(Sha256Hasher&&) noexcept;
  Sha256Hasher& operator=(Sha256Hasher&&) noexcept;

  void Update(BytesView data);
  Sha256Digest Finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

Sha256Digest HmacSha256(BytesView key, BytesView data);
Sha256Digest HmacSha256(BytesView key, std::initializer_list<BytesView> parts);

// Only for one-time passwords (crypto/one_time_password.h), whose authenticator apps know nothing else.
Sha1Mac HmacSha1(BytesView key, BytesView data);

// Extract and expand. `out_bytes` is at most 255 * 32 (an Invariant).
Bytes HkdfSha256(BytesView input_key, BytesView salt, BytesView info, std::size_t out_bytes);

}  // namespace privity
