// Rows of typed cells, written as CSV or as a spreadsheet. The caller says what a cell is; nobody guesses from its
// text.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/clock.h"
#include "base/result.h"
#include "report/sink.h"

namespace privity {

// Empty, text (UTF-8), whole number, number, yes/no, calendar day, instant (UTC).
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, bool, Date, Instant>;

struct TableColumn {
  std::string title;
  int width_characters = 16;  // a wish; CSV has none
};

// Used by one thread. Begin once, then rows of as many cells as there are columns, then Finish once.
// Errors: report.row_width{row}, report.text_invalid{row, column} (not UTF-8), report.cell_too_long{row, column,
// characters_max}, report.io, and whatever the sink returns. Rows count from 1 below the header.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual Status Begin(const std::vector<TableColumn>& columns) = 0;
  virtual Status Row(std::span<const Cell> cells) = 0;
  virtual Status Finish() = 0;
};

// RFC 4180: CRLF, quotes where needed, UTF-8; begins with a byte order mark so that spreadsheets read it as UTF-8.
//
// Formula guard: a text that a spreadsheet could run (it begins, perhaps behind white space, with = + - @ or their
// full-width forms) gets an apostrophe in front, which spreadsheets take as "this is text". Numbers come as numbers and
// are never touched. Instants are RFC 3339, days ISO 8601.
std::unique_ptr<TableWriter> MakeCsvWriter(ByteSink sink);

struct XlsxOptions {
  std::string sheet_name = "Sheet1";  // cut to 31 characters; what Excel forbids in it becomes a space
  Instant created_at{};               // the only time in the file, so that the same rows give the same file
  std::string temporary_directory;    // for the rows on their way; wiped by removal
};

// Office Open XML. Text stays text also when it begins with "=". Memory does not grow with the rows. A sheet holds
// 1,048,575 rows below its header; what is more goes on in "<name> 2" and so on. The sink gets the file in Finish.
std::unique_ptr<TableWriter> MakeXlsxWriter(XlsxOptions options, ByteSink sink);

}  // namespace privity
