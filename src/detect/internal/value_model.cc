#include "detect/internal/value_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "detect/internal/built_in_model.h"
#include "detect/internal/letters.h"
#include "detect/internal/name_features.h"

namespace privity::detect {
namespace {

constexpr std::size_t kShortPieceMax = 3, kPieceMax = 5;

// Which part of the net a sign belongs to.
enum class CellPart : std::uint32_t { kShort = 1, kLong, kFirst, kLast, kWords, kShape, kSigns, kOrder, kScript };

std::uint32_t Sign(CellPart part, std::uint32_t a, std::uint32_t b = 0) {
  constexpr std::uint32_t kHash = (1u << FieldNet::kPartShift) - 1;
  const auto number = static_cast<std::uint32_t>(part);
  return (MixedHash(MixedHash(number * 0x9E3779B1u + 1, a), b) & kHash) | number << FieldNet::kPartShift;
}

struct Word {
  std::size_t begin = 0, end = 0;  // places among the characters
  bool upper = false, all_upper = true, digits = false, letters = false;
};

// A cell of a few characters as they stand, as they are folded, and its words.
struct Cell {
  std::vector<char32_t> written, folded;
  std::vector<Word> words;
};

constexpr char32_t kBorder = 1;  // before and behind a word

bool IsDigit(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9) ||
         (c >= 0x966 && c <= 0x96F);
}

// Marks that stand on letters: vowels of Indic and Thai script, points of Hebrew and Arabic.
bool IsMark(char32_t c) {
  return (c >= 0x300 && c < 0x370) || (c >= 0x591 && c < 0x5C8) || (c >= 0x64B && c < 0x660) ||
         (c >= 0x900 && c < 0x1100) || (c >= 0x1780 && c < 0x1800);
}

Cell ReadCharacters(std::string_view text) {
  Cell cell;
  cell.written.reserve(kCellCharactersMax);
  cell.folded.reserve(kCellCharactersMax);
  std::string folded;
  bool inside = false;
  for (std::size_t at = 0; at < text.size() && cell.written.size() < kCellCharactersMax;) {
    const CodePoint c = ReadCodePoint(text, at);
    at += c.bytes;
    const std::size_t place = cell.written.size();
    cell.written.push_back(c.value);
    folded.clear();
    AppendFolded(c.value, folded);
    const char32_t fold = folded.empty() ? c.value : ReadCodePoint(folded, 0).value;
    const bool digit = IsDigit(c.value), letter = IsLetter(c.value) || IsMark(c.value);
    cell.folded.push_back(digit ? U'0' : fold);
    if (!digit && !letter) {
      inside = false;
      continue;
    }
    if (!inside) {
      cell.words.push_back({.begin = place, .end = place, .upper = IsUpperLetter(c.value)});
      inside = true;
    }
    Word& word = cell.words.back();
    word.end = place + 1;
    word.digits |= digit;
    word.letters |= letter;
    word.all_upper &= digit || IsUpperLetter(c.value);
  }
  return cell;
}

// FNV-1a, a character at a time.
constexpr std::uint32_t kHashStart = 2166136261u;

std::uint32_t GoOn(std::uint32_t hash, char32_t c) {
  return (hash ^ static_cast<std::uint32_t>(c)) * 16777619u;
}

std::uint32_t HashOf(std::span<const char32_t> characters) {
  std::uint32_t hash = kHashStart;
  for (const char32_t c : characters) hash = GoOn(hash, c);
  return hash;
}

std::uint32_t Most(std::size_t count, std::size_t most) {
  return static_cast<std::uint32_t>(std::min(count, most));
}

// "Aa", "0", "A", "-": what each word is, and what stands between them.
std::uint32_t ShapeOf(const Word& word) {
  return (word.digits ? 1u : 0u) | (word.letters ? 2u : 0u) | (word.upper ? 4u : 0u) |
         (word.all_upper && word.letters ? 8u : 0u) | (word.end - word.begin == 1 ? 16u : 0u);
}

// Pieces of a word with its borders.
void ReadPieces(std::span<const char32_t> word, bool first, bool last, std::vector<char32_t>& piece,
                std::vector<std::uint32_t>& signs) {
  piece.assign(1, kBorder);
  piece.insert(piece.end(), word.begin(), word.end());
  piece.push_back(kBorder);
  for (std::size_t begin = 0; begin < piece.size(); ++begin) {
    std::uint32_t hash = GoOn(kHashStart, piece[begin]);
    for (std::size_t size = 2; size <= kPieceMax && begin + size <= piece.size(); ++size) {
      hash = GoOn(hash, piece[begin + size - 1]);
      signs.push_back(Sign(size <= kShortPieceMax ? CellPart::kShort : CellPart::kLong, hash));
      if (size > 4) continue;
      if (first) signs.push_back(Sign(CellPart::kFirst, hash));
      if (last) signs.push_back(Sign(CellPart::kLast, hash));
    }
  }
}

void ReadShape(const Cell& cell, std::vector<std::uint32_t>& signs) {
  const std::size_t words = cell.words.size();
  std::uint32_t shape = 0;
  for (std::size_t i = 0; i < words && i < 6; ++i) shape = shape * 33 + ShapeOf(cell.words[i]) + 1;
  signs.push_back(Sign(CellPart::kShape, 1, shape));
  signs.push_back(Sign(CellPart::kShape, 2, Most(words, 9)));
  signs.push_back(Sign(CellPart::kShape, 3, Most(cell.written.size() / 3, 12)));
  signs.push_back(Sign(CellPart::kShape, 4, ShapeOf(cell.words.front())));
  signs.push_back(Sign(CellPart::kShape, 5, ShapeOf(cell.words.back())));
  std::size_t upper = 0, digits = 0;
  for (const Word& word : cell.words) upper += word.upper, digits += word.digits;
  signs.push_back(Sign(CellPart::kShape, 6, Most(upper * 4 / words, 4) * 8 + Most(digits, 5)));
}

// What is neither letter nor digit, and where; the scripts.
void ReadSigns(const Cell& cell, std::vector<std::uint32_t>& signs) {
  std::uint32_t script = 0;
  for (std::size_t i = 0; i < cell.written.size(); ++i) {
    const char32_t c = cell.written[i];
    if (!IsDigit(c) && !IsLetter(c) && !IsMark(c)) {
      const bool spaced = i + 1 < cell.written.size() && cell.written[i + 1] == ' ';
      signs.push_back(Sign(CellPart::kSigns, static_cast<std::uint32_t>(c), spaced ? 1 : 0));
    } else if (c >= 0x80) {
      signs.push_back(Sign(CellPart::kScript, 1, static_cast<std::uint32_t>(c >> 7)));
      signs.push_back(Sign(CellPart::kScript, 2, static_cast<std::uint32_t>(c)));
      script |= 2;
    } else {
      script |= 1;
    }
  }
  signs.push_back(Sign(CellPart::kScript, 3, script));
  if (cell.words.size() == 1) signs.push_back(Sign(CellPart::kSigns, 0));
}

}  // namespace

