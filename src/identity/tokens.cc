#include "identity/tokens.h"

#include "identity/api_token.h"
#include "identity/internal/rows.h"

namespace privity {
namespace {

constexpr std::string_view kManage = "tokens.manage";
constexpr std::string_view kColumns = "id, user_id, name, prefix, permissions, created_at, expires_at, last_used_at";

Result<Token> ReadToken(const Row& row) {
  PRIVITY_TRY(auto permissions, TextsFromColumn(row.Get<std::string>(4)));
  return Token{.id = row.Get<TokenId>(0),
               .user_id = row.Get<UserId>(1),
               .name = row.Get<std::string>(2),
               .prefix = row.Get<std::string>(3),
               .permissions = std::move(permissions),
               .created_at = row.Get<Instant>(5),
               .expires_at = row.Get<Instant>(6),
               .last_used_at = row.Get<std::optional<Instant>>(7)};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const TokenRequest*) {
  return {{.name = "name",
           .description = "What it is for.",
           .example = "nightly export",
           .format = "line",
           .min_length = 1,
           .max_length = 100},
          {.name = "permissions",
           .description = "What it may do: names from GET /v1/permissions, all of which you hold.",
           .min_length = 1,
           .max_length = 500},
          {.name = "expires_in_days",
           .description = "When it stops working.",
           .example = "90",
           .minimum = 1,
           .maximum = 366,
           .defaulted = true}};
}

Result<std::vector<Token>> Tokens::List(ReadTx& tx, const Caller& caller) const {
  const bool all = caller.May(kManage);
  if (!all && !caller.user) return Error("identity.person_needed");
  const std::string select = "SELECT " + std::string(kColumns) + " FROM identity_token ";
  PRIVITY_TRY(const auto rows, all ? tx.Query(select + "ORDER BY id DESC")
                                   : tx.Query(select + "WHERE user_id = $1 ORDER BY id DESC", {*caller.user}));
  std::vector<Token> tokens;
  for (const Row& row : rows) {
    PRIVITY_TRY(Token token, ReadToken(row));
    tokens.push_back(std::move(token));
  }
  return tokens;
}

Result<NewToken> Tokens::Create(WriteTx& tx, const Caller& caller, const TokenRequest& request) const {
  if (!caller.user || !caller.session) return Error("identity.person_needed");
  PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  PRIVITY_TRY(const PermissionSet permissions, world_.permissions.Parse(request.permissions));
  PRIVITY_TRY_VOID(RequireWithin(permissions, caller.permissions));
  PRIVITY_TRY(const auto held, tx.QueryOne("SELECT count(*) FROM identity_token WHERE user_id = $1", {*caller.user}));
  if (held->Get<std::size_t>(0) >= kTokensPerUserMax) return Error("identity.tokens_full");
  const SecretString secret = NewApiToken();
  const Instant now = world_.clock.Now();
  Token token{.id = TokenId::New(world_.clock),
              .user_id = *caller.user,
              .name = request.name,
              .prefix = ApiTokenHint(secret),
              .permissions = permissions.names(),
              .created_at = now,
              .expires_at = now + std::chrono::days(request.expires_in_days),
              .last_used_at = std::nullopt};
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO identity_token (id, user_id, token_hash, name, prefix, permissions, epoch, created_at, expires_at) "
      "SELECT $1, id, $2, $3, $4, $5, epoch, $6, $7 FROM identity_user WHERE id = $8",
      {token.id, BytesView(HashApiToken(secret.Reveal())), token.name, token.prefix, PermissionsToText(permissions),
       now, token.expires_at, token.user_id}));
  Entry entry = EntryBy(caller, "identity.token.created", "token", token.id);
  entry.details.Add("permissions", WordsOf(permissions.names())).Add("expires_at", token.expires_at);
  PRIVITY_TRY_VOID(Record(world_, tx, entry));
  return NewToken{std::move(token), secret.Reveal()};
}

Status Tokens::Revoke(WriteTx& tx, const Caller& caller, const TokenId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT user_id FROM identity_token WHERE id = $1", {id}));
  // Somebody else's token is as unknown as one that never was.
  if (!row || (row->Get<UserId>(0) != caller.user && !caller.May(kManage))) return Error("identity.token_unknown");
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM identity_token WHERE id = $1", {id}));
  return Record(world_, tx, EntryBy(caller, "identity.token.revoked", "token", id));
}

}  // namespace privity
