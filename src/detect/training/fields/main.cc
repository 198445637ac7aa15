// privity_train_fields: makes the model of fields from labelled schemas.
//
//   privity_train_fields --out fields.model SCHEMAS.txt …
//   privity_train_fields --judge fields.model SCHEMAS.txt …
//
// Schemas are in the form of tests/corpora/detect/schemas_saas.txt. The second form prints a line for each field: where
// it stands, its label, and what the rules say with that model, and how sure they are. Both regressions are the mean of
// some, each trained by stochastic gradient with AdaGrad steps (Duchi, Hazan and Singer, 2011) in an order from a fixed
// seed; the nets (net.h) each have their own. The same input gives the same file, bit for bit, on the same machine
// type.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "detect/internal/field_rules.h"
#include "detect/testing/labelled_schemas.h"
#include "detect/training/fields/net.h"
#include "detect/training/fields/units.h"

namespace privity::detect {
namespace {

constexpr std::uint32_t kSeed = 20261127;
constexpr float kStep = 0.05f;
constexpr float kShrink = 1e-3f;  // of each weight, whenever it is used
constexpr int kRuns = 16;         // whose mean is the model
constexpr int kRunsBefore = 4;    // of the one that tells whose rows are people
constexpr int kEpochs = 6;
constexpr std::size_t kSigns = std::size_t{1} << 19, kRows = std::size_t{1} << 13;
constexpr std::uint32_t kNets = 2;
constexpr std::size_t kNetRows = std::size_t{1} << 16;

struct Sample {
  std::string place, label;                // "crm/contacts.email"; a category or "none"
  std::vector<std::uint32_t> own, shared;  // signs of the field and of its collection
  ColumnJudgement judged;                  // by the rules, with the model that there is
};

struct Rules {
  std::vector<std::shared_ptr<const DetectorFile>> files;
  std::unique_ptr<FieldRules> rules;
};

// The model must outlive them.
Rules RulesWith(const FieldModel& model) {
  const Date day = Date::FromYearMonthDay(2026, 1, 1).value();
  const PackCatalog catalog = PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles()).value();
  Rules made;
  for (const std::string& id : catalog.Ids("detector"))
    made.files.push_back(catalog.Get<DetectorFile>("detector", id, day).value());
  std::vector<std::shared_ptr<const IdentifierWordsFile>> languages;
  for (const std::string& id : catalog.Ids("words"))
    languages.push_back(catalog.Get<IdentifierWordsFile>("words", id, day).value());
  const auto naming = catalog.Get<NamingFile>("naming", "column-names", day).value();
  made.rules = std::make_unique<FieldRules>(*naming, languages, made.files, model);
  return made;
}

// `beside`: the tables of a system see each other.
void ReadSchemas(const std::string& path, const FieldRules& rules, bool beside, std::vector<Sample>& samples) {
  std::ifstream file(path);
  if (!file) {
    std::fprintf(stderr, "%s: cannot be read\n", path.c_str());
    std::exit(1);
  }
  std::vector<LabelledTable> tables = ReadLabelledSchemas(file);
  if (beside) {
    ShowSystems(tables, [&](const auto& system, const auto& collections) {
      return std::make_shared<const SystemView>(rules.ViewSystem(system, collections));
    });
  }
  for (const LabelledTable& table : tables) {
    std::vector<std::string> names;
    for (const FieldContext& field : table.fields) names.push_back(field.field);
    const CollectionView view = rules.View(table.fields.front(), names);
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
      const FieldContext& field = table.fields[i];
      samples.push_back({.place = field.system + "/" + field.collection + "." + field.field,
                         .label = table.labels[i],
                         .own = rules.SignsOf(field, view),
                         .shared = view.signs,
                         .judged = rules.Judge(field, view)});
    }
  }
}

// The detector for a category, or for the one that it is a part of: of several the one that knows most names.
std::string DetectorFor(const std::string& category, const std::vector<std::shared_ptr<const DetectorFile>>& files) {
  for (std::string wanted = category;;) {
    const DetectorFile* most = nullptr;
    for (const auto& file : files) {
      if (!file->fields || file->category != wanted) continue;
      if (most == nullptr || file->fields->names.size() > most->fields->names.size()) most = file.get();
    }
    if (most != nullptr) return most->pack.id;
    const auto dot = wanted.rfind('.');
    if (dot == wanted.npos || dot <= 4) return "account";
    wanted.resize(dot);
  }
}

