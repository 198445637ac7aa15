// What the detector finds in documents: spans in texts, columns and cells in tables. No value is kept or handed on.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "detect/detector.h"
#include "documents/document.h"

namespace privity {

// The contract of `privity detect documents`, stable. A span has `start`, `end` and `entity`; a column of a table has
// `field`, `reason` and `distinct_values`.
struct DocumentFinding {
  std::string path = {};      // "mail.eml!list.xlsx"
  std::string part = {};      // "page 2", "sheet People"; may be empty
  std::string cell = {};      // "B7" of a sheet, "note, row 7" of a table, "B" for a whole column; empty in texts
  std::int64_t start = 0;     // code points of the part's text, or of the cell's
  std::int64_t end = 0;       // exclusive; 0 for a column
  std::string entity = {};    // as `privity detect text` names it; empty for a column
  std::string field = {};     // the name of a column
  std::string category = {};  // a Fideslang key
  std::string detector = {};
  double confidence = 0;
  std::string reason = {};  // of a column: the evidence in one line
  std::int64_t distinct_values = 0;
};
PRIVITY_DESCRIBE(DocumentFinding,
                 (path, part, cell, start, end, entity, field, category, detector, confidence, reason, distinct_values))

struct DocumentCounts {
  std::int64_t files = 0;
  std::int64_t findings = 0;
  std::int64_t unread = 0;
};
PRIVITY_DESCRIBE(DocumentCounts, (files, findings, unread))

// A column is judged by its name and the first kDocumentSampleRows rows of its table; cells of columns that are not
// personal are looked through as text, for as many rows.
inline constexpr std::size_t kDocumentSampleRows = 1000;

// Files, and folders with everything in them; links in folders are not followed, names come sorted. `take` may fail and
// ends the scan; `unread` hears what could not be read (documents.*, base.file_*). documents.stopped.
Result<DocumentCounts> ScanDocuments(const std::vector<std::string>& paths, const Detector& detector,
                                     const DocumentOptions& options,
                                     const std::function<Status(const DocumentFinding&)>& take,
                                     const std::function<void(const Error&)>& unread);

}  // namespace privity
