#include "detect/internal/span_signs.h"

#include <algorithm>

namespace privity::detect {

const SpanSigns::Said& SpanSigns::SaidOf(std::ptrdiff_t word) const {
  static const Said kNowhere = {.entity = 31, .place = 3};
  if (word < 0 || word >= static_cast<std::ptrdiff_t>(words_.size())) return kNowhere;
  return words_[static_cast<std::size_t>(word)];
}

void SpanSigns::Read(const Scan& scan, const std::vector<std::uint16_t>& lists, std::size_t first, std::size_t end,
                     const std::vector<Find>& finds) {
  traits_.Begin(scan, first, end);
  traits_.Read(scan, first, end, lists);
  const std::size_t n = end - first;
  words_.assign(n, Said{});
  line_heads_.assign(n, 0);
  before_.assign(n, 0);
  behind_.assign(n, 0);
  people_ = 0;
  auto find = std::ranges::upper_bound(finds, n == 0 ? 0 : scan.tokens[first].begin, {}, &Find::end);
  std::size_t head = first;
  for (std::size_t i = first; i < end; ++i) {
    const Token& token = scan.tokens[i];
    if (token.line_before) head = i;
    line_heads_[i - first] =
        scan.tokens[head].hash * 8 + static_cast<std::uint32_t>(std::min<std::size_t>(i - head, 7));
    while (find != finds.end() && find->end <= token.begin) ++find;
    if (find == finds.end() || find->begin > token.begin) continue;
    Said& said = words_[i - first];
    said.entity = 1 + static_cast<std::uint32_t>(find->detector->entity);
    const bool begins = i == first || scan.tokens[i - 1].begin < find->begin;
    const bool ends = i + 1 == end || scan.tokens[i + 1].begin >= find->end;
    said.place = (begins ? 1u : 0u) | (ends ? 2u : 0u);
    said.sure = static_cast<std::uint32_t>(std::clamp(find->score * 10 - 4, 0.0, 5.0)) * 2 + (find->labelled ? 1 : 0);
    said.detector = WordHash(find->detector->pack.id);
    for (std::size_t k = i; k < end && scan.tokens[k].begin < find->end && said.length < 7; ++k) ++said.length;
    if (find->detector->entity == Entity::kPerson) people_ = 1;
  }
  ReadNear();
}

// Of each word, which finds stand before and behind it, and how near.
void SpanSigns::ReadNear() {
  constexpr std::uint32_t kFar = 12;
  const std::size_t n = size();
  std::uint32_t entity = 0, far = kFar;
  const auto go = [&](std::size_t i, std::vector<std::uint32_t>& near) {
    near[i] = far >= kFar ? 0 : entity * 4 + std::min(far, 3u);
    if (words_[i].entity != 0) {
      entity = words_[i].entity;
      far = 0;
    } else if (far < kFar) {
      ++far;
    }
  };
  for (std::size_t i = 0; i < n; ++i) go(i, before_);
  entity = 0, far = kFar;
  for (std::size_t i = n; i > 0; --i) go(i - 1, behind_);
}

void SpanSigns::AppendAll(std::vector<std::uint32_t>& signs) {
  const std::size_t n = size();
  signs.reserve(signs.size() + n * kOfWord);
  HashSpellings(traits_, 0, n);
  for (std::size_t at = 0; at < n; at += kWordsAtOnce) {
    FeatureLanes lanes;
    MixFeatures(
        traits_, at, [](std::uint32_t hash) { return hash; }, lanes);
    for (std::size_t lane = 0; lane < std::min(kWordsAtOnce, n - at); ++lane) {
      for (const WordLanes& feature : lanes) signs.push_back(feature[lane]);
      AppendSaid(at + lane, signs);
    }
  }
}

// What the finders say of a word, with what it is and what stands around it.
void SpanSigns::AppendSaid(std::size_t word, std::vector<std::uint32_t>& signs) const {
  using enum PassageTraits::Column;
  const auto column = [&](PassageTraits::Column of, std::ptrdiff_t by) { return traits_.From(of, word)[by]; };
  const auto at = static_cast<std::ptrdiff_t>(word);
  const Said &said = SaidOf(at), &last = SaidOf(at - 1), &next = SaidOf(at + 1);
  const std::uint32_t state = said.state(), w = column(kWord, 0), shape = column(kShape, 0), gap = column(kGap, 0);
  const std::uint32_t next_gap = column(kGap, 1), lists = column(kLists, 0);
  std::uint32_t kind = 1000;
  const auto add = [&](std::uint32_t a, std::uint32_t b) { signs.push_back(MixedHash(kind++ * 0x1F123BB5u + a, b)); };
  add(state, 0);
  add(state, said.sure);
  add(state, said.detector);
  add(state, w);
  add(state, shape);
  add(state, lists);
  add(state, said.length);
  add(state, MixedHash(gap, next_gap));
  add(state, column(kWord, -1));
  add(state, column(kWord, 1));
  add(state, MixedHash(column(kWord, -1), column(kWord, -2)));
  add(state, MixedHash(column(kWord, 1), column(kWord, 2)));
  add(state, MixedHash(last.state(), next.state()));
  add(MixedHash(state, last.state()), gap);
  add(MixedHash(state, last.state()), w);
  add(MixedHash(state, next.state()), next_gap);
  add(MixedHash(state, next.state()), column(kWord, 1));
  add(state, before_[word]);
  add(state, behind_[word]);
  add(MixedHash(before_[word], behind_[word]), MixedHash(state, shape));
  add(state, MixedHash(column(kLabel, 0), column(kDistance, 0)));
  add(shape, MixedHash(column(kLabel, 0), column(kDistance, 0)));
  add(state, line_heads_[word]);
  add(line_heads_[word], shape);
  add(state, MixedHash(column(kSuffix3, 0), shape));
  add(state, traits_.casing() * 2 + people_);
  add(MixedHash(w, people_), state);
  add(MixedHash(before_[word], w), gap);
  add(MixedHash(behind_[word], w), next_gap);
  add(MixedHash(column(kWord, -1), column(kWord, 1)), shape);
  add(column(kPrefix, 0), MixedHash(column(kSuffix2, 0), state));
  add(column(kSuffix4, 0), state);
  add(traits_.From(kWord, word > 2 ? word - 3 : 0)[0], state);
  add(traits_.From(kWord, std::min(word + 3, size() - 1))[0], state);
  add(MixedHash(column(kWord, -1), column(kLists, 1)), state);
  add(MixedHash(column(kWord, -2), column(kWord, -1)), MixedHash(lists, shape));
  add(MixedHash(column(kSuffix3, -1), column(kSuffix3, 1)), MixedHash(state, shape));
  add(MixedHash(SaidOf(at - 2).state(), last.state()), MixedHash(state, next.state()));
  add(MixedHash(next.state(), SaidOf(at + 2).state()), MixedHash(state, last.state()));
  add(MixedHash(column(kLists, -1), column(kLists, 1)), MixedHash(state, lists));
  add(MixedHash(column(kShape, -1), column(kShape, 1)), MixedHash(state, shape));
}

}  // namespace privity::detect
