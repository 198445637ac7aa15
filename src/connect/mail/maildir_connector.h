// Mailboxes as folders in Maildir format (cr.yp.to/proto/maildir.html): maildir:///home/ana/Maildir. The folder itself
// is the collection "INBOX"; every other one inside it (Maildir++ ".Archive", or plain folders) is named by its path.
// Each message is a record (mail_message.h), named by its file without the marks behind ":". Links are not followed.
//
// Deleting removes the file.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& MaildirKind();

}  // namespace privity
