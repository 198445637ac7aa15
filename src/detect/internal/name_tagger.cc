#include "detect/internal/name_tagger.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "detect/internal/letters.h"
#include "detect/internal/machine.h"

namespace privity::detect {
namespace {

constexpr std::size_t kPassageWordsMax = 160;
constexpr std::size_t kTokensKept = 1 << 14;
constexpr std::size_t kSentenceWordsMin = 6;
constexpr float kFavorNames = 0.3f;       // set on WNUT's dev part: a missed name costs more than a false one
constexpr float kFavorLessLikely = 2.5f;  // more, for names that are looked at again
constexpr std::size_t kWordsOfOneScale = 4;
constexpr std::size_t kWordsAround = 8;       // that are looked at where all words are small, or all are capitals
constexpr std::size_t kNumbersOfAddress = 3;  // in a row: "12-14, 75010 Paris"
constexpr std::size_t kBridge = 2;            // quiet words between two that may be named: "Maria de la Cruz"
constexpr std::uint16_t kSpeaksAlone =
    kGivenName | kSurname | kTown | kPartOfPlace | kCountry | kStreetWord | kOrganizationWord | kFormOfAddress;

bool IsBegin(std::size_t tag) {
  return tag % 2 == 1;
}
NameKind KindOf(std::size_t tag) {
  return static_cast<NameKind>((tag - 1) / 2);
}

// Half of a row as one vector (an extension of GCC and Clang): what AVX holds in a register.
typedef float Lanes __attribute__((vector_size(kNameLanes / 2 * sizeof(float)), may_alias));
static_assert(alignof(NameRow) == sizeof(Lanes));

PRIVITY_INLINED Lanes& HalfOf(NameRow& row, std::size_t half) {
  return *reinterpret_cast<Lanes*>(row.data() + half * (kNameLanes / 2));
}
PRIVITY_INLINED const Lanes& HalfOf(const NameRow& row, std::size_t half) {
  return *reinterpret_cast<const Lanes*>(row.data() + half * (kNameLanes / 2));
}

// Lanes beyond the tags hold zero.
PRIVITY_INLINED void ScaleToOne(NameRow& row) {
  Lanes sum = HalfOf(row, 0) + HalfOf(row, 1);
  sum += __builtin_shufflevector(sum, sum, 4, 5, 6, 7, 0, 1, 2, 3);
  sum += __builtin_shufflevector(sum, sum, 2, 3, 0, 1, 6, 7, 4, 5);
  sum += __builtin_shufflevector(sum, sum, 1, 0, 3, 2, 5, 4, 7, 6);
  HalfOf(row, 0) /= sum;
  HalfOf(row, 1) /= sum;
}

constexpr float kNever = -1e30f;  // what lanes beyond the tags hold where the most is looked for

// To a row, so that its lanes beyond the tags are never the most.
constexpr NameRow kTagsOnly = [] {
  NameRow row{};
  for (std::size_t lane = kNameTags; lane < kNameLanes; ++lane) row[lane] = kNever;
  return row;
}();

PRIVITY_INLINED float MostOf(const NameRow& row) {
  const Lanes low = HalfOf(row, 0), high = HalfOf(row, 1);
  Lanes most = low > high ? low : high;
  const auto with = [&](const Lanes& other) __attribute__((always_inline)) {
    most = other > most ? other : most;
  };
  with(__builtin_shufflevector(most, most, 4, 5, 6, 7, 0, 1, 2, 3));
  with(__builtin_shufflevector(most, most, 2, 3, 0, 1, 6, 7, 4, 5));
  with(__builtin_shufflevector(most, most, 1, 0, 3, 2, 5, 4, 7, 6));
  return most[0];
}

// e to the power of each, which are 0 at most: 2 to a whole power, times a polynomial (Cephes, expf). Within 2e-7 of
// it; the library's own is asked for one number at a time, and differs between machines.
PRIVITY_INLINED void Exponentiate(Lanes& numbers) {
  typedef std::int32_t Whole __attribute__((vector_size(sizeof(Lanes))));
  constexpr float kLeast = -87.0f, kRound = 12582912.0f;  // 1.5 * 2^23: adding it leaves no fraction
  const Lanes zero{}, least = zero + kLeast;
  Lanes x = numbers;
  x = x < least ? least : x;
  const Lanes power = (x * 1.44269504f + kRound) - kRound;
  const Lanes rest = x - power * 0.693359375f + power * 2.12194440e-4f;
  Lanes sum = zero + 1.9875691500e-4f;
#pragma GCC unroll 8
  for (const float term : {1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f})
    sum = sum * rest + term;
  sum = sum * rest * rest + rest + 1.0f;
  const Whole exponent = (__builtin_convertvector(power, Whole) + 127) << 23;
  Lanes scale;
  std::memcpy(&scale, &exponent, sizeof scale);
  numbers = sum * scale;
}

// A new sentence or a blank line: names do not go on behind it.
PRIVITY_INLINED bool EndsPassage(const Scan& scan, std::size_t left, std::size_t words) {
  const Token& next = scan.tokens.data()[left + 1];
  if (!next.line_before && !next.upper_first) return false;
  const std::string_view between = scan.Between(left);
  if (next.line_before && std::count(between.begin(), between.end(), '\n') > 1) return true;
  if (words < kSentenceWordsMin || between.empty() || !next.upper_first) return false;
  const bool stop = between[0] == '.' || between[0] == '!' || between[0] == '?';
  return stop && between.size() > 1 && scan.tokens[left].size() > 3;
}

// The names that begin at `from` by their tags.
void AddNames(std::size_t from, const std::vector<std::uint8_t>& tags, const std::vector<float>& probabilities,
              std::vector<TaggedName>& names) {
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const std::uint8_t tag = tags[i];
    if (tag == 0) continue;
    const bool goes_on = !IsBegin(tag) && i > 0 && tags[i - 1] != 0 && KindOf(tags[i - 1]) == KindOf(tag);
    if (goes_on) {
      names.back().last = from + i;
      names.back().probability = std::min(names.back().probability, probabilities[i]);
    } else {
      names.push_back({.first = from + i, .last = from + i, .kind = KindOf(tag), .probability = probabilities[i]});
    }
  }
}

}  // namespace

