// Messages and boxes of them: RFC 5322 (messages), RFC 2045 to 2047 (MIME), RFC 2231 (parameters), RFC 4155 (mbox).
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "documents/internal/readers.h"

namespace privity::documents_internal {
namespace {

constexpr std::size_t kHeaderBytesMax = 1 << 20;
// RFC 2047 allows 75, and writers are generous. Nothing is looked for further away than these.
constexpr std::size_t kEncodedWordBytesMax = 1000;
constexpr std::size_t kParametersBytesMax = 8 << 10;

char Lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
}

std::string Lowered(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r' || text.front() == '\n'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n'))
    text.remove_suffix(1);
  return text;
}

// The next line of `text`, without its end; past it.
std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

struct Entity {
  std::vector<std::pair<std::string, std::string>> headers;  // names in small letters, values unfolded
  std::string_view body;

  std::string Header(std::string_view name) const {
    for (const auto& [each, value] : headers) {
      if (each == name) return value;
    }
    return "";
  }
};

Entity ParseEntity(std::string_view text) {
  Entity entity;
  std::size_t bytes = 0;
  while (!text.empty()) {
    const std::string_view line = TakeLine(text);
    if (line.empty()) break;
    bytes += line.size();
    if (bytes > kHeaderBytesMax) continue;
    const std::size_t colon = line.find(':');
    if ((line.front() == ' ' || line.front() == '\t') && !entity.headers.empty()) {
      entity.headers.back().second += " " + std::string(Trimmed(line));
    } else if (colon != std::string_view::npos) {
      entity.headers.emplace_back(Lowered(Trimmed(line.substr(0, colon))), Trimmed(line.substr(colon + 1)));
    }
  }
  entity.body = text;
  return entity;
}

// A parameter of Content-Type or Content-Disposition; with a star its value is in a charset, percent-encoded.
std::string Parameter(std::string_view value, std::string_view name) {
  value = value.substr(0, kParametersBytesMax);
  for (std::size_t at = value.find(';'); at != std::string_view::npos; at = value.find(';', at + 1)) {
    const std::string_view rest = Trimmed(value.substr(at + 1));
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) break;
    const std::string key = Lowered(Trimmed(rest.substr(0, equals)));
    const bool is_encoded = key == std::string(name) + "*";
    if (key != name && !is_encoded) continue;
    std::string_view found = Trimmed(rest.substr(equals + 1));
    if (found.starts_with('"')) return DecodeHeader(found.substr(1, std::min(found.find('"', 1), found.size()) - 1));
    found = Trimmed(found.substr(0, found.find(';')));
    if (!is_encoded) return DecodeHeader(found);
    const std::size_t charset = found.find('\'');
    const std::size_t language = charset == std::string_view::npos ? charset : found.find('\'', charset + 1);
    if (language == std::string_view::npos) return std::string(found);
    std::string quoted(found.substr(language + 1));
    std::replace(quoted.begin(), quoted.end(), '%', '=');
    return ToUtf8(DecodeQuotedPrintable(quoted), found.substr(0, charset));
  }
  return "";
}

int HexDigit(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  const char lower = Lower(character);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Forms, signatures, and names of messages, which look like addresses and are none.
bool IsForMachines(std::string_view header) {
  for (const char* beginning :
       {"content-", "mime-version", "dkim-", "arc-", "domainkey-", "message-id", "references", "in-reply-to"}) {
    if (header.starts_with(beginning)) return true;
  }
  return false;
}

class MessageReader {
 public:
  MessageReader(Reading& reading, const Here& here) : reading_(reading), here_(here) {}

  Status Message(std::string_view text) {
    const Entity entity = ParseEntity(text);
    for (const auto& [name, value] : entity.headers) {
      if (!IsForMachines(name)) PRIVITY_TRY_VOID(reading_.Text(here_, "header " + LabelOf(name), DecodeHeader(value)));
    }
    return Part(entity, here_.depth);
  }

 private:
  Status Part(const Entity& entity, int depth) {
    if (depth > reading_.limits().depth_max) {
      reading_.Limit(here_, "depth");
      return Ok();
    }
    const std::string type_header = entity.Header("content-type");
    const std::string type = Lowered(Trimmed(type_header.substr(0, type_header.find(';'))));
    if (type.starts_with("multipart/")) return Parts(entity.body, Parameter(type_header, "boundary"), depth);
    const std::string content = Decoded(entity);
    if (!reading_.TakeBytes(static_cast<std::int64_t>(content.size()))) {
      reading_.Limit(here_, "bytes");
      return Ok();
    }
    const std::string name = FileName(entity, type_header);
    const std::string charset = Parameter(type_header, "charset");
    if (name.empty() && (type.empty() || type.starts_with("text/"))) {
      const std::string words = ToUtf8(content, charset);
      return reading_.Text(here_, "body", type == "text/html" ? HtmlToText(words) : words);
    }
    return reading_.Inner(here_, name.empty() ? (type == "message/rfc822" ? "message.eml" : "attachment") : name,
                          content);
  }

  static std::string FileName(const Entity& entity, const std::string& type_header) {
    const std::string name = Parameter(entity.Header("content-disposition"), "filename");
    return name.empty() ? Parameter(type_header, "name") : name;
  }

  static std::string Decoded(const Entity& entity) {
    const std::string encoding = Lowered(Trimmed(entity.Header("content-transfer-encoding")));
    if (encoding == "base64") return DecodeBase64(entity.body);
    if (encoding == "quoted-printable") return DecodeQuotedPrintable(entity.body);
    return std::string(entity.body);
  }

  // Between lines of "--boundary"; what stands before the first and behind "--boundary--" is for nobody.
  Status Parts(std::string_view body, const std::string& boundary, int depth) {
    if (boundary.empty()) return reading_.Text(here_, "body", ToUtf8(body, ""));
    const std::string mark = "--" + boundary;
    const char* begin = nullptr;
    bool is_last = false;
    while (!body.empty() && !is_last) {
      const char* const line_begin = body.data();
      const std::string_view line = TakeLine(body);
      if (!line.starts_with(mark)) continue;
      is_last = line.substr(mark.size()).starts_with("--");
      if (begin != nullptr) PRIVITY_TRY_VOID(OnePart({begin, line_begin}, depth));
      begin = body.data();
    }
    if (begin == nullptr || is_last) return Ok();
    return OnePart({begin, body.data() + body.size()}, depth);  // cut off before its end
  }

  Status OnePart(std::string_view text, int depth) {
    if (!reading_.TakeEntry()) return Ok();
    return Part(ParseEntity(text), depth + 1);
  }

  Reading& reading_;
  const Here& here_;
};

}  // namespace

