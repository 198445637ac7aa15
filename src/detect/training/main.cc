// privity_train_names: makes the models of names from labelled sentences and word lists.
//
//   privity_train_names --lists lists.tsv --out names.model [--epochs 5] [--bits 19] FILE.jsonl …
//   privity_train_names --mean --out names.model MODEL…
//   privity_train_names --judge names.model FILE.jsonl …
//   privity_train_names --doubt names.model --known known.tsv --out things.model [--epochs 5] [--bits 19]
//                       FILE.jsonl … [--by other.model FILE.jsonl …]
//
// The second form makes the mean of models with the same lists. The third prints how many spans of each type a model
// finds exactly, and how many texts without names it hits. The fourth makes the model that doubts what the first one
// names and believes what it nearly named: the mean of some logistic regressions, by the same steps, over what that
// model takes for somebody or some place in the sentences, or for somebody less likely, and whether it is one.
// Sentences behind --by are tagged by another model, which has not learned from them. known.tsv: "thing", "person",
// "act", "goods", "matter" or "role", a tab, a name or a word. The first is a conditional random field, trained by
// stochastic gradient with AdaGrad steps (Duchi, Hazan and Singer, 2011) over hashed features. The same input gives the
// same file, bit for bit, on the same machine type: the order of sentences comes from a fixed seed. lists.tsv: a list's
// name, a tab, a word or name. Sentences: {"text", "spans":
// [{"start", "end", "type"}], "learn_names"}; offsets count code points. Words inside spans of sentences that were
// filled from lists are now and then learned without their spelling or without their lists, so that names in no list
// are learned from what stands around them.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "detect/internal/letters.h"
#include "detect/internal/name_doubt.h"
#include "detect/internal/name_tagger.h"

