#include "mail/mailer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/json.h"
#include "mail/message.h"

namespace privity {

struct MailJob {
  MailId mail_id;
};
PRIVITY_DESCRIBE(MailJob, (mail_id))

struct Mailer::Letter {
  MailId id;
  std::string template_key;
  std::string language;
  std::string address;
  std::string name;
  std::string variables;  // JSON
  Instant created_at;
  MailState state;
};

namespace {

// The worker waits 2 s, 4 s, 8 s … up to an hour between attempts: eleven attempts take about an hour, the rest two
// days.
constexpr std::int64_t kAttemptsMax = 58;

constexpr std::string_view kInfoColumns =
    "SELECT id, template_key, recipient, state, attempts, created_at, finished_at, error, reply, enhanced FROM "
    "mail_message ";

constexpr std::array<std::string_view, 4> kStates = {"queued", "deferred", "sent", "failed"};

std::string_view StateText(MailState state) {
  return kStates[static_cast<std::size_t>(state)];
}

MailState ToState(const std::string& text) {
  const auto found = std::find(kStates.begin(), kStates.end(), text);
  return found == kStates.end() ? MailState::kFailed : static_cast<MailState>(found - kStates.begin());
}

MailInfo ToInfo(const Row& row) {
  return {.id = row.Get<MailId>(0),
          .template_key = row.Get<std::string>(1),
          .recipient = row.Get<std::string>(2),
          .state = ToState(row.Get<std::string>(3)),
          .attempts = row.Get<std::int64_t>(4),
          .created_at = row.Get<Instant>(5),
          .finished_at = row.Get<std::optional<Instant>>(6),
          .error = row.Get<std::optional<std::string>>(7),
          .reply = row.Get<std::optional<std::int64_t>>(8),
          .enhanced = row.Get<std::optional<std::string>>(9)};
}

// What repeating cannot change. Everything else, a wrong password included, may be mended while the letter waits.
bool IsLasting(const Error& error) {
  for (const std::string_view code : {"net.smtp_rejected", "net.smtp_address"}) {
    if (error.Is(code)) return true;
  }
  return error.code().starts_with("mail.") && !error.Is("mail.not_configured");
}

std::optional<std::int64_t> ReplyOf(const Error& error) {
  const std::string_view text = error.Parameter("reply");
  std::int64_t reply = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), reply);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return reply;
}

std::optional<std::string> EnhancedOf(const Error& error) {
  const std::string_view text = error.Parameter("enhanced");
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

NewJob SendJob(MailId id) {
  return {.kind = std::string(Mailer::kJobKind), .payload = ToJsonValue(MailJob{id}), .max_attempts = kAttemptsMax};
}

}  // namespace

