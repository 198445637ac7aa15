#include "identity/api_token.h"

#include <algorithm>

#include "base/random.h"

namespace privity {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
// 62^43 > 2^256.
constexpr std::size_t kRandomCharacters = 43;
constexpr std::size_t kChecksumCharacters = 6;
constexpr std::size_t kHintCharacters = 4;

// The first 32 bits of SHA-256, written in base 62: 62^6 > 2^32.
std::string Checksum(std::string_view text) {
  const Sha256Digest digest = Sha256(AsBytes(text));
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | static_cast<std::uint32_t>(digest[i]);
  std::string checksum(kChecksumCharacters, '0');
  for (auto at = checksum.rbegin(); at != checksum.rend(); ++at) {
    *at = kAlphabet[number % kAlphabet.size()];
    number /= static_cast<std::uint32_t>(kAlphabet.size());
  }
  return checksum;
}

}  // namespace

SecretString NewApiToken() {
  std::string token(kApiTokenPrefix);
  for (std::size_t i = 0; i < kRandomCharacters; ++i) token += kAlphabet[RandomBelow(kAlphabet.size())];
  token += Checksum(token);
  return SecretString(std::move(token));
}

bool IsApiToken(std::string_view text) {
  const std::size_t size = kApiTokenPrefix.size() + kRandomCharacters + kChecksumCharacters;
  if (text.size() != size || !text.starts_with(kApiTokenPrefix)) return false;
  const std::string_view body = text.substr(0, size - kChecksumCharacters);
  const bool in_alphabet = std::ranges::all_of(body.substr(kApiTokenPrefix.size()),
                                               [](char c) { return kAlphabet.find(c) != std::string_view::npos; });
  return in_alphabet && Checksum(body) == text.substr(body.size());
}

Sha256Digest HashApiToken(std::string_view token) {
  return Sha256(AsBytes(token));
}

std::string ApiTokenHint(const SecretString& token) {
  return token.Reveal().substr(0, kApiTokenPrefix.size() + kHintCharacters);
}

}  // namespace privity
