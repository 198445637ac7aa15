#include "connect/mail/imap_connector.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include "base/utf8.h"
#include "connect/internal/address_parts.h"
#include "connect/internal/even_parts.h"
#include "connect/internal/record_values.h"
#include "connect/mail/imap_session.h"
#include "connect/mail/letters.h"
#include "connect/mail/mail_message.h"

namespace privity {
namespace {

using connect_internal::CheckWritable;
using connect_internal::DecodeMailboxName;
using connect_internal::EncodeMailboxName;
using connect_internal::EvenParts;
using connect_internal::ImapPart;
using connect_internal::ImapReply;
using connect_internal::ImapSession;
using connect_internal::ImapToken;
using connect_internal::kMessageKey;
using connect_internal::MailCollection;
using connect_internal::MessageHas;
using connect_internal::Part;
using connect_internal::TakeMessage;
using connect_internal::ValueOf;

constexpr std::size_t kMailboxesMax = 100'000;
constexpr std::size_t kAskedAtOnce = 500;  // numbers of messages in one command
// What a sample reads of a message: headers and the start of its text.
constexpr std::size_t kSampleBytes = 256 << 10;

ImapPart Say(std::string text) {
  return {ImapPart::Kind::kSaid, std::move(text)};
}
ImapPart Text(std::string text) {
  return {ImapPart::Kind::kText, std::move(text)};
}

struct Mailbox {
  std::int64_t messages = 0;
  std::int64_t validity = 0;
  std::int64_t next_uid = 1;
};

// A message as FETCH gives it.
struct Fetched {
  std::int64_t uid = 0;
  std::int64_t size_bytes = 0;
  const std::string* raw = nullptr;
};

std::int64_t NumberOf(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Names and values come in pairs behind "FETCH (".
Fetched FetchedOf(const ImapReply& reply) {
  Fetched fetched;
  for (std::size_t at = 0; at + 1 < reply.tokens.size(); ++at) {
    const std::string& name = reply.tokens[at].text;
    const ImapToken& value = reply.tokens[at + 1];
    if (reply.tokens[at].kind != ImapToken::Kind::kAtom) continue;
    if (name == "UID") fetched.uid = NumberOf(value.text);
    if (name == "RFC822.SIZE") fetched.size_bytes = NumberOf(value.text);
    if (name.starts_with("BODY[]") && value.kind == ImapToken::Kind::kString) fetched.raw = &value.text;
  }
  return fetched;
}

class ImapConnector final : public Connector, public LetterReader {
 public:
  ImapConnector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver)
      : Connector(ImapKind(), url.Label()),
        url_(url),
        base_(url.path().empty() ? "" : url.path().substr(1)),
        options_(options),
        resolver_(resolver) {}

  Result<StoreSheet> Probe() override {
    PRIVITY_TRY_VOID(Open());
    return StoreSheet{.product = "IMAP", .version = "4rev1", .encrypted = session_->is_encrypted()};
  }
  Result<Description> Describe() override;
  Result<std::int64_t> Estimate(const Collection& collection) override {
    PRIVITY_TRY(const Mailbox mailbox, Enter(collection, "EXAMINE"));
    return mailbox.messages;
  }
  Result<std::vector<StreamRange>> Split(const Collection& collection, int parts) override;
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override;
  Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) override;
  Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) override;
  Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected) override;
  Result<MailboxMark> ReadLetters(const std::string& mailbox, const std::optional<MailboxMark>& behind,
                                  std::int64_t at_most,
                                  const std::function<Status(const MailLetter&)>& on_letter) override;

 private:
  using OnMessage = std::function<Status(const Fetched& message)>;

  Status Open() {
    if (session_ && !session_->is_lost()) return Ok();
    PRIVITY_TRY(session_, ImapSession::Open(url_, options_, resolver_));
    return Ok();
  }
  // Into the mailbox, with EXAMINE or SELECT.
  Result<Mailbox> Enter(const Collection& collection, const char* how);
  Status Fetch(const std::string& command, const std::string& numbers, const std::string& items,
               const std::string& place, const OnMessage& on_message);
  // The numbers (UIDs) of messages that may match; the caller looks.
  Result<std::vector<std::int64_t>> Search(const std::vector<FieldValue>& match, const std::string& place);
  std::string KeyOf(const Mailbox& mailbox, std::int64_t uid) const {
    return std::to_string(mailbox.validity) + "." + std::to_string(uid);
  }

  const ConnectionUrl url_;
  const std::string base_;
  const ConnectOptions options_;
  const Resolver& resolver_;
  std::unique_ptr<ImapSession> session_;
};

