#include "fulfil/identifier.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"

namespace privity {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";
constexpr std::size_t kPhoneDigitsMin = 7;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
char Folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
// What makes a longer address of one that stands beside it: the letters of addresses in use. Of what else RFC 5322
// allows, "=", "/", "'" and the like stand before addresses in logs and texts far more often than in them.
bool IsAddressByte(char c) {
  return IsDigit(c) || (Folded(c) >= 'a' && Folded(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("@._%+-").find(c) != std::string_view::npos;
}
bool IsPhoneFiller(char c) {
  return std::string_view(" -./()").find(c) != std::string_view::npos;
}

std::string Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kSpaces) - first + 1));
}

std::string DigitsOf(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), IsDigit);
  return digits.starts_with("00") ? digits.substr(2) : digits;
}

struct ByteSpan {
  std::size_t begin;
  std::size_t end;
};

// The address with nothing before or behind it that would make it another one; a dot may end a sentence.
void FindAddress(std::string_view folded, const std::string& address, std::vector<ByteSpan>& spans) {
  for (std::size_t at = folded.find(address); at != std::string_view::npos; at = folded.find(address, at + 1)) {
    const std::size_t end = at + address.size();
    const bool begins = at == 0 || !IsAddressByte(folded[at - 1]);
    std::size_t after = end;
    while (after < folded.size() && folded[after] == '.') ++after;
    if (begins && (after == folded.size() || !IsAddressByte(folded[after]))) spans.push_back({at, end});
  }
}

// The run of digits and fillers from `begin` on, at which a number ends.
std::size_t EndOfNumber(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  for (std::size_t at = begin; at < text.size() && (IsDigit(text[at]) || IsPhoneFiller(text[at])); ++at) {
    if (IsDigit(text[at])) end = at + 1;
  }
  return end;
}

// Calls `each` with every run that could be a telephone number.
template <class Each>
void ForEachNumber(std::string_view text, const Each& each) {
  for (std::size_t at = 0; at < text.size();) {
    if (!IsDigit(text[at]) && text[at] != '+') {
      ++at;
      continue;
    }
    const std::size_t end = EndOfNumber(text, text[at] == '+' ? at + 1 : at);
    if (end > at) each(ByteSpan{at, end});
    at = std::max(end, at + 1);
  }
}

void FindNumber(std::string_view text, const std::string& digits, std::vector<ByteSpan>& spans) {
  ForEachNumber(text, [&](const ByteSpan& span) {
    if (DigitsOf(text.substr(span.begin, span.end - span.begin)) == digits) spans.push_back(span);
  });
}

// What else may stand in the part of an address before the "@" (RFC 5322, atext), and rarely does.
bool IsRareAddressByte(char c) {
  return std::string_view("!#$&'*/=?^`{|}~").find(c) != std::string_view::npos;
}

void ForEachAddress(std::string_view text, const OnMentionable& each) {
  constexpr std::size_t kRareStartsMax = 64;
  for (std::size_t at = text.find('@'); at != std::string_view::npos;) {
    std::size_t begin = at;
    while (begin > 0 && IsAddressByte(text[begin - 1])) --begin;
    std::size_t end = at;
    while (end < text.size() && IsAddressByte(text[end])) ++end;
    const std::size_t next = text.find('@', end);
    while (end > at && text[end - 1] == '.') --end;
    each("email", text.substr(begin, end - begin));
    // An address that itself holds such a byte begins further left.
    const std::size_t least = begin - std::min(begin, kRareStartsMax);
    for (std::size_t start = begin; start > least;) {
      --start;
      if (!IsAddressByte(text[start]) && !IsRareAddressByte(text[start])) break;
      const bool begins = start == 0 || !IsAddressByte(text[start - 1]);
      if (begins) each("email", text.substr(start, end - start));
    }
    at = next;
  }
}

bool IsLetter(char c) {
  return (Folded(c) >= 'a' && Folded(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}
bool IsWordByte(char c) {
  return IsLetter(c) || IsDigit(c);
}

std::string FoldedText(std::string_view text) {
  std::string folded(text);
  std::ranges::transform(folded, folded.begin(), Folded);
  return folded;
}

std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words;
  bool in_word = false;
  for (const char c : name) {
    if (IsWordByte(c) || (in_word && (c == '-' || c == '\''))) {
      if (!in_word) words.emplace_back();
      words.back() += c;
      in_word = true;
    } else {
      in_word = false;
    }
  }
  return words;
}

// The word with nothing before or behind it that would make it another one.
void FindWord(std::string_view text, std::string_view word, std::vector<ByteSpan>& spans) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool stands_alone = (at == 0 || !IsWordByte(text[at - 1])) && (end == text.size() || !IsWordByte(text[end]));
    if (stands_alone) spans.push_back({at, end});
  }
}

// Where the words follow each other from `at` on, between them nothing but spaces and at most one comma; or nothing.
std::optional<std::size_t> EndOfWords(std::string_view folded, std::size_t at, std::span<const std::string> words) {
  if (at > 0 && IsWordByte(folded[at - 1])) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      const std::size_t next = folded.find_first_not_of(" ,\t", at);
      if (next == std::string_view::npos || next == at) return std::nullopt;
      if (std::ranges::count(folded.substr(at, next - at), ',') > 1) return std::nullopt;
      at = next;
    }
    if (!folded.substr(at).starts_with(words[i])) return std::nullopt;
    at += words[i].size();
    if (at < folded.size() && IsWordByte(folded[at])) return std::nullopt;
  }
  return at;
}

