// Parquet: this program reads it in a box, with DuckDB's library, and says what it read in lines (parquet_lines.h).
#include "documents/internal/parquet_lines.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "base/json.h"
#include "base/utf8.h"
#include "documents/internal/readers.h"
#include "documents/internal/sandbox.h"
#include "documents/parquet_helper.h"

namespace privity::documents_internal {
namespace {

// The program and its libraries fill so much of the address space before they have a byte of memory.
constexpr std::int64_t kMappedBytes = 512LL << 20;
// Of the rows of one document: lists make more cells than they have bytes.
constexpr std::int64_t kCellsMax = 50'000'000;

constexpr const char* kProgram = "/proc/self/exe";

// The full path of DuckDB's library; "" when it is nowhere.
std::string LibraryOf(const std::string& configured) {
  std::error_code failure;
  const std::filesystem::path program = std::filesystem::canonical(kProgram, failure);
  const std::array<std::string, 3> usual = {(program.parent_path() / "libduckdb.so").string(),
                                            "/usr/local/lib/libduckdb.so", "/usr/lib/libduckdb.so"};
  if (!configured.empty()) return access(configured.c_str(), R_OK) == 0 ? configured : "";
  const auto found =
      std::ranges::find_if(usual, [](const std::string& path) { return access(path.c_str(), R_OK) == 0; });
  return found == usual.end() ? "" : *found;
}

// "\xC3\xBC" as bytes; nothing unless they are text.
std::string TextOfBinary(std::string_view escaped) {
  std::string bytes;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  for (std::size_t at = 0; at < escaped.size(); ++at) {
    if (escaped[at] == '\\' && at + 3 < escaped.size()) {
      bytes += static_cast<char>(digit(escaped[at + 2]) << 4 | digit(escaped[at + 3]));
      at += 3;
    } else {
      bytes += escaped[at];
    }
  }
  return IsUtf8(bytes) && bytes.find('\0') == std::string::npos ? bytes : "";
}

std::string TextOf(const Json& value) {
  const std::string* text = value.string();
  if (text == nullptr) return value.is_null() ? "" : ToJson(value);
  return text->starts_with(kBinaryMark) ? TextOfBinary(std::string_view(*text).substr(1)) : *text;
}

// "customers" of "/srv/lake/customers.parquet".
std::string TableOf(std::string_view name) {
  name.remove_prefix(name.find_last_of('/') + 1);
  return LabelOf(name.substr(0, name.rfind('.')));
}

class LineReader {
 public:
  LineReader(Reading& reading, const Here& here)
      : reading_(reading), here_(here), part_("table " + TableOf(here.name)) {}

