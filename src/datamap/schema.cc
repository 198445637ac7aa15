#include "datamap/schema.h"

namespace privity {
namespace {

// Lists and structs stand in text columns as JSON. `fresh_since`: when the scan that ended last began; what was seen
// before is stale. Names are bounded (model.h), so that every index entry fits a page of PostgreSQL.
constexpr const char* kRegister = R"sql(
CREATE TABLE datamap_system (
  id text PRIMARY KEY,
  name text NOT NULL,
  description text NOT NULL,
  owner text,
  product text NOT NULL,
  last_scan text,
  fresh_since bigint,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  version bigint NOT NULL
);
CREATE UNIQUE INDEX datamap_system_by_name ON datamap_system (name);
CREATE TABLE datamap_connection (
  id text PRIMARY KEY,
  system text NOT NULL REFERENCES datamap_system (id),
  url text NOT NULL,
  password bytea,
  writing_granted boolean NOT NULL,
  networks text NOT NULL,
  sample_records bigint NOT NULL,
  test text,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  version bigint NOT NULL
);
CREATE UNIQUE INDEX datamap_connection_of_system ON datamap_connection (system);
CREATE TABLE datamap_collection (
  id text PRIMARY KEY,
  system text NOT NULL REFERENCES datamap_system (id),
  dataset text NOT NULL,
  name text NOT NULL,
  shape text NOT NULL,
  key_fields text NOT NULL,
  estimated_records bigint,
  unread text NOT NULL,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  read_at bigint,
  gone_at bigint,
  first_scan text NOT NULL,
  last_scan text NOT NULL
);
CREATE UNIQUE INDEX datamap_collection_by_name ON datamap_collection (system, dataset, name);
CREATE TABLE datamap_field (
  id text PRIMARY KEY,
  system text NOT NULL,
  collection text NOT NULL REFERENCES datamap_collection (id),
  name text NOT NULL,
  declared_type text NOT NULL,
  position bigint NOT NULL,
  category text NOT NULL,
  is_personal boolean NOT NULL,
  is_special boolean NOT NULL,
  detected_category text NOT NULL,
  confidence double precision NOT NULL,
  reason text NOT NULL,
  distinct_values bigint NOT NULL,
  verdict text NOT NULL,
  verdict_reason text NOT NULL,
  verdict_actor_kind text,
  verdict_actor_id text,
  verdict_at bigint,
  verdict_on_type text NOT NULL,
  verdict_on_category text NOT NULL,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  judged_at bigint,
  gone_at bigint,
  first_scan text NOT NULL,
  last_scan text NOT NULL
);
CREATE UNIQUE INDEX datamap_field_by_name ON datamap_field (collection, name);
CREATE INDEX datamap_field_in_order ON datamap_field (collection, position, id);
CREATE INDEX datamap_field_of_system ON datamap_field (system, id);
CREATE INDEX datamap_field_by_category ON datamap_field (category, id);
CREATE TABLE datamap_reference (
  id text PRIMARY KEY,
  from_system text NOT NULL REFERENCES datamap_system (id),
  from_dataset text NOT NULL,
  from_collection text NOT NULL,
  from_fields text NOT NULL,
  to_system text NOT NULL REFERENCES datamap_system (id),
  to_dataset text NOT NULL,
  to_collection text NOT NULL,
  to_fields text NOT NULL,
  origin text NOT NULL,
  is_ignored boolean NOT NULL,
  reason text NOT NULL,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  gone_at bigint,
  version bigint NOT NULL
);
CREATE INDEX datamap_reference_from ON datamap_reference (from_system, from_dataset, from_collection);
CREATE INDEX datamap_reference_to ON datamap_reference (to_system, id);
CREATE TABLE datamap_scan (
  id text PRIMARY KEY,
  system text NOT NULL REFERENCES datamap_system (id),
  state text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  started_at bigint NOT NULL,
  finished_at bigint,
  collections_total bigint NOT NULL,
  collections_done bigint NOT NULL,
  fields bigint NOT NULL,
  personal_fields bigint NOT NULL,
  added bigint NOT NULL,
  changed bigint NOT NULL,
  gone bigint NOT NULL,
  gaps bigint NOT NULL,
  problem text
);
CREATE INDEX datamap_scan_of_system ON datamap_scan (system, id);
CREATE TABLE datamap_gap (
  scan text NOT NULL REFERENCES datamap_scan (id),
  dataset text NOT NULL,
  collection text NOT NULL,
  problem text NOT NULL
);
CREATE INDEX datamap_gap_of_scan ON datamap_gap (scan);
CREATE TABLE datamap_change (
  id text PRIMARY KEY,
  scan text NOT NULL REFERENCES datamap_scan (id),
  system text NOT NULL,
  collection text NOT NULL REFERENCES datamap_collection (id),
  field text REFERENCES datamap_field (id),
  kind text NOT NULL,
  state text NOT NULL,
  type_before text NOT NULL,
  type_now text NOT NULL,
  category_before text NOT NULL,
  category_now text NOT NULL,
  is_special boolean NOT NULL,
  confidence double precision NOT NULL,
  reason text NOT NULL,
  at bigint NOT NULL,
  actor_kind text,
  actor_id text,
  decided_at bigint,
  decided_category text NOT NULL,
  decision_reason text NOT NULL,
  verdict_before text
);
CREATE INDEX datamap_change_by_state ON datamap_change (state, id);
CREATE INDEX datamap_change_of_system ON datamap_change (system, state, id);
CREATE INDEX datamap_change_of_scan ON datamap_change (scan, id);
CREATE INDEX datamap_change_of_field ON datamap_change (field, state);
)sql";

// `gaps`: how many things the law asks for and `content` does not say. One name stands for one activity that is done.
constexpr const char* kActivities = R"sql(
CREATE TABLE datamap_activity (
  id text PRIMARY KEY,
  role text NOT NULL,
  name text NOT NULL,
  content text NOT NULL,
  gaps bigint NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  ended_at bigint,
  version bigint NOT NULL
);
CREATE UNIQUE INDEX datamap_activity_by_name ON datamap_activity (name) WHERE ended_at IS NULL;
CREATE TABLE datamap_activity_version (
  activity text NOT NULL REFERENCES datamap_activity (id),
  version bigint NOT NULL,
  content text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (activity, version)
);
)sql";

