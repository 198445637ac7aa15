#include "app/notices.h"

#include <algorithm>
#include <array>

#include "rights/mail_intake.h"

namespace privity {
namespace {

constexpr std::string_view kMailTemplate = "app.mail_notice";

// Actions by which somebody's ways to sign in changed; also the texts by which that person is told.
constexpr std::array<std::string_view, 11> kCredentialActions = {
    "identity.password.changed",       "identity.password.reset",     "identity.totp.added",
    "identity.totp.removed",           "identity.passkey.added",      "identity.passkey.removed",
    "identity.recovery_codes.created", "identity.recovery_code.used", "identity.external.linked",
    "identity.external.unlinked",      "identity.token.created"};

// Jobs whose failure has words of its own for administrators; every other one is told as "job_failed".
struct FailedJobText {
  std::string_view kind, text;
};
constexpr std::array<FailedJobText, 4> kFailedJobTexts = {{{"backup.nightly", "backup_failed"},
                                                           {"ledger.verify", "ledger_check_failed"},
                                                           {Mailer::kJobKind, "mail_failing"},
                                                           {MailIntake::kJob, "mailbox_failing"}}};

std::string_view TextOfFailed(std::string_view job_kind) {
  const auto own = std::ranges::find(kFailedJobTexts, job_kind, &FailedJobText::kind);
  return own == kFailedJobTexts.end() ? "job_failed" : own->text;
}

// Whom an entry about a person's own account is about: its object, or who acted on a thing of his own.
std::optional<UserId> PersonOf(const Entry& entry) {
  const bool is_object = entry.object_kind == "user";
  if (!is_object && entry.actor.kind != ActorKind::kUser) return std::nullopt;
  const auto id = UserId::Parse(is_object ? entry.object_id : entry.actor.id);
  return id.ok() ? std::optional(*id) : std::nullopt;
}

std::optional<UserId> PersonIn(const Json& details, std::string_view name) {
  const auto id = UserId::Parse(details[name].StringOr(""));
  return id.ok() ? std::optional(*id) : std::nullopt;
}

Json NewsOf(const JobInfo& job) {
  Json news = Json::Object({{"id", job.id.ToString()},
                            {"kind", job.kind},
                            {"state", EnumText(job.state)},
                            {"progress_done", job.progress_done}});
  if (job.progress_total) news.Set("progress_total", *job.progress_total);
  if (job.progress_step) news.Set("progress_step", *job.progress_step);
  return news;
}

// What comes from outside and waits in a rights request until somebody acts: how it is told, and who may act on it. Of
// a request from the portal nobody hears before its person has proved who asks: anybody can send those.
struct RequestNotice {
  std::string_view action;
  std::string_view step = {};  // of it alone; empty: of any
  ActorKind by = ActorKind::kSubject;
  std::string_view text;
  std::string_view permission = "rights.write";
};
constexpr auto kRequestNotices = std::to_array<RequestNotice>(
    {{.action = "rights.request.created", .by = ActorKind::kSystem, .text = "request_by_mail"},
     {.action = "rights.request.proof_given", .text = "request_proven"},
     {.action = "rights.request.moved", .step = "withdraw", .text = "request_withdrawn"},
     {.action = "rights.request.moved", .step = "appeal", .text = "request_appealed"},
     {.action = "rights.message.received", .text = "request_message"},
     {.action = "rights.message.received", .by = ActorKind::kSystem, .text = "request_message"},
     {.action = "rights.document.given", .text = "request_document", .permission = "rights.document"}});

NewNotification AboutTask(const UserId& user, const Task& task, std::string_view text) {
  return {.user = user,
          .text = std::string(text),
          .parameters = {{"title", task.content.title}},
          .link = "/tasks/" + task.id.ToString(),
          .kind = NoticeKind::kTasks};
}

}  // namespace

MailTemplate NoticeMailTemplate() {
  return {.key = std::string(kMailTemplate), .variables = {"organization", "name", "notice"}, .links = {"link"}};
}

Caller Notices::System() const {
  return SystemCaller(rooms_.identity.permissions(), "app");
}

Status Notices::OnEntry(WriteTx& tx, const Entry& entry) const {
  if (entry.action == "tasks.evidence.opened") return Ok();  // changes nothing
  if (entry.object_kind == "task") return TellOfTask(tx, entry);
  if (entry.object_kind == "rights_request") return TellOfRequest(tx, entry);
  if (entry.action == "identity.session.started") return TellOfSignIn(tx, entry);
  if (entry.action == "identity.user.joined") return TellInviter(tx, entry);
  const std::optional<UserId> person = PersonOf(entry);
  if (!person) return Ok();
  if (entry.action == "identity.user.deleted") return rooms_.notifications.Forget(tx, *person);
  if (std::ranges::find(kCredentialActions, entry.action) == kCredentialActions.end()) return Ok();
  return Tell(tx, {.user = *person, .text = entry.action, .link = "/account", .kind = NoticeKind::kSecurity});
}

Status Notices::TellOfTask(WriteTx& tx, const Entry& entry) const {
  PRIVITY_TRY(const TaskId id, TaskId::Parse(entry.object_id));
  PRIVITY_TRY(const Task task, rooms_.tasks.Get(tx, System(), id));
  const Json& details = entry.details.json();
  const auto assigned = PersonIn(details, "assignee");
  const auto relieved = PersonIn(details, "assignee_before");
  const auto tell = [&](const std::optional<UserId>& user, std::string_view text) -> Status {
    const bool did_it = user && entry.actor.kind == ActorKind::kUser && entry.actor.id == user->ToString();
    return user && !did_it ? Tell(tx, AboutTask(*user, task, text)) : Ok();
  };
  const auto publish = [&](const NewsAudience& audience) {
    return rooms_.news.Publish(tx, audience, "tasks.changed", entry.object_id, Json::Object({{"id", entry.object_id}}));
  };
  PRIVITY_TRY_VOID(publish({.permission = "tasks.manage"}));
  for (const auto& person : {task.content.assignee, task.created_by, relieved}) {
    if (person) PRIVITY_TRY_VOID(publish({.person = person}));
  }
  PRIVITY_TRY_VOID(tell(assigned, "task_assigned"));
  PRIVITY_TRY_VOID(tell(relieved, "task_reassigned"));
  if (entry.action == "tasks.task.commented") {
    PRIVITY_TRY_VOID(tell(task.created_by, "task_commented"));
    if (task.content.assignee != task.created_by) PRIVITY_TRY_VOID(tell(task.content.assignee, "task_commented"));
  }
  const bool is_moved = entry.action == "tasks.task.moved";
  if (is_moved) PRIVITY_TRY_VOID(TellSuccessors(tx, entry, task));
  return is_moved && task.state == TaskState::kDone ? tell(task.created_by, "task_done") : Ok();
}

// Whoever has the request hears of it; of one that nobody has taken, all who may act. What the company's own people or
// programs did is no news.
Status Notices::TellOfRequest(WriteTx& tx, const Entry& entry) const {
  const std::string step = entry.details.json()["step"].StringOr("");
  const auto about = std::ranges::find_if(kRequestNotices, [&](const RequestNotice& notice) {
    return notice.action == entry.action && notice.by == entry.actor.kind &&
           (notice.step.empty() || notice.step == step);
  });
  if (about == kRequestNotices.end()) return Ok();
  PRIVITY_TRY(const RightsRequestId id, RightsRequestId::Parse(entry.object_id));
  PRIVITY_TRY(const std::optional<UserId> assignee, rooms_.rights.AssigneeOf(tx, id));
  std::vector<UserId> people;
  if (assignee) {
    people.push_back(*assignee);
  } else {
    PRIVITY_TRY(people, rooms_.identity.people().WhoMay(tx, about->permission));
  }
  // Of messages, which are without number, once an hour.
  const std::string hour = FormatInstant(rooms_.clock.Now()).substr(0, std::string_view("2026-11-27T06").size());
  const bool is_message = about->action == "rights.message.received";
  for (const UserId& user : people) {
    PRIVITY_TRY_VOID(Tell(tx, {.user = user,
                               .text = std::string(about->text),
                               .parameters = {{"reference", ReferenceOf(id)}},
                               .link = "/requests/" + entry.object_id,
                               .kind = NoticeKind::kRequests,
                               .unique_key = is_message ? "request_message:" + entry.object_id + "/" + hour : ""}));
  }
  return Ok();
}

// Those who wait for a task see that it moved, and hear of it when nothing else keeps them.
Status Notices::TellSuccessors(WriteTx& tx, const Entry& entry, const Task& task) const {
  PRIVITY_TRY(const auto successors, rooms_.tasks.Successors(tx, System(), task.id));
  const bool is_finished = task.state == TaskState::kDone || task.state == TaskState::kCancelled;
  for (const Task& next : successors) {
    const auto& person = next.content.assignee;
    if (!person) continue;
    const std::string id = next.id.ToString();
    PRIVITY_TRY_VOID(rooms_.news.Publish(tx, {.person = person}, "tasks.changed", id, Json::Object({{"id", id}})));
    const bool can_begin = is_finished && next.state == TaskState::kOpen && next.waits_for == 0;
    const bool did_it = entry.actor.kind == ActorKind::kUser && entry.actor.id == person->ToString();
    if (can_begin && !did_it) PRIVITY_TRY_VOID(Tell(tx, AboutTask(*person, next, "task_can_begin")));
  }
  return Ok();
}

// The first sign-in of an account, and what follows a link or a new password, is no news to the person who did it.
Status Notices::TellOfSignIn(WriteTx& tx, const Entry& entry) const {
  const Json& details = entry.details.json();
  const std::string method = details["method"].StringOr("");
  const bool expected = method == "setup" || method == "link" || method == "password_changed";
  const auto person = PersonOf(entry);
  const bool* known_device = details["known_device"].boolean();
  if (expected || !person || known_device == nullptr || *known_device) return Ok();
  return Tell(tx, {.user = *person, .text = "sign_in_new_device", .link = "/account", .kind = NoticeKind::kSecurity});
}

Status Notices::TellInviter(WriteTx& tx, const Entry& entry) const {
  const auto person = PersonOf(entry);
  if (!person) return Ok();
  PRIVITY_TRY(const auto inviter, rooms_.identity.people().InvitedBy(tx, *person));
  if (!inviter) return Ok();
  return Tell(tx, {.user = *inviter,
                   .text = "invitation_accepted",
                   .link = "/users/" + person->ToString(),
                   .kind = NoticeKind::kInvitations});
}

Status Notices::OnJob(WriteTx& tx, const JobInfo& job) const {
  PRIVITY_TRY_VOID(
      rooms_.news.Publish(tx, {.permission = "jobs.read"}, "jobs.progress", job.id.ToString(), NewsOf(job)));
  if (job.state == JobState::kFailed) return TellOfFailedJob(tx, job);
  if (job.state != JobState::kSucceeded || !job.owner) return Ok();
  PRIVITY_TRY(const UserId owner, UserId::Parse(*job.owner));
  return Tell(tx, {.user = owner,
                   .text = "job_finished",
                   .parameters = {{"job_kind", job.kind}},
                   .link = "/jobs/" + job.id.ToString(),
                   .kind = NoticeKind::kJobs});
}

Status Notices::TellOfFailedJob(WriteTx& tx, const JobInfo& job) const {
  const std::string text(TextOfFailed(job.kind));
  const bool is_mail = job.kind == Mailer::kJobKind || job.kind == MailIntake::kJob;
  // A mail server that is down fails again and again: one word of it a day.
  const std::string occasion = is_mail ? FormatInstant(rooms_.clock.Now()).substr(0, 10)
                                       : job.id.ToString() + "/" + std::to_string(job.attempts);
  NewNotification notice{.user = {},
                         .text = text,
                         .parameters = {{"job_kind", job.kind}},
                         .link = "/jobs/" + job.id.ToString(),
                         .kind = NoticeKind::kOperation,
                         .unique_key = text + ":" + occasion};
  std::optional<UserId> owner;
  if (job.owner) {
    PRIVITY_TRY(owner, UserId::Parse(*job.owner));
    notice.user = *owner;
    notice.kind = NoticeKind::kJobs;
    PRIVITY_TRY_VOID(Tell(tx, notice));
    notice.kind = NoticeKind::kOperation;
  }
  return TellAdministrators(tx, std::move(notice), owner);
}

void Notices::OnSinkProblem() const {
  const std::string day = FormatInstant(rooms_.clock.Now()).substr(0, 10);
  const Status told = rooms_.store.Write([&](WriteTx& tx) {
    return TellAdministrators(tx, {.user = {},
                                   .text = "checkpoint_failing",
                                   .link = "/health",
                                   .kind = NoticeKind::kOperation,
                                   .unique_key = "checkpoint_failing:" + day});
  });
  if (!told.ok()) rooms_.log.Warning("app.notice_not_kept", {{"error", told.error()}});
}

Status Notices::TellAdministrators(WriteTx& tx, NewNotification notice, const std::optional<UserId>& except) const {
  PRIVITY_TRY(const auto administrators, rooms_.identity.people().Administrators(tx));
  for (const UserId& user : administrators) {
    if (user == except) continue;
    notice.user = user;
    PRIVITY_TRY_VOID(Tell(tx, notice));
  }
  return Ok();
}

Status Notices::Tell(WriteTx& tx, const NewNotification& notice) const {
  PRIVITY_TRY(const Delivery delivery, rooms_.choices.Of(tx, notice.user, notice.kind));
  if (delivery == Delivery::kNone) return Ok();
  PRIVITY_TRY(const auto posted, rooms_.notifications.Post(tx, notice));
  // Mail about failing mail would fail, and be told of by mail.
  const bool by_mail = delivery == Delivery::kMail && notice.text != "mail_failing";
  return posted && by_mail ? MailCopy(tx, notice) : Ok();
}

// What cannot be mailed stands in the console: a copy never keeps a change from happening.
Status Notices::MailCopy(WriteTx& tx, const NewNotification& notice) const {
  const std::string origin = rooms_.console.origin();
  if (!rooms_.mailer.is_configured() || origin.empty()) return Ok();
  PRIVITY_TRY(const User user, rooms_.identity.people().Get(tx, notice.user));
  auto to = Mailbox::Create(user.email, user.name);
  if (!to.ok() || user.state != UserState::kActive) return Ok();
  PRIVITY_TRY(const Organization organization, rooms_.organization.Get(tx));
  std::vector<WordsParameter> parameters;
  for (const auto& [name, value] : notice.parameters) {
    const bool has_words = name == "job_kind";
    parameters.push_back(
        {name, has_words ? rooms_.catalog.Text(organization.language, "console.job_kind." + value) : value});
  }
  PRIVITY_TRY_VOID(rooms_.mailer.Enqueue(
      tx, {.template_key = std::string(kMailTemplate),
           .language = organization.language,
           .to = *std::move(to),
           .variables = {{"organization", organization.name},
                         {"name", user.name},
                         {"notice", rooms_.catalog.Text(organization.language, "console.notification." + notice.text,
                                                        std::span<const WordsParameter>(parameters))},
                         {"link", origin + notice.link}}}));
  return Ok();
}

Status Notices::RemindOfTasks() const {
  const Instant now = rooms_.clock.Now();
  TaskFilter soon{.states = {TaskState::kOpen, TaskState::kInProgress}, .limit = kTaskPageMax};
  TaskFilter overdue = soon;
  soon.due_from = now;
  soon.due_until = now + kDueSoon;
  overdue.due_from = now - kOverdueTold;
  overdue.due_until = now;
  PRIVITY_TRY_VOID(Remind(overdue, "task_overdue"));
  return Remind(soon, "task_due_soon");
}

// Page by page: a transaction tells of one page.
Status Notices::Remind(const TaskFilter& filter, std::string_view text) const {
  TaskFilter next = filter;
  for (;;) {
    PRIVITY_TRY(const TaskPage page,
                rooms_.store.Read([&](ReadTx& tx) { return rooms_.tasks.List(tx, System(), next); }));
    const Status told = rooms_.store.Write([&](WriteTx& tx) -> Status {
      for (const Task& task : page.items) {
        if (!task.content.assignee) continue;
        NewNotification notice = AboutTask(*task.content.assignee, task, text);
        notice.unique_key = std::string(text) + ":" + task.id.ToString() + "/" + FormatInstant(*task.content.due);
        PRIVITY_TRY_VOID(Tell(tx, notice));
      }
      return Ok();
    });
    PRIVITY_TRY_VOID(told);
    if (!page.next_cursor) return Ok();
    next.cursor = *page.next_cursor;
  }
}

}  // namespace privity
