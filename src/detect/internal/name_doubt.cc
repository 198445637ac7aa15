#include "detect/internal/name_doubt.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

#include "base/embedded.h"
#include "base/invariant.h"

namespace privity {

std::span<const EmbeddedFile> EmbeddedNameModel();  // made by privity_embed

namespace detect {
namespace {

constexpr std::size_t kWordsAround = 8;
constexpr std::size_t kGapBytesMax = 4;

// What a feature is of: words of the name, those beside it, all around it, and what the line is like.
enum Seen : std::uint32_t {
  kWord,
  kWholeName,
  kListsOfName,
  kFirstLists,
  kLastLists,
  kBefore,
  kBehind,
  kListsBefore,
  kListsBehind,
  kTwoBefore,
  kTwoBehind,
  kListsBeside,
  kLeft,
  kRight,
  kNear,
  kPlaceInLine,
  kNumbers,
  kProbability,
  kAlways
};

std::uint32_t Mixed(Seen seen, std::uint32_t a, std::uint32_t b = 0) {
  return MixedHash(MixedHash(seen * 0x9E3779B1u + 1, a), b);
}

// Numbers by their length, "18V" apart from "18".
std::uint32_t WordOf(const Token& token) {
  return token.digits == 0 ? token.hash : 0x515u + token.size() * 2 + (token.all_digits() ? 1 : 0);
}

std::uint32_t CaseOf(const Token& token) {
  return token.has_upper ? (token.has_lower ? (token.upper_first ? 1 : 2) : 3) : 0;
}

// The name's line, as far as it is near.
struct Line {
  Line(const Scan& scan, const TaggedName& name) : first(name.first), end(name.last + 1) {
    while (first > 0 && name.first - first < kWordsAround && !scan.tokens[first].line_before) --first;
    while (end < scan.tokens.size() && end - name.last <= kWordsAround && !scan.tokens[end].line_before) ++end;
  }
  std::size_t first, end;  // tokens
};

}  // namespace

void ReadDoubtFeatures(const Scan& scan, const NameModel& lists, const TaggedName& name,
                       std::vector<std::uint32_t>& features) {
  constexpr std::uint32_t kNothing = 7;
  features.clear();
  const auto kind = static_cast<std::uint32_t>(name.kind) * 0x1F123BB5u;
  const auto see = [&](Seen seen, std::uint32_t a, std::uint32_t b = 0) {
    features.push_back(Mixed(seen, a, b) + kind);
  };
  const auto lists_of = [&](std::size_t at) -> std::uint32_t {
    return scan.tokens[at].digits > 0 ? 0 : lists.ListsOf(scan.tokens[at].hash);
  };
  const auto gap = [&](std::size_t left) {
    std::uint32_t hash = 1;
    for (const char c : scan.Between(left).substr(0, kGapBytesMax)) hash = hash * 31 + static_cast<unsigned char>(c);
    return hash;
  };
  const Line line(scan, name);
  const std::size_t first = name.first, last = name.last;
  const auto words = static_cast<std::uint32_t>(std::min<std::size_t>(last - first + 1, 4));
  const std::uint32_t shape = CaseOf(scan.tokens[first]) * 4 + CaseOf(scan.tokens[last]);
  for (std::size_t i = first; i <= last; ++i) see(kWord, scan.tokens[i].hash);
  see(kWholeName, scan.tokens[first].hash, scan.tokens[last].hash);
  see(kListsOfName, lists_of(first) * 0x10000u + lists_of(last), words * 16 + shape);
  see(kFirstLists, lists_of(first), words);
  see(kLastLists, lists_of(last), words * 16 + shape);
  const bool has_before = first > line.first, has_behind = last + 1 < line.end;
  const std::uint32_t gap_before = has_before ? gap(first - 1) : kNothing,
                      gap_behind = has_behind ? gap(last) : kNothing;
  const std::uint32_t before = has_before ? WordOf(scan.tokens[first - 1]) : kNothing;
  const std::uint32_t behind = has_behind ? WordOf(scan.tokens[last + 1]) : kNothing;
  const std::uint32_t lists_before = has_before ? lists_of(first - 1) * 4 + CaseOf(scan.tokens[first - 1]) : kNothing;
  const std::uint32_t lists_behind = has_behind ? lists_of(last + 1) * 4 + CaseOf(scan.tokens[last + 1]) : kNothing;
  see(kBefore, before, gap_before);
  see(kBehind, behind, gap_behind);
  see(kListsBefore, lists_before, gap_before);
  see(kListsBehind, lists_behind, gap_behind);
  see(kListsBeside, lists_before * 31 + gap_before, lists_behind * 37 + gap_behind);
  if (first >= line.first + 2) see(kTwoBefore, WordOf(scan.tokens[first - 2]), before);
  if (last + 2 < line.end) see(kTwoBehind, behind, WordOf(scan.tokens[last + 2]));
  std::uint32_t numbers = 0, capitals = 0;
  for (std::size_t i = line.first; i < line.end; ++i) {
    if (i >= first && i <= last) continue;
    const Token& token = scan.tokens[i];
    see(i < first ? kLeft : kRight, WordOf(token));
    see(kNear, WordOf(token));
    numbers += token.digits > 0;
    capitals += token.upper_first;
  }
  const auto around = static_cast<std::uint32_t>(line.end - line.first) - static_cast<std::uint32_t>(last - first + 1);
  see(kPlaceInLine, (has_before ? 1 : 0) + (has_behind ? 2 : 0) + words * 4, std::min<std::uint32_t>(around / 2, 6));
  see(kNumbers, std::min<std::uint32_t>(numbers, 3), std::min<std::uint32_t>(capitals, 4));
  see(kProbability, static_cast<std::uint32_t>(name.probability * 10), words);
  see(kAlways, words);
}

Result<NameDoubt> NameDoubt::Parse(std::string_view bytes) {
  NameDoubtHead head;
  if (bytes.size() < sizeof head) return Error("detect.name_model");
  std::memcpy(&head, bytes.data(), sizeof head);
  const bool sound = std::string_view(head.magic.data(), head.magic.size()) == kMagic &&
                     std::has_single_bit(head.features) && bytes.size() == sizeof head + head.features;
  if (!sound) return Error("detect.name_model");
  NameDoubt doubt;
  doubt.weights_ = reinterpret_cast<const std::int8_t*>(bytes.data() + sizeof head);
  doubt.mask_ = head.features - 1;
  doubt.scale_ = head.scale;
  return doubt;
}

const NameDoubt& NameDoubt::BuiltIn() {
  static const NameDoubt doubt = [] {
    const EmbeddedFile* file = FindEmbedded(EmbeddedNameModel(), "things.model");
    Invariant(file != nullptr, "the program holds its model of things");
    auto parsed = Parse(file->bytes);
    Invariant(parsed.ok(), "the model of things in the program is sound");
    return *std::move(parsed);
  }();
  return doubt;
}

float NameDoubt::Odds(const Scan& scan, const NameModel& lists, const TaggedName& name) const {
  std::vector<std::uint32_t> features;
  ReadDoubtFeatures(scan, lists, name, features);
  std::int32_t sum = 0;
  for (const std::uint32_t feature : features) sum += weights_[feature & mask_];
  return static_cast<float>(sum) * scale_;
}

}  // namespace detect
}  // namespace privity
