#include "detect/internal/token_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <string>
#include <utility>

#include "detect/internal/char_bits.h"
#include "detect/internal/letters.h"
#include "detect/internal/machine.h"

namespace privity::detect {
namespace {

constexpr std::size_t kBytesOfToken = 5;  // about, the space after it included
constexpr std::size_t kTokensAtFirst = 4096;
constexpr std::size_t kTokensOfBits = CharBits::kBytes / 2 + 1;  // at most
constexpr std::size_t kUnhashedMax = 128;                        // words that wait for their hashes

bool IsHigh(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

// The bits before place `end`, at most 64.
PRIVITY_INLINED std::uint64_t BitsBelow(unsigned end) {
  return end == CharBits::kBytes ? ~std::uint64_t{0} : (std::uint64_t{1} << end) - 1;
}

// The place of the highest.
PRIVITY_INLINED unsigned LastBit(std::uint64_t bits) {
  return 63 - static_cast<unsigned>(std::countl_zero(bits));
}

// The first bytes of words, to be hashed several at once (vectors are an extension of GCC and Clang): one alone would
// wait for each byte's multiplication, and for a loop whose end is guessed wrong at every other word.
struct WordBegins {
  static constexpr std::size_t kBytes = 8, kAtOnce = 8, kMax = 256;
  static_assert(std::endian::native == std::endian::little);

  std::array<std::uint64_t, kMax> bytes;
  std::array<std::uint32_t, kMax> sizes;

  PRIVITY_INLINED void Set(std::size_t place, const char* word, std::uint32_t size) {
    std::memcpy(bytes.data() + place, word, kBytes);
    sizes.data()[place] = size;
  }

  // Of a word that is hashed already.
  void SetHash(std::size_t place, std::uint32_t hash) {
    bytes[place] = hash;
    sizes[place] = 0;
  }

  // Of eight words from a place on: of letters and digits of ASCII, capitals as small letters.
  PRIVITY_INLINED void Hash(std::size_t place, std::array<std::uint32_t, kAtOnce>& hashes) const {
    Lanes first, next, size;
    Read(place, first, next, size);
    Lanes hash = size > 0 ? Lanes{} + kWordHashStart : first;
    HashBytes(first, next, size, hash);
    std::memcpy(hashes.data(), &hash, sizeof hash);
  }

  // The same, where `hashes` are of what stands before.
  PRIVITY_INLINED void GoOn(std::size_t place, std::array<std::uint32_t, kAtOnce>& hashes) const {
    Lanes first, next, size, hash;
    Read(place, first, next, size);
    std::memcpy(&hash, hashes.data(), sizeof hash);
    HashBytes(first, next, size, hash);
    std::memcpy(hashes.data(), &hash, sizeof hash);
  }

 private:
  typedef std::uint32_t Lanes __attribute__((vector_size(kAtOnce * sizeof(std::uint32_t))));

  // The first four bytes of each word and the next.
  PRIVITY_INLINED void Read(std::size_t place, Lanes& first, Lanes& next, Lanes& size) const {
    Lanes low, high;
    std::memcpy(&low, &bytes[place], sizeof low);
    std::memcpy(&high, &bytes[place + kAtOnce / 2], sizeof high);
    std::memcpy(&size, &sizes[place], sizeof size);
    first = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14);
    next = __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
  }

  PRIVITY_INLINED static void HashBytes(const Lanes& first, const Lanes& next, const Lanes& size, Lanes& hash) {
    constexpr std::uint32_t kSmall = 0x20202020;  // digits have the bits
    const Lanes first_small = first | kSmall, next_small = next | kSmall;
#pragma GCC unroll 4
    for (std::uint32_t at = 0; at < 4; ++at) HashByte(first_small >> 8 * at, size > at, hash);
#pragma GCC unroll 4
    for (std::uint32_t at = 0; at < 4; ++at) HashByte(next_small >> 8 * at, size > at + 4, hash);
  }

  PRIVITY_INLINED static void HashByte(const Lanes& bytes, const Lanes& is_there, Lanes& hash) {
    const Lanes goes_on = (hash ^ (bytes & 0xFF)) * kWordHashPrime;
    hash = is_there ? goes_on : hash;
  }
};

// For the tokens of some bits, and what is hashed with the last of them.
constexpr std::size_t kRoomMin = kTokensOfBits + WordBegins::kAtOnce;
constexpr std::size_t kTokensMore = 2 * kRoomMin;
constexpr std::size_t kTokenBitsMore = 2;  // of tokens at the end, and those behind them

// `wide` where MovesBits().
template <bool wide>
class Scanner {
 public:
  Scanner(std::string_view text, Scan& scan) : text_(text), scan_(scan) {}

