#include "identity/sign_in_limits.h"

#include <algorithm>
#include <chrono>

#include "crypto/hash.h"
#include "net/address.h"

namespace privity {
namespace {

using namespace std::chrono_literals;

constexpr Duration kFirstWait = 30s;
constexpr Duration kLongestWait = 15min;
constexpr Duration kAddressWindow = 15min;
constexpr Duration kGlobalWindow = 5min;
// A counter of failures in a row is dropped after a quiet day, except where it closed the way.
constexpr Duration kForgottenAfter = 24h;

struct Counter {
  std::int64_t failures = 0;
  Instant since;
  Instant blocked_until;
};

// Names are hashed: what a stranger typed into the field may be a password.
std::string AccountKey(const Attempt& attempt) {
  if (attempt.device) return "browser:" + *attempt.device;
  return "account:" + HexEncode(Sha256(AsBytes(attempt.account)));
}

Result<Counter> Load(ReadTx& tx, const std::string& key, Instant now) {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT failures, since, blocked_until FROM identity_attempt WHERE counter = $1", {key}));
  if (!row) return Counter{.since = now, .blocked_until = now};
  return Counter{row->Get<std::int64_t>(0), row->Get<Instant>(1), row->Get<Instant>(2)};
}

Status Save(WriteTx& tx, const std::string& key, const Counter& counter) {
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO identity_attempt (counter, failures, since, blocked_until) VALUES ($1, $2, $3, $4) "
                 "ON CONFLICT (counter) DO UPDATE SET failures = excluded.failures, since = excluded.since, "
                 "blocked_until = excluded.blocked_until",
                 {key, counter.failures, counter.since, counter.blocked_until}));
  return Ok();
}

Error TooMany(Duration wait) {
  const auto seconds = std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(wait).count());
  return Error("identity.too_many_attempts", {{"retry_after_seconds", std::to_string(seconds)}});
}

Duration WaitAfter(std::int64_t failures) {
  if (failures < SignInLimits::kFreeFailures) return Duration::zero();
  const auto doublings = std::min<std::int64_t>(failures - SignInLimits::kFreeFailures, 10);
  return std::min(kLongestWait, kFirstWait * (std::int64_t{1} << doublings));
}

Status CountInARow(WriteTx& tx, const std::string& key, Instant now) {
  PRIVITY_TRY(Counter counter, Load(tx, key, now));
  if (counter.failures >= SignInLimits::kFailuresMax) return Error("identity.account_guarded");
  if (counter.blocked_until > now) return TooMany(counter.blocked_until - now);
  counter.failures += 1;
  counter.since = now;
  counter.blocked_until = now + WaitAfter(counter.failures);
  return Save(tx, key, counter);
}

Status CountInWindow(WriteTx& tx, const std::string& key, int failures_max, Duration window, Instant now) {
  PRIVITY_TRY(Counter counter, Load(tx, key, now));
  if (counter.since + window <= now) counter = {.since = now, .blocked_until = now};
  if (counter.failures >= failures_max) return TooMany(counter.since + window - now);
  counter.failures += 1;
  return Save(tx, key, counter);
}

Status TakeBack(WriteTx& tx, const std::string& key) {
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE identity_attempt SET failures = failures - 1 WHERE counter = $1 AND failures > 0", {key}));
  return Ok();
}

const std::string kGlobalKey = "global";

std::string AddressKey(const Attempt& attempt) {
  return "address:" + AddressCounter(attempt.address);
}

}  // namespace

Status SignInLimits::Begin(WriteTx& tx, const Attempt& attempt) const {
  const Instant now = clock_.Now();
  PRIVITY_TRY_VOID(CountInARow(tx, AccountKey(attempt), now));
  if (!attempt.address.empty()) {
    PRIVITY_TRY_VOID(CountInWindow(tx, AddressKey(attempt), kAddressFailuresMax, kAddressWindow, now));
  }
  if (attempt.device) return Ok();
  return CountInWindow(tx, kGlobalKey, kGlobalFailuresMax, kGlobalWindow, now);
}

Status SignInLimits::Forgive(WriteTx& tx, const Attempt& attempt) const {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_attempt WHERE counter = $1", {AccountKey(attempt)}));
  PRIVITY_TRY_VOID(TakeBack(tx, AddressKey(attempt)));
  if (attempt.device) return Ok();
  return TakeBack(tx, kGlobalKey);
}

Status SignInLimits::Reopen(WriteTx& tx, std::string_view account) const {
  const Attempt whole{.account = std::string(account), .address = {}, .device = {}};
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_attempt WHERE counter = $1", {AccountKey(whole)}));
  return Ok();
}

Status SignInLimits::Sweep(WriteTx& tx) const {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_attempt WHERE since < $1 AND failures < $2",
                              {clock_.Now() - kForgottenAfter, kFailuresMax}));
  return Ok();
}

std::string AddressCounter(std::string_view address) {
  const auto parsed = IpAddress::Parse(address);
  if (!parsed.ok() || parsed->is_v4()) return std::string(address);
  std::array<std::uint8_t, 16> network{};
  std::ranges::copy(parsed->bytes().substr(0, 8), network.begin());
  return IpAddress::V6(network).ToString() + "/64";
}

}  // namespace privity
