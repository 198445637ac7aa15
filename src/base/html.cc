#include "base/html.h"

namespace privity {
namespace {

bool IsAllowed(char c) {
  const auto code = static_cast<unsigned char>(c);
  return (code >= ' ' && code != 0x7f) || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (IsAllowed(c)) {
          out += c;
        } else {
          out += "\uFFFD";
        }
    }
  }
  return out;
}

}  // namespace privity
