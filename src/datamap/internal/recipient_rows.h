// How recipients stand in the store, for those who make them and those who name them.
#pragma once

#include "datamap/recipients.h"

namespace privity {

// A new recipient with its first version and its entry; nobody has that name.
Result<RecipientId> InsertRecipient(const DatamapWorld& world, WriteTx& tx, const Caller& caller,
                                    const RecipientRequest& request);

// A record for everybody whom the activity names and who has none.
Status RecordRecipientsOf(const DatamapWorld& world, WriteTx& tx, const Caller& caller,
                          const ActivityRequest& activity);

}  // namespace privity
