// Finds what detector files describe in a text, in one pass: numbers by their digits and check digits, tokens by how
// they begin, words near them as evidence. No pattern is tried where its first characters cannot stand.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/detector.h"
#include "detect/detector_file.h"
#include "detect/internal/pattern.h"
#include "detect/internal/place_memory.h"
#include "detect/internal/token_scan.h"
#include "detect/internal/validators.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

// A find in bytes, before overlaps are settled.
struct Find {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  const DetectorFile* detector = nullptr;
  double score = 0;
  bool labelled = false;      // a label says what it is, which counts for more than what it looks like
  bool needs_people = false;  // it counts only near somebody
};

// What a whole value (of a column) may be.
struct ValueMatch {
  const DetectorFile* detector = nullptr;
  double chance = 1;  // that a random value of this shape is accepted
  bool checked = false;
  bool needs_word = false;  // says something only where the column's name says it too
};

class TextRules {
 public:
  // detect.validator_unknown, detect.pattern, detect.too_slow{detector, pattern, maximum}.
  // Of the gazetteer, words beside numbers that are nobody's.
  static Result<TextRules> Build(const std::vector<std::shared_ptr<const DetectorFile>>& files,
                                 const GazetteerFile& gazetteer);

  void FindAll(const Scan& scan, std::vector<Find>& finds) const;
  void MatchValue(std::string_view value, std::vector<ValueMatch>& matches) const;
  // Whether the word speaks for a format of numbers, or for those of things.
  bool IsCueForNumbers(std::uint32_t word) const {
    const Cue* cue = cues_.Find(word);
    return cue != nullptr && !cue->for_numbers.empty();
  }
  // Adds the formats of numbers that words of the text speak for, each once.
  void NumbersNamed(const Scan& scan, std::vector<const DetectorFile*>& files) const;
  // Whether the words near it name a format of numbers. `find` begins and ends with a token, or a sign beside one.
  bool NamesNumber(const Scan& scan, const Find& find) const;
  // Whether a word for things stands before it: "item 07932 409956".
  bool IsOfThing(const Scan& scan, const Find& find) const;
  // Whether the words near it name formats with check digits and the number has none of them: then it is none, whatever
  // its label says. `find` begins and ends with a token.
  bool Refutes(const Scan& scan, const Find& find) const;
  // Whether a word right before it names a format with a check digit that the number has the form of, and fails.
  bool FailsFormatBefore(const Scan& scan, const Find& find) const;
  // Why the rule of `find.detector` made it; nothing when it has no rule of this kind.
  void Explain(const Scan& scan, const Find& find, std::vector<Evidence>& evidence) const;

 private:
  struct Rule {
    const DetectorFile* file = nullptr;
    const Validator* validator = nullptr;
    std::vector<Pattern> forms = {};          // that the validator understands
    std::vector<std::uint32_t> layouts = {};  // hashes of the file's
    bool context_needed = false;

    // A file may name a validator for patterns that it was not made for: such a text is never valid.
    bool Accepts(std::string_view text) const;
  };
  using RuleList = std::vector<std::uint16_t>;
  static constexpr std::size_t kFirsts = 36;  // digits and letters
  // Stands in a list of rules for the words before a number of things, which is nobody's.
  static constexpr std::uint16_t kOfThings = 0xFFFF;
  struct NumberPattern {
    std::uint64_t first = 0;  // what it may begin with, a bit for each digit and letter
    std::uint16_t rule = 0;
    bool digits_only = false;
    bool needs_letter = false;
    bool has_form = false;       // every match has a form that the rule's validator understands
    double bits = 0;             // how much a match says, the check digit included
    double digit_bits = 0;       // likewise of one that has digits only: where a letter may stand and does not
    double foreign_context = 0;  // what it loses where words near it speak for something else
    Pattern pattern;

