#include "workspace/saved_views.h"

#include "workspace/workspace.h"

namespace privity {
namespace {

Result<UserId> PersonOf(const Caller& caller) {
  if (caller.user) return *caller.user;
  return Error("workspace.no_person");
}

// `owner` empty: no view is the viewer's own.
SavedView ToView(const Row& row, std::string_view owner) {
  return {.id = row.Get<SavedViewId>(0),
          .screen = row.Get<std::string>(1),
          .name = row.Get<std::string>(2),
          .query = row.Get<std::string>(3),
          .shared = row.Get<bool>(4),
          .mine = row.Get<std::string>(5) == owner,
          .changed_at = row.Get<Instant>(6)};
}

// A second view of that name on that screen is refused by the unique index.
Status NameTaken(Result<std::int64_t> done) {
  if (done.ok()) return Ok();
  if (done.error().Is("store.conflict")) return Error("workspace.name_taken");
  return std::move(done).error();
}

}  // namespace

std::vector<FieldNote> FieldNotes(const NewSavedView*) {
  return {{.name = "screen",
           .description = "The list it belongs to.",
           .example = "users",
           .min_length = 1,
           .max_length = 60},
          {.name = "name",
           .description = "As its owner finds it again.",
           .example = "Waiting for a second factor",
           .min_length = 1,
           .max_length = 80},
          {.name = "query",
           .description = "Filters, order and columns, as the console's address holds them.",
           .example = "state=active&sort=name",
           .max_length = 2000},
          {.name = "shared", .description = "Whether everybody who can sign in sees it.", .defaulted = true}};
}

Result<std::vector<SavedView>> SavedViews::List(ReadTx& tx, const Caller& caller, std::string_view screen) const {
  const std::string owner = caller.user ? caller.user->ToString() : "";
  PRIVITY_TRY(const auto rows, tx.Query("SELECT id, screen, name, query, shared, owner, changed_at FROM workspace_view "
                                        "WHERE (owner = $1 OR shared) AND ($2 = '' OR screen = $2) ORDER BY name, id",
                                        {owner, screen}));
  std::vector<SavedView> views;
  for (const Row& row : rows) views.push_back(ToView(row, owner));
  return views;
}

Result<SavedView> SavedViews::Create(WriteTx& tx, const Caller& caller, const NewSavedView& view) const {
  PRIVITY_TRY(const UserId owner, PersonOf(caller));
  PRIVITY_TRY(const auto count, tx.QueryOne("SELECT count(*) FROM workspace_view WHERE owner = $1", {owner}));
  if (count->Get<int>(0) >= kPerOwnerMax)
    return Error("workspace.too_many_views", {{"maximum", std::to_string(kPerOwnerMax)}});
  const auto id = SavedViewId::New(clock_);
  const Instant now = clock_.Now();
  PRIVITY_TRY_VOID(
      NameTaken(tx.Execute("INSERT INTO workspace_view(id, owner, screen, name, query, shared, changed_at) "
                           "VALUES($1, $2, $3, $4, $5, $6, $7)",
                           {id, owner, view.screen, view.name, view.query, view.shared, now})));
  PRIVITY_TRY_VOID(Record(tx, caller, "workspace.view.created", id, view.shared));
  return SavedView{id, view.screen, view.name, view.query, view.shared, true, now};
}

Result<SavedView> SavedViews::Replace(WriteTx& tx, const Caller& caller, const SavedViewId& id,
                                      const NewSavedView& view) const {
  PRIVITY_TRY(const UserId owner, PersonOf(caller));
  const Instant now = clock_.Now();
  auto changed = tx.Execute(
      "UPDATE workspace_view SET screen = $3, name = $4, query = $5, shared = $6, changed_at = $7 WHERE id = $1 AND "
      "owner = $2",
      {id, owner, view.screen, view.name, view.query, view.shared, now});
  if (changed.ok() && *changed == 0) return Error("workspace.view_unknown");
  PRIVITY_TRY_VOID(NameTaken(std::move(changed)));
  PRIVITY_TRY_VOID(Record(tx, caller, "workspace.view.changed", id, view.shared));
  return SavedView{id, view.screen, view.name, view.query, view.shared, true, now};
}

Status SavedViews::Delete(WriteTx& tx, const Caller& caller, const SavedViewId& id) const {
  PRIVITY_TRY(const UserId owner, PersonOf(caller));
  PRIVITY_TRY(const auto deleted, tx.Execute("DELETE FROM workspace_view WHERE id = $1 AND owner = $2", {id, owner}));
  if (deleted == 0) return Error("workspace.view_unknown");
  return Record(tx, caller, "workspace.view.deleted", id, false);
}

Status SavedViews::Record(WriteTx& tx, const Caller& caller, std::string_view action, const SavedViewId& id,
                          bool shared) const {
  Entry entry{.action = std::string(action),
              .actor = caller.actor,
              .object_kind = "saved_view",
              .object_id = id.ToString(),
              .request_id = caller.request_id};
  entry.details.Add("shared", shared);
  PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
  return Ok();
}

}  // namespace privity
