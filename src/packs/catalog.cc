#include "packs/catalog.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/embedded.h"
#include "base/json.h"
#include "packs/internal/nearest.h"

namespace privity {

std::span<const EmbeddedFile> EmbeddedPacks();  // made by privity_embed

namespace {

std::string NameOf(const PackHeader& header) {
  return header.kind + "/" + header.id;
}

// The value that tells an item of a list apart, or "" when there is none.
std::string ItemKey(const Json& item) {
  for (const char* name : {"id", "name"}) {
    if (const std::string* text = item[name].string()) return *text;
  }
  return "";
}

// The items of a list by their keys, or nothing when a key is missing or there twice.
std::optional<std::vector<std::string>> ItemKeys(const Json::Items& items) {
  std::vector<std::string> keys;
  for (const Json& item : items) keys.push_back(ItemKey(item));
  const std::set<std::string> distinct(keys.begin(), keys.end());
  if (distinct.size() != keys.size() || distinct.contains("")) return std::nullopt;
  return keys;
}

// RFC 6901.
std::string PointerPart(std::string_view name) {
  std::string part = "/";
  for (const char c : name) part += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return part;
}

class Differ {
 public:
  void Compare(const std::string& path, const Json* before, const Json* after) {
    if (before != nullptr && after != nullptr && *before == *after) return;
    const bool members = before && after && before->members() && after->members();
    const bool items = before && after && before->items() && after->items();
    if (members) return CompareMembers(path, *before, *after);
    if (items) return CompareItems(path, *before->items(), *after->items());
    found.push_back({path, before ? ToJson(*before) : "", after ? ToJson(*after) : ""});
  }

  std::vector<PackDifference> found;

 private:
  void CompareMembers(const std::string& path, const Json& before, const Json& after) {
    for (const auto& member : *before.members()) {
      Compare(path + PointerPart(member.key), &member.value, after.Find(member.key));
    }
    for (const auto& member : *after.members()) {
      if (!before.Has(member.key)) Compare(path + PointerPart(member.key), nullptr, &member.value);
    }
  }

  void CompareItems(const std::string& path, const Json::Items& before, const Json::Items& after) {
    const auto keys_before = ItemKeys(before);
    const auto keys_after = ItemKeys(after);
    if (keys_before && keys_after) return CompareByKey(path, before, *keys_before, after, *keys_after);
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
      Compare(path + "/" + std::to_string(i), i < before.size() ? &before[i] : nullptr,
              i < after.size() ? &after[i] : nullptr);
    }
  }

  void CompareByKey(const std::string& path, const Json::Items& before, const std::vector<std::string>& keys_before,
                    const Json::Items& after, const std::vector<std::string>& keys_after) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      const auto same = std::find(keys_after.begin(), keys_after.end(), keys_before[i]);
      const Json* match =
          same == keys_after.end() ? nullptr : &after[static_cast<std::size_t>(same - keys_after.begin())];
      Compare(path + PointerPart(keys_before[i]), &before[i], match);
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
      const bool added = std::find(keys_before.begin(), keys_before.end(), keys_after[i]) == keys_before.end();
      if (added) Compare(path + PointerPart(keys_after[i]), nullptr, &after[i]);
    }
  }
};

}  // namespace

std::vector<PackFile> BuiltInPackFiles(std::string_view folder) {
  std::vector<PackFile> files;
  for (const EmbeddedFile& file : EmbeddedPacks()) {
    if (!file.path.starts_with(folder)) continue;
    files.push_back({.path = std::string(file.path), .text = std::string(file.bytes)});
  }
  return files;
}