// Words in a row that are tagged together, and where the weights of their features are.
struct NameTagger::Run {
  // Of a word, a place for each feature: one in kWordsAtOnce.
  const std::uint32_t* PlacesOf(std::size_t word) const {
    return places.data()[word / kWordsAtOnce].data()->data() + word % kWordsAtOnce;
  }

  std::size_t first = 0;  // token
  std::size_t words = 0;
  std::vector<FeatureLanes> places = std::vector<FeatureLanes>(1);  // as many as the longest run needs
};

struct NameTagger::Work {
  // Makes room for one row for each word of the run.
  void Grow(std::vector<NameRow>& rows) const {
    if (rows.size() < run.words) rows.resize(run.words);
  }

  std::vector<std::uint16_t> lists = {};  // of every token
  std::vector<std::uint8_t> likely = {};  // whether it may be named
  PassageTraits traits = {};
  Run run = {};                      // that is tagged
  Run next = {};                     // whose weights are fetched meanwhile
  std::vector<NameRow> scores = {};  // of its words; these and the next are as long as the longest run
  std::vector<NameRow> forward = {};
  std::vector<NameRow> backward = {};
  std::vector<std::uint8_t> tags = {};
  std::vector<float> probabilities = {};
  // The same where names are favored more; no tags where none are asked for.
  bool less_likely = false;
  std::vector<std::uint8_t> favored_tags = {};
  std::vector<float> favored_probabilities = {};
};

NameTagger::NameTagger(const NameModel& model, TaggedWords words) : model_(&model), words_(words) {
  for (std::size_t from = 0; from < kNameTags; ++from) {
    for (std::size_t to = 0; to < kNameLanes; ++to) {
      step_[from][to] = to < kNameTags ? model.transitions()[from][to] : 0;
      factor_[from][to] = to < kNameTags ? std::exp(step_[from][to]) : 0;
      factor_to_[from][to] = to < kNameTags ? std::exp(model.transitions()[to][from]) : 0;
      step_to_[from][to] = to < kNameTags ? model.transitions()[to][from] : kNever;
    }
  }
}

// "J." of "J. Ruiz", "O" of "O'Brien": a capital letter that goes on with the next word.
bool IsInitialOf(const Scan& scan, std::size_t at) {
  const Token& token = scan.tokens[at];
  if (token.size() != 1 || !token.has_upper) return false;
  const std::string_view between = scan.Between(at);
  return between == ". " || between == "." || between == "'" || between == "\u2019" || between == " ";
}

