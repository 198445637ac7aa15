// What a person is known by, proven before anything is looked for: an address, a telephone number, a number that one of
// the company's systems gave them.
//
// Normalization: "email" is trimmed and its ASCII letters folded; "phone" keeps its digits, an international prefix
// "00" is dropped; numbers of any other space are trimmed. A local number is not taken for an international one: that
// would need the country, and a wrong guess finds somebody else. Stores are asked by equality, in the
// few spellings of SpellingsOf: an address in capitals, or a number that a store spells with spaces, is not found that
// way. Pure functions, safe to call from many threads.
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/type_table.h"
#include "connect/connector.h"

namespace privity {

struct SubjectIdentifier {
  std::string space{};  // "email", "phone", or one of a dataset (MappedField::identifier)
  std::string value{};
  auto operator<=>(const SubjectIdentifier&) const = default;
};
PRIVITY_DESCRIBE(SubjectIdentifier, (space, value))

// Whether the space means the same in every dataset.
bool IsGlobalSpace(std::string_view space);

std::string NormalizeIdentifier(std::string_view space, std::string_view value);
// How a store may spell it, the given spelling first: what is asked for by equality.
std::vector<std::string> SpellingsOf(const SubjectIdentifier& identifier);
// Whether a value of a field of that space is one of these.
bool IsAmong(std::span<const SubjectIdentifier> identifiers, std::string_view space, std::string_view value);

// Where a text names the person by an address or a telephone number (of at least seven digits), in code points, sorted
// and without overlap. Numbers of other spaces are too common in texts to be looked for there.
std::vector<CharacterSpan> MentionsIn(std::string_view text, std::span<const SubjectIdentifier> identifiers);

// The text with each span replaced. Spans are in code points, sorted, without overlap.
std::string ReplaceSpans(std::string_view text, std::span<const CharacterSpan> spans, std::string_view replacement);

}  // namespace privity
