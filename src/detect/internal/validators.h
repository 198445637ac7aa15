// Check digits, dates and letter tables of identifiers, by name: what `validator` in a detector file refers to.
//
// A validator sees a number without separators and in upper case, a token as it stands, after a pattern has matched it.
// `chance` is the share of random texts of the pattern's shape that it accepts by accident: how much a pass is worth as
// evidence.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace privity::detect {

struct Validator {
  std::string_view name;
  bool (*accepts)(std::string_view text);
  double chance;
  std::string_view
      forms;  // patterns, separated by spaces: `accepts` may be called only with a text that one of them matches
};

// Of no country; of the states of a continent, which are parted as the United Nations do (M49); of crypto currencies.
std::span<const Validator> GeneralValidators();
std::span<const Validator> NorthernEuropeanValidators();
std::span<const Validator> WesternEuropeanValidators();
std::span<const Validator> SouthernEuropeanValidators();
std::span<const Validator> EasternEuropeanValidators();
std::span<const Validator> AsianValidators();
std::span<const Validator> AfricanValidators();
std::span<const Validator> AmericanValidators();
std::span<const Validator> OceanianValidators();
std::span<const Validator> WalletValidators();

// ISO 13616: how long an IBAN of the country is; 0 where it has none.
int IbanLength(std::string_view country);

// Null when there is none of that name.
const Validator* FindValidator(std::string_view name);
std::vector<std::string> ValidatorNames();

}  // namespace privity::detect
