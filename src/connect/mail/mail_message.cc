#include "connect/mail/mail_message.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/utf8.h"
#include "connect/internal/cells.h"
#include "connect/internal/record_values.h"
#include "crypto/hash.h"

namespace privity::connect_internal {
namespace {

constexpr int kDepthMax = 16;
constexpr int kPartsMax = 1'000;
constexpr std::size_t kHeaderBytesMax = 1 << 20;
constexpr std::size_t kAddressesMax = 10'000;
constexpr std::size_t kKeyBytesMax = 998;  // a line, RFC 5322 section 2.1.1

enum class HeaderKind { kAddresses, kText };
struct KnownHeader {
  std::string_view name;
  HeaderKind kind;
  std::string_view field;
  std::string_view name_field;
};
constexpr std::array<KnownHeader, 13> kHeaders = {{
    {"date", HeaderKind::kText, "date", ""},
    {"from", HeaderKind::kAddresses, "from_email", "from_name"},
    {"sender", HeaderKind::kAddresses, "sender_email", "sender_name"},
    {"reply-to", HeaderKind::kAddresses, "reply_to_email", "reply_to_name"},
    {"to", HeaderKind::kAddresses, "to_email", "to_name"},
    {"cc", HeaderKind::kAddresses, "cc_email", "cc_name"},
    {"bcc", HeaderKind::kAddresses, "bcc_email", "bcc_name"},
    {"delivered-to", HeaderKind::kAddresses, "delivered_to_email", ""},
    {"x-original-to", HeaderKind::kAddresses, "x_original_to_email", ""},
    {"return-path", HeaderKind::kAddresses, "return_path_email", ""},
    {"received", HeaderKind::kText, "received", ""},
    {"x-originating-ip", HeaderKind::kText, "x_originating_ip", ""},
    {"subject", HeaderKind::kText, "subject", ""},
}};
constexpr std::string_view kAttachment = "attachment";
constexpr std::string_view kBody = "body";

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
std::string LowerText(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), Lower);
  return lower;
}
bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view TakeLine(std::string_view& rest) {
  const std::size_t newline = rest.find('\n');
  std::string_view line = rest.substr(0, newline);
  rest.remove_prefix(newline == std::string_view::npos ? rest.size() : newline + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

using Headers = std::vector<std::pair<std::string, std::string>>;

// Takes the headers, unfolded, and the empty line off the front of `rest`. What begins without one has none.
Headers TakeHeaders(std::string_view& rest) {
  Headers headers;
  const std::string_view all = rest;
  while (!rest.empty() && all.size() - rest.size() < kHeaderBytesMax) {
    const std::string_view before = rest;
    const std::string_view line = TakeLine(rest);
    if (line.empty()) return headers;
    if ((line[0] == ' ' || line[0] == '\t') && !headers.empty()) {
      headers.back().second.append(line);
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) {
      rest = before;
      return headers;
    }
    headers.emplace_back(LowerText(Trimmed(line.substr(0, colon))), std::string(Trimmed(line.substr(colon + 1))));
  }
  return headers;
}

int Base64Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

// RFC 2045 section 6.8: what is no digit is passed over.
std::string DecodeBase64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  unsigned bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=') break;
    const int digit = Base64Digit(c);
    if (digit < 0) continue;
    bits = bits << 6 | static_cast<unsigned>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFF);
  }
  return out;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// "=C3=AB" and "%C3%AB"; what is not two digits stays as it is.
std::string DecodeHex(std::string_view text, char mark) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == mark && at + 2 < text.size() ? HexDigit(text[at + 1]) : -1;
    const int low = high >= 0 ? HexDigit(text[at + 2]) : -1;
    if (low < 0) {
      out += text[at];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return out;
}

// RFC 2045 section 6.7: a "=" at the end of a line joins it to the next.
std::string DecodeQuotedPrintable(std::string_view text) {
  std::string joined;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      joined += text[at];
      continue;
    }
    std::size_t next = at + 1;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r')) ++next;
    const bool is_soft = next == text.size() || text[next] == '\n';
    if (is_soft) {
      at = next;
    } else {
      joined += '=';
    }
  }
  return DecodeHex(joined, '=');
}

