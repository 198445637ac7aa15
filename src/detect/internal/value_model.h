// What kind of thing a cell of words is, by how it is spelled: a name, a town, a line of an address, a job, a company,
// or one of several things that are nobody's.
//
// The small net of field_net.h over hashed pieces of a cell: runs of one to five characters, its first and its last
// word, whole words, signs and shape. It has learned from lists in many languages (tools/values); the file is described
// in docs/formats/value-model.md.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "detect/internal/field_net.h"

namespace privity::detect {

// A view into bytes that outlive it. Immutable.
class ValueModel {
 public:
  static constexpr std::string_view kMagic = "PVVALUE1";
  static constexpr std::string_view kFile = "values.model";
  static constexpr std::size_t kKindsMax = 32;

  // detect.value_model when the bytes are not such a file.
  static Result<ValueModel> Parse(std::string_view bytes);
  // The one in the program.
  static const ValueModel& BuiltIn();

  // The names of the kinds, in their order.
  const std::vector<std::string_view>& kinds() const { return kinds_; }
  // How likely a cell with these signs is of each kind, the kinds being equally frequent; in the order of kinds().
  std::vector<float> Shares(std::span<const std::uint32_t> signs) const;

 private:
  std::vector<std::string_view> kinds_;
  std::vector<FieldNet> nets_;  // one; its outputs: whether it is known, which nobody asks, and each of the kinds
};

// The head of the file, little-endian. After it: the net, then the names of the kinds, each with a line feed behind it.
struct ValueModelHead {
  std::array<char, 8> magic;
  std::uint32_t rows = 0;  // a power of two
  std::uint32_t kinds = 0;
  std::uint32_t names_bytes = 0;
  std::uint32_t reserved = 0;  // zero
};
static_assert(sizeof(ValueModelHead) == 24);

// The signs of a cell, hashed, with the part of the net that they belong to; appended. Its time is that of the first
// kCellCharactersMax characters.
constexpr std::size_t kCellCharactersMax = 64;
void ReadCellSigns(std::string_view cell, std::vector<std::uint32_t>& signs);

}  // namespace privity::detect
