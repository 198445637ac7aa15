#include "mail/message.h"

#include <algorithm>
#include <cstdio>

#include "base/utf8.h"

namespace privity {
namespace {

constexpr std::size_t kLineMax = 76;
// RFC 2047 section 2 allows 75, and 76 for a line with such a word in it: the first one shares its line with the
// header's name.
constexpr std::size_t kEncodedWordMax = 64;

// "=_" cannot occur in quoted-printable or base64, so no part can hold a boundary (RFC 2045 section 6.7).
constexpr std::string_view kMixed = "=_privity_mixed";
constexpr std::string_view kAlternative = "=_privity_alternative";

bool IsClean(std::string_view text) {
  return IsUtf8(text) && std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

// Cuts valid UTF-8 into pieces of at most `bytes_max`, never inside a character.
std::vector<std::string_view> CutUtf8(std::string_view text, std::size_t bytes_max) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    std::size_t size = std::min(bytes_max, text.size());
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
    pieces.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return pieces;
}

// RFC 2047: words that are ASCII stay; anything else becomes base64 words with a fold between them.
std::string EncodedWords(std::string_view text) {
  constexpr std::string_view kBegin = "=?utf-8?B?", kEnd = "?=";
  constexpr std::size_t kPieceBytes = (kEncodedWordMax - kBegin.size() - kEnd.size()) / 4 * 3;
  std::string out;
  for (const std::string_view piece : CutUtf8(text, kPieceBytes)) {
    if (!out.empty()) out += "\r\n ";
    out.append(kBegin).append(Base64Encode(AsBytes(piece))).append(kEnd);
  }
  return out;
}

// "Name: value" folded before words that would go over the line (RFC 5322 section 2.2.3). A value with folds in it
// keeps them.
std::string Folded(std::string_view name, std::string_view value) {
  std::string out(name);
  out += ':';
  std::size_t line = out.size();
  while (!value.empty()) {
    const auto space = std::min(value.find(' ', 1), value.size());
    const std::string_view word = value.substr(0, space);
    const std::string_view bare = word.starts_with(' ') ? word.substr(1) : word;
    if (line + 1 + bare.size() > kLineMax && line > name.size() + 1) {
      out += "\r\n";
      line = 0;
    }
    out.append(" ").append(bare);
    const auto fold = bare.rfind('\n');
    line = fold == bare.npos ? line + 1 + bare.size() : bare.size() - fold - 1;
    value.remove_prefix(space);
  }
  return out + "\r\n";
}

std::string Unstructured(std::string_view text) {
  // Runs of spaces would not survive folding; a word that looks encoded would be decoded; a long word could not be
  // folded.
  bool plain = IsAscii(text) && text.find("=?") == text.npos && text.find("  ") == text.npos &&
               !text.starts_with(' ') && !text.ends_with(' ');
  for (std::size_t at = 0; plain && at < text.size();) {
    const auto space = std::min(text.find(' ', at), text.size());
    plain = space - at <= kLineMax;
    at = space + 1;
  }
  return plain ? std::string(text) : EncodedWords(text);
}

std::string AddressField(const Mailbox& mailbox) {
  const std::string path = "<" + mailbox.address() + ">";
  if (mailbox.name().empty()) return path;
  if (!IsAscii(mailbox.name()) || mailbox.name().find("=?") != std::string::npos)
    return EncodedWords(mailbox.name()) + " " + path;
  std::string quoted = "\"";
  for (const char c : mailbox.name()) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\" " + path;
}

// RFC 5322 section 3.3, in UTC.
std::string DateField(Instant instant) {
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - day));
  char text[64];
  std::snprintf(text, sizeof text, "%s, %u %s %04d %02d:%02d:%02d +0000", kDays[std::chrono::weekday(day).c_encoding()],
                static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return text;
}

std::string InLinesOf76(std::string_view base64) {
  std::string out;
  for (std::size_t at = 0; at < base64.size(); at += kLineMax) out.append(base64.substr(at, kLineMax)).append("\r\n");
  return out;
}

std::string WithLineFeeds(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r') {
      out += '\n';
      if (at + 1 < text.size() && text[at + 1] == '\n') ++at;
    } else {
      out += text[at];
    }
  }
  return out;
}

// RFC 2045 section 6.7. `line` has no line end.
void AppendQuotedPrintable(std::string_view line, std::string& out) {
  constexpr const char* kHex = "0123456789ABCDEF";
  std::size_t width = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const auto c = static_cast<unsigned char>(line[at]);
    const bool last = at + 1 == line.size();
    const bool literal = (c > ' ' && c < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !last);
    const std::size_t size = literal ? 1 : 3;
    if (width + size > kLineMax - 1) {  // room for the "=" of a soft line break
      out += "=\r\n";
      width = 0;
    }
    if (literal) {
      out += static_cast<char>(c);
    } else {
      out += '=';
      out += kHex[c >> 4];
      out += kHex[c & 15];
    }
    width += size;
  }
}