std::string Bytes(const std::vector<float>& weights, const std::vector<float>& rows,
                  const std::vector<std::string>& nets, const std::vector<std::string>& detectors) {
  const Units of_weights = InUnits(weights), of_rows = InUnits(rows);
  FieldModelHead head;
  std::copy(FieldModel::kMagic.begin(), FieldModel::kMagic.end(), head.magic.begin());
  std::string names, of_nets;
  for (const std::string& detector : detectors) names += detector + "\n";
  for (const std::string& net : nets) of_nets += net;
  head.signs = static_cast<std::uint32_t>(weights.size());
  head.rows = static_cast<std::uint32_t>(rows.size() / detectors.size());
  head.detectors = static_cast<std::uint32_t>(detectors.size());
  head.scale = of_weights.scale;
  head.kind_scale = of_rows.scale;
  head.nets = static_cast<std::uint32_t>(nets.size());
  head.net_rows = kNetRows;
  head.names_bytes = static_cast<std::uint32_t>(names.size());
  return std::string(reinterpret_cast<const char*>(&head), sizeof head) + of_weights.bytes + of_rows.bytes + of_nets +
         names;
}

struct Learner {
  explicit Learner(std::size_t size) : weights(size), squares(size, 1e-2f) {}
  void Step(std::size_t at, float gradient) {
    gradient += kShrink * weights[at];
    squares[at] += gradient * gradient;
    weights[at] -= kStep * gradient / std::sqrt(squares[at]);
  }
  std::vector<float> weights, squares;
};

template <typename Learn>
void InOrders(std::size_t count, int run, Learn learn) {
  std::mt19937 random(kSeed + static_cast<std::uint32_t>(run));
  std::vector<std::uint32_t> order(count);
  for (std::uint32_t i = 0; i < count; ++i) order[i] = i;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    for (std::size_t i = count - 1; i > 0; --i) std::swap(order[i], order[random() % (i + 1)]);
    for (const std::uint32_t at : order) learn(at);
  }
}

// The mean of some that learn by themselves, each in its own thread and its own order: `learn(run, weights)`.
template <typename Learn>
std::vector<float> MeanOf(int runs, std::size_t size, Learn learn) {
  std::vector<Learner> learners(static_cast<std::size_t>(runs), Learner(size));
  {
    std::vector<std::jthread> threads;
    for (int run = 0; run < runs; ++run)
      threads.emplace_back([&, run] { learn(run, learners[static_cast<std::size_t>(run)]); });
  }
  std::vector<float> mean(size);
  for (const Learner& learner : learners) {
    for (std::size_t i = 0; i < size; ++i) mean[i] += learner.weights[i] / static_cast<float>(runs);
  }
  return mean;
}

std::vector<float> TrainOdds(const std::vector<Sample>& samples, int runs) {
  return MeanOf(runs, kSigns, [&](int run, Learner& learner) {
    InOrders(samples.size(), run, [&](std::uint32_t at) {
      const Sample& sample = samples[at];
      const float share = FieldModel::ShareOf(sample.shared.size());
      float odds = 0;
      for (const std::uint32_t sign : sample.own) odds += learner.weights[sign % kSigns];
      for (const std::uint32_t sign : sample.shared) odds += share * learner.weights[sign % kSigns];
      const float error = 1 / (1 + std::exp(-odds)) - (sample.label == kNoCategory ? 0.0f : 1.0f);
      for (const std::uint32_t sign : sample.own) learner.Step(sign % kSigns, error);
      for (const std::uint32_t sign : sample.shared) learner.Step(sign % kSigns, share * error);
    });
  });
}

std::vector<float> TrainKinds(const std::vector<Sample>& samples, const std::vector<std::size_t>& labels,
                              std::size_t kinds, int runs) {
  return MeanOf(runs, kRows * kinds, [&](int run, Learner& learner) {
    std::vector<float> sums(kinds);
    InOrders(samples.size(), run, [&](std::uint32_t at) {
      if (samples[at].label == kNoCategory) return;
      std::fill(sums.begin(), sums.end(), 0.0f);
      for (const std::uint32_t sign : samples[at].own) {
        for (std::size_t k = 0; k < kinds; ++k) sums[k] += learner.weights[(sign % kRows) * kinds + k];
      }
      const float most = *std::max_element(sums.begin(), sums.end());
      float total = 0;
      for (float& sum : sums) total += sum = std::exp(sum - most);
      for (float& sum : sums) sum /= total;
      sums[labels[at]] -= 1;
      for (const std::uint32_t sign : samples[at].own) {
        for (std::size_t k = 0; k < kinds; ++k) learner.Step((sign % kRows) * kinds + k, sums[k]);
      }
    });
  });
}

