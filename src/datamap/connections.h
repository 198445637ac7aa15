// The stores that Privity may reach: where they are, as whom, what may be done there, when they are looked through.
//
// A password arrives, is sealed under the installation's key "datamap.secrets" (bound to the connection), and is never
// answered again. Whoever points a connection at another place gives the password anew: a stored one never goes to a
// host that it was not given for. Writing is off until somebody with connections.grant_writing allows it. Addresses
// inside the company's network are reached only where the connection or the configuration lists their network; files of
// this machine only below the configured directories, or by the operator's own word, and never Privity's own.
//
// Callable from many threads; Test and Open's connectors block. Errors: datamap.connection_unknown (404),
// datamap.name_taken (409), datamap.changed_meanwhile (412), datamap.url_has_password, datamap.password_needed,
// datamap.path_closed (403; Privity's own files), datamap.path_not_allowed (403), datamap.writing_not_granted (403),
// identity.grant_exceeds_own, identity.proof_needed, net.network_invalid, connect.url_invalid, connect.kind_unknown,
// jobs.rule_invalid.
#pragma once

#include "base/secret.h"
#include "connect/connection_url.h"
#include "datamap/model.h"
#include "datamap/systems.h"
#include "datamap/world.h"

namespace privity {

struct ConnectionTest {
  Instant at{};
  bool ok = false;
  std::string product{};
  std::string version{};
  bool encrypted = false;  // the connection
  std::optional<StoredProblem> problem{};
};
PRIVITY_DESCRIBE(ConnectionTest, (at, ok, product, version, encrypted, problem))
std::vector<FieldNote> FieldNotes(const ConnectionTest*);

struct Connection {
  ConnectionId id{};
  SystemId system{};
  std::string name{};     // of the system
  std::string kind{};     // "PostgreSQL"
  std::string address{};  // without a password
  bool has_password = false;
  bool writing_granted = false;
  std::vector<std::string> networks{};
  std::int64_t sample_records = 1000;
  std::optional<ScheduleRule> schedule{};
  std::optional<Instant> next_scan_at{};
  std::optional<ConnectionTest> test{};  // the last one
  Instant created_at{};
  Instant changed_at{};
  std::int64_t version = 1;
};
PRIVITY_DESCRIBE(Connection, (id, system, name, kind, address, has_password, writing_granted, networks, sample_records,
                              schedule, next_scan_at, test, created_at, changed_at, version))
std::vector<FieldNote> FieldNotes(const Connection*);

struct ConnectionRequest {
  std::string name{};
  std::string address{};
  std::optional<SecretString> password{};  // absent: stays as it is; empty: is removed
  bool writing_granted = false;
  std::vector<std::string> networks{};
  std::int64_t sample_records = 1000;
  std::optional<ScheduleRule> schedule{};  // absent: only when somebody asks
};
PRIVITY_DESCRIBE(ConnectionRequest, (name, address, password, writing_granted, networks, sample_records, schedule))
std::vector<FieldNote> FieldNotes(const ConnectionRequest*);

// What a connector is opened for.
enum class StoreUse { kRead, kWrite };

class Connections {
 public:
  // Of the jobs that look a store through; their payload is {"connection": id}.
  static constexpr std::string_view kScanJob = "datamap.scan";

  Connections(const DatamapWorld& world, const Systems& systems) : world_(world), systems_(systems) {}

  // In the order of their names; there are few.
  Result<std::vector<Connection>> List(ReadTx& tx) const;
  Result<Connection> Get(ReadTx& tx, const ConnectionId& id) const;
  Result<Connection> Create(WriteTx& tx, const Caller& caller, const ConnectionRequest& request) const;
  Result<Connection> Update(WriteTx& tx, const Caller& caller, const ConnectionId& id, const ConnectionRequest& request,
                            std::optional<std::int64_t> expected_version) const;
  // The system stays in the register, and what is known of it is stale from now on.
  Status Delete(WriteTx& tx, const Caller& caller, const ConnectionId& id,
                std::optional<std::int64_t> expected_version) const;
  // Asks the store who it is. What is wrong with it is the answer, not an error.
  Result<ConnectionTest> Test(const Caller& caller, const ConnectionId& id) const;

  // Keeps how a try ended, and what the store said of itself.
  Result<ConnectionTest> SaveTest(WriteTx& tx, const ConnectionId& id, const Result<StoreSheet>& sheet) const;

  // A connector to the store, not yet connected; it may outlive the transaction. Ends soon after `stop`. `order`: for
  // whom a system of last resort is asked (connect/person_order.h).
  Result<std::unique_ptr<Connector>> Open(ReadTx& tx, const ConnectionId& id, StoreUse use, std::stop_token stop,
                                          std::shared_ptr<const PersonOrder> order = {}) const;

  // The unique key of the scan job of a connection, and the name of its schedule.
  static std::string ScanKey(const ConnectionId& id);

 private:
  struct Stored;
  Result<Stored> Load(ReadTx& tx, const ConnectionId& id) const;
  Result<Connection> Show(ReadTx& tx, Stored stored) const;
  Result<Connection> Save(WriteTx& tx, const Caller& caller, Stored stored, const ConnectionRequest& request) const;
  Status CheckPlace(const Caller& caller, const ConnectionUrl& url) const;
  Status CheckClosed(const ConnectionUrl& url) const;
  Status SaveSchedule(WriteTx& tx, const ConnectionId& id, const std::optional<ScheduleRule>& rule) const;
  Result<std::optional<Bytes>> SealPassword(const ConnectionId& id, const std::optional<SecretString>& password) const;
  Result<SecretString> OpenPassword(const ConnectionId& id, BytesView sealed) const;
  Result<ConnectOptions> OptionsOf(const Stored& stored, StoreUse use, std::stop_token stop) const;

  const DatamapWorld& world_;
  const Systems& systems_;
};

}  // namespace privity