Result<Description> ImapConnector::Describe() {
  PRIVITY_TRY_VOID(Open());
  Description description;
  const auto take = [&](ImapReply& reply) -> Status {
    if (!reply.Is("LIST") || reply.tokens.size() < 3) return Ok();
    const bool is_folder_only = std::ranges::any_of(reply.tokens, [](const ImapToken& token) {
      return token.text == "\\Noselect" || token.text == "\\NonExistent";
    });
    if (is_folder_only) return Ok();
    const std::string& separator = reply.tokens[reply.tokens.size() - 2].text;
    const auto name = DecodeMailboxName(reply.tokens.back().text);
    if (!name) {
      description.unread.push_back(Error("connect.encoding", {{"store", label()}, {"place", "LIST"}}));
      return Ok();
    }
    if (!base_.empty() && *name != base_ && !name->starts_with(base_ + separator)) return Ok();
    if (description.collections.size() < kMailboxesMax) {
      description.collections.push_back(MailCollection(*name));
    } else if (description.collections.size() == kMailboxesMax) {
      description.unread.push_back(Error("connect.too_many", {{"store", label()}, {"place", *name}}));
    }
    return Ok();
  };
  PRIVITY_TRY_VOID(session_->Ask({Say("LIST"), Text(""), Text("*")}, "LIST", take));
  if (!base_.empty() && description.collections.empty()) {
    return Error("connect.database_missing", {{"store", label()}});
  }
  std::ranges::sort(description.collections, {}, &Collection::name);
  return description;
}

Result<Mailbox> ImapConnector::Enter(const Collection& collection, const char* how) {
  PRIVITY_TRY_VOID(Open());
  const std::string& name = collection.name.name;
  Mailbox mailbox;
  const Status entered =
      session_->Ask({Say(how), Text(EncodeMailboxName(name))}, name, [&](const ImapReply& reply) -> Status {
        if (reply.Is("EXISTS")) mailbox.messages = NumberOf(reply.tokens[0].text);
        mailbox.validity = reply.NumberBehind("UIDVALIDITY").value_or(mailbox.validity);
        mailbox.next_uid = reply.NumberBehind("UIDNEXT").value_or(mailbox.next_uid);
        return Ok();
      });
  if (entered.ok()) return mailbox;
  // Servers may say nothing but NO of a mailbox that is not there.
  const bool is_plain_no = entered.error().Is("connect.failed") && entered.error().Parameter("reason") == "NO";
  return is_plain_no ? Error("connect.missing", {{"store", label()}, {"place", name}}) : entered.error();
}

Status ImapConnector::Fetch(const std::string& command, const std::string& numbers, const std::string& items,
                            const std::string& place, const OnMessage& on_message) {
  return session_->Ask({Say(command), Say(numbers), Say(items)}, place, [&](const ImapReply& reply) -> Status {
    if (!reply.Is("FETCH")) return Ok();
    const Fetched fetched = FetchedOf(reply);
    return fetched.raw == nullptr || fetched.uid == 0 ? Ok() : on_message(fetched);
  });
}

Result<std::vector<StreamRange>> ImapConnector::Split(const Collection& collection, int parts) {
  PRIVITY_TRY(const Mailbox mailbox, Enter(collection, "EXAMINE"));
  std::vector<StreamRange> ranges;
  for (const Part& part : EvenParts(1, mailbox.next_uid - 1, parts)) {
    ranges.push_back({std::to_string(part.first), std::to_string(part.last + 1)});
  }
  if (ranges.empty()) return std::vector<StreamRange>{{}};
  ranges.front().from.clear();
  ranges.back().until.clear();
  return ranges;
}

Status ImapConnector::Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) {
  const std::string& name = collection.name.name;
  PRIVITY_TRY(const Mailbox mailbox, Enter(collection, "EXAMINE"));
  if (mailbox.messages == 0) return Ok();
  const std::int64_t first = range.from.empty() ? 1 : NumberOf(range.from);
  const std::int64_t behind = range.until.empty() ? 0 : NumberOf(range.until);
  const std::string numbers = std::to_string(first) + ":" + (behind == 0 ? "*" : std::to_string(behind - 1));
  return Fetch("UID FETCH", numbers, "(UID RFC822.SIZE BODY.PEEK[])", name, [&](const Fetched& message) -> Status {
    // "7:*" is the last message even when its number is below 7 (RFC 3501 section 6.4.8).
    if (message.uid < first || (behind != 0 && message.uid >= behind)) return Ok();
    const bool is_cut = static_cast<std::int64_t>(message.raw->size()) < message.size_bytes;
    return TakeMessage(KeyOf(mailbox, message.uid), *message.raw, is_cut, options_.cell_bytes_max, sink);
  });
}

