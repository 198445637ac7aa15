#include "identity/identity.h"

#include <algorithm>
#include <iterator>

#include "identity/api_token.h"
#include "identity/internal/rows.h"

namespace privity {
namespace {

constexpr std::chrono::minutes kTokenTouchEvery{1};
constexpr std::string_view kBearer = "Bearer ";

// RFC 9110 section 11.1: the name of the scheme has no case.
std::optional<std::string_view> BearerToken(std::string_view authorization) {
  if (authorization.size() <= kBearer.size()) return std::nullopt;
  for (std::size_t i = 0; i < kBearer.size(); ++i) {
    const char c = authorization[i];
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const char wanted = kBearer[i] == 'B' ? 'b' : kBearer[i];
    if (lower != wanted) return std::nullopt;
  }
  return authorization.substr(kBearer.size());
}

Caller CallerFor(const Presented& presented, ActorKind kind, std::string id) {
  Caller caller;
  caller.actor = {kind, std::move(id)};
  caller.request_id = presented.request_id;
  caller.address = presented.client_address;
  return caller;
}

}  // namespace

Identity::Identity(const IdentityWorld& world, uid_t operator_uid)
    : world_(world),
      operator_uid_(operator_uid),
      tickets_(world_.keys, world_.clock),
      sessions_(world_),
      people_(world_),
      roles_(world_),
      tokens_(world_),
      sign_in_(world_, tickets_, sessions_),
      account_(world_, tickets_, sessions_, sign_in_),
      providers_(world_, tickets_, sessions_, sign_in_) {}

Identity::~Identity() = default;

Result<std::optional<Caller>> Identity::Authenticate(const Presented& presented) {
  if (!presented.authorization.empty()) {
    const auto token = BearerToken(presented.authorization);
    if (!token) return Error("identity.token_invalid");
    return ByToken(presented, *token);
  }
  if (presented.unix_peer_uid) return ByOperator(presented);
  return BySession(presented);
}

Result<std::optional<Caller>> Identity::BySession(const Presented& presented) {
  if (presented.session_cookie.empty()) return std::optional<Caller>();
  std::optional<SessionRecord> session;
  Caller caller;
  PRIVITY_TRY_VOID(world_.store.Read([&](ReadTx& tx) -> Status {
    PRIVITY_TRY(session, sessions_.Find(tx, presented.session_cookie));
    if (!session || session->stage != SessionStage::kSignedIn) {
      session.reset();
      return Ok();
    }
    caller = CallerFor(presented, ActorKind::kUser, session->user.ToString());
    PRIVITY_TRY(caller.permissions, PermissionsOf(tx, world_.permissions, session->user));
    return Ok();
  }));
  if (!session) return std::optional<Caller>();
  caller.user = session->user;
  caller.session = session->id;
  caller.proved_at = session->proved_at;
  if (sessions_.NeedsTouch(*session)) {
    // Only a note for people: a store that cannot be written now does not keep anybody from reading.
    (void)world_.store.Write([&](WriteTx& tx) { return sessions_.Touch(tx, *session); });
  }
  return std::optional(std::move(caller));
}

Result<std::optional<Caller>> Identity::ByToken(const Presented& presented, std::string_view secret) {
  const Instant now = world_.clock.Now();
  const Sha256Digest hash = HashApiToken(secret);
  const std::optional<std::uint64_t> generation = world_.store.Generation();
  std::shared_ptr<const KnownToken> token = generation ? known_tokens_.Find(hash, *generation) : nullptr;
  if (token == nullptr) {
    if (!IsApiToken(secret)) return Error("identity.token_invalid");
    PRIVITY_TRY(token, world_.store.Read([&](ReadTx& tx) { return LookUp(tx, hash); }));
    if (generation) known_tokens_.Keep(hash, *generation, token);
  }
  if (token->expires_at <= now) return Error("identity.token_invalid");
  if (!token->last_used_at || *token->last_used_at + kTokenTouchEvery <= now) {
    (void)world_.store.Write([&](WriteTx& tx) {
      return tx.Execute("UPDATE identity_token SET last_used_at = $2 WHERE id = $1", {token->id, now});
    });
  }
  Caller caller = CallerFor(presented, ActorKind::kToken, token->id.ToString());
  caller.user = token->owner;
  caller.permissions = token->permissions;
  return std::optional(std::move(caller));
}

Result<std::shared_ptr<const KnownToken>> Identity::LookUp(ReadTx& tx, const Sha256Digest& hash) const {
  // One statement: the token, its owner, and a row for each of the owner's roles.
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT t.id, t.user_id, t.permissions, t.expires_at, t.last_used_at, ur.role_id, r.permissions "
                       "FROM identity_token t JOIN identity_user u ON u.id = t.user_id AND u.epoch = t.epoch "
                       "LEFT JOIN identity_user_role ur ON ur.user_id = t.user_id "
                       "LEFT JOIN identity_role r ON r.id = ur.role_id "
                       "WHERE t.token_hash = $1 AND u.state = $2",
                       {BytesView(hash), EnumText(UserState::kActive)}));
  if (rows.empty()) return Error("identity.token_invalid");
  KnownToken token{.id = rows[0].Get<TokenId>(0),
                   .owner = rows[0].Get<UserId>(1),
                   .permissions = {},
                   .expires_at = rows[0].Get<Instant>(3),
                   .last_used_at = rows[0].Get<std::optional<Instant>>(4)};
  PRIVITY_TRY(auto names, TextsFromColumn(rows[0].Get<std::string>(2)));
  const PermissionSet named(std::move(names));
  for (const Row& row : rows) {
    PRIVITY_TRY(const PermissionSet held,
                HeldThrough(row.Get<std::optional<RoleId>>(5), row.Get<std::optional<std::string>>(6), named));
    token.permissions = token.permissions.Union(held);
  }
  return std::make_shared<const KnownToken>(std::move(token));
}