std::vector<std::string> TrainNets(const std::vector<Sample>& samples, const std::vector<std::size_t>& labels,
                                   std::size_t kinds) {
  std::vector<NetSample> learned;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    learned.push_back({.own = samples[i].own, .shared = samples[i].shared, .detector = {}});
    if (samples[i].label != kNoCategory) learned.back().detector = labels[i];
  }
  std::vector<std::string> nets(kNets);
  std::vector<std::jthread> threads;
  for (std::uint32_t net = 0; net < kNets; ++net)
    threads.emplace_back([&, net] { nets[net] = TrainNet(learned, kNetRows, kinds, kSeed + net); });
  threads.clear();
  return nets;
}

void Judge(const std::string& path, const std::vector<std::string>& paths) {
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  const std::string text = bytes.str();
  const FieldModel model = FieldModel::Parse(text).value();
  const Rules rules = RulesWith(model);
  std::vector<Sample> samples;
  for (const std::string& schemas : paths) ReadSchemas(schemas, *rules.rules, true, samples);
  for (const Sample& sample : samples)
    std::printf("%s\t%s\t%s\t%.3f\n", sample.place.c_str(), sample.label.c_str(), sample.judged.category.c_str(),
                sample.judged.confidence);
}

struct Labelled {
  std::vector<std::string> detectors;  // of those that are wanted, each once
  std::vector<std::size_t> labels;     // for each sample its place among them
};

Labelled LabelsOf(const std::vector<Sample>& samples, const std::vector<std::shared_ptr<const DetectorFile>>& files) {
  std::map<std::string, std::size_t> places;
  std::vector<std::string> wanted;
  for (const Sample& sample : samples) {
    wanted.push_back(sample.label == kNoCategory ? "" : DetectorFor(sample.label, files));
    if (!wanted.back().empty()) places.emplace(wanted.back(), 0);
  }
  Labelled labelled;
  for (auto& [detector, place] : places) {
    place = labelled.detectors.size();
    labelled.detectors.push_back(detector);
  }
  for (const std::string& detector : wanted) labelled.labels.push_back(detector.empty() ? 0 : places[detector]);
  std::fprintf(stderr, "%zu fields, %zu detectors\n", samples.size(), labelled.detectors.size());
  return labelled;
}

// With `before`, a model, the tables of a system see each other too: it tells whose rows are people.
std::string TrainOnce(const std::vector<std::string>& paths, const std::string* before) {
  // What else the model looks at does not depend on its weights.
  const std::string empty = Bytes({0}, {0}, {}, {"account"});
  const FieldModel model = FieldModel::Parse(before == nullptr ? empty : *before).value();
  const Rules rules = RulesWith(model);
  std::vector<Sample> samples;
  for (const std::string& path : paths) {
    ReadSchemas(path, *rules.rules, false, samples);  // of many stores one table is all that is known
    if (before != nullptr) ReadSchemas(path, *rules.rules, true, samples);
  }
  const Labelled labelled = LabelsOf(samples, rules.files);
  const int runs = before == nullptr ? kRunsBefore : kRuns;
  const std::size_t kinds = labelled.detectors.size();
  const std::vector<std::string> nets =
      before == nullptr ? std::vector<std::string>() : TrainNets(samples, labelled.labels, kinds);
  return Bytes(TrainOdds(samples, runs), TrainKinds(samples, labelled.labels, kinds, runs), nets, labelled.detectors);
}

std::string Train(const std::vector<std::string>& paths) {
  const std::string first = TrainOnce(paths, nullptr);
  return TrainOnce(paths, &first);
}

int Run(int argc, char** argv) {
  const std::string what = argc > 3 ? argv[1] : "";
  const std::vector<std::string> paths(argv + std::min(argc, 3), argv + argc);
  if (what == "--judge") {
    Judge(argv[2], paths);
    return 0;
  }
  if (what != "--out") {
    std::fprintf(stderr, "privity_train_fields --out MODEL | --judge MODEL SCHEMAS…\n");
    return 1;
  }
  const std::string model = Train(paths);
  std::ofstream file(argv[2], std::ios::binary | std::ios::trunc);
  file << model;
  return file.flush() ? 0 : 1;
}

}  // namespace
}  // namespace privity::detect

int main(int argc, char** argv) {
  return privity::detect::Run(argc, argv);
}
