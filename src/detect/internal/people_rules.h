// What a line says of the people whom it names: "Imogen Tsai (29)", "At 81, Joe", "Ruth since 2009", "Joanne at 02:40".
// Where nobody is named, none of these is about anybody.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "detect/internal/letters.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/vocabulary.h"

namespace privity::detect {

class PeopleRules {
 public:
  static constexpr double kSaidAge = 0.55;  // of one that a sentence tells

  // Borrows `words`.
  PeopleRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const PeopleVocabulary& words);

  // Near the persons among `finds`; adds to them.
  void FindAll(const Scan& scan, std::vector<Find>& finds) const;
  // Of whom an age is told: "son", "pensioner".
  bool IsSomebody(const Token& token) const;
  // Words that say somebody's years or how somebody lives, which have no capital letter: "eighty", "divorced".
  std::vector<std::string> SaidWords() const;
  // "she's divorced", "tall, widowed,": the token behind the word at this one, or `at`.
  std::size_t FindSaidStatus(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  // "I'm 34, living in Dakar", "she's only seventeen", "a son of 7", "in his late 20s": the token behind the years at
  // this one, or `at`.
  std::size_t FindSaidAge(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  // Whether it may find any: by their length and by the sign before them, most numbers of a table or a log are no age.
  static bool MaySayAge(const Scan& scan, std::size_t at) {
    constexpr std::uint32_t kBytesMax = 3;
    const Token& token = scan.tokens.data()[at];
    if (at == 0 || token.line_before) return false;
    if (token.digits == 0) return true;
    return token.size() <= kBytesMax && (!token.all_digits() || IsOneOf(scan.text[token.begin - 1], " ("));
  }

 private:
  // Each gives the token behind what it found at this one, or `at`.
  std::size_t FindTime(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindYear(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindDecade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindAgeBehind(const Scan& scan, std::size_t end, std::vector<Find>& finds) const;
  void FindAgeBefore(const Scan& scan, std::size_t first, std::vector<Find>& finds) const;
  static int Number(const Scan& scan, const Token& token);
  static bool IsAge(const Scan& scan, const Token& token);
  static std::string_view Behind(const Scan& scan, std::size_t at, std::size_t bytes);
  bool Ends(const Scan& scan, std::size_t at) const;
  std::size_t LastOfSpelledYears(const Scan& scan, std::size_t at) const;
  bool GoesOnBehindYears(const Scan& scan, std::size_t last) const;
  bool IsInListOfAges(const Scan& scan, std::size_t at) const;
  bool SaysAge(const Scan& scan, std::size_t first, std::size_t last) const;
  static void Report(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
                     std::vector<Find>& finds);

  static constexpr double kBeside = 0.6;

  const PeopleVocabulary& words_;
  WordSet years_;  // in words
  const DetectorFile* person_ = nullptr;
  const DetectorFile* age_ = nullptr;
  const DetectorFile* date_ = nullptr;
  const DetectorFile* marital_ = nullptr;
  const DetectorFile* orientation_ = nullptr;
};

}  // namespace privity::detect
