// privity_train_spans: makes the model that judges anew what the finders find in a text.
//
//   privity_train_spans --out spans.model FILE.jsonl …
//   privity_train_spans --judge spans.model FILE.jsonl …
//
// Texts that are not in Spanish are passed over.
// The second form prints how many spans of each type the finders find exactly, and how many with the model.
//
// A conditional random field, trained by stochastic gradient with AdaGrad steps (Duchi, Hazan and Singer, 2011) over
// hashed features. The same input gives the same file, bit for bit, on the same machine type: the order of texts comes
// from a fixed seed. Texts: {"text", "spans": [{"start", "end", "type"}], "known"}; offsets count code points, types
// are entities. In some only numbers are labelled ("numbers_only"). Of texts that the finders know by heart ("known")
// some finds are hidden, so that the model does not trust them more than they deserve in others.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "detect/detector.h"
#include "detect/internal/detector_parts.h"
#include "detect/internal/span_choice.h"
#include "detect/training/spans/samples.h"
#include "detect/training/spans/trainer.h"

namespace privity::detect {
namespace {

constexpr int kEpochs = 5, kEpochsKept = 2;  // the model is the mean of the weights behind the last ones
constexpr std::uint32_t kFeatures = 1u << 16;
constexpr std::uint32_t kSeed = 20261128;

std::string BytesOf(const SpanTransitions& steps, const std::vector<SpanTrainer::Lanes>& weights) {
  float most = 0;
  for (const SpanTrainer::Lanes& lanes : weights) {
    for (const float w : lanes) most = std::max(most, std::abs(w));
  }
  SpanModelHead head{.magic = {}, .features = static_cast<std::uint32_t>(weights.size()), .scale = most / 127};
  std::memcpy(head.magic.data(), SpanModel::kMagic.data(), head.magic.size());
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
  bytes.append(reinterpret_cast<const char*>(&steps), sizeof steps);
  for (const SpanTrainer::Lanes& lanes : weights) {
    for (const float w : lanes) bytes += static_cast<char>(static_cast<std::int8_t>(std::lround(w / head.scale)));
  }
  return bytes;
}

struct Tally {
  std::int64_t labelled = 0, found = 0, exact = 0;
};

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {(std::istreambuf_iterator<char>(file)), {}};
}

void Count(const std::string& text, const std::vector<Find>& finds, const Json::Items& gold,
           std::map<std::string, Tally>& tallies) {
  std::set<std::string> labelled;
  const auto name = [](std::int64_t start, std::int64_t end, const std::string& type) {
    return std::to_string(start) + " " + std::to_string(end) + " " + type;
  };
  for (const Json& span : gold) {
    const std::string type = *span["type"].string();
    labelled.insert(name(span["start"].IntegerOr(0), span["end"].IntegerOr(0), type));
    ++tallies[type].labelled;
    ++tallies["all"].labelled;
  }
  for (const TextSpan& span : SpansOf(text, finds)) {
    const std::string type(EnumText(span.entity));
    const std::int64_t exact = static_cast<std::int64_t>(labelled.count(name(span.start, span.end, type)));
    for (const std::string& key : {type, std::string("all")}) {
      ++tallies[key].found;
      tallies[key].exact += exact;
    }
  }
  if (gold.empty()) {
    ++tallies["texts about nobody"].labelled;
    tallies["texts about nobody"].found += finds.empty() ? 0 : 1;
  }
}

int Judge(const std::string& path, const std::vector<std::string>& paths) {
  const auto catalog = PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles());
  const auto parts = DetectorParts::Make(catalog.value(), Date::FromYearMonthDay(2026, 1, 1).value()).value();
  const std::string bytes = ReadWhole(path);
  const SpanModel model = SpanModel::Parse(bytes).value();
  const SpanJudge judge(model, NameModel::BuiltIn(), parts->text, parts->files, {});
  for (const std::string& texts : paths) {
    std::map<std::string, Tally> before, after;
    std::ifstream in(texts);
    Scan scan;
    std::vector<Find> finds;
    for (std::string line; std::getline(in, line);) {
      const auto json = ParseJson(line, {.size_bytes_max = 1 << 20});
      if (!json.ok()) continue;
      const std::string text = *(*json)["text"].string();
      ScanText(text, scan);
      parts->finder.FindAll(scan, finds);
      Count(text, finds, *(*json)["spans"].items(), before);
      if (parts->names.IsSpanish(scan)) judge.Judge(scan, finds);
      Count(text, finds, *(*json)["spans"].items(), after);
    }
    std::printf("%s\n", texts.c_str());
    for (const auto& [type, tally] : after) {
      const auto f1 = [](const Tally& of) {
        return of.exact == 0 ? 0 : 2 * static_cast<double>(of.exact) / static_cast<double>(of.found + of.labelled);
      };
      const Tally& was = before[type];
      std::printf("%-18s labelled %5lld found %5lld -> %5lld exact %5lld -> %5lld F1 %.3f -> %.3f\n", type.c_str(),
                  static_cast<long long>(tally.labelled), static_cast<long long>(was.found),
                  static_cast<long long>(tally.found), static_cast<long long>(was.exact),
                  static_cast<long long>(tally.exact), f1(was), f1(tally));
    }
  }
  return 0;
}