  PRIVITY_INLINED void Run() {
    scan_.bits.resize(scan_.tokens.size() / TokenBits::kTokens + kTokenBitsMore);
    scan_.bits[0] = {};
    while (at_ < text_.size()) {
      MakeRoom();
      if (!goes_on_) ReadBits();
      TakeTokens(static_cast<unsigned>(at_ - bits_begin_));
      if (count_ - hashed_ >= kUnhashedMax) HashTokens();
    }
    HashTokens();
    scan_.tokens.resize(count_);
  }

 private:
  PRIVITY_INLINED void MakeRoom() {
    if (scan_.tokens.size() - count_ >= kRoomMin) return;
    scan_.tokens.resize(count_ + kTokensMore);
    scan_.bits.resize(scan_.tokens.size() / TokenBits::kTokens + kTokenBitsMore);
  }

  // Of the bytes from at_ on; what is beyond the text is NUL.
  PRIVITY_INLINED void ReadBits() {
    bits_begin_ = at_;
    const std::string_view rest = text_.substr(at_, sizeof padded_);
    bytes_ = rest.data();
    if (rest.size() < sizeof padded_) {
      std::fill(std::copy(rest.begin(), rest.end(), padded_), std::end(padded_), '\0');
      bytes_ = padded_;
    }
    ReadCharBits<wide>(bytes_, bits_);
  }

  // The tokens of ASCII within the bits, up to one that may go on beyond them, or that has other letters: that one is
  // read letter by letter, or with the bits from its begin on. Behind one that was read so the bits go on, from that
  // place in them.
  PRIVITY_INLINED void TakeTokens(unsigned from) {
    constexpr unsigned kGoesOnUntil = 40;
    const std::uint64_t left = ~BitsBelow(from);
    const std::uint64_t words = (bits_.digits | bits_.letters | bits_.high) & left, behind = words << 1;
    bits_.lines &= left;
    const unsigned settled = SettledBits(words, words & ~behind, bits_.high & left);
    const std::uint64_t begins = words & ~behind & BitsBelow(settled), ends = ~words & behind & BitsBelow(settled);
    AddTokens(words, begins, ends);
    const bool line = (bits_.lines & BitsBelow(settled) & ~BitsBelow(LastBit(ends | 1))) != 0;
    line_before_ = line | (line_before_ & (begins == 0));
    NoteSigns(left & BitsBelow(settled));
    at_ = std::min(bits_begin_ + settled, text_.size());
    const std::uint64_t rest = settled == CharBits::kBytes ? 0 : words >> settled, word = rest & ~(rest + 1);
    const bool is_slow = settled == from || (bits_.high >> (settled & 63) & word) != 0;
    if (is_slow) TakeSlowly();
    goes_on_ = is_slow && at_ - bits_begin_ <= kGoesOnUntil;
  }

  // Up to the begin of the first word that is not all within the bits or that has other letters than those of ASCII.
  PRIVITY_INLINED static unsigned SettledBits(std::uint64_t words, std::uint64_t begins, std::uint64_t high) {
    const unsigned settled = CharBits::kBytes - static_cast<unsigned>(std::countl_one(words));
    if (high == 0) return settled;
    const unsigned first = static_cast<unsigned>(std::countr_zero(high));
    return std::min(settled, LastBit(begins & BitsBelow(first + 1)));
  }

