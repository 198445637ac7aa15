#include "app/finders.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "datamap/datamap.h"

namespace privity {
namespace {

constexpr std::string_view kTask = "task";
constexpr std::string_view kUser = "user";
constexpr std::string_view kAnyReader = "everybody";
constexpr std::string_view kManagers = "managers";
constexpr std::string_view kManageTasks = "tasks.manage";
constexpr int kActionsLookedAt = 5;

// The console's screens (web/src/features/*/feature.ts): a test holds both lists against each other.
struct ScreenEntry {
  std::string_view link, title, permission;
};
constexpr std::array<ScreenEntry, 40> kScreens = {
    {{"/", "home.title", ""},
     {"/tasks", "tasks.title", "tasks.use"},
     {"/requests", "requests.title", "rights.read"},
     {"/requests/figures", "figures.title", "rights.read"},
     {"/redact", "redaction.title", "redaction.use"},
     {"/map", "graph.title", "map.read"},
     {"/access", "access.title", "map.read"},
     {"/retention", "retention.title", "map.read"},
     {"/flows", "flows.title", "map.read"},
     {"/advice", "advice.title", "map.read"},
     {"/references/suggested", "suggestions.title", "map.read"},
     {"/agents", "agents.title", "rights.read"},
     {"/requests/settings", "casework.title", "rights.read"},
     {"/requests/import", "import.title", "rights.write"},
     {"/handling", "handling.title", "rights.read"},
     {"/restrictions", "restrictions.title", "rights.read"},
     {"/erasures", "erasures.title", "rights.read"},
     {"/systems", "systems.title", "map.read"},
     {"/fields", "fields.title", "map.read"},
     {"/changes", "changes.title", "map.read"},
     {"/references", "references.title", "map.read"},
     {"/activities", "activities.title", "activities.read"},
     {"/recipients", "recipients.title", "activities.read"},
     {"/activities/new", "activities.create", "activities.write"},
     {"/connections", "connections.title", "connections.read"},
     {"/scans", "scans.title", "map.read"},
     {"/ledger", "ledger.title", "ledger.read"},
     {"/packs", "packs.title", "packs.read"},
     {"/settings", "settings.title", "settings.read"},
     {"/jobs", "jobs.title", "jobs.read"},
     {"/schedules", "schedules.title", "jobs.read"},
     {"/keys", "keys.title", "keys.read"},
     {"/health", "health.title", "health.read"},
     {"/users", "users.title", "users.read"},
     {"/roles", "roles.title", "roles.read"},
     {"/tokens", "tokens.title", "tokens.read"},
     {"/identity-providers", "providers.title", "identity_providers.read"},
     {"/account", "account.title", ""},
     {"/help", "help.title", ""},
     {"/notifications", "notifications.title", "workspace.use"}}};

constexpr std::array<std::string_view, 4> kSettings = {"name", "time_zone", "language", "privacy_contact"};

// Entries after which a title, or who may find it, may be another one.
constexpr std::array<std::string_view, 2> kTaskChanges = {"tasks.task.created", "tasks.task.edited"};
constexpr std::array<std::string_view, 4> kUserChanges = {"identity.setup.completed", "identity.user.invited",
                                                          "identity.user.joined", "identity.user.changed"};
constexpr std::array<std::string_view, 2> kUserEnds = {"identity.user.deleted", "identity.invitation.withdrawn"};

bool IsFull(const std::vector<SearchHit>& hits, int limit) {
  return hits.size() >= static_cast<std::size_t>(limit);
}

std::string WordsOfAction(std::string_view action) {
  return "ledger_action." + std::string(action);
}

// What is gone since it was put there is left out.
template <class T>
Result<std::optional<T>> Present(Result<T> found, std::string_view unknown) {
  if (found.ok()) return std::optional<T>(*std::move(found));
  if (found.error().Is(unknown)) return std::optional<T>();
  return std::move(found).error();
}

}  // namespace

Caller Finders::System() const {
  return SystemCaller(rooms_.identity.permissions(), "app");
}

Result<std::string> Finders::Words(ReadTx& tx, std::string_view key) const {
  PRIVITY_TRY(const Organization organization, rooms_.organization.Get(tx));
  return rooms_.catalog.Text(organization.language, "console." + std::string(key));
}

void Finders::AddTo(Search& search) const {
  using Text = std::string_view;
  search.Add("workspace.use", [this](ReadTx& tx, const Caller& c, Text t, int n) { return FindScreens(tx, c, t, n); });
  search.Add("tasks.use", [this](ReadTx& tx, const Caller& c, Text t, int n) { return FindTasks(tx, c, t, n); });
  search.Add("map.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindSystems(tx, t, n); });
  search.Add("map.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindCollections(tx, t, n); });
  search.Add("map.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindFields(tx, t, n); });
  search.Add("activities.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindActivities(tx, t, n); });
  search.Add("users.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindUsers(tx, t, n); });
  search.Add("roles.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindRoles(tx, t, n); });
  search.Add("tokens.read", [this](ReadTx& tx, const Caller& c, Text t, int n) { return FindTokens(tx, c, t, n); });
  search.Add("jobs.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindJobs(tx, t, n); });
  search.Add("jobs.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindSchedules(tx, t, n); });
  search.Add("ledger.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindEntries(tx, t, n); });
  search.Add("settings.read", [this](ReadTx& tx, const Caller&, Text t, int n) { return FindSettings(tx, t, n); });
}

Finders::Hits Finders::FindScreens(ReadTx& tx, const Caller& caller, std::string_view text, int limit) const {
  std::vector<SearchHit> hits;
  for (const ScreenEntry& screen : kScreens) {
    if (!screen.permission.empty() && !caller.May(screen.permission)) continue;
    PRIVITY_TRY(std::string title, Words(tx, screen.title));
    if (IsFull(hits, limit) || !HasWords(title, text)) continue;
    const std::string link(screen.link);
    hits.push_back({.kind = "screen", .id = link, .title = std::move(title), .detail = {}, .link = link});
  }
  return hits;
}

Finders::Hits Finders::FindTasks(ReadTx& tx, const Caller& caller, std::string_view text, int limit) const {
  const bool is_manager = caller.May(kManageTasks);
  if (!is_manager && !caller.user) return std::vector<SearchHit>();
  const std::string reader = is_manager ? std::string(kManagers) : caller.user->ToString();
  PRIVITY_TRY(const auto ids, index_.Find(tx, kTask, reader, text, limit));
  std::vector<SearchHit> hits;
  for (const std::string& id : ids) {
    PRIVITY_TRY(const TaskId task_id, TaskId::Parse(id));
    PRIVITY_TRY(const auto task, Present(rooms_.tasks.Get(tx, caller, task_id), "tasks.task_unknown"));
    if (!task) continue;
    const std::string due = task->content.due ? FormatInstant(*task->content.due).substr(0, 10) : std::string();
    hits.push_back({.kind = "task", .id = id, .title = task->content.title, .detail = due, .link = "/tasks/" + id});
  }
  return hits;
}

Finders::Hits Finders::FindSystems(ReadTx& tx, std::string_view text, int limit) const {
  PRIVITY_TRY(const SystemPage page, rooms_.datamap.systems().List(tx, {.q = std::string(text), .limit = limit}));
  std::vector<SearchHit> hits;
  for (const DataSystem& system : page.items) {
    const std::string id = system.id.ToString();
    hits.push_back(
        {.kind = "system", .id = id, .title = system.name, .detail = system.product, .link = "/systems/" + id});
  }
  return hits;
}

Finders::Hits Finders::FindCollections(ReadTx& tx, std::string_view text, int limit) const {
  PRIVITY_TRY(const CollectionPage page,
              rooms_.datamap.facts().Collections(tx, {.q = std::string(text), .limit = limit}));
  std::vector<SearchHit> hits;
  for (const DataCollection& collection : page.items) {
    const std::string id = collection.id.ToString();
    hits.push_back({.kind = "collection",
                    .id = id,
                    .title = collection.name,
                    .detail = collection.system_name,
                    .link = "/collections/" + id});
  }
  return hits;
}

Finders::Hits Finders::FindFields(ReadTx& tx, std::string_view text, int limit) const {
  PRIVITY_TRY(const FieldPage page, rooms_.datamap.facts().Fields(tx, {.q = std::string(text), .limit = limit}));
  std::vector<SearchHit> hits;
  for (const DataField& field : page.items) {
    const std::string id = field.id.ToString();
    hits.push_back({.kind = "field",
                    .id = id,
                    .title = field.name,
                    .detail = field.system_name + ", " + field.collection_name,
                    .link = "/fields/" + id});
  }
  return hits;
}

Finders::Hits Finders::FindActivities(ReadTx& tx, std::string_view text, int limit) const {
  PRIVITY_TRY(const ActivityPage page, rooms_.datamap.activities().List(tx, {.q = std::string(text), .limit = limit}));
  std::vector<SearchHit> hits;
  for (const Activity& activity : page.items) {
    const std::string id = activity.id.ToString();
    hits.push_back(
        {.kind = "activity", .id = id, .title = activity.content.name, .detail = {}, .link = "/activities/" + id});
  }
  return hits;
}

Finders::Hits Finders::FindUsers(ReadTx& tx, std::string_view text, int limit) const {
  PRIVITY_TRY(const auto ids, index_.Find(tx, kUser, kAnyReader, text, limit));
  std::vector<SearchHit> hits;
  for (const std::string& id : ids) {
    PRIVITY_TRY(const UserId user_id, UserId::Parse(id));
    PRIVITY_TRY(const auto user, Present(rooms_.identity.people().Get(tx, user_id), "identity.user_unknown"));
    if (!user) continue;
    hits.push_back({.kind = "user", .id = id, .title = user->name, .detail = user->email, .link = "/users/" + id});
  }
  return hits;
}

Finders::Hits Finders::FindRoles(ReadTx& tx, std::string_view text, int limit) const {
  PRIVITY_TRY(const auto roles, rooms_.identity.roles().List(tx, std::nullopt));
  std::vector<SearchHit> hits;
  for (const Role& role : roles) {
    if (IsFull(hits, limit) || !HasWords(role.name, text)) continue;
    const std::string id = role.id.ToString();
    hits.push_back({.kind = "role", .id = id, .title = role.name, .detail = {}, .link = "/roles/" + id});
  }
  return hits;
}

// One's own alone, whatever else one may manage.
Finders::Hits Finders::FindTokens(ReadTx& tx, const Caller& caller, std::string_view text, int limit) const {
  if (!caller.user) return std::vector<SearchHit>();
  Caller owner = caller;
  owner.permissions = PermissionSet({"tokens.read"});
  PRIVITY_TRY(const auto tokens, rooms_.identity.tokens().List(tx, owner));
  std::vector<SearchHit> hits;
  for (const Token& token : tokens) {
    if (IsFull(hits, limit) || !HasWords(token.name, text)) continue;
    hits.push_back(
        {.kind = "token", .id = token.id.ToString(), .title = token.name, .detail = token.prefix, .link = "/tokens"});
  }
  return hits;
}

Finders::Hits Finders::FindJobs(ReadTx& tx, std::string_view text, int limit) const {
  std::vector<JobInfo> jobs;
  if (const auto id = JobId::Parse(text); id.ok()) {
    PRIVITY_TRY(auto job, Present(rooms_.jobs.Get(tx, *id), "jobs.unknown"));
    if (job) jobs.push_back(*std::move(job));
  }
  for (const std::string& kind : rooms_.job_kinds) {
    PRIVITY_TRY(const std::string words, Words(tx, "job_kind." + kind));
    if (!HasWords(kind + " " + words, text)) continue;
    PRIVITY_TRY(JobPage page, rooms_.jobs.List(tx, {.state = {}, .kind = kind}, "", limit));
    std::move(page.items.begin(), page.items.end(), std::back_inserter(jobs));
  }
  std::ranges::sort(jobs, std::greater(), &JobInfo::id);
  std::vector<SearchHit> hits;
  for (const JobInfo& job : jobs) {
    if (IsFull(hits, limit)) break;
    PRIVITY_TRY(std::string title, Words(tx, "job_kind." + job.kind));
    PRIVITY_TRY(std::string state, Words(tx, "job_state." + std::string(EnumText(job.state))));
    const std::string id = job.id.ToString();
    hits.push_back(
        {.kind = "job", .id = id, .title = std::move(title), .detail = std::move(state), .link = "/jobs/" + id});
  }
  return hits;
}

Finders::Hits Finders::FindSchedules(ReadTx& tx, std::string_view text, int limit) const {
  PRIVITY_TRY(const auto schedules, rooms_.schedules.List(tx));
  std::vector<SearchHit> hits;
  for (const ScheduleInfo& schedule : schedules) {
    PRIVITY_TRY(std::string title, Words(tx, "job_kind." + schedule.kind));
    if (IsFull(hits, limit) || !HasWords(schedule.name + " " + title, text)) continue;
    hits.push_back({.kind = "schedule",
                    .id = schedule.name,
                    .title = std::move(title),
                    .detail = schedule.name,
                    .link = "/schedules"});
  }
  return hits;
}

// By index ("17", "#17"), by id, or the newest of the actions whose names have the words.
Finders::Hits Finders::FindEntries(ReadTx& tx, std::string_view text, int limit) const {
  std::vector<LedgerRecord> records;
  const auto add = [&](std::uint64_t index) -> Status {
    PRIVITY_TRY(auto record, Present(LedgerReader::Get(tx, index), "ledger.entry_unknown"));
    if (record) records.push_back(*std::move(record));
    return Ok();
  };
  const std::string_view number = text.starts_with('#') ? text.substr(1) : text;
  std::uint64_t index = 0;
  const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), index);
  if (problem == std::errc() && end == number.data() + number.size()) PRIVITY_TRY_VOID(add(index));
  if (const auto id = EntryId::Parse(text); id.ok()) {
    PRIVITY_TRY(const auto at, Present(LedgerReader::IndexOf(tx, *id), "ledger.entry_unknown"));
    if (at) PRIVITY_TRY_VOID(add(*at));
  }
  int looked_at = 0;
  for (const auto& [action, description] : rooms_.actions.actions()) {
    PRIVITY_TRY(const std::string words, Words(tx, WordsOfAction(action)));
    if (!(HasWords(action, text) || HasWords(words, text)) || ++looked_at > kActionsLookedAt) continue;
    PRIVITY_TRY(EntryPage page, rooms_.ledger.List(tx, {.action = std::string(action), .limit = limit}));
    std::move(page.items.begin(), page.items.end(), std::back_inserter(records));
  }
  std::ranges::stable_sort(records, std::greater(), &LedgerRecord::index);
  std::vector<SearchHit> hits;
  for (const LedgerRecord& record : records) {
    if (IsFull(hits, limit)) break;
    const std::string at = std::to_string(record.index);
    PRIVITY_TRY(std::string title, Words(tx, WordsOfAction(record.entry.action)));
    hits.push_back({.kind = "entry", .id = at, .title = std::move(title), .detail = "#" + at, .link = "/ledger/" + at});
  }
  return hits;
}

Finders::Hits Finders::FindSettings(ReadTx& tx, std::string_view text, int limit) const {
  std::vector<SearchHit> hits;
  PRIVITY_TRY(const std::string screen, Words(tx, "settings.title"));
  for (const std::string_view setting : kSettings) {
    PRIVITY_TRY(std::string title, Words(tx, "field." + std::string(setting)));
    if (IsFull(hits, limit) || !HasWords(title, text)) continue;
    hits.push_back({.kind = "setting",
                    .id = std::string(setting),
                    .title = std::move(title),
                    .detail = screen,
                    .link = "/settings"});
  }
  return hits;
}

Status Finders::OnEntry(WriteTx& tx, const Entry& entry) const {
  if (std::ranges::find(kTaskChanges, entry.action) != kTaskChanges.end()) {
    PRIVITY_TRY(const TaskId id, TaskId::Parse(entry.object_id));
    PRIVITY_TRY(const Task task, rooms_.tasks.Get(tx, System(), id));
    return PutTask(tx, task);
  }
  if (entry.object_kind != kUser) return Ok();
  if (std::ranges::find(kUserEnds, entry.action) != kUserEnds.end()) return index_.Remove(tx, kUser, entry.object_id);
  if (std::ranges::find(kUserChanges, entry.action) == kUserChanges.end()) return Ok();
  PRIVITY_TRY(const UserId id, UserId::Parse(entry.object_id));
  PRIVITY_TRY(const User user, rooms_.identity.people().Get(tx, id));
  return PutUser(tx, user);
}

Status Finders::PutTask(WriteTx& tx, const Task& task) const {
  IndexedText text{
      .kind = kTask, .id = task.id.ToString(), .readers = {std::string(kManagers)}, .text = task.content.title};
  for (const auto& person : {task.content.assignee, task.created_by}) {
    if (person) text.readers.push_back(person->ToString());
  }
  return index_.Put(tx, text);
}

Status Finders::PutUser(WriteTx& tx, const User& user) const {
  const std::string words = user.name + " " + user.email;
  return index_.Put(tx, {.kind = kUser, .id = user.id.ToString(), .readers = {std::string(kAnyReader)}, .text = words});
}

Status Finders::FillWhenEmpty(WriteTx& tx) const {
  PRIVITY_TRY(const bool is_empty, index_.IsEmpty(tx));
  PRIVITY_TRY(const bool is_new, rooms_.identity.sign_in().SetupNeeded(tx));
  if (!is_empty || is_new) return Ok();
  PRIVITY_TRY_VOID(rooms_.jobs.Enqueue(tx, {.kind = std::string(kFillJob), .unique_key = std::string(kFillJob)}));
  return Ok();
}

// Page by page: a change that comes between is put by OnEntry.
Status Finders::Fill(JobContext& context) const {
  std::int64_t done = 0;
  for (std::optional<std::string> after;;) {
    const UserFilter filter{.after = after};
    PRIVITY_TRY(const UserPage page,
                rooms_.store.Read([&](ReadTx& tx) { return rooms_.identity.people().List(tx, filter); }));
    const Status put = rooms_.store.Write([&](WriteTx& tx) -> Status {
      for (const User& user : page.items) PRIVITY_TRY_VOID(PutUser(tx, user));
      return Ok();
    });
    PRIVITY_TRY_VOID(put);
    PRIVITY_TRY_VOID(context.SaveProgress(done += static_cast<std::int64_t>(page.items.size()), std::nullopt));
    if (!(after = page.next)) break;
  }
  for (TaskFilter filter{.limit = kTaskPageMax};;) {
    PRIVITY_TRY(const TaskPage page,
                rooms_.store.Read([&](ReadTx& tx) { return rooms_.tasks.List(tx, System(), filter); }));
    const Status put = rooms_.store.Write([&](WriteTx& tx) -> Status {
      for (const Task& task : page.items) PRIVITY_TRY_VOID(PutTask(tx, task));
      return Ok();
    });
    PRIVITY_TRY_VOID(put);
    PRIVITY_TRY_VOID(context.SaveProgress(done += static_cast<std::int64_t>(page.items.size()), std::nullopt));
    if (!page.next_cursor) return Ok();
    filter.cursor = *page.next_cursor;
  }
}

}  // namespace privity
