// Which collections of a store are people: whose records each are one customer or employee, not something about one.
//
// The walk of an erasure stops at a person's record that is not the one asked about, so this decides whose records are
// whose (fulfil/walk.h). It goes by the collection's name in several languages, and by what its fields hold. In doubt a
// collection with a name and further facts of a person is one: then too little is found, which the sweep shows, rather
// than somebody else's record changed. Pure functions, safe to call from many threads.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "fulfil/subject_map.h"

namespace privity {

// A Fideslang data subject, "customer" or "employee"; "" when records are no people. `fields` with their categories.
std::string SubjectKindOf(std::string_view collection, std::span<const MappedField> fields);

}  // namespace privity
