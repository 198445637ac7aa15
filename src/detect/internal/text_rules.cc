#include "detect/internal/text_rules.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <map>

#include "detect/internal/char_bits.h"
#include "detect/internal/identifier_words.h"
#include "detect/internal/letters.h"
#include "detect/internal/machine.h"

namespace privity::detect {
namespace {

// What the groups of a value say: of all numbers with as many digits, few are written so.
constexpr double kLayoutBits = 5;

// Evidence in a number, added up to at most kMax; reported from kReport on. Set by hand; stdnum's vectors were looked
// at meanwhile and measure it too (docs/accuracy.md).
constexpr double kBase = 0.10;
constexpr double kForBit = 0.06;
constexpr double kBitsMax = 9;
constexpr double kForLongNumber = 0.03;  // for each digit beyond ten
constexpr double kLayoutTight = 0.40;    // two or more hyphens, dots or slashes where the rule wants them
constexpr double kLayoutLoose = 0.15;
constexpr double kCut = -0.30;  // of a number in groups, the first ones: "185 472" of "185 472 91"
constexpr double kContext = 0.45;
constexpr double kKindContext = 0.2;       // the text says that it is a number of this kind, of no country
constexpr double kNearKindContext = 0.1;   // of a kind that is the same in many countries
constexpr double kForeignContext = -0.35;  // the text says that it is something else
constexpr double kForeignToPlace = -0.05;  // a sure postal code stands beside people's numbers of all kinds
constexpr double kForeignToSure = -0.1;    // likewise, of a long number whose check chance passes once in ninety
constexpr double kSureChance = 0.011;
constexpr std::size_t kSureBytes = 15;
constexpr double kMax = 0.99;
constexpr double kReport = 0.5;
constexpr double kCheckDigit = 0.2;   // validators that accept more are no check digits
constexpr double kTokenScore = 0.96;  // above that of an address of the web: one that is a secret is no mere address
constexpr double kTokenAfterContext = 0.75;
constexpr double kWordScore = 0.6;

constexpr std::size_t kGroupsMax = 8;
constexpr std::size_t kContextBefore = 8;
constexpr std::size_t kContextAfter = 3;
constexpr int kLinesBefore = 1;           // that end between a word and the number after it
constexpr std::size_t kThingsBefore = 2;  // "batch no. 20260417-03"
constexpr std::size_t kLettersInGroupMax = 5;
constexpr std::size_t kGroupBytesMax = 36;
constexpr std::size_t kShortGroup = 4;

// Bits that a character of the class carries in a text of letters and digits.
double BitsOf(const Pattern::Class& accepts, bool digits_only) {
  int known = 0;
  for (int c = '0'; c <= '9'; ++c) known += accepts[static_cast<std::size_t>(c)];
  if (!digits_only) {
    for (int c = 'A'; c <= 'Z'; ++c) known += accepts[static_cast<std::size_t>(c)];
  }
  return known == 0 ? 0 : std::log2((digits_only ? 10.0 : 36.0) / known);
}

// Long numbers are rare by chance.
double ForLength(std::size_t digits) {
  return digits > 10 ? kForLongNumber * static_cast<double>(std::min<std::size_t>(digits - 10, 4)) : 0;
}

bool HasDigits(const Pattern::Class& accepts) {
  for (int c = '0'; c <= '9'; ++c) {
    if (accepts[static_cast<std::size_t>(c)]) return true;
  }
  return false;
}

bool HasLetters(const Pattern::Class& accepts) {
  for (int c = 'A'; c <= 'Z'; ++c) {
    if (accepts[static_cast<std::size_t>(c)]) return true;
  }
  return false;
}

bool HasOnlyDigits(const Pattern::Class& accepts) {
  std::size_t digits = 0;
  for (std::size_t c = '0'; c <= '9'; ++c) digits += accepts[c];
  return digits > 0 && digits == accepts.count();
}

// They say what kind of number it is and nothing of its format: files name them for their own country's, and every
// country has such numbers. So they speak for all of the kind, and a number that is none of theirs may be another's.
bool IsKindWord(std::uint32_t word) {
  static const WordSet kWords(
      {"national", "identity", "identification", "identifier",     "id",        "personal",  "citizen", "resident",
       "civil",    "tax",      "taxpayer",       "fiscal",         "number",    "document",  "card",    "insurance",
       "health",   "medical",  "driver",         "drivers",        "driving",   "licence",   "license", "identidad",
       "identite", "identita", "identidade",     "identificacion", "personnel", "personale", "nummer",  "numero"});
  return kWords.contains(word);
}

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
char SeparatorBehind(const Scan& scan, std::size_t at) {
  const Token* const token = scan.tokens.data() + at;
  const char sign = scan.text.data()[token->end];
  if (token[1].begin == token->end + 1) return IsOneOf<" -./+(">(sign) ? sign : '\0';  // as nearly all
  return SeparatorOfSigns(scan.Between(at));
}

bool IsGroup(const Token& token) {
  const std::uint32_t size = token.size();
  if (!token.ascii) return false;
  if (token.digits > 0) return size <= kGroupBytesMax;
  return size <= kLettersInGroupMax && (!token.has_lower || size == 1);
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

// Whether what stands behind a token makes a longer number of it, or a name: 3.14159, 12-34, 5%, 12_a.
bool GoesOnBehind(const Scan& scan, std::size_t at) {
  const std::string_view text = scan.text;
  const std::size_t end = scan.tokens.data()[at].end;
  if (end == text.size() || !IsOneOf<"%_.-/:,">(text.data()[end])) return false;
  const char sign = text.data()[end];
  if (sign == '%' || sign == '_') return true;
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

bool BeginsWithoutAscii(const Pattern& pattern) {
  return pattern.items()[0].accepts._Find_first() >= 0x80;
}

// What may stand at a place of a match.
Pattern::Class ClassAt(const Pattern& pattern, std::size_t place) {
  std::size_t at = 0;
  for (const Pattern::Item& item : pattern.items()) {
    at += static_cast<std::size_t>(item.min);
    if (at > place) return item.accepts;
    if (item.min != item.max) break;  // what follows may stand there, too
  }
  return Pattern::Class().set();
}

// One of 36 bits for a digit or a letter.
std::uint64_t FirstBit(char c) {
  return std::uint64_t{1} << (IsAsciiDigit(c) ? c - '0' : (c & ~0x20) - 'A' + 10);
}

// One of 64 bits for the hash of a layout.
std::uint64_t LayoutBit(std::uint32_t layout) {
  return std::uint64_t{1} << layout % 64;
}

// Of all that a match can begin with.
std::uint64_t FirstBits(const Pattern& pattern) {
  std::uint64_t bits = 0;
  for (const Pattern::Item& item : pattern.items()) {
    for (const char c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
      if (item.accepts[static_cast<unsigned char>(c)]) bits |= FirstBit(c);
    }
    if (item.min > 0) break;
  }
  return bits;
}

// Letters and digits that stand at the begin of every match of some items, without anything else among them.
std::uint32_t LettersMin(std::span<const Pattern::Item> items) {
  std::uint32_t count = 0;
  for (const Pattern::Item& item : items) {
    for (std::size_t c = item.accepts._Find_first(); c < 256; c = item.accepts._Find_next(c)) {
      if (!IsAsciiAlnum(static_cast<char>(c))) return count;
    }
    count += static_cast<std::uint32_t>(item.min);
  }
  return count;
}

// Where the letters and digits at the begin of every match end with a sign: the most of them, and the sign.
struct FirstWord {
  std::size_t letters_max = 0;
  Pattern::Class signs = {};
  std::uint32_t next_letters_min = 0;  // behind one sign; 0: more of them may stand there
};
FirstWord FirstWordOf(const Pattern& pattern) {
  static const Pattern::Class kLetters = [] {
    Pattern::Class letters;
    for (std::size_t c = 0; c < letters.size(); ++c) letters[c] = c >= 0x80 || IsAsciiAlnum(static_cast<char>(c));
    return letters;
  }();
  FirstWord word;
  const std::span<const Pattern::Item> items = pattern.items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Pattern::Item& item = items[i];
    if ((item.accepts & kLetters).none()) {
      if (item.min > 0) word.signs = item.accepts;
      if (item.min == 1 && item.max == 1) word.next_letters_min = LettersMin(items.subspan(i + 1));
      return word;
    }
    if ((item.accepts & ~kLetters).any()) return word;
    word.letters_max += static_cast<std::size_t>(item.max);
  }
  return word;
}

// Whether TokenBits::keys has the first word of every match: it is long, or one of the signs stands behind it.
bool IsToldByKeyBits(const Pattern& pattern) {
  if (pattern.bytes_min() < TokenBits::kLongBytes) return false;
  std::size_t at = 0;  // the first place where the item may stand
  bool has_digit = false;
  for (const Pattern::Item& item : pattern.items()) {
    bool has_letters = false, has_high = false;
    for (std::size_t c = item.accepts._Find_first(); c < item.accepts.size(); c = item.accepts._Find_next(c)) {
      const char sign = static_cast<char>(c);
      has_letters = has_letters || IsAsciiAlnum(sign);
      has_high = has_high || c >= 0x80;
      if (c < 0x80 && !IsAsciiAlnum(sign) && !IsJoin(sign) && !(IsDivider(sign) && has_digit)) return false;
    }
    if (has_high) return at == 0 && item.min > 0 && !has_letters;  // no word of ASCII
    if (item.min > 0 && !has_letters) return true;                 // what follows is another word
    at += static_cast<std::size_t>(item.min);
    if (at >= TokenBits::kLongBytes) return true;
    has_digit = has_digit || (item.min > 0 && HasOnlyDigits(item.accepts));
  }
  return true;
}

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

// How a number is grouped, as a hash of its runs of digits and of letters and of the signs between them.
class LayoutHash {
 public:
  constexpr LayoutHash() = default;
  // Of what `LayoutOf` gives, or a file.
  constexpr explicit LayoutHash(std::string_view layout) {
    for (std::size_t at = 0; at < layout.size();) {
      const std::size_t end = std::min(layout.find_first_not_of(layout[at], at), layout.size());
      Add(layout[at], end - at);
      at = end;
    }
  }
  // Digits are '9', letters 'A'; of signs one at a time.
  constexpr void Add(char kind, std::size_t count) {
    value_ = (value_ ^ static_cast<std::uint32_t>(count << 8 | static_cast<unsigned char>(kind))) * 0x9E3779B1u;
    value_ ^= value_ >> 15;
  }
  void AddWord(std::string_view word, std::size_t digits) {
    while (digits > 0 && digits < word.size()) {
      const bool digit = IsAsciiDigit(word.front());
      std::size_t run = 1;
      while (run < word.size() && IsAsciiDigit(word.data()[run]) == digit) ++run;
      Add(digit ? '9' : 'A', run);
      word.remove_prefix(run);
      digits -= digit ? run : 0;
    }
    if (!word.empty()) Add(digits > 0 ? '9' : 'A', word.size());
  }
  constexpr std::uint32_t value() const { return value_; }

 private:
  std::uint32_t value_ = 0;
};

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

// Whether it is one of a single token: nothing but digits and letters.
bool IsLayoutOfToken(std::string_view layout) {
  return std::ranges::all_of(layout, IsAsciiAlnum);
}

// "AB-12 3" is "AA-99 9".
std::string LayoutOf(std::string_view value) {
  std::string layout(value);
  for (char& c : layout) {
    if (IsAsciiDigit(c)) c = '9';
    if (IsAsciiLetter(c)) c = 'A';
  }
  return layout;
}

// Of a hash or a key of a row, as programs write them.
bool IsHexadecimal(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return IsAsciiDigit(c) || (c >= 'a' && c <= 'f'); });
}

// Whether what ends before `at` goes on there. Where East Asian letters meet others, another token begins.
bool GoesOnAsWord(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return IsAsciiAlnum(text[at]) || text[at] == '_';
  const bool within_letter = (byte & 0xC0) == 0x80;
  const char32_t next = ReadCodePoint(text, at).value;
  return within_letter || (IsLetter(next) && !IsEastAsian(next));
}

}  // namespace

