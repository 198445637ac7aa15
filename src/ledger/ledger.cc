#include "ledger/ledger.h"

#include <algorithm>
#include <utility>

#include "ledger/record.h"

namespace privity {
namespace {

// Entry bundles carry a 16-bit length (C2SP tlog-tiles); the rest is for index, time and version around the body.
constexpr std::size_t kBodyBytesMax = 65'000;
// A row that is inserted waits for nothing: one that takes so long waits for somebody who holds the table.
constexpr std::chrono::seconds kStalledAfter{3};

Error InvalidEntry(const char* member) {
  return Error("ledger.entry_invalid", {{"member", member}});
}

bool IsWordOrEmpty(const std::string& text) {
  return text.empty() || Word::Accepts(text);
}

Status CheckEntry(const Entry& entry) {
  if (!IsWordOrEmpty(entry.actor.id) || (entry.actor.kind == ActorKind::kSubject && !entry.actor.id.empty())) {
    return InvalidEntry("actor");
  }
  if (!IsWordOrEmpty(entry.object_kind) || !IsWordOrEmpty(entry.object_id) || entry.object_kind == "subject" ||
      entry.object_kind.empty() != entry.object_id.empty()) {
    return InvalidEntry("object");
  }
  if (!IsWordOrEmpty(entry.request_id)) return InvalidEntry("request_id");
  return Ok();
}

template <class T>
std::optional<T> Unless(bool absent, const T& value) {
  return absent ? std::nullopt : std::optional<T>(value);
}

Result<std::string> BodyText(const EntryId& id, Instant at, const Entry& entry, const std::optional<EntryId>& intent,
                             const std::vector<std::string>& tags) {
  const RecordBody body{
      .id = id,
      .at = at,
      .action = entry.action,
      .actor = {.kind = entry.actor.kind, .id = Unless(entry.actor.id.empty(), entry.actor.id)},
      .object = Unless(entry.object_kind.empty(), RecordObject{.kind = entry.object_kind, .id = entry.object_id}),
      .details = Unless(entry.details.json().members()->empty(), entry.details.json()),
      .intent = intent,
      .request = Unless(entry.request_id.empty(), entry.request_id),
      .subjects = Unless(tags.empty(), tags),
  };
  PRIVITY_TRY(std::string text, ToCanonicalJson(body));
  if (text.size() > kBodyBytesMax)
    return Error("ledger.entry_too_large", {{"bytes_max", std::to_string(kBodyBytesMax)}});
  return text;
}

// Put together by hand: an initializer list would copy the body.
SqlValues StagedRow(const EntryId& id, Instant at, std::int64_t seq, const Entry& entry, std::string body) {
  SqlValues row;
  row.reserve(9);
  row.emplace_back(id);
  row.emplace_back(at);
  row.emplace_back(seq);
  for (const std::string_view text :
       {std::string_view(entry.action), EnumText(entry.actor.kind), std::string_view(entry.actor.id),
        std::string_view(entry.object_kind), std::string_view(entry.object_id)}) {
    row.emplace_back(text);
  }
  row.emplace_back(std::move(body));
  return row;
}

}  // namespace

void StagedSignal::Notify() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(notified_, true)) return;
  }
  changed_.notify_one();
}

void StagedSignal::Wait(const std::stop_token& stop, std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, timeout, [this] { return notified_; });
  notified_ = false;
}

Ledger::Ledger(Store& store, const ActionRegistry& actions, const Clock& clock, PersonKeys* person_keys)
    : store_(store), actions_(actions), clock_(clock), person_keys_(person_keys) {}

Result<EntryId> Ledger::Append(WriteTx& tx, const Entry& entry) {
  return Write(tx, entry, {});
}

Result<EntryId> Ledger::Record(const Entry& entry) {
  return store_.Write([&](WriteTx& tx) { return Append(tx, entry); });
}

Result<EntryId> Ledger::AppendIntent(WriteTx& tx, const Entry& entry) {
  PRIVITY_TRY(const EntryId id, Write(tx, entry, {}));
  PRIVITY_TRY_VOID(tx.Execute("INSERT INTO ledger_intent (id, at) VALUES ($1, $2)", {id, clock_.Now()}));
  return id;
}

