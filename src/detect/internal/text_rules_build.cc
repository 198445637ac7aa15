// How detector files become rules.
#include "detect/internal/text_rules.h"

#include <algorithm>
#include <cmath>

#include "detect/internal/identifier_words.h"
#include "detect/internal/letters.h"
#include "detect/internal/pattern_forms.h"
#include "detect/internal/text_evidence.h"

namespace privity::detect {
namespace {

// Of a phrase, words that name nothing: every kind of number has one.
bool IsHollow(std::string_view word) {
  static const WordSet kHollow({"number",
                                "numero",
                                "nummer",
                                "numer",
                                "code",
                                "codigo",
                                "card",
                                "the",
                                "del",
                                "der",
                                "die",
                                "das",
                                "for",
                                "and",
                                "tax",
                                "identity",
                                "identification",
                                "national",
                                "nationale",
                                "register",
                                "key",
                                "token",
                                "cislo",
                                "broj",
                                "numar",
                                "numri",
                                "nomor",
                                "stevilka",
                                "numeris",
                                "numurs",
                                "номер",
                                "број",
                                "αριθμος",
                                "رقم"});
  return kHollow.contains(WordHash(word));
}

// Hashes of the words that speak for a rule, each once. Of a phrase each long word counts: texts bend and reorder them.
std::vector<std::uint32_t> WordsOf(const TextRule& text) {
  std::vector<std::uint32_t> hashes;
  for (const std::string& phrase : text.context) {
    const std::vector<std::string> words = PhraseWords(Fold(phrase));
    for (const std::string& word : words) {
      if (words.size() == 1 || (word.size() >= 3 && !IsHollow(word))) hashes.push_back(WordHash(word));
    }
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

// The letters of a word that may be written with dots between them: those of "nif", and of "r.č.", which the file
// writes so; none of others.
std::vector<std::string_view> DottedLetters(std::string_view word) {
  constexpr std::size_t kLettersMin = 3, kLettersMax = 5;
  std::vector<std::string_view> letters;
  std::size_t dots = 0;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t bytes = ReadCodePoint(word, at).bytes;
    if (word[at] == '.') {
      ++dots;
    } else if (bytes > 2 || word[at] == ' ') {
      return {};
    } else {
      letters.push_back(word.substr(at, bytes));
    }
    at += bytes;
  }
  const bool fits = dots > 0 ? dots == letters.size() : letters.size() >= kLettersMin && letters.size() <= kLettersMax;
  return fits ? letters : std::vector<std::string_view>();
}

// Whether it is one of a single token: nothing but digits and letters.
bool IsLayoutOfToken(std::string_view layout) {
  return std::ranges::all_of(layout, IsAsciiAlnum);
}

}  // namespace

Result<TextRules> TextRules::Build(const std::vector<std::shared_ptr<const DetectorFile>>& files,
                                   const GazetteerFile& gazetteer) {
  TextRules rules;
  for (const auto& file : files) {
    if (!file->text) continue;
    PRIVITY_TRY_VOID(rules.Add(*file));
  }
  for (const std::string& word : gazetteer.numbers_of_things) {
    Cue& cue = rules.cues_[WordHash(Fold(word))];
    cue.speaks_for.push_back(kOfThings);
    cue.for_numbers.push_back(kOfThings);
  }
  for (const std::string& word : gazetteer.beside_firms) rules.beside_firms_.Insert(WordHash(Fold(word)));
  rules.ReadPlainNumbers();
  rules.ReadBeginnings();
  rules.cue_words_ = WordTable(rules.cues_, [](const Cue& cue) { return cue.IsRead(); });
  return rules;
}

Status TextRules::Add(const DetectorFile& file) {
  const TextRule& text = *file.text;
  Rule rule{.file = &file, .context_needed = text.context_needed};
  if (text.validator) {
    rule.validator = FindValidator(*text.validator);
    if (rule.validator == nullptr) {
      return Error("detect.validator_unknown", {{"detector", file.pack.id}, {"validator", *text.validator}});
    }
  }
  for (const std::string& form : PhraseWords(rule.validator == nullptr ? "" : rule.validator->forms)) {
    PRIVITY_TRY(Pattern pattern, Pattern::Parse(form));
    rule.forms.push_back(std::move(pattern));
  }
  for (const std::string_view layout : text.layouts) {
    // "A999999(9)": a number ends with its last digit.
    rule.layouts.push_back(LayoutHash(layout.substr(0, layout.find_last_not_of(')') + 1)).value());
  }
  const auto index = static_cast<std::uint16_t>(rules_.size());
  rules_.push_back(std::move(rule));
  numbers_by_rule_.emplace_back();
  lengths_by_rule_.emplace_back();
  for (const std::string& word : text.words) {
    // "mère" is no "mere", "żona" no "zona".
    const bool accented = text.beside_people != BesidePeople::kNo &&
                          std::ranges::any_of(word, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    cues_[WordHash(Fold(word))].words.push_back({index, IsUpperLetter(ReadCodePoint(word, 0).value), accented});
  }
  AddContext(text, index);
  RuleList after_context;
  auto status = AddPatterns(text, index, after_context);
  AddAfterContext(text, after_context);
  return status.ok() ? Ok() : Error(status.error()).With("detector", file.pack.id);
}

void TextRules::AddContext(const TextRule& text, std::uint16_t rule) {
  for (const std::uint32_t word : WordsOf(text)) {
    Cue& cue = cues_[word];
    cue.speaks_for.push_back(rule);
    if (text.shape == TextShape::kNumber) cue.for_numbers.push_back(rule);
    cue.only_kind = IsKindWord(word);
  }
  if (text.shape != TextShape::kNumber) return;
  for (const std::string& phrase : text.context) {
    const std::string folded = Fold(phrase);
    const auto letters = DottedLetters(folded);
    if (letters.empty()) continue;
    cues_[WordHash(letters.back())].ends_dotted = true;
    std::string joined;
    for (const std::string_view letter : letters) joined += letter;
    cues_[WordHash(joined)].may_be_dotted = true;
  }
}

void TextRules::AddAfterContext(const TextRule& text, const RuleList& tokens) {
  if (tokens.empty()) return;
  for (const std::uint32_t word : WordsOf(text)) {
    Cue& cue = cues_[word];
    cue.tokens_after.insert(cue.tokens_after.end(), tokens.begin(), tokens.end());
    for (const std::uint16_t index : tokens)
      cue.letters_after_min = std::min(cue.letters_after_min, tokens_[index].letters_min);
  }
}

Status TextRules::AddPatterns(const TextRule& text, std::uint16_t rule, RuleList& after_context) {
  std::size_t steps = 0;
  for (const std::string& written : text.patterns) {
    PRIVITY_TRY(Pattern pattern, Pattern::Parse(written));
    steps += pattern.steps_max();
    if (steps > Pattern::kStepsOfDetectorMax) {
      return Error("detect.too_slow",
                   {{"pattern", written}, {"maximum", std::to_string(Pattern::kStepsOfDetectorMax)}});
    }
    if (text.shape == TextShape::kToken) {
      const auto index = static_cast<std::uint16_t>(tokens_.size());
      const std::string& literal = pattern.literal_prefix();
      if (literal.size() < 2 && text.context_needed) after_context.push_back(index);
      if (text.context_needed && BeginsWithoutAscii(pattern)) inside_tokens_.push_back(index);
      if (literal.size() >= 2) tokens_by_first_[static_cast<unsigned char>(literal[0])].push_back(index);
      TokenPattern token;
      token.rule = rule;
      token.letters_min = LettersMin(pattern.items());
      for (const Pattern::Item& item : pattern.items()) token.accepts |= item.accepts;
      if (HasOnlyLettersAndDigits(token.accepts) && pattern.bytes_max() < kLongKeyBytes)
        token.letters_max = static_cast<std::uint32_t>(pattern.bytes_max());
      token.pattern = std::move(pattern);
      tokens_.push_back(std::move(token));
      continue;
    }
    AddNumber(text, {.rule = rule, .pattern = std::move(pattern)});
  }
  return Ok();
}

void TextRules::AddNumber(const TextRule& text, NumberPattern number) {
  const auto& items = number.pattern.items();
  number.first = FirstBits(number.pattern);
  number.has_form = std::ranges::any_of(rules_[number.rule].forms,
                                        [&](const Pattern& form) { return number.pattern.IsWithin(form); });
  number.digits_only =
      std::none_of(items.begin(), items.end(), [](const auto& item) { return HasLetters(item.accepts); });
  bool needs_digit = false;
  for (const Pattern::Item& item : items) {
    number.needs_letter |= item.min > 0 && !HasDigits(item.accepts);
    needs_digit |= item.min > 0 && !HasLetters(item.accepts);
    number.bits += item.min * BitsOf(item.accepts, number.digits_only);
    number.digit_bits += item.min * BitsOf(item.accepts, true);
  }
  number.foreign_context = kForeignContext;
  if (const Validator* validator = rules_[number.rule].validator; validator != nullptr) {
    if (validator->chance <= kSureChance && number.pattern.bytes_min() >= kSureBytes)
      number.foreign_context = kForeignToSure;
    if (rules_[number.rule].file->entity == Entity::kPostalCode) number.foreign_context = kForeignToPlace;
    number.bits -= std::log2(validator->chance);
    number.digit_bits -= std::log2(validator->chance);
  }
  for (std::size_t n = number.pattern.bytes_min(); n <= std::min(kNumberBytesMax, number.pattern.bytes_max()); ++n) {
    letters_alone_[n] = letters_alone_[n] || !needs_digit;
    if (letters_alone_[n] && n <= kLettersInGroupMax) letters_may_be_alone_ = ~std::uint64_t{0};
    for (const bool of_digits : {true, false}) {
      if (number.MayMatch(of_digits)) List(text, number, n, of_digits);
    }
  }
  numbers_by_rule_[number.rule].push_back(static_cast<std::uint16_t>(numbers_.size()));
  numbers_.push_back(std::move(number));
}

// Among those of a length, the next of all patterns.
void TextRules::List(const TextRule& text, const NumberPattern& number, std::size_t length, bool of_digits) {
  constexpr std::size_t kDigits = 10;
  LengthBucket& bucket = numbers_by_length_[length];
  PatternLists& lists = of_digits ? bucket.of_digits : bucket.with_letters;
  const std::uint64_t bit = std::uint64_t{1} << lists.all.size() % PatternLists::kAtOnce;
  lists.Add(static_cast<std::uint16_t>(numbers_.size()), number.pattern, length, of_digits ? kDigits : kFirsts);
  Lengths& lengths = lengths_by_rule_[number.rule];
  (of_digits ? lengths.of_digits : lengths.with_letters) |= std::uint64_t{1} << length;
  PatternLists::Sets& sets = lists.sets.back();
  const double most =
      text.context_needed ? 0 : number.OwnScore(length, of_digits) + (text.layouts.empty() ? 0 : kLayoutTight);
  if (most + number.foreign_context >= kReport) sets.against_context |= bit;
  if (most < kReport) return;
  const Bare needs = BareOf(number, length, of_digits);
  lists.needs.back() = needs;
  if (needs.in_one_group != 0) sets.in_one_group |= bit;
  if (needs.in_any_groups != 0) sets.in_any_groups |= bit;
  if (needs.layouts != 0) sets.laid_out |= bit;
  BareBegins& begins = bare_begins_[length][of_digits];
  begins.several |= needs.first();
  begins.one_token |= needs.in_one_group;
  if (!of_digits && std::ranges::any_of(text.layouts, IsLayoutOfToken)) begins.one_token |= needs.laid_out;
}

void TextRules::PatternLists::Add(std::uint16_t index, const Pattern& pattern, std::size_t length, std::size_t kinds) {
  kinds_of_characters = kinds;
  const std::size_t place = all.size() / kAtOnce;
  const std::uint64_t bit = std::uint64_t{1} << all.size() % kAtOnce;
  all.push_back(index);
  needs.emplace_back();
  plain_scores.emplace_back();
  sets.resize(place + 1);
  sets[place].listed |= bit;
  accepts.resize((place + 1) * length * kinds);
  std::size_t character = 0;
  const auto add_places = [&](const Pattern::Class& accepted, std::size_t count) {
    for (; count > 0; --count, ++character) {
      std::uint64_t* const of_kinds = accepts.data() + (place * length + character) * kinds;
      for (std::size_t kind = 0; kind < kinds; ++kind) {
        if (accepted[kind < 10 ? '0' + kind : 'A' + kind - 10]) {
          of_kinds[kind] |= bit;
        } else {
          sets[place].telling = std::max(sets[place].telling, character + 1);
        }
      }
    }
  };
  if (!pattern.IsToldByLength()) return add_places(Pattern::Class().set(), length);
  for (const Pattern::Item& item : pattern.items()) {
    const std::size_t more = item.min == item.max ? 0 : length - pattern.bytes_min();
    add_places(item.accepts, static_cast<std::size_t>(item.min) + more);
  }
}

double TextRules::NumberPattern::OwnScore(std::size_t length, bool of_digits) const {
  return kBase + kForBit * std::min(kBitsMax, of_digits ? digit_bits : bits) + ForLength(length);
}

TextRules::Bare TextRules::BareOf(const NumberPattern& number, std::size_t length, bool of_digits) const {
  constexpr double kRounding = 1e-9;
  const std::vector<std::uint32_t>& layouts = rules_[number.rule].layouts;
  const double own = number.OwnScore(length, of_digits) + kRounding;
  Bare bare{.in_one_group = own >= kReport ? number.first : 0,
            .in_any_groups = own - (layouts.empty() ? 0 : kLayoutLoose) >= kReport ? number.first : 0,
            .laid_out = number.first};
  for (const std::uint32_t layout : layouts) bare.layouts |= LayoutBit(layout);
  return bare;
}

}  // namespace privity::detect
