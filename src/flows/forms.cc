#include "flows/forms.h"

#include "crypto/hash.h"

namespace privity {

std::string Folded(std::string_view value) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = value.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  std::string folded(value.substr(first, value.find_last_not_of(kBlank) - first + 1));
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

std::string HashedWith(const KnownSalt& salt, std::string_view value) {
  const BytesView secret = AsBytes(salt.salt.Reveal());
  switch (salt.hash) {
    case SaltedHash::kSaltThenValue:
      return HexEncode(Sha256({secret, AsBytes(value)}));
    case SaltedHash::kValueThenSalt:
      return HexEncode(Sha256({AsBytes(value), secret}));
    case SaltedHash::kHmac:
      return HexEncode(HmacSha256(secret, AsBytes(value)));
  }
  return {};
}

std::uint64_t ValueHash::Of(std::string_view value) const {
  const Sha256Digest digest = HmacSha256(key_.Reveal(), AsBytes(value));
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < 8; ++i) hash = hash << 8 | std::to_integer<std::uint64_t>(digest[i]);
  return hash;
}

}  // namespace privity