// "12", "12a", "75010": of a house or of a town.
PRIVITY_INLINED bool MayBeOfAddress(const Token& token) {
  return token.digits > 0 && token.size() <= 6;
}

// "TextRules", "name_", "FindAll(", "std::": how programs call things. "McDonald" and "DeVito" go on with a capital
// letter earlier, and "JoAnn" begins with a name.
bool IsOfCode(const Scan& scan, const Token& token) {
  constexpr std::size_t kCapitalAfter = 4;
  const std::string_view after = scan.text.substr(token.end, 2);
  if (after.starts_with('_') || after.starts_with('(') || after == "::" || after == "->") return true;
  if (token.begin >= 2 && scan.text.substr(token.begin - 2, 2) == "::") return true;
  if (!token.ascii || !token.has_lower || token.size() < 2 * kCapitalAfter - 1) return false;
  const std::string_view word = scan.Of(token);
  for (std::size_t i = kCapitalAfter; i < word.size(); ++i) {
    if (IsAsciiUpper(word[i]) && IsAsciiLower(word[i - 1])) return !word.starts_with("Fitz");
  }
  return false;
}

// Lower-case words in no list are quiet; so are numbers, but for those beside the word of a street.
PRIVITY_INLINED bool MayBeNamed(const Scan& scan, const std::uint16_t* all_lists, std::size_t at) {
  const Token* const token = scan.tokens.data() + at;
  const std::uint16_t* const lists = all_lists + at;
  if (token->digits > 0) return false;
  if (token->upper_first && token->size() > 1) return *lists != 0 || !IsOfCode(scan, *token);
  if ((*lists & kSpeaksAlone) != 0 && (*lists & (kEveryday | kParticle)) == 0) return true;
  const auto is_name = [](std::uint16_t in) { return (in & (kGivenName | kSurname)) != 0; };
  if (is_name(*lists) && at + 1 < scan.tokens.size() && is_name(lists[1])) return true;
  if (at == 0) return false;
  // "Kylie minogue": behind a given name, a word that is none of everybody's.
  const bool unknown = (*lists & (kEveryday | kCommonWord | kParticle)) == 0 && token->size() > 3;
  if (unknown && token[-1].upper_first && (lists[-1] & kGivenName) != 0) return true;
  return (lists[-1] & (kLabelWord | kFormOfAddress)) != 0;
}

// Of every token, once: passages are looked at word by word, and again around each name.
void NameTagger::ReadLikely(const Scan& scan, Work& work) const {
  const std::size_t n = scan.tokens.size();
  ReadLists(scan, *model_, work.lists);
  work.likely.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    work.likely.data()[i] = words_ == TaggedWords::kAll || MayBeNamed(scan, work.lists.data(), i);
}

// Of the words of a run, which begins at a word of the passage.
PRIVITY_INLINED void NameTagger::ReadPlaces(PassageTraits& traits, std::size_t at, Run& run) const {
  const NameModel model = *model_;
  const auto place_of = [&](std::uint32_t feature) { return model.PlaceOf(feature); };
  if (run.places.size() * kWordsAtOnce < run.words) run.places.resize(run.words / kWordsAtOnce + 1);
  HashSpellings(traits, at, at + run.words);
  for (std::size_t i = 0; i < run.words; i += kWordsAtOnce) {
    FeatureLanes places;  // nothing else can stand where they do, so that they are mixed at once
    MixFeatures(traits, at + i, place_of, places);
    run.places.data()[i / kWordsAtOnce] = places;
  }
}