namespace privity::detect {
namespace {

constexpr float kStep = 0.12f;
constexpr float kShrink = 2e-7f;  // of each weight, whenever it is used
constexpr float kWeightMax = 3.9f;
constexpr std::uint32_t kSeed = 20261125;
constexpr std::uint32_t kHiddenLists = 20;  // in a hundred finds: without words of the name and their lists,
constexpr std::uint32_t kHiddenWords = 60;  // without its words
constexpr int kDoubtRuns = 5;               // whose mean is the model

using Lanes = std::array<float, kNameLanes>;

struct Sentence {
  std::string text;
  std::vector<std::uint8_t> tags;
  bool filled = false;
};

const std::map<std::string, NameTag>& Begins() {
  static const std::map<std::string, NameTag> kBegins = {{"person", NameTag::kPersonBegin},
                                                         {"location", NameTag::kPlaceBegin},
                                                         {"organization", NameTag::kOrganizationBegin},
                                                         {"address", NameTag::kAddressBegin},
                                                         {"other", NameTag::kOtherBegin}};
  return kBegins;
}

const std::map<std::string, std::uint16_t>& ListBits() {
  static const std::map<std::string, std::uint16_t> kBits = {{"given", kGivenName},
                                                             {"surname", kSurname},
                                                             {"town", kTown},
                                                             {"place_part", kPartOfPlace},
                                                             {"country", kCountry},
                                                             {"street", kStreetWord},
                                                             {"organization", kOrganizationWord},
                                                             {"address_form", kFormOfAddress},
                                                             {"label", kLabelWord},
                                                             {"everyday", kEveryday},
                                                             {"calendar", kCalendarWord},
                                                             {"job", kJobWord},
                                                             {"particle", kParticle},
                                                             {"common", kCommonWord}};
  return kBits;
}

// The bytes of the model without its transitions and weights: head, words, lists.
std::string WordTable(const std::string& path) {
  std::ifstream in(path);
  std::map<std::uint32_t, std::uint16_t> known;
  for (std::string line; std::getline(in, line);) {
    const auto tab = line.find('\t');
    const auto bit = ListBits().find(line.substr(0, tab));
    if (tab == line.npos || bit == ListBits().end()) continue;
    const std::string name = line.substr(tab + 1);
    Scan scan;
    ScanText(name, scan);
    for (const Token& token : scan.tokens) {
      const bool place = bit->second == kTown || bit->second == kCountry;
      const bool part_of_place = place && scan.tokens.size() > 1;
      if (token.digits > 0 || (token.size() < 2 && bit->second != kParticle)) continue;
      known[token.hash] |= part_of_place ? std::uint16_t{kPartOfPlace} : bit->second;
    }
  }
  std::uint32_t slots = 1024;
  while (slots < known.size() * 2) slots *= 2;
  std::vector<std::uint32_t> words(slots);
  std::vector<std::uint16_t> lists(slots);
  for (const auto& [word, bits] : known) {
    std::uint32_t slot = word & (slots - 1);
    while (words[slot] != 0) slot = (slot + 1) & (slots - 1);
    words[slot] = word;
    lists[slot] = bits;
  }
  std::fprintf(stderr, "%zu words in lists\n", known.size());
  NameModelHead head{.magic = {}, .word_slots = slots, .features = 0, .scale = 0};
  std::memcpy(head.magic.data(), NameModel::kMagic.data(), head.magic.size());
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
  bytes.append(reinterpret_cast<const char*>(words.data()), slots * sizeof(std::uint32_t));
  bytes.append(reinterpret_cast<const char*>(lists.data()), slots * sizeof(std::uint16_t));
  return bytes;
}

// The model: the bytes before its transitions and weights, and these.
std::string WithWeights(std::string bytes, const NameTransitions& steps, const std::vector<Lanes>& weights) {
  float most = 0;
  for (const Lanes& lanes : weights) {
    for (const float w : lanes) most = std::max(most, std::abs(w));
  }
  NameModelHead head;
  std::memcpy(&head, bytes.data(), sizeof head);
  head.features = static_cast<std::uint32_t>(weights.size());
  head.scale = most / 127;
  std::memcpy(bytes.data(), &head, sizeof head);
  bytes.append(reinterpret_cast<const char*>(&steps), sizeof steps);
  for (const Lanes& lanes : weights) {
    for (std::size_t tag = 0; tag < kNameTags; ++tag)
      bytes += static_cast<char>(static_cast<std::int8_t>(std::lround(lanes[tag] / head.scale)));
  }
  bytes.append(kNameLanes - kNameTags, '\0');
  return bytes;
}

bool Write(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  return !file.flush().fail();
}

void AddSentences(const std::string& path, std::vector<Sentence>& all) {
  std::ifstream in(path);
  if (!in) {
    std::fprintf(stderr, "%s cannot be read\n", path.c_str());
    std::exit(1);
  }
  Scan scan;
  for (std::string line; std::getline(in, line);) {
    const auto json = ParseJson(line, {.size_bytes_max = 1 << 20});
    if (!json.ok()) continue;
    Sentence sentence{.text = *(*json)["text"].string(), .tags = {}, .filled = false};
    sentence.filled = (*json).Has("filled");
    std::vector<std::uint32_t> byte_of;
    for (std::size_t at = 0; at < sentence.text.size(); at += ReadCodePoint(sentence.text, at).bytes)
      byte_of.push_back(static_cast<std::uint32_t>(at));
    byte_of.push_back(static_cast<std::uint32_t>(sentence.text.size()));
    ScanText(sentence.text, scan);
    sentence.tags.assign(scan.tokens.size(), 0);
    for (const Json& span : *(*json)["spans"].items()) {
      const auto begin = Begins().find(*span["type"].string());
      if (begin == Begins().end()) continue;
      const auto start = byte_of.at(static_cast<std::size_t>(span["start"].IntegerOr(0)));
      const auto end = byte_of.at(static_cast<std::size_t>(span["end"].IntegerOr(0)));
      bool first = true;
      for (std::size_t i = 0; i < scan.tokens.size(); ++i) {
        if (scan.tokens[i].begin < start || scan.tokens[i].begin >= end) continue;
        sentence.tags[i] = static_cast<std::uint8_t>(static_cast<int>(begin->second) + (first ? 0 : 1));
        first = false;
      }
    }
    if (!sentence.tags.empty()) all.push_back(std::move(sentence));
  }
}

float LogOfSum(const Lanes& values) {
  const float most = *std::max_element(values.begin(), values.begin() + kNameTags);
  float sum = 0;
  for (std::size_t tag = 0; tag < kNameTags; ++tag) sum += std::exp(values[tag] - most);
  return most + std::log(sum);
}

bool MayFollow(std::size_t from, std::size_t to) {
  return to == 0 || to % 2 == 1 || from == to || from + 1 == to;
}

class Trainer {
 public:
  Trainer(NameModel words, std::uint32_t features)
      : words_(words), mask_(features - 1), weights_(features), squares_(features) {
    for (std::size_t from = 0; from < kNameLanes; ++from) {
      for (std::size_t to = 0; to < kNameLanes; ++to) steps_[from][to] = MayFollow(from, to) ? 0.f : -30.f;
    }
  }