int Train(const std::string& out, const std::vector<std::string>& paths) {
  const auto catalog = PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles());
  const auto parts = DetectorParts::Make(catalog.value(), Date::FromYearMonthDay(2026, 1, 1).value()).value();
  std::mt19937 random(kSeed);
  std::vector<SpanSample> samples;
  for (const std::string& path : paths) AddSamples(path, *parts, random, samples);
  DropRareSigns(samples);
  SpanTrainer trainer(kFeatures);
  std::vector<const SpanSample*> order;
  for (const SpanSample& sample : samples) order.push_back(&sample);
  std::vector<SpanTrainer::Lanes> mean(kFeatures);
  SpanTransitions steps{};
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    for (std::size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[random() % (i + 1)]);
    double loss = 0;
    for (const SpanSample* sample : order) loss += trainer.Learn(*sample, random);
    std::fprintf(stderr, "epoch %d: loss %.1f of %zu texts\n", epoch + 1, loss, order.size());
    if (epoch < kEpochs - kEpochsKept) continue;
    constexpr float kShare = 1.f / kEpochsKept;
    for (std::size_t f = 0; f < mean.size(); ++f) {
      for (std::size_t lane = 0; lane < kSpanLanes; ++lane) mean[f][lane] += kShare * trainer.weights()[f][lane];
    }
    for (std::size_t from = 0; from < kSpanLanes; ++from) {
      for (std::size_t to = 0; to < kSpanLanes; ++to) steps[from][to] += kShare * trainer.steps()[from][to];
    }
  }
  std::ofstream file(out, std::ios::binary | std::ios::trunc);
  file << BytesOf(steps, mean);
  return file.flush().fail() ? 1 : 0;
}

}  // namespace
}  // namespace privity::detect

int main(int count, char** values) {
  std::string out, judged;
  std::vector<std::string> paths;
  for (int i = 1; i < count; ++i) {
    const std::string value = values[i];
    std::string* const option = value == "--out" ? &out : value == "--judge" ? &judged : nullptr;
    if (option == nullptr) {
      paths.push_back(value);
    } else if (i + 1 < count) {
      *option = values[++i];
    }
  }
  if (out.empty() == judged.empty() || paths.empty()) {
    std::fprintf(stderr, "usage: privity_train_spans (--out FILE | --judge FILE) FILE.jsonl ...\n");
    return 2;
  }
  return judged.empty() ? privity::detect::Train(out, paths) : privity::detect::Judge(judged, paths);
}
