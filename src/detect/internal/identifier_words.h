// The words of a name as programmers write it: "custEMailAddr2", "fecha_nacimiento", "dateofbirth".
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace privity::detect {

// Built once, then read from many threads; not to be moved once finished.
class IdentifierWords {
 public:
  // Words that are known: written together they are cut apart, and a plural finds its singular.
  void AddKnown(std::string_view phrase);
  // "dob" stands for "date of birth".
  void AddAbbreviation(std::string_view word, std::string_view phrase);
  // After the last word was added: short forms that nobody listed are told by those that are known.
  void Finish();
  // Adds a folded word to `words`, written out where it is a short form.
  void AddWritten(const std::string& word, std::vector<std::string>& words) const;

  // Folded words in order. Cuts at punctuation, at aA and at AAa ("HTTPServer"), before and after digits; expands
  // abbreviations; cuts words written together where every piece is known. At most 24 words.
  std::vector<std::string> Split(std::string_view identifier) const;

 private:
  void AddWord(std::string_view word, std::vector<std::string>& words) const;
  std::vector<std::string> CutApart(std::string_view word) const;
  bool IsPiece(const std::string& piece) const;
  std::string_view ByBeginning(std::string_view word) const;
  std::string_view ByConsonants(const std::string& word) const;

  std::unordered_set<std::string> known_;
  std::vector<std::string_view> sorted_;                             // of known_, the longer ones
  std::unordered_map<std::string, std::string_view> by_consonants_;  // "cstmr" to the word; "" where two share it
  std::unordered_map<std::string, std::vector<std::string>> abbreviations_;
};

// "date of birth" as its words.
std::vector<std::string> PhraseWords(std::string_view phrase);

}  // namespace privity::detect
