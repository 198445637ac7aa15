#include "base/json_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/id.h"

namespace privity {
namespace {

struct StepTag {};
enum class StepState { kOpen, kDone };
PRIVITY_DESCRIBE_ENUM(StepState, kOpen, kDone)

struct Step {
  Id<StepTag> id;
  std::string title;
  std::optional<std::string> note;
  StepState state = StepState::kOpen;
  std::optional<StepState> before;
  std::int32_t order = 0;
  std::uint64_t revision = 0;
  std::int64_t bytes = 0;
  std::vector<std::string> labels;
  std::map<std::string, double> weights;
  std::vector<Step> steps;
  Instant created_at;
  Bytes digest;
  std::optional<SecretString> pin;
  Json details;
};
PRIVITY_DESCRIBE(Step, (id, title, note, state, before, order, revision, bytes, labels, weights, steps, created_at,
                        digest, pin, details))
inline std::vector<FieldNote> FieldNotes(const Step*) {
  return {{.name = "id", .read_only = true},
          {.name = "title",
           .description = "What is to be done.",
           .example = "Ask the owner",
           .min_length = 1,
           .max_length = 200},
          {.name = "order", .example = "3", .minimum = 1, .maximum = 99, .defaulted = true},
          {.name = "labels", .format = "slug", .max_length = 8}};
}

TEST(JsonSchema, IsOpenApi31) {
  JsonSchemas schemas;
  EXPECT_EQ(ToJson(schemas.Of(TypeOf<Step>())), R"({"$ref":"#/components/schemas/Step"})");
  const Json& step = schemas.components()["Step"];
  const Json& properties = step["properties"];
  const std::pair<std::string_view, std::string_view> expected[] = {
      {"id", R"({"type":"string","format":"uuid","readOnly":true})"},
      {"title",
       R"({"type":"string","minLength":1,"maxLength":200,"description":"What is to be done.","examples":["Ask the owner"]})"},
      {"note", R"({"type":["string","null"]})"},
      {"state", R"({"$ref":"#/components/schemas/StepState"})"},
      {"before", R"({"anyOf":[{"$ref":"#/components/schemas/StepState"},{"type":"null"}]})"},
      {"order", R"({"type":"integer","minimum":1,"maximum":99,"examples":[3]})"},
      {"bytes", R"({"type":"integer","format":"int64"})"},
      {"revision", R"({"type":"integer","minimum":0,"format":"int64"})"},
      {"labels",
       R"({"type":"array","items":{"type":"string","pattern":"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},"maxItems":8})"},
      {"weights", R"({"type":"object","additionalProperties":{"type":"number"}})"},
      {"steps", R"({"type":"array","items":{"$ref":"#/components/schemas/Step"}})"},
      {"created_at", R"({"type":"string","format":"date-time"})"},
      {"digest", R"({"type":"string","contentEncoding":"base64"})"},
      {"pin", R"({"type":["string","null"],"format":"password","writeOnly":true})"},
      {"details", "{}"},
  };
  for (const auto& [name, schema] : expected) EXPECT_EQ(ToJson(properties[name]), schema) << name;
  EXPECT_EQ(properties.members()->size(), std::size(expected));
  EXPECT_EQ(ToJson(step["required"]),
            R"(["id","title","state","revision","bytes","labels","weights","steps","created_at","digest","details"])");
  EXPECT_EQ(step["additionalProperties"].BooleanOr(true), false);
  EXPECT_EQ(ToJson(schemas.components()["StepState"]), R"({"type":"string","enum":["open","done"]})");
}

}  // namespace
}  // namespace privity
