// A reader for each kind of document. Each answers with an error only when the sink did, or when reading was stopped.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "documents/internal/reading.h"

namespace privity::documents_internal {

enum class Kind { kText, kHtml, kPdf, kZip, kArchive, kMessage, kMailbox, kSqlDump, kPicture, kParquet, kUnknown };
Kind KindOf(std::string_view name, std::string_view bytes);

Status ReadText(Reading& reading, const Here& here, std::string_view bytes, std::string_view charset);
Status ReadHtml(Reading& reading, const Here& here, std::string_view bytes, std::string_view charset);
Status ReadPdf(Reading& reading, const Here& here, std::string_view bytes);
// What pdftotext prints of a PDF: each page ends with a form feed.
Status ReadPages(Reading& reading, const Here& here, std::string_view text);
Status ReadPicture(Reading& reading, const Here& here, std::string_view bytes);
// A zip file: an office document by what is in it, or an archive.
Status ReadZip(Reading& reading, const Here& here, std::string_view bytes);
Status ReadArchive(Reading& reading, const Here& here, std::string_view bytes);
Status ReadMessage(Reading& reading, const Here& here, std::string_view bytes);
Status ReadMailbox(Reading& reading, const Here& here, std::string_view bytes);
Status ReadSqlDump(Reading& reading, const Here& here, std::string_view bytes);
Status ReadParquet(Reading& reading, const Here& here, std::string_view bytes);
// What the box says of it (parquet_lines.h).
Status ReadParquetLines(Reading& reading, const Here& here, std::string_view lines);

// In any charset that ICU knows; `charset` may be empty, then it is told by the bytes. Broken parts become U+FFFD.
std::string ToUtf8(std::string_view bytes, std::string_view charset);
// Without tags, scripts and styles; the usual entities are read.
std::string HtmlToText(std::string_view html);
// RFC 2047: "=?utf-8?B?…?=" in a header.
std::string DecodeHeader(std::string_view value);
std::string DecodeBase64(std::string_view text);
std::string DecodeQuotedPrintable(std::string_view text);

}  // namespace privity::documents_internal
