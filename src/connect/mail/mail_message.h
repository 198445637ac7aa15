// A message of mail (RFC 5322, with MIME by RFC 2045 to 2047 and 2231) as the cells of a record.
//
// Fields: the addresses of its headers ("from_email", "to_email", each with its "..._name"), "subject", "date", what
// tells where it came from ("received", "x_originating_ip"), the names of what is attached ("attachment"), and each
// part that is text
// ("body", HTML without its tags). What is attached is not looked into, but a message that is attached is. Text arrives
// as UTF-8 whatever it was sent in; what cannot be read so arrives as bytes.
//
// Nothing that a sender can write is an error: a message that is no message has a body only.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "connect/connector.h"

namespace privity::connect_internal {

// The field that names a message in its mailbox.
inline constexpr std::string_view kMessageKey = "@message";

// Every field that a message can have, without the key.
std::vector<std::string> MailFields();

// The fields and the key of a mailbox, whose messages are its records.
Collection MailCollection(std::string name);

// What no kind of mailbox can, and what this one cannot besides.
CapabilitySheet MailSheet(std::map<Capability, std::string> besides);

class MailMessage {
 public:
  // Appends to `cells`, which borrow from `raw` and from this until the next call. `is_cut`: the end of `raw` is
  // missing.
  void Fill(std::string_view raw, bool is_cut, std::vector<FieldCell>& cells);

 private:
  struct Part;
  void AddHeader(std::string_view name, const std::string& value, std::vector<FieldCell>& cells);
  void AddPart(std::string_view raw, int depth, std::vector<FieldCell>& cells);
  void AddParts(std::string_view body, const std::string& boundary, int depth, std::vector<FieldCell>& cells);
  void AddText(std::string text, std::string_view field, std::vector<FieldCell>& cells);

  std::deque<std::string> texts_;  // what cells point to
  std::vector<FieldCell> bodies_;  // they come last
  bool is_cut_ = false;
  int parts_left_ = 0;
};

// What names a message that no store names: its Message-ID, or else a hash of what does not change when it is read.
std::string MailKey(std::string_view raw);

// The first header of that name (lower case), unfolded; "" when there is none.
std::string MailHeader(std::string_view raw, std::string_view name);

// "From" of a header in any case: the addresses in it, in order. RFC 5322 section 3.4, with groups and comments.
struct MailAddress {
  std::string address;  // may be "", when there is only a name
  std::string name;     // decoded
};
std::vector<MailAddress> ParseMailAddresses(std::string_view value);

// RFC 2047: "=?utf-8?Q?Zo=C3=AB?=" is "Zoë".
std::string DecodeMailWords(std::string_view value);

// Text in a character set of the IANA registry as UTF-8; unchanged when the set is not one of those that mail is
// written in, or when the text is broken.
std::string MailTextToUtf8(std::string text, std::string_view charset);

// Cuts what is too long, names the message and hands it on.
Status TakeMessage(const std::string& key, std::string_view raw, bool is_cut, std::size_t cell_bytes_max,
                   RecordSink& sink);
// Whether the record that TakeMessage would hand on has all these values.
bool MessageHas(const std::string& key, std::string_view raw, const std::vector<FieldValue>& values);

}  // namespace privity::connect_internal
