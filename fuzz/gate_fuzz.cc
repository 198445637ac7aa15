// Schemas and programs of every language, comments in them and declarations: what is found lies in the text and is
// bounded by it.
#include <algorithm>

#include "base/utf8.h"
#include "base/yaml.h"
#include "fuzz/fuzz_target.h"
#include "gate/declarations.h"
#include "gate/internal/ignore_comments.h"
#include "gate/log_statements.h"
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

void ReadLogs(SourceLanguage language, std::string_view input) {
  const auto statements = ReadLogStatements(language, input, "a");
  if (!statements.ok()) return;
  const auto lines = std::count(input.begin(), input.end(), '\n') + 1;
  int line = 1;
  for (const LoggedValue& value : statements->values) {
    FUZZ_CHECK(value.line >= line && value.line <= lines);
    FUZZ_CHECK(value.statement_line >= 1 && value.statement_line <= value.line);
    FUZZ_CHECK(value.column >= 1 && static_cast<std::size_t>(value.column) <= input.size());
    FUZZ_CHECK(!value.name.empty() && input.find(value.name) != std::string_view::npos);
    FUZZ_CHECK(IsUtf8(value.owner) && IsUtf8(value.name) && IsUtf8(value.label));
    line = value.line;
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
  for (int language = 0; language <= static_cast<int>(SourceLanguage::kC); ++language) {
    ReadLogs(static_cast<SourceLanguage>(language), input);
  }
  static_cast<void>(gate_internal::IgnoreComments(input));
  if (const auto document = FromYaml<Json>(input, "a.yaml"); document.ok()) {
    Declarations declarations;
    declarations.Add(*document);
    static_cast<void>(declarations.Of("customer", "email"));
  }
}

}  // namespace privity
