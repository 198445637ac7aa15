// The distinct values of each field of one collection, within limits of memory.
#pragma once

#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "connect/connector.h"
#include "connect/json_cells.h"

namespace privity {

class FieldValues final : public RecordSink {
 public:
  struct Of {
    std::string field{};
    std::string declared_type{};
    std::vector<std::string> distinct{};  // in the order in which they came
    std::int64_t filled = 0;              // records that had a value, also beyond the limits
    bool is_document = false;             // held documents, whose paths are fields of their own
  };

  explicit FieldValues(const Collection& collection);
  Status Take(Record record) override;
  void Skip(Error error) override { skipped_.push_back(std::move(error)); }

  // As the collection declares them, then those that only the records had.
  const std::vector<Of>& fields() const { return fields_; }
  std::int64_t records() const { return records_; }
  const std::vector<Error>& skipped() const { return skipped_; }

 private:
  struct Seen {
    std::size_t at = 0;  // in fields_
    std::size_t bytes = 0;
    std::unordered_set<std::string> values{};
  };
  Seen& SeenOf(std::string_view field, std::string_view declared_type);
  void Add(const FieldCell& cell, std::string_view declared_type);
  // Whether the cell was a document and has been added by its paths.
  bool AddDocument(const FieldCell& cell, std::string_view declared_type);

  std::map<std::string, std::string, std::less<>> declared_types_;
  std::vector<Of> fields_;
  std::map<std::string, Seen, std::less<>> seen_;
  std::int64_t records_ = 0;
  std::vector<Error> skipped_;
  JsonCells json_;
  std::vector<FieldCell> json_cells_;
};

}  // namespace privity
