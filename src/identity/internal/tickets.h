// Tickets: what the server hands to a browser and must get back unchanged, without keeping anything meanwhile.
// Challenges of passkeys, the state of a sign-in at a provider, and the device cookie are tickets; so no stranger can
// fill a table by asking for them.
//
// A ticket is sealed (crypto/seal.h) under the installation's key "identity.tickets" for one purpose and one holder,
// and expires. What must work only once is spent: its hash is kept until it has expired anyway. Safe to call from many
// threads.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "crypto/key_home.h"
#include "store/store.h"

namespace privity {

class Tickets {
 public:
  Tickets(KeyHome& keys, const Clock& clock) : keys_(keys), clock_(clock) {}

  // `holder` names who may use it: a session id, or "" for whoever holds it. Errors: those of KeyHome.
  Result<Bytes> Issue(std::string_view purpose, std::string_view holder, std::string_view content,
                      std::chrono::seconds lifetime) const;
  // The content. identity.ticket_invalid: forged, of another purpose or holder, or expired.
  Result<std::string> Open(std::string_view purpose, std::string_view holder, BytesView ticket) const;
  // identity.ticket_invalid when it was spent before. Of two callers at once only one succeeds. For tickets that live
  // at most kSpendableLifetime.
  Status Spend(WriteTx& tx, BytesView ticket) const;
  static constexpr std::chrono::minutes kSpendableLifetime{15};
  // Deletes marks of tickets that have expired.
  Status Sweep(WriteTx& tx) const;

 private:
  KeyHome& keys_;
  const Clock& clock_;
};

}  // namespace privity
