// What a document is: by its first bytes, then by its name.
#include <algorithm>
#include <array>

#include "documents/internal/readers.h"

namespace privity::documents_internal {
namespace {

constexpr std::size_t kLookedAtBytes = 64 << 10;

bool EndsWith(std::string_view name, std::initializer_list<std::string_view> endings) {
  std::string lower(name.substr(name.size() - std::min<std::size_t>(name.size(), 16)));
  for (char& character : lower) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character + 32);
  }
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return lower.ends_with(ending); });
}

bool BeginsWith(std::string_view bytes, std::initializer_list<std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) { return bytes.starts_with(mark); });
}

bool IsPicture(std::string_view bytes) {
  using namespace std::string_view_literals;
  const bool is_webp = bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP");
  return is_webp ||
         BeginsWith(bytes, {"\x89PNG\r\n"sv, "\xFF\xD8\xFF"sv, "II*\0"sv, "MM\0*"sv, "GIF87a"sv, "GIF89a"sv, "BM"sv});
}

bool IsArchive(std::string_view bytes) {
  using namespace std::string_view_literals;
  return BeginsWith(bytes, {"\x1F\x8B"sv, "\x28\xB5\x2F\xFD"sv, "BZh"sv,
                            "\xFD"
                            "7zXZ\0"sv}) ||
         (bytes.size() > 262 && bytes.substr(257, 5) == "ustar");
}

// Letters begin like messages too ("To: …"): a message names itself or its form in its header (RFC 5322 section 2.2).
bool IsMessage(std::string_view bytes) {
  const std::size_t end = std::min(bytes.find("\n\n"), bytes.find("\n\r\n"));
  const std::string_view header = bytes.substr(0, std::min(end, kLookedAtBytes));
  const std::size_t colon = header.find_first_of(": \n");
  if (end == std::string_view::npos || colon == std::string_view::npos || header[colon] != ':') return false;
  for (const char* mark : {"\nMessage-ID:", "\nMessage-Id:", "\nMIME-Version:", "\nMime-Version:"}) {
    if (header.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

// Without NULs it is text in some charset; with them it may be UTF-16.
bool IsText(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, kLookedAtBytes);
  if (BeginsWith(start, {"\xFF\xFE", "\xFE\xFF"})) return true;
  const auto controls = std::count_if(start.begin(), start.end(), [](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f' && byte != 0x1B && byte != 0;
  });
  const auto zeros = std::count(start.begin(), start.end(), '\0');
  const bool is_wide =
      static_cast<std::size_t>(zeros) * 3 > start.size() && static_cast<std::size_t>(zeros) * 3 < start.size() * 2;
  const auto few = static_cast<std::ptrdiff_t>(start.size() / 100);
  return controls <= few && (zeros <= few || is_wide);
}

// Readers accept the mark anywhere in the first 1,024 bytes (ISO 32000-1, note 13 of annex H); a text may speak of it
// there.
bool IsPdf(std::string_view name, std::string_view bytes) {
  return bytes.starts_with("%PDF-") ||
         (EndsWith(name, {".pdf"}) && bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos);
}

// It begins and ends with its mark, which is another where the footer is encrypted (Apache Parquet, "File format" and
// "Modular encryption"); one that is cut or damaged has its name.
bool IsParquet(std::string_view name, std::string_view bytes) {
  const bool begins = BeginsWith(bytes, {"PAR1", "PARE"});
  const bool ends = bytes.ends_with("PAR1") || bytes.ends_with("PARE");
  return (begins && (ends || !IsText(bytes))) || (EndsWith(name, {".parquet"}) && !IsText(bytes));
}

}  // namespace

Kind KindOf(std::string_view name, std::string_view bytes) {
  if (IsPdf(name, bytes)) return Kind::kPdf;
  if (BeginsWith(bytes, {"PK\x03\x04", "PK\x05\x06"})) return Kind::kZip;
  if (IsArchive(bytes)) return Kind::kArchive;
  if (IsParquet(name, bytes)) return Kind::kParquet;
  if (IsPicture(bytes) && !IsText(bytes)) return Kind::kPicture;
  if (!IsText(bytes)) return Kind::kUnknown;
  if (bytes.starts_with("From ") && !EndsWith(name, {".txt", ".md", ".eml"})) return Kind::kMailbox;
  if (EndsWith(name, {".eml"}) || IsMessage(bytes)) return Kind::kMessage;
  if (EndsWith(name, {".sql", ".dump"})) return Kind::kSqlDump;
  if (EndsWith(name, {".html", ".htm", ".xhtml"})) return Kind::kHtml;
  return Kind::kText;
}

}  // namespace privity::documents_internal
