// Settings that stand as one document in a table of one row: (id, body, version).
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "rights/requests.h"

namespace privity {

// The defaults when nothing has been saved.
template <class Settings>
Result<Settings> LoadSettings(ReadTx& tx, std::string_view table) {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT body, version FROM " + std::string(table)));
  if (!row) return Settings();
  PRIVITY_TRY(Json body, ParseJson(row->template Get<std::string>(0)));
  body.Remove("version");  // the column's, which nobody hands in
  PRIVITY_TRY(Settings settings, FromJsonValue<Settings>(body));
  settings.version = row->template Get<std::int64_t>(1);
  return settings;
}

// Saves `settings` as the version after `before`, and has it in the ledger who did so.
template <class Settings>
Result<Settings> SaveSettings(WriteTx& tx, std::string_view table, const RightsWorld& world, const Caller& caller,
                              Settings settings, std::int64_t before) {
  settings.version = before + 1;
  PRIVITY_TRY_VOID(tx.Execute("INSERT INTO " + std::string(table) +
                                  " (id, body, version) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET body = "
                                  "excluded.body, version = excluded.version",
                              {ToJson(settings), settings.version}));
  PRIVITY_TRY_VOID(world.ledger.Append(
      tx, {.action = "rights.settings.changed", .actor = caller.actor, .request_id = caller.request_id}));
  return settings;
}

}  // namespace privity