  double Learn(const Sentence& sentence, std::mt19937& random) {
    ScanText(sentence.text, scan_);
    ReadLists(scan_, words_, lists_);
    traits_.Begin(scan_, 0, scan_.tokens.size());
    traits_.Read(scan_, 0, scan_.tokens.size(), lists_);
    if (sentence.filled) HideSome(sentence, random);
    const std::size_t n = traits_.size();
    features_.resize(n);
    scores_.assign(n, Lanes{});
    for (std::size_t i = 0; i < n; ++i) {
      ReadFeatures(traits_, i, features_[i]);
      for (const std::uint32_t feature : features_[i]) {
        const Lanes& w = weights_[feature & mask_];
        for (std::size_t lane = 0; lane < kNameLanes; ++lane) scores_[i][lane] += w[lane];
      }
    }
    return Update(sentence.tags, n);
  }

  const std::vector<Lanes>& weights() const { return weights_; }
  const NameTransitions& steps() const { return steps_; }

 private:
  void HideSome(const Sentence& sentence, std::mt19937& random) {
    const std::uint32_t whole = random() % 100;  // every name of the sentence in no list
    for (std::size_t i = 0; i < traits_.size(); ++i) {
      if (sentence.tags[i] == 0) continue;
      const std::uint32_t chance = random() % 100;
      constexpr std::uint16_t kNames = kGivenName | kSurname | kTown | kPartOfPlace;
      std::uint32_t& lists = traits_.At(PassageTraits::kLists, i);
      if (whole < 15 || chance < 15) lists &= ~std::uint32_t{kNames};
      if (chance % 2 == 0 && (lists & (kStreetWord | kOrganizationWord | kCountry)) == 0) {
        traits_.At(PassageTraits::kWord, i) = 2 + random() % 4096;  // a spelling that nobody has seen
      }
    }
  }

  double Update(const std::vector<std::uint8_t>& tags, std::size_t n) {
    forward_.assign(n, Lanes{});
    backward_.assign(n, Lanes{});
    for (std::size_t tag = 0; tag < kNameTags; ++tag) forward_[0][tag] = steps_[0][tag] + scores_[0][tag];
    for (std::size_t i = 1; i < n; ++i) {
      for (std::size_t tag = 0; tag < kNameTags; ++tag) {
        Lanes ways{};
        for (std::size_t from = 0; from < kNameTags; ++from) ways[from] = forward_[i - 1][from] + steps_[from][tag];
        forward_[i][tag] = LogOfSum(ways) + scores_[i][tag];
      }
    }
    for (std::size_t i = n - 1; i > 0; --i) {
      for (std::size_t tag = 0; tag < kNameTags; ++tag) {
        Lanes ways{};
        for (std::size_t to = 0; to < kNameTags; ++to) ways[to] = steps_[tag][to] + scores_[i][to] + backward_[i][to];
        backward_[i - 1][tag] = LogOfSum(ways);
      }
    }
    const float whole = LogOfSum(forward_[n - 1]);
    double loss = whole;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t before = i == 0 ? 0 : tags[i - 1];
      loss -= scores_[i][tags[i]] + steps_[before][tags[i]];
      UpdateSteps(tags, i, whole);
      Lanes gradient{};
      for (std::size_t tag = 0; tag < kNameTags; ++tag)
        gradient[tag] = (tag == tags[i] ? 1.f : 0.f) - std::exp(forward_[i][tag] + backward_[i][tag] - whole);
      for (const std::uint32_t feature : features_[i])
        Move(weights_[feature & mask_], squares_[feature & mask_], gradient);
    }
    return loss;
  }

