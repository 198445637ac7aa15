// What a check digit is worth as evidence.
#include "detect/internal/validators.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detect/detector.h"
#include "detect/internal/check_digits.h"
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

// Numbers that are only told by a rule younger than their kind, or by one for few of them.
TEST(Validators, KnowTheNumbersThatCameLater) {
  const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> valid = {
      {"br_cnh", {"48889527258", "71786971602"}},  // the first digit would be 10 in the second
      {"br_cnpj", {"70915466212540", "12ABC34501DE35", "A1B2C3D4000193"}},
      {"de_licence", {"B072RRE2I55", "N2714AB5C81"}},
      {"ec_cedula", {"1761234564", "0965432107"}},
      {"ec_ruc", {"1761234564001"}},
      {"fr_siret", {"73282932000074", "35600000000001", "35600000000015", "35600000000048"}},
      {"fr_account", {"30004008230001234567819", "20041010050500013M02606"}},
      {"pl_account", {"61109010140000071219812874"}},
      {"gb_upn", {"B801200005001", "M80120000500A", "N93540210712K", "P001400019123"}},
      {"id_npwp", {"123456782123000", "0123456782123000"}},
      {"kr_resident", {"2010063123456", "2010063123457", "6109021695423"}},
      {"kz_iin", {"991332750014", "154201900120"}},
      {"lv_company", {"LV33123456789", "LV39000000001"}},
      {"pt_nif", {"451234561", "701234563"}},
      {"sg_nric", {"M1234567K", "M5872776P", "G5872776N"}}};
  const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> wrong = {
      {"br_cnh", {"48889527279", "71786971604", "11111111111"}},
      {"br_cnpj", {"12ABC34501DE36", "12ABC34501DE25"}},
      {"de_licence", {"B072RRE2I45", "B072RRE2IX5"}},
      {"fr_account", {"30004008230001234567820"}},
      {"pl_account", {"61109010140000071219812875"}},
      {"ec_cedula", {"1761234565", "1771234562"}},
      {"fr_siret", {"35600000000002", "73282932000075"}},
      {"gb_upn", {"N80120000500A", "M80120000500B", "P006400019123"}},
      {"id_npwp", {"0018131611984903"}},
      {"kr_resident", {"2009063123457", "2010061123457", "2013063123457", "4010063123457"}},
      {"kz_iin", {"991332750015"}},
      {"kz_iin_dated", {"991332750014"}},
      {"lv_company", {"LV31123456789"}},
      {"pt_nif", {"441234569", "731234561"}},
      {"sg_nric", {"M1234567X", "M4223543J"}}};
  for (const auto& [name, numbers] : valid) {
    for (const std::string_view number : numbers)
      EXPECT_TRUE(FindValidator(name)->accepts(number)) << name << ' ' << number;
  }
  for (const auto& [name, numbers] : wrong) {
    for (const std::string_view number : numbers)
      EXPECT_FALSE(FindValidator(name)->accepts(number)) << name << ' ' << number;
  }
}

// ISO/IEC 7064: the remainder of the number that the text is, letters as two digits.
int RemainderOneByOne(std::string_view text) {
  int remainder = 0;
  for (const char c : text) {
    const int value = Base36(c);
    if (value < 0) return -1;
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder;
}

TEST(Remainder97, OfEightDigitsAtOnceIsThatOfEachAfterTheOther) {
  constexpr std::string_view kBytes = "01234567890123456789AZ/:a\xB1";
  std::mt19937 random(3);
  for (int round = 0; round < 4000; ++round) {
    const std::size_t kinds = round % 3 == 0 ? 10 : round % 3 == 1 ? 22 : kBytes.size();
    std::string text(random() % 40, '0');
    for (char& c : text) c = kBytes[random() % kinds];
    ASSERT_EQ(Remainder97(text), RemainderOneByOne(text)) << text;
  }
}

TEST(Validators, AreAllInTheDocs) {
  std::stringstream docs;
  docs << std::ifstream("docs/formats/detector.md").rdbuf();
  for (const std::string& name : ValidatorNames())
    EXPECT_NE(docs.str().find('`' + name + '`'), std::string::npos) << name;
}

TEST(Luhn, CountsFromTheLastDigitWhetherThereIsAnEvenNumberOfThemOrAnOddOne) {
  for (const char* valid : {"4111111111111111", "378282246310005", "79927398713", "18", "0"})
    EXPECT_TRUE(Luhn(valid)) << valid;
  for (const char* wrong : {"4111111111111112", "378282246310015", "79927398710", "81", "5", "", "411111111111111A"})
    EXPECT_FALSE(Luhn(wrong)) << wrong;
}

TEST(Codes, AreInAListWholeOnly) {
  for (const char* code : {"10", "155", "20"}) EXPECT_TRUE(IsAmong(" 10 155 20 ", code)) << code;
  for (const char* code : {"15", "55", "1", "2", "30", ""}) EXPECT_FALSE(IsAmong(" 10 155 20 ", code)) << code;
  EXPECT_FALSE(IsAmong("", "10"));
}

TEST(Days, AreSixOrEightDigitsWithAMonthAndADayOfIt) {
  for (const char* day : {"850909", "19850909", "20240229", "040229"}) EXPECT_TRUE(IsYearMonthDay(day)) << day;
  for (const char* none : {"851309", "850900", "850931", "19850230", "1985099", "85/909", "8509A9", "8A0909", "12", ""})
    EXPECT_FALSE(IsYearMonthDay(none)) << none;
  for (const char* day : {"310885", "31081985", "290204"}) EXPECT_TRUE(IsDayMonthYear(day)) << day;
  for (const char* none : {"311385", "310985", "3108198", "31088", "A10885", ""})
    EXPECT_FALSE(IsDayMonthYear(none)) << none;
}

}  // namespace
}  // namespace privity::detect
