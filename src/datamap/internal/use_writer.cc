#include "datamap/internal/use_writer.h"

#include <algorithm>

#include "base/utf8.h"

namespace privity {
namespace {

constexpr std::int64_t kLinesOfPart = 100'000;
constexpr int kPartsMax = 50;                   // of one scan; the next one goes on
constexpr std::size_t kSumsOfPartMax = 20'000;  // more are not told apart by address

bool IsForTheRegister(const std::string& text) {
  return IsUtf8(text) && text.size() <= kMapNameBytesMax;
}

}  // namespace

Result<UseWriter::Position> UseWriter::Load() {
  return world_.store.Read([&](ReadTx& tx) -> Result<Position> {
    PRIVITY_TRY(const auto row,
                tx.QueryOne("SELECT uses_cursor, uses_since FROM datamap_system WHERE id = $1", {system_}));
    if (!row) return Error("datamap.system_unknown");
    for (const char* sql : {"SELECT dataset, name FROM datamap_collection WHERE system = $1",
                            "SELECT DISTINCT dataset, collection FROM datamap_access WHERE system = $1"}) {
      PRIVITY_TRY(const auto rows, tx.Query(sql, {system_}));
      for (const Row& place : rows) places_.emplace(place.Get<std::string>(0), place.Get<std::string>(1));
    }
    PRIVITY_TRY(const auto rows,
                tx.Query("SELECT DISTINCT principal FROM datamap_access WHERE system = $1", {system_}));
    for (const Row& account : rows) accounts_.insert(account.Get<std::string>(0));
    return Position{.cursor = row->Get<std::string>(0), .since = row->Get<std::optional<Instant>>(1)};
  });
}

void UseWriter::Add(const AccessEvent& event) {
  first_event_ = std::min(first_event_.value_or(event.at), event.at);
  last_event_ = std::max(last_event_.value_or(event.at), event.at);
  const bool is_somewhere = !event.collection.name.empty();
  // Of a table that the register does not have, nobody asks who used it.
  if (is_somewhere && !places_.contains({event.collection.space, event.collection.name})) return;
  if (!IsForTheRegister(event.principal)) return;
  // Who mistypes may have typed anything, a password too: such a name is not kept.
  const bool is_unknown = event.use == AccessUse::kSignInRefused && !accounts_.contains(event.principal);
  Key key{is_unknown ? "" : event.principal, event.use, event.collection.space, event.collection.name,
          IsForTheRegister(event.from) ? event.from : ""};
  if (sums_.size() >= kSumsOfPartMax && !sums_.contains(key)) std::get<4>(key).clear();
  const auto [found, is_first] = sums_.try_emplace(std::move(key), Sum{.first = event.at, .last = event.at});
  Sum& sum = found->second;
  sum.first = std::min(sum.first, event.at);
  sum.last = std::max(sum.last, event.at);
  ++sum.events;
}

Status UseWriter::Save(WriteTx& tx, const Position& position, Instant now) {
  std::int64_t events = 0;
  for (const auto& [key, sum] : sums_) {
    const auto& [principal, use, dataset, collection, from] = key;
    PRIVITY_TRY_VOID(tx.Execute(
        "INSERT INTO datamap_use (id, system, principal, kind, dataset, collection, from_address, first_used_at, "
        "last_used_at, events) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (system, principal, kind, "
        "dataset, collection, from_address) DO UPDATE SET events = datamap_use.events + excluded.events, last_used_at "
        "= CASE WHEN excluded.last_used_at > datamap_use.last_used_at THEN excluded.last_used_at ELSE "
        "datamap_use.last_used_at END",
        {AccountUseId::New(world_.clock), system_, principal, EnumText(use), dataset, collection, from, sum.first,
         sum.last, sum.events}));
    events += sum.events;
  }
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM datamap_use WHERE system = $1 AND last_used_at < $2",
                              {system_, now - AccountUses::kKeptFor}));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_system SET uses_cursor = $2, uses_since = $3, uses_read_at = $4 WHERE id "
                 "= $1",
                 {system_, position.cursor, position.since, position.read_at}));
  if (events == 0) return Ok();
  Entry entry{.action = "datamap.uses.read",
              .actor = {.kind = ActorKind::kSystem, .id = "datamap"},
              .object_kind = "system",
              .object_id = system_.ToString()};
  entry.details.Add("events", events);
  return AppendEntry(world_, tx, entry);
}

Status UseWriter::Read(Connector& store) {
  PRIVITY_TRY(Position position, Load());
  for (int part = 0; part < kPartsMax; ++part) {
    sums_.clear();
    first_event_.reset();
    last_event_.reset();
    const Instant now = world_.clock.Now();
    PRIVITY_TRY(const AccessReading reading,
                store.ReadAccess(position.cursor, kLinesOfPart, [&](const AccessEvent& event) {
                  Add(event);
                  return Ok();
                }));
    if (!position.since || !reading.is_continuous) position.since = first_event_.value_or(now);
    // Of what stands further on in the log, nothing is known yet.
    position.read_at = reading.is_all ? now : last_event_.value_or(*position.since);
    position.cursor = reading.cursor;
    PRIVITY_TRY_VOID(write_([&](WriteTx& tx) { return Save(tx, position, now); }));
    if (reading.is_all) break;
  }
  return Ok();
}

}  // namespace privity