Result<PermissionSet> Identity::HeldThrough(const std::optional<RoleId>& role,
                                            const std::optional<std::string>& own_permissions,
                                            const PermissionSet& wanted) const {
  std::vector<std::string> held;
  if (const auto built_in = role ? FindBuiltInRole(*role) : std::nullopt) {
    std::ranges::copy_if(wanted.names(), std::back_inserter(held),
                         [&](const std::string& name) { return world_.permissions.Holds(*built_in, name); });
  } else if (own_permissions) {
    PRIVITY_TRY(auto names, TextsFromColumn(*own_permissions));
    return world_.permissions.Known(std::move(names)).Intersection(wanted);
  }
  return PermissionSet(std::move(held));
}

Result<std::optional<Caller>> Identity::ByOperator(const Presented& presented) const {
  const uid_t uid = *presented.unix_peer_uid;
  if (uid != 0 && uid != operator_uid_) return Error("identity.operator_refused");
  Caller caller = CallerFor(presented, ActorKind::kOperator, "uid-" + std::to_string(uid));
  caller.permissions = world_.permissions.All();
  return std::optional(std::move(caller));
}

Status Identity::Sweep(WriteTx& tx) const {
  PRIVITY_TRY_VOID(sessions_.Sweep(tx));
  PRIVITY_TRY_VOID(tickets_.Sweep(tx));
  PRIVITY_TRY_VOID(SignInLimits(world_.clock).Sweep(tx));
  // A dead invitation stays in the list until somebody renews or withdraws it; other dead links mean nothing.
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_link WHERE expires_at <= $1 AND kind <> $2",
                              {world_.clock.Now(), EnumText(LinkKind::kInvitation)}));
  PRIVITY_TRY_VOID(
      tx.Execute("DELETE FROM identity_token WHERE expires_at <= $1", {world_.clock.Now() - std::chrono::days(30)}));
  return Ok();
}

}  // namespace privity
