#include "scan/scan.h"

#include <algorithm>
#include <cmath>

#include "scan/field_values.h"
#include "scan/scan_ahead.h"

namespace privity {
namespace {

// Malformed records that are named one by one; of the rest, their number.
constexpr std::size_t kSkippedNamed = 3;

// "customers" of "2026/customers.csv": where a collection is a file, its name says what it holds, not its ending.
std::string WordsOf(const std::string& collection) {
  const std::size_t dot = collection.rfind('.');
  return dot == std::string::npos || dot == 0 ? collection : collection.substr(0, dot);
}

// "shop" of "postgresql://db.example.org/shop" and of "sqlite:///srv/shop.db".
std::string SystemOf(const std::string& store) {
  return WordsOf(store.substr(store.rfind('/') + 1));
}

// The same error for another collection: a store that was lost is lost for all of them.
Error InPlace(const Error& error, const std::string& collection) {
  Error placed(error.code());
  for (const ErrorParameter& parameter : error.parameters()) {
    if (parameter.name != "place") placed = std::move(placed).With(parameter.name, parameter.value);
  }
  return std::move(placed).With("place", collection);
}

std::vector<Error> Named(const std::vector<Error>& skipped, const std::string& store, const std::string& collection) {
  const std::size_t named = std::min(skipped.size(), kSkippedNamed);
  std::vector<Error> errors(skipped.begin(), skipped.begin() + static_cast<std::ptrdiff_t>(named));
  if (skipped.size() > named) {
    errors.push_back(
        Error("scan.more_skipped",
              {{"store", store}, {"collection", collection}, {"count", std::to_string(skipped.size() - named)}}));
  }
  return errors;
}

std::vector<ScannedField> Judge(const Connector& store, const Detector& detector, const Collection& collection,
                                const std::string& label, const ScanOptions& options, const FieldValues& values) {
  std::vector<ColumnContext> columns;
  for (const FieldValues::Of& of : values.fields()) {
    // A column of documents gives way to the paths in them.
    if (of.is_document && of.distinct.empty()) continue;
    ColumnContext column{.field = {.system = SystemOf(store.label()),
                                   .space = collection.name.space,
                                   .collection = WordsOf(collection.name.name),
                                   .field = of.field,
                                   .declared_type = of.declared_type,
                                   .system_view = options.system_view},
                         .values = of.distinct};
    for (const FieldValues::Of& other : values.fields()) {
      if (&other != &of) column.field.neighbours.push_back(other.field);
    }
    columns.push_back(std::move(column));
  }
  const std::vector<ColumnJudgement> judgements = detector.Columns(columns);
  std::vector<ScannedField> judged;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    judged.push_back({.store = store.label(),
                      .collection = label,
                      .field = columns[i].field.field,
                      .declared_type = columns[i].field.declared_type,
                      .category = judgements[i].category,
                      .confidence = std::round(judgements[i].confidence * 1000) / 1000,
                      .reason = judgements[i].Reason(),
                      .distinct_values = judgements[i].distinct_values});
  }
  return judged;
}

class Scanning {
 public:
  Scanning(Connector& store, const Detector& detector, const ScanOptions& options, ScanSink& sink,
           const OpenAnother& open_another)
      : store_(store), detector_(detector), options_(options), sink_(sink), open_another_(open_another) {}

