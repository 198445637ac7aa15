// Where numbers of people and of accounts may stand: groups of digits and letters, one after another, and the words
// near them. What each is, text_rules_number_kinds.cc tells.
#include "detect/internal/text_rules.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <span>

#include "detect/internal/letters.h"
#include "detect/internal/machine.h"
#include "detect/internal/number_chain.h"
#include "detect/internal/text_evidence.h"

namespace privity::detect {
namespace {

constexpr std::size_t kShortGroup = 4;

// A sign that may stand between the groups of one number, as layouts write it; 0 for others.
char SeparatorOfSigns(std::string_view between) {
  if (between.size() < 2) return '\0';
  if (static_cast<unsigned char>(between[0]) < 0x80) {
    const bool numero = static_cast<unsigned char>(between[1]) >= 0x80 && between.starts_with(" \u2116");
    return numero && (between.size() == 4 || between == " \u2116 ") ? ' ' : '\0';  // "78 №2880178"
  }
  if (between.size() > 3) return '\0';
  if (between == "\u00B7") return '-';  // of Chinese plates
  if (between == "\u00A0" || between == "\u202F" || between == "\u2009") return ' ';
  return between == "\u2011" || between == "\u2013" ? '-' : '\0';
}

// Behind a token that is not the last.
PRIVITY_INLINED char SeparatorBehind(const Scan& scan, std::size_t at) {
  const Token* const token = scan.tokens.data() + at;
  const char sign = scan.text.data()[token->end];
  if (token[1].begin == token->end + 1) return IsOneOf<" -./+(">(sign) ? sign : '\0';  // as nearly all
  return SeparatorOfSigns(scan.Between(at));
}

// Whether a comma after the token `left` divides two cells of a row, "4399,120000", "4JX,01736", and no number:
// "1,234", "12345,67".
bool AreCells(const Scan& scan, std::size_t left) {
  if (left + 1 >= scan.tokens.size()) return false;
  const Token &token = scan.tokens.data()[left], &next = scan.tokens.data()[left + 1];
  if (scan.text[token.end] != ',' || next.begin != token.end + 1) return false;
  if (!token.all_digits() || !IsAsciiDigit(scan.text[next.begin])) return true;
  return (token.digits >= 4 && next.digits >= 3) || token.digits >= 8 || next.digits >= 8;
}

// Whether what stands behind a token makes a longer number of it, or a name: 3.14159, 12-34, 5%, 12_a; "16.148.732-K",
// whose last letter is its check digit.
bool GoesOnBehind(const Scan& scan, std::size_t at) {
  const std::string_view text = scan.text;
  const std::size_t end = scan.tokens.data()[at].end;
  if (end == text.size() || !IsOneOf<"%_.-/:,">(text.data()[end])) return false;
  const char sign = text.data()[end];
  if (sign == '%' || sign == '_') return true;
  const bool letter = sign == '-' && end + 1 < text.size() && IsAsciiUpper(text[end + 1]);
  if (letter && scan.tokens.data()[at].all_digits() && scan.tokens.data()[at + 1].size() == 1) return true;
  return end + 1 < text.size() && IsAsciiDigit(text.data()[end + 1]) && (sign != ',' || !AreCells(scan, at));
}

// Of one that began earlier: 3.14159, 1,234, 12-34; the last three of 9400 1000 0000 0000 0000.
bool IsRestOfNumber(const Scan& scan, std::size_t at) {
  if (at == 0) return false;
  const Token* const token = scan.tokens.data() + at;
  if (token[-1].digits == 0 || token[-1].end + 1 != token->begin) return false;
  const char sign = scan.text.data()[token[-1].end];
  if (IsOneOf<".-/_">(sign)) return true;
  if (sign == ',') return !AreCells(scan, at - 1);
  return sign == ' ' && token->size() <= kShortGroup && token[-1].size() == token->size() && token->all_digits() &&
         token[-1].all_digits();
}

}  // namespace

// Of groups of letters those that may begin a number: alone, as few may, or another group follows.
std::uint64_t TextRules::LetterGroups(const Scan& scan, std::size_t first) const {
  const TokenBits* const bits = scan.bits.data() + first / TokenBits::kTokens;
  const auto groups_of = [](const TokenBits& some) { return some.digits | some.letters; };
  const std::uint64_t before_group = groups_of(bits[0]) >> 1 | groups_of(bits[1]) << (TokenBits::kTokens - 1);
  const Token* const tokens = scan.tokens.data() + first;
  const std::size_t count = scan.tokens.size() - first;
  std::uint64_t groups = 0;
  for (std::uint64_t left = bits[0].letters & (before_group | letters_may_be_alone_); left != 0; left &= left - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(left));
    const std::size_t size = tokens[i].size();
    if (size > kLettersInGroupMax) continue;
    if (letters_alone_.data()[size] ||
        (i + 1 < count && IsGroup(tokens[i + 1]) && SeparatorBehind(scan, first + i) != '\0'))
      groups |= left & -left;
  }
  return groups;
}