    // What it scores before its groups and the words near it count.
    double OwnScore(std::size_t length, bool of_digits) const;
    // Whether it may match a number of digits alone, or one with a letter.
    bool MayMatch(bool of_digits) const { return !(of_digits ? needs_letter : digits_only); }
    bool Matches(std::string_view compact, bool of_digits) const {
      return of_digits ? pattern.MatchesDigits(compact) : pattern.Matches(compact);
    }
  };
  // What numbers without a word near them must have for a pattern.
  struct Bare {
    std::uint64_t in_one_group = 0;   // what they may begin with, a bit for each digit and letter
    std::uint64_t in_any_groups = 0;  // likewise in groups that are none of its layouts,
    std::uint64_t laid_out = 0;       // and in those that are
    std::uint64_t layouts = 0;        // a bit for each layout (LayoutBit)

    std::uint64_t first() const { return in_one_group | in_any_groups | laid_out; }
    bool Has(std::uint64_t begins, bool one_group, std::uint64_t layout) const {
      return ((one_group ? in_one_group : in_any_groups) & begins) != 0 ||
             ((laid_out & begins) != 0 && (layouts & layout) != 0);
    }
  };
  // Number patterns of one length, ascending. A number is held to 64 of them at once, each character by one look: most
  // numbers match none, and their first characters show it.
  struct PatternLists {
    static constexpr std::size_t kAtOnce = 64;
    // A bit for each of 64 patterns.
    struct Sets {
      std::uint64_t listed = 0;           // as many as there are
      std::uint64_t in_one_group = 0;     // those that may be reported without a word near them: so,
      std::uint64_t in_any_groups = 0;    // in groups that are none of its layouts,
      std::uint64_t laid_out = 0;         // and in those that are;
      std::uint64_t plain = 0;            // in digits without groups;
      std::uint64_t against_context = 0;  // and though words near them speak for something else
      std::size_t telling = 0;            // the first characters that tell them apart

      // In one token, or in several of which the first may be a prefix.
      std::uint64_t Bare(bool one_token, bool may_have_prefix) const {
        return (one_token || may_have_prefix ? in_one_group : 0) | (one_token ? 0 : in_any_groups) | laid_out;
      }
    };

    // `kinds`: 10 where the numbers have digits only, else kFirsts.
    void Add(std::uint16_t index, const Pattern& pattern, std::size_t length, std::size_t kinds);
    // Those of some of the patterns from kAtOnce * `place` on that match; but for a few that the length does not tell
    // everything of.
    std::uint64_t Matching(std::string_view number, std::size_t place, std::uint64_t some) const {
      const std::uint64_t* of_kinds = accepts.data() + place * number.size() * kinds_of_characters;
      for (const char c : number.substr(0, sets.data()[place].telling)) {
        some &= of_kinds[c - '0' - (c > '9' ? 'A' - '9' - 1 : 0)];
        if (some == 0) return 0;
        of_kinds += kinds_of_characters;
      }
      return some;
    }

    RuleList all = {};
    std::vector<Bare> needs = {};           // of each of them that is bare
    std::vector<double> plain_scores = {};  // of each that is plain
    std::vector<Sets> sets = {};
    std::vector<std::uint64_t> accepts = {};  // of 64 patterns, each place and each kind of character
    std::size_t kinds_of_characters = kFirsts;
  };
  // The lengths of numbers that a rule's patterns may match, a bit for each.
  struct Lengths {
    std::uint64_t of_digits = 0, with_letters = 0;

