#include "base/json_schema.h"

#include "base/text_format.h"

namespace privity {
namespace {

Json TextSchema(std::string_view format) {
  Json schema = Json::Object({{"type", "string"}});
  if (!format.empty()) schema.Set("format", format);
  return schema;
}

Json IntegerSchema(const TypeInfo& type) {
  Json schema = Json::Object({{"type", "integer"}});
  if (type.size_bytes == 8) {
    if (!type.is_signed) schema.Set("minimum", 0);
    return schema.Set("format", "int64");
  }
  const int bits = static_cast<int>(type.size_bytes) * 8 - (type.is_signed ? 1 : 0);
  const std::int64_t highest = (std::int64_t{1} << bits) - 1;
  return schema.Set("minimum", type.is_signed ? -highest - 1 : 0).Set("maximum", highest);
}

// OpenAPI 3.1: null is one more type, or, beside a reference, one more alternative.
Json Nullable(Json schema) {
  if (const std::string* type = schema["type"].string()) {
    schema.Set("type", Json::Array({*type, "null"}));
    return schema;
  }
  if (!schema.Has("$ref")) return schema;  // any value: null is among them
  return Json::Object({{"anyOf", Json::Array({schema, Json::Object({{"type", "null"}})})}});
}

void ApplyText(const FieldNote& note, Json& schema) {
  if (note.format.empty()) return;
  const TextFormat* format = FindTextFormat(note.format);
  Invariant(format != nullptr, "a FieldNote names a text format that base/text_format.h does not list");
  Json* items = nullptr;
  if (Json::Members* members = schema.members()) {
    for (auto& member : *members) items = member.key == "items" ? &member.value : items;
  }
  Json& text = items != nullptr ? *items : schema;
  if (!format->schema_format.empty()) text.Set("format", format->schema_format);
  if (!format->schema_pattern.empty()) text.Set("pattern", format->schema_pattern);
}

void ApplyLimits(const FieldNote& note, TypeKind kind, Json& schema) {
  const bool list = kind == TypeKind::kVector;
  const bool map = kind == TypeKind::kMap;
  if (note.min_length) schema.Set(list ? "minItems" : map ? "minProperties" : "minLength", *note.min_length);
  if (note.max_length) schema.Set(list ? "maxItems" : map ? "maxProperties" : "maxLength", *note.max_length);
  if (note.minimum) schema.Set("minimum", *note.minimum);
  if (note.maximum) schema.Set("maximum", *note.maximum);
}

// An example is JSON (7, ["a"]), except that a text stands without quotes.
Json Example(const FieldNote& note, const Json& schema) {
  auto parsed = ParseJson(note.example);
  const bool is_text = schema["type"].StringOr("") == "string";
  return is_text || !parsed.ok() ? Json(note.example) : *std::move(parsed);
}

Json EnumSchema(const TypeInfo& type) {
  Json values = Json::Array();
  for (const auto& enumerator : type.enumerators()) values.Push(enumerator.text);
  return Json::Object({{"type", "string"}, {"enum", std::move(values)}});
}

}  // namespace

Json JsonSchemas::OfMember(const FieldInfo& field) {
  const TypeInfo& inside = field.type->kind == TypeKind::kOptional ? *field.type->element : *field.type;
  Json schema = Of(inside);
  if (field.note != nullptr) {
    ApplyText(*field.note, schema);
    ApplyLimits(*field.note, inside.kind, schema);
  }
  if (field.type->kind == TypeKind::kOptional) schema = Nullable(std::move(schema));
  if (IsSecret(*field.type)) schema.Set("writeOnly", true);
  if (field.note == nullptr) return schema;
  if (!field.note->description.empty()) schema.Set("description", field.note->description);
  if (!field.note->example.empty()) schema.Set("examples", Json::Array({Example(*field.note, schema)}));
  if (field.note->read_only) schema.Set("readOnly", true);
  return schema;
}

Json JsonSchemas::OfStruct(const StructInfo& info) {
  Json properties = Json::Object();
  Json required = Json::Array();
  for (const auto& field : info.fields()) {
    properties.Set(field.name, OfMember(field));
    const bool defaulted = field.note != nullptr && field.note->defaulted;
    if (field.type->kind != TypeKind::kOptional && !defaulted) required.Push(field.name);
  }
  Json schema =
      Json::Object({{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}});
  if (!required.items()->empty()) schema.Set("required", std::move(required));
  return schema;
}

Json JsonSchemas::Reference(const TypeInfo& type) {
  const auto [known, fresh] = types_.emplace(type.name, &type);
  Invariant(known->second == &type, "two described types have one name: the API needs two");
  if (fresh) {
    components_.Set(type.name, Json::Object());  // takes its place first: a struct may contain itself
    components_.Set(type.name, type.kind == TypeKind::kEnum ? EnumSchema(type) : OfStruct(type.structure()));
  }
  return Json::Object({{"$ref", "#/components/schemas/" + std::string(type.name)}});
}

Json JsonSchemas::Of(const TypeInfo& type) {
  switch (type.kind) {
    case TypeKind::kBool:
      return Json::Object({{"type", "boolean"}});
    case TypeKind::kInt:
      return IntegerSchema(type);
    case TypeKind::kDouble:
      return Json::Object({{"type", "number"}});
    case TypeKind::kString:
      return TextSchema("");
    case TypeKind::kInstant:
    case TypeKind::kText:
      return TextSchema(type.name == "text" ? "" : type.name);
    case TypeKind::kSecret:
      return type.name == "base64" ? TextSchema("").Set("contentEncoding", "base64") : TextSchema("password");
    case TypeKind::kBytes:
      return TextSchema("").Set("contentEncoding", "base64");
    case TypeKind::kEnum:
      return Reference(type);
    case TypeKind::kJson:
      return Json::Object();
    case TypeKind::kOptional:
      return Nullable(Of(*type.element));
    case TypeKind::kVector:
      return Json::Object({{"type", "array"}, {"items", Of(*type.element)}});
    case TypeKind::kMap:
      return Json::Object({{"type", "object"}, {"additionalProperties", Of(*type.element)}});
    case TypeKind::kStruct:
      return Reference(type);
  }
  return Json::Object();
}

}  // namespace privity
