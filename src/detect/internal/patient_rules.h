// Age and sex as doctors note them: "45F with chest pain", "83 F w/ hip fracture", "F/54, known diabetic".
#pragma once

#include <memory>
#include <vector>

#include "detect/internal/text_rules.h"
#include "detect/internal/vocabulary.h"

namespace privity::detect {

class PatientRules {
 public:
  // Borrows `words`.
  PatientRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const PatientVocabulary& words);

  // The token behind what is found at this one, or `at`.
  std::size_t Find(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

 private:
  bool IsNote(const Scan& scan, std::size_t at) const;
  bool GoesOnAsNote(const Scan& scan, std::size_t at) const;
  bool MayBegin(const Scan& scan, std::size_t at) const;
  bool MaySaySex(const Scan& scan, std::size_t at) const;
  std::size_t FindSexBehindAge(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const;
  std::size_t FindAgeBehindSex(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const;
  void Report(std::uint32_t begin, std::uint32_t end, const DetectorFile* file, std::vector<detect::Find>& finds) const;

  const PatientVocabulary& words_;
  const DetectorFile* age_ = nullptr;
  const DetectorFile* gender_ = nullptr;
};

}  // namespace privity::detect
