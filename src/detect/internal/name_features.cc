#include "detect/internal/name_features.h"

#include <algorithm>
#include <string>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::uint8_t kNoLabel = 7;
constexpr std::size_t kFoldedBytesMax = 40;
constexpr WordTraits kNowhere = {.word = 1, .shape = 255, .gap = 255, .distance = kNoLabel};

constexpr std::size_t kGapBytesMax = 12;

// The signs between two words, white space taken together: ". " and ".\n" differ from ".".
constexpr std::uint8_t GapOf(std::string_view between, bool first, bool line_before) {
  std::uint32_t hash = first ? 7 : 3;
  bool space = false;
  int signs = 0;
  for (const char c : between) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      space = true;
    } else if (signs < 3) {
      hash = hash * 31 + static_cast<unsigned char>(c) + (space ? 17 : 0);
      ++signs;
    }
  }
  hash = hash * 31 + (space ? 5 : 0) + (line_before ? 11 : 0);
  return static_cast<std::uint8_t>(hash ^ (hash >> 8) ^ (hash >> 16));
}

std::uint8_t GapBefore(const Scan& scan, std::size_t at) {
  constexpr std::uint8_t kOneSpace = GapOf(" ", false, false);  // what stands between most words
  const bool first = at == 0;
  const std::size_t begin = first ? 0 : scan.tokens[at - 1].end;
  const Token& token = scan.tokens[at];
  if (!first && token.begin - begin == 1 && scan.text[begin] == ' ') return kOneSpace;
  const std::string_view between = scan.text.substr(begin, std::min(token.begin - begin, kGapBytesMax));
  return GapOf(between, first, token.line_before);
}

bool EndsLabel(std::string_view between) {
  if (between.size() > 8) return false;
  return std::any_of(between.begin(), between.end(),
                     [](char c) { return c == ':' || c == '=' || c == '>' || c == '\t'; });
}

std::uint8_t ShapeOf(const Token& token, bool initial) {
  if (token.digits > 0) {
    const std::uint8_t length = static_cast<std::uint8_t>(std::min<std::uint32_t>(token.size(), 7));
    return static_cast<std::uint8_t>(64 + length * 2 + (token.all_digits() ? 0 : 1));
  }
  const std::uint8_t length = static_cast<std::uint8_t>(token.size() == 1 ? 0 : token.size() <= 3 ? 1 : 2);
  const std::uint8_t letters = static_cast<std::uint8_t>(!token.has_upper     ? 0
                                                         : !token.has_lower   ? 1
                                                         : !token.upper_first ? 2
                                                                              : 3);
  return static_cast<std::uint8_t>(letters * 8 + length * 2 + (initial ? 1 : 0));
}

// 0 mixed, 1 no capital letter, 2 nearly capitals only.
std::uint8_t CasingOf(const Scan& scan, std::size_t first, std::size_t end) {
  std::size_t words = 0, capital = 0, all_capital = 0;
  for (std::size_t i = first; i < end; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits > 0 || token.size() < 2) continue;
    ++words;
    capital += token.has_upper;
    all_capital += token.has_upper && !token.has_lower;
  }
  if (words >= 3 && all_capital * 10 >= words * 8) return 2;
  return words > 0 && capital == 0 ? 1 : 0;
}

std::uint32_t WordOf(const Token& token) {
  return token.digits == 0 ? token.hash
                           : MixedHash(0x515u, token.size() * 32 + std::min<std::uint32_t>(token.digits, 31));
}

// Prefix and suffixes; those of a token with digits stay 0.
void ReadSpelling(const Scan& scan, const Token& token, WordTraits& traits) {
  traits.spelled = true;
  if (token.digits > 0) return;
  // Of a long word, only how it begins and ends.
  constexpr std::size_t kEndBytes = 4;
  char small[2 * kEndBytes];
  std::string folded_word;
  std::string_view folded;
  const std::string_view word = scan.Of(token).substr(0, kFoldedBytesMax);
  if (token.ascii) {
    const std::size_t n = std::min(word.size(), sizeof small), behind = std::min(n, kEndBytes);
    std::copy_n(word.data(), n - behind, small);
    std::copy_n(word.data() + word.size() - behind, behind, small + n - behind);
    for (std::size_t i = 0; i < n; ++i) small[i] = static_cast<char>(small[i] | 0x20);
    folded = {small, n};
  } else {
    folded_word = Fold(word);
    folded = folded_word;
  }
  const auto tail = [&](std::size_t n) { return folded.substr(folded.size() - std::min(n, folded.size())); };
  traits.prefix = MixedHash(11, WordHash(folded.substr(0, 3)));
  traits.suffix2 = MixedHash(12, WordHash(tail(2)));
  traits.suffix3 = MixedHash(13, WordHash(tail(3)));
  traits.suffix4 = MixedHash(14, WordHash(tail(4)));
}

}  // namespace

