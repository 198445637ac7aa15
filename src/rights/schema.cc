#include <array>

#include "rights/requests.h"

namespace privity {
namespace {

// `due` is when a request is to be answered, and the greatest bigint once it was, so that lists order and
// page by (due, id) alone. `outcome` is how it was last answered, and stays when
// the request is closed or appealed. `address` is the keyed hash of the person's address; `body` holds what no query
// asks for; `content`, `note` and `text` are sealed under the keys of `subject`, which belong to this request alone.
constexpr const char* kTables = R"sql(
CREATE TABLE rights_request (
  id text PRIMARY KEY,
  subject text NOT NULL,
  law text NOT NULL,
  claim text NOT NULL,
  state text NOT NULL,
  address text NOT NULL,
  received_at bigint NOT NULL,
  due bigint NOT NULL,
  finished_at bigint,
  outcome text,
  outcome_at bigint,
  assignee text,
  minimized boolean NOT NULL,
  version bigint NOT NULL,
  body text NOT NULL,
  content bytea
);
CREATE INDEX rights_request_by_due ON rights_request (due, id);
CREATE INDEX rights_request_by_address ON rights_request (address, received_at);
CREATE INDEX rights_request_by_receipt ON rights_request (received_at);
CREATE INDEX rights_request_by_subject ON rights_request (subject);
CREATE INDEX rights_request_by_end ON rights_request (minimized, finished_at);
CREATE TABLE rights_deadline (
  request text NOT NULL REFERENCES rights_request (id),
  seq bigint NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (request, seq)
);
CREATE TABLE rights_event (
  request text NOT NULL REFERENCES rights_request (id),
  seq bigint NOT NULL,
  body text NOT NULL,
  note bytea,
  PRIMARY KEY (request, seq)
);
CREATE TABLE rights_message (
  id text PRIMARY KEY,
  request text NOT NULL REFERENCES rights_request (id),
  seq bigint NOT NULL,
  direction text NOT NULL,
  at bigint NOT NULL,
  text bytea
);
CREATE UNIQUE INDEX rights_message_in_order ON rights_message (request, seq);
CREATE TABLE rights_settings (
  id bigint PRIMARY KEY CHECK (id = 1),
  place text,
  second_person boolean NOT NULL,
  keep_days bigint NOT NULL,
  version bigint NOT NULL
);
CREATE TABLE rights_portal_session (
  token text PRIMARY KEY,
  address text NOT NULL,
  email bytea NOT NULL,
  language text NOT NULL,
  code text,
  tries bigint NOT NULL,
  code_expires_at bigint NOT NULL,
  proven_at bigint,
  expires_at bigint NOT NULL
);
CREATE INDEX rights_portal_session_by_end ON rights_portal_session (expires_at);
CREATE TABLE rights_portal_attempt (
  counter text PRIMARY KEY,
  tries bigint NOT NULL,
  since bigint NOT NULL
);
)sql";

// Only keyed hashes say whom a restriction is about; the same person may have several.
constexpr const char* kRestrictions = R"sql(
CREATE TABLE rights_restriction (
  id text PRIMARY KEY,
  claim text NOT NULL,
  purpose text,
  request text NOT NULL,
  since bigint NOT NULL,
  lifted_at bigint,
  version bigint NOT NULL
);
CREATE INDEX rights_restriction_by_request ON rights_restriction (request);
CREATE TABLE rights_restriction_of (
  restriction text NOT NULL REFERENCES rights_restriction (id),
  identifier text NOT NULL,
  PRIMARY KEY (restriction, identifier)
);
CREATE INDEX rights_restriction_by_identifier ON rights_restriction_of (identifier);
)sql";

constexpr const char* kAssertions = R"sql(
ALTER TABLE rights_portal_session ADD COLUMN method text;
ALTER TABLE rights_portal_session ADD COLUMN covers text;
CREATE TABLE rights_assertion_settings (
  id bigint PRIMARY KEY CHECK (id = 1),
  body text NOT NULL,
  version bigint NOT NULL
);
CREATE TABLE rights_assertion_used (
  hash text PRIMARY KEY,
  expires_at bigint NOT NULL
);
CREATE INDEX rights_assertion_used_by_end ON rights_assertion_used (expires_at);
)sql";

