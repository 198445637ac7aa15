#include "detect/internal/field_model.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <unordered_set>

#include "detect/internal/built_in_model.h"
#include "detect/internal/letters.h"
#include "detect/internal/name_features.h"
#include "detect/internal/token_scan.h"

namespace privity::detect {
namespace {

constexpr std::size_t kDetectorsMax = 128;
constexpr std::size_t kNetsMax = 16;
constexpr std::size_t kPieceBytesMin = 3, kPieceBytesMax = 5;
constexpr std::uint32_t kNumber = 11;  // stands for all of them

// What a sign is of.
enum Seen : std::uint32_t {
  kWord,
  kLastWord,
  kWordBeforeLast,
  kFirstWord,
  kPair,
  kWhole,
  kWordsLeft,
  kKind,
  kLastKind,
  kFirstKind,
  kKindPair,
  kKindBeforeWord,
  kWordBeforeKind,
  kLastAndHead,
  kLastAndState,
  kLastKindAndState,
  kLastKindAndHeadKind,
  kFirstAndState,
  kToken,
  kLastToken,
  kPiece,
  kAround,
  kAroundAndLast,
  kHead,
  kHeadKind,
  kState,
  kDomain,
  kNeighbour,
  kAlways,
  kCue,
  kStrength,
  kCueAndStrength,
  kCueAndState,
  kStrengthAndState,
  kStrengthAndLast,
  kStrengthAndHead,
  kReason,
  kReference,
  kReferenceAndLast,
  kReferenceAndStrength,
  kReferenceAndState,
  kAbout,
  kAboutAndLast,
  kAboutAndCue,
  kAboutAndStrength,
  kAboutAndState
};

NetPart PartOf(Seen seen) {
  switch (seen) {
    case kWord:
    case kLastWord:
    case kWordBeforeLast:
    case kFirstWord:
    case kWordsLeft:
      return NetPart::kWords;
    case kPair:
    case kWhole:
      return NetPart::kPairs;
    case kToken:
    case kLastToken:
    case kPiece:
      return NetPart::kLetters;
    case kKind:
    case kLastKind:
    case kFirstKind:
    case kKindPair:
      return NetPart::kKinds;
    case kAround:
      return NetPart::kAround;
    case kCue:
    case kStrength:
    case kCueAndStrength:
    case kReason:
    case kReference:
    case kAbout:
      return NetPart::kRules;
    case kHead:
    case kHeadKind:
    case kState:
      return NetPart::kRows;
    case kDomain:
      return NetPart::kDomain;
    case kNeighbour:
      return NetPart::kNeighbours;
    case kAlways:
    case kKindBeforeWord:
    case kWordBeforeKind:
    case kLastAndHead:
    case kLastAndState:
    case kLastKindAndState:
    case kLastKindAndHeadKind:
    case kFirstAndState:
    case kAroundAndLast:
    case kCueAndState:
    case kStrengthAndState:
    case kStrengthAndLast:
    case kStrengthAndHead:
    case kReferenceAndLast:
    case kReferenceAndStrength:
    case kReferenceAndState:
    case kAboutAndLast:
    case kAboutAndCue:
    case kAboutAndStrength:
    case kAboutAndState:
      return NetPart::kNone;
  }
  return NetPart::kNone;
}

std::uint32_t Mixed(Seen seen, std::uint32_t a, std::uint32_t b = 0) {
  constexpr std::uint32_t kHash = (1u << FieldNet::kPartShift) - 1;
  const std::uint32_t hash = MixedHash(MixedHash(seen * 0x9E3779B1u + 1, a), b) & kHash;
  return hash | static_cast<std::uint32_t>(PartOf(seen)) << FieldNet::kPartShift;
}

std::uint32_t HashOf(std::string_view word) {
  return word.empty() ? 0 : IsAsciiDigit(word.front()) ? kNumber : WordHash(word);
}

}  // namespace

void ReadCollectionSigns(const CollectionSight& collection, std::vector<std::uint32_t>& signs) {
  const auto see = [&](Seen seen, std::uint32_t a, std::uint32_t b = 0) { signs.push_back(Mixed(seen, a, b)); };
  see(kState, collection.state);
  see(kHead, HashOf(collection.head));
  see(kHeadKind, collection.head_kind);
  std::unordered_set<std::string_view> seen_words;
  for (const std::string& word : collection.words) {
    if (!seen_words.insert(word).second) continue;
    see(kDomain, HashOf(word));
  }
  seen_words.clear();
  for (const std::string& word : collection.fields) {
    if (seen_words.insert(word).second && !IsAsciiDigit(word.front())) see(kNeighbour, HashOf(word));
  }
}

void ReadFieldSigns(const FieldSight& field, std::vector<std::uint32_t>& signs) {
  const auto see = [&](Seen seen, std::uint32_t a, std::uint32_t b = 0) { signs.push_back(Mixed(seen, a, b)); };
  see(kAlways, 0);
  std::uint32_t before = 0, before_kind = 0, whole = 0;
  const std::size_t count = field.words.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t word = HashOf(field.words[i]), kind = field.kinds[i];
    see(kWord, word);
    see(kKind, kind);
    see(kPair, before, word);
    see(kKindPair, before_kind, kind);
    see(kKindBeforeWord, before_kind, word);
    see(kWordBeforeKind, before, kind);
    if (i == 0) {
      see(kFirstWord, word);
      see(kFirstKind, kind);
      see(kFirstAndState, word, field.collection->state);
    }
    if (i + 2 == count) see(kWordBeforeLast, word);
    before = word;
    before_kind = kind;
    whole = MixedHash(whole, word);
  }
  see(kWhole, whole);
  see(kWordsLeft, static_cast<std::uint32_t>(std::min<std::size_t>(count, 4)));
  see(kLastWord, before);
  see(kLastKind, before_kind);
  see(kLastAndHead, before, HashOf(field.collection->head));
  see(kLastAndState, before, field.collection->state);
  see(kLastKindAndState, before_kind, field.collection->state);
  see(kLastKindAndHeadKind, before_kind, field.collection->head_kind);
  for (const std::string& token : field.tokens) {
    see(kToken, HashOf(token));
    if (&token == &field.tokens.back()) see(kLastToken, HashOf(token));
    if (IsAsciiDigit(token.front())) continue;
    const std::string bounded = "^" + token + "$";
    for (std::size_t bytes = kPieceBytesMin; bytes <= kPieceBytesMax; ++bytes) {
      for (std::size_t at = 0; at + bytes <= bounded.size(); ++at)
        see(kPiece, WordHash(std::string_view(bounded).substr(at, bytes)));
    }
  }
  const std::uint32_t cue = HashOf(field.cue), coarse = (field.strength + 2) / 3;
  see(kCue, cue);
  see(kStrength, field.strength);
  see(kCueAndStrength, cue, field.strength);
  see(kCueAndState, cue, field.collection->state);
  see(kStrengthAndState, field.strength, field.collection->state);
  see(kStrengthAndLast, coarse, before);
  see(kStrengthAndHead, coarse, HashOf(field.collection->head));
  for (const std::uint32_t reason : field.reasons) see(kReason, reason);
  if (field.reference != 0) {
    see(kReference, field.reference);
    see(kReferenceAndLast, field.reference, before);
    see(kReferenceAndStrength, field.reference, field.strength);
    see(kReferenceAndState, field.reference, field.collection->state);
  }
  if (field.about != 0) {
    see(kAbout, field.about);
    see(kAboutAndLast, field.about, before);
    see(kAboutAndCue, field.about, cue);
    see(kAboutAndStrength, field.about, field.strength);
    see(kAboutAndState, field.about, field.collection->state);
  }
  for (const std::string& word : field.around) {
    see(kAround, HashOf(word));
    see(kAroundAndLast, HashOf(word), before);
  }
}

