#include "detect/internal/column_cells.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kNumberDigitsMin = 6;  // fewer are the number of a house or an amount
constexpr std::size_t kLongDigitsMin = 7;    // of one number among several

constexpr std::array<std::string_view, 4> kWideSpaces = {"\u00A0", "\u3000", "\u200B", "\uFEFF"};

std::string_view WithoutSpaces(std::string_view text) {
  constexpr CharSet kSpaces = " \t\r\n";
  for (bool again = true; again && !text.empty();) {
    again = false;
    while (!text.empty() && kSpaces.Has(text.front())) text.remove_prefix(1);
    while (!text.empty() && kSpaces.Has(text.back())) text.remove_suffix(1);
    if (text.empty() ||
        (static_cast<unsigned char>(text.front()) < 0x80 && static_cast<unsigned char>(text.back()) < 0x80))
      break;
    for (const std::string_view space : kWideSpaces) {
      if (text.starts_with(space)) text.remove_prefix(space.size()), again = true;
      if (text.ends_with(space)) text.remove_suffix(space.size()), again = true;
    }
  }
  return text;
}

std::string_view WithoutQuotes(std::string_view text) {
  struct Pair {
    std::string_view open, close;
  };
  static constexpr std::array<Pair, 5> kQuotes = {{{"\"", "\""}, {"'", "'"}, {"«", "»"}, {"“", "”"}, {"„", "“"}}};
  for (const Pair& quotes : kQuotes) {
    if (text.size() > quotes.open.size() + quotes.close.size() && text.starts_with(quotes.open) &&
        text.ends_with(quotes.close))
      return text.substr(quotes.open.size(), text.size() - quotes.open.size() - quotes.close.size());
  }
  return text;
}

// "Metropolis (1927)", "Anna Karenina (vol. 2)": behind words, a number tells of a work; and what is long is no note.
bool IsOfValue(std::string_view note, std::string_view before) {
  constexpr std::size_t kNoteBytesMax = 32;
  return note.size() > kNoteBytesMax ||
         (std::ranges::any_of(note, IsAsciiDigit) && std::ranges::none_of(before, IsAsciiDigit));
}

// "Anna Weber (Tochter)": brackets that end the cell, behind a space, a digit or a letter that is not of ASCII, as
// functions are called by those.
std::string_view WithoutNote(std::string_view text) {
  struct Pair {
    std::string_view open, close;
  };
  static constexpr std::array<Pair, 3> kBrackets = {{{"(", ")"}, {"[", "]"}, {"（", "）"}}};
  for (const Pair& brackets : kBrackets) {
    if (!text.ends_with(brackets.close)) continue;
    const auto open = text.rfind(brackets.open);
    if (open == text.npos || open == 0) continue;
    const char before = text[open - 1];
    if (before != ' ' && !IsAsciiDigit(before) && static_cast<unsigned char>(before) < 0x80) continue;
    const std::size_t inside = open + brackets.open.size();
    if (IsOfValue(text.substr(inside, text.size() - inside - brackets.close.size()), text.substr(0, open))) continue;
    return WithoutSpaces(text.substr(0, open));
  }
  return text;
}

std::string_view WithoutMarks(std::string_view text) {
  constexpr CharSet kMarks = ";,? ";
  while (!text.empty() && kMarks.Has(text.back())) text.remove_suffix(1);
  return text;
}

// "CT" in "CT 448120": letters of a code stand in capitals.
bool IsOfCode(const Token& token) {
  constexpr std::size_t kLettersMax = 4;
  return token.digits > 0 || (token.size() <= kLettersMax && !token.has_lower);
}

// Whether the token and the next may be groups of one code: "70173/70174" are two.
bool GoesOn(const Scan& scan, std::size_t at) {
  constexpr std::size_t kSignsMax = 2, kLong = 5;
  const std::string_view between = scan.Between(at);
  if (between.size() > kSignsMax || between == "; " || between == ", ") return false;
  return between != "/" || scan.tokens[at].digits < kLong || scan.tokens[at + 1].digits < kLong;
}

// Tokens of a cell; none where `end` is zero.
struct Run {
  std::size_t first = 0, end = 0, digits = 0;
};

// The run of parts that go on with the next with the most digits, the first of those that have as many.
template <typename IsPart, typename GoesOnBehind>
Run LongestRun(const Scan& scan, const IsPart& is_part, const GoesOnBehind& goes_on) {
  const auto& tokens = scan.tokens;
  Run longest;
  for (std::size_t i = 0; i < tokens.size();) {
    if (!is_part(tokens[i])) {
      ++i;
      continue;
    }
    Run run{i, i + 1, tokens[i].digits};
    while (run.end < tokens.size() && is_part(tokens[run.end]) && goes_on(run.end - 1))
      run.digits += tokens[run.end++].digits;
    if (run.digits > longest.digits) longest = run;
    i = run.end;
  }
  return longest;
}

