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
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "detect/detector.h"
#include "detect/internal/detector_parts.h"
#include "detect/internal/letters.h"
#include "detect/internal/span_choice.h"

namespace privity::detect {
namespace {

constexpr float kStep = 0.15f;
constexpr float kShrink = 1e-6f;  // of each weight, whenever it is used
constexpr float kWeightMax = 3.9f;
constexpr int kEpochs = 5, kEpochsKept = 2;  // the model is the mean of the weights behind the last ones
constexpr std::uint32_t kFeatures = 1u << 16;
constexpr std::uint32_t kHiddenSigns = 25;  // in a hundred, whenever a word is learned
constexpr std::uint32_t kSeed = 20261128;
constexpr std::uint32_t kHiddenFinds = 12;  // in a hundred, of texts that are known by heart

using Lanes = std::array<float, kSpanLanes>;

struct Sample {
  std::int64_t of = 0;                            // texts that were made of the same one
  std::vector<std::vector<std::uint32_t>> signs;  // of each word
  std::vector<std::uint8_t> tags;
};

bool MayFollow(std::size_t from, std::size_t to) {
  return to == 0 || IsBeginTag(to) || from == to || from + 1 == to;
}

struct Labelled {
  std::uint32_t begin = 0, end = 0;
  Entity entity = Entity::kPerson;
};

std::vector<Labelled> LabelledOf(const Scan& scan, const Json::Items& spans) {
  std::vector<std::uint32_t> byte_of;
  for (std::size_t at = 0; at < scan.text.size(); at += ReadCodePoint(scan.text, at).bytes)
    byte_of.push_back(static_cast<std::uint32_t>(at));
  byte_of.push_back(static_cast<std::uint32_t>(scan.text.size()));
  std::vector<Labelled> all;
  for (const Json& span : spans) {
    const auto entity = ParseEnum<Entity>(*span["type"].string());
    if (!entity.ok()) continue;
    all.push_back({.begin = byte_of.at(static_cast<std::size_t>(span["start"].IntegerOr(0))),
                   .end = byte_of.at(static_cast<std::size_t>(span["end"].IntegerOr(0))),
                   .entity = *entity});
  }
  return all;
}

bool IsNumber(Entity entity) {
  return entity >= Entity::kIp && entity <= Entity::kOtherId;
}

// Where only numbers are labelled, what the finders say of the rest is taken for true.
void AddFinds(const std::vector<Find>& finds, std::vector<Labelled>& labelled) {
  for (const Find& find : finds) {
    const auto overlaps = [&](const Labelled& one) { return one.begin < find.end && find.begin < one.end; };
    if (!IsNumber(find.detector->entity) && std::ranges::none_of(labelled, overlaps))
      labelled.push_back({.begin = find.begin, .end = find.end, .entity = find.detector->entity});
  }
}

// In Spanish, the line of a street and the code and the town behind it are finds of their own, though some label them
// as one.
void PartAddresses(const std::vector<Find>& finds, std::vector<Labelled>& labelled) {
  std::vector<Labelled> parts;
  std::erase_if(labelled, [&](const Labelled& one) {
    if (one.entity != Entity::kAddress) return false;
    std::vector<Labelled> inside;
    for (const Find& find : finds) {
      if (find.begin >= one.begin && find.end <= one.end)
        inside.push_back({.begin = find.begin, .end = find.end, .entity = find.detector->entity});
    }
    const auto is_part = [](const Labelled& part) {
      return part.entity == Entity::kAddress || part.entity == Entity::kLocation || part.entity == Entity::kPostalCode;
    };
    if (inside.size() < 2 || inside[0].entity != Entity::kAddress || inside[0].begin != one.begin ||
        !std::ranges::all_of(inside, is_part))
      return false;
    parts.insert(parts.end(), inside.begin(), inside.end());
    return true;
  });
  labelled.insert(labelled.end(), parts.begin(), parts.end());
}

std::vector<std::uint8_t> TagsOf(const Scan& scan, const std::vector<Labelled>& labelled) {
  std::vector<std::uint8_t> tags(scan.tokens.size());
  for (const Labelled& one : labelled) {
    std::size_t tag = BeginTagOf(one.entity);
    for (std::size_t i = 0; i < scan.tokens.size(); ++i) {
      if (scan.tokens[i].end <= one.begin || scan.tokens[i].begin >= one.end) continue;
      tags[i] = static_cast<std::uint8_t>(tag);
      tag = BeginTagOf(one.entity) + 1;
    }
  }
  return tags;
}

void AddSamples(const std::string& path, const DetectorParts& parts, std::mt19937& random, std::vector<Sample>& all) {
  std::ifstream in(path);
  if (!in) {
    std::fprintf(stderr, "%s cannot be read\n", path.c_str());
    std::exit(1);
  }
  Scan scan;
  std::vector<Find> finds;
  std::vector<std::uint16_t> lists;
  std::vector<std::uint32_t> all_signs;
  SpanSigns signs;
  for (std::string line; std::getline(in, line);) {
    const auto json = ParseJson(line, {.size_bytes_max = 1 << 20});
    if (!json.ok()) continue;
    const std::string text = *(*json)["text"].string();
    ScanText(text, scan);
    if (!parts.names.IsSpanish(scan)) continue;
    parts.finder.FindAll(scan, finds);
    std::vector<Labelled> labelled = LabelledOf(scan, *(*json)["spans"].items());
    if ((*json).Has("numbers_only")) AddFinds(finds, labelled);
    PartAddresses(finds, labelled);
    if ((*json).Has("known")) std::erase_if(finds, [&](const Find&) { return random() % 100 < kHiddenFinds; });
    if (scan.tokens.empty()) continue;
    Sample sample{.of = (*json)["of"].IntegerOr(0), .signs = {}, .tags = TagsOf(scan, labelled)};
    ReadLists(scan, NameModel::BuiltIn(), lists);
    signs.Read(scan, lists, 0, scan.tokens.size(), finds);
    all_signs.clear();
    signs.AppendAll(all_signs);
    for (auto sign = all_signs.begin(); sign != all_signs.end(); sign += SpanSigns::kOfWord)
      sample.signs.emplace_back(sign, sign + SpanSigns::kOfWord);
    all.push_back(std::move(sample));
  }
}

// What only one text shows, and those made of it, would be learned by heart.
void DropRareSigns(std::vector<Sample>& samples) {
  struct Seen {
    std::int64_t of = -1;
    bool again = false;
  };
  std::unordered_map<std::uint32_t, Seen> seen;
  for (const Sample& sample : samples) {
    for (const auto& signs : sample.signs) {
      for (const std::uint32_t sign : signs) {
        Seen& known = seen[sign];
        known.again |= known.of >= 0 && known.of != sample.of;
        known.of = sample.of;
      }
    }
  }
  for (Sample& sample : samples) {
    for (auto& signs : sample.signs) std::erase_if(signs, [&](std::uint32_t sign) { return !seen.at(sign).again; });
  }
}

class Trainer {
 public:
  explicit Trainer(std::uint32_t features) : mask_(features - 1), weights_(features), squares_(features) {
    for (std::size_t from = 0; from < kSpanLanes; ++from) {
      for (std::size_t to = 0; to < kSpanLanes; ++to) {
        steps_[from][to] = MayFollow(from, to) ? 0.f : -30.f;
        factor_[from][to] = MayFollow(from, to) && to < kSpanTags ? 1.f : 0.f;
      }
    }
  }

