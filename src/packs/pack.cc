#include "packs/pack.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/json.h"
#include "base/prepared_yaml.h"
#include "packs/internal/nearest.h"
#include "packs/internal/prepared_packs.h"

namespace privity {
namespace {

constexpr std::size_t kVersionPartsMax = 4;

std::string KindNames(const std::vector<PackKind>& kinds, std::string_view wanted) {
  std::vector<std::string> names;
  for (const PackKind& kind : kinds) names.push_back(kind.name);
  return NearestName(wanted, names);
}

// The kind of a file that begins as nearly all do, without reading the rest of it: "pack:", then "kind:", then another
// member of the header, so that the kind ends with its line. Nothing for any other beginning.
std::optional<std::string> KindAtBegin(std::string_view text) {
  constexpr std::string_view kBegin = "pack:\n  kind: ";
  constexpr std::string_view kNextMember = "\n  id: ";
  if (!text.starts_with(kBegin)) return std::nullopt;
  text.remove_prefix(kBegin.size());
  const auto end = text.find('\n');
  if (end == text.npos || !text.substr(end).starts_with(kNextMember)) return std::nullopt;
  const std::string_view kind = text.substr(0, end);
  const bool plain =
      !kind.empty() && std::all_of(kind.begin(), kind.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  return plain ? std::optional(std::string(kind)) : std::nullopt;
}

// Only the header, whatever else the file holds: its `kind` says how to read the rest.
Result<std::string> KindOf(std::string_view path, std::string_view text) {
  if (auto kind = KindAtBegin(text)) return *std::move(kind);
  using Members = std::map<std::string, Json>;
  PRIVITY_TRY(const auto members, FromYaml<Members>(text, path));
  const auto header = members.find("pack");
  const std::string* kind = header == members.end() ? nullptr : header->second["kind"].string();
  if (kind == nullptr) return Error("packs.header_missing", {{"file", std::string(path)}});
  return *kind;
}

// From what the build has read. False when it has not, or when anything is wrong: the text says where.
bool ReadPrepared(const PackKind& kind, std::string_view path, std::string_view text, void* object) {
  const auto prepared = PreparedPack(path, text);
  if (!prepared || !DecodePreparedYaml(*kind.type, *prepared, path, object).ok()) return false;
  return !kind.check || kind.check(object, PackPlaces(std::string(path), YamlPlaces())).ok();
}

Status ReadText(const PackKind& kind, std::string_view path, std::string_view text, void* object) {
  YamlPlaces places;
  PRIVITY_TRY_VOID(DecodeYaml(*kind.type, text, path, object, {.places = &places}));
  return kind.check ? kind.check(object, PackPlaces(std::string(path), std::move(places))) : Ok();
}

}  // namespace

Result<PackVersion> PackVersion::Parse(std::string_view text) {
  PackVersion version;
  version.numbers_.clear();
  while (true) {
    const auto dot = std::min(text.find('.'), text.size());
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + dot, number);
    const bool canonical = dot == 1 || !text.starts_with('0');
    if (dot == 0 || error != std::errc() || end != text.data() + dot || number < 0 || !canonical)
      return Error("packs.version_invalid");
    version.numbers_.push_back(number);
    if (version.numbers_.size() > kVersionPartsMax) return Error("packs.version_invalid");
    if (dot == text.size()) return version;
    text.remove_prefix(dot + 1);
  }
}

std::string PackVersion::ToString() const {
  std::string text;
  for (const std::int64_t number : numbers_) {
    if (!text.empty()) text += '.';
    text += std::to_string(number);
  }
  return text;
}

Error PackPlaces::Invalid(const std::string& pointer, std::string problem) const {
  const auto found = places_.find(pointer);
  const YamlPlace place = found == places_.end() ? YamlPlace{1, 1} : found->second;
  return Error("packs.invalid", {{"file", path_},
                                 {"line", std::to_string(place.line)},
                                 {"column", std::to_string(place.column)},
                                 {"problem", std::move(problem)}});
}

Result<Pack> ReadPack(const std::vector<PackKind>& kinds, std::string_view path, std::string_view text) {
  PRIVITY_TRY(const std::string name, KindOf(path, text));
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const PackKind& k) { return k.name == name; });
  if (kind == kinds.end()) {
    return Error("packs.kind_unknown",
                 {{"file", std::string(path)}, {"kind", name}, {"nearest", KindNames(kinds, name)}});
  }
  std::shared_ptr<void> object = kind->make();
  if (!ReadPrepared(*kind, path, text, object.get())) {
    object = kind->make();
    PRIVITY_TRY_VOID(ReadText(*kind, path, text, object.get()));
  }
  return Pack{.header = kind->header(object.get()),
              .object = object,
              .type = kind->type,
              .path = std::string(path),
              .text = std::string(text)};
}

}  // namespace privity
