#include "net/loopback.h"

#include "net/address.h"

namespace privity {

bool IsLoopback(const Url& url) {
  if (url.host() == "localhost") return true;
  const auto address = IpAddress::Parse(url.host());
  return address.ok() && address->Class() == AddressClass::kLoopback;
}

}  // namespace privity
