// DuckDB (MIT) as a library that may or may not be there: opened at run time, asked through its C interface, with
// nothing allowed but to read one file.
//
// Only for a process in a box (sandbox.h): DuckDB reads outside bytes in a million lines. It has one thread, a limit of
// memory, no place for temporary files, no extensions from anywhere, no file but `path`, and its settings are locked.
// What it says when it fails may hold values, so that only the kind of failure is handed on.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace privity::documents_internal {

enum class DuckDbFailure { kNone, kMemory, kEncrypted, kDamaged };

// A type of DuckDB's, with those inside of it.
struct DuckDbType {
  enum class Shape { kPlain, kBinary, kList, kStruct, kMap };
  Shape shape = Shape::kPlain;
  std::string name = {};                // "DECIMAL(10,2)", of plain ones that are known; else empty
  std::vector<std::string> names = {};  // of a struct's members
  std::vector<DuckDbType> inner = {};   // of a list one, of a map two: the key and the value
};

struct DuckDbColumn {
  std::string name;
  DuckDbType type;
};

struct DuckDbFunctions;
struct DuckDbAnswer;

// The rows of one answer, which come while it is read.
class DuckDbRows {
 public:
  DuckDbRows(const DuckDbFunctions& functions, const DuckDbAnswer& answer);
  ~DuckDbRows();
  DuckDbRows(const DuckDbRows&) = delete;
  DuckDbRows& operator=(const DuckDbRows&) = delete;

  // Of columns whose type is text; null is none. The texts live until the next call. False at the end, and where
  // reading failed.
  bool Next(std::vector<std::optional<std::string_view>>& row);
  DuckDbFailure failure() const { return failure_; }

 private:
  bool Fetch();
  void DropPiece();
  std::optional<std::string_view> Value(std::size_t column) const;

  const DuckDbFunctions& functions_;
  const std::unique_ptr<DuckDbAnswer> answer_;
  const std::size_t columns_;
  void* piece_ = nullptr;
  std::uint64_t at_ = 0;
  std::uint64_t size_ = 0;
  std::vector<const void*> texts_;           // of each column
  std::vector<const std::uint64_t*> valid_;  // a bit for each row; null where all are
  DuckDbFailure failure_ = DuckDbFailure::kNone;
};

// The process ends when its document is read: what the library holds until then is not given back.
class DuckDb {
 public:
  // Null when the library cannot be opened, or is another than it should be.
  static std::unique_ptr<DuckDb> Open(const std::string& library, const std::string& path,
                                      std::int64_t memory_bytes_max);
  ~DuckDb();

  // What a question is answered with. Empty after a failure.
  std::vector<DuckDbColumn> Columns(const std::string& sql, DuckDbFailure& failure) const;
  // Null after a failure. This outlives them.
  std::unique_ptr<DuckDbRows> Ask(const std::string& sql, DuckDbFailure& failure) const;

 private:
  DuckDb();
  bool Load(const std::string& library);
  bool Connect(const std::string& path, std::int64_t memory_bytes_max);
  bool Says(const std::string& sql) const;
  DuckDbType TypeOf(void* type, int deep_max) const;

  const std::unique_ptr<DuckDbFunctions> functions_;
  void* connection_ = nullptr;
};

}  // namespace privity::documents_internal
