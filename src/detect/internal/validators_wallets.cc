// Addresses of crypto currencies: Base58Check (Bitcoin and what came from it, Tron, XRP with its own alphabet) and
// Bech32 (BIP 173, BIP 350, CIP 19). Ethereum's and Monero's checks need Keccak and are not made.
#include <algorithm>
#include <array>
#include <string>

#include "crypto/hash.h"
#include "detect/internal/validators.h"

namespace privity::detect {
namespace {

// 21 bytes and the first four of their hash, hashed again.
bool Base58Check(std::string_view s, std::string_view alphabet) {
  std::array<unsigned char, 25> bytes{};
  for (const char c : s) {
    const auto value = alphabet.find(c);
    if (value == alphabet.npos) return false;
    unsigned carry = static_cast<unsigned>(value);
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
      carry += *byte * 58u;
      *byte = static_cast<unsigned char>(carry & 0xFF);
      carry >>= 8;
    }
    if (carry != 0) return false;
  }
  const auto* data = reinterpret_cast<const std::byte*>(bytes.data());
  const Sha256Digest digest = Sha256(BytesView(Sha256(BytesView(data, 21))));
  return std::equal(digest.begin(), digest.begin() + 4, data + 21);
}

// The remainder of BIP 173 over the words before the last 1 and the signs after it: 1, or BIP 350's constant.
bool Bech32(std::string_view s) {
  static constexpr std::string_view kSigns = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  static constexpr std::array<std::uint32_t, 5> kGenerators = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD,
                                                               0x2A1462B3};
  std::uint32_t remainder = 1;
  const auto add = [&](std::uint32_t value) {
    const std::uint32_t top = remainder >> 25;
    remainder = (remainder & 0x1FFFFFF) << 5 ^ value;
    for (std::size_t i = 0; i < kGenerators.size(); ++i) remainder ^= (top >> i & 1) != 0 ? kGenerators[i] : 0;
  };
  const auto one = s.rfind('1');
  if (one == s.npos) return false;
  for (const char c : s.substr(0, one)) add(static_cast<unsigned char>(c) >> 5);
  add(0);
  for (const char c : s.substr(0, one)) add(c & 31);
  for (const char c : s.substr(one + 1)) {
    const auto value = kSigns.find(c);
    if (value == kSigns.npos) return false;
    add(static_cast<std::uint32_t>(value));
  }
  return remainder == 1 || remainder == 0x2BC830A3;
}

bool WalletAddress(std::string_view s) {
  std::string small(s);
  std::transform(small.begin(), small.end(), small.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; });
  for (const std::string_view beginning : {"bc1", "ltc1", "ltcmweb1", "addr1", "stake1"}) {
    if (small.starts_with(beginning)) return Bech32(small);
  }
  return Base58Check(s, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
}

// xrpl.org, "Base58 encodings".
bool RippleAddress(std::string_view s) {
  return Base58Check(s, "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz");
}

}  // namespace

std::span<const Validator> WalletValidators() {
  static constexpr std::array kAll = std::to_array<Validator>({
      {"wallet_address", WalletAddress, 1e-9,
       "[139ADLMT][1-9A-HJ-NP-Za-km-z]{25,34} bc1[02-9ac-hj-np-z]{11,71} BC1[02-9AC-HJ-NP-Z]{11,71} "
       "ltc1[02-9ac-hj-np-z]{11,71} ltcmweb1[02-9ac-hj-np-z]{113} addr1[02-9ac-hj-np-z]{50,110} "
       "stake1[02-9ac-hj-np-z]{53}"},
      {"ripple_address", RippleAddress, 1e-9, "r[1-9A-HJ-NP-Za-km-z]{24,34}"},
  });
  return kAll;
}

}  // namespace privity::detect
