#include "words/problem.h"

#include <algorithm>

namespace privity {
namespace {

// RFC 9110 section 15, and 429 of RFC 6585; the statuses that words files use.
std::string_view StatusName(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 507:
      return "Insufficient Storage";
  }
  return status < 500 ? "Bad Request" : "Internal Server Error";
}

// Also the two-byte controls U+0080 to U+009F.
std::string OneLine(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool high_control = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (high_control) ++i;
    out += c < 0x20 || c == 0x7F || high_control ? ' ' : text[i];
  }
  return out;
}

}  // namespace

Json ProblemOf(const Error& error, const Catalog& catalog, std::string_view language, std::string_view instance) {
  const ErrorWords words = catalog.Words(error, language);
  Json problem = Json::Object({{"type", "/problems/" + error.code()},
                               {"title", StatusName(words.status)},
                               {"status", words.status},
                               {"detail", words.what}});
  if (!instance.empty()) problem.Set("instance", instance);
  problem.Set("code", error.code()).Set("why", words.why).Set("mend", words.mend);
  Json parameters = Json::Object();
  for (const auto& [name, value] : error.parameters()) parameters.Set(name, value);
  return problem.Set("parameters", std::move(parameters));
}

std::string TerminalLines(const Error& error, const Catalog& catalog, std::string_view language) {
  const ErrorWords words = catalog.Words(error, language);
  const std::pair<std::string_view, const std::string&> lines[] = {
      {"words.label_error", words.what}, {"words.label_why", words.why}, {"words.label_mend", words.mend}};
  std::string out;
  for (const auto& [label, text] : lines) {
    if (!text.empty()) out += catalog.Text(language, label, {{"text", OneLine(text)}}) + "\n";
  }
  return out;
}

}  // namespace privity