    bool Has(std::size_t length, bool digits_only) const {
      return ((digits_only ? of_digits : with_letters) >> length & 1) != 0;
    }
  };
  // What numbers of one length without a word near them may begin with, a bit for each digit and letter.
  struct BareBegins {
    std::uint64_t one_token = 0;
    std::uint64_t several = 0;
  };
  struct LengthBucket {
    PatternLists of_digits = {};     // that may match digits alone
    PatternLists with_letters = {};  // and others
  };
  // Patterns count to some hundreds; signed tokens of an identity provider are longer, and go on in the same
  // characters.
  static constexpr std::size_t kLongKeyBytes = 400;
  struct TokenPattern {
    std::uint16_t rule = 0;
    Pattern pattern;
    std::uint32_t letters_min = 0;  // letters and digits that it begins with at least
    // Of what a match may be within, as one word: only of patterns that accept nothing but letters and digits.
    std::uint32_t letters_max = std::numeric_limits<std::uint32_t>::max();
    Pattern::Class accepts = {};  // anywhere
  };
  // How a token pattern begins, in its first eight bytes.
  struct Start {
    std::uint64_t bytes = 0;
    std::uint64_t mask = 0;
    std::uint16_t pattern = 0;
    std::uint32_t letters_min = 0;
    std::uint32_t next_letters_min = 0;  // of the word behind the first one and a sign
  };
  // All of them in groups that begin with the same characters. A word is told at once which groups may begin with it, a
  // bit for each: by its first bytes, its length and the sign behind it.
  class Starts {
   public:
    static constexpr std::size_t kBytes = 4, kWordBytesMax = 64;  // longer words are as these
    using Groups = std::uint64_t;

    Groups Of(const char* bytes, std::uint32_t size, char sign) const {
      const auto of_byte = [&](std::size_t at) {
        return of_bytes.data()[at].data()[static_cast<unsigned char>(bytes[at])];
      };
      const std::size_t length = std::min<std::size_t>(size, kWordBytesMax);
      const Groups of_length = (of_signs.data()[static_cast<unsigned char>(sign)] & of_words_with_sign.data()[length]) |
                               of_words.data()[length];
      return of_byte(0) & of_byte(1) & of_byte(2) & of_byte(3) & of_length;
    }
    // Those that may go on with so many letters and digits behind the first word and a sign.
    Groups WithNext(std::uint32_t letters) const {
      return of_next_words.data()[std::min<std::size_t>(letters, kWordBytesMax)];
    }
    void Add(const Pattern& pattern, std::uint16_t index, std::size_t group);
    // Those of the first of the groups, by their patterns, ascending.
    const std::vector<Start>& OfGroup(Groups groups) const {
      return starts.data()[static_cast<std::size_t>(std::countr_zero(groups))];
    }

    std::array<std::array<Groups, 256>, kBytes> of_bytes{};
    std::array<Groups, 256> of_signs{};
    // By their length: of matches that go on behind the word with one of the signs, and of those within it.
    std::array<Groups, kWordBytesMax + 1> of_words_with_sign{}, of_words{};
    std::array<Groups, kWordBytesMax + 1> of_next_words{};  // by the length of the word behind the sign
    std::array<std::vector<Start>, 64> starts{};
  };
  struct Chain;
  // What a word of a text may be to the rules.
  struct Word {
    std::uint16_t rule = 0;
    bool capital = false;   // the file writes it with one, and so must the text: "Polish" is no polish
    bool accented = false;  // likewise with letters that English has not
  };
  struct Cue {
    RuleList speaks_for = {};    // rules, when it stands near
    RuleList for_numbers = {};   // those of them that are of numbers,
    bool only_kind = false;      // and it names their kind, of no country
    RuleList tokens_after = {};  // token patterns that begin with anything, a few words behind it,
    std::uint32_t letters_after_min = std::numeric_limits<std::uint32_t>::max();  // and the least letters_min of them
    bool begins_token = false;     // it is the first word of a token pattern
    bool ends_dotted = false;      // it is the last letter of a word that may be written with dots: "N.I.F."
    bool may_be_dotted = false;    // it is that word
    std::vector<Word> words = {};  // rules that find the word itself

