// How often a wrong password or code may be tried: counted in the database, so that all processes share the counters
// and a restart forgets nothing.
//
//   account   keyed by the folded name that was typed, whether an account of that name exists or not, so that spellings
//             share a counter and the counter does not tell who exists. Ten tries are free; then each failure doubles a
//             wait from 30 seconds up to 15 minutes. After 100 failures in a row the way is closed until the account is
//             opened in another way (NIST SP 800-63B-4 section 3.2.2).
//   browser   whoever signed in here before holds a device cookie, and counts for himself instead of for the account: a
//             stranger who fills the account's counter does not lock the owner out of his own browser.
//   address   50 failures in 15 minutes from one address (IPv6: one /64).
//   global    1,000 failures in 5 minutes altogether. Browsers with a device cookie are exempt.
//
// An attempt is counted before the password is looked at and forgiven when it was right: a thousand tries at once are
// counted as a thousand.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

namespace privity {

struct Attempt {
  std::string account;                // folded name, or "factor:<user id>"
  std::string address;                // of the client; "" when there is none
  std::optional<std::string> device;  // of a device cookie that belongs to this account
};

class SignInLimits {
 public:
  static constexpr int kFreeFailures = 10;
  static constexpr int kFailuresMax = 100;
  static constexpr int kAddressFailuresMax = 50;
  static constexpr int kGlobalFailuresMax = 1'000;

  explicit SignInLimits(const Clock& clock) : clock_(clock) {}

  // Counts the attempt as failed, or refuses it uncounted. Errors: identity.too_many_attempts{retry_after_seconds}
  // (429); identity.account_guarded (429) after kFailuresMax.
  Status Begin(WriteTx& tx, const Attempt& attempt) const;
  // The attempt was right: takes it back, and empties the counter of the account or browser.
  Status Forgive(WriteTx& tx, const Attempt& attempt) const;
  // The owner proved himself in another way (link, passkey, provider): the account's counter starts anew.
  Status Reopen(WriteTx& tx, std::string_view account) const;
  // Deletes counters that mean nothing any more.
  Status Sweep(WriteTx& tx) const;

 private:
  const Clock& clock_;
};

// "2001:db8:1:2::/64" for an IPv6 address, whose owner has 2^64 of them; others stay as they are.
std::string AddressCounter(std::string_view address);

}  // namespace privity
