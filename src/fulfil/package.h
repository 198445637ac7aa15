// What a person is given when they ask for their data (GDPR Art. 15 and 20): one zip archive.
//
//   index.html           everything, to be read: headings, tables with captions, no script, no other host
//   data.json            the same for programs: a list of collections, each with its records as the store spells them
//   <n>-<name>.csv       one for each collection, with a header
//   schema.json          what the fields are: collection, field, category, declared type
//   files/<n>-<name>     files that were handed in for the person by whoever was asked (connect/person_order.h), as
//   they are, unless other people may stand in them (HandedFiles)
//
// Values are data wherever they go: escaped in HTML, guarded against formulas in CSV. Other people are left out: text
// in fields that do not describe the person passes through a redactor, which takes out what names somebody else. What
// was not read is named in index.html and data.json, so that nobody takes a part for the whole. Files are listed in
// both, with their size and SHA-256.
//
// Memory: one collection at a time. Only records that still hold what tied them to the person are included.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "detect/detector.h"
#include "fulfil/plan.h"
#include "report/sink.h"
#include "words/catalog.h"

namespace privity {

// What becomes of files that were handed in and name somebody else, or are no text that can be searched for that.
enum class HandedFiles {
  kHold,      // they are left out and counted, so that somebody looks into them
  kTake,      // somebody did, and they may go along
  kLeaveOut,  // or may not: they are named as not read
};

struct PackageOptions {
  std::string language = "en";
  Instant made_at{};
  bool only_portable = false;  // GDPR Art. 20: only what the person provided (IsPortable)
  HandedFiles handed = HandedFiles::kHold;
};

struct PackageSummary {
  std::int64_t collections = 0;
  std::int64_t records = 0;
  std::int64_t files = 0;
  std::int64_t files_held = 0;
  std::vector<NotRead> not_read{};  // when the plan was made, and now
};

// Reads every record of the plan and writes the archive to `sink`. Errors: connect.cancelled, those of the sink and of
// the archive. A store that does not answer is no error: it is named in the package.
Result<PackageSummary> WritePackage(const SubjectMap& map, const ErasurePlan& plan, OpenStores& stores,
                                    const Detector& detector, const Catalog& words, const PackageOptions& options,
                                    const ByteSink& sink);

// The text without what names anybody but the person: addresses, numbers and names that the detector finds, except the
// person's own identifiers, contacts and full names.
std::string WithoutOthers(std::string_view text, const ErasurePlan& person, const Detector& detector,
                          std::string_view replacement);

// Whether a name, an address of mail or a number of a telephone in it is not the person's, as far as it is known.
bool NamesOthers(std::string_view text, const ErasurePlan& person, const Detector& detector);

}  // namespace privity
