// What people do: beside their names ("Tomasz Wilk, site foreman, said", "Nurse Petronella Khumalo"), behind the word
// for work ("works as a night nurse", "minero jubilado") and where a sentence says whose it is ("I'm a night nurse").
#pragma once

#include <memory>
#include <vector>

#include "detect/internal/text_rules.h"
#include "detect/internal/vocabulary.h"

namespace privity::detect {

class JobRules {
 public:
  static constexpr std::size_t kWordsMax = 6;  // of a job
  static constexpr double kInSentence = 0.55;  // of one that a sentence says to be somebody's

  // Borrows `words`.
  JobRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const GazetteerFile& gazetteer,
           const JobVocabulary& words);

  bool IsJob(std::uint32_t word) const { return jobs_.contains(word); }
  const DetectorFile* detector() const { return job_; }
  // Words that a job may begin behind, or end with, though they have no capital letter.
  std::vector<std::string> WordsBefore() const;

  // The token behind "de PRL" of "responsable de PRL"; `end` is the one behind the job.
  std::size_t BehindOfWhat(const Scan& scan, std::size_t end) const;

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
  std::size_t FindSetOffTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const;
  bool IsOfSomebody(const Scan& scan, std::size_t at, std::size_t end) const;
  std::size_t BehindOrigin(const Scan& scan, std::size_t first, std::size_t end, double score,
                           std::vector<detect::Find>& finds) const;
  std::size_t BehindDepartment(const Scan& scan, std::size_t end) const;
  std::size_t BehindPart(const Scan& scan, std::size_t end) const;
  std::size_t BehindHeadOf(const Scan& scan, std::size_t first) const;
  std::size_t BehindAnyWork(const Scan& scan, std::size_t as, std::size_t first) const;
  bool IsModifier(const Scan& scan, std::size_t at) const;
  bool MayEnd(const Scan& scan, std::size_t last) const;
  bool IsSomebodys(const Scan& scan, std::size_t first, std::size_t last, bool pair) const;
  static bool IsOfWhom(const Scan& scan, std::size_t whose, std::size_t first, std::size_t last, bool sure);
  bool IsSaidToBe(const Scan& scan, std::size_t word, bool sure) const;
  bool IsSetOff(const Scan& scan, std::size_t first, std::size_t last) const;
  bool IsPair(const Scan& scan, std::size_t last) const;
  bool IsOrigin(const Token& token) const;
  bool IsOfThings(const Token& token) const { return words_.things.contains(token.hash); }
  bool IsKindOfWork(const Token& token) const { return words_.kinds_of_work.contains(token.hash); }
  bool IsDepartment(const Token& token) const { return words_.departments.contains(token.hash); }
  bool SaysNothingOfJob(const Token& token) const { return words_.kinds_of_people.contains(token.hash); }
  bool IsKindOfJob(const Token& token) const { return words_.specialities.contains(token.hash); }
  bool IsNoPart(const Token& token) const { return words_.in_no_job.contains(token.hash); }
  bool IsArticle(const Token& token) const { return words_.before.contains(token.hash); }
  bool GoesOnBehind(const Token& token) const { return words_.behind.contains(token.hash); }
  void Report(const Scan& scan, std::size_t first, std::size_t end, double score,
              std::vector<detect::Find>& finds) const;

  static constexpr double kJob = 0.6;

  const JobVocabulary& words_;
  WordSet jobs_;
  WordSet pairs_, ends_of_pairs_;     // by the hashes of both words; their last words
  std::vector<std::string> spelled_;  // `jobs_` and `ends_of_pairs_`
  WordSet origins_;                   // nationalities and religions
  const DetectorFile* job_ = nullptr;
  const DetectorFile* origin_ = nullptr;
};

}  // namespace privity::detect
