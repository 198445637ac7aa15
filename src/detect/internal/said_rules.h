// What people say in passing, without the sign of a form: "my pw was Biscuit2014", "the door code is 4471#", "my handle
// on the forum is rust_goblin", "reg KX19 ZVD", "membership no ATW 077143". A word leads to the value, few words stand
// between, and the value is nothing that a sentence goes on with.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "detect/internal/text_rules.h"
#include "detect/internal/vocabulary.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

class SaidRules {
 public:
  // Borrows the words.
  SaidRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const SaidVocabulary& words);

  // Hashes of the words that lead to a value.
  const std::vector<std::uint32_t>& leads() const { return leads_; }
  // Behind the token `lead`.
  void Find(const Scan& scan, std::size_t lead, std::vector<Find>& finds) const;

 private:
  // What a word leads to.
  enum class Lead { kPassword, kCode, kAccount, kNetwork, kPlate, kVehicle, kNumber, kHealth, kNational, kLicence };
  // Where a value may begin behind a lead.
  struct Place {
    std::size_t token = 0;
    bool said = false;  // "is", "no" or a colon leads to it
  };

  std::array<std::optional<Place>, 2> PlacesBehind(const Scan& scan, std::size_t lead) const;
  bool IsAccountName(std::string_view name) const;
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

  const SaidVocabulary& words_;
  WordMap<Lead> kinds_;  // by the word
  std::vector<std::uint32_t> leads_;
  const DetectorFile* secret_ = nullptr;
  const DetectorFile* username_ = nullptr;
  const DetectorFile* vehicle_ = nullptr;
  const DetectorFile* number_ = nullptr;
  const DetectorFile* health_ = nullptr;
  const DetectorFile* national_ = nullptr;
  const DetectorFile* licence_ = nullptr;
};

}  // namespace privity::detect
