#include "detect/internal/identifier_words.h"

#include <limits>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kWordsMax = 24;
constexpr std::size_t kIdentifierBytesMax = 256;
constexpr std::size_t kGluedBytesMin = 6;  // shorter words are not cut: too many would fall apart by chance
constexpr std::size_t kPieceBytesMin = 3;
constexpr std::size_t kGluedBytesMax = 48;

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

// Short pieces that do occur inside glued names: "customerid", "clientip", "dateofbirth".
bool IsShortPiece(std::string_view piece) {
  return piece == "id" || piece == "ip" || piece == "no" || piece == "of" || piece == "de";
}

}  // namespace

std::vector<std::string> PhraseWords(std::string_view phrase) {
  std::vector<std::string> words;
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

void IdentifierWords::AddAbbreviation(std::string_view word, std::string_view phrase) {
  AddKnown(phrase);
  abbreviations_.insert_or_assign(std::string(word), PhraseWords(phrase));
}

void IdentifierWords::AddWritten(const std::string& word, std::vector<std::string>& words) const {
  const auto found = abbreviations_.find(word);
  if (found == abbreviations_.end()) {
    words.push_back(word);
  } else {
    words.insert(words.end(), found->second.begin(), found->second.end());
  }
}

std::vector<std::string> IdentifierWords::Split(std::string_view identifier) const {
  identifier = identifier.substr(0, kIdentifierBytesMax);
  std::vector<std::string> words;
  std::string word;
  CharClass previous = CharClass::kOther;
  for (std::size_t at = 0; at < identifier.size();) {
    const CodePoint c = ReadCodePoint(identifier, at);
    at += c.bytes;
    const CharClass current = ClassOf(c.value);
    const CharClass next = at < identifier.size() ? ClassOf(ReadCodePoint(identifier, at).value) : CharClass::kOther;
    if (current == CharClass::kOther || CutsBefore(previous, current, next)) {
      AddWord(word, words);
      word.clear();
    }
    if (current != CharClass::kOther) AppendFolded(c.value, word);
    previous = current;
  }
  AddWord(word, words);
  return words;
}

void IdentifierWords::AddWord(std::string_view word, std::vector<std::string>& words) const {
  if (word.empty() || words.size() >= kWordsMax) return;
  const std::string text(word);
  if (const auto found = abbreviations_.find(text); found != abbreviations_.end()) {
    words.insert(words.end(), found->second.begin(), found->second.end());
  } else if (known_.contains(text) || IsAsciiDigit(word.front())) {
    words.push_back(text);
  } else if (word.ends_with("ies") && known_.contains(text.substr(0, text.size() - 3) + "y")) {
    words.push_back(text.substr(0, text.size() - 3) + "y");
  } else if (word.ends_with('s') && known_.contains(text.substr(0, text.size() - 1))) {
    words.push_back(text.substr(0, text.size() - 1));
  } else {
    for (std::string& piece : CutApart(word)) words.push_back(std::move(piece));
  }
}

// The fewest known pieces that make the whole word; the word itself where there are none.
std::vector<std::string> IdentifierWords::CutApart(std::string_view word) const {
  if (word.size() < kGluedBytesMin || word.size() > kGluedBytesMax) return {std::string(word)};
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> pieces(word.size() + 1, kNone);
  std::vector<std::size_t> from(word.size() + 1, 0);
  pieces[0] = 0;
  for (std::size_t end = 1; end <= word.size(); ++end) {
    for (std::size_t begin = 0; begin < end; ++begin) {
      const std::string_view piece = word.substr(begin, end - begin);
      if (pieces[begin] == kNone || pieces[begin] + 1 >= pieces[end]) continue;
      if (piece.size() < kPieceBytesMin && !IsShortPiece(piece)) continue;
      if (!known_.contains(std::string(piece)) && !abbreviations_.contains(std::string(piece))) continue;
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
  for (auto piece = cut.rbegin(); piece != cut.rend(); ++piece) AddWritten(*piece, words);
  return words;
}

}  // namespace privity::detect
