// What Privity's door costs over bare libsodium and OpenSSL, which stand beside it in the same run.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <sodium.h>

#include "crypto/hash.h"
#include "crypto/seal.h"
#include "crypto/signature.h"

namespace privity {
namespace {

const Key& BenchKey() {
  static const Key key = Key::Random();
  return key;
}

const AssociatedData& Place() {
  static const AssociatedData place =
      RecordContext{Uuid::NewV4(), Uuid::NewV4(), "people", "1", "email"}.ToAssociatedData();
  return place;
}

const unsigned char* In(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

void SealBare(benchmark::State& state) {
  if (sodium_init() < 0) return state.SkipWithError("libsodium does not start");
  const Bytes plaintext(static_cast<std::size_t>(state.range(0)));
  Bytes sealed(plaintext.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  unsigned char nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
  for (auto _ : state) {
    randombytes_buf(nonce, sizeof(nonce));
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.data()), nullptr, In(plaintext),
                                               plaintext.size(), In(Place().bytes()), Place().bytes().size(), nullptr,
                                               nonce, In(BenchKey().Reveal()));
    benchmark::DoNotOptimize(sealed.data());
  }
  state.SetItemsProcessed(state.iterations());
}

void SealPrivity(benchmark::State& state) {
  const Bytes plaintext(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(Seal(BenchKey(), 1, plaintext, Place()));
  state.SetItemsProcessed(state.iterations());
}

void OpenPrivity(benchmark::State& state) {
  const Bytes sealed = *Seal(BenchKey(), 1, Bytes(static_cast<std::size_t>(state.range(0))), Place());
  for (auto _ : state) benchmark::DoNotOptimize(Open(BenchKey(), sealed, Place()));
  state.SetItemsProcessed(state.iterations());
}

void Sha256Bare(benchmark::State& state) {
  const Bytes data(static_cast<std::size_t>(state.range(0)));
  EVP_MD* const digest = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  unsigned char out[32];
  for (auto _ : state) {
    EVP_DigestInit_ex2(context, digest, nullptr);
    EVP_DigestUpdate(context, data.data(), data.size());
    EVP_DigestFinal_ex(context, out, nullptr);
    benchmark::DoNotOptimize(out);
  }
  EVP_MD_CTX_free(context);
  EVP_MD_free(digest);
  state.SetItemsProcessed(state.iterations());
}

void Sha256Privity(benchmark::State& state) {
  const Bytes data(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(Sha256(data));
  state.SetItemsProcessed(state.iterations());
}

void Ed25519Sign(benchmark::State& state) {
  const SigningKey key = SigningKey::FromSeed(BenchKey());
  for (auto _ : state) benchmark::DoNotOptimize(key.Sign(Place().bytes()));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(SealBare)->Arg(64)->Arg(1024)->Arg(16384);
BENCHMARK(SealPrivity)->Arg(64)->Arg(1024)->Arg(16384);
BENCHMARK(OpenPrivity)->Arg(64)->Arg(1024)->Arg(16384);
BENCHMARK(Sha256Bare)->Arg(64)->Arg(1024);
BENCHMARK(Sha256Privity)->Arg(64)->Arg(1024);
BENCHMARK(Ed25519Sign);

}  // namespace
}  // namespace privity

BENCHMARK_MAIN();
