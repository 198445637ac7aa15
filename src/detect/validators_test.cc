// What a check digit is worth as evidence.
#include "detect/internal/validators.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "detect/detector.h"
#include "detect/internal/pattern.h"

namespace privity::detect {
namespace {

// A text that the pattern matches, all of them as likely.
std::string RandomMatch(const Pattern& pattern, std::mt19937& random) {
  std::string text;
  for (const Pattern::Item& item : pattern.items()) {
    std::string accepted;
    for (int byte = 0; byte < 256; ++byte) {
      if (item.accepts[static_cast<std::size_t>(byte)]) accepted += static_cast<char>(byte);
    }
    const int count = item.min + static_cast<int>(random() % static_cast<unsigned>(item.max - item.min + 1));
    for (int i = 0; i < count; ++i) text += accepted[random() % accepted.size()];
  }
  return text;
}

// The share of random numbers of a pattern that its validator accepts.
double MeasuredChance(const Pattern& pattern, const Validator& validator, const std::vector<Pattern>& forms) {
  constexpr int kTrials = 4'000;
  std::mt19937 random(1);
  int accepted = 0;
  for (int i = 0; i < kTrials; ++i) {
    const std::string text = RandomMatch(pattern, random);
    accepted +=
        std::ranges::any_of(forms, [&](const Pattern& form) { return form.Matches(text); }) && validator.accepts(text);
  }
  return static_cast<double>(accepted) / kTrials;
}

// What a pattern says already (a first digit that is always 8) is not said again by the validator: else a number that
// nobody named is taken for somebody's.
TEST(Chance, OfAValidatorIsWhatRandomNumbersOfItsPatternPassWith) {
  constexpr double kWithin = 1.5;
  constexpr double kTrialsTell = 0.002;  // less is not measured by so few
  const auto detector = Detector::BuiltIn().value();
  for (const auto& file : detector->files()) {
    if (!file->text || !file->text->validator || file->text->shape != TextShape::kNumber) continue;
    const Validator& validator = *FindValidator(*file->text->validator);
    std::vector<Pattern> forms;
    std::string_view left = validator.forms;
    while (!left.empty()) {
      const auto space = std::min(left.find(' '), left.size());
      if (space > 0) forms.push_back(Pattern::Parse(left.substr(0, space)).value());
      left.remove_prefix(std::min(space + 1, left.size()));
    }
    double most = 0;
    for (const std::string& written : file->text->patterns)
      most = std::max(most, MeasuredChance(Pattern::Parse(written).value(), validator, forms));
    EXPECT_LE(most, std::max(kTrialsTell, kWithin * validator.chance))
        << file->pack.id << ": " << validator.name << " states " << validator.chance;
  }
}

}  // namespace
}  // namespace privity::detect
