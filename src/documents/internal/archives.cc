// Archives, and office documents, which are zip files with parts of known names.
#include <algorithm>

#include "documents/internal/office.h"
#include "documents/internal/readers.h"
#include "documents/internal/unpack.h"

namespace privity::documents_internal {
namespace {

// "list.csv" for "folder/list.csv.gz".
std::string UncompressedName(std::string_view name) {
  name.remove_prefix(name.rfind('/') + 1);
  return std::string(name.substr(0, std::min(name.rfind('.'), name.size())));
}

Status ReadEntries(Reading& reading, const Here& here, Unpacker& archive) {
  while (const auto name = archive.Next()) {
    const auto content = archive.Content(reading.limits().file_bytes_max);
    if (!content) continue;
    const std::string inner = archive.IsSingleFile() ? UncompressedName(here.name) : *name;
    PRIVITY_TRY_VOID(reading.Inner(here, inner, *content));
  }
  return Ok();
}

Status Damaged(Reading& reading, const Here& here) {
  reading.Unread(here, Error("documents.damaged", {{"kind", "archive"}}));
  return Ok();
}

// The names of the first entries, which tell an office document.
bool LooksLikeOffice(Reading& reading, const Here& here, std::string_view bytes) {
  auto archive = Unpacker::Open(reading, here, bytes, ArchiveForms::kZip);
  OfficeParts names;
  if (archive) archive->BeSilent();
  while (archive) {
    const auto name = archive->Next();
    if (!name) break;
    if (IsOfficePart(*name)) names.emplace(*name, "");
    if (IsOffice(names)) return true;
  }
  return false;
}

// Objects in the document (another document, an attachment) are read as documents of their own.
bool IsEmbedded(std::string_view name) {
  return name.find("/embeddings/") != std::string_view::npos;
}

Status ReadOfficeParts(Reading& reading, const Here& here, std::string_view bytes) {
  auto archive = Unpacker::Open(reading, here, bytes, ArchiveForms::kZip);
  OfficeParts parts;
  while (archive) {
    const auto name = archive->Next();
    if (!name) break;
    if (!IsOfficePart(*name) && !IsEmbedded(*name)) continue;
    auto content = archive->Content(reading.limits().xml_bytes_max);
    if (!content) continue;
    if (IsOfficePart(*name)) {
      parts.emplace(*name, *std::move(content));
    } else {
      PRIVITY_TRY_VOID(reading.Inner(here, *name, *content));
    }
  }
  return ReadOffice(reading, here, std::move(parts));
}

}  // namespace

Status ReadZip(Reading& reading, const Here& here, std::string_view bytes) {
  if (LooksLikeOffice(reading, here, bytes)) return ReadOfficeParts(reading, here, bytes);
  auto archive = Unpacker::Open(reading, here, bytes, ArchiveForms::kZip);
  return archive ? ReadEntries(reading, here, *archive) : Damaged(reading, here);
}

Status ReadArchive(Reading& reading, const Here& here, std::string_view bytes) {
  auto archive = Unpacker::Open(reading, here, bytes, ArchiveForms::kCompressed);
  return archive ? ReadEntries(reading, here, *archive) : Damaged(reading, here);
}

}  // namespace privity::documents_internal
