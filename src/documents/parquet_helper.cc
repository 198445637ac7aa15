#include "documents/parquet_helper.h"

#include <linux/seccomp.h>
#include <strings.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <string>
#include <vector>

#include "base/json.h"
#include "documents/internal/duckdb_library.h"
#include "documents/internal/parquet_lines.h"
#include "documents/internal/sandbox.h"

namespace privity {
namespace documents_internal {
namespace {

using Shape = DuckDbType::Shape;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kDocument = "/proc/self/fd/0";
constexpr const char* kRowNumber = "file_row_number";
constexpr std::size_t kOutputPieceBytes = 256 << 10;
constexpr std::int64_t kMeasuredRows = 2000;
constexpr double kFilledShare = .8;  // of the output, since rows differ
constexpr std::size_t kLeavesMax = 10'000;

using Row = std::vector<std::optional<std::string_view>>;

bool IsNested(const DuckDbType& type) {
  return type.shape != Shape::kPlain && type.shape != Shape::kBinary;
}

std::string Quoted(std::string_view name) {
  std::string quoted = "\"";
  for (const char character : name) quoted += character == '"' ? "\"\"" : std::string(1, character);
  return quoted + "\"";
}

// The values of `type` that `value` stands for, with every plain one as text.
std::string AsTexts(const std::string& value, const DuckDbType& type, int depth = 0) {
  const std::string item = "item_" + std::to_string(depth);
  const auto each_of = [&](const std::string& list, const DuckDbType& inner) {
    return "list_transform(" + list + ", lambda " + item + ": " + AsTexts(item, inner, depth + 1) + ")";
  };
  switch (type.shape) {
    case Shape::kPlain:
      return "CAST(" + value + " AS VARCHAR)";
    case Shape::kBinary:
      // No text has a zero in it.
      return "CASE WHEN contains(CAST(" + value + "[1:512] AS VARCHAR), '\\x00') THEN NULL ELSE chr(1) || CAST(" +
             value + " AS VARCHAR) END";
    case Shape::kList:
      return each_of(value, type.inner[0]);
    case Shape::kStruct: {
      std::string members;
      for (std::size_t each = 0; each < type.names.size(); ++each) {
        const std::string member = "struct_extract_at(" + value + ", " + std::to_string(each + 1) + ")";
        members +=
            (each == 0 ? "" : ", ") + Quoted(type.names[each]) + " := " + AsTexts(member, type.inner[each], depth);
      }
      return "struct_pack(" + members + ")";
    }
    case Shape::kMap:
      if (type.inner[0].name == "VARCHAR")
        return "map(map_keys(" + value + "), " + each_of("map_values(" + value + ")", type.inner[1]) + ")";
      return "list_transform(map_entries(" + value + "), lambda " + item +
             ": struct_pack(\"key\" := " + AsTexts("struct_extract_at(" + item + ", 1)", type.inner[0], depth + 1) +
             ", \"value\" := " + AsTexts("struct_extract_at(" + item + ", 2)", type.inner[1], depth + 1) + "))";
  }
  return "NULL";
}

// The paths of plain values that stand under fixed names: lists are passed through, keys of maps are not known before.
void AddLeaves(const std::string& path, const DuckDbType& type, Json::Items& leaves) {
  if (leaves.size() == kLeavesMax || type.shape == Shape::kMap) return;
  if (type.shape == Shape::kList) return AddLeaves(path, type.inner[0], leaves);
  for (std::size_t each = 0; each < type.names.size(); ++each)
    AddLeaves(path + "." + type.names[each], type.inner[each], leaves);
  if (type.names.empty()) leaves.push_back(Json::Array({path, type.name}));
}

// Both without zeros, which no text here has.
void AppendText(std::string_view text, std::string& out) {
  if (text.find('\0') == std::string_view::npos) return AppendJsonString(text, out);
  std::string without;
  for (const char character : text) without += character == '\0' ? std::string("\uFFFD") : std::string(1, character);
  AppendJsonString(without, out);
}

void AppendJson(std::string_view json, std::string& out) {
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t size = std::min(json.find('\\', at), json.size()) - at;
    out += json.substr(at, size);
    at += size;
    const bool is_zero = json.substr(at).starts_with("\\u0000");
    out += is_zero ? "\\ufffd" : json.substr(at, 2);
    at += is_zero ? 6 : 2;
  }
}

std::int64_t NumberOf(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void Write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t some = write(STDOUT_FILENO, text.data(), text.size());
    if (some < 0 && errno != EINTR) _exit(1);
    if (some > 0) text.remove_prefix(static_cast<std::size_t>(some));
  }
}

std::string_view EndOf(DuckDbFailure failure) {
  switch (failure) {
    case DuckDbFailure::kNone:
      return kEndDone;
    case DuckDbFailure::kMemory:
      return kEndMemory;
    case DuckDbFailure::kEncrypted:
      return kEndEncrypted;
    case DuckDbFailure::kDamaged:
      return kEndDamaged;
  }
  return kEndDamaged;
}

struct Limits {
  std::int64_t memory_bytes_max = 0;
  std::int64_t output_bytes_max = 0;
  std::int64_t seconds_max = 0;
};

class Printer {
 public:
  Printer(const DuckDb& library, const Limits& limits)
      : library_(library), limits_(limits), end_(Clock::now() + std::chrono::seconds(limits.seconds_max)) {}