// In the order of the name, and with its last word in front.
void FindFullName(std::string_view folded, std::string_view name, std::vector<ByteSpan>& spans) {
  std::vector<std::string> words = WordsOf(FoldedText(name));
  if (words.size() < 2) return;
  for (int turn = 0; turn < 2; ++turn) {
    for (std::size_t at = folded.find(words.front()); at != std::string_view::npos;
         at = folded.find(words.front(), at + 1)) {
      if (const auto end = EndOfWords(folded, at, words)) spans.push_back({at, *end});
    }
    std::ranges::rotate(words, words.end() - 1);
  }
}

std::vector<CharacterSpan> InCharacters(std::string_view text, std::vector<ByteSpan> spans) {
  // Of two that begin together the longer one.
  std::ranges::sort(spans, [](const ByteSpan& a, const ByteSpan& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<CharacterSpan> out;
  std::size_t bytes = 0;
  std::size_t characters = 0;
  for (const ByteSpan& span : spans) {
    if (span.begin < bytes) continue;
    const std::size_t begin = characters + CountCharacters(text.substr(bytes, span.begin - bytes));
    characters = begin + CountCharacters(text.substr(span.begin, span.end - span.begin));
    bytes = span.end;
    out.push_back({begin, characters});
  }
  return out;
}

}  // namespace

bool IsGlobalSpace(std::string_view space) {
  return space == "email" || space == "phone";
}

std::string NormalizeIdentifier(std::string_view space, std::string_view value) {
  if (space == "phone") return DigitsOf(value);
  std::string text = Trimmed(value);
  if (space == "email") std::ranges::transform(text, text.begin(), Folded);
  return text;
}

std::vector<std::string> SpellingsOf(const SubjectIdentifier& identifier) {
  std::vector<std::string> spellings = {Trimmed(identifier.value)};
  const auto add = [&](std::string spelling) {
    if (std::ranges::find(spellings, spelling) == spellings.end()) spellings.push_back(std::move(spelling));
  };
  const std::string normal = NormalizeIdentifier(identifier.space, identifier.value);
  add(normal);
  if (identifier.space == "phone") {
    add("+" + normal);
    add("00" + normal);
  }
  return spellings;
}

bool IsAmong(std::span<const SubjectIdentifier> identifiers, std::string_view space, std::string_view value) {
  std::optional<std::string> normal;
  return std::ranges::any_of(identifiers, [&](const SubjectIdentifier& each) {
    if (each.space != space) return false;
    if (!normal) normal = NormalizeIdentifier(space, value);
    return *normal == NormalizeIdentifier(each.space, each.value);
  });
}

std::vector<CharacterSpan> MentionsIn(std::string_view text, std::span<const SubjectIdentifier> identifiers) {
  std::vector<ByteSpan> spans;
  std::string folded;
  for (const SubjectIdentifier& identifier : identifiers) {
    const std::string normal = NormalizeIdentifier(identifier.space, identifier.value);
    if (identifier.space == "email" && !normal.empty()) {
      if (folded.empty()) {
        folded = FoldedText(text);
      }
      FindAddress(folded, normal, spans);
    } else if (identifier.space == "phone" && normal.size() >= kPhoneDigitsMin) {
      FindNumber(text, normal, spans);
    }
  }
  return spans.empty() ? std::vector<CharacterSpan>() : InCharacters(text, std::move(spans));
}

void ForEachMentionable(std::string_view text, const OnMentionable& each) {
  ForEachAddress(text, each);
  ForEachNumber(text, [&](const ByteSpan& span) {
    const std::string_view number = text.substr(span.begin, span.end - span.begin);
    if (DigitsOf(number).size() >= kPhoneDigitsMin) each("phone", number);
  });
}

std::vector<CharacterSpan> FullNamesIn(std::string_view text, std::span<const std::string> names) {
  if (names.empty()) return {};
  const std::string folded = FoldedText(text);
  std::vector<ByteSpan> spans;
  for (const std::string& name : names) FindFullName(folded, name, spans);
  return spans.empty() ? std::vector<CharacterSpan>() : InCharacters(text, std::move(spans));
}

std::vector<CharacterSpan> NamesIn(std::string_view text, std::span<const std::string> names) {
  constexpr std::size_t kLettersMin = 3;
  std::vector<ByteSpan> spans;
  for (const std::string& name : names) {
    for (const std::string& word : WordsOf(name)) {
      if (CountCharacters(word) < kLettersMin) continue;
      std::string capitals = word;
      std::ranges::transform(capitals, capitals.begin(),
                             [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
      FindWord(text, word, spans);
      if (capitals != word) FindWord(text, capitals, spans);
    }
  }
  return Joined(FullNamesIn(text, names), spans.empty() ? std::vector<CharacterSpan>() : InCharacters(text, spans));
}

std::vector<CharacterSpan> Joined(std::vector<CharacterSpan> spans, const std::vector<CharacterSpan>& more) {
  spans.insert(spans.end(), more.begin(), more.end());
  std::ranges::sort(spans, {}, &CharacterSpan::begin);
  std::vector<CharacterSpan> out;
  for (const CharacterSpan& each : spans) {
    if (!out.empty() && each.begin < out.back().end) {
      out.back().end = std::max(out.back().end, each.end);
    } else {
      out.push_back(each);
    }
  }
  return out;
}

std::string ReplaceSpans(std::string_view text, std::span<const CharacterSpan> spans, std::string_view replacement) {
  std::string out;
  std::size_t character = 0;  // of the byte at hand, counted from 1
  auto span = spans.begin();
  for (const char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) {
      if (span != spans.end() && character == span->end) ++span;
      if (span != spans.end() && character == span->begin) out += replacement;
      ++character;
    }
    if (span == spans.end() || character - 1 < span->begin || character - 1 >= span->end) out += byte;
  }
  return out;
}

}  // namespace privity
