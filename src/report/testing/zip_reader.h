// Reads the archives that tests have had made, and trusts nothing in them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "report/zip.h"

namespace privity {

struct ZipLimits {
  std::int64_t total_bytes_max = 256LL * 1024 * 1024;  // unpacked, all entries together
  std::int64_t ratio_max = 100;                        // unpacked : packed, once over 1 MiB
  std::int64_t entries_max = 10'000;
  int depth_max = 16;  // parts of a path
};

struct ZipEntry {
  std::string name;
};

// Reads an archive in memory, entry by entry; folders are passed over. An archive inside the archive is an entry like
// any other and is not opened. Used by one thread; the bytes outlive the reader.
//
// Errors: report.zip_damaged, report.zip_name{entry}, report.zip_kind{entry} (a link, an encrypted or special entry),
// report.zip_limit{limit}: the archive must then be dropped as a whole.
class ZipReader {
 public:
  static Result<ZipReader> Open(BytesView archive, const ZipLimits& limits = {});
  ZipReader(ZipReader&&) noexcept;
  ~ZipReader();

  // The next file, or nothing at the end.
  Result<std::optional<ZipEntry>> Next();
  // Up to out.size() bytes of the current file; 0 at its end.
  Result<std::size_t> Read(std::span<std::byte> out);
  // The rest of the current file.
  Result<Bytes> ReadAll();

 private:
  struct State;
  explicit ZipReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace privity