Result<FieldModel> FieldModel::Parse(std::string_view bytes) {
  FieldModelHead head;
  if (bytes.size() < sizeof head) return Error("detect.field_model");
  std::memcpy(&head, bytes.data(), sizeof head);
  constexpr std::uint32_t kSizeMax = 1u << 22;
  const auto fits = [](std::uint32_t size) { return std::has_single_bit(size) && size <= kSizeMax; };
  const bool small = fits(head.signs) && fits(head.rows) && head.detectors > 0 && head.detectors <= kDetectorsMax &&
                     head.nets <= kNetsMax && (head.nets == 0 || fits(head.net_rows)) && head.names_bytes <= kSizeMax;
  if (!small || std::string_view(head.magic.data(), head.magic.size()) != kMagic) return Error("detect.field_model");
  const std::size_t rows_bytes = std::size_t{head.rows} * head.detectors, outputs = head.detectors + 1;
  const std::size_t net_bytes = FieldNet::BytesOf(head.net_rows, outputs);
  if (bytes.size() != sizeof head + head.signs + rows_bytes + head.nets * net_bytes + head.names_bytes)
    return Error("detect.field_model");
  FieldModel model;
  model.weights_ = reinterpret_cast<const std::int8_t*>(bytes.data() + sizeof head);
  model.kinds_ = model.weights_ + head.signs;
  model.mask_ = head.signs - 1;
  model.kind_mask_ = head.rows - 1;
  model.scale_ = head.scale;
  model.kind_scale_ = head.kind_scale;
  for (std::size_t net = 0; net < head.nets; ++net) {
    const std::size_t begin = sizeof head + head.signs + rows_bytes + net * net_bytes;
    model.nets_.emplace_back(bytes.substr(begin, net_bytes), head.net_rows, outputs);
  }
  std::string_view names = bytes.substr(bytes.size() - head.names_bytes);
  for (auto end = names.find('\n'); end != names.npos; end = names.find('\n')) {
    model.detectors_.push_back(names.substr(0, end));
    names.remove_prefix(end + 1);
  }
  if (model.detectors_.size() != head.detectors) return Error("detect.field_model");
  return model;
}

