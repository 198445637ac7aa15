#include "store/internal/check_values.h"

#include <cmath>
#include <cstring>

namespace privity::store_internal {

namespace {

Error Refused(std::size_t index, std::string_view problem) {
  return Error("store.value_refused",
               {{"parameter", "$" + std::to_string(index + 1)}, {"problem", std::string(problem)}});
}

// Length in bytes of the sequence at the start of `text`, or 0 when it is not well formed.
std::size_t SequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  if (lead == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
  if (lead == 0xED && byte(1) > 0x9F) return 0;  // surrogate
  if (lead == 0xF0 && byte(1) < 0x90) return 0;  // overlong
  if (lead == 0xF4 && byte(1) > 0x8F) return 0;  // above U+10FFFF
  return length;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

Status CheckValues(std::span<const SqlValue> params) {
  for (std::size_t i = 0; i < params.size(); ++i) {
    const SqlValue::Variant& value = params[i].variant();
    if (const double* number = std::get_if<double>(&value); number != nullptr && std::isnan(*number)) {
      return Refused(i, "nan");
    }
    if (const std::string* text = std::get_if<std::string>(&value)) {
      if (text->find('\0') != std::string::npos) return Refused(i, "nul");
      if (!IsUtf8(*text)) return Refused(i, "not_utf8");
    }
  }
  return Ok();
}

}  // namespace privity::store_internal
