// Single values of a person's records, replaced: the right value in place of a wrong one (GDPR Art. 16), a flag that
// the store's own programs heed (Art. 18, 21, 7(3)).
//
// A wrong value is looked for in every record that the walk found, in every field of its category, and below and above
// it in the taxonomy: a field of "user" may hold an address. Equal is what is the same after Normalization of its kind
// (fulfil/identifier.h), otherwise without white space around it. Keys and references are never changed: the store
// would no longer fit together, and the plan names them. Each change names the value that it replaces, and the store
// makes it only while that value stands there.
//
// A system that can only be asked (connect/person_order.h) has one record, whatever it holds, and is told what is
// wanted as it stands in the plan.
//
// Restricted records go where restricted ones stand, where their collection has such a place (MappedCollection::
// quarantine), unless a record that does not go with them refers to them: the store would no longer fit together. Then
// they get the flags that the collection has; without any, the plan says that nothing can be done.
//
// Cost: one Find for each record of the person in a collection that has such a field. Errors: connect.cancelled. A
// store that does not answer stands in ErasurePlan::not_read.
#pragma once

#include <map>
#include <string>

#include "fulfil/plan.h"

namespace privity {

// The walk's records that hold a value to be replaced, and what replaces it. Collections where nothing can be changed
// are part of it, with `not_covered`.
Result<ErasurePlan> MakeChangePlan(const SubjectMap& map, const Walk& walk, const std::map<std::string, bool>& writable,
                                   OpenStores& stores, const WantedChanges& wanted);

// What puts back the values that a plan of kChange replaced, where they still stand as it left them.
ErasurePlan ReverseOf(const ErasurePlan& plan);

}  // namespace privity
