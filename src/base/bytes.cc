#include "base/bytes.h"

#include <array>
#include <cstdint>

namespace privity {
namespace {

constexpr std::string_view kStandard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string Encode(BytesView bytes, std::string_view alphabet, bool pad) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < have ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0);
    for (std::size_t k = 0; k < 4; ++k) {
      if (k <= have) {
        out += alphabet[group >> (18 - 6 * k) & 63];
      } else if (pad) {
        out += '=';
      }
    }
  }
  return out;
}

Result<Bytes> Decode(std::string_view text, std::string_view alphabet, bool padded) {
  const Error invalid("base.base64_invalid");
  if (padded) {
    if (text.size() % 4 != 0) return invalid;
    for (int k = 0; k < 2 && text.ends_with('='); ++k) text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) return invalid;
  std::array<std::int8_t, 256> reverse;
  reverse.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    reverse[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  Bytes out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = reverse[static_cast<unsigned char>(c)];
    if (value < 0) return invalid;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<std::byte>(bits >> count & 255));
    }
  }
  // Bits left over must be zero, so that every byte string has exactly one spelling.
  if ((bits & ((1U << count) - 1)) != 0) return invalid;
  return out;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

BytesView AsBytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string_view AsText(BytesView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes ToBytes(std::string_view text) {
  const BytesView view = AsBytes(text);
  return {view.begin(), view.end()};
}

std::string HexEncode(BytesView bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::byte b : bytes) {
    out += kDigits[std::to_integer<unsigned>(b) >> 4];
    out += kDigits[std::to_integer<unsigned>(b) & 15];
  }
  return out;
}

Result<Bytes> HexDecode(std::string_view text) {
  if (text.size() % 2 != 0) return Error("base.hex_invalid");
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = HexValue(text[i]);
    const int low = HexValue(text[i + 1]);
    if (high < 0 || low < 0) return Error("base.hex_invalid");
    out.push_back(static_cast<std::byte>(high << 4 | low));
  }
  return out;
}

std::string Base64Encode(BytesView bytes) {
  return Encode(bytes, kStandard, true);
}
Result<Bytes> Base64Decode(std::string_view text) {
  return Decode(text, kStandard, true);
}
std::string Base64UrlEncode(BytesView bytes) {
  return Encode(bytes, kUrlSafe, false);
}
Result<Bytes> Base64UrlDecode(std::string_view text) {
  return Decode(text, kUrlSafe, false);
}

}  // namespace privity