// A value with parameters: "text/plain; charset=utf-8; name*0*=utf-8''a; name*1=b" (RFC 2045 section 5.1, RFC 2231).
class Parameters {
 public:
  explicit Parameters(std::string_view value) {
    main_ = LowerText(Trimmed(value.substr(0, value.find(';'))));
    std::size_t at = value.find(';');
    while (at != std::string_view::npos && values_.size() < 100) at = TakeOne(value, at + 1);
  }

  const std::string& main() const { return main_; }
  // Decoded; "" when there is none of that name.
  std::string Get(const std::string& name) const {
    if (const auto plain = values_.find(name); plain != values_.end()) return DecodeMailWords(plain->second);
    if (const auto whole = values_.find(name + "*"); whole != values_.end()) return Extended({whole->second}, {true});
    std::vector<std::string> pieces;
    std::vector<bool> are_encoded;
    while (true) {
      const std::string numbered = name + "*" + std::to_string(pieces.size());
      auto piece = values_.find(numbered);
      const bool is_encoded = piece == values_.end();
      if (is_encoded) piece = values_.find(numbered + "*");
      if (piece == values_.end()) break;
      pieces.push_back(piece->second);
      are_encoded.push_back(is_encoded);
    }
    return pieces.empty() ? "" : Extended(pieces, are_encoded);
  }

 private:
  // The parameter that begins at `at`; answers where the next ";" is.
  std::size_t TakeOne(std::string_view value, std::size_t at) {
    const std::size_t equals = value.find_first_of("=;", at);
    if (equals == std::string_view::npos || value[equals] == ';') return equals;
    const std::string name = LowerText(Trimmed(value.substr(at, equals - at)));
    std::size_t begin = equals + 1;
    while (begin < value.size() && IsBlank(value[begin])) ++begin;
    std::string text;
    std::size_t end = begin;
    if (begin < value.size() && value[begin] == '"') {
      for (end = begin + 1; end < value.size() && value[end] != '"'; ++end) {
        if (value[end] == '\\' && end + 1 < value.size()) ++end;
        text += value[end];
      }
      end = value.find(';', end);
    } else {
      end = value.find(';', begin);
      text = Trimmed(value.substr(begin, end == std::string_view::npos ? end : end - begin));
    }
    values_.emplace(name, text);
    return end;
  }
  static std::string Extended(const std::vector<std::string>& pieces, const std::vector<bool>& are_encoded) {
    std::string charset;
    std::string joined;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      std::string_view piece = pieces[i];
      if (i == 0 && are_encoded[0]) {
        const std::size_t first = piece.find('\'');
        const std::size_t second = first == std::string_view::npos ? first : piece.find('\'', first + 1);
        if (second != std::string_view::npos) {
          charset = piece.substr(0, first);
          piece.remove_prefix(second + 1);
        }
      }
      joined += are_encoded[i] ? DecodeHex(piece, '%') : std::string(piece);
    }
    return MailTextToUtf8(std::move(joined), charset);
  }

  std::string main_;
  std::map<std::string, std::string> values_;
};

std::string HeaderOf(const Headers& headers, std::string_view name) {
  const auto found = std::ranges::find(headers, name, [](const auto& header) { return header.first; });
  return found == headers.end() ? std::string() : found->second;
}

// Mail is written in these; other sets of the C library were the holes of the past.
bool IsCharsetOfMail(const std::string& charset) {
  constexpr std::array<std::string_view, 16> kSets = {
      "utf-16", "utf-16le",  "utf-16be", "koi8-r",      "koi8-u", "gb2312",  "gbk",       "gb18030",
      "big5",   "shift_jis", "euc-jp",   "iso-2022-jp", "euc-kr", "tis-620", "macintosh", "iso8859-1"};
  return charset.starts_with("iso-8859-") || charset.starts_with("windows-125") ||
         std::ranges::find(kSets, charset) != kSets.end();
}

struct CloseConversion {
  void operator()(void* conversion) const { iconv_close(conversion); }
};