    bool IsRead() const {
      return !for_numbers.empty() || !tokens_after.empty() || begins_token || ends_dotted || !words.empty();
    }
  };
  struct SpokenCue {
    std::uint32_t token = 0;
    const Cue* cue = nullptr;
  };
  // The tokens of a text at which something may begin, or that say something of what stands near: each list ascending.
  struct Places {
    PlaceMemory memory;
    PlaceMemory::List<SpokenCue> for_numbers = memory.Make<SpokenCue>();
    PlaceMemory::List<SpokenCue> before_tokens = memory.Make<SpokenCue>();
    PlaceMemory::List<SpokenCue> words = memory.Make<SpokenCue>();
    PlaceMemory::List<std::uint64_t> numbers = memory.Make<std::uint64_t>();  // a bit for each token
    PlaceMemory::List<std::uint32_t> tokens = memory.Make<std::uint32_t>();
  };
  static constexpr std::size_t kNumberBytesMax = 36;

  Status Add(const DetectorFile& file);
  Status AddPatterns(const TextRule& text, std::uint16_t rule, RuleList& after_context);
  void AddNumber(const TextRule& text, NumberPattern number);
  void List(const TextRule& text, const NumberPattern& number, std::size_t length, bool of_digits);
  void AddAfterContext(const TextRule& text, const RuleList& tokens);
  void AddContext(const TextRule& text, std::uint16_t rule);
  void ReadBeginnings();
  bool BeginsWithCue(const Pattern& pattern);

