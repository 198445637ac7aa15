// An outside world for the tests of other rooms: answers as the test says and keeps what it was sent.
#pragma once

#include <functional>
#include <vector>

#include "base/guarded.h"
#include "net/outbound.h"

namespace privity {

class FakeHttp final : public OutboundHttp {
 public:
  using Script = std::function<Result<OutboundResponse>(const OutboundRequest&)>;
  explicit FakeHttp(Script script) : script_(std::move(script)) {}

  Result<OutboundResponse> Send(const OutboundRequest& request, const OutboundPolicy&) const override {
    requests_.With([&](auto& requests) { requests.push_back(request); });
    return script_(request);
  }
  std::vector<OutboundRequest> requests() const {
    return requests_.With([](const auto& requests) { return requests; });
  }

 private:
  Script script_;
  mutable Guarded<std::vector<OutboundRequest>> requests_;
};

}  // namespace privity
