// CSV (RFC 4180) and its kin with other delimiters: values in quotes may hold delimiters, line ends and doubled quotes.
#include <algorithm>
#include <array>
#include <cstring>
#include <set>

#include "connect/folder/file_format.h"
#include "connect/internal/cells.h"

namespace privity::connect_internal {
namespace {

struct Value {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool has_doubled_quotes = false;
};

// Where the values of the first record lie; `consumed` is behind its line end.
struct Scan {
  FileFormat::Found found = FileFormat::Found::kMore;
  std::size_t consumed = 0;
  std::string problem{};
};

// Behind the first line end, or everything.
std::size_t AfterLine(std::string_view text) {
  return std::min(text.find('\n'), text.size() - 1) + 1;
}

Scan ScanRecord(std::string_view text, bool is_end, char delimiter, std::vector<Value>& values) {
  values.clear();
  std::size_t at = 0;
  const auto malformed = [&](std::string problem) {
    return Scan{FileFormat::Found::kMalformed, AfterLine(text), std::move(problem)};
  };
  while (true) {
    Value value{.begin = at, .end = at};
    if (at < text.size() && text[at] == '"') {
      value.begin = ++at;
      while (true) {
        at = text.find('"', at);
        if (at == std::string_view::npos) return is_end ? malformed("a quote that is not closed") : Scan{};
        if (at + 1 == text.size() && !is_end) return {};
        if (at + 1 == text.size() || text[at + 1] != '"') break;
        value.has_doubled_quotes = true;
        at += 2;
      }
      value.end = at++;
      if (at + 1 == text.size() && text[at] == '\r' && !is_end) return {};
      if (at + 1 < text.size() && text[at] == '\r' && text[at + 1] == '\n') ++at;
      if (at < text.size() && text[at] != delimiter && text[at] != '\n')
        return malformed("something behind a closing quote");
    } else {
      while (at < text.size() && text[at] != delimiter && text[at] != '\n') ++at;
      value.end = at;
      if (at < text.size() && text[at] == '\n' && at > value.begin && text[at - 1] == '\r') --value.end;
    }
    if (at == text.size() && !is_end) return {};
    values.push_back(value);
    if (at == text.size() || text[at] == '\n') return {FileFormat::Found::kRecord, std::min(at + 1, text.size()), {}};
    ++at;
  }
}

// Undoes doubled quotes in place.
std::string_view ValueText(char* text, const Value& value) {
  if (!value.has_doubled_quotes) return {text + value.begin, value.end - value.begin};
  char* out = text + value.begin;
  for (std::size_t at = value.begin; at < value.end; ++at) {
    *out++ = text[at];
    if (text[at] == '"') ++at;
  }
  return {text + value.begin, static_cast<std::size_t>(out - text) - value.begin};
}

// What separates the values of the first line: whatever is there most often outside of quotes.
char FindDelimiter(std::string_view line) {
  constexpr std::array<char, 4> kDelimiters = {',', ';', '\t', '|'};
  std::array<int, 4> counts{};
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') is_quoted = !is_quoted;
    const auto known = std::ranges::find(kDelimiters, c);
    if (!is_quoted && known != kDelimiters.end()) ++counts[static_cast<std::size_t>(known - kDelimiters.begin())];
  }
  return kDelimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

// Names hold no address and do not begin like a number or a date.
bool IsHeader(const std::vector<std::string>& first) {
  return std::ranges::none_of(first, [](const std::string& name) {
    return name.find('@') != std::string::npos ||
           (!name.empty() && (name[0] == '-' || (name[0] >= '0' && name[0] <= '9')));
  });
}

class Csv final : public FileFormat {
 public:
  explicit Csv(char delimiter) : delimiter_(delimiter) {}

  Step Take(char* text, std::size_t size, bool is_end, std::vector<FieldCell>& cells) override {
    if (delimiter_ == '\0') {
      const std::string_view all(text, size);
      if (all.find('\n') == std::string_view::npos && !is_end) return {.found = Found::kMore};
      delimiter_ = FindDelimiter(all.substr(0, all.find('\n')));
    }
    Scan scan = ScanRecord({text, size}, is_end, delimiter_, values_);
    if (scan.found != Found::kRecord) return {scan.found, scan.consumed, std::move(scan.problem)};
    const bool is_blank = values_.size() == 1 && values_[0].begin == values_[0].end;
    if (is_blank && columns_.size() != 1) return {.consumed = scan.consumed};
    if (columns_.empty()) {
      if (NameColumns(text)) return {.consumed = scan.consumed};
    }
    if (values_.size() != columns_.size()) {
      return {Found::kMalformed, scan.consumed,
              std::to_string(values_.size()) + " values instead of " + std::to_string(columns_.size())};
    }
    cells.resize(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) cells[i] = TextCell(columns_[i], ValueText(text, values_[i]));
    return {.found = Found::kRecord, .consumed = scan.consumed};
  }
  std::optional<std::string> WithValues(std::string_view record,
                                        const std::vector<FieldValue>& changes) const override {
    std::vector<Value> values;
    if (ScanRecord(record, true, delimiter_, values).found != Found::kRecord) return std::nullopt;
    std::string changed(record);
    // From the last to the first, so that what is still to be replaced stays where it is.
    for (std::size_t i = values.size(); i-- > 0;) {
      const auto change = std::ranges::find(changes, columns_[i], &FieldValue::field);
      if (change == changes.end()) continue;
      const bool is_quoted = values[i].begin > 0 && record[values[i].begin - 1] == '"';
      const std::size_t begin = values[i].begin - (is_quoted ? 1 : 0);
      const std::size_t end = values[i].end + (is_quoted ? 1 : 0);
      changed.replace(begin, end - begin, Spelled(change->value.value_or(""), is_quoted));
    }
    const bool are_known = std::ranges::all_of(
        changes, [&](const FieldValue& each) { return std::ranges::find(columns_, each.field) != columns_.end(); });
    return are_known ? std::optional(changed) : std::nullopt;
  }
  const std::vector<std::string>& columns() const override { return columns_; }
  CollectionShape shape() const override { return CollectionShape::kTable; }
  bool has_lines() const override { return true; }

 private:
  std::string Spelled(std::string_view value, bool was_quoted) const {
    const bool is_plain =
        value.find_first_of("\"\r\n") == std::string_view::npos && value.find(delimiter_) == std::string_view::npos;
    if (is_plain && !was_quoted) return std::string(value);
    std::string quoted = "\"";
    for (const char c : value) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"";
  }
  // True when the first record is the header and holds no data.
  bool NameColumns(char* text) {
    std::vector<std::string> first;
    for (const Value& value : values_) first.emplace_back(text + value.begin, value.end - value.begin);
    const bool is_header = IsHeader(first);
    if (is_header) {
      for (std::size_t i = 0; i < first.size(); ++i) first[i] = ValueText(text, values_[i]);
    }
    std::set<std::string> taken;
    for (std::size_t i = 0; i < first.size(); ++i) {
      const std::string number = std::to_string(i + 1);
      std::string name = is_header && !first[i].empty() && IsUtf8(first[i]) ? first[i] : "column_" + number;
      if (!taken.insert(name).second) name += "_" + number;
      taken.insert(name);
      columns_.push_back(std::move(name));
    }
    return is_header;
  }

  char delimiter_;
  std::vector<std::string> columns_;
  std::vector<Value> values_;
};

}  // namespace

std::unique_ptr<FileFormat> CsvFormat(char delimiter) {
  return std::make_unique<Csv>(delimiter);
}

}  // namespace privity::connect_internal
