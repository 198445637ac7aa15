// Letters on their way: queued in the transaction that wants them, sent by a job, repeated until the server takes them
// or refuses for good.
//
// A letter is sent at least once. When the connection breaks after the message was handed over but before the server's
// answer, it is sent again with the same Message-ID, by which mailboxes tell a repetition. A passing refusal
// (greylisting, a full mailbox, a server that is down, a wrong password that an administrator will mend) is tried again
// for about two days; a lasting one ends at once and stays visible.
//
// Recipient and variables are personal data, and links may let somebody in: both are kept until the letter is sent,
// then erased. Of a letter that failed they stay until it is tried again or dropped.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/type_table.h"
#include "jobs/job_queue.h"
#include "jobs/worker.h"
#include "mail/mailbox.h"
#include "mail/post.h"
#include "mail/template.h"
#include "net/resolver.h"
#include "store/migration.h"
#include "store/store.h"
#include "words/catalog.h"

namespace privity {

std::vector<Migration> MailMigrations();

struct MailTag {};
using MailId = Id<MailTag>;

// queued -> sent | deferred (tried again later) | failed; deferred -> sent | failed; failed -> queued when told to try
// again.
enum class MailState { kQueued, kDeferred, kSent, kFailed };
PRIVITY_DESCRIBE_ENUM(MailState, kQueued, kDeferred, kSent, kFailed)

struct MailInfo {
  MailId id;
  std::string template_key;
  std::string recipient;  // masked: "a•••@example.org"
  MailState state = MailState::kQueued;
  std::int64_t attempts = 0;
  Instant created_at{};
  std::optional<Instant> finished_at;
  std::optional<std::string> error;     // code of the latest failure; words come from the catalog
  std::optional<std::int64_t> reply;    // SMTP reply code, 550
  std::optional<std::string> enhanced;  // RFC 3463 code, "5.1.1"
};
PRIVITY_DESCRIBE(MailInfo,
                 (id, template_key, recipient, state, attempts, created_at, finished_at, error, reply, enhanced))

struct NewMail {
  std::string template_key;
  std::string language;
  Mailbox to;
  MailVariables variables = {};
  // A letter with this key is queued once, whatever happens: "invitation/<id>".
  std::optional<std::string> unique_key = {};
};

// What an administrator sends to see whether mail works: variable `organization`.
MailTemplate TestMailTemplate();

// Called in the transaction that ends a letter, sent or failed: the place for a ledger entry.
using MailOutcome = std::function<Status(WriteTx&, const MailInfo&)>;

// What the company says instead of the catalog's words of a template; none where it says nothing of its own.
using OwnMailWords =
    std::function<Result<std::optional<MailWords>>(ReadTx&, std::string_view key, std::string_view language)>;

// Safe to call from many threads; everything handed in outlives it.
class Mailer {
 public:
  static constexpr std::string_view kJobKind = "mail.send";

  Mailer(Store& store, const JobQueue& queue, const Catalog& catalog, const Resolver& resolver, const Clock& clock,
         std::vector<MailTemplate> templates, std::optional<MailSettings> settings, MailOutcome outcome = {},
         OwnMailWords own = {});

  bool is_configured() const { return settings_.has_value(); }

  // mail.not_configured, mail.template_unknown{template}, and the errors of RenderMail: a letter that could not be
  // written is refused here and not later. With a unique key that is known already: the id of that letter.
  Result<MailId> Enqueue(WriteTx& tx, const NewMail& mail) const;
  // Register under kJobKind.
  JobHandler Handler();

  // Newest first; `state` narrows. `before` is the id of the last one of the page before.
  Result<std::vector<MailInfo>> List(ReadTx& tx, std::optional<MailState> state, std::optional<MailId> before,
                                     int limit) const;
  Result<MailInfo> Get(ReadTx& tx, MailId id) const;  // mail.unknown{id}
  // mail.unknown; mail.not_failed{id}: only a failed letter can be tried again.
  Status TryAgain(WriteTx& tx, MailId id) const;
  // Removes letters that ended before; returns how many.
  Result<std::int64_t> Drop(WriteTx& tx, Instant ended_before) const;

 private:
  struct Letter;
  Result<const MailTemplate*> FindTemplate(std::string_view key) const;
  Result<std::optional<MailWords>> OwnWords(ReadTx& tx, std::string_view key, std::string_view language) const;
  Result<std::string> Compose(const Letter& letter) const;
  Status Send(JobContext& context);
  Status RecordSent(JobContext& context, const Letter& letter, const SmtpReply& reply);
  Status RecordFailure(JobContext& context, const Letter& letter, const Error& error, bool is_final);

  Store& store_;
  const JobQueue& queue_;
  const Catalog& catalog_;
  const Resolver& resolver_;
  const Clock& clock_;
  std::vector<MailTemplate> templates_;
  std::optional<MailSettings> settings_;
  MailOutcome outcome_;
  OwnMailWords own_;
};

}  // namespace privity
