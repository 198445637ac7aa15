// The record of processing as a file: what is shown to a supervisory authority on request (GDPR Art. 30(4)).
#pragma once

#include "datamap/activities.h"
#include "datamap/recipients.h"
#include "datamap/stewardship.h"
#include "report/sink.h"
#include "words/catalog.h"

namespace privity {

enum class RegisterFormat { kCsv, kXlsx, kJson, kHtml, kPdf };
PRIVITY_DESCRIBE_ENUM(RegisterFormat, kCsv, kXlsx, kJson, kHtml, kPdf)

struct RegisterExport {
  ActivityRole role = ActivityRole::kController;
  std::string organization{};
  Instant made_at{};
  std::vector<Activity> activities{};
  std::map<SystemId, std::string> systems{};             // their names
  std::vector<Stewardship> places{};                     // of those systems, that may be kept for a time
  std::map<std::string, RecipientRequest> recipients{};  // whom the activities name, by name
  std::string temporary_directory{};                     // where a spreadsheet is put together
};

// What the JSON holds: the record with every object that it links to.
struct RegisterSystem {
  SystemId id{};
  std::string name{};
};
PRIVITY_DESCRIBE(RegisterSystem, (id, name))
struct RegisterDocument {
  std::string article{};  // "GDPR Art. 30(1)"
  std::string organization{};
  Instant made_at{};
  std::vector<Activity> activities{};
  std::vector<RegisterSystem> systems{};
  std::vector<Stewardship> places{};
  std::vector<RecipientRequest> recipients{};
};
PRIVITY_DESCRIBE(RegisterDocument, (article, organization, made_at, activities, systems, places, recipients))

// Errors: those of src/report, and of the sink. The same content gives the same bytes.
Status WriteActivityRegister(const Catalog& catalog, const RegisterExport& content, RegisterFormat format,
                             const ByteSink& sink);

}  // namespace privity
