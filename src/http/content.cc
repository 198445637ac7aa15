#include "http/content.h"

#include <algorithm>

#include "base/utf8.h"
#include "http/message.h"
#include "http/query.h"

namespace privity {
namespace {

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The part before `separator`, which is removed from `text` with it.
std::string_view TakeUntil(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return Trim(part);
}

bool IsToken(std::string_view text) {
  constexpr std::string_view kOther = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOther.find(c) != std::string_view::npos;
  });
}

// qvalue, RFC 9110 section 12.4.2, in thousandths; -1 when it is none.
int ParseWeight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return -1;
  int weight = text[0] == '1' ? 1000 : 0;
  if (text.size() > 1 && text[1] != '.') return -1;
  int scale = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return -1;
    weight += (c - '0') * scale;
    scale /= 10;
  }
  return weight <= 1000 ? weight : -1;
}

// One element of Accept or Accept-Encoding: what, and how much it is wanted.
struct Preference {
  std::string_view what;
  int weight = 1000;
};

Preference TakePreference(std::string_view& list) {
  std::string_view element = TakeUntil(list, ',');
  Preference preference;
  preference.what = TakeUntil(element, ';');
  while (!element.empty()) {
    std::string_view parameter = TakeUntil(element, ';');
    const std::string_view name = TakeUntil(parameter, '=');
    if (EqualIgnoringCase(name, "q")) preference.weight = ParseWeight(parameter);
  }
  return preference;
}

// How closely `range` describes `type`: 0 not at all, 1 "*/*", 2 "text/*", 3 itself.
int Precision(std::string_view range, std::string_view type) {
  if (EqualIgnoringCase(range, type)) return 3;
  if (range == "*/*") return 1;
  const std::size_t slash = type.find('/');
  return range.ends_with("/*") && EqualIgnoringCase(range.substr(0, range.size() - 2), type.substr(0, slash)) ? 2 : 0;
}

// A quoted-string (RFC 9110 section 5.6.4) or token at the front, which is removed; nothing when it is neither.
std::optional<std::string> TakeValue(std::string_view& text) {
  if (!text.starts_with('"')) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view token = Trim(text.substr(0, end));
    text.remove_prefix(end);
    return IsToken(token) ? std::optional<std::string>(token) : std::nullopt;
  }
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return value;
    }
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    value += text[i];
  }
  return std::nullopt;
}

// `UTF-8'en'na%C3%AFve.pdf` (RFC 8187 section 3.2.1).
std::optional<std::string> ExtendedValue(std::string_view text) {
  constexpr std::string_view kCharset = "UTF-8'";
  if (!EqualIgnoringCase(text.substr(0, kCharset.size()), kCharset)) return std::nullopt;
  text.remove_prefix(kCharset.size());
  const std::size_t language_end = text.find('\'');
  if (language_end == std::string_view::npos) return std::nullopt;
  auto name = PercentDecode(text.substr(language_end + 1));
  return name.ok() ? std::optional(*std::move(name)) : std::nullopt;
}

// Whoever sends "C:\\letters\\offer.pdf" means the last part (RFC 6266 section 4.3).
std::optional<std::string> FileNameOf(const std::optional<std::string>& path) {
  if (!path || !IsUtf8(*path)) return std::nullopt;
  const std::string name = path->substr(path->find_last_of("/\\") + 1);
  const bool has_control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (name.empty() || name == "." || name == ".." || name.size() > kFileNameBytesMax || has_control)
    return std::nullopt;
  return name;
}

}  // namespace

std::optional<std::string_view> NegotiateType(std::string_view accept, std::span<const std::string_view> offers) {
  if (offers.empty()) return std::nullopt;
  if (Trim(accept).empty()) return offers.front();
  std::optional<std::string_view> best;
  int best_weight = 0;
  for (const std::string_view offer : offers) {
    int precision = 0, weight = 0;  // the most precise range decides
    std::string_view list = accept;
    while (!list.empty()) {
      const Preference preference = TakePreference(list);
      if (preference.weight < 0) return offers.front();
      const int how = Precision(preference.what, offer);
      if (how <= precision) continue;
      precision = how;
      weight = preference.weight;
    }
    if (weight > best_weight) {
      best = offer;
      best_weight = weight;
    }
  }
  return best;
}

bool AcceptsCoding(std::string_view accept_encoding, std::string_view coding) {
  bool by_star = false;
  while (!accept_encoding.empty()) {
    const Preference preference = TakePreference(accept_encoding);
    if (EqualIgnoringCase(preference.what, coding)) return preference.weight > 0;
    if (preference.what == "*") by_star = preference.weight > 0;
  }
  return by_star;
}

std::string MediaType(std::string_view content_type) {
  const std::string_view type = TakeUntil(content_type, ';');
  const std::size_t slash = type.find('/');
  if (slash == std::string_view::npos || !IsToken(type.substr(0, slash)) || !IsToken(type.substr(slash + 1))) return {};
  std::string lower(type);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

std::optional<std::string> AttachmentName(std::string_view content_disposition) {
  std::optional<std::string> plain, extended;
  (void)TakeUntil(content_disposition, ';');  // "attachment"
  while (!content_disposition.empty()) {
    const std::string_view name = TakeUntil(content_disposition, '=');
    content_disposition = Trim(content_disposition);
    const auto value = TakeValue(content_disposition);
    if (!value) return std::nullopt;
    if (EqualIgnoringCase(name, "filename")) plain = value;
    if (EqualIgnoringCase(name, "filename*")) extended = ExtendedValue(*value);
    (void)TakeUntil(content_disposition, ';');
  }
  return FileNameOf(extended ? extended : plain);
}

std::string AttachmentField(std::string_view file_name) {
  return "attachment; filename*=UTF-8''" + PercentEncode(file_name);
}

}  // namespace privity
