#include "detect/internal/span_model.h"

#include <cstring>

#include "detect/internal/built_in_model.h"

namespace privity::detect {

Result<SpanModel> SpanModel::Parse(std::string_view bytes) {
  SpanModelHead head;
  if (bytes.size() < sizeof head) return Error("detect.span_model");
  std::memcpy(&head, bytes.data(), sizeof head);
  const bool whole = std::string_view(head.magic.data(), head.magic.size()) == kMagic && head.features > 0 &&
                     (head.features & (head.features - 1)) == 0 &&
                     bytes.size() == sizeof head + sizeof(SpanTransitions) + std::size_t{head.features} * kSpanLanes;
  if (!whole) return Error("detect.span_model");
  SpanModel model;
  model.transitions_ = reinterpret_cast<const SpanTransitions*>(bytes.data() + sizeof head);
  model.weights_ = reinterpret_cast<const std::int8_t*>(bytes.data() + sizeof head + sizeof(SpanTransitions));
  model.mask_ = head.features - 1;
  model.scale_ = head.scale;
  return model;
}

const SpanModel& SpanModel::BuiltIn() {
  return BuiltInModel<SpanModel>();
}

}  // namespace privity::detect
