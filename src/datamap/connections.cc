#include "datamap/connections.h"

#include <algorithm>
#include <filesystem>

#include "connect/local_kinds.h"
#include "crypto/seal.h"
#include "datamap/internal/rows.h"
#include "identity/proof.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kKeyName = "datamap.secrets";
constexpr std::string_view kSecretDomain = "privity.datamap.connection-password.v1";
constexpr std::string_view kGrantWriting = "connections.grant_writing";
constexpr std::string_view kSelect =
    "SELECT c.id, c.system, s.name, c.url, c.password, c.writing_granted, c.networks, c.sample_records, c.test, "
    "c.created_at, c.changed_at, c.version FROM datamap_connection c JOIN datamap_system s ON s.id = c.system ";

// In the directory, or the directory itself.
bool IsWithin(const fs::path& path, const fs::path& directory) {
  const auto [end, rest] = std::ranges::mismatch(directory, path);
  return end == directory.end() || (std::next(end) == directory.end() && end->empty());
}

// With links resolved as far as the path exists.
Result<fs::path> Resolved(const std::string& path) {
  std::error_code failure;
  const fs::path resolved = fs::weakly_canonical(path, failure);
  if (failure || !resolved.is_absolute()) return Error("datamap.path_not_allowed");
  return resolved;
}

// Null when no kind has this scheme.
const ConnectorKind* FindKind(const ConnectionUrl& url) {
  for (const ConnectorKind* kind : ConnectorKinds()) {
    if (std::ranges::find(kind->schemes, url.scheme()) != kind->schemes.end()) return kind;
  }
  return nullptr;
}

// Places of this machine that an address names: a file, a folder, a socket.
std::vector<std::string> LocalPlaces(const ConnectionUrl& url) {
  std::vector<std::string> places;
  const ConnectorKind* kind = FindKind(url);
  if (kind == nullptr || ReadsThisMachine(*kind)) places.push_back(url.path());
  if (url.host().starts_with('/')) places.push_back(url.host());
  for (const auto& [name, value] : url.parameters()) {
    if (value.starts_with('/')) places.push_back(value);
  }
  return places;
}

// Whether a password for one goes where it would go for the other.
bool IsSameDoor(const ConnectionUrl& a, const ConnectionUrl& b) {
  // Without a host the description of a service names it, and the path names the description.
  if (a.host().empty() && a.path() != b.path()) return false;
  return a.scheme() == b.scheme() && a.host() == b.host() && a.port() == b.port() && a.user() == b.user() &&
         a.parameters() == b.parameters();
}

Result<std::string_view> KindOf(const ConnectionUrl& url) {
  if (const ConnectorKind* kind = FindKind(url)) return kind->name;
  std::string accepted;
  for (const ConnectorKind* kind : ConnectorKinds()) {
    for (const std::string_view scheme : kind->schemes) {
      accepted += (accepted.empty() ? "" : ", ") + std::string(scheme);
    }
  }
  return Error("connect.kind_unknown", {{"scheme", url.scheme()}, {"accepted", accepted}});
}

Result<ConnectionUrl> ParseUrl(const std::string& text) {
  PRIVITY_TRY(ConnectionUrl url, ConnectionUrl::Parse(text));
  if (!url.password().empty()) return Error("datamap.url_has_password");
  PRIVITY_TRY_VOID(KindOf(url));
  return url;
}

}  // namespace

struct Connections::Stored {
  ConnectionId id;
  SystemId system;
  std::string name;
  std::string url;
  std::optional<Bytes> password = {};
  bool writing_granted = false;
  std::vector<std::string> networks = {};
  std::int64_t sample_records = 0;
  std::optional<ConnectionTest> test = {};
  Instant created_at = {};
  Instant changed_at = {};
  std::int64_t version = 0;
};

std::vector<FieldNote> FieldNotes(const ConnectionTest*) {
  return {{.name = "problem", .description = "What kept the store from answering."}};
}

std::vector<FieldNote> FieldNotes(const Connection*) {
  return {{.name = "address", .example = "postgresql://reader@db.example.org/shop"},
          {.name = "test", .description = "How the last try of the connection ended."}};
}

std::vector<FieldNote> FieldNotes(const ConnectionRequest*) {
  return {{.name = "name",
           .description = "What people call the system; each name once.",
           .example = "Web shop",
           .format = "line",
           .min_length = 1,
           .max_length = 100},
          {.name = "address",
           .description = "Where the store is, without a password: sqlite:///path, postgresql://user@host/database, "
                          "mysql://user@host/database, file:///folder.",
           .example = "postgresql://reader@db.example.org/shop",
           .format = "line",
           .min_length = 1,
           .max_length = 2000},
          {.name = "password", .description = "Left out: stays as it is. Empty: is removed."},
          {.name = "writing_granted",
           .description = "Whether records of the store may be changed, for rights requests.",
           .defaulted = true},
          {.name = "networks",
           .description = "Private networks in which the store may be reached.",
           .example = R"(["10.2.0.0/16"])",
           .max_length = 20,
           .defaulted = true},
          {.name = "sample_records",
           .description = "How many records of each collection a scan looks at.",
           .minimum = 1,
           .maximum = 100'000,
           .defaulted = true},
          {.name = "schedule", .description = "When the store is looked through by itself."}};
}