// `hash` of a token or a message that was taken; `reference` is what the agent calls its request.
constexpr const char* kAgents = R"sql(
CREATE TABLE rights_agent_settings (
  id bigint PRIMARY KEY CHECK (id = 1),
  body text NOT NULL,
  version bigint NOT NULL
);
CREATE TABLE rights_agent (
  id text PRIMARY KEY,
  body text NOT NULL,
  version bigint NOT NULL
);
CREATE TABLE rights_agent_token (
  hash text PRIMARY KEY,
  agent text NOT NULL,
  made_at bigint NOT NULL
);
CREATE TABLE rights_agent_used (
  hash text PRIMARY KEY,
  expires_at bigint NOT NULL
);
CREATE INDEX rights_agent_used_by_end ON rights_agent_used (expires_at);
CREATE TABLE rights_agent_request (
  request text PRIMARY KEY REFERENCES rights_request (id),
  agent text NOT NULL,
  reference text NOT NULL
);
)sql";

// `channel` is how the code of a visit goes out (none: by mail), `number` the keyed hash of where it was texted to.
// A letter of the mailbox is remembered by the keyed hash of its Message-ID, so that it counts once.
constexpr const char* kOtherWaysIn = R"sql(
ALTER TABLE rights_portal_session ADD COLUMN channel text;
ALTER TABLE rights_portal_session ADD COLUMN number text;
CREATE TABLE rights_text_gateway (
  id bigint PRIMARY KEY CHECK (id = 1),
  body text NOT NULL,
  secret bytea,
  version bigint NOT NULL
);
CREATE TABLE rights_mail_intake (
  id bigint PRIMARY KEY CHECK (id = 1),
  body text NOT NULL,
  state text NOT NULL,
  version bigint NOT NULL
);
CREATE TABLE rights_mail_letter (
  hash text PRIMARY KEY,
  sender text NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX rights_mail_letter_by_sender ON rights_mail_letter (sender, at);
CREATE INDEX rights_mail_letter_by_age ON rights_mail_letter (at);
)sql";

// `callback` is where an agent wants to be told of its request, sealed; `told` what it heard last. `remember_days`: how
// long whoever was erased is looked for after a restore.
constexpr const char* kTelling = R"sql(
ALTER TABLE rights_agent_request ADD COLUMN callback bytea;
ALTER TABLE rights_agent_request ADD COLUMN told text;
ALTER TABLE rights_settings ADD COLUMN remember_days bigint;
)sql";

constexpr const char* kPace = R"sql(
ALTER TABLE rights_settings ADD COLUMN records_per_minute bigint;
)sql";

constexpr std::array kActions = std::to_array<ActionInfo>({
    {"rights.request.created", "A rights request was made."},
    {"rights.request.moved", "A rights request went from one state to another; the step is given."},
    {"rights.request.edited", "What a rights request says of the person was changed."},
    {"rights.request.assigned", "A rights request was given to somebody, or taken back."},
    {"rights.request.extended", "The period to answer a rights request was extended, with notice to the person."},
    {"rights.request.paused", "The person was asked what is meant; the clock stands where the law lets it."},
    {"rights.request.resumed", "The clock of a rights request runs again."},
    {"rights.request.proof_given", "A proof of the person's identity was recorded; the method is given."},
    {"rights.request.plan_failed", "What is to be done for a request could not be planned."},
    {"rights.request.minimized", "What a rights request said was destroyed."},
    {"rights.content.opened", "Somebody of the company read what a rights request says of the person."},
    {"rights.message.sent", "A message to the person was left in a rights request."},
    {"rights.message.received", "The person wrote a message."},
    {"rights.messages.opened", "The messages of a rights request were read."},
    {"rights.restriction.set", "What a person forbids is to be heeded from now on; the right is given."},
    {"rights.restriction.restored", "What a person forbids, and a restored backup had forgotten, stands again."},
    {"rights.restriction.lifted", "Somebody ended what a person had forbidden."},
    {"rights.agent.set", "An authorised agent was listed, or what is said of it was changed."},
    {"rights.agent.removed", "An authorised agent may no longer ask."},
    {"rights.agent.set_up", "An authorised agent was given a token for its signed message."},
    {"rights.document.given", "A copy of an identity document was given as a proof; its format is given."},
    {"rights.document.opened", "Somebody of the company looked at the copy of an identity document."},
    {"rights.document.decided", "What became of the copy of an identity document was decided; the outcome is given."},
    {"rights.document.destroyed", "The keys of the copy of an identity document were shredded."},
    {"rights.settings.changed", "The settings of the casework were changed."},
    {"rights.text.set", "A text to people was written in the company's own words; which one is given."},
    {"rights.text.reset", "The built-in words of a text to people count again."},
    {"rights.link.made", "A link was made that takes a person to the portal."},
    {"rights.mail.read", "The mailbox was read: how many letters became requests, were added or left alone."},
    {"rights.portal.asserted", "The company's own sign-in said who somebody in the portal is."},
    {"rights.portal.proven", "A one-time code came back from an address that has requests."},
});

