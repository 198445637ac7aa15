#include "identity/password_policy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "identity/internal/common_passwords.h"
#include "identity/internal/normal_text.h"

namespace privity {
namespace {

// Four bytes a character at most (RFC 3629). Checked before normalizing, which may make a text up to 18 times longer.
constexpr std::size_t kTypedBytesMax = kPasswordCharactersMax * 4;
// Shorter units repeated are a repetition, however long the password: "abcabcabcabcabc".
constexpr std::size_t kRepeatedUnitBytesMax = 4;
constexpr std::size_t kContextWordBytesMin = 3;

bool IsAsciiLetter(char c) {
  return c >= 'a' && c <= 'z';
}
// Everything outside ASCII counts as a letter: no digit or sign that somebody tacks on to a word.
bool IsLetter(char c) {
  return IsAsciiLetter(c) || static_cast<unsigned char>(c) >= 0x80;
}

// The word in "123-password!2026".
std::string_view WithoutDecoration(std::string_view folded) {
  while (!folded.empty() && !IsLetter(folded.front())) folded.remove_prefix(1);
  while (!folded.empty() && !IsLetter(folded.back())) folded.remove_suffix(1);
  return folded;
}

std::string LettersOf(std::string_view folded) {
  std::string letters(folded);
  std::erase_if(letters, [](char c) { return !IsLetter(c); });
  return letters;
}

// The length of the unit that the text repeats; its own length when it repeats nothing.
std::size_t RepeatedUnit(std::string_view text) {
  for (std::size_t unit = 1; unit <= text.size() / 2; ++unit) {
    if (text.size() % unit == 0 && text.substr(unit) == text.substr(0, text.size() - unit)) return unit;
  }
  return text.size();
}

// "123456789012345", "abcdefghijklmno", "987654321": each byte one above (or below) its neighbor, 9 and 0 side by side.
bool IsSequence(std::string_view text) {
  const auto steps = [&](int step) {
    for (std::size_t i = 1; i < text.size(); ++i) {
      const int difference = text[i] - text[i - 1];
      const bool wraps = std::isdigit(static_cast<unsigned char>(text[i])) != 0 && difference == -9 * step;
      if (difference != step && !wraps) return false;
    }
    return true;
  };
  return text.size() > 1 && (steps(1) || steps(-1));
}

bool IsCommon(std::string_view folded) {
  const std::string_view word = WithoutDecoration(folded);
  const std::string letters = LettersOf(folded);
  return IsCommonPassword(word) || IsCommonPassword(letters) ||
         IsCommonPassword(std::string_view(letters).substr(0, RepeatedUnit(letters)));
}

// The words of a name or address, and all of them written together.
void AddWords(std::string_view text, std::vector<std::string>& words) {
  std::string word;
  std::string together;
  for (const char c : FoldName(text) + " ") {
    if (IsLetter(c) || std::isdigit(static_cast<unsigned char>(c)) != 0) {
      word += c;
      together += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  words.push_back(std::move(together));
}

std::vector<std::string> ContextWords(const PasswordContext& context) {
  std::vector<std::string> words;
  AddWords(context.name, words);
  AddWords(context.email, words);
  AddWords(context.organization, words);
  std::erase_if(words, [](const std::string& word) { return word.size() < kContextWordBytesMin; });
  std::ranges::sort(words, [](const auto& a, const auto& b) { return a.size() > b.size(); });  // longest first
  return words;
}

// Whether nothing of the password is left when the words about this account, digits and signs are taken out.
bool IsMadeOfContext(std::string_view folded, const PasswordContext& context) {
  std::string rest(folded);
  for (const std::string& word : ContextWords(context)) {
    for (std::size_t at = rest.find(word); at != std::string::npos; at = rest.find(word, at)) {
      rest.replace(at, word.size(), " ");
    }
  }
  const bool had_words = rest != folded;
  return had_words && LettersOf(rest).empty();
}

}  // namespace

Result<SecretString> NormalizePassword(const SecretString& typed) {
  const Error too_long("identity.password_too_long", {{"maximum", std::to_string(kPasswordCharactersMax)}});
  if (typed.Reveal().size() > kTypedBytesMax) return too_long;
  SecretString normal(Nfkc(typed.Reveal()));
  if (CountCharacters(normal.Reveal()) > kPasswordCharactersMax) return too_long;
  return normal;
}

Result<SecretString> AcceptNewPassword(const SecretString& typed, const PasswordContext& context) {
  PRIVITY_TRY(SecretString normal, NormalizePassword(typed));
  const std::size_t minimum =
      context.has_second_factor ? kPasswordCharactersMinWithSecondFactor : kPasswordCharactersMinAlone;
  if (CountCharacters(normal.Reveal()) < minimum) {
    return Error("identity.password_too_short", {{"minimum", std::to_string(minimum)}});
  }
  const SecretString folded(FoldName(normal.Reveal()));
  if (IsCommon(folded.Reveal())) return Error("identity.password_common");
  if (RepeatedUnit(folded.Reveal()) <= kRepeatedUnitBytesMax || IsSequence(folded.Reveal()) ||
      IsMadeOfContext(folded.Reveal(), context)) {
    return Error("identity.password_predictable");
  }
  return normal;
}

bool MayStandAlone(const SecretString& normalized) {
  return CountCharacters(normalized.Reveal()) >= kPasswordCharactersMinAlone;
}

}  // namespace privity
