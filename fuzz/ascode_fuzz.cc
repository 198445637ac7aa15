// Files of the register that people and other programs write.
#include "fuzz/fuzz_target.h"

#include "ascode/fides.h"
#include "ascode/yaml.h"
#include "base/yaml.h"
#include "datamap/retention.h"

namespace privity {
namespace {

std::string Written(const MapFile& file) {
  const auto value = ParseJson(ToJson(file));
  FUZZ_CHECK(value.ok());
  return ToYaml(*value);
}

// What was read and written out again reads as the same.
void ReadFile(std::string_view input) {
  YamlPlaces places;
  const auto file = FromYaml<MapFile>(input, "map.yaml", {.size_bytes_max = 64 << 10, .places = &places});
  if (!file.ok()) return;
  const std::string written = Written(*file);
  const auto again = FromYaml<MapFile>(written, "again.yaml", {});
  // A text that is needed and empty is left out when it is written.
  if (again.ok()) FUZZ_CHECK(Written(*again) == written);
}

void CountDays(std::string_view input) {
  const auto retention = FromJson<Retention>(input);
  if (!retention.ok()) return;
  const std::chrono::sys_days today(std::chrono::year(2026) / 3 / 31);
  FUZZ_CHECK(OldestKept(*retention, today) < today);
}

}  // namespace

PRIVITY_FUZZ_TARGET(ascode) {
  if (input.size() > 64 << 10) return;
  ReadFile(input);
  CountDays(input);
  for (const char c : KeyOf(input)) FUZZ_CHECK(c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
}

}  // namespace privity
