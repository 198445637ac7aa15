#include "detect/internal/text_rules.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>

#include "detect/internal/letters.h"
#include "detect/internal/short_text.h"
#include "detect/internal/text_evidence.h"

namespace privity::detect {
namespace {

// What the groups of a value say: of all numbers with as many digits, few are written so.
constexpr double kLayoutBits = 5;
constexpr double kCheckOfDigits = 0.15;  // of a column: validators that accept more say little of digits
constexpr std::size_t kShortWord = 3;

}  // namespace

bool TextRules::Rule::Accepts(std::string_view text) const {
  if (validator == nullptr) return true;
  return std::any_of(forms.begin(), forms.end(), [&](const Pattern& form) { return form.Matches(text); }) &&
         validator->accepts(text);
}

namespace {

bool IsLetter(const Token& token) {
  return token.digits == 0 && token.size() <= (token.ascii ? 1 : 2);
}

// Of the word that letters with dots between them spell, the last of them at `last`: "N.I.F.", "Α.Φ.Μ.", "č. ú.".
std::optional<std::uint32_t> HashOfDotted(const Scan& scan, std::size_t last) {
  constexpr std::size_t kLettersMax = 6;
  const auto is_dot_behind = [&](std::size_t at) {
    const std::string_view between = scan.Between(at);
    return between == "." || between == ". ";
  };
  const auto goes_on = [&](std::size_t at) { return IsLetter(scan.tokens[at]) && is_dot_behind(at - 1); };
  if (!IsLetter(scan.tokens[last]) || (last + 1 < scan.tokens.size() && goes_on(last + 1))) return std::nullopt;
  std::size_t first = last;
  while (first > 0 && last - first < kLettersMax && IsLetter(scan.tokens[first - 1]) && is_dot_behind(first - 1))
    --first;
  if (first == last) return std::nullopt;
  std::string letters;
  for (std::size_t i = first; i <= last; ++i) letters += scan.Of(scan.tokens[i]);
  return WordHash(Fold(letters));
}

// Few letters do, and nothing else may be the last of several.
bool StandsBehindDot(const Scan& scan, const Token& token) {
  const char* const text = scan.text.data();
  return token.begin > 1 && (text[token.begin - 1] == '.' || text[token.begin - 2] == '.');
}

}  // namespace

// What the word there is to the rules; the last of letters with dots between them stands for what they spell.
const TextRules::Cue* TextRules::CueAt(const Scan& scan, std::size_t at) const {
  const Cue* cue = cues_.Find(scan.tokens[at].hash);
  if (cue == nullptr || !cue->ends_dotted || !StandsBehindDot(scan, scan.tokens[at])) return cue;
  const auto hash = HashOfDotted(scan, at);
  const Cue* dotted = hash ? cues_.Find(*hash) : nullptr;
  return dotted != nullptr && dotted->may_be_dotted && !dotted->only_kind ? dotted : cue;
}

const std::vector<std::uint16_t>* TextRules::ContextAt(const Scan& scan, std::size_t at) const {
  const Cue* cue = CueAt(scan, at);
  return cue == nullptr || cue->speaks_for.empty() ? nullptr : &cue->speaks_for;
}

namespace {

// Asks the tokens near those from `first` to `last`: those before, nearest first, then those after.
template <typename Ask>
void AskNear(const Scan& scan, std::size_t first, std::size_t last, const Ask& ask) {
  int lines = 0;
  for (std::size_t i = first; i > 0 && first - i < kContextBefore; --i) {
    lines += scan.tokens[i].line_before ? 1 : 0;
    if (lines > kLinesBefore) break;
    ask(i - 1);
  }
  for (std::size_t i = last + 1; i < scan.tokens.size() && i - last <= kContextAfter; ++i) {
    if (scan.tokens[i].line_before) break;
    ask(i);
  }
}

}  // namespace

bool TextRules::IsNamed(const Scan& scan, std::size_t at, std::uint16_t rule) const {
  bool named = false;
  AskNear(scan, at, at, [&](std::size_t i) {
    const RuleList* known = ContextAt(scan, i);
    named = named || (known != nullptr && std::find(known->begin(), known->end(), rule) != known->end());
  });
  return named;
}

// `rules_of` gives the rules that a token speaks for, null for none. Only those of numbers count: "his" speaks for a
// nationality after it, and not against a number.
template <typename RulesOf>
bool TextRules::ReadContext(const Scan& scan, std::size_t first, std::size_t last, const RulesOf& rules_of,
                            RuleList& rules) const {
  rules.clear();
  bool only_kinds = true;
  AskNear(scan, first, last, [&](std::size_t i) {
    const RuleList* known = rules_of(i);
    const bool kind = known != nullptr && IsKindWord(scan.tokens[i].hash);
    if (known == nullptr || (kind && i > last)) return;  // "3125000000 in fiscal year 2021"
    const std::size_t before = rules.size();
    const bool beside = i < first ? first - i <= kThingsBefore : false;
    std::copy_if(known->begin(), known->end(), std::back_inserter(rules),
                 [&](std::uint16_t rule) { return rule == kOfThings ? beside : !numbers_by_rule_[rule].empty(); });
    only_kinds = only_kinds && (rules.size() == before || kind);
  });
  return only_kinds;
}

void TextRules::ContextAround(const Scan& scan, const Find& find, RuleList& rules) const {
  ReadContext(
      scan, scan.TokenAt(find.begin), scan.TokenAt(find.end) - 1, [&](std::size_t i) { return ContextAt(scan, i); },
      rules);
}

void TextRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  Places places;
  ReadPlaces(scan, places);
  FindNumbers(scan, places, finds);
  FindTokens(scan, places, finds);
  FindInsideTokens(scan, finds);
  FindWords(scan, places, finds);
}