// `body`: subject and text, as patterns.
constexpr const char* kTexts = R"sql(
CREATE TABLE rights_text (
  name text NOT NULL,
  language text NOT NULL,
  body text NOT NULL,
  since bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (name, language)
);
)sql";

// A copy of a document that was given as a proof: `id` is that of its sealed file. What stays when the file is
// destroyed says that there was one, and what came of it.
constexpr const char* kDocuments = R"sql(
CREATE TABLE rights_document (
  id text PRIMARY KEY,
  request text NOT NULL REFERENCES rights_request (id),
  seq bigint NOT NULL,
  outcome text NOT NULL,
  expires_at bigint NOT NULL,
  destroyed_at bigint,
  body text NOT NULL
);
CREATE UNIQUE INDEX rights_document_in_order ON rights_document (request, seq);
CREATE INDEX rights_document_by_end ON rights_document (destroyed_at, outcome, expires_at);
ALTER TABLE rights_settings ADD COLUMN documents boolean;
)sql";

constexpr std::array kPermissions = std::to_array<PermissionInfo>({
    {"rights.read",
     "See rights requests and their due dates, without what they say of people.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal, BuiltInRole::kAuditor}},
    {"rights.content",
     "Read what rights requests say of people, and their messages. Recorded.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal}},
    {"rights.write", "Make and work on rights requests.", {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal}},
    {"rights.document",
     "Attach copies of identity documents to rights requests, look at them and decide about them. Recorded.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal}},
    {"rights.approve", "Approve the plan of a rights request, and have it done.", {BuiltInRole::kPrivacyOfficer}},
    {"rights.skip_proof", "Skip the proof of identity where that is possible.", {BuiltInRole::kPrivacyOfficer}},
    {"rights.check",
     "Ask whether the data of a person may be used for a purpose.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal}},
    {"rights.lift", "End a restriction, an objection or the withdrawal of a consent.", {BuiltInRole::kPrivacyOfficer}},
    {"rights.settings", "Change the settings of the casework.", {BuiltInRole::kPrivacyOfficer}},
    {"rights.link",
     "Make links that take a person to the portal with what they want and their address filled in.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal}},
});

}  // namespace

std::vector<Migration> RightsMigrations() {
  return {{.room = "rights", .version = 1, .name = "requests, deadlines, events, messages, portal", .sql = kTables},
          {.room = "rights", .version = 2, .name = "restrictions", .sql = kRestrictions},
          {.room = "rights", .version = 3, .name = "assertions of the company's sign-in", .sql = kAssertions},
          {.room = "rights", .version = 4, .name = "authorised agents", .sql = kAgents},
          {.room = "rights", .version = 5, .name = "text messages and letters", .sql = kOtherWaysIn},
          {.room = "rights", .version = 6, .name = "agents are told; the journal forgets", .sql = kTelling},
          {.room = "rights", .version = 7, .name = "how fast stores are changed", .sql = kPace},
          {.room = "rights", .version = 8, .name = "texts in the company's own words", .sql = kTexts},
          {.room = "rights", .version = 9, .name = "copies of identity documents", .sql = kDocuments}};
}
std::span<const ActionInfo> RightsActions() {
  return kActions;
}
std::span<const PermissionInfo> RightsPermissions() {
  return kPermissions;
}

std::vector<MailTemplate> RightsMailTemplates() {
  return {{.key = "rights.mail_code", .variables = {"organization", "code", "minutes"}},
          {.key = "rights.mail_received", .variables = {"organization", "due", "reference", "portal"}},
          {.key = "rights.mail_proof", .variables = {"organization", "reference", "portal"}},
          {.key = "rights.mail_extended", .variables = {"organization", "due", "reference", "portal"}},
          {.key = "rights.mail_news", .variables = {"organization", "reference", "portal"}}};
}

}  // namespace privity
