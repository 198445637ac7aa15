#include "detect/internal/identifier_words.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kWordsMax = 24;
constexpr std::size_t kIdentifierBytesMax = 256;
constexpr std::size_t kGluedBytesMin = 6;  // shorter words are not cut: too many would fall apart by chance
constexpr std::size_t kPieceBytesMin = 3;
constexpr std::size_t kGluedBytesMax = 48;
constexpr std::size_t kBeginningBytesMin = 4;  // "relig", "nacim"; shorter beginnings are those of too many words
constexpr std::size_t kBytesLeftOutMax = 4;
constexpr std::size_t kConsonantsMin = 3;
constexpr std::size_t kWrittenOutBytesMin = 5;
constexpr std::size_t kBegunBytesMin = 3;  // of words in a known language: "wynagr", "geb"
constexpr std::size_t kPhraseTokensMax = 4;
constexpr std::size_t kClearBytesMin = 6;    // shorter cues may be words of another language: "lon", "kon"
constexpr std::size_t kTellingBytesMin = 4;  // shorter words tell a language half as well
constexpr double kLanguageWordsMin = 1.5;    // a word of two languages is half a word of each
constexpr double kLanguageShareMin = 0.12;   // of the different words of all names

enum class CharClass { kOther, kLower, kUpper, kDigit };

CharClass ClassOf(char32_t c) {
  if (c < 0x80 && IsAsciiDigit(static_cast<char>(c))) return CharClass::kDigit;
  if (!IsLetter(c)) return CharClass::kOther;
  return IsUpperLetter(c) ? CharClass::kUpper : CharClass::kLower;
}

// Whether a word ends between two characters; `next` is what follows `current`.
bool CutsBefore(CharClass previous, CharClass current, CharClass next) {
  if (previous == CharClass::kOther) return false;
  const bool digits_end_or_begin = (previous == CharClass::kDigit) != (current == CharClass::kDigit);
  const bool camel = previous == CharClass::kLower && current == CharClass::kUpper;
  const bool after_acronym = previous == CharClass::kUpper && current == CharClass::kUpper && next == CharClass::kLower;
  return digits_end_or_begin || camel || after_acronym;
}

// Short pieces that do occur inside glued names: "customerid", "clientip", "mieternr", "dateofbirth".
bool IsShortPiece(std::string_view piece) {
  return piece == "id" || piece == "ip" || piece == "no" || piece == "nr" || piece == "of" || piece == "de" ||
         piece == "by";
}

bool IsVowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

// "cstmr" of "customer", "adrs" of "address": the first letter, then consonants, doubled ones once.
std::string ConsonantsOf(std::string_view word) {
  std::string left;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (i > 0 && (IsVowel(word[i]) || word[i] == left.back())) continue;
    left += word[i];
  }
  return left;
}

// The words of an identifier as they stand, folded.
template <typename Take>
void ForEachToken(std::string_view identifier, Take take) {
  identifier = identifier.substr(0, kIdentifierBytesMax);
  std::string word;
  CharClass previous = CharClass::kOther;
  for (std::size_t at = 0; at < identifier.size();) {
    const CodePoint c = ReadCodePoint(identifier, at);
    at += c.bytes;
    const CharClass current = ClassOf(c.value);
    const CharClass next = at < identifier.size() ? ClassOf(ReadCodePoint(identifier, at).value) : CharClass::kOther;
    if (current == CharClass::kOther || CutsBefore(previous, current, next)) {
      take(word);
      word.clear();
    }
    if (current != CharClass::kOther) AppendFolded(c.value, word);
    previous = current;
  }
  take(word);
}

}  // namespace

class LanguageWords {
 public:
  void Add(const std::string& word, const std::string& meaning) {
    if (written_.try_emplace(word, PhraseWords(meaning)).second) by_beginning_.emplace(word, meaning);
  }

  const std::vector<std::string>* Find(const std::string& word) const {
    const auto found = written_.find(word);
    return found == written_.end() ? nullptr : &found->second;
  }