  Result<ScanSummary> Run() {
    PRIVITY_TRY(const Description description, store_.Describe());
    for (const Error& error : description.unread) Unread(error);
    std::vector<const Collection*> collections;
    for (const Collection& collection : description.collections) {
      if (collection.shape != CollectionShape::kView) collections.push_back(&collection);
    }
    options_.system_view = ViewOf(store_, detector_, collections);
    std::unique_ptr<ScanAhead> ahead;
    if (open_another_ && options_.jobs > 1 && collections.size() > 1) {
      ahead = std::make_unique<ScanAhead>(open_another_, detector_, options_, collections, description.home_space,
                                          std::stop_token());
    }
    StoreHealth health;
    std::optional<Error> lost;  // and so for every collection that is left
    for (const Collection* collection : collections) {
      PRIVITY_TRY(const ScannedCollection scanned,
                  ahead ? ahead->Next()
                        : ScanCollection(store_, detector_, *collection,
                                         CollectionLabel(collection->name, description.home_space), options_, lost));
      if (!lost && scanned.not_sampled && health.IsLostAfter(store_, *scanned.not_sampled)) {
        lost = scanned.not_sampled;
        if (ahead) ahead->Lose(*lost);
      }
      PRIVITY_TRY_VOID(Report(scanned));
    }
    return summary_;
  }

 private:
  void Unread(const Error& error) {
    ++summary_.unread;
    sink_.Unread(error);
  }

  Status Report(const ScannedCollection& scanned) {
    ++summary_.collections;
    if (scanned.not_sampled) Unread(*scanned.not_sampled);
    for (const Error& error : scanned.skipped) Unread(error);
    for (const ScannedField& field : scanned.fields) {
      ++summary_.fields;
      summary_.personal += field.category == kNoCategory ? 0 : 1;
      PRIVITY_TRY_VOID(sink_.Take(field));
    }
    return Ok();
  }

  Connector& store_;
  const Detector& detector_;
  ScanOptions options_;
  ScanSink& sink_;
  const OpenAnother& open_another_;
  ScanSummary summary_;
};

}  // namespace

bool StoreHealth::IsLostAfter(Connector& store, const Error& error) {
  if (error.Is("connect.timeout")) return ++silences_ >= kSilencesMax || !store.Probe().ok();
  return error.Is("connect.unreachable") || error.Is("connect.login") || error.Is("connect.tls") ||
         error.code().starts_with("net.");
}

std::shared_ptr<const SystemView> ViewOf(const Connector& store, const Detector& detector,
                                         std::span<const Collection* const> collections) {
  std::vector<CollectionNames> names;
  for (const Collection* collection : collections) {
    CollectionNames& known = names.emplace_back();
    known.space = collection->name.space;
    known.collection = WordsOf(collection->name.name);
    for (const Field& field : collection->fields) known.fields.push_back(field.name);
    for (const Reference& reference : collection->references) {
      if (reference.fields.size() == 1)
        known.references.emplace(reference.fields.front(),
                                 CollectionKey{reference.target.space, WordsOf(reference.target.name)});
    }
  }
  return detector.View(SystemOf(store.label()), names);
}

Result<ScannedCollection> ScanCollection(Connector& store, const Detector& detector, const Collection& collection,
                                         const std::string& label, const ScanOptions& options,
                                         const std::optional<Error>& known_problem) {
  FieldValues values(collection);
  const Status sampled =
      known_problem ? Status(*known_problem) : store.Sample(collection, {.records_max = options.records_max}, values);
  ScannedCollection scanned;
  if (!sampled.ok()) {
    if (sampled.error().Is("connect.cancelled")) return sampled.error();
    scanned.not_sampled = InPlace(sampled.error(), label);
  }
  scanned.skipped = Named(values.skipped(), store.label(), label);
  scanned.records = values.records();
  for (const FieldValues::Of& of : values.fields()) scanned.filled.emplace(of.field, of.filled);
  scanned.fields = Judge(store, detector, collection, label, options, values);
  return scanned;
}

Result<ScanSummary> Scan(Connector& store, const Detector& detector, const ScanOptions& options, ScanSink& sink,
                         const OpenAnother& open_another) {
  return Scanning(store, detector, options, sink, open_another).Run();
}

// What can be read in parts at the same time can be read by several. Other kinds have one cursor, or a limit of calls
// that each connection would count by itself.
int ScanJobsOf(const ConnectorKind& kind, int wanted) {
  return kind.sheet.Can(Capability::kSplit) ? wanted : 1;
}

}  // namespace privity
