// Changing single values of a JSON text and no other byte of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace privity::connect_internal {

// The end of the value at the front of `text`; npos when the text ends before it does.
std::size_t JsonValueEnd(std::string_view text);

// The text of one JSON object (valid, RFC 8259) with another value at `path`, which leads through objects
// ("address.street"); null for no value. A path that is not there is added as a member. Numbers stay numbers where the
// new value is one. Nothing when the path leads through a list, or to an object or a list.
std::optional<std::string> WithJsonValue(std::string_view object, std::string_view path,
                                         const std::optional<std::string>& value);

}  // namespace privity::connect_internal
