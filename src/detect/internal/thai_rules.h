// Names in Thai script behind a form of address, which is written without a space: "คุณวิภา แสงทอง", "นายธนพล เจริญสุข".
#pragma once

#include <memory>
#include <vector>

#include "detect/internal/text_rules.h"

namespace privity::detect {

class ThaiRules {
 public:
  explicit ThaiRules(const std::vector<std::shared_ptr<const DetectorFile>>& files);

  static bool MayBegin(const Scan& scan, const Token& token);
  // The token behind a name that begins with its form of address at this one, or `at`.
  std::size_t Find(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

 private:
  const DetectorFile* person_ = nullptr;
};

}  // namespace privity::detect
