// The new letters of a mailbox, for who answers letters: what a person reads of each, and what tells people from
// machines.
//
// Nothing in the mailbox is changed; nothing that a sender can write is an error.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "connect/connector.h"

namespace privity {

// Of a longer letter the rest is left unread.
inline constexpr std::size_t kLetterBytesMax = 1 << 20;
inline constexpr std::size_t kLetterTextBytesMax = 8'000;

struct MailLetter {
  std::string id;    // its Message-ID, or a hash of what it says
  std::string from;  // the address; "" when it names none or several
  std::string from_name;
  std::string subject;
  std::string text;  // UTF-8; of several parts the first that says something
  std::int64_t attachments = 0;
  // Written by a program: Auto-Submitted (RFC 3834), a bounce (RFC 3464, RFC 5321 section 4.5.5), a list or bulk letter
  // (RFC 2919, RFC 2369, Precedence), an address that takes no answers.
  bool is_automatic = false;
  bool is_cut = false;  // there is more of it in the mailbox
};
MailLetter ReadLetter(std::string_view raw, bool is_cut);

// How far a mailbox was read (RFC 3501 section 2.3.1.1).
struct MailboxMark {
  std::int64_t validity = 0;
  std::int64_t next_uid = 1;
};

// A connector that knows which letters are new.
class LetterReader {
 public:
  virtual ~LetterReader() = default;
  // Hands on at most `at_most` letters behind the mark, the oldest first; answers how far it came. Without a mark
  // nothing is read: what is new begins now. A mailbox that was numbered anew is read from its beginning. An error of
  // `on_letter` ends the reading. Errors: those of connectors.
  virtual Result<MailboxMark> ReadLetters(const std::string& mailbox, const std::optional<MailboxMark>& behind,
                                          std::int64_t at_most,
                                          const std::function<Status(const MailLetter&)>& on_letter) = 0;
};

// The connector as one of these; nullptr for a store that is none.
LetterReader* AsLetterReader(Connector& connector);

}  // namespace privity