Result<MailboxMark> ImapConnector::ReadLetters(const std::string& mailbox, const std::optional<MailboxMark>& behind,
                                               std::int64_t at_most,
                                               const std::function<Status(const MailLetter&)>& on_letter) {
  PRIVITY_TRY(const Mailbox entered, Enter(MailCollection(mailbox), "EXAMINE"));
  MailboxMark reached{.validity = entered.validity, .next_uid = entered.next_uid};
  if (!behind) return reached;
  const std::int64_t first = behind->validity == entered.validity ? behind->next_uid : 1;
  std::vector<std::int64_t> uids;
  PRIVITY_TRY_VOID(session_->Ask({Say("UID SEARCH UID " + std::to_string(first) + ":*")}, mailbox,
                                 [&](const ImapReply& reply) -> Status {
                                   if (!reply.Is("SEARCH")) return Ok();
                                   for (std::size_t at = 1; at < reply.tokens.size(); ++at) {
                                     const std::int64_t uid = NumberOf(reply.tokens[at].text);
                                     if (uid >= first) uids.push_back(uid);  // "7:*" has the last one in any case
                                   }
                                   return Ok();
                                 }));
  std::ranges::sort(uids);
  if (uids.size() > static_cast<std::size_t>(at_most)) {
    reached.next_uid = uids[static_cast<std::size_t>(at_most)];
    uids.resize(static_cast<std::size_t>(at_most));
  } else if (!uids.empty()) {
    reached.next_uid = std::max(reached.next_uid, uids.back() + 1);
  }
  const std::string items = "(UID RFC822.SIZE BODY.PEEK[]<0." + std::to_string(kLetterBytesMax) + ">)";
  for (const std::int64_t uid : uids) {
    PRIVITY_TRY_VOID(Fetch("UID FETCH", std::to_string(uid), items, mailbox, [&](const Fetched& message) -> Status {
      const bool is_cut = static_cast<std::int64_t>(message.raw->size()) < message.size_bytes;
      return on_letter(ReadLetter(*message.raw, is_cut));
    }));
  }
  return reached;
}

Status ImapConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  const std::string& name = collection.name.name;
  PRIVITY_TRY(const Mailbox mailbox, Enter(collection, "EXAMINE"));
  const std::int64_t wanted = std::min(mailbox.messages, limits.records_max);
  const std::string items = "(UID RFC822.SIZE BODY.PEEK[]<0." + std::to_string(kSampleBytes) + ">)";
  for (std::int64_t at = 0; at < wanted;) {
    std::string numbers;
    for (std::size_t asked = 0; asked < kAskedAtOnce && at < wanted; ++asked, ++at) {
      numbers.append(numbers.empty() ? "" : ",").append(std::to_string(mailbox.messages * at / wanted + 1));
    }
    PRIVITY_TRY_VOID(Fetch("FETCH", numbers, items, name, [&](const Fetched& message) -> Status {
      const bool is_cut = static_cast<std::int64_t>(message.raw->size()) < message.size_bytes;
      return TakeMessage(KeyOf(mailbox, message.uid), *message.raw, is_cut, limits.cell_bytes_max, sink);
    }));
  }
  return Ok();
}

// The server looks through the headers that it knows; its notion of equal is wider than ours.
Result<std::vector<std::int64_t>> ImapConnector::Search(const std::vector<FieldValue>& match,
                                                        const std::string& place) {
  constexpr std::array<std::pair<std::string_view, const char*>, 5> kSearched = {
      {{"from_email", "FROM"}, {"to_email", "TO"}, {"cc_email", "CC"}, {"bcc_email", "BCC"}, {"subject", "SUBJECT"}}};
  std::vector<ImapPart> command = {Say("UID SEARCH CHARSET UTF-8 ALL")};
  for (const auto& [field, word] : kSearched) {
    const FieldValue* value = ValueOf(match, field);
    if (value == nullptr || !value->value) continue;
    command.push_back(Say(word));
    command.push_back(Text(*value->value));
  }
  std::vector<std::int64_t> uids;
  PRIVITY_TRY_VOID(session_->Ask(command, place, [&](const ImapReply& reply) -> Status {
    if (!reply.Is("SEARCH")) return Ok();
    for (std::size_t at = 1; at < reply.tokens.size(); ++at) uids.push_back(NumberOf(reply.tokens[at].text));
    return Ok();
  }));
  return uids;
}