  double Learn(const Sample& sample, std::mt19937& random) {
    const std::size_t n = sample.tags.size();
    scores_.assign(n, Lanes{});
    seen_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      seen_[i].clear();
      for (const std::uint32_t sign : sample.signs[i]) {
        if (random() % 100 >= kHiddenSigns) seen_[i].push_back(sign);
      }
      for (const std::uint32_t sign : seen_[i]) {
        const Lanes& w = weights_[sign & mask_];
        for (std::size_t lane = 0; lane < kSpanLanes; ++lane) scores_[i][lane] += w[lane];
      }
    }
    return Update(sample);
  }

  const std::vector<Lanes>& weights() const { return weights_; }
  const SpanTransitions& steps() const { return steps_; }

 private:
  // Sums of ways, each word's scaled to one; the logarithms of the scales add up to that of all ways.
  double Update(const Sample& sample) {
    const std::size_t n = sample.tags.size();
    for (std::size_t from = 0; from < kSpanTags; ++from) {
      for (std::size_t to = 0; to < kSpanTags; ++to)
        factor_[from][to] = MayFollow(from, to) ? std::exp(steps_[from][to]) : 0.f;
    }
    forward_.assign(n, Lanes{});
    backward_.assign(n, Lanes{});
    weight_.assign(n, Lanes{});
    double whole = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const float most = *std::max_element(scores_[i].begin(), scores_[i].begin() + kSpanTags);
      for (std::size_t tag = 0; tag < kSpanTags; ++tag) weight_[i][tag] = std::exp(scores_[i][tag] - most);
      Lanes ways{};
      if (i == 0) {
        ways = factor_[0];
      } else {
        for (std::size_t from = 0; from < kSpanTags; ++from) {
          const float before = forward_[i - 1][from];
          if (before < 1e-12f) continue;
          for (std::size_t to = 0; to < kSpanLanes; ++to) ways[to] += before * factor_[from][to];
        }
      }
      float sum = 0;
      for (std::size_t tag = 0; tag < kSpanLanes; ++tag) sum += (forward_[i][tag] = ways[tag] * weight_[i][tag]);
      for (float& value : forward_[i]) value /= sum;
      whole += std::log(sum) + most;
    }
    for (std::size_t tag = 0; tag < kSpanTags; ++tag) backward_[n - 1][tag] = 1;
    for (std::size_t i = n - 1; i > 0; --i) {
      Lanes after;
      for (std::size_t to = 0; to < kSpanLanes; ++to) after[to] = weight_[i][to] * backward_[i][to];
      float sum = 0;
      for (std::size_t from = 0; from < kSpanTags; ++from) {
        float ways = 0;
        for (std::size_t to = 0; to < kSpanLanes; ++to) ways += factor_[from][to] * after[to];
        backward_[i - 1][from] = ways;
        sum += ways;
      }
      for (float& value : backward_[i - 1]) value /= sum;
    }
    double loss = whole;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t before = i == 0 ? 0 : sample.tags[i - 1];
      loss -= scores_[i][sample.tags[i]] + steps_[before][sample.tags[i]];
      UpdateSteps(sample, i);
      Lanes share;
      float sum = 0;
      for (std::size_t tag = 0; tag < kSpanLanes; ++tag) sum += (share[tag] = forward_[i][tag] * backward_[i][tag]);
      Lanes gradient;
      for (std::size_t tag = 0; tag < kSpanLanes; ++tag)
        gradient[tag] = (tag == sample.tags[i] ? 1.f : 0.f) - share[tag] / sum;
      for (const std::uint32_t sign : seen_[i]) Move(weights_[sign & mask_], squares_[sign & mask_], gradient);
    }
    return loss;
  }

  void UpdateSteps(const Sample& sample, std::size_t i) {
    float sum = 0;
    static thread_local std::array<Lanes, kSpanLanes> ways;
    for (std::size_t from = 0; from < kSpanTags; ++from) {
      const float before = i == 0 ? (from == 0 ? 1.f : 0.f) : forward_[i - 1][from];
      for (std::size_t to = 0; to < kSpanLanes; ++to)
        sum += (ways[from][to] = before * factor_[from][to] * weight_[i][to] * backward_[i][to]);
    }
    const std::size_t tag_before = i == 0 ? 0 : sample.tags[i - 1];
    for (std::size_t from = 0; from < kSpanTags; ++from) {
      const float before = i == 0 ? (from == 0 ? 1.f : 0.f) : forward_[i - 1][from];
      if (before < 1e-4f && from != tag_before) continue;
      for (std::size_t to = 0; to < kSpanTags; ++to) {
        if (!MayFollow(from, to)) continue;
        const float gradient = (from == tag_before && to == sample.tags[i] ? 1.f : 0.f) - ways[from][to] / sum;
        float& square = step_squares_[from][to];
        square += gradient * gradient;
        steps_[from][to] += kStep * gradient / std::sqrt(square + 1.f);
      }
    }
  }

  static void Move(Lanes& weights, Lanes& squares, const Lanes& gradient) {
    for (std::size_t lane = 0; lane < kSpanLanes; ++lane) {
      squares[lane] += gradient[lane] * gradient[lane];
      const float moved = weights[lane] * (1 - kShrink) + kStep * gradient[lane] / std::sqrt(squares[lane] + 1.f);
      weights[lane] = std::clamp(moved, -kWeightMax, kWeightMax);
    }
  }

  std::uint32_t mask_;
  std::vector<Lanes> weights_;
  std::vector<Lanes> squares_;
  SpanTransitions steps_{};
  SpanTransitions step_squares_{};
  SpanTransitions factor_{};  // e to the power of a step
  std::vector<std::vector<std::uint32_t>> seen_ = {};
  std::vector<Lanes> scores_ = {};
  std::vector<Lanes> weight_ = {};  // e to the power of a score
  std::vector<Lanes> forward_ = {};
  std::vector<Lanes> backward_ = {};
};

std::string BytesOf(const SpanTransitions& steps, const std::vector<Lanes>& weights) {
  float most = 0;
  for (const Lanes& lanes : weights) {
    for (const float w : lanes) most = std::max(most, std::abs(w));
  }
  SpanModelHead head{.magic = {}, .features = static_cast<std::uint32_t>(weights.size()), .scale = most / 127};
  std::memcpy(head.magic.data(), SpanModel::kMagic.data(), head.magic.size());
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
  bytes.append(reinterpret_cast<const char*>(&steps), sizeof steps);
  for (const Lanes& lanes : weights) {
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
  std::vector<Sample> samples;
  for (const std::string& path : paths) AddSamples(path, *parts, random, samples);
  DropRareSigns(samples);
  Trainer trainer(kFeatures);
  std::vector<const Sample*> order;
  for (const Sample& sample : samples) order.push_back(&sample);
  std::vector<Lanes> mean(kFeatures);
  SpanTransitions steps{};
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    for (std::size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[random() % (i + 1)]);
    double loss = 0;
    for (const Sample* sample : order) loss += trainer.Learn(*sample, random);
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
