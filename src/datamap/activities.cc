#include "datamap/activities.h"

#include <algorithm>

#include "base/json.h"
#include "datamap/internal/activity_gaps.h"
#include "datamap/internal/recipient_rows.h"
#include "datamap/internal/rows.h"

namespace privity {
namespace {

constexpr std::string_view kSelect = R"sql(
SELECT id, content, actor_kind, actor_id, created_at, changed_at, ended_at, version FROM datamap_activity)sql";

constexpr std::size_t kListMax = 100;  // of anything that an activity names

// A system may have been removed since the activity was written.
Status PartSystems(ReadTx& tx, Activity& activity) {
  std::vector<SystemId> present;
  for (const SystemId& system : activity.content.systems) {
    PRIVITY_TRY(const auto known, tx.QueryOne("SELECT 1 FROM datamap_system WHERE id = $1", {system}));
    (known ? present : activity.removed_systems).push_back(system);
  }
  activity.content.systems = std::move(present);
  return Ok();
}

Result<Activity> ReadActivity(ReadTx& tx, const Row& row, const Taxonomy& taxonomy) {
  PRIVITY_TRY(ActivityRequest content, FromJson<ActivityRequest>(row.Get<std::string>(1)));
  PRIVITY_TRY(Actor actor, ActorFromColumns(row.Get<std::string>(2), row.Get<std::string>(3)));
  Activity activity{.id = row.Get<ActivityId>(0),
                    .content = std::move(content),
                    .changed_by = std::move(actor),
                    .created_at = row.Get<Instant>(4),
                    .changed_at = row.Get<Instant>(5),
                    .ended_at = row.Get<std::optional<Instant>>(6),
                    .version = row.Get<std::int64_t>(7)};
  activity.gaps = GapsOf(activity.content, taxonomy);
  PRIVITY_TRY_VOID(PartSystems(tx, activity));
  return activity;
}

Status RequireCurrent(const Activity& activity, std::optional<std::int64_t> expected_version) {
  if (activity.ended_at) return Error("datamap.activity_ended");
  if (expected_version && *expected_version != activity.version) return Error("datamap.changed_meanwhile");
  return Ok();
}

Status RequireCategories(const Taxonomy& taxonomy, const std::vector<std::string>& categories) {
  for (const std::string& category : categories) {
    if (!IsPersonal(category) || !taxonomy.IsCategory(category)) return Error("datamap.category_unknown");
  }
  return Ok();
}

FieldNote LinesNote(const char* name, const char* description, const char* example) {
  return {.name = name, .description = description, .example = example, .max_length = kListMax, .defaulted = true};
}

FieldNote TextNote(const char* name, const char* description) {
  return {.name = name, .description = description, .max_length = 4000, .defaulted = true};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const ActivityParty*) {
  return {{.name = "name", .min_length = 1, .max_length = 200},
          {.name = "contact",
           .description = "How they are reached.",
           .example = "privacy@example.org",
           .max_length = 500,
           .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const ActivityPurpose*) {
  return {{.name = "purpose", .example = "Delivering orders", .min_length = 1, .max_length = 500},
          {.name = "basis", .description = "GDPR Art. 6(1)."},
          {.name = "explanation", .description = "Which law, which interest.", .max_length = 2000, .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const ActivityTransfer*) {
  return {{.name = "destination",
           .description = "The third country or international organization.",
           .min_length = 1,
           .max_length = 200},
          {.name = "recipient", .description = "The name of a recipient.", .max_length = 200, .defaulted = true},
          TextNote("safeguards", "Of GDPR Chapter V: an adequacy decision, standard clauses, those of Art. 49(1).")};
}

std::vector<FieldNote> FieldNotes(const ActivityRequest*) {
  return {
      {.name = "role", .description = "Recorded as controller (GDPR Art. 30(1)) or as processor (Art. 30(2))."},
      {.name = "name",
       .description = "Each name once.",
       .example = "Web shop",
       .format = "line",
       .min_length = 1,
       .max_length = 200},
      TextNote("description", "What is done. For a processor: the categories of processing (Art. 30(2)(b))."),
      LinesNote("parties", "Those whose contact details the record holds.", ""),
      LinesNote("purposes", "Each with its lawful basis.", ""),
      LinesNote("subject_categories", "Of data subjects.", "Customers"),
      LinesNote("data_categories", "Fideslang keys.", "user.contact.email"),
      {.name = "special_condition", .description = "GDPR Art. 9(2), for special categories."},
      LinesNote("recipients",
                "Names of recipients or of categories of them, also in third countries; who has no record gets one.",
                "Parcel services"),
      LinesNote("transfers", "To third countries and international organizations.", ""),
      TextNote("retention", "When the different categories of data are erased."),
      LinesNote("retention_rules", "The same as data, to be shown and compared.", ""),
      TextNote("security", "Technical and organizational measures, in general terms (Art. 32(1))."),
      LinesNote("systems", "Where in the register the data is.", ""),
      {.name = "steward", .description = "Who keeps this record true."},
      {.name = "custom_fields",
       .description = "What your company wants to know of its activities besides; each name once.",
       .example = R"([{"name": "Contract", "value": "2026/17"}])",
       .max_length = 30,
       .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const ActivityRetention*) {
  return {LinesNote("data_categories", "Fideslang keys; none: all of the activity's.", "user.contact.email")};
}

std::vector<FieldNote> FieldNotes(const Activity*) {
  return {{.name = "removed_systems", .description = "Named by the activity, and no longer in the register."},
          {.name = "gaps", .description = "What the law asks for and is not said, with the article."},
          {.name = "ended_at", .description = "When somebody said that it is no longer done."}};
}

Result<ActivityPage> Activities::List(ReadTx& tx, const ActivityFilter& filter) const {
  Where where;
  if (filter.role) where.And("role = " + where.Parameter(EnumText(*filter.role)));
  if (!filter.q.empty()) where.And("lower(name) LIKE " + where.Parameter(ContainsPattern(filter.q)) + " ESCAPE '\\'");
  if (filter.incomplete) where.And("gaps > 0");
  if (!filter.ended) where.And("ended_at IS NULL");
  if (filter.after) where.And("id > " + where.Parameter(*filter.after));
  const std::string limit = where.Parameter(filter.limit + 1);
  PRIVITY_TRY(const auto rows,
              tx.Query(std::string(kSelect) + where.Clause() + " ORDER BY id LIMIT " + limit, where.values()));
  ActivityPage page;
  for (const Row& row : rows) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      page.next = page.items.back().id.ToString();
      break;
    }
    PRIVITY_TRY(Activity activity, ReadActivity(tx, row, world_.taxonomy()));
    page.items.push_back(std::move(activity));
  }
  return page;
}

Result<Activity> Activities::Get(ReadTx& tx, const ActivityId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + " WHERE id = $1", {id}));
  if (!row) return Error("datamap.activity_unknown");
  return ReadActivity(tx, *row, world_.taxonomy());
}

Result<std::vector<ActivityVersion>> Activities::History(ReadTx& tx, const ActivityId& id) const {
  PRIVITY_TRY_VOID(Get(tx, id));
  PRIVITY_TRY(const auto rows, tx.Query("SELECT version, content, actor_kind, actor_id, at FROM "
                                        "datamap_activity_version WHERE activity = $1 ORDER BY version DESC LIMIT 500",
                                        {id}));
  std::vector<ActivityVersion> versions;
  for (const Row& row : rows) {
    PRIVITY_TRY(ActivityRequest content, FromJson<ActivityRequest>(row.Get<std::string>(1)));
    PRIVITY_TRY(Actor by, ActorFromColumns(row.Get<std::string>(2), row.Get<std::string>(3)));
    versions.push_back({row.Get<std::int64_t>(0), std::move(content), std::move(by), row.Get<Instant>(4)});
  }
  return versions;
}

Status Activities::RequireSound(ReadTx& tx, const ActivityRequest& request,
                                const std::optional<ActivityId>& self) const {
  PRIVITY_TRY(const auto same,
              tx.QueryOne("SELECT id FROM datamap_activity WHERE name = $1 AND ended_at IS NULL", {request.name}));
  if (same && same->Get<ActivityId>(0) != self) return Error("datamap.activity_name_taken", {{"name", request.name}});
  PRIVITY_TRY_VOID(RequireOnce(request.custom_fields));
  PRIVITY_TRY_VOID(RequireCategories(world_.taxonomy(), request.data_categories));
  for (const ActivityRetention& rule : request.retention_rules) {
    PRIVITY_TRY_VOID(RequireCategories(world_.taxonomy(), rule.data_categories));
  }
  for (const SystemId& system : request.systems) {
    PRIVITY_TRY(const auto known, tx.QueryOne("SELECT 1 FROM datamap_system WHERE id = $1", {system}));
    if (!known) return Error("datamap.activity_system_unknown");
  }
  return Ok();
}

Status Activities::SaveVersion(WriteTx& tx, const Caller& caller, const ActivityId& id, std::int64_t version,
                               const std::string& content) const {
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO datamap_activity_version (activity, version, content, actor_kind, actor_id, at) VALUES ($1, $2, $3, "
      "$4, $5, $6)",
      {id, version, content, EnumText(caller.actor.kind), caller.actor.id, world_.clock.Now()}));
  return Ok();
}

Result<Activity> Activities::Create(WriteTx& tx, const Caller& caller, const ActivityRequest& request) const {
  PRIVITY_TRY_VOID(RequireSound(tx, request, std::nullopt));
  const auto id = ActivityId::New(world_.clock);
  const std::string content = ToJson(request);
  const auto gaps = static_cast<std::int64_t>(GapsOf(request, world_.taxonomy()).size());
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO datamap_activity (id, role, name, content, gaps, actor_kind, actor_id, created_at, changed_at, "
      "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)",
      {id, EnumText(request.role), request.name, content, gaps, EnumText(caller.actor.kind), caller.actor.id,
       world_.clock.Now()}));
  PRIVITY_TRY_VOID(SaveVersion(tx, caller, id, 1, content));
  PRIVITY_TRY_VOID(RecordRecipientsOf(world_, tx, caller, request));
  PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.activity.created", "activity", id)));
  return Get(tx, id);
}

Result<Activity> Activities::Update(WriteTx& tx, const Caller& caller, const ActivityId& id,
                                    const ActivityRequest& request,
                                    std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Activity before, Get(tx, id));
  PRIVITY_TRY_VOID(RequireCurrent(before, expected_version));
  PRIVITY_TRY_VOID(RequireSound(tx, request, id));
  const std::string content = ToJson(request);
  const auto gaps = static_cast<std::int64_t>(GapsOf(request, world_.taxonomy()).size());
  PRIVITY_TRY_VOID(tx.Execute(
      "UPDATE datamap_activity SET role = $2, name = $3, content = $4, gaps = $5, actor_kind = $6, actor_id = $7, "
      "changed_at = $8, version = version + 1 WHERE id = $1",
      {id, EnumText(request.role), request.name, content, gaps, EnumText(caller.actor.kind), caller.actor.id,
       world_.clock.Now()}));
  PRIVITY_TRY_VOID(SaveVersion(tx, caller, id, before.version + 1, content));
  PRIVITY_TRY_VOID(RecordRecipientsOf(world_, tx, caller, request));
  PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, "datamap.activity.changed", "activity", id)));
  return Get(tx, id);
}

