#include "base/config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/durable_file.h"
#include "base/internal/decoder.h"
#include "base/internal/text_rules.h"
#include "base/internal/yaml_source.h"
#include "base/json.h"
#include "base/yaml.h"

namespace privity {
namespace {

using internal::YamlEvent;

constexpr std::size_t kValueFileBytesMax = 64 * 1024;
constexpr std::string_view kMask = "********";

// One setting: where it lives in the struct and what it is called.
struct Leaf {
  std::string name;      // smtp.port
  std::string pointer;   // /smtp/port
  std::string variable;  // PRIVITY_SMTP_PORT
  const FieldInfo* field = nullptr;
  std::size_t offset = 0;  // of the value in the whole struct
};

void CollectLeaves(const StructInfo& info, const Leaf& above, std::vector<Leaf>& leaves) {
  for (const FieldInfo& field : info.fields()) {
    Leaf leaf = {.name = above.name.empty() ? std::string(field.name) : above.name + "." + std::string(field.name),
                 .pointer = above.pointer + "/" + std::string(field.name),
                 .variable = above.variable + "_",
                 .field = &field,
                 .offset = above.offset + field.offset};
    std::ranges::transform(field.name, std::back_inserter(leaf.variable),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (field.type->kind == TypeKind::kStruct) {
      CollectLeaves(field.type->structure(), leaf, leaves);
    } else {
      leaves.push_back(std::move(leaf));
    }
  }
}

std::vector<Leaf> LeavesOf(const TypeInfo& type, std::string_view prefix) {
  std::vector<Leaf> leaves;
  CollectLeaves(type.structure(), {.name = {}, .pointer = {}, .variable = std::string(prefix)}, leaves);
  for (const Leaf& leaf : leaves) {
    const auto same = std::ranges::count(leaves, leaf.variable, &Leaf::variable);
    Invariant(same == 1, "two settings have the same environment variable");
  }
  return leaves;
}

const TypeInfo& Inside(const TypeInfo& type) {
  return type.kind == TypeKind::kOptional ? *type.element : type;
}

bool IsPlainValue(const TypeInfo& type) {
  switch (type.kind) {
    case TypeKind::kOptional:
    case TypeKind::kVector:
    case TypeKind::kMap:
    case TypeKind::kStruct:
    case TypeKind::kJson:
      return false;
    default:
      return true;
  }
}

// Numbers and booleans are plain scalars, texts are quoted ones: "null" as a text stays a text.
YamlEvent EventFor(const TypeInfo& type, std::string_view text) {
  const bool plain = type.kind == TypeKind::kBool || type.kind == TypeKind::kInt || type.kind == TypeKind::kDouble;
  return {.kind = YamlEvent::Kind::kScalar, .plain = plain, .text = std::string(text), .place = {1, 1}};
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<YamlEvent> ListEvents(const TypeInfo& element, std::string_view text) {
  std::vector<YamlEvent> events = {{.kind = YamlEvent::Kind::kBeginArray, .plain = false, .text = {}, .place = {1, 1}}};
  while (!Trimmed(text).empty()) {
    const std::size_t comma = text.find(',');
    events.push_back(EventFor(element, Trimmed(text.substr(0, comma))));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  events.push_back({.kind = YamlEvent::Kind::kEndArray, .plain = false, .text = {}, .place = {1, 1}});
  return events;
}

// The same fault, told with the setting's own path and place.
Error Relocate(const Error& error, const Leaf& leaf, const std::string& place) {
  Error moved(error.code());
  const std::string inner(error.Parameter("path"));
  moved = std::move(moved).With("path", leaf.pointer + (inner == "/" ? "" : inner)).With("place", place);
  for (const auto& [name, value] : error.parameters()) {
    if (name != "file" && name != "line" && name != "column") moved = std::move(moved).With(name, value);
  }
  return moved;
}

Status SetFromText(const Leaf& leaf, std::string_view text, const std::string& place, void* config) {
  const TypeInfo& type = Inside(*leaf.field->type);
  std::vector<YamlEvent> events;
  if (IsPlainValue(type)) {
    events.push_back(EventFor(type, text));
  } else if (type.kind == TypeKind::kVector && IsPlainValue(*type.element)) {
    events = ListEvents(*type.element, text);
  } else {
    return Error("base.config_file_only", {{"place", place}});
  }
  if (!std::ranges::all_of(events, [](const YamlEvent& event) { return IsUtf8(event.text); })) {
    return Error("base.value_wrong_format", {{"path", leaf.pointer}, {"place", place}, {"format", "text"}});
  }
  internal::YamlSource source(events, place);
  internal::Decoder decoder(source, internal::Missing::kRefused);
  void* out = static_cast<std::byte*>(config) + leaf.offset;
  if (const auto set = decoder.Decode(*leaf.field->type, out, leaf.field->note); !set.ok()) {
    return Relocate(set.error(), leaf, place);
  }
  return Ok();
}

Result<std::string> ReadValueFile(const std::string& path) {
  PRIVITY_TRY(std::string text, ReadConfigFile(path, kValueFileBytesMax));
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

struct Origin {
  ConfigSource source = ConfigSource::kDefault;
  std::string text;
};
using Origins = std::map<std::string, Origin>;

Status ApplyFile(const TypeInfo& type, const std::vector<Leaf>& leaves, const ConfigInputs& inputs, void* config,
                 Origins& origins) {
  if (!inputs.file_text) return Ok();
  PRIVITY_TRY(const Json document, FromYaml<Json>(*inputs.file_text, inputs.file_name));
  if (document.is_null()) return Ok();  // an empty file, or one of comments only
  YamlPlaces places;
  PRIVITY_TRY_VOID(DecodeYaml(type, *inputs.file_text, inputs.file_name, config,
                              {.missing_keeps_default = true, .places = &places}));
  for (const Leaf& leaf : leaves) {
    const auto place = places.find(leaf.pointer);
    if (place == places.end()) continue;
    origins[leaf.name] = {ConfigSource::kFile, inputs.file_name + ":" + std::to_string(place->second.line)};
  }
  return Ok();
}

// The names of settings win: a setting "key_file" is not the file of a setting "key".
bool NamesASetting(const std::vector<Leaf>& leaves, const std::string& variable) {
  return std::ranges::find(leaves, variable, &Leaf::variable) != leaves.end();
}

Status ApplyEnvironment(const std::vector<Leaf>& leaves, const ConfigInputs& inputs, void* config, Origins& origins) {
  for (const Leaf& leaf : leaves) {
    const auto direct = inputs.environment.find(leaf.variable);
    const std::string file_variable = leaf.variable + "_FILE";
    const auto through_file =
        NamesASetting(leaves, file_variable) ? inputs.environment.end() : inputs.environment.find(file_variable);
    if (direct != inputs.environment.end() && through_file != inputs.environment.end()) {
      return Error("base.config_twice", {{"first", leaf.variable}, {"second", file_variable}});
    }
    if (direct != inputs.environment.end()) {
      PRIVITY_TRY_VOID(SetFromText(leaf, direct->second, leaf.variable, config));
      origins[leaf.name] = {ConfigSource::kEnvironment, leaf.variable};
    } else if (through_file != inputs.environment.end()) {
      PRIVITY_TRY(const std::string text, ReadValueFile(through_file->second));
      PRIVITY_TRY_VOID(SetFromText(leaf, text, file_variable, config));
      origins[leaf.name] = {ConfigSource::kEnvironment, file_variable};
    }
  }
  return Ok();
}

Status ApplyFlags(const std::vector<Leaf>& leaves, const ConfigInputs& inputs, void* config, Origins& origins) {
  for (const auto& [name, text] : inputs.flags) {
    const std::string flag = "--" + name;
    const auto leaf = std::ranges::find(leaves, name, &Leaf::name);
    if (leaf == leaves.end()) {
      std::vector<std::string_view> names;
      for (const Leaf& known : leaves) names.push_back(known.name);
      return Error("base.config_flag_unknown", {{"flag", flag}, {"nearest", internal::NearestName(names, name)}});
    }
    Origin& origin = origins[leaf->name];
    if (origin.source == ConfigSource::kFlag) return Error("base.config_twice", {{"first", flag}, {"second", flag}});
    PRIVITY_TRY_VOID(SetFromText(*leaf, text, flag, config));
    origin = {ConfigSource::kFlag, flag};
  }
  return Ok();
}

std::string ShownValue(const TypeInfo& type, const void* value) {
  if (type.kind == TypeKind::kOptional) {
    const void* inside = type.optional->get(value);
    return inside != nullptr ? ShownValue(*type.element, inside) : "";
  }
  if (type.kind == TypeKind::kSecret) {
    const bool is_text = type.text == &type_table_detail::kSecretStringAccess;
    const bool empty =
        is_text ? static_cast<const SecretString*>(value)->empty() : static_cast<const SecretBytes*>(value)->empty();
    return std::string(empty ? "" : kMask);
  }
  if (type.kind == TypeKind::kBool || type.kind == TypeKind::kInt || type.kind == TypeKind::kDouble) {
    return EncodeJson(type, value);
  }
  if (IsPlainValue(type)) return internal::FormatText(type, value);
  if (type.kind != TypeKind::kVector || !IsPlainValue(*type.element)) return EncodeJson(type, value);
  std::string list;
  for (std::size_t i = 0; i < type.vector->size(value); ++i) {
    list += (i == 0 ? "" : ", ") + ShownValue(*type.element, type.vector->at(value, i));
  }
  return list;
}

std::string ShownLeaf(const Leaf& leaf, const void* config) {
  return ShownValue(*leaf.field->type, static_cast<const std::byte*>(config) + leaf.offset);
}

std::string DescriptionOf(const Leaf& leaf) {
  return std::string(leaf.field->note != nullptr ? leaf.field->note->description : "");
}

std::vector<std::string> UnknownVariables(const std::vector<Leaf>& leaves, const ConfigInputs& inputs) {
  std::vector<std::string> unknown;
  for (const auto& [variable, text] : inputs.environment) {
    if (!variable.starts_with(inputs.prefix + "_")) continue;
    const std::string without_file = variable.ends_with("_FILE") ? variable.substr(0, variable.size() - 5) : variable;
    if (!NamesASetting(leaves, variable) && !NamesASetting(leaves, without_file)) unknown.push_back(variable);
  }
  return unknown;
}

}  // namespace

std::map<std::string, std::string> ConfigEnvironment(std::string_view prefix) {
  std::map<std::string, std::string> found;
  const std::string wanted = std::string(prefix) + "_";
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || !text.starts_with(wanted)) continue;
    found.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return found;
}

std::string ConfigReport::OriginOf(std::string_view name) const {
  const auto setting = std::ranges::find(settings, name, &ConfigSetting::name);
  return setting != settings.end() ? setting->origin : "";
}

Status ApplyConfig(const TypeInfo& type, const ConfigInputs& inputs, void* config, ConfigReport& report) {
  const std::vector<Leaf> leaves = LeavesOf(type, inputs.prefix);
  Origins origins;
  PRIVITY_TRY_VOID(ApplyFile(type, leaves, inputs, config, origins));
  PRIVITY_TRY_VOID(ApplyEnvironment(leaves, inputs, config, origins));
  PRIVITY_TRY_VOID(ApplyFlags(leaves, inputs, config, origins));
  report = {.settings = {}, .unknown_variables = UnknownVariables(leaves, inputs)};
  for (const Leaf& leaf : leaves) {
    const Origin& origin = origins[leaf.name];
    report.settings.push_back({.name = leaf.name,
                               .value = ShownLeaf(leaf, config),
                               .source = origin.source,
                               .origin = origin.text,
                               .description = DescriptionOf(leaf)});
  }
  return Ok();
}

Result<std::string> ReadConfigFile(const std::string& path, std::size_t bytes_max) {
  const FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return FileError(path, "open");
  std::string text;
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t got = ::read(file.fd(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError(path, "read");
    if (got == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > bytes_max) {
      return Error("base.file_too_large", {{"path", path}, {"bytes_max", std::to_string(bytes_max)}});
    }
  }
}

std::string ConfigReference(const TypeInfo& type, const void* defaults, std::string_view prefix) {
  std::string table = "| setting | variable | default | meaning |\n|---|---|---|---|\n";
  for (const Leaf& leaf : LeavesOf(type, prefix)) {
    const std::string value = ShownLeaf(leaf, defaults);
    table += "| `" + leaf.name + "` | `" + leaf.variable + "` | " + (value.empty() ? "" : "`" + value + "`") + " | " +
             DescriptionOf(leaf) + " |\n";
  }
  return table;
}

}  // namespace privity
