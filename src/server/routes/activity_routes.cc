// The record of processing activities (GDPR Art. 30).
#include <filesystem>
#include <set>

#include "app/application.h"
#include "datamap/activity_register.h"
#include "datamap/datamap.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

struct ActivityPath {
  ActivityId id;
};
PRIVITY_DESCRIBE(ActivityPath, (id))

struct ActivityQuery {
  std::optional<ActivityRole> role;
  std::string q;
  bool incomplete = false;
  bool ended = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(ActivityQuery, (role, q, incomplete, ended, cursor, limit))
std::vector<FieldNote> FieldNotes(const ActivityQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "q", .description = "Part of the name.", .max_length = 100, .defaulted = true});
  notes.push_back({.name = "incomplete", .description = "Only those with gaps.", .defaulted = true});
  notes.push_back({.name = "ended", .description = "Also what is no longer done.", .defaulted = true});
  return notes;
}

struct RegisterQuery {
  ActivityRole role = ActivityRole::kController;
  RegisterFormat format = RegisterFormat::kCsv;
};
PRIVITY_DESCRIBE(RegisterQuery, (role, format))
std::vector<FieldNote> FieldNotes(const RegisterQuery*) {
  return {{.name = "role", .description = "GDPR Art. 30(1) or 30(2).", .defaulted = true},
          {.name = "format",
           .description = "A table (CSV, XLSX), everything linked (JSON), a page to print, or a document.",
           .defaulted = true}};
}

constexpr Access kRead = Access::Permission("activities.read");
constexpr Access kWrite = Access::Permission("activities.write");

Reply<Activity> WithVersion(Activity activity) {
  const std::int64_t version = activity.version;
  return Versioned(std::move(activity), version);
}

Result<std::vector<Activity>> AllOf(ReadTx& tx, const Activities& activities, ActivityRole role) {
  std::vector<Activity> all;
  ActivityFilter filter{.role = role, .limit = static_cast<int>(kPageLimitMax)};
  while (true) {
    PRIVITY_TRY(ActivityPage page, activities.List(tx, filter));
    for (Activity& activity : page.items) all.push_back(std::move(activity));
    if (!page.next) return all;
    PRIVITY_TRY(filter.after, ActivityId::Parse(*page.next));
  }
}

Status AddSystemNames(ReadTx& tx, const Systems& systems, RegisterExport& content) {
  for (const Activity& activity : content.activities) {
    for (const SystemId& id : activity.content.systems) {
      const auto system = systems.Get(tx, id);
      if (system.ok()) content.systems[id] = system->name;
      if (!system.ok() && !system.error().Is("datamap.system_unknown")) return system.error();
    }
  }
  return Ok();
}

Status AddPlaces(ReadTx& tx, const Stewardships& stewardships, RegisterExport& content) {
  for (StewardshipFilter filter{.retention = true, .limit = static_cast<int>(kPageLimitMax)};;) {
    PRIVITY_TRY(StewardshipPage page, stewardships.List(tx, filter));
    for (Stewardship& place : page.items) {
      if (content.systems.contains(place.system)) content.places.push_back(std::move(place));
    }
    if (!page.next) return Ok();
    filter.after = *page.next;
  }
}

Status AddRecipients(ReadTx& tx, const Recipients& recipients, RegisterExport& content) {
  std::set<std::string> named;
  for (const Activity& activity : content.activities) {
    named.insert(activity.content.recipients.begin(), activity.content.recipients.end());
    for (const ActivityTransfer& transfer : activity.content.transfers) named.insert(transfer.recipient);
  }
  for (RecipientFilter filter{.limit = static_cast<int>(kPageLimitMax)};;) {
    PRIVITY_TRY(RecipientPage page, recipients.List(tx, filter));
    for (Recipient& recipient : page.items) {
      std::string name = recipient.content.name;
      if (named.contains(name)) content.recipients.emplace(std::move(name), std::move(recipient.content));
    }
    if (!page.next) return Ok();
    filter.after = *page.next;
  }
}

std::string_view MediaTypeOf(RegisterFormat format) {
  switch (format) {
    case RegisterFormat::kCsv:
      return "text/csv; charset=utf-8";
    case RegisterFormat::kXlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case RegisterFormat::kJson:
      return "application/json";
    case RegisterFormat::kHtml:
      return "text/html; charset=utf-8";
    case RegisterFormat::kPdf:
      return "application/pdf";
  }
  return "application/octet-stream";
}

