#include "settings/organization.h"

#include <array>

namespace privity {
namespace {

constexpr std::array<ActionInfo, 4> kActions = {
    {{"settings.organization.changed",
      "Somebody changed what the company says of itself; the names of the changed members are given."},
     {"settings.portal.changed", "Somebody changed how the portal looks; the names of the changed members are given."},
     {"settings.portal_text.set",
      "Somebody wrote a text of the portal in the company's own words; place and language are given."},
     {"settings.portal_text.reset",
      "Somebody let the built-in words of a text of the portal count again; place and language are given."}}};

std::vector<Word> ChangedMembers(const Organization& before, const Organization& after) {
  std::vector<Word> changed;
  const auto note = [&](bool differs, std::string_view member) {
    if (differs) changed.push_back(Word::Parse(member).value());
  };
  note(before.name != after.name, "name");
  note(!(before.time_zone == after.time_zone), "time_zone");
  note(before.language != after.language, "language");
  note(before.privacy_contact != after.privacy_contact, "privacy_contact");
  return changed;
}

}  // namespace

std::vector<Migration> SettingsMigrations() {
  static const std::string kTextTable =
      "CREATE TABLE settings_portal_text(place text NOT NULL, language text NOT NULL, body text NOT NULL, version "
      "bigint NOT NULL, changed_at bigint NOT NULL, PRIMARY KEY(place, language)); ";
  return {
      {.room = "settings",
       .version = 1,
       .name = "organization",
       // One row: its id is always 1.
       .sql = "CREATE TABLE settings_organization(id bigint PRIMARY KEY CHECK(id = 1), name text NOT NULL, time_zone "
              "text NOT NULL, "
              "language text NOT NULL, privacy_contact text, version bigint NOT NULL, changed_at bigint NOT NULL);"},
      {.room = "settings",
       .version = 2,
       .name = "portal",
       .sql = "CREATE TABLE settings_portal(id bigint PRIMARY KEY CHECK(id = 1), name text, accent text, accent_dark "
              "text, logo text, lead text NOT NULL, show_holdings bigint NOT NULL, version bigint NOT NULL, changed_at "
              "bigint NOT NULL);"},
      {.room = "settings",
       .version = 3,
       .name = "portal_text",
       // The first words of the start page, which were one JSON object by language, are texts like any other.
       .sql = kTextTable +
              "INSERT INTO settings_portal_text(place, language, body, version, changed_at) SELECT 'start_lead', "
              "one.key, one.value, 1, p.changed_at FROM settings_portal p CROSS JOIN LATERAL "
              "json_each_text(p.lead::json) AS one; ALTER TABLE settings_portal DROP COLUMN lead;",
       .sqlite_sql = kTextTable +
                     "INSERT INTO settings_portal_text(place, language, body, version, changed_at) SELECT "
                     "'start_lead', one.key, one.value, 1, p.changed_at FROM settings_portal p, json_each(p.lead) AS "
                     "one; ALTER TABLE settings_portal DROP COLUMN lead;"}};
}

std::span<const ActionInfo> SettingsActions() {
  return kActions;
}

Result<Organization> OrganizationSettings::Get(ReadTx& tx) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT name, time_zone, language, privacy_contact, version FROM settings_organization"));
  if (!row) return Organization();
  PRIVITY_TRY(TimeZone zone, TimeZone::Parse(row->Get<std::string>(1)));
  return Organization{.name = row->Get<std::string>(0),
                      .time_zone = std::move(zone),
                      .language = row->Get<std::string>(2),
                      .privacy_contact = row->Get<std::optional<std::string>>(3),
                      .version = row->Get<std::int64_t>(4)};
}

Result<Organization> OrganizationSettings::Put(WriteTx& tx, const Actor& actor, const std::string& request_id,
                                               const Organization& organization,
                                               std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Organization before, Get(tx));
  if (expected_version && *expected_version != before.version) return Error("settings.changed_meanwhile");
  Organization after = organization;
  after.version = before.version + 1;
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO settings_organization(id, name, time_zone, language, privacy_contact, version, changed_at) "
      "VALUES(1, $1, $2, $3, $4, $5, $6) ON CONFLICT(id) DO UPDATE SET name = excluded.name, time_zone = "
      "excluded.time_zone, "
      "language = excluded.language, privacy_contact = excluded.privacy_contact, version = excluded.version, "
      "changed_at = excluded.changed_at",
      {after.name, after.time_zone.ToString(), after.language, after.privacy_contact, after.version, clock_.Now()}));
  Entry entry{.action = "settings.organization.changed", .actor = actor, .request_id = request_id};
  entry.details.Add("members", ChangedMembers(before, after));
  PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
  return after;
}

}  // namespace privity
