#include "gate/schema_file.h"

#include "base/utf8.h"
#include "gate/internal/schema_readers.h"

namespace privity {
namespace {

using namespace gate_internal;

bool Mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

Result<std::vector<SchemaField>> ReadAs(SchemaFormat format, std::string_view text, std::string_view file_name) {
  switch (format) {
    case SchemaFormat::kSql:
      return ReadSqlSchema(text);
    case SchemaFormat::kPrisma:
      return ReadPrismaSchema(text);
    case SchemaFormat::kDjango:
      return ReadDjangoSchema(text);
    case SchemaFormat::kRails:
      return ReadRailsSchema(text);
    case SchemaFormat::kJsonSchema:
      return ReadJsonSchema(text, file_name);
    case SchemaFormat::kProtobuf:
      return ReadProtobufSchema(text);
  }
  Invariant(false, "every format has a reader");
  return std::vector<SchemaField>();
}

}  // namespace

std::optional<SchemaFormat> SchemaFormatOf(std::string_view file_name, std::string_view text) {
  const auto ends = [&](std::string_view ending) { return file_name.ends_with(ending); };
  if (ends(".sql")) return SchemaFormat::kSql;
  if (ends(".prisma")) return SchemaFormat::kPrisma;
  if (ends(".proto")) return SchemaFormat::kProtobuf;
  if (ends(".py") && Mentions(text, {"django.db", "migrations.Migration"})) return SchemaFormat::kDjango;
  if (ends(".rb") && Mentions(text, {"create_table", "change_table", "add_column", "rename_column"}))
    return SchemaFormat::kRails;
  const bool is_document = ends(".json") || ends(".yaml") || ends(".yml");
  if (is_document && LooksLikeJsonSchema(file_name, text)) return SchemaFormat::kJsonSchema;
  return std::nullopt;
}

Result<std::vector<SchemaField>> ReadSchema(SchemaFormat format, std::string_view text, std::string_view file_name) {
  const std::string file(file_name);
  if (text.size() > kSchemaBytesMax) {
    return Error("gate.too_large", {{"file", file}, {"maximum", std::to_string(kSchemaBytesMax)}});
  }
  if (!IsUtf8(text) || text.find('\0') != std::string_view::npos) return Error("gate.not_text", {{"file", file}});
  PRIVITY_TRY(auto fields, ReadAs(format, text, file_name));
  if (fields.size() > kSchemaFieldsMax) {
    return Error("gate.too_many_fields", {{"file", file}, {"maximum", std::to_string(kSchemaFieldsMax)}});
  }
  return fields;
}

}  // namespace privity
