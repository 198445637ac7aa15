#include "orders/orders.h"

#include <memory>

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

// What was answered before it was kept is known by the ledger alone.
constexpr const char* kOutcomes = R"sql(
ALTER TABLE store_order ADD COLUMN system text NOT NULL DEFAULT '';
ALTER TABLE store_order ADD COLUMN outcome text;
ALTER TABLE store_order ADD COLUMN evidence bigint NOT NULL DEFAULT 0;
ALTER TABLE store_order ADD COLUMN entry text;
)sql";

constexpr ActionInfo kActions[] = {
    {"orders.order.placed", "A system that is only asked was asked about a person for a request."},
    {"orders.order.answered", "A system that is only asked answered what became of an order."},
};

constexpr std::string_view kErasureLetter = "orders.mail_erasure";
constexpr std::string_view kAccessLetter = "orders.mail_access";
constexpr std::string_view kPortabilityLetter = "orders.mail_portability";
constexpr std::string_view kChangeLetter = "orders.mail_change";

std::string_view LetterOf(OrderAct act) {
  switch (act) {
    case OrderAct::kAccess:
      return kAccessLetter;
    case OrderAct::kPortability:
      return kPortabilityLetter;
    case OrderAct::kErasure:
      return kErasureLetter;
    case OrderAct::kCorrection:
    case OrderAct::kRestriction:
    case OrderAct::kObjection:
    case OrderAct::kConsentWithdrawal:
    case OrderAct::kLifting:
      break;
  }
  return kChangeLetter;
}

// What a correction is about, without a value.
std::string NamesOf(const PersonOrder& order) {
  if (order.act != OrderAct::kCorrection) return "";
  std::string names;
  for (const OrderedChange& each : order.changes) names.append(names.empty() ? "" : ", ").append(each.what);
  return names;
}

}  // namespace

std::vector<Migration> OrdersMigrations() {
  return {{.room = "orders", .version = 1, .name = "orders to systems of last resort", .sql = kTables},
          {.room = "orders", .version = 2, .name = "what became of orders", .sql = kOutcomes}};
}
std::span<const ActionInfo> OrdersActions() {
  return kActions;
}
std::vector<MailTemplate> OrdersMailTemplates() {
  const std::vector<std::string> variables = {"organization", "system", "person", "reference"};
  std::vector<std::string> of_changes = variables;
  of_changes.insert(of_changes.end(), {"act", "changes"});
  return {{.key = std::string(kErasureLetter), .variables = variables},
          {.key = std::string(kAccessLetter), .variables = variables},
          {.key = std::string(kPortabilityLetter), .variables = variables},
          {.key = std::string(kChangeLetter), .variables = std::move(of_changes)}};
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

Result<Entry> Orders::EntryOf(Literal action, const PersonOrder& order) const {
  PRIVITY_TRY(const Word store, Word::Parse(order.store));
  PRIVITY_TRY(const Word act, Word::Parse(EnumText(order.act)));
  Entry entry{.action = std::string(action.text()),
              .actor = world_.machine.actor,
              .object_kind = "rights_request",
              .object_id = order.request};
  entry.details.Add("connection", store).Add("act", act);
  return entry;
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
        "INSERT INTO store_order (id, request, connection, system, act, medium, task, placed_at) VALUES ($1, $2, "
        "$3, $4, $5, $6, $7, $8)",
        {order.id, order.request, order.store, order.system, EnumText(order.act), EnumText(medium), task,
         world_.clock.Now()}));
    PRIVITY_TRY(const Entry entry, EntryOf("orders.order.placed", order));
    PRIVITY_TRY_VOID(world_.ledger.Append(tx, entry));
    return Ok();
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
       .content = {.title = world_.words.Text(language, "orders.task_title", {{"act", act}, {"system", order.system}}),
                   .description = world_.words.Text(language, text,
                                                    {{"act", act},
                                                     {"system", order.system},
                                                     {"place", place.empty() ? std::string("none") : place},
                                                     {"names", NamesOf(order)}}),
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
  MailVariables variables = {{"organization", organization.name},
                             {"system", order.system},
                             {"person", std::move(person)},
                             {"reference", order.request}};
  const std::string_view letter = LetterOf(order.act);
  if (letter == kChangeLetter) {
    variables.emplace("act", EnumText(order.act));
    variables.emplace("changes", WordsOf(organization.language, order));
  }
  PRIVITY_TRY_VOID(world_.mailer.Enqueue(tx, {.template_key = std::string(letter),
                                              .language = organization.language,
                                              .to = std::move(mailbox),
                                              .variables = std::move(variables),
                                              .unique_key = "order/" + order.id}));
  return Ok();
}

