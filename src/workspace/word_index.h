// Finds things by how the words in their titles begin, at a cost that depends on what matches, not on what is stored.
//
// Plain rows on both engines, one for each word and reader: what is deleted is gone from the file as every other row is
// (an engine's full-text index keeps its own copies). Words are compared in Unicode's case-folded form.
//
// A reader is who may find it: a user's id, or a group that the caller of Find names ("everybody", "managers"). So a
// title is found only by whom it was put for, and nobody can tell that there is another one.
//
// Works in the caller's transaction; callable from many threads.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace privity {

struct IndexedText {
  std::string_view kind;  // "task"
  std::string id;
  std::vector<std::string> readers;
  std::string_view text;
};

class WordIndex {
 public:
  static constexpr std::size_t kWordsMax = 32;           // of one text; the rest is not found
  static constexpr std::size_t kWordCharactersMax = 64;  // of a word, the beginning counts
  static constexpr int kMatchesMax = 1'000;              // looked at for one question

  // Takes the place of what was put for this kind and id before.
  Status Put(WriteTx& tx, const IndexedText& text) const;
  Status Remove(WriteTx& tx, std::string_view kind, std::string_view id) const;
  // Ids of things in which every word of `question` begins a word; of kMatchesMax matches the newest `limit`.
  Result<std::vector<std::string>> Find(ReadTx& tx, std::string_view kind, std::string_view reader,
                                        std::string_view question, int limit) const;
  // Nothing was ever put: an installation from before there was an index.
  Result<bool> IsEmpty(ReadTx& tx) const;
};

// The words of a text as they are compared: folded, without what is neither letter nor digit.
std::vector<std::string> WordsIn(std::string_view text, std::size_t words_max);
// Whether every word of `question`, of which there is one, begins a word of `text`: for what needs no index.
bool HasWords(std::string_view text, std::string_view question);

}  // namespace privity
