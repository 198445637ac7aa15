#include "rights/identifier_index.h"

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

BlindIndex IndexOf(KeyHome& home) {
  const auto key = home.Named("rights.index");
  Invariant(key.ok(), "the key home makes a named key when there is none");
  return BlindIndex(key->key, "rights.identifier");
}

}  // namespace

IdentifierIndex::IdentifierIndex(KeyHome& home) : index_(IndexOf(home)) {}

std::string IdentifierIndex::Of(const Identifier& identifier) const {
  return HexEncode(index_.Of(Normalized(identifier)));
}

}  // namespace privity