std::string QuotedPrintable(std::string_view text) {
  std::string out;
  const std::string lines = WithLineFeeds(text);
  std::string_view rest = lines;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    AppendQuotedPrintable(rest.substr(0, end), out);
    out += "\r\n";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

// Quoted-printable keeps Latin text readable in its raw form; other scripts are shorter in base64.
std::string TextPart(std::string_view media_type, std::string_view text) {
  const auto high = std::count_if(text.begin(), text.end(), [](unsigned char c) { return c >= 0x80; });
  const bool base64 = static_cast<std::size_t>(high) * 6 > text.size();
  return "Content-Type: " + std::string(media_type) +
         "; charset=utf-8\r\nContent-Transfer-Encoding: " + (base64 ? "base64" : "quoted-printable") + "\r\n\r\n" +
         (base64 ? InLinesOf76(Base64Encode(AsBytes(text))) : QuotedPrintable(text));
}

// RFC 8187 section 3.2.1: attr-char stay, everything else is percent-encoded.
std::string ExtendedValue(std::string_view text) {
  std::string out = "utf-8''";
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view("!#$&+-.^_`|~").find(c) != std::string_view::npos;
    char escaped[4];
    std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(c));
    if (plain) {
      out += c;
    } else {
      out += escaped;
    }
  }
  return out;
}

std::string AttachmentPart(const MailAttachment& attachment) {
  return "Content-Type: " + attachment.media_type +
         "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n filename*=" +
         ExtendedValue(attachment.file_name) + "\r\n\r\n" + InLinesOf76(Base64Encode(attachment.content));
}

std::string Multipart(std::string_view subtype, std::string_view boundary, const std::vector<std::string>& parts) {
  std::string out =
      "Content-Type: multipart/" + std::string(subtype) + "; boundary=\"" + std::string(boundary) + "\"\r\n\r\n";
  for (const std::string& part : parts) out.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
  return out.append("--").append(boundary).append("--\r\n");
}

bool IsMediaType(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '/' || c == '-' || c == '.' || c == '+';
  };
  return text.size() <= 100 && std::count(text.begin(), text.end(), '/') == 1 &&
         std::all_of(text.begin(), text.end(), allowed);
}

// Printable ASCII without the brackets that enclose it and without a space.
bool IsBracketable(std::string_view text) {
  return !text.empty() && text.size() <= 900 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c > ' ' && c < 0x7f && c != '<' && c != '>';
  });
}

bool IsLanguageTag(std::string_view text) {
  return text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
           return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

Status Check(const MailMessage& message) {
  const auto invalid = [](const char* header) { return Error("mail.header_invalid", {{"header", header}}); };
  if (!IsClean(message.subject) || message.subject.size() > 900) return invalid("Subject");
  if (!IsBracketable(message.message_id) || message.message_id.find('@') == std::string::npos)
    return invalid("Message-ID");
  if (!IsLanguageTag(message.language)) return invalid("Content-Language");
  const bool unsubscribes = message.unsubscribe_url.has_value();
  if (unsubscribes && (!IsBracketable(*message.unsubscribe_url) || !message.unsubscribe_url->starts_with("https://")))
    return invalid("List-Unsubscribe");
  if (!IsUtf8(message.text) || !IsUtf8(message.html)) return invalid("body");
  for (const MailAttachment& attachment : message.attachments) {
    const bool name = IsClean(attachment.file_name) && !attachment.file_name.empty() &&
                      attachment.file_name.size() <= 200 &&
                      attachment.file_name.find_first_of("/\\") == std::string::npos;
    if (!name) return invalid("Content-Disposition");
    if (!IsMediaType(attachment.media_type)) return invalid("Content-Type");
  }
  return Ok();
}

std::string Body(const MailMessage& message) {
  std::string body = TextPart("text/plain", message.text);
  if (!message.html.empty()) body = Multipart("alternative", kAlternative, {body, TextPart("text/html", message.html)});
  if (message.attachments.empty()) return body;
  std::vector<std::string> parts = {body};
  for (const MailAttachment& attachment : message.attachments) parts.push_back(AttachmentPart(attachment));
  return Multipart("mixed", kMixed, parts);
}

}  // namespace

Result<std::string> ComposeMail(const MailMessage& message) {
  PRIVITY_TRY_VOID(Check(message));
  std::string out = Folded("Date", DateField(message.date));
  out += Folded("From", AddressField(message.from));
  out += Folded("To", AddressField(message.to));
  if (message.reply_to) out += Folded("Reply-To", AddressField(*message.reply_to));
  out += Folded("Subject", Unstructured(message.subject));
  out += "Message-ID: <" + message.message_id + ">\r\n";
  if (!message.language.empty()) out += Folded("Content-Language", message.language);
  if (message.is_automatic) out += "Auto-Submitted: auto-generated\r\n";
  if (message.unsubscribe_url) {
    out +=
        "List-Unsubscribe: <" + *message.unsubscribe_url + ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
  }
  out += "MIME-Version: 1.0\r\n";
  return out + Body(message);
}

}  // namespace privity
