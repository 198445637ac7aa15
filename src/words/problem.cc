#include "words/problem.h"

#include <algorithm>

#include "base/http_status.h"
#include "words/terminal_text.h"

namespace privity {

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
    if (!text.empty()) out += catalog.Text(language, label, {{"text", Harmless(text)}}) + "\n";
  }
  return out;
}

}  // namespace privity
