#include "detect/training/spans/trainer.h"

#include <algorithm>
#include <cmath>

namespace privity::detect {
namespace {

constexpr float kStep = 0.15f;
constexpr float kShrink = 1e-6f;  // of each weight, whenever it is used
constexpr float kWeightMax = 3.9f;
constexpr float kForbidden = -30.f;
constexpr std::uint32_t kHiddenSigns = 25;  // in a hundred, whenever a word is learned

// Scaled to one. What it was scaled by.
float Scale(SpanTrainer::Lanes& lanes) {
  float sum = 0;
  for (const float value : lanes) sum += value;
  for (float& value : lanes) value /= sum;
  return sum;
}

}  // namespace

SpanTrainer::SpanTrainer(std::uint32_t features) : mask_(features - 1), weights_(features), squares_(features) {
  for (std::size_t from = 0; from < kSpanLanes; ++from) {
    for (std::size_t to = 0; to < kSpanLanes; ++to) steps_[from][to] = MayFollow(from, to) ? 0.f : kForbidden;
  }
}

double SpanTrainer::Learn(const SpanSample& sample, std::mt19937& random) {
  const std::size_t n = sample.tags.size();
  for (std::size_t from = 0; from < kSpanTags; ++from) {
    for (std::size_t to = 0; to < kSpanTags; ++to)
      factors_[from][to] = MayFollow(from, to) ? std::exp(steps_[from][to]) : 0.f;
  }
  Score(sample, random);
  double loss = AddForward();
  AddBackward();
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t before = i == 0 ? 0 : sample.tags[i - 1];
    loss -= scores_[i][sample.tags[i]] + steps_[before][sample.tags[i]];
    UpdateSteps(sample, i);
    Lanes shares;
    for (std::size_t tag = 0; tag < kSpanLanes; ++tag) shares[tag] = forward_[i][tag] * backward_[i][tag];
    Scale(shares);
    Lanes gradient;
    for (std::size_t tag = 0; tag < kSpanLanes; ++tag)
      gradient[tag] = (tag == sample.tags[i] ? 1.f : 0.f) - shares[tag];
    for (const std::uint32_t sign : seen_[i]) Move(weights_[sign & mask_], squares_[sign & mask_], gradient);
  }
  return loss;
}

void SpanTrainer::Score(const SpanSample& sample, std::mt19937& random) {
  const std::size_t n = sample.tags.size();
  scores_.assign(n, Lanes{});
  weighed_.assign(n, Lanes{});
  seen_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    seen_[i].clear();
    for (const std::uint32_t sign : sample.signs[i]) {
      if (random() % 100 >= kHiddenSigns) seen_[i].push_back(sign);
    }
    for (const std::uint32_t sign : seen_[i]) {
      const Lanes& weights = weights_[sign & mask_];
      for (std::size_t lane = 0; lane < kSpanLanes; ++lane) scores_[i][lane] += weights[lane];
    }
  }
}

// Sums of all ways to each tag of each word, each word's scaled to one. The logarithm of the sum of all ways through
// the text.
double SpanTrainer::AddForward() {
  constexpr float kHopeless = 1e-12f;
  double whole = 0;
  forward_.assign(scores_.size(), Lanes{});
  for (std::size_t i = 0; i < scores_.size(); ++i) {
    const float most = *std::max_element(scores_[i].begin(), scores_[i].begin() + kSpanTags);
    for (std::size_t tag = 0; tag < kSpanTags; ++tag) weighed_[i][tag] = std::exp(scores_[i][tag] - most);
    Lanes ways = i == 0 ? factors_[0] : Lanes{};
    for (std::size_t from = 0; i > 0 && from < kSpanTags; ++from) {
      const float before = forward_[i - 1][from];
      if (before < kHopeless) continue;
      for (std::size_t to = 0; to < kSpanLanes; ++to) ways[to] += before * factors_[from][to];
    }
    for (std::size_t tag = 0; tag < kSpanLanes; ++tag) forward_[i][tag] = ways[tag] * weighed_[i][tag];
    whole += std::log(Scale(forward_[i])) + most;
  }
  return whole;
}

// Likewise from each tag of each word to the end.
void SpanTrainer::AddBackward() {
  const std::size_t n = scores_.size();
  backward_.assign(n, Lanes{});
  for (std::size_t tag = 0; tag < kSpanTags; ++tag) backward_[n - 1][tag] = 1;
  for (std::size_t i = n - 1; i > 0; --i) {
    Lanes after;
    for (std::size_t to = 0; to < kSpanLanes; ++to) after[to] = weighed_[i][to] * backward_[i][to];
    for (std::size_t from = 0; from < kSpanTags; ++from) {
      float ways = 0;
      for (std::size_t to = 0; to < kSpanLanes; ++to) ways += factors_[from][to] * after[to];
      backward_[i - 1][from] = ways;
    }
    Scale(backward_[i - 1]);
  }
}

void SpanTrainer::UpdateSteps(const SpanSample& sample, std::size_t word) {
  constexpr float kUnlikely = 1e-4f;
  const auto before = [&](std::size_t from) { return word > 0 ? forward_[word - 1][from] : from == 0 ? 1.f : 0.f; };
  SpanTransitions& ways = ways_;
  float sum = 0;
  for (std::size_t from = 0; from < kSpanTags; ++from) {
    for (std::size_t to = 0; to < kSpanLanes; ++to)
      sum += (ways[from][to] = before(from) * factors_[from][to] * weighed_[word][to] * backward_[word][to]);
  }
  const std::size_t tag_before = word == 0 ? 0 : sample.tags[word - 1];
  for (std::size_t from = 0; from < kSpanTags; ++from) {
    if (before(from) < kUnlikely && from != tag_before) continue;
    for (std::size_t to = 0; to < kSpanTags; ++to) {
      if (!MayFollow(from, to)) continue;
      const float gradient = (from == tag_before && to == sample.tags[word] ? 1.f : 0.f) - ways[from][to] / sum;
      float& square = step_squares_[from][to];
      square += gradient * gradient;
      steps_[from][to] += kStep * gradient / std::sqrt(square + 1.f);
    }
  }
}

void SpanTrainer::Move(Lanes& weights, Lanes& squares, const Lanes& gradient) {
  for (std::size_t lane = 0; lane < kSpanLanes; ++lane) {
    squares[lane] += gradient[lane] * gradient[lane];
    const float moved = weights[lane] * (1 - kShrink) + kStep * gradient[lane] / std::sqrt(squares[lane] + 1.f);
    weights[lane] = std::clamp(moved, -kWeightMax, kWeightMax);
  }
}

}  // namespace privity::detect
