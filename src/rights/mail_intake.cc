#include "rights/mail_intake.h"
#include "store/where.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "law/regulation.h"
#include "rights/identifier_index.h"
#include "rights/machine.h"
#include "words/catalog.h"

namespace privity {

// What is kept beside the settings.
struct MailIntakeState {
  std::optional<std::string> mark;
  std::optional<Instant> read_at;
  std::optional<std::string> problem;
  std::int64_t requests = 0;
  std::int64_t messages = 0;
  std::int64_t left_alone = 0;

  void Count(LetterFate fate) {
    requests += fate == LetterFate::kRequest;
    messages += fate == LetterFate::kMessage;
    left_alone += fate == LetterFate::kLeftAlone;
  }
};
PRIVITY_DESCRIBE(MailIntakeState, (mark, read_at, problem, requests, messages, left_alone))

namespace {

struct KeptSettings {
  bool enabled = false;
  std::optional<Uuid> connection;
  std::string folder;
  std::string law;
  Right right = Right::kAccess;
  std::string language;
};
PRIVITY_DESCRIBE(KeptSettings, (enabled, connection, folder, law, right, language))

// A mailbox that was numbered anew gives its letters again; older ones than this are not in it any more, or a person
// moved them there.
constexpr std::chrono::days kRemembered{400};

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

// Phrases with "|" between them.
bool HasAny(std::string_view text, std::string_view phrases) {
  while (!phrases.empty()) {
    const std::string_view phrase = phrases.substr(0, phrases.find('|'));
    if (!phrase.empty() && text.find(phrase) != text.npos) return true;
    phrases.remove_prefix(std::min(phrases.size(), phrase.size() + 1));
  }
  return false;
}

// What a person of the company reads in the request.
std::string WordsOf(const IncomingLetter& letter) {
  std::string words = letter.subject;
  if (!letter.text.empty()) words += (words.empty() ? "" : "\n\n") + letter.text;
  if (letter.is_cut) words += "\n\n[The letter goes on in the mailbox.]";
  if (letter.attachments > 0) {
    words += "\n\n[Attachments that stay in the mailbox: " + std::to_string(letter.attachments) + ".]";
  }
  return words;
}

}  // namespace

std::vector<FieldNote> FieldNotes(const MailIntakeSettings*) {
  return {
      {.name = "enabled", .description = "Whether the mailbox is read.", .defaulted = true},
      {.name = "connection", .description = "The connection of a mail server (IMAP)."},
      {.name = "folder", .description = "The mailbox there.", .min_length = 1, .max_length = 200, .defaulted = true},
      {.name = "law",
       .description = "Under which law letters are worked on.",
       .format = "slug",
       .max_length = 64,
       .defaulted = true},
      {.name = "right", .description = "Of letters whose words name none.", .defaulted = true},
      {.name = "language",
       .description = "Of the letters that answer.",
       .min_length = 2,
       .max_length = 20,
       .defaulted = true},
      {.name = "read_at", .description = "When it was read last.", .read_only = true},
      {.name = "problem", .description = "Why it could not be read.", .read_only = true},
      {.name = "requests", .description = "Letters that became requests.", .read_only = true},
      {.name = "messages", .description = "Letters that were added to one.", .read_only = true},
      {.name = "left_alone", .description = "Of machines, without one sender, or too many.", .read_only = true},
      {.name = "version", .description = "Grows with every change.", .read_only = true}};
}

std::optional<Right> RightInWords(std::string_view text) {
  constexpr std::array kRights = {Right::kAccess,      Right::kPortability, Right::kCorrection,       Right::kErasure,
                                  Right::kRestriction, Right::kObjection,   Right::kConsentWithdrawal};
  const std::string lower = Lower(text);
  const Catalog& words = Catalog::BuiltIn();
  std::optional<Right> named;
  for (const Right right : kRights) {
    const std::string key = "rights.mail_means_" + std::string(EnumText(right));
    const bool has = std::ranges::any_of(
        words.languages(), [&](const std::string& language) { return HasAny(lower, words.Text(language, key)); });
    if (!has) continue;
    if (named) return std::nullopt;
    named = right;
  }
  return named;
}

Result<MailIntakeState> MailIntake::LoadState(ReadTx& tx) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT state FROM rights_mail_intake"));
  if (!row) return MailIntakeState();
  return FromJson<MailIntakeState>(row->Get<std::string>(0));
}