// The weights of all features of each word, added up. They lie far apart: those of a word that comes kAhead words
// later, in this run or in the next, are fetched while these are added.
PRIVITY_INLINED void NameTagger::Score(Work& work) const {
  // Two weights of eight bits to a lane: those of the odd tags above those of the even ones. Two features beside each
  // other.
  typedef std::int16_t Pairs __attribute__((vector_size(kNameLanes)));
  typedef std::int16_t TwoPairs __attribute__((vector_size(2 * kNameLanes)));
  static_assert(kNameTags == 11);
  constexpr TwoPairs kEvenTags = {-1, -1, -1, -1, -1, -1}, kOddTags = {-1, -1, -1, -1, -1};
  constexpr std::size_t kAhead = 2;
  const NameModel model = *model_;
  const float scale = model.scale();
  const std::size_t n = work.run.words, next = std::max<std::size_t>(work.next.words, 1);
  work.Grow(work.scores);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t* const places = work.run.PlacesOf(i);
    const std::uint32_t* const later =
        i + kAhead < n ? work.run.PlacesOf(i + kAhead) : work.next.PlacesOf(std::min(i + kAhead - n, next - 1));
    TwoPairs even{}, odd{};
#pragma GCC unroll kNameFeatures
    for (std::size_t f = 0; f < kNameFeatures * kWordsAtOnce; f += 2 * kWordsAtOnce) {
      Pairs one, other;
      std::memcpy(&one, model.WeightsAt(places[f]), sizeof one);
      std::memcpy(&other, model.WeightsAt(places[f + kWordsAtOnce]), sizeof other);
      const TwoPairs both = __builtin_shufflevector(one, other, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
      even += (both << 8) >> 8;
      odd += both >> 8;
      __builtin_prefetch(model.WeightsAt(later[f]));
      __builtin_prefetch(model.WeightsAt(later[f + kWordsAtOnce]));
    }
    even += __builtin_shufflevector(even, even, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    odd += __builtin_shufflevector(odd, odd, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    NameRow& scores = work.scores.data()[i];
    even &= kEvenTags;  // what was read behind the tags
    odd &= kOddTags;
    const Pairs first = __builtin_shufflevector(even, odd, 0, 16, 1, 17, 2, 18, 3, 19);
    const Pairs second = __builtin_shufflevector(even, odd, 4, 20, 5, 21, 6, 22, 7, 23);
    HalfOf(scores, 0) = __builtin_convertvector(first, Lanes) * scale;
    HalfOf(scores, 1) = __builtin_convertvector(second, Lanes) * scale;
    scores[0] -= kFavorNames;
  }
}

// Viterbi's best path, from outside. Where each best score came from is looked up on the way back, for the path alone.
PRIVITY_INLINED void NameTagger::Decode(Work& work, std::vector<std::uint8_t>& tags) const {
  const std::size_t n = work.run.words;
  work.Grow(work.forward);
  NameRow* const forward = work.forward.data();
  const NameRow *const scores = work.scores.data(), *const steps = step_.data();
  for (std::size_t half = 0; half < 2; ++half)
    HalfOf(forward[0], half) = HalfOf(steps[0], half) + HalfOf(scores[0], half);
  for (std::size_t i = 1; i < n; ++i) {
    const float* const before = forward[i - 1].data();
    Lanes low = HalfOf(steps[0], 0) + before[0], high = HalfOf(steps[0], 1) + before[0];
#pragma GCC unroll kNameTags
    for (std::size_t from = 1; from < kNameTags; ++from) {
      const Lanes lower = HalfOf(steps[from], 0) + before[from], higher = HalfOf(steps[from], 1) + before[from];
      low = lower > low ? lower : low;
      high = higher > high ? higher : high;
    }
    HalfOf(forward[i], 0) = low + HalfOf(scores[i], 0);
    HalfOf(forward[i], 1) = high + HalfOf(scores[i], 1);
  }
  tags.resize(n);
  for (std::size_t i = n; i > 0; --i) {
    NameRow ways;
    const NameRow& step = i < n ? step_to_.data()[tags.data()[i]] : kTagsOnly;
    for (std::size_t half = 0; half < 2; ++half) HalfOf(ways, half) = HalfOf(forward[i - 1], half) + HalfOf(step, half);
    // The first of the best.
    const float best = MostOf(ways);
    std::uint8_t tag = 0;
    while (ways.data()[tag] < best) ++tag;
    tags.data()[i - 1] = tag;
  }
}

// All ways from the tags before to each tag. Two sums at a time, for each addition waits for the one before.
PRIVITY_INLINED void AddWays(const std::array<NameRow, kNameTags>& factors, const NameRow& before, NameRow& after) {
  const NameRow* const factor = factors.data();
  const float* const weight = before.data();
  Lanes low{}, high{}, lower{}, higher{};
#pragma GCC unroll kNameTags
  for (std::size_t from = 0; from + 1 < kNameTags; from += 2) {
    low += HalfOf(factor[from], 0) * weight[from];
    high += HalfOf(factor[from], 1) * weight[from];
    lower += HalfOf(factor[from + 1], 0) * weight[from + 1];
    higher += HalfOf(factor[from + 1], 1) * weight[from + 1];
  }
  constexpr std::size_t kLast = kNameTags - 1;
  static_assert(kNameTags % 2 == 1);
  HalfOf(after, 0) = low + lower + HalfOf(factor[kLast], 0) * weight[kLast];
  HalfOf(after, 1) = high + higher + HalfOf(factor[kLast], 1) * weight[kLast];
}

// Forward and backward products: how probable the kind of each chosen tag is. Those of every fourth word are scaled to
// a sum of one, so that long runs neither grow nor vanish (Rabiner 1989, section V.A).
PRIVITY_INLINED void NameTagger::ReadProbabilities(Work& work) const {
  const std::size_t n = work.run.words;
  work.Grow(work.backward);
  NameRow *const scores = work.scores.data(), *const forward = work.forward.data(),
                 *const backward = work.backward.data();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t half = 0; half < 2; ++half) HalfOf(scores[i], half) += HalfOf(kTagsOnly, half);
    const float most = MostOf(scores[i]);
    for (std::size_t half = 0; half < 2; ++half) {
      HalfOf(scores[i], half) -= most;
      Exponentiate(HalfOf(scores[i], half));
    }
  }
  for (std::size_t half = 0; half < 2; ++half)
    HalfOf(forward[0], half) = HalfOf(factor_[0], half) * HalfOf(scores[0], half);
  ScaleToOne(forward[0]);
  for (std::size_t i = 1; i < n; ++i) {
    AddWays(factor_, forward[i - 1], forward[i]);
    for (std::size_t half = 0; half < 2; ++half) HalfOf(forward[i], half) *= HalfOf(scores[i], half);
    if (i % kWordsOfOneScale == 0) ScaleToOne(forward[i]);
  }
  backward[n - 1].fill(1);
  for (std::size_t i = n - 1; i > 0; --i) {
    NameRow after;
    for (std::size_t half = 0; half < 2; ++half)
      HalfOf(after, half) = HalfOf(scores[i], half) * HalfOf(backward[i], half);
    AddWays(factor_to_, after, backward[i - 1]);
    if (i % kWordsOfOneScale == 0) ScaleToOne(backward[i - 1]);
  }
  const auto of_kind = [](const NameRow& both, std::uint8_t tag) {
    const std::size_t begin = IsBegin(tag) || tag == 0 ? tag : tag - 1u;
    return both.data()[begin] + (begin > 0 ? both.data()[begin + 1] : 0);
  };
  work.probabilities.resize(n);
  work.favored_probabilities.resize(work.favored_tags.size());
  for (std::size_t i = 0; i < n; ++i) {
    NameRow both;
    for (std::size_t half = 0; half < 2; ++half)
      HalfOf(both, half) = HalfOf(forward[i], half) * HalfOf(backward[i], half);
    ScaleToOne(both);
    work.probabilities.data()[i] = of_kind(both, work.tags.data()[i]);
    if (!work.favored_tags.empty()) work.favored_probabilities.data()[i] = of_kind(both, work.favored_tags.data()[i]);
  }
}