Result<std::vector<PackFile>> ReadPackFiles(const std::string& directory) {
  namespace fs = std::filesystem;
  std::vector<PackFile> files;
  std::error_code error;
  if (!fs::exists(directory, error)) return files;
  for (auto entry = fs::recursive_directory_iterator(directory, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (!entry->is_regular_file(error) || entry->path().extension() != ".yaml") continue;
    std::ifstream in(entry->path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    if (!in) return Error("packs.unreadable", {{"file", entry->path().string()}});
    files.push_back(
        {.path = fs::relative(entry->path(), directory).string(), .text = std::move(text), .installed = true});
  }
  if (error) return Error("packs.unreadable", {{"file", directory}});
  std::sort(files.begin(), files.end(), [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
  return files;
}

Result<PackCatalog> PackCatalog::Load(std::vector<PackKind> kinds, const std::vector<PackFile>& files) {
  PackCatalog catalog;
  for (const PackFile& file : files) {
    PRIVITY_TRY(Pack pack, ReadPack(kinds, file.path, file.text));
    pack.installed = file.installed;
    const PackHeader header = pack.header;
    const auto [there, added] = catalog.packs_[header.kind][header.id].emplace(header.version, std::move(pack));
    // The same file built in and installed is no conflict: a bundle may carry what the program has as well.
    if (!added && there->second.text != file.text) {
      return Error("packs.conflict", {{"pack", NameOf(header) + " " + header.version.ToString()},
                                      {"file", file.path},
                                      {"other", there->second.path}});
    }
  }
  return catalog;
}

Result<const Pack*> PackCatalog::Find(std::string_view kind, std::string_view id, Date day) const {
  const auto same_kind = packs_.find(kind);
  const std::string name = std::string(kind) + "/" + std::string(id);
  if (same_kind == packs_.end() || !same_kind->second.contains(id)) {
    return Error("packs.unknown", {{"pack", name}, {"nearest", NearestName(id, Ids(kind))}});
  }
  const Versions& versions = same_kind->second.find(id)->second;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const auto& valid_from = version->second.header.valid_from;
    if (!valid_from || *valid_from <= day) return &version->second;
  }
  return Error("packs.not_in_force", {{"pack", name}, {"day", day.ToString()}});
}

Result<const Pack*> PackCatalog::FindVersion(std::string_view kind, std::string_view id,
                                             const PackVersion& version) const {
  const auto same_kind = packs_.find(kind);
  if (same_kind != packs_.end()) {
    const auto same_id = same_kind->second.find(id);
    if (same_id != same_kind->second.end()) {
      const auto found = same_id->second.find(version);
      if (found != same_id->second.end()) return &found->second;
    }
  }
  return Error("packs.unknown", {{"pack", std::string(kind) + "/" + std::string(id) + " " + version.ToString()},
                                 {"nearest", NearestName(id, Ids(kind))}});
}

std::vector<std::string> PackCatalog::Ids(std::string_view kind) const {
  std::vector<std::string> ids;
  const auto same_kind = packs_.find(kind);
  if (same_kind == packs_.end()) return ids;
  for (const auto& [id, versions] : same_kind->second) ids.push_back(id);
  return ids;
}

std::vector<PackSummary> PackCatalog::List(Date day) const {
  std::vector<PackSummary> list;
  for (const auto& [kind, ids] : packs_) {
    for (const auto& [id, versions] : ids) {
      const auto current = Find(kind, id, day);
      for (const auto& [version, pack] : versions) {
        list.push_back({.kind = kind,
                        .id = id,
                        .version = version.ToString(),
                        .title = pack.header.title,
                        .valid_from = pack.header.valid_from,
                        .installed = pack.installed,
                        .in_force = current.ok() && *current == &pack,
                        .sources = static_cast<std::int64_t>(pack.header.sources.size())});
      }
    }
  }
  return list;
}

std::vector<Error> ValidatePackFiles(const std::vector<PackKind>& kinds, const std::vector<PackFile>& files) {
  std::vector<Error> errors;
  for (const PackFile& file : files) {
    if (auto pack = ReadPack(kinds, file.path, file.text); !pack.ok()) errors.push_back(std::move(pack).error());
  }
  return errors;
}

std::vector<PackDifference> DiffPacks(const Pack& before, const Pack& after) {
  Invariant(before.type == after.type, "both are of one kind");
  const Json before_json = ToJsonValue(*before.type, before.object.get());
  const Json after_json = ToJsonValue(*after.type, after.object.get());
  Differ differ;
  differ.Compare("", &before_json, &after_json);
  return std::move(differ.found);
}

}  // namespace privity