// One row for each principal and place; `through` and `privileges` are lists.
constexpr const char* kAccess = R"sql(
CREATE TABLE datamap_access (
  id text PRIMARY KEY,
  system text NOT NULL REFERENCES datamap_system (id),
  principal_kind text NOT NULL,
  principal text NOT NULL,
  dataset text NOT NULL,
  collection text NOT NULL,
  field text NOT NULL,
  through text NOT NULL,
  privileges text NOT NULL,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  gone_at bigint,
  first_scan text NOT NULL,
  last_scan text NOT NULL
);
CREATE INDEX datamap_access_of_system ON datamap_access (system, id);
)sql";

// Of the newest sample: how many records were looked at, and in how many of them a field had a value.
constexpr const char* kFilled = R"sql(
ALTER TABLE datamap_collection ADD COLUMN sampled_records bigint NOT NULL DEFAULT 0;
ALTER TABLE datamap_field ADD COLUMN filled_records bigint NOT NULL DEFAULT 0;
)sql";

constexpr const char* kStewards = R"sql(
ALTER TABLE datamap_system ADD COLUMN steward text;
ALTER TABLE datamap_system ADD COLUMN legal_entity text NOT NULL DEFAULT '';
ALTER TABLE datamap_system ADD COLUMN custom_fields text NOT NULL DEFAULT '[]';
)sql";

constexpr const char* kFlows = R"sql(
CREATE TABLE datamap_flow (
  id text PRIMARY KEY,
  from_system text NOT NULL REFERENCES datamap_system (id),
  to_system text NOT NULL REFERENCES datamap_system (id),
  categories text NOT NULL,
  description text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  version bigint NOT NULL
);
CREATE UNIQUE INDEX datamap_flow_by_ends ON datamap_flow (from_system, to_system);
)sql";

// `place`: the id of a collection or of a field. `overdue_records`: of the count in `overdue`, to be looked for.
// Of a collection, `reads` is how often the store had counted it read when the newest scan was through, at `reads_at`.
constexpr const char* kStewardship = R"sql(
CREATE TABLE datamap_stewardship (
  place text PRIMARY KEY,
  system text NOT NULL,
  collection text NOT NULL REFERENCES datamap_collection (id),
  field text REFERENCES datamap_field (id),
  content text NOT NULL,
  has_retention boolean NOT NULL,
  overdue text,
  overdue_records bigint,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  changed_at bigint NOT NULL,
  version bigint NOT NULL
);
CREATE INDEX datamap_stewardship_of_collection ON datamap_stewardship (collection);
CREATE INDEX datamap_stewardship_of_system ON datamap_stewardship (system, place);
CREATE TABLE datamap_stewardship_version (
  place text NOT NULL REFERENCES datamap_stewardship (place),
  version bigint NOT NULL,
  content text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (place, version)
);
ALTER TABLE datamap_system ADD COLUMN reads_problem text;
ALTER TABLE datamap_collection ADD COLUMN reads bigint;
ALTER TABLE datamap_collection ADD COLUMN reads_at bigint;
ALTER TABLE datamap_collection ADD COLUMN no_reads_since bigint;
)sql";

