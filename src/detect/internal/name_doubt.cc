#include "detect/internal/name_doubt.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
#include <span>

#include "detect/internal/built_in_model.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kWordsAround = 8;
constexpr std::size_t kGapBytesMax = 4;
constexpr std::size_t kFeaturesMost = 96;  // but for those of the name's words

// What a feature is of: words of the name, those beside it, all around it, and what the line is like.
enum Seen : std::uint32_t {
  kWord,
  kWholeName,
  kListsOfName,
  kFirstLists,
  kLastLists,
  kBefore,
  kBehind,
  kListsBefore,
  kListsBehind,
  kTwoBefore,
  kTwoBehind,
  kListsBeside,
  kLeft,
  kRight,
  kNear,
  kPlaceInLine,
  kNumbers,
  kProbability,
  kAlways,
  kKnown,
  kEndings,
  kPosted,
  kAgain,
  kLikely,
  kActs,
  kKindBefore,
  kKindBehind,
  kKindTwoBehind,
  kKindsBeside,
  kEndBefore,
  kEndBehind
};

// Eight features at once.
PRIVITY_INLINED void MixWith(std::uint32_t kind, DoubtFeatures& features) {
  for (std::size_t i = 0; i < features.all.size(); i += kWordsAtOnce) {
    WordLanes seen, first, second, mixed;
    std::memcpy(&seen, features.seen.data() + i, sizeof seen);
    std::memcpy(&first, features.first.data() + i, sizeof first);
    std::memcpy(&second, features.second.data() + i, sizeof second);
    for (std::size_t lane = 0; lane < kWordsAtOnce; ++lane)
      mixed[lane] = MixedHash(MixedHash(seen[lane], first[lane]), second[lane]) + kind;
    std::memcpy(features.all.data() + i, &mixed, sizeof mixed);
  }
}

void MixPlainly(std::uint32_t kind, DoubtFeatures& features) {
  MixWith(kind, features);
}

#ifdef __x86_64__
PRIVITY_WIDE void MixWide(std::uint32_t kind, DoubtFeatures& features) {
  MixWith(kind, features);
}
#endif

void Mix(std::uint32_t kind, DoubtFeatures& features) {
#ifdef __x86_64__
  if (IsWideMachine()) return MixWide(kind, features);
#endif
  MixPlainly(kind, features);
}

// Numbers by their length, "18V" apart from "18".
std::uint32_t WordOf(const Token& token) {
  return token.digits == 0 ? token.hash : 0x515u + token.size() * 2 + (token.all_digits() ? 1 : 0);
}

std::uint32_t CaseOf(const Token& token) {
  return token.has_upper ? (token.has_lower ? (token.upper_first ? 1 : 2) : 3) : 0;
}

// The name's line, as far as it is near.
struct Line {
  Line(const Scan& scan, const TaggedName& name) : first(name.first), end(name.last + 1) {
    while (first > 0 && name.first - first < kWordsAround && !scan.tokens[first].line_before) --first;
    while (end < scan.tokens.size() && end - name.last <= kWordsAround && !scan.tokens[end].line_before) ++end;
  }
  std::size_t first, end;  // tokens
};

// Which lists hold the name, by itself or with the capital words beside it: "Maven", "Watson" of "Watson Studio".
std::uint32_t KnownAs(const Scan& scan, const KnownWords& known, const TaggedName& name, const Line& line) {
  const auto bits = [&](std::size_t first, std::size_t last) -> std::uint32_t {
    return known.BitsOf(HashOfWords(scan, first, last)) & (kKnownThing | kKnownPerson);
  };
  std::uint32_t as = bits(name.first, name.last), wider = 0;
  if (name.last + 1 < line.end) wider |= bits(name.first, name.last + 1);
  if (name.first > line.first) wider |= bits(name.first - 1, name.last);
  return as * 4 + wider;
}

// Whether what only people do is said behind the name, and how near: "Lindqvist paid", "Mei never paid".
std::uint32_t ActOf(const Scan& scan, const KnownWords& known, const TaggedName& name, const Line& line) {
  for (std::size_t i = name.last + 1; i < line.end && i <= name.last + 2 && scan.Between(i - 1) == " "; ++i) {
    const Token& token = scan.tokens[i];
    if (!token.has_upper && (known.BitsOf(token.hash) & kKnownAct) != 0)
      return static_cast<std::uint32_t>(i - name.last);
  }
  return 0;
}

