// Zip archives (PKWARE APPNOTE 6.3), written as they stream.
#pragma once

#include <memory>
#include <string>
#include <string_view>

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

}  // namespace privity
