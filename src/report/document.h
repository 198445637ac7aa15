// A document for people, written once and given out as PDF or as HTML: headings, paragraphs, lists, links and tables,
// in any script.
//
// Both keep the structure that assistive technology reads: the PDF is tagged (ISO 32000-1 section 14.8: H1…H6, P, L,
// Table with TH and TD, Link) with its language, title and bookmarks, and its fonts are embedded; the HTML has one main
// landmark, a caption and column headers for each table, and a policy that allows no script and no other host. Text is
// text: nothing in it is markup.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "report/sink.h"

namespace privity {

struct DocumentInfo {
  std::string title;
  std::string language = "en";  // BCP 47; right-to-left languages also turn the columns around
  Instant created_at{};         // the only time in the file, so that the same content gives the same file
};

struct DocumentColumn {
  std::string title;
  int share = 1;  // of the table's width, relative to the other columns; at least 1
};

struct DocumentTable {
  std::string caption;
  std::vector<DocumentColumn> columns;
  std::vector<std::vector<std::string>> rows;
};

// Used by one thread. Finish is called once, at the end.
// Errors: report.text_invalid{row, column} (not UTF-8; row and column are 0 outside tables), report.row_width{row},
// report.link_refused (only https, http and mailto), and whatever the sink returns.
class DocumentWriter {
 public:
  virtual ~DocumentWriter() = default;
  // 1 to 6. The title of the document is written by the caller, as heading 1.
  virtual Status Heading(int level, std::string_view text) = 0;
  virtual Status Paragraph(std::string_view text) = 0;
  virtual Status Link(std::string_view text, std::string_view url) = 0;
  virtual Status List(std::span<const std::string> items) = 0;
  virtual Status Table(const DocumentTable& table) = 0;
  virtual Status Finish() = 0;
};

// A4, the title and the page number at the foot. Tables break across pages, also inside a row, and repeat their header.
// Kept in memory until Finish. Scripts for which the machine has no font show as boxes: Debian's fonts-dejavu-core
// covers Latin, Greek, Cyrillic, Hebrew and Arabic, fonts-noto-* the rest.
std::unique_ptr<DocumentWriter> MakePdfWriter(DocumentInfo info, ByteSink sink);

// One page with its style inside.
std::unique_ptr<DocumentWriter> MakeHtmlWriter(const DocumentInfo& info, ByteSink sink);

}  // namespace privity
