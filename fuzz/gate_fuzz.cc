// Schemas of every language, comments in them and declarations: what is found lies in the text and is bounded by it.
#include <algorithm>

#include "base/utf8.h"
#include "base/yaml.h"
#include "fuzz/fuzz_target.h"
#include "gate/declarations.h"
#include "gate/internal/ignore_comments.h"
#include "gate/schema_file.h"

namespace privity {
namespace {

void ReadAs(SchemaFormat format, std::string_view input, std::string_view file_name) {
  const auto fields = ReadSchema(format, input, file_name);
  if (!fields.ok()) return;
  const auto lines = std::count(input.begin(), input.end(), '\n') + 1;
  for (const SchemaField& field : *fields) {
    FUZZ_CHECK(field.line >= 1 && field.line <= lines);
    FUZZ_CHECK(field.column >= 1 && static_cast<std::size_t>(field.column) <= input.size() + 1);
    FUZZ_CHECK(IsUtf8(field.field) && IsUtf8(field.collection) && IsUtf8(field.declared_type));
  }
}

}  // namespace

PRIVITY_FUZZ_TARGET(gate) {
  if (input.size() > 64 << 10) return;
  ReadAs(SchemaFormat::kSql, input, "a.sql");
  ReadAs(SchemaFormat::kPrisma, input, "a.prisma");
  ReadAs(SchemaFormat::kDjango, input, "a.py");
  ReadAs(SchemaFormat::kRails, input, "a.rb");
  ReadAs(SchemaFormat::kProtobuf, input, "a.proto");
  ReadAs(SchemaFormat::kJsonSchema, input, "a.json");
  ReadAs(SchemaFormat::kJsonSchema, input, "a.yaml");
  static_cast<void>(gate_internal::IgnoreComments(input));
  if (const auto document = FromYaml<Json>(input, "a.yaml"); document.ok()) {
    Declarations declarations;
    declarations.Add(*document);
    static_cast<void>(declarations.Of("customer", "email"));
  }
}

}  // namespace privity
