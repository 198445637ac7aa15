// What every reader of outside text does alike: storing a text in a member, suggesting a name, spelling a pointer.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text_format.h"
#include "base/type_table.h"

namespace privity::internal {

// Parses `text` into a kString, kInstant, kBytes, kText, kSecret or kEnum.
// base.value_wrong_format{format}, base.value_not_accepted{accepted}.
Status StoreText(const TypeInfo& type, std::string_view text, void* out);
// Its spelling; not for kSecret.
std::string FormatText(const TypeInfo& type, const void* value);

// The name most like `wanted`, or "none" when none is near (a Levenshtein distance of up to a third of its length).
std::string NearestName(std::span<const std::string_view> names, std::string_view wanted);
std::string NearestMember(const StructInfo& info, std::string_view wanted);
// A member name from outside as an error may show it: at most 64 bytes, no control characters.
std::string ShownName(std::string_view name);
// RFC 6901 section 3: "~" and "/" inside a reference token.
std::string EscapePointer(std::string_view token);

}  // namespace privity::internal
