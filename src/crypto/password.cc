#include "crypto/password.h"

#include <array>

#include "base/random.h"
#include "crypto/internal/sodium.h"

namespace privity {
namespace {

std::string HashNow(std::string_view password, const PasswordCost& cost) {
  internal::StartSodium();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  Invariant(crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes,
                                  std::size_t{cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0,
            "memory for one Argon2id hash");
  return text.data();
}

// PHC strings carry base64 without padding.
std::string RandomBase64(std::size_t bytes) {
  Bytes random(bytes);
  FillRandom(random);
  std::string text = Base64Encode(random);
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

}  // namespace

std::string NobodysPasswordHash(const PasswordCost& cost) {
  constexpr std::size_t kTagBytes = 32;  // of crypto_pwhash_str
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) + ",t=" + std::to_string(cost.passes) + ",p=1$" +
         RandomBase64(crypto_pwhash_SALTBYTES) + "$" + RandomBase64(kTagBytes);
}

// A place among the at most `at_once_max` running hashes, given back when it goes.
class PasswordHasher::Turn {
 public:
  static Result<Turn> Take(PasswordHasher& hasher) {
    std::unique_lock lock(hasher.mutex_);
    if (hasher.running_ == hasher.at_once_max_) {
      if (hasher.waiting_ == hasher.waiting_max_) return Error("crypto.password_busy");
      ++hasher.waiting_;
      hasher.turn_over_.wait(lock, [&] { return hasher.running_ < hasher.at_once_max_; });
      --hasher.waiting_;
    }
    ++hasher.running_;
    return Turn(hasher);
  }
  Turn(Turn&& other) noexcept : hasher_(std::exchange(other.hasher_, nullptr)) {}
  Turn& operator=(Turn&&) = delete;
  ~Turn() {
    if (hasher_ == nullptr) return;
    const std::lock_guard lock(hasher_->mutex_);
    --hasher_->running_;
    hasher_->turn_over_.notify_one();
  }

 private:
  explicit Turn(PasswordHasher& hasher) : hasher_(&hasher) {}
  PasswordHasher* hasher_;
};

PasswordHasher::PasswordHasher(PasswordCost cost, int at_once_max, int waiting_max)
    : cost_(cost), at_once_max_(at_once_max), waiting_max_(waiting_max), nobodys_hash_(NobodysPasswordHash(cost)) {}

Result<std::string> PasswordHasher::Hash(const SecretString& password) {
  PRIVITY_TRY(const Turn turn, Turn::Take(*this));
  return HashNow(password.Reveal(), cost_);
}

Result<PasswordVerdict> PasswordHasher::Verify(const SecretString& password, std::string_view stored_hash) {
  const std::string stored(stored_hash);  // libsodium wants a terminated string
  const int outdated =
      stored.size() < crypto_pwhash_STRBYTES && stored.starts_with("$argon2id$")
          ? crypto_pwhash_str_needs_rehash(stored.c_str(), cost_.passes, std::size_t{cost_.memory_kib} * 1024)
          : -1;
  if (outdated < 0) return Error("crypto.password_hash_malformed");
  PRIVITY_TRY(const Turn turn, Turn::Take(*this));
  if (crypto_pwhash_str_verify(stored.c_str(), password.Reveal().data(), password.Reveal().size()) != 0) {
    return PasswordVerdict::kWrong;
  }
  return outdated == 1 ? PasswordVerdict::kRightButOutdated : PasswordVerdict::kRight;
}

Status PasswordHasher::VerifyForNobody(const SecretString& password) {
  PRIVITY_TRY_VOID(Verify(password, nobodys_hash_));
  return Ok();
}

}  // namespace privity
