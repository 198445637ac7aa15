#include "identity/schema.h"

namespace privity {
namespace {

// identity_user       the people who can sign in. `email_key` and `name_key` are the folded forms that are compared and
//                     searched; `epoch` grows when every session and token of the person must die
// identity_link       one-time links: set-up, invitation, password reset. Only the hash of the token is kept
// identity_session    browsers that are signed in, or half: `stage` is second_factor until the second factor was shown
// identity_spent      challenges and states that were used and have not expired yet: each works once
// identity_attempt    counters of failed sign-ins (sign_in_limits.h)
// Times are microseconds UTC; permissions and networks are JSON arrays.
constexpr const char* kTables = R"sql(
CREATE TABLE identity_role (
  id text PRIMARY KEY,
  name text NOT NULL,
  name_key text NOT NULL UNIQUE,
  description text NOT NULL,
  permissions text NOT NULL,
  version bigint NOT NULL
);
CREATE TABLE identity_user (
  id text PRIMARY KEY,
  email text NOT NULL,
  email_key text NOT NULL UNIQUE,
  name text NOT NULL,
  name_key text NOT NULL,
  state text NOT NULL,
  password_hash text,
  password_stands_alone boolean NOT NULL,
  epoch bigint NOT NULL,
  created_at bigint NOT NULL,
  last_seen_at bigint,
  version bigint NOT NULL
);
CREATE INDEX identity_user_by_name ON identity_user (name_key, id);
CREATE TABLE identity_user_role (
  user_id text NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
  role_id text NOT NULL,
  PRIMARY KEY (user_id, role_id)
);
CREATE INDEX identity_user_role_by_role ON identity_user_role (role_id);
CREATE TABLE identity_link (
  id text PRIMARY KEY,
  kind text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  user_id text REFERENCES identity_user (id) ON DELETE CASCADE,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX identity_link_by_user ON identity_link (user_id);
CREATE TABLE identity_session (
  id text PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
  epoch bigint NOT NULL,
  stage text NOT NULL,
  created_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  proved_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  client text NOT NULL
);
CREATE INDEX identity_session_by_user ON identity_session (user_id);
CREATE TABLE identity_totp (
  user_id text PRIMARY KEY REFERENCES identity_user (id) ON DELETE CASCADE,
  secret bytea NOT NULL,
  is_confirmed boolean NOT NULL,
  last_step bigint NOT NULL
);
CREATE TABLE identity_recovery_code (
  user_id text NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);
CREATE TABLE identity_passkey (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
  credential_id bytea NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  sign_count bigint NOT NULL,
  is_backed_up boolean NOT NULL,
  name text NOT NULL,
  created_at bigint NOT NULL,
  last_used_at bigint
);
CREATE INDEX identity_passkey_by_user ON identity_passkey (user_id);
CREATE TABLE identity_token (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
  token_hash bytea NOT NULL UNIQUE,
  name text NOT NULL,
  prefix text NOT NULL,
  permissions text NOT NULL,
  epoch bigint NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  last_used_at bigint
);
CREATE INDEX identity_token_by_user ON identity_token (user_id);
CREATE TABLE identity_provider (
  id text PRIMARY KEY,
  name text NOT NULL,
  issuer text NOT NULL UNIQUE,
  client_id text NOT NULL,
  client_secret bytea,
  networks text NOT NULL,
  is_enabled boolean NOT NULL,
  version bigint NOT NULL
);
CREATE TABLE identity_external (
  provider_id text NOT NULL REFERENCES identity_provider (id) ON DELETE CASCADE,
  subject text NOT NULL,
  user_id text NOT NULL REFERENCES identity_user (id) ON DELETE CASCADE,
  linked_at bigint NOT NULL,
  PRIMARY KEY (provider_id, subject)
);
CREATE INDEX identity_external_by_user ON identity_external (user_id);
CREATE TABLE identity_spent (
  hash bytea PRIMARY KEY,
  expires_at bigint NOT NULL
);
CREATE INDEX identity_spent_by_expiry ON identity_spent (expires_at);
CREATE TABLE identity_attempt (
  counter text PRIMARY KEY,
  failures bigint NOT NULL,
  since bigint NOT NULL,
  blocked_until bigint NOT NULL
);
CREATE INDEX identity_attempt_by_age ON identity_attempt (since);
)sql";

constexpr ActionInfo kActions[] = {
    {"identity.setup.completed", "The first administrator was made by the one-time set-up link."},
    {"identity.user.invited", "Somebody was invited to sign in; the roles are given."},
    {"identity.user.joined", "An invited person accepted and can sign in."},
    {"identity.user.changed",
     "A person's name, address, roles or state was changed; the names of what changed are given."},
    {"identity.user.deleted", "A person who could sign in was removed, with all credentials."},
    {"identity.invitation.renewed", "An invitation got a new link; the old one is dead."},
    {"identity.invitation.withdrawn", "An invitation was withdrawn before it was accepted."},
    {"identity.role.created", "A role of the company's own was made."},
    {"identity.role.changed", "A role's name, description or permissions were changed."},
    {"identity.role.deleted", "A role that nobody held was removed."},
    {"identity.session.started", "Somebody signed in; the method is given."},
    {"identity.session.refused",
     "A sign-in was refused after a provider had answered or the person was known; the reason is given."},
    {"identity.session.ended", "Somebody signed out, or a session was ended by its owner or an administrator."},
    {"identity.session.confirmed", "Somebody at a browser proved to be there again."},
    {"identity.password.changed", "A person changed the password; all other sessions and all tokens ended."},
    {"identity.password.reset_requested", "A link to set a new password was made for an account."},
    {"identity.password.reset", "A person set a new password by such a link; all sessions and tokens ended."},
    {"identity.totp.added", "A person added an authenticator app."},
    {"identity.totp.removed", "An authenticator app was removed."},
    {"identity.recovery_codes.created", "A person made new recovery codes; the old ones are dead."},
    {"identity.recovery_code.used", "A recovery code was used to sign in; how many are left is given."},
    {"identity.passkey.added", "A person added a passkey."},
    {"identity.passkey.renamed", "A person renamed a passkey."},
    {"identity.passkey.removed", "A passkey was removed."},
    {"identity.token.created", "An API token was made; its permissions are given."},
    {"identity.token.revoked", "An API token was revoked."},
    {"identity.provider.created", "A sign-in provider was configured."},
    {"identity.provider.changed", "A sign-in provider's configuration was changed."},
    {"identity.provider.deleted", "A sign-in provider was removed, with everybody's link to it."},
    {"identity.external.linked", "A person linked an account at a sign-in provider."},
    {"identity.external.unlinked", "The link to an account at a sign-in provider was removed."},
};

constexpr PermissionInfo kPermissions[] = {
    {"users.read",
     "See the people who can sign in, their roles and open invitations.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kAuditor}},
    {"users.write", "Invite, change, disable and remove people, and end their sessions.", {}},
    {"roles.read", "See roles and what each may do.", {BuiltInRole::kPrivacyOfficer, BuiltInRole::kAuditor}},
    {"roles.write", "Make and change roles.", {}},
    {"tokens.read",
     "See one's own API tokens.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal, BuiltInRole::kEngineer, BuiltInRole::kAuditor}},
    {"tokens.write",
     "Make and revoke one's own API tokens.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal, BuiltInRole::kEngineer, BuiltInRole::kAuditor}},
    {"tokens.manage", "See and revoke everybody's API tokens.", {}},
    {"identity_providers.read", "See the sign-in providers.", {BuiltInRole::kAuditor}},
    {"identity_providers.write", "Configure sign-in providers.", {}},
};

}  // namespace

std::vector<Migration> IdentityMigrations() {
  return {{.room = "identity", .version = 1, .name = "people, credentials and sessions", .sql = kTables},
          {.room = "identity",
           .version = 2,
           .name = "who invited whom",
           .sql = "ALTER TABLE identity_user ADD COLUMN invited_by text;"}};
}

std::span<const ActionInfo> IdentityActions() {
  return kActions;
}

std::span<const PermissionInfo> IdentityPermissions() {
  return kPermissions;
}

}  // namespace privity
