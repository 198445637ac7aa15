// The lines in which a mail server answers (RFC 5321 section 4.2).
#pragma once

#include <optional>
#include <string_view>

#include "net/smtp.h"

namespace privity::internal {

// The codes at the front of one line, without its words, which often repeat the recipient's address. Nothing when the
// line does not begin with three digits.
std::optional<SmtpReply> ReadSmtpReplyLine(std::string_view line);

}  // namespace privity::internal
