#include "crypto/one_time_password.h"

#include <array>

#include "base/invariant.h"
#include "crypto/hash.h"
#include "crypto/internal/endian.h"

namespace privity {

std::string HotpCode(BytesView secret, std::uint64_t counter, int digits) {
  Invariant(digits >= 6 && digits <= 8, "a one-time password has 6 to 8 digits (RFC 4226 section 5.3)");
  std::array<std::byte, 8> message;
  internal::PutNumber(message, counter);
  const Sha1Mac mac = HmacSha1(secret, message);
  // Dynamic truncation, section 5.3: the last four bits choose where to read 31 bits.
  const auto offset = std::to_integer<std::size_t>(mac.back() & std::byte{0x0f});
  const std::uint32_t number = internal::GetNumber<std::uint32_t>(BytesView(mac).subspan(offset, 4)) & 0x7fffffff;
  std::string code(static_cast<std::size_t>(digits), '0');
  std::uint32_t rest = number;
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit, rest /= 10) {
    *digit = static_cast<char>('0' + rest % 10);
  }
  return code;
}

std::uint64_t TotpStep(Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch()).count();
  Invariant(seconds >= 0, "one-time passwords count from 1970");
  return static_cast<std::uint64_t>(seconds) / 30;
}

}  // namespace privity