  void MatchNumber(std::string_view value, std::string_view compact, bool digits_only,
                   std::vector<ValueMatch>& matches) const;
  void ExplainNumber(const Scan& scan, const Find& find, std::uint16_t rule, std::vector<Evidence>& evidence) const;
  std::string ContextWords(const Scan& scan, const Find& find, std::uint16_t rule) const;
  const Cue* CueAt(const Scan& scan, std::size_t at) const;
  const std::vector<std::uint16_t>* ContextAt(const Scan& scan, std::size_t at) const;
  bool IsNamed(const Scan& scan, std::size_t at, std::uint16_t rule) const;
  // The rules of numbers that words near speak for. Whether these words name kinds of numbers only, and no format.
  template <typename RulesOf>
  bool ReadContext(const Scan& scan, std::size_t first, std::size_t last, const RulesOf& rules_of,
                   RuleList& rules) const;
  void ContextAround(const Scan& scan, const Find& find, RuleList& rules) const;
  void ReadPlaces(const Scan& scan, Places& places) const;
  static std::size_t WholeTokens(const Scan& scan);
  // Of the word behind a token and one sign.
  static std::uint32_t LettersBehind(const Scan& scan, std::size_t at) {
    const Token* const token = scan.tokens.data() + at;
    return at + 1 < scan.tokens.size() && token[1].begin == token->end + 1 ? token[1].size() : 0;
  }
  void ReadStarts(const Scan& scan, std::size_t first, std::uint64_t known, std::size_t whole, Places& places) const;
  std::uint64_t LetterGroups(const Scan& scan, std::size_t first) const;
  std::uint64_t ReadCues(const Scan& scan, std::size_t first, Places& places) const;
  void FindNumbers(const Scan& scan, const Places& places, std::vector<Find>& finds) const;
  std::size_t FindNumberFrom(const Scan& scan, std::size_t first, Chain& chain, std::vector<Find>& finds) const;
  void ReadNear(const Scan& scan, Chain& chain) const;
  bool IsCalledByThing(std::string_view word) const;
  void TryNumber(const Scan& scan, Chain& chain, bool is_bare, std::vector<Find>& finds) const;
  void TryPlainNumber(const Chain& chain, std::string_view digits, std::vector<Find>& finds) const;
  void ReadNamed(const PatternLists& lists, Chain& chain) const;
  void TryListed(const Scan& scan, const PatternLists& lists, std::size_t place, std::uint64_t matching, Chain& chain,
                 std::string_view compact, std::vector<Find>& finds) const;
  static void ReadForm(const Scan& scan, Chain& chain);
  void TryPattern(const Scan& scan, const NumberPattern& pattern, Chain& chain, std::string_view compact,
                  std::vector<Find>& finds) const;
  bool HasRichFormOnly(std::string_view compact) const;
  bool IsOfFirm(const Scan& scan, std::size_t first, std::size_t last) const;
  bool IsAnothers(const Scan& scan, const DetectorFile& file, const Chain& chain) const;
  bool HasForm(std::uint16_t rule, std::string_view compact) const;
  bool IsNamedMore(const NumberPattern& pattern, const Chain& chain, std::string_view compact) const;
  bool IsValid(const NumberPattern& number, std::string_view compact) const;
  Bare BareOf(const NumberPattern& number, std::size_t length, bool of_digits) const;
  void ReadPlainNumbers();
  const PatternLists& ListsOf(const Chain& chain) const;
  double ScoreNumber(const NumberPattern& pattern, const Chain& chain) const;
  double OfKindNamed(const NumberPattern& pattern, const Chain& chain) const;
  void FindTokens(const Scan& scan, const Places& places, std::vector<Find>& finds) const;
  bool FindTokenAt(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  bool TryStart(const Scan& scan, std::size_t at, std::uint16_t pattern, std::vector<Find>& finds) const;
  static bool MayMatch(const Scan& scan, const TokenPattern& pattern, const Token& token);
  bool TryToken(const Scan& scan, const TokenPattern& pattern, const Token& token, double score,
                std::vector<Find>& finds) const;
  void FindAfterContext(const Scan& scan, const SpokenCue& spoken, std::vector<Find>& finds) const;
  void FindInsideTokens(const Scan& scan, std::vector<Find>& finds) const;
  bool FindInside(const Scan& scan, const Token& rest, std::vector<Find>& finds) const;
  void FindWords(const Scan& scan, const Places& places, std::vector<Find>& finds) const;
  static bool MayCountBesidePeople(const Scan& scan, std::size_t at, const DetectorFile& file);

  std::vector<Rule> rules_;
  std::vector<NumberPattern> numbers_;
  std::array<LengthBucket, kNumberBytesMax + 1> numbers_by_length_;
  std::array<std::array<BareBegins, 2>, kNumberBytesMax + 1> bare_begins_{};  // of those with letters, and of digits
  std::vector<std::vector<std::uint16_t>> numbers_by_rule_;                   // side by side
  std::vector<Lengths> lengths_by_rule_;
  std::vector<TokenPattern> tokens_;
  RuleList inside_tokens_;  // token patterns that need context and begin with a letter of another script
  std::array<RuleList, 256> tokens_by_first_;  // of those that begin with two known bytes or more
  Starts starts_;
  // Where neither TokenBits::keys nor the cues tell what all token patterns may begin with.
  bool asks_all_words_ = false;
  bool asks_all_with_digits_ = false;
  std::array<bool, kNumberBytesMax + 1> letters_alone_{};  // of each length, whether a number may be without a digit
  std::uint64_t letters_may_be_alone_ = 0;                 // all ones where one group of letters may
  WordMap<Cue> cues_;
  WordTable cue_words_;
  WordSet beside_firms_;
};

// What the program's own code goes by for detectors that have no rule as data.
Evidence WhatIsSeen(const DetectorFile& file);
// A name, an age or a number that only a person has.
bool TellsOfSomebody(const Find& find);
// Takes out what needs people and stands near nobody; "Bruder Emil" is the brother, and Emil.
void SettleBesidePeople(std::string_view text, std::vector<Find>& finds);
// Whether a value was made up to stand for a secret: "changeme", "your-api-key", "xxxxxxxx", "<token>",
// AKIAIOSFODNN7EXAMPLE.
bool LooksMadeUp(std::string_view value);
// The same by its words alone: of a value whose entropy is known to be high enough.
bool IsStandIn(std::string_view value);
// Shannon entropy in bits for each character.
double Entropy(std::string_view value);

}  // namespace privity::detect