std::optional<std::string> Convert(const std::string& text, const std::string& charset) {
  iconv_t opened = iconv_open("UTF-8", charset.c_str());
  if (opened == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  const std::unique_ptr<void, CloseConversion> conversion(opened);
  std::string out;
  std::array<char, 4096> piece;
  auto* in = const_cast<char*>(text.data());
  std::size_t in_left = text.size();
  while (true) {
    char* to = piece.data();
    std::size_t out_left = piece.size();
    const std::size_t converted = iconv(opened, &in, &in_left, &to, &out_left);
    out.append(piece.data(), piece.size() - out_left);
    if (converted != static_cast<std::size_t>(-1)) return out;
    if (errno != E2BIG) return std::nullopt;
  }
}

// What a reader sees, about: the names in tags and the text of styles and scripts are not for people.
std::string TextOfHtml(std::string_view html) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities = {
      {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", " "}, {"&#39;", "'"}}};
  std::string text;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      const std::string tag = LowerText(html.substr(at, 8));
      const std::string_view until = tag.starts_with("<style")    ? "</style"
                                     : tag.starts_with("<script") ? "</script"
                                                                  : "";
      if (!until.empty()) {
        while (at < html.size() && LowerText(html.substr(at, until.size())) != until) ++at;
      }
      const std::size_t end = html.find('>', at);
      at = end == std::string_view::npos ? html.size() : end + 1;
      text += ' ';
      continue;
    }
    const auto entity = html[at] != '&' ? kEntities.end() : std::ranges::find_if(kEntities, [&](const auto& each) {
      return html.substr(at).starts_with(each.first);
    });
    text += entity == kEntities.end() ? html.substr(at, 1) : entity->second;
    at += entity == kEntities.end() ? 1 : entity->first.size();
  }
  return text;
}

// A cut may have come between two bytes of one character.
void DropBrokenEnd(std::string& text) {
  for (int missing = 0; missing < 4 && !text.empty() && !IsUtf8(text); ++missing) text.pop_back();
}

}  // namespace

std::string MailTextToUtf8(std::string text, std::string_view charset) {
  std::string set = LowerText(charset);
  if (set == "utf-8" || set == "utf8") return text;
  // Where none is named, bytes above ASCII are of UTF-8 or of Windows.
  if (set.empty() || set == "us-ascii" || set == "ascii") set = IsUtf8(text) ? "utf-8" : "windows-1252";
  if (set == "utf-8" || !IsCharsetOfMail(set)) return text;
  return Convert(text, set).value_or(std::move(text));
}

std::string DecodeMailWords(std::string_view value) {
  std::string out;
  bool was_word = false;
  std::size_t at = 0;
  while (at < value.size()) {
    const std::size_t begin = value.find("=?", at);
    const std::size_t set_end = begin == std::string_view::npos ? begin : value.find('?', begin + 2);
    const bool has_kind = set_end != std::string_view::npos && set_end + 2 < value.size() && value[set_end + 2] == '?';
    const std::size_t end = has_kind ? value.find("?=", set_end + 3) : std::string_view::npos;
    if (end == std::string_view::npos) break;
    const std::string_view between = value.substr(at, begin - at);
    if (!was_word || !std::ranges::all_of(between, IsBlank)) out += between;
    const std::string_view charset = value.substr(begin + 2, set_end - begin - 2);
    const char kind = Lower(value[set_end + 1]);
    std::string text(value.substr(set_end + 3, end - set_end - 3));
    if (kind == 'q') {
      std::ranges::replace(text, '_', ' ');
      text = DecodeHex(text, '=');
    } else if (kind == 'b') {
      text = DecodeBase64(text);
    }
    out += MailTextToUtf8(std::move(text), charset.substr(0, charset.find('*')));
    was_word = true;
    at = end + 2;
  }
  return out.append(value.substr(at));
}

