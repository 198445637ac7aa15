// Those to whom personal data is disclosed (GDPR Art. 30(1)(d)).
#include "app/application.h"
#include "datamap/datamap.h"
#include "server/routes/map_routes.h"

namespace privity {
namespace {

struct RecipientPath {
  RecipientId id;
};
PRIVITY_DESCRIBE(RecipientPath, (id))

struct RecipientQuery {
  std::string q;
  std::optional<RecipientRole> role;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(RecipientQuery, (q, role, cursor, limit))
std::vector<FieldNote> FieldNotes(const RecipientQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "q", .description = "Part of the name.", .max_length = 100, .defaulted = true});
  return notes;
}

constexpr Access kRead = Access::Permission("activities.read");
constexpr Access kWrite = Access::Permission("activities.write");

Reply<Recipient> WithVersion(Recipient recipient) {
  const std::int64_t version = recipient.version;
  return Versioned(std::move(recipient), version);
}

}  // namespace

void AddRecipientRoutes(RouteTable& routes, Application* application) {
  const auto recipients = [application]() -> const Recipients& { return application->datamap().recipients(); };
  routes.Add({.method = "GET",
              .path = "/v1/recipients",
              .id = "recipients.list",
              .access = kRead,
              .summary = "Those to whom personal data is disclosed, by name",
              .description = "With the activities that name them."},
             [recipients](ReadTx& tx, const Call<Nothing, RecipientQuery>& call) -> Result<Page<Recipient>> {
               PRIVITY_TRY(const auto position, PositionOf(call.query.cursor));
               PRIVITY_TRY(RecipientPage page, recipients().List(tx, {.q = call.query.q,
                                                                      .role = call.query.role,
                                                                      .after = position.value_or(""),
                                                                      .limit = static_cast<int>(call.query.limit)}));
               return Page<Recipient>{std::move(page.items), std::move(page.next)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/recipients/{id}",
              .id = "recipients.show",
              .access = kRead,
              .summary = "One recipient"},
             [recipients](ReadTx& tx, const Call<RecipientPath>& call) -> Result<Reply<Recipient>> {
               PRIVITY_TRY(Recipient recipient, recipients().Get(tx, call.path.id));
               return WithVersion(std::move(recipient));
             });
  routes.Add({.method = "GET",
              .path = "/v1/recipients/{id}/history",
              .id = "recipients.history",
              .access = kRead,
              .summary = "What was said of a recipient before, who wrote it and when; the newest first"},
             [recipients](ReadTx& tx, const Call<RecipientPath>& call) -> Result<List<RecipientVersion>> {
               PRIVITY_TRY(std::vector<RecipientVersion> versions, recipients().History(tx, call.path.id));
               return List<RecipientVersion>{std::move(versions)};
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/recipients",
       .id = "recipients.create",
       .access = kWrite,
       .summary = "Record a recipient",
       .description = "An activity that names somebody without a record makes one, too.",
       .status = 201},
      [recipients](WriteTx& tx, const Call<Nothing, Nothing, RecipientRequest>& call) -> Result<Reply<Recipient>> {
        PRIVITY_TRY(Recipient recipient, recipients().Create(tx, call.caller(), call.body));
        std::string location = "/v1/recipients/" + recipient.id.ToString();
        return CreatedAt(std::move(recipient), std::move(location), 1);
      });
  routes.Add({.method = "PUT",
              .path = "/v1/recipients/{id}",
              .id = "recipients.update",
              .access = kWrite,
              .summary = "Write a new version of what is said of a recipient",
              .description = "Another name is written into every activity that names them.",
              .needs_version = true},
             [recipients](WriteTx& tx,
                          const Call<RecipientPath, Nothing, RecipientRequest>& call) -> Result<Reply<Recipient>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY(Recipient recipient,
                           recipients().Update(tx, call.caller(), call.path.id, call.body, expected));
               return WithVersion(std::move(recipient));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/recipients/{id}",
              .id = "recipients.remove",
              .access = kWrite,
              .summary = "Take a recipient whom no activity names off the list",
              .description = "The history stays.",
              .needs_version = true},
             [recipients](WriteTx& tx, const Call<RecipientPath>& call) -> Result<Nothing> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               PRIVITY_TRY_VOID(recipients().Remove(tx, call.caller(), call.path.id, expected));
               return Nothing{};
             });
}

}  // namespace privity
