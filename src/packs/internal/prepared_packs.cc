#include "packs/internal/prepared_packs.h"

#include <cstdint>
#include <cstring>
#include <span>
#include <unordered_map>

#include "base/embedded.h"
#include "base/invariant.h"

namespace privity {

std::span<const EmbeddedFile> EmbeddedPacks();          // made by privity_embed
std::span<const EmbeddedFile> EmbeddedPreparedPacks();  // likewise

namespace {

struct BuiltInPack {
  std::string_view text;
  std::string_view prepared;
};

std::string_view TakePart(std::string_view& bytes) {
  std::uint32_t size = 0;
  Invariant(bytes.size() >= sizeof size, "the prepared packs are whole");
  std::memcpy(&size, bytes.data(), sizeof size);
  Invariant(bytes.size() - sizeof size >= size, "the prepared packs are whole");
  const std::string_view part = bytes.substr(sizeof size, size);
  bytes.remove_prefix(sizeof size + size);
  return part;
}

std::unordered_map<std::string_view, BuiltInPack> ReadBuiltIn() {
  std::unordered_map<std::string_view, BuiltInPack> packs;
  for (const EmbeddedFile& file : EmbeddedPacks()) packs[file.path].text = file.bytes;
  std::string_view rest = EmbeddedPreparedPacks().front().bytes;
  while (!rest.empty()) {
    const std::string_view path = TakePart(rest);
    packs[path].prepared = TakePart(rest);
  }
  return packs;
}

}  // namespace

std::optional<std::string_view> PreparedPack(std::string_view path, std::string_view text) {
  static const auto built_in = ReadBuiltIn();
  const auto found = built_in.find(path);
  if (found == built_in.end() || found->second.prepared.empty() || found->second.text != text) return std::nullopt;
  return found->second.prepared;
}

}  // namespace privity
