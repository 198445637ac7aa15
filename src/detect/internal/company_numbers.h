// Numbers of registers and taxes with a company's name behind them: they are the company's.
#pragma once

#include <string_view>
#include <vector>

#include "detect/detector_file.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

class CompanyNumbers {
 public:
  // For the legal forms that companies' names have.
  explicit CompanyNumbers(const GazetteerFile& gazetteer);

  // Takes out those that a line goes on from with a company ("NIP 784-301-91-58, Dąb sp. z o.o."), unless the text
  // speaks of somebody as well: then it may say whom they work for, or trade as.
  void Drop(std::string_view text, std::vector<Find>& finds) const;

 private:
  bool HasLegalForm(std::string_view name) const;

  WordSet forms_;       // without signs: "spzoo"
  WordSet beginnings_;  // "ооо", "sarl"
};

}  // namespace privity::detect
