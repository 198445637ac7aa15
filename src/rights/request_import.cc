#include "rights/request_import.h"

#include <algorithm>
#include <array>

#include "base/text_format.h"
#include "base/utf8.h"

namespace privity {
namespace {

constexpr std::size_t kProblemsMax = 100;
constexpr std::string_view kIdentifierPrefix = "id:";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 3> kNeeded = {"law", "right", "email"};
constexpr std::array<std::string_view, 8> kColumns = {"law",      "right",       "email",   "name",
                                                      "language", "received_at", "details", "purpose"};

struct Line {
  std::int64_t number = 0;
  std::vector<std::string> cells{};
};

Error FormError(std::int64_t line) {
  return Error("rights.import_form", {{"line", std::to_string(line)}});
}

// RFC 4180: cells between commas; in quotes, a quote is doubled and line breaks are part of the cell.
class TableReader {
 public:
  explicit TableReader(std::string_view text) : text_(text) {}

  bool IsAtEnd() const { return at_ == text_.size(); }

  Result<Line> Next() {
    Line line{.number = number_};
    while (true) {
      PRIVITY_TRY(line.cells.emplace_back(), Cell());
      if (IsAtEnd()) break;
      const char end = text_[at_++];
      if (end == ',') continue;
      if (end == '\r' && !IsAtEnd() && text_[at_] == '\n') ++at_;
      ++number_;
      break;
    }
    return line;
  }

 private:
  Result<std::string> Cell() {
    if (!IsAtEnd() && text_[at_] == '"') return Quoted();
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string cell(text_.substr(at_, end - at_));
    if (cell.find('"') != std::string::npos) return FormError(number_);
    at_ = end;
    return cell;
  }

  Result<std::string> Quoted() {
    const std::int64_t began = number_;
    std::string cell;
    for (++at_; !IsAtEnd(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') ++number_;
      if (c != '"') {
        cell += c;
        continue;
      }
      if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        cell += '"';
        ++at_;
        continue;
      }
      ++at_;
      const bool ends = IsAtEnd() || text_[at_] == ',' || text_[at_] == '\r' || text_[at_] == '\n';
      if (!ends) return FormError(began);
      return cell;
    }
    return FormError(began);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::int64_t number_ = 1;
};

bool IsIdentifierColumn(std::string_view name) {
  return name.starts_with(kIdentifierPrefix) && MatchesTextFormat("name", name.substr(kIdentifierPrefix.size()));
}

Status CheckHeader(const std::vector<std::string>& columns) {
  const auto wrong = [](std::string_view column) {
    return Error("rights.import_header", {{"column", std::string(column)}});
  };
  for (const std::string_view needed : kNeeded) {
    if (std::ranges::count(columns, needed) == 0) return wrong(needed);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool is_known = std::ranges::count(kColumns, columns[i]) > 0 || IsIdentifierColumn(columns[i]);
    // What the file calls a column is its own: only where it stands is said.
    if (!is_known || std::ranges::count(columns, columns[i]) > 1) return wrong(std::to_string(i + 1));
  }
  return Ok();
}

struct Table {
  std::vector<std::string> columns{};
  std::vector<Line> lines{};
};

Result<Table> ReadTable(std::string_view text) {
  if (text.size() > kImportBytesMax) return Error("rights.import_too_large");
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!IsUtf8(text)) return FormError(1);
  TableReader reader(text);
  PRIVITY_TRY(const Line header, reader.Next());
  Table table{.columns = header.cells};
  PRIVITY_TRY_VOID(CheckHeader(table.columns));
  while (!reader.IsAtEnd()) {
    PRIVITY_TRY(Line line, reader.Next());
    if (line.cells.size() == 1 && line.cells.front().empty()) continue;  // an empty line
    if (line.cells.size() != table.columns.size()) return FormError(line.number);
    table.lines.push_back(std::move(line));
    if (static_cast<std::int64_t>(table.lines.size()) > kImportLinesMax) return Error("rights.import_too_large");
  }
  return table;
}

// Fills what the column is about; a value that is not of its form is an error.
Status Fill(NewRightsRequest& request, const std::string& column, const std::string& cell) {
  RequestContent& content = request.content;
  if (cell.empty()) return Ok();
  if (IsIdentifierColumn(column)) {
    content.identifiers.push_back({.kind = column.substr(kIdentifierPrefix.size()), .value = cell});
  } else if (column == "right") {
    PRIVITY_TRY(request.right, ParseEnum<Right>(cell));
  } else if (column == "received_at") {
    PRIVITY_TRY(request.received_at, ParseInstant(cell));
  } else if (column == "purpose") {
    content.purpose = cell;
  } else {
    std::string& place = column == "law"        ? request.law
                         : column == "email"    ? content.email
                         : column == "name"     ? content.name
                         : column == "language" ? request.language
                                                : content.details;
    place = cell;
  }
  return Ok();
}

// Whose cell it is about, if one is.
std::string_view ColumnOf(const Error& error) {
  constexpr std::string_view kContent = "/content/";
  if (error.Is("mail.address_invalid")) return "email";
  if (error.Is("packs.unknown") || error.Is("packs.not_in_force")) return "law";
  if (error.Is("law.right_unknown")) return "right";
  if (error.Is("rights.received_in_future")) return "received_at";
  std::string_view path = error.Parameter("path");
  path.remove_prefix(path.starts_with(kContent) ? kContent.size() : std::min<std::size_t>(path.size(), 1));
  const auto known = std::ranges::find(kColumns, path);
  return known == kColumns.end() ? "" : *known;
}

// What is wrong with the line itself; anything else (the store, the ledger) ends the import.
bool IsOfTheLine(const Error& error) {
  return !ColumnOf(error).empty() || error.code().starts_with("base.");
}

class Importing {
 public:
  Importing(RightsRequests& requests, const Caller& caller, const Table& table)
      : requests_(requests), caller_(caller), table_(table) {}

