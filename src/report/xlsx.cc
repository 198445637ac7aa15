#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/utf8.h"
#include "report/internal/text.h"
#include "report/table.h"

namespace privity {
namespace {

constexpr std::size_t kSheetNameCharactersMax = 31;
constexpr lxw_row_t kRowsPerSheet = 1'048'576;  // the header included
constexpr std::size_t kCellCharactersMax = 32'767;

std::string CutToCharacters(std::string_view utf8, std::size_t characters_max) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(utf8[at]) & 0xc0) != 0x80;
    if (starts && characters++ == characters_max) return std::string(utf8.substr(0, at));
  }
  return std::string(utf8);
}

// Excel refuses []:*?/\ anywhere and an apostrophe at either end.
std::string SheetName(std::string name, int number) {
  for (char& c : name) {
    if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  const std::string suffix = number > 1 ? " " + std::to_string(number) : "";
  name = CutToCharacters(name, kSheetNameCharactersMax - suffix.size());
  if (name.find_first_not_of(' ') == name.npos) name = "Sheet";
  return name + suffix;
}

// A spreadsheet's calendar begins in 1900 (and takes that year for a leap year) and ends in 9999; other times stay
// text.
bool IsSpreadsheetTime(Instant instant) {
  using namespace std::chrono_literals;
  return instant >= std::chrono::sys_days(1900y / 3 / 1) && instant < std::chrono::sys_days(10000y / 1 / 1);
}

class XlsxWriter final : public TableWriter {
 public:
  XlsxWriter(XlsxOptions options, ByteSink sink) : options_(std::move(options)), sink_(std::move(sink)) {}
  ~XlsxWriter() override {
    if (workbook_ != nullptr) lxw_workbook_free(workbook_);
    if (!directory_.empty()) {
      std::error_code ignored;
      std::filesystem::remove_all(directory_, ignored);
    }
  }

  Status Begin(const std::vector<TableColumn>& columns) override {
    columns_ = columns;
    PRIVITY_TRY_VOID(MakeDirectory());
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = directory_.data();
    workbook_ = workbook_new_opt((directory_ + "/book.xlsx").c_str(), &options);
    if (workbook_ == nullptr) return Error("report.io", {{"path", directory_}});
    lxw_doc_properties properties{};
    properties.created = std::chrono::system_clock::to_time_t(options_.created_at);
    workbook_set_properties(workbook_, &properties);
    MakeFormats();
    return NextSheet();
  }

  Status Row(std::span<const Cell> cells) override {
    ++row_;
    if (cells.size() != columns_.size()) return Error("report.row_width", {{"row", std::to_string(row_)}});
    if (sheet_row_ == kRowsPerSheet) PRIVITY_TRY_VOID(NextSheet());
    for (std::size_t i = 0; i < cells.size(); ++i)
      PRIVITY_TRY_VOID(Write(static_cast<lxw_col_t>(i), cells[i], nullptr));
    ++sheet_row_;
    return Ok();
  }

  Status Finish() override {
    lxw_workbook* const workbook = std::exchange(workbook_, nullptr);
    if (workbook_close(workbook) != LXW_NO_ERROR) return Error("report.io", {{"path", directory_}});
    std::ifstream file(directory_ + "/book.xlsx", std::ios::binary);
    std::vector<char> buffer(64 * 1024);
    while (file) {
      file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
      const auto got = static_cast<std::size_t>(file.gcount());
      if (got > 0) PRIVITY_TRY_VOID(sink_(std::as_bytes(std::span(buffer.data(), got))));
    }
    if (!file.eof()) return Error("report.io", {{"path", directory_}});
    return Ok();
  }

 private:
  // A folder of our own, readable by us alone: the rows lie in it on their way.
  Status MakeDirectory() {
    std::string pattern = options_.temporary_directory + "/xlsx-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) return Error("report.io", {{"path", options_.temporary_directory}});
    directory_ = pattern;
    return Ok();
  }

  void MakeFormats() {
    header_format_ = workbook_add_format(workbook_);
    format_set_bold(header_format_);
    format_set_bottom(header_format_, LXW_BORDER_THIN);
    day_format_ = workbook_add_format(workbook_);
    format_set_num_format(day_format_, "yyyy-mm-dd");
    instant_format_ = workbook_add_format(workbook_);
    format_set_num_format(instant_format_, "yyyy-mm-dd hh:mm:ss");
  }

  Status NextSheet() {
    const std::string name = SheetName(options_.sheet_name, ++sheet_count_);
    sheet_ = workbook_add_worksheet(workbook_, name.c_str());
    if (sheet_ == nullptr) return Error("report.io", {{"path", directory_}});
    sheet_row_ = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, column, column, columns_[i].width_characters, nullptr);
      PRIVITY_TRY_VOID(Write(column, Cell(columns_[i].title), header_format_));
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    sheet_row_ = 1;
    return Ok();
  }

  Status Write(lxw_col_t column, const Cell& cell, lxw_format* format) {
    if (const auto* text = std::get_if<std::string>(&cell)) return WriteText(column, *text, format);
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      // A spreadsheet's numbers are doubles: what would not survive that stays text.
      if (std::abs(*number) > (std::int64_t{1} << 53)) return WriteText(column, std::to_string(*number), format);
      worksheet_write_number(sheet_, sheet_row_, column, static_cast<double>(*number), format);
    } else if (const auto* real = std::get_if<double>(&cell)) {
      if (!std::isfinite(*real)) return WriteText(column, FormatNumber(*real), format);
      worksheet_write_number(sheet_, sheet_row_, column, *real, format);
    } else if (const auto* yes = std::get_if<bool>(&cell)) {
      worksheet_write_boolean(sheet_, sheet_row_, column, *yes ? 1 : 0, format);
    } else if (const auto* date = std::get_if<Date>(&cell)) {
      if (!IsSpreadsheetTime(date->days())) return WriteText(column, date->ToString(), format);
      WriteTime(column, date->days(), day_format_);
    } else if (const auto* instant = std::get_if<Instant>(&cell)) {
      if (!IsSpreadsheetTime(*instant)) return WriteText(column, FormatInstant(*instant), format);
      WriteTime(column, *instant, instant_format_);
    }
    return Ok();
  }

  Status WriteText(lxw_col_t column, const std::string& text, lxw_format* format) {
    const std::string row = std::to_string(row_);
    const std::string place = std::to_string(column + 1);
    if (!IsUtf8(text) || text.find('\0') != text.npos)
      return Error("report.text_invalid", {{"row", row}, {"column", place}});
    if (text.size() > kCellCharactersMax && CountCharacters(text) > kCellCharactersMax) {
      return Error("report.cell_too_long",
                   {{"row", row}, {"column", place}, {"characters_max", std::to_string(kCellCharactersMax)}});
    }
    const lxw_error error = worksheet_write_string(sheet_, sheet_row_, column, text.c_str(), format);
    if (error != LXW_NO_ERROR) return Error("report.io", {{"path", directory_}});
    return Ok();
  }

  void WriteTime(lxw_col_t column, Instant instant, lxw_format* format) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    lxw_datetime value{};
    value.year = static_cast<int>(date.year());
    value.month = static_cast<int>(static_cast<unsigned>(date.month()));
    value.day = static_cast<int>(static_cast<unsigned>(date.day()));
    value.hour = static_cast<int>(time.hours().count());
    value.min = static_cast<int>(time.minutes().count());
    value.sec = static_cast<double>(time.seconds().count());
    worksheet_write_datetime(sheet_, sheet_row_, column, &value, format);
  }

  XlsxOptions options_;
  ByteSink sink_;
  std::vector<TableColumn> columns_;
  std::string directory_;
  lxw_workbook* workbook_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* header_format_ = nullptr;
  lxw_format* day_format_ = nullptr;
  lxw_format* instant_format_ = nullptr;
  int sheet_count_ = 0;
  lxw_row_t sheet_row_ = 0;
  std::int64_t row_ = 0;
};

}  // namespace

std::unique_ptr<TableWriter> MakeXlsxWriter(XlsxOptions options, ByteSink sink) {
  return std::make_unique<XlsxWriter>(std::move(options), std::move(sink));
}

}  // namespace privity