// One look at each token; most are nothing to any rule, and nobody asks again.
void TextRules::ReadPlaces(const Scan& scan, Places& places) const {
  const std::size_t whole = WholeTokens(scan);
  for (std::size_t first = 0; first < scan.tokens.size(); first += TokenBits::kTokens) {
    places.numbers.Add(scan.bits.data()[first / TokenBits::kTokens].digits | LetterGroups(scan, first));
    ReadStarts(scan, first, ReadCues(scan, first, places), whole, places);
  }
}

// Of the tokens from `first` on. `known` are those that are cues for what a pattern begins with.
void TextRules::ReadStarts(const Scan& scan, std::size_t first, std::uint64_t known, std::size_t whole,
                           Places& places) const {
  const Token* const tokens = scan.tokens.data() + first;
  const char* const text = scan.text.data();
  const std::size_t count = std::min(scan.tokens.size() - first, TokenBits::kTokens);
  const std::size_t whole_count = std::min(whole - std::min(whole, first), count);
  const TokenBits& bits = scan.bits.data()[first / TokenBits::kTokens];
  std::uint64_t starts = known | bits.keys;
  if (asks_all_with_digits_) starts |= bits.digits;
  if (asks_all_words_) starts = ~std::uint64_t{0};
  if (whole_count < TokenBits::kTokens) starts &= (std::uint64_t{1} << whole_count) - 1;
  for (; starts != 0; starts &= starts - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(starts));
    const Token& token = tokens[i];
    const Starts::Groups groups = starts_.Of(text + token.begin, token.size(), text[token.end]);
    // Behind most words that a match may begin with, the next is too short.
    if (groups != 0 && (groups & starts_.WithNext(LettersBehind(scan, first + i))) != 0)
      places.tokens.Add(static_cast<std::uint32_t>(first + i));
  }
  for (std::size_t i = whole_count; i < count; ++i) places.tokens.Add(static_cast<std::uint32_t>(first + i));
}

// How many tokens have their first bytes and the sign behind them within the text.
std::size_t TextRules::WholeTokens(const Scan& scan) {
  std::size_t count = scan.tokens.size();
  const auto is_whole = [&](const Token& token) {
    return token.end < scan.text.size() && token.begin + Starts::kBytes <= scan.text.size();
  };
  while (count > 0 && !is_whole(scan.tokens[count - 1])) --count;
  return count;
}

// Of the tokens from `first` on. Which of them are the first word of a token pattern.
std::uint64_t TextRules::ReadCues(const Scan& scan, std::size_t first, Places& places) const {
  const Token* const tokens = scan.tokens.data() + first;
  std::uint64_t begins = 0;
  for (std::uint64_t cues = cue_words_.Among(tokens, std::min(scan.tokens.size() - first, TokenBits::kTokens));
       cues != 0; cues &= cues - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(cues));
    const Cue* cue = cues_.FindKnown(tokens[i].hash);
    if (cue == nullptr) continue;
    if (cue->begins_token) begins |= cues & -cues;
    if (cue->ends_dotted && StandsBehindDot(scan, tokens[i])) cue = CueAt(scan, first + i);
    const auto token = static_cast<std::uint32_t>(first + i);
    if (!cue->for_numbers.empty()) places.for_numbers.Add({token, cue});
    if (!cue->tokens_after.empty()) places.before_tokens.Add({token, cue});
    if (!cue->words.empty() && tokens[i].digits == 0) places.words.Add({token, cue});
  }
  return begins;
}

bool TextRules::NamesNumber(const Scan& scan, const Find& find) const {
  RuleList named;
  ContextAround(scan, find, named);
  return !named.empty();
}