Result<EntryId> Ledger::AppendOutcome(WriteTx& tx, const EntryId& intent, const Entry& entry) {
  PRIVITY_TRY(const std::int64_t closed, tx.Execute("DELETE FROM ledger_intent WHERE id = $1", {intent}));
  if (closed == 0) return Error("ledger.intent_unknown", {{"intent", intent.ToString()}});
  return Write(tx, entry, intent);
}

Result<std::vector<OpenIntent>> Ledger::OpenIntents(ReadTx& tx, Instant older_than, int limit) {
  PRIVITY_TRY(const std::vector<Row> rows,
              tx.Query("SELECT id, at FROM ledger_intent WHERE at < $1 ORDER BY at, id LIMIT $2", {older_than, limit}));
  std::vector<OpenIntent> open;
  for (const Row& row : rows) open.push_back({.id = row.Get<EntryId>(0), .at = row.Get<Instant>(1)});
  return open;
}

Status Ledger::ForgetSubject(WriteTx& tx, const SubjectId& subject) {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM ledger_subject WHERE subject = $1", {subject}));
  return Ok();
}

Result<std::vector<std::string>> Ledger::TagSubjects(WriteTx& tx, const EntryId& id,
                                                     const std::vector<SubjectId>& subjects) {
  std::vector<std::string> tags;
  if (subjects.empty()) return tags;
  if (person_keys_ == nullptr) return InvalidEntry("subjects");
  for (const SubjectId& subject : subjects) {
    PRIVITY_TRY(const PersonKey key, person_keys_->Ensure(tx, subject));
    tags.push_back(Base64UrlEncode(key.EntryTag(id.uuid().bytes())));
    PRIVITY_TRY_VOID(tx.Execute("INSERT INTO ledger_subject (subject, entry) VALUES ($1, $2)", {subject, id}));
  }
  std::ranges::sort(tags);  // the order says nothing about who was named first
  return tags;
}

Result<EntryId> Ledger::Write(WriteTx& tx, const Entry& entry, const std::optional<EntryId>& intent) {
  if (std::optional<Error> cause = halted()) return *std::move(cause);
  if (!actions_.Knows(entry.action)) return Error("ledger.action_unknown", {{"action", entry.action}});
  PRIVITY_TRY_VOID(CheckEntry(entry));
  const EntryId id = EntryId::New(clock_);
  const Instant at = clock_.Now();
  PRIVITY_TRY(const std::vector<std::string> tags, TagSubjects(tx, id, entry.subjects));
  PRIVITY_TRY(std::string body, BodyText(id, at, entry, intent, tags));
  PRIVITY_TRY_VOID(Stage(tx, StagedRow(id, at, ++staged_count_, entry, std::move(body))));
  tx.OnCommit([this] { staged_.Notify(); });
  if (listener_) PRIVITY_TRY_VOID(listener_(tx, entry));
  return id;
}

// When entries hang, those that come later are refused at once: their threads and connections are needed for reading.
Status Ledger::Stage(WriteTx& tx, const SqlValues& row) {
  const Moment begin = clock_.Monotonic();
  const bool is_stalled = being_staged_.With([&](auto& since) {
    if (!since.empty() && begin - *since.begin() > kStalledAfter) return true;
    since.insert(begin);
    return false;
  });
  if (is_stalled) return Error("ledger.stalled", {{"seconds", std::to_string(kStalledAfter.count())}});
  const auto staged = tx.Execute(
      "INSERT INTO ledger_staged (id, at, seq, action, actor_kind, actor_id, object_kind, object_id, body) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      row);
  being_staged_.With([&](auto& since) { since.erase(since.find(begin)); });
  return staged.ok() ? Ok() : Status(staged.error());
}

void Ledger::Halt(const Error& cause) {
  halted_.With([&](auto& halted) { halted = Error("ledger.halted", {{"cause", cause.code()}}); });
}

void Ledger::Resume() {
  halted_.With([](auto& halted) { halted.reset(); });
}

std::optional<Error> Ledger::halted() const {
  return halted_.With([](const auto& halted) { return halted; });
}

}  // namespace privity
