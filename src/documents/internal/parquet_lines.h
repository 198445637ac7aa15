// What the box says of a Parquet file: lines of JSON, written by this program run in it (parquet_helper.cc) and read by
// the one outside (parquet.cc).
//
//   {"names": ["id", "phones"], "leaves": [["id", "BIGINT"], ["phones.number", "VARCHAR"]], "columns": 2, "every": 1}
//   [1, "17", [{"number": "1"}, {"number": "2"}]]
//   {"end": "done"}
//
// A row has its number and a value for each name: a text, a list, an object, or null. Plain values are texts; one that
// begins with kBinaryMark was of bytes, each other than a plain ASCII character as "\xC3". `leaves` are the paths of
// plain values that the schema knows, with their types; `columns` counts those of the file, of which `names` may be the
// first; of each `every` rows one is there.
#pragma once

#include <string_view>

namespace privity::documents_internal {

// `privity read-parquet-in-box LIBRARY MEMORY_BYTES OUTPUT_BYTES SECONDS`, with the document on standard input.
inline constexpr std::string_view kParquetHelper = "read-parquet-in-box";

inline constexpr char kBinaryMark = '\x01';
inline constexpr std::size_t kParquetColumnsMax = 2000;

// How reading ended: "done"; "library": DuckDB's was not what it should be; else why the rest is missing. Lines without
// an end broke off.
inline constexpr std::string_view kEndDone = "done", kEndLibrary = "library", kEndMemory = "memory",
                                  kEndEncrypted = "encrypted", kEndDamaged = "damaged", kEndTime = "time",
                                  kEndOutput = "output";

}  // namespace privity::documents_internal
