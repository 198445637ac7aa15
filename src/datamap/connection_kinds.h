// The kinds of stores that can be connected, as a form or a person asks for their addresses: in words, with what a kind
// cannot do. One list for the API, the command line and the console; a kind states all of it itself
// (connect/connector.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/type_table.h"
#include "connect/connector.h"
#include "words/catalog.h"

namespace privity {

struct AddressChoice {
  std::string value{};
  std::string label{};
  // Of a description of a service: whether somebody compared it with the vendor's own documentation.
  std::optional<bool> verified{};
};
PRIVITY_DESCRIBE(AddressChoice, (value, label, verified))
std::vector<FieldNote> FieldNotes(const AddressChoice*);

struct AddressQuestion {
  std::string name{};
  std::string label{};
  std::string help{};
  bool needed = false;
  std::vector<AddressChoice> choices{};
};
PRIVITY_DESCRIBE(AddressQuestion, (name, label, help, needed, choices))
std::vector<FieldNote> FieldNotes(const AddressQuestion*);

struct KindLimit {
  Capability capability = Capability::kEstimate;
  std::string reason{};
};
PRIVITY_DESCRIBE(KindLimit, (capability, reason))

struct ConnectionKind {
  std::string name{};
  std::string title{};
  std::vector<std::string> schemes{};
  bool local = false;
  std::vector<AddressQuestion> parts{};
  std::vector<KindLimit> cannot{};
};
PRIVITY_DESCRIBE(ConnectionKind, (name, title, schemes, local, parts, cannot))
std::vector<FieldNote> FieldNotes(const ConnectionKind*);

// In the order in which people choose. Threads: any.
std::vector<ConnectionKind> ConnectionKinds(const Catalog& catalog, const PackCatalog& packs);

}  // namespace privity