Result<MailIntakeSettings> MailIntake::Settings(ReadTx& tx) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT body, version FROM rights_mail_intake"));
  if (!row) return MailIntakeSettings();
  PRIVITY_TRY(const KeptSettings kept, FromJson<KeptSettings>(row->Get<std::string>(0)));
  PRIVITY_TRY(const MailIntakeState state, LoadState(tx));
  return MailIntakeSettings{.enabled = kept.enabled,
                            .connection = kept.connection,
                            .folder = kept.folder,
                            .law = kept.law,
                            .right = kept.right,
                            .language = kept.language,
                            .read_at = state.read_at,
                            .problem = state.problem,
                            .requests = state.requests,
                            .messages = state.messages,
                            .left_alone = state.left_alone,
                            .version = row->Get<std::int64_t>(1)};
}

Status MailIntake::Save(WriteTx& tx, const MailIntakeSettings& settings, const MailIntakeState& state) const {
  const KeptSettings kept{.enabled = settings.enabled,
                          .connection = settings.connection,
                          .folder = settings.folder,
                          .law = settings.law,
                          .right = settings.right,
                          .language = settings.language};
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO rights_mail_intake (id, body, state, version) VALUES (1, $1, $2, $3) ON CONFLICT (id) DO UPDATE SET "
      "body = excluded.body, state = excluded.state, version = excluded.version",
      {ToJson(kept), ToJson(state), settings.version}));
  return Ok();
}

Result<MailIntakeSettings> MailIntake::PutSettings(WriteTx& tx, const Caller& caller,
                                                   const MailIntakeSettings& settings,
                                                   std::optional<std::int64_t> expected_version) {
  PRIVITY_TRY(const MailIntakeSettings before, Settings(tx));
  if (expected_version && *expected_version != before.version) return Error("rights.settings_changed_meanwhile");
  if (settings.enabled && !settings.connection) return Error("rights.mailbox_unknown");
  if (settings.connection) PRIVITY_TRY_VOID(box_.Check(tx, *settings.connection));
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  PRIVITY_TRY(const auto law, LawOn(world_.packs(), settings.law, organization.time_zone.DateAt(world_.clock.Now())));
  const bool has_right = std::ranges::any_of(
      law->rights, [&](const LegalRight& right) { return right.right == std::optional(settings.right); });
  if (!has_right)
    return Error("law.right_unknown", {{"right", std::string(EnumText(settings.right))}, {"law", law->short_name}});
  PRIVITY_TRY(MailIntakeState state, LoadState(tx));
  // Where it was off, letters came for somebody else.
  const bool same_place = before.enabled && settings.enabled && before.connection == settings.connection &&
                          before.folder == settings.folder;
  if (!same_place) {
    state.mark.reset();
    state.problem.reset();
  }
  MailIntakeSettings after = settings;
  after.version = before.version + 1;
  PRIVITY_TRY_VOID(Save(tx, after, state));
  PRIVITY_TRY_VOID(world_.ledger.Append(
      tx, {.action = "rights.settings.changed", .actor = caller.actor, .request_id = caller.request_id}));
  return Settings(tx);
}

JobHandler MailIntake::Handler() {
  return [this](JobContext& context) { return Run(context); };
}

Status MailIntake::NoteProblem(const Error& error) const {
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const MailIntakeSettings settings, Settings(tx));
    PRIVITY_TRY(MailIntakeState state, LoadState(tx));
    state.problem = error.code();
    return Save(tx, settings, state);
  });
}

// The mark is saved behind the letters: after a crash between them they are read again, and known.
Status MailIntake::Run(JobContext& context) {
  PRIVITY_TRY(const MailIntakeSettings settings, world_.store.Read([&](ReadTx& tx) { return Settings(tx); }));
  if (!settings.enabled || !settings.connection) return Ok();
  PRIVITY_TRY(MailIntakeState state, world_.store.Read([&](ReadTx& tx) { return LoadState(tx); }));
  std::vector<IncomingLetter> letters;
  const auto keep = [&](IncomingLetter letter) -> Status {
    letters.push_back(std::move(letter));
    return Ok();
  };
  const auto mark =
      box_.Read(*settings.connection, settings.folder, state.mark, kLettersOfRunMax, keep, context.stop_token());
  if (!mark.ok()) {
    PRIVITY_TRY_VOID(NoteProblem(mark.error()));
    return context.GiveUp(mark.error());  // the schedule tries again in minutes
  }
  MailIntakeState read;
  for (const IncomingLetter& letter : letters) {
    PRIVITY_TRY(const LetterFate fate, world_.store.Write([&](WriteTx& tx) { return Take(tx, settings, letter); }));
    read.Count(fate);
  }
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const MailIntakeSettings now, Settings(tx));
    PRIVITY_TRY(MailIntakeState saved, LoadState(tx));
    // Settings that were changed meanwhile begin anew.
    if (now.version == settings.version) saved.mark = *mark;
    saved.read_at = world_.clock.Now();
    saved.problem.reset();
    saved.requests += read.requests;
    saved.messages += read.messages;
    saved.left_alone += read.left_alone;
    PRIVITY_TRY_VOID(Save(tx, now, saved));
    if (read.requests + read.messages + read.left_alone == 0) return context.CompleteIn(tx);
    PRIVITY_TRY_VOID(world_.ledger.Append(tx, {.action = "rights.mail.read",
                                               .actor = RightsMachine().actor,
                                               .details = Details()
                                                              .Add("requests", read.requests)
                                                              .Add("messages", read.messages)
                                                              .Add("left_alone", read.left_alone)}));
    return context.CompleteIn(tx);
  });
}

