#include "detect/internal/value_rules.h"

#include <algorithm>
#include <unordered_set>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kWholeBytesMax = 64;
constexpr std::size_t kWordBytesMin = 3;
constexpr std::size_t kEndedBytesMin = 7;  // "tonsillitis"; shorter words end so by chance
constexpr std::size_t kWordsMax = 8;       // the first of a value: what it is stands there

void AddOnce(const std::vector<const DetectorFile*>& from, std::vector<const DetectorFile*>& kinds) {
  for (const DetectorFile* kind : from) {
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  }
}

}  // namespace

Result<ValueRules> ValueRules::Build(const std::vector<std::shared_ptr<const DetectorFile>>& files) {
  ValueRules rules;
  const auto add = [](auto& map, const std::vector<std::string>& words, const DetectorFile* file) {
    for (const std::string& word : words) map[Fold(word)].push_back(file);
  };
  for (const auto& file : files) {
    if (!file->values) continue;
    add(rules.whole_, file->values->whole, file.get());
    add(rules.words_, file->values->words, file.get());
    add(rules.endings_, file->values->endings, file.get());
    std::size_t steps = 0;
    for (const std::string& written : file->values->patterns) {
      auto pattern = Pattern::Parse(written);
      if (!pattern.ok()) return Error(pattern.error()).With("detector", file->pack.id);
      steps += pattern->steps_max();
      if (steps > Pattern::kStepsOfDetectorMax) {
        return Error("detect.too_slow", {{"detector", file->pack.id},
                                         {"pattern", written},
                                         {"maximum", std::to_string(Pattern::kStepsOfDetectorMax)}});
      }
      rules.patterns_.emplace_back(*std::move(pattern), file.get());
    }
  }
  for (const auto& [ending, kinds] : rules.endings_) {
    rules.ending_bytes_max_ = std::max(rules.ending_bytes_max_, ending.size());
    if (rules.ending_bytes_min_ == 0 || ending.size() < rules.ending_bytes_min_)
      rules.ending_bytes_min_ = ending.size();
  }
  return rules;
}

void ValueRules::KindsOfValue(const Scan& scan, std::vector<const DetectorFile*>& kinds) const {
  const std::string_view value = scan.text;
  if (value.size() <= kWholeBytesMax) {
    if (const auto found = whole_.find(Fold(value)); found != whole_.end()) AddOnce(found->second, kinds);
  }
  for (const auto& [pattern, kind] : patterns_) {
    if (!value.starts_with(pattern.literal_prefix())) continue;
    if (value.size() < pattern.bytes_min() || value.size() > pattern.bytes_max()) continue;
    if (pattern.Matches(value)) AddOnce({kind}, kinds);
  }
  for (std::size_t i = 0; i < std::min(kWordsMax, scan.tokens.size()); ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0 || token.size() < kWordBytesMin || token.size() > kWholeBytesMax) continue;
    const std::string word = Fold(scan.Of(token));
    if (const auto found = words_.find(word); found != words_.end()) AddOnce(found->second, kinds);
    if (word.size() < kEndedBytesMin) continue;
    for (std::size_t bytes = ending_bytes_min_; bytes <= ending_bytes_max_ && bytes < word.size(); ++bytes) {
      const auto found = endings_.find(word.substr(word.size() - bytes));
      if (found != endings_.end()) AddOnce(found->second, kinds);
    }
  }
}

bool ValueRules::IsNoAnswer(std::string_view value) const {
  static const std::unordered_set<std::string> kNoAnswers = {"none",
                                                             "no",
                                                             "unknown",
                                                             "other",
                                                             "others",
                                                             "n/a",
                                                             "na",
                                                             "nil",
                                                             "null",
                                                             "-",
                                                             "not known",
                                                             "none known",
                                                             "not stated",
                                                             "not specified",
                                                             "unspecified",
                                                             "prefer not to say",
                                                             "declined",
                                                             "undisclosed",
                                                             "not disclosed",
                                                             "keine",
                                                             "keine angabe",
                                                             "unbekannt",
                                                             "sonstige",
                                                             "andere",
                                                             "ninguno",
                                                             "ninguna",
                                                             "otro",
                                                             "otra",
                                                             "desconocido",
                                                             "aucun",
                                                             "aucune",
                                                             "autre",
                                                             "inconnu",
                                                             "nessuno",
                                                             "nessuna",
                                                             "altro",
                                                             "nenhum",
                                                             "nenhuma",
                                                             "outro",
                                                             "geen",
                                                             "onbekend",
                                                             "anders",
                                                             "overig",
                                                             "brak",
                                                             "inne",
                                                             "ingen",
                                                             "okand",
                                                             "annat"};
  return value.size() <= kWholeBytesMax && kNoAnswers.contains(Fold(value));
}

}  // namespace privity::detect