// The last three letters of a word, small.
std::uint32_t EndingOf(const Scan& scan, const Token& token) {
  const std::string_view word = scan.Of(token);
  std::uint32_t hash = kWordHashStart;
  for (const char c : word.substr(word.size() - std::min<std::size_t>(word.size(), 3)))
    hash = WordHashGoesOn(hash, IsAsciiUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c);
  return hash;
}

// Whether the name's last word stands elsewhere near with a capital letter.
bool StandsAgain(const Scan& scan, const TaggedName& name) {
  constexpr std::size_t kNear = 32;
  const Token* const tokens = scan.tokens.data();
  const std::size_t from = name.first - std::min(name.first, kNear);
  const std::size_t to = std::min(name.last + kNear, scan.tokens.size() - 1);
  const std::uint32_t word = tokens[name.last].hash;
  const auto again = [&](const Token& token) { return token.hash == word && token.has_upper; };
  return std::any_of(tokens + from, tokens + name.first, again) ||
         std::any_of(tokens + name.last + 1, tokens + to + 1, again);
}

// Words that people type in haste, and words that they say to each other.
const WordMap<Register>& Spoken() {
  static const WordMap<Register> words = [] {
    WordMap<Register> made;
    for (const std::string_view word :
         {"i",    "my",   "me",      "you",    "your",   "we",   "our",  "guys",  "awesome", "love", "loved",
          "hate", "miss", "tonight", "please", "thanks", "hope", "wish", "guess", "cool",    "hey",  "amazing"})
      made[WordHash(word)] = Register::kSpoken;
    for (const std::string_view word :
         {"lol",   "lmao",  "omg",   "wtf",  "u",      "ur",  "im",   "ive",  "dont", "cant", "wont", "didnt", "isnt",
          "gonna", "wanna", "gotta", "haha", "hahaha", "ya",  "yall", "pls",  "plz",  "thx",  "xx",   "xxx",   "smh",
          "btw",   "bro",   "dude",  "yeah", "yea",    "ugh", "tbh",  "idk",  "fav",  "tho",  "cuz",  "bc",    "rt",
          "wow",   "aww",   "damn",  "hell", "gon",    "imo", "ppl",  "bday", "tmrw", "w"})
      made[WordHash(word)] = Register::kPosted;
    return made;
  }();
  return words;
}

// Whether people type such signs behind a token: " @", "!!", ":)".
bool IsTypedBehind(const Scan& scan, std::size_t at) {
  constexpr std::size_t kSignsMax = 8;
  const Token& token = scan.tokens[at];
  const bool last = at + 1 == scan.tokens.size();
  const std::size_t gap = last ? kSignsMax : scan.tokens[at + 1].begin - token.end;
  const std::string_view behind = scan.text.substr(token.end, std::min(gap, kSignsMax));
  for (std::size_t i = 1; i < behind.size(); ++i) {
    const char before = behind[i - 1], sign = behind[i];
    const bool leads = i + 1 == gap && !last && scan.tokens[at + 1].word();  // no "#4471"
    const bool handle = (sign == '@' || sign == '#') && (before == ' ' || before == '\n') && leads;
    const bool repeated = before == sign && (sign == '!' || sign == '?' || sign == '.');
    const bool smile = (before == ':' || before == ';') && (sign == ')' || sign == '(');
    if (handle || repeated || smile) return true;
  }
  return false;
}

}  // namespace

Surroundings::Surroundings(const Scan& scan) : scan_(&scan), words_(&Spoken()) {}

// Of a word and of what stands behind it, which is one sign behind most.
inline void Surroundings::ReadSpeech(std::size_t at) {
  constexpr std::size_t kSpokenBytesMax = 7;
  const Token* const token = scan_->tokens.data() + at;
  const Register* const spoken = token->size() <= kSpokenBytesMax ? words_->Find(token->hash) : nullptr;
  const bool one_sign = at + 1 < scan_->tokens.size() && token[1].begin - token->end <= 1;
  const bool posted = (spoken != nullptr && *spoken == Register::kPosted) || (!one_sign && IsTypedBehind(*scan_, at));
  const std::uint64_t bit = std::uint64_t{1} << at % 64;
  if (spoken != nullptr) spoken_[at / 64] |= bit;
  if (posted) posted_[at / 64] |= bit;
}