  void UpdateSteps(const std::vector<std::uint8_t>& tags, std::size_t i, float whole) {
    for (std::size_t from = 0; from < kNameTags; ++from) {
      if (i == 0 && from != 0) break;
      for (std::size_t to = 0; to < kNameTags; ++to) {
        if (!MayFollow(from, to)) continue;
        const float before = i == 0 ? 0 : forward_[i - 1][from];
        const float expected = std::exp(before + steps_[from][to] + scores_[i][to] + backward_[i][to] - whole);
        const std::size_t tag_before = i == 0 ? 0 : tags[i - 1];
        const float gradient = (from == tag_before && to == tags[i] ? 1.f : 0.f) - expected;
        step_squares_[from][to] += gradient * gradient;
        steps_[from][to] += kStep * gradient / std::sqrt(step_squares_[from][to] + 1.f);
      }
    }
  }

  void Move(Lanes& weights, Lanes& squares, const Lanes& gradient) {
    for (std::size_t lane = 0; lane < kNameTags; ++lane) {
      squares[lane] += gradient[lane] * gradient[lane];
      const float moved = weights[lane] * (1 - kShrink) + kStep * gradient[lane] / std::sqrt(squares[lane] + 1.f);
      weights[lane] = std::clamp(moved, -kWeightMax, kWeightMax);
    }
  }

  NameModel words_;
  std::uint32_t mask_;
  std::vector<Lanes> weights_;
  std::vector<Lanes> squares_;
  std::vector<std::uint16_t> lists_;
  NameTransitions steps_{};
  NameTransitions step_squares_{};
  Scan scan_ = {};
  PassageTraits traits_ = {};
  std::vector<NameFeatures> features_ = {};
  std::vector<Lanes> scores_ = {};
  std::vector<Lanes> forward_ = {};
  std::vector<Lanes> backward_ = {};
};

struct Tally {
  std::int64_t labelled = 0;
  std::int64_t found = 0;
  std::int64_t exact = 0;
};

std::string SpanOf(const TaggedName& name) {
  return std::to_string(name.first) + "-" + std::to_string(name.last);
}

// "first-last" of each name of one kind, as tags say it.
std::vector<std::string> Spans(const std::vector<std::uint8_t>& tags, NameKind kind) {
  const auto begin = static_cast<std::uint8_t>(static_cast<int>(kind) * 2 + 1);
  std::vector<std::string> spans;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (tags[i] != begin) continue;
    std::size_t last = i;
    while (last + 1 < tags.size() && tags[last + 1] == begin + 1) ++last;
    spans.push_back(SpanOf({.first = i, .last = last}));
  }
  return spans;
}

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {(std::istreambuf_iterator<char>(file)), {}};
}

// What the tagger took for a person, a place or an organization, and whether it is one of them.
struct Taken {
  DoubtFeatures features;
  bool somebody = false;
};

