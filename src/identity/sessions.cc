#include "identity/sessions.h"

#include "base/utf8.h"
#include "crypto/hash.h"
#include "crypto/token.h"
#include "identity/authenticator.h"
#include "identity/internal/rows.h"

namespace privity {
namespace {

constexpr std::chrono::minutes kTouchEvery{1};
constexpr std::size_t kClientBytesMax = 200;

Bytes HashOf(std::string_view cookie) {
  const Sha256Digest digest = Sha256(AsBytes(cookie));
  return {digest.begin(), digest.end()};
}

// Cut between characters; not UTF-8 at all becomes empty.
std::string Shortened(std::string_view client) {
  client = client.substr(0, kClientBytesMax);
  while (!client.empty() && !IsUtf8(client)) client.remove_suffix(1);
  return std::string(client);
}

}  // namespace

Result<OpenedSession> Sessions::Begin(WriteTx& tx, const UserId& user, SessionStage stage,
                                      std::string_view client) const {
  const Instant now = world_.clock.Now();
  const std::chrono::seconds lifetime =
      stage == SessionStage::kSignedIn ? std::chrono::seconds(kSessionLifetime) : kSecondFactorLifetime;
  OpenedSession session{SessionId::NewRandom(), RandomToken(), lifetime};
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO identity_session (id, token_hash, user_id, epoch, stage, created_at, last_seen_at, proved_at, "
      "expires_at, client) SELECT $1, $2, id, epoch, $3, $4, $4, $4, $5, $6 FROM identity_user WHERE id = $7",
      {session.id, HashOf(session.cookie.Reveal()), EnumText(stage), now, now + lifetime, Shortened(client), user}));
  if (stage == SessionStage::kSignedIn) {
    PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_user SET last_seen_at = $2 WHERE id = $1", {user, now}));
  }
  return session;
}

Result<std::optional<SessionRecord>> Sessions::Find(ReadTx& tx, std::string_view cookie) const {
  if (cookie.empty()) return std::optional<SessionRecord>();
  const Instant now = world_.clock.Now();
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT s.id, s.user_id, s.stage, s.last_seen_at, s.proved_at, u.email, u.name "
                          "FROM identity_session s JOIN identity_user u ON u.id = s.user_id AND u.epoch = s.epoch "
                          "WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3 AND u.state = $4",
                          {HashOf(cookie), now, now - kSessionIdle, EnumText(UserState::kActive)}));
  if (!row) return std::optional<SessionRecord>();
  PRIVITY_TRY(const SessionStage stage, ParseEnum<SessionStage>(row->Get<std::string>(2)));
  return std::optional(SessionRecord{.id = row->Get<SessionId>(0),
                                     .user = row->Get<UserId>(1),
                                     .stage = stage,
                                     .last_seen_at = row->Get<Instant>(3),
                                     .proved_at = row->Get<Instant>(4),
                                     .email = row->Get<std::string>(5),
                                     .name = row->Get<std::string>(6)});
}

bool Sessions::NeedsTouch(const SessionRecord& session) const {
  return session.last_seen_at + kTouchEvery <= world_.clock.Now();
}

Status Sessions::Touch(WriteTx& tx, const SessionRecord& session) const {
  const Instant now = world_.clock.Now();
  PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_session SET last_seen_at = $2 WHERE id = $1", {session.id, now}));
  PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_user SET last_seen_at = $2 WHERE id = $1", {session.user, now}));
  return Ok();
}

Status Sessions::Prove(WriteTx& tx, const SessionId& id) const {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE identity_session SET proved_at = $2 WHERE id = $1", {id, world_.clock.Now()}));
  return Ok();
}

Status Sessions::End(WriteTx& tx, const SessionId& id) const {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_session WHERE id = $1", {id}));
  return Ok();
}

Status Sessions::Sweep(WriteTx& tx) const {
  const Instant now = world_.clock.Now();
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_session WHERE expires_at <= $1 OR last_seen_at <= $2",
                              {now, now - kSessionIdle}));
  return Ok();
}

Result<Session> Sessions::View(ReadTx& tx, std::string_view cookie) const {
  Session view;
  PRIVITY_TRY(const auto session, Find(tx, cookie));
  if (!session) return view;
  view.csrf_token = CsrfTokenOf(cookie);
  PRIVITY_TRY(view.second_factors, SecondFactorsOf(tx, session->user));
  view.state = session->stage == SessionStage::kSignedIn ? SessionState::kSignedIn : SessionState::kSecondFactor;
  if (session->stage == SessionStage::kSecondFactor) return view;
  view.user_id = session->user;
  view.name = session->name;
  view.email = session->email;
  PRIVITY_TRY(const PermissionSet permissions, PermissionsOf(tx, world_.permissions, session->user));
  view.permissions = permissions.names();
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  view.organization = organization.name;
  view.time_zone = organization.time_zone.ToString();
  return view;
}

}  // namespace privity
