// Words by their hash (Token::hash). Asking for a word that is not there, which is nearly every question, costs one
// look at a bit; the bits of a short list fill one line of the cache, for every word of a text asks dozens of lists.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/internal/letters.h"
#include "detect/internal/token_scan.h"

namespace privity::detect {

template <typename Value>
class WordMap {
 public:
  // The value of a word, made when the word is new; it stays where it is until the next word is made.
  Value& operator[](std::uint32_t word) {
    Reserve(values_.size() + 1);
    Mark(word);
    Slot& slot = slots_[SlotOf(word)];
    if (slot.place == 0) {
      values_.emplace_back();
      slot = {word, static_cast<std::uint32_t>(values_.size())};
    }
    return values_.data()[slot.place - 1];
  }
  std::size_t size() const { return values_.size(); }
  // Makes room for so many words, all in all.
  void Reserve(std::size_t words) {
    std::size_t slots = std::max<std::size_t>(slots_.size(), 16);
    while (SlotsOfWord(slots) * words > slots) slots *= 2;
    if (slots > slots_.size()) Grow(slots);
  }
  // Null when the word is not there.
  const Value* Find(std::uint32_t word) const { return MayHave(word) ? FindInSlots(word) : nullptr; }
  // The same of a word that is there, probably.
  const Value* FindKnown(std::uint32_t word) const {
    const Slot& slot = slots_.data()[SlotOf(word)];
    return slot.place == 0 ? nullptr : values_.data() + slot.place - 1;
  }
  // False of nearly all words that are not there.
  bool MayHave(std::uint32_t word) const {
    return (filter_.data()[(word & filter_mask_) / 64] >> (word % 64) & 1) != 0;
  }
  template <typename Visit>
  void VisitAll(const Visit& visit) const {
    for (const Slot& slot : slots_) {
      if (slot.place != 0) visit(slot.word, values_[slot.place - 1]);
    }
  }

 private:
  // A call, so that the question before it is not: it stands in dozens of places.
  __attribute__((noinline)) const Value* FindInSlots(std::uint32_t word) const { return FindKnown(word); }
  static constexpr std::size_t kFilterBitsMin = 512;
  static constexpr std::size_t kFilterBitsOfSlot = 8;
  static constexpr std::size_t kManySlots = std::size_t{1} << 14;
  // At least: nearly every word stands in its first slot, or in the next one where there are so many that memory
  // counts.
  static constexpr std::size_t SlotsOfWord(std::size_t slots) { return slots < kManySlots ? 4 : 2; }
  struct Slot {
    std::uint32_t word = 0;
    std::uint32_t place = 0;  // in values_, from 1; 0: empty
  };

  // The slot of a word, or the empty one where it would stand.
  std::size_t SlotOf(std::uint32_t word) const {
    const Slot* const slots = slots_.data();
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (word * 0x9E3779B1u >> 7) & mask;
    while (slots[at].word != word && slots[at].place != 0) at = (at + 1) & mask;
    return at;
  }
  void Mark(std::uint32_t word) { filter_[(word & filter_mask_) / 64] |= std::uint64_t{1} << (word % 64); }
  void Grow(std::size_t slots) {
    std::vector<Slot> old(slots);
    old.swap(slots_);
    const std::size_t bits = std::max(kFilterBitsMin, slots_.size() * kFilterBitsOfSlot);
    filter_.assign(bits / 64, 0);
    filter_mask_ = static_cast<std::uint32_t>(bits - 1);
    for (const Slot& slot : old) {
      if (slot.place == 0) continue;
      slots_[SlotOf(slot.word)] = slot;
      Mark(slot.word);
    }
  }

  std::vector<std::uint64_t> filter_ = std::vector<std::uint64_t>(1);
  std::uint32_t filter_mask_ = 63;
  std::vector<Slot> slots_;
  std::vector<Value> values_;
};

// Each of some words between spaces.
template <typename Visit>
void VisitWords(std::string_view words, const Visit& visit) {
  while (!words.empty()) {
    const std::size_t space = std::min(words.find(' '), words.size());
    visit(words.substr(0, space));
    words.remove_prefix(std::min(space + 1, words.size()));
  }
}

// Which of many tokens may be words of a map: a bit for each end of a hash, so that a token costs a few instructions
// and no branch, and those of thousands of words take some tens of kilobytes.
class WordTable {
 public:
  WordTable() = default;
  // Of the words whose values count.
  template <typename Value, typename Counts>
  WordTable(const WordMap<Value>& words, const Counts& counts) {
    constexpr std::size_t kPlacesOfWord = 64;  // few other words are taken for it
    std::vector<std::uint32_t> counting;
    words.VisitAll([&](std::uint32_t word, const Value& value) {
      if (counts(value)) counting.push_back(word);
    });
    const std::size_t places = std::bit_ceil(kPlacesOfWord * std::max<std::size_t>(counting.size(), 2));
    mask_ = static_cast<std::uint32_t>(places - 1);
    is_there_.resize(places / 32);
    for (const std::uint32_t word : counting) is_there_[(word & mask_) / 32] |= std::uint32_t{1} << word % 32;
  }

  // A bit for each of `count` tokens, at most 64.
  std::uint64_t Among(const Token* tokens, std::size_t count) const {
    constexpr std::size_t kAtOnce = 8;
    const std::uint32_t* const is_there = is_there_.data();
    const std::uint32_t mask = mask_;
    const auto bit_of = [&](const Token& token) -> std::uint64_t {
      return is_there[(token.hash & mask) / 32] >> token.hash % 32 & 1;
    };
    std::uint64_t bits = 0;
    std::size_t first = 0;
    for (; first + kAtOnce <= count; first += kAtOnce) {
      std::uint64_t some = 0;
#pragma GCC unroll 8
      for (std::size_t i = kAtOnce; i > 0; --i) some = 2 * some + bit_of(tokens[first + i - 1]);
      bits |= some << first;
    }
    for (; first < count; ++first) bits |= bit_of(tokens[first]) << first;
    return bits;
  }

 private:
  std::vector<std::uint32_t> is_there_ = std::vector<std::uint32_t>(1);
  std::uint32_t mask_ = 0;
};

class WordSet {
 public:
  WordSet() = default;
  // Words that are folded already.
  WordSet(std::initializer_list<std::string_view> words) : WordSet(std::span(words)) {}
  explicit WordSet(std::span<const std::string_view> words) {
    for (const std::string_view word : words) Insert(WordHash(word));
  }
  void Insert(std::uint32_t word) { words_[word]; }
  // Makes room for so many more words.
  void Reserve(std::size_t more) { words_.Reserve(words_.size() + more); }
  // Words and phrases as they are written.
  void InsertAll(std::span<const std::string> words) {
    Reserve(words.size());
    for (const std::string& word : words) Insert(HashOfPhrase(Fold(word)));
  }
  bool contains(std::uint32_t word) const { return words_.Find(word) != nullptr; }

 private:
  struct Member {};

  WordMap<Member> words_;
};

}  // namespace privity::detect
