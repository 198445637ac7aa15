// What kind of number some groups are: by the patterns that match, check digits, how the groups are written, and the
// words near them.
#include "detect/internal/text_rules.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <utility>

#include "detect/internal/letters.h"
#include "detect/internal/number_chain.h"
#include "detect/internal/text_evidence.h"

namespace privity::detect {
namespace {

// One number is both in many countries.
bool IsNearKind(Entity a, Entity b) {
  const auto civil = [](Entity entity) { return entity == Entity::kNationalId || entity == Entity::kTaxId; };
  return civil(a) && civil(b);
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

// "K588741(0)" is whole with the bracket behind it.
std::uint32_t EndWithBracket(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  const std::string_view number = text.substr(begin, end - begin);
  const bool open = number.find('(') != number.npos && number.find(')') == number.npos;
  return open && end < text.size() && text[end] == ')' ? end + 1 : end;
}

}  // namespace

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
