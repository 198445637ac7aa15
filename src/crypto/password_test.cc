#include "crypto/password.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace privity {
namespace {

constexpr PasswordCost kCheap{.passes = 1, .memory_kib = 8};

SecretString Password(const char* text) {
  return SecretString(text);
}

TEST(PasswordHasher, TellsRightFromWrong) {
  PasswordHasher hasher(kCheap);
  const std::string stored = *hasher.Hash(Password("correct horse battery staple"));
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << stored;
  EXPECT_EQ(*hasher.Verify(Password("correct horse battery staple"), stored), PasswordVerdict::kRight);
  EXPECT_EQ(*hasher.Verify(Password("correct horse battery stapl"), stored), PasswordVerdict::kWrong);
  EXPECT_EQ(*hasher.Verify(Password(""), stored), PasswordVerdict::kWrong);
}

// The Argon2 reference implementation's own vector (phc-winner-argon2, src/test.c, Argon2id, t=2, m=65536, p=1).
TEST(PasswordHasher, AcceptsAHashOfTheReferenceImplementation) {
  const auto stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  PasswordHasher hasher(kCheap);
  EXPECT_EQ(*hasher.Verify(Password("password"), stored), PasswordVerdict::kRightButOutdated);
  EXPECT_EQ(*hasher.Verify(Password("passwore"), stored), PasswordVerdict::kWrong);
}

TEST(PasswordHasher, HashesTwiceDifferently) {
  PasswordHasher hasher(kCheap);
  EXPECT_NE(*hasher.Hash(Password("same")), *hasher.Hash(Password("same")));
}

TEST(PasswordHasher, AsksForAFreshHashWhenTheCostHasChanged) {
  const std::string stored = *PasswordHasher(kCheap).Hash(Password("password"));
  PasswordHasher dearer({.passes = 2, .memory_kib = 16});
  EXPECT_EQ(*dearer.Verify(Password("password"), stored), PasswordVerdict::kRightButOutdated);
  EXPECT_EQ(*dearer.Verify(Password("wrong"), stored), PasswordVerdict::kWrong);
}

TEST(PasswordHasher, RefusesWhatIsNoArgon2idHash) {
  PasswordHasher hasher(kCheap);
  for (const char* stored :
       {"", "plain", "$argon2i$v=19$m=8,t=3,p=1$c29tZXNhbHQ$MzMz", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$x"}) {
    EXPECT_EQ(hasher.Verify(Password("password"), stored).error().code(), "crypto.password_hash_malformed") << stored;
  }
  EXPECT_EQ(hasher.Verify(Password("x"), "$argon2id$" + std::string(500, 'a')).error().code(),
            "crypto.password_hash_malformed");
}

TEST(PasswordHasher, DoesTheWorkForAPersonWhoDoesNotExist) {
  PasswordHasher hasher(kCheap);
  EXPECT_TRUE(hasher.VerifyForNobody(Password("anything")).ok());
}

// Fields of a PHC string, salt and tag masked: what decides how much work a check is.
std::string FormOf(std::string hash) {
  const std::size_t tag = hash.rfind('$'), salt = hash.rfind('$', tag - 1);
  for (std::size_t i = salt + 1; i < hash.size(); ++i) hash[i] = i == tag ? '$' : 'x';
  return hash;
}

TEST(PasswordHasher, NobodysHashHasTheFormOfSomebodys) {
  // An answer that comes sooner for a name nobody has would tell who has an account.
  PasswordHasher hasher(kCheap);
  const std::string nobodys = NobodysPasswordHash(kCheap);
  EXPECT_EQ(FormOf(nobodys), FormOf(hasher.Hash(Password("anything")).value()));
  EXPECT_EQ(hasher.Verify(Password("anything"), nobodys).value(), PasswordVerdict::kWrong);
  EXPECT_NE(nobodys, NobodysPasswordHash(kCheap));
}

TEST(PasswordHasher, TurnsCallersAwayWhenTooManyWait) {
  // One at once and nobody may wait: of callers that overlap, all but one hear "busy" at once.
  PasswordHasher hasher({.passes = 20, .memory_kib = 4096}, 1, 0);
  std::atomic<int> hashed = 0, busy = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      const auto result = hasher.Hash(Password("password"));
      if (result.ok()) ++hashed;
      if (!result.ok() && result.error().Is("crypto.password_busy")) ++busy;
    });
  }
  threads.clear();
  EXPECT_EQ(hashed + busy, 8);
  EXPECT_GE(hashed, 1);
  EXPECT_GE(busy, 1);
}

TEST(PasswordHasher, ServesThoseWhoWait) {
  PasswordHasher hasher(kCheap, 2, 8);
  std::atomic<int> hashed = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t) threads.emplace_back([&] { hashed += hasher.Hash(Password("password")).ok(); });
  threads.clear();
  EXPECT_EQ(hashed, 8);
}

}  // namespace
}  // namespace privity
