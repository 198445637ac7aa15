// Configuration: the first half is the file, the rest a variable and a flag; no value of a secret reaches the report or
// an error.
#include "base/config.h"
#include "base/json.h"
#include "fuzz/fuzz_target.h"

namespace privity {
namespace {

enum class Mode { kFast, kSafe };
PRIVITY_DESCRIBE_ENUM(Mode, kFast, kSafe)

struct Section {
  int port = 1;
  double share = 0.5;
  Mode mode = Mode::kSafe;
  std::optional<bool> flag;
};
PRIVITY_DESCRIBE(Section, (port, share, mode, flag))

struct Settings {
  std::string name;
  std::vector<std::string> list;
  std::map<std::string, int> map;
  SecretString secret;
  Section section;
};
PRIVITY_DESCRIBE(Settings, (name, list, map, secret, section))

}  // namespace

PRIVITY_FUZZ_TARGET(config) {
  const std::size_t half = input.find('\0');
  const std::string_view rest = half == std::string_view::npos ? "" : input.substr(half + 1);
  const std::string value(rest.substr(0, rest.find('\0')));
  for (const char* name : {"name", "list", "section.port", "section.share", "section.mode", "section.flag", "secret"}) {
    const ConfigInputs inputs = {
        .file_name = "f.yaml", .file_text = std::string(input.substr(0, half)), .flags = {{name, value}}};
    ConfigReport report;
    const auto settings = LoadConfig<Settings>(inputs, report);
    if (!settings.ok() || settings->secret.Reveal().size() < 20) continue;
    for (const auto& setting : report.settings) {
      if (setting.name == "secret") FUZZ_CHECK(setting.value == "********");
    }
  }
}

}  // namespace privity
