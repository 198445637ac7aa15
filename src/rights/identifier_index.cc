#include "rights/identifier_index.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"

namespace privity {
namespace {

std::string Normalized(const Identifier& identifier) {
  std::string text = identifier.kind + "=";
  for (const char c : identifier.value) {
    if (c == ' ' || c == '\t') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

std::string PrefixOf(std::size_t version) {
  return version == 1 ? "" : std::to_string(version) + ":";
}

// By which key it is.
std::size_t VersionOf(const std::string& hash) {
  std::size_t version = 1;
  const std::size_t colon = hash.find(':');
  if (colon != std::string::npos) std::from_chars(hash.data(), hash.data() + colon, version);
  return version;
}

std::vector<BlindIndex> IndexesOf(KeyHome& home) {
  const auto made = home.Named(IdentifierIndex::kKey);
  Invariant(made.ok(), "the key home makes a named key when there is none");
  auto versions = home.NamedVersions(IdentifierIndex::kKey);
  Invariant(versions.ok() && versions->back().version == 1 && versions->front().version == versions->size(),
            "no key of the index is ever destroyed: later ones stand on it");
  std::vector<BlindIndex> indexes;
  for (auto version = versions->rbegin(); version != versions->rend(); ++version) {
    indexes.emplace_back(version->key, "rights.identifier");
  }
  return indexes;
}

}  // namespace

IdentifierIndex::IdentifierIndex(KeyHome& home) : keys_(IndexesOf(home)) {}

// From `version` to the next one.
std::string IdentifierIndex::Next(const std::string& hash, std::size_t version) const {
  return PrefixOf(version + 1) + HexEncode(keys_[version].Of(hash));
}

std::vector<std::string> IdentifierIndex::All(const Identifier& identifier) const {
  std::vector<std::string> hashes = {HexEncode(keys_.front().Of(Normalized(identifier)))};
  for (std::size_t version = 1; version < keys_.size(); ++version) hashes.push_back(Next(hashes.back(), version));
  std::ranges::reverse(hashes);
  return hashes;
}

std::string IdentifierIndex::Lifted(const std::string& hash) const {
  if (hash.empty()) return hash;
  std::string lifted = hash;
  for (std::size_t version = VersionOf(hash); version < keys_.size(); ++version) lifted = Next(lifted, version);
  return lifted;
}

}  // namespace privity
