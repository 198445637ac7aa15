// What the tagger of names sees of a word: its spelling, its case, the lists it stands in, and its neighbours.
//
// The same code serves training and use; a change here makes the committed weights worthless until they are trained
// anew (tools/names/README.md).
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "detect/internal/machine.h"
#include "detect/internal/name_model.h"
#include "detect/internal/token_scan.h"

namespace privity::detect {

// A number of each of several words that stand side by side: a loop over them becomes one vector of AVX2.
constexpr std::size_t kWordsAtOnce = 8;
struct alignas(kWordsAtOnce * sizeof(std::uint32_t)) WordLanes : std::array<std::uint32_t, kWordsAtOnce> {};

// A finalizer of MurmurHash3 (public domain), over a running value.
constexpr std::uint32_t MixedHash(std::uint32_t a, std::uint32_t b) {
  std::uint32_t h = a * 0x9E3779B1u ^ (b + 0x7F4A7C15u + (a << 6) + (a >> 2));
  h ^= h >> 15;
  h *= 0x85EBCA6Bu;
  return h ^ (h >> 13);
}

// A label that stands before words of its line: "Patient" in "Patient: Ana Ruiz".
constexpr std::uint32_t kNoLabel = 7;
struct LabelBefore {
  std::uint32_t word = 0;
  std::uint32_t distance = kNoLabel;  // words since the label, kNoLabel: none
};

// Traits of the words of one passage, a column for each: so the features of several words are mixed at once.
class PassageTraits {
 public:
  enum Column : std::size_t {
    kWord,      // hash of the folded word; of its shape where it has digits
    kLists,     // of the model
    kShape,     // case, length, digits
    kGap,       // what stands before it
    kLabel,     // the word of the label before it, 0: none
    kDistance,  // words since the label
    kHead,      // its first four letters, folded: bytes, from the lowest on
    kTail,      // its last four, up to the highest
    kLetters,   // how many of each four there are; the other bytes mean nothing. None of a word with digits
    kPrefix,    // of three letters; this and the next are hashed later than the others are read
    kSuffix2,
    kSuffix3,
    kSuffix4,
    kColumns
  };
  static constexpr std::size_t kAround = 2;  // words on each side that the features of a word see

  // Of the tokens [first, end); none is read yet.
  void Begin(const Scan& scan, std::size_t first, std::size_t end);
  // Of the tokens [from, to) of the passage, those behind the ones that were read before. The features of a word need
  // its own traits and those of kAround words on each side.
  void Read(const Scan& scan, std::size_t from, std::size_t to, const std::vector<std::uint16_t>& lists);

  std::size_t size() const { return end_ - first_; }
  // Of the whole passage: mixed, no capital, capitals only.
  std::uint32_t casing() const { return casing_; }
  std::uint32_t& At(Column column, std::size_t word) { return ColumnOf(column)[word]; }
  // From this word on. Those of kAround places outside of the passage may be asked for, too.
  const std::uint32_t* From(Column column, std::size_t word) const {
    return values_.data() + column * stride_ + kAround + word;
  }
  void Set(Column column, std::size_t word, const WordLanes& lanes) {
    std::memcpy(ColumnOf(column) + word, lanes.data(), sizeof lanes);
  }

 private:
  std::uint32_t* ColumnOf(Column column) { return values_.data() + column * stride_ + kAround; }
  void SetNowhere(std::size_t at);

