// The fields that a schema file declares, with their places. Nothing in the file is run or followed: what a program
// would make while it runs (a model in a loop, a table in a string) is not seen.
//
// Memory and time are linear in the file, which is refused over kSchemaBytesMax. Safe to call from many threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/type_table.h"

namespace privity {

inline constexpr std::size_t kSchemaBytesMax = 4 << 20;
inline constexpr std::size_t kSchemaFieldsMax = 100'000;

enum class SchemaFormat { kSql, kPrisma, kDjango, kRails, kJsonSchema, kProtobuf };
PRIVITY_DESCRIBE_ENUM(SchemaFormat, kSql, kPrisma, kDjango, kRails, kJsonSchema, kProtobuf)

struct SchemaField {
  std::string collection;     // table, model, message, schema: without its space
  std::string field;          // "email"; dots lead into nested objects: "address.street"
  std::string declared_type;  // as it stands in the file; may be empty
  int line = 0;               // from 1
  int column = 0;             // from 1, in Unicode code points
  std::string comment = {};   // "$comment" of JSON Schema, which has no other comments
};
PRIVITY_DESCRIBE(SchemaField, (collection, field, declared_type, line, column, comment))

// By the name's ending and, where that says too little (.py, .rb, .json, .yaml), by the text. None: not a schema.
// kJsonSchema stands for OpenAPI and Swagger too.
std::optional<SchemaFormat> SchemaFormatOf(std::string_view file_name, std::string_view text);

// SQL: CREATE TABLE and ALTER TABLE (ADD, CHANGE, RENAME COLUMN) as PostgreSQL, MySQL and SQLite write them, composite
// types, virtual tables; data in dumps is passed over. Prisma: models, types and views, with @map and @@map. Django:
// models (db_column, db_table) and migrations (CreateModel, AddField, RenameField). Rails: create_table, change_table,
// add_column, rename_column. JSON Schema, OpenAPI 3, Swagger 2: properties and parameters. Protobuf: fields of
// messages.
//
// In the order of the file. gate.not_text{file}, gate.too_large{file, maximum}, gate.too_many_fields{file, maximum},
// and the errors of base/yaml.h for JSON Schema and OpenAPI.
Result<std::vector<SchemaField>> ReadSchema(SchemaFormat format, std::string_view text, std::string_view file_name);

}  // namespace privity