Result<bool> MailIntake::IsNew(WriteTx& tx, const IncomingLetter& letter, const std::string& sender) const {
  const auto hashes = IdentifierIndex(world_.key_home).All({.kind = "letter", .value = letter.id});
  Where where;
  std::string list;
  for (const std::string& hash : hashes) list += (list.empty() ? "" : ", ") + where.Parameter(hash);
  where.And("hash IN (" + list + ")");
  PRIVITY_TRY(const auto known, tx.QueryOne("SELECT 1 FROM rights_mail_letter " + where.Clause(), where.values()));
  if (known) return false;
  PRIVITY_TRY(const std::int64_t rows,
              tx.Execute("INSERT INTO rights_mail_letter (hash, sender, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                         {hashes.front(), sender, world_.clock.Now()}));
  return rows == 1;
}

Result<LetterFate> MailIntake::Take(WriteTx& tx, const MailIntakeSettings& settings, const IncomingLetter& letter) {
  const bool has_sender = Mailbox::Create(letter.from).ok();
  const std::string sender = has_sender ? requests_.AddressIndex(letter.from) : "";
  PRIVITY_TRY(const bool is_new, IsNew(tx, letter, sender));
  if (!is_new) return LetterFate::kKnown;
  if (letter.is_automatic || !has_sender) return LetterFate::kLeftAlone;
  PRIVITY_TRY(const auto today, tx.QueryOne("SELECT count(*) FROM rights_mail_letter WHERE sender = $1 AND at > $2",
                                            {sender, world_.clock.Now() - std::chrono::hours(24)}));
  if (today->Get<std::int64_t>(0) > kLettersOfSenderMax) return LetterFate::kLeftAlone;
  return Accept(tx, settings, letter);
}

Result<LetterFate> MailIntake::Accept(WriteTx& tx, const MailIntakeSettings& settings, const IncomingLetter& letter) {
  const std::optional<Right> named = RightInWords(letter.subject + "\n" + letter.text);
  PRIVITY_TRY(auto open, requests_.OfAddress(tx, letter.from));  // the newest first
  std::erase_if(open, [](const RightsRequest& request) { return !IsOpen(request.state); });
  const auto same = std::ranges::find_if(open, [&](const RightsRequest& one) { return !named || one.right == *named; });
  if (same != open.end()) {
    PRIVITY_TRY_VOID(requests_.LetterFromAddress(tx, same->id, WordsOf(letter)));
    return LetterFate::kMessage;
  }
  const Mailbox from = Mailbox::Create(letter.from).value();
  const NewRightsRequest asked{.law = settings.law,
                               .right = named.value_or(settings.right),
                               .language = settings.language,
                               .received_at = {},
                               .content = {.name = letter.from_name,
                                           .email = from.address(),
                                           .identifiers = {},
                                           .details = WordsOf(letter),
                                           .corrections = {},
                                           .purpose = {}}};
  PRIVITY_TRY(const RightsRequest made, requests_.Create(tx, RightsMachine(), asked, RequestChannel::kMail));
  if (made.identity_level != IdentityLevel::kNone) {
    PRIVITY_TRY_VOID(requests_.Move(tx, RightsMachine(), made.id, {.step = RequestStep::kAskProof, .note = {}}));
  }
  return LetterFate::kRequest;
}

Status MailIntake::Sweep(WriteTx& tx) const {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_mail_letter WHERE at < $1", {world_.clock.Now() - kRemembered}));
  return Ok();
}

}  // namespace privity