  // What all words that begin so mean; null where they mean different things.
  const std::vector<std::string>* ByBeginning(const std::string& word) const {
    if (word.size() < kBegunBytesMin) return nullptr;
    const std::string* meaning = nullptr;
    const std::string* first = nullptr;
    for (auto at = by_beginning_.lower_bound(word); at != by_beginning_.end() && at->first.starts_with(word); ++at) {
      if (meaning != nullptr && at->second != *meaning) return nullptr;
      meaning = &at->second;
      if (first == nullptr) first = &at->first;
    }
    return first == nullptr ? nullptr : Find(*first);
  }

 private:
  std::unordered_map<std::string, std::vector<std::string>> written_;
  std::map<std::string, std::string> by_beginning_;
};

IdentifierWords::IdentifierWords() = default;
IdentifierWords::~IdentifierWords() = default;

std::vector<std::string> PhraseWords(std::string_view phrase) {
  std::vector<std::string> words;
  words.reserve(static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1);
  while (!phrase.empty()) {
    const auto space = std::min(phrase.find(' '), phrase.size());
    if (space > 0) words.emplace_back(phrase.substr(0, space));
    phrase.remove_prefix(std::min(space + 1, phrase.size()));
  }
  return words;
}

void IdentifierWords::AddKnown(std::string_view phrase) {
  for (std::string& word : PhraseWords(phrase)) known_.insert(std::move(word));
}

void IdentifierWords::KeepWhole(std::string_view phrase) {
  for (std::string& word : PhraseWords(phrase)) kept_whole_.insert(std::move(word));
}

void IdentifierWords::AddAbbreviation(std::string_view word, std::string_view phrase) {
  std::vector<std::string> words;
  for (const std::string& part : PhraseWords(phrase)) AddWritten(part, words);
  known_.insert(words.begin(), words.end());
  abbreviations_.insert_or_assign(std::string(word), std::move(words));
}

void IdentifierWords::AddLanguage(std::string_view name,
                                  const std::map<std::string, std::vector<std::string>>& meanings) {
  if (!name.empty()) languages_.push_back(std::make_unique<LanguageWords>());
  for (const auto& [meaning, words] : meanings) {
    AddKnown(meaning);
    for (std::string& word : PhraseWords(meaning)) english_.insert(std::move(word));
    for (const std::string& written : words) {
      const std::string word = Fold(written);
      if (name.empty()) {
        abbreviations_.try_emplace(word, PhraseWords(meaning));
        continue;
      }
      if (languages_.back()->Find(word) == nullptr)
        languages_of_.Add(word, static_cast<std::uint16_t>(languages_.size() - 1));
      languages_.back()->Add(word, meaning);
    }
  }
}

const LanguageWords* IdentifierWords::LanguageOf(const std::vector<std::string_view>& identifiers) const {
  std::vector<double> found(languages_.size(), 0);
  std::unordered_set<std::string> seen;
  for (const std::string_view identifier : identifiers) {
    ForEachToken(identifier, [&](const std::string& token) {
      if (token.size() < 2 || IsAsciiDigit(token.front()) || !seen.insert(token).second) return;
      const std::span<const std::uint16_t> places = languages_of_.Find(token);
      if (places.empty() || english_.contains(token)) return;
      const double weight = (token.size() < kTellingBytesMin ? 0.5 : 1.0) / static_cast<double>(places.size());
      for (const std::uint16_t place : places) found[place] += weight;
    });
  }
  const auto most = std::max_element(found.begin(), found.end());
  const bool enough = most != found.end() && *most >= kLanguageWordsMin &&
                      *most >= kLanguageShareMin * static_cast<double>(seen.size());
  return enough ? languages_[static_cast<std::size_t>(most - found.begin())].get() : nullptr;
}

