#include "detect/internal/name_tagger.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace privity::detect {
namespace {

constexpr std::size_t kPassageWordsMax = 160;
constexpr std::size_t kSentenceWordsMin = 6;
constexpr float kFavorNames = 0.5f;  // set on WNUT's dev part: a missed name costs more than a false one
constexpr std::size_t kBridge = 2;   // quiet words between two that may be named: "Maria de la Cruz"
constexpr std::uint16_t kSpeaksAlone =
    kGivenName | kSurname | kTown | kPartOfPlace | kCountry | kStreetWord | kOrganizationWord | kFormOfAddress;

using Lanes = std::array<float, kNameLanes>;

bool IsBegin(std::size_t tag) {
  return tag % 2 == 1;
}
NameKind KindOf(std::size_t tag) {
  return static_cast<NameKind>((tag - 1) / 2);
}

// A new sentence or a blank line: names do not go on behind it.
bool EndsPassage(const Scan& scan, std::size_t left, std::size_t words) {
  const std::string_view between = scan.Between(left);
  const Token& next = scan.tokens[left + 1];
  if (next.line_before && std::count(between.begin(), between.end(), '\n') > 1) return true;
  if (words < kSentenceWordsMin || between.empty() || !next.upper_first) return false;
  const bool stop = between[0] == '.' || between[0] == '!' || between[0] == '?';
  return stop && between.size() > 1 && scan.tokens[left].size() > 3;
}

float LogOfSum(const Lanes& values) {
  const float most = *std::max_element(values.begin(), values.begin() + kNameTags);
  float sum = 0;
  for (std::size_t tag = 0; tag < kNameTags; ++tag) sum += std::exp(values[tag] - most);
  return most + std::log(sum);
}

}  // namespace

struct NameTagger::Work {
  std::vector<WordTraits> traits = {};
  std::vector<std::size_t> at = {};  // places in `traits` of the run that is decoded
  std::vector<Lanes> scores = {};
  std::vector<Lanes> forward = {};
  std::vector<Lanes> backward = {};
  std::vector<std::array<std::uint8_t, kNameLanes>> came_from = {};
  std::vector<std::uint8_t> tags = {};
  std::vector<float> probabilities = {};
};

// Lower-case words in no list are quiet; so are numbers, but for those beside the word of a street.
bool NameTagger::MayBeNamed(const Scan& scan, std::size_t at) const {
  const Token& token = scan.tokens[at];
  if (token.digits > 0) return false;
  if (token.upper_first && token.size() > 1) return true;
  const std::uint16_t lists = model_->ListsOf(token.hash);
  if ((lists & kSpeaksAlone) != 0 && (lists & (kEveryday | kParticle)) == 0) return true;
  const auto is_name = [](std::uint16_t in) { return (in & (kGivenName | kSurname)) != 0; };
  if (is_name(lists) && at + 1 < scan.tokens.size() && is_name(model_->ListsOf(scan.tokens[at + 1].hash))) return true;
  return at > 0 && (model_->ListsOf(scan.tokens[at - 1].hash) & (kLabelWord | kFormOfAddress)) != 0;
}

void NameTagger::Score(Work& work) const {
  work.scores.resize(work.at.size());
  NameFeatures features;
  for (std::size_t i = 0; i < work.at.size(); ++i) {
    ReadFeatures(work.traits, work.at[i], features);
    std::array<std::int16_t, kNameLanes> sum{};
    for (const std::uint32_t feature : features) {
      const std::int8_t* weights = model_->WeightsOf(feature);
      for (std::size_t lane = 0; lane < kNameLanes; ++lane)
        sum[lane] = static_cast<std::int16_t>(sum[lane] + weights[lane]);
    }
    for (std::size_t lane = 0; lane < kNameLanes; ++lane) work.scores[i][lane] = sum[lane] * model_->scale();
    work.scores[i][0] -= kFavorNames;
  }
}

// Viterbi's best path, from outside.
void NameTagger::Decode(Work& work) const {
  const NameTransitions& step = model_->transitions();
  const std::size_t n = work.at.size();
  work.forward.resize(n);
  work.came_from.resize(n);
  for (std::size_t tag = 0; tag < kNameTags; ++tag) work.forward[0][tag] = step[0][tag] + work.scores[0][tag];
  for (std::size_t i = 1; i < n; ++i) {
    Lanes best;
    best.fill(-std::numeric_limits<float>::infinity());
    for (std::size_t from = 0; from < kNameTags; ++from) {
      for (std::size_t tag = 0; tag < kNameTags; ++tag) {
        const float score = work.forward[i - 1][from] + step[from][tag];
        if (score > best[tag]) {
          best[tag] = score;
          work.came_from[i][tag] = static_cast<std::uint8_t>(from);
        }
      }
    }
    for (std::size_t tag = 0; tag < kNameTags; ++tag) work.forward[i][tag] = best[tag] + work.scores[i][tag];
  }
  work.tags.resize(n);
  const auto last = work.forward[n - 1].begin();
  work.tags[n - 1] = static_cast<std::uint8_t>(std::max_element(last, last + kNameTags) - last);
  for (std::size_t i = n - 1; i > 0; --i) work.tags[i - 1] = work.came_from[i][work.tags[i]];
}

