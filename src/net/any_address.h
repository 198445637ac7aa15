// For addresses that a person at the machine names by hand.
#pragma once

#include "net/address.h"

namespace privity {

// Everything but metadata addresses, which must be listed by themselves.
inline AddressPolicy AnyAddress() {
  return {.allowed_networks = {*Network::Parse("0.0.0.0/0"), *Network::Parse("::/0")}};
}

}  // namespace privity