Register Surroundings::Around(const TaggedName& name) {
  constexpr std::size_t kWordsNear = 32;
  const std::size_t n = scan_->tokens.size();
  for (auto* bits : {&read_, &spoken_, &posted_}) bits->resize(n / 64 + 1);
  const std::size_t from = name.first - std::min(name.first, kWordsNear);
  const std::size_t last = std::min(name.last + kWordsNear, n - 1);
  bool spoken = false, posted = false;
  for (std::size_t word = from / 64; word <= last / 64; ++word) {
    std::uint64_t near = ~std::uint64_t{0};
    if (word == from / 64) near &= ~std::uint64_t{0} << from % 64;
    if (word == last / 64) near &= ~std::uint64_t{0} >> (63 - last % 64);
    for (std::uint64_t unread = near & ~read_[word]; unread != 0; unread &= unread - 1)
      ReadSpeech(word * 64 + static_cast<std::size_t>(std::countr_zero(unread)));
    read_[word] |= near;
    spoken |= (spoken_[word] & near) != 0;
    posted |= (posted_[word] & near) != 0;
  }
  const std::string_view begin = scan_->text.substr(0, 1);
  if (posted || (from == 0 && (begin == "@" || begin == "#"))) return Register::kPosted;
  return spoken ? Register::kSpoken : Register::kWritten;
}

void ReadDoubtFeatures(Surroundings& surroundings, const NameModel& lists, const KnownWords& known,
                       const TaggedName& name, DoubtFeatures& features) {
  constexpr std::uint32_t kNothing = 7, kNowhere = 2;
  const Scan& scan = surroundings.scan();
  const std::size_t most = kFeaturesMost + name.last - name.first;
  features.seen.resize(most);
  features.first.resize(most);
  features.second.resize(most);
  std::size_t n = 0;
  const auto see = [&](Seen seen, std::uint32_t a, std::uint32_t b = 0) __attribute__((always_inline)) {
    features.seen.data()[n] = seen * 0x9E3779B1u + 1;
    features.first.data()[n] = a;
    features.second.data()[n] = b;
    ++n;
  };
  const auto lists_of = [&](std::size_t at) -> std::uint32_t {
    return scan.tokens[at].digits > 0 ? 0 : lists.ListsOf(scan.tokens[at].hash);
  };
  const auto gap = [&](std::size_t left) {
    std::uint32_t hash = 1;
    for (const char c : scan.Between(left).substr(0, kGapBytesMax)) hash = hash * 31 + static_cast<unsigned char>(c);
    return hash;
  };
  const Line line(scan, name);
  const std::size_t first = name.first, last = name.last;
  const auto words = static_cast<std::uint32_t>(std::min<std::size_t>(last - first + 1, 4));
  const std::uint32_t shape = CaseOf(scan.tokens[first]) * 4 + CaseOf(scan.tokens[last]);
  const auto likely = static_cast<std::uint32_t>(name.probability * 20);
  for (std::size_t i = first; i <= last; ++i) see(kWord, scan.tokens[i].hash);
  see(kWholeName, scan.tokens[first].hash, scan.tokens[last].hash);
  see(kEndings, EndingOf(scan, scan.tokens[first]), 1);
  see(kEndings, EndingOf(scan, scan.tokens[last]), 2);
  features.of_words = n;
  see(kListsOfName, lists_of(first) * 0x10000u + lists_of(last), words * 16 + shape);
  see(kFirstLists, lists_of(first), words);
  see(kLastLists, lists_of(last), words * 16 + shape);
  see(kLikely, likely / 2, lists_of(first) * 0x10000u + lists_of(last));
  features.of_lists = n;
  const bool has_before = first > line.first, has_behind = last + 1 < line.end;
  const std::uint32_t gap_before = has_before ? gap(first - 1) : kNothing,
                      gap_behind = has_behind ? gap(last) : kNothing;
  const std::uint32_t before = has_before ? WordOf(scan.tokens[first - 1]) : kNothing;
  const std::uint32_t behind = has_behind ? WordOf(scan.tokens[last + 1]) : kNothing;
  const std::uint32_t lists_before = has_before ? lists_of(first - 1) * 4 + CaseOf(scan.tokens[first - 1]) : kNothing;
  const std::uint32_t lists_behind = has_behind ? lists_of(last + 1) * 4 + CaseOf(scan.tokens[last + 1]) : kNothing;
  see(kBefore, before, gap_before);
  see(kBehind, behind, gap_behind);
  see(kListsBefore, lists_before, gap_before);
  see(kListsBehind, lists_behind, gap_behind);
  see(kListsBeside, lists_before * 31 + gap_before, lists_behind * 37 + gap_behind);
  if (first >= line.first + 2) see(kTwoBefore, WordOf(scan.tokens[first - 2]), before);
  if (last + 2 < line.end) see(kTwoBehind, behind, WordOf(scan.tokens[last + 2]));
  const auto kind_of = [&](std::size_t at) -> std::uint32_t {
    const Token& token = scan.tokens[at];
    if (token.digits > 0) return 1;
    return known.BitsOf(token.hash) / kKnownAct * 4u + CaseOf(token);
  };
  const std::uint32_t kind_before = has_before ? kind_of(first - 1) : kNowhere;
  const std::uint32_t kind_behind = has_behind ? kind_of(last + 1) : kNowhere;
  see(kKindBefore, kind_before, gap_before);
  see(kKindBehind, kind_behind, gap_behind);
  see(kKindsBeside, kind_before * 31 + gap_before, kind_behind * 37 + gap_behind);
  if (last + 2 < line.end) see(kKindTwoBehind, kind_behind * 37 + gap_behind, kind_of(last + 2) * 31 + gap(last + 1));
  if (has_before) see(kEndBefore, EndingOf(scan, scan.tokens[first - 1]), gap_before);
  if (has_behind) see(kEndBehind, EndingOf(scan, scan.tokens[last + 1]), gap_behind);
  std::uint32_t numbers = 0, capitals = 0;
  for (std::size_t i = line.first; i < line.end; ++i) {
    if (i >= first && i <= last) continue;
    const Token& token = scan.tokens[i];
    see(i < first ? kLeft : kRight, WordOf(token));
    see(kNear, WordOf(token));
    numbers += token.digits > 0;
    capitals += token.upper_first;
  }
  const auto around = static_cast<std::uint32_t>(line.end - line.first) - static_cast<std::uint32_t>(last - first + 1);
  see(kPlaceInLine, (has_before ? 1 : 0) + (has_behind ? 2 : 0) + words * 4, std::min<std::uint32_t>(around / 2, 6));
  see(kNumbers, std::min<std::uint32_t>(numbers, 3), std::min<std::uint32_t>(capitals, 4));
  see(kProbability, likely, words);
  see(kAlways, words);
  const std::uint32_t known_as = KnownAs(scan, known, name, line);
  see(kKnown, known_as, words);
  features.around = surroundings.Around(name);
  see(kPosted, static_cast<std::uint32_t>(features.around), words * 16 + shape);
  const std::uint32_t act = ActOf(scan, known, name, line);
  see(kActs, act * 2 + (has_before ? 1 : 0), words);
  see(kActs, act, 8 + known_as);
  see(kAgain, StandsAgain(scan, name) ? 1 : 0, words);
  features.all.resize((n + kWordsAtOnce - 1) / kWordsAtOnce * kWordsAtOnce);
  Mix(static_cast<std::uint32_t>(name.kind) * 0x1F123BB5u, features);
  features.all.resize(n);
}

