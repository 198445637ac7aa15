// What people do: beside their names ("Tomasz Wilk, site foreman, said", "Nurse Petronella Khumalo"), behind the word
// for work ("works as a night nurse", "minero jubilado") and where a sentence says whose it is ("I'm a night nurse").
#pragma once

#include <memory>
#include <vector>

#include "detect/internal/text_rules.h"

namespace privity::detect {

class JobRules {
 public:
  static constexpr std::size_t kWordsMax = 6;  // of a job
  static constexpr double kInSentence = 0.55;  // of one that a sentence says to be somebody's

  JobRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const std::vector<std::string>& words);

  bool IsJob(std::uint32_t word) const { return words_.contains(word); }
  const DetectorFile* detector() const { return job_; }
  // Words that a job may begin behind, or end with, though they have no capital letter.
  std::vector<std::string> WordsBefore() const;

  // Beside a name of the tokens from `first` to `last`.
  void FindBeside(const Scan& scan, std::size_t first, std::size_t last, std::vector<Find>& finds) const;
  // Behind `at`, or ending with it; the token behind what was found, or `at`.
  std::size_t Find(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const;

 private:
  void FindBehind(const Scan& scan, std::size_t last, std::vector<detect::Find>& finds) const;
  void FindBefore(const Scan& scan, std::size_t name, std::vector<detect::Find>& finds) const;
  std::size_t FindAsWhat(const Scan& scan, std::size_t as, std::vector<detect::Find>& finds) const;
  std::size_t FindInSentence(const Scan& scan, std::size_t last, std::vector<detect::Find>& finds) const;
  std::size_t FindTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const;
  std::size_t FindOwnTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const;
  std::size_t BehindOrigin(const Scan& scan, std::size_t first, std::size_t end, double score,
                           std::vector<detect::Find>& finds) const;
  bool IsOrigin(const Token& token) const;
  void Report(const Scan& scan, std::size_t first, std::size_t end, double score,
              std::vector<detect::Find>& finds) const;

  WordSet words_;
  std::vector<std::string> spelled_;  // these words
  WordSet origins_;                   // nationalities and religions
  const DetectorFile* job_ = nullptr;
  const DetectorFile* origin_ = nullptr;
};

}  // namespace privity::detect