Status Activities::RenameRecipient(WriteTx& tx, const Caller& caller, const std::string& before,
                                   const std::string& now) const {
  for (ActivityFilter filter{.limit = static_cast<int>(kListMax)};;) {
    PRIVITY_TRY(ActivityPage page, List(tx, filter));
    for (Activity& activity : page.items) {
      const std::string content = ToJson(activity.content);
      std::ranges::replace(activity.content.recipients, before, now);
      for (ActivityTransfer& transfer : activity.content.transfers) {
        if (transfer.recipient == before) transfer.recipient = now;
      }
      if (ToJson(activity.content) == content) continue;
      PRIVITY_TRY_VOID(Update(tx, caller, activity.id, activity.content, activity.version));
    }
    if (!page.next) return Ok();
    PRIVITY_TRY(filter.after, ActivityId::Parse(*page.next));
  }
}

Status Activities::End(WriteTx& tx, const Caller& caller, const ActivityId& id,
                       std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Activity before, Get(tx, id));
  PRIVITY_TRY_VOID(RequireCurrent(before, expected_version));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_activity SET ended_at = $2, actor_kind = $3, actor_id = $4, version = version + 1 "
                 "WHERE id = $1",
                 {id, world_.clock.Now(), EnumText(caller.actor.kind), caller.actor.id}));
  return AppendEntry(world_, tx, EntryBy(caller, "datamap.activity.ended", "activity", id));
}

}  // namespace privity
