// Zip archives (PKWARE APPNOTE 6.3): a writer that streams, and a reader that does not trust what it reads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "report/sink.h"

namespace privity {

// Writes entries one after another, deflated, with UTF-8 names. The bytes depend on the names, the contents and
// `modified_at` alone, so that the same package made twice is the same file. Entries and archives may be larger than 4
// GiB (zip64). Used by one thread.
//
// Errors: report.zip_name{name} (see IsSafeZipName; also a name that is there already) and whatever the sink returns.
class ZipWriter {
 public:
  ZipWriter(ByteSink sink, Instant modified_at);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  // A whole entry.
  Status Add(std::string_view name, BytesView content);
  // An entry in pieces: Begin, then Write as often as needed, then End.
  Status Begin(std::string_view name);
  Status Write(BytesView piece);
  Status End();
  // The directory at the end; nothing can follow.
  Status Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Relative, with forward slashes, valid UTF-8, without control characters, backslashes, colons, and "." or ".." parts;
// at most 1,024 bytes.
bool IsSafeZipName(std::string_view name);

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
