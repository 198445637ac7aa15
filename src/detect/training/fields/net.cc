#include "detect/training/fields/net.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

#include "detect/internal/field_net.h"
#include "detect/training/fields/units.h"

namespace privity::detect {
namespace {

constexpr std::size_t kDims = FieldNet::kDims, kHidden = FieldNet::kHidden, kInputs = FieldNet::kInputs;
constexpr std::size_t kBatch = 32;
constexpr float kStep = 0.002f, kRowStep = 0.05f;  // at first; they shrink as a cosine does
constexpr float kRowSpread = 0.05f, kRowSquare = 1e-3f;
// What is hidden while it learns, so that no single one of them decides: signs, whole parts, units of a layer.
constexpr float kSignsHidden = 0.3f, kPartsHidden = 0.1f, kUnitsHidden = 0.2f;

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : random_(seed) {}
  bool Is(float share) { return static_cast<float>(random_() >> 8) < share * static_cast<float>(1u << 24); }
  float Within(float most) { return most * (static_cast<float>(random_() >> 8) / static_cast<float>(1u << 23) - 1); }
  std::size_t Below(std::size_t end) { return random_() % end; }

 private:
  std::mt19937 random_;
};

// Weights that learn from the mean gradient of a batch by Adam (Kingma and Ba, 2015).
struct Matrix {
  Matrix(std::size_t inputs, std::size_t size, Chance& chance)
      : weights(size), gradients(size), means(size), squares(size) {
    const float most = std::sqrt(3.0f / static_cast<float>(inputs));
    for (float& weight : weights) weight = chance.Within(most);
  }

  void Learn(float step, std::size_t batches) {
    constexpr float kMean = 0.9f, kSquare = 0.999f;
    const auto count = static_cast<float>(batches);
    const float mean_share = 1 - std::pow(kMean, count), square_share = 1 - std::pow(kSquare, count);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const float gradient = gradients[i] / static_cast<float>(kBatch);
      gradients[i] = 0;
      means[i] = kMean * means[i] + (1 - kMean) * gradient;
      squares[i] = kSquare * squares[i] + (1 - kSquare) * gradient * gradient;
      weights[i] -= step * (means[i] / mean_share) / (std::sqrt(squares[i] / square_share) + 1e-8f);
    }
  }

  std::vector<float> weights, gradients, means, squares;
};

// Of one sample.
struct Passed {
  std::array<std::vector<std::uint32_t>, FieldNet::kParts> rows;  // those that were not hidden
  FieldNet::Inputs inputs;
  FieldNet::Layer first, second;
  std::vector<float> outputs;
};

class Learner {
 public:
  Learner(std::size_t rows, std::size_t detectors, std::uint32_t seed)
      : chance_(seed),
        rows_(rows * kDims),
        squares_(rows, kRowSquare),
        first_(kInputs / 2, FieldNet::kFirst, chance_),
        second_(kHidden / 2, FieldNet::kSecond, chance_),
        outputs_(kHidden * 2, (detectors + 1) * (kHidden + 1), chance_) {
    for (float& weight : rows_) weight = chance_.Within(kRowSpread);
    passed_.outputs.resize(detectors + 1);
    errors_.resize(detectors + 1);
  }