void IdentifierWords::Finish() {
  for (const std::string& word : known_) MarkPiece(word);
  for (const auto& [word, phrase] : abbreviations_) MarkPiece(word);
  for (const std::string& word : known_) {
    if (word.size() >= kWrittenOutBytesMin && !IsAsciiDigit(word.back()) && !kept_whole_.contains(word))
      sorted_.push_back(word);
  }
  std::sort(sorted_.begin(), sorted_.end());
  std::unordered_map<std::string, std::string_view> by_consonants;
  for (const std::string_view word : sorted_) {
    const auto [entry, added] = by_consonants.try_emplace(ConsonantsOf(word), word);
    // A plural says what its singular says.
    if (!added && word.substr(0, word.size() - 1) != entry->second) entry->second = {};
  }
  for (const auto& [consonants, word] : by_consonants) {
    if (!word.empty()) by_consonants_.Add(consonants, word);
  }
  by_consonants_.Finish();
  cues_.Finish();
  languages_of_.Finish();
}

// The shortest of the known words that begin so, where the next letter is the same in all of them.
std::string_view IdentifierWords::ByBeginning(std::string_view word) const {
  if (word.size() < kBeginningBytesMin) return {};
  std::string_view shortest;
  for (auto at = std::lower_bound(sorted_.begin(), sorted_.end(), word); at != sorted_.end() && at->starts_with(word);
       ++at) {
    if (shortest.empty()) {
      shortest = *at;
    } else if ((*at)[word.size()] != shortest[word.size()]) {
      return {};
    } else if (at->size() < shortest.size()) {
      shortest = *at;
    }
  }
  return shortest.size() > word.size() + kBytesLeftOutMax ? std::string_view() : shortest;
}

std::string_view IdentifierWords::ByConsonants(const std::string& word) const {
  if (word.size() < kConsonantsMin || std::any_of(word.begin() + 1, word.end(), IsVowel)) return {};
  // "aft" is a word, "ctz" is none.
  if (word.size() == kConsonantsMin && IsVowel(word[0])) return {};
  const std::span<const std::string_view> found = by_consonants_.Find(word);
  return found.empty() ? std::string_view() : found.front();
}

void IdentifierWords::AddWritten(const std::string& word, std::vector<std::string>& words) const {
  const auto found = abbreviations_.find(word);
  if (found == abbreviations_.end()) {
    words.push_back(word);
  } else {
    words.insert(words.end(), found->second.begin(), found->second.end());
  }
}

std::vector<std::string> IdentifierWords::Tokens(std::string_view identifier) {
  std::vector<std::string> tokens;
  ForEachToken(identifier, [&](const std::string& token) {
    if (!token.empty()) tokens.push_back(token);
  });
  return tokens;
}

std::vector<std::string> IdentifierWords::Split(std::string_view identifier, const LanguageWords* language) const {
  std::vector<std::string> words;
  if (language == nullptr) {
    ForEachToken(identifier, [&](const std::string& token) { AddWord(token, nullptr, words); });
    return words;
  }
  const std::vector<std::string> tokens = Tokens(identifier);
  for (std::size_t at = 0; at < tokens.size();) {
    const std::size_t taken = AddPhrase(tokens, at, *language, words);
    if (taken == 0) AddWord(tokens[at], language, words);
    at += std::max<std::size_t>(1, taken);
  }
  return words;
}

// "stato civile", a cue as it stands; "pers_nr", in the language one word. How many words it has taken.
std::size_t IdentifierWords::AddPhrase(const std::vector<std::string>& tokens, std::size_t begin,
                                       const LanguageWords& language, std::vector<std::string>& words) const {
  for (std::size_t count = std::min(kPhraseTokensMax, tokens.size() - begin); count >= 1; --count) {
    std::string spaced, glued;
    for (std::size_t i = begin; i < begin + count; ++i) {
      spaced += (i > begin ? " " : "") + tokens[i];
      glued += tokens[i];
    }
    if (cues_.contains(spaced) && (count > 1 || glued.size() >= kClearBytesMin)) {
      for (std::size_t i = begin; i < begin + count; ++i) AddWord(tokens[i], nullptr, words);
      return count;
    }
    if (const auto* meant = count > 1 ? language.Find(glued) : nullptr) {
      words.insert(words.end(), meant->begin(), meant->end());
      return count;
    }
  }
  return 0;
}