std::string DecodeBase64(std::string_view text) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char character : text) {
    const std::size_t digit = kDigits.find(character);
    if (digit == std::string_view::npos) continue;  // line ends, padding
    bits = (bits << 6) | static_cast<std::uint32_t>(digit);
    if (count += 6; count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> count) & 0xFF);
    }
  }
  return out;
}

std::string DecodeQuotedPrintable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      out += text[at];
      continue;
    }
    const std::string_view behind = text.substr(at + 1);
    if (behind.starts_with("\r\n")) {
      at += 2;
    } else if (behind.starts_with('\n')) {
      at += 1;
    } else if (behind.size() >= 2 && HexDigit(behind[0]) >= 0 && HexDigit(behind[1]) >= 0) {
      out += static_cast<char>(HexDigit(behind[0]) * 16 + HexDigit(behind[1]));
      at += 2;
    } else {
      out += '=';
    }
  }
  return out;
}

std::string DecodeHeader(std::string_view value) {
  std::string out;
  while (!value.empty()) {
    const std::size_t begin = value.find("=?");
    const std::string_view near = value.substr(0, begin == std::string_view::npos ? 0 : begin + kEncodedWordBytesMax);
    const std::size_t charset = near.find('?', begin == std::string_view::npos ? begin : begin + 2);
    const std::size_t encoding = charset == std::string_view::npos ? charset : near.find('?', charset + 1);
    const std::size_t end = encoding == std::string_view::npos ? encoding : near.find("?=", encoding + 1);
    if (end == std::string_view::npos || encoding != charset + 2) {
      out += begin == std::string_view::npos ? value : value.substr(0, begin + 2);
      value.remove_prefix(begin == std::string_view::npos ? value.size() : begin + 2);
      continue;
    }
    const std::string_view before = value.substr(0, begin);
    if (!Trimmed(before).empty() || out.empty()) out += before;  // blanks between two encoded words are no text
    std::string coded(value.substr(encoding + 1, end - encoding - 1));
    const bool is_base64 = Lower(value[charset + 1]) == 'b';
    if (!is_base64) std::replace(coded.begin(), coded.end(), '_', ' ');
    out += ToUtf8(is_base64 ? DecodeBase64(coded) : DecodeQuotedPrintable(coded),
                  value.substr(begin + 2, charset - begin - 2));
    value.remove_prefix(end + 2);
  }
  return IsUtf8(out) ? out : ToUtf8(out, "");
}

Status ReadMessage(Reading& reading, const Here& here, std::string_view bytes) {
  return MessageReader(reading, here).Message(bytes);
}

// A message begins with "From " behind a blank line.
Status ReadMailbox(Reading& reading, const Here& here, std::string_view bytes) {
  const bool has_returns = bytes.substr(0, bytes.find('\n')).ends_with('\r');
  const std::string_view between = has_returns ? "\r\n\r\nFrom " : "\n\nFrom ";
  int number = 0;
  while (!bytes.empty() && !reading.IsSpent()) {
    TakeLine(bytes);
    const std::size_t end = bytes.starts_with("From ") ? 0 : bytes.find(between);
    const std::string_view message = bytes.substr(0, end);
    const Here inner{here.path + "!message " + std::to_string(++number), "", here.depth + 1};
    if (inner.depth > reading.limits().depth_max) {
      reading.Limit(inner, "depth");
      return Ok();
    }
    if (!reading.TakeEntry()) {
      reading.Limit(inner, "entries");
      return Ok();
    }
    PRIVITY_TRY_VOID(ReadMessage(reading, inner, message));
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end);
    while (bytes.starts_with('\n') || bytes.starts_with('\r')) bytes.remove_prefix(1);
  }
  return Ok();
}

}  // namespace privity::documents_internal
