#include "identity/one_time_code.h"

#include <array>

#include "base/random.h"
#include "crypto/hash.h"
#include "crypto/one_time_password.h"
#include "identity/internal/percent.h"

namespace privity {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kTotpDigits = 6;
constexpr int kStepsOfDrift = 1;
constexpr int kRecoveryCharacters = 16;

std::string EncodeFiveBits(BytesView bytes, std::string_view alphabet) {
  std::string text;
  unsigned pending = 0;
  int bits = 0;
  for (const std::byte byte : bytes) {
    pending = pending << 8U | static_cast<unsigned>(byte);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[pending >> static_cast<unsigned>(bits) & 31U];
    }
    pending &= (1U << static_cast<unsigned>(bits)) - 1;
  }
  if (bits > 0) text += alphabet[pending << static_cast<unsigned>(5 - bits) & 31U];
  return text;
}

char CanonicalRecoveryCharacter(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

SecretBytes NewTotpSecret() {
  Bytes secret(20);
  FillRandom(secret);
  return SecretBytes(std::move(secret));
}

std::string Base32Encode(BytesView bytes) {
  return EncodeFiveBits(bytes, kBase32);
}

SecretString TotpUri(const SecretBytes& secret, std::string_view issuer, std::string_view account) {
  const std::string label = PercentEncodeUnreserved(issuer) + ":" + PercentEncodeUnreserved(account);
  return SecretString("otpauth://totp/" + label + "?secret=" + Base32Encode(secret.Reveal()) +
                      "&issuer=" + PercentEncodeUnreserved(issuer) + "&algorithm=SHA1&digits=6&period=30");
}

std::optional<std::int64_t> MatchTotp(const SecretBytes& secret, std::string_view code, Instant now,
                                      std::int64_t last_step) {
  std::string digits(code);
  std::erase(digits, ' ');
  const auto current = static_cast<std::int64_t>(TotpStep(now));
  std::optional<std::int64_t> matched;
  // Every step is computed, whichever fits: time does not tell how far off the clock is.
  for (std::int64_t step = current - kStepsOfDrift; step <= current + kStepsOfDrift; ++step) {
    const std::string wanted = HotpCode(secret.Reveal(), static_cast<std::uint64_t>(step), kTotpDigits);
    const bool equal = EqualInConstantTime(AsBytes(wanted), AsBytes(digits));
    if (equal && step > last_step && !matched) matched = step;
  }
  return matched;
}

SecretString NewRecoveryCode() {
  std::array<std::byte, 10> random{};
  FillRandom(random);
  std::string code = EncodeFiveBits(random, kCrockford);
  for (int at = 12; at > 0; at -= 4) code.insert(static_cast<std::size_t>(at), 1, '-');
  return SecretString(std::move(code));
}

Bytes HashRecoveryCode(const UserId& user, std::string_view typed) {
  std::string canonical;
  for (const char c : typed) {
    if (c != '-' && c != ' ' && canonical.size() <= kRecoveryCharacters) canonical += CanonicalRecoveryCharacter(c);
  }
  const std::string id = user.ToString();
  const Sha256Digest digest = Sha256({AsBytes("privity.recovery-code.v1"), AsBytes(id), AsBytes(canonical)});
  return {digest.begin(), digest.end()};
}

}  // namespace privity