void IdentifierWords::AddWord(std::string_view word, const LanguageWords* language,
                              std::vector<std::string>& words) const {
  if (word.empty() || words.size() >= kWordsMax) return;
  const std::string text(word);
  const auto add_all = [&](const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
  };
  if (language != nullptr) {
    if (const auto* meant = language->Find(text)) return add_all(*meant);
  }
  if (const auto found = abbreviations_.find(text); found != abbreviations_.end()) {
    add_all(found->second);
  } else if (known_.contains(text) || IsAsciiDigit(word.front())) {
    words.push_back(text);
  } else if (word.ends_with("ies") && known_.contains(text.substr(0, text.size() - 3) + "y")) {
    words.push_back(text.substr(0, text.size() - 3) + "y");
  } else if (word.ends_with('s') && known_.contains(text.substr(0, text.size() - 1))) {
    words.push_back(text.substr(0, text.size() - 1));
  } else {
    std::vector<std::string> pieces = CutApart(word, language);
    if (pieces.size() == 1 && language != nullptr) {
      if (const auto* meant = language->ByBeginning(text)) return add_all(*meant);
    }
    if (pieces.size() == 1) {
      std::string_view written = ByConsonants(text);
      if (written.empty()) written = ByBeginning(word);
      if (!written.empty()) pieces[0] = written;
    }
    for (std::string& piece : pieces) words.push_back(std::move(piece));
  }
}

// A known word, a short form of one, or the plural of one: "childrensnames".
bool IdentifierWords::IsPiece(const std::string& piece, const LanguageWords* language) const {
  return (language != nullptr && language->Find(piece) != nullptr) || known_.contains(piece) ||
         abbreviations_.contains(piece) ||
         (piece.size() > kBeginningBytesMin && piece.ends_with('s') &&
          known_.contains(piece.substr(0, piece.size() - 1)));
}

// The fewest known pieces that make the whole word, the first of them the longest (`site id`, not `sit eid`); the word
// itself where there are none.
std::vector<std::string> IdentifierWords::CutApart(std::string_view word, const LanguageWords* language) const {
  if (word.size() < kGluedBytesMin || word.size() > kGluedBytesMax) return {std::string(word)};
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> pieces(word.size() + 1, kNone);
  std::vector<std::size_t> from(word.size() + 1, 0);
  pieces[0] = 0;
  for (std::size_t begin = 0; begin < word.size(); ++begin) {
    if (pieces[begin] == kNone) continue;
    std::uint32_t hash = kWordHashStart;
    for (std::size_t end = begin + 1; end <= word.size(); ++end) {
      const std::string_view piece = word.substr(begin, end - begin);
      const std::uint32_t but_last = std::exchange(hash, WordHashGoesOn(hash, word[end - 1]));
      if (pieces[begin] + 1 > pieces[end]) continue;
      if (piece.size() < kPieceBytesMin && !IsShortPiece(piece)) continue;
      if (language == nullptr && !MayBePiece(hash) && !(piece.back() == 's' && MayBePiece(but_last))) continue;
      if (!IsPiece(std::string(piece), language)) continue;
      pieces[end] = pieces[begin] + 1;
      from[end] = begin;
    }
  }
  if (pieces.back() == kNone) return {std::string(word)};
  std::vector<std::string> cut;
  for (std::size_t end = word.size(); end > 0; end = from[end]) {
    cut.emplace_back(word.substr(from[end], end - from[end]));
  }
  std::vector<std::string> words;
  for (auto piece = cut.rbegin(); piece != cut.rend(); ++piece) {
    if (const auto* meant = language == nullptr ? nullptr : language->Find(*piece)) {
      words.insert(words.end(), meant->begin(), meant->end());
      continue;
    }
    if (!known_.contains(*piece) && !abbreviations_.contains(*piece)) piece->pop_back();
    AddWritten(*piece, words);
  }
  return words;
}

}  // namespace privity::detect
