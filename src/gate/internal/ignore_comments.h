// The comments that say `privity:ignore REASON`, in any of the languages of schemas.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace privity::gate_internal {

// What stands behind the mark, up to the end of the line or the comment; "" when nothing does, none without the mark.
std::optional<std::string> IgnoreReason(std::string_view words);

class IgnoreComments {
 public:
  explicit IgnoreComments(std::string_view text);

  // Why what stands in this line is ignored; nothing when it is not.
  std::optional<std::string> ReasonAt(int line) const;
  // Lines, from 1.
  const std::vector<int>& without_reason() const { return without_reason_; }

 private:
  void ReadLine(std::string_view line, int number);

  std::map<int, std::string> reasons_;
  std::vector<int> without_reason_;
};

}  // namespace privity::gate_internal
