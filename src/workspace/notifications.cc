#include "workspace/notifications.h"

#include "base/json.h"

namespace privity {
namespace {

Result<Notification> ToNotification(const Row& row) {
  PRIVITY_TRY(auto parameters, FromJson<std::map<std::string, std::string>>(row.Get<std::string>(2)));
  return Notification{.id = row.Get<NotificationId>(0),
                      .text = row.Get<std::string>(1),
                      .parameters = std::move(parameters),
                      .link = row.Get<std::string>(3),
                      .created_at = row.Get<Instant>(4),
                      .read_at = row.Get<std::optional<Instant>>(5)};
}

std::string PersonText(const Caller& caller) {
  return caller.user ? caller.user->ToString() : std::string();
}

}  // namespace

Result<std::optional<NotificationId>> Notifications::Post(WriteTx& tx, const NewNotification& notification) const {
  const auto id = NotificationId::New(clock_);
  const std::string key = notification.unique_key.empty() ? id.ToString() : notification.unique_key;
  PRIVITY_TRY(
      const std::int64_t posted,
      tx.Execute("INSERT INTO workspace_notification(id, user_id, text, parameters, link, unique_key, created_at) "
                 "VALUES($1, $2, $3, $4, $5, $6, $7) ON CONFLICT(user_id, unique_key) DO NOTHING",
                 {id, notification.user, notification.text, ToJson(notification.parameters), notification.link, key,
                  clock_.Now()}));
  if (posted == 0) return std::optional<NotificationId>();
  PRIVITY_TRY_VOID(TellOf(tx, notification.user));
  return std::optional(id);
}

Status Notifications::TellOf(WriteTx& tx, const UserId& user) const {
  return news_.Publish(tx, {.person = user}, "notifications.changed", user.ToString(), Json::Object());
}

Status Notifications::Forget(WriteTx& tx, const UserId& user) const {
  for (const char* table : {"workspace_notification", "workspace_notice_choice"}) {
    PRIVITY_TRY_VOID(tx.Execute("DELETE FROM " + std::string(table) + " WHERE user_id = $1", {user}));
  }
  return Ok();
}

Result<NotificationPage> Notifications::List(ReadTx& tx, const Caller& caller, bool unread_only,
                                             const std::optional<NotificationId>& before, int limit) const {
  NotificationPage page;
  // Ids are UUIDv7: their order is that of time.
  PRIVITY_TRY(
      const auto rows,
      tx.Query("SELECT id, text, parameters, link, created_at, read_at FROM workspace_notification "
               "WHERE user_id = $1 AND ($2 = '' OR id < $2) AND (read_at IS NULL OR NOT $3) ORDER BY id DESC LIMIT $4",
               {PersonText(caller), before ? before->ToString() : std::string(), unread_only, limit + 1}));
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      page.next_before = page.items.back().id;
      break;
    }
    PRIVITY_TRY(Notification notification, ToNotification(row));
    page.items.push_back(std::move(notification));
  }
  return page;
}

Result<std::int64_t> Notifications::CountUnread(ReadTx& tx, const Caller& caller) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT count(*) FROM workspace_notification WHERE user_id = $1 AND read_at IS NULL",
                          {PersonText(caller)}));
  return row->Get<std::int64_t>(0);
}

Status Notifications::MarkRead(WriteTx& tx, const Caller& caller, const NotificationId& id) const {
  PRIVITY_TRY(
      const auto changed,
      tx.Execute("UPDATE workspace_notification SET read_at = coalesce(read_at, $3) WHERE id = $1 AND user_id = $2",
                 {id, PersonText(caller), clock_.Now()}));
  if (changed == 0) return Error("workspace.notification_unknown");
  return TellOf(tx, *caller.user);
}

Result<std::int64_t> Notifications::MarkAllRead(WriteTx& tx, const Caller& caller) const {
  PRIVITY_TRY(const std::int64_t changed,
              tx.Execute("UPDATE workspace_notification SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL",
                         {PersonText(caller), clock_.Now()}));
  if (changed > 0) PRIVITY_TRY_VOID(TellOf(tx, *caller.user));
  return changed;
}

Result<std::int64_t> Notifications::Sweep(WriteTx& tx) const {
  return tx.Execute("DELETE FROM workspace_notification WHERE read_at < $1 OR created_at < $2",
                    {clock_.Now() - kKeptAfterReading, clock_.Now() - kKeptUnread});
}

}  // namespace privity
