// Reads a YAML document for the decoder (internal/decoder.h): yaml-cpp's events, flattened, with aliases followed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/internal/decoder.h"
#include "base/yaml.h"

namespace privity::internal {

struct YamlEvent {
  enum class Kind { kScalar, kBeginArray, kEndArray, kBeginObject, kEndObject };
  Kind kind = Kind::kScalar;
  bool plain = false;  // a scalar without quotes: may be null, a boolean or a number
  std::string text;
  YamlPlace place;
};

// base.yaml_syntax, base.yaml_too_large. An empty document is one null.
Result<std::vector<YamlEvent>> ReadYamlEvents(std::string_view text, std::string_view file_name,
                                              const YamlOptions& options);
YamlPlaces PlacesOf(const std::vector<YamlEvent>& events);

class YamlSource {
 public:
  // Borrows `events`, whose arrays and objects are balanced.
  YamlSource(const std::vector<YamlEvent>& events, std::string_view file_name)
      : events_(events), file_name_(file_name) {}

  Shape Peek();
  bool TakeNull();
  bool TakeBool(bool& value);
  bool TakeNumber(std::string_view& digits);
  bool TakeText(std::string_view& text);
  bool BeginArray() { return Take(YamlEvent::Kind::kBeginArray); }
  bool NextElement() { return !Take(YamlEvent::Kind::kEndArray); }
  bool BeginObject() { return Take(YamlEvent::Kind::kBeginObject); }
  bool NextMember(std::string_view& key);

  // Every fault of the document itself was found while its events were read.
  bool failed() const { return false; }
  Error TakeError() { return Error("base.yaml_syntax"); }
  Error AddPlace(Error error) const;

 private:
  const YamlEvent& Look();
  bool Take(YamlEvent::Kind kind);

  const std::vector<YamlEvent>& events_;
  std::string_view file_name_;
  std::size_t at_ = 0;
  std::size_t token_ = 0;
};

// Adds file, place, line and column.
Error AddYamlPlace(Error error, std::string_view file_name, const YamlPlace& place);

}  // namespace privity::internal
