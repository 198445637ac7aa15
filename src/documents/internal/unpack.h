// libarchive behind limits: entry by entry, into memory.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "documents/internal/reading.h"

struct archive;

namespace privity::documents_internal {

enum class ArchiveForms {
  kZip,         // by its central directory: what a listing shows is what is read
  kCompressed,  // tar, and single files, behind gzip, zstd, bzip2, xz
};

class Unpacker {
 public:
  // Borrows all three. Nothing when it is no such archive.
  static std::optional<Unpacker> Open(Reading& reading, const Here& here, std::string_view bytes, ArchiveForms forms);

  // A single compressed file, which has no name in it.
  bool IsSingleFile() const;
  // Nothing is told to the sink from now on: who only looks at the names will come again.
  void BeSilent() { is_silent_ = true; }

  // The name of the next file; folders, links and what is encrypted are passed over, the last with a warning. Nothing
  // at the end, and where the archive is damaged or over a limit, which was told to the sink then.
  std::optional<std::string> Next();
  // The current file, or nothing when a limit stands in the way or it is damaged, which was told then. With
  // `bytes_max` at most so much of it, and the limit is told.
  std::optional<std::string> Content(std::int64_t bytes_max);

 private:
  struct Closer {
    void operator()(archive* handle) const;
  };
  Unpacker(Reading& reading, const Here& here, std::size_t packed_bytes)
      : reading_(&reading), here_(&here), packed_bytes_(packed_bytes) {}
  bool IsOver(std::int64_t more_bytes);
  void Tell(Error error) const;

  std::unique_ptr<archive, Closer> handle_;
  Reading* reading_;
  const Here* here_;
  std::size_t packed_bytes_;
  std::int64_t unpacked_bytes_ = 0;
  std::int64_t entries_ = 0;
  bool is_over_ = false;
  bool is_silent_ = false;
};

}  // namespace privity::documents_internal
