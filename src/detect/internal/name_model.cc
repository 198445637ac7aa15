#include "detect/internal/name_model.h"

#include <bit>
#include <cstring>
#include <span>

#include "detect/internal/built_in_model.h"

namespace privity::detect {

Result<NameModel> NameModel::Parse(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little, "the file is little-endian and read in place");
  NameModelHead head;
  if (bytes.size() < sizeof head) return Error("detect.name_model");
  std::memcpy(&head, bytes.data(), sizeof head);
  const bool sound = std::string_view(head.magic.data(), head.magic.size()) == kMagic &&
                     std::has_single_bit(head.word_slots) && std::has_single_bit(head.features) &&
                     head.word_slots <= (1u << 24) && head.features <= (1u << 24);
  const std::size_t lists_at = sizeof head + std::size_t{head.word_slots} * sizeof(std::uint32_t);
  const std::size_t transitions_at = lists_at + std::size_t{head.word_slots} * sizeof(std::uint16_t);
  const std::size_t weights_at = transitions_at + sizeof(NameTransitions);
  const std::size_t weights = std::size_t{head.features} * kNameTags + (kNameLanes - kNameTags);
  if (!sound || bytes.size() != weights_at + weights) return Error("detect.name_model");
  NameModel model;
  model.words_ = reinterpret_cast<const std::uint32_t*>(bytes.data() + sizeof head);
  model.lists_ = reinterpret_cast<const std::uint16_t*>(bytes.data() + lists_at);
  model.transitions_ = reinterpret_cast<const NameTransitions*>(bytes.data() + transitions_at);
  model.weights_ = reinterpret_cast<const std::int8_t*>(bytes.data() + weights_at);
  model.words_mask_ = head.word_slots - 1;
  model.features_mask_ = head.features - 1;
  model.scale_ = head.scale;
  // Looking a word up ends at an empty slot.
  bool has_empty = false;
  for (std::uint32_t slot = 0; slot < head.word_slots && !has_empty; ++slot) has_empty = model.words_[slot] == 0;
  if (!has_empty) return Error("detect.name_model");
  return model;
}

const NameModel& NameModel::BuiltIn() {
  return BuiltInModel<NameModel>();
}

}  // namespace privity::detect