  // An error that the caller returns from its transaction undoes everything.
  Status Run(WriteTx& tx) {
    report = {};
    for (const Line& line : table_.lines) {
      ++report.lines;
      PRIVITY_TRY_VOID(Make(tx, line));
      if (report.problems.size() >= kProblemsMax) break;
    }
    return report.problems.empty() ? Ok() : Status(Error("rights.import_undone"));
  }

  RequestImport report;

 private:
  void Note(const Line& line, std::string_view column, const Error& error) {
    report.problems.push_back({.line = line.number, .column = std::string(column), .code = error.code()});
  }

  Status Make(WriteTx& tx, const Line& line) {
    NewRightsRequest request;
    const std::size_t before = report.problems.size();
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const std::string& column = table_.columns[i];
      const Status filled = Fill(request, column, line.cells[i]);
      if (!filled.ok()) Note(line, column, filled.error());
      const bool is_needed = std::ranges::count(kNeeded, column) > 0;
      if (is_needed && line.cells[i].empty()) Note(line, column, Error("rights.import_empty"));
    }
    if (report.problems.size() > before) return Ok();
    // The limits of the API hold here too.
    const auto checked = FromJson<NewRightsRequest>(ToJson(request));
    if (!checked.ok()) {
      Note(line, ColumnOf(checked.error()), checked.error());
      return Ok();
    }
    const auto made = requests_.Create(tx, caller_, request, RequestChannel::kImport);
    if (made.ok()) {
      report.requests.push_back(made->id);
      return Ok();
    }
    if (!IsOfTheLine(made.error())) return made.error();
    Note(line, ColumnOf(made.error()), made.error());
    return Ok();
  }

  RightsRequests& requests_;
  const Caller& caller_;
  const Table& table_;
};

}  // namespace

std::vector<FieldNote> FieldNotes(const RequestImport*) {
  return {{.name = "lines", .description = "Lines with a request."},
          {.name = "made", .description = "How many requests were made: all of them, or none."},
          {.name = "problems", .description = "What is wrong, by line and column; the first hundred."}};
}

Result<RequestImport> ImportRequests(Store& store, RightsRequests& requests, const Caller& caller,
                                     std::string_view table_text, bool preview) {
  PRIVITY_TRY(const Table table, ReadTable(table_text));
  Importing importing(requests, caller, table);
  const Status done = store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(importing.Run(tx));
    return preview ? Status(Error("rights.import_undone")) : Ok();
  });
  if (!done.ok() && !done.error().Is("rights.import_undone")) return done.error();
  RequestImport report = std::move(importing.report);
  if (!done.ok()) report.requests.clear();
  report.made = static_cast<std::int64_t>(report.requests.size());
  return report;
}

}  // namespace privity
