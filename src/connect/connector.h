// The one door to the outside stores. A kind of store (SQLite, PostgreSQL, a folder of files...) is a folder of this
// room with a class behind this door; what a kind can and cannot do stands on its capability sheet, and one suite
// (conformance_test.cc) holds every kind to its sheet against the real thing.
//
//   PRIVITY_TRY(const ConnectionUrl url, ConnectionUrl::Parse("postgresql://reader@db.example.org/shop"));
//   PRIVITY_TRY(const auto store, OpenConnector(url, options, resolver));
//   PRIVITY_TRY(const Description shop, store->Describe());
//   for (const Collection& collection : shop.collections) PRIVITY_TRY_VOID(store->Sample(collection, {}, sink));
//
// What every kind keeps to:
// - Nothing is changed unless the connection was opened with writing granted; the store's own means enforce it too.
// - Memory is bounded whatever the store holds: records arrive one by one, a value over a limit arrives cut.
// - Names and values of the store are data. They are quoted or bound, never put together into a statement as they are.
// - An error names the store and the place (collection, line), never a value, a user or a password.
// - A connection that broke is opened again by the next call; a call that broke says so and is not repeated by itself.
//
// A connector serves one thread at a time; open one for each. Calls block, at most for the silence of
// ConnectOptions::silence_timeout, and end soon after a stop was requested.
//
// Errors of every call: connect.login, connect.unreachable, connect.database_missing, connect.tls, connect.dropped,
// connect.timeout, connect.cancelled, connect.missing, connect.permission, connect.encoding, connect.busy,
// connect.damaged, connect.failed, and connect.not_supported where the sheet says that the kind cannot.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/type_table.h"
#include "connect/connection_url.h"
#include "net/address.h"
#include "net/resolver.h"