// What accounts did, summed up: a row for each account, kind of use, place and address. Of a system, `uses_since` is
// from when on its log was read without a gap, to `uses_read_at`.
constexpr const char* kUses = R"sql(
CREATE TABLE datamap_use (
  id text PRIMARY KEY,
  system text NOT NULL REFERENCES datamap_system (id),
  principal text NOT NULL,
  kind text NOT NULL,
  dataset text NOT NULL,
  collection text NOT NULL,
  from_address text NOT NULL,
  first_used_at bigint NOT NULL,
  last_used_at bigint NOT NULL,
  events bigint NOT NULL
);
CREATE UNIQUE INDEX datamap_use_by_key ON datamap_use (system, principal, kind, dataset, collection, from_address);
ALTER TABLE datamap_system ADD COLUMN uses_problem text;
ALTER TABLE datamap_system ADD COLUMN uses_cursor text NOT NULL DEFAULT '';
ALTER TABLE datamap_system ADD COLUMN uses_since bigint;
ALTER TABLE datamap_system ADD COLUMN uses_read_at bigint;
)sql";

// `removed_at`: its name is free again.
constexpr const char* kRecipients = R"sql(
CREATE TABLE datamap_recipient (
  id text PRIMARY KEY,
  name text NOT NULL,
  content text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  removed_at bigint,
  version bigint NOT NULL
);
CREATE UNIQUE INDEX datamap_recipient_by_name ON datamap_recipient (name) WHERE removed_at IS NULL;
CREATE TABLE datamap_recipient_version (
  recipient text NOT NULL REFERENCES datamap_recipient (id),
  version bigint NOT NULL,
  content text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (recipient, version)
);
)sql";

// Whom an activity named before there were records of recipients has one, as a category, since that activity was
// changed last. The engines have their own words for JSON and for random ids.
constexpr const char* kAdoptPostgres = R"sql(
INSERT INTO datamap_recipient (id, name, content, actor_kind, actor_id, created_at, changed_at, version)
SELECT gen_random_uuid()::text, name,
  json_build_object('name', name, 'kind', 'category', 'country', '', 'contact', '', 'description', '', 'transfers',
    '[]'::json, 'custom_fields', '[]'::json)::text,
  'system', 'datamap', min(at), min(at), 1
FROM (
  SELECT json_array_elements_text(content::json -> 'recipients') AS name, changed_at AS at FROM datamap_activity
    WHERE ended_at IS NULL
  UNION ALL
  SELECT json_array_elements(content::json -> 'transfers') ->> 'recipient', changed_at FROM datamap_activity
    WHERE ended_at IS NULL
) AS named WHERE name <> '' GROUP BY name;
INSERT INTO datamap_recipient_version (recipient, version, content, actor_kind, actor_id, at)
SELECT id, 1, content, actor_kind, actor_id, created_at FROM datamap_recipient;
)sql";
constexpr const char* kAdoptSqlite = R"sql(
INSERT INTO datamap_recipient (id, name, content, actor_kind, actor_id, created_at, changed_at, version)
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' ||
    substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), name,
  json_object('name', name, 'kind', 'category', 'country', '', 'contact', '', 'description', '', 'transfers',
    json('[]'), 'custom_fields', json('[]')),
  'system', 'datamap', min(at), min(at), 1
FROM (
  SELECT r.value AS name, changed_at AS at FROM datamap_activity, json_each(content, '$.recipients') AS r
    WHERE ended_at IS NULL
  UNION ALL
  SELECT json_extract(t.value, '$.recipient'), changed_at FROM datamap_activity, json_each(content, '$.transfers') AS t
    WHERE ended_at IS NULL
) WHERE name <> '' GROUP BY name;
INSERT INTO datamap_recipient_version (recipient, version, content, actor_kind, actor_id, at)
SELECT id, 1, content, actor_kind, actor_id, created_at FROM datamap_recipient;
)sql";