const FieldModel& FieldModel::BuiltIn() {
  return BuiltInModel<FieldModel>();
}

float FieldModel::Odds(std::span<const std::uint32_t> signs) const {
  std::int32_t sum = 0;
  for (const std::uint32_t sign : signs) sum += weights_[sign & mask_];
  return static_cast<float>(sum) * scale_;
}

FieldModel::Surroundings FieldModel::ReadCollection(std::span<const std::uint32_t> signs) const {
  Surroundings collection{.odds = ShareOf(signs.size()) * Odds(signs), .first = {}};
  collection.first.reserve(nets_.size());
  for (const FieldNet& net : nets_) net.Add(signs, collection.first.emplace_back(net.Start()));
  return collection;
}

FieldModel::Likeness FieldModel::ReadField(std::span<const std::uint32_t> signs, const Surroundings& collection) const {
  Likeness field{.odds = collection.odds + Odds(signs), .second = {}};
  if (nets_.empty()) return field;
  field.second.reserve(nets_.size());
  float sum = 0;
  for (std::size_t i = 0; i < nets_.size(); ++i) {
    FieldNet::Layer first = collection.first[i];
    nets_[i].Add(signs, first);
    sum += nets_[i].Output(0, field.second.emplace_back(nets_[i].Second(first)));
  }
  field.odds = (field.odds + sum / static_cast<float>(nets_.size())) / 2;
  return field;
}

std::vector<float> FieldModel::OddsOfDetectors(std::span<const std::uint32_t> signs, const Likeness& field) const {
  std::array<std::int32_t, kDetectorsMax> sums{};
  for (const std::uint32_t sign : signs) {
    const std::int8_t* row = kinds_ + std::size_t{sign & kind_mask_} * detectors_.size();
    for (std::size_t i = 0; i < detectors_.size(); ++i) sums[i] += row[i];
  }
  std::vector<float> odds;
  odds.reserve(detectors_.size());
  for (std::size_t i = 0; i < detectors_.size(); ++i) {
    odds.push_back(static_cast<float>(sums[i]) * kind_scale_);
    if (nets_.empty()) continue;
    float sum = 0;
    for (std::size_t net = 0; net < nets_.size(); ++net) sum += nets_[net].Output(i + 1, field.second[net]);
    odds.back() = (odds.back() + sum / static_cast<float>(nets_.size())) / 2;
  }
  return odds;
}

}  // namespace privity::detect
