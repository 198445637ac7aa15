// How a file is divided into records: a class for each format, fed with pieces of text.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connect/connector.h"

namespace privity::connect_internal {

class FileFormat {
 public:
  enum class Found {
    kRecord,     // `cells` hold it
    kNothing,    // a blank line, a comma between documents
    kMore,       // the text ends before the record does
    kMalformed,  // `problem` says how; reading goes on behind it
  };
  struct Step {
    Found found = Found::kNothing;
    std::size_t consumed = 0;  // bytes of the text, unless kMore
    std::string problem{};     // an English phrase without any value, for the words of connect.malformed
  };

  virtual ~FileFormat() = default;
  // Takes one record off the front of `text`, which it may rewrite as far as it consumes it. `cells` borrow from the
  // text and from the format, until the next call. `is_end`: nothing comes after the text.
  virtual Step Take(char* text, std::size_t size, bool is_end, std::vector<FieldCell>& cells) = 0;
  // The bytes of the record that was taken last, with other values in it and everything else as it was; nothing where
  // the format cannot say it.
  virtual std::optional<std::string> WithValues(std::string_view /*record*/,
                                                const std::vector<FieldValue>& /*changes*/) const {
    return std::nullopt;
  }
  // Whether a comma stands between the records.
  virtual bool has_separators() const { return false; }
  // Fields that are known before any record is: the columns of a CSV file. Filled by the first record.
  virtual const std::vector<std::string>& columns() const;
  virtual CollectionShape shape() const = 0;
  // Whether reading may begin anywhere behind a line end.
  virtual bool has_lines() const = 0;
};

// By the ending of the file's name: .csv, .tsv, .json, .jsonl, .ndjson, and .txt, .log, .md and the like, and
// documents, whose text is read by lines, or as JSON Lines where it is a table. Null for any other.
std::unique_ptr<FileFormat> FormatOf(std::string_view file_name);

std::unique_ptr<FileFormat> CsvFormat(char delimiter);  // '\0': found in the first line
std::unique_ptr<FileFormat> JsonFormat(bool is_lines);
std::unique_ptr<FileFormat> TextFormat();

}  // namespace privity::connect_internal