Result<NameDoubt> NameDoubt::Parse(std::string_view bytes) {
  NameDoubtHead head;
  if (bytes.size() < sizeof head) return Error("detect.name_model");
  std::memcpy(&head, bytes.data(), sizeof head);
  const std::uint64_t words = std::accumulate(head.known.begin(), head.known.end(), std::uint64_t{0});
  const bool sound = std::string_view(head.magic.data(), head.magic.size()) == kMagic &&
                     std::has_single_bit(head.features) &&
                     bytes.size() == sizeof head + words * sizeof(std::uint32_t) + head.features;
  if (!sound) return Error("detect.name_model");
  NameDoubt doubt;
  const char* at = bytes.data() + sizeof head;
  doubt.known_.Reserve(words);
  for (std::size_t kind = 0; kind < kAllKnown.size(); ++kind) {
    for (std::uint32_t i = 0; i < head.known[kind]; ++i, at += sizeof(std::uint32_t)) {
      std::uint32_t hash;
      std::memcpy(&hash, at, sizeof hash);
      doubt.known_.Add(hash, kAllKnown[kind]);
    }
  }
  doubt.weights_ = reinterpret_cast<const std::int8_t*>(at);
  doubt.mask_ = head.features - 1;
  doubt.scale_ = head.scale;
  return doubt;
}

const NameDoubt& NameDoubt::BuiltIn() {
  return BuiltInModel<NameDoubt>();
}

NameDoubt::Verdict NameDoubt::Judge(Surroundings& surroundings, const NameModel& lists, const TaggedName& name) const {
  static thread_local DoubtFeatures features;  // its memory serves the next name
  ReadDoubtFeatures(surroundings, lists, known_, name, features);
  std::int32_t sum = 0;
  const std::int8_t* const weights = weights_;
  const std::uint32_t mask = mask_;
  for (const std::uint32_t feature : features.all) sum += weights[feature & mask];
  return {static_cast<float>(sum) * scale_, features.around};
}

}  // namespace privity::detect
