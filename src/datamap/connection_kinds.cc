#include "datamap/connection_kinds.h"

#include "connect/http/service_description.h"
#include "connect/local_kinds.h"

namespace privity {
namespace {

constexpr const char* kLanguage = "en";

// "require" is worded as connect.sslmode_require; what has no words stands for itself.
std::string LabelOf(const Catalog& catalog, std::string_view part, std::string_view choice) {
  if (part == "scheme") return std::string(choice) + "://";
  const std::string key = "connect." + std::string(part) + "_" + std::string(choice);
  const std::string label = catalog.Text(kLanguage, key);
  return label == key ? std::string(choice) : label;
}

AddressQuestion QuestionOf(const Catalog& catalog, const PackCatalog& packs, const AddressPart& part) {
  AddressQuestion question{.name = std::string(part.name),
                           .label = catalog.Text(kLanguage, part.label),
                           .help = part.help.empty() ? "" : catalog.Text(kLanguage, part.help),
                           .needed = part.needed};
  for (const std::string_view choice : part.choices) {
    question.choices.push_back({.value = std::string(choice), .label = LabelOf(catalog, part.name, choice)});
  }
  if (!part.is_service) return question;
  for (const ServiceSummary& service : ServicesIn(packs)) {
    question.choices.push_back({.value = service.id, .label = service.title, .verified = service.verified});
  }
  return question;
}

}  // namespace

std::vector<FieldNote> FieldNotes(const AddressChoice*) {
  return {{.name = "verified",
           .description =
               "Of a described service: false until somebody compared the description with what the vendor says."}};
}

std::vector<FieldNote> FieldNotes(const AddressQuestion*) {
  return {{.name = "name",
           .description = "scheme, host, port, user, password, path; any other is a parameter of the address.",
           .example = "host"},
          {.name = "choices", .description = "Empty: anything may be written."}};
}

std::vector<FieldNote> FieldNotes(const ConnectionKind*) {
  return {{.name = "name", .description = "As `kind` of a connection says it.", .example = "PostgreSQL"},
          {.name = "title", .description = "What people choose it by."},
          {.name = "schemes", .description = "How its addresses begin, without ://."},
          {.name = "local", .description = "Whether it is a file or a folder of Privity's own machine."},
          {.name = "parts", .description = "What its addresses consist of, in the order in which a form asks."},
          {.name = "cannot", .description = "What it cannot be asked for, with the reason."}};
}

std::vector<ConnectionKind> ConnectionKinds(const Catalog& catalog, const PackCatalog& packs) {
  std::vector<ConnectionKind> kinds;
  for (const ConnectorKind* kind : ConnectorKinds()) {
    ConnectionKind& shown = kinds.emplace_back();
    shown.name = kind->name;
    shown.title = catalog.Text(kLanguage, kind->title);
    shown.schemes.assign(kind->schemes.begin(), kind->schemes.end());
    shown.local = ReadsThisMachine(*kind);
    for (const AddressPart& part : kind->parts) shown.parts.push_back(QuestionOf(catalog, packs, part));
    for (const auto& [capability, reason] : kind->sheet.cannot) {
      shown.cannot.push_back({capability, catalog.Text(kLanguage, reason)});
    }
  }
  return kinds;
}

}  // namespace privity
