#include "rights/outbound_place.h"

namespace privity {

OutboundPolicy PolicyToPost(const OutboundPolicy& operators, const Url& place) {
  const auto address = IpAddress::Parse(place.host());
  OutboundPolicy policy = operators;
  policy.allow_http = address.ok() && address->Class() == AddressClass::kLoopback;
  return policy;
}

Result<Url> PlaceToPost(const std::string& url, const OutboundPolicy& operators) {
  PRIVITY_TRY(Url place, Url::Parse(url));
  if (place.is_https() || PolicyToPost(operators, place).allow_http) return place;
  return Error("net.scheme_refused", {{"host", place.host()}});
}

}  // namespace privity