double Entropy(std::string_view value) {
  std::array<int, 256> counts{};
  for (const char c : value) ++counts[static_cast<unsigned char>(c)];
  double entropy = 0;
  for (const int count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(value.size());
    entropy -= share * std::log2(share);
  }
  return entropy;
}

bool LooksMadeUp(std::string_view value) {
  static const WordSet kStandIns({"password",  "passwd",      "pass",       "pwd",      "secret",     "mypassword",
                                  "password1", "password123", "passw0rd",   "changeit", "admin123",   "postgres",
                                  "topsecret", "secret123",   "mypass",     "userpass", "root",       "guest",
                                  "passwort",  "kennwort",    "contrasena", "senha",    "wachtwoord", "haslo",
                                  "heslo",     "jelszo",      "losenord"});
  static constexpr std::array<std::string_view, 40> kTelling = {
      "example",  "sample",   "placeholder", "changeme", "change_me",   "change-me", "replace",   "your_",
      "your-",    "yourkey",  "yourto",      "dummy",    "redacted",    "xxxx",      "****",      "....",
      "insert",   "todo",     "fixme",       "notreal",  "not_real",    "not-real",  "lorem",     "ipsum",
      "abcdefgh", "12345678", "87654321",    "foobar",   "secret_here", "my_secret", "my-secret", "mysecret",
      "test1234", "00000000", "11111111",    "deadbeef", "${",          "{{",        "fake-",     "fake_"};
  const std::string folded = Fold(value.substr(0, 512));
  if (kStandIns.contains(WordHash(folded))) return true;
  for (const std::string_view word : kTelling) {
    if (folded.find(word) != folded.npos) return true;
  }
  if (value.empty() || value.front() == '<' || value.front() == '$') return true;
  if (value.front() == '%' && value.back() == '%') return true;  // of a variable
  return value.size() >= 8 && Entropy(value) < 1.8;
}

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
  bool is_hash = false;                      // a hash or a key of a row, by its letters
  bool only_kinds = false;                   // no word near it speaks of a format, but some do of a kind
  bool has_prefix = false;                   // letters of a country and a sign stand apart before it: "PT 501 964 843"
  bool cut = false;                          // another group of digits follows those read, with a space as between them
  bool cut_alike = false;                    // and has as many digits as the last of them
  std::array<char, kGroupsMax> signs = {};   // behind each group, but the last
  std::uint64_t first_bit = 0;               // of its first character (FirstBit)
  std::uint32_t layout = 0;                  // of what counts: without a prefix
  std::uint32_t whole_layout = 0;            // with it
  std::size_t tokens_end = 0;                // of the text
  std::span<const SpokenCue> speaking = {};  // of the text, from those near the chain's begin on
  std::vector<std::uint16_t> context = {};   // rules that words near it speak for
  std::vector<std::uint16_t> candidates = {};  // number patterns worth trying, ascending; where the rules hold no list
  ShortText compact = {};                      // Compact() of several groups,
  std::size_t compact_end = 0;                 // up to this token
  LayoutHash layout_read = {};                 // WholeLayout(),
  std::size_t layout_end = 0;                  // likewise

  bool in_one_group() const { return tight + loose == (has_prefix ? 1 : 0); }

  void Begin(const Scan& scan, std::size_t token) {
    begin = scan.tokens.data()[token].begin;
    first = token;
    tight = loose = 0;
    compact.Clear();
    layout_read = {};
    compact_end = layout_end = token;
    first_bit = FirstBit(scan.text.data()[begin]);
    while (!speaking.empty() && speaking.front().token + kContextBefore < token) speaking = speaking.subspan(1);
  }
  // The first token that has a word near it which speaks for rules of numbers, if it is of the chain: as hardly ever.
  std::size_t NamedFrom() const {
    if (speaking.empty()) return std::numeric_limits<std::size_t>::max();
    return speaking.front().token - std::min<std::size_t>(speaking.front().token, kContextAfter);
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
  void AddToLayout(const Scan& scan, std::size_t token, std::size_t from, LayoutHash& layout_of) const {
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

Result<TextRules> TextRules::Build(const std::vector<std::shared_ptr<const DetectorFile>>& files,
                                   const std::vector<std::string>& numbers_of_things) {
  TextRules rules;
  for (const auto& file : files) {
    if (!file->text) continue;
    PRIVITY_TRY_VOID(rules.Add(*file));
  }
  for (const std::string& word : numbers_of_things) {
    Cue& cue = rules.cues_[WordHash(Fold(word))];
    cue.speaks_for.push_back(kOfThings);
    cue.for_numbers.push_back(kOfThings);
  }
  rules.ReadPlainNumbers();
  rules.ReadFirsts();
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

bool TextRules::Rule::Accepts(std::string_view text) const {
  if (validator == nullptr) return true;
  return std::any_of(forms.begin(), forms.end(), [&](const Pattern& form) { return form.Matches(text); }) &&
         validator->accepts(text);
}

void TextRules::AddContext(const TextRule& text, std::uint16_t rule) {
  for (const std::uint32_t word : WordsOf(text)) {
    Cue& cue = cues_[word];
    cue.speaks_for.push_back(rule);
    if (text.shape == TextShape::kNumber) cue.for_numbers.push_back(rule);
    cue.only_kind = IsKindWord(word);
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
  const auto index = static_cast<std::uint16_t>(numbers_.size());
  for (std::size_t n = number.pattern.bytes_min(); n <= std::min(kNumberBytesMax, number.pattern.bytes_max()); ++n) {
    letters_alone_[n] = letters_alone_[n] || !needs_digit;
    for (const bool of_digits : {true, false}) {
      if (!number.MayMatch(of_digits)) continue;
      PatternLists& lists = of_digits ? numbers_by_length_[n].of_digits : numbers_by_length_[n].with_letters;
      const double most =
          text.context_needed ? 0 : number.OwnScore(n, of_digits) + (text.layouts.empty() ? 0 : kLayoutTight);
      lists.all.push_back(index);
      if (most >= kReport) {
        const Bare needs = BareOf(number, n, of_digits);
        lists.bare.push_back({needs, index});
        lists.any_bare.Add(needs);
        BareBegins& begins = bare_begins_[n][of_digits];
        begins.several |= needs.first();
        begins.one_token |= needs.in_one_group;
        if (!of_digits && std::ranges::any_of(text.layouts, IsLayoutOfToken)) begins.one_token |= needs.laid_out;
      }
      if (most + number.foreign_context >= kReport) lists.against_context.push_back(index);
    }
  }
  numbers_by_rule_[number.rule].push_back(index);
  numbers_.push_back(std::move(number));
}

// They share groups with those that they are most like: with their neighbours in the alphabet where three characters
// are known, or two; others by how long their words are. So what a group may begin with stays narrow.
void TextRules::ReadBeginnings() {
  struct Likeness {
    std::string_view begin = {};
    std::uint32_t letters = 0, next_letters = 0;

    auto operator<=>(const Likeness&) const = default;
  };
  constexpr std::array<std::size_t, 3> kGroups = {40, 12, 12};  // of three characters, two, fewer
  std::array<std::map<Likeness, RuleList>, kGroups.size()> alike;
  for (std::uint16_t index = 0; index < tokens_.size(); ++index) {
    const TokenPattern& token = tokens_[index];
    const std::string_view literal = token.pattern.literal_prefix();
    if (literal.size() >= 2) {
      alike[literal.size() == 2 ? 1 : 0][{literal.substr(0, 3)}].push_back(index);
    } else if (!rules_[token.rule].context_needed) {
      alike[2][{{}, token.letters_min, FirstWordOf(token.pattern).next_letters_min}].push_back(index);
    }
  }
  std::size_t first_group = 0;
  for (std::size_t kind = 0; kind < kGroups.size(); ++kind) {
    std::size_t place = 0;
    for (const auto& [likeness, patterns] : alike[kind]) {
      const std::size_t group = first_group + place++ * kGroups[kind] / alike[kind].size();
      for (const std::uint16_t index : patterns) {
        const Pattern& pattern = tokens_[index].pattern;
        starts_.Add(pattern, index, group);
        if (!IsToldByKeyBits(pattern) && !BeginsWithCue(pattern)) asks_all_words_ = true;
      }
    }
    first_group += kGroups[kind];
  }
  for (std::vector<Start>& group : starts_.starts) std::ranges::sort(group, {}, &Start::pattern);
}

// "SG." and the like: a word that is known, a sign behind it; it is found among the cues then.
bool TextRules::BeginsWithCue(const Pattern& pattern) {
  const std::string& literal = pattern.literal_prefix();
  const auto sign = std::ranges::find_if_not(literal, IsAsciiAlnum);
  if (sign == literal.begin() || sign == literal.end() || static_cast<unsigned char>(*sign) >= 0x80) return false;
  cues_[WordHash(Fold(std::string(literal.begin(), sign)))].begins_token = true;
  return true;
}

// A match is inside a word, which is long then, or goes on behind it with a sign.
void TextRules::Starts::Add(const Pattern& pattern, std::uint16_t index, std::size_t group) {
  Start start{.pattern = index, .letters_min = LettersMin(pattern.items())};
  const std::string_view literal = std::string_view(pattern.literal_prefix()).substr(0, sizeof start.bytes);
  std::memcpy(&start.bytes, literal.data(), literal.size());
  std::memset(&start.mask, 0xFF, literal.size());
  FirstWord word = FirstWordOf(pattern);
  const bool may_be_inside = word.signs.none() || word.letters_max >= kWordBytesMax;
  if (may_be_inside) {
    word.letters_max = kWordBytesMax;
    word.next_letters_min = 0;
    for (const Pattern::Item& item : pattern.items()) word.signs |= item.accepts;
  }
  const Groups bit = Groups{1} << group;
  for (std::size_t place = 0; place < kBytes; ++place) {
    const Pattern::Class accepts = ClassAt(pattern, place);
    for (std::size_t c = accepts._Find_first(); c < 256; c = accepts._Find_next(c)) of_bytes[place][c] |= bit;
  }
  const auto add_from = [&](auto& of_lengths, std::size_t from, std::size_t to) {
    for (std::size_t n = std::min(from, kWordBytesMax); n <= to; ++n) of_lengths[n] |= bit;
  };
  if (may_be_inside) add_from(of_words, pattern.bytes_min(), kWordBytesMax);
  add_from(of_words_with_sign, start.letters_min, word.letters_max);
  add_from(of_next_words, word.next_letters_min, kWordBytesMax);
  for (std::size_t c = word.signs._Find_first(); c < 256; c = word.signs._Find_next(c)) of_signs[c] |= bit;
  start.next_letters_min = word.next_letters_min;
  starts[group].push_back(start);
}

// Of a number in one group of digits, with no word near it, everything that counts is known beforehand.
void TextRules::ReadPlainNumbers() {
  for (std::size_t length = 1; length <= kNumberBytesMax; ++length) {
    Chain chain;
    chain.size = length;
    LayoutHash digits;
    digits.Add('9', length);
    chain.layout = digits.value();
    LengthBucket& bucket = numbers_by_length_[length];
    for (const BarePattern& bare : bucket.of_digits.bare) {
      const double score = ScoreNumber(numbers_[bare.pattern], chain);
      if (score >= kReport) bucket.plain.push_back({bare.needs.in_one_group, score, bare.pattern});
    }
  }
}

// Of a chain only the patterns are looked at that may begin as it does: there are dozens of each length.
void TextRules::ReadFirsts() {
  for (LengthBucket& bucket : numbers_by_length_) {
    for (PatternLists* lists : {&bucket.of_digits, &bucket.with_letters}) {
      for (std::size_t first = 0; first < kFirsts; ++first) {
        for (std::uint16_t i = 0; i < lists->bare.size(); ++i) {
          if ((lists->bare[i].needs.first() >> first & 1) != 0) lists->bare_by_first.push_back(i);
        }
        lists->firsts[first + 1] = static_cast<std::uint16_t>(lists->bare_by_first.size());
      }
    }
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

const std::vector<std::uint16_t>* TextRules::ContextOf(const Token& token) const {
  const Cue* cue = cues_.Find(token.hash);
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
    const RuleList* known = ContextOf(scan.tokens[i]);
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
      scan, scan.TokenAt(find.begin), scan.TokenAt(find.end) - 1,
      [&](std::size_t i) { return ContextOf(scan.tokens[i]); }, rules);
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
    const TokenBits& bits = scan.bits.data()[first / TokenBits::kTokens];
    places.numbers.Add(bits.digits | LetterGroups(scan, first, bits.letters));
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
  std::uint64_t starts =
      asks_all_words_ ? ~std::uint64_t{0} : known | scan.bits.data()[first / TokenBits::kTokens].keys;
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

// Of groups of letters those that may begin a number: alone, or another group follows.
std::uint64_t TextRules::LetterGroups(const Scan& scan, std::size_t first, std::uint64_t letters) const {
  const Token* const tokens = scan.tokens.data() + first;
  const std::size_t count = scan.tokens.size() - first;
  std::uint64_t groups = 0;
  for (; letters != 0; letters &= letters - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(letters));
    const std::size_t size = tokens[i].size();
    if (size <= kLettersInGroupMax && (letters_alone_.data()[size] || (i + 1 < count && IsGroup(tokens[i + 1]))))
      groups |= letters & -letters;
  }
  return groups;
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
    const auto token = static_cast<std::uint32_t>(first + i);
    if (!cue->for_numbers.empty()) places.for_numbers.Add({token, cue});
    if (!cue->tokens_after.empty()) places.before_tokens.Add({token, cue});
    if (!cue->words.empty() && tokens[i].digits == 0) places.words.Add({token, cue});
    if (cue->begins_token) begins |= cues & -cues;
  }
  return begins;
}

namespace {

// "hermana mayor", "hijos políticos", "grand-mère", "beau-père".
void WidenRelative(const Scan& scan, std::size_t at, Find& find) {
  static const WordSet kWhich(
      {"mediano", "mediana", "pequeno", "pequena", "nieto", "nieta", "politico", "politica", "politicos", "politicas"});
  static const WordSet kBefore({"grand", "beau", "belle", "petit", "petite", "arriere", "demi", "ex"});
  if (at > 0 && scan.IsBetween(at - 1, '-') && kBefore.contains(scan.tokens[at - 1].hash))
    find.begin = scan.tokens[at - 1].begin;
  if (at + 1 < scan.tokens.size() && scan.IsBetween(at, ' ') && kWhich.contains(scan.tokens[at + 1].hash))
    find.end = scan.tokens[at + 1].end;
}

}  // namespace

void TextRules::FindWords(const Scan& scan, const Places& places, std::vector<Find>& finds) const {
  for (const SpokenCue& spoken : places.words) {
    const Token& token = scan.tokens[spoken.token];
    for (const Word& word : spoken.cue->words) {
      if ((word.capital && !token.upper_first) || (word.accented && token.ascii)) continue;
      const Rule& rule = rules_[word.rule];
      const bool needs_people = rule.context_needed && !IsNamed(scan, spoken.token, word.rule);
      // "mari" is a husband, "Mari" somebody; German writes both with a capital, and so does its file.
      if (needs_people && token.upper_first && !word.capital) continue;
      if (needs_people && !MayCountBesidePeople(scan, spoken.token, *rule.file)) continue;
      Find find{token.begin, token.end, rule.file, kWordScore, false, needs_people};
      if (rule.file->entity == Entity::kFamily) WidenRelative(scan, spoken.token, find);
      finds.push_back(find);
    }
  }
}

// "verheiratet," behind a comma, "geschieden" on a line behind its label.
bool TextRules::MayCountBesidePeople(const Scan& scan, std::size_t at, const DetectorFile& file) {
  const BesidePeople beside = file.text->beside_people;
  if (beside != BesidePeople::kSetOff) return beside == BesidePeople::kAnywhere;
  const Token& token = scan.tokens[at];
  const std::string_view before = at > 0 ? scan.Between(at - 1) : "\n", after = scan.text.substr(token.end, 1);
  return before.find_first_of(",;:(\n\u2022") != before.npos && (after.empty() || IsOneOf(after[0], ",.;)\n\r"));
}

// The rules of numbers that words near the chain speak for, as ReadContext gives them.
void TextRules::ReadNear(const Scan& scan, Chain& chain) const {
  const Token* const tokens = scan.tokens.data();
  for (const SpokenCue& spoken : chain.speaking) {
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
  if (finds.size() == before) return first + 1;
  const auto longest = std::max_element(finds.begin() + static_cast<std::ptrdiff_t>(before), finds.end(),
                                        [](const Find& a, const Find& b) { return a.end < b.end; });
  std::size_t next = first + 1;
  while (next < scan.tokens.size() && tokens[next].begin < longest->end) ++next;
  return next;
}

void TextRules::FindNumbers(const Scan& scan, const Places& places, std::vector<Find>& finds) const {
  Chain chain;
  chain.speaking = {places.for_numbers.begin(), places.for_numbers.end()};
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

}  // namespace

namespace {

// "NIP firmy:", "ИНН организации", "supplier VAT": words right beside a number that say whose it is.
bool IsOfFirm(const Scan& scan, std::size_t first, std::size_t last) {
  static const WordSet kFirms({"firmy",      "firma",       "fornecedor",  "fornitore",   "proveedor",   "fournisseur",
                               "lieferant",  "lieferanten", "supplier",    "vendor",      "организации", "ооо",
                               "оао",        "зао",         "юрлица",      "公司",        "firm",        "empresa",
                               "entreprise", "societe",     "unternehmen", "leverancier", "dostawcy",    "tedarikci",
                               "sirket",     "bedrijf",     "siege",       "amtsgericht"});
  constexpr std::size_t kBefore = 3, kAfter = 3;
  for (std::size_t i = first; i > 0 && first - i < kBefore && !scan.tokens[i].line_before; --i) {
    if (kFirms.contains(scan.tokens[i - 1].hash)) return true;
  }
  for (std::size_t i = last + 1; i < scan.tokens.size() && i <= last + kAfter && !scan.tokens[i].line_before; ++i) {
    if (kFirms.contains(scan.tokens[i].hash)) return true;
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

// `is_bare`: numbers of its length that begin as it does may say something without a word near them.
void TextRules::TryNumber(const Scan& scan, Chain& chain, bool is_bare, std::vector<Find>& finds) const {
  const PatternLists& lists = ListsOf(chain);
  if (lists.all.empty() || (chain.letters_only && !letters_alone_[chain.size])) return;
  const bool one_token = chain.first == chain.last;
  chain.context.clear();
  chain.only_kinds = true;
  if (chain.last >= chain.NamedFrom()) ReadNear(scan, chain);
  const bool silent = chain.context.empty();
  if (silent && (!is_bare || IsOfPath(scan, chain.first, chain.begin, chain.end))) return;
  if (silent && chain.digits_only && one_token)
    return TryPlainNumber(chain, chain.Compact(scan), chain.first_bit, finds);
  const Token& start = scan.tokens[chain.first];
  const bool word_before = !one_token && start.digits == 0;
  chain.has_prefix = word_before && start.size() == 2 && !start.has_lower &&
                     IsAsciiDigit(scan.text[scan.tokens[chain.first + 1].begin]);
  const std::uint32_t layout_of_rest = word_before ? chain.LayoutOfRest(scan) : 0;
  chain.whole_layout = chain.WholeLayout(scan);
  chain.layout = chain.has_prefix ? layout_of_rest : chain.whole_layout;
  const std::uint64_t layouts = LayoutBit(chain.layout) | LayoutBit(chain.whole_layout);
  if (silent && !lists.any_bare.Has(chain.first_bit, chain.in_one_group(), layouts)) return;
  if (silent && !chain.digits_only && IsCalledByThing(scan.Of(start))) return;
  chain.is_hash = one_token && start.has_lower && start.digits > 0 && IsHexadecimal(scan.Of(start));
  const std::string_view compact = chain.Compact(scan);
  const std::string_view after = scan.text.substr(chain.end, 2);
  chain.cut = chain.loose > 0 && after.size() == 2 && after[0] == ' ' && IsAsciiDigit(after[1]);
  chain.cut_alike = chain.cut && scan.tokens[chain.last + 1].all_digits() &&
                    scan.tokens[chain.last + 1].size() == scan.tokens[chain.last].size();
  // "DOB 01/02/1975" is no number with letters before it.
  const bool is_whole_or_behind_word = !word_before || scan.text[start.end] == ' ';
  chain.is_date =
      chain.tight == 2 && is_whole_or_behind_word && IsDateLayout(word_before ? layout_of_rest : chain.layout);
  if (silent) {
    const std::span<const std::uint16_t> patterns = lists.BareFrom(chain.first_bit);
    scan.steps += patterns.size();
    for (const std::uint16_t place : patterns) {
      const BarePattern& bare = lists.bare.data()[place];
      if (bare.needs.Has(chain.first_bit, chain.in_one_group(), layouts))
        TryPattern(scan, numbers_[bare.pattern], chain, compact, finds);
    }
    return;
  }
  const std::span<const std::uint16_t> candidates = Candidates(lists, chain);
  scan.steps += candidates.size();
  for (const std::uint16_t index : candidates) {
    if ((numbers_[index].first & chain.first_bit) != 0) TryPattern(scan, numbers_[index], chain, compact, finds);
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

void TextRules::TryPattern(const Scan& scan, const NumberPattern& pattern, const Chain& chain, std::string_view compact,
                           std::vector<Find>& finds) const {
  if (!pattern.Matches(compact, chain.digits_only)) return;
  const double score = ScoreNumber(pattern, chain);
  if (score >= kReport && IsValid(pattern, compact) && !IsNamedMore(pattern, chain) &&
      !IsAnothers(scan, *rules_[pattern.rule].file, chain))
    finds.push_back({chain.begin, EndWithBracket(scan.text, chain.begin, chain.end), rules_[pattern.rule].file, score});
}

// Whether the words beside it say that it is a company's or of another country: "NIP firmy", "VAT: GB 823 531 332".
bool TextRules::IsAnothers(const Scan& scan, const DetectorFile& file, const Chain& chain) {
  if (file.entity != Entity::kTaxId || chain.context.empty()) return false;
  if (IsOfFirm(scan, chain.first, chain.last)) return true;
  const std::string_view before = chain.digits_only ? CountryBefore(scan, chain.first) : std::string_view();
  if (before.empty() || !file.country) return false;
  const std::string_view country = before == "EL" ? "GR" : before;
  return country != *file.country && !(country == "XI" && *file.country == "GB");
}

// Whether more of the words near it speak for another rule, and nothing but a word for this one: an identification
// number for taxes with a wrong check digit is no tax number of another kind.
bool TextRules::IsNamedMore(const NumberPattern& pattern, const Chain& chain) const {
  if (rules_[pattern.rule].validator != nullptr) return false;
  const auto words_for = [&](std::uint16_t rule) { return std::ranges::count(chain.context, rule); };
  const auto own = words_for(pattern.rule);
  return own > 0 && std::ranges::any_of(chain.context, [&](std::uint16_t rule) {
           return rule != kOfThings && rules_[rule].validator != nullptr &&
                  rules_[rule].file->entity == rules_[pattern.rule].file->entity && words_for(rule) > own;
         });
}

// Of a number that the pattern matches.
bool TextRules::IsValid(const NumberPattern& number, std::string_view compact) const {
  const Rule& rule = rules_[number.rule];
  return number.has_form ? rule.validator->accepts(compact) : rule.Accepts(compact);
}

void TextRules::TryPlainNumber(const Chain& chain, std::string_view digits, std::uint64_t first,
                               std::vector<Find>& finds) const {
  for (const PlainPattern& plain : numbers_by_length_[digits.size()].plain) {
    const NumberPattern& number = numbers_[plain.pattern];
    if ((plain.first & first) != 0 && number.Matches(digits, true) && IsValid(number, digits))
      finds.push_back({chain.begin, chain.end, rules_[number.rule].file, plain.score});
  }
}

// The patterns that can score enough: most need a word near them, and few words are.
std::span<const std::uint16_t> TextRules::Candidates(const PatternLists& lists, Chain& chain) const {
  const std::size_t length = chain.size;
  if (chain.only_kinds) return lists.all;
  chain.candidates = lists.against_context;
  for (const std::uint16_t rule : chain.context) {
    if (rule == kOfThings) continue;
    for (const std::uint16_t index : numbers_by_rule_[rule]) {
      const Pattern& pattern = numbers_[index].pattern;
      if (pattern.bytes_min() <= length && length <= pattern.bytes_max() && numbers_[index].MayMatch(chain.digits_only))
        chain.candidates.push_back(index);
    }
  }
  std::sort(chain.candidates.begin(), chain.candidates.end());
  chain.candidates.erase(std::unique(chain.candidates.begin(), chain.candidates.end()), chain.candidates.end());
  return chain.candidates;
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
  if (chain.cut && (!laid_out || chain.cut_alike)) score += kCut;
  if (chain.digits_only) score += ForLength(chain.size);
  if (named) {
    score += kContext;
    // "ledger account 302794": the account is the ledger's. A `serial` is a thing's, as devices are.
    const bool of_things = rule.validator == nullptr && !laid_out && rule.file->entity != Entity::kDeviceId;
    if (of_things && std::ranges::find(chain.context, kOfThings) != chain.context.end()) score += kForeignContext;
  } else if (!chain.context.empty()) {
    score += OfKindNamed(pattern, chain);
  }
  return std::min(score, kMax);
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

void TextRules::FindTokens(const Scan& scan, const Places& places, std::vector<Find>& finds) const {
  std::uint32_t taken = 0;
  auto spoken = places.before_tokens.begin();
  const auto find_behind_cues = [&](std::size_t until) {
    for (; spoken != places.before_tokens.end() && spoken->token <= until; ++spoken)
      FindAfterContext(scan, *spoken, finds);
  };
  for (const std::uint32_t at : places.tokens) {
    find_behind_cues(at);
    if (scan.tokens[at].begin >= taken && FindTokenAt(scan, at, finds)) taken = finds.back().end;
  }
  find_behind_cues(scan.tokens.size());
}

// The first pattern that matches, in the order of their files.
bool TextRules::FindTokenAt(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  const Token& token = scan.tokens[at];
  if (token.begin > 0 && scan.text[token.begin - 1] == '_') return false;
  const std::string_view rest = scan.text.substr(token.begin);
  std::uint64_t bytes = 0;
  if (rest.size() >= sizeof bytes) {
    std::memcpy(&bytes, rest.data(), sizeof bytes);
  } else {
    std::memcpy(&bytes, rest.data(), rest.size());
  }
  const char sign = token.size() < rest.size() ? rest[token.size()] : '\0';
  const std::uint32_t next_letters = LettersBehind(scan, at);
  const Starts::Groups groups =
      starts_.Of(reinterpret_cast<const char*>(&bytes), token.size(), sign) & starts_.WithNext(next_letters);
  if (groups == 0) return false;
  const auto may_begin = [&](const Start& start) {
    return (bytes & start.mask) == start.bytes && token.size() >= start.letters_min &&
           next_letters >= start.next_letters_min;
  };
  const auto try_start = [&](std::uint16_t pattern) { return TryStart(scan, at, pattern, finds); };
  if ((groups & (groups - 1)) == 0) {  // one, as nearly all have
    return std::ranges::any_of(starts_.OfGroup(groups),
                               [&](const Start& start) { return may_begin(start) && try_start(start.pattern); });
  }
  RuleList patterns;
  for (Starts::Groups left = groups; left != 0; left &= left - 1) {
    for (const Start& start : starts_.OfGroup(left)) {
      if (may_begin(start)) patterns.push_back(start.pattern);
    }
  }
  std::ranges::sort(patterns);
  return std::ranges::any_of(patterns, try_start);
}

// Whether a match that begins with the token could go on as far as it must.
inline bool TextRules::MayMatch(const Scan& scan, const TokenPattern& pattern, const Token& token) {
  if (token.size() < pattern.letters_min) return false;
  const char sign = token.end < scan.text.size() ? scan.text[token.end] : '\0';
  if (token.size() < pattern.pattern.bytes_min() && !pattern.accepts[static_cast<unsigned char>(sign)]) return false;
  return token.begin == 0 || scan.text[token.begin - 1] != '_';
}

bool TextRules::TryStart(const Scan& scan, std::size_t at, std::uint16_t index, std::vector<Find>& finds) const {
  const TokenPattern& pattern = tokens_[index];
  if (rules_[pattern.rule].context_needed && !IsNamed(scan, at, pattern.rule)) return false;
  const Token& token = scan.tokens[at];
  return MayMatch(scan, pattern, token) && TryToken(scan, pattern, token, kTokenScore, finds);
}

// Secrets without a beginning of their own, a few words after the name of their provider.
void TextRules::FindAfterContext(const Scan& scan, const SpokenCue& spoken, std::vector<Find>& finds) const {
  const std::size_t at = spoken.token;
  const std::size_t end = std::min(scan.tokens.size(), at + 1 + kContextBefore);
  const Token* const tokens = scan.tokens.data();
  std::uint32_t longest = 0;
  for (std::size_t i = at + 1; i < end; ++i) longest = std::max(longest, tokens[i].size());
  if (longest < spoken.cue->letters_after_min) return;
  for (const std::uint16_t index : spoken.cue->tokens_after) {
    if (longest < tokens_[index].letters_min) continue;
    for (std::size_t i = at + 1; i < end; ++i) {
      const Token& token = tokens[i];
      if (MayMatch(scan, tokens_[index], token) && TryToken(scan, tokens_[index], token, kTokenAfterContext, finds))
        return;
    }
  }
}

// "车牌号粤B·K9818", "ナンバー品川500さ12-34": where no space stands behind the word, a value begins within its token.
void TextRules::FindInsideTokens(const Scan& scan, std::vector<Find>& finds) const {
  constexpr std::uint32_t kLetterBytes = 3, kLettersMax = 4;  // of the value
  for (const std::uint32_t at : scan.east_asian) {
    const Token& token = scan.tokens[at];
    const bool goes_on = at + 1 < scan.tokens.size() && scan.tokens[at + 1].ascii && scan.Between(at).size() <= 1;
    if (!goes_on) continue;
    Token rest = token;
    for (std::uint32_t letters = kLettersMax; letters > 0; --letters) {
      rest.begin = token.end - std::min(token.size(), letters * kLetterBytes);
      if (rest.begin > token.begin && FindInside(scan, rest, finds)) break;
    }
  }
}

// A value that begins right behind a word of its context.
bool TextRules::FindInside(const Scan& scan, const Token& rest, std::vector<Find>& finds) const {
  const std::string_view before = scan.text.substr(0, rest.begin);
  return std::ranges::any_of(inside_tokens_, [&](std::uint16_t index) {
    const TokenPattern& pattern = tokens_[index];
    if (!pattern.pattern.items()[0].accepts[static_cast<unsigned char>(scan.text[rest.begin])]) return false;
    const auto& words = rules_[pattern.rule].file->text->context;
    return std::ranges::any_of(words, [&](const std::string& word) { return before.ends_with(word); }) &&
           TryToken(scan, pattern, rest, kTokenAfterContext, finds);
  });
}

// Patterns count to some hundreds; signed tokens of an identity provider are longer, and go on in the same characters.
constexpr std::size_t kLongKeyBytes = 400;

std::size_t LongKeyEnd(std::string_view text, std::size_t at) {
  constexpr std::size_t kBytesMax = 4096;
  const std::size_t begin = at;
  while (at < text.size() && at - begin < kBytesMax && (IsAsciiAlnum(text[at]) || IsOneOf(text[at], "_-."))) ++at;
  while (at > begin && text[at - 1] == '.') --at;
  return at;
}

bool TextRules::TryToken(const Scan& scan, const TokenPattern& pattern, const Token& token, double score,
                         std::vector<Find>& finds) const {
  const std::size_t at = token.begin;
  Pattern::Ends ends;
  const std::string_view rest = scan.text.substr(at, Pattern::kTextBytesMax);
  pattern.pattern.MatchPrefix(rest, ends);
  scan.steps += 1 + ends.count;
  if (ends.count == 0) return false;
  const Rule& rule = rules_[pattern.rule];
  const std::size_t reached = ends.at[ends.count - 1];
  while (ends.count > 0 && ends.at[ends.count - 1] < rest.size() && GoesOnAsWord(rest, ends.at[ends.count - 1]))
    --ends.count;
  std::size_t size = ends.count == 0 ? 0 : ends.at[ends.count - 1];
  if (rule.file->entity == Entity::kSecret && reached >= kLongKeyBytes) {
    size = LongKeyEnd(scan.text, at + reached) - at;
    scan.steps += size;
  }
  if (size == 0) return false;
  const std::string_view value = scan.text.substr(at, size);
  if (!rule.Accepts(value)) return false;
  const std::string_view own = value.substr(std::min(value.size(), pattern.pattern.literal_prefix().size()));
  if (rule.file->entity == Entity::kSecret && (LooksMadeUp(own) || (own.size() >= 16 && Entropy(own) < 2.5)))
    return false;
  finds.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + value.size()), rule.file, score});
  return true;
}

void TextRules::Explain(const Scan& scan, const Find& find, std::vector<Evidence>& evidence) const {
  for (std::uint16_t rule = 0; rule < rules_.size(); ++rule) {
    if (rules_[rule].file != find.detector) continue;
    const TextRule& text = *rules_[rule].file->text;
    if (text.shape == TextShape::kNumber) ExplainNumber(scan, find, rule, evidence);
    if (text.shape == TextShape::kToken) {
      evidence.push_back({EvidenceKind::kForm, "begins and goes on as such keys do", kTokenScore});
      if (rules_[rule].validator != nullptr)
        evidence.push_back({EvidenceKind::kCheckDigit, std::string(rules_[rule].validator->name), 0});
    }
    if (text.shape == TextShape::kWord)
      evidence.push_back({EvidenceKind::kForm, "a word of the detector's list", kWordScore});
    const std::string words = ContextWords(scan, find, rule);
    if (!words.empty()) {
      evidence.push_back({EvidenceKind::kContextWord, words, text.shape == TextShape::kNumber ? kContext : 0});
    }
  }
}

void TextRules::ExplainNumber(const Scan& scan, const Find& find, std::uint16_t rule,
                              std::vector<Evidence>& evidence) const {
  const std::string_view value = scan.text.substr(find.begin, find.end - find.begin);
  ShortText compact;
  for (const char c : value) {
    if (IsAsciiAlnum(c)) compact.Add(c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c);
  }
  for (const std::uint16_t index : numbers_by_rule_[rule]) {
    const NumberPattern& pattern = numbers_[index];
    if (!pattern.pattern.Matches(compact.view())) continue;
    const bool digits_only = std::all_of(compact.view().begin(), compact.view().end(), IsAsciiDigit);
    const double bits = kForBit * std::min(kBitsMax, digits_only ? pattern.digit_bits : pattern.bits);
    evidence.push_back(
        {EvidenceKind::kForm, "its " + std::to_string(compact.view().size()) + " letters and digits", kBase + bits});
    if (const Validator* validator = rules_[rule].validator; validator != nullptr) {
      char chance[32];
      std::snprintf(chance, sizeof chance, " (chance passes %.2g%%)", validator->chance * 100);
      evidence.push_back({EvidenceKind::kCheckDigit, std::string(validator->name) + chance, 0});
    }
    const auto& layouts = rules_[rule].file->text->layouts;
    if (std::find(layouts.begin(), layouts.end(), LayoutOf(value)) != layouts.end()) {
      evidence.push_back({EvidenceKind::kForm, "grouped as people write it", kLayoutLoose});
    }
    return;
  }
}

// The words near it that speak for the rule, "" for none.
std::string TextRules::ContextWords(const Scan& scan, const Find& find, std::uint16_t rule) const {
  std::string words;
  const std::size_t first = scan.TokenAt(find.begin), end = scan.TokenAt(find.end);
  const std::size_t from = first > kContextBefore ? first - kContextBefore : 0;
  const std::size_t to = std::min(scan.tokens.size(), end + kContextAfter);
  for (std::size_t i = from; i < to; ++i) {
    if (i >= first && i < end) continue;
    const auto* known = ContextOf(scan.tokens[i]);
    if (known == nullptr || std::find(known->begin(), known->end(), rule) == known->end()) continue;
    if (!words.empty()) words += ", ";
    words += Fold(scan.Of(scan.tokens[i]));
  }
  return words;
}

void SettleBesidePeople(std::string_view text, std::vector<Find>& finds) {
  constexpr std::uint32_t kNear = 400;  // bytes
  const auto tells_of_somebody = [](const Find& find) {
    switch (find.detector->entity) {
      case Entity::kPerson:
      case Entity::kAge:
      case Entity::kNationalId:
      case Entity::kHealthId:
      case Entity::kPassport:
        return true;
      default:
        return false;
    }
  };
  const auto is_word = [](const Find& find) {
    return find.needs_people || (find.detector->entity == Entity::kFamily && find.score == kWordScore);
  };
  if (std::ranges::none_of(finds, is_word)) return;
  std::vector<Find*> words, people;
  for (Find& find : finds) {
    if (is_word(find)) words.push_back(&find);
    if (!is_word(find) && tells_of_somebody(find)) people.push_back(&find);
  }
  std::ranges::sort(people, {}, &Find::begin);
  std::ranges::sort(words, {}, &Find::begin);
  auto next = people.begin();  // the first that begins at the word or behind it
  std::uint32_t told_until = 0;
  for (Find* word : words) {
    for (; next != people.end() && (*next)->begin < word->begin; ++next)
      told_until = std::max(told_until, (*next)->end);
    // "Bruder Emil" is the brother, and Emil; "tía Encarna" is called so.
    const bool is_noun = IsAsciiUpper(text[word->begin]);
    auto behind = next;
    for (; behind != people.end() && (*behind)->begin == word->begin; ++behind) {
      const bool goes_on = (*behind)->end > word->end + 1 && text[word->end] == ' ';
      if (goes_on && is_noun) (*behind)->begin = word->end + 1;
    }
    const bool near = (told_until > 0 && told_until + kNear >= word->begin) ||
                      (next != people.end() && (*next)->begin > word->end && (*next)->begin <= word->end + kNear) ||
                      (behind != people.end() && (*behind)->begin <= word->end + kNear);
    for (auto same = next; (near || !word->needs_people) && same != behind; ++same) {
      if ((*same)->end == word->end) (*same)->score = 0;
    }
    word->needs_people = word->needs_people && !near;
  }
  std::erase_if(finds, [](const Find& find) { return find.needs_people; });
}

Evidence WhatIsSeen(const DetectorFile& file) {
  switch (file.entity) {
    case Entity::kPerson:
    case Entity::kLocation:
    case Entity::kOrganization:
    case Entity::kAddress:
      return {EvidenceKind::kNameModel, "spelling, lists of names and the words around it", 0};
    default:
      return {EvidenceKind::kForm, "written as such things are", 0};
  }
}

bool TextRules::NamesNumber(const Scan& scan, const Find& find) const {
  RuleList named;
  ContextAround(scan, find, named);
  return !named.empty();
}

bool TextRules::IsOfThing(const Scan& scan, const Find& find) const {
  RuleList named;
  ContextAround(scan, find, named);
  return std::ranges::find(named, kOfThings) != named.end();
}

bool TextRules::Refutes(const Scan& scan, const Find& find) const {
  ShortText compacted;
  for (const char c : scan.text.substr(find.begin, find.end - find.begin)) {
    if (IsAsciiAlnum(c)) compacted.Add(c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c);
  }
  const std::string_view compact = compacted.view();
  // Only what is said before it, and after the number before: "Steuernummer 21/815/08150 und Kundennummer 4477123".
  const std::size_t first = scan.TokenAt(find.begin);
  bool other_number = false;
  const auto said = [&](std::size_t i) -> const RuleList* {
    other_number = other_number || scan.tokens[i].digits > 0;
    return other_number || i > first ? nullptr : ContextOf(scan.tokens[i]);
  };
  RuleList context;
  if (ReadContext(scan, first, scan.TokenAt(find.end) - 1, said, context)) return false;
  const std::string layout = LayoutOf(scan.text.substr(find.begin, find.end - find.begin));
  const bool grouped = layout.find_first_of("-./") != layout.npos;
  bool refuted = false;
  for (const std::uint16_t rule : context) {
    // "лична карта № 642935781": there are cards of other kinds.
    if (rule == kOfThings || rules_[rule].file->entity == Entity::kCreditCard) continue;
    // Signs between other groups than the format's: 9129-03456 is no 912-90-3456.
    const auto& layouts = rules_[rule].file->text->layouts;
    const bool other_groups =
        grouped && !layouts.empty() && std::find(layouts.begin(), layouts.end(), layout) == layouts.end();
    for (const std::uint16_t index : numbers_by_rule_[rule]) {
      if (!other_groups && numbers_[index].pattern.Matches(compact) && rules_[rule].Accepts(compact)) return false;
    }
    refuted |= rules_[rule].validator != nullptr;
  }
  return refuted;
}

void TextRules::MatchValue(std::string_view value, std::vector<ValueMatch>& matches) const {
  ShortText compacted;
  bool digits_only = true;
  for (const char c : value) {
    if (IsAsciiAlnum(c)) {
      compacted.Add(c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c);
      digits_only = digits_only && IsAsciiDigit(c);
    } else if (!IsOneOf(c, " -./+()")) {
      compacted.Clear();
      break;
    }
  }
  const std::string_view compact = compacted.view();
  if (!compact.empty() && compact.size() <= kNumberBytesMax) {
    const LengthBucket& bucket = numbers_by_length_[compact.size()];
    for (const std::uint16_t index : digits_only ? bucket.of_digits.all : bucket.with_letters.all) {
      const NumberPattern& pattern = numbers_[index];
      if ((pattern.first & FirstBit(compact[0])) == 0 || !pattern.pattern.Matches(compact)) continue;
      const Rule& rule = rules_[pattern.rule];
      if (!rule.Accepts(compact)) continue;
      const bool checked = rule.validator != nullptr && rule.validator->chance <= kCheckDigit;
      const auto& layouts = rule.file->text->layouts;
      const bool laid_out =
          compact.size() < value.size() && std::find(layouts.begin(), layouts.end(), LayoutOf(value)) != layouts.end();
      // Digits in the wrong groups are something else: a date is no number of a passport.
      if (!checked && !laid_out && compact.size() < value.size()) continue;
      const bool only_form = !checked && !laid_out && (digits_only || rule.context_needed);
      const double bits = (digits_only ? pattern.digit_bits : pattern.bits) + (laid_out ? kLayoutBits : 0);
      matches.push_back({rule.file, std::exp2(-bits), checked, only_form});
    }
  }
  if (value.empty()) return;
  for (const std::uint16_t index : tokens_by_first_[static_cast<unsigned char>(value[0])]) {
    const TokenPattern& pattern = tokens_[index];
    if (!value.starts_with(pattern.pattern.literal_prefix())) continue;
    if (pattern.pattern.Matches(value)) matches.push_back({rules_[pattern.rule].file, 1e-6, true});
  }
}

}  // namespace privity::detect
