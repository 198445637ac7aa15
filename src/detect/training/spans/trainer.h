// A linear-chain conditional random field over the signs of words, trained by stochastic gradient with AdaGrad steps
// (Duchi, Hazan and Singer, 2011).
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include "detect/internal/span_model.h"
#include "detect/training/spans/samples.h"

namespace privity::detect {

class SpanTrainer {
 public:
  using Lanes = std::array<float, kSpanLanes>;  // a number for each tag

  explicit SpanTrainer(std::uint32_t features);

  // What it lost by the text before it learned from it.
  double Learn(const SpanSample& sample, std::mt19937& random);

  const std::vector<Lanes>& weights() const { return weights_; }
  const SpanTransitions& steps() const { return steps_; }

 private:
  static bool MayFollow(std::size_t from, std::size_t to) {
    return to == 0 || IsBeginTag(to) || from == to || from + 1 == to;
  }
  void Score(const SpanSample& sample, std::mt19937& random);
  double AddForward();
  void AddBackward();
  void UpdateSteps(const SpanSample& sample, std::size_t word);
  static void Move(Lanes& weights, Lanes& squares, const Lanes& gradient);

  std::uint32_t mask_;
  std::vector<Lanes> weights_;
  std::vector<Lanes> squares_;
  SpanTransitions steps_{};
  SpanTransitions step_squares_{};
  SpanTransitions factors_{};  // e to the power of a step
  SpanTransitions ways_{};     // to a word, from each tag of the word before to each of its own
  // Of each word of the text that is learned:
  std::vector<std::vector<std::uint32_t>> seen_ = {};  // its signs, but for those that are hidden
  std::vector<Lanes> scores_ = {};
  std::vector<Lanes> weighed_ = {};  // e to the power of a score, less the most of the word
  std::vector<Lanes> forward_ = {};
  std::vector<Lanes> backward_ = {};
};

}  // namespace privity::detect
