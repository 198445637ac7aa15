#include "base/id.h"

#include <pthread.h>

#include <atomic>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"
#include "base/random.h"

namespace privity {
namespace {

void SetVersion(std::array<std::byte, 16>& bytes, unsigned version) {
  bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte(version << 4);
  bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};
}

// A child must not make the ids of its parent.
std::atomic<unsigned> forks = 0;
[[maybe_unused]] const int kCountsForks = pthread_atfork(nullptr, nullptr, [] { ++forks; });

// Random bytes for one id. They are fetched for many ids at once, since asking the kernel costs more than all the rest
// of an id, and an id is no secret.
void TakeRandom(std::array<std::byte, 16>& out) {
  constexpr std::size_t kIds = 64;
  struct Stock {
    std::array<std::byte, kIds * 16> bytes;
    std::size_t used = sizeof bytes;
    unsigned of_fork = 0;
  };
  thread_local Stock stock;
  if (stock.used == stock.bytes.size() || stock.of_fork != forks) {
    FillRandom(stock.bytes);
    stock.used = 0;
    stock.of_fork = forks;
  }
  std::memcpy(out.data(), stock.bytes.data() + stock.used, out.size());
  stock.used += out.size();
}

// -1 for what is none.
int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Uuid Uuid::NewV7(const Clock& clock) {
  Uuid uuid;
  TakeRandom(uuid.bytes_);
  // 48 bits of milliseconds, then 12 bits of the millisecond's fraction (RFC 9562 section 6.2, method 3), so that ids
  // made in one millisecond still sort by time.
  const auto micros = static_cast<std::uint64_t>(ToMicros(clock.Now()));
  const std::uint64_t millis = micros / 1000;
  const std::uint64_t fraction = micros % 1000 * 4096 / 1000;
  for (int i = 0; i < 6; ++i) uuid.bytes_[static_cast<std::size_t>(i)] = static_cast<std::byte>(millis >> (40 - 8 * i));
  uuid.bytes_[6] = static_cast<std::byte>(fraction >> 8);
  uuid.bytes_[7] = static_cast<std::byte>(fraction);
  SetVersion(uuid.bytes_, 7);
  return uuid;
}

Uuid Uuid::NewV4() {
  Uuid uuid;
  FillRandom(uuid.bytes_);
  SetVersion(uuid.bytes_, 4);
  return uuid;
}

Result<Uuid> Uuid::Parse(std::string_view text) {
  if (text.size() != 36) return Error("base.id_invalid");
  Uuid uuid;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return Error("base.id_invalid");
      continue;
    }
    const int digit = HexDigit(text[i]);
    if (digit < 0) return Error("base.id_invalid");
    std::byte& byte = uuid.bytes_[digits++ / 2];
    byte = byte << 4 | static_cast<std::byte>(digit);
  }
  return uuid;
}

std::string Uuid::ToString() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "00000000-0000-0000-0000-000000000000";
  std::size_t at = 0;
  for (const std::byte byte : bytes_) {
    if (text[at] == '-') ++at;
    text[at++] = kDigits[std::to_integer<unsigned>(byte >> 4)];
    text[at++] = kDigits[std::to_integer<unsigned>(byte & std::byte{0x0f})];
  }
  return text;
}

}  // namespace privity

std::size_t std::hash<privity::Uuid>::operator()(const privity::Uuid& uuid) const noexcept {
  std::uint64_t halves[2];
  std::memcpy(halves, uuid.bytes().data(), sizeof halves);
  // The last half of either version is random, which is all that a hash table needs.
  return halves[1] ^ (halves[0] * 0x9e3779b97f4a7c15ULL);
}
