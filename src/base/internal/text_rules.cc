#include "base/internal/text_rules.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace privity::internal {
namespace {

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

Status StoreText(const TypeInfo& type, std::string_view text, void* out) {
  // Built only when needed: a document's good texts are many.
  const auto wrong_format = [&] { return Error("base.value_wrong_format", {{"format", std::string(type.name)}}); };
  switch (type.kind) {
    case TypeKind::kString:
      static_cast<std::string*>(out)->assign(text);
      return Ok();
    case TypeKind::kInstant: {
      const auto instant = ParseInstant(text);
      if (!instant.ok()) return wrong_format();
      *static_cast<Instant*>(out) = *instant;
      return Ok();
    }
    case TypeKind::kBytes: {
      auto bytes = Base64Decode(text);
      if (!bytes.ok()) return wrong_format();
      *static_cast<Bytes*>(out) = *std::move(bytes);
      return Ok();
    }
    case TypeKind::kEnum: {
      const auto value = ParseEnumerator(type, text);
      if (!value.ok()) {
        return Error("base.value_not_accepted", {{"accepted", std::string(value.error().Parameter("accepted"))}});
      }
      StoreInteger(type, *value, out);
      return Ok();
    }
    default:
      return type.text->parse(text, out) ? Ok() : Status(wrong_format());
  }
}

std::string FormatText(const TypeInfo& type, const void* value) {
  switch (type.kind) {
    case TypeKind::kString:
      return *static_cast<const std::string*>(value);
    case TypeKind::kInstant:
      return FormatInstant(*static_cast<const Instant*>(value));
    case TypeKind::kBytes:
      return Base64Encode(*static_cast<const Bytes*>(value));
    case TypeKind::kEnum:
      return std::string(EnumeratorText(type, value));
    default:
      Invariant(type.kind == TypeKind::kText, "only texts have a spelling");
      return type.text->format(value);
  }
}

std::string NearestName(std::span<const std::string_view> names, std::string_view wanted) {
  constexpr std::size_t kWantedBytesMax = 64;
  std::string_view nearest;
  std::size_t least = wanted.size();
  for (const std::string_view name : names) {
    if (wanted.size() > kWantedBytesMax) break;
    const std::size_t distance = EditDistance(wanted, name);
    if (distance >= least) continue;
    least = distance;
    nearest = name;
  }
  const bool near = !nearest.empty() && least <= std::max<std::size_t>(1, nearest.size() / 3);
  return std::string(near ? nearest : "none");
}

std::string NearestMember(const StructInfo& info, std::string_view wanted) {
  std::vector<std::string_view> names;
  for (const auto& field : info.fields()) names.push_back(field.name);
  return NearestName(names, wanted);
}

std::string ShownName(std::string_view name) {
  constexpr std::size_t kShownBytesMax = 64;
  std::string_view head = name.substr(0, kShownBytesMax);
  while (head.size() < name.size() && !head.empty() && (name[head.size()] & 0xC0) == 0x80) head.remove_suffix(1);
  std::string out(head);
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  return out;
}

std::string EscapePointer(std::string_view token) {
  std::string out;
  for (const char c : token) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

}  // namespace privity::internal