// Line by line what is wrong and what is right, or for which purpose.
std::string Orders::WordsOf(const std::string& language, const PersonOrder& order) const {
  std::string lines;
  for (const OrderedChange& each : order.changes) {
    const bool is_correction = order.act == OrderAct::kCorrection;
    const char* key = is_correction ? (each.before ? "orders.change" : "orders.change_any") : "orders.change_purpose";
    // Lifting puts back: the purpose stands before.
    const std::optional<std::string>& after = order.act == OrderAct::kLifting ? each.before : each.after;
    const std::string purpose = after.value_or(world_.words.Text(language, "orders.all_purposes", {}));
    lines += world_.words.Text(language, key,
                               {{"what", each.what}, {"before", each.before.value_or("")}, {"after", purpose}}) +
             "\n";
  }
  return lines;
}

Result<OrderAnswer> Orders::Look(const PersonOrder& order) {
  bool is_new = false;
  std::int64_t evidence = 0;
  PRIVITY_TRY(OrderAnswer answer, world_.store.Read([&](ReadTx& tx) -> Result<OrderAnswer> {
    PRIVITY_TRY(const std::optional<Kept> kept, Find(tx, order.id));
    if (!kept || !kept->task) return OrderAnswer{};
    PRIVITY_TRY(OrderAnswer found, AnswerOf(tx, order, *kept->task, evidence));
    is_new = found.outcome && !kept->is_answered;
    return found;
  }));
  if (is_new) PRIVITY_TRY_VOID(Answered(order, *answer.outcome, evidence));
  return answer;
}

// A task that was done means done, one that was cancelled refused.
Result<OrderAnswer> Orders::AnswerOf(ReadTx& tx, const PersonOrder& order, const TaskId& id,
                                     std::int64_t& evidence) const {
  PRIVITY_TRY(const Task task, world_.tasks.Get(tx, world_.machine, id));
  evidence = task.evidence_count;
  OrderAnswer answer;
  if (task.state == TaskState::kDone) answer.outcome = OrderOutcome::kDone;
  if (task.state == TaskState::kCancelled) answer.outcome = OrderOutcome::kRefused;
  if (answer.outcome != OrderOutcome::kDone || !IsTelling(order.act)) return answer;
  PRIVITY_TRY(const auto found, world_.tasks.Evidence(tx, world_.machine, id));
  for (const TaskEvidence& each : found) {
    if (each.text) {
      answer.texts.push_back(*each.text);
      continue;
    }
    PRIVITY_TRY(const FileId file, FileId::Parse(each.file->id));
    PRIVITY_TRY(FileReader reader, world_.files.Read(tx, file));
    // Shared with the copies of the function below.
    const auto kept = std::make_shared<const FileReader>(std::move(reader));
    answer.files.push_back(
        {.name = each.file->name,
         .size_bytes = kept->size_bytes(),
         .read = [kept](std::int64_t offset, std::size_t bytes) { return kept->Read(offset, bytes); }});
  }
  return answer;
}

Status Orders::Answered(const PersonOrder& order, OrderOutcome outcome, std::int64_t evidence) {
  return world_.store.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY(const std::optional<Kept> kept, Find(tx, order.id));
    if (!kept || kept->is_answered) return Ok();
    PRIVITY_TRY(Entry entry, EntryOf("orders.order.answered", order));
    PRIVITY_TRY(const Word word, Word::Parse(EnumText(outcome)));
    entry.details.Add("outcome", word).Add("evidence", evidence);
    PRIVITY_TRY(const EntryId id, world_.ledger.Append(tx, entry));
    PRIVITY_TRY_VOID(
        tx.Execute("UPDATE store_order SET answered_at = $1, outcome = $2, evidence = $3, entry = $4 WHERE id = $5",
                   {world_.clock.Now(), EnumText(outcome), evidence, id, order.id}));
    return Ok();
  });
}

Result<std::vector<KeptOrder>> Orders::Of(const std::string& request) {
  return world_.store.Read([&](ReadTx& tx) { return Of(tx, request); });
}

Result<std::vector<KeptOrder>> Orders::Of(ReadTx& tx, const std::string& request) const {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT id, system, act, medium, placed_at, answered_at, outcome, evidence, task, entry FROM "
                       "store_order WHERE request = $1 ORDER BY placed_at, id",
                       {request}));
  std::vector<KeptOrder> orders;
  for (const Row& row : rows) {
    KeptOrder order{.id = row.Get<std::string>(0),
                    .system = row.Get<std::string>(1),
                    .placed_at = row.Get<Instant>(4),
                    .answered_at = row.Get<std::optional<Instant>>(5),
                    .evidence = row.Get<std::int64_t>(7),
                    .task = row.Get<std::optional<std::string>>(8),
                    .entry = row.Get<std::optional<std::string>>(9)};
    PRIVITY_TRY(order.act, ParseEnum<OrderAct>(row.Get<std::string>(2)));
    PRIVITY_TRY(order.medium, ParseEnum<OrderMedium>(row.Get<std::string>(3)));
    if (const auto outcome = row.Get<std::optional<std::string>>(6)) {
      PRIVITY_TRY(order.outcome, ParseEnum<OrderOutcome>(*outcome));
    }
    orders.push_back(std::move(order));
  }
  return orders;
}

}  // namespace privity
