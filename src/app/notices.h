// The one place that turns what happens in the rooms into what people hear of: notifications, their copies by mail, and
// news for open screens. It listens to the ledger, through which every change goes, and to the jobs; so no room knows
// that somebody is told, and what is told commits with the change that it tells about.
//
// Callable from many threads. Everything in NoticeRooms outlives it.
#pragma once

#include <string>

#include "identity/identity.h"
#include "jobs/job.h"
#include "ledger/entry.h"
#include "mail/mailer.h"
#include "rights/requests.h"
#include "settings/organization.h"
#include "tasks/tasks.h"
#include "words/catalog.h"
#include "workspace/news.h"
#include "workspace/notice_choices.h"
#include "workspace/notifications.h"

namespace privity {

// The copy of a notification. The words are at app.mail_notice_*.
MailTemplate NoticeMailTemplate();

struct NoticeRooms {
  Store& store;
  const Clock& clock;
  const Logger& log;
  const Catalog& catalog;
  const Notifications& notifications;
  const NoticeChoices& choices;
  const News& news;
  const Tasks& tasks;
  const Identity& identity;
  const RightsRequests& rights;
  const OrganizationSettings& organization;
  const Mailer& mailer;
  const ConsoleAddress& console;
};

class Notices {
 public:
  // How long before its due time a task is brought to mind, and how long after it what nobody was there to tell of is
  // still told.
  static constexpr std::chrono::hours kDueSoon{24};
  static constexpr std::chrono::hours kOverdueTold{24 * 7};

  explicit Notices(const NoticeRooms& rooms) : rooms_(rooms) {}

  // For Ledger::Listen and JobQueue::Listen.
  Status OnEntry(WriteTx& tx, const Entry& entry) const;
  Status OnJob(WriteTx& tx, const JobInfo& job) const;
  // For SequencerOptions::on_sink_problem: checkpoints do not leave the machine. Logs what it cannot save.
  void OnSinkProblem() const;
  // Tells assignees of tasks that are due soon or overdue, each once. For a job that runs every few minutes.
  Status RemindOfTasks() const;

 private:
  Status TellOfTask(WriteTx& tx, const Entry& entry) const;
  Status TellOfRequest(WriteTx& tx, const Entry& entry) const;
  Status TellSuccessors(WriteTx& tx, const Entry& entry, const Task& task) const;
  Status TellOfSignIn(WriteTx& tx, const Entry& entry) const;
  Status TellInviter(WriteTx& tx, const Entry& entry) const;
  Status TellOfFailedJob(WriteTx& tx, const JobInfo& job) const;
  Status TellAdministrators(WriteTx& tx, NewNotification notice, const std::optional<UserId>& except = {}) const;
  Status Tell(WriteTx& tx, const NewNotification& notice) const;
  Status MailCopy(WriteTx& tx, const NewNotification& notice) const;
  Status Remind(const TaskFilter& filter, std::string_view text) const;
  Caller System() const;

  const NoticeRooms rooms_;
};

}  // namespace privity
