// The schema of a described type, as OpenAPI 3.1 has it (JSON Schema draft 2020-12): members, types, what is required,
// limits and words from FieldNote. Structs and enums become components, named as in C++; two different types of one
// name are our own bug.
//
//   JsonSchemas schemas;
//   Json schema = schemas.Of(TypeOf<Purpose>());   // {"$ref": "#/components/schemas/Purpose"}
//   schemas.components()["Purpose"] ...
//
// An optional member may be missing or null. A Secret is writeOnly. Objects accept no members beyond those listed.
#pragma once

#include <map>
#include <string_view>

#include "base/json.h"
#include "base/type_table.h"

namespace privity {

// Not for several threads at once.
class JsonSchemas {
 public:
  // The schema of a type; what it refers to is added to components().
  Json Of(const TypeInfo& type);
  const Json& components() const { return components_; }

 private:
  Json OfMember(const FieldInfo& field);
  Json OfStruct(const StructInfo& info);
  Json Reference(const TypeInfo& type);

  Json components_ = Json::Object();
  std::map<std::string_view, const TypeInfo*> types_;
};

}  // namespace privity
