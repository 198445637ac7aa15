#include "documents/internal/unpack.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>

#include "base/utf8_locale.h"

namespace privity::documents_internal {
namespace {

// Small archives of zeros are common and harmless: the ratio counts from here on.
constexpr std::int64_t kRatioFreeBytes = 1 << 20;

bool IsLink(archive_entry* entry) {
  return archive_entry_symlink(entry) != nullptr || archive_entry_hardlink(entry) != nullptr;
}

// Names that are no UTF-8 come as they stand in the archive.
std::string NameOf(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  return name == nullptr ? "" : name;
}

}  // namespace

void Unpacker::Closer::operator()(archive* handle) const {
  archive_read_free(handle);
}

std::optional<Unpacker> Unpacker::Open(Reading& reading, const Here& here, std::string_view bytes, ArchiveForms forms) {
  Unpacker unpacker(reading, here, bytes.size());
  unpacker.handle_.reset(archive_read_new());
  archive* handle = unpacker.handle_.get();
  Invariant(handle != nullptr, "memory for the archive reader");
  if (forms == ArchiveForms::kZip) {
    archive_read_support_format_zip_seekable(handle);
  } else {
    archive_read_support_filter_gzip(handle);
    archive_read_support_filter_zstd(handle);
    archive_read_support_filter_bzip2(handle);
    archive_read_support_filter_xz(handle);
    archive_read_support_format_tar(handle);
    archive_read_support_format_raw(handle);
  }
  if (archive_read_open_memory(handle, bytes.data(), bytes.size()) != ARCHIVE_OK) return std::nullopt;
  return unpacker;
}

bool Unpacker::IsSingleFile() const {
  return archive_format(handle_.get()) == ARCHIVE_FORMAT_RAW;
}

void Unpacker::Tell(Error error) const {
  if (!is_silent_) reading_->Unread(*here_, std::move(error));
}

std::optional<std::string> Unpacker::Next() {
  const Utf8Locale locale;
  while (!is_over_ && !reading_->IsSpent()) {
    archive_entry* entry = nullptr;
    const int code = archive_read_next_header(handle_.get(), &entry);
    if (code == ARCHIVE_EOF) return std::nullopt;
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
      Tell(Error("documents.damaged", {{"kind", "archive"}}));
      return std::nullopt;
    }
    if (++entries_ > reading_->limits().entries_max) {
      Tell(Error("documents.limit", {{"limit", "entries"}}));
      return std::nullopt;
    }
    const std::string name = NameOf(entry);
    if (archive_entry_is_encrypted(entry)) {
      Tell(Error("documents.encrypted", {{"place", here_->path + "!" + LabelOf(name)}}));
    } else if (!IsLink(entry) && archive_entry_filetype(entry) == AE_IFREG) {
      return name;
    }
  }
  return std::nullopt;
}

bool Unpacker::IsOver(std::int64_t more_bytes) {
  unpacked_bytes_ += more_bytes;
  const char* limit = nullptr;
  const auto packed = static_cast<std::int64_t>(packed_bytes_);
  if (!reading_->TakeBytes(more_bytes)) limit = "bytes";
  if (unpacked_bytes_ > kRatioFreeBytes && unpacked_bytes_ / reading_->limits().ratio_max > packed) limit = "ratio";
  if (limit == nullptr) return false;
  Tell(Error("documents.limit", {{"limit", limit}}));
  is_over_ = true;
  return true;
}

std::optional<std::string> Unpacker::Content(std::int64_t bytes_max) {
  std::string content;
  std::array<char, 64 << 10> piece;
  while (true) {
    const auto size = archive_read_data(handle_.get(), piece.data(), piece.size());
    if (size == 0) return content;
    if (size < 0) {
      Tell(Error("documents.damaged", {{"kind", "archive"}}));
      return std::nullopt;
    }
    if (IsOver(size)) return std::nullopt;
    content.append(piece.data(), static_cast<std::size_t>(size));
    if (std::cmp_greater(content.size(), bytes_max)) {
      Tell(Error("documents.limit", {{"limit", "bytes"}}));
      return std::nullopt;
    }
  }
}

}  // namespace privity::documents_internal
