// YAML files that are part of the program, read when it is built: the scalars, lists and members of a file with their
// places, before any type is known. Reading them again takes a twentieth of the time that the text takes.
//
// The bytes are made and read by the same build and stand in no file of a user; they have no version.
#pragma once

#include <string>
#include <string_view>

#include "base/yaml.h"

namespace privity {

// Errors as DecodeYaml, but for those of types.
Result<std::string> PrepareYaml(std::string_view text, std::string_view file_name);

// What DecodeYaml does with the text that `prepared` was made of. base.yaml_syntax too for bytes that PrepareYaml did
// not make.
Status DecodePreparedYaml(const TypeInfo& type, std::string_view prepared, std::string_view file_name, void* out);

}  // namespace privity