std::vector<MailAddress> ParseMailAddresses(std::string_view value) {
  std::vector<MailAddress> addresses;
  std::string phrase;
  std::string angle;
  std::string comment;
  bool has_angle = false;
  const auto finish = [&] {
    std::string name(Trimmed(phrase));
    if (!has_angle && name.find('@') != std::string::npos) {
      std::string address;
      std::ranges::copy_if(name, std::back_inserter(address), [](char c) { return !IsBlank(c); });
      addresses.push_back({std::move(address), DecodeMailWords(Trimmed(comment))});
    } else if (has_angle || !name.empty()) {
      std::string_view address = Trimmed(angle);
      if (address.starts_with('@')) address.remove_prefix(std::min(address.find(':'), address.size() - 1) + 1);
      addresses.push_back({std::string(address), DecodeMailWords(name.empty() ? Trimmed(comment) : name)});
    }
    phrase.clear();
    angle.clear();
    comment.clear();
    has_angle = false;
  };
  bool is_quoted = false;
  bool is_in_angle = false;
  int depth = 0;
  for (std::size_t at = 0; at < value.size() && addresses.size() < kAddressesMax; ++at) {
    const char c = value[at];
    std::string& into = depth > 0 ? comment : is_in_angle ? angle : phrase;
    if (c == '\\' && (is_quoted || depth > 0) && at + 1 < value.size()) {
      into += value[++at];
    } else if (c == '"' && depth == 0) {
      is_quoted = !is_quoted;
      if (is_in_angle) into += c;
    } else if (is_quoted) {
      into += c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && depth > 0) {
      --depth;
    } else if (depth > 0) {
      into += c;
    } else if (c == '<') {
      is_in_angle = has_angle = true;
    } else if (c == '>') {
      is_in_angle = false;
    } else if (is_in_angle) {
      into += c;
    } else if (c == ',' || c == ';') {
      finish();
    } else if (c == ':') {
      phrase.clear();  // the name of a group
    } else {
      into += c;
    }
  }
  finish();
  return addresses;
}

std::vector<std::string> MailFields() {
  std::vector<std::string> fields;
  for (const KnownHeader& header : kHeaders) {
    fields.emplace_back(header.field);
    if (!header.name_field.empty()) fields.emplace_back(header.name_field);
  }
  fields.emplace_back(kAttachment);
  fields.emplace_back(kBody);
  return fields;
}

CapabilitySheet MailSheet(std::map<Capability, std::string> besides) {
  besides.merge(std::map<Capability, std::string>{{Capability::kInsert, "connect.cannot_made_elsewhere"},
                                                  {Capability::kUpdate, "connect.cannot_whole_messages"},
                                                  {Capability::kRedact, "connect.cannot_whole_messages"},
                                                  {Capability::kFlag, "connect.cannot_whole_messages"},
                                                  {Capability::kDeleteObject, "connect.cannot_messages_are_records"},
                                                  {Capability::kAccessEvents, "connect.cannot_no_access_log"},
                                                  {Capability::kCountOlder, "connect.cannot_count_older"},
                                                  {Capability::kReadCounts, "connect.cannot_no_read_counts"}});
  return {.cannot = std::move(besides)};
}

Collection MailCollection(std::string name) {
  Collection mailbox{.name = {"", std::move(name)},
                     .shape = CollectionShape::kMessages,
                     .fields = {{.name = std::string(kMessageKey), .nullable = false}},
                     .key = {std::string(kMessageKey)}};
  for (std::string& field : MailFields()) mailbox.fields.push_back({.name = std::move(field)});
  return mailbox;
}

void MailMessage::AddText(std::string text, std::string_view field, std::vector<FieldCell>& cells) {
  if (text.empty()) return;
  texts_.push_back(std::move(text));
  cells.push_back(TextCell(field, texts_.back()));
}

void MailMessage::AddHeader(std::string_view name, const std::string& value, std::vector<FieldCell>& cells) {
  const auto known = std::ranges::find(kHeaders, name, &KnownHeader::name);
  if (known == kHeaders.end()) return;
  if (known->kind == HeaderKind::kText) return AddText(DecodeMailWords(value), known->field, cells);
  for (MailAddress& each : ParseMailAddresses(value)) {
    AddText(std::move(each.address), known->field, cells);
    if (!known->name_field.empty()) AddText(std::move(each.name), known->name_field, cells);
  }
}

void MailMessage::AddParts(std::string_view body, const std::string& boundary, int depth,
                           std::vector<FieldCell>& cells) {
  const std::string mark = "--" + boundary;
  std::size_t begin = std::string_view::npos;  // of the part
  for (std::string_view rest = body; !rest.empty();) {
    const std::size_t line_begin = body.size() - rest.size();
    const std::string_view line = TakeLine(rest);
    if (!line.starts_with(mark)) continue;
    if (begin != std::string_view::npos) {
      // The line end before the mark belongs to the mark (RFC 2046 section 5.1.1).
      std::string_view part = body.substr(begin, line_begin - begin);
      if (part.ends_with('\n')) part.remove_suffix(1);
      if (part.ends_with('\r')) part.remove_suffix(1);
      AddPart(part, depth + 1, cells);
    }
    begin = body.size() - rest.size();
    if (line.substr(mark.size()).starts_with("--")) return;
  }
  if (begin != std::string_view::npos) AddPart(body.substr(begin), depth + 1, cells);
}

