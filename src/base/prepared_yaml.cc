#include "base/prepared_yaml.h"

#include <cstdint>
#include <cstring>
#include <optional>

#include "base/internal/decoder.h"
#include "base/internal/yaml_source.h"

namespace privity {
namespace {

using internal::YamlEvent;

// Before each event's text; in the byte order of the machine that builds and runs it.
struct EventHead {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t text_bytes = 0;
  std::uint8_t kind = 0;
  bool plain = false;
  std::uint16_t unused = 0;
};
static_assert(sizeof(EventHead) == 16);

// Nothing when the bytes end too early or name no kind.
std::optional<YamlEvent> TakeEvent(std::string_view& bytes) {
  EventHead head;
  if (bytes.size() < sizeof head) return std::nullopt;
  std::memcpy(&head, bytes.data(), sizeof head);
  bytes.remove_prefix(sizeof head);
  if (bytes.size() < head.text_bytes || head.kind > static_cast<int>(YamlEvent::Kind::kEndObject)) return std::nullopt;
  YamlEvent event{.kind = static_cast<YamlEvent::Kind>(head.kind),
                  .plain = head.plain,
                  .text = std::string(bytes.substr(0, head.text_bytes)),
                  .place = {static_cast<int>(head.line), static_cast<int>(head.column)}};
  bytes.remove_prefix(head.text_bytes);
  return event;
}

}  // namespace

Result<std::string> PrepareYaml(std::string_view text, std::string_view file_name) {
  PRIVITY_TRY(const auto events, internal::ReadYamlEvents(text, file_name, {}));
  std::string bytes;
  for (const YamlEvent& event : events) {
    const EventHead head{.line = static_cast<std::uint32_t>(event.place.line),
                         .column = static_cast<std::uint32_t>(event.place.column),
                         .text_bytes = static_cast<std::uint32_t>(event.text.size()),
                         .kind = static_cast<std::uint8_t>(event.kind),
                         .plain = event.plain};
    bytes.append(reinterpret_cast<const char*>(&head), sizeof head).append(event.text);
  }
  return bytes;
}

Status DecodePreparedYaml(const TypeInfo& type, std::string_view prepared, std::string_view file_name, void* out) {
  std::vector<YamlEvent> events;
  events.reserve(prepared.size() / (2 * sizeof(EventHead)));  // texts are rarely longer than their heads
  while (!prepared.empty()) {
    auto event = TakeEvent(prepared);
    if (!event) return Error("base.yaml_syntax", {{"problem", "bytes that are no prepared file"}});
    events.push_back(*std::move(event));
  }
  if (events.empty()) return Error("base.yaml_syntax", {{"problem", "bytes that are no prepared file"}});
  internal::YamlSource source(events, file_name);
  return internal::Decoder(source, internal::Missing::kRefused).Decode(type, out);
}

}  // namespace privity
