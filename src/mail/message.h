// A mail message as bytes: RFC 5322 with MIME (RFC 2045–2047), text and HTML side by side, attachments with names in
// any script (RFC 2231, RFC 8187).
//
// Whatever is put in, what comes out has one header per line and only the headers asked for: a value with a line break
// or another control character is refused. Lines are at most 76 characters where the standard allows folding and end in
// CRLF; everything is 7-bit, so no server on the way has to change it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "mail/mailbox.h"

namespace privity {

struct MailAttachment {
  std::string file_name;                                // without folders
  std::string media_type = "application/octet-stream";  // "application/pdf"
  Bytes content;
};

struct MailMessage {
  Mailbox from;
  Mailbox to;
  std::optional<Mailbox> reply_to = {};
  std::string subject;
  std::string text;           // plain; any line ends
  std::string html = {};      // a whole page, or empty
  std::string language = {};  // Content-Language
  std::string message_id;     // without brackets: "…@example.org"; the same for every attempt at one message
  Instant date{};
  // Written by a program, so that holiday notices are not answered (RFC 3834).
  bool is_automatic = true;
  // An https address that unsubscribes by POST without asking (RFC 8058).
  std::optional<std::string> unsubscribe_url = {};
  std::vector<MailAttachment> attachments = {};
};

// mail.header_invalid{header}.
Result<std::string> ComposeMail(const MailMessage& message);

}  // namespace privity
