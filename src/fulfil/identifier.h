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
#include <functional>
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

// Called for everything in a text that MentionsIn could find of somebody, as the text spells it: an address, a run of
// at least seven digits. What it names may be anything.
using OnMentionable = std::function<void(std::string_view space, std::string_view value)>;
void ForEachMentionable(std::string_view text, const OnMentionable& each);

// Where a text says one of the full names of a person ("Ana Ruiz", "RUIZ, Ana"; ASCII letters in either case), as
// MentionsIn does. A name is no proof of who is meant: others bear it too.
std::vector<CharacterSpan> FullNamesIn(std::string_view text, std::span<const std::string> names);
// Of a text that is about the person: their full names, and each of their words of at least three letters, as it is
// spelled or in capitals.
std::vector<CharacterSpan> NamesIn(std::string_view text, std::span<const std::string> names);

// Sorted and without overlap, whatever the two were to each other.
std::vector<CharacterSpan> Joined(std::vector<CharacterSpan> spans, const std::vector<CharacterSpan>& more);

// The text with each span replaced. Spans are in code points, sorted, without overlap.
std::string ReplaceSpans(std::string_view text, std::span<const CharacterSpan> spans, std::string_view replacement);

}  // namespace privity