std::string Connections::ScanKey(const ConnectionId& id) {
  return "datamap.scan." + id.ToString();
}

Result<Connections::Stored> Connections::Load(ReadTx& tx, const ConnectionId& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne(std::string(kSelect) + "WHERE c.id = $1", {id}));
  if (!row) return Error("datamap.connection_unknown");
  Stored stored{.id = row->Get<ConnectionId>(0),
                .system = row->Get<SystemId>(1),
                .name = row->Get<std::string>(2),
                .url = row->Get<std::string>(3),
                .password = row->Get<std::optional<Bytes>>(4),
                .writing_granted = row->Get<bool>(5),
                .networks = {},
                .sample_records = row->Get<std::int64_t>(7),
                .test = {},
                .created_at = row->Get<Instant>(9),
                .changed_at = row->Get<Instant>(10),
                .version = row->Get<std::int64_t>(11)};
  PRIVITY_TRY(stored.networks, ListFromColumn(row->Get<std::string>(6)));
  if (const auto test = row->Get<std::optional<std::string>>(8)) {
    PRIVITY_TRY(stored.test, FromJson<ConnectionTest>(*test));
  }
  return stored;
}

Result<Connection> Connections::Show(ReadTx& tx, Stored stored) const {
  PRIVITY_TRY(const ConnectionUrl url, ConnectionUrl::Parse(stored.url));
  PRIVITY_TRY(const std::string_view kind, KindOf(url));
  Connection shown{.id = stored.id,
                   .system = stored.system,
                   .name = std::move(stored.name),
                   .kind = std::string(kind),
                   .address = std::move(stored.url),
                   .has_password = stored.password.has_value(),
                   .writing_granted = stored.writing_granted,
                   .networks = std::move(stored.networks),
                   .sample_records = stored.sample_records,
                   .schedule = {},
                   .next_scan_at = {},
                   .test = std::move(stored.test),
                   .created_at = stored.created_at,
                   .changed_at = stored.changed_at,
                   .version = stored.version};
  const auto schedule = world_.schedules.Get(tx, ScanKey(stored.id));
  if (!schedule.ok() && !schedule.error().Is("jobs.schedule_unknown")) return schedule.error();
  if (schedule.ok()) shown.schedule = schedule->rule;
  if (schedule.ok() && schedule->is_enabled) shown.next_scan_at = schedule->next_at;
  return shown;
}

Result<std::vector<Connection>> Connections::List(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT c.id FROM datamap_connection c JOIN datamap_system s ON s.id = "
                                        "c.system ORDER BY s.name"));
  std::vector<Connection> all;
  for (const Row& row : rows) {
    PRIVITY_TRY(Connection connection, Get(tx, row.Get<ConnectionId>(0)));
    all.push_back(std::move(connection));
  }
  return all;
}

Result<Connection> Connections::Get(ReadTx& tx, const ConnectionId& id) const {
  PRIVITY_TRY(Stored stored, Load(tx, id));
  return Show(tx, std::move(stored));
}

Status Connections::CheckClosed(const ConnectionUrl& url) const {
  for (const std::string& place : LocalPlaces(url)) {
    PRIVITY_TRY(const fs::path path, Resolved(place));
    for (const std::string& closed : world_.reach.closed_directories) {
      PRIVITY_TRY(const fs::path own, Resolved(closed));
      if (IsWithin(path, own) || IsWithin(own, path)) return Error("datamap.path_closed");
    }
  }
  return Ok();
}

Status Connections::CheckPlace(const Caller& caller, const ConnectionUrl& url) const {
  PRIVITY_TRY_VOID(CheckClosed(url));
  if (caller.actor.kind == ActorKind::kOperator) return Ok();
  for (const std::string& place : LocalPlaces(url)) {
    PRIVITY_TRY(const fs::path path, Resolved(place));
    const bool allowed = std::ranges::any_of(world_.reach.local_directories, [&](const std::string& directory) {
      const auto open = Resolved(directory);
      return open.ok() && IsWithin(path, *open);
    });
    if (!allowed) return Error("datamap.path_not_allowed");
  }
  return Ok();
}

