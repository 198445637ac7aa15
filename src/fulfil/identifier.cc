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

void FindNumber(std::string_view text, const std::string& digits, std::vector<ByteSpan>& spans) {
  for (std::size_t at = 0; at < text.size();) {
    if (!IsDigit(text[at]) && text[at] != '+') {
      ++at;
      continue;
    }
    const std::size_t end = EndOfNumber(text, text[at] == '+' ? at + 1 : at);
    if (DigitsOf(text.substr(at, end - at)) == digits) spans.push_back({at, end});
    at = std::max(end, at + 1);
  }
}

std::vector<CharacterSpan> InCharacters(std::string_view text, std::vector<ByteSpan> spans) {
  std::ranges::sort(spans, {}, &ByteSpan::begin);
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
        folded = text;
        std::ranges::transform(folded, folded.begin(), Folded);
      }
      FindAddress(folded, normal, spans);
    } else if (identifier.space == "phone" && normal.size() >= kPhoneDigitsMin) {
      FindNumber(text, normal, spans);
    }
  }
  return spans.empty() ? std::vector<CharacterSpan>() : InCharacters(text, std::move(spans));
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
