#include "connect/asked/asked_connector.h"

#include <algorithm>

#include "connect/internal/cells.h"
#include "connect/internal/record_values.h"
#include "connect/json_cells.h"

namespace privity::connect_internal {
namespace {

constexpr const char* kCollection = "held";
constexpr const char* kKey = "asked_about";
constexpr const char* kThePerson = "person";
constexpr const char* kAnswer = "answer";

FieldCell Text(std::string_view field, std::string_view text) {
  return {.field = field, .kind = CellKind::kText, .bytes = text};
}

}  // namespace

CapabilitySheet AskedSheet() {
  CapabilitySheet sheet;
  for (const Capability capability :
       {Capability::kEstimate, Capability::kSplit, Capability::kInsert, Capability::kUpdate, Capability::kRedact,
        Capability::kFlag, Capability::kDeleteObject, Capability::kGrants, Capability::kAccessEvents,
        Capability::kCountOlder, Capability::kReadCounts, Capability::kRestoreMark}) {
    sheet.cannot.emplace(capability, "connect.cannot_asked");
  }
  return sheet;
}

Error AskedConnector::MakeError(std::string code) const {
  return Error(std::move(code), {{"store", label()}, {"place", kCollection}});
}

Result<Description> AskedConnector::Describe() {
  Collection held{.name = {"", kCollection}, .shape = CollectionShape::kAsked, .fields = {}, .key = {kKey}};
  for (const char* field : {kKey, "email", "phone"}) held.fields.push_back({.name = field, .nullable = field != kKey});
  Description description;
  description.collections.push_back(std::move(held));
  return description;
}

// There is nothing to look at, and nothing of it is missed.
Status AskedConnector::Sample(const Collection&, const SampleLimits&, RecordSink&) {
  return Ok();
}

Status AskedConnector::Stream(const Collection&, const StreamRange&, RecordSink&) {
  return MakeError("connect.only_asked");
}

Status AskedConnector::Find(const Collection&, const std::vector<FieldValue>& match, std::int64_t, RecordSink& sink) {
  const bool is_looked_at_again = ValueOf(match, kKey) != nullptr;
  if (!options_.order || (is_looked_at_again && !IsTelling(options_.order->act))) {
    return MakeError("connect.only_asked");
  }
  return is_looked_at_again ? TakeAnswer(*options_.order, sink) : TakePlanned(*options_.order, sink);
}

Status AskedConnector::TakePlanned(const PersonOrder& order, RecordSink& sink) const {
  std::vector<FieldCell> cells = {Text(kKey, kThePerson)};
  for (const FieldValue& each : order.identifiers) {
    if (each.value) cells.push_back(Text(each.field, *each.value));
  }
  return sink.Take(cells);
}

Status AskedConnector::TakeAnswer(const PersonOrder& order, RecordSink& sink) {
  if (!order.may_place) return MakeError("connect.only_asked");
  PRIVITY_TRY(const AskedAnswer answer, Ask(order));
  if (!answer.outcome) return MakeError("connect.awaits_answer");
  if (*answer.outcome == OrderOutcome::kRefused) return MakeError("connect.answer_refused");
  JsonCells json;
  std::vector<FieldCell> cells;
  for (const Json& record : answer.records) {
    json.Fill(record, "", cells);
    for (FieldCell& cell : cells) CutCell(options_.cell_bytes_max, cell);
    cells.insert(cells.begin(), Text(kKey, kThePerson));
    PRIVITY_TRY_VOID(sink.Take(cells));
  }
  for (const HandedFile& file : answer.files) PRIVITY_TRY_VOID(sink.TakeFile(file));
  return Ok();
}

Result<WriteOutcome> AskedConnector::Delete(const Collection&, const std::vector<FieldValue>&,
                                            const std::vector<FieldValue>&) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  const PersonOrder* order = options_.order.get();
  if (order == nullptr || !order->may_place || order->act != OrderAct::kErasure) {
    return MakeError("connect.only_asked");
  }
  return CarryOut(*order);
}

Result<WriteOutcome> AskedConnector::Update(const Collection&, const std::vector<FieldValue>&,
                                            const std::vector<FieldValue>& expected,
                                            const std::vector<FieldValue>& changes) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  const PersonOrder* planned = options_.order.get();
  if (planned == nullptr || !planned->may_place || IsTelling(planned->act) || planned->act == OrderAct::kErasure) {
    return MakeError("connect.only_asked");
  }
  PersonOrder order = *planned;
  for (const FieldValue& change : changes) {
    const FieldValue* before = ValueOf(expected, change.field);
    order.changes.push_back({change.field, before == nullptr ? std::nullopt : before->value, change.value});
  }
  return CarryOut(order);
}

Result<WriteOutcome> AskedConnector::CarryOut(const PersonOrder& order) {
  PRIVITY_TRY(const AskedAnswer answer, Ask(order));
  if (!answer.outcome) return MakeError("connect.awaits_answer");
  switch (*answer.outcome) {
    case OrderOutcome::kDone:
      return WriteOutcome::kDone;
    case OrderOutcome::kNotHeld:
      return Error("connect.changed", {{"store", label()}, {"collection", kCollection}});
    case OrderOutcome::kRefused:
      break;
  }
  return MakeError("connect.answer_refused");
}

Result<AskedAnswer> AskedConnector::AskPerson(const PersonOrder& order, OrderMedium medium,
                                              const std::string& to) const {
  PRIVITY_TRY_VOID(order.desk->Place(order, medium, to, url_.path().empty() ? "" : url_.path().substr(1)));
  PRIVITY_TRY(OrderAnswer found, order.desk->Look(order));
  if (!found.outcome) return AskedAnswer{};
  AskedAnswer answer{.outcome = found.outcome, .files = std::move(found.files)};
  for (const std::string& text : found.texts) answer.records.push_back(Json::Object({{kAnswer, text}}));
  return answer;
}

}  // namespace privity::connect_internal

namespace privity {

std::vector<FieldNote> FieldNotes(const KeptOrder*) {
  return {{.name = "id", .description = "The same in every repetition of the order."},
          {.name = "system", .description = "Who is asked about."},
          {.name = "medium", .description = "task: a person; letter: others, by e-mail; call: a program."},
          {.name = "outcome", .description = "None while nobody has answered."},
          {.name = "evidence", .description = "Texts and files, or records and files, by which it was answered."},
          {.name = "task", .description = "Of whoever records the answer."},
          {.name = "entry", .description = "The ledger's entry of the answer."}};
}

}  // namespace privity
