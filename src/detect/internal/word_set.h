// Words by their hash (Token::hash). Asking for a word that is not there, which is nearly every question, costs one
// look at a bit.
#pragma once

#include <bitset>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "detect/internal/token_scan.h"

namespace privity::detect {

template <typename Value>
class WordMap {
 public:
  // The value of a word, made when the word is new.
  Value& operator[](std::uint32_t word) {
    filter_[word % kFilterBits] = true;
    return values_[word];
  }
  // Null when the word is not there.
  const Value* Find(std::uint32_t word) const {
    if (!filter_[word % kFilterBits]) return nullptr;
    const auto found = values_.find(word);
    return found == values_.end() ? nullptr : &found->second;
  }

 private:
  static constexpr std::size_t kFilterBits = 1 << 14;
  std::bitset<kFilterBits> filter_;
  std::unordered_map<std::uint32_t, Value> values_;
};

class WordSet {
 public:
  WordSet() = default;
  // Words that are folded already.
  WordSet(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) Insert(WordHash(word));
  }
  void Insert(std::uint32_t word) { words_[word] = true; }
  bool contains(std::uint32_t word) const { return words_.Find(word) != nullptr; }

 private:
  WordMap<bool> words_;
};

}  // namespace privity::detect
