// From a name to addresses, once, and from there to a target that has been checked.
//
// Everything that connects outward resolves here, checks every address that came back, and then connects to one of
// exactly those: a name that answers differently a moment later (DNS rebinding) gains nothing, because nobody asks a
// second time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/address.h"

namespace privity {

// Safe to call from many threads.
class Resolver {
 public:
  virtual ~Resolver() = default;
  // All addresses of a name, at least one. net.name_unknown{host}, net.timeout{host, phase=resolve}.
  virtual Result<std::vector<IpAddress>> Resolve(const std::string& host, std::chrono::milliseconds timeout) const = 0;
};

// The machine's resolver (getaddrinfo). It cannot be interrupted, so a look-up that outlives its time-out ends on a
// thread of its own; at most 32 such look-ups may hang at once, the next is refused with net.resolver_busy.
class SystemResolver final : public Resolver {
 public:
  Result<std::vector<IpAddress>> Resolve(const std::string& host, std::chrono::milliseconds timeout) const override;
};

struct CheckedTarget {
  std::string host;
  std::uint16_t port = 0;
  std::vector<IpAddress> addresses{};  // not empty; all of them permitted
};

// Resolves `host` (a name or an address) and checks it. A name with even one forbidden address is refused as a whole:
// such a mixture is an attack or a mistake. A database client takes the address from here (libpq: hostaddr) so that it
// does not resolve by itself. Errors: those of Resolver and AddressPolicy.
Result<CheckedTarget> CheckTarget(const Resolver& resolver, const std::string& host, std::uint16_t port,
                                  const AddressPolicy& policy, std::chrono::milliseconds timeout);

}  // namespace privity
