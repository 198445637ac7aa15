#include "net/internal/smtp_reply.h"

#include <algorithm>

namespace privity::internal {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// "5.1.1" at the beginning of `text` (RFC 3463 section 2), or nothing.
std::string EnhancedCode(std::string_view text) {
  std::size_t dots = 0;
  std::size_t end = 0;
  while (end < text.size() && (IsDigit(text[end]) || text[end] == '.')) dots += text[end++] == '.';
  const bool shaped = dots == 2 && end >= 5 && end <= 9 && text[1] == '.' && text[end - 1] != '.';
  return shaped && (text[0] == '2' || text[0] == '4' || text[0] == '5') ? std::string(text.substr(0, end)) : "";
}

}  // namespace

std::optional<SmtpReply> ReadSmtpReplyLine(std::string_view line) {
  if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, IsDigit)) return std::nullopt;
  return SmtpReply{.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'),
                   .enhanced = line.size() > 4 ? EnhancedCode(line.substr(4)) : ""};
}

}  // namespace privity::internal
