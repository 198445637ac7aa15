// Password hashing: Argon2id (RFC 9106), stored as a PHC string that carries its own salt and cost.
//
// One hash takes tens of milliseconds and `memory_kib` of memory on purpose. A PasswordHasher runs at most
// `at_once_max` of them together, so that a flood of sign-ins slows sign-ins down and nothing else; a few more callers
// wait, the rest hear crypto.password_busy at once. Safe to call from many threads; blocks, so call it from a worker
// and not from an I/O thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace privity {

// OWASP's Password Storage Cheat Sheet asks for at least 19 MiB with 2 passes; we take more of both memory and passes.
struct PasswordCost {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 64 * 1024;
};

enum class PasswordVerdict {
  kWrong,
  kRight,
  kRightButOutdated,  // right, and hashed at another cost than today's: store a fresh hash
};

// The stored form of a password that does not exist: a random salt and a random tag, at `cost`. Checking against it is
// the whole work of a real check and fails; making it is no work at all, so a start does not wait for it.
std::string NobodysPasswordHash(const PasswordCost& cost);

class PasswordHasher {
 public:
  explicit PasswordHasher(PasswordCost cost = {}, int at_once_max = 2, int waiting_max = 32);

  // Errors: crypto.password_busy.
  Result<std::string> Hash(const SecretString& password);
  // Errors: crypto.password_busy, crypto.password_hash_malformed (the stored text is not an Argon2id PHC string).
  Result<PasswordVerdict> Verify(const SecretString& password, std::string_view stored_hash);
  // For a name nobody has: the same work as Verify, so that time does not tell who has an account. Never right.
  // Errors: crypto.password_busy.
  Status VerifyForNobody(const SecretString& password);

 private:
  class Turn;
  const PasswordCost cost_;
  const int at_once_max_;
  const int waiting_max_;
  const std::string nobodys_hash_;
  std::mutex mutex_;
  std::condition_variable turn_over_;
  int running_ = 0;
  int waiting_ = 0;
};

}  // namespace privity