std::vector<Migration> MailMigrations() {
  return {{"mail", 1, "letters", R"sql(
CREATE TABLE mail_message (
  id text PRIMARY KEY,
  unique_key text UNIQUE,
  template_key text NOT NULL,
  language text NOT NULL,
  recipient text NOT NULL,
  address text,
  name text,
  variables text,
  state text NOT NULL,
  attempts bigint NOT NULL,
  created_at bigint NOT NULL,
  finished_at bigint,
  error text,
  reply bigint,
  enhanced text
);
CREATE INDEX mail_message_by_state ON mail_message (state, id);
)sql"}};
}

MailTemplate TestMailTemplate() {
  return {.key = "mail.test", .variables = {"organization"}};
}

Mailer::Mailer(Store& store, const JobQueue& queue, const Catalog& catalog, const Resolver& resolver,
               const Clock& clock, std::vector<MailTemplate> templates, std::optional<MailSettings> settings,
               MailOutcome outcome, OwnMailWords own)
    : store_(store),
      queue_(queue),
      catalog_(catalog),
      resolver_(resolver),
      clock_(clock),
      templates_(std::move(templates)),
      settings_(std::move(settings)),
      outcome_(std::move(outcome)),
      own_(std::move(own)) {}

Result<const MailTemplate*> Mailer::FindTemplate(std::string_view key) const {
  const auto found =
      std::find_if(templates_.begin(), templates_.end(), [&](const MailTemplate& t) { return t.key == key; });
  if (found == templates_.end()) return Error("mail.template_unknown", {{"template", std::string(key)}});
  return &*found;
}

Result<MailId> Mailer::Enqueue(WriteTx& tx, const NewMail& mail) const {
  if (!settings_) return Error("mail.not_configured");
  PRIVITY_TRY(const MailTemplate* mail_template, FindTemplate(mail.template_key));
  PRIVITY_TRY(const auto own, OwnWords(tx, mail.template_key, mail.language));
  PRIVITY_TRY_VOID(RenderMail(catalog_, *mail_template, mail.language, mail.variables, own));
  const MailId id = MailId::New(clock_);
  PRIVITY_TRY(const auto added, tx.Execute("INSERT INTO mail_message (id, unique_key, template_key, language, "
                                           "recipient, address, name, variables, state, "
                                           "attempts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', 0, "
                                           "$9) ON CONFLICT (unique_key) DO NOTHING",
                                           {id, mail.unique_key, mail.template_key, mail.language, mail.to.Masked(),
                                            mail.to.address(), mail.to.name(), ToJson(mail.variables), clock_.Now()}));
  if (added == 0) {
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT id FROM mail_message WHERE unique_key = $1", {mail.unique_key}));
    Invariant(row.has_value(), "the letter that is in the way is there");
    return row->Get<MailId>(0);
  }
  PRIVITY_TRY_VOID(queue_.Enqueue(tx, SendJob(id)));
  return id;
}

Result<std::optional<MailWords>> Mailer::OwnWords(ReadTx& tx, std::string_view key, std::string_view language) const {
  return own_ ? own_(tx, key, language) : Result<std::optional<MailWords>>(std::nullopt);
}

JobHandler Mailer::Handler() {
  return [this](JobContext& context) { return Send(context); };
}

Result<std::string> Mailer::Compose(const Letter& letter) const {
  PRIVITY_TRY(const MailTemplate* mail_template, FindTemplate(letter.template_key));
  PRIVITY_TRY(const auto variables, FromJson<MailVariables>(letter.variables));
  PRIVITY_TRY(const auto own,
              store_.Read([&](ReadTx& tx) { return OwnWords(tx, letter.template_key, letter.language); }));
  PRIVITY_TRY(RenderedMail rendered, RenderMail(catalog_, *mail_template, letter.language, variables, own));
  PRIVITY_TRY(Mailbox to, Mailbox::Create(letter.address, letter.name));
  return ComposeMail({.from = settings_->from,
                      .to = std::move(to),
                      .subject = std::move(rendered.subject),
                      .text = std::move(rendered.text),
                      .html = std::move(rendered.html),
                      .language = letter.language,
                      .message_id = letter.id.ToString() + "@" + settings_->from.domain(),
                      .date = letter.created_at});
}

Status Mailer::Send(JobContext& context) {
  PRIVITY_TRY(const MailJob job, context.Payload<MailJob>());
  PRIVITY_TRY(const auto row, store_.Read([&](ReadTx& tx) {
    return tx.QueryOne(
        "SELECT id, template_key, language, address, name, variables, created_at, state FROM mail_message WHERE id = "
        "$1",
        {job.mail_id});
  }));
  if (!row || row->IsNull(3)) return Ok();  // dropped, or sent already
  const Letter letter{row->Get<MailId>(0),      row->Get<std::string>(1),         row->Get<std::string>(2),
                      row->Get<std::string>(3), row->Get<std::string>(4),         row->Get<std::string>(5),
                      row->Get<Instant>(6),     ToState(row->Get<std::string>(7))};
  if (letter.state == MailState::kFailed) return Ok();
  Result<SmtpReply> reply = Error("mail.not_configured");
  if (settings_) {
    const auto message = Compose(letter);
    reply = message.ok() ? PostLetter(resolver_, *settings_, letter.address, *message, letter.id.ToString(),
                                      context.stop_token())
                         : Result<SmtpReply>(message.error());
  }
  if (reply.ok()) return RecordSent(context, letter, *reply);
  if (context.stop_requested()) return reply.error();
  const bool lasting = IsLasting(reply.error());
  PRIVITY_TRY_VOID(RecordFailure(context, letter, reply.error(), lasting || context.attempt() >= kAttemptsMax));
  return lasting ? context.GiveUp(reply.error()) : reply.error();
}

Status Mailer::RecordSent(JobContext& context, const Letter& letter, const SmtpReply& reply) {
  return store_.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE mail_message SET state = 'sent', attempts = attempts + 1, finished_at = $2, address = NULL, "
                   "name = NULL, "
                   "variables = NULL, error = NULL, reply = $3, enhanced = $4 WHERE id = $1",
                   {letter.id, clock_.Now(), static_cast<std::int64_t>(reply.code),
                    reply.enhanced.empty() ? std::nullopt : std::optional(reply.enhanced)}));
    if (outcome_) {
      PRIVITY_TRY(const MailInfo info, Get(tx, letter.id));
      PRIVITY_TRY_VOID(outcome_(tx, info));
    }
    return context.CompleteIn(tx);
  });
}