namespace privity {

class PackCatalog;
struct HandedFile;
struct PersonOrder;

// What a store may be asked for. Every kind can probe, describe, sample and stream.
enum class Capability {
  kEstimate,      // how many records, without counting them
  kSplit,         // parts of one collection that can be streamed at the same time
  kFind,          // records by the value of fields
  kInsert,        // a record by its key
  kUpdate,        // some fields of a record, if they still are what was read
  kDelete,        // a record, likewise
  kRedact,        // spans of a text, likewise
  kFlag,          // a mark on a record that the store's own programs heed
  kDeleteObject,  // a whole message, file or object
  kGrants,        // who may reach what
  kAccessEvents,  // who did reach what
  kCountOlder,    // how many records are older than a day, without reading them
  kReadCounts,    // how often anybody read a collection
  kRestoreMark,   // noticing that an older state of the store came back
};
PRIVITY_DESCRIBE_ENUM(Capability, kEstimate, kSplit, kFind, kInsert, kUpdate, kDelete, kRedact, kFlag, kDeleteObject,
                      kGrants, kAccessEvents, kCountOlder, kReadCounts, kRestoreMark)

// What a kind can do: everything but what stands here, with the reason (a text of words/, "connect.cannot_no_objects").
struct CapabilitySheet {
  std::map<Capability, std::string> cannot{};
  bool Can(Capability capability) const { return !cannot.contains(capability); }
};

// A collection is a table, a view, a file: `space` is the schema, database or nothing. Ordered, comparable.
struct CollectionName {
  std::string space{};
  std::string name{};
  auto operator<=>(const CollectionName&) const = default;
};

struct Field {
  std::string name{};           // of documents: the path, "address.street"; lists are passed through, "phones.number"
  std::string declared_type{};  // as the store spells it; "" when it declares none
  bool nullable = true;
  bool is_readable = true;  // false: the user of this connection has no right to it, and its cells are null
};

// A foreign key.
struct Reference {
  std::vector<std::string> fields{};
  CollectionName target{};
  std::vector<std::string> target_fields{};
};

enum class CollectionShape {
  kTable,
  kView,
  kDocuments,
  kText,
  // Documents whose from_email, sender_email and reply_to_email say who wrote, to_email, cc_email and bcc_email to
  // whom.
  kMessages,
  kAsked,  // one record, the person whom an order is about: whoever is asked decides what is theirs (person_order.h)
};
PRIVITY_DESCRIBE_ENUM(CollectionShape, kTable, kView, kDocuments, kText, kMessages, kAsked)

struct Collection {
  CollectionName name{};
  CollectionShape shape = CollectionShape::kTable;
  std::vector<Field> fields{};
  std::vector<std::string> key{};  // the fields that tell one record from all others; empty when none do
  std::vector<Reference> references{};
};

struct Description {
  std::vector<Collection> collections;  // sorted by name
  // The space whose collections people name without it: "public" in PostgreSQL, the database in MariaDB.
  std::string home_space;
  std::vector<Error> unread;  // what is there and could not be described, each named
};

// "customer", or "crm.customer" outside the home space.
std::string CollectionLabel(const CollectionName& name, std::string_view home_space);

struct StoreSheet {
  std::string product{};  // "PostgreSQL"
  std::string version{};
  bool encrypted = false;  // the connection
};

enum class CellKind : std::uint8_t {
  kNull,
  kText,    // UTF-8
  kBinary,  // bytes of no known meaning, and text whose encoding is broken
};

// One value on its way through. Borrowed: lives for the one call that it is an argument of.
struct FieldCell {
  std::string_view field;
  CellKind kind = CellKind::kNull;
  std::string_view bytes = {};
  bool is_cut = false;  // a limit cut it
};

// Of tables: one cell per field, in the order of the description. Of documents: one per value that is there, so a field
// may be absent or come several times.
using Record = std::span<const FieldCell>;

class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // An error ends the reading and is returned by it.
  virtual Status Take(Record record) = 0;
  // A part that could not be read, named (a malformed row with file and line); reading goes on behind it.
  virtual void Skip(Error error) = 0;
  // A file besides the records, borrowed for this call: of systems of last resort (person_order.h).
  virtual Status TakeFile(const HandedFile&) { return Ok(); }
};

struct SampleLimits {
  std::int64_t records_max = 1000;
  std::size_t cell_bytes_max = 16 << 10;
};

// A part of a collection, made by Split; an empty one is the whole. `from` is inclusive, `until` exclusive, in the
// kind's own spelling; an empty end is open.
struct StreamRange {
  std::string from{};
  std::string until{};
};

struct FieldValue {
  std::string field;
  std::optional<std::string> value;  // none: null
};

enum class WriteOutcome {
  kDone,
  kAlreadyDone,  // the store was as wanted before the call
};

// Part of a text, in Unicode code points; `end` is exclusive.
struct CharacterSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

enum class PrincipalKind { kUser, kRole, kGroup, kEveryone };
PRIVITY_DESCRIBE_ENUM(PrincipalKind, kUser, kRole, kGroup, kEveryone)
enum class Privilege { kRead, kInsert, kUpdate, kDelete };
PRIVITY_DESCRIBE_ENUM(Privilege, kRead, kInsert, kUpdate, kDelete)

// Somebody may do something: directly, or through roles and groups that they belong to.
struct Grant {
  std::string principal{};  // "" for everyone
  PrincipalKind principal_kind = PrincipalKind::kUser;
  CollectionName collection{};  // empty: the whole store
  std::string field{};          // "" for all of them
  Privilege privilege = Privilege::kRead;
  std::vector<std::string> through{};  // outermost role first; empty when granted directly
};

struct StoreGrants {
  std::vector<Grant> grants{};
  // Why these are not all: what the account of this connection may not see, and which right it lacks
  // (connect.grants_hidden).
  std::optional<Error> unread{};
};