void ReadCellSigns(std::string_view text, std::vector<std::uint32_t>& signs) {
  const Cell cell = ReadCharacters(text);
  if (cell.words.empty()) return;
  const std::span<const char32_t> folded = cell.folded;
  std::vector<char32_t> piece;
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < cell.words.size(); ++i) {
    const Word& word = cell.words[i];
    const std::span<const char32_t> letters = folded.subspan(word.begin, word.end - word.begin);
    const bool first = i == 0, last = i + 1 == cell.words.size();
    ReadPieces(letters, first, last, piece, signs);
    const std::uint32_t whole = HashOf(letters);
    signs.push_back(Sign(CellPart::kWords, whole));
    if (first) signs.push_back(Sign(CellPart::kOrder, 1, whole));
    if (last) signs.push_back(Sign(CellPart::kOrder, 2, whole));
    if (!first) signs.push_back(Sign(CellPart::kOrder, before, whole));
    before = whole;
  }
  ReadShape(cell, signs);
  ReadSigns(cell, signs);
}

Result<ValueModel> ValueModel::Parse(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little, "the file is little-endian and read in place");
  constexpr std::uint32_t kRowsMax = 1u << 24, kNamesBytesMax = 1u << 12;
  ValueModelHead head;
  if (bytes.size() < sizeof head) return Error("detect.value_model");
  std::memcpy(&head, bytes.data(), sizeof head);
  const bool sound = std::string_view(head.magic.data(), head.magic.size()) == kMagic &&
                     std::has_single_bit(head.rows) && head.rows <= kRowsMax && head.kinds > 0 &&
                     head.kinds <= kKindsMax && head.names_bytes <= kNamesBytesMax;
  if (!sound) return Error("detect.value_model");
  const std::size_t net_bytes = FieldNet::BytesOf(head.rows, head.kinds + 1);
  if (bytes.size() != sizeof head + net_bytes + head.names_bytes) return Error("detect.value_model");
  FieldNet::Head scales;
  std::memcpy(&scales, bytes.data() + sizeof head, sizeof scales);
  for (const float scale : {scales.rows, scales.first, scales.second, scales.outputs}) {
    if (!std::isfinite(scale)) return Error("detect.value_model");
  }
  ValueModel model;
  model.nets_.emplace_back(bytes.substr(sizeof head, net_bytes), head.rows, head.kinds + 1);
  std::string_view names = bytes.substr(sizeof head + net_bytes);
  while (!names.empty()) {
    const auto end = names.find('\n');
    if (end == names.npos || end == 0) return Error("detect.value_model");
    model.kinds_.push_back(names.substr(0, end));
    names.remove_prefix(end + 1);
  }
  if (model.kinds_.size() != head.kinds) return Error("detect.value_model");
  return model;
}

const ValueModel& ValueModel::BuiltIn() {
  return BuiltInModel<ValueModel>();
}

std::vector<float> ValueModel::Shares(std::span<const std::uint32_t> signs) const {
  const FieldNet& net = nets_.front();
  FieldNet::Layer first = net.Start();
  net.Add(signs, first);
  const FieldNet::Layer second = net.Second(first);
  std::vector<float> shares(kinds_.size());
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = net.Output(i + 1, second);
  const float most = *std::ranges::max_element(shares);
  float all = 0;
  for (float& share : shares) all += share = std::exp(share - most);
  for (float& share : shares) share /= all;
  return shares;
}

}  // namespace privity::detect