// Forward and backward sums: how probable the kind of each chosen tag is.
void NameTagger::ReadProbabilities(Work& work) const {
  const NameTransitions& step = model_->transitions();
  const std::size_t n = work.at.size();
  work.backward.resize(n);
  for (std::size_t tag = 0; tag < kNameTags; ++tag) work.forward[0][tag] = step[0][tag] + work.scores[0][tag];
  for (std::size_t i = 1; i < n; ++i) {
    for (std::size_t tag = 0; tag < kNameTags; ++tag) {
      Lanes ways{};
      for (std::size_t from = 0; from < kNameTags; ++from) ways[from] = work.forward[i - 1][from] + step[from][tag];
      work.forward[i][tag] = LogOfSum(ways) + work.scores[i][tag];
    }
  }
  work.backward[n - 1].fill(0);
  for (std::size_t i = n - 1; i > 0; --i) {
    for (std::size_t tag = 0; tag < kNameTags; ++tag) {
      Lanes ways{};
      for (std::size_t to = 0; to < kNameTags; ++to)
        ways[to] = step[tag][to] + work.scores[i][to] + work.backward[i][to];
      work.backward[i - 1][tag] = LogOfSum(ways);
    }
  }
  const float whole = LogOfSum(work.forward[n - 1]);
  work.probabilities.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t begin = IsBegin(work.tags[i]) || work.tags[i] == 0 ? work.tags[i] : work.tags[i] - 1u;
    float probability = std::exp(work.forward[i][begin] + work.backward[i][begin] - whole);
    if (begin > 0) probability += std::exp(work.forward[i][begin + 1] + work.backward[i][begin + 1] - whole);
    work.probabilities[i] = probability;
  }
}

void NameTagger::TagPassage(const Scan& scan, std::size_t first, std::size_t end, Work& work,
                            std::vector<TaggedName>& names) const {
  const auto tag_run = [&](std::size_t from, std::size_t to) {
    work.at.clear();
    for (std::size_t i = from; i < to; ++i) work.at.push_back(i - first);
    Score(work);
    Decode(work);
    if (std::all_of(work.tags.begin(), work.tags.end(), [](std::uint8_t tag) { return tag == 0; })) return;
    ReadProbabilities(work);
    for (std::size_t i = 0; i < work.tags.size(); ++i) {
      const std::uint8_t tag = work.tags[i];
      if (tag == 0) continue;
      const bool goes_on = !IsBegin(tag) && i > 0 && work.tags[i - 1] != 0 && KindOf(work.tags[i - 1]) == KindOf(tag);
      if (goes_on) {
        names.back().last = from + i;
        names.back().probability = std::min(names.back().probability, work.probabilities[i]);
      } else {
        names.push_back({from + i, from + i, KindOf(tag), work.probabilities[i]});
      }
    }
  };
  bool described = false;
  std::size_t decoded = first;  // everything before it is settled
  for (std::size_t i = first; i < end;) {
    if (!MayBeNamed(scan, i)) {
      ++i;
      continue;
    }
    if (!described) ReadTraits(scan, first, end, *model_, work.traits);
    described = true;
    std::size_t from = i;
    std::size_t to = i + 1;
    if (work.traits[i - first].casing != 0) {  // case says nothing here: look at every word
      from = decoded;
      to = end;
    } else {
      // Numbers before it belong to it: "12 rue Victor Hugo"; what follows it within a short bridge, too.
      while (from > decoded && scan.tokens[from - 1].digits > 0 && i - from < kBridge) --from;
      for (std::size_t next = to; next < end && next <= to + kBridge; ++next) {
        if (scan.tokens[next].digits > 0 || MayBeNamed(scan, next)) to = next + 1;
      }
    }
    tag_run(from, to);
    i = decoded = to;
  }
}

void NameTagger::FindAll(const Scan& scan, std::vector<TaggedName>& names) const {
  Work work;
  for (std::size_t first = 0; first < scan.tokens.size();) {
    std::size_t end = first + 1;
    while (end < scan.tokens.size() && end - first < kPassageWordsMax && !EndsPassage(scan, end - 1, end - first))
      ++end;
    TagPassage(scan, first, end, work, names);
    first = end;
  }
}

}  // namespace privity::detect
