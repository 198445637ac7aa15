#include "store/internal/check_values.h"

#include <cmath>

#include "base/utf8.h"

namespace privity::store_internal {

namespace {

Error Refused(std::size_t index, std::string_view problem) {
  return Error("store.value_refused",
               {{"parameter", "$" + std::to_string(index + 1)}, {"problem", std::string(problem)}});
}

}  // namespace

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
