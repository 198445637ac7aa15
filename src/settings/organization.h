// What the company says of itself: one row, read by letters, schedules, the console and the portal.
//
// Threads: every method may be called from many threads. Store and ledger outlive the object.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/type_table.h"
#include "ledger/ledger.h"
#include "store/migration.h"
#include "store/store.h"

namespace privity {

std::vector<Migration> SettingsMigrations();
std::span<const ActionInfo> SettingsActions();

struct Organization {
  std::string name;
  TimeZone time_zone;                          // deadlines and schedules are counted in it
  std::string language = "en";                 // of letters and of people who have not chosen one
  std::optional<std::string> privacy_contact;  // an address of the company, shown to data subjects
  std::int64_t version = 0;                    // grows with every change; 0 before the first
};
PRIVITY_DESCRIBE(Organization, (name, time_zone, language, privacy_contact, version))
inline std::vector<FieldNote> FieldNotes(const Organization*) {
  return {{.name = "name",
           .description = "The company's name, as data subjects know it.",
           .example = "Example Trading",
           .min_length = 1,
           .max_length = 200},
          {.name = "time_zone",
           .description = "IANA name; deadlines and schedules are counted in it.",
           .example = "Europe/Berlin"},
          {.name = "language",
           .description = "Language of letters and of people who have not chosen one.",
           .example = "en",
           .min_length = 2,
           .max_length = 20,
           .defaulted = true},
          {.name = "privacy_contact",
           .description = "Where data subjects may write to.",
           .example = "privacy@example.org",
           .format = "email"},
          {.name = "version", .description = "Grows with every change.", .read_only = true}};
}

class OrganizationSettings {
 public:
  OrganizationSettings(Ledger& ledger, const Clock& clock) : ledger_(ledger), clock_(clock) {}

  // Version 0, an empty name and UTC before the set-up.
  Result<Organization> Get(ReadTx& tx) const;

  // Replaces all of it. `expected_version` guards against overwriting somebody else's change:
  // settings.changed_meanwhile (412). The entry names which members changed, not their values.
  Result<Organization> Put(WriteTx& tx, const Actor& actor, const std::string& request_id,
                           const Organization& organization, std::optional<std::int64_t> expected_version) const;

 private:
  Ledger& ledger_;
  const Clock& clock_;
};

}  // namespace privity