enum class AccessUse {
  kRead,
  kWrite,  // also what empties a collection or drops it
  kRightsChanged,
  kSignInRefused,
  kOther,  // something of which the store does not tell what it touched
};
PRIVITY_DESCRIBE_ENUM(AccessUse, kRead, kWrite, kRightsChanged, kSignInRefused, kOther)

// Somebody used a store: who, when, how and where; never a value of what they asked or wrote.
struct AccessEvent {
  Instant at{};
  std::string principal{};  // as Grant has it; "" for whoever did not sign in
  AccessUse use = AccessUse::kOther;
  CollectionName collection{};  // empty where no single one is meant
  std::string from{};           // an address; "" where the store does not tell
};

// How far a log of access was read.
struct AccessReading {
  std::string cursor{};       // to go on from
  bool is_all = true;         // false: there is more behind it
  bool is_continuous = true;  // false: something between the cursor that was given and what was read may be gone
};

// How often collections were read, by whomever, as the store counts it: a number that grows with every reading, and
// stays when nobody reads. What is not named was not read since the store began to count.
struct ReadCounts {
  std::map<CollectionName, std::int64_t> reads{};
  std::optional<std::chrono::seconds> counting_for{};  // none: as long as the collections are there
};

enum class MarkVerdict { kLater, kOlder, kOtherStore };

struct ConnectOptions {
  bool writing_granted = false;
  AddressPolicy addresses{};                          // of stores that are reached over a network
  std::string ca_file{};                              // authorities to trust instead of the system's
  std::chrono::milliseconds connect_timeout{10'000};  // name, connection, login
  std::chrono::milliseconds silence_timeout{60'000};  // without a record, a byte or an answer
  std::size_t cell_bytes_max = 64 << 20;              // of streams; a longer value arrives cut
  std::function<const PackCatalog&()> packs{};        // with the descriptions of services (http/); asked when needed
  std::string duckdb_library{};                       // reads Parquet (documents/document.h)
  // For whom a system of last resort is asked (connect/person_order.h); none: it is not asked for anybody.
  std::shared_ptr<const PersonOrder> order{};
  std::stop_token stop{};
};

struct ConnectorKind;

class Connector {
 public:
  Connector(const ConnectorKind& kind, std::string label) : kind_(kind), label_(std::move(label)) {}
  Connector(const Connector&) = delete;
  Connector& operator=(const Connector&) = delete;
  virtual ~Connector() = default;

  const ConnectorKind& kind() const { return kind_; }
  // What errors and reports call this store (ConnectionUrl::Label).
  const std::string& label() const { return label_; }

  virtual Result<StoreSheet> Probe() = 0;
  virtual Result<Description> Describe() = 0;
  // Whether this can be done in one collection: as the sheet says, unless the store can do less there.
  virtual bool Can(Capability capability, const Collection& collection) const;
  // A part of the records that stands for all of them; all of them when there are few.
  virtual Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) = 0;
  virtual Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) = 0;

