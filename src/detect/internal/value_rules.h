// Values that are told by vocabulary: "Catholic" in a column of beliefs, "E11.9" in one of diagnoses. The words stand
// in the detectors' files, under `values`; countries, languages, days and months are called as Unicode's CLDR has them.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "detect/detector_file.h"
#include "detect/internal/pattern.h"
#include "detect/internal/token_scan.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

class ValueRules {
 public:
  struct Read {
    std::vector<const DetectorFile*> kinds = {};   // of whose vocabulary the value is, each once
    std::vector<const DetectorFile*> beside = {};  // whose it is beside such values: "m", "other"
    bool day_or_month = false;                     // "Sobota", "août"
  };

  // detect.pattern{detector, problem}, detect.too_slow{detector, pattern, maximum}.
  static Result<ValueRules> Build(const std::vector<std::shared_ptr<const DetectorFile>>& files);

  // Into `said`, whose memory is used again. `scan` is of the value.
  void ReadValue(const Scan& scan, Read& said) const;
  // "none known", "other", "不明", "-": in any column of answers, and no answer. `scan` is of the value.
  bool SaysNothing(const Scan& scan) const;
  // Pronouns, relatives, customers: whether a note speaks of somebody. `scan` is of the note.
  bool SpeaksOfSomebody(const Scan& scan) const;
  // Whether it is written by the pattern of some detector.
  bool IsWritten(std::string_view value) const;
  // Adds the detectors that a note says something of, each once. `scan` is of the note.
  void ReadNote(const Scan& scan, std::vector<const DetectorFile*>& kinds) const;

 private:
  using Kinds = std::vector<const DetectorFile*>;

  struct Written {
    Pattern pattern;
    const DetectorFile* file;
    bool beside;
  };

  Result<void> AddPatterns(const DetectorFile& file);
  void AddPattern(Written written);
  void AddNoAnswer(std::string_view answer);
  void AddSaid(std::string_view said, const DetectorFile* file);
  void AddWhole(const std::string& folded, std::uint32_t hash, Read& said) const;
  void AddParts(std::string_view folded, Read& said) const;
  void AddByWords(const Scan& scan, Kinds& kinds) const;
  void AddByEnding(std::string_view word, Kinds& kinds) const;

  std::unordered_map<std::string, Kinds> whole_, beside_, endings_;
  WordSet whole_hashes_;  // of whole_ and beside_: nearly every value is none of them, and this says so at once
  WordMap<Kinds> words_;
  WordSet about_somebody_;
  WordSet no_answers_;  // by the hashes of their words
  std::size_t no_answer_words_max_ = 0;
  WordMap<Kinds> said_;  // by the hashes of its words, one after the other
  std::size_t said_words_max_ = 0;
  std::vector<Written> patterns_;
  std::array<std::vector<std::uint16_t>, 256> patterns_by_first_;  // places in patterns_, ascending
  const DetectorFile* country_ = nullptr;
  const DetectorFile* language_ = nullptr;
  std::bitset<1 << 16> last_two_;  // bytes in which an ending ends
  std::size_t ending_bytes_min_ = 0, ending_bytes_max_ = 0;
};

}  // namespace privity::detect
