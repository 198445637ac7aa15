// JSON Schema 2020-12 and older drafts, OpenAPI 3 and Swagger 2: whatever has `properties`, and parameters of requests.
#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/yaml.h"
#include "gate/internal/schema_readers.h"

namespace privity::gate_internal {
namespace {

constexpr std::size_t kLookedAtBytes = 64 << 10;
constexpr int kDepthMax = 200;
// Values in here are data, not schemas.
constexpr std::array<std::string_view, 5> kData = {"example", "examples", "default", "enum", "const"};
// Maps whose keys are names of schemas.
constexpr std::array<std::string_view, 3> kNamed = {"schemas", "definitions", "$defs"};
// Members of a schema that speak of the same thing.
constexpr std::array<std::string_view, 5> kSame = {"items", "allOf", "anyOf", "oneOf", "additionalProperties"};

template <std::size_t size>
bool IsOneOf(std::string_view key, const std::array<std::string_view, size>& keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string Escaped(std::string_view key) {
  std::string out;
  for (const char character : key) {
    if (character == '~')
      out += "~0";
    else if (character == '/')
      out += "~1";
    else
      out += character;
  }
  return out;
}

// JSON is nearly YAML: it may be indented by tabs, and may name characters beyond U+FFFF by two surrogates. Both become
// something of the same width that says the same about names.
std::string AsYaml(std::string_view json) {
  std::string out(json);
  std::replace(out.begin(), out.end(), '\t', ' ');
  for (std::size_t at = out.find("\\u"); at != std::string::npos && at + 6 <= out.size();
       at = out.find("\\u", at + 2)) {
    const bool is_surrogate = (out[at + 2] == 'd' || out[at + 2] == 'D') && out[at + 3] > '7';
    if (is_surrogate) out.replace(at, 6, "??????");
  }
  return out;
}

std::string TypeOfSchema(const Json& schema) {
  std::string type = schema["type"].StringOr("");
  if (const std::string format = schema["format"].StringOr(""); !format.empty())
    type += (type.empty() ? "" : " ") + format;
  return type;
}

// Where the key of a value stands: right before the value, whose place is known.
class KeyPlaces {
 public:
  KeyPlaces(std::string_view text, const YamlPlaces& places) : text_(text), places_(places) {
    for (std::size_t at = 0; at != std::string_view::npos && at < text.size();) {
      lines_.push_back(at);
      at = text.find('\n', at);
      if (at != std::string_view::npos) ++at;
    }
  }

  YamlPlace OfValue(const std::string& pointer) const {
    const auto value = places_.find(pointer);
    return value == places_.end() ? YamlPlace{1, 1} : value->second;
  }

  YamlPlace Of(const std::string& pointer, std::string_view key) const {
    const auto value = places_.find(pointer);
    if (value == places_.end() || lines_.empty()) return {1, 1};
    const auto line = static_cast<std::size_t>(std::clamp<int>(value->second.line, 1, static_cast<int>(lines_.size())));
    const std::size_t end = lines_[line - 1] + static_cast<std::size_t>(std::max(value->second.column - 1, 0));
    const std::size_t at = text_.substr(0, std::min(end, text_.size())).rfind(key);
    return at == std::string_view::npos ? value->second : PlaceAt(at);
  }

 private:
  YamlPlace PlaceAt(std::size_t at) const {
    const auto next = std::upper_bound(lines_.begin(), lines_.end(), at);
    const std::string_view before = text_.substr(*(next - 1), at - *(next - 1));
    const auto characters =
        std::count_if(before.begin(), before.end(), [](char byte) { return (byte & 0xC0) != 0x80; });
    return {static_cast<int>(next - lines_.begin()), static_cast<int>(characters) + 1};
  }

  std::string_view text_;
  const YamlPlaces& places_;
  std::vector<std::size_t> lines_;
};

// Where a schema stands, and what it is called.
struct Spot {
  std::string pointer = {};
  std::string collection = {};
  std::string path = {};  // of the field that it describes: "address"
  int depth = 0;
};

class JsonSchemaReader {
 public:
  explicit JsonSchemaReader(const KeyPlaces& places) : places_(places) {}

  void Read(const Json& document, std::string collection) { Visit(document, {.collection = std::move(collection)}); }
  std::vector<SchemaField> TakeFields() { return std::move(fields_); }

 private:
  void Visit(const Json& value, const Spot& spot) {
    if (spot.depth > kDepthMax || fields_.size() > kSchemaFieldsMax) return;
    if (const Json::Items* items = value.items()) {
      for (std::size_t each = 0; each < items->size(); ++each) Visit((*items)[each], Below(spot, std::to_string(each)));
    }
    if (value.members() == nullptr) return;
    if (value["name"].string() != nullptr && value["in"].string() != nullptr) Parameter(value, spot);
    for (const Json::Member& member : *value.members()) Member(member, spot);
  }

  void Member(const Json::Member& member, const Spot& spot) {
    if (IsOneOf(member.key, kData)) return;
    Spot below = Below(spot, member.key);
    if (member.key == "properties" && member.value.members() != nullptr) return Properties(member.value, below);
    if (IsOneOf(member.key, kNamed) && member.value.members() != nullptr) return Named(member.value, below);
    if (!IsOneOf(member.key, kSame) && member.value.members() != nullptr) below.path.clear();
    Visit(member.value, below);
  }

  void Named(const Json& schemas, const Spot& spot) {
    for (const Json::Member& member : *schemas.members()) {
      Spot below = Below(spot, member.key);
      below.collection = member.key;
      below.path.clear();
      Visit(member.value, below);
    }
  }

  void Properties(const Json& properties, const Spot& spot) {
    for (const Json::Member& member : *properties.members()) {
      Spot below = Below(spot, member.key);
      below.path += (below.path.empty() ? "" : ".") + member.key;
      const YamlPlace place = places_.Of(below.pointer, member.key);
      fields_.push_back({spot.collection, below.path, TypeOfSchema(member.value), place.line, place.column,
                         member.value["$comment"].StringOr("")});
      Visit(member.value, below);
    }
  }

  void Parameter(const Json& parameter, const Spot& spot) {
    const std::string name = parameter["name"].StringOr("");
    const YamlPlace place = places_.OfValue(spot.pointer + "/name");
    const std::string type = TypeOfSchema(parameter.Has("schema") ? parameter["schema"] : parameter);
    fields_.push_back({"parameters", name, type, place.line, place.column});
  }

  static Spot Below(const Spot& spot, std::string_view key) {
    Spot below = spot;
    below.pointer += "/" + Escaped(key);
    ++below.depth;
    return below;
  }

  const KeyPlaces& places_;
  std::vector<SchemaField> fields_;
};

std::string Stem(std::string_view file_name) {
  const std::size_t slash = file_name.rfind('/');
  std::string_view name = slash == std::string_view::npos ? file_name : file_name.substr(slash + 1);
  return std::string(name.substr(0, name.find('.')));
}

bool HasKey(std::string_view start, std::string_view key) {
  for (std::size_t at = start.find(key); at != std::string_view::npos; at = start.find(key, at + 1)) {
    const bool begins = at == 0 || start[at - 1] == '\n' || start[at - 1] == '"' || start[at - 1] == '\'';
    const std::size_t behind = start.find_first_not_of("\"' ", at + key.size());
    if (begins && behind != std::string_view::npos && start[behind] == ':') return true;
  }
  return false;
}

}  // namespace

bool LooksLikeJsonSchema(std::string_view file_name, std::string_view text) {
  const std::string_view start = text.substr(0, kLookedAtBytes);
  if (file_name.ends_with(".schema.json") || file_name.ends_with(".schema.yaml")) return true;
  return HasKey(start, "openapi") || HasKey(start, "swagger") ||
         (HasKey(start, "$schema") && start.find("json-schema.org/") != std::string_view::npos);
}

Result<std::vector<SchemaField>> ReadJsonSchema(std::string_view text, std::string_view file_name) {
  const std::string yaml = file_name.ends_with(".json") ? AsYaml(text) : std::string(text);
  YamlPlaces places;
  PRIVITY_TRY(const Json document,
              FromYaml<Json>(yaml, file_name, {.size_bytes_max = kSchemaBytesMax, .places = &places}));
  const KeyPlaces keys(yaml, places);
  JsonSchemaReader reader(keys);
  reader.Read(document, document["title"].StringOr(Stem(file_name)));
  return reader.TakeFields();
}

}  // namespace privity::gate_internal