  void Learn(std::span<const NetSample> samples, int epochs) {
    std::vector<std::uint32_t> order(samples.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const std::size_t batches = samples.size() / kBatch;
    const auto all = static_cast<float>(batches * static_cast<std::size_t>(epochs));
    std::size_t done = 0;
    for (int epoch = 0; epoch < epochs; ++epoch) {
      for (std::size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[chance_.Below(i + 1)]);
      for (std::size_t batch = 0; batch < batches; ++batch) {
        constexpr float kLeast = 0.01f;
        const float share = 0.5f * (1 + std::cos(std::numbers::pi_v<float> * static_cast<float>(done) / all));
        const float step = std::max(share, kLeast);
        for (std::size_t i = 0; i < kBatch; ++i) LearnOne(samples[order[batch * kBatch + i]], kRowStep * step);
        ++done;
        for (Matrix* matrix : {&first_, &second_, &outputs_}) matrix->Learn(kStep * step, done);
      }
    }
  }

  std::string Bytes() const {
    const Units rows = InUnits(rows_), first = InUnits(first_.weights), second = InUnits(second_.weights),
                outputs = InUnits(outputs_.weights);
    const FieldNet::Head head{
        .rows = rows.scale, .first = first.scale, .second = second.scale, .outputs = outputs.scale};
    return std::string(reinterpret_cast<const char*>(&head), sizeof head) + rows.bytes + first.bytes + second.bytes +
           outputs.bytes;
  }

 private:
  void ReadRows(const NetSample& sample) {
    std::array<bool, FieldNet::kParts> hidden;
    for (bool& is : hidden) is = chance_.Is(kPartsHidden);
    for (auto& rows : passed_.rows) rows.clear();
    for (const auto& signs : {sample.own, sample.shared}) {
      for (const std::uint32_t sign : signs) {
        const std::size_t part = PlaceOfPart(sign);
        if (part >= FieldNet::kParts || hidden[part] || chance_.Is(kSignsHidden)) continue;
        passed_.rows[part].push_back(sign & static_cast<std::uint32_t>(squares_.size() - 1));
      }
    }
  }

  static float ShareOf(const std::vector<std::uint32_t>& rows) {
    return rows.empty() ? 0 : 1 / std::sqrt(static_cast<float>(rows.size()));
  }

  void ReadInputs() {
    passed_.inputs.fill(0);
    for (std::size_t part = 0; part < FieldNet::kParts; ++part) {
      float* inputs = &passed_.inputs[part * kDims];
      const float share = ShareOf(passed_.rows[part]);
      for (const std::uint32_t row : passed_.rows[part]) {
        for (std::size_t i = 0; i < kDims; ++i) inputs[i] += share * rows_[row * kDims + i];
      }
    }
  }

  // What is left counts for what is hidden, too.
  void Bend(FieldNet::Layer& layer) {
    for (float& unit : layer) unit = unit <= 0 || chance_.Is(kUnitsHidden) ? 0 : unit / (1 - kUnitsHidden);
  }

  void Pass(const NetSample& sample) {
    ReadRows(sample);
    ReadInputs();
    std::copy_n(first_.weights.end() - kHidden, kHidden, passed_.first.begin());
    AddLayer(passed_.inputs, first_.weights.data(), passed_.first);
    Bend(passed_.first);
    std::copy_n(second_.weights.end() - kHidden, kHidden, passed_.second.begin());
    AddLayer(passed_.first, second_.weights.data(), passed_.second);
    Bend(passed_.second);
    for (std::size_t i = 0; i < passed_.outputs.size(); ++i) {
      const float* weights = outputs_.weights.data() + i * (kHidden + 1);
      passed_.outputs[i] = Product(weights, passed_.second) + weights[kHidden];
    }
  }

  // By how much each output is too large; those of detectors only where the field is somebody's.
  void ReadErrors(const NetSample& sample) {
    const auto& outputs = passed_.outputs;
    errors_[0] = 1 / (1 + std::exp(-outputs[0])) - (sample.detector ? 1.0f : 0.0f);
    if (!sample.detector) return;
    const float most = *std::max_element(outputs.begin() + 1, outputs.end());
    float total = 0;
    for (std::size_t i = 1; i < outputs.size(); ++i) total += errors_[i] = std::exp(outputs[i] - most);
    for (std::size_t i = 1; i < outputs.size(); ++i) errors_[i] /= total;
    errors_[*sample.detector + 1] -= 1;
  }

  static void AddTo(float* __restrict sums, float share, const FieldNet::Layer& layer) {
    const float* __restrict units = layer.data();
    for (std::size_t i = 0; i < kHidden; ++i) sums[i] += share * units[i];
  }

  // Back through a layer: `errors` of its units, already bent, to its gradients and to those of its `inputs`.
  template <std::size_t kSize>
  static std::array<float, kSize> Back(const std::array<float, kSize>& inputs, const FieldNet::Layer& errors,
                                       Matrix& matrix) {
    std::array<float, kSize> back;
    for (std::size_t k = 0; k < kSize; ++k) {
      back[k] = Product(matrix.weights.data() + k * kHidden, errors);
      if (inputs[k] == 0) continue;
      AddTo(matrix.gradients.data() + k * kHidden, inputs[k], errors);
    }
    AddTo(matrix.gradients.data() + kSize * kHidden, 1, errors);
    return back;
  }

  static void Unbend(const FieldNet::Layer& layer, FieldNet::Layer& errors) {
    for (std::size_t i = 0; i < kHidden; ++i) errors[i] = layer[i] > 0 ? errors[i] / (1 - kUnitsHidden) : 0;
  }

  FieldNet::Layer BackThroughOutputs(std::size_t count) {
    FieldNet::Layer back{};
    for (std::size_t i = 0; i < count; ++i) {
      const float* __restrict weights = outputs_.weights.data() + i * (kHidden + 1);
      float* gradients = outputs_.gradients.data() + i * (kHidden + 1);
      float* __restrict sums = back.data();
      const float error = errors_[i];
      for (std::size_t k = 0; k < kHidden; ++k) sums[k] += error * weights[k];
      AddTo(gradients, error, passed_.second);
      gradients[kHidden] += error;
    }
    return back;
  }

  // The rows learn at once, by AdaGrad steps (Duchi, Hazan and Singer, 2011) with one square for all of a row.
  void LearnRows(const FieldNet::Inputs& errors, float step) {
    for (std::size_t part = 0; part < FieldNet::kParts; ++part) {
      std::array<float, kDims> gradient;
      float square = 0;
      for (std::size_t i = 0; i < kDims; ++i) {
        gradient[i] = ShareOf(passed_.rows[part]) * errors[part * kDims + i];
        square += gradient[i] * gradient[i] / kDims;
      }
      for (const std::uint32_t row : passed_.rows[part]) {
        squares_[row] += square;
        const float share = step / std::sqrt(squares_[row]);
        for (std::size_t i = 0; i < kDims; ++i) rows_[row * kDims + i] -= share * gradient[i];
      }
    }
  }

  void LearnOne(const NetSample& sample, float row_step) {
    Pass(sample);
    ReadErrors(sample);
    FieldNet::Layer second = BackThroughOutputs(sample.detector ? errors_.size() : 1);
    Unbend(passed_.second, second);
    FieldNet::Layer first = Back(passed_.first, second, second_);
    Unbend(passed_.first, first);
    LearnRows(Back(passed_.inputs, first, first_), row_step);
  }

  Chance chance_;
  std::vector<float> rows_, squares_;
  Matrix first_, second_, outputs_;
  Passed passed_;
  std::vector<float> errors_;
};

}  // namespace

std::string TrainNet(std::span<const NetSample> samples, std::size_t rows, std::size_t detectors, std::uint32_t seed,
                     int epochs) {
  Learner learner(rows, detectors, seed);
  learner.Learn(samples, epochs);
  return learner.Bytes();
}

}  // namespace privity::detect