void MailMessage::AddPart(std::string_view raw, int depth, std::vector<FieldCell>& cells) {
  if (depth > kDepthMax || --parts_left_ < 0) return;
  std::string_view body = raw;
  const Headers headers = TakeHeaders(body);
  if (depth == 0) {
    for (const auto& [name, value] : headers) AddHeader(name, value, cells);
  }
  const Parameters type(HeaderOf(headers, "content-type"));
  const Parameters disposition(HeaderOf(headers, "content-disposition"));
  const std::string boundary = type.main().starts_with("multipart/") ? type.Get("boundary") : "";
  if (!boundary.empty()) return AddParts(body, boundary, depth, cells);
  const std::string encoding = LowerText(Trimmed(HeaderOf(headers, "content-transfer-encoding")));
  const auto decoded = [&] {
    if (encoding == "base64") return DecodeBase64(body);
    return encoding == "quoted-printable" ? DecodeQuotedPrintable(body) : std::string(body);
  };
  std::string file_name = disposition.Get("filename");
  if (file_name.empty()) file_name = type.Get("name");
  AddText(std::move(file_name), kAttachment, cells);
  if (type.main() == "message/rfc822") return AddPart(texts_.emplace_back(decoded()), depth + 1, cells);
  const bool is_text = type.main().empty() || type.main().starts_with("multipart/") || type.main().starts_with("text/");
  if (!is_text || disposition.main() == "attachment") return;
  std::string text = MailTextToUtf8(decoded(), type.Get("charset"));
  if (is_cut_) DropBrokenEnd(text);
  AddText(type.main() == "text/html" ? TextOfHtml(text) : std::move(text), kBody, bodies_);
}

void MailMessage::Fill(std::string_view raw, bool is_cut, std::vector<FieldCell>& cells) {
  texts_.clear();
  bodies_.clear();
  is_cut_ = is_cut;
  parts_left_ = kPartsMax;
  AddPart(raw, 0, cells);
  if (is_cut && !bodies_.empty()) bodies_.back().is_cut = true;
  cells.insert(cells.end(), bodies_.begin(), bodies_.end());
}

std::string MailHeader(std::string_view raw, std::string_view name) {
  return HeaderOf(TakeHeaders(raw), name);
}

std::string MailKey(std::string_view raw) {
  std::string_view body = raw;
  const Headers headers = TakeHeaders(body);
  const std::string id = HeaderOf(headers, "message-id");
  const std::size_t open = id.find('<');
  const std::size_t close = open == std::string::npos ? open : id.find('>', open);
  const std::string inner = close == std::string::npos ? "" : id.substr(open + 1, close - open - 1);
  if (!inner.empty() && inner.size() <= kKeyBytesMax && IsUtf8(inner)) return inner;
  // Programs that read mail add headers of their own (Status, X-UID).
  std::string kept;
  for (const char* name : {"date", "from", "to", "subject"}) kept.append(HeaderOf(headers, name)).append("\n");
  return "sha256:" + HexEncode(Sha256({AsBytes(kept), AsBytes(body)}));
}

Status TakeMessage(const std::string& key, std::string_view raw, bool is_cut, std::size_t cell_bytes_max,
                   RecordSink& sink) {
  MailMessage message;
  std::vector<FieldCell> cells = {TextCell(kMessageKey, key)};
  message.Fill(raw, is_cut, cells);
  for (FieldCell& cell : cells) CutCell(cell_bytes_max, cell);
  return sink.Take(cells);
}

bool MessageHas(const std::string& key, std::string_view raw, const std::vector<FieldValue>& values) {
  MailMessage message;
  std::vector<FieldCell> cells = {TextCell(kMessageKey, key)};
  message.Fill(raw, false, cells);
  return HasValues(cells, values);
}

}  // namespace privity::connect_internal