  virtual Result<std::int64_t> Estimate(const Collection& collection);
  // At most `parts` ranges which together are the collection; one when it cannot be divided.
  virtual Result<std::vector<StreamRange>> Split(const Collection& collection, int parts);
  // The records whose fields equal all of `match` (not empty), at most `records_max`.
  virtual Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
                      RecordSink& sink);

  // Writing. Every call is idempotent: repeated after a lost answer it answers kAlreadyDone. Errors besides those
  // above: connect.read_only (writing was not granted), connect.no_key, connect.changed (the record is not what the
  // caller read), connect.refused{constraint} (a rule of the store).
  virtual Result<WriteOutcome> Insert(const Collection& collection, const std::vector<FieldValue>& values);
  // `key` names all key fields; `expected` is what the caller read of the fields it depends on.
  virtual Result<WriteOutcome> Update(const Collection& collection, const std::vector<FieldValue>& key,
                                      const std::vector<FieldValue>& expected, const std::vector<FieldValue>& changes);
  virtual Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                                      const std::vector<FieldValue>& expected);
  // The record goes to another collection of the same fields and key in this store: in one transaction where the kind
  // has them; otherwise it is there before it is gone here, and the next call ends what was cut off. kAlreadyDone when
  // it stands there and no longer here.
  virtual Result<WriteOutcome> Move(const Collection& collection, const CollectionName& target,
                                    const std::vector<FieldValue>& key, const std::vector<FieldValue>& expected);
  // Replaces each span of `text`, which is what the caller read in `field`, by `replacement`. Spans are sorted and do
  // not overlap (connect.span_invalid).
  Result<WriteOutcome> Redact(const Collection& collection, const std::vector<FieldValue>& key, std::string field,
                              std::string text, const std::vector<CharacterSpan>& spans, std::string_view replacement);
  // Sets a field that the store's own programs heed, whatever stands in it.
  Result<WriteOutcome> Flag(const Collection& collection, const std::vector<FieldValue>& key, FieldValue flag);
  virtual Result<WriteOutcome> DeleteObject(const Collection& collection);

  virtual Result<StoreGrants> Grants();
  // What the store logged of its use behind `cursor` ("": from the log's beginning), oldest first; at most `lines_max`
  // lines of the log are looked at. connect.access_not_logged when the store is not told to keep a log,
  // connect.access_log_hidden{place, right} when the account of this connection may not read it.
  using OnAccess = std::function<Status(const AccessEvent& event)>;
  virtual Result<AccessReading> ReadAccess(const std::string& cursor, std::int64_t lines_max, const OnAccess& take);
  // The records whose date or time in `field` lies before `day` (UTC), counted by the store; of those only the ones
  // with a value in `filled`, where it is not "". connect.not_a_date{field} when the store holds no dates there.
  virtual Result<std::int64_t> CountOlder(const Collection& collection, const std::string& field,
                                          std::chrono::sys_days day, const std::string& filled);
  // What this connection has read before the call is counted. connect.reads_not_counted when the store's counting is
  // switched off.
  virtual Result<ReadCounts> CountReads();
  // A text to be kept, and later compared with the store as it then is.
  virtual Result<std::string> RestoreMark();
  virtual Result<MarkVerdict> CompareMark(std::string_view earlier);

 protected:
  // connect.not_supported with the reason of the sheet.
  Error NotSupported(Capability capability) const;

 private:
  const ConnectorKind& kind_;
  const std::string label_;
};

// One part of an address, as a form asks for it (connect/address_parts.h has those that kinds share). Label and help
// are texts of words/.
struct AddressPart {
  std::string_view name;  // "scheme", "host", "port", "user", "password", "path"; else that of a parameter
  std::string_view label;
  std::string_view help = {};
  bool needed = false;
  std::vector<std::string_view> choices = {};  // empty: anything
  bool is_service = false;                     // the choices are the described services (http/service_description.h)
};

// A kind of store, as its folder states it.
struct ConnectorKind {
  std::string_view name;                  // "PostgreSQL"
  std::string_view title;                 // what people choose it by, a text of words/
  std::vector<std::string_view> schemes;  // of URLs, lower case
  std::vector<AddressPart> parts;         // of its addresses, in the order in which they are asked for
  CapabilitySheet sheet;
  // Opens nothing that needs waiting if it can: the first call does.
  Result<std::unique_ptr<Connector>> (*open)(const ConnectionUrl& url, const ConnectOptions& options,
                                             const Resolver& resolver);
};

// Every kind, in the order of kinds.cc.
std::span<const ConnectorKind* const> ConnectorKinds();

// By the scheme of the URL. `resolver` outlives the connector. connect.kind_unknown{scheme, accepted},
// connect.url_invalid.
Result<std::unique_ptr<Connector>> OpenConnector(const ConnectionUrl& url, const ConnectOptions& options,
                                                 const Resolver& resolver);

}  // namespace privity
