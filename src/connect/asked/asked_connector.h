// What the kinds of last resort share (connect/person_order.h): one collection, "held", with a field for each thing by
// which people are known. Planned, it has one record for the person whom the order is about, whatever the system holds;
// deleted, changed, or read for a package, that record becomes the order.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "connect/person_order.h"

namespace privity::connect_internal {

// What came back.
struct AskedAnswer {
  std::optional<OrderOutcome> outcome{};  // none: nothing yet
  std::vector<Json> records{};            // of what is told: objects
  std::vector<HandedFile> files{};        // likewise
};

class AskedConnector : public Connector {
 public:
  Result<Description> Describe() override;
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override;
  Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) override;
  Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) override;
  Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected) override;
  // Has the whole change ordered: none of its fields is one that this program could set.
  Result<WriteOutcome> Update(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected, const std::vector<FieldValue>& changes) override;

 protected:
  AskedConnector(const ConnectorKind& kind, const ConnectionUrl& url, const ConnectOptions& options)
      : Connector(kind, url.Label()), url_(url), options_(options) {}

  // Places the order if it was not, and answers what became of it.
  virtual Result<AskedAnswer> Ask(const PersonOrder& order) = 0;
  // Of orders that a person answers.
  Result<AskedAnswer> AskPerson(const PersonOrder& order, OrderMedium medium, const std::string& to) const;

  const ConnectionUrl& url() const { return url_; }
  const ConnectOptions& options() const { return options_; }
  Error MakeError(std::string code) const;

 private:
  Result<WriteOutcome> CarryOut(const PersonOrder& order);
  Status TakePlanned(const PersonOrder& order, RecordSink& sink) const;
  Status TakeAnswer(const PersonOrder& order, RecordSink& sink);

  const ConnectionUrl url_;
  const ConnectOptions options_;
};

// What no kind of last resort can.
CapabilitySheet AskedSheet();

}  // namespace privity::connect_internal
