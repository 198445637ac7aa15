// The words of a name as programmers write it: "custEMailAddr2", "fecha_nacimiento", "dateofbirth".
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "detect/internal/phrase_table.h"
#include "detect/internal/token_scan.h"

namespace privity::detect {

// One language's words and short forms, which mean something else in others: "lon" is a salary, "pol" a sex, "cap" a
// postal code only where the whole collection is written in it.
class LanguageWords;

// Built once, then read from many threads; not to be moved once finished.
class IdentifierWords {
 public:
  IdentifierWords();
  ~IdentifierWords();

  // Words that are known: written together they are cut apart, and a plural finds its singular.
  void AddKnown(std::string_view phrase);
  void AddKnownWord(const std::string& word) { known_.insert(word); }
  bool Knows(const std::string& word) const { return known_.contains(word); }
  // Words that no beginning stands for: "weld" is no welder.
  void KeepWhole(std::string_view phrase);
  // "dob" stands for "date of birth".
  void AddAbbreviation(std::string_view word, std::string_view phrase);
  // A phrase of a cue as it is written, in whatever language: its words stay together and are not translated.
  void AddCue(std::string_view phrase) { cues_.Add(phrase, {}); }
  // A word that English has and other languages too: it does not tell the language.
  void AddEnglish(const std::string& word) { english_.insert(word); }
  // English meanings and the words for them. Without a name the words are those of a script of their own, which mean
  // the same wherever they stand.
  void AddLanguage(std::string_view name, const std::map<std::string, std::vector<std::string>>& meanings);
  // After the last word was added: short forms that nobody listed are told by those that are known.
  void Finish();
  // Adds a folded word to `words`, written out where it is a short form.
  void AddWritten(const std::string& word, std::vector<std::string>& words) const;

  // The language that most of these names are written in; null for English and where it cannot be told.
  const LanguageWords* LanguageOf(const std::vector<std::string_view>& identifiers) const;

  // Folded words in order. Cuts at punctuation, at aA and at AAa ("HTTPServer"), before and after digits; expands
  // abbreviations; cuts words written together where every piece is known. At most 24 words. Those of the language are
  // translated.
  std::vector<std::string> Split(std::string_view identifier, const LanguageWords* language = nullptr) const;
  // The same as they stand, nothing written out or translated.
  static std::vector<std::string> Tokens(std::string_view identifier);

 private:
  std::size_t AddPhrase(const std::vector<std::string>& tokens, std::size_t begin, const LanguageWords& language,
                        std::vector<std::string>& words) const;
  void AddWord(std::string_view word, const LanguageWords* language, std::vector<std::string>& words) const;
  std::vector<std::string> CutApart(std::string_view word, const LanguageWords* language) const;
  bool IsPiece(const std::string& piece, const LanguageWords* language) const;
  void MarkPiece(std::string_view word) { piece_bits_.set(WordHash(word) % piece_bits_.size()); }
  bool MayBePiece(std::uint32_t hash) const { return piece_bits_.test(hash % piece_bits_.size()); }
  std::string_view ByBeginning(std::string_view word) const;
  std::string_view ByConsonants(const std::string& word) const;

  std::unordered_set<std::string> known_, kept_whole_;
  std::bitset<1 << 18> piece_bits_;  // of the hashes of known words and short forms: most pieces of a word are neither
  std::vector<std::string_view> sorted_;         // of known_, the longer ones
  PhraseTable<std::string_view> by_consonants_;  // "cstmr" to the word, where it has its own
  std::unordered_map<std::string, std::vector<std::string>> abbreviations_;
  struct Phrase {};
  PhraseTable<Phrase> cues_;
  std::vector<std::unique_ptr<LanguageWords>> languages_;
  PhraseTable<std::uint16_t> languages_of_;  // places in languages_, by their words
  std::unordered_set<std::string> english_;  // words of the meanings: they tell no other language
};

// "date of birth" as its words.
std::vector<std::string> PhraseWords(std::string_view phrase);

}  // namespace privity::detect