  void Print() {
    columns_ = library_.Columns("SELECT * FROM read_parquet('" + std::string(kDocument) + "') LIMIT 0", failure_);
    if (failure_ == DuckDbFailure::kNone) {
      has_numbers_ = std::ranges::none_of(
          columns_, [](const DuckDbColumn& column) { return strcasecmp(column.name.c_str(), kRowNumber) == 0; });
      const std::int64_t every = Every();
      PrintHead(every);
      PrintRows(every);
    }
    PrintEnd(is_late_ ? kEndTime : EndOf(failure_));
  }

  static void PrintEnd(std::string_view end) { Write(ToJson(Json::Object({{"end", end}})) + "\n"); }

 private:
  std::string Question(std::int64_t every) const {
    std::string wanted = has_numbers_ ? "CAST(" + std::string(kRowNumber) + " + 1 AS VARCHAR)" : "NULL::VARCHAR";
    for (std::size_t each = 0; each < std::min(columns_.size(), kParquetColumnsMax); ++each) {
      const std::string texts = AsTexts(Quoted(columns_[each].name), columns_[each].type);
      wanted += ", " + (IsNested(columns_[each].type) ? "CAST(to_json(" + texts + ") AS VARCHAR)" : texts);
    }
    return "SELECT " + wanted + " FROM read_parquet('" + std::string(kDocument) + "'" +
           (has_numbers_ ? ", file_row_number = true)" : ")") +
           (every == 1 ? "" : " WHERE file_row_number % " + std::to_string(every) + " = 0");
  }

  // One row in how many fits into the output, by the first ones and the number of all.
  std::int64_t Every() {
    if (!has_numbers_) return 1;
    DuckDbFailure failure = DuckDbFailure::kNone;
    Row row;
    const auto counted = library_.Ask(
        "SELECT CAST(num_rows AS VARCHAR) FROM parquet_file_metadata('" + std::string(kDocument) + "')", failure);
    const std::int64_t all = counted != nullptr && counted->Next(row) ? NumberOf(row[0].value_or("")) : 0;
    const auto rows = library_.Ask(Question(1), failure);
    std::int64_t measured = 0;
    std::string text;
    while (rows != nullptr && measured < kMeasuredRows && rows->Next(row)) AppendRow(++measured, row, text);
    if (measured == 0) return 1;
    const double bytes = static_cast<double>(text.size()) / static_cast<double>(measured) * static_cast<double>(all);
    return 1 + static_cast<std::int64_t>(bytes / (kFilledShare * static_cast<double>(limits_.output_bytes_max)));
  }

  // The first value is of the row's number.
  void AppendRow(std::int64_t number, const Row& row, std::string& out) const {
    out += "[" + std::to_string(number);
    for (std::size_t each = 1; each < row.size(); ++each) {
      out += ",";
      if (!row[each]) {
        out += "null";
      } else if (IsNested(columns_[each - 1].type)) {
        AppendJson(*row[each], out);
      } else {
        AppendText(*row[each], out);
      }
    }
    out += "]\n";
  }

  void PrintHead(std::int64_t every) const {
    Json::Items names, leaves;
    for (const DuckDbColumn& column : columns_) {
      if (names.size() == kParquetColumnsMax) break;
      names.emplace_back(column.name);
      AddLeaves(column.name, column.type, leaves);
    }
    Write(ToJson(Json::Object({{"names", Json::ArrayOf(std::move(names))},
                               {"leaves", Json::ArrayOf(std::move(leaves))},
                               {"columns", columns_.size()},
                               {"every", every}})) +
          "\n");
  }

  void PrintRows(std::int64_t every) {
    const auto rows = library_.Ask(Question(every), failure_);
    if (rows == nullptr) return;
    Row row;
    std::string text;
    for (std::int64_t number = 1; rows->Next(row); ++number) {
      AppendRow(row[0] ? NumberOf(*row[0]) : number, row, text);
      if (text.size() < kOutputPieceBytes) continue;
      Write(text);
      text.clear();
      is_late_ = Clock::now() > end_;
      if (is_late_) break;
    }
    Write(text);
    failure_ = rows->failure();
  }

  const DuckDb& library_;
  const Limits limits_;
  const Clock::time_point end_;
  std::vector<DuckDbColumn> columns_;
  bool has_numbers_ = false;
  DuckDbFailure failure_ = DuckDbFailure::kNone;
  bool is_late_ = false;
};

std::atomic<bool> main_has_asked = false;

}  // namespace
}  // namespace documents_internal

bool IsParquetHelper(int argc, const char* const* argv) {
  documents_internal::main_has_asked = true;
  return argc == 6 && std::string_view(argv[1]) == documents_internal::kParquetHelper;
}

bool CanBeParquetHelper() {
  return documents_internal::main_has_asked;
}

int RunParquetHelper(int, const char* const* argv) {
  using namespace documents_internal;
  if (prctl(PR_GET_SECCOMP) != SECCOMP_MODE_FILTER) return 1;
  const Limits limits{NumberOf(argv[3]), NumberOf(argv[4]), NumberOf(argv[5])};
  // The library asks the system for its cores and its memory when it starts.
  const auto library = DuckDb::Open(argv[2], std::string(kDocument), limits.memory_bytes_max);
  if (!CloseFiles()) return 1;
  if (library == nullptr) {
    Printer::PrintEnd(kEndLibrary);
    return 0;
  }
  Printer(*library, limits).Print();
  // Its threads and caches are not waited for.
  _exit(0);
}

}  // namespace privity
