#include "documents/document.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/durable_file.h"
#include "base/utf8.h"
#include "documents/internal/readers.h"

namespace privity {
namespace {

constexpr std::size_t kPathBytesMax = 4096;

}  // namespace

using documents_internal::Here;
using documents_internal::LabelOf;
using documents_internal::Reading;

namespace documents_internal {
namespace {

Status ReadAs(Kind kind, Reading& reading, const Here& here, std::string_view bytes) {
  switch (kind) {
    case Kind::kText:
      return ReadText(reading, here, bytes, "");
    case Kind::kHtml:
      return ReadHtml(reading, here, bytes, "");
    case Kind::kPdf:
      return ReadPdf(reading, here, bytes);
    case Kind::kZip:
      return ReadZip(reading, here, bytes);
    case Kind::kArchive:
      return ReadArchive(reading, here, bytes);
    case Kind::kMessage:
      return ReadMessage(reading, here, bytes);
    case Kind::kMailbox:
      return ReadMailbox(reading, here, bytes);
    case Kind::kSqlDump:
      return ReadSqlDump(reading, here, bytes);
    case Kind::kPicture:
      return ReadPicture(reading, here, bytes);
    case Kind::kParquet:
      return ReadParquet(reading, here, bytes);
    case Kind::kUnknown:
      reading.Unread(here, Error("documents.kind_unknown"));
      return Ok();
  }
  Invariant(false, "every kind has a reader");
  return Ok();
}

}  // namespace

Status Reading::Document(const Here& here, std::string_view bytes) {
  if (options_.stop.stop_requested()) return Error("documents.stopped");
  if (bytes.empty()) return Ok();
  return ReadAs(KindOf(here.name, bytes), *this, here, bytes);
}

Status Reading::Inner(const Here& here, std::string_view name, std::string_view bytes) {
  const std::string label = LabelOf(name);
  const Here inner{here.path + "!" + label, label, here.depth + 1};
  if (inner.depth > limits().depth_max) {
    Limit(inner, "depth");
    return Ok();
  }
  if (!TakeEntry()) {
    if (entries_ == limits().entries_max + 1) Limit(inner, "entries");
    return Ok();
  }
  return Document(inner, bytes);
}

Status Reading::Text(const Here& here, std::string_view part, std::string_view text) {
  if (options_.stop.stop_requested()) return Error("documents.stopped");
  if (text.find_first_not_of(" \t\r\n\f") == std::string_view::npos) return Ok();
  return sink_.Text({here.path, std::string(part)}, text);
}

Status Reading::Row(const Here& here, std::string_view part, const DocumentRow& row) {
  if (options_.stop.stop_requested()) return Error("documents.stopped");
  return sink_.Row({here.path, std::string(part)}, row);
}

void Reading::Limit(const Here& here, std::string_view limit) {
  Unread(here, Error("documents.limit", {{"limit", std::string(limit)}}));
}

bool Reading::TakeBytes(std::int64_t bytes) {
  bytes_ += bytes;
  return bytes_ <= limits().total_bytes_max;
}

std::string LabelOf(std::string_view name, std::size_t bytes_max) {
  std::string label;
  for (const char character : name.substr(0, bytes_max)) {
    const auto byte = static_cast<unsigned char>(character);
    label += byte < 0x20 || byte == 0x7F ? '?' : character;
  }
  while (!label.empty() && !IsUtf8(label) && label.size() + 4 > std::min(name.size(), bytes_max)) label.pop_back();
  if (label.empty()) return "unnamed";
  return IsUtf8(label) ? label : ToUtf8(label, "windows-1252");
}

}  // namespace documents_internal

Status DocumentReader::Read(const std::string& path, DocumentSink& sink) const {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  const std::filesystem::path real = std::filesystem::canonical(path, failure);
  if (!failure && !std::filesystem::is_regular_file(real, failure)) {
    return Error("base.file_failed", {{"path", path}, {"operation", "read"}, {"problem", "not a regular file"}});
  }
  if (!failure && std::cmp_greater(size, options_.limits.file_bytes_max)) {
    sink.Unread(Error("documents.too_large",
                      {{"place", LabelOf(path)}, {"maximum", std::to_string(options_.limits.file_bytes_max)}}));
    return Ok();
  }
  const std::filesystem::path& file = failure ? std::filesystem::path(path) : real;
  PRIVITY_TRY(const Bytes bytes, ReadFile(file, static_cast<std::size_t>(options_.limits.file_bytes_max)));
  return ReadBytes(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, sink);
}

Status DocumentReader::ReadBytes(std::string_view name, std::string_view bytes, DocumentSink& sink) const {
  Reading reading(options_, sink);
  const std::string label = documents_internal::LabelOf(name, kPathBytesMax);
  return reading.Document(Here{label, label}, bytes);
}

}  // namespace privity
