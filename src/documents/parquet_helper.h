// This program as the one that reads Parquet in a box.
//
// Parquet is read by DuckDB's library, and that by nobody but a process which can do nothing else. So that Privity
// stays one file, the process is this program again, started with a word that no command has:
//
//   int main(int argc, char** argv) {
//     if (IsParquetHelper(argc, argv)) return RunParquetHelper(argc, argv);
#pragma once

namespace privity {

// Whether this process was started as that. Asked before anything else; a process that never asked reads no Parquet.
bool IsParquetHelper(int argc, const char* const* argv);
// Reads the document on standard input and answers on standard output; the exit code. Refuses to work where no box is.
int RunParquetHelper(int argc, const char* const* argv);
bool CanBeParquetHelper();

}  // namespace privity
