// Text in any charset, and the text of a page of HTML.
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include <array>
#include <memory>

#include "base/utf8.h"
#include "documents/internal/readers.h"

namespace privity::documents_internal {
namespace {

constexpr std::size_t kDetectedBytes = 64 << 10;
constexpr int kConfidenceMin = 20;  // of 100, ICU's own measure

std::string Converted(std::string_view bytes, const char* charset) {
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), charset);
  if (text.isBogus() || (text.isEmpty() && !bytes.empty())) return {};
  std::string out;
  text.toUTF8String(out);
  return out;
}

// The name of the likeliest charset; windows-1252, which gives every byte a meaning, where ICU is not sure.
std::string DetectCharset(std::string_view bytes) {
  UErrorCode failure = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&failure), &ucsdet_close);
  if (U_FAILURE(failure)) return "windows-1252";
  const std::string_view start = bytes.substr(0, kDetectedBytes);
  ucsdet_setText(detector.get(), start.data(), static_cast<std::int32_t>(start.size()), &failure);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &failure);
  if (U_FAILURE(failure) || match == nullptr) return "windows-1252";
  const int confidence = ucsdet_getConfidence(match, &failure);
  const char* name = ucsdet_getName(match, &failure);
  return U_SUCCESS(failure) && confidence >= kConfidenceMin ? name : "windows-1252";
}

char Lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
}

// The bytes of the element whose name begins at `at`, with its end, for those that hold no text.
std::size_t SilentEnd(std::string_view html, std::size_t at) {
  for (const std::string_view name : {"script", "style"}) {
    std::size_t each = 0;
    while (each < name.size() && at + each < html.size() && Lower(html[at + each]) == name[each]) ++each;
    if (each < name.size()) continue;
    const std::size_t end = html.find("</", at);
    std::size_t closing = end;
    while (closing != std::string_view::npos && (closing + 2 >= html.size() || Lower(html[closing + 2]) != name[0])) {
      closing = html.find("</", closing + 2);
    }
    return closing == std::string_view::npos ? html.size() : closing;
  }
  return at;
}

// Past the entity at `at`, which begins with an ampersand.
std::size_t AppendEntity(std::string_view html, std::size_t at, std::string& out) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNamed = {
      {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", " "}, {"&apos;", "'"}}};
  for (const auto& [name, meaning] : kNamed) {
    if (!html.substr(at).starts_with(name)) continue;
    out += meaning;
    return at + name.size();
  }
  const std::size_t end = html.substr(0, at + 12).find(';', at);
  const bool is_number = html.substr(at).starts_with("&#") && end != std::string_view::npos;
  const bool is_hex = is_number && Lower(html[at + 2]) == 'x';
  const std::string digits(is_number ? html.substr(at + (is_hex ? 3 : 2), end - at - (is_hex ? 3 : 2)) : "");
  const unsigned long code = digits.empty() ? 0 : std::strtoul(digits.c_str(), nullptr, is_hex ? 16 : 10);
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
    out += '&';
    return at + 1;
  }
  AppendUtf8(static_cast<char32_t>(code), out);
  return end + 1;
}

}  // namespace

std::string ToUtf8(std::string_view bytes, std::string_view charset) {
  if (charset.empty() && IsUtf8(bytes)) return std::string(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
  const std::string name = charset.empty() ? DetectCharset(bytes) : std::string(charset);
  std::string out = Converted(bytes, name.c_str());
  if (out.empty()) out = Converted(bytes, IsUtf8(bytes) ? "UTF-8" : "windows-1252");
  return out.starts_with("\xEF\xBB\xBF") ? out.substr(3) : out;
}

std::string HtmlToText(std::string_view html) {
  std::string out;
  std::size_t at = 0;
  while (at < html.size()) {
    const char next = html[at];
    if (next == '&') {
      at = AppendEntity(html, at, out);
    } else if (next == '<' && at + 1 < html.size() && html[at + 1] != ' ') {
      const bool is_comment = html.substr(at).starts_with("<!--");
      const std::size_t inside = is_comment ? at : SilentEnd(html, at + 1);
      const std::string_view closing = is_comment ? "-->" : ">";
      const std::size_t end = html.find(closing, inside);
      at = end == std::string_view::npos ? html.size() : end + closing.size();
      out += '\n';
    } else {
      out += next;
      ++at;
    }
  }
  return out;
}

Status ReadText(Reading& reading, const Here& here, std::string_view bytes, std::string_view charset) {
  return reading.Text(here, "", ToUtf8(bytes, charset));
}

Status ReadHtml(Reading& reading, const Here& here, std::string_view bytes, std::string_view charset) {
  return reading.Text(here, "", HtmlToText(ToUtf8(bytes, charset)));
}

}  // namespace privity::documents_internal
