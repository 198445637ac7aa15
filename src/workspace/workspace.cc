#include "workspace/workspace.h"

#include <array>

namespace privity {
namespace {

constexpr std::array<ActionInfo, 4> kActions = {
    {{"workspace.notices.changed", "A person chose how to be told of what happens."},
     {"workspace.view.created", "Somebody saved a view of the console."},
     {"workspace.view.changed", "Somebody changed a saved view."},
     {"workspace.view.deleted", "Somebody deleted a saved view."}}};

constexpr std::array<PermissionInfo, 1> kPermissions = {
    {{"workspace.use", "Keep views and read the notifications that are addressed to oneself.", kEverybody}}};

}  // namespace

std::vector<Migration> WorkspaceMigrations() {
  return {
      {.room = "workspace",
       .version = 1,
       .name = "views and notifications",
       .sql = "CREATE TABLE workspace_view(id text PRIMARY KEY, owner text NOT NULL, screen text NOT NULL, name text "
              "NOT NULL, "
              "query text NOT NULL, shared boolean NOT NULL, changed_at bigint NOT NULL, UNIQUE(owner, screen, name));"
              "CREATE TABLE workspace_notification(id text PRIMARY KEY, user_id text NOT NULL, text text NOT NULL, "
              "parameters text NOT NULL, "
              "link text NOT NULL, unique_key text NOT NULL, created_at bigint NOT NULL, read_at bigint, "
              "UNIQUE(user_id, unique_key));"
              "CREATE INDEX workspace_notification_by_user ON workspace_notification(user_id, id);"},
      {.room = "workspace", .version = 2, .name = "news, how to be told, words to find things by", .sql = R"sql(
  CREATE TABLE workspace_news(
    topic text NOT NULL,
    name text NOT NULL,
    permission text NOT NULL,
    person text NOT NULL,
    id text NOT NULL,
    data text NOT NULL,
    PRIMARY KEY(topic, name, permission, person));
  CREATE UNIQUE INDEX workspace_news_in_order ON workspace_news(id);
  CREATE TABLE workspace_notice_choice(
    user_id text NOT NULL,
    kind text NOT NULL,
    delivery text NOT NULL,
    PRIMARY KEY(user_id, kind));
  CREATE TABLE workspace_word(
    kind text NOT NULL,
    reader text NOT NULL,
    word bytea NOT NULL,
    id text NOT NULL,
    PRIMARY KEY(kind, reader, word, id));
  CREATE INDEX workspace_word_of ON workspace_word(kind, id);
)sql"}};
}

std::span<const ActionInfo> WorkspaceActions() {
  return kActions;
}
std::span<const PermissionInfo> WorkspacePermissions() {
  return kPermissions;
}

}  // namespace privity