void AddTaken(const NameModel& model, const KnownWords& known, const std::vector<Sentence>& sentences,
              std::vector<Taken>& all) {
  const NameTagger tagger(model);
  Scan scan;
  std::vector<TaggedName> names, less_likely;
  for (const Sentence& sentence : sentences) {
    ScanText(sentence.text, scan);
    names.clear();
    less_likely.clear();
    tagger.FindAll(scan, names, &less_likely);
    Surroundings surroundings(scan);
    const auto take = [&](const TaggedName& name, bool somebody) {
      all.push_back({.features = {}, .somebody = somebody});
      ReadDoubtFeatures(surroundings, model, known, name, all.back().features);
    };
    for (const TaggedName& name : names) {
      if (name.kind == NameKind::kAddress || name.kind == NameKind::kOther) continue;
      bool somebody = false;
      for (std::size_t i = name.first; i <= name.last; ++i) {
        const auto tag = static_cast<NameTag>(sentence.tags[i]);
        somebody |= tag != NameTag::kOutside && tag != NameTag::kOtherBegin && tag != NameTag::kOtherInside;
      }
      take(name, somebody);
    }
    const auto persons = Spans(sentence.tags, NameKind::kPerson);
    for (const TaggedName& name : less_likely) take(name, std::count(persons.begin(), persons.end(), SpanOf(name)) > 0);
  }
}

// Known things, people or acts, as the file holds them.
std::vector<std::uint32_t> KnownOf(const std::string& path, std::string_view kind) {
  std::ifstream in(path);
  std::vector<std::uint32_t> known;
  Scan scan;
  for (std::string line; std::getline(in, line);) {
    const auto tab = line.find('\t');
    if (tab == line.npos || std::string_view(line).substr(0, tab) != kind) continue;
    line.erase(0, tab + 1);
    ScanText(line, scan);
    if (!scan.tokens.empty()) known.push_back(HashOfWords(scan, 0, scan.tokens.size() - 1));
  }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  return known;
}

// One logistic regression; the order of the examples differs from one to the next.
std::vector<float> LearnDoubt(std::vector<Taken>& all, int epochs, std::uint32_t features, std::mt19937& random) {
  std::vector<float> weights(features), squares(features);
  std::size_t wrong = 0;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (std::size_t i = all.size() - 1; i > 0; --i) std::swap(all[i], all[random() % (i + 1)]);
    wrong = 0;
    for (const Taken& taken : all) {
      // Now and then without the name's words, or without their lists, too: what stands around it is learned so.
      const std::uint32_t chance = random() % 100;
      const std::size_t hidden = chance < kHiddenLists   ? taken.features.of_lists
                                 : chance < kHiddenWords ? taken.features.of_words
                                                         : 0;
      const std::span<const std::uint32_t> seen = std::span(taken.features.all).subspan(hidden);
      float odds = 0;
      for (const std::uint32_t feature : seen) odds += weights[feature & (features - 1)];
      const float gradient = (taken.somebody ? 1.f : 0.f) - 1 / (1 + std::exp(-odds));
      wrong += (odds > 0) != taken.somebody;
      for (const std::uint32_t feature : seen) {
        float& square = squares[feature & (features - 1)];
        square += gradient * gradient;
        weights[feature & (features - 1)] += kStep * gradient / std::sqrt(square + 1.f);
      }
    }
  }
  std::fprintf(stderr, "%zu names, %zu judged wrong\n", all.size(), wrong);
  return weights;
}

// Sentences, and the path of the model that tags them.
struct Batch {
  std::string by;
  std::vector<Sentence> sentences;
};