  Status Read(std::string_view lines) {
    while (!lines.empty() && end_.empty()) {
      const std::size_t end = std::min(lines.find('\n'), lines.size());
      PRIVITY_TRY_VOID(Line(lines.substr(0, end)));
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return Ok();
  }
  // What the last line says; "" when there was none.
  const std::string& end() const { return end_; }

 private:
  Status Line(std::string_view line) {
    const auto json = ParseJson(line, {.size_bytes_max = line.size()});
    if (!json.ok()) {
      end_ = kEndDamaged;
      return Ok();
    }
    if (json->items() != nullptr) return Row(*json->items());
    if (json->Has("names")) Head(*json);
    end_ = (*json)["end"].StringOr("");
    return Ok();
  }

  void Head(const Json& head) {
    if (const auto* names = head["names"].items()) {
      for (const Json& name : *names) top_.push_back(name.StringOr(""));
    }
    if (const auto* leaves = head["leaves"].items()) {
      for (const Json& leaf : *leaves) Declare(leaf);
    }
    if (head["columns"].IntegerOr(0) > std::ssize(top_)) LimitColumns();
    const std::int64_t every = head["every"].IntegerOr(1);
    if (every > 1) reading_.Unread(here_, Error("documents.sampled", {{"every", std::to_string(every)}}));
  }

  // ["phones.number", "VARCHAR"]
  void Declare(const Json& leaf) {
    const auto* pair = leaf.items();
    if (pair == nullptr || pair->size() != 2) return;
    const std::size_t column = ColumnOf((*pair)[0].StringOr(""));
    if (column < types_.size()) types_[column] = (*pair)[1].StringOr("");
  }

  // The place of a column; behind the last when there are too many.
  std::size_t ColumnOf(const std::string& path) {
    const auto known = columns_.find(path);
    if (known != columns_.end()) return known->second;
    if (names_.size() == kParquetColumnsMax) {
      LimitColumns();
      return names_.size();
    }
    columns_.emplace(path, names_.size());
    names_.push_back(path);
    types_.emplace_back();
    values_.emplace_back();
    return names_.size() - 1;
  }

  void LimitColumns() {
    if (!std::exchange(has_too_many_, true)) reading_.Limit(here_, "columns");
  }

  Status Row(const Json::Items& row) {
    const std::int64_t number = row.empty() ? 0 : row[0].IntegerOr(0);
    for (auto& values : values_) values.clear();
    for (std::size_t each = 1; each < row.size() && each <= top_.size(); ++each) Add(top_[each - 1], row[each]);
    std::size_t height = 1;
    for (const auto& values : values_) height = std::max(height, values.size());
    for (std::size_t line = 0; line < height; ++line) {
      cells_left_ -= std::ssize(names_);
      if (cells_left_ < 0) break;
      cells_.assign(names_.size(), "");
      for (std::size_t column = 0; column < names_.size(); ++column) {
        if (line < values_[column].size()) cells_[column] = std::move(values_[column][line]);
      }
      PRIVITY_TRY_VOID(reading_.Row(here_, part_, {number, names_, cells_, false, &types_}));
    }
    if (cells_left_ >= 0) return Ok();
    reading_.Limit(here_, "cells");
    end_ = kEndDone;
    return Ok();
  }

  void Add(const std::string& path, const Json& value) {
    if (const auto* members = value.members()) {
      for (const Json::Member& member : *members) Add(path + "." + member.key, member.value);
    } else if (const auto* items = value.items()) {
      for (const Json& item : *items) Add(path, item);
    } else if (std::string text = TextOf(value); !text.empty()) {
      const std::size_t column = ColumnOf(path);
      if (column < values_.size()) values_[column].push_back(std::move(text));
    }
  }

  Reading& reading_;
  const Here& here_;
  const std::string part_;
  std::vector<std::string> top_;  // what the values of a line are called
  std::vector<std::string> names_, types_, cells_;
  std::vector<std::vector<std::string>> values_;  // of each column, in one row
  std::map<std::string, std::size_t> columns_;
  std::int64_t cells_left_ = kCellsMax;
  std::string end_;
  bool has_too_many_ = false;
};

void SayHowItEnded(Reading& reading, const Here& here, std::string_view end) {
  if (end == kEndLibrary) reading.Unread(here, Error("documents.helper", {{"program", "libduckdb.so"}}));
  if (end == kEndMemory || end == kEndTime || end == kEndOutput) reading.Limit(here, end);
  if (end == kEndEncrypted) reading.Unread(here, Error("documents.encrypted"));
  if (end == kEndDamaged || end.empty()) reading.Unread(here, Error("documents.damaged", {{"kind", "Parquet"}}));
}

}  // namespace

Status ReadParquet(Reading& reading, const Here& here, std::string_view bytes) {
  const DocumentLimits& limits = reading.limits();
  const std::string& configured = reading.options().duckdb_library;
  const std::string library = LibraryOf(configured);
  if (library.empty()) {
    const std::string wanted = configured.empty() ? "libduckdb.so" : configured;
    reading.Unread(here, Error("documents.library_missing", {{"library", wanted}}));
    return Ok();
  }
  if (!CanBeParquetHelper()) {
    reading.Unread(here, Error("documents.helper", {{"program", kProgram}}));
    return Ok();
  }
  auto output = RunBoxed(
      {.path = kProgram,
       .arguments = {std::string(kParquetHelper), library, std::to_string(limits.parquet_memory_bytes_max),
                     std::to_string(limits.helper_output_bytes_max), std::to_string(limits.helper_seconds_max * 3 / 4)},
       .closes_files = true,
       .memory_bytes_max = limits.parquet_memory_bytes_max + kMappedBytes,
       .output_bytes_max = limits.helper_output_bytes_max,
       .seconds_max = limits.helper_seconds_max},
      bytes);
  if (!output.ok()) {
    reading.Unread(here, Error("documents.helper", {{"program", library}}));
    return Ok();
  }
  if (!reading.TakeBytes(std::ssize(output->text))) {
    reading.Limit(here, "bytes");
    return Ok();
  }
  if (output->was_cut) {
    output->text.resize(output->text.rfind('\n') + 1);
    output->text += ToJson(Json::Object({{"end", kEndOutput}}));
  }
  return ReadParquetLines(reading, here, output->text);
}

Status ReadParquetLines(Reading& reading, const Here& here, std::string_view lines) {
  LineReader reader(reading, here);
  PRIVITY_TRY_VOID(reader.Read(lines));
  SayHowItEnded(reading, here, reader.end());
  return Ok();
}

}  // namespace privity::documents_internal