// With the signs that begin a telephone number.
std::string_view TextOf(const Scan& scan, const Run& run) {
  std::uint32_t begin = scan.tokens[run.first].begin;
  while (begin > 0 && IsOneOf<"+(">(scan.text[begin - 1])) --begin;
  return scan.text.substr(begin, scan.tokens[run.end - 1].end - begin);
}

// "35723597C", "DE51", "921": digits, and letters beside at least two of them.
bool IsOfNumber(const Token& token) {
  return token.ascii && token.digits > 0 && (token.digits >= 2 || token.size() <= 2);
}

}  // namespace

std::string_view BareCell(std::string_view cell) {
  if (cell.empty() || (IsAsciiAlnum(cell.front()) && IsAsciiAlnum(cell.back()))) return cell;
  const std::string_view quoted = WithoutMarks(WithoutSpaces(cell));
  return WithoutMarks(WithoutNote(WithoutMarks(WithoutSpaces(WithoutQuotes(quoted)))));
}

bool IsPlain(std::string_view cell) {
  return std::ranges::none_of(cell, [](char c) { return (c & 0x80) != 0 || IsOneOf<"*Xx#">(c); });
}

bool IsMasked(std::string_view cell) {
  static constexpr std::array<std::string_view, 6> kMasks = {"***", "XXXX", "xxxx", "###", "•••", "○"};
  const auto has = [&](std::string_view mask) { return cell.find(mask) != cell.npos; };
  return std::any_of(kMasks.begin(), kMasks.end(), has);
}

bool WriteAsciiDigits(std::string_view cell, std::string& written) {
  // Arabic-Indic, Persian, Devanagari, Bengali, Thai, Myanmar, Khmer and full-width digits: ten in a row each.
  static constexpr std::array<char32_t, 8> kZeros = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x1040, 0x17E0, 0xFF10};
  const auto digit_of = [](char32_t c) {
    for (const char32_t zero : kZeros) {
      if (c >= zero && c < zero + 10) return static_cast<int>(c - zero);
    }
    return -1;
  };
  bool any = false;
  for (std::size_t at = 0; at < cell.size() && !any;) {
    const CodePoint c = ReadCodePoint(cell, at);
    any = c.value >= 0x80 && digit_of(c.value) >= 0;
    at += c.bytes;
  }
  if (!any) return false;
  written.clear();
  for (std::size_t at = 0; at < cell.size();) {
    constexpr char32_t kWideHyphen = 0xFF0D;
    const CodePoint c = ReadCodePoint(cell, at);
    const int digit = digit_of(c.value);
    if (digit >= 0)
      written += static_cast<char>('0' + digit);
    else if (c.value == kWideHyphen)
      written += '-';
    else
      written += cell.substr(at, c.bytes);
    at += c.bytes;
  }
  return true;
}

void NumbersIn(const Scan& scan, std::vector<std::string_view>& numbers) {
  numbers.clear();
  const Run run = LongestRun(scan, IsOfNumber, [](std::size_t) { return true; });
  if (run.digits < kNumberDigitsMin) return;
  const std::string_view number = TextOf(scan, run);
  if (number.size() < scan.text.size()) numbers.push_back(number);
  if (run.end == run.first + 1) return;
  for (std::size_t i = run.first; i < run.end; ++i) {
    if (scan.tokens[i].digits >= kLongDigitsMin) numbers.push_back(scan.Of(scan.tokens[i]));
  }
}

std::string_view CodeOf(const Scan& scan) {
  const Run run = LongestRun(scan, IsOfCode, [&](std::size_t at) { return GoesOn(scan, at); });
  const bool whole = run.first == 0 && run.end == scan.tokens.size();
  return run.digits == 0 || whole ? scan.text : TextOf(scan, run);
}

bool WriteTypedDigits(std::string_view cell, std::string& written) {
  constexpr std::ptrdiff_t kDigitsMin = 4;
  constexpr CharSet kTyped = "OoIl", kSigns = " -./+()";
  const auto typed = std::ranges::count_if(cell, [&](char c) { return kTyped.Has(c); });
  const auto digits = std::ranges::count_if(cell, IsAsciiDigit);
  if (typed == 0 || digits < kDigitsMin || typed * 2 > digits) return false;
  if (!std::ranges::all_of(cell, [&](char c) { return kTyped.Has(c) || kSigns.Has(c) || IsAsciiDigit(c); }))
    return false;
  written = cell;
  for (char& c : written) {
    if (IsOneOf<"Oo">(c)) c = '0';
    if (IsOneOf<"Il">(c)) c = '1';
  }
  return true;
}

}  // namespace privity::detect
