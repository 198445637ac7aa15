#include "orders/orders.h"

namespace privity {
namespace {

constexpr const char* kTables = R"sql(
CREATE TABLE store_order (
  id text PRIMARY KEY,
  request text NOT NULL,
  connection text NOT NULL,
  act text NOT NULL,
  medium text NOT NULL,
  task text,
  placed_at bigint NOT NULL,
  answered_at bigint
);
CREATE INDEX store_order_of_request ON store_order (request, placed_at);
)sql";

constexpr ActionInfo kActions[] = {
    {"orders.order.placed", "A system that is only asked was asked about a person for a request."},
    {"orders.order.answered", "A system that is only asked answered what became of an order."},
};

constexpr std::string_view kErasureLetter = "orders.mail_erasure";
constexpr std::string_view kAccessLetter = "orders.mail_access";

}  // namespace

std::vector<Migration> OrdersMigrations() {
  return {{.room = "orders", .version = 1, .name = "orders to systems of last resort", .sql = kTables}};
}
std::span<const ActionInfo> OrdersActions() {
  return kActions;
}
std::vector<MailTemplate> OrdersMailTemplates() {
  const std::vector<std::string> variables = {"organization", "system", "person", "reference"};
  return {{.key = std::string(kErasureLetter), .variables = variables},
          {.key = std::string(kAccessLetter), .variables = variables}};
}

struct Orders::Kept {
  std::optional<TaskId> task;
  bool is_answered = false;
};

Result<std::optional<Orders::Kept>> Orders::Find(ReadTx& tx, const std::string& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT task, answered_at FROM store_order WHERE id = $1", {id}));
  if (!row) return std::optional<Kept>();
  return std::optional(
      Kept{.task = row->Get<std::optional<TaskId>>(0), .is_answered = row->Get<std::optional<Instant>>(1).has_value()});
}

Status Orders::Record(WriteTx& tx, Literal action, const PersonOrder& order, Literal detail,
                      std::string_view value) const {
  PRIVITY_TRY(const Word store, Word::Parse(order.store));
  PRIVITY_TRY(const Word word, Word::Parse(value));
  Entry entry{.action = std::string(action.text()),
              .actor = world_.machine.actor,
              .object_kind = "rights_request",
              .object_id = order.request};
  entry.details.Add("connection", store).Add(detail, word);
  PRIVITY_TRY_VOID(world_.ledger.Append(tx, entry));
  return Ok();
}

Status Orders::Place(const PersonOrder& order, OrderMedium medium, const std::string& to, const std::string& place) {
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const std::optional<Kept> known, Find(tx, order.id));
    if (known) return Ok();
    std::optional<TaskId> task;
    if (medium == OrderMedium::kLetter) PRIVITY_TRY_VOID(PostLetter(tx, order, to));
    if (medium != OrderMedium::kCall) {
      PRIVITY_TRY(const Task made, MakeTask(tx, order, medium, place));
      task = made.id;
    }
    PRIVITY_TRY_VOID(tx.Execute(
        "INSERT INTO store_order (id, request, connection, act, medium, task, placed_at) VALUES ($1, $2, "
        "$3, $4, $5, $6, $7)",
        {order.id, order.request, order.store, EnumText(order.act), EnumText(medium), task, world_.clock.Now()}));
    return Record(tx, "orders.order.placed", order, "act", EnumText(order.act));
  });
}

Result<Task> Orders::MakeTask(WriteTx& tx, const PersonOrder& order, OrderMedium medium,
                              const std::string& place) const {
  const std::string language = "en";
  const std::string act(EnumText(order.act));
  const std::string text = medium == OrderMedium::kLetter ? "orders.letter_text" : "orders.task_text";
  return world_.tasks.Create(
      tx, world_.machine,
      {.kind = std::string(kTaskKind),
       .link = TaskLink{.kind = "rights_request", .id = order.request},
       .content = {
           .title = world_.words.Text(language, "orders.task_title", {{"act", act}, {"system", order.system}}),
           .description = world_.words.Text(
               language, text,
               {{"act", act}, {"system", order.system}, {"place", place.empty() ? std::string("none") : place}}),
           .assignee = {},
           .due = {},
           .evidence_needed = true}});
}

Status Orders::PostLetter(WriteTx& tx, const PersonOrder& order, const std::string& to) const {
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  PRIVITY_TRY(Mailbox mailbox, Mailbox::Create(to, ""));
  std::string person;
  for (const FieldValue& each : order.identifiers) {
    if (each.value) person.append(person.empty() ? "" : "; ").append(*each.value);
  }
  PRIVITY_TRY_VOID(world_.mailer.Enqueue(
      tx, {.template_key = std::string(order.act == OrderAct::kErasure ? kErasureLetter : kAccessLetter),
           .language = organization.language,
           .to = std::move(mailbox),
           .variables = {{"organization", organization.name},
                         {"system", order.system},
                         {"person", std::move(person)},
                         {"reference", order.request}},
           .unique_key = "order/" + order.id}));
  return Ok();
}

Result<OrderAnswer> Orders::Look(const PersonOrder& order) {
  bool is_new = false;
  PRIVITY_TRY(OrderAnswer answer, world_.store.Read([&](ReadTx& tx) -> Result<OrderAnswer> {
    PRIVITY_TRY(const std::optional<Kept> kept, Find(tx, order.id));
    if (!kept || !kept->task) return OrderAnswer{.is_answered = kept && kept->is_answered};
    PRIVITY_TRY(const Task task, world_.tasks.Get(tx, world_.machine, *kept->task));
    OrderAnswer found{.is_answered = task.state == TaskState::kDone || task.state == TaskState::kCancelled,
                      .is_refused = task.state == TaskState::kCancelled};
    is_new = found.is_answered && !kept->is_answered;
    if (!found.is_answered || order.act != OrderAct::kAccess) return found;
    PRIVITY_TRY(const auto evidence, world_.tasks.Evidence(tx, world_.machine, *kept->task));
    for (const TaskEvidence& each : evidence) found.texts.push_back(each.text ? *each.text : each.file->name);
    return found;
  }));
  if (is_new) PRIVITY_TRY_VOID(Answered(order, answer.is_refused));
  return answer;
}

Status Orders::Answered(const PersonOrder& order, bool is_refused) {
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const std::int64_t rows,
                tx.Execute("UPDATE store_order SET answered_at = $1 WHERE id = $2 AND answered_at IS NULL",
                           {world_.clock.Now(), order.id}));
    if (rows == 0) return Ok();
    return Record(tx, "orders.order.answered", order, "outcome", is_refused ? "refused" : "answered");
  });
}

}  // namespace privity
