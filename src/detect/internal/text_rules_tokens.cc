// Keys, addresses of wallets and other tokens, by how they begin and go on.
#include "detect/internal/text_rules.h"

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <cmath>
#include <cstring>
#include <span>

#include "detect/internal/letters.h"
#include "detect/internal/text_evidence.h"

namespace privity::detect {
namespace {

// Whether what ends before `at` goes on there. Where East Asian letters meet others, another token begins.
bool GoesOnAsWord(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return IsAsciiAlnum(text[at]) || text[at] == '_';
  const bool within_letter = (byte & 0xC0) == 0x80;
  const char32_t next = ReadCodePoint(text, at).value;
  return within_letter || (IsLetter(next) && !IsEastAsian(next));
}

}  // namespace

// Added up in the order of the bytes, each number of times with its logarithm taken once.
double Entropy(std::string_view value) {
  std::array<std::uint32_t, 256> counts{};
  std::array<std::uint64_t, 4> there{};
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    ++counts.data()[byte];
    there.data()[byte / 64] |= std::uint64_t{1} << byte % 64;
  }
  const auto bits_of = [&](std::uint32_t count) {
    const double share = static_cast<double>(count) / static_cast<double>(value.size());
    return share * std::log2(share);
  };
  std::array<double, 8> known{};  // by the count; 0: not yet
  double entropy = 0;
  for (std::size_t row = 0; row < there.size(); ++row) {
    for (std::uint64_t left = there[row]; left != 0; left &= left - 1) {
      const std::uint32_t count = counts.data()[64 * row + static_cast<std::size_t>(std::countr_zero(left))];
      if (count >= known.size()) {
        entropy -= bits_of(count);
        continue;
      }
      double& bits = known.data()[count];
      if (bits == 0) bits = bits_of(count);
      entropy -= bits;
    }
  }
  return entropy;
}

namespace {

constexpr std::array<std::string_view, 42> kTelling = {
    "example", "sample",      "placeholder", "changeme",  "change_me",  "change-me", "replace",  "your_",    "your-",
    "yourkey", "yourto",      "dummy",       "redacted",  "xxxx",       "****",      "....",     "insert",   "todo",
    "fixme",   "notreal",     "not_real",    "not-real",  "lorem",      "ipsum",     "abcdefgh", "12345678", "87654321",
    "foobar",  "secret_here", "my_secret",   "my-secret", "mysecret",   "test1234",  "00000000", "11111111", "deadbeef",
    "${",      "{{",          "fake-",       "fake_",     "test-token", "test_token"};

// Whether it holds one of those words: asked only where two characters stand side by side as one of them begins.
bool HasTellingWord(std::string_view folded) {
  const auto pair_of = [](char first, char second) {
    return (static_cast<unsigned char>(first) * 37u + static_cast<unsigned char>(second)) % 1024;
  };
  static const auto kPairs = [&] {
    std::bitset<1024> pairs;
    for (const std::string_view word : kTelling) pairs.set(pair_of(word[0], word[1]));
    return pairs;
  }();
  for (std::size_t at = 0; at + 1 < folded.size(); ++at) {
    if (!kPairs[pair_of(folded[at], folded[at + 1])]) continue;
    const std::string_view rest = folded.substr(at);
    const auto begins = [&](std::string_view word) { return rest[0] == word[0] && rest.starts_with(word); };
    if (std::ranges::any_of(kTelling, begins)) return true;
  }
  return false;
}

}  // namespace

bool IsStandIn(std::string_view value) {
  static const WordSet kStandIns(
      {"password", "passwd",   "pass",     "pwd",      "secret",     "mypassword", "password1",  "password123",
       "passw0rd", "changeit", "admin123", "postgres", "topsecret",  "secret123",  "mypass",     "userpass",
       "root",     "guest",    "passwort", "kennwort", "contrasena", "senha",      "wachtwoord", "haslo",
       "heslo",    "jelszo",   "losenord", "p@ssw0rd", "p@ssword",   "password1!", "anonymous",  "open sesame"});
  if (value.empty() || value.front() == '<' || value.front() == '$') return true;
  if (value.front() == '%' && value.back() == '%') return true;  // of a variable
  if (value.starts_with("#{") || (value.starts_with("__") && value.ends_with("__"))) return true;
  const std::string folded = Fold(value.substr(0, 512));
  return kStandIns.contains(WordHash(folded)) || HasTellingWord(folded);
}

bool LooksMadeUp(std::string_view value) {
  return IsStandIn(value) || (value.size() >= 8 && Entropy(value) < 1.8);
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
  if (token.size() < pattern.letters_min || token.size() > pattern.letters_max) return false;
  const Pattern::Item& first = pattern.pattern.items().front();
  if (first.min > 0 && !first.accepts[static_cast<unsigned char>(scan.text.data()[token.begin])]) return false;
  const char sign = token.end < scan.text.size() ? scan.text[token.end] : '\0';
  if (token.size() < pattern.pattern.bytes_min() && !pattern.accepts[static_cast<unsigned char>(sign)]) return false;
  return token.begin == 0 || scan.text[token.begin - 1] != '_';
}

bool TextRules::TryStart(const Scan& scan, std::size_t at, std::uint16_t index, std::vector<Find>& finds) const {
  const TokenPattern& pattern = tokens_[index];
  const Token& token = scan.tokens[at];
  return MayMatch(scan, pattern, token) && (!rules_[pattern.rule].context_needed || IsNamed(scan, at, pattern.rule)) &&
         TryToken(scan, pattern, token, kTokenScore, finds);
}

// Secrets without a beginning of their own, a few words after the name of their provider.
void TextRules::FindAfterContext(const Scan& scan, const SpokenCue& spoken, std::vector<Find>& finds) const {
  const std::size_t at = spoken.token;
  const std::size_t end = std::min(scan.tokens.size(), at + 1 + kContextBefore);
  const Token* const tokens = scan.tokens.data();
  std::array<const Token*, kContextBefore> long_ones;
  std::size_t count = 0;
  for (std::size_t i = at + 1; i < end; ++i) {
    if (tokens[i].size() >= spoken.cue->letters_after_min) long_ones.data()[count++] = tokens + i;
  }
  if (count == 0) return;
  for (const std::uint16_t index : spoken.cue->tokens_after) {
    const TokenPattern& pattern = tokens_[index];
    for (const Token* const token : std::span(long_ones).first(count)) {
      if (MayMatch(scan, pattern, *token) && TryToken(scan, pattern, *token, kTokenAfterContext, finds)) return;
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

namespace {

std::size_t LongKeyEnd(std::string_view text, std::size_t at) {
  constexpr std::size_t kBytesMax = 4096;
  const std::size_t begin = at;
  while (at < text.size() && at - begin < kBytesMax && (IsAsciiAlnum(text[at]) || IsOneOf(text[at], "_-."))) ++at;
  while (at > begin && text[at - 1] == '.') --at;
  return at;
}

}  // namespace

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
  const auto says_little = [](std::string_view key) {
    constexpr std::size_t kLongBytes = 16;
    return key.size() < kLongBytes ? LooksMadeUp(key) : Entropy(key) < 2.5 || IsStandIn(key);
  };
  if (rule.file->entity == Entity::kSecret && says_little(own)) return false;
  finds.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + value.size()), rule.file, score});
  return true;
}

}  // namespace privity::detect
