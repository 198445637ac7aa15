#include "base/yaml.h"

#include "base/internal/decoder.h"
#include "base/internal/yaml_source.h"

namespace privity {

Status DecodeYaml(const TypeInfo& type, std::string_view text, std::string_view file_name, void* out,
                  const YamlOptions& options) {
  PRIVITY_TRY(const auto events, internal::ReadYamlEvents(text, file_name, options));
  if (options.places != nullptr) *options.places = internal::PlacesOf(events);
  internal::YamlSource source(events, file_name);
  internal::Decoder decoder(
      source, options.missing_keeps_default ? internal::Missing::kKeepsDefault : internal::Missing::kRefused);
  return decoder.Decode(type, out);
}

}  // namespace privity
