#include "connect/mail/imap_reply.h"

#include <algorithm>
#include <charconv>

#include "base/utf8.h"

namespace privity::connect_internal {
namespace {

constexpr std::size_t kLineBytesMax = 32 << 20;  // a million numbers of messages
constexpr std::uint64_t kLiteralBytesMax = 64 << 20;
constexpr std::uint64_t kLiteralSizeMax = std::uint64_t{1} << 40;
constexpr std::size_t kLiteralsMax = 10'000;
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

template <class Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// 123 of "... {123}".
std::optional<std::uint64_t> LiteralSize(std::string_view line) {
  const std::size_t open = line.ends_with('}') ? line.rfind('{') : std::string_view::npos;
  if (open == std::string_view::npos) return std::nullopt;
  return ParseNumber<std::uint64_t>(line.substr(open + 1, line.size() - open - 2));
}

std::size_t QuotedEnd(std::string_view line, std::size_t at, std::string& text) {
  for (++at; at < line.size() && line[at] != '"'; ++at) {
    if (line[at] == '\\' && at + 1 < line.size()) ++at;
    text += line[at];
  }
  return std::min(at + 1, line.size());
}

}  // namespace

void ImapReplies::Feed(std::string_view bytes) {
  bytes_ += bytes;
}

// Keeps what fits and lets the rest go. False when more has to come.
bool ImapReplies::TakeLiteral() {
  const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(literal_left_, bytes_.size()));
  std::string& literal = literals_.back();
  literal.append(bytes_, 0, std::min<std::size_t>(size, kLiteralBytesMax - literal.size()));
  bytes_.erase(0, size);
  literal_left_ -= size;
  is_in_literal_ = literal_left_ > 0;
  return !is_in_literal_;
}

std::unique_ptr<ImapReply> ImapReplies::Take() {
  while (!is_broken_) {
    if (is_in_literal_ && !TakeLiteral()) return nullptr;
    const std::size_t newline = bytes_.find('\n', searched_);
    if (newline == std::string::npos) {
      searched_ = bytes_.size();
      is_broken_ = bytes_.size() + line_.size() > kLineBytesMax;
      return nullptr;
    }
    searched_ = 0;
    std::string piece = bytes_.substr(0, newline);
    bytes_.erase(0, newline + 1);
    if (piece.ends_with('\r')) piece.pop_back();
    std::ranges::replace(piece, '\0', ' ');  // stands for a literal here
    const auto size = LiteralSize(piece);
    line_ += size ? piece.substr(0, piece.rfind('{')) + '\0' : piece;
    if (size) {
      is_broken_ = *size > kLiteralSizeMax || literals_.size() == kLiteralsMax || line_.size() > kLineBytesMax;
      literals_.emplace_back();
      literal_left_ = *size;
      is_in_literal_ = *size > 0;
      continue;
    }
    auto reply = std::make_unique<ImapReply>();
    Finish(*reply);
    return reply;
  }
  return nullptr;
}

void ImapReplies::Finish(ImapReply& reply) {
  const std::size_t space = std::min(line_.find(' '), line_.size());
  reply.tag = line_.substr(0, space);
  reply.line = line_.substr(std::min(space + 1, line_.size()));
  line_.clear();
  std::size_t literal = 0;
  const std::string_view line = reply.line;
  constexpr std::string_view kEnds(" ()\"\0", 5);
  for (std::size_t at = 0; at < line.size();) {
    ImapToken token;
    if (line[at] == ' ') {
      ++at;
      continue;
    }
    if (line[at] == '(' || line[at] == ')') {
      token.kind = line[at++] == '(' ? ImapToken::Kind::kOpen : ImapToken::Kind::kClose;
    } else if (line[at] == '"') {
      token.kind = ImapToken::Kind::kString;
      at = QuotedEnd(line, at, token.text);
    } else if (line[at] == '\0') {
      token = {ImapToken::Kind::kString, std::move(literals_[literal++])};
      ++at;
    } else {
      const std::size_t end = std::min(line.find_first_of(kEnds, at), line.size());
      token.text = line.substr(at, end - at);
      at = end;
    }
    reply.tokens.push_back(std::move(token));
  }
  literals_.clear();
}

