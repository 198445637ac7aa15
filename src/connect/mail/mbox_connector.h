// Mailboxes as files in mbox format: mbox:///var/mail/ana, or a folder of them, mbox:///srv/archive. Each file is a
// collection, named by its path in the folder, and each message is a record (mail_message.h). Links are not followed.
//
// A message is named by its Message-ID, or by a hash when it has none. Deleting takes out every copy of it: the file is
// rewritten beside itself, every other byte as it was, and put in its place. Meanwhile it is locked in all three ways
// that are in use (flock, fcntl, and a file "name.lock" beside it), against programs that deliver mail.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& MboxKind();

}  // namespace privity