void ReadLists(const Scan& scan, const NameModel& model, std::vector<std::uint16_t>& lists) {
  constexpr std::size_t kAhead = 12;  // the table is too large for the nearer caches
  const std::size_t n = scan.tokens.size();
  lists.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (i + kAhead < n) model.Prefetch(scan.tokens[i + kAhead].hash);
    lists[i] = scan.tokens[i].digits == 0 ? model.ListsOf(scan.tokens[i].hash) : 0;
  }
}

void ReadTraits(const Scan& scan, std::size_t first, std::size_t end, const std::vector<std::uint16_t>& lists,
                std::vector<WordTraits>& all) {
  all.resize(end - first);
  const std::uint8_t casing = CasingOf(scan, first, end);
  std::uint32_t label = 0;
  std::uint8_t distance = kNoLabel;
  for (std::size_t i = first; i < end; ++i) {
    const Token& token = scan.tokens[i];
    WordTraits& traits = all[i - first];
    traits = WordTraits();
    traits.word = WordOf(token);
    traits.lists = lists[i];
    traits.casing = casing;
    // One space ends none, and is what stands between most words.
    const bool spaced = i > first && token.begin - scan.tokens[i - 1].end == 1 && scan.text[token.begin - 1] == ' ';
    if (i > first && !spaced && EndsLabel(scan.Between(i - 1))) {
      label = all[i - 1 - first].word;
      distance = 0;
    } else if (token.line_before) {
      distance = kNoLabel;
    } else if (distance < kNoLabel) {
      ++distance;
    }
    traits.distance = distance;
    traits.label = distance < kNoLabel ? label : 0;
  }
}

void ReadSpellings(const Scan& scan, std::size_t first, std::size_t from, std::size_t to,
                   std::vector<WordTraits>& traits) {
  for (std::size_t i = from; i < to; ++i) {
    WordTraits& word = traits[i - first];
    if (word.spelled) continue;
    const Token& token = scan.tokens[i];
    const bool initial = token.size() == 1 && token.end < scan.text.size() && scan.text[token.end] == '.';
    word.shape = ShapeOf(token, initial);
    word.gap = GapBefore(scan, i);
    ReadSpelling(scan, token, word);
  }
}

void ReadFeatures(const std::vector<WordTraits>& traits, std::size_t at, NameFeatures& features) {
  MixFeatures(traits, at, features);
}

namespace {

// The word at a place and those around it: `pp` is two before, `n` the next.
struct Neighbours {
  Neighbours(const std::vector<WordTraits>& all, std::size_t at)
      : w(all[at]),
        p(at > 0 ? all[at - 1] : kNowhere),
        n(at + 1 < all.size() ? all[at + 1] : kNowhere),
        pp(at > 1 ? all[at - 2] : kNowhere),
        nn(at + 2 < all.size() ? all[at + 2] : kNowhere) {}
  const WordTraits &w, &p, &n, &pp, &nn;

  std::uint32_t shape() const { return w.shape * 4u + w.casing; }
};

// Pairs that several features hold, or one beside a third.
enum Pair : std::size_t {
  kListedShape,
  kBeforeGap,
  kAfterGap,
  kListsBeforeGap,
  kListsAfterGap,
  kListsAround,
  kShapeBeforeGap,
  kCasedShape,
  kShapeAfterGap,
  kShapesAround,
  kGaps,
  kTwoBefore,
  kTwoAfter,
  kBeforeListed,
  kListsTwoBefore,
  kListsGap,
  kListsTwoAfter,
  kListsNextGap,
  kDistanceShape,
  kListsNearLabel,
  kLabelGap,
  kGapDistance,
  kSuffixGap,
  kShapeGap,
  kShapeNextGap,
  kShapesTwoBefore,
  kShapesAfter,
  kListsSuffix,
  kPairsUsed
};
static_assert(kPairsUsed <= FeatureParts::kPairs);

}  // namespace