std::string_view ImapReply::Code() const {
  const std::string_view text = line;
  const std::size_t open = text.find('[');
  const std::size_t space = text.find(' ');
  if (open == std::string_view::npos || open != space + 1) return {};
  return text.substr(open + 1, text.find_first_of(" ]", open) - open - 1);
}

std::optional<std::int64_t> ImapReply::NumberBehind(std::string_view word) const {
  const std::size_t found = line.find(word);
  if (found == std::string::npos || found + word.size() + 1 >= line.size()) return std::nullopt;
  const std::string_view rest = std::string_view(line).substr(found + word.size() + 1);
  return ParseNumber<std::int64_t>(rest.substr(0, rest.find_first_not_of("0123456789")));
}

bool ImapReply::Is(std::string_view word) const {
  const auto is_word = [&](std::size_t at) { return tokens.size() > at && tokens[at].text == word; };
  return is_word(0) || (is_word(1) && ParseNumber<std::uint64_t>(tokens[0].text));
}

std::optional<std::string> DecodeMailboxName(std::string_view name) {
  std::string text;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (static_cast<unsigned char>(name[at]) >= 0x80) return std::nullopt;
    if (name[at] != '&') {
      text += name[at];
      continue;
    }
    const std::size_t end = name.find('-', at);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view digits = name.substr(at + 1, end - at - 1);
    if (digits.empty()) text += '&';
    std::uint32_t bits = 0;
    int held = 0;
    char32_t high = 0;
    for (const char digit : digits) {
      const std::size_t value = kBase64.find(digit);
      if (value == std::string_view::npos) return std::nullopt;
      bits = bits << 6 | static_cast<std::uint32_t>(value);
      held += 6;
      if (held < 16) continue;
      held -= 16;
      const char32_t unit = bits >> held & 0xFFFF;
      if (high != 0 && (unit & 0xFC00) == 0xDC00) {
        AppendUtf8(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00), text);
        high = 0;
      } else if (high != 0 || (unit & 0xFC00) == 0xDC00) {
        return std::nullopt;
      } else if ((unit & 0xFC00) == 0xD800) {
        high = unit;
      } else {
        AppendUtf8(unit, text);
      }
    }
    if (high != 0) return std::nullopt;
    at = end;
  }
  // What could be spelled in two ways could not be asked for again.
  return EncodeMailboxName(text) == name ? std::optional(text) : std::nullopt;
}

std::string EncodeMailboxName(std::string_view text) {
  std::string name;
  std::uint32_t bits = 0;
  int held = 0;
  bool is_shifted = false;
  const auto end_shift = [&] {
    if (!is_shifted) return;
    if (held > 0) name += kBase64[bits << (6 - held) & 63];
    name += '-';
    is_shifted = false;
    held = 0;
    bits = 0;
  };
  const auto add_unit = [&](std::uint32_t unit) {
    if (!is_shifted) name += '&';
    is_shifted = true;
    bits = bits << 16 | unit;
    for (held += 16; held >= 6;) {
      held -= 6;
      name += kBase64[bits >> held & 63];
    }
    bits &= 63;
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead >= 0x20 && lead < 0x7f) {
      end_shift();
      name += text[at++];
      if (lead == '&') name += '-';
      continue;
    }
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = size == 1 ? lead : lead & (0xFF >> (size + 1));
    for (std::size_t i = 1; i < size && at + i < text.size(); ++i) {
      point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    }
    if (point >= 0x10000) {
      add_unit(0xD800 + (static_cast<std::uint32_t>(point - 0x10000) >> 10));
      add_unit(0xDC00 + (static_cast<std::uint32_t>(point - 0x10000) & 0x3FF));
    } else {
      add_unit(static_cast<std::uint32_t>(point));
    }
    at += size;
  }
  end_shift();
  return name;
}

}  // namespace privity::connect_internal