Result<std::optional<Bytes>> Connections::SealPassword(const ConnectionId& id,
                                                       const std::optional<SecretString>& password) const {
  if (!password || password->empty()) return std::optional<Bytes>();
  PRIVITY_TRY(const VersionedKey key, world_.keys.Named(kKeyName));
  AssociatedData place(kSecretDomain);
  place.Add(world_.keys.installation()).Add(id.uuid());
  PRIVITY_TRY(Bytes sealed, Seal(key.key, key.version, AsBytes(password->Reveal()), place));
  return std::optional(std::move(sealed));
}

Result<SecretString> Connections::OpenPassword(const ConnectionId& id, BytesView sealed) const {
  PRIVITY_TRY(const std::uint32_t version, SealedKeyVersion(sealed));
  PRIVITY_TRY(const Key key, world_.keys.NamedVersion(kKeyName, version));
  AssociatedData place(kSecretDomain);
  place.Add(world_.keys.installation()).Add(id.uuid());
  PRIVITY_TRY(const SecretBytes opened, privity::Open(key, sealed, place));
  return SecretString(std::string(AsText(opened.Reveal())));
}

Status Connections::SaveSchedule(WriteTx& tx, const ConnectionId& id, const std::optional<ScheduleRule>& rule) const {
  const std::string name = ScanKey(id);
  const auto before = world_.schedules.Get(tx, name);
  if (!before.ok() && !before.error().Is("jobs.schedule_unknown")) return before.error();
  if (!rule) return before.ok() ? world_.schedules.Remove(tx, name) : Ok();
  if (before.ok()) return before->rule == *rule ? Ok() : world_.schedules.SetRule(tx, name, *rule);
  Json payload = Json::Object();
  payload.Set("connection", Json(id.ToString()));
  return world_.schedules.Ensure(
      tx, {.name = name, .kind = std::string(kScanJob), .payload = std::move(payload), .rule = *rule});
}

Result<Connection> Connections::Save(WriteTx& tx, const Caller& caller, Stored stored,
                                     const ConnectionRequest& request) const {
  for (const std::string& network : request.networks) PRIVITY_TRY_VOID(Network::Parse(network));
  if (request.writing_granted && !stored.writing_granted) {
    if (!caller.May(kGrantWriting)) {
      return Error("identity.grant_exceeds_own", {{"permission", std::string(kGrantWriting)}});
    }
    PRIVITY_TRY_VOID(RequireRecentProof(caller, world_.clock.Now()));
  }
  if (request.password) {
    PRIVITY_TRY(stored.password, SealPassword(stored.id, request.password));
  }
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_connection SET url = $2, password = $3, writing_granted = $4, networks = $5, "
                 "sample_records = $6, changed_at = $7, version = version + 1 WHERE id = $1",
                 {stored.id, request.address, stored.password, request.writing_granted, ToJson(request.networks),
                  request.sample_records, world_.clock.Now()}));
  PRIVITY_TRY_VOID(SaveSchedule(tx, stored.id, request.schedule));
  if (request.writing_granted != stored.writing_granted) {
    const char* const action =
        request.writing_granted ? "datamap.connection.writing_granted" : "datamap.connection.writing_withdrawn";
    PRIVITY_TRY_VOID(AppendEntry(world_, tx, EntryBy(caller, action, "connection", stored.id)));
  }
  return Get(tx, stored.id);
}

Result<Connection> Connections::Create(WriteTx& tx, const Caller& caller, const ConnectionRequest& request) const {
  PRIVITY_TRY(const ConnectionUrl url, ParseUrl(request.address));
  PRIVITY_TRY_VOID(CheckPlace(caller, url));
  PRIVITY_TRY(const SystemId system, systems_.ForConnection(tx, caller, request.name));
  Stored stored{.id = ConnectionId::New(world_.clock), .system = system, .name = request.name, .url = request.address};
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO datamap_connection (id, system, url, writing_granted, networks, sample_records, created_at, "
      "changed_at, version) VALUES ($1, $2, $3, $4, '[]', 0, $5, $5, 0)",
      {stored.id, system, request.address, false, world_.clock.Now()}));
  Details details;
  details.Add("system", system).Add("has_password", request.password && !request.password->empty());
  PRIVITY_TRY_VOID(AppendEntry(
      world_, tx, EntryBy(caller, "datamap.connection.created", "connection", stored.id, std::move(details))));
  return Save(tx, caller, std::move(stored), request);
}