constexpr ActionInfo kActions[] = {
    {"datamap.connection.created", "Somebody connected a store."},
    {"datamap.connection.changed", "Somebody changed how a store is reached, or what may be done there."},
    {"datamap.connection.deleted", "Somebody removed a connection, and its sealed password with it."},
    {"datamap.connection.tested", "Somebody had a connection tried."},
    {"datamap.connection.writing_granted", "Somebody allowed that records of a connected store are changed."},
    {"datamap.connection.writing_withdrawn",
     "Somebody no longer allows that records of a connected store are changed."},
    {"datamap.system.created", "A system came into the register."},
    {"datamap.system.changed", "Somebody changed what the register says of a system."},
    {"datamap.system.deleted",
     "Somebody removed a system that has no connection, with all that the register said of it."},
    {"datamap.scan.started", "Somebody had a store looked through."},
    {"datamap.uses.read", "The log of who used a store was read."},
    {"datamap.scan.ended", "A store was looked through, whole or with gaps."},
    {"datamap.field.decided", "Somebody said whether a field holds personal data, and of which category."},
    {"datamap.field.reopened", "Somebody took back what was said about a field."},
    {"datamap.change.acknowledged", "Somebody took note of a field that is gone."},
    {"datamap.reference.stated", "Somebody said that records of one collection point at those of another."},
    {"datamap.reference.changed", "Somebody said whether a reference is to be followed."},
    {"datamap.reference.removed", "Somebody removed a reference that a person had stated."},
    {"datamap.flow.stated", "Somebody said that personal data goes from one system to another."},
    {"datamap.flow.changed", "Somebody changed what is said of a flow of personal data."},
    {"datamap.flow.removed", "Somebody removed a flow of personal data that a person had stated."},
    {"datamap.stewardship.changed",
     "Somebody said who decides about a table, file or field, how long it may be kept, or what else is to be known."},
    {"datamap.activity.created", "Somebody recorded a processing activity."},
    {"datamap.activity.changed", "Somebody wrote a new version of a processing activity."},
    {"datamap.recipient.created", "Somebody, or an activity that names them, recorded a recipient of personal data."},
    {"datamap.recipient.changed", "Somebody wrote a new version of what is said of a recipient."},
    {"datamap.recipient.removed", "Somebody took a recipient off the list."},
    {"datamap.activity.ended", "Somebody said that a processing activity is no longer done."},
};

constexpr RoleSet kReaders = {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal, BuiltInRole::kEngineer,
                              BuiltInRole::kAuditor};

constexpr PermissionInfo kPermissions[] = {
    {"connections.read",
     "See which stores are connected, and how.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kEngineer, BuiltInRole::kAuditor}},
    {"connections.write", "Connect stores, change and test connections.", {BuiltInRole::kEngineer}},
    {"connections.grant_writing", "Allow that records of a connected store are changed.", {}},
    {"map.read", "See the data map: systems, fields, their categories, scans and changes.", kReaders},
    {"map.write",
     "Decide what fields hold, edit systems and references.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kEngineer}},
    {"activities.read", "See the record of processing activities and its history.", kReaders},
    {"activities.write",
     "Record processing activities, change and end them.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal}},
    {"access_uses.read",
     "See which accounts used connected stores, when, how and from where.",
     {BuiltInRole::kPrivacyOfficer, BuiltInRole::kAuditor}},
    {"scans.start", "Have a store looked through.", {BuiltInRole::kPrivacyOfficer, BuiltInRole::kEngineer}},
};

}  // namespace

std::vector<Migration> DatamapMigrations() {
  return {{.room = "datamap", .version = 1, .name = "systems, connections, fields, scans, changes", .sql = kRegister},
          {.room = "datamap", .version = 2, .name = "processing activities", .sql = kActivities},
          {.room = "datamap", .version = 3, .name = "access points", .sql = kAccess},
          {.room = "datamap", .version = 4, .name = "how much of a sample was filled", .sql = kFilled},
          {.room = "datamap", .version = 5, .name = "stated flows", .sql = kFlows},
          {.room = "datamap", .version = 6, .name = "stewards, legal entities, custom fields", .sql = kStewards},
          {.room = "datamap",
           .version = 7,
           .name = "stewardship and retention of places, how often collections are read",
           .sql = kStewardship},
          {.room = "datamap",
           .version = 8,
           .name = "why it is not known who can reach a system",
           .sql = "ALTER TABLE datamap_system ADD COLUMN access_problem text;"},
          {.room = "datamap", .version = 9, .name = "who used what in stores", .sql = kUses},
          {.room = "datamap",
           .version = 10,
           .name = "recipients",
           .sql = std::string(kRecipients) + kAdoptPostgres,
           .sqlite_sql = std::string(kRecipients) + kAdoptSqlite}};
}
std::span<const ActionInfo> DatamapActions() {
  return kActions;
}
std::span<const PermissionInfo> DatamapPermissions() {
  return kPermissions;
}

}  // namespace privity
