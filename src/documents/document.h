// The texts and rows of a document, and of the documents in it, with their places.
//
//   const DocumentReader reader({});
//   PRIVITY_TRY_VOID(reader.Read("mail.eml", sink));        // sink.Text({"mail.eml!list.xlsx", "sheet People"}, …)
//
// What a file is, is told by its first bytes, then by its name. All limits hold for one file together with everything
// in it. A document that breaks one, is damaged or cannot be read is named to the sink; everything else is read. XML
// entities are never followed, archives are unpacked in memory only, names in them are labels and no paths, links in
// them are not followed. PDF and pictures are read by programs of their own in a sandbox: no network, no file but the
// one they are given, nothing written, limits on time, memory and output.
//
// Errors to the sink, each with `place` ("mail.eml!list.xlsx"): documents.too_large{maximum}, documents.limit{limit},
// documents.damaged{kind}, documents.encrypted, documents.kind_unknown, documents.helper{program},
// documents.helper_missing{program, package}, documents.library_missing{library},
// documents.sampled{every}. Parquet is read only where main() asked IsParquetHelper (parquet_helper.h). One reader may
// be used from many threads at once.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/type_table.h"

namespace privity {

struct DocumentLimits {
  std::int64_t file_bytes_max = 256LL << 20;   // of one file on disk
  std::int64_t total_bytes_max = 512LL << 20;  // unpacked, everything in it together
  std::int64_t ratio_max = 200;                // unpacked : packed of one archive, once over 1 MiB
  std::int64_t entries_max = 20'000;           // documents in documents
  int depth_max = 8;                           // documents inside each other
  std::int64_t xml_bytes_max = 64LL << 20;     // of one part of an office document
  std::int64_t helper_memory_bytes_max = 512LL << 20;
  std::int64_t helper_output_bytes_max = 64LL << 20;
  int helper_seconds_max = 60;                        // of processor time and of waiting
  std::int64_t parquet_memory_bytes_max = 1LL << 30;  // of DuckDB; a group of rows is read at a time
};

struct DocumentOptions {
  DocumentLimits limits = {};
  bool reads_pictures = false;      // by OCR, which is slow
  std::string duckdb_library = {};  // reads Parquet: a full path; "": libduckdb.so in the usual places
  std::stop_token stop = {};
};

struct DocumentPlace {
  std::string path;  // "box.mbox!message 3!list.zip!people/list.xlsx"
  std::string part;  // "page 2", "sheet People", "slide 4", "header From", "table customers", "body"; may be empty
  bool operator==(const DocumentPlace&) const = default;
};
PRIVITY_DESCRIBE(DocumentPlace, (path, part))

// A row of a sheet, of a table in a dump, of a Parquet file. Where a cell holds a list, further rows of the same number
// bring its other elements, each in its column.
struct DocumentRow {
  std::int64_t number = 0;                          // from 1; of a sheet, as it shows it
  const std::vector<std::string>& names;            // of the columns
  const std::vector<std::string>& cells;            // as many as names, or fewer
  bool is_sheet = false;                            // columns are called A, B, C too
  const std::vector<std::string>* types = nullptr;  // of the columns, where the document declares them
};

class DocumentSink {
 public:
  virtual ~DocumentSink() = default;
  // UTF-8. An error ends the reading and is returned.
  virtual Status Text(const DocumentPlace& place, std::string_view text) = 0;
  virtual Status Row(const DocumentPlace& place, const DocumentRow& row) = 0;
  virtual void Unread(const Error& error) = 0;
};

class DocumentReader {
 public:
  explicit DocumentReader(DocumentOptions options) : options_(std::move(options)) {}

  // A file on disk; a link is followed when it is `path` itself. base.file_missing, base.file_failed, and those of the
  // sink; documents.stopped.
  Status Read(const std::string& path, DocumentSink& sink) const;
  // A document in memory. `name` is its name, by which its places begin.
  Status ReadBytes(std::string_view name, std::string_view bytes, DocumentSink& sink) const;

 private:
  DocumentOptions options_;
};

}  // namespace privity