int TrainDoubt(const std::string& path, const std::string& out, int epochs, std::uint32_t bits,
               const std::vector<Batch>& batches) {
  constexpr std::array<std::string_view, kAllKnown.size()> kKinds = {"thing", "person", "act",
                                                                     "goods", "matter", "role"};
  std::array<std::vector<std::uint32_t>, kAllKnown.size()> words;
  KnownWords known;
  for (std::size_t kind = 0; kind < kAllKnown.size(); ++kind) {
    words[kind] = KnownOf(path, kKinds[kind]);
    for (const std::uint32_t hash : words[kind]) known.Add(hash, kAllKnown[kind]);
  }
  std::vector<Taken> all;
  for (const Batch& batch : batches) {
    const std::string bytes = ReadWhole(batch.by);
    AddTaken(NameModel::Parse(bytes).value(), known, batch.sentences, all);
  }
  std::vector<float> mean(1u << bits);
  std::mt19937 random(kSeed);
  for (int run = 0; run < kDoubtRuns; ++run) {
    const std::vector<float> weights = LearnDoubt(all, epochs, 1u << bits, random);
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += weights[i] / kDoubtRuns;
  }
  float most = 0;
  for (const float weight : mean) most = std::max(most, std::abs(weight));
  NameDoubtHead head{.magic = {}, .features = 1u << bits, .scale = most / 127};
  for (std::size_t kind = 0; kind < words.size(); ++kind)
    head.known[kind] = static_cast<std::uint32_t>(words[kind].size());
  std::memcpy(head.magic.data(), NameDoubt::kMagic.data(), head.magic.size());
  std::string made(reinterpret_cast<const char*>(&head), sizeof head);
  for (const auto& hashes : words)
    made.append(reinterpret_cast<const char*>(hashes.data()), hashes.size() * sizeof(std::uint32_t));
  for (const float weight : mean) made += static_cast<char>(static_cast<std::int8_t>(std::lround(weight / head.scale)));
  return Write(out, made) ? 0 : 1;
}

// Of models that were trained with the same lists and differ in their sentences.
int Mean(const std::vector<std::string>& paths, const std::string& out) {
  std::string before;
  NameTransitions steps{};
  std::vector<Lanes> weights;
  const auto share = 1 / static_cast<float>(paths.size());
  for (const std::string& path : paths) {
    const std::string bytes = ReadWhole(path);
    const NameModel model = NameModel::Parse(bytes).value();
    NameModelHead head;
    std::memcpy(&head, bytes.data(), sizeof head);
    const std::size_t lists_end =
        sizeof head + std::size_t{head.word_slots} * (sizeof(std::uint32_t) + sizeof(std::uint16_t));
    weights.resize(head.features);
    before = bytes.substr(0, lists_end);
    for (std::size_t from = 0; from < kNameLanes; ++from) {
      for (std::size_t to = 0; to < kNameLanes; ++to) steps[from][to] += share * model.transitions()[from][to];
    }
    for (std::uint32_t feature = 0; feature < head.features; ++feature) {
      for (std::size_t tag = 0; tag < kNameTags; ++tag)
        weights[feature][tag] += share * model.scale() * static_cast<float>(model.WeightsOf(feature)[tag]);
    }
  }
  return Write(out, WithWeights(before, steps, weights)) ? 0 : 1;
}

