#include "connect/s3/s3_listing.h"

#include <array>
#include <charconv>
#include <functional>
#include <optional>

#include "base/utf8.h"

namespace privity::connect_internal {
namespace {

std::optional<char32_t> NumberedEntity(std::string_view name) {
  if (!name.starts_with('#')) return std::nullopt;
  const bool is_hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  const std::string_view digits = name.substr(is_hex ? 2 : 1);
  std::uint32_t number = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number, is_hex ? 16 : 10);
  const bool is_scalar = number < 0xD800 || (number >= 0xE000 && number <= 0x10FFFF);
  if (failure != std::errc() || end != digits.data() + digits.size() || !is_scalar) return std::nullopt;
  return number;
}

std::string Unescaped(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kNamed = {
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = text[at] == '&' ? text.find(';', at) : std::string_view::npos;
    if (end == std::string_view::npos || end - at > 10) {
      out += text[at];
      continue;
    }
    const std::string_view name = text.substr(at + 1, end - at - 1);
    bool is_known = false;
    for (const auto& [each, character] : kNamed) {
      if (name != each) continue;
      out += character;
      is_known = true;
    }
    if (const auto number = NumberedEntity(name)) {
      AppendUtf8(*number, out);
      is_known = true;
    }
    if (is_known) {
      at = end;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string DecodedKey(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
  };
  std::string key;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? digit(text[at + 1]) : -1;
    const int low = high >= 0 ? digit(text[at + 2]) : -1;
    if (low >= 0) {
      key += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      key += text[at] == '+' ? ' ' : text[at];
    }
  }
  return key;
}

// Calls for the end of each element, with the text that stands right before it and the element around it.
void Walk(std::string_view xml,
          const std::function<void(std::string_view name, std::string_view around, std::string_view text)>& on_end) {
  std::vector<std::string_view> open;
  std::size_t text_from = 0;
  while (true) {
    const std::size_t begin = xml.find('<', text_from);
    const std::size_t end = begin == std::string_view::npos ? begin : xml.find('>', begin);
    if (end == std::string_view::npos) return;
    const std::string_view tag = xml.substr(begin + 1, end - begin - 1);
    const std::string_view text = xml.substr(text_from, begin - text_from);
    text_from = end + 1;
    if (tag.starts_with('?') || tag.starts_with('!') || tag.empty()) continue;
    if (!tag.starts_with('/')) {
      if (!tag.ends_with('/') && open.size() < 16) open.push_back(tag.substr(0, tag.find_first_of(" \t\r\n")));
      continue;
    }
    if (open.empty() || open.back() != tag.substr(1)) continue;
    open.pop_back();
    on_end(tag.substr(1), open.empty() ? "" : open.back(), text);
  }
}

}  // namespace

S3Listing ParseS3Listing(std::string_view xml) {
  S3Listing listing;
  S3Object object;
  bool is_encoded = false;
  bool is_truncated = false;
  Walk(xml, [&](std::string_view name, std::string_view around, std::string_view text) {
    if (around == "Contents" && name == "Key") object.key = Unescaped(text);
    if (around == "Contents" && name == "Size") {
      std::from_chars(text.data(), text.data() + text.size(), object.size_bytes);
    }
    if (around == "ListBucketResult" && name == "Contents") {
      listing.objects.push_back(std::move(object));
      object = {};
    }
    if (around == "ListBucketResult" && name == "EncodingType") is_encoded = text == "url";
    if (around == "ListBucketResult" && name == "IsTruncated") is_truncated = text == "true";
    if (around == "ListBucketResult" && name == "NextContinuationToken") listing.next = Unescaped(text);
  });
  if (!is_truncated) listing.next.clear();
  for (S3Object& each : listing.objects) {
    if (is_encoded) each.key = DecodedKey(each.key);
  }
  return listing;
}

std::string ParseS3ErrorCode(std::string_view xml) {
  std::string code;
  Walk(xml, [&](std::string_view name, std::string_view around, std::string_view text) {
    if (around == "Error" && name == "Code" && text.size() < 64) code = Unescaped(text);
  });
  return code;
}

}  // namespace privity::connect_internal
