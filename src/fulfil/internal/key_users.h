// Who else uses a key of sealed fields, also where no reference of the map tells: records of others that name the key
// record by its key or its number, and other key records with the same key. In doubt there are some.
//
// A field names a key record when it has the key record's value and is called like keys are ("key_id", not
// "key_version"), has the name of the key record's own field, or says so in every record of the person. Bytes are not
// looked for by their value.
#pragma once

#include <functional>
#include <vector>

#include "fulfil/internal/record_finder.h"

namespace privity {

using IsTheirs = std::function<bool(std::size_t collection, const FoundRow& row)>;

// Key records of the walk that somebody else uses stay; each such use is a boundary. `rows` are those of
// Walk::records. `theirs_beside`: how many records may be theirs besides. Error: connect.cancelled.
Status LookForKeyUsers(RecordFinder& finder, Walk& walk, const std::vector<FoundRow>& rows, const IsTheirs& is_theirs,
                       std::int64_t theirs_beside = 0);

}  // namespace privity