void TextRules::NumbersNamed(const Scan& scan, std::vector<const DetectorFile*>& files) const {
  for (const Token& token : scan.tokens) {
    const Cue* const cue = token.word() ? cues_.Find(token.hash) : nullptr;
    if (cue == nullptr) continue;
    for (const std::uint16_t rule : cue->for_numbers) {
      if (rule == kOfThings) continue;
      if (std::ranges::find(files, rules_[rule].file) == files.end()) files.push_back(rules_[rule].file);
    }
  }
}

bool TextRules::IsOfThing(const Scan& scan, const Find& find) const {
  RuleList named;
  ContextAround(scan, find, named);
  return std::ranges::find(named, kOfThings) != named.end();
}

// Whether it has the form of long numbers with letters at certain places and fails their check digit, as no other such
// number would have by chance: a codice fiscale, a CURP.
bool TextRules::HasRichFormOnly(std::string_view compact) const {
  constexpr std::size_t kRichBytes = 14;
  if (compact.size() < kRichBytes || compact.size() > kNumberBytesMax || std::ranges::all_of(compact, IsAsciiDigit))
    return false;
  bool failed = false;
  for (const std::uint16_t index : numbers_by_length_[compact.size()].with_letters.all) {
    const NumberPattern& number = numbers_[index];
    if (!number.needs_letter || !number.pattern.Matches(compact)) continue;
    if (rules_[number.rule].Accepts(compact)) return false;
    failed = true;
  }
  return failed;
}

namespace {

// Upper case, without signs.
ShortText Compacted(std::string_view value) {
  ShortText compacted;
  for (const char c : value) {
    if (IsAsciiAlnum(c)) compacted.Add(c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c);
  }
  return compacted;
}

}  // namespace

bool TextRules::FailsFormatBefore(const Scan& scan, const Find& find) const {
  const std::string_view value = scan.text.substr(find.begin, find.end - find.begin);
  const ShortText compacted = Compacted(value);
  const std::string_view compact = compacted.view();
  const std::string layout = LayoutOf(value);
  const auto is_written_so = [&](std::uint16_t rule) {
    const auto& layouts = rules_[rule].file->text->layouts;
    return compact.size() == value.size() || layouts.empty() || std::ranges::find(layouts, layout) != layouts.end();
  };
  const std::size_t first = scan.TokenAt(find.begin);
  bool failed = false;
  std::size_t words = 0;  // that say something by themselves: not "number", "is" of "my NHS number is"
  for (std::size_t i = first; i > 0 && first - i < kContextBefore && !scan.tokens[i].line_before; --i) {
    const Token& before = scan.tokens[i - 1];
    const Cue* cue = CueAt(scan, i - 1);
    if (before.digits > 0 || words == kThingsBefore) break;
    words += (!before.has_lower || before.size() > kShortWord) && !IsKindWord(before.hash) ? 1 : 0;
    if (cue == nullptr || cue->only_kind) continue;
    for (const std::uint16_t rule : cue->for_numbers) {
      if (rule == kOfThings || !is_written_so(rule) || !HasForm(rule, compact)) continue;
      if (rules_[rule].Accepts(compact)) return false;
      failed = true;
    }
  }
  return failed;
}

bool TextRules::Refutes(const Scan& scan, const Find& find) const {
  const ShortText compacted = Compacted(scan.text.substr(find.begin, find.end - find.begin));
  const std::string_view compact = compacted.view();
  if (HasRichFormOnly(compact)) return true;
  // Only what is said before it, and after the number before: "Steuernummer 21/815/08150 und Kundennummer 4477123"; and
  // what follows without a sign: "cédula 1355939406 Ecuador".
  const std::size_t first = scan.TokenAt(find.begin), last = scan.TokenAt(find.end) - 1;
  bool other_number = false, ended = false;
  const auto said = [&](std::size_t i) -> const RuleList* {
    const bool behind = i > last;
    other_number = (other_number && !behind) || scan.tokens[i].digits > 0;
    ended = behind && (ended || (scan.Between(i - 1) != " " && scan.Between(i - 1) != " ("));
    return other_number || ended ? nullptr : ContextAt(scan, i);
  };
  RuleList context;
  if (ReadContext(scan, first, last, said, context)) return false;
  const std::string layout = LayoutOf(scan.text.substr(find.begin, find.end - find.begin));
  const bool grouped = layout.find_first_of("-./") != layout.npos;
  const auto is_layout_of = [&](std::uint16_t rule) {
    const auto& layouts = rules_[rule].file->text->layouts;
    return std::ranges::find(layouts, layout) != layouts.end();
  };
  const auto words_for = [&](std::uint16_t rule) { return std::ranges::count(context, rule); };
  // A format with a check digit that the number fails though it is written so, or the text names that format more.
  const auto is_for_another = [&](std::uint16_t rule) {
    return rules_[rule].validator == nullptr && std::ranges::any_of(context, [&](std::uint16_t other) {
             return other != kOfThings && rules_[other].validator != nullptr && HasForm(other, compact) &&
                    (words_for(other) > words_for(rule) || (is_layout_of(other) && !is_layout_of(rule)));
           });
  };
  bool refuted = false;
  for (const std::uint16_t rule : context) {
    // "лична карта № 642935781": there are cards of other kinds.
    if (rule == kOfThings || rules_[rule].file->entity == Entity::kCreditCard) continue;
    // Signs between other groups than the format's: 9129-03456 is no 912-90-3456.
    const bool other_groups = grouped && !rules_[rule].file->text->layouts.empty() && !is_layout_of(rule);
    if (!other_groups && HasForm(rule, compact) && rules_[rule].Accepts(compact) && !is_for_another(rule)) return false;
    refuted |= rules_[rule].validator != nullptr;
  }
  return refuted;
}