  // All but their hashes. `begins` and `ends` have a bit for each of them.
  PRIVITY_INLINED void AddTokens(std::uint64_t words, std::uint64_t begins, std::uint64_t ends) {
    // A bit that is added to a run of ones carries to the bit behind the run. So the begin of a word learns that a line
    // ends before it, and its end what letters it has.
    const std::uint64_t gaps = ~words, line_before = line_before_;
    const std::uint64_t behind_line = (gaps + (bits_.lines | (line_before & gaps))) | (line_before & words);
    const std::uint64_t with_capital = words + bits_.capitals;
    const std::uint64_t with_small = words + (bits_.letters & ~bits_.capitals);
    AddBits(words, begins, ends, with_capital, with_small);
    Token* token = scan_.tokens.data() + count_;
    std::size_t unhashed = count_ - hashed_;
    count_ += static_cast<std::size_t>(std::popcount(begins));
    for (; begins != 0; begins &= begins - 1, ends &= ends - 1, ++token) {
      const unsigned begin = static_cast<unsigned>(std::countr_zero(begins));
      const unsigned end = static_cast<unsigned>(std::countr_zero(ends));
      const std::uint64_t begin_bit = begins & -begins, end_bit = ends & -ends;
      token->begin = static_cast<std::uint32_t>(bits_begin_) + begin;
      token->end = static_cast<std::uint32_t>(bits_begin_) + end;
      begins_.Set(unhashed++, bytes_ + begin, end - begin);
      token->digits = static_cast<std::uint16_t>(std::popcount(bits_.digits & (end_bit - begin_bit)));
      token->ascii = true;
      token->upper_first = (bits_.capitals & begin_bit) != 0;
      token->has_lower = (with_small & end_bit) != 0;
      token->has_upper = (with_capital & end_bit) != 0;
      token->line_before = (behind_line & begin_bit) != 0;
    }
  }

  // `with_capital` and `with_small` have a bit at the end of each word with such letters, and so has all that is told
  // of words here.
  PRIVITY_INLINED void AddBits(std::uint64_t words, std::uint64_t begins, std::uint64_t ends,
                               std::uint64_t with_capital, std::uint64_t with_small) {
    const auto begun_with = [&](std::uint64_t bits) { return words + (begins & bits); };
    const std::uint64_t with_digit = words + bits_.digits;
    // Words are as long as a bit at their begin remains when the words are laid over themselves, moved on.
    static_assert(TokenBits::kLongBytes == 10 && TokenBits::kShortBytes == 4);
    std::uint64_t longer = words & words >> 1;
    longer &= longer >> 2;
    longer &= longer >> 4;
    longer &= longer >> 2;
    std::uint64_t behind_begins = begins << 1 | begins << 2;
    behind_begins |= behind_begins << 2;
    const std::uint64_t last = std::uint64_t{1} << (CharBits::kBytes - 1);  // nobody knows what stands behind it
    const std::uint64_t goes_on = (words | bits_.dividers) >> 1 | last;
    const std::uint64_t glued = with_small & with_capital & ~begun_with(bits_.capitals);
    const std::uint64_t single = begun_with(~(words >> 1));
    const std::uint64_t base_16 = ~(words + bits_.beyond_f);
    AppendBits(OfWords(ends, {.digits = with_digit,
                              .letters = (single | ~with_small) & ~with_digit,
                              .marked = begun_with(bits_.digits) | (glued & ~with_digit),
                              .keys = begun_with(longer) | bits_.joins | (with_digit & bits_.dividers),
                              .addresses = bits_.dividers & behind_begins & goes_on & base_16}));
  }

  // What stands at the ends of words, one bit for each of them.
  PRIVITY_INLINED static TokenBits OfWords(std::uint64_t ends, const TokenBits& bits) {
#ifdef __x86_64__
    if constexpr (wide) {
      return {.digits = BitsAt(ends, bits.digits),
              .letters = BitsAt(ends, bits.letters),
              .marked = BitsAt(ends, bits.marked),
              .keys = BitsAt(ends, bits.keys),
              .addresses = BitsAt(ends, bits.addresses)};
    }
#endif
    TokenBits moved;
    for (std::uint64_t place = 1; ends != 0; ends &= ends - 1, place <<= 1) {
      const std::uint64_t end = ends & -ends;
      const auto move = [&](std::uint64_t TokenBits::*row) {
        if ((bits.*row & end) != 0) moved.*row |= place;
      };
      move(&TokenBits::digits);
      move(&TokenBits::letters);
      move(&TokenBits::marked);
      move(&TokenBits::keys);
      move(&TokenBits::addresses);
    }
    return moved;
  }

  // Of tokens from the count_-th on; those of the ones behind them are taken back.
  PRIVITY_INLINED void AppendBits(const TokenBits& bits) {
    TokenBits* const to = scan_.bits.data() + count_ / TokenBits::kTokens;
    const unsigned shift = count_ % TokenBits::kTokens;
    const auto append = [&](std::uint64_t TokenBits::*row) {
      to[0].*row |= bits.*row << shift;
      to[1].*row = bits.*row >> 1 >> (TokenBits::kTokens - 1 - shift);
    };
    append(&TokenBits::digits);
    append(&TokenBits::letters);
    append(&TokenBits::marked);
    append(&TokenBits::keys);
    append(&TokenBits::addresses);
  }

