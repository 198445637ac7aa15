// How a letter leaves: handed to a mail server, or written as a file into a folder, for trying Privity out where
// nothing shall be sent.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "mail/mailbox.h"
#include "net/resolver.h"
#include "net/smtp.h"

namespace privity {

// Letters stay in it, as RFC 5322 has them, in files "<name>.eml" that the server's own user alone may read: they hold
// addresses, links and one-time codes.
struct LetterFolder {
  std::filesystem::path path;
};

struct MailSettings {
  std::variant<SmtpServer, LetterFolder> way;
  Mailbox from;
};

// `name`: of the file; a letter that is posted again replaces its own. Errors: those of SendSmtp and WriteFileDurably.
Result<SmtpReply> PostLetter(const Resolver& resolver, const MailSettings& settings, std::string_view to,
                             std::string_view message, const std::string& name, const std::stop_token& stop = {});

}  // namespace privity
