// What people say in passing, without the sign of a form: "my pw was Biscuit2014", "the door code is 4471#", "my handle
// on the forum is rust_goblin", "reg KX19 ZVD", "membership no ATW 077143". A word leads to the value, few words stand
// between, and the value is nothing that a sentence goes on with.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "detect/internal/text_rules.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

class SaidRules {
 public:
  explicit SaidRules(const std::vector<std::shared_ptr<const DetectorFile>>& files);

  // Hashes of the words that lead to a value.
  static const std::vector<std::uint32_t>& Leads();
  // Behind the token `lead`.
  void Find(const Scan& scan, std::size_t lead, std::vector<Find>& finds) const;

 private:
  // Each looks whether such a value begins with the token `first`; `said`: something says that one does.
  void FindSecret(const Scan& scan, std::size_t lead, std::size_t first, bool said,
                  std::vector<detect::Find>& finds) const;
  void FindCode(const Scan& scan, std::size_t lead, std::size_t first, bool said,
                std::vector<detect::Find>& finds) const;
  void FindAccount(const Scan& scan, std::size_t lead, std::size_t first, bool named,
                   std::vector<detect::Find>& finds) const;
  void FindPlate(const Scan& scan, std::size_t first, bool named, std::vector<detect::Find>& finds) const;
  void FindNumber(const Scan& scan, std::size_t lead, std::size_t first, bool said, const DetectorFile* file,
                  std::vector<detect::Find>& finds) const;
  void Report(std::size_t begin, std::size_t size, const DetectorFile* file, double score,
              std::vector<detect::Find>& finds) const;

  const DetectorFile* secret_ = nullptr;
  const DetectorFile* username_ = nullptr;
  const DetectorFile* vehicle_ = nullptr;
  const DetectorFile* number_ = nullptr;
  const DetectorFile* health_ = nullptr;
  const DetectorFile* national_ = nullptr;
  const DetectorFile* licence_ = nullptr;
};

}  // namespace privity::detect