int Judge(const std::string& path, const std::vector<Sentence>& sentences) {
  const std::string bytes = ReadWhole(path);
  const NameModel model = NameModel::Parse(bytes).value();
  std::array<Tally, 5> tallies{};
  std::int64_t empty = 0, empty_hit = 0;
  const NameTagger tagger(model);
  Scan scan;
  std::vector<TaggedName> names;
  for (const Sentence& sentence : sentences) {
    ScanText(sentence.text, scan);
    names.clear();
    tagger.FindAll(scan, names);
    std::array<std::vector<std::string>, 5> found;
    bool hit = false;
    for (const TaggedName& name : names) {
      found[static_cast<std::size_t>(name.kind)].push_back(SpanOf(name));
      hit |= name.kind != NameKind::kOther;
    }
    const bool nothing =
        std::all_of(sentence.tags.begin(), sentence.tags.end(), [](auto tag) { return tag == 0 || tag > 8; });
    empty += nothing;
    empty_hit += nothing && hit;
    for (std::size_t kind = 0; kind < tallies.size(); ++kind) {
      const auto gold = Spans(sentence.tags, static_cast<NameKind>(kind));
      tallies[kind].labelled += static_cast<std::int64_t>(gold.size());
      tallies[kind].found += static_cast<std::int64_t>(found[kind].size());
      for (const std::string& span : found[kind]) tallies[kind].exact += std::count(gold.begin(), gold.end(), span);
    }
  }
  constexpr std::array<const char*, 5> kNames = {"person", "location", "organization", "address", "other"};
  for (std::size_t kind = 0; kind < tallies.size(); ++kind) {
    const Tally& tally = tallies[kind];
    const double precision = static_cast<double>(tally.exact) / std::max<double>(1, static_cast<double>(tally.found));
    const double recall = static_cast<double>(tally.exact) / std::max<double>(1, static_cast<double>(tally.labelled));
    std::printf("%-13s labelled %5lld found %5lld precision %.3f recall %.3f F1 %.3f\n", kNames[kind],
                static_cast<long long>(tally.labelled), static_cast<long long>(tally.found), precision, recall,
                precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
  }
  std::printf("texts without names hit: %lld of %lld\n", static_cast<long long>(empty_hit),
              static_cast<long long>(empty));
  return 0;
}

int Run(int argc, char** argv) {
  std::string lists, out, judged, doubted, known;
  int epochs = 5;
  std::uint32_t bits = 19;
  bool mean = false;
  std::vector<std::string> models;
  std::vector<Batch> batches(1);
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] { return std::string(i + 1 < argc ? argv[++i] : ""); };
    if (word == "--lists")
      lists = value();
    else if (word == "--out")
      out = value();
    else if (word == "--judge")
      judged = value();
    else if (word == "--doubt")
      batches[0].by = doubted = value();
    else if (word == "--known")
      known = value();
    else if (word == "--by")
      batches.push_back({.by = value(), .sentences = {}});
    else if (word == "--epochs")
      epochs = std::atoi(value().c_str());
    else if (word == "--bits")
      bits = static_cast<std::uint32_t>(std::atoi(value().c_str()));
    else if (word == "--mean")
      mean = true;
    else if (mean)
      models.push_back(word);
    else
      AddSentences(word, batches.back().sentences);
  }
  const std::vector<Sentence>& sentences = batches[0].sentences;
  if (!models.empty() && !out.empty()) return Mean(models, out);
  if (!judged.empty()) return Judge(judged, sentences);
  if (!doubted.empty() && !out.empty()) return TrainDoubt(known, out, epochs, bits, batches);
  if (lists.empty() || out.empty() || sentences.empty()) {
    std::fprintf(stderr,
                 "privity_train_names --mean MODELS… | --lists FILE | --doubt MODEL --known FILE --out FILE [--epochs "
                 "N] [--bits N] "
                 "SENTENCES… [--by MODEL SENTENCES…]\n");
    return 1;
  }
  const std::string head = WordTable(lists);
  std::string shell = head;  // a model without weights, for its lists
  NameModelHead shell_head;
  std::memcpy(&shell_head, shell.data(), sizeof shell_head);
  shell_head.features = 1;
  std::memcpy(shell.data(), &shell_head, sizeof shell_head);
  shell.append(sizeof(NameTransitions) + kNameLanes, '\0');
  Trainer trainer(NameModel::Parse(shell).value(), 1u << bits);
  std::mt19937 random(kSeed);
  std::vector<std::uint32_t> order(sentences.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (std::size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[random() % (i + 1)]);
    double loss = 0;
    for (const std::uint32_t at : order) loss += trainer.Learn(sentences[at], random);
    std::fprintf(stderr, "epoch %d: %zu sentences, loss %.4f each\n", epoch + 1, order.size(),
                 loss / static_cast<double>(order.size()));
  }
  return Write(out, WithWeights(head, trainer.steps(), trainer.weights())) ? 0 : 1;
}

}  // namespace
}  // namespace privity::detect

int main(int argc, char** argv) {
  return privity::detect::Run(argc, argv);
}