namespace {

// "999-999-999", "9999-999999", "9999 9999 9999 9999": one or two of the same sign between digits, or groups that are
// as long, as many things are numbered.
bool IsCommonLayout(std::string_view value) {
  constexpr std::size_t kSignsMax = 2;
  std::size_t signs = 0, group = 0, first_group = 0;
  char sign = 0;
  bool alike = true;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i < value.size() && IsAsciiDigit(value[i])) {
      ++group;
      continue;
    }
    if (first_group == 0) first_group = group;
    alike = alike && group == first_group;
    group = 0;
    if (i == value.size()) break;
    if (sign != 0 && value[i] != sign) return false;
    sign = value[i];
    ++signs;
  }
  return signs <= kSignsMax || alike;
}

}  // namespace

// Of its letters and digits those number patterns that match.
void TextRules::MatchNumber(std::string_view value, std::string_view compact, bool digits_only,
                            std::vector<ValueMatch>& matches) const {
  const LengthBucket& bucket = numbers_by_length_[compact.size()];
  const PatternLists& lists = digits_only ? bucket.of_digits : bucket.with_letters;
  const bool grouped = compact.size() < value.size();
  const std::string layout = grouped ? LayoutOf(value) : std::string();
  for (std::size_t place = 0; place < lists.sets.size(); ++place) {
    std::uint64_t left = lists.Matching(compact, place, lists.sets[place].listed);
    for (; left != 0; left &= left - 1) {
      const auto listed = place * PatternLists::kAtOnce + static_cast<std::size_t>(std::countr_zero(left));
      const NumberPattern& number = numbers_[lists.all[listed]];
      if (!number.pattern.IsToldByLength() && !number.pattern.Matches(compact)) continue;
      if (!IsValid(number, compact)) continue;
      const Rule& rule = rules_[number.rule];
      const bool checked =
          rule.validator != nullptr && rule.validator->chance <= (digits_only ? kCheckOfDigits : kCheckDigit);
      const auto& layouts = rule.file->text->layouts;
      const bool laid_out = grouped && std::ranges::find(layouts, layout) != layouts.end();
      // Digits in the wrong groups are something else: a date is no number of a passport.
      if (!checked && !laid_out && grouped) continue;
      const bool says_so = laid_out && !(digits_only && rule.context_needed && IsCommonLayout(value));
      const bool only_form = !checked && !says_so && (digits_only || rule.context_needed);
      const double bits = (digits_only ? number.digit_bits : number.bits) + (laid_out ? kLayoutBits : 0);
      matches.push_back({rule.file, std::exp2(-bits), checked, only_form});
    }
  }
}

void TextRules::MatchValue(std::string_view value, std::vector<ValueMatch>& matches) const {
  ShortText compacted;
  bool digits_only = true;
  for (const char c : value) {
    if (IsAsciiAlnum(c)) {
      compacted.Add(c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c);
      digits_only = digits_only && IsAsciiDigit(c);
    } else if (!IsOneOf<" -./+()">(c)) {
      compacted.Clear();
      break;
    }
  }
  const std::string_view compact = compacted.view();
  if (!compact.empty() && compact.size() <= kNumberBytesMax) MatchNumber(value, compact, digits_only, matches);
  if (value.empty()) return;
  for (const std::uint16_t index : tokens_by_first_[static_cast<unsigned char>(value[0])]) {
    const TokenPattern& pattern = tokens_[index];
    if (!value.starts_with(pattern.pattern.literal_prefix())) continue;
    if (pattern.pattern.Matches(value)) matches.push_back({rules_[pattern.rule].file, 1e-6, true});
  }
}

}  // namespace privity::detect
