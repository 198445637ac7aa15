#include "detect/internal/name_features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kFoldedBytesMax = 40;
constexpr std::size_t kGapBytesMax = 12;

// The signs between two words, white space taken together: ". " and ".\n" differ from ".".
constexpr std::uint8_t GapOf(std::string_view between, bool first, bool line_before) {
  std::uint32_t hash = first ? 7 : 3;
  bool space = false;
  int signs = 0;
  for (const char c : between) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      space = true;
    } else if (signs < 3) {
      hash = hash * 31 + static_cast<unsigned char>(c) + (space ? 17 : 0);
      ++signs;
    }
  }
  hash = hash * 31 + (space ? 5 : 0) + (line_before ? 11 : 0);
  return static_cast<std::uint8_t>(hash ^ (hash >> 8) ^ (hash >> 16));
}

std::uint8_t GapBefore(const Scan& scan, std::size_t at) {
  const bool first = at == 0;
  const std::size_t begin = first ? 0 : scan.tokens[at - 1].end;
  const Token& token = scan.tokens[at];
  const std::string_view between = scan.text.substr(begin, std::min(token.begin - begin, kGapBytesMax));
  return GapOf(between, first, token.line_before);
}

// Of one sign, which is what stands between most words.
constexpr std::array<std::uint8_t, 256> kGapOfSign = [] {
  std::array<std::uint8_t, 256> gaps{};
  for (std::size_t sign = 0; sign < gaps.size(); ++sign) {
    const char c = static_cast<char>(sign);
    gaps[sign] = GapOf({&c, 1}, false, c == '\n');
  }
  return gaps;
}();

bool EndsLabel(std::string_view between) {
  return between.size() <= 8 && std::ranges::any_of(between, [](char c) { return IsOneOf(c, ":=>\t"); });
}

std::uint8_t ShapeOf(const Token& token, bool initial) {
  if (token.digits > 0) {
    const std::uint8_t length = static_cast<std::uint8_t>(std::min<std::uint32_t>(token.size(), 7));
    return static_cast<std::uint8_t>(64 + length * 2 + (token.all_digits() ? 0 : 1));
  }
  const std::uint8_t length = static_cast<std::uint8_t>(token.size() == 1 ? 0 : token.size() <= 3 ? 1 : 2);
  const std::uint8_t letters = static_cast<std::uint8_t>(!token.has_upper     ? 0
                                                         : !token.has_lower   ? 1
                                                         : !token.upper_first ? 2
                                                                              : 3);
  return static_cast<std::uint8_t>(letters * 8 + length * 2 + (initial ? 1 : 0));
}

// 0 mixed, 1 no capital letter, 2 nearly capitals only.
std::uint8_t CasingOf(const Scan& scan, std::size_t first, std::size_t end) {
  std::size_t words = 0, capital = 0, all_capital = 0;
  for (std::size_t i = first; i < end; ++i) {
    const Token& token = scan.tokens.data()[i];
    if (token.digits > 0 || token.size() < 2) continue;
    ++words;
    capital += token.has_upper;
    all_capital += token.has_upper && !token.has_lower;
  }
  if (words >= 3 && all_capital * 10 >= words * 8) return 2;
  return words > 0 && capital == 0 ? 1 : 0;
}

std::uint32_t WordOf(const Token& token) {
  return token.digits == 0 ? token.hash
                           : MixedHash(0x515u, token.size() * 32 + std::min<std::uint32_t>(token.digits, 31));
}

// The letters that a word begins and ends with, small: of a long word only these count.
struct Spelling {
  std::uint32_t head = 0, tail = 0, letters = 0;  // as PassageTraits holds them
};

Spelling SpellingOfFolded(std::string_view word) {
  constexpr std::uint32_t kBytes = sizeof Spelling::head;
  const std::string folded = Fold(word);
  Spelling spelling{.letters = static_cast<std::uint32_t>(std::min<std::size_t>(folded.size(), kBytes))};
  for (std::uint32_t i = 0; i < spelling.letters; ++i) {
    const auto letter = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(folded[at])}; };
    spelling.head |= letter(i) << (i * 8);
    spelling.tail |= letter(folded.size() - 1 - i) << ((kBytes - 1 - i) * 8);
  }
  return spelling;
}

// Nothing of a token with digits.
PRIVITY_INLINED Spelling SpellingOf(const Scan& scan, const Token& token) {
  static_assert(std::endian::native == std::endian::little, "the first letter is the lowest byte");
  constexpr std::uint32_t kBytes = sizeof Spelling::head, kSmall = 0x20202020;
  if (token.digits > 0) return {};
  const std::uint32_t size = std::min<std::uint32_t>(token.size(), kFoldedBytesMax), end = token.begin + size;
  // Where a shorter word has bytes around it, they are read with it; its letters are counted.
  if (!token.ascii || end < kBytes || token.begin + kBytes > scan.text.size())
    return SpellingOfFolded(scan.text.substr(token.begin, size));
  Spelling spelling{.letters = std::min(size, kBytes)};
  std::memcpy(&spelling.head, scan.text.data() + token.begin, kBytes);
  std::memcpy(&spelling.tail, scan.text.data() + end - kBytes, kBytes);
  return {.head = spelling.head | kSmall, .tail = spelling.tail | kSmall, .letters = spelling.letters};
}

