#include "report/testing/zip_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>

#include "base/utf8_locale.h"

namespace privity {
namespace {

// Small archives of zeros are common and harmless: the ratio counts from here on.
constexpr std::int64_t kRatioFreeBytes = 1024 * 1024;

struct ArchiveDeleter {
  void operator()(archive* handle) const { archive_read_free(handle); }
};

Error OverLimit(std::string limit) {
  return Error("report.zip_limit", {{"limit", std::move(limit)}});
}

}  // namespace

struct ZipReader::State {
  std::unique_ptr<archive, ArchiveDeleter> handle;
  ZipLimits limits;
  std::int64_t packed_bytes = 0;
  std::int64_t unpacked_bytes = 0;
  std::int64_t entries = 0;

  Status CountUnpacked(std::int64_t bytes) {
    unpacked_bytes += bytes;
    if (unpacked_bytes > limits.total_bytes_max) return OverLimit("total_bytes");
    if (unpacked_bytes > kRatioFreeBytes && unpacked_bytes / limits.ratio_max > packed_bytes) return OverLimit("ratio");
    return Ok();
  }

  // A folder ends in a slash; a file's name must be one that can be written anywhere below a folder and nowhere else.
  Status CheckEntry(archive_entry* entry, std::string_view name) const {
    const std::string number = std::to_string(entries);
    const std::string_view bare = name.ends_with('/') ? name.substr(0, name.size() - 1) : name;
    if (!IsSafeZipName(bare)) return Error("report.zip_name", {{"entry", number}});
    if (std::count(bare.begin(), bare.end(), '/') >= limits.depth_max) return OverLimit("depth");
    const auto kind = archive_entry_filetype(entry);
    const bool link = archive_entry_symlink(entry) != nullptr || archive_entry_hardlink(entry) != nullptr;
    const bool known = kind == AE_IFREG || kind == AE_IFDIR;
    if (link || !known || archive_entry_is_encrypted(entry)) return Error("report.zip_kind", {{"entry", number}});
    return Ok();
  }
};

ZipReader::ZipReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader::~ZipReader() = default;

Result<ZipReader> ZipReader::Open(BytesView archive, const ZipLimits& limits) {
  auto state = std::make_unique<State>();
  state->limits = limits;
  state->packed_bytes = static_cast<std::int64_t>(archive.size());
  state->handle.reset(archive_read_new());
  Invariant(state->handle != nullptr, "memory for the archive reader");
  // Of libarchive's formats only the zip reader that goes by the central directory: what a listing shows is what is
  // read.
  archive_read_support_format_zip_seekable(state->handle.get());
  if (archive_read_open_memory(state->handle.get(), archive.data(), archive.size()) != ARCHIVE_OK) {
    return Error("report.zip_damaged");
  }
  return ZipReader(std::move(state));
}

Result<std::optional<ZipEntry>> ZipReader::Next() {
  State& state = *state_;
  const Utf8Locale locale;
  for (;;) {
    archive_entry* entry = nullptr;
    const int code = archive_read_next_header(state.handle.get(), &entry);
    if (code == ARCHIVE_EOF) return std::optional<ZipEntry>();
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return Error("report.zip_damaged");
    if (++state.entries > state.limits.entries_max) return OverLimit("entries");
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr) return Error("report.zip_name", {{"entry", std::to_string(state.entries)}});
    PRIVITY_TRY_VOID(state.CheckEntry(entry, name));
    if (archive_entry_filetype(entry) == AE_IFREG) return std::optional(ZipEntry{.name = name});
  }
}

Result<std::size_t> ZipReader::Read(std::span<std::byte> out) {
  const auto got = archive_read_data(state_->handle.get(), out.data(), out.size());
  if (got < 0) return Error("report.zip_damaged");
  PRIVITY_TRY_VOID(state_->CountUnpacked(got));
  return static_cast<std::size_t>(got);
}

Result<Bytes> ZipReader::ReadAll() {
  Bytes all;
  std::byte buffer[16 * 1024];
  for (;;) {
    PRIVITY_TRY(const std::size_t got, Read(buffer));
    if (got == 0) return all;
    all.insert(all.end(), buffer, buffer + got);
  }
}

}  // namespace privity