Result<Connection> Connections::Update(WriteTx& tx, const Caller& caller, const ConnectionId& id,
                                       const ConnectionRequest& request,
                                       std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(Stored stored, Load(tx, id));
  if (expected_version && *expected_version != stored.version) return Error("datamap.changed_meanwhile");
  PRIVITY_TRY(const ConnectionUrl url, ParseUrl(request.address));
  PRIVITY_TRY(const ConnectionUrl before, ConnectionUrl::Parse(stored.url));
  if (request.address != stored.url) PRIVITY_TRY_VOID(CheckPlace(caller, url));
  const bool same_door = IsSameDoor(url, before);
  if (stored.password && !request.password && !same_door) return Error("datamap.password_needed");
  PRIVITY_TRY_VOID(systems_.Rename(tx, caller, stored.system, request.name));
  Details details;
  details.Add("place_changed", request.address != stored.url).Add("password_changed", request.password.has_value());
  PRIVITY_TRY_VOID(
      AppendEntry(world_, tx, EntryBy(caller, "datamap.connection.changed", "connection", id, std::move(details))));
  return Save(tx, caller, std::move(stored), request);
}

Status Connections::Delete(WriteTx& tx, const Caller& caller, const ConnectionId& id,
                           std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const Stored stored, Load(tx, id));
  if (expected_version && *expected_version != stored.version) return Error("datamap.changed_meanwhile");
  PRIVITY_TRY_VOID(SaveSchedule(tx, id, std::nullopt));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM datamap_connection WHERE id = $1", {id}));
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_system SET fresh_since = $2, changed_at = $2, version = version + 1 "
                 "WHERE id = $1 AND fresh_since IS NOT NULL",
                 {stored.system, world_.clock.Now()}));
  return AppendEntry(world_, tx, EntryBy(caller, "datamap.connection.deleted", "connection", id));
}

Result<ConnectOptions> Connections::OptionsOf(const Stored& stored, StoreUse use, std::stop_token stop) const {
  ConnectOptions options{.writing_granted = use == StoreUse::kWrite,
                         .addresses = {.allowed_networks = world_.reach.networks},
                         .ca_file = world_.reach.ca_file,
                         .silence_timeout = world_.reach.silence_timeout,
                         .packs = world_.packs,
                         .duckdb_library = world_.reach.duckdb_library,
                         .stop = std::move(stop)};
  for (const std::string& text : stored.networks) {
    PRIVITY_TRY(Network network, Network::Parse(text));
    options.addresses.allowed_networks.push_back(std::move(network));
  }
  return options;
}

Result<std::unique_ptr<Connector>> Connections::Open(ReadTx& tx, const ConnectionId& id, StoreUse use,
                                                     std::stop_token stop,
                                                     std::shared_ptr<const PersonOrder> order) const {
  PRIVITY_TRY(const Stored stored, Load(tx, id));
  if (use == StoreUse::kWrite && !stored.writing_granted) {
    return Error("datamap.writing_not_granted", {{"system", stored.name}});
  }
  PRIVITY_TRY(ConnectionUrl url, ConnectionUrl::Parse(stored.url));
  PRIVITY_TRY_VOID(CheckClosed(url));
  if (stored.password) {
    PRIVITY_TRY(SecretString password, OpenPassword(id, *stored.password));
    url = url.WithPassword(std::move(password));
  }
  PRIVITY_TRY(ConnectOptions options, OptionsOf(stored, use, std::move(stop)));
  options.order = std::move(order);
  return OpenConnector(url, options, world_.resolver);
}

Result<ConnectionTest> Connections::Test(const Caller& caller, const ConnectionId& id) const {
  PRIVITY_TRY(const auto store,
              world_.store.Read([&](ReadTx& tx) { return Open(tx, id, StoreUse::kRead, std::stop_token()); }));
  const Result<StoreSheet> sheet = store->Probe();
  return world_.store.Write([&](WriteTx& tx) -> Result<ConnectionTest> {
    PRIVITY_TRY(ConnectionTest test, SaveTest(tx, id, sheet));
    Details details;
    details.Add("ok", test.ok);
    PRIVITY_TRY_VOID(
        AppendEntry(world_, tx, EntryBy(caller, "datamap.connection.tested", "connection", id, std::move(details))));
    return test;
  });
}

Result<ConnectionTest> Connections::SaveTest(WriteTx& tx, const ConnectionId& id,
                                             const Result<StoreSheet>& sheet) const {
  ConnectionTest test{.at = world_.clock.Now(), .ok = sheet.ok()};
  if (sheet.ok()) {
    test.product = sheet->product;
    test.version = sheet->version;
    test.encrypted = sheet->encrypted;
  } else {
    test.problem = ToStoredProblem(sheet.error());
  }
  PRIVITY_TRY(const Stored stored, Load(tx, id));
  PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_connection SET test = $2 WHERE id = $1", {id, ToJson(test)}));
  if (test.ok) {
    PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_system SET product = $2 WHERE id = $1",
                                {stored.system, test.product + (test.version.empty() ? "" : " " + test.version)}));
  }
  return test;
}

}  // namespace privity