  // Those that have none yet; what is behind the last of them gets one, too.
  PRIVITY_INLINED void HashTokens() {
    Token* const tokens = scan_.tokens.data() + hashed_;
    const std::uint32_t* const sizes = begins_.sizes.data();
    const std::size_t count = count_ - hashed_;
    hashed_ = count_;
    std::array<std::uint32_t, WordBegins::kMax> longer;
    std::size_t longer_count = 0;
    for (std::size_t first = 0; first < count; first += WordBegins::kAtOnce) {
      std::array<std::uint32_t, WordBegins::kAtOnce> hashes;
      begins_.Hash(first, hashes);
#pragma GCC unroll 8
      for (std::size_t i = 0; i < WordBegins::kAtOnce; ++i) {
        tokens[first + i].hash = hashes.data()[i];
        longer.data()[longer_count] = static_cast<std::uint32_t>(first + i);
        longer_count += sizes[first + i] > WordBegins::kBytes;
      }
    }
    while (longer_count > 0 && longer.data()[longer_count - 1] >= count) --longer_count;
    HashLonger(tokens, std::span(longer).first(longer_count));
  }

  // Of words beyond eight bytes, which go on eight at once, too; what is longer than sixteen is hashed byte by byte.
  PRIVITY_INLINED void HashLonger(Token* tokens, std::span<const std::uint32_t> longer) {
    constexpr std::size_t kAtOnce = WordBegins::kAtOnce;
    for (std::size_t first = 0; first < longer.size(); first += kAtOnce) {
      const std::size_t some = std::min(longer.size() - first, kAtOnce);
      std::array<std::uint32_t, kAtOnce> hashes{};
      for (std::size_t i = 0; i < some; ++i) {
        const Token& token = tokens[longer.data()[first + i]];
        const char* rest = text_.data() + token.begin + WordBegins::kBytes;
        char padded[WordBegins::kBytes] = {};
        if (token.begin + 2 * WordBegins::kBytes > text_.size()) {
          std::copy(rest, text_.data() + token.end, padded);
          rest = padded;
        }
        hashes.data()[i] = token.hash;
        rests_.Set(i, rest, token.size() - WordBegins::kBytes);
      }
      rests_.GoOn(0, hashes);
      for (std::size_t i = 0; i < some; ++i) {
        Token& token = tokens[longer.data()[first + i]];
        token.hash = hashes.data()[i];
        if (token.size() > 2 * WordBegins::kBytes) HashRest(token, 2 * WordBegins::kBytes);
      }
    }
  }

  void HashRest(Token& token, std::uint32_t from) const {
    const char* const word = text_.data() + token.begin;
    std::uint32_t hash = token.hash;
    for (std::uint32_t i = from; i < token.size(); ++i) hash = WordHashGoesOn(hash, static_cast<char>(word[i] | 0x20));
    token.hash = hash;
  }

  PRIVITY_INLINED void NoteSigns(std::uint64_t read) {
    for (std::uint64_t ats = bits_.ats & read; ats != 0; ats &= ats - 1)
      scan_.ats.push_back(static_cast<std::uint32_t>(bits_begin_ + static_cast<unsigned>(std::countr_zero(ats))));
    for (std::uint64_t schemes = bits_.schemes & read; schemes != 0; schemes &= schemes - 1)
      scan_.schemes.push_back(
          static_cast<std::uint32_t>(bits_begin_ + static_cast<unsigned>(std::countr_zero(schemes))));
  }

  __attribute__((noinline)) void TakeSlowly() {
    const CodePoint c = ReadCodePoint(text_, at_);
    if (!IsHigh(text_[at_]) || IsLetter(c.value)) return TakeToken();
    at_ += c.bytes;
  }

  void TakeToken() {
    Token& token = scan_.tokens[count_];
    token = Token();
    token.begin = static_cast<std::uint32_t>(at_);
    token.line_before = std::exchange(line_before_, false);
    token.upper_first = IsAsciiUpper(text_[at_]);
    token.hash = kWordHashStart;
    std::uint32_t digits = 0;
    const bool east_asian = IsEastAsian(ReadCodePoint(text_, at_).value);
    if (east_asian) scan_.east_asian.push_back(static_cast<std::uint32_t>(count_));
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (IsHigh(c)) {
        if (!TakeHigh(token, token.hash, east_asian)) break;
        continue;
      }
      if (!IsAsciiAlnum(c) || east_asian) break;
      const bool upper = IsAsciiUpper(c);
      token.has_upper |= upper;
      token.has_lower |= IsAsciiLower(c);
      digits += IsAsciiDigit(c);
      token.hash = WordHashGoesOn(token.hash, upper ? static_cast<char>(c | 0x20) : c);
    }
    token.digits = static_cast<std::uint16_t>(std::min(digits, 0xFFFFu));
    token.end = static_cast<std::uint32_t>(at_);
    begins_.SetHash(count_ - hashed_, token.hash);
    AppendBits(BitsOf(token));
    ++count_;
  }