  std::size_t first_ = 0, end_ = 0, read_ = 0;  // tokens of the scan
  std::size_t stride_ = 0;                      // from a column to the next: its words, those around, and free places
  std::uint32_t casing_ = 0;
  LabelBefore label_ = {};  // of the last one that was read
  std::vector<std::uint32_t> values_;
};

constexpr std::size_t kNameFeatures = 36;
using NameFeatures = std::array<std::uint32_t, kNameFeatures>;

// The lists of every token of the scan; none for those with digits.
void ReadLists(const Scan& scan, const NameModel& model, std::vector<std::uint16_t>& lists);
// The features of one word, hashed.
void ReadFeatures(PassageTraits& traits, std::size_t at, NameFeatures& features);

// The same in two steps, of several words at once. Both are compiled into their caller, so that their loops become the
// vectors of the machine that the caller is for.
//
// Prefixes and suffixes of the words [from, to) and of one word on each side, which their features see. They go from
// letter to letter; a shorter word passes its turn.
PRIVITY_INLINED void HashSpellings(PassageTraits& traits, std::size_t from, std::size_t to) {
  using enum PassageTraits::Column;
  for (std::size_t at = from - (from > 0 ? 1 : 0); at <= to; at += kWordsAtOnce) {
    const std::uint32_t *const heads = traits.From(kHead, at), *const tails = traits.From(kTail, at),
                               *const letters = traits.From(kLetters, at);
    WordLanes prefix, suffix2, suffix3, suffix4;
    for (std::size_t lane = 0; lane < kWordsAtOnce; ++lane) {
      const std::uint32_t head = heads[lane], tail = tails[lane], size = letters[lane];
      const auto go_on = [](std::uint32_t hash, std::uint32_t letter, bool has) {
        return has ? WordHashGoesOn(hash, static_cast<char>(letter)) : hash;
      };
      const auto of_word = [&](std::uint32_t kind, std::uint32_t hash) { return size > 0 ? MixedHash(kind, hash) : 0; };
      constexpr std::uint32_t kStart = kWordHashStart;
      prefix[lane] = of_word(11, go_on(go_on(go_on(kStart, head, true), head >> 8, size > 1), head >> 16, size > 2));
      // From the end.
      const std::uint32_t fourth = tail, third = tail >> 8, second = tail >> 16, last = tail >> 24;
      const auto end = [&](std::uint32_t hash) { return go_on(go_on(hash, second, size > 1), last, true); };
      suffix2[lane] = of_word(12, end(kStart));
      suffix3[lane] = of_word(13, end(go_on(kStart, third, size > 2)));
      suffix4[lane] = of_word(14, end(go_on(go_on(kStart, fourth, size > 3), third, size > 2)));
    }
    traits.Set(kPrefix, at, prefix);
    traits.Set(kSuffix2, at, suffix2);
    traits.Set(kSuffix3, at, suffix3);
    traits.Set(kSuffix4, at, suffix4);
  }
}

// The features of the words from `at` on, as `made_of` makes them of their hashes; lanes behind the words that were
// read hold nothing.
using FeatureLanes = std::array<WordLanes, kNameFeatures>;
template <typename MadeOf>
PRIVITY_INLINED void MixFeatures(const PassageTraits& traits, std::size_t at, const MadeOf& made_of,
                                 FeatureLanes& features) {
  using enum PassageTraits::Column;
  const std::uint32_t casing = traits.casing();
  const std::uint32_t *const words = traits.From(kWord, at), *const all_lists = traits.From(kLists, at),
                             *const shapes = traits.From(kShape, at), *const all_gaps = traits.From(kGap, at),
                             *const labels = traits.From(kLabel, at), *const distances = traits.From(kDistance, at),
                             *const prefixes = traits.From(kPrefix, at), *const suffixes2 = traits.From(kSuffix2, at),
                             *const suffixes3 = traits.From(kSuffix3, at), *const suffixes4 = traits.From(kSuffix4, at);
  for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(kWordsAtOnce); ++i) {
    const auto mixed = [](std::uint32_t a, std::uint32_t b) { return MixedHash(a, b); };
    const std::uint32_t word = words[i], lists = all_lists[i], gap = all_gaps[i], own_shape = shapes[i];
    const std::uint32_t next_gap = all_gaps[i + 1], distance = distances[i], label = labels[i];
    const std::uint32_t shape = own_shape * 4 + casing, listed_shape = mixed(lists, shape);
    const std::uint32_t cased_shape = mixed(own_shape, casing), gaps = mixed(gap, next_gap);
    std::uint32_t f = 0;
    const auto add = [&](std::uint32_t left, std::uint32_t right) __attribute__((always_inline)) {
      features.data()[f].data()[i] = made_of(mixed(f * 0x1F123BB5u + left, right));
      ++f;
    };
    add(word, 0);
    add(word, shape);
    add(prefixes[i], own_shape);
    add(suffixes2[i], own_shape);
    add(suffixes3[i], own_shape);
    add(suffixes4[i], 0);
    add(shape, gap);
    add(listed_shape, 0);
    add(listed_shape, gap);
    add(words[i - 1], 0);
    add(words[i + 1], next_gap);
    add(words[i - 2], 0);
    add(words[i + 2], 0);
    add(mixed(words[i - 1], gap), listed_shape);
    add(mixed(words[i + 1], next_gap), listed_shape);
    add(mixed(all_lists[i - 1], gap), listed_shape);
    add(mixed(all_lists[i + 1], next_gap), listed_shape);
    add(mixed(all_lists[i - 1], all_lists[i + 1]), listed_shape);
    add(mixed(shapes[i - 1], gap), cased_shape);
    add(mixed(shapes[i + 1], next_gap), cased_shape);
    add(mixed(shapes[i - 1], shapes[i + 1]), mixed(own_shape, gaps));
    add(mixed(words[i - 2], words[i - 1]), own_shape);
    add(mixed(words[i + 1], words[i + 2]), own_shape);
    add(mixed(words[i - 2], all_lists[i - 1]), lists);
    add(mixed(all_lists[i - 2], all_lists[i - 1]), mixed(lists, gap));
    add(mixed(all_lists[i + 1], all_lists[i + 2]), mixed(lists, next_gap));
    add(label, mixed(distance, own_shape));
    add(label, mixed(lists, distance < 2 ? distance : 2));
    add(mixed(label, all_gaps[i - 1]), mixed(gap, distance));
    add(suffixes3[i - 1], mixed(suffixes3[i], gap));
    add(suffixes3[i - 1], mixed(own_shape, gap));
    add(suffixes3[i + 1], mixed(own_shape, next_gap));
    add(mixed(shapes[i - 2], shapes[i - 1]), mixed(own_shape, shapes[i + 1]));
    add(gaps, listed_shape);
    add(mixed(lists, suffixes2[i]), own_shape);
    add(0, casing);
  }
}

}  // namespace privity::detect