Status Mailer::RecordFailure(JobContext& context, const Letter& letter, const Error& error, bool is_final) {
  return store_.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(context.ConfirmLease(tx));
    PRIVITY_TRY_VOID(tx.Execute(
        "UPDATE mail_message SET state = $2, attempts = attempts + 1, finished_at = $3, error = $4, reply = $5, "
        "enhanced = $6 WHERE id = $1",
        {letter.id, StateText(is_final ? MailState::kFailed : MailState::kDeferred),
         is_final ? std::optional(clock_.Now()) : std::nullopt, error.code(), ReplyOf(error), EnhancedOf(error)}));
    if (!is_final || !outcome_) return Ok();
    PRIVITY_TRY(const MailInfo info, Get(tx, letter.id));
    return outcome_(tx, info);
  });
}

Result<std::vector<MailInfo>> Mailer::List(ReadTx& tx, std::optional<MailState> state, std::optional<MailId> before,
                                           int limit) const {
  const std::optional<std::string> wanted = state ? std::optional(std::string(StateText(*state))) : std::nullopt;
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kInfoColumns) + "WHERE (CAST($1 AS text) IS NULL OR state = $1) AND (CAST($2 AS "
                                                   "text) IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
                       {wanted, before, limit}));
  std::vector<MailInfo> list;
  for (const Row& row : rows) list.push_back(ToInfo(row));
  return list;
}

Result<MailInfo> Mailer::Get(ReadTx& tx, MailId id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kInfoColumns) + "WHERE id = $1", {id}));
  if (!row) return Error("mail.unknown", {{"id", id.ToString()}});
  return ToInfo(*row);
}

Status Mailer::TryAgain(WriteTx& tx, MailId id) const {
  PRIVITY_TRY(const MailInfo info, Get(tx, id));
  if (info.state != MailState::kFailed) return Error("mail.not_failed", {{"id", id.ToString()}});
  PRIVITY_TRY_VOID(tx.Execute("UPDATE mail_message SET state = 'queued', finished_at = NULL WHERE id = $1", {id}));
  PRIVITY_TRY_VOID(queue_.Enqueue(tx, SendJob(id)));
  return Ok();
}

Result<std::int64_t> Mailer::Drop(WriteTx& tx, Instant ended_before) const {
  return tx.Execute("DELETE FROM mail_message WHERE finished_at < $1", {ended_before});
}

}  // namespace privity
