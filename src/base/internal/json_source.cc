#include "base/internal/json_source.h"

#include <algorithm>
#include <array>

namespace privity::internal {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// What ends the plain run of a string: the quote, a backslash, a control character.
constexpr std::array<bool, 256> kEndsRun = [] {
  std::array<bool, 256> ends{};
  for (std::size_t c = 0; c < 0x20; ++c) ends[c] = true;
  ends['"'] = true;
  ends['\\'] = true;
  return ends;
}();

}  // namespace

JsonSource::JsonSource(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {
  if (text.size() > limits.size_bytes_max) {
    text_ = {};
    error_ = Error("base.json_too_large", {{"maximum", std::to_string(limits.size_bytes_max)}});
  }
}

bool JsonSource::Fail(Error error) {
  if (!error_) error_ = AddPlaceAt(std::move(error), at_);
  return false;
}

Error JsonSource::AddPlaceAt(Error error, std::size_t offset) const {
  const std::string_view before = text_.substr(0, offset);
  const std::size_t line_begin = before.rfind('\n') + 1;  // 0 when there is none: npos + 1
  const std::string line = std::to_string(std::ranges::count(before, '\n') + 1);
  const std::string column = std::to_string(offset - line_begin + 1);
  return std::move(error).With("place", line + ":" + column).With("line", line).With("column", column);
}

void JsonSource::SkipSpace() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
    ++at_;
  }
}

char JsonSource::Front() {
  SkipSpace();
  token_ = at_;
  return at_ < text_.size() ? text_[at_] : '\0';
}

Shape JsonSource::Peek() {
  if (failed()) return Shape::kNothing;
  const char c = Front();
  switch (c) {
    case 'n':
      return Shape::kNull;
    case 't':
    case 'f':
      return Shape::kBool;
    case '"':
      return Shape::kText;
    case '[':
      return Shape::kArray;
    case '{':
      return Shape::kObject;
    default:
      if (c == '-' || IsDigit(c)) return Shape::kNumber;
      FailSyntax();
      return Shape::kNothing;
  }
}

bool JsonSource::TakeWord(std::string_view word) {
  if (Peek() == Shape::kNothing || text_[at_] != word.front()) return false;
  if (text_.substr(at_, word.size()) != word) return FailSyntax();
  at_ += word.size();
  opened_ = false;
  return true;
}

bool JsonSource::TakeBool(bool& value) {
  if (Peek() != Shape::kBool) return false;
  value = text_[at_] == 't';
  return TakeWord(value ? "true" : "false");
}

bool JsonSource::TakeNumber(std::string_view& digits) {
  if (Peek() != Shape::kNumber) return false;
  std::size_t end = at_;
  const auto take_digits = [&] {
    const std::size_t begin = end;
    while (end < text_.size() && IsDigit(text_[end])) ++end;
    return end != begin;
  };
  const auto next_is = [&](std::string_view accepted) {
    return end < text_.size() && accepted.find(text_[end]) != std::string_view::npos;
  };
  if (next_is("-")) ++end;
  if (next_is("0")) {
    ++end;  // no digit may follow a leading zero
  } else if (!take_digits()) {
    return FailSyntax();
  }
  if (next_is(".")) {
    ++end;
    if (!take_digits()) return FailSyntax();
  }
  if (next_is("eE")) {
    ++end;
    if (next_is("+-")) ++end;
    if (!take_digits()) return FailSyntax();
  }
  digits = text_.substr(at_, end - at_);
  at_ = end;
  opened_ = false;
  return true;
}

bool JsonSource::TakeText(std::string_view& text) {
  if (Peek() != Shape::kText || !TakeString(text)) return false;
  opened_ = false;
  return true;
}

bool JsonSource::TakeString(std::string_view& text) {
  const std::size_t begin = ++at_;
  while (at_ < text_.size() && !kEndsRun[static_cast<unsigned char>(text_[at_])]) ++at_;
  if (at_ == text_.size()) return FailSyntax();
  if (text_[at_] == '\\') {
    if (!Unescape(begin, text)) return false;
  } else {
    text = text_.substr(begin, at_ - begin);
  }
  if (text_[at_] != '"' || !IsUtf8(text)) return FailSyntax();
  ++at_;
  return true;
}

bool JsonSource::Unescape(std::size_t begin, std::string_view& text) {
  scratch_.assign(text_.substr(begin, at_ - begin));
  while (at_ < text_.size() && text_[at_] == '\\') {
    if (!TakeEscape()) return FailSyntax();
    const std::size_t run = at_;
    while (at_ < text_.size() && !kEndsRun[static_cast<unsigned char>(text_[at_])]) ++at_;
    scratch_.append(text_.substr(run, at_ - run));
  }
  if (at_ == text_.size()) return FailSyntax();
  text = scratch_;
  return true;
}

bool JsonSource::TakeEscape() {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (++at_ >= text_.size()) return false;
  const char name = text_[at_++];
  if (const std::size_t i = kNames.find(name); i != std::string_view::npos) {
    scratch_ += kMeanings[i];
    return true;
  }
  unsigned unit = 0;
  if (name != 'u' || !TakeHex4(unit)) return false;
  char32_t code_point = unit;
  if (unit >= 0xD800 && unit <= 0xDFFF) {  // RFC 8259 section 7: a pair of surrogates; a lone one is no character
    unsigned low = 0;
    if (unit > 0xDBFF || text_.substr(at_, 2) != "\\u") return false;
    at_ += 2;
    if (!TakeHex4(low) || low < 0xDC00 || low > 0xDFFF) return false;
    code_point = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
  }
  AppendUtf8(code_point, scratch_);
  return true;
}

bool JsonSource::TakeHex4(unsigned& unit) {
  if (text_.size() - at_ < 4) return false;
  const auto* begin = text_.data() + at_;
  const auto [end, failure] = std::from_chars(begin, begin + 4, unit, 16);
  at_ += 4;
  return failure == std::errc() && end == begin + 4;
}

bool JsonSource::Begin(char open) {
  if (Peek() == Shape::kNothing || text_[at_] != open) return false;
  if (++depth_ > limits_.depth_max) {
    return Fail(Error("base.json_too_deep", {{"maximum", std::to_string(limits_.depth_max)}}));
  }
  ++at_;
  opened_ = true;
  return true;
}

bool JsonSource::Next(char close) {
  if (failed()) return false;
  const char c = Front();
  if (c == close) {
    ++at_;
    --depth_;
    opened_ = false;
    return false;
  }
  if (opened_) {
    opened_ = false;
    return true;
  }
  if (c != ',') return FailSyntax();
  ++at_;
  return true;
}

bool JsonSource::NextMember(std::string_view& key) {
  if (!Next('}')) return false;
  if (Front() != '"') return FailSyntax();
  const std::size_t member = token_;
  if (!TakeString(key)) return false;
  // The key may lie in `scratch_`, which skipping the colon leaves alone.
  if (Front() != ':') return FailSyntax();
  ++at_;
  token_ = member;
  return true;
}

bool JsonSource::AtEnd() {
  if (failed()) return false;
  SkipSpace();
  return at_ == text_.size() || FailSyntax();
}

}  // namespace privity::internal
