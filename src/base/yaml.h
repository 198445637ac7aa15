// YAML 1.2 files (configuration, packs) read into described types, with the rules and errors of base/json.h.
//
//   PRIVITY_TRY(auto pack, FromYaml<Pack>(text, "packs/eu-gdpr/pack.yaml"));
//
// The member's type decides what a plain scalar means: `country: NO` is the text "NO", `version: 1.10` the text "1.10".
// `true` and `false` are the only booleans; numbers are spelled as in JSON; `null`, `~` and nothing are null. One
// document per file. Tags, merge keys and keys that are not scalars are refused; aliases are followed within a limit of
// values, so that a short file cannot grow without bound.
//
// Errors carry `file`, `place` ("packs/eu.yaml:12:5"), `line` and `column`: base.yaml_syntax{problem},
// base.yaml_too_large{maximum}, and the base.value_* errors of base/json.h.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/type_table.h"

namespace privity {

struct YamlPlace {
  int line = 0;  // counted from 1
  int column = 0;
};
// Where each value stands, by JSON pointer: for errors that are found after reading ("this article is cited nowhere").
using YamlPlaces = std::map<std::string, YamlPlace>;

struct YamlOptions {
  std::size_t size_bytes_max = 4 << 20;
  std::size_t values_max = 200'000;    // after aliases are followed
  bool missing_keeps_default = false;  // a missing member keeps the struct's default instead of being refused
  YamlPlaces* places = nullptr;        // filled if given
};

// `file_name` is only shown. After an error `out` is half filled.
Status DecodeYaml(const TypeInfo& type, std::string_view text, std::string_view file_name, void* out,
                  const YamlOptions& options = {});

template <class T>
Result<T> FromYaml(std::string_view text, std::string_view file_name, const YamlOptions& options = {}) {
  T value{};
  PRIVITY_TRY_VOID(DecodeYaml(TypeOf<T>(), text, file_name, &value, options));
  return value;
}

}  // namespace privity