// One word further on.
PRIVITY_INLINED void GoOn(const Token* token, bool ends_label, LabelBefore& label) {
  if (ends_label)
    label = {.word = WordOf(token[-1]), .distance = 0};
  else if (token->line_before)
    label.distance = kNoLabel;
  else if (label.distance < kNoLabel)
    ++label.distance;
}

}  // namespace

void ReadLists(const Scan& scan, const NameModel& model, std::vector<std::uint16_t>& lists) {
  constexpr std::size_t kAhead = 12;  // the table is too large for the nearer caches
  const std::size_t n = scan.tokens.size();
  lists.resize(n);
  const Token* const tokens = scan.tokens.data();
  for (std::size_t i = 0; i < n; ++i) {
    if (i + kAhead < n) model.Prefetch(tokens[i + kAhead].hash);
    lists.data()[i] = tokens[i].digits == 0 ? model.ListsOf(tokens[i].hash) : 0;
  }
}

void PassageTraits::SetNowhere(std::size_t at) {
  std::uint32_t* const values = values_.data() + at;
  for (std::size_t column = 0; column < kColumns; ++column) values[column * stride_] = 0;
  values[kWord * stride_] = 1;
  values[kShape * stride_] = values[kGap * stride_] = 255;
}

void PassageTraits::Begin(const Scan& scan, std::size_t first, std::size_t end) {
  first_ = read_ = first;
  end_ = end;
  casing_ = CasingOf(scan, first, end);
  stride_ = kAround + size() + kAround + kWordsAtOnce;
  if (values_.size() < kColumns * stride_) values_.resize(kColumns * stride_);
  for (std::size_t i = 0; i < kAround; ++i) {
    SetNowhere(i);
    SetNowhere(kAround + size() + i);
  }
}

void PassageTraits::Read(const Scan& scan, std::size_t from, std::size_t to, const std::vector<std::uint16_t>& lists) {
  from = std::max(from, read_);
  if (from >= to) return;
  if (from > read_ || from == first_) {  // a label further before is none
    label_ = {};
    for (std::size_t i = from - std::min<std::size_t>(from - first_, kNoLabel); i < from; ++i)
      GoOn(scan.tokens.data() + i, i > first_ && EndsLabel(scan.Between(i - 1)), label_);
  }
  std::uint32_t *const words = ColumnOf(kWord), *const all_lists = ColumnOf(kLists), *const shapes = ColumnOf(kShape),
                       *const gaps = ColumnOf(kGap), *const labels = ColumnOf(kLabel),
                       *const distances = ColumnOf(kDistance), *const heads = ColumnOf(kHead),
                       *const tails = ColumnOf(kTail), *const letters = ColumnOf(kLetters);
  for (std::size_t i = from; i < to; ++i) {
    const Token& token = scan.tokens.data()[i];
    const std::size_t word = i - first_;
    const bool one_sign = i > 0 && token.begin - (&token)[-1].end == 1;
    const char sign = one_sign ? scan.text.data()[token.begin - 1] : ' ';
    gaps[word] = one_sign ? kGapOfSign[static_cast<unsigned char>(sign)] : GapBefore(scan, i);
    const bool ends_label = one_sign ? IsOneOf(sign, ":=>\t") : i > 0 && EndsLabel(scan.Between(i - 1));
    GoOn(&token, i > first_ && ends_label, label_);
    const bool initial = token.size() == 1 && token.end < scan.text.size() && scan.text[token.end] == '.';
    const Spelling spelling = SpellingOf(scan, token);
    words[word] = WordOf(token);
    all_lists[word] = lists.data()[i];
    shapes[word] = ShapeOf(token, initial);
    labels[word] = label_.distance < kNoLabel ? label_.word : 0;
    distances[word] = label_.distance;
    heads[word] = spelling.head;
    tails[word] = spelling.tail;
    letters[word] = spelling.letters;
  }
  read_ = to;
}

void ReadFeatures(PassageTraits& traits, std::size_t at, NameFeatures& features) {
  HashSpellings(traits, at, at + 1);
  FeatureLanes lanes;
  MixFeatures(
      traits, at, [](std::uint32_t hash) { return hash; }, lanes);
  for (std::size_t f = 0; f < kNameFeatures; ++f) features[f] = lanes[f][0];
}

}  // namespace privity::detect
