// Mailboxes on a server (IMAP4rev1, RFC 3501): imaps://ana@mail.example.org with TLS from the first byte, imap://
// without any, which only `sslmode=disable` allows to other machines. A path names one mailbox, and those below it:
// imaps://ana@mail.example.org/Archive. Each mailbox is a collection and each message a record (mail_message.h), named
// by "UIDVALIDITY.UID", which a server never gives twice. Reading marks nothing as read (EXAMINE, BODY.PEEK).
//
// Deleting marks that one message and takes it out for good (UID EXPUNGE, RFC 4315; refused where the server lacks it,
// for without it every other marked message would go along).
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& ImapKind();

}  // namespace privity