  // Of one token, in the lowest place.
  TokenBits BitsOf(const Token& token) const {
    const char behind = token.end < text_.size() ? text_[token.end] : '\0';
    const bool glued = token.has_upper && token.has_lower && !token.upper_first && token.digits == 0;
    return {.digits = token.ascii && token.digits > 0,
            .letters = token.ascii && token.digits == 0 && (!token.has_lower || token.size() == 1),
            .marked = IsAsciiDigit(text_[token.begin]) || glued,
            .keys = !token.ascii || token.size() >= TokenBits::kLongBytes || IsJoin(behind) ||
                    (token.digits > 0 && IsDivider(behind)),
            .addresses = token.size() <= TokenBits::kShortBytes && IsDivider(behind)};
  }

  // Stays at the last byte of the letter.
  bool TakeHigh(Token& token, std::uint32_t& hash, bool east_asian) {
    if (const LetterOfTwoBytes* letter = FindLetterOfTwoBytes(text_, at_)) {
      if (!letter->is_letter || east_asian) return false;
      NoteHigh(token, letter->is_upper);
      for (std::size_t i = 0; i < letter->folded_bytes; ++i) hash = WordHashGoesOn(hash, letter->folded.data()[i]);
      ++at_;
      return true;
    }
    const CodePoint c = ReadCodePoint(text_, at_);
    if (!IsLetter(c.value) || IsEastAsian(c.value) != east_asian) return false;
    NoteHigh(token, IsUpperLetter(c.value));
    folded_.clear();
    AppendFolded(c.value, folded_);
    for (const char f : folded_) hash = WordHashGoesOn(hash, f);
    at_ += c.bytes - 1u;
    return true;
  }

  void NoteHigh(Token& token, bool upper) const {
    token.ascii = false;
    token.has_upper |= upper;
    token.has_lower |= !upper;
    token.upper_first |= upper && at_ == token.begin;
  }

  std::string_view text_;
  Scan& scan_;
  std::size_t at_ = 0;
  std::size_t count_ = 0;        // of the tokens
  std::size_t hashed_ = 0;       // of these
  bool line_before_ = false;     // a line has ended since the last token
  bool goes_on_ = false;         // the bits of now go on at at_
  std::size_t bits_begin_ = 0;   // in the text
  const char* bytes_ = nullptr;  // from there on
  char padded_[CharBits::kBytes + WordBegins::kBytes];
  CharBits bits_ = {};
  WordBegins begins_;  // of the tokens from hashed_ on
  WordBegins rests_;   // of longer ones behind these
  std::string folded_ = {};
};

#ifdef __x86_64__
PRIVITY_WIDE void ScanWide(std::string_view text, Scan& scan) {
  Scanner<true>(text, scan).Run();
}
#endif

}  // namespace

std::size_t Scan::TokenAt(std::uint32_t byte) const {
  const auto found = std::partition_point(tokens.begin(), tokens.end(), [&](const Token& t) { return t.begin < byte; });
  return static_cast<std::size_t>(found - tokens.begin());
}

std::uint32_t FoldedWordHash(std::string_view word) {
  std::uint32_t hash = kWordHashStart;
  for (const char c : word) {
    if (IsHigh(c)) return WordHash(Fold(word));
    hash = WordHashGoesOn(hash, IsAsciiUpper(c) ? static_cast<char>(c | 0x20) : c);
  }
  return hash;
}

void ScanText(std::string_view text, Scan& scan) {
  scan.text = text;
  scan.tokens.reserve(std::min(text.size() / kBytesOfToken, kTokensAtFirst) + kTokensMore);
  scan.ats.clear();
  scan.schemes.clear();
  scan.east_asian.clear();
  scan.steps = 0;
#ifdef __x86_64__
  if (MovesBits()) return ScanWide(text, scan);
#endif
  Scanner<false>(text, scan).Run();
}

}  // namespace privity::detect
