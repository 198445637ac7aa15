#include "words/problem.h"

#include <algorithm>

#include "base/http_status.h"

namespace privity {
namespace {

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
                               {"title", HttpStatusName(words.status)},
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
