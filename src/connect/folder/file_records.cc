#include "connect/folder/file_records.h"

#include <algorithm>

#include "connect/internal/cells.h"
#include "connect/internal/record_values.h"

namespace privity::connect_internal {
namespace {

constexpr std::int64_t kMalformedMax = 1'000;
// What a description reads of a file with documents to learn their fields.
constexpr std::size_t kDescribeBytes = 1 << 20;
constexpr std::size_t kFieldsMax = 2'000;
// A file up to this size is sampled from all of its records; of a larger one, blocks from all over it are read.
constexpr std::uint64_t kSampleWholeBytes = 8 << 20;
constexpr std::uint64_t kSampleBlocks = 16;

// Hands a record on with its cells cut, and as it is when there is nothing to cut.
class CuttingTake {
 public:
  CuttingTake(std::size_t cell_bytes_max, RecordSink& sink) : cell_bytes_max_(cell_bytes_max), sink_(sink) {}
  Status operator()(Record record) {
    const auto fits = [this](const FieldCell& cell) { return cell.bytes.size() <= cell_bytes_max_; };
    if (std::ranges::all_of(record, fits)) return sink_.Take(record);
    cells_.assign(record.begin(), record.end());
    for (FieldCell& cell : cells_) CutCell(cell_bytes_max_, cell);
    return sink_.Take(cells_);
  }

 private:
  const std::size_t cell_bytes_max_;
  RecordSink& sink_;
  std::vector<FieldCell> cells_;
};

}  // namespace

Result<Collection> FileRecords::Describe(const std::string& name) const {
  const auto format = FormatOf(name);
  if (!format) return MakeError("connect.file_not_read", name);
  Collection collection{.name = {"", name}, .shape = format->shape()};
  const auto add = [&](const FieldCell& cell) {
    const auto known = std::ranges::find(collection.fields, cell.field, &Field::name);
    if (known == collection.fields.end() && collection.fields.size() < kFieldsMax) {
      collection.fields.push_back({.name = std::string(cell.field)});
    }
  };
  PRIVITY_TRY_VOID(Read(name, *format, {.bytes_max = kDescribeBytes}, nullptr, [&](Record record) -> Result<bool> {
    if (collection.shape != CollectionShape::kDocuments) return false;
    for (const FieldCell& cell : record) add(cell);
    return true;
  }));
  for (const std::string& column : format->columns()) collection.fields.push_back({.name = column});
  return collection;
}

Status FileRecords::Read(const std::string& name, FileFormat& format, Extent extent, RecordSink* sink,
                         const FileReading::OnRecord& on_record) const {
  PRIVITY_TRY(const auto file, open_(name));
  std::int64_t malformed = 0;
  FileReading reading(*file, format, extent);
  return reading.Run(
      [&](Record record) -> Result<bool> {
        if (stop_.stop_requested()) return MakeError("connect.cancelled", name);
        if (malformed > kMalformedMax) return MakeError("connect.damaged", name);
        return on_record(record);
      },
      [&](std::int64_t line, std::string problem) {
        ++malformed;
        if (sink == nullptr || malformed > kMalformedMax) return;
        sink->Skip(
            MakeError("connect.malformed", name + ":" + std::to_string(line)).With("problem", std::move(problem)));
      });
}

Status FileRecords::Stream(const std::string& name, RecordSink& sink) const {
  const auto format = FormatOf(name);
  if (!format) return MakeError("connect.file_not_read", name);
  CuttingTake take(cell_bytes_max_, sink);
  return Read(name, *format, {}, &sink, [&](Record record) -> Result<bool> {
    PRIVITY_TRY_VOID(take(record));
    return true;
  });
}

Status FileRecords::Find(const std::string& name, const std::vector<FieldValue>& match, std::int64_t records_max,
                         RecordSink& sink) const {
  const auto format = FormatOf(name);
  if (!format) return MakeError("connect.file_not_read", name);
  std::int64_t found = 0;
  CuttingTake take(cell_bytes_max_, sink);
  return Read(name, *format, {}, &sink, [&](Record record) -> Result<bool> {
    if (!HasValues(record, match)) return true;
    PRIVITY_TRY_VOID(take(record));
    return ++found < records_max;
  });
}

Status FileRecords::Sample(const std::string& name, const SampleLimits& limits, RecordSink& sink) const {
  const auto format = FormatOf(name);
  if (!format) return MakeError("connect.file_not_read", name);
  PRIVITY_TRY(const auto file, open_(name));
  const bool can_jump = format->has_lines() && file->size_bytes() > kSampleWholeBytes;
  return can_jump ? SampleBlocks(name, file->size_bytes(), *format, limits, sink) : SampleWhole(name, limits, sink);
}

// Twice through the file: first to count, then to take records at even distances.
Status FileRecords::SampleWhole(const std::string& name, const SampleLimits& limits, RecordSink& sink) const {
  const Extent extent{.bytes_max = kSampleWholeBytes};
  std::int64_t total = 0;
  PRIVITY_TRY_VOID(Read(name, *FormatOf(name), extent, nullptr, [&](Record) -> Result<bool> {
    ++total;
    return true;
  }));
  const std::int64_t wanted = std::min(total, limits.records_max);
  std::int64_t at = 0;
  CuttingTake take(limits.cell_bytes_max, sink);
  return Read(name, *FormatOf(name), extent, &sink, [&](Record record) -> Result<bool> {
    const bool is_chosen = at * wanted / total != (at + 1) * wanted / total;
    ++at;
    if (is_chosen) PRIVITY_TRY_VOID(take(record));
    return true;
  });
}

// A block may begin inside of a record: what is malformed there is not reported.
Status FileRecords::SampleBlocks(const std::string& name, std::uint64_t size_bytes, FileFormat& format,
                                 const SampleLimits& limits, RecordSink& sink) const {
  CuttingTake take(limits.cell_bytes_max, sink);
  std::int64_t taken = 0;
  for (std::uint64_t block = 0; block < kSampleBlocks; ++block) {
    const auto blocks_left = static_cast<std::int64_t>(kSampleBlocks - block);
    const std::int64_t quota = taken + (limits.records_max - taken + blocks_left - 1) / blocks_left;
    const Extent extent{.offset = block * (size_bytes / kSampleBlocks), .bytes_max = size_bytes / kSampleBlocks};
    const auto on_record = [&](Record record) -> Result<bool> {
      if (taken == quota) return false;
      ++taken;
      PRIVITY_TRY_VOID(take(record));
      return true;
    };
    PRIVITY_TRY_VOID(Read(name, format, extent, block == 0 ? &sink : nullptr, on_record));
  }
  return Ok();
}

// By the size of the file and of the records at its start.
Result<std::int64_t> FileRecords::Estimate(const std::string& name) const {
  const auto format = FormatOf(name);
  if (!format) return MakeError("connect.file_not_read", name);
  PRIVITY_TRY(const auto file, open_(name));
  std::int64_t records = 0;
  PRIVITY_TRY_VOID(Read(name, *format, {.bytes_max = kDescribeBytes}, nullptr, [&](Record) -> Result<bool> {
    ++records;
    return true;
  }));
  if (file->size_bytes() <= kDescribeBytes) return records;
  return static_cast<std::int64_t>(static_cast<double>(records) * static_cast<double>(file->size_bytes()) /
                                   kDescribeBytes);
}

}  // namespace privity::connect_internal
