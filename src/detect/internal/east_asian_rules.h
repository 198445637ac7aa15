// Names, addresses, dates and ages in Chinese, Japanese and Korean text. Nothing there says where a word ends, so what
// is found begins behind words that speak of it ("姓名", "住所", "고객") or ends before a form of address ("先生",
// "様", "님"), and is as long as names and addresses are.
#pragma once

#include <memory>
#include <vector>

#include "detect/internal/name_model.h"
#include "detect/internal/text_rules.h"

namespace privity::detect {

class EastAsianRules {
 public:
  // Borrows the model, for its surnames.
  EastAsianRules(const NameModel& model, const std::vector<std::shared_ptr<const DetectorFile>>& files);

  void FindAll(const Scan& scan, std::vector<Find>& finds) const;

 private:
  // A letter of a token, with the byte it begins at.
  struct Letter {
    char32_t value = 0;
    std::uint32_t begin = 0;
  };
  using Letters = std::vector<Letter>;

  void ReadLetters(const Scan& scan, std::size_t token, Letters& letters) const;
  bool IsSurname(const Scan& scan, const Letters& letters, std::size_t first, std::size_t end) const;
  std::size_t SurnameEnd(const Scan& scan, const Letters& letters, std::size_t first) const;
  std::size_t NameEnd(const Scan& scan, const Letters& letters, std::size_t first) const;
  void FindNames(const Scan& scan, std::size_t token, const Letters& letters, std::vector<Find>& finds) const;
  void FindNameIn(const Scan& scan, std::size_t token, std::vector<Find>& finds) const;
  void FindNameFrom(const Scan& scan, std::size_t token, const Letters& letters, std::size_t first,
                    std::vector<Find>& finds) const;
  bool IsTownInShort(const Scan& scan, std::size_t token, const Letters& letters) const;
  std::size_t FindAddress(const Scan& scan, std::size_t token, const Letters& letters, std::vector<Find>& finds) const;
  void FindDateOrAge(const Scan& scan, std::size_t token, const Letters& letters, std::vector<Find>& finds) const;

  const NameModel& model_;
  const DetectorFile* person_ = nullptr;
  const DetectorFile* street_ = nullptr;
  const DetectorFile* date_ = nullptr;
  const DetectorFile* age_ = nullptr;
};

}  // namespace privity::detect
