// `privity detect documents`: personal data in files that people made, without a server.
#include "base/json.h"
#include "cli/local_commands.h"
#include "cli/render.h"
#include "documents/document_scan.h"

namespace privity {
namespace {

// Columns of the table for people: where, what, how sure.
Json RowOf(const DocumentFinding& finding) {
  const std::string place = finding.part + (finding.part.empty() || finding.cell.empty() ? "" : ", ") + finding.cell;
  const bool is_span = !finding.entity.empty();
  return Json::Object({{"document", finding.path},
                       {"place", place},
                       {"characters", is_span ? std::to_string(finding.start) + "-" + std::to_string(finding.end) : ""},
                       {"found", is_span ? finding.entity : finding.field},
                       {"category", finding.category},
                       {"confidence", finding.confidence}});
}

Result<int> DetectDocuments(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const auto detector, DetectorOf(invocation));
  const bool is_json = invocation.Has("json");
  Json::Items rows;
  const auto take = [&](const DocumentFinding& finding) -> Status {
    if (is_json) {
      world.print(ToJson(finding) + "\n");
    } else {
      rows.push_back(RowOf(finding));
    }
    return Ok();
  };
  const DocumentOptions options{.reads_pictures = invocation.Has("ocr"), .duckdb_library = DuckDbLibraryOf(invocation)};
  PRIVITY_TRY(const DocumentCounts counts, ScanDocuments(invocation.Values("path"), *detector, options, take,
                                                         [&](const Error& error) { world.explain(error); }));
  if (!is_json) {
    world.print(Render(Json::ArrayOf(std::move(rows)), {.is_terminal = world.is_terminal, .width = world.width},
                       "Nothing found."));
  }
  return counts.unread == 0 ? exit_code::kDone : exit_code::kFound;
}

}  // namespace

void AddDetectDocuments(const CommandWorld& world, Command& detect) {
  Command& documents = detect.Child("documents", "Find personal data in documents, mail and archives");
  documents.description =
      "Reads PDF, Word, Excel, PowerPoint, OpenDocument, mail (EML, mbox) with attachments, zip, tar, gz, zst, xz and "
      "bz2, dumps of "
      "SQL databases, Parquet, HTML and text in any charset, also inside each other. Prints for each find the "
      "document, "
      "the page, sheet, cell or part, and the characters; of tables, the columns that hold personal data. No value is "
      "printed. What could not be read is named on standard error, and the exit code is then 2.\n\n"
      "PDF needs poppler-utils. Pictures are read with --ocr only, which needs tesseract-ocr and is slow. Parquet "
      "needs "
      "DuckDB's library: the setting stores.duckdb_library, or libduckdb.so beside privity or in /usr/local/lib.";
  documents.arguments = {{.name = "path", .description = "A document, or a folder of them.", .repeated = true}};
  documents.options = {{.name = "ocr", .description = "Read the text in pictures too."}, DetectorsOption()};
  documents.examples = {{"privity detect documents mail.eml", "A message and what is attached to it"},
                        {"privity detect documents /srv/share --json", "One JSON object a line, for other programs"}};
  documents.run = [&world](const Invocation& invocation) {
    const auto result = DetectDocuments(invocation, world);
    if (result.ok()) return *result;
    world.explain(result.error());
    return exit_code::kFailed;
  };
}

}  // namespace privity