// Whether a word outside of all names comes near to a person's, by itself.
bool NameTagger::MayNameMore(const Work& work) {
  constexpr float kNear = 1;
  constexpr auto kFirst = static_cast<std::size_t>(NameTag::kPersonBegin),
                 kGoesOn = static_cast<std::size_t>(NameTag::kPersonInside);
  for (std::size_t i = 0; i < work.tags.size(); ++i) {
    const float* const scores = work.scores.data()[i].data();
    if (work.tags.data()[i] == 0 && std::max(scores[kFirst], scores[kGoesOn]) + kNear > scores[0]) return true;
  }
  return false;
}

PRIVITY_INLINED void NameTagger::TagRunWith(Work& work, std::size_t next_at) const {
  if (work.next.words > 0) ReadPlaces(work.traits, next_at, work.next);
  if (work.run.words == 0) return;
  Score(work);
  Decode(work, work.tags);
  work.favored_tags.clear();
  if (work.less_likely && MayNameMore(work)) {
    for (std::size_t i = 0; i < work.run.words; ++i) work.scores.data()[i].data()[0] -= kFavorLessLikely;
    Decode(work, work.favored_tags);
    for (std::size_t i = 0; i < work.run.words; ++i) work.scores.data()[i].data()[0] += kFavorLessLikely;
  }
  const auto names = [](const std::vector<std::uint8_t>& tags) {
    return std::any_of(tags.begin(), tags.end(), [](std::uint8_t tag) { return tag != 0; });
  };
  if (names(work.tags) || names(work.favored_tags)) ReadProbabilities(work);
}

