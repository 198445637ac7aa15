#include "detect/internal/value_rules.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/locale_names.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kWholeBytesMax = 64;
constexpr std::size_t kWordBytesMin = 2;
constexpr std::size_t kWordDigitsMax = 2;  // "HbA1c", "SpO2"
constexpr std::size_t kPartBytesMin = 2;   // shorter ones are signs of many things
constexpr std::size_t kEndedBytesMin = 7;  // "tonsillitis"; shorter words end so by chance
constexpr std::size_t kWordsMax = 8;       // the first of a value: what it is stands there

constexpr std::array<std::string_view, 44> kLanguages = {
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk",     "hu",
    "ro", "bg", "hr", "sr", "sl", "el", "tr", "ru", "uk", "lt", "lv", "et", "ka", "hy",     "az",
    "uz", "kk", "ar", "he", "fa", "hi", "th", "vi", "id", "ms", "ja", "ko", "zh", "zh-Hant"};

enum class Called { kCountry, kDayOrMonth };
struct Names {
  std::unordered_map<std::string, Called> called;
  WordSet languages;  // those of one word
  WordSet hashes;     // of them: nearly every value is none, and this says so at once
};

// Made when the first column of values is judged: texts and names of columns do not need them.
const Names& EverydayNames() {
  static const Names names = [] {
    Names all;
    for (const std::string_view language : kLanguages) {
      for (const std::string& name : DayAndMonthNames(language)) all.called.emplace(Fold(name), Called::kDayOrMonth);
      for (const std::string& name : CountryNames(language)) all.called.emplace(Fold(name), Called::kCountry);
    }
    for (const std::string_view language : kLanguages) {
      for (const std::string& name : LanguageNames(language)) all.languages.Insert(WordHash(Fold(name)));
    }
    for (const auto& [name, called] : all.called) all.hashes.Insert(WordHash(name));
    return all;
  }();
  return names;
}

// In capitals or not: letters of other scripts end nothing here.
std::size_t LastTwo(std::string_view word) {
  const auto small = [](char c) { return static_cast<unsigned char>(IsAsciiUpper(c) ? c | 0x20 : c); };
  return static_cast<std::size_t>(small(word[word.size() - 2]) << 8 | small(word.back()));
}

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
    if (file->pack.id == "country") rules.country_ = file.get();
    if (file->pack.id == "language") rules.language_ = file.get();
    if (!file->values) continue;
    if (file->pack.id == "about-somebody") {
      for (const std::string& word : file->values->words) rules.about_somebody_.Insert(WordHash(Fold(word)));
      continue;
    }
    if (file->pack.id == "no-answer") {
      for (const std::string& answer : file->values->whole) rules.AddNoAnswer(answer);
      continue;
    }
    add(rules.whole_, file->values->whole, file.get());
    add(rules.beside_, file->values->beside, file.get());
    for (const auto* values : {&file->values->whole, &file->values->beside}) {
      for (const std::string& value : *values) rules.whole_hashes_.Insert(WordHash(Fold(value)));
    }
    for (const std::string& word : file->values->words) rules.words_[WordHash(Fold(word))].push_back(file.get());
    add(rules.endings_, file->values->endings, file.get());
    for (const std::string& said : file->values->said) rules.AddSaid(said, file.get());
    PRIVITY_TRY_VOID(rules.AddPatterns(*file));
  }
  for (const auto& [ending, kinds] : rules.endings_) {
    rules.ending_bytes_max_ = std::max(rules.ending_bytes_max_, ending.size());
    if (rules.ending_bytes_min_ == 0 || ending.size() < rules.ending_bytes_min_)
      rules.ending_bytes_min_ = ending.size();
    rules.last_two_.set(LastTwo(ending));
  }
  return rules;
}

Result<void> ValueRules::AddPatterns(const DetectorFile& file) {
  std::size_t steps = 0;
  for (const bool beside : {false, true}) {
    for (const std::string& written : beside ? file.values->beside_patterns : file.values->patterns) {
      auto pattern = Pattern::Parse(written);
      if (!pattern.ok()) return Error(pattern.error()).With("detector", file.pack.id);
      steps += pattern->steps_max();
      if (steps > Pattern::kStepsOfDetectorMax) {
        return Error("detect.too_slow", {{"detector", file.pack.id},
                                         {"pattern", written},
                                         {"maximum", std::to_string(Pattern::kStepsOfDetectorMax)}});
      }
      AddPattern({*std::move(pattern), &file, beside});
    }
  }
  return {};
}

void ValueRules::AddPattern(Written written) {
  Pattern::Class first;
  for (const Pattern::Item& item : written.pattern.items()) {
    first |= item.accepts;
    if (item.min > 0) break;
  }
  for (std::size_t c = 0; c < first.size(); ++c) {
    if (first[c]) patterns_by_first_[c].push_back(static_cast<std::uint16_t>(patterns_.size()));
  }
  patterns_.push_back(std::move(written));
}

void ValueRules::AddNoAnswer(std::string_view answer) {
  Scan words;
  ScanText(answer, words);
  if (words.tokens.empty()) return;
  no_answers_.Insert(HashOfWords(words, 0, words.tokens.size() - 1));
  no_answer_words_max_ = std::max(no_answer_words_max_, words.tokens.size());
}

bool ValueRules::SaysNothing(const Scan& scan) const {
  const std::size_t words = scan.tokens.size();
  return words == 0 || (words <= no_answer_words_max_ && no_answers_.contains(HashOfWords(scan, 0, words - 1)));
}

