// A reader for each language. What cannot be understood is passed over; what is understood is in the order of the file.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "gate/schema_file.h"

namespace privity::gate_internal {

std::vector<SchemaField> ReadSqlSchema(std::string_view text);
std::vector<SchemaField> ReadPrismaSchema(std::string_view text);
std::vector<SchemaField> ReadDjangoSchema(std::string_view text);
std::vector<SchemaField> ReadRailsSchema(std::string_view text);
std::vector<SchemaField> ReadProtobufSchema(std::string_view text);
// JSON or YAML. The errors of base/yaml.h.
Result<std::vector<SchemaField>> ReadJsonSchema(std::string_view text, std::string_view file_name);
// Whether such a document is a schema at all, by a look at its first bytes.
bool LooksLikeJsonSchema(std::string_view file_name, std::string_view text);

}  // namespace privity::gate_internal