void ReadPairs(const std::vector<WordTraits>& all, std::size_t at, FeatureParts& parts) {
  const Neighbours near(all, at);
  const WordTraits &w = near.w, &p = near.p, &n = near.n, &pp = near.pp, &nn = near.nn;
  const auto set = [&](Pair pair, std::uint32_t first, std::uint32_t second) {
    parts.first[pair] = first;
    parts.second[pair] = second;
  };
  set(kListedShape, w.lists, near.shape());
  set(kBeforeGap, p.word, w.gap);
  set(kAfterGap, n.word, n.gap);
  set(kListsBeforeGap, p.lists, w.gap);
  set(kListsAfterGap, n.lists, n.gap);
  set(kListsAround, p.lists, n.lists);
  set(kShapeBeforeGap, p.shape, w.gap);
  set(kCasedShape, w.shape, w.casing);
  set(kShapeAfterGap, n.shape, n.gap);
  set(kShapesAround, p.shape, n.shape);
  set(kGaps, w.gap, n.gap);
  set(kTwoBefore, pp.word, p.word);
  set(kTwoAfter, n.word, nn.word);
  set(kBeforeListed, pp.word, p.lists);
  set(kListsTwoBefore, pp.lists, p.lists);
  set(kListsGap, w.lists, w.gap);
  set(kListsTwoAfter, n.lists, nn.lists);
  set(kListsNextGap, w.lists, n.gap);
  set(kDistanceShape, w.distance, w.shape);
  set(kListsNearLabel, w.lists, std::min<std::uint32_t>(w.distance, 2));
  set(kLabelGap, w.label, p.gap);
  set(kGapDistance, w.gap, w.distance);
  set(kSuffixGap, w.suffix3, w.gap);
  set(kShapeGap, w.shape, w.gap);
  set(kShapeNextGap, w.shape, n.gap);
  set(kShapesTwoBefore, pp.shape, p.shape);
  set(kShapesAfter, w.shape, n.shape);
  set(kListsSuffix, w.lists, w.suffix2);
  for (std::size_t i = kPairsUsed; i < FeatureParts::kPairs; ++i) parts.first[i] = parts.second[i] = 0;
}

void ReadSides(const std::vector<WordTraits>& all, std::size_t at, FeatureParts& parts) {
  const Neighbours near(all, at);
  const WordTraits &w = near.w, &p = near.p, &n = near.n, &pp = near.pp, &nn = near.nn;
  const auto& pairs = parts.first;
  const std::uint32_t shape = near.shape(), listed_shape = pairs[kListedShape];
  std::size_t i = 0;
  const auto add = [&](std::uint32_t left, std::uint32_t right) {
    parts.left[i] = left;
    parts.right[i] = right;
    ++i;
  };
  add(w.word, 0);
  add(w.word, shape);
  add(w.prefix, w.shape);
  add(w.suffix2, w.shape);
  add(w.suffix3, w.shape);
  add(w.suffix4, 0);
  add(shape, w.gap);
  add(listed_shape, 0);
  add(listed_shape, w.gap);
  add(p.word, 0);
  add(n.word, n.gap);
  add(pp.word, 0);
  add(nn.word, 0);
  add(pairs[kBeforeGap], listed_shape);
  add(pairs[kAfterGap], listed_shape);
  add(pairs[kListsBeforeGap], listed_shape);
  add(pairs[kListsAfterGap], listed_shape);
  add(pairs[kListsAround], listed_shape);
  add(pairs[kShapeBeforeGap], pairs[kCasedShape]);
  add(pairs[kShapeAfterGap], pairs[kCasedShape]);
  add(pairs[kShapesAround], MixedHash(w.shape, pairs[kGaps]));
  add(pairs[kTwoBefore], w.shape);
  add(pairs[kTwoAfter], w.shape);
  add(pairs[kBeforeListed], w.lists);
  add(pairs[kListsTwoBefore], pairs[kListsGap]);
  add(pairs[kListsTwoAfter], pairs[kListsNextGap]);
  add(w.label, pairs[kDistanceShape]);
  add(w.label, pairs[kListsNearLabel]);
  add(pairs[kLabelGap], pairs[kGapDistance]);
  add(p.suffix3, pairs[kSuffixGap]);
  add(p.suffix3, pairs[kShapeGap]);
  add(n.suffix3, pairs[kShapeNextGap]);
  add(pairs[kShapesTwoBefore], pairs[kShapesAfter]);
  add(pairs[kGaps], listed_shape);
  add(pairs[kListsSuffix], w.shape);
  add(0, w.casing);
}

}  // namespace privity::detect