Result<Response> ExportRegister(Application& application, ReadTx& tx, const RegisterQuery& query) {
  PRIVITY_TRY(const Organization organization, application.organization().Get(tx));
  RegisterExport content{.role = query.role,
                         .organization = organization.name,
                         .made_at = application.clock().Now(),
                         .temporary_directory = std::filesystem::temp_directory_path().string()};
  PRIVITY_TRY(content.activities, AllOf(tx, application.datamap().activities(), query.role));
  PRIVITY_TRY_VOID(AddSystemNames(tx, application.datamap().systems(), content));
  PRIVITY_TRY_VOID(AddPlaces(tx, application.datamap().stewardships(), content));
  PRIVITY_TRY_VOID(AddRecipients(tx, application.datamap().recipients(), content));
  std::string bytes;
  PRIVITY_TRY_VOID(WriteActivityRegister(Catalog::BuiltIn(), content, query.format, [&](BytesView piece) -> Status {
    bytes += AsText(piece);
    return Ok();
  }));
  Response response = Response::Text(200, MediaTypeOf(query.format), std::move(bytes));
  response.headers.Add("Content-Disposition",
                       "attachment; filename=\"processing-activities." + std::string(EnumText(query.format)) + "\"");
  return response;
}

void AddReading(RouteTable& routes, Application* application) {
  const auto activities = [application]() -> const Activities& { return application->datamap().activities(); };
  routes.Add({.method = "GET",
              .path = "/v1/activities",
              .id = "activities.list",
              .access = kRead,
              .summary = "Processing activities, the oldest first",
              .description = "`gaps` names what the law asks for and an activity does not say, with the article."},
             [activities](ReadTx& tx, const Call<Nothing, ActivityQuery>& call) -> Result<Page<Activity>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               ActivityFilter filter{.role = call.query.role,
                                     .q = call.query.q,
                                     .incomplete = call.query.incomplete,
                                     .ended = call.query.ended,
                                     .limit = static_cast<int>(call.query.limit)};
               if (position) {
                 PRIVITY_TRY(filter.after, ActivityId::Parse(*position));
               }
               PRIVITY_TRY(ActivityPage page, activities().List(tx, filter));
               return Page<Activity>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/activities/register",
              .id = "activities.register",
              .access = kRead,
              .summary = "The record of processing as a file",
              .description = "What a supervisory authority is shown on request (GDPR Art. 30(4)).",
              .media_type = "text/csv"},
             [application](ReadTx& tx, const Call<Nothing, RegisterQuery>& call) -> Result<Response> {
               return ExportRegister(*application, tx, call.query);
             });
  routes.Add({.method = "GET",
              .path = "/v1/activities/{id}",
              .id = "activities.show",
              .access = kRead,
              .summary = "One processing activity"},
             [activities](ReadTx& tx, const Call<ActivityPath>& call) -> Result<Reply<Activity>> {
               PRIVITY_TRY(Activity activity, activities().Get(tx, call.path.id));
               return WithVersion(std::move(activity));
             });
  routes.Add({.method = "GET",
              .path = "/v1/activities/{id}/history",
              .id = "activities.history",
              .access = kRead,
              .summary = "What an activity said before, who wrote it and when; the newest first"},
             [activities](ReadTx& tx, const Call<ActivityPath>& call) -> Result<List<ActivityVersion>> {
               PRIVITY_TRY(std::vector<ActivityVersion> versions, activities().History(tx, call.path.id));
               return List<ActivityVersion>{std::move(versions)};
             });
}

void AddWriting(RouteTable& routes, Application* application) {
  const auto activities = [application]() -> const Activities& { return application->datamap().activities(); };
  routes.Add({.method = "POST",
              .path = "/v1/activities",
              .id = "activities.create",
              .access = kWrite,
              .summary = "Record a processing activity",
              .description = "It may have gaps; they are named until they are filled.",
              .status = 201},
             [activities](WriteTx& tx, const Call<Nothing, Nothing, ActivityRequest>& call) -> Result<Reply<Activity>> {
               PRIVITY_TRY(Activity activity, activities().Create(tx, call.caller(), call.body));
               std::string location = "/v1/activities/" + activity.id.ToString();
               return CreatedAt(std::move(activity), std::move(location), 1);
             });
  routes.Add(
      {.method = "PUT",
       .path = "/v1/activities/{id}",
       .id = "activities.update",
       .access = kWrite,
       .summary = "Write a new version of an activity",
       .description = "The old one stays in its history.",
       .needs_version = true},
      [activities](WriteTx& tx, const Call<ActivityPath, Nothing, ActivityRequest>& call) -> Result<Reply<Activity>> {
        PRIVITY_TRY(const auto expected, call.ExpectedVersion());
        PRIVITY_TRY(Activity activity, activities().Update(tx, call.caller(), call.path.id, call.body, expected));
        return WithVersion(std::move(activity));
      });
  routes.Add({.method = "DELETE",
              .path = "/v1/activities/{id}",
              .id = "activities.end",
              .access = kWrite,
              .summary = "Say that an activity is no longer done",
              .description = "It leaves the list and the record; its history stays.",
              .needs_version = true},
             [activities](WriteTx& tx, const Call<ActivityPath>& call) -> Result<Nothing> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY_VOID(activities().End(tx, call.caller(), call.path.id, expected));
               return Nothing{};
             });
}

}  // namespace

void AddActivityRoutes(RouteTable& routes, Application* application) {
  AddReading(routes, application);
  AddWriting(routes, application);
}

}  // namespace privity