Status ImapConnector::Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
                           RecordSink& sink) {
  const std::string& name = collection.name.name;
  PRIVITY_TRY(const Mailbox mailbox, Enter(collection, "EXAMINE"));
  std::vector<std::int64_t> uids;
  if (const FieldValue* key = ValueOf(match, kMessageKey); key != nullptr && key->value) {
    const std::size_t dot = std::min(key->value->find('.'), key->value->size());
    const std::int64_t uid = dot < key->value->size() ? NumberOf(key->value->substr(dot + 1)) : 0;
    if (uid > 0 && KeyOf(mailbox, uid) == *key->value) uids.push_back(uid);
  } else {
    PRIVITY_TRY(uids, Search(match, name));
  }
  std::int64_t found = 0;
  for (std::size_t at = 0; at < uids.size() && found < records_max;) {
    std::string numbers;
    for (std::size_t asked = 0; asked < kAskedAtOnce && at < uids.size(); ++asked, ++at) {
      numbers.append(numbers.empty() ? "" : ",").append(std::to_string(uids[at]));
    }
    const std::string items = "(UID RFC822.SIZE BODY.PEEK[])";
    PRIVITY_TRY_VOID(Fetch("UID FETCH", numbers, items, name, [&](const Fetched& message) -> Status {
      const std::string key = KeyOf(mailbox, message.uid);
      if (found >= records_max || !MessageHas(key, *message.raw, match)) return Ok();
      ++found;
      const bool is_cut = static_cast<std::int64_t>(message.raw->size()) < message.size_bytes;
      return TakeMessage(key, *message.raw, is_cut, options_.cell_bytes_max, sink);
    }));
  }
  return Ok();
}

Result<WriteOutcome> ImapConnector::Delete(const Collection& collection, const std::vector<FieldValue>& key,
                                           const std::vector<FieldValue>& expected) {
  const std::string& name = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  const std::string named = key.size() == 1 && key[0].field == kMessageKey ? key[0].value.value_or("") : "";
  const std::size_t dot = named.find('.');
  if (dot == std::string::npos) return Error("connect.no_key", {{"store", label()}, {"collection", name}});
  PRIVITY_TRY(const Mailbox mailbox, Enter(collection, "SELECT"));
  const std::string uid = named.substr(dot + 1);
  const Error changed("connect.changed", {{"store", label()}, {"collection", name}});
  // The server has numbered all messages anew: the one that was meant may be there under another number.
  if (KeyOf(mailbox, NumberOf(uid)) != named) return changed;
  bool is_there = false;
  bool is_as_expected = false;
  PRIVITY_TRY_VOID(Fetch("UID FETCH", uid, "(UID BODY.PEEK[])", name, [&](const Fetched& message) -> Status {
    is_there = true;
    is_as_expected = MessageHas(named, *message.raw, expected);
    return Ok();
  }));
  if (!is_there) return WriteOutcome::kAlreadyDone;
  if (!is_as_expected) return changed;
  if (!session_->Can("UIDPLUS")) {
    return Error("connect.refused", {{"store", label()}, {"collection", name}, {"constraint", "UIDPLUS"}});
  }
  PRIVITY_TRY_VOID(session_->Ask({Say("UID STORE"), Say(uid), Say("+FLAGS.SILENT (\\Deleted)")}, name));
  PRIVITY_TRY_VOID(session_->Ask({Say("UID EXPUNGE"), Say(uid)}, name));
  return WriteOutcome::kDone;
}

}  // namespace

const ConnectorKind& ImapKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "IMAP",
      .title = "connect.kind_imap",
      .schemes = {"imap", "imaps"},
      .parts = {SchemePart({"imaps", "imap"}),
                HostPart(),
                PortPart(),
                UserPart(true),
                PasswordPart(),
                {.name = "path", .label = "connect.part_mailbox", .help = "connect.part_mailbox_help"},
                EncryptionPart()},
      .sheet = MailSheet({{Capability::kGrants, "connect.cannot_grants_hidden"},
                          {Capability::kRestoreMark, "connect.cannot_no_position"}}),
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver& resolver) -> Result<std::unique_ptr<Connector>> {
        if (url.host().empty()) {
          return Error("connect.url_invalid", {{"problem", "no host, as in imaps://ana@mail.example.org"}});
        }
        return std::unique_ptr<Connector>(std::make_unique<ImapConnector>(url, options, resolver));
      },
  };
  return kind;
}

}  // namespace privity
