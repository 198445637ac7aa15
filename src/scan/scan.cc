#include "scan/scan.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "scan/field_values.h"

namespace privity {
namespace {

// Malformed records that are named one by one; of the rest, their number.
constexpr std::size_t kSkippedNamed = 3;

// After these the store as a whole does not answer, and asking for the next collection would only wait again.
bool IsLost(const Error& error) {
  return error.Is("connect.unreachable") || error.Is("connect.login") || error.Is("connect.tls") ||
         error.Is("connect.timeout") || error.code().starts_with("net.");
}

// "customers" of "2026/customers.csv": where a collection is a file, its name says what it holds, not its ending.
std::string WordsOf(const std::string& collection) {
  const std::size_t dot = collection.rfind('.');
  return dot == std::string::npos || dot == 0 ? collection : collection.substr(0, dot);
}

// "shop" of "postgresql://db.example.org/shop" and of "sqlite:///srv/shop.db".
std::string SystemOf(const std::string& store) {
  return WordsOf(store.substr(store.rfind('/') + 1));
}

class Scanning {
 public:
  Scanning(Connector& store, const Detector& detector, const ScanOptions& options, ScanSink& sink)
      : store_(store), detector_(detector), options_(options), sink_(sink) {}

  Result<ScanSummary> Run() {
    PRIVITY_TRY(const Description description, store_.Describe());
    for (const Error& error : description.unread) Unread(error);
    std::optional<Error> lost;
    for (const Collection& collection : description.collections) {
      if (collection.shape == CollectionShape::kView) continue;
      const std::string label = CollectionLabel(collection.name, description.home_space);
      FieldValues values(collection);
      const Status sampled = lost ? Status(std::move(*lost)) : Sample(collection, values);
      lost.reset();
      if (!sampled.ok()) {
        if (sampled.error().Is("connect.cancelled")) return sampled.error();
        Unread(InPlace(sampled.error(), label));
        if (IsLost(sampled.error())) lost = sampled.error();
      }
      ReportSkipped(values.skipped(), label);
      PRIVITY_TRY_VOID(Judge(collection, label, values));
    }
    return summary_;
  }

 private:
  Status Sample(const Collection& collection, FieldValues& values) {
    return store_.Sample(collection, {.records_max = options_.records_max}, values);
  }

  void Unread(const Error& error) {
    ++summary_.unread;
    sink_.Unread(error);
  }

  // The same error for another collection: a store that was lost is lost for all of them.
  static Error InPlace(const Error& error, const std::string& collection) {
    Error placed(error.code());
    for (const ErrorParameter& parameter : error.parameters()) {
      if (parameter.name != "place") placed = std::move(placed).With(parameter.name, parameter.value);
    }
    return std::move(placed).With("place", collection);
  }

  void ReportSkipped(const std::vector<Error>& skipped, const std::string& collection) {
    const std::size_t named = std::min(skipped.size(), kSkippedNamed);
    for (std::size_t i = 0; i < named; ++i) Unread(skipped[i]);
    if (skipped.size() == named) return;
    Unread(Error(
        "scan.more_skipped",
        {{"store", store_.label()}, {"collection", collection}, {"count", std::to_string(skipped.size() - named)}}));
  }

  Status Judge(const Collection& collection, const std::string& label, const FieldValues& values) {
    ++summary_.collections;
    ColumnContext column;
    column.field.system = SystemOf(store_.label());
    column.field.collection = WordsOf(collection.name.name);
    for (const FieldValues::Of& of : values.fields()) {
      // A column of documents gives way to the paths in them.
      if (of.is_document && of.distinct.empty()) continue;
      column.field.field = of.field;
      column.field.declared_type = of.declared_type;
      column.field.neighbours.clear();
      for (const FieldValues::Of& other : values.fields()) {
        if (&other != &of) column.field.neighbours.push_back(other.field);
      }
      column.values = of.distinct;
      const ColumnJudgement judgement = detector_.Column(column);
      ++summary_.fields;
      summary_.personal += judgement.category == kNoCategory ? 0 : 1;
      PRIVITY_TRY_VOID(sink_.Take({.store = store_.label(),
                                   .collection = label,
                                   .field = of.field,
                                   .declared_type = of.declared_type,
                                   .category = judgement.category,
                                   .confidence = std::round(judgement.confidence * 1000) / 1000,
                                   .reason = judgement.Reason(),
                                   .distinct_values = judgement.distinct_values}));
    }
    return Ok();
  }

  Connector& store_;
  const Detector& detector_;
  const ScanOptions& options_;
  ScanSink& sink_;
  ScanSummary summary_;
};

}  // namespace

Result<ScanSummary> Scan(Connector& store, const Detector& detector, const ScanOptions& options, ScanSink& sink) {
  return Scanning(store, detector, options, sink).Run();
}

}  // namespace privity