// The rules of numbers that words near the chain speak for, as ReadContext gives them.
void TextRules::ReadNear(const Scan& scan, Chain& chain) const {
  const Token* const tokens = scan.tokens.data();
  for (const SpokenCue& spoken : std::span(chain.speaking, chain.speaking_end)) {
    if (spoken.token > chain.last + kContextAfter) break;
    const bool after = spoken.token > chain.last;
    if (!after && spoken.token >= chain.first) continue;
    if (after && spoken.cue->only_kind) continue;  // "3125000000 in fiscal year 2021"
    int lines = 0;
    for (std::size_t i = after ? chain.last + 1 : spoken.token + 1; i <= (after ? spoken.token : chain.first); ++i)
      lines += tokens[i].line_before;
    if (lines > (after ? 0 : kLinesBefore)) continue;
    const RuleList& rules = spoken.cue->for_numbers;
    const std::size_t before = chain.context.size();
    std::ranges::copy_if(rules, std::back_inserter(chain.context), [&](std::uint16_t rule) {
      return rule != kOfThings || (!after && chain.first - spoken.token <= kThingsBefore);
    });
    chain.only_kinds = chain.only_kinds && (chain.context.size() == before || spoken.cue->only_kind);
    if (!after && chain.first - spoken.token <= kThingsBefore && !spoken.cue->only_kind)
      chain.beside.assign(chain.context.begin() + static_cast<std::ptrdiff_t>(before), chain.context.end());
  }
}

// All numbers that begin with one group; the group where the next may begin. It is asked of nearly every number, in one
// place.
PRIVITY_INLINED std::size_t TextRules::FindNumberFrom(const Scan& scan, std::size_t first, Chain& chain,
                                                      std::vector<Find>& finds) const {
  const Token* const tokens = scan.tokens.data();
  const std::size_t before = finds.size();
  chain.Begin(scan, first);
  const std::size_t end = std::min(first + kGroupsMax, chain.tokens_end), named_from = chain.NamedFrom();
  std::size_t size = 0;
  bool digits_only = true, letters_only = true;
  for (std::size_t i = first;;) {
    const Token& token = tokens[i];
    const std::uint32_t token_size = token.size();
    size += token_size;
    if (size > kNumberBytesMax) break;
    digits_only &= token.digits == token_size;
    letters_only &= token.digits == 0;
    const BareBegins& begins = bare_begins_.data()[size].data()[digits_only];
    const bool is_bare = (chain.first_bit & (i == first ? begins.one_token : begins.several)) != 0;
    // Most chains say nothing without a word near them, and nothing else is asked of them.
    if ((is_bare || i >= named_from) && !GoesOnBehind(scan, i)) {
      chain.GoOnTo(i, token.end, size, digits_only, letters_only);
      TryNumber(scan, chain, is_bare, finds);
    }
    if (++i == end) break;
    const char separator = SeparatorBehind(scan, i - 1);
    if (separator == 0 || !IsGroup(tokens[i])) break;
    chain.AddSign(i - 1 - first, separator);
  }
  if (finds.size() == before && chain.anothers_end == 0) return first + 1;
  // What is a company's is no number of another kind, nor a part of it: "SIREN 193 718 566 RCS".
  const auto found = finds.begin() + static_cast<std::ptrdiff_t>(before);
  finds.erase(std::remove_if(found, finds.end(), [&](const Find& find) { return find.end <= chain.anothers_end; }),
              finds.end());
  std::uint32_t longest = chain.anothers_end;
  for (std::size_t i = before; i < finds.size(); ++i) longest = std::max(longest, finds[i].end);
  std::size_t next = first + 1;
  while (next < scan.tokens.size() && tokens[next].begin < longest) ++next;
  return next;
}

void TextRules::FindNumbers(const Scan& scan, const Places& places, std::vector<Find>& finds) const {
  Chain chain;
  chain.speaking = places.for_numbers.begin();
  chain.speaking_end = places.for_numbers.end();
  chain.tokens_end = scan.tokens.size();
  std::size_t next = 0;
  for (std::size_t place = 0; place < places.numbers.size(); ++place) {
    for (std::uint64_t left = places.numbers[place]; left != 0; left &= left - 1) {
      const std::size_t at = place * TokenBits::kTokens + static_cast<std::size_t>(std::countr_zero(left));
      if (at >= next && !IsRestOfNumber(scan, at)) next = FindNumberFrom(scan, at, chain, finds);
    }
  }
}

}  // namespace privity::detect
