// What the console tells one person: something waits for you, something ended. Kept until read and for a while after.
//
// The words stand in the catalog: a notification is a text key with parameters, so that it is read in the reader's own
// language. Parameters name things (a job's kind, a count), never a data subject. A room posts in the transaction of
// the change that it tells about. Callable from many threads.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/type_table.h"
#include "identity/caller.h"
#include "store/store.h"
#include "workspace/news.h"
#include "workspace/notice_choices.h"

namespace privity {

struct NotificationTag {};
using NotificationId = Id<NotificationTag>;

struct Notification {
  NotificationId id;
  std::string text;                               // a key of the catalog: "tasks.assigned_to_you"
  std::map<std::string, std::string> parameters;  // of that text
  std::string link;                               // a path of the console: "/tasks/0192…"
  Instant created_at{};
  std::optional<Instant> read_at;
};
PRIVITY_DESCRIBE(Notification, (id, text, parameters, link, created_at, read_at))

struct NewNotification {
  UserId user;
  std::string text;
  std::map<std::string, std::string> parameters = {};
  std::string link = {};
  NoticeKind kind = NoticeKind::kTasks;  // by which the person chose how to be told
  // The same key for the same person is told once, however often it is posted ("job-failed:0192…").
  std::string unique_key = {};
};

struct NotificationPage {
  std::vector<Notification> items;            // newest first
  std::optional<NotificationId> next_before;  // pass it to get the page after this one
};

class Notifications {
 public:
  static constexpr std::chrono::hours kKeptAfterReading{24 * 30};
  static constexpr std::chrono::hours kKeptUnread{24 * 180};

  // Whoever has the console open hears of a change at once (event notifications.changed). News and clock outlive it.
  Notifications(const News& news, const Clock& clock) : news_(news), clock_(clock) {}

  // Its id, or nothing when the person was told of `unique_key` before.
  Result<std::optional<NotificationId>> Post(WriteTx& tx, const NewNotification& notification) const;
  // Everything that was kept for a person who is no more.
  Status Forget(WriteTx& tx, const UserId& user) const;
  // The caller's own. Empty for a caller that is no person.
  Result<NotificationPage> List(ReadTx& tx, const Caller& caller, bool unread_only,
                                const std::optional<NotificationId>& before, int limit) const;
  Result<std::int64_t> CountUnread(ReadTx& tx, const Caller& caller) const;
  // workspace.notification_unknown. Reading twice keeps the first time.
  Status MarkRead(WriteTx& tx, const Caller& caller, const NotificationId& id) const;
  // How many were unread.
  Result<std::int64_t> MarkAllRead(WriteTx& tx, const Caller& caller) const;
  // Removes what has been kept long enough; how many. For a daily job.
  Result<std::int64_t> Sweep(WriteTx& tx) const;

 private:
  Status TellOf(WriteTx& tx, const UserId& user) const;

  const News& news_;
  const Clock& clock_;
};

}  // namespace privity