bool ValueRules::SpeaksOfSomebody(const Scan& scan) const {
  return std::ranges::any_of(scan.tokens, [&](const Token& token) { return about_somebody_.contains(token.hash); });
}

bool ValueRules::IsWritten(std::string_view value) const {
  if (value.empty()) return false;
  const auto& indexes = patterns_by_first_[static_cast<unsigned char>(value.front())];
  return std::ranges::any_of(indexes, [&](std::uint16_t index) {
    return !patterns_[index].beside && patterns_[index].pattern.Matches(value);
  });
}

void ValueRules::AddSaid(std::string_view said, const DetectorFile* file) {
  Scan words;
  ScanText(said, words);
  if (words.tokens.empty()) return;
  std::uint32_t hash = words.tokens.front().hash;
  for (std::size_t i = 1; i < words.tokens.size(); ++i) hash = WordsHashGoesOn(hash, words.tokens[i].hash);
  said_[hash].push_back(file);
  said_words_max_ = std::max(said_words_max_, words.tokens.size());
}

void ValueRules::ReadNote(const Scan& scan, Kinds& kinds) const {
  for (std::size_t i = 0; i < scan.tokens.size(); ++i) {
    std::uint32_t hash = scan.tokens[i].hash;
    for (std::size_t words = 1; words <= said_words_max_; ++words) {
      if (const Kinds* found = said_.Find(hash)) AddOnce(*found, kinds);
      if (i + words >= scan.tokens.size()) break;
      hash = WordsHashGoesOn(hash, scan.tokens[i + words].hash);
    }
  }
}

void ValueRules::ReadValue(const Scan& scan, Read& said) const {
  said.kinds.clear();
  said.beside.clear();
  said.day_or_month = false;
  const std::string_view value = scan.text;
  if (value.empty()) return;
  for (const std::uint16_t index : patterns_by_first_[static_cast<unsigned char>(value.front())]) {
    const Written& written = patterns_[index];
    if (written.pattern.Matches(value)) AddOnce({written.file}, written.beside ? said.beside : said.kinds);
  }
  AddByWords(scan, said.kinds);
  if (value.size() > kWholeBytesMax) return;
  const std::string folded = Fold(value);
  const std::uint32_t hash = WordHash(folded);
  AddWhole(folded, hash, said);
  if (scan.tokens.size() > 1) AddParts(folded, said);
  const Names& names = EverydayNames();
  // "Arabisch, etwas Deutsch", "Spanish - needs an interpreter": what is spoken stands first.
  constexpr std::size_t kFirst = 2;
  const auto first = std::span(scan.tokens).first(std::min(kFirst, scan.tokens.size()));
  if (language_ != nullptr &&
      std::ranges::any_of(first, [&](const Token& token) { return names.languages.contains(token.hash); }))
    AddOnce({language_}, said.kinds);
  if (!names.hashes.contains(hash)) return;
  if (const auto found = names.called.find(folded); found != names.called.end()) {
    said.day_or_month = found->second == Called::kDayOrMonth;
    if (found->second == Called::kCountry && country_ != nullptr) AddOnce({country_}, said.kinds);
  }
}

void ValueRules::AddWhole(const std::string& folded, std::uint32_t hash, Read& said) const {
  if (!whole_hashes_.contains(hash)) return;
  if (const auto found = whole_.find(folded); found != whole_.end()) AddOnce(found->second, said.kinds);
  if (const auto found = beside_.find(folded); found != beside_.end()) AddOnce(found->second, said.beside);
}

// "polnisch, deutsch", "IG Metall, Vertrauensmann": several values in one cell.
void ValueRules::AddParts(std::string_view folded, Read& said) const {
  constexpr std::size_t kPartsMax = 4;
  const auto is_between = [](char c) { return IsOneOf<",;|+">(c); };
  auto begin = folded.begin();
  auto end = std::find_if(begin, folded.end(), is_between);
  if (end == folded.end()) return;
  for (std::size_t parts = 0; parts < kPartsMax; ++parts) {
    std::string_view part(begin, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (part.size() > kPartBytesMin) AddWhole(std::string(part), WordHash(part), said);
    if (end == folded.end()) return;
    begin = end + 1;
    end = std::find_if(begin, folded.end(), is_between);
  }
}

void ValueRules::AddByWords(const Scan& scan, Kinds& kinds) const {
  for (std::size_t i = 0; i < std::min(kWordsMax, scan.tokens.size()); ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > kWordDigitsMax || token.all_digits() || token.size() < kWordBytesMin) continue;
    // "TB-4821" is the code of a thing.
    constexpr std::uint32_t kCodeDigitsMin = 3;
    if (i + 1 < scan.tokens.size() && scan.Between(i) == "-" && scan.tokens[i + 1].all_digits() &&
        scan.tokens[i + 1].size() >= kCodeDigitsMin)
      continue;
    if (const Kinds* found = words_.Find(token.hash)) AddOnce(*found, kinds);
    if (token.size() >= kEndedBytesMin && token.size() <= kWholeBytesMax) AddByEnding(scan.Of(token), kinds);
  }
}

void ValueRules::AddByEnding(std::string_view word, Kinds& kinds) const {
  if (!last_two_.test(LastTwo(word))) return;
  const std::string small = Fold(word);
  for (std::size_t bytes = ending_bytes_min_; bytes <= ending_bytes_max_ && bytes < small.size(); ++bytes) {
    const auto found = endings_.find(small.substr(small.size() - bytes));
    if (found != endings_.end()) AddOnce(found->second, kinds);
  }
}

}  // namespace privity::detect
