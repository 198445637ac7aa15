// Configuration: a described struct, filled from its defaults, a YAML file, environment variables and command-line
// flags, in that order; the last one that speaks wins. Each value remembers where it came from.
//
// A setting's name is its path: member `port` of member `smtp` is "smtp.port". The file has the same members:
//     smtp:
//       port: 587
// The variable is PREFIX_SMTP_PORT; PREFIX_SMTP_PORT_FILE names a file that holds the value instead (Docker and systemd
// hand out secrets so; one line end at its end is dropped). Lists of plain values are separated by commas in variables
// and flags; maps and lists of structs are set in the file only. FieldNotes give limits, descriptions and examples.
//
// Errors are those of base/yaml.h and base/json.h, `place` being "privity.yaml:12:9", the variable or the flag; and
// base.config_twice{first, second}, base.config_file_only{place}, base.config_flag_unknown{flag, nearest},
// base.file_missing, base.file_failed. Values are never repeated in an error.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/type_table.h"

namespace privity {

enum class ConfigSource { kDefault, kFile, kEnvironment, kFlag };
PRIVITY_DESCRIBE_ENUM(ConfigSource, kDefault, kFile, kEnvironment, kFlag)

struct ConfigInputs {
  std::string prefix = "PRIVITY";
  std::string file_name = {};                 // only shown
  std::optional<std::string> file_text = {};  // none: no file
  std::map<std::string, std::string> environment = {};
  std::vector<std::pair<std::string, std::string>> flags = {};  // {"smtp.port", "587"}
};

// The variables of this process whose names begin with "<prefix>_".
std::map<std::string, std::string> ConfigEnvironment(std::string_view prefix);

// One setting as `config show --origin` lists it.
struct ConfigSetting {
  std::string name;
  std::string value;  // a secret is shown as "********", or "" when it is not set
  ConfigSource source = ConfigSource::kDefault;
  std::string origin;  // "privity.yaml:12", "PRIVITY_SMTP_PORT", "--smtp.port"; "" for a default
  std::string description;
};
PRIVITY_DESCRIBE(ConfigSetting, (name, value, source, origin, description))

struct ConfigReport {
  std::vector<ConfigSetting> settings;  // in the order of the description
  // Variables with the prefix that name no setting: a misspelling, or meant for something else.
  std::vector<std::string> unknown_variables;
  // Where a setting was set; "" for a default or an unknown name.
  std::string OriginOf(std::string_view name) const;
};

// `config` holds the defaults. After an error it is half filled.
Status ApplyConfig(const TypeInfo& type, const ConfigInputs& inputs, void* config, ConfigReport& report);

template <class T>
Result<T> LoadConfig(const ConfigInputs& inputs, ConfigReport& report) {
  static_assert(TypeOf<T>().kind == TypeKind::kStruct);
  T config{};
  PRIVITY_TRY_VOID(ApplyConfig(TypeOf<T>(), inputs, &config, report));
  return config;
}

// Reads a file that the operator named. Unlike base/durable_file.h it follows symbolic links, which is how Kubernetes
// mounts secrets and settings, and reads devices and pipes. base.file_missing, base.file_failed, base.file_too_large.
Result<std::string> ReadConfigFile(const std::string& path, std::size_t bytes_max);

// A Markdown table of every setting: name, variable, default, meaning.
std::string ConfigReference(const TypeInfo& type, const void* defaults, std::string_view prefix);

}  // namespace privity
