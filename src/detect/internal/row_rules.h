// Rows of things that are called like people and towns: "King Edward, Maris Piper, Charlotte: 2.5 kg bags", "basil
// 'Genovese'", "Sjögren's, Raynaud's and Hashimoto's". Runs behind the finders of names, on what they have found.
#pragma once

#include <vector>

#include "detect/internal/name_model.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/vocabulary.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

class RowRules {
 public:
  // Borrows the model and the words.
  RowRules(const NameModel& model, const JobVocabulary& words) : model_(&model), people_(&words.people) {}

  // Drops the names that are things' in the rows of a text.
  void DropThings(const Scan& scan, std::vector<Find>& finds) const;

 private:
  // The tokens [first, end) between two signs of a row.
  struct Item {
    std::size_t first = 0, end = 0;
    bool named = false;   // holds a find
    bool begins = false;  // with one
  };
  struct Row {
    std::size_t first = 0, end = 0;  // tokens
    std::vector<Item> items;
  };

  Row RowAround(const Scan& scan, std::size_t at) const;
  bool EndsBefore(const Scan& scan, std::size_t at) const;
  bool IsOfThings(const Scan& scan, Row& row, const Find& asked, const std::vector<Find>& finds) const;
  bool TellsOfPeople(const Scan& scan, const Row& row) const;
  bool IsTownAlone(const Scan& scan, const Row& row, const Find& find) const;
  bool IsWholePerson(const Scan& scan, const Find& find) const;
  static bool IsQuoted(const Scan& scan, const Find& find);
  static bool IsOnePossessive(const Scan& scan, const Find& find);
  bool IsOfGoods(const Scan& scan, const Find& address) const;
  bool IsNameOfPeople(const Token& token) const { return (model_->ListsOf(token.hash) & (kGivenName | kSurname)) != 0; }

  const NameModel* model_;
  const WordSet* people_;  // "she", "wife"
};

}  // namespace privity::detect
