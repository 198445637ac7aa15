// The records of a set of files, or of what is like files: objects of a bucket. What a kind brings is how to open one.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "connect/connector.h"
#include "connect/folder/file_format.h"
#include "connect/folder/file_reading.h"

namespace privity::connect_internal {

class FileRecords {
 public:
  // Errors with all their parameters.
  using OpenFile = std::function<Result<std::unique_ptr<TextSource>>(const std::string& name)>;

  // Of `options`: how long a value of a stream may be, and when to stop.
  FileRecords(std::string store, const ConnectOptions& options, OpenFile open)
      : store_(std::move(store)),
        stop_(options.stop),
        cell_bytes_max_(options.cell_bytes_max),
        open_(std::move(open)) {}

  // Its fields as the start of the file shows them; no key. Errors: connect.file_not_read (not of a known ending), and
  // those of opening.
  Result<Collection> Describe(const std::string& name) const;
  Result<std::int64_t> Estimate(const std::string& name) const;
  Status Sample(const std::string& name, const SampleLimits& limits, RecordSink& sink) const;
  Status Stream(const std::string& name, RecordSink& sink) const;
  Status Find(const std::string& name, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) const;

 private:
  // Reads records of one file; malformed ones go to `sink`, which may be null.
  Status Read(const std::string& name, FileFormat& format, Extent extent, RecordSink* sink,
              const FileReading::OnRecord& on_record) const;
  Status SampleWhole(const std::string& name, const SampleLimits& limits, RecordSink& sink) const;
  Status SampleBlocks(const std::string& name, std::uint64_t size_bytes, FileFormat& format, const SampleLimits& limits,
                      RecordSink& sink) const;
  Error MakeError(std::string code, std::string place) const {
    return Error(std::move(code), {{"store", store_}, {"place", std::move(place)}});
  }

  const std::string store_;
  const std::stop_token stop_;
  const std::size_t cell_bytes_max_;
  const OpenFile open_;
};

}  // namespace privity::connect_internal
