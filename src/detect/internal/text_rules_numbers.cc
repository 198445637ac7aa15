// Numbers of people and of accounts: groups of digits and letters, by their patterns, their check digits and the words
// near them.
#include "detect/internal/text_rules.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <limits>
#include <span>
#include <utility>

#include "detect/internal/letters.h"
#include "detect/internal/machine.h"
#include "detect/internal/text_evidence.h"

namespace privity::detect {
namespace {

constexpr std::size_t kGroupsMax = 8;
constexpr std::size_t kShortGroup = 4;

// One number is both in many countries.
bool IsNearKind(Entity a, Entity b) {
  const auto civil = [](Entity entity) { return entity == Entity::kNationalId || entity == Entity::kTaxId; };
  return civil(a) && civil(b);
}

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

// Each has two signs that are no spaces.
bool IsDateLayout(std::uint32_t layout) {
  static constexpr auto kDates = [] {
    std::array<std::uint32_t, 8> hashes;
    std::ranges::transform(std::to_array<std::string_view>({"9999-99-99", "99-99-9999", "99/99/9999", "99.99.9999",
                                                            "9999/99/99", "9999.99.99", "99-99-99", "99/99/99"}),
                           hashes.begin(), [](std::string_view date) { return LayoutHash(date).value(); });
    return hashes;
  }();
  return std::ranges::find(kDates, layout) != kDates.end();
}

// Of a hash or a key of a row, as programs write them.
bool IsHexadecimal(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return IsAsciiDigit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace

// The groups read so far, from one beginning.
struct TextRules::Chain {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::size_t first = 0;  // of its tokens
  std::size_t last = 0;
  std::size_t size = 0;  // of its letters and digits
  int tight = 0;         // separators that are no spaces
  int loose = 0;
  bool digits_only = true;
  bool letters_only = true;
  bool is_date = false;
  bool is_hash = false;                     // a hash or a key of a row, by its letters
  bool only_kinds = false;                  // no word near it speaks of a format, but some do of a kind
  bool has_prefix = false;                  // letters of a country and a sign stand apart before it: "PT 501 964 843"
  bool cut = false;                         // another group of digits follows those read, with a space as between them
  bool cut_alike = false;                   // and has as many digits as the last of them
  bool cut_before = false;                  // such a group stands before the first of them
  std::uint32_t anothers_end = 0;           // of one from its begin that is a company's; 0: there is none
  std::array<char, kGroupsMax> signs = {};  // behind each group, but the last
  std::uint64_t first_bit = 0;              // of its first character (FirstBit)
  std::uint32_t layout = 0;                 // of what counts: without a prefix
  std::uint32_t whole_layout = 0;           // with it
  std::size_t tokens_end = 0;               // of the text
  const SpokenCue* speaking = nullptr;      // of the text, from those near the chain's begin on
  const SpokenCue* speaking_end = nullptr;
  std::vector<std::uint16_t> context = {};  // rules that words near it speak for
  std::vector<std::uint16_t> beside = {};   // those of the nearest of these words, if it stands right before it
  std::vector<std::uint64_t> named = {};    // number patterns that these words speak for, a bit for each listed
  ShortText compact = {};                   // Compact() of several groups,
  std::size_t compact_end = 0;              // up to this token
  LayoutHash layout_read = {};              // WholeLayout(),
  std::size_t layout_end = 0;               // likewise

  bool in_one_group() const { return tight + loose == (has_prefix ? 1 : 0); }

  void Begin(const Scan& scan, std::size_t token) {
    begin = scan.tokens.data()[token].begin;
    first = token;
    tight = loose = 0;
    anothers_end = 0;
    compact.Clear();
    layout_read = {};
    compact_end = layout_end = token;
    first_bit = FirstBit(scan.text.data()[begin]);
    while (speaking != speaking_end && speaking->token + kContextBefore < token) ++speaking;
  }
  // The first token that has a word near it which speaks for rules of numbers, if it is of the chain: as hardly ever.
  std::size_t NamedFrom() const {
    if (speaking == speaking_end) return std::numeric_limits<std::size_t>::max();
    return speaking->token - std::min<std::size_t>(speaking->token, kContextAfter);
  }
  void GoOnTo(std::size_t token, std::uint32_t byte, std::size_t bytes, bool only_digits, bool only_letters) {
    last = token;
    end = byte;
    size = bytes;
    digits_only = only_digits;
    letters_only = only_letters;
  }
  void AddSign(std::size_t place, char sign) {
    ++(sign == ' ' ? loose : tight);
    signs[place] = sign;
  }
  // Of its tokens behind the first.
  std::uint32_t LayoutOfRest(const Scan& scan) const {
    LayoutHash layout_of;
    for (std::size_t i = first + 1; i <= last; ++i) AddToLayout(scan, i, first + 1, layout_of);
    return layout_of.value();
  }
  // Of all of them: a chain that has grown goes on where it ended.
  std::uint32_t WholeLayout(const Scan& scan) {
    for (; layout_end <= last; ++layout_end) AddToLayout(scan, layout_end, first, layout_read);
    return layout_read.value();
  }
  PRIVITY_INLINED void AddToLayout(const Scan& scan, std::size_t token, std::size_t from, LayoutHash& layout_of) const {
    if (token > from) layout_of.Add(signs.data()[token - 1 - first], 1);
    layout_of.AddWord(scan.Of(scan.tokens.data()[token]), scan.tokens.data()[token].digits);
  }
  // Upper case, without signs.
  std::string_view Compact(const Scan& scan) {
    const Token* const tokens = scan.tokens.data();
    if (first == last && !tokens[first].has_lower) return scan.Of(tokens[first]);
    for (; compact_end <= last; ++compact_end) {
      constexpr std::uint32_t kShort = 8;
      const Token& token = tokens[compact_end];
      if (!token.has_lower && token.size() <= kShort && token.begin + kShort <= scan.text.size()) {
        compact.AddShort(scan.text.data() + token.begin, token.size());
      } else {
        compact.AddUpper(scan.Of(token));
      }
    }
    return compact.view();
  }
};

// Of a number in one group of digits, with no word near it, everything that counts is known beforehand.
void TextRules::ReadPlainNumbers() {
  for (std::size_t length = 1; length <= kNumberBytesMax; ++length) {
    Chain chain;
    chain.size = length;
    LayoutHash digits;
    digits.Add('9', length);
    chain.layout = digits.value();
    PatternLists& lists = numbers_by_length_[length].of_digits;
    for (std::size_t i = 0; i < lists.all.size(); ++i) {
      if (lists.needs[i].in_one_group == 0) continue;
      lists.plain_scores[i] = ScoreNumber(numbers_[lists.all[i]], chain);
      if (lists.plain_scores[i] >= kReport)
        lists.sets[i / PatternLists::kAtOnce].plain |= std::uint64_t{1} << i % PatternLists::kAtOnce;
    }
  }
}

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

namespace {

// "655886625283.jpg", "/items/976153278": a piece of a path is no number by itself.
bool IsOfPath(const Scan& scan, std::size_t first, std::uint32_t begin, std::uint32_t end) {
  const std::string_view text = scan.text;
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  if (end + 1 < text.size() && text[end] == '.' && is_lower(text[end + 1])) return true;
  if (first == 0 || begin < 2 || text[begin - 1] != '/') return false;
  const Token& before = scan.tokens[first - 1];
  return before.end + 1 == begin && before.has_lower && before.begin > 0 && text[before.begin - 1] == '/';
}

// Whether letters of a country and two digits stand before it in the same row of groups: "0390 6970 44" of
// "NL48 ABNA 0390 6970 44" is no account by itself.
bool IsRestOfIban(const Scan& scan, std::size_t first) {
  for (std::size_t i = first; i > 0 && first - i < kGroupsMax; --i) {
    if (!scan.IsBetween(i - 1, ' ') && !scan.IsBetween(i - 1, '-')) return false;
    const Token& before = scan.tokens[i - 1];
    const std::string_view group = scan.Of(before), next = scan.Of(scan.tokens[i]);
    if (!IsGroup(before)) return false;
    const bool country = group.size() >= 2 && IsAsciiUpper(group[0]) && IsAsciiUpper(group[1]);
    if (country && group.size() >= 4 && IsAsciiDigit(group[2]) && IsAsciiDigit(group[3])) return true;
    if (country && group.size() == 2 && next.size() == 2 && IsAsciiDigit(next[0]) && IsAsciiDigit(next[1])) return true;
  }
  return false;
}

// The letters of a country that stand apart before digits, as before VAT numbers (Directive 2006/112/EC, Article 215).
std::string_view CountryBefore(const Scan& scan, std::size_t first) {
  static const WordSet kCountries({"at", "be", "bg", "cy", "cz", "de", "dk", "ee", "el", "es",
                                   "fi", "fr", "gb", "hr", "hu", "ie", "it", "lt", "lu", "lv",
                                   "mt", "nl", "pl", "pt", "ro", "se", "si", "sk", "xi"});
  if (first == 0 || !scan.IsBetween(first - 1, ' ')) return {};
  const Token& before = scan.tokens[first - 1];
  const bool letters = before.size() == 2 && before.word() && before.ascii && !before.has_lower;
  return letters && kCountries.contains(before.hash) ? scan.Of(before) : std::string_view();
}

}  // namespace

// "NIP firmy:", "ИНН организации", "supplier VAT": words right beside a number that say whose it is.
bool TextRules::IsOfFirm(const Scan& scan, std::size_t first, std::size_t last) const {
  constexpr std::size_t kBefore = 3, kAfter = 3;
  for (std::size_t i = first; i > 0 && first - i < kBefore && !scan.tokens[i].line_before; --i) {
    if (beside_firms_.contains(scan.tokens[i - 1].hash)) return true;
  }
  for (std::size_t i = last + 1; i < scan.tokens.size() && i <= last + kAfter && !scan.tokens[i].line_before; ++i) {
    if (beside_firms_.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "CHG8747800", "INV20418": the letters are a word for things. Of digits and letters of ASCII.
bool TextRules::IsCalledByThing(std::string_view word) const {
  std::uint32_t hash = kWordHashStart;
  std::size_t letters = 0;
  for (const char c : word) {
    if (IsAsciiDigit(c)) break;
    hash = WordHashGoesOn(hash, static_cast<char>(c | 0x20));
    ++letters;
  }
  if (letters < 2 || letters == word.size()) return false;
  const Cue* cue = cues_.Find(hash);
  return cue != nullptr && std::ranges::find(cue->for_numbers, kOfThings) != cue->for_numbers.end();
}

inline const TextRules::PatternLists& TextRules::ListsOf(const Chain& chain) const {
  const LengthBucket& bucket = numbers_by_length_[chain.size];
  return chain.digits_only ? bucket.of_digits : bucket.with_letters;
}

// How its groups stand, and what they look like as a whole.
void TextRules::ReadForm(const Scan& scan, Chain& chain) {
  const bool one_token = chain.first == chain.last;
  const Token& start = scan.tokens[chain.first];
  const bool word_before = !one_token && start.digits == 0;
  chain.has_prefix = word_before && start.size() == 2 && !start.has_lower &&
                     IsAsciiDigit(scan.text[scan.tokens[chain.first + 1].begin]);
  const std::uint32_t layout_of_rest = word_before ? chain.LayoutOfRest(scan) : 0;
  chain.whole_layout = chain.WholeLayout(scan);
  chain.layout = chain.has_prefix ? layout_of_rest : chain.whole_layout;
  chain.is_hash = one_token && start.has_lower && start.digits > 0 && IsHexadecimal(scan.Of(start));
  const std::string_view after = scan.text.substr(chain.end, 2);
  chain.cut = chain.loose > 0 && after.size() == 2 && after[0] == ' ' && IsAsciiDigit(after[1]);
  chain.cut_alike = chain.cut && scan.tokens[chain.last + 1].all_digits() &&
                    scan.tokens[chain.last + 1].size() == scan.tokens[chain.last].size();
  chain.cut_before = chain.loose > 0 && chain.tight == 0 && chain.digits_only && chain.first > 0 &&
                     scan.tokens[chain.first - 1].all_digits() && scan.IsBetween(chain.first - 1, ' ');
  // "DOB 01/02/1975" is no number with letters before it.
  const bool is_whole_or_behind_word = !word_before || scan.text[start.end] == ' ';
  chain.is_date =
      chain.tight == 2 && is_whole_or_behind_word && IsDateLayout(word_before ? layout_of_rest : chain.layout);
}

// Of the patterns that a word near the number speaks for, a bit for each listed.
void TextRules::ReadNamed(const PatternLists& lists, Chain& chain) const {
  chain.named.assign(lists.sets.size(), 0);
  for (const std::uint16_t rule : chain.context) {
    if (rule == kOfThings || !lengths_by_rule_.data()[rule].Has(chain.size, chain.digits_only)) continue;
    auto named = std::ranges::lower_bound(lists.all, numbers_by_rule_[rule].front());
    for (; named != lists.all.end() && numbers_[*named].rule == rule; ++named) {
      const auto listed = static_cast<std::size_t>(named - lists.all.begin());
      chain.named[listed / PatternLists::kAtOnce] |= std::uint64_t{1} << listed % PatternLists::kAtOnce;
    }
  }
}

// `is_bare`: numbers of its length that begin as it does may say something without a word near them.
void TextRules::TryNumber(const Scan& scan, Chain& chain, bool is_bare, std::vector<Find>& finds) const {
  const PatternLists& lists = ListsOf(chain);
  if (lists.all.empty() || (chain.letters_only && !letters_alone_[chain.size])) return;
  chain.context.clear();
  chain.beside.clear();
  chain.only_kinds = true;
  if (chain.last >= chain.NamedFrom()) ReadNear(scan, chain);
  const bool silent = chain.context.empty();
  if (silent && (!is_bare || IsOfPath(scan, chain.first, chain.begin, chain.end))) return;
  const std::string_view compact = chain.Compact(scan);
  if (compact.find_first_not_of('0') == compact.npos) return;  // a form to be filled in
  const bool one_token = chain.first == chain.last;
  if (silent && chain.digits_only && one_token) return TryPlainNumber(chain, compact, finds);
  if (!silent && !chain.only_kinds) ReadNamed(lists, chain);
  const bool has_prefix = !one_token && scan.tokens[chain.first].digits == 0;  // it may have
  bool is_read = false;
  for (std::size_t place = 0; place < lists.sets.size(); ++place) {
    // Those that can score enough: most need a word near them, and few words are.
    const PatternLists::Sets& sets = lists.sets.data()[place];
    const std::uint64_t asked = silent ? sets.Bare(one_token, has_prefix)
                                       : (chain.only_kinds ? sets.listed : sets.against_context | chain.named[place]);
    const std::uint64_t matching = lists.Matching(compact, place, asked);
    if (matching == 0) continue;
    if (!is_read && silent && !chain.digits_only && IsCalledByThing(scan.Of(scan.tokens[chain.first]))) return;
    if (!std::exchange(is_read, true)) ReadForm(scan, chain);
    TryListed(scan, lists, place, matching, chain, compact, finds);
  }
}

// Of the patterns from kAtOnce * `place` on those that match.
void TextRules::TryListed(const Scan& scan, const PatternLists& lists, std::size_t place, std::uint64_t matching,
                          Chain& chain, std::string_view compact, std::vector<Find>& finds) const {
  const std::uint64_t layouts = LayoutBit(chain.layout) | LayoutBit(chain.whole_layout);
  const bool silent = chain.context.empty(), one_group = chain.in_one_group();
  for (; matching != 0; matching &= matching - 1) {
    const std::size_t listed = place * PatternLists::kAtOnce + static_cast<std::size_t>(std::countr_zero(matching));
    ++scan.steps;
    if (!silent || lists.needs.data()[listed].Has(chain.first_bit, one_group, layouts))
      TryPattern(scan, numbers_[lists.all.data()[listed]], chain, compact, finds);
  }
}

namespace {

// "K588741(0)" is whole with the bracket behind it.
std::uint32_t EndWithBracket(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  const std::string_view number = text.substr(begin, end - begin);
  const bool open = number.find('(') != number.npos && number.find(')') == number.npos;
  return open && end < text.size() && text[end] == ')' ? end + 1 : end;
}

}  // namespace

// Of a pattern that matches, as far as PatternLists tell.
void TextRules::TryPattern(const Scan& scan, const NumberPattern& pattern, Chain& chain, std::string_view compact,
                           std::vector<Find>& finds) const {
  if (!pattern.pattern.IsToldByLength() && !pattern.Matches(compact, chain.digits_only)) return;
  const double score = ScoreNumber(pattern, chain);
  if (score < kReport || !IsValid(pattern, compact) || IsNamedMore(pattern, chain, compact)) return;
  const Rule& rule = rules_[pattern.rule];
  const bool any_account = rule.validator == nullptr && rule.file->entity == Entity::kBankAccount;
  if (any_account && chain.digits_only && IsRestOfIban(scan, chain.first)) return;
  if (!IsAnothers(scan, *rules_[pattern.rule].file, chain)) {
    finds.push_back({chain.begin, EndWithBracket(scan.text, chain.begin, chain.end), rules_[pattern.rule].file, score});
  } else if (std::ranges::find(chain.context, pattern.rule) != chain.context.end()) {
    chain.anothers_end = chain.end;
  }
}

// Whether the words beside it say that it is a company's or of another country: "NIP firmy", "VAT: GB 823 531 332".
bool TextRules::IsAnothers(const Scan& scan, const DetectorFile& file, const Chain& chain) const {
  if (file.entity != Entity::kTaxId || chain.context.empty()) return false;
  if (IsOfFirm(scan, chain.first, chain.last)) return true;
  const std::string_view before = chain.digits_only ? CountryBefore(scan, chain.first) : std::string_view();
  if (before.empty() || !file.country) return false;
  const std::string_view country = before == "EL" ? "GR" : before;
  return country != *file.country && !(country == "XI" && *file.country == "GB");
}

// Whether one of the rule's patterns matches, whatever its validator says.
bool TextRules::HasForm(std::uint16_t rule, std::string_view compact) const {
  return std::ranges::any_of(numbers_by_rule_[rule],
                             [&](std::uint16_t index) { return numbers_[index].pattern.Matches(compact); });
}

// Whether more of the words near it speak for another rule, whose form the number has, and nothing but a word for this
// one: an identification number for taxes with a wrong check digit is no tax number of another kind. Or it is written
// in the groups of that rule and not of this, and fails it: "account 01-0902-0068389-01", the Chilean
// "RUT 15.021.363-3".
bool TextRules::IsNamedMore(const NumberPattern& pattern, const Chain& chain, std::string_view compact) const {
  const Rule& named = rules_[pattern.rule];
  const auto words_for = [&](std::uint16_t rule) { return std::ranges::count(chain.context, rule); };
  const auto own = words_for(pattern.rule);
  if (own == 0) return false;
  const auto is_written_so = [&](std::uint16_t rule) {
    return chain.tight >= 2 && std::ranges::find(rules_[rule].layouts, chain.layout) != rules_[rule].layouts.end();
  };
  const bool any_groups = named.validator != nullptr && named.layouts.empty();
  const bool other_groups = !any_groups && !is_written_so(pattern.rule);
  return std::ranges::any_of(chain.context, [&](std::uint16_t rule) {
    if (rule == kOfThings || rules_[rule].validator == nullptr) return false;
    const Entity entity = rules_[rule].file->entity;
    const bool same = entity == named.file->entity;
    if (named.validator == nullptr && same && words_for(rule) > own && HasForm(rule, compact)) return true;
    return other_groups && (same || IsNearKind(entity, named.file->entity)) && is_written_so(rule) &&
           HasForm(rule, compact) && !rules_[rule].Accepts(compact);
  });
}

// Of a number that the pattern matches.
bool TextRules::IsValid(const NumberPattern& number, std::string_view compact) const {
  const Rule& rule = rules_[number.rule];
  return number.has_form ? rule.validator->accepts(compact) : rule.Accepts(compact);
}

void TextRules::TryPlainNumber(const Chain& chain, std::string_view digits, std::vector<Find>& finds) const {
  const PatternLists& lists = numbers_by_length_[digits.size()].of_digits;
  for (std::size_t place = 0; place < lists.sets.size(); ++place) {
    std::uint64_t left = lists.Matching(digits, place, lists.sets.data()[place].plain);
    for (; left != 0; left &= left - 1) {
      const std::size_t listed = place * PatternLists::kAtOnce + static_cast<std::size_t>(std::countr_zero(left));
      const NumberPattern& number = numbers_[lists.all[listed]];
      if ((number.pattern.IsToldByLength() || number.Matches(digits, true)) && IsValid(number, digits))
        finds.push_back({chain.begin, chain.end, rules_[number.rule].file, lists.plain_scores[listed]});
    }
  }
}

double TextRules::ScoreNumber(const NumberPattern& pattern, const Chain& chain) const {
  const Rule& rule = rules_[pattern.rule];
  const bool named = std::find(chain.context.begin(), chain.context.end(), pattern.rule) != chain.context.end();
  if ((rule.context_needed || chain.is_hash) && !named) return 0;
  double score = kBase + kForBit * std::min(kBitsMax, chain.digits_only ? pattern.digit_bits : pattern.bits);
  const auto& layouts = rule.layouts;
  const auto is_layout = [&](std::uint32_t layout) { return std::ranges::find(layouts, layout) != layouts.end(); };
  const bool laid_out = is_layout(chain.layout) || (chain.has_prefix && is_layout(chain.whole_layout));
  // A date in digits is no number that anything goes for, but a sort code that is named: "sort: 29-85-25".
  if (rule.validator == nullptr && chain.is_date && !(named && laid_out)) return 0;
  if (laid_out) {
    score += chain.tight >= 2 ? kLayoutTight : kLayoutLoose;
  } else if (!chain.in_one_group() && (!layouts.empty() || (chain.tight > 0 && !named))) {
    score -= kLayoutLoose;  // groups, but not the ones that people write
  }
  if ((chain.cut && (!laid_out || chain.cut_alike)) || chain.cut_before) score += kCut;
  if (chain.digits_only) score += ForLength(chain.size);
  if (named) {
    score += kContext;
    // "ledger account 302794": the account is the ledger's. A `serial` is a thing's, as devices are.
    const bool of_things = rule.validator == nullptr && !laid_out && rule.file->entity != Entity::kDeviceId;
    if (of_things && std::ranges::find(chain.context, kOfThings) != chain.context.end()) score += kForeignContext;
  } else if (!chain.context.empty()) {
    score += OfKindNamed(pattern, chain);
  }
  score = std::min(score, kMax);
  const auto is_kind = [&](std::uint16_t other) {
    return other != kOfThings && rules_[other].file->entity == rule.file->entity;
  };
  const bool other_beside = named && !chain.beside.empty() && std::ranges::none_of(chain.beside, is_kind);
  return other_beside ? std::max(score + kNotBeside, std::min(score, kReport)) : score;
}

// Words speak near the number, and none for this rule.
double TextRules::OfKindNamed(const NumberPattern& pattern, const Chain& chain) const {
  const bool of_things = std::ranges::find(chain.context, kOfThings) != chain.context.end();
  double best = of_things && pattern.foreign_context == kForeignToPlace ? kForeignContext : pattern.foreign_context;
  if (!chain.only_kinds) return best;
  const Entity entity = rules_[pattern.rule].file->entity;
  for (const std::uint16_t other : chain.context) {
    if (other == kOfThings) continue;
    const Entity named = rules_[other].file->entity;
    if (named == entity) return kKindContext;
    if (IsNearKind(named, entity)) best = kNearKindContext;
  }
  return best;
}

}  // namespace privity::detect