void NameTagger::TagRunPlainly(Work& work, std::size_t next_at) const {
  TagRunWith(work, next_at);
}

#ifdef __x86_64__
PRIVITY_WIDE void NameTagger::TagRunWide(Work& work, std::size_t next_at) const {
  TagRunWith(work, next_at);
}
#endif

void NameTagger::TagRun(Work& work, std::size_t next_at, Found& found) const {
#ifdef __x86_64__
  if (IsWideMachine())
    TagRunWide(work, next_at);
  else
#endif
    TagRunPlainly(work, next_at);
  if (work.run.words > 0) {
    AddNames(work.run.first, work.tags, work.probabilities, *found.names);
    if (!work.favored_tags.empty()) AddLessLikely(work, *found.less_likely);
  }
  std::swap(work.run, work.next);
}

// The persons that are named where names are favored, and only there.
void NameTagger::AddLessLikely(const Work& work, std::vector<TaggedName>& names) {
  const std::size_t settled = names.size();
  AddNames(work.run.first, work.favored_tags, work.favored_probabilities, names);
  const auto is_named = [&](const TaggedName& name) {
    for (std::size_t i = name.first; i <= name.last; ++i) {
      if (work.tags[i - work.run.first] != 0) return true;
    }
    return name.kind != NameKind::kPerson;
  };
  names.erase(std::remove_if(names.begin() + static_cast<std::ptrdiff_t>(settled), names.end(), is_named), names.end());
}

void NameTagger::TagPassage(const Scan& scan, std::size_t first, std::size_t end, Work& work, Found& found) const {
  const Token* const tokens = scan.tokens.data();
  const std::uint8_t* const likely = work.likely.data();
  bool begun = false;
  std::size_t decoded = first;  // everything before it is settled
  for (std::size_t i = first; i < end;) {
    if (likely[i] == 0) {
      ++i;
      continue;
    }
    if (!begun) work.traits.Begin(scan, first, end);
    begun = true;
    std::size_t from = i;
    std::size_t to = i + 1;
    if (work.traits.casing() != 0) {  // case says nothing here: look at every word around
      from = std::max(decoded, i - std::min(i, kWordsAround));
      for (std::size_t next = to; next < end && next < to + kWordsAround; ++next) {
        if (likely[next] != 0) to = next + 1;
      }
      to = std::min(to + kWordsAround, end);
    } else {
      // Numbers and initials before it belong to it: "12 rue Victor Hugo"; what follows within a short bridge, too.
      while (from > decoded && i - from < kBridge && (tokens[from - 1].digits > 0 || IsInitialOf(scan, from - 1)))
        --from;
      std::size_t numbers = 0;
      for (std::size_t next = to; next < end && next <= to + kBridge; ++next) {
        const bool named = likely[next] != 0, of_address = MayBeOfAddress(tokens[next]);
        numbers = named ? 0 : numbers + of_address;
        if (named || (of_address && numbers <= kNumbersOfAddress)) to = next + 1;
      }
    }
    scan.steps += to - from;
    constexpr std::size_t kAround = PassageTraits::kAround;
    work.traits.Read(scan, from - std::min(from - first, kAround), std::min(to + kAround, end), work.lists);
    work.next.first = from;
    work.next.words = to - from;
    TagRun(work, from - first, found);
    i = decoded = to;
  }
}

void NameTagger::FindAll(const Scan& scan, std::vector<TaggedName>& names, std::vector<TaggedName>* less_likely) const {
  static thread_local Work work;  // its memory serves the next text, but for that of a large one
  work.less_likely = less_likely != nullptr;
  work.run.words = 0;
  Found found{&names, less_likely};
  ReadLikely(scan, work);
  const std::size_t n = scan.tokens.size();
  for (std::size_t first = 0; first < n;) {
    std::size_t end = first + 1;
    while (end < n && end - first < kPassageWordsMax && !EndsPassage(scan, end - 1, end - first)) ++end;
    TagPassage(scan, first, end, work, found);
    first = end;
  }
  work.next.words = 0;  // none comes behind the last
  TagRun(work, 0, found);
  if (n > kTokensKept) {
    work.lists = {};
    work.likely = {};
  }
}

}  // namespace privity::detect
