// YAML: whatever is read has a place for every value and prints as JSON that reads back the same; nothing grows beyond
// its limit.
#include "base/json.h"
#include "base/yaml.h"
#include "fuzz/fuzz_target.h"

namespace privity {

PRIVITY_FUZZ_TARGET(yaml) {
  YamlPlaces places;
  const auto json =
      FromYaml<Json>(input, "f.yaml", {.size_bytes_max = 64 * 1024, .values_max = 10'000, .places = &places});
  if (!json.ok()) {
    FUZZ_CHECK(!json.error().Parameter("place").empty());
    return;
  }
  FUZZ_CHECK(places.contains(""));
  const std::string text = ToJson(*json);
  const auto again = ParseJson(text, {.size_bytes_max = text.size(), .depth_max = 1000});
  FUZZ_CHECK(again.ok());
  FUZZ_CHECK(ToJson(*again) == text);
}

}  // namespace privity
