#include "http/query.h"

#include <algorithm>

#include "base/utf8.h"

namespace privity {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

Result<std::string> Decode(std::string_view text, bool plus_is_space) {
  const std::string_view encoded = plus_is_space ? "%+" : "%";
  std::string out;
  out.reserve(text.size());
  for (std::size_t begin = 0;;) {
    const std::size_t at = std::min(text.find_first_of(encoded, begin), text.size());
    out.append(text, begin, at - begin);
    if (at == text.size()) break;
    if (text[at] == '+') {
      out += ' ';
      begin = at + 1;
      continue;
    }
    const int high = at + 2 < text.size() ? HexValue(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? HexValue(text[at + 2]) : -1;
    if (high < 0 || low < 0) return Error("http.percent_invalid");
    out += static_cast<char>(high * 16 + low);
    begin = at + 3;
  }
  const bool has_control =
      std::any_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (has_control || !IsUtf8(out)) return Error("http.percent_invalid");
  return out;
}

}  // namespace

Result<std::string> PercentDecode(std::string_view text) {
  return Decode(text, false);
}

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      out += c;
    } else {
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

Result<QueryParameters> ParseQuery(std::string_view query) {
  QueryParameters parameters;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    if (parameters.size() == kQueryParametersMax) return Error("http.query_too_long");
    const std::size_t equals = std::min(pair.find('='), pair.size());
    PRIVITY_TRY(std::string name, Decode(pair.substr(0, equals), true));
    PRIVITY_TRY(std::string value, Decode(pair.substr(std::min(equals + 1, pair.size())), true));
    parameters.emplace_back(std::move(name), std::move(value));
  }
  return parameters;
}

std::string FormatQuery(const QueryParameters& parameters) {
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    out.append(PercentEncode(name)).append("=").append(PercentEncode(value));
  }
  return out;
}

}  // namespace privity
