// What staff asks about requests: lists, timelines, due dates, figures, what is kept of one.
#include "rights/requests.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "rights/identity_documents.h"
#include "rights/internal/case.h"
#include "store/where.h"

namespace privity {

namespace {

std::string FormatCursor(std::int64_t due, const RightsRequestId& id) {
  return Base64UrlEncode(AsBytes(std::to_string(due) + " " + id.ToString()));
}

struct Position {
  std::int64_t due = 0;
  std::string id;
};

Result<Position> ParseCursor(std::string_view cursor) {
  const Error invalid("rights.cursor_invalid");
  const Result<Bytes> bytes = Base64UrlDecode(cursor);
  if (!bytes.ok()) return invalid;
  const std::string text(AsText(*bytes));
  const std::size_t space = text.find(' ');
  if (space == std::string::npos) return invalid;
  const Result<RightsRequestId> id = RightsRequestId::Parse(text.substr(space + 1));
  const Result<Json> due = ParseJson(text.substr(0, space));
  if (!id.ok() || !due.ok() || due->integer() == nullptr) return invalid;
  return Position{*due->integer(), id->ToString()};
}

double MedianOf(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

Result<RightsRequest> RightsRequests::Get(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY(const Case found, Load(tx, id));
  return View(tx, found);
}

Result<std::optional<UserId>> RightsRequests::AssigneeOf(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY(const Case found, Load(tx, id));
  return found.assignee;
}

Result<RequestPage> RightsRequests::List(ReadTx& tx, const RequestFilter& filter) const {
  const int limit = std::clamp(filter.limit, 1, kRequestPageMax);
  Where where;
  if (!filter.states.empty()) {
    std::string list;
    for (const RequestState state : filter.states)
      list += (list.empty() ? "" : ", ") + where.Parameter(EnumText(state));
    where.And("state IN (" + list + ")");
  }
  if (filter.right) where.And("claim = " + where.Parameter(EnumText(*filter.right)));
  if (!filter.law.empty()) where.And("law = " + where.Parameter(filter.law));
  if (filter.open_only) where.And("finished_at IS NULL");
  if (filter.overdue_only) where.And("due <= " + where.Parameter(world_.clock.Now()));
  if (filter.document_waits) {
    where.And("id IN (SELECT request FROM rights_document WHERE outcome = " +
              where.Parameter(EnumText(DocumentOutcome::kWaiting)) + ")");
  }
  if (!filter.cursor.empty()) {
    PRIVITY_TRY(const Position after, ParseCursor(filter.cursor));
    const std::string due = where.Parameter(after.due);
    where.And("(due > " + due + " OR (due = " + due + " AND id > " + where.Parameter(after.id) + "))");
  }
  const std::string one_more = where.Parameter(limit + 1);  // tells whether there is another page
  PRIVITY_TRY(const std::vector<Case> cases,
              LoadAll(tx, where.Clause() + " ORDER BY due, id LIMIT " + one_more, where.values()));
  RequestPage page;
  for (const Case& found : cases) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      const Case& last = cases[page.items.size() - 1];
      page.next_cursor = FormatCursor(last.due, last.id);
      break;
    }
    PRIVITY_TRY(page.items.emplace_back(), View(tx, found));
  }
  return page;
}

Result<std::vector<RequestEvent>> RightsRequests::History(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY(const Case found, Load(tx, id));
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT body, note FROM rights_event WHERE request = $1 ORDER BY seq", {id}));
  std::optional<PersonKey> key;
  if (!found.minimized) {
    PRIVITY_TRY(key, world_.person_keys.Load(tx, found.subject));
  }
  std::vector<RequestEvent> events;
  for (const Row& row : rows) {
    PRIVITY_TRY(RequestEvent event, FromJson<RequestEvent>(row.Get<std::string>(0)));
    const auto note = row.Get<std::optional<Bytes>>(1);
    if (note && key) {
      PRIVITY_TRY(const SecretBytes opened,
                  key->Open(*note, {.collection = kRequestCollection, .record = found.id.ToString(), .field = "note"}));
      event.note = std::string(AsText(opened.Reveal()));
    }
    events.push_back(std::move(event));
  }
  return events;
}

Result<std::vector<Deadline>> RightsRequests::Computations(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY_VOID(Load(tx, id));
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT body FROM rights_deadline WHERE request = $1 ORDER BY seq", {id}));
  std::vector<Deadline> deadlines;
  for (const Row& row : rows) {
    PRIVITY_TRY(deadlines.emplace_back(), FromJson<Deadline>(row.Get<std::string>(0)));
  }
  return deadlines;
}

Result<std::vector<RightsFigures>> RightsRequests::Figures(ReadTx& tx, Instant from, Instant until) const {
  PRIVITY_TRY(
      const std::vector<Row> rows,
      tx.Query(
          "SELECT law, claim, outcome, received_at, due, outcome_at, finished_at FROM rights_request WHERE received_at "
          ">= $1 AND received_at < $2 ORDER BY law, claim",
          {from, until}));
  std::vector<RightsFigures> all;
  std::vector<double> days;
  const auto close = [&] {
    if (!all.empty() && !days.empty()) all.back().median_days = MedianOf(std::move(days));
    days = {};
  };
  for (const Row& row : rows) {
    PRIVITY_TRY(const Right right, ParseEnum<Right>(row.Get<std::string>(1)));
    const std::string outcome = row.Get<std::optional<std::string>>(2).value_or("");
    if (all.empty() || all.back().law != row.Get<std::string>(0) || all.back().right != right) {
      close();
      all.push_back({.law = row.Get<std::string>(0), .right = right, .median_days = {}});
    }
    RightsFigures& figures = all.back();
    figures.received += 1;
    figures.answered += outcome == EnumText(RequestState::kAnswered);
    figures.refused += outcome == EnumText(RequestState::kRefused);
    figures.withdrawn += outcome == EnumText(RequestState::kWithdrawn);
    figures.open += !row.Get<std::optional<Instant>>(6);
    figures.overdue += row.Get<Instant>(4) <= world_.clock.Now();
    const auto answered_at = row.Get<std::optional<Instant>>(5);
    if (answered_at && outcome != EnumText(RequestState::kWithdrawn)) {
      days.push_back(std::chrono::duration<double, std::ratio<86'400>>(*answered_at - row.Get<Instant>(3)).count());
    }
  }
  close();
  return all;
}

Result<std::vector<RequestTrace>> RightsRequests::Traces(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY_VOID(Load(tx, id));
  struct Kept {
    TraceKind kind;
    const char* query;
    bool personal;
  };
  constexpr std::array<Kept, 6> kKept = {
      {{TraceKind::kCase, "SELECT count(*) FROM rights_request WHERE id = $1", false},
       {TraceKind::kTimeline, "SELECT count(*) FROM rights_event WHERE request = $1", false},
       {TraceKind::kDeadlines, "SELECT count(*) FROM rights_deadline WHERE request = $1", false},
       {TraceKind::kDocuments, "SELECT count(*) FROM rights_document WHERE request = $1", false},
       {TraceKind::kRestrictions, "SELECT count(*) FROM rights_restriction WHERE request = $1 AND lifted_at IS NULL",
        true},
       {TraceKind::kAgent, "SELECT count(*) FROM rights_agent_request WHERE request = $1", false}}};
  std::vector<RequestTrace> traces;
  for (const Kept& kept : kKept) {
    PRIVITY_TRY(const auto row, tx.QueryOne(kept.query, {id}));
    const std::int64_t count = row->Get<std::int64_t>(0);
    if (count > 0) traces.push_back({.kind = kept.kind, .count = count, .personal = kept.personal});
  }
  return traces;
}

}  // namespace privity
