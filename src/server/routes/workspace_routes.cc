#include "app/application.h"
#include "server/paging.h"
#include "server/route_table.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct BySavedView {
  SavedViewId id;
};
PRIVITY_DESCRIBE(BySavedView, (id))

struct ByNotification {
  NotificationId id;
};
PRIVITY_DESCRIBE(ByNotification, (id))

struct SavedViewQuery {
  std::string screen;
};
PRIVITY_DESCRIBE(SavedViewQuery, (screen))
std::vector<FieldNote> FieldNotes(const SavedViewQuery*) {
  return {{.name = "screen",
           .description = "Only views of this list.",
           .example = "users",
           .max_length = 60,
           .defaulted = true}};
}

struct NotificationQuery {
  bool unread = false;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(NotificationQuery, (unread, cursor, limit))
std::vector<FieldNote> FieldNotes(const NotificationQuery*) {
  auto notes = PagingNotes();
  notes.push_back({.name = "unread", .description = "Only those that have not been read.", .defaulted = true});
  return notes;
}

struct SearchQuery {
  std::string q;
  std::int64_t limit = 5;
};
PRIVITY_DESCRIBE(SearchQuery, (q, limit))
std::vector<FieldNote> FieldNotes(const SearchQuery*) {
  return {
      {.name = "q", .description = "What to look for.", .example = "ada", .max_length = Search::kQueryCharactersMax},
      {.name = "limit",
       .description = "At most so many of each kind.",
       .minimum = 1,
       .maximum = 20,
       .defaulted = true}};
}

struct SavedViewList {
  std::vector<SavedView> items;
};
PRIVITY_DESCRIBE(SavedViewList, (items))

struct SearchResult {
  std::vector<SearchHit> items;
};
PRIVITY_DESCRIBE(SearchResult, (items))

struct UnreadCount {
  std::int64_t unread = 0;
};
PRIVITY_DESCRIBE(UnreadCount, (unread))

constexpr Access kUse = Access::Permission("workspace.use");

void AddSavedViewRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/saved-views",
              .id = "saved_views.list",
              .access = kUse,
              .summary = "One's own and shared views"},
             [application](ReadTx& tx, const Call<Nothing, SavedViewQuery>& call) -> Result<SavedViewList> {
               PRIVITY_TRY(auto items, application->saved_views().List(tx, call.caller(), call.query.screen));
               return SavedViewList{std::move(items)};
             });
  routes.Add({.method = "POST",
              .path = "/v1/saved-views",
              .id = "saved_views.create",
              .access = kUse,
              .summary = "Save a view",
              .status = 201},
             [application](WriteTx& tx, const Call<Nothing, Nothing, NewSavedView>& call) -> Result<Reply<SavedView>> {
               PRIVITY_TRY(SavedView view, application->saved_views().Create(tx, call.caller(), call.body));
               std::string location = "/v1/saved-views/" + view.id.ToString();
               return CreatedAt(std::move(view), std::move(location));
             });
  routes.Add({.method = "PUT",
              .path = "/v1/saved-views/{id}",
              .id = "saved_views.replace",
              .access = kUse,
              .summary = "Replace a view of one's own"},
             [application](WriteTx& tx, const Call<BySavedView, Nothing, NewSavedView>& call) -> Result<SavedView> {
               return application->saved_views().Replace(tx, call.caller(), call.path.id, call.body);
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/saved-views/{id}",
              .id = "saved_views.delete",
              .access = kUse,
              .summary = "Delete a view of one's own"},
             [application](WriteTx& tx, const Call<BySavedView>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(application->saved_views().Delete(tx, call.caller(), call.path.id));
               return Nothing{};
             });
}

void AddNotificationRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/notifications",
              .id = "notifications.list",
              .access = kUse,
              .summary = "One's own notifications, newest first"},
             [application](ReadTx& tx, const Call<Nothing, NotificationQuery>& call) -> Result<Page<Notification>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               std::optional<NotificationId> before;
               if (position) {
                 PRIVITY_TRY(before, NotificationId::Parse(*position));
               }
               PRIVITY_TRY(auto page, application->notifications().List(tx, call.caller(), call.query.unread, before,
                                                                        static_cast<int>(call.query.limit)));
               std::optional<std::string> next;
               if (page.next_before) next = page.next_before->ToString();
               return Page<Notification>{std::move(page.items), std::move(next)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/notifications/count",
              .id = "notifications.count",
              .access = kUse,
              .summary = "How many notifications are unread"},
             [application](ReadTx& tx, const Call<>& call) -> Result<UnreadCount> {
               PRIVITY_TRY(const std::int64_t unread, application->notifications().CountUnread(tx, call.caller()));
               return UnreadCount{unread};
             });
  routes.Add({.method = "POST",
              .path = "/v1/notifications/{id}/read",
              .id = "notifications.read",
              .access = kUse,
              .summary = "Mark a notification as read"},
             [application](WriteTx& tx, const Call<ByNotification>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(application->notifications().MarkRead(tx, call.caller(), call.path.id));
               return Nothing{};
             });
  routes.Add({.method = "POST",
              .path = "/v1/notifications/read",
              .id = "notifications.read_all",
              .access = kUse,
              .summary = "Mark all notifications as read"},
             [application](WriteTx& tx, const Call<>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(application->notifications().MarkAllRead(tx, call.caller()));
               return Nothing{};
             });
}

void AddNoticeChoiceRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/notifications/choices",
              .id = "notifications.choices",
              .access = kUse,
              .summary = "How one is told of what happens",
              .description = "Per kind: in the console, by mail too, or not at all."},
             [application](ReadTx& tx, const Call<>& call) -> Result<NoticeChoiceList> {
               return application->notice_choices().List(tx, call.caller());
             });
  routes.Add(
      {.method = "PATCH",
       .path = "/v1/notifications/choices",
       .id = "notifications.choose",
       .access = kUse,
       .summary = "Choose how one is told",
       .description = "Kinds that are not named stay as they are. What concerns one's own security cannot be "
                      "turned off."},
      [application](WriteTx& tx, const Call<Nothing, Nothing, NoticeChoiceList>& call) -> Result<NoticeChoiceList> {
        return application->notice_choices().Put(tx, call.caller(), call.body);
      });
}

}  // namespace

void AddWorkspaceRoutes(RouteTable& routes, Application* application) {
  AddSavedViewRoutes(routes, application);
  AddNotificationRoutes(routes, application);
  AddNoticeChoiceRoutes(routes, application);
  routes.Add({.method = "GET",
              .path = "/v1/search",
              .id = "search",
              .access = kUse,
              .summary = "Search everything that one may see",
              .command = "search"},
             [application](ReadTx& tx, const Call<Nothing, SearchQuery>& call) -> Result<SearchResult> {
               PRIVITY_TRY(auto items, application->search().Find(tx, call.caller(), call.query.q,
                                                                  static_cast<int>(call.query.limit)));
               return SearchResult{std::move(items)};
             });
}

}  // namespace privity
