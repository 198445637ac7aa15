// Looks at a store and says of every field what personal data it holds.
//
// Each collection is sampled; the distinct values of each field go to the detector together with its name, its declared
// type, the collection and the other fields. Documents, also those in a column of a table, are judged by the paths in
// them. Values are forgotten as soon as their collection is judged; what comes out holds none. Views are left out: they
// hold no data of their own.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/type_table.h"
#include "connect/connector.h"
#include "detect/detector.h"

namespace privity {

// What was found out about one field: the contract of `privity scan`, stable.
struct ScannedField {
  std::string store;       // ConnectionUrl::Label
  std::string collection;  // "customer", or "crm.customer" outside the store's home space
  std::string field;       // "email", or a path: "profile.phones.number"
  std::string declared_type;
  std::string category;              // a Fideslang key, or "none"
  double confidence = 0;             // that the category is right, 0 to 1
  std::string reason;                // the evidence in one line, without any value
  std::int64_t distinct_values = 0;  // how many were judged; 0: by the name alone
};
PRIVITY_DESCRIBE(ScannedField, (store, collection, field, declared_type, category, confidence, reason, distinct_values))

class ScanSink {
 public:
  virtual ~ScanSink() = default;
  // An error ends the scan and is returned.
  virtual Status Take(const ScannedField& field) = 0;
  // What could not be read, named; the scan goes on with the rest.
  virtual void Unread(const Error& error) = 0;
};

struct ScanOptions {
  std::int64_t records_max = 1000;  // of each collection
  int jobs = 1;                     // collections that are read at the same time, each through a connection of its own
  std::shared_ptr<const SystemView> system_view = {};  // ViewOf the store, for ScanCollection
};

// Of a store that takes several connections at once; others are read through one.
inline constexpr int kScanJobs = 4;
inline constexpr int kScanJobsMax = 32;
int ScanJobsOf(const ConnectorKind& kind, int wanted);

struct ScanSummary {
  std::int64_t collections = 0;
  std::int64_t fields = 0;
  std::int64_t personal = 0;
  std::int64_t unread = 0;  // 0: everything was read
};
PRIVITY_DESCRIBE(ScanSummary, (collections, fields, personal, unread))

// One more connection to the store that is scanned; its calls end when that stop is requested. Called from many
// threads.
using OpenAnother = std::function<Result<std::unique_ptr<Connector>>(const std::stop_token& stop)>;

// `open_another` is needed for more than one job. Fields come in the order of the collections, however many jobs there
// are. Errors: those of Connector::Describe when nothing at all can be read, connect.cancelled, and those of the sink.
Result<ScanSummary> Scan(Connector& store, const Detector& detector, const ScanOptions& options, ScanSink& sink,
                         const OpenAnother& open_another = {});

// What the collections of a store say of each other's fields, by their names and foreign keys.
std::shared_ptr<const SystemView> ViewOf(const Connector& store, const Detector& detector,
                                         std::span<const Collection* const> collections);

// One collection by itself, for whoever goes from one to the next and may stop in between.
struct ScannedCollection {
  std::vector<ScannedField> fields;
  std::int64_t records = 0;                    // that were looked at
  std::map<std::string, std::int64_t> filled;  // of each field: the values in them, none where it was empty
  std::optional<Error> not_sampled;  // why no values were read, or not all: then names may be all there was to judge by
  std::vector<Error> skipped;        // records that could not be read: the first few, and then how many more
};
// `label` is CollectionLabel(). `known_problem`: the store is not asked, for it was lost already. connect.cancelled.
Result<ScannedCollection> ScanCollection(Connector& store, const Detector& detector, const Collection& collection,
                                         const std::string& label, const ScanOptions& options,
                                         const std::optional<Error>& known_problem = {});
// Tells a store that does not answer any more from one collection that does not. Where one fell silent (somebody holds
// it locked, it is too slow), the store is asked who it is: when it answers, the scan goes on behind that collection. A
// store that fell silent kSilencesMax times counts as lost, or each of many collections would cost the wait again.
class StoreHealth {
 public:
  static constexpr int kSilencesMax = 5;
  // After `error` of a collection: whether the store as a whole is lost, and asking on would only wait again. May
  // block.
  bool IsLostAfter(Connector& store, const Error& error);

 private:
  int silences_ = 0;
};

}  // namespace privity
